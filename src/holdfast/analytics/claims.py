"""The fair claim: the only words that may be said of a series, taken from its statistics and its polarity.

Not here: the signals (spc), the intervals (intervals) or what is hidden (disclosure). Rules: a claim is one of CLAIMS
and nothing else; every rate comes with its two counts and its period; when the number counted rises by a fifth or
more, or falls as far, the rate is not called better (a doubt stops good news, never bad); months of a stock share the
same children, so runs of them mean nothing; what is mostly not known is not judged.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from holdfast.analytics.disclosure import Protected, protect
from holdfast.analytics.figure import Figure, Period, count_words, date_words, per_cent
from holdfast.analytics.intervals import newcombe, wilson
from holdfast.analytics.spc import Chart, Point, Signal, p_chart, xmr

IMPROVING: Final = "improving"
WORSENING: Final = "worsening"
NO_CLEAR_CHANGE: Final = "no clear change"
TOO_EARLY: Final = "too early to say"
NEITHER: Final = "changing, which is neither good nor bad"
CLAIMS: Final = (IMPROVING, WORSENING, NO_CLEAR_CHANGE, TOO_EARLY, NEITHER)

BASE_SHIFT: Final = (6, 5)
"""The number counted rising by six for every five, or falling by as much, puts a rate in doubt. Our own line."""
MOST_HIDDEN: Final = 0.25
"""With more than this part of the months hidden, what is left is not a fair sample to judge."""


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
    def denominator(self) -> str: ...
    @property
    def period_rule(self) -> str: ...


@dataclass(frozen=True)
class YearComparison:
    """The last two full years side by side. `is_clear`: the 95 per cent interval of the change leaves out no change."""

    before: Protected
    after: Protected
    is_clear: bool
    claim: str
    sentence: str
    warning: str


@dataclass(frozen=True)
class Assessment:
    """What may be said of a series, why, and the chart it rests on. `points` are the months of the chart, in order.

    `limits` are those of the latest month (shares 0-1, or counts); None where there are none. `warnings` are already
    inside `sentence`.
    """

    sentence: str
    claim: str
    n_points: int
    points_needed: int
    signals: tuple[str, ...]
    latest: Protected | None
    limits: tuple[float, float] | None
    chart: Chart
    points: tuple[Protected, ...]
    years: YearComparison | None
    warnings: tuple[str, ...]
    rule_set: str
    unit: str
    polarity: str


def assess(figures: Sequence[Figure | Protected], definition: Judged, rule_set: str = "mdc-2023") -> Assessment:
    """The claim that the statistics allow about one indicator and one group, with the sentence that may be printed.

    Months make the chart; the last two full years make the comparison. A hidden figure is a gap: it takes no part,
    so that neither a limit nor a claim gives it away.
    """
    shown = [each if isinstance(each, Protected) else protect([each], "inside")[0] for each in figures]
    shown.sort(key=lambda each: (each.period.starts_on, each.period.ends_on))
    months = tuple(each for each in shown if each.period.kind == "month")
    chart = _chart(months, definition, rule_set)
    years = _compare_years([each for each in shown if each.period.kind == "year"], definition)
    latest = months[-1] if months else (shown[-1] if shown else None)
    claim, why, warning = _judge_months(months, chart, definition)
    if not months and years is not None:
        claim, why = years.claim, ""
    hidden = _left_out_words(months, definition)
    parts = [_latest_words(latest, definition), why, warning]
    if years is not None and latest is years.after:
        parts = [f"{definition.title}: {years.sentence[0].lower()}{years.sentence[1:]}", years.warning]
    elif years is not None:
        parts += [years.sentence, "" if years.warning == warning else years.warning]
    parts += [_unknown_words(latest, definition), hidden]
    last = chart.points[-1] if chart.points else None
    has_limits = last is not None and last.lower is not None and last.upper is not None
    return Assessment(
        sentence=" ".join(part for part in parts if part),
        claim=claim,
        n_points=chart.n_points,
        points_needed=chart.points_needed,
        signals=tuple(_signal_words(signal, months) for signal in chart.signals),
        latest=latest,
        limits=(last.lower, last.upper) if has_limits else None,  # type: ignore[union-attr, arg-type]
        chart=chart,
        points=months,
        years=years,
        warnings=tuple(part for part in (warning, years.warning if years else "", hidden) if part),
        rule_set=rule_set,
        unit=definition.unit,
        polarity=definition.polarity,
    )


def value_of(figure: Protected, unit: str) -> float | None:
    """What is plotted: the count, or the share from 0 to 1. None when hidden, not counted, or mostly not known."""
    if unit == "count":
        return figure.n_in
    return None if is_mostly_unknown(figure) else figure.share


def is_mostly_unknown(figure: Protected) -> bool:
    """Whether more is not known than known: such a share says little. A hidden handful is not most."""
    return (figure.n_unknown or 0) > (figure.denominator or 0)


def value_words(value: float, unit: str) -> str:
    """702, or "16.4 per cent"."""
    return count_words(round(value)) if unit == "count" else f"{per_cent(value)} per cent"


def _chart(months: Sequence[Protected], definition: Judged, rule_set: str) -> Chart:
    """The definition's chart. A stock's share has limits from its own numbers, since its months hardly differ."""
    is_stock = definition.period_rule.lower().startswith("stock")
    values = [value_of(each, definition.unit) for each in months]
    if definition.unit != "count" and (definition.chart == "p" or is_stock):
        pairs = [
            (each.n_in or 0, each.denominator or 0) if value is not None else None
            for each, value in zip(months, values, strict=True)
        ]
        return p_chart(pairs, rule_set, runs=not is_stock)
    highest = None if definition.unit == "count" else 1.0
    return xmr(values, rule_set, lowest=0.0, highest=highest, runs=not is_stock)


def period_words(period: Period) -> str:
    """How a sentence says when: "in April 2013", "in the year to 31 March 2014", "from 1 April 2013 to ..."."""
    if period.is_part:
        return f"from {date_words(period.starts_on)} to {date_words(period.ends_on)}"
    return f"in {period.words}" if period.kind == "month" else f"in the {period.words}"


def n_of_n_words(figure: Protected, unit: str) -> str:
    """ "16.4 per cent (1,426 of 8,717)", "702", or why there is no number."""
    if figure.suppressed:
        return "not shown, because the numbers are small"
    if unit == "count":
        return figure.n_in_words
    if figure.share is None:
        return "nothing to count"
    return f"{per_cent(figure.share)} per cent ({figure.n_in_words} of {figure.denominator_words})"


def _latest_words(latest: Protected | None, definition: Judged) -> str:
    if latest is None:
        return f"{definition.title}: there are no figures yet."
    when = period_words(latest.period)
    if latest.suppressed:
        return f"{definition.title}: the figure {when} is not shown, because the numbers are small."
    return f"{definition.title}: {n_of_n_words(latest, definition.unit)} {when}."


def direction_claim(direction: str, polarity: str) -> str:
    """What a move "high" or "low" means for an indicator whose better way is `polarity`."""
    if polarity not in ("lower", "higher"):
        return NEITHER
    is_low = direction == "low"
    return IMPROVING if is_low == (polarity == "lower") else WORSENING


def _judge_months(months: Sequence[Protected], chart: Chart, definition: Judged) -> tuple[str, str, str]:
    """The claim about the months, its reason in words, and the warning about the number counted (or "")."""
    if not months:
        return TOO_EARLY, "", ""
    if sum(each.suppressed for each in months) > MOST_HIDDEN * len(months):
        return TOO_EARLY, "Too early to say: too many months are hidden to judge the rest.", ""
    if chart.state == "points needed":
        return TOO_EARLY, f"Too early to say: {chart.n_points} of the {chart.points_needed} months needed.", ""
    if chart.state == "too little variation":
        return NO_CLEAR_CHANGE, "There is too little variation from month to month to judge.", ""
    last = max(place for place, point in enumerate(chart.points) if point.value is not None)
    now = [signal for signal in chart.signals if last in signal.places]
    if not now:
        return NO_CLEAR_CHANGE, _steady_words(months[last], chart.points[last], definition), ""
    if len({signal.direction for signal in now}) > 1:
        return NO_CLEAR_CHANGE, "No clear change: the signs point both ways.", ""
    claim = direction_claim(now[0].direction, definition.polarity)
    why = f"{_signal_words(now[0], months)}."
    warning = "" if definition.unit == "count" else _base_warning(*_two_spans(months), definition)
    if warning and claim == IMPROVING:
        return TOO_EARLY, f"It is too early to say whether this is improving: {_lower_first(why)}", warning
    return claim, f"This is {claim}: {_lower_first(why)}", warning


def _lower_first(words: str) -> str:
    """The sentence continued after a colon. A month keeps its capital."""
    return f"{words[0].lower()}{words[1:]}" if words.startswith(("The ", "Two ")) else words


def _steady_words(month: Protected, point: Point, definition: Judged) -> str:
    """The last month that can be judged, and the range it is in."""
    low, high = (value_words(limit or 0.0, definition.unit) for limit in (point.lower, point.upper))
    span = f"{low.removesuffix(' per cent')} to {high}"
    return f"No clear change: {month.period.words} is within the range that ordinary variation gives ({span})."


def _signal_words(signal: Signal, months: Sequence[Protected]) -> str:
    first, last = months[signal.places[0]].period.words, months[signal.places[-1]].period.words
    n = len(signal.places)
    is_high = signal.direction == "high"
    if signal.rule == "beyond limits":
        return f"{first} is {'above' if is_high else 'below'} the range that ordinary variation gives"
    if signal.rule == "shift":
        return f"The {n} months from {first} to {last} are all {'above' if is_high else 'below'} the average"
    if signal.rule == "trend":
        return f"The {n} months from {first} to {last} each {'rise' if is_high else 'fall'} from the one before"
    return f"Two of the three months to {last} are unusually {'high' if is_high else 'low'}"


def _two_spans(months: Sequence[Protected]) -> tuple[int, int]:
    """The number counted before and lately, per thousand months: the last 12 months and the 12 before, or two halves.

    A hidden base is left out of its span. No span is all hidden, since then too many months are to be judged at all.
    """
    span = min(12, len(months) // 2)
    before = [each.denominator for each in months[-2 * span : -span] if each.denominator is not None]
    after = [each.denominator for each in months[-span:] if each.denominator is not None]
    return round(1000 * sum(before) / len(before)), round(1000 * sum(after) / len(after))


def _base_warning(before: int | None, after: int | None, definition: Judged) -> str:
    """The denominator-shift warning, or "" when the number counted moved less than BASE_SHIFT."""
    if not before or after is None:
        return ""
    more, less = BASE_SHIFT
    if less * after < more * before and more * after > less * before:
        return ""
    change = after / before - 1
    verb = "rose" if change > 0 else "fell"
    return (
        f"The number of {counted_noun(definition.denominator)} {verb} by {per_cent(abs(change), 0)} per cent over the "
        "same time, so the rate may have moved because what is counted changed."
    )


def counted_noun(denominator: str) -> str:
    """The thing counted, from the definition's denominator: "Referrals whose date ..." gives "referrals"."""
    noun = re.split(
        r" (?:whose|that|which|who|in|of|for|with|received|concluded|completed|authorised|open|started|ended|closed"
        r"|held|due)\b|[,;.:(]",
        denominator.strip(),
        maxsplit=1,
    )[0].strip()
    if not noun or len(noun) > 60:
        return "records counted"
    return noun if noun[1:2].isupper() else noun[0].lower() + noun[1:]


