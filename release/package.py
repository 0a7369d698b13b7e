"""package.py --binary PROGRAM --target TARGET --out DIR [--runs PROGRAM]: everything that is released for one target.

DIR gets an archive, its bill of materials, the npm package of the platform and the wheel. Completions and manual pages are
asked of the program itself, or of `--runs`, the same version for this machine, where the program is for another one.
SOURCE_DATE_EPOCH is the time that everything carries; without it, that of the last commit.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

import npm
from archive import Files, tar_gz, zipped
from crates import PACKAGE, ROOT, crates, metadata
from licences import licences
from platforms import PLATFORMS, Refused, checked
from sbom import sbom
from wheel import wheel

# What a package manager expects a completion to be called.
COMPLETIONS = {
    "bash": "spec-analyzer.bash",
    "zsh": "_spec-analyzer",
    "fish": "spec-analyzer.fish",
    "powershell": "_spec-analyzer.ps1",
    "elvish": "spec-analyzer.elv",
}
OURS = ("LICENSE-MIT", "LICENSE-APACHE", "NOTICE")


def said(program: Path, *arguments: str) -> bytes:
    return subprocess.run([program, *arguments], check=True, stdout=subprocess.PIPE).stdout


def manual(program: Path, *command: str) -> Files:
    """The page of a command and of all commands below it, which it names."""
    page = said(program, "man", *command)
    name = "-".join(["spec-analyzer", *command])
    pages = {f"man/man1/{name}.1": page}
    below = re.findall(rf"^{re.escape(name)}-(\w+)\(1\)$", page.decode().replace("\\-", "-"), re.MULTILINE)
    for each in below:
        pages |= manual(program, *command, each)
    return pages


def project() -> dict:
    """What every package says of the project."""
    shared = next(each for each in metadata("--no-deps") if each["name"] == PACKAGE)
    readme = (ROOT / "release/description.md").read_bytes()
    return {
        "version": shared["version"],
        "license": shared["license"],
        "repository": shared["repository"],
        "description": readme.decode().splitlines()[2],
        "readme": readme,
    }


def time_of_release() -> int:
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return int(given or subprocess.check_output(["git", "log", "-1", "--format=%ct"], cwd=ROOT))


def package(binary: Path, target: str, out: Path, runs: Path) -> list[Path]:
    platform = PLATFORMS.get(target)
    if platform is None:
        raise Refused(f"{target} is not known. Known: {', '.join(PLATFORMS)}.")
    found = checked(binary, platform)
    about, when, program = project(), time_of_release(), binary.read_bytes()
    version = said(runs, "--version").decode().split()[-1]
    if version != about["version"]:
        raise Refused(f"{runs} is version {version}, the project is {about['version']}.")
    out.mkdir(parents=True, exist_ok=True)

    name = f"spec-analyzer-{about['version']}-{target}"
    used = crates(target)
    bill = sbom(used, target, program, when)
    texts = {each: (ROOT / each).read_bytes() for each in OURS} | {"THIRD-PARTY.txt": licences(used)}
    carried = {platform.program: program, **texts}
    files = {
        **carried,
        "README.md": (ROOT / "README.md").read_bytes(),
        "spec-analyzer.cdx.json": bill,
        **{f"completions/{file}": said(runs, "completions", shell) for shell, file in COMPLETIONS.items()},
        **manual(runs),
    }
    files = {f"{name}/{path}": data for path, data in files.items()}
    programs = {f"{name}/{platform.program}"}
    write, ending = (zipped, "zip") if platform.os == "win32" else (tar_gz, "tar.gz")
    archive = out / f"{name}.{ending}"
    write(archive, dict(sorted(files.items())), programs, when)
    beside = out / f"{name}.cdx.json"
    beside.write_bytes(bill)
    return [
        archive,
        beside,
        npm.platform_package(out, about, platform, found, carried, when),
        wheel(out, about, platform, found, program, texts, bill, when),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--binary", type=Path, required=True)
    parser.add_argument("--target", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--runs", type=Path)
    given = parser.parse_args()
    try:
        for path in package(given.binary, given.target, given.out, (given.runs or given.binary).resolve()):
            print(path)
    except Refused as why:
        print(f"package.py: {why}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
