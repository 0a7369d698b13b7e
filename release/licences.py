"""The licences of everything that is linked into the program, with their texts, as its authors ask for."""

from __future__ import annotations

import re

from crates import Crate

FILE = re.compile(r"(licen[cs]e|copying|notice|unlicense|copyright)", re.IGNORECASE)


def licences(found: dict[str, Crate]) -> bytes:
    """Each text once, with the crates it came with; a crate without a file is listed with what it declares."""
    texts: dict[str, list[str]] = {}
    table = []
    for crate in found.values():
        if crate.own or not crate.linked:
            continue
        table.append(f"{crate.name} {crate.version}: {crate.license or 'see its licence file'}; https://crates.io/crates/{crate.name}/{crate.version}")
        for path in sorted(crate.directory.iterdir()):
            if path.is_file() and FILE.match(path.name):
                text = "\n".join(line.rstrip() for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
                texts.setdefault(text.strip("\n"), []).append(f"{crate.name} {crate.version} ({path.name})")
    parts = [
        "Libraries that are linked into spec-analyzer, what they declare, and where their sources are.\n"
        "Below, the licence files that they come with, each text once.\n",
        "\n".join(table),
    ]
    for text, crates in texts.items():
        parts.append("=" * 80 + "\n" + "\n".join(crates) + "\n" + "-" * 80 + "\n\n" + text)
    return ("\n\n".join(parts) + "\n").encode()
