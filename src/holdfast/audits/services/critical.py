"""A child who may not be safe: found by an answer, told, acknowledged, said to be safe, confirmed, closed; each timed.

Nothing here tells anybody: people do, and record that they did. Rule: raised in the transaction that saves the answer;
the team that answers for the case can neither confirm nor close it; a step is taken once and stays.
"""

from datetime import datetime

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, Refused, account_of, check, grants, may
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.audits.models import Audit, Critical, CriticalStep, OutOfHours
from holdfast.audits.safety import NOT_OF_THE_TEAM, open_next
from holdfast.audits.selectors import criticals as selectors
from holdfast.organisation.models import Programme
from holdfast.questions.wording import Question

Step = CriticalStep.Step


class TheirOwn(Forbidden):
    """The team that answers for the case would confirm or close what was found in it."""

    def __init__(self, programme: str) -> None:
        super().__init__(
            "You are of the team that answers for this case, so you can neither confirm nor close what was found. "
            "Somebody outside it does.",
            programme=programme,
        )


class SamePerson(Forbidden):
    """Whoever found it, or said that the child is safe, would confirm it."""

    def __init__(self, programme: str) -> None:
        super().__init__(
            "You found this, or said that the child is safe. A second reader confirms it.", programme=programme
        )


class NotYet(NotDone):
    """The step waits for another, or was taken already."""


class OddTime(NotDone):
    """The step was taken before the finding, or in the future."""

    def __init__(self, words: str) -> None:
        super().__init__(words, field="at_time")


@service
def raise_critical(*, by: Actor, at: datetime, audit: Audit, question: Question) -> Critical:
    """A child who may not be safe, found by an answer. Raised once for a question of an audit, and never taken back."""
    found = Critical.objects.filter(audit=audit, question=question.code).first()
    if found is None:
        found = Critical(audit=audit, question=question.code, asked=question.ask, raised_at=at)
        found.raised_by = account_of(by)
        found.save()
    record("child may not be safe", programme=audit.programme.code, subject=str(audit))
    return found


@service
def take_step(
    *, by: Actor, at: datetime, critical: Critical, step: str, words: str, happened_at: datetime | None = None
) -> CriticalStep:
    """Record that a step was taken, when (now unless given) and in what words.

    Raises Refused, TheirOwn, SamePerson, NotYet, OddTime, or ValueError for an unknown step.
    """
    code, chosen = critical.audit.programme.code, Step(step)
    Critical.objects.select_for_update().get(pk=critical.pk)
    kept = selectors.one_critical(SYSTEM, code, critical.pk)
    _refuse_who(by, kept, chosen, code)
    taken = selectors.taken(kept)
    if chosen not in open_next(taken):
        raise NotYet("That step was taken already." if chosen in taken else "That step waits for the ones before it.")
    if not words.strip():
        raise NotDone("Say who was told, or what was found, in a sentence or two.", field="words")
    when = happened_at or at
    if not kept.raised_at <= when <= at:
        raise OddTime("Enter a time between when this was found and now")
    row = CriticalStep(critical=kept, step=chosen, at=when, words=words.strip(), recorded_at=at)
    row.recorded_by = account_of(by)
    row.save()
    detail = {"step": str(chosen), "at": when.isoformat()}
    record("step for a child’s safety recorded", programme=code, subject=str(kept.audit), detail=detail)
    return row


def _refuse_who(by: Actor, critical: Critical, step: CriticalStep.Step, code: str) -> None:
    """Raises Refused, TheirOwn or SamePerson."""
    if by is SYSTEM:
        return
    is_finder = critical.raised_by_id == by.pk
    if not may(by, Permission.ANSWER_CRITICAL, code) and not (is_finder and step not in NOT_OF_THE_TEAM):
        raise Refused(Permission.ANSWER_CRITICAL, code)
    if step not in NOT_OF_THE_TEAM:
        return
    team = critical.audit.team.code
    if any((grant.kind, grant.key) == ("team", team) for grant in grants(by)) or critical.audit.worker_id == by.pk:
        raise TheirOwn(code)
    said_safe = {row.recorded_by_id for row in critical.steps.all() if row.step == Step.SAFE}
    if step == Step.CONFIRMED and (is_finder or by.pk in said_safe):
        raise SamePerson(code)


@service
def keep_out_of_hours(*, by: Actor, at: datetime, programme: Programme, words: str) -> OutOfHours:
    """Say whom to ring for a child's safety when the office is shut. The newest counts."""
    check(by, Permission.MANAGE_AUDITS, programme.code)
    contact = OutOfHours(programme=programme, words=" ".join(words.split()), said_on=clock.day_of(at))
    contact.save()
    record("contact out of hours kept", programme=programme.code, subject=contact.words)
    return contact
