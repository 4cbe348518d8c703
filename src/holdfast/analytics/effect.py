"""What one return answers for beside those that are kept, before or after it is: days of tables, and so indicators.

Not here: by how much a figure moves (moves.py), which only a release can say. Rule: whatever another kind answers for
is said with that kind; of those days this return only fills up what the other leaves empty (docs/decisions/0077).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from holdfast.analytics.cover import Cover, Span, Spans, common, joined
from holdfast.analytics.indicators.definitions import INDICATORS
from holdfast.analytics.returns.reading import Gives
from holdfast.analytics.sources import Source, cover_of, sources_of
from holdfast.analytics.store import Load, Store

NOT_KEPT: Final = "not kept yet"
WHO: Final = "person"
"""Who a child is hangs on every figure, and moves hardly any."""


@dataclass(frozen=True)
class TableEffect:
    """One table: the days of it that the return answers for, and by kind those that others answer for before it.

    Both empty: it is filled with what there is, and answers for no day.
    """

    table: str
    answers: Spans
    others: Mapping[str, Spans]


@dataclass(frozen=True)
class Effect:
    """What a return answers for, table by table, and the ids of the indicators that it can move and cannot."""

    tables: Sequence[TableEffect]
    can_move: Sequence[str]
    cannot_move: Sequence[str]

    @property
    def stand_before(self) -> Sequence[str]:
        """The kinds that answer for days of its tables before it; who a child is decides none of them."""
        return tuple(sorted({kind for table in self.tables if table.table != WHO for kind in table.others}))


def effect_of(store: Store, load_ids: Sequence[str], load_id: str) -> Effect:
    """What a load that is kept answers for among these, itself one of them. Raises NoSuchFolder."""
    sources = _in_order([store.load(name) for name in load_ids])
    return _effect(sources, next(source for source in sources if source.load.id == load_id))


def effect_of_new(store: Store, load_ids: Sequence[str], kind: str, as_at: date, gives: Gives) -> Effect:
    """What a return would answer for beside these, once it is kept as at a day. Raises NoSuchFolder."""
    kept = _in_order([store.load(name) for name in load_ids])
    n_before = sum(source.as_at <= as_at for source in kept)
    new = Source(n_before, Load(NOT_KEPT, kind, None, as_at, {}, {}, Path(NOT_KEPT)), gives)
    later = [replace(source, place=source.place + 1) for source in kept[n_before:]]
    return _effect([*kept[:n_before], new, *later], new)


def _in_order(loads: Sequence[Load]) -> list[Source]:
    return sources_of(sorted(loads, key=lambda load: load.as_at))


def _effect(sources: Sequence[Source], own: Source) -> Effect:
    cover = cover_of(sources)
    tables = [_table_effect(name, own, cover) for name in own.gives.columns]
    answered = {table.table for table in tables if table.answers} - {WHO}
    about = {table.table for table in tables} - {WHO}
    needing = {name: about & set(definition.tables) for name, definition in INDICATORS.items()}
    needing = {name: needed for name, needed in needing.items() if needed}
    can = tuple(name for name, needed in needing.items() if answered & needed)
    return Effect(tables, can, tuple(name for name in needing if name not in can))


def _table_effect(name: str, own: Source, cover: Cover) -> TableEffect:
    span = own.span(name)
    answers, others = list[Span](), dict[str, Spans]()
    for part in cover.tables.get(name, ()) if span else ():
        days = common(((part.first, part.last),), (span,)) if span else ()
        if part.load == own.load.id:
            answers += days
        elif days:
            others[part.kind] = joined(others.get(part.kind, ()), days)
    return TableEffect(name, joined(tuple(answers)), others)
