"""Are the gains kept? Who takes over each requirement, and whether each indicator with a target has stayed at it.

Sustained: the last six settled months, one after the other, all at or over the target, and no change for the worse by
special cause. Rule: a month of which too much is unknown is neither; then it is not known, and never sustained.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Protocol

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, check
from holdfast.access.permissions import Permission
from holdfast.notice.figures import WORSE
from holdfast.notice.models import Notice, Requirement
from holdfast.organisation.models import Programme
from holdfast.performance.selectors.decided import aims_of
from holdfast.performance.selectors.indicators import definition_cards, series
from holdfast.performance.selectors.releases import latest_release
from holdfast.performance.selectors.unanswerable import Unanswerable
from holdfast.plan.models import Handover

PERIODS: Final = 6
SUSTAINED, NOT_SUSTAINED, NOT_KNOWN = "sustained", "not sustained", "not known"
NOT_PUBLISHED: Final = (NOT_KNOWN, "no published release has it")


class Month(Protocol):
    """As much of a month's figure as the test looks at. Shares are 0 to 1; None where it is hidden or has no base."""

    @property
    def n_in(self) -> int | None: ...
    @property
    def lowest_share(self) -> float | None: ...
    @property
    def highest_share(self) -> float | None: ...


@dataclass(frozen=True)
class Goal:
    """What an indicator is to stay at: a share of 0 to 1, or a count; `at_least` or at most; whose it is, in words."""

    value: float
    at_least: bool
    words: str
    is_count: bool = False

    def is_met(self, month: Month) -> bool | None:
        """Whether a month is at or over it, whatever its unknowns are; None where that hangs on them."""
        worst, best = (month.lowest_share, month.highest_share) if self.at_least else _other_way(month)
        if self.is_count:
            worst = best = month.n_in
        if worst is None or best is None:
            return None
        reaches = (
            (worst >= self.value, best >= self.value) if self.at_least else (worst <= self.value, best <= self.value)
        )
        return reaches[0] if reaches[0] == reaches[1] else None


def _other_way(month: Month) -> tuple[float | None, float | None]:
    return month.highest_share, month.lowest_share


def stays_at(months: Sequence[Month], goal: Goal, claim: str) -> tuple[str, str]:
    """Whether the last months have stayed at a goal, and why in words. `claim` is the fair claim's word."""
    last = [goal.is_met(month) for month in months[-PERIODS:]]
    n_met = 0
    for met in reversed(last):
        if met is not True:
            break
        n_met += 1
    said = f"{n_met} of {PERIODS} months in a row {goal.words}"
    if claim in WORSE:
        return NOT_SUSTAINED, f"{said}, and it is {claim}"
    if False in last:
        return NOT_SUSTAINED, said
    if len(last) < PERIODS or None in last:
        return NOT_KNOWN, f"{said}; the others are not there or not known well enough"
    return SUSTAINED, said


@dataclass(frozen=True)
class Kept:
    """Whether one indicator has stayed at its target: the state, and why in words."""

    indicator: str
    title: str
    state: str
    words: str


@dataclass(frozen=True)
class HandoverLine:
    """One requirement, and who takes it over; None when nobody has been named."""

    requirement: Requirement
    handover: Handover | None


def handovers(user: Actor, code: str, on: date | None = None) -> list[HandoverLine]:
    """Every requirement of the notice with who takes it over, as had been said by a day. [] without a notice."""
    check(user, Permission.SEE_PROGRAMME, code)
    day, notice = on or clock.today(), Notice.objects.filter(programme__code=code).first()
    if notice is None:
        return []
    said = Handover.objects.filter(requirement__notice=notice, said_on__lte=day).select_related("post")
    newest = {row.requirement_id: row for row in said.order_by("id")}
    return [HandoverLine(requirement, newest.get(requirement.pk)) for requirement in notice.requirements.all()]


def kept(user: Actor, code: str, on: date | None = None) -> list[Kept]:
    """Every indicator with a target or a standard, and whether it has stayed at it, in data to a day."""
    check(user, Permission.SEE_PROGRAMME, code)
    day = on or clock.today()
    cards = {card.id: card for card in definition_cards()}
    is_published = latest_release(SYSTEM, code) is not None
    return [
        Kept(name, cards[name].title, *(_tested(code, name, goal, day) if is_published else NOT_PUBLISHED))
        for name, goal in sorted(goals(code, day).items())
        if name in cards
    ]


def _tested(code: str, indicator: str, goal: Goal, on: date) -> tuple[str, str]:
    try:
        found = series(SYSTEM, code, indicator, until=on)
    except Unanswerable:
        return NOT_PUBLISHED
    months = found.of_kind("month")
    settled = months[: len(months) - found.n_not_yet_known]
    return stays_at(unbroken(settled), goal, found.assessment.claim if found.assessment else "")


def unbroken(months: Sequence[Any]) -> Sequence[Any]:
    """The last of these months' figures that follow one on another: nothing before a month not held is in the row."""
    place = len(months) - 1
    while place > 0 and months[place - 1].period.ends_on + timedelta(days=1) == months[place].period.starts_on:
        place -= 1
    return months[max(place, 0) :]


def goals(code: str, on: date) -> dict[str, Goal]:
    """By indicator: the target that a decision set, as it stood on a day; else the standard that the notice names."""
    notice = Notice.objects.filter(programme__code=code).select_related("programme").first()
    programme = notice.programme if notice else Programme.objects.get(code=code)
    found: dict[str, Goal] = {}
    for requirement in notice.requirements.all() if notice else ():
        for check_ in requirement.checks:
            params: dict[str, Any] = check_.get("params", {})
            for name in params.get("indicators", ()) if "at_least" in params else ():
                found[name] = Goal(params["at_least"], True, f"at the standard of {params['standard']}")
    units = {card.id: card.unit for card in definition_cards()}
    for name, aims in aims_of(programme, on).items():
        now = [aim for aim in aims if aim.from_on <= on]
        if now and name in units:
            is_count, aim = units[name] == "count", now[-1]
            words = f"{aim.words(units[name])} (decision {aim.target.decision})"
            found[name] = Goal(aim.value, aim.target.direction == "at least", words, is_count)
    return found
