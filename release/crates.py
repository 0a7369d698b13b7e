"""What is compiled into the program: cargo's answer for one target, with the features that are really on."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "spec-analyzer"
LOCKED = re.compile(r'name = "(.+)"\nversion = "(.+)"\nsource = ".+"\nchecksum = "(.+)"')
LINE = re.compile(r"(\d+)(\S+) v(\S+)")


@dataclass
class Crate:
    name: str
    version: str
    license: str | None  # an SPDX expression
    description: str | None
    directory: Path
    own: bool  # one of our rooms
    checksum: str | None  # SHA-256 of its archive at crates.io
    linked: bool = False  # else it only builds: a build script's, a procedural macro
    needs: set[str] = field(default_factory=set)

    @property
    def key(self) -> str:
        return f"{self.name}@{self.version}"


def cargo(*arguments: str) -> str:
    return subprocess.run(["cargo", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def metadata(*arguments: str) -> list[dict]:
    """What the manifests of all packages say."""
    return json.loads(cargo("metadata", "--locked", "--format-version", "1", *arguments))["packages"]


def tree(target: str, edges: str) -> dict[str, set[str]]:
    """Each crate of `cargo tree` and what it needs. A crate that comes again is shown without what it needs."""
    out = cargo("tree", "--locked", "-p", PACKAGE, "-e", edges, "--target", target, "--prefix", "depth", "--format", "{p}")
    needs: dict[str, set[str]] = {}
    above: list[str] = []
    for line in out.splitlines():
        found = LINE.match(line)
        if not found:
            continue
        depth, key = int(found[1]), f"{found[2]}@{found[3]}"
        needs.setdefault(key, set())
        above[depth:] = [key]
        if depth:
            needs[above[depth - 1]].add(key)
    return needs


def crates(target: str) -> dict[str, Crate]:
    """By name and version."""
    lock = LOCKED.findall((ROOT / "Cargo.lock").read_text(encoding="utf-8"))
    checksums = {f"{name}@{version}": checksum for name, version, checksum in lock}
    packages = {f"{each['name']}@{each['version']}": each for each in metadata("--filter-platform", target)}
    whole, linked = tree(target, "normal,build"), tree(target, "normal,no-proc-macro")
    found = {}
    for key, needs in sorted(whole.items()):
        package = packages[key]
        license = package["license"]
        found[key] = Crate(
            name=package["name"],
            version=package["version"],
            # An old way to write it, that Cargo still takes.
            license=re.sub(r"\s*/\s*", " OR ", license) if license else None,
            description=package["description"],
            directory=Path(package["manifest_path"]).parent,
            own=package["source"] is None,
            checksum=checksums.get(key),
            linked=key in linked,
            needs=needs,
        )
    return found
