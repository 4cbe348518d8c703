"""What moved between two releases, and why: by setting each record's answer in one beside its answer in the other.

Set beside each other once, when the newer is calculated, and kept: no page compares every record. Not here: whether a
move matters (a person says). Rule: a figure that moved is never shown without its reason, and a figure that did not
move may still rest on different rows: then it is given too, with the reason.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from holdfast.analytics.calculated import ROWS, Release, figures, release
from holdfast.analytics.calculated import _period as period_of
from holdfast.analytics.figure import Figure, Period

if TYPE_CHECKING:
    from holdfast.analytics.store import Store


KIND: Final = "moves"
KEPT: Final = "moves.json"
LAYOUT: Final = 1
"""Raised when what is kept, or how it is laid out, changes: moves of the old layout are found anew."""


@dataclass(frozen=True)
class Move:
    """One figure that differs. `before` None: the older release did not give it; `after` None: the newer does not.

    n_new: records counted only now. n_gone: only then. n_changed: counted in both, with another answer.
    """

    indicator: str
    period: Period
    before: Figure | None
    after: Figure | None
    because: str
    n_new: int = 0
    n_gone: int = 0
    n_changed: int = 0


def compare(store: "Store", older_id: str | None, newer_id: str) -> list[Move]:
    """Every figure, without breakdowns, that moved since an older release, in order of indicator and period.

    [] when there is no older one, or it is the same. Raises NoSuchFolder.
    """
    if older_id is None or older_id == newer_id:
        return []
    older, newer = release(store, older_id), release(store, newer_id)
    indicators = [*newer.versions, *(name for name in older.versions if name not in newer.versions)]
    return [move for indicator in indicators for move in _moved(store, older, newer, indicator)]


def keep_moves(store: "Store", older_id: str, newer_id: str) -> list[Move]:
    """What `compare` finds, kept for those who will read it. Kept before, it is the same folder."""
    from holdfast.analytics.calculation import as_facts  # heavy, and only what writes needs it

    moves = compare(store, older_id, newer_id)
    lines = [
        {
            "indicator": move.indicator,
            "period": as_facts(move.period),
            "before": _counts(move.before),
            "after": _counts(move.after),
            "because": move.because,
            "records": [move.n_new, move.n_gone, move.n_changed],
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
    before, after = (None if line[name] is None else Figure(period, "", *line[name]) for name in ("before", "after"))
    return Move(line["indicator"], period, before, after, line["because"], *line["records"])


def _moved(store: "Store", older: Release, newer: Release, indicator: str) -> Iterator[Move]:
    before, after = _by_period(store, older, indicator), _by_period(store, newer, indicator)
    differences = _differences(older, newer, indicator)
    redefined = older.versions.get(indicator) != newer.versions.get(indicator)
    for period_id in [*after, *(name for name in before if name not in after)]:
        then, now = before.get(period_id), after.get(period_id)
        n_new, n_gone, n_changed = differences.get(period_id, (0, 0, 0))
        if then == now and not (n_new or n_gone or n_changed):
            continue
        if then is None or now is None:
            because = "first given" if then is None else "no longer given"
            n_new = n_gone = n_changed = 0
        elif redefined:
            because = "definition changed"
        else:
            because = _reason(n_new, n_gone, n_changed)
        given = now or then
        assert given is not None, "a period comes from one release or the other"
        yield Move(indicator, given.period, then, now, because, n_new, n_gone, n_changed)


def _reason(n_new: int, n_gone: int, n_changed: int) -> str:
    parts = [("new rows", n_new), ("rows gone", n_gone), ("rows changed", n_changed)]
    words = [word for word, n in parts if n]
    # The same rows with the same answers, and yet another figure: only a longer part-year can do that.
    return " and ".join(words) if words else "period lengthened"


def _by_period(store: "Store", found: Release, indicator: str) -> dict[str, Figure]:
    if indicator not in found.versions:
        return {}
    return {figure.period.id: figure for figure in figures(store, found.id, indicator)}


def _differences(older: Release, newer: Release, indicator: str) -> dict[str, tuple[int, int, int]]:
    """Period -> how many records are new, gone and changed. Only periods with a difference."""
    if indicator not in older.versions or indicator not in newer.versions:
        return {}
    import pyarrow.compute as pc

    then, now = _answers(older, indicator, "then"), _answers(newer, indicator, "now")
    both = then.join(now, keys=["period", "unit_id"], join_type="full outer")
    new, gone = pc.is_null(both["then"]), pc.is_null(both["now"])
    changed = pc.fill_null(pc.not_equal(both["then"], both["now"]), False)
    found: dict[str, tuple[int, int, int]] = {}
    for place, mask in enumerate((new, gone, changed)):
        for count in pc.value_counts(both["period"].filter(mask)).to_pylist():
            counts = list(found.get(count["values"], (0, 0, 0)))
            counts[place] = count["counts"]
            found[count["values"]] = (counts[0], counts[1], counts[2])
    return found


def _answers(found: Release, indicator: str, name: str) -> Any:
    """Each record's answer in each period, as 1, 0, or -1 for not known, in a column of this name."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    path = found.folder / ROWS / f"{indicator}.parquet"
    table = pq.read_table(path, columns=["period", "unit_id", "in_numerator"], partitioning=None)
    answer = pc.fill_null(table["in_numerator"].cast(pa.int8()), -1)
    return table.select(["period", "unit_id"]).append_column(name, answer)
