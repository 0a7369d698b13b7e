#!/usr/bin/env python3
"""Plans and task lists over public features: what stands behind `generation.md`.

    generated.py plan|tasks BINARY TOOLS OUT REPOSITORY...

Each repository is cloned to a directory of its own. Of some of its features everything but the document that says what is
wanted is taken away, and a plan is generated; or only the task list is, and a task list is generated. Where fewer changes of
OpenSpec are open than are wanted, the newest archived ones are opened again, in the clone. Counted: findings that are new and
no question, files touched outside the feature, second runs that write something, and what prettier, markdownlint and
OpenSpec say with the repository's own settings, where it does not ignore them; beside it, what they say of the document that people wrote in its place.
TOOLS is a `node_modules` with prettier, markdownlint-cli and OpenSpec. The last lines are the table of `generation.md`
and what went wrong.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

WHAT = sys.argv[1]
BINARY, TOOLS, OUT = (pathlib.Path(each).resolve() for each in sys.argv[2:5])
PER_REPOSITORY = {"spec-kit": 3, "kiro": 8, "openspec": 8}
SOURCES = {"spec-kit": ["spec.md"], "kiro": ["requirements.md", "bugfix.md"], "openspec": ["proposal.md"]}
KEPT = {"spec.md", "requirements.md", "bugfix.md", "proposal.md", ".config.kiro", "spec.json", ".openspec.yaml"}
LEFT_OUT = {"node_modules", "archive", ".git", "templates", "examples", "fixtures", "testdata", "testData", "resources", "__fixtures__"}
PLANS = {"spec-kit": "plan.md", "kiro": "design.md", "openspec": "design.md"}
AUTHOR = ["-c", "user.name=x", "-c", "user.email=x@example.invalid"]
ENVIRONMENT = {**os.environ, "SPEC_ANALYZER_CACHE": "off", "OPENSPEC_TELEMETRY": "0", "DO_NOT_TRACK": "1"}


def run(*command, cwd):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=1800, env=ENVIRONMENT)


def wanted(root, kind, feature):
    """Whether there is what a list is to be written from."""
    if WHAT == "plan":
        return True
    if kind == "openspec":
        return any((root / feature / "specs").glob("**/spec.md"))
    return (root / feature / PLANS[kind]).exists()


def reopen(root, missing):
    """Archived changes put back as open ones, the newest first."""
    for archive in sorted(root.glob("openspec/changes/archive")) or sorted(root.glob("*/openspec/changes/archive")):
        for change in sorted((each for each in archive.iterdir() if (each / "proposal.md").exists()), reverse=True):
            name = re.sub(r"^\d{4}-\d{2}-\d{2}-", "", change.name)
            if missing <= 0:
                return
            if any((change / "specs").glob("**/spec.md")) and not (archive.parent / name).exists():
                change.rename(archive.parent / name)
                missing -= 1


def features(root):
    """Directories with a document that says what is wanted, by format."""
    chosen = []
    for kind, names in SOURCES.items():
        own = set()
        for path in (path for name in names for path in root.rglob(name)):
            parts = path.relative_to(root).parts
            if LEFT_OUT & set(parts) or len(parts) < 3:
                continue
            inside = {
                "spec-kit": "specs" in parts[:-2] and "openspec" not in parts and ".kiro" not in parts
                and re.match(r"\d+-", parts[-2]),
                "kiro": ".kiro" in parts and parts[-3] == "specs",
                "openspec": "openspec" in parts and parts[-3] == "changes",
            }[kind]
            if inside and wanted(root, kind, path.parent):
                own.add(path.parent.relative_to(root))
        own = sorted(own)
        most = PER_REPOSITORY[kind]
        step = max(1, len(own) // most)
        chosen += [(kind, each) for each in own[::step][:most]]
    return chosen


def findings(root):
    ran = run(BINARY, "check", "--all", "--format", "json", cwd=root)
    report = json.loads(ran.stdout)
    return {each["fingerprint"] + str(each["range"]["start"]["line"]): each for each in report["findings"]}


def without_plugins(root):
    """Settings of prettier name packages of the project, which are not here; none of them is about Markdown."""
    for path in [*root.glob(".prettierrc*"), *root.glob("prettier.config.*")]:
        try:
            settings = json.loads(path.read_text())
            if "plugins" in settings:
                del settings["plugins"]
                path.write_text(json.dumps(settings))
        except ValueError:
            path.write_text(re.sub(r"plugins\s*:\s*\[[^\]]*\],?", "", path.read_text()))


def has_settings(root, tool, path):
    if tool == "markdownlint":
        return any(root.glob(".markdownlint.*")) or any(root.glob(".markdownlintrc"))
    found = run(TOOLS / ".bin/prettier", "--find-config-path", path, cwd=root)
    return found.returncode == 0 and (root / found.stdout.strip()).resolve().is_relative_to(root.resolve())


def is_ignored(root, tool, path):
    """Whether the repository has the tool look away: passing says nothing there."""
    if tool == "prettier":
        said = run(TOOLS / ".bin/prettier", "--file-info", path, cwd=root)
        return '"ignored": true' in said.stdout
    return (root / ".markdownlintignore").exists() and run(
        "git", "-c", "core.excludesFile=.markdownlintignore", "check-ignore", "-q", "--no-index", path, cwd=root).returncode == 0


def objections(root, tool, paths):
    """What a tool says of each file, "" where it accepts it."""
    command = {"prettier": ["prettier", "--check"], "markdownlint": ["markdownlint"]}[tool]
    if not paths:
        return {}
    done = run(TOOLS / ".bin" / command[0], *command[1:], *paths, cwd=root)
    lines = (done.stdout + done.stderr).splitlines() if done.returncode else []
    said = {path: "\n".join(line for line in lines if path in line)[:900] for path in paths}
    if done.returncode and not any(said.values()):
        return {path: "could not be checked: " + "\n".join(lines)[:300] for path in paths}
    return said


def own_documents(root, path, was):
    """Whether the document that people wrote passes: the one in its place, else up to five of the same name."""
    original = run("git", "show", f"{was}:{path}", cwd=root)
    if original.returncode == 0:
        return [(path, original.stdout)]
    name = pathlib.PurePath(path).name
    listed = run("git", "ls-files", cwd=root).stdout.splitlines()
    beside = [each for each in listed if pathlib.PurePath(each).name == name and "template" not in each and not LEFT_OUT & set(each.split("/"))]
    return [(each, (root / each).read_text()) for each in beside[-5:] if (root / each).exists()]


def judge(root, tool, documents, was):
    """What a tool says of documents with the repository's own settings, and of those that people wrote in their place."""
    with_settings = {}
    for path in documents:
        top = pathlib.PurePath(path).parts[0]
        if top not in with_settings:
            with_settings[top] = has_settings(root, tool, path)
    paths = [path for path in documents if with_settings[pathlib.PurePath(path).parts[0]] and not is_ignored(root, tool, path)]
    said = objections(root, tool, paths)
    people = {path: own_documents(root, path, was) for path in paths}
    kept = {}
    for place, text in (each for own in people.values() for each in own):
        target = root / place
        kept.setdefault(place, target.read_bytes() if target.exists() else None)
        target.write_text(text)
    of_people = objections(root, tool, list(kept))
    for place, content in kept.items():
        (root / place).unlink() if content is None else (root / place).write_bytes(content)
    return {path: {"path": path, "said": said[path], "people": [of_people[place] == "" for place, _ in people[path]]} for path in paths}


