"""Reads Annex A, as a workbook or as CSV files, into canonical tables and faults.

Lists are read in such an order that a line finds the referral it belongs to. Not here: what a list is
made of (lists.py), which sheet is which (matching.py), or what a line becomes (rows.py, looked_after.py). Rule: a
missing list or column is said and not held, never taken for none; whatever stands in the file and is not read is said.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from holdfast.analytics.faults import Fault
from holdfast.analytics.returns.annex_a import looked_after
from holdfast.analytics.returns.annex_a.given import EVERY, IDS, PREFIXES, columns_of, gives, gives_with
from holdfast.analytics.returns.annex_a.lists import CHILD, LISTS, ListShape, readers
from holdfast.analytics.returns.annex_a.matching import Matched, matched
from holdfast.analytics.returns.annex_a.readable import KIND, lists_in, none_readable, opened_list
from holdfast.analytics.returns.annex_a.recognising import recognise
from holdfast.analytics.returns.annex_a.rows import Line, Tables
from holdfast.analytics.returns.annex_a.rules import RULES, plural
from holdfast.analytics.returns.cells import is_most
from holdfast.analytics.returns.headings import UNSAID, heading_words
from holdfast.analytics.returns.reading import Reader, Reading
from holdfast.analytics.returns.several import hash_of
from holdfast.analytics.returns.tabular import Sheet
from holdfast.analytics.returns.tabular import Tables as Sheets
from holdfast.analytics.returns.tolerant import CellDates, Tolerant, as_at_of
from holdfast.analytics.returns.workbook import refused
from holdfast.analytics.returns.writing import Gathered

LINES_AT_ONCE = 10_000
WHOLE_LINE = frozenset[str]()  # nothing of it was not understood
TOTALS = frozenset({"total", "totals", "grand total"})
# Lists 3 and 6 say which referrals there are, before the lists whose lines belong to one.
IN_TURN = (1, 2, 3, 6, 4, 5, 7, 8, 9, 10, 11)


def read_annex_a(path: Path, into: Path) -> Reading:
    """The lists' tables and faults, as Parquet in `into`. Raises UnreadableReturn, leaving nothing of use behind."""
    sheets = Sheets(path, KIND)
    places, unknown = lists_in(sheets)
    with Gathered(into, columns_of(EVERY)) as gathered:
        lists = Lists(gathered)
        for number in sorted(places, key=IN_TURN.index):
            lists.read(number, opened_list(sheets, number, places[number]))
        if not lists.n_opened:
            raise refused(KIND, none_readable(lists.left_out))
        lists.finish()
        for name in unknown:
            lists.say("sheet-unknown", name[:60], f"{name[:60]} is none of the lists. It was not read.")
        for name in sheets.hidden:
            lists.say("sheet-hidden", name[:60], f"The sheet {name[:60]} is hidden. It was not read.")
    as_at = as_at_of([*lists.above, *places.values()])
    return replace(
        gathered.reading(KIND, hash_of(path), gives_with(lists.present), blocking=lists.blocking),
        reference_date=as_at,
        lost=lists.lost(),
        left_out=tuple(lists.left_out),
        undated="" if as_at else "Annex A does not say which day it describes.",
    )


READER = Reader("Annex A", read_annex_a, gives, recognise)


