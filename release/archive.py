"""Archives whose bytes depend on what is in them and on nothing else: sorted, owned by nobody, of one given time."""

from __future__ import annotations

import gzip
import io
import tarfile
import time
import zipfile
from pathlib import Path

# Bytes of each file by its path inside; what is in PROGRAMS of a call may be run.
Files = dict[str, bytes]

# Before this a ZIP file knows no time.
ZIP_BEGINS = 315532800


def tar_gz(out: Path, files: Files, programs: set[str], when: int) -> None:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for path in sorted(files):
            entry = tarfile.TarInfo(path)
            entry.size = len(files[path])
            entry.mtime = when
            entry.mode = 0o755 if path in programs else 0o644
            tar.addfile(entry, io.BytesIO(files[path]))
    out.write_bytes(gzip.compress(raw.getvalue(), 6, mtime=0))


def zipped(out: Path, files: Files, programs: set[str], when: int) -> None:
    date = time.gmtime(max(when, ZIP_BEGINS))[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in files:
            entry = zipfile.ZipInfo(path, date)
            entry.create_system = 3  # Unix, so that the mode counts
            entry.external_attr = (0o100755 if path in programs else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[path])
