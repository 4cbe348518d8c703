"""Workbooks of invented lists, written for a test cell by cell."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[Any]]


def write_book(path: Path, sheets: Mapping[str, Rows], more: Callable[[Any, Any], None] | None = None) -> Path:
    """A workbook of these sheets from its first row; `more(book, first sheet)` adds what a plain cell cannot say."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path))
    book.set_properties(
        {"created": datetime(2014, 2, 1, tzinfo=UTC)}
    )  # the same cells are the same bytes, and counted once
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    first = None
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        first = first or sheet
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, date | datetime):
                    sheet.write_datetime(r, c, cell, day)
                elif cell is not None:
                    sheet.write(r, c, cell)
    if more:
        more(book, first)
    book.close()
    return path


def with_part(path: Path, name: str, content: bytes) -> Path:
    """The same workbook with one part of the file more, or another in its place."""
    with zipfile.ZipFile(path) as packed:
        parts = {part: packed.read(part) for part in packed.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, held in {**parts, name: content}.items():
            packed.writestr(part, held)
    return path
