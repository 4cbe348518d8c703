"""What can be wrong with an Annex A list, in words. Rule: words never hold a value of a child."""

from typing import NamedTuple

from holdfast.analytics.faults import Severity


class Said(NamedTuple):
    severity: Severity
    words: str


EMPTY = "It is left empty and marked as not understood; the rest of the row is kept."
RULES: dict[str, Said] = {
    "bad-date": Said(
        "error", f"A date is none, or in a form with two readings (days in text are day, month, year). {EMPTY}"
    ),
    "bad-code": Said("error", f"A code is not in the list, or it and its words do not mean the same. {EMPTY}"),
    "bad-flag": Said("error", f"A yes-or-no value is neither. {EMPTY}"),
    "bad-count": Said("error", f"A number is not a whole number from 0 to 9,999. {EMPTY}"),
    "bad-text": Said("error", f"A text is longer than it may be, or an error of the spreadsheet. {EMPTY}"),
    "missing": Said("error", "A value that the list must have is empty. The row is kept."),
    "unkeyable": Said("error", "The row has no reference of a child that can be read, so it could not be kept."),
    "row-moved": Said(
        "error", "The line has more values than there are headings, so it is not said which is which. It was not read."
    ),
    "row-bare": Said(
        "query", "One cell of the row is filled, or it is a total: a note or a count stands there. It was not read."
    ),
    "row-twice": Said("error", "The same row stands in the list twice. It is counted once."),
    "child-differs": Said("error", "Two lists say different things of the same child. What was said first is kept."),
    "end-before-start": Said("error", "Something ends before it begins."),
    "no-referral": Said(
        "query", "No referral of the child is in list 3 or list 6 by the day of this row, so it belongs to none."
    ),
    "list-missing": Said("query", "A list is missing. What it would hold is not held."),
    "list-unread": Said("error", "A list cannot be read as it stands. What it would hold is not held."),
    "column-missing": Said("query", "A column of a list is missing. What it would hold is not held."),
    "column-unknown": Said("query", "A column is not one of the list's. It was not read."),
    "column-twice": Said("query", "Two columns of a list have the same meaning. The first was read."),
    "column-nameless": Said("query", "A column has values and no heading. It was not read."),
    "sheet-unknown": Said("query", "A sheet or file is none of the lists. It was not read."),
    "sheet-hidden": Said("query", "A sheet is hidden. It was not read."),
    "not-kept": Said("query", "The list of adopters is about adults. It was not read."),
    "formulas": Said("query", "Cells hold formulas. The results that were saved with them were read."),
}


def plural(n: int, one: str, many: str) -> str:
    return f"1 {one}" if n == 1 else f"{n:,} {many}"
