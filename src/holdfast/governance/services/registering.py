"""The risk register: a risk raised, scored, reviewed and controlled; and lifted, which only a decision does.

Rule: every score and review stays. A review leaves the score as it was.
"""

from datetime import date, datetime

from django.db.models import Max

from holdfast.access import clock
from holdfast.access.doors import Actor, account_of, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.governance.days import day_up_to_today
from holdfast.governance.models import Risk, RiskControl, RiskLifting, RiskReview, RiskScore
from holdfast.governance.models.risks import HIGHEST
from holdfast.governance.observing import refuse_observer_as_owner
from holdfast.organisation.models import Post, Programme
from holdfast.pages.words import date_words


class NotOnTheRegister(NotDone):
    """What was typed cannot be kept in the register, and why."""


@service
def raise_risk(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    title: str,
    cause: str,
    event: str,
    effect: str,
    owner: Post,
    requirement: str = "",
    decision: str = "",
    raised_on: date | None = None,
) -> Risk:
    """Put a risk on the register. It has no score until somebody gives it one. Raises Refused or NotOnTheRegister."""
    check(by, Permission.MANAGE_RISKS, programme.code)
    day = day_up_to_today(at, raised_on, "raised_on", NotOnTheRegister, programme)
    for words, field, ask in (
        (title, "title", "a short title"),
        (cause, "cause", "the cause"),
        (event, "event", "what may happen"),
        (effect, "effect", "what that would do to children"),
    ):
        if not words.strip():
            raise NotOnTheRegister(f"Enter {ask}.", field=field)
    refuse_observer_as_owner(programme.code, owner.pk, day)
    Programme.objects.select_for_update().get(pk=programme.pk)
    last = Risk.objects.filter(programme=programme).aggregate(Max("number"))["number__max"] or 0
    said = {"title": title.strip(), "cause": cause.strip(), "event": event.strip(), "effect": effect.strip()}
    label = {"requirement": requirement, "decision": decision}
    risk = Risk.objects.create(programme=programme, number=last + 1, owner=owner, raised_on=day, **said, **label)
    record("risk raised", programme=programme.code, subject=f"risk {risk.number}", detail={"decision": decision})
    return risk


@service
def score_risk(
    *,
    by: Actor,
    at: datetime,
    risk: Risk,
    inherent_likelihood: int,
    inherent_impact: int,
    likelihood: int,
    impact: int,
    reason: str,
    target: int | None = None,
    accepted_because: str = "",
    scored_on: date | None = None,
) -> RiskScore:
    """Score a risk, 1 to 5 each: without its controls, and with them. `target` None: accepted, with the reason.

    Raises Refused or NotOnTheRegister.
    """
    check(by, Permission.MANAGE_RISKS, risk.programme.code)
    refuse_lifted(risk)
    fives = {
        "inherent_likelihood": inherent_likelihood,
        "inherent_impact": inherent_impact,
        "likelihood": likelihood,
        "impact": impact,
    }
    for field, number in fives.items():
        if not 1 <= number <= HIGHEST:
            raise NotOnTheRegister(f"Enter a number from 1 to {HIGHEST}.", field=field)
    if likelihood * impact > inherent_likelihood * inherent_impact:
        raise NotOnTheRegister("With its controls a risk is no larger than without them.", field="likelihood")
    if target is None and not accepted_because.strip():
        raise NotOnTheRegister("Give a target, or say why it is accepted as it is.", field="accepted_because")
    if target is not None and not 1 <= target <= HIGHEST * HIGHEST:
        raise NotOnTheRegister(f"Enter a target from 1 to {HIGHEST * HIGHEST}.", field="target")
    if not reason.strip():
        raise NotOnTheRegister("Say why it has this score.", field="reason")
    score = RiskScore(risk=risk, **fives, target=target, accepted_because=accepted_because.strip())
    score.scored_on = day_up_to_today(at, scored_on, "scored_on", NotOnTheRegister, risk.programme)
    score.reason, score.scored_by = reason.strip(), account_of(by)
    score.save()
    detail = {"residual": score.residual, "target": target}
    record("risk scored", programme=risk.programme.code, subject=f"risk {risk.number}", detail=detail)
    return score


@service
def review_risk(*, by: Actor, at: datetime, risk: Risk, words: str, reviewed_on: date | None = None) -> RiskReview:
    """Say that somebody looked, and what they saw. Its score stays. Raises Refused or NotOnTheRegister."""
    check(by, Permission.MANAGE_RISKS, risk.programme.code)
    refuse_lifted(risk)
    if not words.strip():
        raise NotOnTheRegister("Enter what the review saw.", field="words")
    review = RiskReview(
        risk=risk,
        words=words.strip(),
        reviewed_on=day_up_to_today(at, reviewed_on, "reviewed_on", NotOnTheRegister, risk.programme),
    )
    review.reviewed_by = account_of(by)
    review.save()
    record("risk reviewed", programme=risk.programme.code, subject=f"risk {risk.number}")
    return review


@service
def add_control(
    *, by: Actor, at: datetime, risk: Risk, words: str, owner: Post, from_on: date | None = None
) -> RiskControl:
    """Say what is in place against a risk, and whose it is. Raises Refused or NotOnTheRegister."""
    check(by, Permission.MANAGE_RISKS, risk.programme.code)
    refuse_lifted(risk)
    if not words.strip():
        raise NotOnTheRegister("Enter what is in place.", field="words")
    day = from_on or clock.day_of(at)
    refuse_observer_as_owner(risk.programme.code, owner.pk, day)
    control = RiskControl.objects.create(risk=risk, words=words.strip(), owner=owner, from_on=day)
    record("control added", programme=risk.programme.code, subject=f"risk {risk.number}")
    return control


@service
def lift_risk(*, by: Actor, at: datetime, risk: Risk, reason: str, decision: str, decided_on: date) -> RiskLifting:
    """Take a risk off the register, by a decision. Raises Refused or NotOnTheRegister."""
    check(by, Permission.APPLY_DECISION, risk.programme.code)
    refuse_lifted(risk)
    if not decision:
        raise NotOnTheRegister("Only a decision on record lifts a risk.")
    lifting = RiskLifting.objects.create(risk=risk, decision=decision, reason=reason, lifted_on=decided_on)
    detail = {"decision": decision}
    record("risk lifted", programme=risk.programme.code, subject=f"risk {risk.number}", detail=detail)
    return lifting


def refuse_lifted(risk: Risk) -> None:
    """Raises NotOnTheRegister once a decision has lifted it."""
    lifting = RiskLifting.objects.filter(risk=risk).first()
    if lifting is not None:
        words = f"Risk {risk.number} was lifted by {lifting.decision} on {date_words(lifting.lifted_on)}."
        raise NotOnTheRegister(words, field="subject")
