"""Statistical process control: an XmR or a p chart over a series, and the signals on it under a named rule set.

Pure functions over numbers in time order; None is a point that is missing or not shown, and breaks every run. Not
here: words about a signal (claims) or its picture (charts). Rules: never on rolling totals, which overlap and signal
falsely; no limits below the rule set's number of points; never a new baseline of its own accord: whoever calls says
which points the limits come from (Span).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, isclose, sqrt

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
            "NHS England, Making Data Count, as its authors say of the change of November 2023 (NHSRplotthedots issue "
            "194): a point beyond a limit also counts towards two of three, and all three must be on one side of the "
            "mean. Seven for a shift and for a trend is NHSRplotthedots' choice; the authors' tool also offers six. "
            "A tie breaks a trend, and a point on the mean a shift, as NHSRplotthedots has it.",
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
    """One point: its value (None when missing), its own limits (None when none are drawn), the rules it breaks and the
    mean that it is judged by."""

    value: float | None
    lower: float | None = None
    upper: float | None = None
    signals: tuple[str, ...] = ()
    mean: float | None = None


@dataclass(frozen=True)
class Span:
    """A stretch of points from `start` to the next stretch, judged by the limits of the points at the places `by`.

    Only points from `watched` on can signal: a baseline is not judged by itself. `reference`: the decision it rests on.
    """

    start: int
    by: range
    watched: int = 0
    reference: str = ""


@dataclass(frozen=True)
class Chart:
    """A judged series. `state` is "limits", "points needed", "too little variation" or "no baseline"; only the first
    has signals.

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
    spans: tuple[Span, ...] = ()


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
    spans: Sequence[Span] | None = None,
) -> Chart:
    """An individuals chart: mean +/- 2.66 x the mean moving range. A moving range never spans a missing point.

    `lowest` and `highest` are what the value can never pass (0 and 1 for a share); limits are drawn no further.
    `runs` is False for points that are not independent: then shifts, trends and two of three are not looked for.
    `spans`: what each stretch is judged by (see Span); None judges the whole series by itself.
    Raises KeyError for a rule set that does not exist.
    """
    rules = RULE_SETS[rule_set]

    def bands(span: Span) -> tuple[str, float | None, list[_Band | None]]:
        by = values[span.by.start : span.by.stop]
        known = [value for value in by if value is not None]
        mean = sum(known) / len(known) if known else None
        if mean is None or len(known) < rules.points_needed:
            return "points needed", mean, []
        moving = _mean_moving_range(by, rules)
        if moving == 0:
            return "too little variation", mean, []
        far, near = XMR_FACTOR * moving, XMR_FACTOR * moving * 2 / 3
        band = _Band(
            _at_least(mean - far, lowest),
            _at_least(mean - near, lowest),
            _at_most(mean + near, highest),
            _at_most(mean + far, highest),
        )
        return "limits", mean, [band] * len(values)

    return _charted("xmr", rules, values, spans, bands, runs)


def p_chart(
    pairs: Sequence[tuple[int, int] | None],
    rule_set: str = "mdc-2023",
    *,
    runs: bool = True,
    spans: Sequence[Span] | None = None,
    laney: bool = False,
    coarse: tuple[float, float] | None = None,
) -> Chart:
    """A proportion chart of (n_in, denominator) pairs, each point with limits of its own width.

    Mean = all in / all counted; limits = mean +/- 3 x sqrt(mean x (1 - mean) / denominator), kept within 0 and 1.
    `laney` widens them by sigma Z = mean moving range of the standardised points / 1.128 (Laney's p'; Minitab,
    "Methods and formulas for Laney P'"), but never narrows them: then `kind` is "p'". `runs` and `spans` as for xmr.
    `coarse`: steps to which the mean is rounded, and sigma Z rounded up, so that neither gives a hidden count away.
    A pair whose denominator is 0 is a missing point. Raises ValueError when more are in than were counted.
    """
    rules = RULE_SETS[rule_set]
    if any(pair is not None and not 0 <= pair[0] <= pair[1] for pair in pairs):
        raise ValueError("no more can be in than were counted")
    values = [pair[0] / pair[1] if pair is not None and pair[1] > 0 else None for pair in pairs]

    def bands(span: Span) -> tuple[str, float | None, list[_Band | None]]:
        by = pairs[span.by.start : span.by.stop]
        known = [pair for pair in by if pair is not None and pair[1] > 0]
        total = sum(n for _, n in known)
        mean = sum(n_in for n_in, _ in known) / total if total else None
        if mean is None or len(known) < rules.points_needed:
            return "points needed", mean, []
        if mean in (0.0, 1.0):
            return "too little variation", mean, []
        wider = sigma_z(by, mean) if laney else 1.0
        if coarse is not None:
            mean, wider = coarsened(mean, wider, coarse)
        return "limits", mean, [_p_band(mean, pair, wider) for pair in pairs]

    return _charted("p'" if laney else "p", rules, values, spans, bands, runs)