def _compare_years(years: Sequence[Protected], definition: Judged) -> YearComparison | None:
    """The last two full, neighbouring years that are shown. None when there are not two."""
    full = [each for each in years if not each.period.is_part]
    if len(full) < 2:
        return None
    before, after = full[-2], full[-1]
    if value_of(before, definition.unit) is None or value_of(after, definition.unit) is None:
        return None
    if (after.period.starts_on - before.period.ends_on).days != 1:
        return None
    change = _change(before, after, definition.unit)
    if change is None:
        return None
    direction, is_clear = change
    warning = ""
    if definition.unit != "count":
        warning = _base_warning(before.denominator, after.denominator, definition)
    claim = direction_claim(direction, definition.polarity) if is_clear else NO_CLEAR_CHANGE
    if warning and claim == IMPROVING:
        claim = TOO_EARLY
    sentence = _years_words(before, after, direction, is_clear, definition.unit)
    return YearComparison(before, after, is_clear, claim, sentence, warning)


def _change(before: Protected, after: Protected, unit: str) -> tuple[str, bool] | None:
    """("low" or "high", whether more than chance explains). None when either year counted nothing."""
    if before.n_in is None or after.n_in is None:  # pragma: no cover - the caller has checked; this narrows the types
        return None
    if unit == "count":
        # Two counts over equal times: if nothing changed, each event is as likely to fall in either year.
        part = wilson(after.n_in, before.n_in + after.n_in)
        if part is None:
            return None
        return ("low" if after.n_in < before.n_in else "high"), not part[0] <= 0.5 <= part[1]
    if before.share is None or after.share is None:  # pragma: no cover - the caller has checked this too
        return None
    is_low = after.share < before.share
    return ("low" if is_low else "high"), _is_clear(*((before, after) if is_low else (after, before)))


