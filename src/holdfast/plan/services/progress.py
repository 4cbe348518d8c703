"""Saying how far something has come: done, met, how it is going, and why not as planned. Dates move in revising.py."""

from collections.abc import Sequence
from datetime import date, datetime

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.organisation.days import refuse_before
from holdfast.pages.words import date_words
from holdfast.plan.doubts import refuse_withdrawn
from holdfast.plan.models import Action, Correction, Milestone, Objective, ProgressUpdate
from holdfast.plan.models.progress import Cause
from holdfast.plan.owning import refuse_strangers


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

    def __init__(self, what: str, field: str = "note") -> None:
        super().__init__(f"Say {what}, in a sentence or two.", field=field)


class StillNeeded(NotDone):
    """An objective that actions or milestones still stand under."""

    def __init__(self, refs: Sequence[str]) -> None:
        super().__init__(f"Withdraw what stands under it first: {', '.join(refs)}.")


class NotMarked(NotDone):
    """There is no mark of done or met to take back."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"{ref} is not marked.")


class ClosedAlready(NotDone):
    """The action has been closed as complete: only reopening it, with a reason, undoes that."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"{ref} has been closed as complete. Reopen it, with the reason, to do more to it.")


class OffTrack(NotDone):
    """A late action cannot be said to be on track."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"{ref} is late: its date has passed. Say why, and what will recover it.", field="is_on_track")


class ItsOwnRecovery(NotDone):
    """An action cannot recover itself."""

    def __init__(self, ref: str) -> None:
        words = f"{ref} cannot recover itself. Choose the action that recovers it, or none."
        super().__init__(words, field="recovered_by")


@service
def mark_done(*, by: Actor, at: datetime, action: Action, on: date, note: str) -> Action:
    """Record that an action was done on a day, with what was done. It says nothing yet of evidence or of impact.

    Raises Refused, NothingSaid, TooEarly or DoneAlready.
    """
    check(by, Permission.MANAGE_PLAN, action.programme.code)
    kept: Action = Action.objects.select_for_update().get(pk=action.pk)
    _refuse_unsaid(on, note, at, "what was done")
    refuse_done(kept)
    refuse_before(action.programme, on, "on")
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
    refuse_done(kept)
    refuse_before(milestone.programme, on, "on")
    kept.met_on, kept.met_note = on, note.strip()
    kept.save(update_fields=["met_on", "met_note"])
    record("milestone met", programme=milestone.programme.code, subject=str(kept), detail={"on": on})
    return kept


@service
def update_progress(
    *,
    by: Actor,
    at: datetime,
    action: Action,
    is_on_track: bool,
    words: str,
    cause: str = "",
    recovery: str = "",
    recovered_by: Action | None = None,
    help_needed: str = "",
    forecast_on: date | None = None,
) -> ProgressUpdate:
    """How an action is going. Off track it has a cause and what will recover it; a forecast moves no date.

    `recovered_by` is another action that recovers this one. Raises Refused, Withdrawn, DoneAlready, NothingSaid,
    OffTrack for a late action said to be on track, ItsOwnRecovery, or ValueError for a cause that is not one.
    """
    refuse_strangers(by, action)
    today = clock.day_of(at)
    refuse_done(action)
    if not words.strip():
        raise NothingSaid("how it is going", "words")
    if is_on_track and action.is_late(today):
        raise OffTrack(action.ref)
    said = ProgressUpdate(action=action, is_on_track=is_on_track, words=words.strip(), forecast_on=forecast_on)
    said.help_needed, said.said_on, said.said_by = help_needed.strip(), today, None if by is SYSTEM else by
    if not is_on_track:
        _say_what_is_wrong(said, cause, recovery, recovered_by)
    said.save()
    detail = {"on_track": is_on_track, "cause": said.cause, "forecast_on": forecast_on}
    record("progress updated", programme=action.programme.code, subject=str(action), detail=detail)
    return said


# What stops each of them before anything is typed: asked by the service, and by the page before it shows a form


def marked_on(thing: Action | Milestone) -> date | None:
    """The day on which it is marked as done, or met. None: it is not."""
    return thing.done_on if isinstance(thing, Action) else thing.met_on


def refuse_done(thing: Action | Milestone) -> None:
    """Raises Withdrawn or DoneAlready: nothing more is said of how it goes, and it is not done twice."""
    refuse_withdrawn(thing)
    on = marked_on(thing)
    if on is not None:
        raise DoneAlready(thing.ref, on)


def refuse_withdrawing(thing: Objective | Action | Milestone, on: date) -> None:
    """Raises Withdrawn, or StillNeeded of an objective with something under it."""
    refuse_withdrawn(thing)
    if isinstance(thing, Objective):
        under = (*thing.actions.all(), *thing.milestones.all())
        standing = [one.ref for one in under if one.stood_on(on)]
        if standing:
            raise StillNeeded(standing)


def refuse_taking_back(thing: Action | Milestone, on: date) -> None:
    """Raises NotMarked, or ClosedAlready of an action that was closed as complete."""
    if marked_on(thing) is None:
        raise NotMarked(thing.ref)
    if isinstance(thing, Action) and thing.closure_by(on) is not None:
        raise ClosedAlready(thing.ref)


def _say_what_is_wrong(said: ProgressUpdate, cause: str, recovery: str, recovered_by: Action | None) -> None:
    if not cause:
        raise NothingSaid("what the cause is", "cause")
    if not recovery.strip() and recovered_by is None:
        raise NothingSaid("what will recover it", "recovery")
    if recovered_by is not None and recovered_by.pk == said.action.pk:
        raise ItsOwnRecovery(said.action.ref)
    said.cause, said.recovery = Cause(cause), recovery.strip()
    said.recovered_by = recovered_by


@service
def withdraw(*, by: Actor, at: datetime, thing: Objective | Action | Milestone, reason: str) -> None:
    """Take out of the plan what was put in by mistake. It stays to be read, with why; papers of days before keep it.

    Its date does not move: what should be there instead is added anew. Raises Refused, NothingSaid, Withdrawn or
    StillNeeded.
    """
    check(by, Permission.MANAGE_PLAN, thing.programme.code)
    if not reason.strip():
        raise NothingSaid("why it was a mistake", "reason")
    refuse_withdrawing(thing, clock.day_of(at))
    thing.withdrawn_on, thing.withdrawn_reason = clock.day_of(at), reason.strip()
    thing.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    detail = {"reason": thing.withdrawn_reason}
    record(f"{thing._meta.verbose_name} withdrawn", programme=thing.programme.code, subject=str(thing), detail=detail)


@service
def take_back(*, by: Actor, at: datetime, thing: Action | Milestone, reason: str) -> Correction:
    """Take back a mark of done or met that was made by mistake; what it said is kept, with why it was wrong.

    A mark that was never true is true on no day, so papers made from now on do not have it. Raises Refused,
    NothingSaid or NotMarked.
    """
    check(by, Permission.MANAGE_PLAN, thing.programme.code)
    if not reason.strip():
        raise NothingSaid("why it was a mistake", "reason")
    kept: Action | Milestone = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    is_action = isinstance(kept, Action)
    on, note = (kept.done_on, kept.done_note) if isinstance(kept, Action) else (kept.met_on, kept.met_note)
    refuse_taking_back(kept, clock.day_of(at))
    assert on is not None
    correction = Correction(was_on=on, was_note=note, reason=reason.strip(), corrected_on=clock.day_of(at))
    if isinstance(kept, Action):
        correction.action = kept
        kept.done_on, kept.done_note = None, ""
    else:
        correction.milestone = kept
        kept.met_on, kept.met_note = None, ""
    correction.save()
    kept.save()
    what = "mark of done taken back" if is_action else "mark of met taken back"
    detail = {"was_on": on, "reason": correction.reason}
    record(what, programme=kept.programme.code, subject=str(kept), detail=detail)
    return correction


def _refuse_unsaid(on: date, note: str, at: datetime, what: str) -> None:
    if not note.strip():
        raise NothingSaid(what)
    if on > clock.day_of(at):
        raise TooEarly
