"""A series judged: its months, its chart and its word, from whole figures and the settings that all three share.

Not here: the statistics (measure, spc), the word's rules (verdict) or any sentence (words). Rule: where the publish
rule hides a month of the baseline, the limits are drawn so coarsely for everybody that they do not give it away.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from holdfast.analytics.claims.baseline import Baseline, Judging, baselines, month_number
from holdfast.analytics.claims.since import Kind, Month
from holdfast.analytics.claims.verdict import Verdict, decide
from holdfast.analytics.disclosure import Protected
from holdfast.analytics.figure import Figure
from holdfast.analytics.figure import is_mostly_unknown as figure_is_mostly_unknown
from holdfast.analytics.hidden_counts import SMALL
from holdfast.analytics.spc import RULE_SETS, Chart, Span, coarsened, p_chart, sigma_z, xmr

COARSE: Final = ((0.01, 0.25), (0.02, 0.5), (0.05, 1.0), (0.1, 2.0))
"""Steps for the mean and for sigma Z, tried in turn until every value that a hidden count may have gives the same."""


class Judged(Protocol):
    """What a claim needs of an indicator's definition."""

    @property
    def title(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def polarity(self) -> str: ...
    @property
    def chart(self) -> str: ...
    @property
    def counted(self) -> str: ...
    @property
    def is_stock(self) -> bool: ...
    @property
    def is_of_audits(self) -> bool: ...


@dataclass(frozen=True)
class Judgement:
    """The months in order, their chart (place by place), the word, and the baselines that judge them."""

    months: tuple[Month, ...]
    chart: Chart
    verdict: Verdict
    baselines: tuple[Baseline, ...]


def kind_of(definition: Judged) -> Kind:
    return Kind(definition.polarity, definition.unit == "count", definition.is_stock)


def is_mostly_unknown(figure: Figure | Protected) -> bool:
    """Whether most is not known: such a share is not judged. Of a hidden base nothing is taken to be known."""
    return figure_is_mostly_unknown(figure.n_unknown, figure.denominator, of_hidden=0)


def month_of(figure: Figure | Protected, kind: Kind) -> Month:
    """A month's figure as it is judged. What is hidden, counts nothing or is mostly not known is not usable."""
    at = month_number(figure.period.starts_on)
    if figure.n_in is None or figure.denominator is None:
        return Month(at, 0, 0, figure.n_unknown or 0, is_usable=False)
    is_usable = kind.is_count or (figure.denominator > 0 and not is_mostly_unknown(figure))
    return Month(at, figure.n_in, figure.denominator - figure.n_in, figure.n_unknown or 0, is_usable)


def judge(
    figures: Iterable[Figure | Protected], definition: Judged, judging: Judging, hidden: Collection[str] = ()
) -> Judgement:
    """Judge one group's months, given in order. `hidden`: ids of the months that the publish rule hides."""
    kind = kind_of(definition)
    months = tuple(month_of(figure, kind) for figure in figures)
    needed = RULE_SETS[judging.rule_set].points_needed
    usable = {month.at for month in months if month.is_usable}
    held = tuple(baselines({month.at for month in months}, usable, judging, needed))
    chart = _chart(months, kind, definition.chart, judging.rule_set, held, hidden)
    return Judgement(months, chart, decide(months, kind, judging, needed, _last_beyond(chart)), held)


def _last_beyond(chart: Chart) -> int:
    """Which way the last point that has a value is outside its limits: 1, -1, or 0."""
    last = next((point for point in reversed(chart.points) if point.value is not None), None)
    if last is None or last.value is None or last.lower is None or last.upper is None or not last.signals:
        return 0
    return (last.value > last.upper) - (last.value < last.lower)


def _chart(
    months: Sequence[Month], kind: Kind, named: str, rule_set: str, held: Sequence[Baseline], hidden: Collection[str]
) -> Chart:
    """The definition's chart, by the stated baselines. A stock's share has limits from its own numbers."""
    spans = _spans([month.at for month in months], held)
    has_hidden = {place for place, month in enumerate(months) if _period_id(month.at) in hidden}
    if not kind.is_count and (named == "p" or kind.is_stock):
        pairs = [(month.n_in, month.n) if month.is_usable else None for month in months]
        coarse = None
        if any(has_hidden.intersection(span.by) for span in spans):
            coarse = _safe_steps(pairs, has_hidden, spans)
            spans = spans if coarse else []
        return p_chart(pairs, rule_set, runs=not kind.is_stock, spans=spans, laney=True, coarse=coarse)
    values = [_value(month, kind) for month in months]
    if any(has_hidden.intersection(span.by) for span in spans):
        spans = []
    highest = None if kind.is_count else 1.0
    return xmr(values, rule_set, lowest=0.0, highest=highest, runs=not kind.is_stock, spans=spans)


def _value(month: Month, kind: Kind) -> float | None:
    if not month.is_usable:
        return None
    return float(month.n_in) if kind.is_count else month.n_in / month.n


def _period_id(at: int) -> str:
    return f"{at // 12:04d}-{at % 12 + 1:02d}"


def _spans(numbers: Sequence[int], held: Sequence[Baseline]) -> list[Span]:
    """Each baseline as a stretch of the chart, by the places of its months."""
    return [
        Span(
            bisect_left(numbers, each.first),
            range(bisect_left(numbers, each.first), bisect_left(numbers, each.last + 1)),
            bisect_left(numbers, each.judged_from),
            each.reference,
        )
        for each in held
    ]


def _safe_steps(
    pairs: Sequence[tuple[int, int] | None], hidden: Collection[int], spans: Sequence[Span]
) -> tuple[float, float] | None:
    """The finest steps by which no hidden count changes what is drawn, whatever it is. None when there are none."""
    for steps in COARSE:
        if all(_is_safe(pairs[span.by.start : span.by.stop], hidden, span.by.start, steps) for span in spans):
            return steps
    return None


def _is_safe(
    pairs: Sequence[tuple[int, int] | None], hidden: Collection[int], start: int, steps: tuple[float, float]
) -> bool:
    """Whether the drawn mean and width stay the same when any one hidden count is any other that it may be."""

    def drawn(values: Sequence[tuple[int, int] | None]) -> tuple[float, float] | None:
        known = [pair for pair in values if pair is not None and pair[1] > 0]
        total = sum(n for _, n in known)
        mean = sum(n_in for n_in, _ in known) / total if total else 0.0
        return coarsened(mean, sigma_z(values, mean), steps) if 0 < mean < 1 else None

    as_it_is = drawn(pairs)
    for place, pair in enumerate(pairs):
        if pair is None or start + place not in hidden:
            continue
        for other in _others(*pair):
            if drawn([*pairs[:place], (other, pair[1]), *pairs[place + 1 :]]) != as_it_is:
                return False
    return True


def _others(n_in: int, n: int) -> list[int]:
    """What else a hidden count may be: any small one where it or its complement is small; as far each way otherwise."""
    if n_in in SMALL:
        return [other for other in SMALL if other != n_in and other <= n]
    if n - n_in in SMALL:
        return [n - other for other in SMALL if other != n - n_in and other <= n]
    return [other for other in range(n_in - len(SMALL) + 1, n_in + len(SMALL)) if other != n_in and 0 <= other <= n]
