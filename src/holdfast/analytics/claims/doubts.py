"""What could undo a claim that its comparison bears out: each reason by name, or "" when none does.

Not here: the comparison (measure) or the sentence (words). Rule: what the not-known, the usual late recording or the
number counted could explain is not claimed; where only one side is doubtful, good news is doubted first.
"""

from collections.abc import Sequence

from holdfast.analytics.claims.baseline import Judging
from holdfast.analytics.claims.measure import Cell, Measure
from holdfast.analytics.claims.since import BASE_MOVED, BASE_SHIFT, HOLD, SAME_WAY, Kind, Month, Since


def doubt(since: Since, way: int, ratio: float | None, judging: Judging) -> str:
    """Why a claim of this direction must not be made, by name. `ratio`: how many times as many were counted."""
    window = since.window()
    latest = since.measure.compare(since.cells(window), latest_only=True)
    if latest is None or way * latest.z < SAME_WAY:
        return "baseline moved"
    number = _number_doubt(since, way, ratio)
    if number:
        return number
    against = since.measure.compare(*_unknowns_against(since, window, way))
    if against is not None and way * against.z < HOLD:
        return "not known"
    if judging.usual_revision and way * _revised(since, window, judging, way) < HOLD:
        return "late recording"
    return ""


def _number_doubt(since: Since, way: int, ratio: float | None) -> str:
    """Whether a share moved only because more, or fewer, were counted: the number that matters must have moved too.

    Better, and more counted: fewer must have been on the bad side. Better, and fewer counted by the line always said:
    no fewer on the good side. Worse, and fewer counted: more must have been on the bad side. For a count: never.
    """
    kind = since.kind
    if kind.is_count or kind.polarity == "neither" or ratio is None:
        return ""
    is_better = kind.is_better(way)
    more, less = BASE_SHIFT
    if is_better and ratio > 1 + BASE_MOVED and _numbers(since, is_bad=True) > -HOLD:
        return "more counted"
    if is_better and ratio * more <= less and _numbers(since, is_bad=False) < 0:
        return "base fell"
    if not is_better and ratio < 1 - BASE_MOVED and _numbers(since, is_bad=True) < HOLD:
        return "fewer counted"
    return ""


def _numbers(since: Since, *, is_bad: bool) -> float:
    """How far the number on the bad (or good) side of the share moved, in standard errors of a count a month."""
    is_in = is_bad == (since.kind.polarity == "lower")
    cells = [[Cell(m.at, m.n_in if is_in else m.n_not, 1) for m in months] for months in (since.base, since.window())]
    found = Measure(cells[0], is_count=True, is_stock=since.kind.is_stock).compare(cells[1])
    return found.z if found is not None else 0.0


def _unknowns_against(since: Since, window: Sequence[Month], way: int) -> tuple[list[Cell], list[Cell]]:
    """The months and the baseline with every not-known counted against the claim."""
    if since.kind.is_count:
        return since.cells(window), since.cells(since.base)

    def counted(month: Month, is_in: bool) -> Cell:
        return Cell(month.at, month.n_in + (month.n_unknown if is_in else 0), month.n + month.n_unknown)

    return [counted(month, way < 0) for month in window], [counted(month, way > 0) for month in since.base]


def _revised(since: Since, window: Sequence[Month], judging: Judging, way: int) -> float:
    """The comparison with the latest months moved against the claim by what such months usually moved."""
    cells = since.cells(window)
    for moved, place in zip(judging.usual_revision, range(len(cells) - 1, -1, -1), strict=False):
        cell = cells[place]
        size = moved * (cell.n_in if since.kind.is_count else cell.n)
        n_in = min(max(cell.n_in - way * size, 0.0), _most(cell, since.kind))
        cells[place] = Cell(cell.at, n_in, cell.n)
    found = since.measure.compare(cells)
    return found.z if found is not None else 0.0


def _most(cell: Cell, kind: Kind) -> float:
    return float("inf") if kind.is_count else cell.n
