"""Reads a social work workforce return into workers, posts and faults: one XML file, or CSV files of its elements.

The XML may have its workers directly under Message, as its schema has them, or in an element of their own. A CSV has
the elements' names as headings and a column Year or ReferenceDate; one has the workers and one, if there is one, the
vacancies. Not here: what turnover is (analytics/workforce_rates.py). Rule: a return that does not say its year is not
kept, because each of its rows is of one 30 September.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Final

from lxml import etree

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.figure import date_words
from holdfast.analytics.returns.cells import (
    Days,
    RowReader,
    losses,
    moved_rows,
    other_forms,
    text_of,
    unknown_columns,
    whole_fault,
)
from holdfast.analytics.returns.hardened_xml import XmlFile
from holdfast.analytics.returns.reading import Gives, Reader, Reading, Recognised
from holdfast.analytics.returns.several import csv_rows, files_of, hash_of
from holdfast.analytics.returns.staged import beginning_of
from holdfast.analytics.returns.values import EPOCH
from holdfast.analytics.returns.workforce.fields import (
    AUTHORITY,
    DAY,
    LEFT_BEHIND,
    NUMBER,
    POSTS,
    WORKERS,
    YEAR,
    worker_of,
)
from holdfast.analytics.returns.writing import Gathered
from holdfast.analytics.tables.contracts import TABLES

KIND: Final = "workforce"
COLLECTION: Final = "CSWW"
WORKER, VACANCIES = "CSWWWorker", "LALevelVacancies"
ELEMENTS: Final = ("Header", VACANCIES, WORKER)
ROWS_AT_ONCE: Final = 10_000
FIRST_YEAR, LAST_YEAR = 2010, 2100
FILLED: Final = {name: TABLES[name].column_names for name in ("workforce_workers", "workforce_posts")}
Cells = dict[str, str | None]
Record = tuple[str, int, Cells]
"""Which it is (Header, LALevelVacancies or CSWWWorker), its line, and its cells by their names in lower case."""


def gives(as_at: date) -> Gives:
    """What a return as at a day gives: the year to it, which begins on 1 October."""
    year = as_at.year if as_at.month >= 10 else as_at.year - 1
    return Gives(FILLED, dict.fromkeys(FILLED, date(year, 10, 1) if (as_at.month, as_at.day) != (10, 1) else as_at))


def read_workforce(path: Path, into: Path) -> Reading:
    """The return's tables and faults, as Parquet in `into`. Raises UnreadableReturn, leaving nothing of use behind."""
    moved: dict[str, list[int]] = {WORKER: [], VACANCIES: []}
    is_xml = path.is_file() and XmlFile(KIND, "Message").is_meant(path)
    records = _xml_records(path) if is_xml else _csv_records(path, moved)
    first = next(records, None)
    if first is None:
        raise UnreadableReturn(
            KIND, expected=f"It should hold workers: {WORKER} elements, or a CSV with {NUMBER.upper()}."
        )
    said = _said(path, first)
    with Gathered(into, FILLED) as gathered:
        reading = Workforce(gathered, said.day)
        for other in files_of(path):
            if other != path and _file_of(beginning_of(other)) is None:
                whole_fault(gathered, "unknown-table", "", other.name[:60])
        for n, record in enumerate(chain((first,), records), 1):
            reading.take(record)
            if n % ROWS_AT_ONCE == 0:
                gathered.flush()
        reading.finish()
        for name, lines in moved.items():
            moved_rows(gathered, name, lines)
    return replace(
        gathered.reading(KIND, hash_of(path), gives, blocking=said.blocking(reading.n_workers)),
        authority=said.authority,
        year=said.day.year if said.day else None,
        reference_date=said.day,
        lost=losses([reading.workers, reading.posts], {}),
        undated="" if said.day else "The return does not say which year it is of.",
    )


class Said:
    """What the return says of itself: its 30 September, its council, its collection; None where it does not."""

    def __init__(self, cells: Cells) -> None:
        self.collection = text_of(cells.get("collection"))
        given = text_of(cells.get(AUTHORITY)) or text_of(cells.get("la"))
        self.authority = given if given and len(given) == 3 and given.isdigit() else None
        self.day = _day(cells)

    def blocking(self, n_workers: int) -> list[str]:
        found = []
        if self.collection and self.collection.upper() != COLLECTION:
            found.append("The file's header says that it is another collection than the social work workforce return.")
        if self.day is None:
            found.append(
                "The return does not say its year. The header should have a ReferenceDate or a Year; a CSV a column "
                "YEAR, which is 2025 for the return as at 30 September 2025."
            )
        if not n_workers:
            found.append("The return holds no workers, so there is nothing to keep.")
        return found


def _day(cells: Cells) -> date | None:
    """The reference date as sent, or the 30 September of the year."""
    try:
        days = Days()[text_of(cells.get(DAY))]
    except KeyError:
        days = None
    if days is not None:
        return date.fromordinal(days + EPOCH)
    year = (text_of(cells.get(YEAR)) or "").removesuffix(".0")
    return date(int(year), 9, 30) if year.isdigit() and FIRST_YEAR <= int(year) <= LAST_YEAR else None


def _said(path: Path, first: Record) -> Said:
    """From the header of the XML wherever it stands, else from the first row of the CSV that says something."""
    name, _, cells = first
    if name == "Header" or not path.is_file() or not XmlFile(KIND, "Message").is_meant(path):
        return Said(cells)
    for later, _, found in _xml_records(path):
        if later == "Header":
            return Said(found)
    return Said({})


