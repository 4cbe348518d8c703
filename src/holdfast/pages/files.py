"""Tables that leave as CSV or as a workbook, every cell of text plain.

Not here: what a table holds, or how a file is sent (jobs.attachments). Rule: whatever was typed leaves as text, and
runs in nobody's spreadsheet.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What begins a formula in one spreadsheet or another; the last four are the full-width forms of the first."""


def plain_cell(text: str) -> str:
    """Text that a spreadsheet will not take for a formula."""
    return f"'{text}" if text.startswith(FORMULAS) else text


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> str:
    """A table as CSV (RFC 4180). A number stands as it is, a text as a plain cell, and None is empty."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(head)
    writer.writerows([plain_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return written.getvalue()


def as_xlsx(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table of texts as a workbook of one sheet: no formula, no link, nobody's name in it."""
    import xlsxwriter

    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(held, options) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, text in enumerate(head):
            sheet.write_string(0, place, text, bold)
        for down, row in enumerate(rows, start=1):
            for place, text in enumerate(row):
                sheet.write_string(down, place, plain_cell(text))
    return held.getvalue()
