"""Reads the oversight extract, a workbook or CSV files of two lists, into supervision, decisions and faults.

A sheet or file is told by its headings; there may be several of one list, as where each team keeps its own. The days
it holds follow from its rows, month by month (returns/window.py). Not here: the headings (lists.py). Rule: a list or
column that is not there is said and not held; who supervised is what the council writes; what was said never comes in.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.figure import date_words
from holdfast.analytics.returns.cells import (
    Days,
    RowReader,
    losses,
    moved_rows,
    text_of,
    unknown_columns,
    whole_fault,
)
from holdfast.analytics.returns.oversight.lists import (
    CHILD,
    CODED,
    KIND,
    LISTS,
    REFERRED,
    ListShape,
    field_of,
    fields_of,
    lists_in,
    score_of,
)
from holdfast.analytics.returns.reading import Gives, Reader, Reading, Recognised
from holdfast.analytics.returns.several import hash_of
from holdfast.analytics.returns.tabular import Sheet, Tables
from holdfast.analytics.returns.tolerant import as_at_of, plain
from holdfast.analytics.returns.values import iso_day
from holdfast.analytics.returns.window import Window
from holdfast.analytics.returns.writing import Gathered
from holdfast.analytics.tables.contracts import TABLES

ROWS_AT_ONCE: Final = 10_000
LONGEST_REFERENCE: Final = 48
OTHER_ROLE: Final = "OTH"
EXPECTED: Final = (
    "It should hold a list with the headings Child reference and Supervision date, or one with Child reference, "
    "Decision date and Decision about, as docs/formats/oversight.md describes."
)


def read_oversight(path: Path, into: Path) -> Reading:
    """The lists' tables and faults, as Parquet in `into`. Raises UnreadableReturn, leaving nothing of use behind."""
    tables = Tables(path, KIND)
    places, unknown = lists_in(tables)
    if not places:
        raise UnreadableReturn(KIND, expected=EXPECTED)
    sheets = [(shape, name, _opened(tables, shape, name)) for shape, name in places]
    filled = _filled([(shape, sheet) for shape, _, sheet in sheets])
    with Gathered(into, filled) as gathered:
        extract = Extract(gathered)
        for name in unknown:
            whole_fault(
                gathered, "unknown-table", "", name[:60], f"{name[:60]} is neither of the lists. It was not read."
            )
        for name in tables.hidden:
            whole_fault(gathered, "unknown-table", "", name[:60], f"The sheet {name[:60]} is hidden. It was not read.")
        for shape in LISTS:
            if shape.table not in filled:
                words = f"There is no list of {shape.title}. What it would hold is not held."
                whole_fault(gathered, "missing-table", shape.table, "", words)
        for shape, name, sheet in sheets:
            extract.read(shape, name, sheet)
        lost = losses(list(extract.readers.values()), extract.n_unkeyable)
    as_at = as_at_of([text for _, name, sheet in sheets for text in (*sheet.above, name)])
    return replace(
        gathered.reading(KIND, hash_of(path), partial(given_by, filled, extract.windows), blocking=extract.blocking),
        reference_date=as_at,
        lost=lost,
        undated="" if as_at else "The oversight extract does not say which day it describes.",
    )


def _opened(tables: Tables, shape: ListShape, name: str) -> Sheet:
    return tables.open(name, partial(score_of, shape), leaves_out=True)


def _filled(sheets: Sequence[tuple[ListShape, Sheet]]) -> dict[str, tuple[str, ...]]:
    """The columns of each table that all of its sheets have, and the ids that are made here."""
    found: dict[str, tuple[str, ...]] = {}
    for shape in LISTS:
        own = [fields_of(sheet.header).keys() for of, sheet in sheets if of is shape]
        if not own:
            continue
        has = set.intersection(*map(set, own))
        key, child, referral, *_ = TABLES[shape.table].column_names
        made = {key, child, *([referral] if REFERRED in has else [])}
        sent = {column for column, heading in shape.fields.items() if heading in has}
        found[shape.table] = tuple(name for name in TABLES[shape.table].column_names if name in made | sent)
    return found


def given_by(filled: Mapping[str, tuple[str, ...]], windows: Mapping[str, Window], as_at: date) -> Gives:
    """What an extract gives: the columns it has, each list from the first day that its rows show it holds."""
    since = {table: day for table in filled if (day := windows[table].since(as_at)) is not None}
    return Gives(dict(filled), since)


def gives(as_at: date) -> Gives:
    """What an extract gives of which nothing is known: no table. Each reading says what it gives itself."""
    return Gives({}, {})


