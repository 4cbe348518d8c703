"""Meetings: the list, one meeting, planning a cycle of them, moving one, calling one off, and who came."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.governance import stopping
from holdfast.governance.forms import AttendanceForm, CancelForm, CycleForm, HeldForm, HoursForm, MeetingForm, MoveForm
from holdfast.governance.models import Meeting
from holdfast.governance.selectors import bodies
from holdfast.governance.selectors import meetings as selectors
from holdfast.governance.selectors.agendas import agenda, withdrawn_items
from holdfast.governance.selectors.meetings import SeatAtMeeting, page_of
from holdfast.governance.selectors.minutes import awaiting_approval, minutes_state
from holdfast.governance.services import attending
from holdfast.governance.services import meetings as services
from holdfast.governance.views import cells
from holdfast.pages.asking import ask, sent
from holdfast.pages.tables import Column, facts, link, table
from holdfast.pages.words import counted, date_words


@requires(Permission.SEE_PROGRAMME)
def meetings(request: HttpRequest, programme: str) -> HttpResponse:
    user, today = request.user, clock.today()
    every = list(selectors.meetings(user, programme))
    constitutions = list(bodies.constituted(user, programme))
    context = {
        "heading": "Meetings",
        "lede": "When each body meets, what it takes, and what came of it.",
        "bodies": table("Bodies that meet", _body_columns(programme), constitutions),
        "gaps": selectors.gap_words(user, programme, constitutions, every),
        "coming": table("Meetings to come", cells.MEETING_COLUMNS, [each for each in every if each.held_on >= today]),
        "held": table(
            "Meetings before today",
            cells.MEETING_COLUMNS,
            [each for each in reversed(every) if each.held_on < today],
        ),
        "may_change": may(user, Permission.MANAGE_MEETINGS, programme),
    }
    return render(request, "governance/meetings.html", context)


def _body_columns(programme: str) -> list[Column[Any]]:
    return [
        Column("Body", lambda each: link(str(each.body), "body", programme, each.body.code)),
        Column("What it is", lambda each: each.get_kind_display()),
        Column("Meets", lambda each: f"Every {each.cycle_days} days" if each.cycle_days else "When it is called"),
    ]


@requires(Permission.SEE_PROGRAMME)
def meeting(request: HttpRequest, programme: str, body: str, number: int) -> HttpResponse:
    user = request.user
    found = selectors.one_meeting(user, programme, body, number)
    may_change = may(user, Permission.MANAGE_MEETINGS, programme)
    say = [_say_column(found)] if may_change and not stopping.attending(found) else []
    context = {
        "heading": str(found),
        "caption": f"{date_words(found.held_on)}{found.at_place}",
        "breadcrumbs": [*cells.under_body(programme, found.body)],
        "meeting": found,
        "facts": _facts(user, programme, found),
        "attendance": cells.attendance_table(selectors.attendance(user, programme, found), found, *say),
        "agenda": agenda(user, programme, found),
        "withdrawn": withdrawn_items(user, programme, found),
        "minutes": minutes_state(user, programme, found) if found.state == Meeting.State.HELD else "",
        "waiting": awaiting_approval(user, programme, found),
        "is_planned": found.state == Meeting.State.PLANNED,
        "may_change": may_change,
        "may_add": may_change and not stopping.locked(found),
        "may_hold": may_change and not stopping.holding(found, clock.today()),
    }
    return render(request, "governance/meeting.html", context)


def _facts(user: Any, programme: str, found: Meeting) -> list[dict[str, str]]:
    quorum = selectors.quorum(user, programme, found)
    there = counted(quorum.n_there, "voting seat was filled", "voting seats were filled")
    moved = f"{date_words(found.planned_on)}. {found.moved_because}" if found.is_moved else ""
    words = f"{there}; it takes {quorum.n_needed}. {'A quorum' if quorum.is_there else 'No quorum'}."
    return facts(
        ("State", found.get_state_display()),
        ("First planned for", moved),
        ("Called off", found.cancelled_because),
        ("Time", found.hours or ("nobody has said" if found.state == Meeting.State.PLANNED else "")),
        ("Place", found.place),
        ("Quorum", words[0].upper() + words[1:] if found.state == Meeting.State.HELD else ""),
        ("What it did for children", found.summary),
    )


def _say_column(found: Meeting) -> Column[SeatAtMeeting]:
    place = (found.body.programme.code, found.body.code, found.number)
    return Column(
        "Change",
        lambda at: link("Say", "record_attendance", *place, at.seat.pk, hidden=f" whether {at.seat.seat} came"),
    )


@requires(Permission.MANAGE_MEETINGS)
def make_cycle(request: HttpRequest, programme: str, body: str) -> HttpResponse:
    meant = bodies.one_constitution(request.user, programme, body).body
    return ask(
        request,
        CycleForm(sent(request)),
        partial(services.make_cycle, body=meant),
        then=reverse("meetings", args=[programme]),
        said=lambda made: f"{counted(len(made), 'meeting')} of the {meant} planned. Any that had to move says why.",
        heading=f"Plan the meetings of the {meant}",
        inset="Days are counted, and a day on which nobody can meet moves to the last open day before it.",
        stop=stopping.cycling(meant),
        submit="Plan the meetings",
        breadcrumbs=cells.under_body(programme, meant),
    )


@requires(Permission.MANAGE_MEETINGS)
def plan_meeting(request: HttpRequest, programme: str, body: str) -> HttpResponse:
    meant = bodies.one_constitution(request.user, programme, body).body
    return ask(
        request,
        MeetingForm(sent(request)),
        partial(services.plan_meeting, body=meant),
        then=page_of,
        said=lambda made: f"{made} is on {date_words(made.held_on)}. Make its agenda next.",
        heading=f"Plan one meeting of the {meant}",
        submit="Plan the meeting",
        breadcrumbs=cells.under_body(programme, meant),
    )


@requires(Permission.MANAGE_MEETINGS)
def move_meeting(request: HttpRequest, programme: str, body: str, number: int) -> HttpResponse:
    found = selectors.one_meeting(request.user, programme, body, number)
    return ask(
        request,
        MoveForm(sent(request)),
        partial(services.move_meeting, meeting=found),
        then=page_of(found),
        said=lambda moved: f"{moved} is now on {date_words(moved.held_on)}. The day first planned is kept beside it.",
        heading="Move a meeting",
        caption=f"{found}, {date_words(found.held_on)}",
        stop=stopping.changing_day(found),
        submit="Move the meeting",
        breadcrumbs=cells.under_meeting(programme, found),
    )


@requires(Permission.MANAGE_MEETINGS)
def meeting_hours(request: HttpRequest, programme: str, body: str, number: int) -> HttpResponse:
    found = selectors.one_meeting(request.user, programme, body, number)
    known = {"starts_at": found.starts_at, "ends_at": found.ends_at}
    begins = {name: f"{at:%H:%M}" for name, at in known.items() if at} | {"place": found.place}
    return ask(
        request,
        HoursForm(sent(request), initial=begins),
        partial(services.set_hours, meeting=found),
        then=page_of(found),
        said=lambda kept: f"{kept} is on {date_words(kept.held_on)}{kept.at_place}.",
        heading="Say when in the day, and where",
        caption=f"{found}, {date_words(found.held_on)}",
        stop=stopping.changing_day(found),
        submit="Save",
        breadcrumbs=cells.under_meeting(programme, found),
    )


@requires(Permission.MANAGE_MEETINGS)
def cancel_meeting(request: HttpRequest, programme: str, body: str, number: int) -> HttpResponse:
    found = selectors.one_meeting(request.user, programme, body, number)
    return ask(
        request,
        CancelForm(sent(request)),
        partial(services.cancel_meeting, meeting=found),
        then=page_of(found),
        said=f"{found} is called off. It keeps its number, and the gap that it leaves is counted.",
        heading="Call off a meeting",
        caption=f"{found}, {date_words(found.held_on)}",
        warning="A meeting that was called off cannot be called on again. Plan another instead.",
        stop=stopping.changing_day(found),
        submit="Call it off",
        breadcrumbs=cells.under_meeting(programme, found),
    )


@requires(Permission.MANAGE_MEETINGS)
def hold_meeting(request: HttpRequest, programme: str, body: str, number: int) -> HttpResponse:
    found = selectors.one_meeting(request.user, programme, body, number)
    return ask(
        request,
        HeldForm(sent(request)),
        partial(services.hold_meeting, meeting=found),
        then=page_of(found),
        said=f"{found} was held. Its minutes are a draft until a later meeting approves them.",
        heading="Say that the meeting was held",
        caption=f"{found}, {date_words(found.held_on)}",
        stop=stopping.holding(found, clock.today()),
        submit="It was held",
        breadcrumbs=cells.under_meeting(programme, found),
    )


@requires(Permission.MANAGE_MEETINGS)
def record_attendance(request: HttpRequest, programme: str, body: str, number: int, seat: int) -> HttpResponse:
    user, found = request.user, selectors.one_meeting(request.user, programme, body, number)
    meant, said = bodies.one_seat(user, programme, body, seat), selectors.said_of(user, programme, found, seat)
    return ask(
        request,
        AttendanceForm(sent(request), deputies=bodies.deputies_of(user, programme, meant), initial=said),
        partial(attending.record_attendance, meeting=found, seat=meant),
        then=page_of(found),
        said=f"What is known of {meant} is on record.",
        heading="Say who came",
        caption=f"{meant}, {found}",
        inset="Who says nothing is put down as silent. An apology is only what somebody sent.",
        stop=stopping.attending(found),
        submit="Save",
        breadcrumbs=cells.under_meeting(programme, found),
    )
