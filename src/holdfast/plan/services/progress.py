"""Saying how far something has come: done, met, and why it is late. No date moves here: only the Board moves one."""

from datetime import date, datetime

from holdfast.access import clock
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.pages.words import date_words
from holdfast.plan.models import Action, Milestone


class DoneAlready(NotDone):
    """The action is done, or the milestone met, already."""

    def __init__(self, ref: str, on: date) -> None:
        super().__init__(f"{ref} was recorded as done on {date_words(on)}.")


class TooEarly(NotDone):
    """A day that has not come, for something said to have happened."""

    def __init__(self) -> None:
        super().__init__("Enter a day that is not in the future.", field="on")


class NothingSaid(NotDone):
    """A note or a reason is missing."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Say {what}, in a sentence or two.", field="note")


class NotLate(NotDone):
    """The action is not late, so there is nothing to explain."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"{ref} is not late.")


@service
def mark_done(*, by: Actor, at: datetime, action: Action, on: date, note: str) -> Action:
    """Record that an action was done on a day, with what was done. It says nothing yet of evidence or of impact.

    Raises Refused, NothingSaid, TooEarly or DoneAlready.
    """
    check(by, Permission.MANAGE_PLAN, action.programme.code)
    kept: Action = Action.objects.select_for_update().get(pk=action.pk)
    _refuse_unsaid(on, note, at, "what was done")
    if kept.done_on is not None:
        raise DoneAlready(kept.ref, kept.done_on)
    kept.done_on, kept.done_note = on, note.strip()
    kept.save(update_fields=["done_on", "done_note"])
    record("action done", programme=action.programme.code, subject=str(kept), detail={"on": on})
    return kept


@service
def mark_met(*, by: Actor, at: datetime, milestone: Milestone, on: date, note: str) -> Milestone:
    """Record that a milestone was met on a day, and how that is known. Raises as mark_done does."""
    check(by, Permission.MANAGE_PLAN, milestone.programme.code)
    kept: Milestone = Milestone.objects.select_for_update().get(pk=milestone.pk)
    _refuse_unsaid(on, note, at, "how it is known to be met")
    if kept.met_on is not None:
        raise DoneAlready(kept.ref, kept.met_on)
    kept.met_on, kept.met_note = on, note.strip()
    kept.save(update_fields=["met_on", "met_note"])
    record("milestone met", programme=milestone.programme.code, subject=str(kept), detail={"on": on})
    return kept


@service
def explain_lateness(*, by: Actor, at: datetime, action: Action, cause: str, words: str, recovery: str) -> Action:
    """Why an action is late, and what will recover it. A later call corrects it; the trail keeps both.

    Raises Refused, NotLate, NothingSaid, or ValueError for a cause that is not one.
    """
    check(by, Permission.MANAGE_PLAN, action.programme.code)
    if not action.is_late(clock.day_of(at)):
        raise NotLate(action.ref)
    if not words.strip() or not recovery.strip() or not cause:
        raise NothingSaid("why it is late and what will recover it")
    action.late_cause, action.late_words, action.recovery = Action.Cause(cause), words.strip(), recovery.strip()
    action.save(update_fields=["late_cause", "late_words", "recovery"])
    detail = {"cause": cause, "recovery": action.recovery}
    record("lateness explained", programme=action.programme.code, subject=str(action), detail=detail)
    return action


def _refuse_unsaid(on: date, note: str, at: datetime, what: str) -> None:
    if not note.strip():
        raise NothingSaid(what)
    if on > clock.day_of(at):
        raise TooEarly
