"""What the Board's own records give to be measured: the seats with a vote at each meeting held, and who filled them.

Rule: codes and days only, never who a person is. What was not heard of a seat stays unknown.
"""

from datetime import date

from holdfast.governance.models import Attendance, Constitution, Meeting, Membership
from holdfast.organisation.models import Programme
from holdfast.performance.extracts import Given, register_extract

VOTING = (Membership.Capacity.CHAIR, Membership.Capacity.MEMBER)


def take(programme: Programme, as_at: date) -> Given | None:
    """Every seat at every meeting held by a day, of the improvement board. None: there is no board, or none has met."""
    boards = Constitution.objects.filter(body__programme=programme, kind=Constitution.Kind.BOARD, from_on__lte=as_at)
    bodies = {board.body_id: board for board in boards.select_related("body")}
    held = Meeting.objects.filter(body__in=bodies, state=Meeting.State.HELD, held_on__lte=as_at)
    meetings = list(held.select_related("body").order_by("held_on"))
    if not meetings:
        return None
    seats = list(
        Membership.objects.filter(body__in=bodies, capacity__in=VOTING).select_related("agency").order_by("pk")
    )
    known = Attendance.objects.filter(meeting__in=meetings).values_list("meeting_id", "membership_id", "came")
    came = {(meeting, seat): how for meeting, seat, how in known}
    rows = [
        {
            "seat_attendance_id": f"{meeting.body.code}|{meeting.number}|{place}",
            "seat_agency": seat.agency.code,
            "seat_meeting_on": meeting.held_on,
            "seat_came": came.get((meeting.pk, seat.pk)),
        }
        for meeting in meetings
        for place, seat in enumerate(seats, start=1)
        if seat.body_id == meeting.body_id and seat.stood_on(meeting.held_on)
    ]
    return Given(min(board.from_on for board in bodies.values()), {"meeting_seats": rows})


def register() -> None:
    """Called once, when the application starts."""
    register_extract("governance", "The Board’s meetings", take)
