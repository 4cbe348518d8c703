"""What moved between two releases, and why: by setting each record's answer in one beside its answer in the other.

Not here: whether a move matters (a person says). Rule: a figure that moved is never shown without its reason, and a
figure that did not move may still rest on different rows: then it is given too, with the reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from holdfast.analytics.calculated import ROWS, Release, figures, release
from holdfast.analytics.figure import Figure, Period

if TYPE_CHECKING:
    from holdfast.analytics.store import Store


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
