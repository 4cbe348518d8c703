"""Files that people give: kept under their hash on a shelf of HOLDFAST_DATA, outside the web root, and given back;
and the one answer that carries any file.

A shelf is a room's own: "evidence", "agreements". Not here: how a file is kept (kept.py). Rule: it leaves only while it
is what was given, as an attachment of a type that no browser runs.
"""

from pathlib import Path
from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from holdfast.jobs import kept

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


def keep(shelf: str, content: bytes) -> str:
    """Keep a file and give its SHA-256. Kept already, it is left as it is."""
    return kept.keep_bytes(shelf, content).sha256


def read(shelf: str, name: str, sha256: str) -> bytes:
    """The bytes given. Raises kept.NotAsKept when they are not there or not the same."""
    return kept.read(kept.path_of(shelf, sha256), sha256, named=f"The file {name}")


def problem_with(shelf: str, sha256: str) -> str:
    """Why a file is not what was given, or ""."""
    return kept.problem_with(shelf, sha256)


def content_type(name: str) -> str:
    """The type to send it as: one of a few that are only ever read, else bytes of no type."""
    return _SAFE_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")


def download(content: str | bytes, name: str, kind: str = "") -> HttpResponse:
    """The answer that carries a file of this name. `kind`: its type, where no type is known here for such a name."""
    carried = HttpResponse(content, content_type=kind or content_type(name))
    carried["Content-Disposition"] = content_disposition_header(True, name)
    return carried
