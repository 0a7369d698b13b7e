"""finish.py DIR: when the packages of all targets are in DIR, the npm package that chooses among them, and SHA256SUMS."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import npm
from crates import ROOT
from package import OURS, project, time_of_release


def finish(out: Path) -> None:
    texts = {each: (ROOT / each).read_bytes() for each in OURS}
    print(npm.main_package(out, project(), texts, time_of_release()))
    sums = out / "SHA256SUMS"
    files = sorted(each for each in out.iterdir() if each.is_file() and each != sums)
    sums.write_text("".join(f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n" for each in files))
    print(sums)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    finish(Path(sys.argv[1]))
