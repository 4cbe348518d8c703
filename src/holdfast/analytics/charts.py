"""A series drawn: an SVG chart, its table and its sentence, all three made from the same protected figures.

Not here: limits and signals (spc) or the sentence's words (claims). Rules: only presentation attributes, since the
pages allow no inline style; a signal differs by shape and not only by colour; a hidden figure is a gap; the same
figures give the same bytes.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import ceil, floor, log10
from typing import Final

from holdfast.analytics.answers import Drawing
from holdfast.analytics.claims import DO_NOT_CLAIM, Assessment, Target, is_mostly_unknown, value_words
from holdfast.analytics.disclosure import Protected
from holdfast.analytics.figure import Figure, Period, count_words, per_cent
from holdfast.analytics.spc import RULE_SETS, Point

WIDTH: Final = 480
"""Narrow, so that the letters can still be read when the whole chart is fitted to a telephone."""
HEIGHT: Final = 320
LEFT, RIGHT, TOP, BOTTOM = 66, 16, 38, 60
FONT: Final = 'font-family="Arial, Helvetica, sans-serif" font-size="17"'
INK: Final = "#0b0c0c"
QUIET: Final = "#505a5f"
LINE: Final = "#505a5f"
COLOURS: Final = {"improving": "#1d70b8", "worsening": "#b5420e", "neither": "#54319f"}
"""Each has at least 4.5:1 against white. Improving is a triangle, worsening a square, neither a diamond."""


@dataclass(frozen=True)
class _Frame:
    """Where values and places fall on the paper."""

    n: int
    top_value: float
    step: float

    def x(self, place: int) -> str:
        gap = (WIDTH - LEFT - RIGHT) / max(1, self.n)
        return _number(LEFT + gap * (place + 0.5))

    def y(self, value: float) -> str:
        return _number(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / self.top_value))


def draw(
    title: str,
    figures: Sequence[Figure | Protected],
    assessment: Assessment,
    *,
    caption: str = "",
) -> Drawing:
    """The chart of the assessment's months, and its target. `figures` must be the ones it was made from.

    Raises ValueError when they are not: a picture never stands beside another series' words.
    """
    periods = [figure.period for figure in figures if figure.period.kind == "month"]
    if sorted(each.id for each in periods) != [each.period.id for each in assessment.points]:
        raise ValueError("the figures to draw are not the ones that were assessed")
    head, rows = _table(assessment)
    how = _how_words(assessment)
    return Drawing(
        svg=_svg(title, assessment, how),
        title=title,
        caption=f"{how} {caption}".strip(),
        sentence=assessment.sentence,
        table_head=head,
        table_rows=rows,
        numeric_columns=tuple(range(1, len(head) - 1)),
    )


def _table(assessment: Assessment) -> tuple[list[str], list[list[str]]]:
    is_count = assessment.unit == "count"
    has_limits = assessment.chart.state == "limits"
    head = ["Month", "Number"] if is_count else ["Month", "Number", "Out of, known", "Per cent", "Not known"]
    head += ["Lower limit", "Upper limit"] if has_limits else []
    head += ["Target"] if assessment.target else []
    rows = []
    for figure, point, target in zip(assessment.points, assessment.chart.points, assessment.targets, strict=True):
        row = [figure.period.words, figure.n_in_words]
        if not is_count:
            row += [figure.denominator_words, figure.share_words, figure.unknown_words]
        if has_limits:
            row += [_limit_words(point.lower, is_count), _limit_words(point.upper, is_count)]
        if assessment.target:
            row.append(_target_words(target, figure.period, is_count))
        rows.append([*row, _signals_words(figure, point, assessment.unit)])
    return [*head, "Signal"], rows


def _signals_words(figure: Protected, point: Point, unit: str) -> str:
    if figure.suppressed:
        return "not shown"
    if unit != "count" and is_mostly_unknown(figure):
        return "not judged"
    return ", ".join(point.signals) or "none"


def _limit_words(limit: float | None, is_count: bool) -> str:
    if limit is None:
        return "none"
    return f"{limit:,.1f}" if is_count else f"{per_cent(limit)}%"


def _target_words(target: Target | None, period: Period, is_count: bool) -> str:
    if target is None:
        return "none"
    words = count_words(round(target.value)) if is_count else f"{per_cent(target.value)}%"
    return f"{words}, set afterwards" if target.is_set_after(period) else words


def _how_words(assessment: Assessment) -> str:
    """What the lines and shapes are. One or two sentences, for the caption and for those who cannot see the chart."""
    chart, goal = assessment.chart, _goal_words(assessment)
    if chart.state == "limits":
        kind = "XmR chart" if chart.kind == "xmr" else f"{chart.kind} chart"
        mean = value_words(chart.mean or 0.0, assessment.unit)
        shapes = "Triangles: a signal for the better. Squares: for the worse. Diamonds: neither, or not to be claimed."
        used = shapes if chart.signals else "No signals."
        runs = "" if chart.has_runs else " Only points beyond the limits count: the months share the same children."
        again = "".join(f" Set again by {span.reference}." for span in chart.spans if span.reference)
        rules = f"Rules: {_rules(chart.rule_set)}.{runs}"
        return (
            f"{kind}. Solid line: the baseline’s average, {mean}. Dashed lines: its limits. Only months after the "
            f"dotted upright line are judged by it.{again} {used}{goal} {rules}"
        )
    why = {
        "too little variation": "too little variation for limits",
        "no baseline": "no limits, because no baseline is stated or it may not be shown",
    }.get(chart.state, f"no limits before {chart.points_needed} months")
    return f"Run chart: {why}.{goal}"


def _goal_words(assessment: Assessment) -> str:
    """The dotted line's value; where it is reached step by step, each value with the month that it holds from."""
    steps = _target_steps(assessment)
    if not steps:
        return ""
    if len(steps) == 1:
        return f" Dotted line: target, {value_words(steps[0][1], assessment.unit)}.{_set_after_words(assessment)}"
    said = [f"{value_words(value, assessment.unit)} from {assessment.points[at].period.words}" for at, value in steps]
    return f" Dotted line: target, {', '.join(said)}.{_set_after_words(assessment)}"


