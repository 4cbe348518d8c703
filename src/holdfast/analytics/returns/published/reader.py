"""Reads any table that the Department or the Office for National Statistics publishes into the benchmark tables.

A table has the columns of place and time that all of theirs have, in any order, and others: one whose cells are numbers
or symbols is a measure, any other says what the row is of. Not here: which measure is which of our indicators
(figures.py). Rules: a symbol is carried as what it is and is never a nought; a cell that is neither is said, and shown
as printed; of two columns of one heading that differ neither is read. What others published is no return of the
council's, and is never kept as one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from holdfast.analytics.faults import Fault, UnreadableReturn
from holdfast.analytics.returns.cells import whole_fault
from holdfast.analytics.returns.published.figures import (
    TITLES,
    is_single_figures,
    model_of,
    read_published,
    table_set_beside,
)
from holdfast.analytics.returns.reading import Gives, Reader, Reading, Recognised
from holdfast.analytics.returns.several import csv_rows, hash_of, header_of
from holdfast.analytics.returns.writing import Gathered
from holdfast.analytics.tables.benchmarks import PUBLISHED_FIGURES, PUBLISHED_NEIGHBOURS, SYMBOLS

KIND: Final = "published"
TITLE: Final = "file of published figures"
PLACE_AND_TIME: Final = frozenset(
    {
        *("time_period", "time_identifier", "geographic_level", "country_code", "country_name"),
        *("region_code", "region_name", "old_la_code", "new_la_code", "la_name"),
    }
)
NEEDED: Final = frozenset({"time_period", "geographic_level"})
TABLES: Final = {
    "referral_count": "C1",
    "CPP_subsequent": "D3",
    "2_years_or_more": "D5",
    "At31_episodes": "B1",
    "turnover_rate_fte": "workforce",
    "population_estimate": "population",
}
"""A table by one of its measures."""
OTHER_TITLES: Final = {
    "B1": "Department for Education, Characteristics of children in need, table B1, children in need and episodes",
    "workforce": "Department for Education, Children's social work workforce",
    "population": "Office for National Statistics, population estimates",
}
"""The titles of tables that nothing of ours is set beside."""
FILLED: Final = {table.name: table.column_names for table in (PUBLISHED_FIGURES, PUBLISHED_NEIGHBOURS)}
LOOKED_AT: Final = 500
ROWS_AT_ONCE: Final = 20_000
NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d+)?", re.ASCII)
YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
TWO_YEARS = re.compile(r"(20\d\d)[-/]?(\d\d)", re.ASCII)
NOT_A_RETURN: Final = "This is what others published, and no return of the council's: no release is made from it."


WHERE_TO_SEND: Final = "Send it on the page of sending files, or with holdfast published."


def gives(as_at: date) -> Gives:
    """What others published answers for no day of ours."""
    return Gives(FILLED, {})


def read_published_file(path: Path, into: Path) -> Reading:
    """The file's benchmark tables and faults, as Parquet in `into`. Raises UnreadableReturn."""
    head = header_of(path) if path.is_file() else None
    if head is None:
        raise UnreadableReturn(TITLE, expected="It should be one CSV file, as it was downloaded.")
    with Gathered(into, FILLED) as gathered:
        if model_of(head):
            _neighbours(path, gathered)
        else:
            Figures(gathered, path).read()
    return gathered.reading(KIND, hash_of(path), gives, blocking=[f"{NOT_A_RETURN} {WHERE_TO_SEND}"])


