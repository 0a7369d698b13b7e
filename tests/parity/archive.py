#!/usr/bin/env python3
"""Parity: `archive CHANGE --dry-run` leaves the main specs as `openspec archive` does, byte for byte, or both refuse.

Installs the tool from npm as `openspec.py` beside this file does (or takes `--tool PATH`), copies `openspec/` of each
case and each directory given, archives every active change on its own there, applies our diff to another copy, and
compares the two trees below `openspec/specs`. With `--history N` the last N archived changes of a repository are tried
as well, in the state before the commit that archived them. Nothing is written in the directories themselves.

    python3 tests/parity/archive.py target/debug/spec-analyzer [--version 1.13.2] [--history N] [DIRECTORY]...

Without npm or its registry the run says SKIPPED and ends with 0.
Exit: 0 equal (or skipped), 1 a difference, 2 something did not run.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from io import BytesIO
from pathlib import Path

from openspec import ENVIRONMENT, PACKAGE, install, lay_out

VERSION = "1.13.2"
CASES = Path(__file__).parent / "archive"


def specs(root):
    base = root / "openspec" / "specs"
    return {str(file.relative_to(base)): file.read_bytes() for file in base.rglob("*") if file.is_file()}


def theirs(script, root, change):
    """Whether the tool archived the change, and what it said."""
    command = ["node", str(script), "archive", change, "--yes"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, env=ENVIRONMENT, check=False)
    return not (root / "openspec" / "changes" / change).exists(), done.stdout + done.stderr


def ours(binary, root, change):
    """Whether we would archive the change, and what we said; our diff is applied."""
    command = [binary, "--root", str(root), "archive", f"openspec/changes/{change}", "--dry-run"]
    done = subprocess.run(command, capture_output=True, check=False)
    said = done.stderr.decode()
    if done.returncode not in (0, 1):
        raise RuntimeError(f"archive {change}: {said}")
    if done.returncode == 0 and done.stdout:
        apply = ["git", "apply", "--whitespace=nowarn", "-"]
        applied = subprocess.run(apply, cwd=root, input=done.stdout, capture_output=True, check=False)
        if applied.returncode != 0:
            raise RuntimeError(f"archive {change}: the diff does not apply: {applied.stderr.decode()}")
    return done.returncode == 0, said


def active(root):
    changes = root / "openspec" / "changes"
    if not changes.is_dir():
        return []
    return sorted(each.name for each in changes.iterdir() if each.is_dir() and each.name != "archive")


def copied(source, change, root, version):
    """Copies what a change and its archiving read, and says which version archives it."""
    shutil.rmtree(root, ignore_errors=True)
    changes = str(source / "openspec" / "changes")
    others = lambda directory, names: [name for name in names if directory == changes and name != change]
    shutil.copytree(source / "openspec", root / "openspec", symlinks=True, ignore=others)
    subprocess.run(["git", "init", "-q", "."], cwd=root, check=True)
    (root / "spec-analyzer.toml").write_text(f'[openspec]\nversion = "{version}"\n')


def compare(name, script, binary, source, change, scratch, found, version):
    """Counts one change; a sentence on what differs, or none."""
    one, other = scratch / "theirs", scratch / "ours"
    for root in (one, other):
        copied(source, change, root, version)
    done, said = theirs(script, one, change)
    mine, saying = ours(binary, other, change)
    kind = "archived" if done else "refused"
    found[kind] += 1
    if done != mine:
        return f"{name} {change}: openspec {kind} it, we did not\n  {said.strip()[-600:]}\n  {saying.strip()[-600:]}"
    after, before = specs(one), specs(source)
    found["changed"] += sum(before.get(path) != after.get(path) for path in before.keys() | after.keys())
    own = specs(other)
    wrong = sorted(path for path in after.keys() | own.keys() if after.get(path) != own.get(path))
    return f"{name} {change}: {wrong} differ" if wrong else None


def history(directory, count):
    """Changes that were archived: the commit before, and the change's name."""
    log = ["git", "-C", str(directory), "log", "--format=%x00%H", "--diff-filter=AR", "-M", "--name-only", "--no-merges"]
    text = subprocess.run([*log, "--", "openspec/changes/archive"], capture_output=True, text=True, check=False).stdout
    found = []
    for commit in text.split("\0")[1:]:
        commit, *paths = commit.strip().splitlines()
        names = {path.split("/")[3] for path in paths if path.count("/") >= 4}
        for name in sorted(names):
            change = re.sub(r"^\d{4}-\d{2}-\d{2}-", "", name)
            exists = ["git", "-C", str(directory), "cat-file", "-e", f"{commit}^:openspec/changes/{change}"]
            if subprocess.run(exists, capture_output=True, check=False).returncode == 0:
                found.append((f"{commit}^", change))
        if len(found) >= count:
            break
    return found[:count]


def check_out(directory, commit, into):
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir()
    command = ["git", "-C", str(directory), "archive", commit, "openspec"]
    packed = subprocess.run(command, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=BytesIO(packed)) as files:
        files.extractall(into, filter="tar")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("binary")
    arguments.add_argument("directories", nargs="*", type=Path)
    arguments.add_argument("--history", type=int, default=0)
    arguments.add_argument("--version", default=VERSION)
    arguments.add_argument("--tool", type=Path, help="the tool's script, installed already")
    options = arguments.parse_intermixed_args()
    binary = os.path.abspath(options.binary)
    if not os.access(binary, os.X_OK):
        print(f"no program at {binary}", file=sys.stderr)
        return 2
    wrong, total = [], Counter()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        script, why = (options.tool, None) if options.tool else install(options.version, scratch / "tool")
        if script is None:
            print(f"SKIPPED: {PACKAGE} {options.version} cannot be installed ({why}). Nothing was compared.")
            return 0
        roots = []
        for case in sorted(CASES.glob("*.txt")):
            root = scratch / "cases" / case.stem
            lay_out(case, root)
            roots.append((case.stem, root, None))
        roots += [(directory.name, directory, directory) for directory in options.directories]
        for name, root, repository in roots:
            found = Counter()
            tried = [(name, root, change) for change in active(root)]
            differs = [compare(*each[:1], script, binary, *each[1:], scratch, found, options.version) for each in tried]
            for commit, change in history(repository, options.history) if repository else []:
                past = scratch / "past"
                check_out(repository, commit, past)
                at = f"{name}@{commit[:9]}"
                differs.append(compare(at, script, binary, past, change, scratch, found, options.version))
            differs = [each for each in differs if each]
            print(f"{name}: {found['archived']} archived, {found['refused']} refused, {found['changed']} main specs"
                  f" changed, {len(differs)} differences", flush=True)
            total += found
            wrong += differs
    for each in wrong:
        print(f"DIFFERS {each}")
    changes = total["archived"] + total["refused"]
    print(f"openspec {options.version}: {changes} changes compared, {total['refused']} of them refused,"
          f" {len(wrong)} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