def _set_after_words(assessment: Assessment) -> str:
    """The months that were over when their target was decided; "" where there are none."""
    pairs = zip(assessment.points, assessment.targets, strict=True)
    late = [figure.period.words for figure, target in pairs if target and target.is_set_after(figure.period)]
    return f" It was set afterwards for {', '.join(late)}." if late else ""


def _target_steps(assessment: Assessment) -> list[tuple[int, float]]:
    """The places at which the target becomes another value, with the value. [] where there is none."""
    values = [target.value if target else None for target in assessment.targets]
    return [
        (at, value) for at, value in enumerate(values) if value is not None and (at == 0 or values[at - 1] != value)
    ]


def _rules(name: str) -> str:
    return f"{RULE_SETS[name].title} ({name})"


def _number(value: float) -> str:
    """One decimal place, always written the same way."""
    return f"{round(value, 1) + 0.0:.1f}"


def _svg(title: str, assessment: Assessment, how: str) -> str:
    frame = _frame(assessment)
    body = [
        *_axes(assessment, frame),
        *_limits(assessment, frame),
        *_target(assessment, frame),
        *_line(assessment, frame),
        *_marks(assessment, frame),
    ]
    described = f"{how} {assessment.sentence}"
    key = hashlib.sha256("".join([title, described, *body]).encode()).hexdigest()[:8]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="t{key} d{key}" {FONT} fill="{INK}">'
        f'<title id="t{key}">{escape(title)}</title><desc id="d{key}">{escape(described)}</desc>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>{"".join(body)}</svg>'
    )


def _frame(assessment: Assessment) -> _Frame:
    """An axis from nought to a round number above everything drawn; a share's never passes 100 per cent."""
    values = [point.value for point in assessment.chart.points]
    values += [target.value for target in assessment.targets if target]
    values += [point.upper for point in assessment.chart.points]
    highest = max((value for value in values if value is not None), default=0.0)
    if highest <= 0:
        highest = 10.0 if assessment.unit == "count" else 0.1
    step = _round_step(highest / 4)
    top = step * ceil(round(highest / step, 6))
    if assessment.unit == "count":
        step, top = max(1.0, step), max(1.0, step) * ceil(round(highest / max(1.0, step), 6))
    return _Frame(len(assessment.points), top, step)


def _round_step(rough: float) -> float:
    size: float = 10.0 ** floor(log10(rough))
    return next((size * nice for nice in (1, 2, 2.5, 5, 10) if size * nice >= rough * 0.999), size * 10)


