"""One person's calendar as an iCalendar file: the meetings of a programme, and the days that the actions and
milestones of their own posts are due.

Not here: whose it is and whether they may see it (selectors.calendars). Rule: names and days, and nothing reserved.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from holdfast.access import clock
from holdfast.governance.models import Meeting
from holdfast.governance.selectors.meetings import page_of
from holdfast.organisation.models import Programme
from holdfast.plan.models import Action, Milestone


def as_ics(
    programme: Programme, meetings: Sequence[Meeting], own: Sequence[Action | Milestone], at: datetime, site: str
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
    for dated in own:
        calendar.add_component(_due(programme, dated, at))
    made: bytes = calendar.to_ical()
    return made


def _meeting(programme: Programme, meeting: Meeting, at: datetime, site: str) -> Event:
    event = _all_day(f"meeting-{meeting.pk}-{programme.code}", str(meeting), meeting.held_on, at)
    if meeting.starts_at and meeting.ends_at:
        for name, hour in (("dtstart", meeting.starts_at), ("dtend", meeting.ends_at)):
            del event[name]
            event.add(name, datetime.combine(meeting.held_on, hour, clock.LONDON).astimezone(UTC))
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("sequence", 2 if meeting.is_cancelled else int(meeting.is_moved))
    event.add("url", site + page_of(meeting))
    if meeting.place:
        event.add("location", meeting.place)
    return event


def _due(programme: Programme, dated: Action | Milestone, at: datetime) -> Event:
    kind = "action" if isinstance(dated, Action) else "milestone"
    event = _all_day(f"{kind}-{dated.ref}-{programme.code}", f"Due: {dated}", dated.due_on, at)
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
