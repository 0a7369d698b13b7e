#!/usr/bin/env python3
"""Pristine templates: nothing but their own placeholders may be found in them.

Lays out one project per Spec Kit release (the newest and the oldest one published as a Python
package) whose feature documents are the raw templates, runs `check --all --format json` there,
and demands that every finding speaks of template text that is to be replaced.

The templates are fetched with `pip download` and are never part of this repository. Without a
network the run says SKIPPED and ends with 0.

    python3 tests/accuracy/pristine.py target/release/spec-analyzer
    python3 tests/accuracy/pristine.py --keep DIR            # only lay the projects out

Exit: 0 as it must be (or skipped), 1 a finding beyond the placeholders, 2 the check did not run.
"""

import argparse
import bisect
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "specify-cli"
# The first release that was published as a package; older ones were archives of a git host.
RELEASES = {"newest": PACKAGE, "oldest": f"{PACKAGE}==0.9.4"}
IN_WHEEL = re.compile(r"(?:^|/)core_pack/templates/([a-z]+-template\.md)$")
FEATURE = "specs/001-feature"
DOWNLOAD_SECONDS = 120

# Installing replaces these by the agent's own spelling of the command.
COMMAND = re.compile(r"__SPECKIT_COMMAND_([A-Z]+)__")

# Text of a template that an author replaces or deletes. Labels and checkboxes stay and are not in it.
PLACEHOLDER = re.compile(
    rb"<!--.*?-->"
    rb"|\[(?!P\]|P\?\]|US\d+\]|ID\]|Story\]|[ xX]\])[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]"
    rb"|\$ARGUMENTS|\bTXXX\b|\bPhase N\b|\*Example of marking unclear requirements:\*",
    re.DOTALL,
)


@dataclass(frozen=True)
class Spans:
    """Placeholders of one file, ascending and apart from each other (bytes)."""

    starts: list[int]
    ends: list[int]

    @staticmethod
    def of(data: bytes) -> "Spans":
        found = [match.span() for match in PLACEHOLDER.finditer(data)]
        return Spans([start for start, _ in found], [end for _, end in found])

    def touch(self, start: int, end: int) -> bool:
        """Whether a non-empty range shares a byte with a placeholder."""
        first = bisect.bisect_right(self.ends, start)
        return start < end and first < len(self.starts) and self.starts[first] < end


def fetch(requirement: str, folder: Path) -> Path | None:
    """Download one wheel; nothing if that is not possible."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--disable-pip-version-check", "--only-binary", ":all:"]
    command += ["--dest", str(folder), requirement]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=DOWNLOAD_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        print(f"  {problem}", file=sys.stderr)
        return None
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode != 0 or not wheels:
        print("  " + done.stderr.strip().replace("\n", "\n  "), file=sys.stderr)
        return None
    return wheels[0]


def lay_out(wheel: Path, project: Path) -> str:
    """Write the project of one wheel; answer the wheel's version."""
    templates = {}
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if match := IN_WHEEL.search(name):
                templates[match[1]] = archive.read(name).decode("utf-8")
    files = {f".specify/templates/{name}": text for name, text in templates.items()}
    for name in ("spec", "plan", "tasks"):
        files[f"{FEATURE}/{name}.md"] = templates[f"{name}-template.md"]
    files[".specify/memory/constitution.md"] = templates["constitution-template.md"]
    files[".specify/feature.json"] = json.dumps({"feature_directory": FEATURE}) + "\n"
    for path, text in files.items():
        target = project / path
        target.parent.mkdir(parents=True, exist_ok=True)
        text = COMMAND.sub(lambda match: "/speckit." + match[1].lower(), text)
        target.write_bytes(text.encode("utf-8"))
    return wheel.name.split("-")[1]


def check(binary: Path, project: Path) -> list[dict] | None:
    """Findings of one project; nothing if the check itself failed."""
    done = subprocess.run(
        [str(binary), "check", "--all", "--format", "json"],
        cwd=project, capture_output=True, check=False,
    )
    if done.returncode not in (0, 1):
        print(done.stderr.decode("utf-8", "replace"), file=sys.stderr)
        return None
    return json.loads(done.stdout)["findings"]


def complaint(finding: dict, project: Path) -> str | None:
    """What is wrong with a finding on pristine text; nothing if it is rightful."""
    path = finding["path"]
    if path.startswith(".specify/templates/"):
        return "a template is no document of a feature"
    data = (project / path).read_bytes()
    start, end = finding["range"]["start"]["byte"], finding["range"]["end"]["byte"]
    if Spans.of(data).touch(start, end):
        return None
    text = data[start:end].decode("utf-8", "replace")
    return f"covers {text!r}, which is no placeholder"


def judge(name: str, version: str, project: Path, findings: list[dict]) -> int:
    """Print the table of one project; answer how many findings are wrong."""
    counts = Counter((finding["path"], finding["severity"], finding["code"]) for finding in findings)
    print(f"\n{name} ({PACKAGE} {version}): {len(findings)} findings")
    print("| file | severity | code | count |\n|---|---|---|---|")
    for (path, severity, code), count in sorted(counts.items()):
        print(f"| {path} | {severity} | {code} | {count} |")
    wrong = [(finding, why) for finding in findings if (why := complaint(finding, project))]
    for finding, why in wrong:
        line = finding["range"]["start"]["line"]
        print(f"WRONG {finding['path']}:{line} {finding['code']}: {finding['message']} -- {why}")
    documents = {f"{FEATURE}/{kind}.md" for kind in ("spec", "plan", "tasks")}
    told = {f["path"] for f in findings if f["code"] == "leftover-placeholder"}
    mute = sorted(documents - told)
    for path in mute:
        print(f"WRONG {path}: raw template text, and not one leftover-placeholder")
    return len(wrong) + len(mute)


def run(binary: Path | None, folder: Path) -> int:
    """All releases; answers the exit code."""
    wrong = 0
    for name, requirement in RELEASES.items():
        with tempfile.TemporaryDirectory() as downloads:
            wheel = fetch(requirement, Path(downloads))
            if wheel is None:
                print(f"SKIPPED: {requirement} cannot be downloaded; pristine templates NOT checked")
                return 0
            version = lay_out(wheel, folder / name)
        if binary is None:
            print(f"{name}: {PACKAGE} {version}")
            continue
        findings = check(binary, folder / name)
        if findings is None:
            print(f"{name}: the check did not run", file=sys.stderr)
            return 2
        wrong += judge(name, version, folder / name, findings)
    return 1 if wrong else 0


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("binary", nargs="?", type=Path, help="the spec-analyzer to run")
    arguments.add_argument("--keep", type=Path, help="lay the projects out here and leave them")
    given = arguments.parse_args()
    if given.binary is None and given.keep is None:
        arguments.error("nothing to do: give a binary, or --keep DIR")
    binary = given.binary.resolve() if given.binary else None
    if given.keep:
        return run(binary, given.keep)
    with tempfile.TemporaryDirectory() as folder:
        return run(binary, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