def coarsened(mean: float, wider_by: float, steps: tuple[float, float]) -> tuple[float, float]:
    """A mean share to the nearest step, never quite 0 or 1, and sigma Z up to the next step."""
    step, wider = steps
    return min(max(step * round(mean / step), step / 2), 1 - step / 2), wider * ceil(round(wider_by / wider, 9))


def _p_band(mean: float, pair: tuple[int, int] | None, wider: float) -> "_Band | None":
    if pair is None or pair[1] == 0:
        return None
    sigma = wider * sqrt(mean * (1 - mean) / pair[1])
    low, near_low = max(0.0, mean - 3 * sigma), max(0.0, mean - 2 * sigma)
    near_high, high = min(1.0, mean + 2 * sigma), min(1.0, mean + 3 * sigma)
    return _Band(low, near_low, near_high, high)


def sigma_z(pairs: Sequence[tuple[int, int] | None], mean: float) -> float:
    """Laney's sigma Z, or 1 where it would narrow the limits. A moving range never spans a missing point."""
    scores = [
        (pair[0] / pair[1] - mean) / sqrt(mean * (1 - mean) / pair[1]) if pair is not None and pair[1] > 0 else None
        for pair in pairs
    ]
    ranges = [abs(after - before) for before, after in pairwise(scores) if before is not None and after is not None]
    return max(1.0, sum(ranges) / len(ranges) / 1.128) if ranges else 1.0


def assurance(point: Point, target: float, polarity: str) -> str:
    """Whether the process, as it now runs, reaches a target: "reaches it", "misses it" or "now and then"; "" unknown.

    Judged by the limits of the last point: a target outside them is always reached or always missed.
    Source: NHSRplotthedots, ptd_calculate_assurance_type.
    """
    if point.lower is None or point.upper is None or polarity not in ("lower", "higher"):
        return ""
    if target > point.upper:
        return "misses it" if polarity == "higher" else "reaches it"
    if target < point.lower:
        return "reaches it" if polarity == "higher" else "misses it"
    return "now and then"


def _charted(
    kind: str,
    rules: RuleSet,
    values: Sequence[float | None],
    spans: Sequence[Span] | None,
    bands: "Callable[[Span], tuple[str, float | None, list[_Band | None]]]",
    runs: bool,
) -> Chart:
    """The chart of a series, each stretch judged by its own limits. State and mean are those of the last stretch."""
    if spans is None:
        spans = [Span(0, range(len(values)))]
    state, mean = "no baseline", None
    points, signals = [Point(value) for value in values], []
    for place, span in enumerate(spans):
        stop = spans[place + 1].start if place + 1 < len(spans) else len(values)
        state, mean, found = bands(span)
        if state != "limits" or mean is None:
            continue
        signals += _signals(values, mean, found, (span.start, stop), rules, runs, watched=span.watched)
        for at in range(span.start, stop):
            band = found[at]
            rules_here = tuple(dict.fromkeys(signal.rule for signal in signals if at in signal.places))
            points[at] = Point(values[at], band.low if band else None, band.high if band else None, rules_here, mean)
    n_points = sum(value is not None for value in values)
    needed = rules.points_needed
    return Chart(kind, rules.name, state, mean, n_points, needed, tuple(points), tuple(signals), runs, tuple(spans))


def _signals(
    values: Sequence[float | None],
    mean: float,
    bands: Sequence["_Band | None"],
    stretch: tuple[int, int],
    rules: RuleSet,
    runs: bool,
    watched: int,
) -> list[Signal]:
    """The signals among the watched points of a stretch. Points that are not watched are as if missing."""
    seen = [value if watched <= place < stretch[1] else None for place, value in enumerate(values)]
    found = _beyond(seen, bands)
    if runs:
        found += _shifts(seen, mean, rules.shift)
        found += _trends(seen, rules.trend) if rules.trend else []
        found += _two_of_three(seen, bands, mean, rules.close)
    return found


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
    """Three on one side of the mean, two or more close to (or past) its limit; only the close points are marked."""
    strict = close == "between two and three sigma"
    found: dict[Signal, None] = {}
    for start in range(len(values) - 2):
        window = [(place, values[place], bands[place]) for place in range(start, start + 3)]
        if any(value is None or band is None for _, value, band in window):
            continue
        for side, direction in ((1, "high"), (-1, "low")):
            if any(_sign(value - mean) != side for _, value, _ in window if value is not None):
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
