"""Reading a release: its figures, and the rows behind them. Nothing is calculated here, and nothing written.

Not here: what may be shown (disclosure.py) or to whom (the room that asks). Rule: what a release does not hold is
refused in a sentence that says what it does hold; it is never given as an empty answer.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdfast.analytics.breakdowns import BREAKDOWNS, NOT_KNOWN, breakdown_words
from holdfast.analytics.cover import NOT_HELD, Spans, as_spans, is_within, not_held_words
from holdfast.analytics.figure import Figure, Period
from holdfast.analytics.unknowns import WHY_COLUMNS

if TYPE_CHECKING:
    from holdfast.analytics.store import Store

FIGURES = "figures.parquet"
ROWS = "rows"
NOBODY = (0,) * (3 + len(WHY_COLUMNS))
NOT_GIVEN = "not given"
MOST_WITHOUT_A_GROUP = 20
"""Of this many, one may have no group. Our own line, the same as for what is not known of a year that is compared."""
OUTCOMES: Mapping[str, bool | None] = {"in": True, "not": False, "unknown": None}


class BreakdownNotHeld(LookupError):
    """The release has no such breakdown, because the data it was counted from does not hold it."""

    def __init__(self, breakdown: str, can: tuple[str, ...]) -> None:
        self.breakdown, self.can = breakdown, can
        given = ", ".join(breakdown_words(name) for name in can) or "none"
        asked = breakdown_words(breakdown)
        super().__init__(
            f"This release cannot be broken down by {asked}: its data does not hold it. It can give: {given}."
        )


class NotInRelease(LookupError):
    """The release does not have that indicator, period or outcome."""


@dataclass(frozen=True)
class Row:
    """One record's answer in one period. `in_numerator` None: not known. `groups`: its group in each breakdown that the
    release holds, None where that is not known. `child` None: a record that is of no child."""

    unit_id: str
    child: str | None
    event_on: date
    period: str
    in_numerator: bool | None
    elapsed: int | None
    due_on: date | None
    groups: Mapping[str, str | None]
    unknown_because: str | None = None
    """One of unknowns.REASONS. None: it is known, or the release did not keep why it is not."""


@dataclass(frozen=True)
class NotHeld:
    """A period for which an indicator is not held, and the words that say so: "not held", or which days are; or one
    that is not given by a breakdown, and why."""

    period: Period
    words: str
    short: str = NOT_HELD


@dataclass(frozen=True)
class Release:
    """The facts of one release, as kept with it. Immutable, so it is read once in each process.

    `periods` are those asked for; `given` are those in which an indicator is held, and `spans` the days on which it is.
    `sources` says which kind of load answered for which days of each table, as calculation.facts_of keeps it.
    """

    id: str
    folder: Path
    periods: Mapping[str, Period]
    versions: Mapping[str, int]
    can_break_down: tuple[str, ...]
    given: Mapping[str, Mapping[str, Period]]
    spans: Mapping[str, Spans]
    sources: Mapping[str, Any]
    snapshot: str = ""
    """The history that it was counted from, by its name in the store."""
    told_apart: Mapping[str, Spans] = field(default_factory=dict)
    """The days on which each of these breakdowns is filled; one that is not here is filled throughout."""

    def check(self, indicator: str, breakdown: str = "") -> None:
        """Raises NotInRelease or BreakdownNotHeld for what the release does not have."""
        if indicator not in self.versions:
            raise NotInRelease(f"This release has no {indicator}. It has: {', '.join(self.versions)}.")
        if breakdown and breakdown not in self.can_break_down:
            raise BreakdownNotHeld(breakdown, self.can_break_down)


def release(store: "Store", calculation_id: str) -> Release:
    """The facts of a release. Raises NoSuchFolder."""
    return _release(store.root, calculation_id)


@lru_cache(maxsize=64)
def _release(root: Path, calculation_id: str) -> Release:
    from holdfast.analytics.store import Store

    store = Store(root)
    facts = store.facts("releases", calculation_id)
    return Release(
        id=calculation_id,
        folder=store.folder("releases", calculation_id),
        periods={fact["id"]: _period(fact) for fact in facts["periods"]},
        versions=dict(facts["indicators"]),
        can_break_down=tuple(facts["can_break_down"]),
        snapshot=facts["snapshot"],
        told_apart={name: as_spans(spans) for name, spans in facts.get("told_apart", {}).items()},
        **_held(facts),
    )


def _held(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What of each indicator is held. A release of the first layout took every indicator to be held throughout."""
    span = (facts["first_day"], facts["as_at"])
    throughout = {"indicators": facts["indicators"], "spans": [span], "periods": facts["periods"]}
    given: dict[str, Mapping[str, Period]] = {}
    spans: dict[str, Spans] = {}
    for group in facts.get("held", [throughout]):
        periods = {fact["id"]: _period(fact) for fact in group["periods"]}
        given |= dict.fromkeys(group["indicators"], periods)
        spans |= dict.fromkeys(group["indicators"], as_spans(group["spans"]))
    return {"given": given, "spans": spans, "sources": facts.get("sources", {})}