class Figures:
    """One table being read, cell by cell."""

    rows_name = PUBLISHED_FIGURES.name

    def __init__(self, gathered: Gathered, path: Path) -> None:
        self.gathered, self.rows = gathered, gathered.tables[PUBLISHED_FIGURES.name]
        self.release = _release(path)
        self.lines = csv_rows(path, TITLE)
        _, heads = next(self.lines, (0, []))
        self.heads = [head.strip().lstrip("\ufeff") for head in heads]
        if not set(self.heads) >= NEEDED:
            raise UnreadableReturn(TITLE, expected="It should have the columns time_period and geographic_level.")
        self.place = {head: at for at, head in enumerate(self.heads) if self.heads.index(head) == at}
        self.table, self.n_lines = "", 0
        self.counted: Counter[str] = Counter()
        self.n_symbols: Counter[str] = Counter()

    def read(self) -> None:
        first = list(islice(self.lines, LOOKED_AT))
        measures, groups = self._columns([cells for _, cells in first])
        if not measures:
            raise UnreadableReturn(TITLE, expected="It should have a column of numbers beside place and time.")
        self.table = table = next((TABLES[name] for name in self.heads if name in TABLES), self.heads[measures[0]])
        for n, (line, cells) in enumerate(chain(first, self.lines), 1):
            self.n_lines = n
            self._row(table, line, cells, measures, groups)
            if n % ROWS_AT_ONCE == 0:
                self.gathered.flush()
        if self.n_symbols:
            said = symbols_words(self.n_symbols)
            whole_fault(self.gathered, "symbols", self.rows_name, "publ_symbol", f"Symbols were carried: {said}.")

    def _columns(self, rows: Sequence[Sequence[str]]) -> tuple[list[int], list[int]]:
        """The places of measures, and of columns that say what a row is of; a heading that comes twice is said."""
        measures, groups = list[int](), list[int]()
        for at, head in enumerate(self.heads):
            if head in PLACE_AND_TIME or not head:
                continue
            own = [cells[at].strip() for cells in rows]
            if self.heads.count(head) > 1 and not self._is_once(head, at, rows):
                continue
            said = [cell for cell in own if cell]
            n_numbers = sum(bool(NUMBER.fullmatch(cell)) or cell.lower() in SYMBOLS for cell in said)
            (measures if said and 2 * n_numbers > len(said) else groups).append(at)
        return measures, groups

    def _is_once(self, head: str, at: int, rows: Sequence[Sequence[str]]) -> bool:
        """Whether this is the first of several columns of one heading that all say the same, which is said once."""
        places = [place for place, name in enumerate(self.heads) if name == head]
        same = all(len({cells[place] for place in places}) == 1 for cells in rows)
        if at == places[0]:
            words = f"The heading {head[:60]} comes more than once. {'One' if same else 'None'} was read."
            whole_fault(self.gathered, "repeated-heading", self.rows_name, head[:60], words)
        return same and at == places[0]

    def _row(self, table: str, line: int, cells: Sequence[str], measures: Iterable[int], groups: Iterable[int]) -> None:
        own = {head: cells[at].strip() for head, at in self.place.items()}
        level, year = own["geographic_level"], _year(own["time_period"])
        code, area = _where(own)
        group = ", ".join(cells[at].strip() for at in groups if cells[at].strip()) or None
        for at in measures:
            shown = cells[at].strip()
            number, symbol = _value(shown)
            if year is None:
                self._unread("publ_year", line)
            if number is None and symbol is None:
                self._unread("publ_number", line)
            if symbol is not None:
                self.n_symbols[symbol] += 1
            stem = "|".join([table, level, code or area or "", str(year or ""), group or "", self.heads[at]])
            self.counted[stem] += 1
            self.rows.add(
                (
                    f"{stem}|{self.counted[stem]}",
                    *(table, self.release, level, code, area, own.get("region_code") or None, year, group),
                    *(self.heads[at], number, symbol, shown or None),
                )
            )

    def _unread(self, column: str, line: int) -> None:
        self.rows.not_understood(column)
        words = "A cell is neither a number nor one of the symbols, or a year is not one. It is shown as it is printed."
        self.gathered.fault(
            Fault("bad-number", "error", self.rows_name, column, self.rows.next_number, line, "", words)
        )


def _value(shown: str) -> tuple[Decimal | None, str | None]:
    """The number of a cell, or its symbol; neither where it is neither."""
    if shown.lower() in SYMBOLS:
        return None, shown.lower()
    if NUMBER.fullmatch(shown):
        return Decimal(shown.replace(",", "")).quantize(Decimal("0.000001")), None
    return None, None


def _year(text: str) -> int | None:
    """The year in which a period ends: 2013, 201213, 2012/13."""
    if YEAR.fullmatch(text):
        return int(text)
    found = TWO_YEARS.fullmatch(text)
    if found and (int(found[1][2:]) + 1) % 100 == int(found[2]):
        return int(found[1]) + 1
    return None


