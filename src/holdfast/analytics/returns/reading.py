"""What reading one file, or taking one extract, gave: whose it is, when it was true, and where its tables are.

Whoever reads says once what its kind gives: which tables, which of their columns, and from which day. What it can be
broken down by follows from the columns. Not here: who reads (one folder per kind, and the rooms that give extracts).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from holdfast.analytics.tables.contracts import TABLES


@dataclass(frozen=True)
class Gives:
    """What one reading as at a day gives: the columns it fills of each table, and the first day it holds of each.

    A table in `columns` and not in `since` is filled with what there is, and answers for no day.
    """

    columns: Mapping[str, tuple[str, ...]]
    since: Mapping[str, date]

    def as_facts(self) -> dict[str, Any]:
        return {
            "columns": {table: list(names) for table, names in self.columns.items()},
            "since": {table: day.isoformat() for table, day in self.since.items()},
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> "Gives":
        columns = {table: tuple(names) for table, names in facts["columns"].items()}
        return cls(columns, {table: date.fromisoformat(day) for table, day in facts["since"].items()})


def whole_tables(*names: str, since: date) -> Gives:
    """Every column of these tables, from one day: what an extract gives that a room writes itself."""
    return Gives({name: TABLES[name].column_names for name in names}, dict.fromkeys(names, since))


@dataclass(frozen=True)
class Reading:
    """One file or extract as Parquet: `folder` holds <table>.parquet for every table it gives, and faults.parquet.

    `authority` is the LEA code as sent, `year` the year the header names, `reference_date` the day the file describes;
    each None when the header does not say. `blocking`: sentences that say why it should not be kept; [] is good.
    `gives` says what is given when the reading is kept as at a day. `lost`: what all or most of was sent and could not
    be understood, in sentences: to be kept only by somebody who knows; `left_out` says so of parts of it that cannot be
    read as they stand, in the words in which they were recognised. `undated` says why no day is described, "" when
    the header says nothing of it.
    """

    kind: str
    source_sha256: str
    n_rows: Mapping[str, int]
    n_faults: Mapping[str, int]
    blocking: Sequence[str]
    folder: Path
    gives: Callable[[date], Gives]
    authority: str | None = None
    year: int | None = None
    reference_date: date | None = None
    lost: Sequence[str] = ()
    left_out: Sequence[str] = ()
    undated: str = ""


@dataclass(frozen=True)
class Recognised:
    """What a file, or a folder of files, says that it is, from its beginning alone, before anything is kept.

    `words` say so for a person: "Annex A workbook, 11 lists, as at 31 January 2014". `as_at` is the day it describes,
    None where it does not say; `parts` the files or sheets that make it up, () for one that has none. `authority` is
    the LEA code as sent, None where none is. `unknown`: what would not be read, in sentences; `left_out` the parts that
    are of this kind and cannot be, which somebody has to know first. `gives`: what it would give, where that is less
    than its kind does. No value of a child.
    """

    kind: str
    words: str
    as_at: date | None
    parts: tuple[str, ...] = ()
    authority: str | None = None
    unknown: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    gives: Callable[[date], Gives] | None = None


@dataclass(frozen=True)
class Reader:
    """How one kind of return is read: `read(file, into)`, and what it `gives` as at a day. Its folder has its name.

    `recognise` looks at the beginning of a file, or at a folder, and gives None when it is not of this kind. It never
    raises for what it is given.
    """

    title: str
    read: Callable[[Path, Path], Reading]
    gives: Callable[[date], Gives]
    recognise: Callable[[Path], Recognised | None]