class Lists:
    """One submission being read: what has been seen, and where rows go."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered, self.readers = gathered, readers()
        dates = self.readers["date"]
        assert isinstance(dates, CellDates)
        self.tables = Tables(gathered, dates)
        self.present: dict[int, frozenset[str]] = {}
        self.above: list[str] = []
        self.left_out: list[str] = []
        self.n_opened = 0
        # By list and column: how many cells were understood, and how many were not.
        self.n_read, self.n_unread = Counter[tuple[int, str]](), Counter[tuple[int, str]]()
        self.n_lines = self.n_unkeyable = 0
        self.turns: dict[int, Callable[[Line], None]] = {
            1: self.tables.contact,
            2: self.tables.early_help,
            3: self.tables.referral,
            4: self.tables.assessment,
            5: self.tables.enquiry,
            6: self.tables.case,
            7: self.tables.protection_plan,
        }

    def say(self, rule: str, column: str, words: str) -> None:
        """A fault about the file, or a list of it."""
        self.gathered.fault(Fault(rule, RULES[rule].severity, "", column, None, None, "", words))

    def read(self, number: int, sheet: Sheet | str) -> None:
        """One list, or why it cannot be read (readable.py)."""
        if isinstance(sheet, str):
            self.left_out.append(sheet)
            self.say("list-unread", f"List {number}", sheet)
            return
        self.n_opened += 1
        shape, found = LISTS[number], matched(number, sheet.header, sheet.first_column)
        self.above += sheet.above
        if number not in IDS:
            self.say("not-kept", f"List {number}", f"List {number} ({shape.title}) is about adults. It was not read.")
            return
        self.present[number] = found.filled
        self._say_of_headings(shape, found, sheet)
        self._lines(shape, found, sheet)

    def _say_of_headings(self, shape: ListShape, found: Matched, sheet: Sheet) -> None:
        own = f"List {shape.number}"
        for column in [name for name in shape.columns if name not in found.filled]:
            head = shape.columns[column].names[0]
            self.say("column-missing", own, f"{own} ({shape.title}) has no column {head}: it is not held.")
        is_headed = sheet.is_headed(len(found.known))
        for head in found.unknown.values():
            said = heading_words(head) if is_headed and not sheet.is_said else UNSAID
            self.say("column-unknown", own, f"{own}: the column {said} is not one of the list's. It was not read.")
        for head in found.twice:  # each is a heading that is known
            self.say("column-twice", own, f"{own}: the column {head[:60]} means what another does. The first was read.")
        if sheet.n_formulas:
            n = plural(sheet.n_formulas, "cell holds a formula", "cells hold formulas")
            self.say("formulas", own, f"{own}: {n}. What was saved as the result was read.")

    def _lines(self, shape: ListShape, found: Matched, sheet: Sheet) -> None:
        columns = [(place, heading.column, self.readers[heading.reader]) for place, heading in found.columns.items()]
        nameless = [place for place, text in enumerate(sheet.header) if not text and place not in found.own]
        turn = self.turns.get(shape.number) or self._later(shape.number)
        seen: set[int] = set()
        needed = frozenset(shape.needed)
        n_read: Counter[str] = Counter()
        has_nameless: bool | list[int] = False
        for n, (number, cells) in enumerate(sheet.rows, 1):
            line = self._line(shape, columns, number, cells)
            has_nameless = has_nameless or (nameless and any(cells[place] != "" for place in nameless))
            if line is None:
                continue
            whole = hash(tuple(cells))
            if whole in seen:
                self.tables.fault("row-twice", self._table(shape), "", line)
                continue
            seen.add(whole)
            n_read.update(line.values.keys())
            if line.unread or not needed <= line.values.keys():
                self._faults(shape, columns, line)
            self.tables.person(line)
            turn(line)
            if n % LINES_AT_ONCE == 0:
                self.gathered.flush()
        for number in sheet.moved:
            rule = RULES["row-moved"]
            said = Fault("row-moved", rule.severity, self._table(shape), "", None, number, "", rule.words)
            self.gathered.fault(said)
        self.n_read.update({(shape.number, column): n for column, n in n_read.items()})
        if has_nameless:
            own = f"List {shape.number}"
            self.say("column-nameless", own, f"{own}: a column has values and no heading. It was not read.")

    def _later(self, number: int) -> Callable[[Line], None]:
        turn = looked_after.LATER_LISTS[number]
        return lambda line: turn(self.tables, line)

    def _table(self, shape: ListShape) -> str:
        return next(iter(IDS[shape.number]))

    def _line(self, shape: ListShape, columns: list[tuple[int, str, Tolerant]], number: int, cells: Any) -> Line | None:
        """A line's values; None for one that is no child's, or none that can be read."""
        self.n_lines += 1
        values, unread = {}, set()
        for place, column, reader in columns:
            try:
                value = reader[cells[place]]
            except KeyError:
                unread.add(column)
                self.n_unread[shape.number, column] += 1
                continue
            if value is not None:
                values[column] = value
        child = values.get(CHILD)
        if child is None:
            self.n_unkeyable += 1
            line = Line(number, "", values, frozenset(unread))
            self.tables.fault("unkeyable", self._table(shape), "", line)
            return None
        is_alone = len(values) == 1 and not unread and len(cells) > 1 and sum(cell != "" for cell in cells) == 1
        if is_alone or child.casefold() in TOTALS:
            self.n_lines -= 1
            self.tables.fault("row-bare", self._table(shape), "", Line(number, "", {}, WHOLE_LINE))
            return None
        return Line(number, child, values, frozenset(unread) if unread else WHOLE_LINE)

    def _faults(self, shape: ListShape, columns: list[tuple[int, str, Tolerant]], line: Line) -> None:
        for _, column, reader in columns:
            if column in line.unread:
                self.tables.fault(reader.rule, self._table_of(shape, column), column, line)
        for column in shape.needed[1:]:
            if line[column] is None and column not in line.unread:
                self.tables.fault("missing", self._table_of(shape, column), column, line)

    def _table_of(self, shape: ListShape, column: str) -> str:
        own = (table for table in IDS[shape.number] if column.startswith(PREFIXES[table]))
        return next(own, "person" if column.startswith("pers_") else self._table(shape))

    def finish(self) -> None:
        self.tables.write_episodes()
        self.tables.write_people()
        for number, shape in LISTS.items():
            if number not in self.present and number in IDS:
                words = f"There is no list {number} ({shape.title}). What it would hold is not held."
                self.say("list-missing", f"List {number}", words)

    @property
    def blocking(self) -> list[str]:
        if self.n_lines > self.n_unkeyable:
            return []
        return ["The lists hold no row with a child's reference, so there is nothing to keep."]

    def lost(self) -> list[str]:
        """Each loss that stops the file until somebody accepts it, in a sentence."""
        said = []
        if is_most(self.n_unkeyable, self.n_lines):
            said.append(f"{self.n_unkeyable:,} of {self.n_lines:,} rows have no reference of a child that can be read.")
        for (number, column), n in sorted(self.n_unread.items()):
            n_sent = n + self.n_read[number, column]
            if is_most(n, n_sent):
                head = LISTS[number].columns[column].names[0]
                said.append(f"{n:,} of {n_sent:,} values of {head} (list {number}) could not be understood.")
        return said
