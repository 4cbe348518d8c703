"""Files as they arrive from a browser: written to disk in HOLDFAST_DATA while they come, and hashed on the way.

Not here: what becomes of them (the room whose form it is). Rule: a file is never held in memory; one that its sender,
or a killed server, leaves unfinished is removed, as everything set aside is (kept.clear_what_was_left).
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from holdfast.jobs.kept import ASIDE, folder

SHELF: Final = "uploads"
NO_ROOM: Final = (
    "There is no room left on the service's disk, so nothing of it was kept. "
    "Tell whoever runs the service, then send it again"
)
RESERVE_BYTES: Final = 256 * 1024 * 1024
"""What is left free on the disk, whatever arrives: the database and the store need it to go on."""
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)


class Arrived(TemporaryUploadedFile):
    """A file that has arrived whole, at `temporary_file_path()` until the request ends; `sha256` is of its bytes."""

    def __init__(self, name: str, content_type: str | None, charset: str | None, extra: Any) -> None:
        shelf = folder(SHELF)
        shelf.mkdir(parents=True, exist_ok=True)
        file = NamedTemporaryFile(dir=shelf, prefix=f"{ASIDE}{os.getpid()}-")  # noqa: SIM115 - closed with the request
        UploadedFile.__init__(self, file, name, content_type, 0, charset, extra)
        self.sha256 = ""


class ToDisk(FileUploadHandler):
    """Django's door for each file of a request. A full disk stops it, and the page says so (problem_of)."""

    file: Arrived

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._hashing = hashlib.sha256()
        with _room(self.request):
            self.file = Arrived(self.file_name or "", self.content_type, self.charset, self.content_type_extra)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._hashing.update(raw_data)
        with _room(self.request):
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> Arrived:
        self.file.seek(0)
        self.file.size, self.file.sha256 = file_size, self._hashing.hexdigest()
        return self.file

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()


@contextmanager
def _room(request: Any) -> Iterator[None]:
    """Turns a full disk into a plain end of the upload."""
    try:
        yield
    except OSError as problem:
        if problem.errno not in _FULL:
            raise
        request.arrival_problem = NO_ROOM
        raise StopUpload(connection_reset=False) from problem


def problem_of(request: HttpRequest) -> str:
    """Why what the request brought did not arrive, or ""."""
    return getattr(request, "arrival_problem", "")


def has_room(n_bytes: int) -> bool:
    """Whether the disk has room for something of this size to arrive and be kept beside it."""
    data = Path(settings.HOLDFAST_DATA)
    return not data.is_dir() or shutil.disk_usage(data).free >= 2 * n_bytes + RESERVE_BYTES