def status(root):
    lines = run("git", "status", "--porcelain", "-uall", "--ignored=traditional", cwd=root).stdout.splitlines()
    return sorted(line[3:].strip('"') for line in lines)


def digest(root, paths):
    return {path: (root / path).read_bytes() for path in paths if (root / path).exists()}


def valid(root, chosen):
    """Changes that OpenSpec's own tool accepts."""
    projects = {feature.parts[:feature.parts.index("openspec")] for kind, feature in chosen if kind == "openspec"}
    good = set()
    for project in projects:
        done = run(TOOLS / ".bin/openspec", "validate", "--changes", "--strict", "--json", "--no-interactive", cwd=root.joinpath(*project))
        try:
            items = json.loads(done.stdout[done.stdout.index("{"):])["items"]
        except ValueError:
            continue
        good |= {str(pathlib.PurePath(*project, "openspec/changes", each["id"])) for each in items if each["valid"]}
    return good


def repository(source, rows):
    work = pathlib.Path(tempfile.mkdtemp(prefix="generated-"))
    try:
        measured(source, work, rows)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def measured(source, work, rows):
    root = work / source.name
    run("git", "clone", "-q", "--shared", source, root, cwd=work)
    run("git", "config", "core.quotePath", "false", cwd=root)
    without_plugins(root)
    is_open = [1 for kind, _ in features(root) if kind == "openspec"]
    reopen(root, PER_REPOSITORY["openspec"] - len(is_open))
    run("git", "add", "-A", "-f", "openspec", cwd=root)
    run("git", *AUTHOR, "commit", "-qam", "as it was", cwd=root)
    was = run("git", "rev-parse", "HEAD", cwd=root).stdout.strip()
    chosen = features(root)
    for _, feature in chosen:
        for path in list((root / feature).iterdir()):
            if WHAT == "tasks" and path.name != "tasks.md":
                continue
            if path.name in KEPT or path.name == "specs" and path.is_dir():
                continue
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    run("git", *AUTHOR, "commit", "-qam", "hidden", cwd=root)
    before = findings(root)
    valid_before = valid(root, chosen)
    written, own_rows = [], []
    others = set(status(root))
    for kind, feature in chosen:
        ran = run(BINARY, "generate", WHAT, str(feature), cwd=root)
        made = [path for path in status(root) if path not in others]
        new = [path for path in made if path not in written]
        written += new
        row = {"repository": source.name, "format": kind, "feature": str(feature), "code": ran.returncode,
               "said": (ran.stdout + ran.stderr).strip()[-400:], "made": new}
        row["outside"] = [path for path in new if not path.startswith(str(feature) + "/")]
        text = "".join((root / path).read_text() for path in new)
        row["questions"] = text.count("[NEEDS CLARIFICATION: ")
        row["lines"] = text.count("\n")
        held = digest(root, written)
        if ran.returncode == 0:
            run(BINARY, "generate", WHAT, str(feature), cwd=root)
        row["again"] = [path for path in status(root) if path not in others] != made or digest(root, written) != held
        own_rows.append(row)
    after = findings(root)
    for key, each in after.items():
        if key in before:
            continue
        own = [row for row in own_rows if each["path"].startswith(row["feature"] + "/")]
        entry = {"code": each["code"], "path": each["path"], "message": each["message"], "line": each["range"]["start"]["line"]}
        for row in own[:1] or own_rows[-1:]:
            row.setdefault("new", []).append(entry)
    documents = [path for path in written if path.endswith(".md")]
    valid_after = valid(root, chosen)
    for tool in ("prettier", "markdownlint"):
        verdicts = judge(root, tool, documents, was)
        for row in own_rows:
            row[tool] = [verdicts[path] for path in row["made"] if path in verdicts]
            if row["format"] == "openspec":
                row["valid_before"], row["valid"] = row["feature"] in valid_before, row["feature"] in valid_after
    keep = OUT / source.name
    shutil.rmtree(keep, ignore_errors=True)
    rows += own_rows
    for path in written:
        (keep / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / path, keep / path)


