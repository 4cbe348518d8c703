"""Where files are kept: the bytes people sent, the folder a file is read in, and the analytical store.

All under HOLDFAST_DATA, outside the web root. Not here: what a file means (analytics) or who sent it (models.py).
Rule: an original is written aside, flushed, then renamed to its SHA-256, so a half-written one is never seen.
"""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from holdfast import analytics
from holdfast.performance.processes import is_running

CHUNK = 1024 * 1024


class FileTooLarge(Exception):
    """A file is over the limit, in bytes. Nothing of it was kept."""

    def __init__(self, limit: int, name: str = "") -> None:
        super().__init__(
            f"The file{f' {name}' if name else ''} is larger than {limit / 1024**3:g} GB, "
            "which is the most this service reads. "
            "Check that it is the return you meant, or send one year at a time."
        )


@dataclass(frozen=True)
class Original:
    """The bytes somebody sent, kept unchanged."""

    sha256: str
    n_bytes: int
    path: Path


def store() -> "analytics.Store":
    """The analytical store of this installation. The only place that says where it is."""
    folder = Path(settings.HOLDFAST_DATA) / "store"
    folder.mkdir(parents=True, exist_ok=True)
    return analytics.Store(folder)


def clear_what_was_left() -> int:
    """Remove what killed writers left aside in the store, and leave what a running one writes. Gives how many."""
    return store().clean_up(keep=lambda path: is_running(int(path.name.partition("-")[0])))


def originals_folder() -> Path:
    return Path(settings.HOLDFAST_DATA) / "returns"


def original_path(sha256: str) -> Path:
    """Where an original is, or would be. Raises ValueError for what is not a SHA-256, so no path can be smuggled in."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ValueError("An original is named by 64 hexadecimal digits.")
    return originals_folder() / sha256


def check_size(file: Path) -> int:
    """The most bytes that a file may have. Raises FileTooLarge, with the file's name, when this one has more."""
    limit = int(settings.HOLDFAST_RETURN_MAX_BYTES)
    if file.stat().st_size > limit:
        raise FileTooLarge(limit, file.name)
    return limit


def keep_original(file: Path) -> Original:
    """Copy a file into the originals under its hash. The same bytes twice are kept once.

    Raises FileTooLarge over settings.HOLDFAST_RETURN_MAX_BYTES; the part copied is removed.
    """
    folder = originals_folder()
    folder.mkdir(parents=True, exist_ok=True)
    limit = check_size(file)
    aside = tempfile.NamedTemporaryFile(dir=folder, prefix="aside-", delete=False)  # noqa: SIM115
    digest, n_bytes = hashlib.sha256(), 0
    try:
        with aside, file.open("rb") as source:
            while chunk := source.read(CHUNK):
                n_bytes += len(chunk)
                if n_bytes > limit:  # the file grew while it was read
                    raise FileTooLarge(limit)
                digest.update(chunk)
                aside.write(chunk)
            aside.flush()
            os.fsync(aside.fileno())
        path = original_path(digest.hexdigest())
        os.replace(aside.name, path)
        _flush_folder(folder)
    finally:
        Path(aside.name).unlink(missing_ok=True)
    return Original(digest.hexdigest(), n_bytes, path)


def _flush_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system lets a folder be opened (Windows does not)."""
    if os.name != "posix":  # pragma: no cover - council laptops; the rename is journalled there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def problem_with_original(sha256: str) -> str:
    """Why an original is not what was sent, or "" when it is: "is missing" or "has been changed"."""
    path = original_path(sha256)
    if not path.is_file():
        return "is missing"
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
    return "" if digest.hexdigest() == sha256 else "has been changed since it was sent"


@contextmanager
def reading_folder(sha256: str) -> Iterator[Path]:
    """An empty folder to read one file into, removed afterwards. What a killed worker left there is removed first.

    A process of its own gets a folder of its own, so that two workers on one file never write into each other.
    """
    reading = Path(settings.HOLDFAST_DATA) / "reading"
    reading.mkdir(parents=True, exist_ok=True)
    for left in reading.glob(f"{sha256[:16]}-*"):
        if not is_running(int(left.name.rpartition("-")[2])):
            shutil.rmtree(left, ignore_errors=True)
    folder = reading / f"{sha256[:16]}-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