def _is_clear(higher: Protected, lower: Protected) -> bool:
    """Whether one share is above another by more than chance explains, even if every unknown narrows the gap."""
    unknown, other = higher.n_unknown or 0, lower.n_unknown or 0
    gap = newcombe(
        (lower.n_in or 0) + other,
        (lower.denominator or 0) + other,
        higher.n_in or 0,
        (higher.denominator or 0) + unknown,
    )
    return gap is not None and gap[0] > 0


def _years_words(before: Protected, after: Protected, direction: str, is_clear: bool, unit: str) -> str:
    was, now = _with_unknown(before, unit), _with_unknown(after, unit)
    opening = f"{_upper_first(period_words(after.period))} it was {now}"
    if not is_clear:
        return f"{opening}, not clearly different from {was} the year before."
    word = "lower" if direction == "low" else "higher"
    return f"{opening}, {word} than {was} the year before, by more than chance would explain."


def _with_unknown(figure: Protected, unit: str) -> str:
    """The figure with how many more are not known, where any are."""
    words = n_of_n_words(figure, unit)
    if unit == "count" or figure.n_unknown == 0:
        return words
    more = "a few" if figure.n_unknown is None else figure.unknown_words
    return f"{words.removesuffix(')')}; not known for {more} more)"


def _upper_first(words: str) -> str:
    return words[0].upper() + words[1:]


def _unknown_words(latest: Protected | None, definition: Judged) -> str:
    if latest is None or definition.unit == "count":
        return ""
    if latest.n_unknown is None:
        return "A few more are not known."
    if latest.n_unknown == 0:
        return ""
    known = f"Not known for {latest.unknown_words} more"
    if latest.lowest_share is None or latest.highest_share is None:
        return f"{known}."
    low, high = per_cent(latest.lowest_share), per_cent(latest.highest_share)
    return f"{known}: between {low} and {high} per cent if the unknown ones are counted either way."


def _left_out_words(months: Sequence[Protected], definition: Judged) -> str:
    """How many months take no part in the chart, and why."""
    n_hidden = sum(each.suppressed for each in months)
    n_unknown = sum(is_mostly_unknown(each) for each in months) if definition.unit != "count" else 0
    of = f"of the {len(months)} months"
    parts = []
    if n_hidden:
        parts.append(f"{n_hidden} {of} {_are(n_hidden)} not shown because the numbers are small.")
    if n_unknown:
        parts.append(f"{n_unknown} {of} {_are(n_unknown)} not judged because more is not known than known.")
    return " ".join(parts)


def _are(n: int) -> str:
    return "is" if n == 1 else "are"
