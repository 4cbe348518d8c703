"""Writing the plan's table as a file: XLSX or CSV.

Rule: nothing is hidden in it: two sheets in sight, no pivot, no formula, nobody's name in its properties; the same plan
gives the same bytes.
"""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from holdfast.pages import files
from holdfast.plan.spreadsheet.columns import COLUMNS, HEADS, Row

SHEET, CODES = "Plan", "Codes"
WIDE: Final = {"Title": 50, "Intended impact": 40, "Detail": 40, "Requirements": 24}
MADE: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The time that every file gives as its own, so that the same plan gives the same bytes."""


def as_csv(rows: Sequence[Row]) -> bytes:
    """CSV (RFC 4180) in UTF-8 with a mark that spreadsheets know. Text like a formula begins with an apostrophe."""
    return files.as_csv(HEADS, ([row[head] for head in HEADS] for row in rows)).encode("utf-8-sig")


def as_xlsx(rows: Sequence[Row], codes: Sequence[tuple[str, str, str]], mark: str = "") -> bytes:
    """An Excel workbook: the plan, and the codes that its cells may name (what for, code, words).

    `mark`: what stands at the head of every page of it and under the codes, as of a demonstration.
    """
    import xlsxwriter

    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(held, options) as book:
        book.set_properties({"created": MADE.replace(tzinfo=None), "title": mark})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "d mmmm yyyy", "align": "left", "valign": "top"})
        sheet = book.add_worksheet(SHEET)
        sheet.freeze_panes(1, 3)
        sheet.set_header(f"&L{mark}")
        for place, column in enumerate(COLUMNS):
            sheet.set_column(place, place, WIDE.get(column.head, 16))
            sheet.write_string(0, place, column.head, bold)
            for down, row in enumerate(rows, start=1):
                _write(sheet, down, place, row[column.head], day if column.form == "date" else wrapped)
        _write_codes(book.add_worksheet(CODES), [*codes, *([(mark, "", "")] if mark else [])], bold)
    return held.getvalue()


def _write(sheet: Any, down: int, place: int, cell: str, form: Any) -> None:
    if not cell:
        return
    if form.num_format == "d mmmm yyyy":
        sheet.write_datetime(down, place, datetime.combine(date.fromisoformat(cell), datetime.min.time()), form)
    else:
        sheet.write_string(down, place, cell, form)


def _write_codes(sheet: Any, codes: Sequence[tuple[str, str, str]], bold: Any) -> None:
    sheet.set_column(0, 2, 40)
    for down, cells in enumerate([("For", "Code", "What it is"), *codes]):
        for place, cell in enumerate(cells):
            sheet.write_string(down, place, cell, bold if down == 0 else None)
