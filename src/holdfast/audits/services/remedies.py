"""What an audit asks for: recorded, put in the plan where it is of a team or the system, done, and verified.

Rule: whoever verifies is not whoever said that it is done; an action of the plan lives there, and its reference here.
"""

from datetime import date, datetime

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, Refused, account_of, check, may
from holdfast.access.due import refuse_odd_due
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.audits.models import Audit, Remedy
from holdfast.organisation.models import Post
from holdfast.plan.models import Objective
from holdfast.plan.services.adding import add_action
from holdfast.questions.naming import seems


class OwnWork(Forbidden):
    """Whoever said that it is done would verify it."""

    def __init__(self, programme: str) -> None:
        super().__init__("You said that it is done, so somebody else verifies it.", programme=programme)


class NotNow(NotDone):
    """It is done, verified or in the plan already; or not done yet."""


@service
def ask_for(*, by: Actor, at: datetime, audit: Audit, level: str, words: str, owner: Post, due_on: date) -> Remedy:
    """Record what an audit asks for. By its auditor, its moderator or who sees every audit; due today or later."""
    code = audit.programme.code
    check(by, Permission.SEE_AUDITS, code)
    is_theirs = by is SYSTEM or audit.auditor_id == by.pk or may(by, Permission.SEE_EVERY_AUDIT, code)
    if not is_theirs:
        raise Refused(Permission.SEE_EVERY_AUDIT, code)
    refuse_odd_due(at, due_on)
    remedy = Remedy(audit=audit, level=Remedy.Level(level), words=words.strip(), owner=owner, due_on=due_on)
    remedy.added_on, remedy.added_by = clock.day_of(at), account_of(by)
    remedy.save()
    record(
        "audit asks for something",
        programme=code,
        subject=str(audit),
        detail={"level": str(remedy.level), **seems(words)},
    )
    return remedy


@service
def put_in_plan(*, by: Actor, at: datetime, remedy: Remedy, objective: Objective, ref: str, title: str) -> Remedy:
    """Make an action of the plan of what is asked of a team or the system: the one action list. `title` is public.

    Raises Refused, NotNow, or a refusal of the plan's (RefTaken).
    """
    kept = Remedy.objects.select_for_update().get(pk=remedy.pk)
    if kept.plan_ref or kept.level in (Remedy.Level.CHILD, Remedy.Level.WORKER):
        raise NotNow("It is in the plan already." if kept.plan_ref else "What is asked for one child stays here.")
    raised = ("audit finding", f"audit/{kept.audit.number}", title)
    action = add_action(
        by=by,
        at=at,
        objective=objective,
        ref=ref,
        title=title,
        owner=kept.owner,
        due_on=kept.due_on,
        raised_from=raised,
    )
    kept.plan_ref = action.ref
    kept.save()
    code = kept.audit.programme.code
    record(
        "audit asks for something",
        programme=code,
        subject=str(kept.audit),
        detail={"in the plan": action.ref, **seems(title)},
    )
    return kept


@service
def say_done(*, by: Actor, at: datetime, remedy: Remedy, words: str) -> Remedy:
    """Say that what was asked for is done, and how that shows."""
    code = remedy.audit.programme.code
    check(by, Permission.SEE_AUDITS, code)
    kept = Remedy.objects.select_for_update().get(pk=remedy.pk)
    if kept.done_on is not None:
        raise NotNow("That is done already.")
    if not words.strip():
        raise NotDone("Say what was done, and how that shows.", field="words")
    kept.done_on, kept.done_by, kept.done_words = clock.day_of(at), account_of(by), words.strip()
    kept.save()
    record("what an audit asked for is done", programme=code, subject=str(kept.audit), detail=seems(words))
    return kept


@service
def verify(*, by: Actor, at: datetime, remedy: Remedy) -> Remedy:
    """Say that somebody else looked, and that it was done. Raises Refused, NotNow or OwnWork."""
    code = remedy.audit.programme.code
    check(by, Permission.SEE_EVERY_AUDIT, code)
    kept = Remedy.objects.select_for_update().get(pk=remedy.pk)
    if kept.done_on is None or kept.verified_on is not None:
        raise NotNow("Nobody has said that it is done." if kept.done_on is None else "That is verified already.")
    if by is not SYSTEM and kept.done_by_id == by.pk:
        raise OwnWork(code)
    kept.verified_on, kept.verified_by = clock.day_of(at), account_of(by)
    kept.save()
    record("what an audit asked for is verified", programme=code, subject=str(kept.audit))
    return kept
