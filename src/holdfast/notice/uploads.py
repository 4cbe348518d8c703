"""Files given as evidence: kept under their hash in HOLDFAST_DATA/evidence, outside the web root.

Rule: a file is written aside, flushed, then renamed to its SHA-256, and read back only when that is still its hash. It
leaves as an attachment of a type that no browser runs.
"""

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import Final

from django.conf import settings

LARGEST_BYTES: Final = 10 * 1024 * 1024
_SAFE_TYPES: Final = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class FileChanged(Exception):
    """A file of evidence is missing, or is not what was given. It is not sent."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The file {name} is missing, or is not what was given. Restore it from a backup.")


def keep(content: bytes) -> str:
    """Keep a file and give its SHA-256. Kept already, it is left as it is."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = _path(sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        return sha256
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix="aside-", delete=False) as aside:
        aside.write(content)
        aside.flush()
        os.fsync(aside.fileno())
    os.replace(aside.name, path)
    return sha256


def read(name: str, sha256: str) -> bytes:
    """The bytes given. Raises FileChanged when they are not there or not the same."""
    path = _path(sha256)
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileChanged(name)
    return content


def content_type(name: str) -> str:
    """The type to send it as: one of a few that are only ever read, else bytes of no type."""
    return _SAFE_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")


def plain_name(name: str) -> str:
    """The file's own name, fit for a header: no folder, no control character, at most 120 letters."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(letter for letter in last if letter.isprintable() and letter not in '";')[-120:].strip() or "file"


def _path(sha256: str) -> Path:
    return Path(settings.HOLDFAST_DATA) / "evidence" / sha256
