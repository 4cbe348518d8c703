"""Which load answers for which days of a table: the kinds' order of precedence, and what each load gives.

On a day that loads of two kinds give, the kind named first in the table's `supplied_by` answers; of one kind, the load
with the later as-at date. Not here: merging their rows (history.py). Rule: what answers for a day is said with it.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pyarrow.parquet as pq

from holdfast.analytics.cover import Cover, Part, Span, Spans, joined
from holdfast.analytics.returns import readers
from holdfast.analytics.returns.reading import Gives
from holdfast.analytics.store import Load
from holdfast.analytics.tables.contracts import TABLES

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Source:
    """A load at its place in as-at order, and what it gives, read to today's contracts."""

    place: int
    load: Load
    gives: Gives

    @property
    def kind(self) -> str:
        return self.load.kind

    @property
    def as_at(self) -> date:
        return self.load.as_at

    def span(self, table: str) -> Span | None:
        """The days of a table that it answers for."""
        since = self.gives.since.get(table)
        return None if since is None or since > self.as_at else (since, self.as_at)

    def rank(self, table: str) -> int:
        """The place of its kind among those that supply the table; a kind that is not named stands last."""
        named = TABLES[table].supplied_by
        return named.index(self.kind) if self.kind in named else len(named)


def sources_of(loads: Sequence[Load]) -> list[Source]:
    """The loads, given in as-at order, with what each gives."""
    return [Source(place, load, _gives(load)) for place, load in enumerate(loads)]


def _gives(load: Load) -> Gives:
    """What the load said; or, kept before loads said so, what its kind gives as far as its files go."""
    said = load.gives or readers()[load.kind].gives(load.as_at)
    columns = {}
    for table, names in said.columns.items():
        path = load.table(table) if table in TABLES else None
        if path is not None:
            has = set(pq.read_schema(path).names) & set(TABLES[table].column_names)
            columns[table] = tuple(name for name in names if name in has)
    return Gives(columns, {table: day for table, day in said.since.items() if table in columns})


def cover_of(sources: Sequence[Source]) -> Cover:
    """Which load answers for each day of each table, and the columns that others fill up."""
    cover = Cover({table: parts for table in TABLES if (parts := tuple(_parts(sources, table)))})
    answered, filled = cover.answered(), dict[str, Spans]()
    for source in sources:
        for table, names in source.gives.columns.items():
            if span := source.span(table):
                filled |= {name: joined(filled.get(name, ()), (span,)) for name in names if name not in answered}
    return replace(cover, filled=filled)


def _parts(sources: Sequence[Source], table: str) -> Iterable[Part]:
    giving = [(span, source) for source in sources if (span := source.span(table))]
    turns = sorted({day for (first, last), _ in giving for day in (first, last + _DAY)})
    parts: list[Part] = []
    for first, after in itertools.pairwise(turns):
        there = [source for span, source in giving if span[0] <= first <= span[1]]
        if not there:
            continue
        best = min(there, key=lambda source: (source.rank(table), -source.place))
        over = tuple(sorted({source.kind for source in there} - {best.kind}))
        columns = frozenset(best.gives.columns[table])
        part = Part(first, after - _DAY, best.kind, best.load.id, columns, over)
        before = parts[-1] if parts else None
        if before and before.last + _DAY == first and (before.load, before.over) == (part.load, part.over):
            parts[-1] = Part(before.first, part.last, part.kind, part.load, columns, over)
        else:
            parts.append(part)
    return parts


def spans_before(sources: Sequence[Source], source: Source, table: str) -> Spans:
    """The days of a table that a kind answers for which stands before this source's."""
    higher = (other for other in sources if other.rank(table) < source.rank(table))
    return joined(*((span,) for other in higher if (span := other.span(table))))
