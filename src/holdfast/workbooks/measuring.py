"""Looks through an .xlsx file before anything opens it: what it would unpack to, and what its cells hide.

The library that reads workbooks makes room for every cell between the first and the last of a sheet, so that one cell
far away would fill any memory, and a part that unpacks to more than it says would too. It also gives nothing for a cell
in error, and for a formula whose result was not saved: those are found here, to be read as not understood. Rule: a file
is refused whole, in words that say what to do, and nothing in it is run or worked out.
"""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

File = Path | IO[bytes]
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


@dataclass(frozen=True)
class Limits:
    """What a workbook may be: bytes unpacked, and how many times its own size from `ratio_from` on; parts; cells.

    Rows of real lists pack to a tenth or less; a sheet of blanks to a hundredth. Small files may be anything.
    """

    unpacked: int = 400 * 1024 * 1024
    ratio: int = 100
    ratio_from: int = 30 * 1024 * 1024
    parts: int = 3_000
    grid: int = 5_000_000


USUAL: Final = Limits()


class OddWorkbook(Exception):
    """A workbook that is not opened. The sentence says why, and what to do."""


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


DAMAGED: Final = "The workbook is damaged or cut short, so it cannot be opened."


def checked_parts(file: File, limits: Limits = USUAL) -> list[str]:
    """The names of a workbook's parts. Raises OddWorkbook for one that is locked, damaged, or unpacks into too much."""
    _refuse_old(file)
    try:
        with zipfile.ZipFile(file) as packed:
            parts, held = packed.infolist(), _size(packed)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as odd:
        raise OddWorkbook(DAMAGED) from odd
    unpacked = sum(part.file_size for part in parts)
    too_dense = unpacked > limits.ratio_from and unpacked > limits.ratio * held
    if len(parts) > limits.parts or unpacked > limits.unpacked or too_dense:
        raise OddWorkbook(
            f"The workbook would unpack to {unpacked // 1024**2:,} MB, far more than lists of this kind hold. Empty "
            "cells that carry colours or borders often cause this: delete the rows and columns below and beside the "
            "lists, and save it again."
        )
    if any(part.flag_bits & 1 for part in parts):
        raise OddWorkbook("The workbook is locked with a password. Save it without one.")
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names:
        raise OddWorkbook("The file is not an .xlsx workbook. Save it as .xlsx, or each list as CSV.")
    _check_truthful(file, names)
    _check_days(file)
    return names


def _size(packed: zipfile.ZipFile) -> int:
    assert packed.fp is not None
    return packed.fp.seek(0, 2)


def _check_truthful(file: File, names: Iterable[str]) -> None:
    """Raise OddWorkbook where a part that every reader opens unpacks to anything but what it says. Sheets: `measured`.

    A part that says it is small and is not would unpack into any memory, since the library trusts it.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            for name in names:
                if name.startswith("xl/worksheets/"):
                    continue
                with packed.open(name) as opened:
                    while opened.read(PIECE):
                        pass
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as odd:
        raise OddWorkbook(DAMAGED) from odd


def _refuse_old(file: File) -> None:
    if isinstance(file, Path):
        with file.open("rb") as opened:
            start = opened.read(1 << 24)
    else:
        file.seek(0)
        start = file.read(1 << 24)
    if not start.startswith(OLD_OFFICE):
        return
    if LOCKED in start:
        raise OddWorkbook("The workbook is locked with a password. Save it without one.")
    raise OddWorkbook("The workbook is in the old Excel form (.xls). Save it as .xlsx.")


def _check_days(file: File) -> None:
    with zipfile.ZipFile(file) as packed, packed.open("xl/workbook.xml") as opened:
        said = opened.read(PIECE)
    if re.search(rb'date1904="(?:1|true)"', said):
        raise OddWorkbook("The workbook counts its days from 1904. Turn that off in Excel's options and save it again.")


def sheet_parts(file: File) -> Mapping[str, str]:
    """Each sheet's name, and the part of the file that holds it. Raises KeyError or lxml's errors for an odd file."""
    from lxml import etree

    safe = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    with zipfile.ZipFile(file) as packed:
        book = etree.fromstring(packed.read("xl/workbook.xml"), safe)
        links = etree.fromstring(packed.read("xl/_rels/workbook.xml.rels"), safe)
    places = {link.get("Id"): link.get("Target", "") for link in links}
    found: dict[str, str] = {}
    for sheet in book.iter("{*}sheet"):
        target = next((places[value] for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        found[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def measured(file: File, part: str, limits: Limits = USUAL) -> Extent:
    """How far the sheet in this part of the file reaches. Raises OddWorkbook for one that reaches too far."""
    extent = Extent()
    try:
        for piece in _pieces(file, part):
            _look_at(piece, extent)
        if extent.n_cells > limits.grid or not extent.is_measured:
            extent.last_row = extent.last_column = 0
            for piece in _pieces(file, part):
                _look_closely(piece, extent)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError) as odd:
        raise OddWorkbook(DAMAGED) from odd
    if extent.n_cells > limits.grid:
        raise OddWorkbook(
            f"A sheet reaches to row {extent.last_row + 1:,} and column {extent.last_column + 1:,}, which is more than "
            f"{limits.grid:,} cells. Delete what stands far below or beside the list, or save it as CSV."
        )
    return extent


def _pieces(file: File, part: str) -> Iterator[bytes]:
    """A part of the file, unpacked a megabyte at a time, cut between rows."""
    left = b""
    with zipfile.ZipFile(file) as packed, packed.open(part) as opened:
        while piece := opened.read(PIECE):
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
