"""Whether a workbook or a folder of CSV files is Annex A, from the names of its sheets and their headings alone."""

from dataclasses import replace
from pathlib import Path

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.figure import date_words
from holdfast.analytics.returns.annex_a.given import IDS, gives_with
from holdfast.analytics.returns.annex_a.lists import LISTS
from holdfast.analytics.returns.annex_a.matching import matched
from holdfast.analytics.returns.annex_a.own import sheet_is
from holdfast.analytics.returns.annex_a.readable import KIND, lists_in, opened_list, two_headed
from holdfast.analytics.returns.reading import Recognised
from holdfast.analytics.returns.tabular import Sheet, Tables
from holdfast.analytics.returns.tolerant import as_at_of

LEAST_SCORE = 3


def recognise(path: Path) -> Recognised | None:
    """What the sheets or files say; None where no list among them can be read, or the file cannot be opened."""
    try:
        tables = Tables(path, KIND)
        places, unknown = lists_in(tables)
        seen = {number: _seen(tables, number, name) for number, name in sorted(places.items())}
    except (UnreadableReturn, OSError):
        return None
    opened = {number: sheet for number, sheet in seen.items() if isinstance(sheet, Sheet)}
    known = {number: matched(number, sheet.header, sheet.first_column) for number, sheet in opened.items()}
    if not any(sheet_is(places[number]) or len(found.known) >= LEAST_SCORE for number, found in known.items()):
        return None
    as_at = as_at_of(text for number, sheet in opened.items() for text in (*sheet.above, places[number]))
    what = "Annex A" if len(opened) > 1 else f"Annex A list {next(iter(opened))}"
    form = "workbook" if tables.is_workbook else "files"
    n = "1 list" if len(opened) == 1 else f"{len(opened)} lists"
    day = f", as at {date_words(as_at)}" if as_at else ""
    lacks = [
        f"list {number} ({shape.title})" for number, shape in LISTS.items() if number in IDS and number not in places
    ]
    present = {number: found.filled for number, found in known.items() if number in IDS}
    return Recognised(
        KIND,
        f"{what} {form}, {n}{day}",
        as_at,
        tuple(places[number] for number in sorted(opened)),
        unknown=(
            *(f"{name[:60]} is none of the lists, and would not be read." for name in [*unknown, *tables.hidden]),
            *(f"{places[number][:60]}: {words}" for number, sheet in opened.items() if (words := two_headed(sheet))),
            *((f"There is no {', '.join(lacks)}.",) if lacks else ()),
        ),
        left_out=tuple(why for why in seen.values() if isinstance(why, str)),
        gives=gives_with(present),
    )


def _seen(tables: Tables, number: int, name: str) -> Sheet | str:
    """A list without its rows, which would keep all of its sheet in memory; or why it cannot be read."""
    sheet = opened_list(tables, number, name)
    return sheet if isinstance(sheet, str) else replace(sheet, rows=iter(()))
