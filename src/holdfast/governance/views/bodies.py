"""How a body is constituted, who sits on it, how its agencies attend; and changing those."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.governance import stopping
from holdfast.governance.forms import ConstitutionForm, EndSeatForm, SeatForm
from holdfast.governance.models import Constitution, Membership
from holdfast.governance.selectors import bodies as selectors
from holdfast.governance.selectors import meetings as held
from holdfast.governance.services import bodies as services
from holdfast.governance.views import cells
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import ask, sent
from holdfast.pages.crumbs import crumbs
from holdfast.pages.kept import keep
from holdfast.pages.tables import Column, facts, link, table
from holdfast.pages.words import counted, date_words


@requires(Permission.SEE_PROGRAMME)
def body(request: HttpRequest, programme: str, body: str) -> HttpResponse:
    context = keep("body", request.user, programme, lambda: _body(request.user, programme, body), also=body)
    return render(request, "governance/body.html", context)


def _body(user: Any, programme: str, body: str) -> dict[str, Any]:
    today = clock.today()
    constitution = selectors.one_constitution(user, programme, body)
    may_change = may(user, Permission.MANAGE_MEETINGS, programme)
    meetings, rows = selectors.attendance_by_agency(user, programme, constitution.body, today)
    every = selectors.seats(user, programme, constitution.body)
    return {
        "heading": str(constitution.body),
        "caption": constitution.get_kind_display(),
        "breadcrumbs": crumbs(programme, cells.MEETINGS),
        "body": constitution.body,
        "facts": _facts(user, programme, constitution),
        "seats": table(
            "Who sits on it today", _seat_columns(programme, may_change), [s for s in every if s.stood_on(today)]
        ),
        "left": table(
            "Who sat on it before", _seat_columns(programme, False), [s for s in every if s.to_on and s.to_on < today]
        ),
        "attendance": _grid(meetings, rows),
        "meetings": table("Its meetings", cells.MEETING_COLUMNS, held.meetings(user, programme, constitution.body)),
        "may_change": may_change,
        "may_plan_cycle": may_change and not stopping.cycling(constitution.body),
    }


def _facts(user: Any, programme: str, constitution: Constitution) -> list[dict[str, str]]:
    days = constitution.cycle_days
    return facts(
        ("Terms of reference", selectors.terms_of(user, programme, constitution, clock.today())),
        ("Part of", str(constitution.parent or "")),
        ("Set up", date_words(constitution.from_on)),
        ("Quorum", counted(constitution.quorum, "voting member or deputy", "voting members or their deputies")),
        ("Meets", f"Every {days} days, counted" if days else "When it is called"),
        ("Papers", f"{counted(constitution.papers_days, 'day')} before each meeting"),
        ("Decisions", f"Numbered {constitution.short}-1, {constitution.short}-2 and so on"),
    )


def _seat_columns(programme: str, may_change: bool) -> list[Column[Membership]]:
    columns = [
        Column[Membership]("Seat", lambda seat: {"text": seat.seat, "hint": _seat_hint(seat)}),
        Column[Membership]("Agency", lambda seat: str(seat.agency)),
        Column[Membership]("Capacity", lambda seat: seat.get_capacity_display()),
        Column[Membership]("Since", lambda seat: date_words(seat.from_on)),
        Column[Membership]("Until", lambda seat: date_words(seat.to_on) if seat.to_on else "It runs on"),
    ]
    if may_change:
        columns.append(
            Column[Membership](
                "Change",
                lambda seat: link(
                    "End", "end_seat", programme, seat.body.code, seat.pk, hidden=f" the seat of {seat.seat}"
                ),
            )
        )
    return columns


def _seat_hint(seat: Membership) -> str:
    if seat.stands_in_for:
        return f"Stands in for {seat.stands_in_for.seat}"
    if seat.capacity == Membership.Capacity.OBSERVER:
        return "Speaks and sees the papers; does not decide, vote or own"
    return f"Declares: {seat.declaration}" if seat.declaration else seat.ended_because


def _grid(meetings: Any, rows: Any) -> Any:
    """Agencies down, meetings across: Y, D, A or N."""
    columns: list[Column[Any]] = [Column("Agency", lambda row: row.agency)]
    for place, meeting in enumerate(meetings):
        columns.append(
            Column(f"Meeting {meeting.number}", lambda row, place=place: row.letters[place] or "No seat")  # type: ignore[misc]
        )
    columns.append(Column("Took part", lambda row: f"{row.n_there} of {row.n_meetings}", numeric=True))
    return table("Who took part, by agency", columns, rows)


@requires(Permission.MANAGE_MEETINGS)
def constitute(request: HttpRequest, programme: str, body: str) -> HttpResponse:
    meant = organisation.one_body(request.user, programme, body)
    return ask(
        request,
        ConstitutionForm(sent(request), user=request.user, code=programme, initial={"papers_days": 7}),
        partial(services.constitute, body=meant),
        then=reverse("body", args=[programme, body]),
        said=f"How the {meant} meets is on record. Fill its seats next.",
        heading=f"Set out how the {meant} meets",
        submit="Save",
        breadcrumbs=crumbs(programme, cells.MEETINGS),
    )


@requires(Permission.MANAGE_MEETINGS)
def fill_seat(request: HttpRequest, programme: str, body: str) -> HttpResponse:
    user, meant = request.user, selectors.one_constitution(request.user, programme, body).body
    sitting = selectors.seats(user, programme, meant, clock.today())
    return ask(
        request,
        SeatForm(sent(request), user=user, code=programme, seats=sitting),
        partial(services.fill_seat, body=meant),
        then=reverse("body", args=[programme, body]),
        said=lambda seat: f"{seat} sits on the {meant} from {date_words(seat.from_on)}.",
        heading=f"Fill a seat on the {meant}",
        inset="The chair of an improvement board is independent of the council. The Department observes.",
        submit="Fill the seat",
        breadcrumbs=cells.under_body(programme, meant),
    )


@requires(Permission.MANAGE_MEETINGS)
def end_seat(request: HttpRequest, programme: str, body: str, seat: int) -> HttpResponse:
    meant = selectors.one_seat(request.user, programme, body, seat)
    return ask(
        request,
        EndSeatForm(sent(request)),
        partial(services.end_seat, seat=meant),
        then=reverse("body", args=[programme, body]),
        said=f"The seat of {meant} ends. It stays to be read on the days it stood.",
        heading="End a seat",
        caption=str(meant),
        submit="End the seat",
        breadcrumbs=cells.under_body(programme, meant.body),
    )
