"""What rooms give to be measured: each registers an extract, which becomes a load like any return that was read.

An extract is whole, and as at the day it was taken: past days are answered from the dates that its rows carry, from
the first day its records are known. The same rows on the same day are the same load. Rule: performance never knows who
registered; a room above says what its kind is called, and gives rows of tables that analytics has contracts for.
"""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from holdfast import analytics
from holdfast.organisation.models import Programme
from holdfast.performance.keeping import store

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Columns(Sequence[Mapping[str, Any]]):
    """Rows of a table as its columns: for a room that gives hundreds of thousands, of which none need be made one."""

    columns: Mapping[str, Sequence[Any]]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __getitem__(self, place: Any) -> Any:
        return {name: values[place] for name, values in self.columns.items()}


def columns_of(names: Sequence[str], lots: Iterable[Iterable[Iterable[Any]]]) -> Columns:
    """Columns of these names: each lot has the next values of every one of them, in their order."""
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for lot in lots:
        for column, values in zip(columns.values(), lot, strict=True):
            column.extend(values)
    return Columns(columns)


@dataclass(frozen=True)
class Given:
    """What a room holds of a programme: rows by table, and the first day that its records are known."""

    since: date
    tables: Mapping[str, Rows]


Take = Callable[[Programme, date], Given | None]
"""A room's rows of a programme as at a day. None: the room has nothing of the programme, so nothing is held."""


@dataclass(frozen=True)
class Extract:
    """A registered kind of extract: its name among the contracts' `supplied_by`, and what pages call it."""

    kind: str
    title: str
    take: Take


@dataclass(frozen=True)
class Taken:
    """One extract as it was kept: its load, and how many rows of each table."""

    kind: str
    title: str
    load_id: str
    as_at: date
    n_rows: Mapping[str, int]

    def in_words(self) -> str:
        rows = ", ".join(f"{table} {count:,}" for table, count in self.n_rows.items())
        return f"{self.title}, as at {self.as_at}: {rows}. Load {self.load_id[:8]}."


_extracts: dict[str, Extract] = {}


def register_extract(kind: str, title: str, take: Take) -> None:
    """Called once by each room that is measured, when the application starts."""
    _extracts[kind] = Extract(kind, title, take)


def titles() -> Mapping[str, str]:
    """What pages call each kind of load: the returns that can be read, and the rooms' extracts."""
    kinds = {kind: reader.title for kind, reader in analytics.readers().items()}
    return kinds | {kind: extract.title for kind, extract in _extracts.items()}


def take_extracts(programme: Programme, as_at: date) -> list[Taken]:
    """Take every registered extract of a programme and keep each as a load."""
    taken = []
    for extract in _extracts.values():
        given = extract.take(programme, as_at)
        if given is not None:
            taken.append(_keep(extract, given, as_at))
    return taken


def _keep(extract: Extract, given: Given, as_at: date) -> Taken:
    aside = Path(settings.HOLDFAST_DATA) / "reading"
    aside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=aside, prefix=f"{extract.kind}-") as folder:
        tables = {name: rows.columns if isinstance(rows, Columns) else rows for name, rows in given.tables.items()}
        reading = analytics.write_extract(extract.kind, tables, since=given.since, into=Path(folder))
        load_id = store().keep(reading, as_at=as_at)
    return Taken(extract.kind, extract.title, load_id, as_at, reading.n_rows)