def _axes(assessment: Assessment, frame: _Frame) -> list[str]:
    is_count = assessment.unit == "count"
    unit = "Number a month" if is_count else "Per cent"
    bottom = HEIGHT - BOTTOM
    parts = [f'<text x="{LEFT}" y="20" font-weight="bold">{unit}</text>']
    for tick in range(round(frame.top_value / frame.step) + 1):
        value = tick * frame.step
        places = 1 if not is_count and round(frame.step * 100, 6) % 1 else 0
        label = count_words(round(value)) if is_count else per_cent(value, places)
        y = frame.y(value)
        parts.append(f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="{INK if tick == 0 else "#e3e6e8"}" fill="none"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{_number(float(y) + 6)}" text-anchor="end">{label}</text>')
    every = max(1, ceil(frame.n / 3))
    for place, figure in enumerate(assessment.points):
        if (frame.n - 1 - place) % every:
            continue
        x = frame.x(place)
        anchor = "end" if place == frame.n - 1 and frame.n > 5 else "middle"
        at = _number(WIDTH - RIGHT) if anchor == "end" else x
        parts.append(f'<path d="M{x} {bottom}v5" stroke="{INK}" fill="none"/>')
        parts.append(f'<text x="{at}" y="{bottom + 24}" text-anchor="{anchor}">{_short(figure.period)}</text>')
    middle = _number(LEFT + (WIDTH - LEFT - RIGHT) / 2)
    return [*parts, f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle" fill="{QUIET}">Month</text>']


def _short(period: Period) -> str:
    """Apr 2013."""
    name, _, year = period.words.partition(" ")
    return f"{name[:3]} {year}"


def _limits(assessment: Assessment, frame: _Frame) -> list[str]:
    """The average and the limits of each stretch, with a gap and a mark where a decision set them again."""
    chart = assessment.chart
    if chart.state != "limits":
        return []
    dashed = f'stroke="{QUIET}" stroke-dasharray="6 4" fill="none"'
    parts = []
    for place, span in enumerate(chart.spans):
        stop = chart.spans[place + 1].start if place + 1 < len(chart.spans) else len(chart.points)
        points = list(enumerate(chart.points))[span.start : stop]
        for drawn, levels in (
            (f'stroke="{QUIET}" fill="none"', [(at, point.mean) for at, point in points if point.mean is not None]),
            (dashed, [(at, point.upper) for at, point in points if point.upper is not None]),
            (dashed, [(at, point.lower) for at, point in points if point.lower is not None]),
        ):
            parts += [f'<path d="{_steps(levels, frame)}" {drawn}/>'] if levels else []
        parts += _watched_from(span.watched, frame)
    return parts


def _watched_from(place: int, frame: _Frame) -> list[str]:
    """Where the baseline ends and the months that it judges begin."""
    if not 0 < place < frame.n:
        return []
    gap = (WIDTH - LEFT - RIGHT) / max(1, frame.n)
    x = _number(float(frame.x(place)) - gap / 2)
    return [f'<path d="M{x} {TOP}V{HEIGHT - BOTTOM}" stroke="{QUIET}" stroke-dasharray="1 3" fill="none"/>']


def _steps(levels: Sequence[tuple[int, float]], frame: _Frame) -> str:
    """A limit drawn flat across each month, stepping where it changes; nothing across a gap."""
    half = (WIDTH - LEFT - RIGHT) / max(1, frame.n) / 2
    parts: list[str] = []
    drawn = {place for place, _ in levels}
    for place, level in levels:
        x = float(frame.x(place))
        y = frame.y(level)
        parts.append(f"{'L' if place - 1 in drawn else 'M'}{_number(x - half)} {y}L{_number(x + half)} {y}")
    return "".join(parts)


def _target(assessment: Assessment, frame: _Frame) -> list[str]:
    """Every step of the target, over the months that it holds for; the last is named above the plot, clear of it."""
    if assessment.target is None:
        return []
    levels = [(at, target.value) for at, target in enumerate(assessment.targets) if target]
    label = f"Dotted: target {value_words(assessment.target.value, assessment.unit)}"
    drawn = f'stroke="{INK}" stroke-width="2" stroke-dasharray="2 4" fill="none"'
    return [
        f'<path d="{_steps(levels, frame)}" {drawn}/>',
        f'<text x="{WIDTH - RIGHT}" y="20" text-anchor="end">{label}</text>',
    ]


def _line(assessment: Assessment, frame: _Frame) -> list[str]:
    """Neighbouring points joined; nothing across a gap."""
    parts = []
    for (place, point), (_, after) in pairwise(enumerate(assessment.chart.points)):
        if point.value is not None and after.value is not None:
            parts.append(f"M{frame.x(place)} {frame.y(point.value)}L{frame.x(place + 1)} {frame.y(after.value)}")
    return [f'<path d="{"".join(parts)}" stroke="{LINE}" stroke-width="1.5" fill="none"/>'] if parts else []


def _marks(assessment: Assessment, frame: _Frame) -> list[str]:
    marks = []
    for place, (figure, point) in enumerate(zip(assessment.points, assessment.chart.points, strict=True)):
        if point.value is None:
            if figure.suppressed:
                y = _number(HEIGHT - BOTTOM - 5)
                marks.append(f'<text x="{frame.x(place)}" y="{y}" text-anchor="middle" fill="{QUIET}">c</text>')
            continue
        marks.append(_mark(frame.x(place), frame.y(point.value), _kind(place, point, assessment)))
    return marks


def _kind(place: int, point: Point, assessment: Assessment) -> str:
    """ "" for an ordinary point, or what its first signal means. Not to be claimed: neither."""
    if not point.signals:
        return ""
    signal = next(each for each in assessment.chart.signals if place in each.places)
    if assessment.polarity not in ("lower", "higher") or assessment.claim == DO_NOT_CLAIM:
        return "neither"
    is_better = (signal.direction == "low") == (assessment.polarity == "lower")
    return "improving" if is_better else "worsening"


def _mark(x: str, y: str, kind: str) -> str:
    """A dot, a triangle, a square or a diamond, centred on the point."""
    if kind == "":
        return f'<circle cx="{x}" cy="{y}" r="3" fill="{LINE}"/>'
    shapes = {
        "improving": "m0 -7l6.5 11.5h-13z",
        "worsening": "m-5.5 -5.5h11v11h-11z",
        "neither": "m0 -7.5l7.5 7.5l-7.5 7.5l-7.5 -7.5z",
    }
    return f'<path d="M{x} {y}{shapes[kind]}" fill="{COLOURS[kind]}" stroke="#ffffff"/>'
