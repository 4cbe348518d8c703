"""Definitions x periods x breakdowns on a snapshot -> integers, written once as a release that is named by its content.

Not here: reading a release (calculated.py), what moved since another (moves.py), or what may be shown of it
(disclosure.py). Rule: integers only, and the same snapshot gives the same release on every engine: rows are sorted by
their bytes, and the engine that counted is told to the caller but is no part of the content.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from holdfast.analytics.breakdowns import BREAKDOWNS, NOT_KNOWN
from holdfast.analytics.calculated import FIGURES, ROWS
from holdfast.analytics.calendar import periods
from holdfast.analytics.cover import Cover, Spans, as_pairs, common, held_periods, is_within
from holdfast.analytics.engines import Engine, Session
from holdfast.analytics.figure import Period
from holdfast.analytics.indicators.blocks import ASKED_SCHEMA, ROW_SCHEMA, with_groups
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.definitions import INDICATORS
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import WHY_COLUMNS

if TYPE_CHECKING:
    from holdfast.analytics.history import Snapshot
    from holdfast.analytics.store import Store

# Raised when what a release holds, or how it is laid out, changes: a release of the old layout keeps its own name.
LAYOUT = 5
# Rows are sorted by period: pieces of this many let a reader of one month skip the others.
ROWS_IN_A_PIECE = 20_000


class NoSuchIndicator(LookupError):
    """There is no indicator of that id."""

    def __init__(self, indicator: str) -> None:
        super().__init__(f"There is no indicator {indicator}. There are: {', '.join(INDICATORS)}.")


@dataclass(frozen=True)
class Calculation:
    """A finished calculation. `id` is the hash of its content; `engine` says what counted it, and never an address."""

    id: str
    snapshot_id: str
    engine: str
    as_at: date
    folder: Path
    n_figures: int
    can_break_down: tuple[str, ...]


def calculate(
    snapshot: "Snapshot",
    *,
    engine: Engine,
    store: "Store",
    first_month: str,
    last_month: str,
    indicators: Sequence[str] | None = None,
) -> Calculation:
    """Count every definition (or those named) for each month and financial year, and keep the counts and their rows.

    A definition is counted for the periods in which every table and column that it needs is held (cover.held_periods);
    for the others of the months asked for, the release says that it is not held. A breakdown that the snapshot does
    not hold is left out, and `can_break_down` says which are in. The same question of the same snapshot gives the same
    release. Raises NoSuchIndicator, EngineUnavailable, or ValueError for months.
    """
    definitions = [chosen(indicator) for indicator in (INDICATORS if indicators is None else indicators)]
    asked = periods(first_month, last_month, snapshot.as_at)
    can = tuple(name for name in BREAKDOWNS if name in snapshot.holds)
    groups = grouped(definitions, snapshot.cover, asked)
    only = partly_told(snapshot.cover, can)

    def build(folder: Path) -> Mapping[str, Any]:
        needed = sorted({table for definition in definitions for table in definition.tables})
        with engine.open(snapshot, tables=needed) as (session, held):
            n_figures = write(session, held, groups, can, folder, only)
        told = {"told_apart": {name: as_pairs(spans) for name, spans in only.items()}} if only else {}
        return facts_of(snapshot, asked, groups, can) | told | {"n_figures": n_figures}

    name = store.write_folder("releases", build)
    return Calculation(
        id=name,
        snapshot_id=snapshot.id,
        engine=engine.name,
        as_at=snapshot.as_at,
        folder=store.folder("releases", name),
        n_figures=int(store.facts("releases", name)["n_figures"]),
        can_break_down=can,
    )


def rehearse(snapshot: "Snapshot", *, engine: Engine) -> None:
    """Load and compile what a calculation of the snapshot asks, and ask nothing: the first then takes no longer.

    Raises EngineUnavailable.
    """
    import ibis

    can = tuple(name for name in BREAKDOWNS if name in snapshot.holds)
    with engine.open(snapshot, tables=()) as (session, held):

        def keep(name: str, expression: Any) -> Any:
            session.compiled(expression)
            return ibis.table(expression.schema(), name=name)

        for group in grouped(tuple(INDICATORS.values()), snapshot.cover, ()):
            its_own = replace(held, keep=keep, kept={})
            for definition in group.definitions if group.spans else ():
                session.compiled(definition.rows(its_own))
        answered = _with_groups()
        session.compiled(answered)
        session.compiled(counts(ibis.table(answered.schema(), name="answered"), can))


def chosen(indicator: str) -> Definition:
    """The definition of this id. Raises NoSuchIndicator."""
    try:
        return INDICATORS[indicator]
    except KeyError:
        raise NoSuchIndicator(indicator) from None


@dataclass(frozen=True)
class Group:
    """Definitions that are held on the same days, which are counted for the same periods."""

    definitions: tuple[Definition, ...]
    spans: Spans
    periods: tuple[Period, ...]


def grouped(definitions: Sequence[Definition], cover: Cover, asked: Sequence[Period]) -> list[Group]:
    """The definitions by the days on which all that each needs is held and it judges, in their own order."""
    from holdfast.analytics.indicators.needs import needs_of  # loads the expressions' library, which no page needs

    by_spans: dict[Spans, list[Definition]] = {}
    for definition in definitions:
        spans = cover.of(dict.fromkeys(definition.tables, ()))
        if spans:  # asked only then: which columns it needs is found by following its whole expression
            spans = cover.of(needs_of(definition), definition.filled_up)
        if definition.judged_from:
            spans = common(spans, ((definition.judged_from, date.max),))
        by_spans.setdefault(spans, []).append(definition)
    return [Group(tuple(found), spans, held_periods(asked, spans)) for spans, found in by_spans.items()]


def partly_told(cover: Cover, can: Sequence[str]) -> dict[str, Spans]:
    """The breakdowns by what the returns that answer do not fill, each with the days on which another fills it up.

    Of another day hardly any record has a group: that is no change in the council's work, and no series begins there.
    """
    filled = {name: cover.filled_on(tuple(BREAKDOWNS[name].carried.values())) for name in can}
    return {name: spans for name, spans in filled.items() if spans is not None}


def facts_of(
    snapshot: "Snapshot", asked: Sequence[Period], groups: Sequence[Group], can: Sequence[str]
) -> dict[str, Any]:
    """What is kept of how a release was made. Which engine counted it is left out, because it makes no difference.

    `periods` are those asked for; `held` says which of them each indicator is given for, and on which days it is held;
    `sources` which kind of load answered for which days of each table, and which kinds it stood before.
    """
    versions = {definition.id: definition.version for group in groups for definition in group.definitions}
    return {
        "layout": LAYOUT,
        "snapshot": snapshot.id,
        "as_at": snapshot.as_at.isoformat(),
        "first_day": snapshot.first_day.isoformat(),
        "periods": [as_facts(period) for period in asked],
        "indicators": {name: versions[name] for name in INDICATORS if name in versions},
        "held": [
            {
                "indicators": [definition.id for definition in group.definitions],
                "spans": as_pairs(group.spans),
                "periods": [as_facts(period) for period in group.periods],
            }
            for group in groups
        ],
        "sources": snapshot.cover.source_facts(),
        "can_break_down": list(can),
    }


def as_facts(period: Period) -> dict[str, Any]:
    """A period as it is kept with the release, so that a later change of words cannot change an old release."""
    return {
        "id": period.id,
        "kind": period.kind,
        "starts_on": period.starts_on.isoformat(),
        "ends_on": period.ends_on.isoformat(),
        "words": period.words,
        "is_part": period.is_part,
    }


def write(
    session: Session,
    held: Held,
    groups: Sequence[Group],
    can: Sequence[str],
    folder: Path,
    only: Mapping[str, Spans] = MappingProxyType({}),
) -> int:
    """Write each definition's rows, and all the figures, into the folder. Gives how many figures there are.

    `only`: the days of a breakdown that is not counted for every period (partly_told).
    """
    import ibis
    import pyarrow as pa
    import pyarrow.parquet as pq

    (folder / ROWS).mkdir()
    figures = []

    def write_rows(rows: Any, definition: Definition) -> None:
        file = folder / ROWS / f"{definition.id}.parquet"
        pq.write_table(rows, file, compression="zstd", row_group_size=ROWS_IN_A_PIECE)

    answered_by_none = ibis.table(ROW_SCHEMA, name="answered")
    no_rows, no_counts = _nothing(answered_by_none), _nothing(counts(answered_by_none, ()))
    for group in groups:
        if not group.periods:  # of no period is all held that these need: there is nothing to ask
            for definition in group.definitions:
                write_rows(no_rows, definition)
                figures.append(labelled(no_counts, definition))
            continue
        session.load_periods(group.periods)
        within = {name: _within(spans, group.periods) for name, spans in only.items()}
        with keeping(session, held) as kept_once:
            for definition in group.definitions:
                with answered(session, kept_once, definition) as rows:
                    found = session.run(counts(rows, can, within))
                    kept = session.run(rows.select(*ROW_SCHEMA))
                figures.append(labelled(found, definition))
                write_rows(in_order(without(kept, can), ("period", "unit_id")), definition)
    every = in_order(pa.concat_tables(figures), ("indicator", "breakdown", "period", "group"))
    pq.write_table(every, folder / FIGURES, compression="zstd")
    return int(every.num_rows)


def _nothing(asked: Any) -> Any:
    """The answer to a question that no row answers, as an engine would give it."""
    return asked.schema().to_pyarrow().empty_table()


def _within(spans: Spans, periods: Sequence[Period]) -> list[str]:
    """The periods all of whose days are among these."""
    return [period.id for period in periods if is_within(period, spans)]


@contextmanager
def keeping(session: Session, held: Held) -> Iterator[Held]:
    """The same tables, where what definitions ask for `once` is worked out the first time and kept until the end."""
    with ExitStack() as stack:

        def keep(name: str, expression: Any) -> Any:
            return stack.enter_context(session.kept(name, expression))

        yield replace(held, keep=keep, kept={})


@contextmanager
def answered(session: Session, held: Held, definition: Definition) -> Iterator[Any]:
    """The definition's rows as a release keeps them, worked out once, as a table to ask further questions of.

    The definition is given a name and the groups are worked out from that name: being then the same for every
    definition, that part is turned into SQL once and not fourteen times.
    """
    with session.named("asked", definition.rows(held)), session.kept("answered", _with_groups()) as rows:
        yield rows


@lru_cache(maxsize=1)
def _with_groups() -> Any:
    import ibis

    calendar_only = Held(first_day=date.min, as_at=date.max)
    return with_groups(calendar_only, ibis.table(ASKED_SCHEMA, name="asked"))


def counts(rows: Any, breakdowns: Sequence[str], within: Mapping[str, Sequence[str]] = MappingProxyType({})) -> Any:
    """How many are in, not in and not known, and these by why, per period, breakdown ("" is everybody) and group.

    `within`: the periods of a breakdown that is not counted for all.
    """
    import ibis

    parts, every = [], rows
    for breakdown in ("", *breakdowns):
        if breakdown in within and not within[breakdown]:
            continue
        rows = every.filter(every.period.isin(within[breakdown])) if breakdown in within else every
        group = rows[breakdown].coalesce(NOT_KNOWN) if breakdown else ibis.literal("")
        named = rows.mutate(breakdown=ibis.literal(breakdown), group=group)
        parts.append(
            named.group_by("period", "breakdown", "group").aggregate(
                n_in=named.count(where=named.in_numerator),
                n_not=named.count(where=~named.in_numerator),
                n_unknown=named.count(where=named.in_numerator.isnull()),
                **{
                    column: named.count(where=named.unknown_because == reason) for reason, column in WHY_COLUMNS.items()
                },
            )
        )
    return ibis.union(*parts)


def counted(
    session: Session, held: Held, definitions: Sequence[Definition], breakdowns: Sequence[str]
) -> Iterator[tuple[Definition, Any]]:
    """Each definition with its counts as an Arrow table, and nothing written."""
    with keeping(session, held) as held:
        for definition in definitions:
            with answered(session, held, definition) as rows:
                yield definition, session.run(counts(rows, breakdowns))


def labelled(found: Any, definition: Definition) -> Any:
    """Counts with the indicator and the version that gave them."""
    import pyarrow as pa

    n = found.num_rows
    found = found.add_column(0, "indicator", pa.array([definition.id] * n, pa.string()))
    return found.add_column(1, "version", pa.array([definition.version] * n, pa.int32()))


def without(rows: Any, can: Sequence[str]) -> Any:
    """Rows with the breakdowns that are not held made NULL: what a snapshot cannot give must not seem to be there."""
    import pyarrow as pa

    for breakdown in set(BREAKDOWNS) - set(can):
        empty = pa.nulls(rows.num_rows, pa.string())
        rows = rows.set_column(rows.schema.get_field_index(breakdown), breakdown, empty)
    return rows


def in_order(rows: Any, names: Sequence[str]) -> Any:
    """Rows sorted by these columns, text by its bytes: the same on every engine and machine."""
    return rows.sort_by([(name, "ascending") for name in names]).combine_chunks()
