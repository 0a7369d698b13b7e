"""Which targets there are, what each registry calls them, and what a binary really is.

What a file is, is read from the file: an ELF header says for which processor it is and whether it needs a loader, the
version names in it say which glibc. A package that claims another platform than its program is refused.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from pathlib import Path


class Refused(Exception):
    """What keeps a package from being made, in a sentence."""


@dataclass(frozen=True)
class Platform:
    """A Rust target, in the words of npm and PyPI."""

    target: str
    os: str  # process.platform of Node.js
    cpu: str  # process.arch of Node.js
    wheel: str  # platform tag of a wheel; for Linux the processor, the rest is read from the program

    @property
    def program(self):
        return "spec-analyzer.exe" if self.os == "win32" else "spec-analyzer"


PLATFORMS = {
    each.target: each
    for each in (
        Platform("x86_64-unknown-linux-gnu", "linux", "x64", "x86_64"),
        Platform("x86_64-unknown-linux-musl", "linux", "x64", "x86_64"),
        Platform("aarch64-unknown-linux-gnu", "linux", "arm64", "aarch64"),
        Platform("aarch64-unknown-linux-musl", "linux", "arm64", "aarch64"),
        Platform("x86_64-apple-darwin", "darwin", "x64", "macosx_10_12_x86_64"),
        Platform("aarch64-apple-darwin", "darwin", "arm64", "macosx_11_0_arm64"),
        Platform("x86_64-pc-windows-msvc", "win32", "x64", "win_amd64"),
        Platform("aarch64-pc-windows-msvc", "win32", "arm64", "win_arm64"),
    )
}

ELF_MACHINES = {62: "x64", 183: "arm64"}
LOADER = 3  # PT_INTERP


@dataclass(frozen=True)
class Linux:
    """What an ELF file says of itself."""

    cpu: str
    static: bool
    glibc: int  # the newest 2.x it asks for; 0 where it asks for none


def linux(program: Path) -> Linux:
    data = program.read_bytes()
    if data[:5] != b"\x7fELF\x02" or data[5] != 1:
        raise Refused(f"{program} is no 64-bit little-endian ELF file.")
    (machine,) = struct.unpack_from("<H", data, 18)
    (headers,) = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    kinds = [struct.unpack_from("<I", data, headers + size * each)[0] for each in range(count)]
    static = LOADER not in kinds
    versions = [] if static else re.findall(rb"\0GLIBC_2\.(\d+)(?=[.\0])", data)
    return Linux(ELF_MACHINES.get(machine, f"machine {machine}"), static, max(map(int, versions), default=0))


def checked(program: Path, platform: Platform) -> Linux | None:
    """Refuses a program that is not for the platform; of Linux says more."""
    start = program.read_bytes()[:4]
    kind = {b"\x7fELF": "linux", b"\xcf\xfa\xed\xfe": "darwin"}.get(start, "win32" if start[:2] == b"MZ" else "unknown")
    if kind != platform.os:
        raise Refused(f"{program} is a program of {kind}, {platform.target} is {platform.os}.")
    if kind != "linux":
        return None
    found = linux(program)
    if found.cpu != platform.cpu:
        raise Refused(f"{program} is for {found.cpu}, {platform.target} is {platform.cpu}.")
    if platform.target.endswith("musl") and not found.static:
        raise Refused(f"{program} needs a loader; a program for {platform.target} is linked statically.")
    return found


def wheel_tag(platform: Platform, found: Linux | None) -> str:
    """The oldest Linux on which the program runs; a static program needs no C library at all."""
    if found is None:
        return platform.wheel
    if found.static:
        return f"manylinux_2_17_{platform.wheel}.manylinux2014_{platform.wheel}.musllinux_1_1_{platform.wheel}"
    if found.glibc <= 17:
        return f"manylinux_2_17_{platform.wheel}.manylinux2014_{platform.wheel}"
    return f"manylinux_2_{found.glibc}_{platform.wheel}"
