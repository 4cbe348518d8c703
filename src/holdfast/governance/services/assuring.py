"""Sessions of support logged, the safeguarding board's duties assured, scrutiny's recommendations and their answers.

Rules: of a session nothing that was said is kept; scrutiny recommends once its trigger is on record.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Max

from holdfast.access import clock
from holdfast.access.doors import Actor, account_of, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.governance.days import day_up_to_today
from holdfast.governance.duties import duties
from holdfast.governance.entitled import check_somewhere
from holdfast.governance.models import (
    DutyAssurance,
    InterventionStep,
    ScrutinyRecommendation,
    ScrutinyResponse,
    SupportSession,
)
from holdfast.governance.selectors.assurance import scrutiny_started_on
from holdfast.organisation.models import Body, Post, Programme


class NotAssured(NotDone):
    """What was typed cannot be kept, and why."""


@service
def log_support(
    *, by: Actor, at: datetime, programme: Programme, kind: str, post: Post, given_by: str, on: date, hours: Decimal
) -> SupportSession:
    """Log a session of support or mentoring: who, by whom, when, how long. Raises Refused or NotAssured."""
    check(by, Permission.MANAGE_RISKS, programme.code)
    quarters = int(hours * 4)
    if not 1 <= quarters <= 40 or quarters != hours * 4:
        raise NotAssured("Enter hours in quarters, like 1.5, up to 10.", field="hours")
    if not given_by.strip():
        raise NotAssured("Enter the post and organisation of whoever helped.", field="given_by")
    day_up_to_today(at, on, "on", NotAssured, programme)
    session = SupportSession(programme=programme, kind=SupportSession.Kind(kind), post=post, on=on)
    session.given_by, session.quarter_hours = given_by.strip(), quarters
    session.save()
    record("support logged", programme=programme.code, subject=str(post), detail={"kind": kind, "on": on.isoformat()})
    return session


@service
def assure_duty(
    *, by: Actor, at: datetime, programme: Programme, line: str, state: str, evidence: str, on: date | None = None
) -> DutyAssurance:
    """Say how a duty of the safeguarding board stands, and what shows it. Raises Refused or NotAssured."""
    check(by, Permission.ASSURE_DUTIES, programme.code)
    if line not in {duty.ref for duty in duties()}:
        raise NotAssured("There is no such duty in the list.")
    day = day_up_to_today(at, on, "on", NotAssured, programme)
    if state != DutyAssurance.State.UNKNOWN and not evidence.strip():
        raise NotAssured("Enter what shows it.", field="evidence")
    assurance = DutyAssurance(programme=programme, line=line, state=DutyAssurance.State(state), assured_on=day)
    assurance.evidence = evidence.strip()
    assurance.assured_by = account_of(by)
    assurance.save()
    record("duty assured", programme=programme.code, subject=line, detail={"state": state})
    return assurance


@service
def recommend(
    *, by: Actor, at: datetime, programme: Programme, body: Body, text: str, asked_of: Post, made_on: date | None = None
) -> ScrutinyRecommendation:
    """Write down what scrutiny recommends, once its condition is on record. Raises Refused or NotAssured."""
    check_somewhere(by, Permission.RAISE_CHALLENGE, programme.code)
    day = day_up_to_today(at, made_on, "made_on", NotAssured, programme)
    started = scrutiny_started_on(programme.code)
    if started is None or day < started:
        raise NotAssured("Scrutiny begins when its condition is on record for that day, and that is not so yet.")
    if not text.strip():
        raise NotAssured("Enter what is recommended.", field="text")
    Programme.objects.select_for_update().get(pk=programme.pk)
    mine = ScrutinyRecommendation.objects.filter(programme=programme)
    number = (mine.aggregate(Max("number"))["number__max"] or 0) + 1
    recommendation = ScrutinyRecommendation.objects.create(
        programme=programme, body=body, number=number, text=text.strip(), asked_of=asked_of, made_on=day
    )
    record("scrutiny recommended", programme=programme.code, subject=f"recommendation {number}")
    return recommendation


@service
def respond(
    *, by: Actor, at: datetime, recommendation: ScrutinyRecommendation, is_accepted: bool, words: str
) -> ScrutinyResponse:
    """Answer a recommendation of scrutiny. Raises Refused or NotAssured."""
    code = recommendation.programme.code
    check(by, Permission.MANAGE_MEETINGS, code)
    if not words.strip():
        raise NotAssured("Enter the answer.", field="words")
    response = ScrutinyResponse.objects.create(
        recommendation=recommendation, is_accepted=is_accepted, words=words.strip(), answered_on=clock.day_of(at)
    )
    record("scrutiny answered", programme=code, subject=f"recommendation {recommendation.number}")
    return response


@service
def record_step(
    *, by: Actor, at: datetime, programme: Programme, kind: str, on: date, words: str, source: str
) -> InterventionStep:
    """Write down a step of the intervention, with the letter that says so. Raises Refused or NotAssured."""
    check(by, Permission.MANAGE_MEETINGS, programme.code)
    is_first = kind == InterventionStep.Kind.ISSUED
    day_up_to_today(at, on, "on", NotAssured, None if is_first else programme)
    if not words.strip() or not source.strip():
        raise NotAssured("Enter what happened, and the letter or page that says so.", field="source")
    step = InterventionStep.objects.create(
        programme=programme,
        kind=InterventionStep.Kind(kind),
        on=on,
        words=words.strip(),
        source=source.strip(),
    )
    record("intervention step recorded", programme=programme.code, subject=step.get_kind_display())
    return step
