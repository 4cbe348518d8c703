"""What moved between two releases, and why: by setting each record's answer in one beside its answer in the other.

Set beside each other once, when the newer is calculated, and kept: no page compares every record. Not here: why one
record moved (causes.py), or whether a move matters (a person says). Rule: a figure that moved is never shown without
its reason, and a figure that did not move may still rest on different rows: then it is given too, with the reason.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from holdfast.analytics.calculated import ROWS, Release, figures, release
from holdfast.analytics.calculated import _period as period_of
from holdfast.analytics.causes import LATE, REDEFINED, Between, Caused, Moved, caused, last_day, moved_rows
from holdfast.analytics.figure import Figure, Period
from holdfast.analytics.indicators.definitions import INDICATORS

if TYPE_CHECKING:
    from holdfast.analytics.store import Store


KIND: Final = "moves"
KEPT: Final = "moves.json"
LAYOUT: Final = 3
"""Raised when what is kept, or how it is laid out, changes: moves of the old layout are found anew."""


@dataclass(frozen=True)
class Move:
    """One figure that differs. `before` None: the older release did not give it; `after` None: the newer does not.

    n_new: records counted only now. n_gone: only then. n_changed: counted in both, with another answer. `causes` add up
    to the move of each count; () where the figure was not given by both, or only its days lengthened. `late_days`: of
    each record recorded late, by how many days at least.
    """

    indicator: str
    period: Period
    before: Figure | None
    after: Figure | None
    because: str
    n_new: int = 0
    n_gone: int = 0
    n_changed: int = 0
    causes: tuple[Caused, ...] = ()
    late_days: tuple[int, ...] = ()


def compare(store: "Store", older_id: str | None, newer_id: str) -> list[Move]:
    """Every figure, without breakdowns, that moved since an older release, in order of indicator and period.

    [] when there is no older one, or it is the same. Raises NoSuchFolder.
    """
    if older_id is None or older_id == newer_id:
        return []
    older, newer = release(store, older_id), release(store, newer_id)
    indicators = [*newer.versions, *(name for name in older.versions if name not in newer.versions)]
    between = Between(older, newer, (_snapshot(store, older), _snapshot(store, newer)))
    return [move for indicator in indicators for move in _moved(store, between, indicator)]


def _snapshot(store: "Store", found: Release) -> Path | None:
    """The history that a release was counted from. None where it is no longer kept."""
    from holdfast.analytics.store import NoSuchFolder

    try:
        return store.folder("snapshots", found.snapshot)
    except NoSuchFolder:
        return None


def keep_moves(store: "Store", older_id: str, newer_id: str) -> list[Move]:
    """What `compare` finds, kept for those who will read it. Kept before, it is the same folder."""
    from holdfast.analytics.calculation import as_facts  # heavy, and only what writes needs it

    moves = compare(store, older_id, newer_id)
    lines = [
        {
            "indicator": move.indicator,
            "period": as_facts(move.period),
            "before": _counts(move.before),
            "before_period": as_facts(move.before.period) if move.before else None,
            "after": _counts(move.after),
            "because": move.because,
            "records": [move.n_new, move.n_gone, move.n_changed],
            "causes": [list(vars(each).values()) for each in move.causes],
            "late_days": move.late_days,
        }
        for move in moves
    ]

    def build(folder: Path) -> Mapping[str, Any]:
        content = json.dumps(lines, ensure_ascii=False, separators=(",", ":"))
        (folder / KEPT).write_text(content, encoding="utf-8")
        return {"layout": LAYOUT, "between": [older_id, newer_id]}

    store.write_folder(KIND, build)
    return moves


def kept_moves(store: "Store", older_id: str, newer_id: str) -> list[Move]:
    """The moves between two releases as they were kept; found anew where they never were.

    Raises ChangedFolder where they are not as they were written, or NoSuchFolder.
    """
    for name in store.names(KIND):
        facts = store.facts(KIND, name)
        if facts["layout"] == LAYOUT and facts["between"] == [older_id, newer_id]:
            return [_move(line) for line in json.loads(store.content(KIND, name, KEPT))]
    return compare(store, older_id, newer_id)


def _counts(figure: Figure | None) -> list[int] | None:
    return None if figure is None else [figure.n_in, figure.n_not, figure.n_unknown]


def _move(line: Mapping[str, Any]) -> Move:
    period = period_of(line["period"])
    before = None if line["before"] is None else Figure(period_of(line["before_period"]), "", *line["before"])
    after = None if line["after"] is None else Figure(period, "", *line["after"])
    causes = tuple(Caused(*each) for each in line["causes"])
    n_new, n_gone, n_changed = line["records"]
    return Move(
        line["indicator"],
        period,
        before,
        after,
        line["because"],
        n_new,
        n_gone,
        n_changed,
        causes,
        tuple(line["late_days"]),
    )


def _moved(store: "Store", between: Between, indicator: str) -> Iterator[Move]:
    older, newer = between.older, between.newer
    before, after = _by_period(store, older, indicator), _by_period(store, newer, indicator)
    differences = _differences(older, newer, indicator)
    tables = INDICATORS[indicator].tables if indicator in INDICATORS else ()
    redefined = older.versions.get(indicator) != newer.versions.get(indicator)
    for period_id in [*after, *(name for name in before if name not in after)]:
        then, now = before.get(period_id), after.get(period_id)
        moved = differences.get(period_id, [])
        if then == now and not moved:
            continue
        given = now or then
        assert given is not None, "a period comes from one release or the other"
        if then is None or now is None:
            yield Move(indicator, given.period, then, now, "first given" if then is None else "no longer given")
            continue
        each_caused = [(record, REDEFINED if redefined else between.cause(record, tables)) for record in moved]
        causes = caused(each_caused)
        late_days = _late_days(each_caused, indicator, older)
        n_new, n_gone = sum(each.then is None for each in moved), sum(each.now is None for each in moved)
        # The same rows with the same answers, and yet another figure: only a longer part-year can do that.
        because = " and ".join(each.cause for each in causes) or "period lengthened"
        yield Move(
            indicator,
            given.period,
            then,
            now,
            because,
            n_new,
            n_gone,
            len(moved) - n_new - n_gone,
            causes,
            tuple(late_days),
        )


def _late_days(each_caused: Sequence[tuple[Moved, str]], indicator: str, older: Release) -> list[int]:
    """By how many days at least each record recorded late was so; none of a stock, whose records are of no day."""
    card = INDICATORS.get(indicator)
    if card is None or card.is_stock:
        return []
    known = last_day(older, card.tables[0])
    return sorted(max((known - record.event_on).days, 0) for record, cause in each_caused if cause == LATE)


def _by_period(store: "Store", found: Release, indicator: str) -> dict[str, Figure]:
    if indicator not in found.versions:
        return {}
    return {figure.period.id: figure for figure in figures(store, found.id, indicator)}


def _differences(older: Release, newer: Release, indicator: str) -> dict[str, list[Moved]]:
    """Period -> the records whose answer differs. Only periods with a difference."""
    if indicator not in older.versions or indicator not in newer.versions:
        return {}
    import pyarrow.compute as pc

    then, now = _answers(older, indicator, "then"), _answers(newer, indicator, "now")
    both = then.join(now, keys=["period", "unit_id"], join_type="full outer")
    same = pc.fill_null(pc.equal(both["then"], both["now"]), False)
    found: dict[str, list[Moved]] = {}
    for period, moved in moved_rows(both.filter(pc.invert(same))):
        found.setdefault(period, []).append(moved)
    return found


def _answers(found: Release, indicator: str, name: str) -> Any:
    """Each record's answer in each period, as 1, 0, or -1 for not known, with its child and its day."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    path = found.folder / ROWS / f"{indicator}.parquet"
    own = ["period", "unit_id", "child", "event_on", "in_numerator"]
    table = pq.read_table(path, columns=own, partitioning=None)
    answer = pc.fill_null(table["in_numerator"].cast(pa.int8()), -1)
    table = table.select(own[:-1]).rename_columns(["period", "unit_id", f"child_{name}", f"event_{name}"])
    return table.append_column(name, answer)
