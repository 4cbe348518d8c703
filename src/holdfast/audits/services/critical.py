"""A child who may not be safe: found by an answer, told, acknowledged, said to be safe, confirmed, closed; each timed.

Nothing here tells anybody: people do, and record that they did. Rule: raised in the transaction that saves the answer;
the team that answers for the case can neither confirm nor close it, nor can its manager, whatever the role is held
over, or whoever answered for it; whoever said that the child is safe neither; a step is taken once and stays.
"""

from datetime import datetime

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, Refused, account_of, check, grants, may
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.audits.independence import TEAM_MANAGER
from holdfast.audits.models import Audit, Critical, CriticalStep, OutOfHours
from holdfast.audits.safety import NOT_OF_THE_TEAM, open_next
from holdfast.audits.selectors import criticals as selectors
from holdfast.organisation.models import Programme
from holdfast.questions.naming import seems
from holdfast.questions.wording import Question

Step = CriticalStep.Step


class TheirOwn(Forbidden):
    """The team that answers for the case, or who answered for it, would confirm or close what was found in it."""

    def __init__(self, programme: str, why: str) -> None:
        super().__init__(
            f"{why}, so you can neither confirm nor close what was found. Somebody outside the team does.",
            programme=programme,
        )


class SamePerson(Forbidden):
    """Whoever found it would confirm it, or whoever said that the child is safe would confirm or close it."""

    def __init__(self, programme: str, step: CriticalStep.Step) -> None:
        words = "You found this, or said that the child is safe. A second reader confirms it."
        if step == Step.CLOSED:
            words = "You said that the child is safe, so you cannot close what was found. Somebody else does."
        super().__init__(words, programme=programme)


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
    detail = {"step": str(chosen), "at": when.isoformat(), **seems(words)}
    record("step for a child’s safety recorded", programme=code, subject=str(kept.audit), detail=detail)
    return row


def _refuse_who(by: Actor, critical: Critical, step: CriticalStep.Step, code: str) -> None:
    """Raises Refused, TheirOwn or SamePerson."""
    if by is SYSTEM:
        return
    is_finder = critical.raised_by_id == by.pk
    may_answer = may(by, Permission.ANSWER_CRITICAL, code, ("team", critical.audit.team.code))
    if not may_answer and not (is_finder and step not in NOT_OF_THE_TEAM):
        raise Refused(Permission.ANSWER_CRITICAL, code)
    if step not in NOT_OF_THE_TEAM:
        return
    why = _why_theirs(by, critical, code)
    if why:
        raise TheirOwn(code, why)
    if by.pk in _recorded(critical, Step.SAFE) or (step == Step.CONFIRMED and is_finder):
        raise SamePerson(code, step)


def _why_theirs(by: Actor, critical: Critical, code: str) -> str:
    """How an account belongs to the team that answers for the case; "" where it does not."""
    team, held = critical.audit.team, [grant for grant in grants(by) if grant.programme == code]
    if any((grant.kind, grant.key) == ("team", team.code) for grant in held):
        return "You are of the team that answers for this case"
    if critical.audit.worker_id == by.pk:
        return "This is your own case"
    if any(grant.role == TEAM_MANAGER and grant.kind == "programme" for grant in held):
        return f"You are a team manager of the whole programme, {team} among it"
    if by.pk in _recorded(critical, Step.ACKNOWLEDGED):
        return "You answered for the team"
    return ""


def _recorded(critical: Critical, step: CriticalStep.Step) -> set[int | None]:
    return {row.recorded_by_id for row in critical.steps.all() if row.step == step}


def offered(by: Actor, critical: Critical) -> tuple[list[CriticalStep.Step], str]:
    """The steps that an account may record now; where there is none, why what is open is refused to it."""
    steps, why = [], ""
    for step in open_next(selectors.taken(critical)):
        try:
            _refuse_who(by, critical, step, critical.audit.programme.code)
        except (Refused, Forbidden) as refused:
            why = str(refused)
        else:
            steps.append(step)
    return steps, "" if steps else why


@service
def keep_out_of_hours(*, by: Actor, at: datetime, programme: Programme, words: str) -> OutOfHours:
    """Say whom to ring for a child's safety when the office is shut. The newest counts."""
    check(by, Permission.MANAGE_AUDITS, programme.code)
    contact = OutOfHours(programme=programme, words=" ".join(words.split()), said_on=clock.day_of(at))
    contact.save()
    record("contact out of hours kept", programme=programme.code, subject="the contact", detail=seems(words))
    return contact
