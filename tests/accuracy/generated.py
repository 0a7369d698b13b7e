#!/usr/bin/env python3
"""Plans and task lists over public features: what stands behind `generation.md`.

    generated.py plan|tasks BINARY TOOLS OUT REPOSITORY...

Each repository is cloned to a directory of its own. Of some of its features everything but the document that says what is
wanted is taken away, and a plan is generated; or only the task list is, and a task list is generated. Counted: findings that are new and no question, files touched outside the
feature, second runs that write something. TOOLS is a `node_modules` with prettier, markdownlint-cli and OpenSpec.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

WHAT = sys.argv[1]
BINARY, TOOLS, OUT = (pathlib.Path(each).resolve() for each in sys.argv[2:5])
PER_REPOSITORY = 5
KEPT = {"spec.md", "requirements.md", "bugfix.md", "proposal.md", ".config.kiro", "spec.json", ".openspec.yaml"}


def run(*command, cwd):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=900)


def features(root):
    """Directories with a document that says what is wanted, by format."""
    found = []
    for name, kind in [("spec.md", "spec-kit"), ("requirements.md", "kiro"), ("proposal.md", "openspec")]:
        for path in sorted(root.rglob(name)):
            at = path.relative_to(root)
            parts = at.parts
            if any(part in ("node_modules", "archive", ".git", "templates", "examples", "fixtures", "testdata", "__fixtures__") for part in parts):
                continue
            inside = {
                "spec-kit": "specs" in parts[:-2] and "openspec" not in parts and ".kiro" not in parts
                and re.match(r"\d+-", parts[-2]),
                "kiro": ".kiro" in parts and parts[-3] == "specs",
                "openspec": "openspec" in parts and len(parts) >= 3 and parts[-3] == "changes",
            }[kind]
            if inside:
                found.append((kind, at.parent))
    chosen = []
    for kind in ("spec-kit", "kiro", "openspec"):
        own = [each for each in found if each[0] == kind]
        step = max(1, len(own) // PER_REPOSITORY)
        chosen += own[::step][:PER_REPOSITORY]
    return chosen


def findings(root):
    ran = run(BINARY, "check", "--all", "--format", "json", cwd=root)
    report = json.loads(ran.stdout)
    return {each["fingerprint"] + str(each["range"]["start"]["line"]): each for each in report["findings"]}


def formatted(root, tool, path):
    """Whether a formatter that the repository has settings for accepts a file; `None` where it has none."""
    if tool == "prettier":
        package = root / "package.json"
        own = any(root.glob(".prettierrc*")) or any(root.glob("prettier.config.*"))
        own = own or package.exists() and '"prettier": {' in package.read_text()
        if not own:
            return None
        return run(TOOLS / ".bin/prettier", "--check", path, cwd=root)
    if not any(root.glob(".markdownlint.*")) and not any(root.glob(".markdownlintrc")):
        return None
    return run(TOOLS / ".bin/markdownlint", path, cwd=root)


def repository(source, rows):
    work = pathlib.Path(tempfile.mkdtemp(prefix="generated-"))
    root = work / source.name
    run("git", "clone", "-q", "--shared", source, root, cwd=work)
    chosen = features(root)
    for _, feature in chosen:
        for path in list((root / feature).iterdir()):
            if WHAT == "tasks" and path.name != "tasks.md":
                continue
            if path.name in KEPT or path.name == "specs" and path.is_dir():
                continue
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    run("git", "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qam", "hidden", cwd=root)
    before = findings(root)
    written = []
    for kind, feature in chosen:
        ran = run(BINARY, "generate", WHAT, str(feature), cwd=root)
        made = run("git", "status", "--porcelain", "-uall", cwd=root).stdout.splitlines()
        made = [line[3:].strip('"') for line in made]
        new = [path for path in made if path not in written]
        written += new
        row = {"repository": source.name, "format": kind, "feature": str(feature), "code": ran.returncode,
               "said": (ran.stdout + ran.stderr).strip()[-300:], "made": new}
        row["outside"] = [path for path in new if not path.startswith(str(feature) + "/")]
        text = "".join((root / path).read_text() for path in new)
        row["questions"] = text.count("[NEEDS CLARIFICATION: ")
        row["lines"] = text.count("\n")
        row["parts"] = [word for word in ("Service Order", "Data Migration", "Rollback", "Test Impact", "サービスの変更順", "データ移行", "ロールバック", "テストへの影響", "テスト戦略", "Testing Strategy", "服务变更顺序", "数据迁移", "回滚", "测试影响", "测试策略") if word in text]
        again = run(BINARY, "generate", WHAT, str(feature), cwd=root)
        status = run("git", "status", "--porcelain", "-uall", cwd=root).stdout.splitlines()
        row["again"] = again.returncode == 0 or len(status) != len(written)
        for tool in ("prettier", "markdownlint"):
            row[tool] = []
            for path in [path for path in new if path.endswith(".md")]:
                done = formatted(root, tool, path)
                if done is not None:
                    row[tool].append("" if done.returncode == 0 else (done.stdout + done.stderr).strip()[-600:])
        if kind == "openspec":
            valid = run(TOOLS / ".bin/openspec", "validate", feature.name, "--strict", cwd=root.joinpath(*feature.parts[:feature.parts.index("openspec")]))
            row["valid"] = valid.returncode == 0
            for path in new:
                (root / path).rename(work / "aside")
            bare = run(TOOLS / ".bin/openspec", "validate", feature.name, "--strict", cwd=root.joinpath(*feature.parts[:feature.parts.index("openspec")]))
            row["valid_before"] = bare.returncode == 0
            for path in new:
                (work / "aside").rename(root / path)
        rows.append(row)
    after = findings(root)
    for key, each in after.items():
        if key in before:
            continue
        own = [row for row in rows if row["repository"] == source.name and each["path"].startswith(row["feature"] + "/")]
        entry = {"code": each["code"], "path": each["path"], "message": each["message"], "line": each["range"]["start"]["line"]}
        for row in own[:1] or rows[-1:]:
            row.setdefault("new", []).append(entry)
    keep = OUT / source.name
    shutil.rmtree(keep, ignore_errors=True)
    for path in written:
        (keep / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / path, keep / path)
    shutil.rmtree(work)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    rows = []
    for source in sys.argv[5:]:
        try:
            repository(pathlib.Path(source).resolve(), rows)
        except Exception as error:  # one repository never hides the others
            print(source, repr(error), file=sys.stderr)
        (OUT / "rows.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False))
    for kind in ("spec-kit", "kiro", "openspec"):
        own = [row for row in rows if row["format"] == kind]
        done = [row for row in own if row["code"] == 0]
        found = [each for row in own for each in row.get("new", [])]
        asked = [each for each in found if each["code"] == "unresolved-clarification"]
        others = {}
        for each in found:
            if each["code"] != "unresolved-clarification":
                others[each["code"]] = others.get(each["code"], 0) + 1
        print(f"| {kind} | {len(own)} | {len(done)} | {sum(row['questions'] for row in done)} | {len(asked)} | "
              f"{sum(others.values())} | {sum(bool(row['outside']) for row in own)} | {sum(row['again'] for row in done)} | "
              f"{sum(each == '' for row in own for each in row['prettier'])}/{sum(len(row['prettier']) for row in own)} | "
              f"{sum(each == '' for row in own for each in row['markdownlint'])}/{sum(len(row['markdownlint']) for row in own)} |", others,
              f"valid {sum(row.get('valid', False) for row in done)} of {sum(row.get('valid_before', False) for row in done)} before" if kind == "openspec" else "")


main()
