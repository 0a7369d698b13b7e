"""The wheel: the program as a script of a package without any Python.

maturin would compile the program once more; here one binary goes into every package, so that the same bytes are everywhere.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from archive import Files, zipped
from platforms import Linux, Platform, wheel_tag


def record(files: Files, own: str) -> bytes:
    lines = []
    for path, data in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        lines.append(f"{path},sha256={digest},{len(data)}\n")
    return "".join([*lines, f"{own},,\n"]).encode()


def wheel(
    out: Path, project: dict, platform: Platform, found: Linux | None, program: bytes, licences: Files, sbom: bytes, when: int
) -> Path:
    stem = f"spec_analyzer-{project['version']}"
    info = f"{stem}.dist-info"
    tags = wheel_tag(platform, found)
    metadata = [
        "Metadata-Version: 2.4",
        "Name: spec-analyzer",
        f"Version: {project['version']}",
        f"Summary: {project['description']}",
        f"Project-URL: Source, {project['repository']}",
        f"License-Expression: {project['license']}",
        *(f"License-File: {name}" for name in sorted(licences)),
        "Requires-Python: >=3.8",
        "Description-Content-Type: text/markdown",
        "",
        project["readme"].decode(),
    ]
    described = [
        "Wheel-Version: 1.0",
        "Generator: spec-analyzer release/wheel.py",
        "Root-Is-Purelib: false",
        *(f"Tag: py3-none-{tag}" for tag in tags.split(".")),
        "",
    ]
    script = f"{stem}.data/scripts/{platform.program}"
    files = {script: program}
    files |= {f"{info}/licenses/{name}": licences[name] for name in sorted(licences)}
    files |= {
        f"{info}/sboms/spec-analyzer.cdx.json": sbom,
        f"{info}/METADATA": "\n".join(metadata).encode(),
        f"{info}/WHEEL": "\n".join(described).encode(),
    }
    files[f"{info}/RECORD"] = record(files, f"{info}/RECORD")
    path = out / f"{stem}-py3-none-{tags}.whl"
    zipped(path, files, {script}, when)
    return path
