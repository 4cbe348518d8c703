"""The stated baseline: which months the others are judged by, since when, and on whose decision.

By default the last 24 complete months before the notice was issued. Rule: it never moves of its own accord; only a
decision given by date and reference sets it again, and then the old limits stay in sight up to that day.
"""

from collections.abc import Collection, Container
from dataclasses import dataclass
from datetime import date
from typing import Final

from holdfast.analytics.figure import Period, month

BASELINE_MONTHS: Final = 24
MOST_MISSING: Final = 6
"""Of the baseline's months, this many may have nothing that can be judged."""


@dataclass(frozen=True)
class Rebase:
    """A decision to judge by new months: the day it holds from, and where it was minuted."""

    on: date
    reference: str


@dataclass(frozen=True)
class Target:
    """What an indicator is to reach from a day on (share 0 to 1, or a count), and where that was decided.

    polarity: "lower" where it is the most there may be, "higher" the least; "": as the indicator's own.
    decided_on: the day of the decision; None: not given, and nothing is said of when it was set.
    """

    on: date
    value: float
    reference: str = ""
    polarity: str = ""
    decided_on: date | None = None

    def is_set_after(self, period: Period) -> bool:
        """Whether a period was over before the target was decided: nobody could aim at it then."""
        return self.decided_on is not None and period.ends_on < self.decided_on


@dataclass(frozen=True)
class Judging:
    """What a series is judged by: the settings that the chart, the claim and the target share.

    notice_on: the day the notice was issued; None: no baseline is stated. notice_ends_on: None: a year after.
    usual_revision: how far a latest month moved once the records were complete, then the month before it, and so on: in
    share (0 to 1), or of a count in parts of itself. targets: each holds from its day until the next.
    """

    rule_set: str = "mdc-2023"
    notice_on: date | None = None
    notice_ends_on: date | None = None
    rebases: tuple[Rebase, ...] = ()
    usual_revision: tuple[float, ...] = ()
    targets: tuple[Target, ...] = ()

    def target_on(self, day: date) -> Target | None:
        """The target in force on a day. None before the first."""
        held = [each for each in self.targets if each.on <= day]
        return max(held, key=lambda each: each.on) if held else None

    def target_after(self, day: date) -> Target | None:
        """The first target that starts to hold after a day. None where none is decided."""
        return min((each for each in self.targets if each.on > day), key=lambda each: each.on, default=None)

    @property
    def ends_on(self) -> date | None:
        if self.notice_ends_on is not None or self.notice_on is None:
            return self.notice_ends_on
        return month(self.notice_on.year + 1, self.notice_on.month).ends_on


@dataclass(frozen=True)
class Baseline:
    """Months `first` to `last`, by month number; months from `judged_from` on are judged by them."""

    first: int
    last: int
    judged_from: int
    reference: str = ""


def month_number(day: date) -> int:
    """Months since the year nought: one number a month, and the remainder by 12 is the month's name."""
    return day.year * 12 + day.month - 1


def period_of(at: int) -> Period:
    return month(at // 12, at % 12 + 1)


def whole_month_from(day: date) -> int:
    """The first month that begins on the day or after it."""
    return month_number(day) + (day.day > 1)


def baselines(present: Container[int], usable: Collection[int], judging: Judging, points_needed: int) -> list[Baseline]:
    """The baselines in order, the last one in force. [] while there is none: no notice, or too few months before it.

    `present`: the numbers of the months that there are; `usable`: those that can be judged. A decision's baseline
    begins with it and takes the rule set's number of points; until those months exist, the one before it holds.
    """
    if judging.notice_on is None:
        return []
    before = month_number(judging.notice_on)
    kept: list[Baseline] = []
    first = before - BASELINE_MONTHS
    if not n_missing(present, first, before - 1) and n_missing(usable, first, before - 1) <= MOST_MISSING:
        kept = [Baseline(first, before - 1, whole_month_from(judging.notice_on))]
    for decision in sorted(judging.rebases, key=lambda decision: decision.on):
        first = whole_month_from(decision.on)
        last = first + points_needed - 1
        if not n_missing(usable, first, last):
            kept.append(Baseline(first, last, last + 1, decision.reference))
    return kept


def n_missing(usable: Container[int], first: int, last: int) -> int:
    return sum(at not in usable for at in range(first, last + 1))
