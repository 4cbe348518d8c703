"""One person's calendar as an iCalendar file: the meetings of a programme, and the days their own actions are due.

Not here: whose it is and whether they may see it (selectors.calendars). Rule: names and days, and nothing reserved.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from holdfast.governance.models import Meeting
from holdfast.governance.selectors.meetings import page_of
from holdfast.organisation.models import Programme
from holdfast.plan.models import Action


def as_ics(
    programme: Programme, meetings: Sequence[Meeting], actions: Sequence[Action], at: datetime, site: str
) -> bytes:
    """The calendar as bytes. A meeting that moved keeps its identity and counts up; one called off says so.

    `site` is where its links lead, like https://holdfast.example.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Holdfast//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", programme.name)
    for meeting in meetings:
        calendar.add_component(_meeting(programme, meeting, at, site))
    for action in actions:
        calendar.add_component(_action(programme, action, at))
    made: bytes = calendar.to_ical()
    return made


def _meeting(programme: Programme, meeting: Meeting, at: datetime, site: str) -> Event:
    event = _all_day(f"meeting-{meeting.pk}-{programme.code}", str(meeting), meeting.held_on, at)
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("sequence", 2 if meeting.is_cancelled else int(meeting.is_moved))
    event.add("url", site + page_of(meeting))
    if meeting.place:
        event.add("location", meeting.place)
    return event


def _action(programme: Programme, action: Action, at: datetime) -> Event:
    event = _all_day(f"action-{action.ref}-{programme.code}", f"Due: {action}", action.due_on, at)
    event.add("transp", "TRANSPARENT")
    return event


def _all_day(uid: str, summary: str, day: date, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{uid}@holdfast")
    event.add("summary", summary)
    event.add("dtstamp", at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    return event
