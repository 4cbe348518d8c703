"""The fair claim: the only words that may be said of a series, decided on whole figures and then told to one reader.

Not here: the rules of a word (verdict), its sentences (words) or the signals (spc). Rules: a claim is one of CLAIMS and
nothing else, and the same for every reader; every rate comes with its two counts and its period; nothing printed is
made from a month that is hidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from holdfast.analytics.claims import verdict as v
from holdfast.analytics.claims.baseline import Judging, Rebase, Target
from holdfast.analytics.claims.judging import Judged, Judgement, judge
from holdfast.analytics.claims.luck import chance
from holdfast.analytics.claims.seen import Seen
from holdfast.analytics.claims.targets import coming_words, reached, target_words
from holdfast.analytics.claims.verdict import Verdict
from holdfast.analytics.claims.words import (
    Saying,
    latest_words,
    left_out_words,
    signal_words,
    unknown_words,
)
from holdfast.analytics.claims.years import YearComparison, compare_last_years
from holdfast.analytics.disclosure import Protected, protect
from holdfast.analytics.figure import Figure
from holdfast.analytics.hidden_counts import SMALL
from holdfast.analytics.spc import Chart, Point


@dataclass(frozen=True)
class Assessment:
    """What may be said of a series, why, and the chart it rests on. `points` are the months of the chart, in order.

    `headline` is the claim in at most two lines; `sentence` is all that may be said, the headline and `warnings`
    included. Neither names the indicator. `limits` are those of the latest month (shares 0-1, or counts); None where
    there are none. `target`: the one in force at the latest month, `targets` at the end of each month of the chart
    (None before the first); `assurance`: whether the process as it runs reaches it (targets.reached), "" where
    the word does not let that be said. `verdict` is what the word rests on, in whole
    figures: never for a reader from whom anything is hidden. `chance`: how likely so large a difference is if nothing
    changed, one figure rounded up; None where no word rests on a comparison.
    """

    headline: str
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
    target: Target | None
    targets: tuple[Target | None, ...]
    assurance: str
    verdict: Verdict
    chance: float | None


def assess(
    figures: Sequence[Figure | Protected],
    definition: Judged,
    rule_set: str = "mdc-2023",
    *,
    shown: Sequence[Protected] | None = None,
    published: Sequence[Protected] | None = None,
    notice_on: date | None = None,
    notice_ends_on: date | None = None,
    rebases: Sequence[Rebase] = (),
    usual_revision: Sequence[float] = (),
    targets: Sequence[Target] = (),
) -> Assessment:
    """The claim that the statistics allow about one indicator and one group, with the sentence that may be printed.

    `figures` are whole: months make the claim, the last two full years a comparison. `shown` are the same figures as
    the reader may see them (None: as given), in any order; every figure must have its own there. `published` are the
    same as everybody may see them (None: by the publish rule alone): limits are no finer than they allow. The rest are
    the settings of Judging: the day of the notice, decisions that set the baseline again, how far late records usually
    move the latest months, and the targets. A figure that is given hidden takes no part.
    Raises ValueError when a figure is not among those shown, or shown twice.
    """
    judging = Judging(rule_set, notice_on, notice_ends_on, tuple(rebases), tuple(usual_revision), tuple(targets))
    whole = sorted(figures, key=lambda each: (each.period.starts_on, each.period.ends_on))
    seen = _seen(whole, shown)
    places = [place for place, each in enumerate(whole) if each.period.kind == "month"]
    months, months_seen = [whole[place] for place in places], [seen[place] for place in places]
    judgement = judge(months, definition, judging, _hidden_in_public(whole, published))
    in_years = [place for place, each in enumerate(whole) if each.period.kind == "year"]
    years = compare_last_years(
        [whole[place] for place in in_years], months, [seen[place] for place in in_years], definition, judging
    )
    return _told(judgement, definition, judging, months_seen, seen, years)


def _seen(whole: Sequence[Figure | Protected], shown: Sequence[Protected] | None) -> list[Protected]:
    """Each figure as the reader may see it, in the same order."""
    if shown is None:
        return [each if isinstance(each, Protected) else protect([each], "inside")[0] for each in whole]
    by_period = {each.period.id: each for each in shown}
    if len(by_period) != len(shown) or any(each.period.id not in by_period for each in whole):
        raise ValueError("each figure must be shown, or hidden, exactly once")
    return [by_period[each.period.id] for each in whole]


def _hidden_in_public(whole: Sequence[Figure | Protected], published: Sequence[Protected] | None) -> frozenset[str]:
    """The months that everybody may not see: limits are as coarse for all as they must be for one."""
    if published is None:
        figures = [_figure(each) for each in whole if each.n_in is not None and each.denominator is not None]
        if not any(part in SMALL for each in figures for part in (each.n_in, each.n_not, each.denominator)):
            return frozenset()
        published = protect(figures)
    return frozenset(each.period.id for each in published if each.suppressed)


def _figure(given: Figure | Protected) -> Figure:
    """A figure given whole, whichever way it came."""
    n_in = given.n_in or 0
    return Figure(given.period, given.group, n_in, (given.denominator or 0) - n_in, given.n_unknown or 0)


def _last(figures: Sequence[Protected]) -> Protected | None:
    return figures[-1] if figures else None


def _told(
    judgement: Judgement,
    definition: Judged,
    judging: Judging,
    months: Sequence[Protected],
    shown: Sequence[Protected],
    years: YearComparison | None,
) -> Assessment:
    seen, latest = Seen(months), _last(months) or _last(shown)
    chart, periods = seen.chart(judgement.chart), [each.period for each in months]
    claim, headline, details, warning = _claimed(judgement, definition, judging, seen, years)
    hidden = left_out_words(months, definition)
    last = next((point for point in reversed(chart.points) if point.value is not None), None)
    goal, coming = _targets(judging, months)
    assured = reached(goal, months, last, claim, definition, judgement.verdict.baseline)
    parts = [latest_words(latest, definition, judging.notice_on), headline, *details] if months or years is None else []
    parts += [*_year_parts(years, warning), target_words(goal, latest, assured, claim, definition)]
    parts += [coming_words(coming, definition), unknown_words(latest, definition), hidden]
    return Assessment(
        headline=headline,
        sentence=" ".join(part for part in parts if part),
        claim=claim,
        n_points=chart.n_points,
        points_needed=chart.points_needed,
        signals=tuple(signal_words(signal, periods, judging.notice_on) for signal in chart.signals),
        latest=latest,
        limits=_limits(last),
        chart=chart,
        points=tuple(months),
        years=years,
        warnings=tuple(part for part in (warning, years.warning if years else "", hidden) if part),
        rule_set=judging.rule_set,
        unit=definition.unit,
        polarity=definition.polarity,
        target=goal,
        targets=tuple(judging.target_on(each.ends_on) for each in periods),
        assurance=assured,
        verdict=judgement.verdict,
        chance=chance(judgement.verdict),
    )


def _targets(judging: Judging, months: Sequence[Protected]) -> tuple[Target | None, Target | None]:
    """The target in force at the latest month, and the one that starts to hold after it."""
    on = months[-1].period.ends_on if months else None
    return (None, None) if on is None else (judging.target_on(on), judging.target_after(on))


def _limits(last: Point | None) -> tuple[float, float] | None:
    if last is None or last.lower is None or last.upper is None:
        return None
    return last.lower, last.upper


def _year_parts(years: YearComparison | None, warning: str) -> list[str]:
    """The years' sentence, with its warning unless that was said."""
    if years is None:
        return []
    return [years.sentence, "" if years.warning == warning else years.warning]


def _claimed(
    judgement: Judgement, definition: Judged, judging: Judging, seen: Seen, years: YearComparison | None
) -> tuple[str, str, list[str], str]:
    """The word, its headline, what stands behind it, and the warning among that. A year since the notice may differ."""
    saying = Saying(judgement, definition, judging, seen)
    claim = judgement.verdict.word
    if not seen.months:
        return (years.claim, years.sentence, [], "") if years else (claim, "", [], "")
    since = years if years is not None and not years.is_before_notice and judging.notice_on is not None else None
    sides = (v.BETTER, v.WORSE)
    if since is not None and any(claim in one and since.claim in other for one, other in (sides, sides[::-1])):
        return (
            v.BOTH_WAYS,
            f"The signs point both ways: {_lower(saying.headline())}",
            saying.details(),
            saying.warning(),
        )
    return claim, saying.headline(), saying.details(), saying.warning()


def _lower(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"