def _period(fact: Mapping[str, Any]) -> Period:
    dates = {name: date.fromisoformat(fact[name]) for name in ("starts_on", "ends_on")}
    return Period(fact["id"], fact["kind"], words=fact["words"], is_part=fact["is_part"], **dates)


@lru_cache(maxsize=16)
def _counts(path: Path) -> dict[tuple[str, str], dict[tuple[str, str], list[int]]]:
    """(indicator, breakdown) -> (period, group) -> in, not in, not known; then not known by why, where it was kept."""
    import pyarrow.parquet as pq

    found: dict[tuple[str, str], dict[tuple[str, str], list[int]]] = {}
    columns = pq.read_table(path).to_pydict()
    reasons = [name for name in WHY_COLUMNS.values() if name in columns]
    names = ("indicator", "breakdown", "period", "group", "n_in", "n_not", "n_unknown", *reasons)
    for indicator, breakdown, period, group, *counts in zip(*(columns[name] for name in names), strict=True):
        found.setdefault((indicator, breakdown), {})[(period, group)] = counts
    return found


def figures(store: "Store", calculation_id: str, indicator: str, breakdown: str = "") -> list[Figure]:
    """An indicator's figures: months in order, then years; for a breakdown, each of its groups in every period.

    A period in which nothing was counted is a figure of three noughts; one in which the indicator is not held is not
    among them (not_held), nor is one that is not told apart by the breakdown. Without a breakdown the group is "".
    Raises NoSuchFolder, NotInRelease or BreakdownNotHeld.
    """
    found = release(store, calculation_id)
    found.check(indicator, breakdown)
    counts = _counts(found.folder / FIGURES).get((indicator, breakdown), {})
    groups = BREAKDOWNS[breakdown].in_order({group for _, group in counts}) if breakdown else [""]
    given = list(found.given[indicator].values())
    if breakdown in found.told_apart:
        given = [each for each in given if _is_told_apart(each, found.told_apart[breakdown], counts)]
    places = [(period, group) for period in given for group in groups]
    every = ((period, group, counts.get((period.id, group), NOBODY)) for period, group in places)
    return [Figure(period, group, each[0], each[1], each[2], tuple(each[3:])) for period, group, each in every]


def _is_told_apart(period: Period, spans: Spans, counts: Mapping[tuple[str, str], Sequence[int]]) -> bool:
    """Whether the breakdown is filled on all of a period's days, and nearly all that was counted has a group.

    Of months soon after lists begin only what is still open has one, so that each group looks worse than it is.
    """
    if not is_within(period, spans):
        return False
    every = {group: sum(each[:3]) for (name, group), each in counts.items() if name == period.id}
    return every.get(NOT_KNOWN, 0) * MOST_WITHOUT_A_GROUP <= sum(every.values())


def not_held(store: "Store", calculation_id: str, indicator: str, breakdown: str = "") -> list[NotHeld]:
    """The periods asked for in which an indicator is not held: months in order, then years. With a breakdown, those too
    on whose days it is filled and that are not given by it. Raises as figures does."""
    found = release(store, calculation_id)
    found.check(indicator, breakdown)
    given, spans = found.given[indicator], found.spans[indicator]
    gaps = [NotHeld(one, not_held_words(one, spans)) for one in found.periods.values() if one.id not in given]
    if breakdown not in found.told_apart:
        return gaps
    counts, filled = _counts(found.folder / FIGURES).get((indicator, breakdown), {}), found.told_apart[breakdown]
    why = f"{NOT_GIVEN} by {breakdown_words(breakdown)}: more than one record in {MOST_WITHOUT_A_GROUP} has none"
    return gaps + [
        NotHeld(period, why, NOT_GIVEN)
        for period in given.values()
        if is_within(period, filled) and not _is_told_apart(period, filled, counts)
    ]