def _where(own: dict[str, str]) -> tuple[str | None, str | None]:
    """The code and the name of a row's place: of the smallest place that it names."""
    for code, name in (("old_la_code", "la_name"), ("new_la_code", "la_name"), ("region_code", "region_name")):
        if own.get(code) and own[code].lower() not in SYMBOLS:
            return own[code], own.get(name) or None
    return own.get("country_code") or None, own.get("country_name") or None


def _release(path: Path) -> str:
    """The years that a table holds, in words: one pass over it before it is read."""
    rows = csv_rows(path, TITLE)
    _, heads = next(rows, (0, []))
    names = [head.strip() for head in heads]
    if "time_period" not in names:
        return ""
    at = names.index("time_period")
    years = sorted({year for _, cells in rows if (year := _year(cells[at].strip())) is not None})
    return "" if not years else str(years[0]) if years[0] == years[-1] else f"{years[0]} to {years[-1]}"


def _neighbours(path: Path, gathered: Gathered) -> None:
    """Every council's ten neighbours, as figures.py reads them: it knows the repeated headings of the older model."""
    found = read_published(path.read_bytes())
    rows = gathered.tables[PUBLISHED_NEIGHBOURS.name]
    for council, ten in sorted((found.neighbours or {}).items()):
        for place, (code, closeness) in enumerate(ten, 1):
            rows.add((f"{found.model}|{council}|{place}", found.model, council, place, code, closeness or None))


def recognise(path: Path) -> Recognised | None:
    """Whether a file is one that others publish, by its headings."""
    head = header_of(path) if path.is_file() else None
    if head is None:
        return None
    if is_single_figures(head):
        return Recognised(KIND, "Single figures copied from publications", None, unknown=(NOT_A_RETURN,))
    if model := model_of(head):
        return Recognised(KIND, f"Published model of statistical neighbours, {model}", None, unknown=(NOT_A_RETURN,))
    if not set(head) >= NEEDED:
        return None
    table = next((TABLES[name] for name in head if name in TABLES), "of another kind")
    return Recognised(KIND, f"Published figures, table {table}", None, unknown=(NOT_A_RETURN,))


def symbols_words(counted: Mapping[str, int]) -> str:
    """ "c 62 times, u 10 times": how often each symbol stands for a figure."""
    times = {symbol: "once" if n == 1 else f"{n:,} times" for symbol, n in sorted(counted.items())}
    return ", ".join(f"{symbol or 'empty'} {said}" for symbol, said in times.items())


@dataclass(frozen=True)
class Contents:
    """What a published file is and holds. `what` names its table or model: the later file of one name stands.

    `title` and `release` say so in words. `n_rows` counts its lines under the headings, `symbols` how often each symbol
    stands in place of a figure.
    """

    what: str
    title: str
    release: str
    n_rows: int
    symbols: Mapping[str, int]


def published_contents(path: Path) -> Contents:
    """What one file is and holds, by the one way to recognise it. Raises UnreadableReturn for what is none."""
    recognised = recognise(path)
    if recognised is None:
        raise UnreadableReturn(
            TITLE,
            expected="It should be one CSV file as the Department or the Office for National Statistics publishes it, "
            "with the columns time_period and geographic_level; a model of statistical neighbours; or single figures.",
        )
    head = header_of(path) or []
    table = table_set_beside(head)
    if is_single_figures(head) or model_of(head) or table:
        found = read_published(path.read_bytes())
        if not table:
            symbols = dict(Counter(value.symbol for value in found.values if value.symbol))
            n_rows = len(found.neighbours or found.values)
            return Contents(found.what, found.title, found.release, n_rows, symbols)
    with TemporaryDirectory() as aside, Gathered(Path(aside) / "read", FILLED) as gathered:
        figures = Figures(gathered, path)
        figures.read()
        release, symbols, n_lines = figures.release, dict(figures.n_symbols), figures.n_lines
    if table:
        return Contents(found.what, found.title, found.release, n_lines, symbols)
    own = next((TABLES[name] for name in head if name in TABLES), "")
    what = f"{own}, without its columns" if own in TITLES else own or figures.table
    title = OTHER_TITLES.get(own, f"Published figures, with {what}")
    years = f"the years {release}" if " to " in release else f"the year {release}" if release else "no year"
    return Contents(what[:40], title[:200], years, n_lines, symbols)


READER = Reader("Published figures", read_published_file, gives, recognise)
