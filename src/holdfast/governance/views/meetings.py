"""Meetings: those to come and those held."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.access import clock
from holdfast.access.doors import requires
from holdfast.access.permissions import Permission
from holdfast.governance import selectors
from holdfast.governance.models import Meeting
from holdfast.pages.tables import Column, table
from holdfast.pages.words import date_words

MEETINGS = [
    Column[Meeting]("Meeting", lambda meeting: str(meeting)),
    Column[Meeting]("Day", lambda meeting: date_words(meeting.held_on)),
    Column[Meeting]("State", lambda meeting: meeting.get_state_display()),
]


@requires(Permission.SEE_PROGRAMME)
def meetings(request: HttpRequest, programme: str) -> HttpResponse:
    every = selectors.meetings(request.user, programme)
    today = clock.today()
    context = {
        "heading": "Meetings",
        "coming": table("Meetings to come", MEETINGS, [each for each in every if each.held_on >= today]),
        "held": table("Meetings before today", MEETINGS, [each for each in reversed(every) if each.held_on < today]),
    }
    return render(request, "governance/meetings.html", context)
