"""Planning a body's meetings, moving one, calling one off, and saying that one was held.

Rule: the day first planned is kept; a day is moved, and a meeting called off, only with a reason.
"""

from datetime import date, datetime, time

from holdfast.access import clock
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.governance import stopping
from holdfast.governance.cycle import PlannedDay, closed_because
from holdfast.governance.cycle import cycle as counted_cycle
from holdfast.governance.models import Constitution, Meeting
from holdfast.governance.services.bodies import NotSetOut
from holdfast.organisation.days import refuse_before
from holdfast.organisation.models import Body
from holdfast.pages.words import date_words

State = Meeting.State


class NoCycle(NotDone):
    """The body keeps no cycle, or the days given hold no meeting."""


class CannotMeet(NotDone):
    """A day on which the meeting cannot be."""


class NotToCome(NotDone):
    """The meeting was held, or called off: it is moved no more."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(stopping.changing_day(meeting))


@service
def plan_meeting(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    on: date,
    reason: str = "",
    place: str = "",
    starts_at: time | None = None,
    ends_at: time | None = None,
    added_on: date | None = None,
) -> Meeting:
    """One meeting more, beside those of the cycle. `added_on` is for what was planned before it was entered here.

    `reason` is needed on a day that is no day to meet on. Raises Refused, NotSetOut or CannotMeet.
    """
    check(by, Permission.MANAGE_MEETINGS, body.programme.code)
    _constitution(body)
    refuse_before(body.programme, on, "on")
    closed = closed_because(on)
    if closed and not reason.strip():
        raise CannotMeet(f"Choose another day, or say why it is this one: {closed}.", field="on")
    _refuse_taken_day(body, on)
    _refuse_odd_hours(starts_at, ends_at)
    meeting = _add(body, PlannedDay(on, on), (place, starts_at, ends_at), added_on or clock.day_of(at))
    record("meeting planned", programme=body.programme.code, subject=str(meeting), detail={"on": on, "reason": reason})
    return meeting


@service
def make_cycle(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    first_on: date,
    until_on: date,
    place: str = "",
    starts_at: time | None = None,
    ends_at: time | None = None,
    added_on: date | None = None,
) -> list[Meeting]:
    """Plan the body's meetings from one day to another, counting its cycle in days; days that exist are left out.

    Raises Refused, NotSetOut, NoCycle, or CannotMeet where a meeting is planned that day already.
    """
    check(by, Permission.MANAGE_MEETINGS, body.programme.code)
    days = _constitution(body).cycle_days
    if days is None:
        raise NoCycle(stopping.cycling(body))
    refuse_before(body.programme, first_on, "first_on")
    planned = counted_cycle(first_on, until_on, days)
    if not planned:
        raise NoCycle("Choose a last day that is not before the first.", field="until_on")
    for day in planned:
        _refuse_taken_day(body, day.held_on)
    _refuse_odd_hours(starts_at, ends_at)
    made = [_add(body, day, (place, starts_at, ends_at), added_on or clock.day_of(at)) for day in planned]
    detail = {"days": days, "first": planned[0].held_on, "last": planned[-1].held_on, "n": len(made)}
    record("cycle of meetings made", programme=body.programme.code, subject=str(body), detail=detail)
    return made


@service
def move_meeting(*, by: Actor, at: datetime, meeting: Meeting, held_on: date, reason: str) -> Meeting:
    """Move a meeting that is to come to another day, with why. The day first planned is kept.

    Raises Refused, NotToCome or CannotMeet.
    """
    check(by, Permission.MANAGE_MEETINGS, meeting.body.programme.code)
    kept = _to_come(meeting)
    if not reason.strip():
        raise CannotMeet("Say why the meeting moves, in a sentence or two.", field="reason")
    if held_on == kept.held_on:
        raise CannotMeet(f"It is on {date_words(held_on)} already.", field="held_on")
    refuse_before(kept.body.programme, held_on, "held_on")
    _refuse_taken_day(kept.body, held_on)
    was = kept.held_on
    kept.held_on, kept.moved_because = held_on, reason.strip()
    kept.save(update_fields=["held_on", "moved_because"])
    detail = {"from": was, "to": held_on, "planned_on": kept.planned_on, "reason": kept.moved_because}
    record("meeting moved", programme=kept.body.programme.code, subject=str(kept), detail=detail)
    return kept


@service
def set_hours(
    *, by: Actor, at: datetime, meeting: Meeting, starts_at: time | None, ends_at: time | None, place: str
) -> Meeting:
    """Say when in the day a meeting to come begins and ends, in London, and where. Raises Refused, NotToCome or
    CannotMeet."""
    check(by, Permission.MANAGE_MEETINGS, meeting.body.programme.code)
    kept = _to_come(meeting)
    _refuse_odd_hours(starts_at, ends_at)
    kept.starts_at, kept.ends_at, kept.place = starts_at, ends_at, place.strip()
    kept.save(update_fields=["starts_at", "ends_at", "place"])
    detail = {"hours": kept.hours, "place": kept.place}
    record("meeting's hours set", programme=kept.body.programme.code, subject=str(kept), detail=detail)
    return kept


@service
def cancel_meeting(*, by: Actor, at: datetime, meeting: Meeting, reason: str) -> Meeting:
    """Call off a meeting that is to come, with why. It keeps its number. Raises Refused, NotToCome or CannotMeet."""
    check(by, Permission.MANAGE_MEETINGS, meeting.body.programme.code)
    kept = _to_come(meeting)
    if not reason.strip():
        raise CannotMeet("Say why the meeting is called off, in a sentence or two.", field="reason")
    kept.state, kept.cancelled_because, kept.cancelled_on = State.CANCELLED, reason.strip(), clock.day_of(at)
    kept.save(update_fields=["state", "cancelled_because", "cancelled_on"])
    detail = {"was_on": kept.held_on, "reason": kept.cancelled_because}
    record("meeting cancelled", programme=kept.body.programme.code, subject=str(kept), detail=detail)
    return kept


@service
def hold_meeting(*, by: Actor, at: datetime, meeting: Meeting, summary: str) -> Meeting:
    """Say that a meeting was held, and what it did for children, in a line.

    Raises Refused, NotToCome, or CannotMeet before its day or without the line.
    """
    check(by, Permission.MANAGE_MEETINGS, meeting.body.programme.code)
    kept = _to_come(meeting)
    if words := stopping.holding(kept, clock.day_of(at)):
        raise CannotMeet(words)
    if not summary.strip():
        raise CannotMeet("Say what the meeting did for children, in a line.", field="summary")
    kept.state, kept.summary = State.HELD, summary.strip()
    kept.save(update_fields=["state", "summary"])
    record("meeting held", programme=kept.body.programme.code, subject=str(kept), detail={"on": kept.held_on})
    return kept


def _constitution(body: Body) -> Constitution:
    found = Constitution.objects.filter(body=body).first()
    if found is None:
        raise NotSetOut(body)
    return found


def _to_come(meeting: Meeting) -> Meeting:
    kept: Meeting = Meeting.objects.select_for_update().select_related("body__programme").get(pk=meeting.pk)
    if stopping.changing_day(kept):
        raise NotToCome(kept)
    return kept


def _refuse_odd_hours(starts_at: time | None, ends_at: time | None) -> None:
    if ends_at is not None and starts_at is None:
        raise CannotMeet("Enter when it begins as well", field="starts_at")
    if starts_at is not None and (ends_at is None or ends_at <= starts_at):
        raise CannotMeet("Enter when it ends, later in the day than it begins", field="ends_at")


def _refuse_taken_day(body: Body, on: date) -> None:
    there = Meeting.objects.filter(body=body, held_on=on).exclude(state=State.CANCELLED).first()
    if there is not None:
        raise CannotMeet(f"{there} is on {date_words(on)} already.", field="held_on")


def _add(body: Body, day: PlannedDay, where: tuple[str, time | None, time | None], added_on: date) -> Meeting:
    last = Meeting.objects.filter(body=body).order_by("-number").first()
    meeting = Meeting(body=body, number=last.number + 1 if last else 1, planned_on=day.planned_on)
    meeting.place, meeting.starts_at, meeting.ends_at = where
    meeting.held_on, meeting.moved_because, meeting.added_on = day.held_on, day.reason, added_on
    meeting.save()
    return meeting