def passed(rows, tool):
    """`generated, of people's`: how many pass of those that the repository has settings for."""
    all_of = [each for row in rows for each in row[tool]]
    people = [said for each in all_of for said in each["people"]]
    where = len({row["repository"] for row in rows if row[tool]})
    return f"{sum(each['said'] == '' for each in all_of)}/{len(all_of)} ({sum(people)}/{len(people)}) in {where}"


def table(rows):
    print("| format | repositories | features | written | questions | findings: questions | others | files outside | second runs that write "
          "| prettier (people's) | markdownlint (people's) | openspec --strict |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for kind in SOURCES:
        own = [row for row in rows if row["format"] == kind]
        done = [row for row in own if row["code"] == 0]
        found = [each["code"] for row in own for each in row.get("new", [])]
        asked = found.count("unresolved-clarification")
        checked = [row for row in done if "valid" in row]
        good = f"{sum(row['valid'] for row in checked)}/{len(checked)} ({sum(row['valid_before'] for row in checked)} before)"
        print(f"| {kind} | {len({row['repository'] for row in own})} | {len(own)} | {len(done)} | {sum(row['questions'] for row in done)} | {asked} | "
              f"{len(found) - asked} | {sum(bool(row['outside']) for row in own)} | {sum(row['again'] for row in done)} | "
              f"{passed(done, 'prettier')} | {passed(done, 'markdownlint')} | {good if checked else ''} |")
    for row in rows:
        name = f"{row['repository']}/{row['feature']}"
        if row["code"] != 0:
            print(f"- {name}: not written: {row['said']}")
        if row["again"] or row["outside"]:
            print(f"- {name}: again {row['again']}, outside {row['outside']}")
        for each in row.get("new", []):
            if each["code"] != "unresolved-clarification":
                print(f"- {each['path']}:{each['line']}: {each['code']}: {each['message']}")
        for tool in ("prettier", "markdownlint"):
            for each in row[tool]:
                if each["said"]:
                    print(f"- {each['path']}: {tool} (of people's {sum(each['people'])} of {len(each['people'])} pass): {each['said'][:400]}")
        if row.get("valid_before") and not row["valid"]:
            print(f"- {name}: openspec objects to it, and did not before")


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    rows = []
    for source in sys.argv[5:]:
        try:
            repository(pathlib.Path(source).resolve(), rows)
        except Exception as error:  # one repository never hides the others
            print(source, repr(error)[:300], file=sys.stderr)
        (OUT / "rows.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False))
        print(source, file=sys.stderr, flush=True)
    table(rows)


main()
