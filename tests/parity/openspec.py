#!/usr/bin/env python3
"""Parity: on every change and spec our verdict is that of `openspec validate --all --strict`.

Installs the tool from npm (versions below, telemetry off, install scripts off), lays out the cases beside this file,
runs the tool and `check --all --format json` on each, and compares item by item: id, type, verdict with and without
`--strict`, and the findings by level. Directories given as arguments are compared too: only their `openspec/` is
copied, nothing in them is written.

    python3 tests/parity/openspec.py target/debug/spec-analyzer [--version 1.13.2]... [DIRECTORY]...

Without npm or its registry the run says SKIPPED and ends with 0.
Exit: 0 equal (or skipped), 1 a difference, 2 something did not run.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

PACKAGE = "@fission-ai/openspec"
# The newest version that is known, and older ones whose rules differ.
VERSIONS = ["1.13.2", "1.12.0", "1.8.0"]
CASES = Path(__file__).parent / "cases"
INSTALL_SECONDS = 180
ENVIRONMENT = {
    **os.environ,
    "OPENSPEC_TELEMETRY": "0",
    "DO_NOT_TRACK": "1",
    "CI": "true",
    "NO_COLOR": "1",
}

# The tool's sentences by our codes. None: we say nothing of it, on purpose (docs/formats/openspec.md).
SENTENCES = [
    (r"^Archive would refuse this delta", "archive-refused"),
    (r"^Spec must have a (Purpose|Requirements) section", "spec-section-missing"),
    (r"^Spec must have at least one requirement", "spec-without-requirement"),
    (r"^Requirement must have at least one scenario\. ", None),
    (r"^Requirement must have at least one scenario$|must include at least one scenario", "requirement-without-scenario"),
    (r"is missing requirement text|^Requirement text cannot be empty|must contain SHALL or MUST", "requirement-without-text"),
    (r"should contain SHALL or MUST", "requirement-without-keyword"),
    (r"^Requirement text is very long", "requirement-too-long"),
    (r"^Main spec contains delta header|appears outside the main ## Requirements", "requirement-misplaced"),
    (r"duplicates the requirement declared|^Duplicate (requirement|FROM|TO) in", "requirement-repeated"),
    (r"^Purpose section is too brief", "purpose-too-short"),
    (r"^Purpose section is still a placeholder", "purpose-placeholder"),
    (r"^Delta spec found at", "delta-misplaced"),
    (r"^No delta sections found|were found, but no requirement entries parsed", "delta-without-requirement"),
    (r"^Change must have at least one delta", "change-without-delta"),
    (r"^Requirement present in both|^MODIFIED references old name|^RENAMED TO collides", "delta-conflict"),
    (r"omits scenario\(s\)", "scenario-dropped"),
    (r"has no matching (FROM|TO): line", "rename-unpaired"),
    (r"which is not a delta section", "requirement-outside-delta"),
    (r"is ignored by validation", "delta-heading-ignored"),
    (r"^skip_specs is set in .* zero deltas accepted", None),
    (r"^skip_specs is set", "skip-specs-conflict"),
    (r"its leading number points to group", "task-under-wrong-group"),
    (r"^Task ID .* is duplicated", "task-number-repeated"),
    (r"^This change counts as 0 tasks", "tasks-without-checkbox"),
    (r"is not a change: it is a folder wrapping", "nested-change"),
]
LEVELS = {"ERROR": "error", "WARNING": "warning", "INFO": "information"}
# Several of the tool's sentences are one finding of ours: only whether they are there is compared.
TOGETHER = {
    "requirement-too-long",
    "requirement-misplaced",
    "task-number-repeated",
    "archive-refused",
    "requirement-without-scenario",
    "requirement-without-text",
    "requirement-without-keyword",
}
# A rule of ours says it instead, with a fix; or we say it more softly.
INSTEAD = {
    "delta-target-missing": ("information", "archive-refused"),
    "requirement-too-long": ("information", "requirement-too-long"),
}


TRIES_ARCHIVE = (1, 12)


def version_of(written):
    return tuple(int(number) for number in written.split("."))


def code_of(message):
    for pattern, code in SENTENCES:
        if re.search(pattern, message, re.S):
            return code, True
    return message, False


def install(version, into):
    """The tool's script, or why it could not be had."""
    prefix = into / version
    prefix.mkdir(parents=True)
    command = ["npm", "install", "--prefix", str(prefix), "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        done = subprocess.run(
            [*command, f"{PACKAGE}@{version}"],
            capture_output=True, text=True, timeout=INSTALL_SECONDS, env=ENVIRONMENT, check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return None, str(error)
    script = prefix / "node_modules" / PACKAGE / "bin" / "openspec.js"
    if done.returncode != 0 or not script.exists():
        return None, (done.stderr or "no such script").strip().splitlines()[-1]
    return script, None


def personal(root):
    """The environment in which a case's own data directory is the person's."""
    return {**ENVIRONMENT, "XDG_DATA_HOME": f"{root}.home"}


def theirs(script, root, strict):
    command = ["node", str(script), "validate", "--all", "--json", "--no-interactive"]
    done = subprocess.run(
        command + ["--strict"] * strict, cwd=root, capture_output=True, text=True, env=personal(root), check=False
    )
    start = done.stdout.find("{")
    if start < 0:
        raise RuntimeError(f"openspec said: {done.stdout}{done.stderr}")
    report = json.loads(done.stdout[start:])
    return {(item["type"], item["id"]): item for item in report["items"]}


def ours(binary, root):
    command = [binary, "check", "--all", "--format", "json", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, env=personal(root), check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"check said: {done.stderr}")
    report = json.loads(done.stdout)
    items = {}
    for project in report["projects"]:
        if project["path"] or project["format"] != "openspec":
            continue
        for feature in project["features"]:
            key = key_of(feature["path"])
            if key:
                items[key] = []
    for finding in report["findings"]:
        key = key_of(finding["path"], items)
        if key in items and (finding.get("parity") == "openspec" or finding["code"] in INSTEAD):
            items[key].append(finding)
    return items


def key_of(path, known=None):
    """Type and id of an item, by the path of its directory or of a file in it."""
    parts = path.split("/")
    if parts[:2] == ["openspec", "changes"] and len(parts) > 2 and parts[2] != "archive":
        return ("change", parts[2])
    if parts[:2] == ["openspec", "specs"]:
        spec = parts[2:-1] if known is not None else parts[2:]
        return ("spec", "/".join(spec))
    return None


def of_theirs(item):
    found, strange = Counter(), []
    for issue in item["issues"]:
        code, known = code_of(issue["message"])
        if not known:
            strange.append(issue["message"])
        elif code:
            found[(LEVELS[issue["level"]], code)] += 1
    return found, strange


def of_ours(findings, tries_archive=True):
    found = Counter()
    for finding in findings:
        if finding["code"] == "delta-target-missing" and not tries_archive:
            continue
        found[INSTEAD.get(finding["code"], (finding["severity"], finding["code"]))] += 1
    return found


def compare(name, script, binary, root, tries_archive):
    """Number of items, of failing ones, and sentences on what differs."""
    strict, plain, own = theirs(script, root, True), theirs(script, root, False), ours(binary, root)
    wrong = []
    for key in sorted(set(strict) ^ set(own)):
        wrong.append(f"{name}: {key} is known only to {'openspec' if key in strict else 'us'}")
    for key in sorted(set(strict) & set(own)):
        levels = {finding["severity"] for finding in own[key] if finding.get("parity")}
        if strict[key]["valid"] != (not levels & {"error", "warning"}):
            wrong.append(f"{name}: {key} strict: openspec says {strict[key]['valid']}, we found {sorted(of_ours(own[key]))}"
                         f" {[issue['message'][:90] for issue in strict[key]['issues']]}")
        if plain[key]["valid"] != ("error" not in levels):
            wrong.append(f"{name}: {key}: openspec says {plain[key]['valid']}, we found {sorted(of_ours(own[key]))}")
        their, strange = of_theirs(strict[key])
        wrong += [f"{name}: {key}: unknown sentence {message!r}" for message in strange]
        # Without its sections the tool stops reading a spec; we do not.
        if ("error", "spec-section-missing") in their:
            continue
        our = of_ours(own[key], tries_archive)
        for each in sorted(set(their) | set(our)):
            # It does not try what it found errors in.
            if each[1] == "archive-refused" and any(level == "error" for level, _ in their):
                continue
            many = each[1] not in TOGETHER
            same = their[each] == our[each] if many else bool(their[each]) == bool(our[each])
            if not same:
                wrong.append(f"{name}: {key}: {each} is said {their[each]} times by openspec, {our[each]} times by us")
    failing = sum(not item["valid"] for item in strict.values())
    return len(strict), failing, wrong


def lay_out(case, root):
    """A case: `//- /path` lines, each followed by the file's text. `<BOM>`, `<CR>` and `<LF>` stand for themselves.

    `//- ~/path` lies in the person's data directory, which `<HOME>` stands for."""
    home = Path(f"{root}.home")
    path, lines = None, []

    def write():
        if path:
            text = "".join(lines).replace("<BOM>", "\ufeff").replace("<CR>\n", "\r").replace("<CRLF>\n", "\r\n")
            text = text.replace("<HOME>", str(home))
            file = path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())

    for line in case.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith(("//- /", "//- ~/")):
            write()
            base, _, below = line[len("//- "):].strip().partition("/")
            path, lines = (home if base else root) / below, []
        else:
            lines.append(line)
    write()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("binary")
    arguments.add_argument("directories", nargs="*", type=Path)
    arguments.add_argument("--version", action="append", dest="versions")
    options = arguments.parse_intermixed_args()
    binary = os.path.abspath(options.binary)
    if not os.access(binary, os.X_OK):
        print(f"no program at {binary}", file=sys.stderr)
        return 2
    wrong = []
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        for version in options.versions or VERSIONS:
            script, why = install(version, scratch / "tool")
            if script is None:
                print(f"SKIPPED: {PACKAGE} {version} cannot be installed ({why}). Nothing was compared.")
                return 0
            roots = []
            for case in sorted(CASES.glob("*.txt")):
                root = scratch / version / case.stem
                lay_out(case, root)
                roots.append((case.stem, root))
            for directory in options.directories:
                root = scratch / version / f"at-{directory.name}"
                shutil.copytree(directory / "openspec", root / "openspec", symlinks=True)
                roots.append((directory.name, root))
            items = failing = 0
            for name, root in roots:
                for folder in [root, *Path(f"{root}.home").glob("*/.openspec-store/..")]:
                    (folder / "spec-analyzer.toml").write_text(f'[openspec]\nversion = "{version}"\n')
                count, failed, differs = compare(
                    f"{version} {name}", script, binary, root, version_of(version) >= TRIES_ARCHIVE
                )
                if root.name.startswith("at-"):
                    print(f"{version} {name}: {count} items, {failed} failing, {len(differs)} differences")
                items, failing = items + count, failing + failed
                wrong += differs
            print(f"openspec {version}: {items} items compared, {failing} of them failing")
    for each in wrong:
        print(f"DIFFERS {each}")
    print(f"{len(wrong)} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
