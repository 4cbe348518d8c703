"""Takes the files out of a zip that somebody sent, where it is only a wrapping for them.

A workbook is a zip too, and is left as it is. Rule: nothing is written outside the folder given, and no more than the
limit, whatever the zip says of itself: sizes are counted while they are written.
"""

import zipfile
import zlib
from pathlib import Path
from typing import Final

from holdfast.jobs import kept

MOST_FILES: Final = 200
_WORKBOOK: Final = frozenset({"[Content_Types].xml", "mimetype"})
_NOT_SENT: Final = ("__MACOSX/", ".DS_Store", "Thumbs.db")
_ENCRYPTED: Final = 0x1


class CannotUnpack(Exception):
    """A zip that is not taken apart. `str()` says why, and what to do."""


def is_wrapping(path: Path) -> bool:
    """Whether a file is a zip of files, and no workbook or document."""
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return _WORKBOOK.isdisjoint(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return True


def unpack(path: Path, into: Path, limit: int) -> list[Path]:
    """The files of a zip, by name, in the folder `into`; folders inside it are left away. Raises CannotUnpack."""
    try:
        with zipfile.ZipFile(path) as archive:
            wanted = [each for each in archive.infolist() if not each.is_dir() and not _is_not_sent(each.filename)]
            _check(wanted, limit)
            left = limit
            for each in wanted:
                left -= _take_out(archive, each, into, left)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as problem:
        if isinstance(problem, OSError) and problem.errno:
            raise
        raise CannotUnpack(
            "It is damaged or packed in a way that is not read. Pack it again, or send its files."
        ) from None
    return sorted(into.iterdir())


def _is_not_sent(name: str) -> bool:
    return name.startswith(_NOT_SENT[0]) or name.endswith(_NOT_SENT[1:])


def _check(wanted: list[zipfile.ZipInfo], limit: int) -> None:
    if not wanted:
        raise CannotUnpack("There is no file in it.")
    if len(wanted) > MOST_FILES:
        raise CannotUnpack(f"There are more than {MOST_FILES} files in it. Send those of one return.")
    if any(each.flag_bits & _ENCRYPTED for each in wanted):
        raise CannotUnpack("It is protected by a password. Send its files without one.")
    if sum(each.file_size for each in wanted) > limit:
        raise CannotUnpack(str(kept.TooLarge(limit)))
    names = [kept.plain_name(each.filename) for each in wanted]
    if len(set(names)) < len(names):
        raise CannotUnpack("Two files in it have one name. Give them different names.")


def _take_out(archive: zipfile.ZipFile, each: zipfile.ZipInfo, into: Path, left: int) -> int:
    """Write one file; how many bytes it had. Raises CannotUnpack over what is left of the limit."""
    n_bytes = 0
    with archive.open(each) as packed, (into / kept.plain_name(each.filename)).open("xb") as out:
        while piece := packed.read(kept.CHUNK):
            n_bytes += len(piece)
            if n_bytes > left:
                raise CannotUnpack("It holds more than it says. Send its files.")
            out.write(piece)
    return n_bytes
