"""What several pages of this room print alike: names of meetings, days, seats, and the way back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse

from holdfast.governance.models import AgendaItem, Meeting
from holdfast.governance.selectors.meetings import SeatAtMeeting, page_of
from holdfast.organisation.models import Body
from holdfast.pages.crumbs import Crumb, crumbs
from holdfast.pages.tables import Cell, Column, Table, table, tag
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


class NothingAsked(forms.Form):
    """A page that only asks whether to go on."""


def item_page(item: AgendaItem) -> str:
    meeting = item.meeting
    return reverse("agenda_item", args=[meeting.body.programme.code, meeting.body.code, meeting.number, item.order])


def under_item(programme: str, item: AgendaItem) -> list[Crumb]:
    """The way back from a page about one thing of an item."""
    return [*under_meeting(programme, item.meeting), (f"Item {item.order}", item_page(item))]


def attendance_table(attendance: Sequence[SeatAtMeeting], meeting: Meeting, *more: Column[SeatAtMeeting]) -> Table:
    """Who came to a meeting: a deputy, an apology and silence are told apart."""
    silent = "Nothing was heard" if meeting.state == Meeting.State.HELD else "Nothing heard yet"

    def came(at: SeatAtMeeting) -> Cell:
        if at.attendance is None:
            return silent
        return {
            "text": at.attendance.get_came_display(),
            "hint": at.attendance.deputy.seat if at.attendance.deputy else "",
        }

    columns = [
        Column[SeatAtMeeting]("Seat", lambda at: {"text": at.seat.seat, "hint": at.seat.get_capacity_display()}),
        Column[SeatAtMeeting]("Agency", lambda at: str(at.seat.agency)),
        Column[SeatAtMeeting]("Came", came),
        Column[SeatAtMeeting]("Interest declared", lambda at: (at.attendance and at.attendance.interest) or "None"),
        *more,
    ]
    return table("Who came", columns, attendance)
