"""The npm packages: one per platform that carries the program, and `spec-analyzer`, which starts the one that fits.

The main package names exactly the platform packages that were made: npm then takes the one for its machine, and nothing is
fetched by a script when it is installed.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from archive import Files, tar_gz
from platforms import Platform, Linux

HERE = Path(__file__).parent
SCOPE = "@spec-analyzer"


def common(project: dict) -> dict:
    return {
        "version": project["version"],
        "license": project["license"],
        "repository": {"type": "git", "url": f"git+{project['repository']}.git"},
    }


def text(value: dict) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()


def pack(out: Path, name: str, project: dict, files: Files, programs: set[str], when: int) -> Path:
    """What `npm pack` writes, with the time of the release."""
    path = out / f"{name.lstrip('@').replace('/', '-')}-{project['version']}.tgz"
    inside = {f"package/{each}": data for each, data in files.items()}
    tar_gz(path, inside, {f"package/{each}" for each in programs}, when)
    return path


def platform_package(out: Path, project: dict, platform: Platform, found: Linux | None, files: Files, when: int) -> Path:
    name = f"{SCOPE}/{platform.os}-{platform.cpu}"
    manifest = {
        "name": name,
        "description": f"The program of the package spec-analyzer for {platform.os} on {platform.cpu}",
        **common(project),
        "preferUnplugged": True,
        "os": [platform.os],
        "cpu": [platform.cpu],
        **({"libc": ["glibc"]} if found and not found.static else {}),
    }
    readme = f"# {name}\n\nThe program of [spec-analyzer]({project['repository']}) for one platform; install `spec-analyzer`.\n"
    files = {"package.json": text(manifest), "README.md": readme.encode(), **files}
    return pack(out, name, project, files, {platform.program}, when)


def main_package(out: Path, project: dict, files: Files, when: int) -> Path:
    """Names the platform packages of this version that are in `out`."""
    made = re.compile(rf"spec-analyzer-((?:linux|darwin|win32)-\w+)-{re.escape(project['version'])}\.tgz")
    platforms = sorted(found[1] for each in out.iterdir() if (found := made.fullmatch(each.name)))
    manifest = {
        "name": "spec-analyzer",
        "description": project["description"],
        **common(project),
        "keywords": ["spec-kit", "openspec", "kiro", "requirements", "traceability", "language-server"],
        "bin": {"spec-analyzer": "spec-analyzer.js"},
        "engines": {"node": ">=18"},
        "optionalDependencies": {f"{SCOPE}/{each}": project["version"] for each in platforms},
    }
    files = {
        "package.json": text(manifest),
        "README.md": project["readme"],
        "spec-analyzer.js": (HERE / "npm/spec-analyzer.js").read_bytes(),
        **files,
    }
    return pack(out, "spec-analyzer", project, files, {"spec-analyzer.js"}, when)
