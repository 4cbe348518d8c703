"""Where this room's files are: the bytes people sent, the folder a file is read in, and the analytical store.

All under HOLDFAST_DATA, outside the web root. Not here: how a file is kept under its hash (jobs.kept), what it means
(analytics) or who sent it (models.py).
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from holdfast import analytics
from holdfast.jobs import kept
from holdfast.jobs.processes import is_running

ORIGINALS = "returns"
PUBLISHED = "published"


def store() -> "analytics.Store":
    """The analytical store of this installation. The only place that says where it is."""
    folder = Path(settings.HOLDFAST_DATA) / "store"
    folder.mkdir(parents=True, exist_ok=True)
    return analytics.Store(folder)


def clear_what_was_left() -> int:
    """Remove what killed writers left aside in the store, and leave what a running one writes. Gives how many."""
    return int(store().clean_up(keep=lambda path: is_running(int(path.name.partition("-")[0]))))


def original_path(sha256: str) -> Path:
    """Where an original is, or would be. Raises ValueError for what is not a SHA-256."""
    return kept.path_of(ORIGINALS, sha256)


def check_size(file: Path) -> int:
    """The most bytes that a return may have. Raises kept.TooLarge, with the file's name, when this one has more."""
    limit = int(settings.HOLDFAST_RETURN_MAX_BYTES)
    if file.stat().st_size > limit:
        raise kept.TooLarge(limit, file.name)
    return limit


def keep_original(file: Path) -> kept.Kept:
    """Keep the bytes somebody sent, unchanged. Raises kept.TooLarge over settings.HOLDFAST_RETURN_MAX_BYTES."""
    return kept.keep_file(ORIGINALS, file, check_size(file))


def clear_reading() -> int:
    """Remove the folders that killed workers left a file half read in; how many."""
    left = [each for each in (Path(settings.HOLDFAST_DATA) / "reading").glob("*-*") if not _is_being_read(each)]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def _is_being_read(folder: Path) -> bool:
    pid = folder.name.rpartition("-")[2]
    return pid.isdigit() and is_running(int(pid))


@contextmanager
def reading_folder(sha256: str) -> Iterator[Path]:
    """An empty folder to read one file into, removed afterwards. What a killed worker left there is removed first.

    A process of its own gets a folder of its own, so that two workers on one file never write into each other.
    """
    reading = Path(settings.HOLDFAST_DATA) / "reading"
    reading.mkdir(parents=True, exist_ok=True)
    clear_reading()
    folder = reading / f"{sha256[:16]}-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
