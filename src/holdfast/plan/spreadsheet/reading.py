"""Reading a spreadsheet that somebody sends: XLSX or CSV, within bounds, and only what is in sight.

Hidden sheets, pivot caches, macros and links to other files are left out and named. Rule: a file is refused before
anything of it is unpacked further than a plan needs; no formula is worked out.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from holdfast.access.writes import NotDone
from holdfast.pages.files import FORMULAS
from holdfast.pages.words import MONTHS, listed
from holdfast.plan.spreadsheet.columns import BY_HEAD, HEADS, KIND, REF, Row
from holdfast.plan.spreadsheet.writing import SHEET
from holdfast.workbooks.measuring import OLD_OFFICE, Limits, OddWorkbook, checked_parts, measured, sheet_parts

LARGEST_BYTES: Final = 5 * 1024 * 1024
MOST_ROWS: Final = 5000
LIMITS: Final = Limits(unpacked=50 * 1024 * 1024, ratio=200, ratio_from=0, parts=500, grid=200 * MOST_ROWS)
LEFT_OUT: Final = {
    "xl/pivotCache": "a pivot table's copy of data",
    "xl/vbaProject": "a macro",
    "xl/externalLinks": "links to other files",
    "xl/embeddings": "files inside the file",
}


class UnreadableSheet(NotDone):
    """The file is no spreadsheet of the plan, or not one that is opened. The sentence says what to do."""

    def __init__(self, words: str) -> None:
        super().__init__(words, field="file")


@dataclass(frozen=True)
class SentRow:
    """One row as it was sent, cells in plain form, with its number in the spreadsheet."""

    number: int
    cells: Row


@dataclass(frozen=True)
class SentSheet:
    """What was read: the columns it has, its rows, and in words what was left out."""

    heads: Sequence[str]
    rows: Sequence[SentRow]
    notes: Sequence[str]


def read(content: bytes) -> SentSheet:
    """The plan's table in a file's bytes. Raises UnreadableSheet."""
    if len(content) > LARGEST_BYTES:
        raise UnreadableSheet("The file is larger than 5 MB, which no plan is. Check that it is the file you meant.")
    return _read_xlsx(content) if content.startswith((b"PK", OLD_OFFICE)) else _read_csv(content)


def _read_csv(content: bytes) -> SentSheet:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as odd:
        raise UnreadableSheet("The file is not CSV in UTF-8. Save it as “CSV UTF-8”, or as .xlsx.") from odd
    try:
        return _table(list(csv.reader(io.StringIO(text), strict=True)), ())
    except csv.Error as odd:
        raise UnreadableSheet("The file cannot be read as CSV. Save it again as “CSV UTF-8”, or as .xlsx.") from odd


def _read_xlsx(content: bytes) -> SentSheet:
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        notes = _checked(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [(sheet.name, sheet.visible == SheetVisibleEnum.Visible) for sheet in book.sheets_metadata]
        hidden = [name for name, is_visible in sheets if not is_visible]
        if hidden:
            what = "A hidden sheet was" if len(hidden) == 1 else f"{len(hidden)} hidden sheets were"
            notes.append(f"{what} left out: {listed(hidden)}.")
        seen = [name for name, is_visible in sheets if is_visible]
        chosen = SHEET if SHEET in seen else next(iter(seen), None)
        if chosen is None:
            raise UnreadableSheet(
                "Every sheet in the file is hidden. Show the one that holds the plan, and send it again."
            )
        measured(io.BytesIO(content), sheet_parts(io.BytesIO(content))[chosen], LIMITS)
        return _table(book.get_sheet_by_name(chosen).to_python(skip_empty_area=False, nrows=MOST_ROWS + 2), notes)
    except OddWorkbook as odd:
        raise UnreadableSheet(str(odd)) from odd
    except (CalamineError, KeyError, ValueError, OSError, SyntaxError) as odd:
        raise UnreadableSheet("The file cannot be read as a spreadsheet. Save it again as .xlsx.") from odd


def _checked(content: bytes) -> list[str]:
    """Notes of what is left out. Raises OddWorkbook for a file that is not opened, before anything of it is."""
    names = checked_parts(io.BytesIO(content), LIMITS)
    left_out = [what for start, what in LEFT_OUT.items() if any(name.startswith(start) for name in names)]
    return [f"Left out: {listed(left_out)}."] if left_out else []


def _table(lines: Sequence[Sequence[Any]], notes: Iterable[str]) -> SentSheet:
    if len(lines) > MOST_ROWS + 1:
        raise UnreadableSheet(f"The sheet has more than {MOST_ROWS:,} rows. Check that it is the plan.")
    known = {head.casefold(): head for head in HEADS}
    first = [str(cell).strip() for cell in lines[0]] if lines else []
    heads = [known.get(head.casefold(), "") for head in first]
    missing = [head for head in (KIND, REF) if head not in heads]
    if missing:
        words = f"The first row has no {listed([f'“{head}”' for head in missing])}."
        raise UnreadableSheet(f"{words} Begin from a plan that was exported here, and keep its headings.")
    twice = sorted({head for head in heads if head and heads.count(head) > 1})
    if twice:
        raise UnreadableSheet(f"The heading “{twice[0]}” stands twice. Keep one column of each.")
    unknown = [head for head, known_as in zip(first, heads, strict=True) if head and not known_as]
    more = [f"Columns left out, which the plan does not have: {listed(unknown)}."] if unknown else []
    rows = [SentRow(number, _cells(heads, line)) for number, line in enumerate(lines[1:], start=2)]
    return SentSheet(
        [head for head in heads if head], [row for row in rows if any(row.cells.values())], [*notes, *more]
    )


def _cells(heads: Sequence[str], line: Sequence[Any]) -> Row:
    return {head: _plain(cell, BY_HEAD[head].form) for head, cell in zip(heads, line, strict=False) if head}


def _plain(cell: Any, form: str) -> str:
    """A cell in the one form the plan compares: ISO days, whole numbers without a point, no apostrophe of our own."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).replace("\r\n", "\n").strip()
    text = text[1:] if text.startswith("'") and text[1:].startswith(FORMULAS) else text
    return _day(text) if form == "date" else text


def _day(text: str) -> str:
    """A day typed as spreadsheets save it (31/03/2014) or as people write it (31 March 2014), in ISO; else as it is."""
    found = re.fullmatch(r"(\d{1,2})[ /.\-]([A-Za-z]+|\d{1,2})[ /.\-](\d{4})", text)
    if not found:
        return text
    day, month, year = found.groups()
    names = [name[:3].casefold() for name in MONTHS]
    if not month.isdigit() and month[:3].casefold() not in names:
        return text
    number = int(month) if month.isdigit() else names.index(month[:3].casefold()) + 1
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return text
