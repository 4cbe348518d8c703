"""Files kept under their hash, in folders of HOLDFAST_DATA outside the web root: what people sent, what was frozen.

A file is written aside, flushed, then renamed to its SHA-256, and the rename is flushed too, so that a half-written
one is never seen and a kept one is never lost. Rule: what is read back is only ever what was kept; a name that is not
a SHA-256 is no name, so no path can be smuggled in. Not here: the analytical store, which names folders of tables.
"""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from holdfast.jobs.processes import is_running

CHUNK = 1024 * 1024
ASIDE = "aside-"
NAMELESS = "unnamed file"
NO_DIGEST = "is kept under what is no SHA-256"


class TooLarge(Exception):
    """A file is over the limit, in bytes. Nothing of it was kept."""

    def __init__(self, limit: int, name: str = "") -> None:
        self.limit, self.name = limit, name
        words = f"{limit / 1024**3:g} GB" if limit >= 1024**3 else f"{limit / 1024**2:g} MB"
        super().__init__(
            f"The file{f' {name}' if name else ''} is larger than {words}, which is the most this service keeps. "
            "Check that it is the file you meant, or send it in parts."
        )


class NotAsKept(Exception):
    """A kept file is missing or has been changed: neither shown nor sent. `named` is what people call it."""

    def __init__(self, problem: str, named: str = "") -> None:
        super().__init__(f"{named or 'The file'} {problem}, so it is not shown. Restore it from a backup.")


@dataclass(frozen=True)
class Kept:
    """A file kept under its SHA-256, its size in bytes, and where it is."""

    sha256: str
    n_bytes: int
    path: Path


def folder(shelf: str) -> Path:
    """Where the files of one kind are: HOLDFAST_DATA/<shelf>."""
    return Path(settings.HOLDFAST_DATA) / shelf


def path_of(shelf: str, sha256: str) -> Path:
    """Where a kept file or folder is, or would be. Raises NotAsKept for what is not a SHA-256."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise NotAsKept(NO_DIGEST)
    return folder(shelf) / sha256


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def digest_of_file(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def keep_file(shelf: str, file: Path, limit: int) -> Kept:
    """Copy a file under its hash; the same bytes twice are kept once. Raises TooLarge over `limit` bytes."""
    shelf_folder = folder(shelf)
    shelf_folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=shelf_folder, prefix=f"{ASIDE}{os.getpid()}-")
    sha, n_bytes = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as aside, file.open("rb") as source:
            while chunk := source.read(CHUNK):
                n_bytes += len(chunk)
                if n_bytes > limit:
                    raise TooLarge(limit, file.name)
                sha.update(chunk)
                aside.write(chunk)
            aside.flush()
            os.fsync(aside.fileno())
        path = path_of(shelf, sha.hexdigest())
        os.replace(name, path)
        _flush_folder(shelf_folder)
    finally:
        Path(name).unlink(missing_ok=True)
    return Kept(sha.hexdigest(), n_bytes, path)


def keep_bytes(shelf: str, content: bytes) -> Kept:
    """Keep what is in memory under its hash, as keep_file does."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "content"
        file.write_bytes(content)
        return keep_file(shelf, file, len(content))


def keep_folder(shelf: str, sha256: str, files: Mapping[str, bytes]) -> dict[str, str]:
    """Keep several files together under one hash, and give each one's own. Kept already, they are left as they are."""
    place = path_of(shelf, sha256)
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=place.parent, prefix=f"{ASIDE}{os.getpid()}-"))
    try:
        for name, content in files.items():
            with (aside / name).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        _flush_folder(aside)
        if not place.exists():
            os.replace(aside, place)
            _flush_folder(place.parent)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return {name: digest(content) for name, content in files.items()}


def problem_with(shelf: str, sha256: str, since: str = "kept", *, file: str = "", expected: str = "") -> str:
    """Why a kept file is not what it was, or "" when it is: "is missing" or "has been changed since it was ...".

    `file` and its own digest, `expected`, where several are kept together. That a record names no digest is said too.
    """
    try:
        path = path_of(shelf, sha256) / file
    except NotAsKept:
        return NO_DIGEST
    if not path.is_file():
        return "is missing"
    return "" if digest_of_file(path) == (expected or sha256) else f"has been changed since it was {since}"


def read(path: Path, expected: str, since: str = "kept", named: str = "") -> bytes:
    """A kept file's bytes. Raises NotAsKept when they are not the ones that were kept: nothing is shown."""
    content = path.read_bytes() if path.is_file() else None
    if content is None:
        raise NotAsKept("is missing", named)
    if digest(content) != expected:
        raise NotAsKept(f"has been changed since it was {since}", named)
    return content


def plain_name(name: str) -> str:
    """A file's own name, fit to be shown and for a header: no folder, what prints, and its end when it is long."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(letter for letter in last if letter.isprintable() and letter not in '";')[-200:].strip() or NAMELESS


def clear_what_was_left(shelf: str) -> int:
    """Remove what killed writers left aside on a shelf, and leave what a running one writes. Gives how many."""
    n_removed = 0
    for left in sorted(folder(shelf).glob(f"{ASIDE}*")):
        pid = left.name.removeprefix(ASIDE).partition("-")[0]
        if pid.isdigit() and is_running(int(pid)):
            continue
        shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
        n_removed += 1
    return n_removed


def _flush_folder(place: Path) -> None:
    """Make a rename itself durable, where the system lets a folder be opened (Windows does not)."""
    if os.name != "posix":  # pragma: no cover - council laptops; the rename is journalled there
        return
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
