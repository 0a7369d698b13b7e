#!/usr/bin/env python3
"""Scaffolds over real projects: what `new` writes in a copy of each, and what its own and other tools say of that.

    scaffolds.py BINARY REPOSITORIES TOOLS [NAME ...]

REPOSITORIES holds checkouts, TOOLS a node_modules/.bin with openspec, prettier and markdownlint-cli2. Of each
repository at most two projects of a format are copied into a temporary directory, their documents as HEAD has them; nothing
is written to the checkout. Prints a table and what went wrong, one line each.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

BINARY, WILD, TOOLS = (Path(it).resolve() for it in sys.argv[1:4])
NAMES = sys.argv[4:]
AT_MOST = 2
MARKERS = {"feature": ".specify", "spec": ".kiro", "change": "openspec", "capability": "openspec"}
PRETTIER = [".prettierrc", ".prettierrc.json", ".prettierrc.yaml", ".prettierrc.yml", ".prettierrc.js", ".prettierrc.cjs",
            ".prettierrc.mjs", "prettier.config.js", "prettier.config.mjs"]
MARKDOWNLINT = [".markdownlint.json", ".markdownlint.jsonc", ".markdownlint.yaml", ".markdownlint.yml",
                ".markdownlint-cli2.jsonc", ".markdownlint-cli2.yaml"]


def run(arguments, cwd, **more):
    return subprocess.run([str(it) for it in arguments], cwd=cwd, capture_output=True, text=True, **more)


def findings(root):
    ran = run([BINARY, "check", "--all", "--format", "json"], root)
    if not ran.stdout.startswith("{"):
        return None
    return {(it["path"], it["fingerprint"]): it["code"] for it in json.loads(ran.stdout)["findings"]}


def projects(repository, marker):
    listed = run(["git", "ls-files"], repository).stdout.splitlines()
    found = set()
    for path in listed:
        parts = path.split("/")
        if marker in parts[:-1]:
            found.add("/".join(parts[: parts.index(marker)]))
    return sorted(found, key=lambda it: (it.count("/") + bool(it), it))


def asks(unit, root):
    if unit == "change":
        known = sorted((root / "openspec/specs").glob("**/spec.md"))
        names = [str(it.parent.relative_to(root / "openspec/specs")) for it in known[:1]]
        return ["new", "change", "Zonal parcel lockers", *names, "parcel-lockers"]
    if unit == "capability":
        return ["new", "capability", "zonal-parcel-lockers"]
    return ["new", unit, "Zonal parcel lockers"]


def main():
    rows, wrong = {}, []
    for repository in sorted(it for it in WILD.iterdir() if (it / ".git").exists()):
        if NAMES and repository.name not in NAMES:
            continue
        todo = [(unit, dir) for unit, marker in MARKERS.items() for dir in projects(repository, marker)]
        if not todo:
            continue
        with tempfile.TemporaryDirectory() as temporary:
            copy = Path(temporary) / repository.name
            copy.mkdir()
            extract(repository, copy)
            print(repository.name, file=sys.stderr, flush=True)
            for unit, marker in MARKERS.items():
                dirs = [dir for of, dir in todo if of == unit and (copy / dir / marker).is_dir()]
                for dir in dirs[:AT_MOST]:
                    measure(unit, repository.name, dir, copy, rows, wrong)
    print("| what | projects | made | questions in the text | new findings | of them questions | made twice | beside the target "
          "| openspec --strict | prettier | markdownlint |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for unit, row in rows.items():
        print(f"| {unit} | {row['projects']} | {row['made']} | {row['asked']} | {row['new']} | {row['questions']} | {row['twice']} "
              f"| {row['beside']} | {row['valid']} | {row['pretty']} | {row['lint']} |")
    print("\n".join(wrong))


def extract(repository, copy):
    """What a scaffold is made from, as HEAD has it, as a repository of its own: templates, options, settings of styles,
    and of what is there already specs, requirements, main specs and metadata."""
    listed = run(["git", "ls-tree", "-r", "--name-only", "HEAD"], repository).stdout.splitlines()
    settings = set(PRETTIER + MARKDOWNLINT + [".prettierignore", ".markdownlintignore", ".gitignore", ".editorconfig",
                                              "package.json"])
    roots = (".specify", "specs", ".kiro", "openspec")
    names = settings | {"spec.md", "requirements.md", "spec.json", "config.yaml", ".openspec.yaml", "init-options.json"}
    kept = [it for it in listed if it.split("/")[-1] in settings
            or any(part in roots for part in it.split("/")[:-1])
            and (it.split("/")[-1] in names or "/templates/" in it or "/presets/" in it) and "/archive/" not in it]
    if not kept:
        return
    packed = subprocess.run(["git", "archive", "HEAD", *[f":(literal){it}" for it in kept]],
                            cwd=repository, capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x"], cwd=copy, input=packed, check=True)
    run(["git", "init", "-q"], copy)
    run(["git", "add", "-A", "-f"], copy)
    run(["git", "-c", "user.name=t", "-c", "user.email=t@example.invalid", "commit", "-qm", "x"], copy)


def measure(unit, name, dir, copy, rows, wrong):
    zero = {"projects": 0, "made": 0, "asked": 0, "new": 0, "questions": 0, "twice": 0, "beside": 0}
    row = rows.setdefault(unit, {**zero, "valid": "0/0", "pretty": "0/0", "lint": "0/0"})
    root = copy / dir
    label = f"{name}/{dir} {unit}"
    row["projects"] += 1
    before = findings(root)
    ran = run([BINARY, *asks(unit, root)], root)
    if ran.returncode != 0:
        wrong.append(f"{label}: not made: {ran.stderr.strip()}")
        return
    row["made"] += 1
    written = [line.split("`")[1] for line in ran.stdout.splitlines() if line.startswith("`")]
    status = run(["git", "status", "--porcelain", "-uall", "--ignored=no"], root).stdout.splitlines()
    named = [line[3:].strip('"') for line in status]
    beside = [it for it in named if not any(it.endswith(path) for path in written)]
    if beside:
        row["beside"] += 1
        wrong.append(f"{label}: beside the target: {beside[:3]}")
    after = findings(root)
    if after is not None:
        new = {key: code for key, code in after.items() if key not in (before or {})}
        questions = sum(code == "unresolved-clarification" for code in new.values())
        row["new"] += len(new)
        row["questions"] += questions
        for (path, _), code in new.items():
            if code != "unresolved-clarification":
                wrong.append(f"{label}: {code} in {path}")
    if run([BINARY, *asks(unit, root)], root).returncode == 0:
        row["twice"] += 1
        wrong.append(f"{label}: made twice")
    if unit in ("change", "capability"):
        item = ["zonal-parcel-lockers", "--type", "change" if unit == "change" else "spec"]
        valid = run([TOOLS / "openspec", "validate", *item, "--strict", "--no-interactive"], root)
        count(row, "valid", valid.returncode == 0)
        if valid.returncode != 0:
            wrong.append(f"{label}: openspec: {(valid.stdout + valid.stderr).strip()[:300]}")
    documents = [it for it in written if it.endswith(".md")]
    row["asked"] += sum(text(root / it).count("[NEEDS CLARIFICATION:") for it in documents)
    style(row, wrong, label, copy, root, documents)
    for path in written:
        (root / path).unlink()
    print(f"  {label}", file=sys.stderr, flush=True)


def style(row, wrong, label, copy, root, documents):
    """By the repository's own settings. Of what fails it is said how many documents of the same name that people wrote
    there pass: where none does, the project does not hold its documents to the tool."""
    for key, names, tool in (("pretty", PRETTIER, ["prettier", "--check"]), ("lint", MARKDOWNLINT, ["markdownlint-cli2"])):
        configured = any((at / it).exists() for at in (copy, root) for it in names)
        configured |= key == "pretty" and '"prettier":' in text(copy / "package.json")
        if not configured:
            continue
        ran = run([TOOLS / tool[0], *tool[1:], *documents], root)
        count(row, key, ran.returncode == 0)
        if ran.returncode != 0:
            names = {Path(it).name for it in documents}
            listed = run(["git", "ls-files"], root).stdout.splitlines()
            beside = [it for it in listed if Path(it).name in names and "template" not in it][-5:]
            good = sum(run([TOOLS / tool[0], *tool[1:], it], root).returncode == 0 for it in beside)
            said = [it for it in (ran.stdout + ran.stderr).splitlines() if it.strip()]
            wrong.append(f"{label}: {tool[0]}: {said[:3]}; of others {good} of {len(beside)} pass")


def text(path):
    return path.read_text(errors="replace") if path.exists() else ""


def count(row, key, good):
    right, whole = row[key].split("/")
    row[key] = f"{int(right) + good}/{int(whole) + 1}"


main()
