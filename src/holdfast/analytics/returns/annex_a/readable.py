"""Which sheet or file is which list, and which of the lists cannot be read as they stand: before any line of one is.

Not here: which heading is which (matching.py), or what is read (reader.py). Rule: a list that cannot be read is left
out with a sentence that says why, the same wherever it is said, and stops none of the others.
"""

from collections.abc import Iterable
from functools import partial
from typing import Final

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns.annex_a.lists import LISTS
from holdfast.analytics.returns.annex_a.matching import any_score, list_of_header, list_of_name, matched, score_of
from holdfast.analytics.returns.annex_a.own import NO_LIST, heading_row
from holdfast.analytics.returns.headings import is_heading_row
from holdfast.analytics.returns.tabular import Sheet, Tables

KIND: Final = "annex_a"
TO_MATCH: Final = "say what they mean on the page of what is being submitted, or with holdfast headings"
"""What to do where headings have other names."""


def lists_in(tables: Tables) -> tuple[dict[int, str], list[str]]:
    """The sheet of each list, and the names of those that are none, or a list that is there already."""
    places: dict[int, str] = {}
    unknown = list(tables.others)
    nameless = []
    for name in tables.names:
        number = list_of_name(name)
        if number is None:
            nameless.append(name)
        elif number == NO_LIST or number in places:
            unknown.append(name)
        else:
            places[number] = name
    for name in nameless:
        number = _by_header(tables, name)
        if number is None or number in places:
            unknown.append(name)
        else:
            places[number] = name
    return places, unknown


def _by_header(tables: Tables, name: str) -> int | None:
    try:
        return list_of_header(tables.open(name, any_score, row=heading_row(name)).header)
    except UnreadableReturn:
        return None


def opened_list(tables: Tables, number: int, name: str) -> Sheet | str:
    """One list, opened; or, in a sentence, why it is left out."""
    own = f"List {number} ({LISTS[number].title}, in {name[:60]})"
    try:
        sheet = tables.open(name, partial(score_of, number), leaves_out=True, row=heading_row(name))
    except UnreadableReturn as problem:
        return f"{own} is not read. {problem.expected}"
    if lacks := _lacks(number, sheet):
        return (
            f"{own} is not read: it has no column {' or '.join(lacks)} that is known. Where it has one under another "
            f"name, {TO_MATCH}."
        )
    return sheet


def two_headed(sheet: Sheet) -> str:
    """What to say of a list whose first row of values looks like a row of headings too; "" of any other, and where
    somebody said which row it is."""
    if sheet.is_said or not sheet.below or not is_heading_row(sheet.below[0], sheet.below[1:]):
        return ""
    return (
        f"Row {sheet.header_row} was taken for its headings, and the row under it looks like headings too: it would be "
        "read as a child’s. Say which of them it is."
    )


def _lacks(number: int, sheet: Sheet) -> list[str]:
    """The headings of a list that it cannot be read without, and that are not there."""
    shape, filled = LISTS[number], matched(number, sheet.header, sheet.first_column).filled
    return [shape.columns[column].names[0] for column in shape.needed if column not in filled]


def none_readable(left_out: Iterable[str]) -> str:
    """Why there is nothing to read in a file, and what to do."""
    if said := " ".join(left_out):
        return f"None of its lists can be read as it stands. {said}"
    return (
        "None of its sheets or files is one of the lists: neither a name nor headings match any. Where they have other "
        f"names, {TO_MATCH}."
    )
