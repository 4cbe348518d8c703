"""Statistical process control: an XmR or a p chart over a series, and the signals on it under a named rule set.

Pure functions over numbers in time order; None is a point that is missing or not shown, and breaks every run. Not
here: words about a signal (claims) or its picture (charts). Rules: never on rolling totals, which overlap and signal
falsely; no limits below the rule set's number of points; never a new baseline of its own accord, which is a decision.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import isclose, sqrt

XMR_FACTOR = 2.66
"""3 / 1.128: limits from the mean moving range of pairs."""
SCREEN_FACTOR = 3.267
"""A moving range above this many times the mean moving range is itself an outlier."""


@dataclass(frozen=True)
class RuleSet:
    """A named, versioned set of rules. `close` says which points count towards two of three close to a limit."""

    name: str
    title: str
    source: str
    points_needed: int = 13
    shift: int = 7
    trend: int | None = 7
    close: str = "any beyond two sigma"
    screen_outliers: bool = False


RULE_SETS: dict[str, RuleSet] = {
    rules.name: rules
    for rules in (
        RuleSet(
            "mdc-2023",
            "Making Data Count, from November 2023",
            "NHS England, Making Data Count; a point beyond a limit also counts towards two of three. "
            "That the third point may be anywhere is our reading, unverified.",
        ),
        RuleSet(
            "nhsr-0.2.2",
            "NHSRplotthedots 0.2.2",
            "NHS-R Community, NHSRplotthedots 0.2.2: outlying moving ranges are left out of the limits once, and two "
            "of three counts only points between two and three sigma with all three on one side.",
            close="between two and three sigma",
            screen_outliers=True,
        ),
        RuleSet(
            "western-electric",
            "Western Electric",
            "Western Electric, Statistical Quality Control Handbook (1956): a shift is eight points; no trend rule. "
            "Its test of four in five beyond one sigma is not used here.",
            shift=8,
            trend=None,
        ),
    )
}


@dataclass(frozen=True)
class Signal:
    """A rule that spoke: "beyond limits", "shift", "trend" or "two of three"; `places` index the points it marks.

    `direction` is "high" or "low": which side of the mean, or, for a trend, which way it goes.
    """

    rule: str
    direction: str
    places: tuple[int, ...]


@dataclass(frozen=True)
class Point:
    """One point: its value (None when missing), its own limits (None when none are drawn) and the rules it breaks."""

    value: float | None
    lower: float | None = None
    upper: float | None = None
    signals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A judged series. `state` is "limits", "points needed" or "too little variation"; only the first has signals.

    `has_runs` is False where points share the same records, so that only a point beyond its limits can signal.
    """

    kind: str
    rule_set: str
    state: str
    mean: float | None
    n_points: int
    points_needed: int
    points: tuple[Point, ...]
    signals: tuple[Signal, ...] = field(default=())
    has_runs: bool = True


@dataclass(frozen=True)
class _Band:
    """The limits of one point: near (two sigma) and far (three sigma) on both sides."""

    low: float
    near_low: float
    near_high: float
    high: float


def xmr(
    values: Sequence[float | None],
    rule_set: str = "mdc-2023",
    *,
    lowest: float | None = None,
    highest: float | None = None,
    runs: bool = True,
) -> Chart:
    """An individuals chart: mean +/- 2.66 x the mean moving range. A moving range never spans a missing point.

    `lowest` and `highest` are what the value can never pass (0 and 1 for a share); limits are drawn no further.
    `runs` is False for points that are not independent: then shifts, trends and two of three are not looked for.
    Raises KeyError for a rule set that does not exist.
    """
    rules = RULE_SETS[rule_set]
    known = [value for value in values if value is not None]
    mean = sum(known) / len(known) if known else None
    if mean is None or len(known) < rules.points_needed:
        return _without_limits("xmr", rules, "points needed", mean, values)
    moving = _mean_moving_range(values, rules)
    if moving == 0:
        return _without_limits("xmr", rules, "too little variation", mean, values)
    far, near = XMR_FACTOR * moving, XMR_FACTOR * moving * 2 / 3
    band = _Band(
        _at_least(mean - far, lowest),
        _at_least(mean - near, lowest),
        _at_most(mean + near, highest),
        _at_most(mean + far, highest),
    )
    return _judged("xmr", rules, mean, values, [band] * len(values), runs)


def p_chart(pairs: Sequence[tuple[int, int] | None], rule_set: str = "mdc-2023", *, runs: bool = True) -> Chart:
    """A proportion chart of (n_in, denominator) pairs, each point with limits of its own width.

    Mean = all in / all counted; limits = mean +/- 3 x sqrt(mean x (1 - mean) / denominator), kept within 0 and 1.
    A pair whose denominator is 0 is a missing point. `runs` as for xmr.
    """
    rules = RULE_SETS[rule_set]
    known = [pair for pair in pairs if pair is not None and pair[1] > 0]
    values = [pair[0] / pair[1] if pair is not None and pair[1] > 0 else None for pair in pairs]
    total = sum(n for _, n in known)
    mean = sum(n_in for n_in, _ in known) / total if total else None
    if mean is None or len(known) < rules.points_needed:
        return _without_limits("p", rules, "points needed", mean, values)
    if mean in (0.0, 1.0):
        return _without_limits("p", rules, "too little variation", mean, values)
    bands: list[_Band | None] = []
    for pair in pairs:
        if pair is None or pair[1] == 0:
            bands.append(None)
            continue
        sigma = sqrt(mean * (1 - mean) / pair[1])
        low, near_low = max(0.0, mean - 3 * sigma), max(0.0, mean - 2 * sigma)
        near_high, high = min(1.0, mean + 2 * sigma), min(1.0, mean + 3 * sigma)
        bands.append(_Band(low, near_low, near_high, high))
    return _judged("p", rules, mean, values, bands, runs)


