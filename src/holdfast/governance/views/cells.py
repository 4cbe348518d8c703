"""What several pages of this room print alike: names of meetings, days, seats, and the way back."""

from typing import Any

from django.urls import reverse

from holdfast.governance.models import Meeting, Membership
from holdfast.governance.selectors.meetings import page_of
from holdfast.organisation.models import Body
from holdfast.pages.crumbs import Crumb, crumbs
from holdfast.pages.tables import Cell, Column, tag
from holdfast.pages.words import date_words

MEETINGS = ("Meetings", "meetings")
COLOURS = {"Planned": "blue", "Held": "green", "Cancelled": "grey"}


def meeting_link(meeting: Meeting) -> Cell:
    return {"text": str(meeting), "url": page_of(meeting)}


def day(meeting: Meeting) -> Cell:
    hint = f"First planned for {date_words(meeting.planned_on)}. {meeting.moved_because}" if meeting.is_moved else ""
    return {"text": date_words(meeting.held_on), "hint": hint}


def state(meeting: Meeting) -> dict[str, Any]:
    words = meeting.get_state_display()
    return tag(words, COLOURS[words], hint=meeting.cancelled_because)


MEETING_COLUMNS = [
    Column[Meeting]("Meeting", meeting_link),
    Column[Meeting]("Day", day),
    Column[Meeting]("State", state),
]


def under_body(programme: str, body: Body) -> list[Crumb]:
    """The way back from a page about a body."""
    return [*crumbs(programme, MEETINGS), (str(body), reverse("body", args=[programme, body.code]))]


def under_meeting(programme: str, meeting: Meeting) -> list[Crumb]:
    """The way back from a page about one thing of a meeting."""
    return [*crumbs(programme, MEETINGS), (str(meeting), page_of(meeting))]


def seat_words(seat: Membership) -> str:
    return seat.seat
