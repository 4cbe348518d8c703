"""The receiving end of a decision that moves a date, or changes what a milestone must reach: governance alone calls it.

Rule: what was due, and what had to be reached, on any day stays answerable, so each is a row of its own; the first date
is never touched.
"""

from datetime import date, datetime

from holdfast.access import clock
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.organisation.days import refuse_before
from holdfast.pages.words import date_words
from holdfast.plan.doubts import refuse_withdrawn
from holdfast.plan.models import Action, Change, DateRevision, Milestone
from holdfast.plan.services.progress import DoneAlready, NothingSaid


class NoDecision(Forbidden):
    """A date to be moved, and no decision that moves it."""

    def __init__(self, ref: str, programme: str) -> None:
        super().__init__(
            f"The date of {ref} was not moved: give the decision that moves it. Put it to the Board first.",
            field="decision",
            programme=programme,
        )


class DecidedToCome(NotDone):
    """A decision of a day that has not come."""

    def __init__(self) -> None:
        super().__init__("Enter the day on which it was decided: it cannot be in the future.", field="decided_on")


class MovedSince(NotDone):
    """A later decision has moved the date already, so an earlier one no longer says when it is due."""

    def __init__(self, ref: str, revision: DateRevision) -> None:
        super().__init__(
            f"The date of {ref} was moved by {revision.decision} on {date_words(revision.decided_on)}, after this "
            "decision. Record what is decided now as a new decision.",
            field="decided_on",
        )


class SameDate(NotDone):
    """The date that it has already."""

    def __init__(self, ref: str, on: date) -> None:
        super().__init__(f"{ref} is due on {date_words(on)} already. Enter another date.", field="due_on")


class SameTarget(NotDone):
    """What it must reach already."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"{ref} must reach that already. Enter something else.", field="target")


@service
def revise_due_date(
    *,
    by: Actor,
    at: datetime,
    item: Action | Milestone,
    due_on: date,
    reason: str,
    decision: str,
    decided_on: date,
) -> DateRevision:
    """Move the due date of an action or milestone, as a decision says; the first date stays as it is.

    `decision` is the decision's number and `decided_on` the day from which the new date holds. Raises Refused,
    NoDecision, NothingSaid, Withdrawn, DoneAlready, BeforeTheProgramme, DecidedToCome, MovedSince or SameDate.
    """
    code = item.programme.code
    check(by, Permission.APPLY_DECISION, code)
    kept: Action | Milestone = type(item)._default_manager.select_for_update().get(pk=item.pk)
    _refuse_what_cannot_move(kept, due_on, decision, clock.day_of(at))
    if not reason.strip():
        raise NothingSaid("why its date is moved", "reason")
    if decided_on > clock.day_of(at):
        raise DecidedToCome
    last = kept.revisions.last()
    if last is not None and last.decided_on > decided_on:
        raise MovedSince(kept.ref, last)
    if due_on == kept.due_on:
        raise SameDate(kept.ref, due_on)
    revision = DateRevision(was_due_on=kept.due_on, due_on=due_on, reason=reason.strip())
    revision.decision, revision.decided_on = decision.strip(), decided_on
    if isinstance(kept, Action):
        revision.action = kept
    else:
        revision.milestone = kept
    revision.save()
    kept.due_on = due_on
    kept.save(by_decision=revision, update_fields=["due_on"])
    detail = {"from": revision.was_due_on, "to": due_on, "decision": revision.decision, "decided_on": decided_on}
    record("date moved by decision", programme=code, subject=str(kept), detail=detail)
    return revision


@service
def revise_target(
    *, by: Actor, at: datetime, milestone: Milestone, target: str, decision: str, decided_on: date
) -> Change:
    """Change what a milestone's indicator must reach, as a decision says; what stood before is kept.

    Raises Refused, NoDecision, NothingSaid, Withdrawn, DoneAlready, DecidedToCome or SameTarget.
    """
    code = milestone.programme.code
    check(by, Permission.APPLY_DECISION, code)
    kept = Milestone.objects.select_for_update().get(pk=milestone.pk)
    _refuse_what_cannot_move(kept, kept.due_on, decision, clock.day_of(at))
    if not target.strip():
        raise NothingSaid("what it must reach", "target")
    if decided_on > clock.day_of(at):
        raise DecidedToCome
    if target.strip() == kept.target:
        raise SameTarget(kept.ref)
    change = Change(milestone=kept, part="target", before=kept.target, after=target.strip(), changed_on=decided_on)
    change.decision = decision.strip()
    change.save()
    kept.target = target.strip()
    kept.save(update_fields=["target"])
    detail = {"from": change.before, "to": change.after, "decision": change.decision}
    record("milestone changed by decision", programme=code, subject=str(kept), detail=detail)
    return change


def _refuse_what_cannot_move(kept: Action | Milestone, due_on: date, decision: str, today: date) -> None:
    if not decision.strip():
        raise NoDecision(kept.ref, kept.programme.code)
    refuse_withdrawn(kept)
    done_on = kept.finished_on(today)
    if done_on is not None:
        raise DoneAlready(kept.ref, done_on)
    refuse_before(kept.programme, due_on, "due_on")