def _at_least(value: float, lowest: float | None) -> float:
    return value if lowest is None else max(value, lowest)


def _at_most(value: float, highest: float | None) -> float:
    return value if highest is None else min(value, highest)


def _mean_moving_range(values: Sequence[float | None], rules: RuleSet) -> float:
    """The mean absolute difference of neighbours. 0 when there are none, or when every difference is 0."""
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    mean = sum(ranges) / len(ranges) if ranges else 0.0
    if rules.screen_outliers and mean > 0:
        kept = [each for each in ranges if each < SCREEN_FACTOR * mean]
        mean = sum(kept) / len(kept) if kept else 0.0
    return mean


def _without_limits(kind: str, rules: RuleSet, state: str, mean: float | None, values: Sequence[float | None]) -> Chart:
    n_points = sum(value is not None for value in values)
    points = tuple(Point(value) for value in values)
    return Chart(kind, rules.name, state, mean, n_points, rules.points_needed, points)


def _judged(
    kind: str, rules: RuleSet, mean: float, values: Sequence[float | None], bands: Sequence[_Band | None], runs: bool
) -> Chart:
    signals = tuple(_beyond(values, bands))
    if runs:
        signals += (
            *_shifts(values, mean, rules.shift),
            *(_trends(values, rules.trend) if rules.trend else ()),
            *_two_of_three(values, bands, mean, rules.close),
        )
    points = tuple(
        Point(
            value,
            band.low if band else None,
            band.high if band else None,
            tuple(dict.fromkeys(signal.rule for signal in signals if place in signal.places)),
        )
        for place, (value, band) in enumerate(zip(values, bands, strict=True))
    )
    n_points = sum(value is not None for value in values)
    return Chart(kind, rules.name, "limits", mean, n_points, rules.points_needed, points, signals, runs)


def _beyond(values: Sequence[float | None], bands: Sequence[_Band | None]) -> list[Signal]:
    """Each point strictly outside its limits: a point on a limit is inside."""
    found = []
    for place, (value, band) in enumerate(zip(values, bands, strict=True)):
        if value is None or band is None:
            continue
        if value > band.high:
            found.append(Signal("beyond limits", "high", (place,)))
        elif value < band.low:
            found.append(Signal("beyond limits", "low", (place,)))
    return found


def _runs(directions: Sequence[int]) -> list[tuple[int, int, int]]:
    """Stretches of one direction: (direction, first place, last place). A 0 belongs to none."""
    runs: list[tuple[int, int, int]] = []
    for place, direction in enumerate(directions):
        if runs and direction and runs[-1][0] == direction and runs[-1][2] == place - 1:
            runs[-1] = (direction, runs[-1][1], place)
        elif direction:
            runs.append((direction, place, place))
    return runs


def _sign(difference: float) -> int:
    return (difference > 0) - (difference < 0)


def _shifts(values: Sequence[float | None], mean: float, length: int) -> list[Signal]:
    """Stretches of `length` or more on one side of the mean. A point on the mean ends a stretch."""
    sides = [
        0 if value is None or isclose(value, mean, rel_tol=1e-9, abs_tol=1e-12) else _sign(value - mean)
        for value in values
    ]
    return [
        Signal("shift", "high" if side > 0 else "low", tuple(range(first, last + 1)))
        for side, first, last in _runs(sides)
        if last - first + 1 >= length
    ]


def _trends(values: Sequence[float | None], length: int) -> list[Signal]:
    """Stretches of `length` or more points each above (or below) the one before. Equal neighbours end a stretch."""
    steps = [0 if before is None or after is None else _sign(after - before) for before, after in pairwise(values)]
    return [
        Signal("trend", "high" if step > 0 else "low", tuple(range(first, last + 2)))
        for step, first, last in _runs(steps)
        if last - first + 2 >= length
    ]


def _two_of_three(
    values: Sequence[float | None], bands: Sequence[_Band | None], mean: float, close: str
) -> list[Signal]:
    """Windows of three with two or more close to (or past) the same limit; only the close points are marked."""
    strict = close == "between two and three sigma"
    found: dict[Signal, None] = {}
    for start in range(len(values) - 2):
        window = [(place, values[place], bands[place]) for place in range(start, start + 3)]
        if any(value is None or band is None for _, value, band in window):
            continue
        for side, direction in ((1, "high"), (-1, "low")):
            if strict and any(_sign(value - mean) != side for _, value, _ in window if value is not None):
                continue
            near = tuple(place for place, value, band in window if _is_close(value, band, side, strict))
            if len(near) >= 2:
                found[Signal("two of three", direction, near)] = None
    return list(found)


def _is_close(value: float | None, band: _Band | None, side: int, strict: bool) -> bool:
    if value is None or band is None:  # pragma: no cover - the window was checked; this narrows the types
        return False
    if side > 0:
        return value > band.near_high and not (strict and value > band.high)
    return value < band.near_low and not (strict and value < band.low)
