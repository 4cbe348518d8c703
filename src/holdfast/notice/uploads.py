"""Files given as evidence: kept under their hash in HOLDFAST_DATA/evidence, outside the web root.

Not here: how a file is kept (jobs.kept). Rule: it leaves only while it is what was given, as an attachment of a type
that no browser runs.
"""

import re
from pathlib import Path
from typing import Final

from holdfast.jobs import kept

SHELF: Final = "evidence"
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

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"The file {name} {problem}, so it is not sent. Restore it from a backup.")


def keep(content: bytes) -> str:
    """Keep a file and give its SHA-256. Kept already, it is left as it is."""
    return kept.keep_bytes(SHELF, content).sha256


def read(name: str, sha256: str) -> bytes:
    """The bytes given. Raises FileChanged when they are not there or not the same."""
    try:
        return kept.read(kept.path_of(SHELF, sha256), sha256)
    except kept.NotAsKept as odd:
        raise FileChanged(name, odd.problem) from odd


def problem_with(sha256: str) -> str:
    """Why a file is not what was given, or ""."""
    return kept.problem_with(kept.path_of(SHELF, sha256), sha256)


def content_type(name: str) -> str:
    """The type to send it as: one of a few that are only ever read, else bytes of no type."""
    return _SAFE_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")


def plain_name(name: str) -> str:
    """The file's own name, fit for a header: no folder, no control character, at most 120 letters."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(letter for letter in last if letter.isprintable() and letter not in '";')[-120:].strip() or "file"