class Extract:
    """One extract being read."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered = gathered
        own = {shape.table: shape for shape in LISTS if shape.table in gathered.tables}
        usual = tuple(heading for shape in LISTS for heading in shape.fields.values())
        self.readers = {table: RowReader(gathered, table, shape.fields, usual=usual) for table, shape in own.items()}
        self.windows = {table: Window() for table in own}
        self.days = Days()
        self.n_unkeyable, self.n_rows = Counter[str](), 0
        self.stems, self.seen = Counter[str](), set[int]()

    @property
    def blocking(self) -> list[str]:
        if self.n_rows:
            return []
        return ["The lists hold no row with a child's reference, so there is nothing to keep."]

    def read(self, shape: ListShape, name: str, sheet: Sheet) -> None:
        """One sheet or file of a list."""
        reader, places = self.readers[shape.table], fields_of(sheet.header)
        self._say_of_headings(shape, sheet, places)
        for number, cells in sheet.rows:
            sent = {field: plain(cells[place]) for field, place in places.items()}
            self._row(shape, reader, sent, number)
            if number % ROWS_AT_ONCE == 0:
                self.gathered.flush()
        moved_rows(self.gathered, shape.table, sheet.moved)

    def _say_of_headings(self, shape: ListShape, sheet: Sheet, places: Mapping[str, int]) -> None:
        for heading in shape.headings:
            if heading not in places:
                words = f"There is no column {heading.capitalize()}: what it would say is not held."
                whole_fault(self.gathered, "missing-column", shape.table, heading, words)
        others = [head for at, head in enumerate(sheet.header) if head and at not in places.values()]
        twice = [head for head in others if field_of(head) in shape.headings]
        for head in twice:
            words = f"The column {field_of(head)} comes more than once. The first was read."
            whole_fault(self.gathered, "repeated-heading", shape.table, field_of(head), words)
        unknown = [head for head in others if head not in twice]
        n_known = len(places.keys() & set(shape.headings))
        unknown_columns(self.gathered, shape.table, unknown, n_known if sheet.is_headed(n_known) else 0)

    def _row(self, shape: ListShape, reader: RowReader, sent: dict[str, str], line: int) -> None:
        child = text_of(sent.get(CHILD))
        if child is None or len(child) > LONGEST_REFERENCE:
            self.n_unkeyable[shape.table] += 1
            reader.fault("unkeyable", "", "", line)
            return
        whole = hash((shape.table, *sorted(sent.items())))
        if whole in self.seen:
            reader.fault("row-twice", "", child, line)
            return
        self.seen.add(whole)
        self.n_rows += 1
        row = reader.read(_coded(sent), child, line)
        day, apart = (
            row[reader.place[name]] if name in reader.place else None for name in (shape.day, shape.told_apart)
        )
        stem = "|".join((child, shape.letter, reader.iso(day), apart or ""))
        self.stems[stem] += 1
        key, owner, referral, *_ = TABLES[shape.table].column_names
        row[reader.place[key]], row[reader.place[owner]] = f"{stem}|{self.stems[stem]}", child
        if referral in reader.place:
            row[reader.place[referral]] = self._referral(reader, referral, sent, child, line)
        self.windows[shape.table].saw(day)
        reader.rows.add(row)

    def _referral(self, reader: RowReader, column: str, sent: Mapping[str, str], child: str, line: int) -> str | None:
        """The id of the first referral of the day that is given, as every return makes it (decision 80)."""
        text = text_of(sent.get(REFERRED))
        if text is None:
            return None
        try:
            day = self.days[text]
        except KeyError:
            reader.unread(column, child, line)
            return None
        return f"{child}|{iso_day(day)}|1"


def _coded(sent: Mapping[str, str]) -> dict[str, str | None]:
    """The row with its codes as the contract has them; a role that is none of them is another role."""
    row: dict[str, str | None] = dict(sent)
    for field, codes in CODED.items():
        if text := text_of(sent.get(field)):
            try:
                row[field] = codes[text]
            except KeyError:
                row[field] = OTHER_ROLE if field == "decided by" else text
    return row


def recognise(path: Path) -> Recognised | None:
    """Whether it holds either list, by its headings; which, and what would not be read."""
    try:
        tables = Tables(path, KIND)
        places, unknown = lists_in(tables)
        sheets = [(shape, name, replace(_opened(tables, shape, name), rows=iter(()))) for shape, name in places]
    except (UnreadableReturn, OSError):
        return None
    if not sheets:
        return None
    as_at = as_at_of([text for _, name, sheet in sheets for text in (*sheet.above, name)])
    titles = [shape.title for shape in LISTS if any(shape is own for own, _, _ in sheets)]
    day = f", as at {date_words(as_at)}" if as_at else ", no day given that it describes"
    lacks = [f"There is no list of {shape.title}." for shape in LISTS if shape.title not in titles]
    return Recognised(
        KIND,
        f"Oversight extract, {' and '.join(titles)}{day}",
        as_at,
        tuple(name for _, name in places),
        unknown=(
            *(f"{name[:60]} is neither of the lists, and would not be read." for name in [*unknown, *tables.hidden]),
            *lacks,
        ),
    )


READER = Reader("Oversight extract", read_oversight, gives, recognise)
