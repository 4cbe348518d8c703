"""How a year ties its months, for suppression (disclosure.py): by a sum, by repeating the last, by a nought.

A reader knows these ties, so a hidden month is only as safe as they leave it. Rule: known and unknown are asked apart.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal

from holdfast.analytics.figure import Figure, Period

Measure = Literal["in", "not", "base", "unknown"]
Place = tuple[str, str]  # (period id, group)
Step = tuple[tuple[str, int], ...]  # how one dimension moves: each member by +1 or -1


def rests_of(figures: Sequence[Figure]) -> list[Figure]:
    """What a part-year holds after its last whole month, for each group: a reader has it by subtracting the months.

    None where the year is not made of its months (a stock, or a count that a year does not add up).
    """
    rests = []
    for year in (each for each in figures if each.period.kind == "year" and each.period.is_part):
        months = [
            each
            for each in figures
            if each.group == year.group and each.period.kind == "month" and _is_within(each.period, year.period)
        ]
        begins = max((each.period.ends_on for each in months), default=year.period.ends_on) + timedelta(days=1)
        n_in, n_not = year.n_in - sum(each.n_in for each in months), year.n_not - sum(each.n_not for each in months)
        if begins <= year.period.ends_on:
            period = Period(f"{year.period.id}-rest", "month", begins, year.period.ends_on, "")
            n_unknown = year.n_unknown - sum(each.n_unknown for each in months)
            rests.append(Figure(period, year.group, n_in, n_not, max(0, n_unknown)))
    return [] if any(each.n_in < 0 or each.n_not < 0 for each in rests) else rests


def _is_within(month: Period, year: Period) -> bool:
    return year.starts_on <= month.starts_on <= year.ends_on


def time_steps(figures: Sequence[Figure], measures: Sequence[Measure]) -> dict[str, list[Step]]:
    """How each period can move in these measures without its year giving it away.

    A year that is the sum of its months moves with one of them, or two months trade. A year that repeats its last
    month (a count of what is open at the end) moves with it. A year that is neither stands alone. Known and unknown
    are asked apart: what is known of a year can be the sum of its months where what is not known is not. One sum is
    enough, since the days before a decision can make "not" differ where "in" does not, or one group and no other.
    """
    counts = {(f.period.id, f.group): tuple(measured(f, each) for each in measures) for f in figures}
    periods = {figure.period.id: figure.period for figure in figures}
    steps: dict[str, list[Step]] = {each: [((each, 1),)] for each in periods}
    for year in (each for each in periods.values() if each.kind == "year"):
        months = sorted(each.id for each in periods.values() if each.kind == "month" and _is_within(each, year))
        if not months:
            continue
        if _repeats(year.id, months[-1], counts):
            steps[year.id] = steps[months[-1]] = [((year.id, 1), (months[-1], 1))]
        elif _adds_up(year.id, months, counts):
            steps[year.id] = [((year.id, 1), (each, 1)) for each in months]
            for each in months:
                trades: list[Step] = [((each, 1), (other, -1)) for other in months if other != each]
                steps[each] = [*trades, ((each, 1), (year.id, 1))]
    return steps


def years_of(figures: Sequence[Figure], measures: Sequence[Measure]) -> dict[str, list[str]]:
    """The years that each month is part of. Not a year that repeats its last month: its nought is of one day only."""
    counts = {(f.period.id, f.group): tuple(measured(f, each) for each in measures) for f in figures}
    periods = {figure.period.id: figure.period for figure in figures}
    found: dict[str, list[str]] = {}
    for year in (each for each in periods.values() if each.kind == "year"):
        months = sorted(each.id for each in periods.values() if each.kind == "month" and _is_within(each, year))
        if months and not _repeats(year.id, months[-1], counts):
            for each in months:
                found.setdefault(each, []).append(year.id)
    return found


def measured(figure: Figure, measure: Measure) -> int:
    if measure == "base":
        return figure.denominator
    return figure.n_in if measure == "in" else figure.n_not if measure == "not" else figure.n_unknown


def _repeats(year: str, month: str, counts: dict[Place, tuple[int, ...]]) -> bool:
    """Whether, for every group, the year is what the month is. A month without a group counts as nought."""
    return all(
        held == counts.get((month, group), (0,) * len(held))
        for (period, group), held in counts.items()
        if period == year
    )


def _adds_up(year: str, months: Sequence[str], counts: dict[Place, tuple[int, ...]]) -> bool:
    """Whether anything in the year is the sum of its months: then a reader may take it that the rest nearly is."""
    return any(
        count and count == sum(counts[month, group][part] for month in months if (month, group) in counts)
        for (period, group), held in counts.items()
        if period == year
        for part, count in enumerate(held)
    )
