"""Where this room's files are: the bytes people sent, the folder a file is read in, and the analytical store.

All under HOLDFAST_DATA, outside the web root. Not here: how a file is kept under its hash (jobs.kept), what it means
(analytics) or who sent it (models.py).
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from holdfast import analytics
from holdfast.access.writes import NotDone
from holdfast.jobs import kept
from holdfast.jobs.processes import is_running
from holdfast.performance.models import Return

ORIGINALS = "returns"
PUBLISHED = "published"


def rows_held(returned: Return) -> dict[str, int | None]:
    """How many rows were read of each table; None for one that the return does not hold, which is not nought."""
    gives = store().load(returned.load_id).gives if returned.load_id else None
    return {table: n if n or gives is None or table in gives.columns else None for table, n in returned.n_rows.items()}


def store() -> "analytics.Store":
    """The analytical store of this installation. The only place that says where it is."""
    folder = Path(settings.HOLDFAST_DATA) / "store"
    folder.mkdir(parents=True, exist_ok=True)
    return analytics.Store(folder)


def clear_what_was_left() -> int:
    """Remove what killed writers left aside in the store, and leave what a running one writes. Gives how many."""
    return int(store().clean_up(keep=lambda path: is_running(int(path.name.partition("-")[0]))))


@dataclass(frozen=True)
class Original:
    """What somebody sent, kept: `parts` has the name and the bytes kept of each of several files, () for one file.

    `sha256` is that of the file, or of the sorted names and hashes of several. `n_bytes` counts all of them.
    """

    sha256: str
    n_bytes: int
    parts: tuple[tuple[str, kept.Kept], ...] = ()

    def parts_as_data(self) -> list[dict[str, Any]]:
        """As a return notes them (models.py)."""
        return [{"name": name, "sha256": part.sha256, "bytes": part.n_bytes} for name, part in self.parts]


class NotASubmission(NotDone):
    """A folder that cannot be one submission. `str()` says why."""


def original_path(sha256: str) -> Path:
    """Where an original is, or would be. Raises kept.NotAsKept for what is not a SHA-256."""
    return kept.path_of(ORIGINALS, sha256)


def originals_of(returned: Return) -> list[tuple[str, str]]:
    """The name and the SHA-256 of each file that a return is made of: one, or its parts."""
    return [(part["name"], part["sha256"]) for part in returned.parts] or [(returned.name, returned.sha256)]


def files_of(sent: Path) -> list[Path]:
    """The files of a submission: the file itself, or those of a folder, by name. Raises NotASubmission."""
    if sent.is_file():
        return [sent]
    inside = sorted(sent.iterdir())
    if any(not path.is_file() for path in inside):
        raise NotASubmission(f"The folder {sent.name} holds another folder. Submit the files of one folder at a time.")
    if not inside:
        raise NotASubmission(f"The folder {sent.name} holds no file, so there is nothing to submit.")
    return inside


def check_size(sent: Path) -> int:
    """The most bytes that a return may have. Raises kept.TooLarge, with its name, when this file or folder has more."""
    limit = int(settings.HOLDFAST_RETURN_MAX_BYTES)
    if sum(file.stat().st_size for file in files_of(sent)) > limit:
        raise kept.TooLarge(limit, sent.name)
    return limit


def keep_original(sent: Path) -> Original:
    """Keep the bytes somebody sent, unchanged: one file, or a folder of them. Bytes kept already are not copied again.

    Raises kept.TooLarge over settings.HOLDFAST_RETURN_MAX_BYTES, and NotASubmission.
    """
    limit = check_size(sent)
    if sent.is_file():
        one = _keep(sent, limit)
        return Original(one.sha256, one.n_bytes)
    parts = tuple((kept.plain_name(file.name), _keep(file, limit)) for file in files_of(sent))
    named = [(name, part.sha256) for name, part in parts]
    return Original(digest_of_parts(named), sum(part.n_bytes for _, part in parts), parts)


def digest_of_parts(named: Iterable[tuple[str, str]]) -> str:
    """The SHA-256 of several files as one: of their names and own hashes, in the order of the names."""
    return kept.digest(json.dumps(sorted(named), ensure_ascii=False).encode())


def _keep(file: Path, limit: int) -> kept.Kept:
    sha256, n_bytes = kept.digest_of_file(file), file.stat().st_size
    path = original_path(sha256)
    if path.is_file() and path.stat().st_size == n_bytes:
        return kept.Kept(sha256, n_bytes, path)
    return kept.keep_file(ORIGINALS, file, limit)


def laid_out(returned: Return, within: Path) -> Path:
    """What was sent, as a reader takes it: the file, or the folder of its parts, under the names that they had."""
    folder = within / "sent"
    folder.mkdir()
    files = originals_of(returned)
    for name, sha256 in files:
        link_or_copy(original_path(sha256), folder / kept.plain_name(name))
    return folder if returned.parts else folder / kept.plain_name(returned.name)


def link_or_copy(file: Path, to: Path) -> None:
    """The same bytes under another name: a hard link, or a copy where the file system has none."""
    try:
        os.link(file, to)
    except OSError:
        shutil.copyfile(file, to)


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