def rows(
    store: "Store",
    calculation_id: str,
    indicator: str,
    *,
    period: str | None = None,
    outcome: str | None = None,
    breakdown: str = "",
    group: str = "",
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[Row], int]:
    """A page of the rows behind a figure, in order of period and record, and how many there are in all.

    `outcome`: "in", "not" or "unknown"; None for all. With a breakdown, only the rows of its `group` ("not known" for
    those whose group is not known); a breakdown with no group narrows nothing. The reader's permission is the caller's
    to check. Raises NoSuchFolder, NotInRelease or BreakdownNotHeld.
    """
    import pyarrow.parquet as pq

    found = release(store, calculation_id)
    found.check(indicator, breakdown)
    wanted = _wanted(found, period, outcome, breakdown, group)
    # A schema read from the file alone: the folder's name is not a column.
    table = pq.read_table(found.folder / ROWS / f"{indicator}.parquet", filters=wanted, partitioning=None)
    page = table.slice(max(offset, 0), max(limit, 0)).to_pylist()
    return [_row(row, found.can_break_down) for row in page], int(table.num_rows)


def children_of(
    store: "Store",
    calculation_id: str,
    indicator: str,
    *,
    period: str,
    outcome: str | None = None,
    by: Sequence[str] = (),
    records: Collection[str] | None = None,
) -> dict[str, tuple[str | None, ...]]:
    """Each child with a record there, to its group in each breakdown of `by` (None: not known). A sampling frame.

    One entry a child: the groups are those of the last of its records. A record of no child is left out. `outcome` as
    in rows; `records`: only these. Raises NoSuchFolder, NotInRelease or BreakdownNotHeld.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    found = release(store, calculation_id)
    for breakdown in by or ("",):
        found.check(indicator, breakdown)
    # Columns alone, never a Row each: a frame may be a whole authority.
    file, wanted = found.folder / ROWS / f"{indicator}.parquet", _wanted(found, period, outcome, "", "")
    if records is not None:
        wanted &= pc.field("unit_id").isin(pa.array(sorted(records), pa.string()))
    table = pq.read_table(file, columns=["child", *by], filters=wanted, partitioning=None)
    children, *groups = (table.column(name).to_pylist() for name in ("child", *by))
    every = zip(*groups, strict=True) if groups else ((),) * len(children)
    return {child: own for child, own in zip(children, every, strict=True) if child is not None}


def records_of(
    store: "Store", calculation_id: str, indicator: str, *, period: str, outcome: str | None = None
) -> frozenset[str]:
    """The ids of the records behind a figure. `outcome` as in rows. Raises NoSuchFolder or NotInRelease."""
    import pyarrow.parquet as pq

    found = release(store, calculation_id)
    found.check(indicator, "")
    file, wanted = found.folder / ROWS / f"{indicator}.parquet", _wanted(found, period, outcome, "", "")
    return frozenset(pq.read_table(file, columns=["unit_id"], filters=wanted, partitioning=None)["unit_id"].to_pylist())


def _row(kept: Mapping[str, Any], can: tuple[str, ...]) -> Row:
    own: dict[str, Any] = {field.name: kept.get(field.name) for field in fields(Row) if field.name != "groups"}
    return Row(**own, groups={breakdown: kept[breakdown] for breakdown in can})


def _wanted(found: Release, period: str | None, outcome: str | None, breakdown: str, group: str) -> Any:
    """A filter on the rows, or None for all of them."""
    import pyarrow.compute as pc

    conditions = []
    if period is not None:
        if period not in found.periods:
            raise NotInRelease(f"This release has no figures for {period}.")
        conditions.append(pc.field("period") == period)
    if outcome is not None:
        if outcome not in OUTCOMES:
            raise NotInRelease(f"An outcome is one of {', '.join(OUTCOMES)}.")
        answer, field = OUTCOMES[outcome], pc.field("in_numerator")
        conditions.append(field.is_null() if answer is None else field == answer)
    if breakdown and group:
        field = pc.field(breakdown)
        conditions.append(field.is_null() if group == NOT_KNOWN else field == group)
    wanted = None
    for condition in conditions:
        wanted = condition if wanted is None else wanted & condition
    return wanted
