"""Support that was given, how the safeguarding board's duties stand, what scrutiny asked, and the steps so far.

What members see here is what everybody may: figures with small counts suppressed, whoever looks.
"""

from dataclasses import dataclass
from datetime import date

from holdfast.access import clock
from holdfast.access.doors import Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.governance.duties import Duty, duties
from holdfast.governance.models import (
    DutyAssurance,
    InterventionStep,
    ScrutinyRecommendation,
    ScrutinyResponse,
    SupportSession,
)
from holdfast.notice.models import Requirement


class NoSuchDuty(Missing):
    """The list has no such duty."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"There is no duty “{ref[:20]}” in the list.")


class NoSuchScrutiny(Missing):
    """Scrutiny has made no such recommendation."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no recommendation {number} of scrutiny in this programme.")


@dataclass(frozen=True)
class DutyLine:
    """One duty with how it last stood on a day; None where nobody had said."""

    duty: Duty
    assurance: DutyAssurance | None

    @property
    def state(self) -> str:
        return self.assurance.get_state_display() if self.assurance else "Nobody has said"


@dataclass(frozen=True)
class RecommendationLine:
    """One recommendation of scrutiny with its answers by a day, in the order they came."""

    recommendation: ScrutinyRecommendation
    responses: tuple[ScrutinyResponse, ...]

    @property
    def state(self) -> str:
        if not self.responses:
            return "Not answered"
        return "Accepted" if self.responses[-1].is_accepted else "Not accepted"


def support_sessions(user: Actor, code: str, kind: str = "", on: date | None = None) -> list[SupportSession]:
    """Every session by a day (today), the latest first; of one kind, where it is named."""
    check(user, Permission.SEE_PROGRAMME, code)
    held = SupportSession.objects.filter(programme__code=code, on__lte=on or clock.today())
    return list((held.filter(kind=kind) if kind else held).select_related("post__agency"))


def duty_lines(user: Actor, code: str, on: date | None = None) -> list[DutyLine]:
    """Every duty with how it stood on a day (today)."""
    check(user, Permission.SEE_PROGRAMME, code)
    said = DutyAssurance.objects.filter(programme__code=code, assured_on__lte=on or clock.today())
    last = {assurance.line: assurance for assurance in said.select_related("assured_by").order_by("assured_on", "pk")}
    return [DutyLine(duty, last.get(duty.ref)) for duty in duties()]


def one_duty(user: Actor, code: str, ref: str) -> DutyLine:
    """Raises NoSuchDuty."""
    for line in duty_lines(user, code):
        if line.duty.ref == ref:
            return line
    raise NoSuchDuty(ref)


def scrutiny_started_on(code: str) -> date | None:
    """The day on which the condition of members' scrutiny was recorded as met. None: it has not begun.

    It is the day of the requirement of the notice that is about scrutiny and has a condition.
    """
    conditional = Requirement.objects.filter(notice__programme__code=code).exclude(condition="")
    days = [each.triggered_on for each in conditional if "scrutiny" in each.themes and each.triggered_on]
    return min(days, default=None)


def recommendations(user: Actor, code: str, on: date | None = None) -> list[RecommendationLine]:
    """What scrutiny had recommended by a day (today), the latest first."""
    check(user, Permission.SEE_PROGRAMME, code)
    day = on or clock.today()
    made = ScrutinyRecommendation.objects.filter(programme__code=code, made_on__lte=day)
    shown = made.select_related("programme", "body", "asked_of").prefetch_related("responses")
    return [
        RecommendationLine(each, tuple(answer for answer in each.responses.all() if answer.answered_on <= day))
        for each in shown
    ]


def one_recommendation(user: Actor, code: str, number: int) -> ScrutinyRecommendation:
    """Raises NoSuchScrutiny."""
    for line in recommendations(user, code):
        if line.recommendation.number == number:
            return line.recommendation
    raise NoSuchScrutiny(number)


def intervention_steps(user: Actor, code: str, on: date | None = None) -> list[InterventionStep]:
    """The steps of the intervention by a day (today), the earliest first."""
    check(user, Permission.SEE_PROGRAMME, code)
    return list(InterventionStep.objects.filter(programme__code=code, on__lte=on or clock.today()))