class Workforce:
    """One return being read."""

    def __init__(self, gathered: Gathered, day: date | None) -> None:
        self.gathered = gathered
        self.day = None if day is None else day.toordinal() - EPOCH
        self.iso = "" if day is None else day.isoformat()
        self.workers = RowReader(gathered, "workforce_workers", WORKERS)
        self.posts = RowReader(gathered, "workforce_posts", POSTS)
        self.counted: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.n_workers = self.n_posts = 0

    def take(self, record: Record) -> None:
        name, line, cells = record
        if name == WORKER:
            self._worker(cells, line)
        elif name == VACANCIES:
            self._vacancies(cells, line)

    def finish(self) -> None:
        """What is said once of the whole return."""
        unknown_columns(self.gathered, "workforce_workers", sorted(self.unknown), self.n_workers)
        if not self.n_posts:
            words = f"The return has no {VACANCIES}: how many posts are vacant is not known."
            whole_fault(self.gathered, "missing-table", "", VACANCIES, words)
        other_forms(self.gathered, (self.workers, self.posts))

    def _worker(self, cells: Cells, line: int) -> None:
        self.n_workers += 1
        known = {NUMBER, *WORKERS.values(), *LEFT_BEHIND}
        self.unknown.update(cells.keys() - known)
        row, place = self.workers.read(cells, "", line), self.workers.place
        worker = None
        try:
            sent = text_of(cells.get(NUMBER))
            worker = worker_of(sent) if sent else None
        except KeyError:
            self.workers.unread("work_worker_id", "", line)
        self.counted[worker or ""] += 1
        row[place["work_table_id"]] = f"{self.iso}|{worker or ''}|{self.counted[worker or '']}"
        row[place["work_reference_date"]], row[place["work_worker_id"]] = self.day, worker
        self.workers.rows.add(row)

    def _vacancies(self, cells: Cells, line: int) -> None:
        if self.n_posts:
            self.posts.fault("row-twice", "post_table_id", "", line)
            return
        row, place = self.posts.read(cells, "", line), self.posts.place
        row[place["post_table_id"]], row[place["post_reference_date"]] = self.iso, self.day
        if any(row[place[column]] is not None for column in POSTS) or self.posts.rows.unread:
            self.n_posts += 1
            self.posts.rows.add(row)


def _xml_records(path: Path) -> Iterator[Record]:
    digest = hashlib.sha256()
    for element in XmlFile(KIND, "Message").elements(path, ELEMENTS, digest.update):
        name = etree.QName(element).localname
        if name in ELEMENTS:
            cells: Cells = {}
            for inner in element.iterdescendants():
                if len(inner) == 0:
                    cells.setdefault(etree.QName(inner).localname.lower(), inner.text)
            yield name, element.sourceline or 0, cells
        element.clear(keep_tail=True)
        while element.getprevious() is not None:
            del element.getparent()[0]


def _csv_records(path: Path, moved: Mapping[str, list[int]]) -> Iterator[Record]:
    """Rows of the workers' file, then of the vacancies'; files of neither are passed over. `moved`: see csv_rows."""
    files = {name: file for file in files_of(path) for name in [_file_of(beginning_of(file))] if name}
    for name in (WORKER, VACANCIES):
        if name not in files:
            continue
        rows = csv_rows(files[name], KIND, moved[name])
        _, heads = next(rows, (0, []))
        names = [head.strip().lower() for head in heads]
        for line, cells in rows:
            yield name, line, dict(zip(names, cells, strict=False))


def _file_of(heads: list[str]) -> str | None:
    has = {head.lower() for head in heads}
    if {NUMBER, "agencyworker"} <= has:
        return WORKER
    return VACANCIES if POSTS["post_vacancies_fte"] in has else None


def recognise(path: Path) -> Recognised | None:
    """Whether it is the return, by its header and first elements or by the headings of its files."""
    if path.is_file() and XmlFile(KIND, "Message").is_meant(path):
        return _recognised_xml(path)
    found = {name for file in files_of(path) if (name := _file_of(beginning_of(file)))}
    if WORKER not in found:
        return None
    try:
        first = next(_csv_records(path, {name: [] for name in found}), None)
    except UnreadableReturn:
        first = None  # reading it says where and why
    return _in_words(Said(first[2]) if first else Said({}), tuple(sorted(found)))


def _recognised_xml(path: Path) -> Recognised | None:
    file = XmlFile(KIND, "Message")
    try:
        header = file.beginning(path, ("Header",))
        said = Said({} if header is None else {etree.QName(one).localname.lower(): one.text for one in header.iter()})
        if said.collection and said.collection.upper() == COLLECTION:
            return _in_words(said, ())
        worker = None if said.collection else file.beginning(path, (WORKER,))
    except UnreadableReturn:
        return None
    return None if worker is None else _in_words(said, ())


def _in_words(said: Said, parts: tuple[str, ...]) -> Recognised:
    words = [
        "Social work workforce return",
        f"authority {said.authority}" if said.authority else "no authority given",
        f"as at {date_words(said.day)}" if said.day else "no year given",
    ]
    return Recognised(KIND, ", ".join(words), said.day, parts, authority=said.authority)


READER = Reader("Social work workforce return", read_workforce, gives, recognise)
