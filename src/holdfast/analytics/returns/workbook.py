"""Looks through an .xlsx file before anything opens it: what it would unpack to, and what its cells hide.

The library that reads workbooks makes room for every cell between the first and the last of a sheet, so that one cell
far away would fill any memory: how far a sheet reaches is measured here first. It also gives nothing for a cell in
error, and for a formula whose result was not saved: those are found here, to be read as not understood. Not here: rows
(tabular.py). Rule: a file is refused whole, in words that say what to do, and nothing in it is run or worked out.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from holdfast.analytics.faults import UnreadableReturn

LARGEST_UNPACKED = 400 * 1024 * 1024
# Rows of real lists pack to a tenth or less; a sheet of blanks to a hundredth. Small files may be anything.
MOST_RATIO, RATIO_FROM = 100, 30 * 1024 * 1024
MOST_PARTS = 3_000
LARGEST_GRID = 5_000_000
PIECE = 1 << 20
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
LOCKED = "EncryptedPackage".encode("utf-16-le")
COLUMNS, ROWS = re.compile(rb'<c r="([A-Z]{1,3})\d'), re.compile(rb'<c r="[A-Z]{1,3}(\d{1,7})"')
PREFIXED = re.compile(rb"<\w+:c[ />]")
ANY_CELL = re.compile(rb'<(?:\w+:)?(?:row\b[^>]*?\br="(?P<row>\d{1,7})"|c\b(?P<said>[^>]*?)(?P<empty>/?)>)')
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
IN_ERROR = re.compile(rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
NO_RESULT = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*><(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)'
    rb"(?:<(?:\w+:)?v ?/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)


@dataclass
class Extent:
    """How far a sheet reaches, and which of its cells, by row and column from 0, hold something that cannot be had."""

    last_row: int = 0
    last_column: int = 0
    hidden: set[tuple[int, int]] = field(default_factory=set)
    n_formulas: int = 0
    is_measured: bool = True

    @property
    def n_cells(self) -> int:
        return (self.last_row + 1) * (self.last_column + 1)


def column_number(letters: bytes) -> int:
    """A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def refused(kind: str, words: str) -> UnreadableReturn:
    return UnreadableReturn(kind, expected=words)


def check_packed(path: Path, kind: str) -> None:
    """Raise UnreadableReturn for a workbook that is locked, has macros, is damaged, or unpacks into far too much."""
    with path.open("rb") as file:
        start = file.read(8)
        if start.startswith(OLD_OFFICE):
            _refuse_old(file, kind)
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as odd:
        raise refused(kind, "The workbook is damaged or cut short, so it cannot be opened.") from odd
    names = [part.filename for part in parts]
    unpacked, held = sum(part.file_size for part in parts), path.stat().st_size
    if (
        len(parts) > MOST_PARTS
        or unpacked > LARGEST_UNPACKED
        or (unpacked > RATIO_FROM and unpacked > MOST_RATIO * held)
    ):
        raise refused(
            kind,
            f"The workbook would unpack to {unpacked // 1024**2:,} MB, far more than lists of this kind hold. Empty "
            "cells that carry colours or borders often cause this: delete the rows and columns below and beside the "
            "lists, and save it again.",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise refused(kind, "The workbook is locked with a password. Save it without one.")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise refused(kind, "The workbook holds macros, which are never opened. Save it as .xlsx, without macros.")
    if "xl/workbook.xml" not in names:
        raise refused(kind, "The file is not an .xlsx workbook. Save it as .xlsx, or each list as CSV.")
    _check_days(path, kind)


def _refuse_old(file: IO[bytes], kind: str) -> None:
    file.seek(0)
    if LOCKED in file.read(1 << 24):
        raise refused(kind, "The workbook is locked with a password. Save it without one.")
    raise refused(kind, "The workbook is in the old Excel form (.xls). Save it as .xlsx.")


def _check_days(path: Path, kind: str) -> None:
    with zipfile.ZipFile(path) as packed, packed.open("xl/workbook.xml") as file:
        said = file.read(PIECE)
    if re.search(rb'date1904="(?:1|true)"', said):
        raise refused(
            kind, "The workbook counts its days from 1904. Turn that off in Excel's options and save it again."
        )


def measured(path: Path, part: str, kind: str) -> Extent:
    """How far the sheet in this part of the file reaches. Raises UnreadableReturn for one that reaches too far."""
    extent = Extent()
    try:
        for piece in _pieces(path, part):
            _look_at(piece, extent)
        if extent.n_cells > LARGEST_GRID or not extent.is_measured:
            extent.last_row = extent.last_column = 0
            for piece in _pieces(path, part):
                _look_closely(piece, extent)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError) as odd:
        raise refused(kind, "The workbook is damaged or cut short, so it cannot be opened.") from odd
    if extent.n_cells > LARGEST_GRID:
        raise refused(
            kind,
            f"A sheet reaches to row {extent.last_row + 1:,} and column {extent.last_column + 1:,}, which is more than "
            f"{LARGEST_GRID:,} cells. Delete what stands far below or beside the list, or save it as CSV.",
        )
    return extent


def _pieces(path: Path, part: str) -> Iterator[bytes]:
    """A part of the file, unpacked a megabyte at a time, cut between rows."""
    left = b""
    with zipfile.ZipFile(path) as packed, packed.open(part) as file:
        while piece := file.read(PIECE):
            piece = left + piece
            cut = piece.rfind(b"row>") + 4
            if cut < 4:
                cut = piece.rfind(b">") + 1 if len(piece) > 8 * PIECE else 0
            left = piece[cut:]
            if len(left) > 16 * PIECE:
                raise zipfile.BadZipFile
            yield piece[:cut]
    yield left


def _look_at(piece: bytes, extent: Extent) -> None:
    """The quick look: every cell says where it is, and any of them may hold something."""
    columns, rows = COLUMNS.findall(piece), set(ROWS.findall(piece))
    if len(columns) < piece.count(b"<c ") + piece.count(b"<c>") or PREFIXED.search(piece):
        extent.is_measured = False
    extent.last_column = max([extent.last_column, *map(column_number, set(columns))])
    extent.last_row = max([extent.last_row, *(int(number) - 1 for number in rows)])
    if b'"e"' in piece:
        extent.hidden |= {(int(row) - 1, column_number(letters)) for letters, row in IN_ERROR.findall(piece)}
    if b"<f" in piece or b":f" in piece:
        extent.n_formulas += piece.count(b"<f>") + piece.count(b"<f ")
        extent.hidden |= {(int(row) - 1, column_number(letters)) for letters, row in NO_RESULT.findall(piece)}


def _look_closely(piece: bytes, extent: Extent) -> None:
    """The slow look, where the quick one is not enough: only the cells that hold something, wherever they say."""
    row, column = extent.last_row, -1
    for cell in ANY_CELL.finditer(piece):
        if cell["row"]:
            row, column = max(0, int(cell["row"]) - 1), -1
            continue
        said = REFERENCE.search(cell["said"])
        column = column_number(said[1]) if said else column + 1
        row = int(said[2]) - 1 if said else row
        if not cell["empty"]:
            extent.last_row, extent.last_column = max(extent.last_row, row), max(extent.last_column, column)
