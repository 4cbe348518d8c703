"""Bodies that meet, who sits on them on a day, and how their agencies attend."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from holdfast.access.doors import Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.agreements import selectors as agreements
from holdfast.governance.models import Attendance, Constitution, Meeting, Membership
from holdfast.governance.models.bodies import sat
from holdfast.organisation.models import Body

IN_FORCE = ", in force"
LETTERS = ((Attendance.Came.ATTENDED, "Y"), (Attendance.Came.DEPUTY, "D"), (Attendance.Came.APOLOGIES, "A"))
SEATS = ("agency", "post", "account", "stands_in_for__post", "stands_in_for__account", "stands_in_for__agency")


class NoSuchBody(Missing):
    """No body of the programme that meets has the code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"No body here that meets is called “{code}”.")


@dataclass(frozen=True)
class AgencyAttendance:
    """How one agency's voting seats took part in meetings held: letters by meeting, and how many it was at.

    A letter is Y (attended), D (a deputy came), A (apologies) or N (nothing was heard); "" where it had no seat.
    """

    agency: str
    letters: tuple[str, ...]
    n_there: int
    n_meetings: int


def constituted(user: Actor, code: str) -> QuerySet[Constitution]:
    """Every body of a programme that has been set out, with its body: the board first."""
    check(user, Permission.SEE_PROGRAMME, code)
    return Constitution.objects.filter(body__programme__code=code).select_related("body__programme", "parent")


def one_constitution(user: Actor, code: str, body: str) -> Constitution:
    """How one body meets. Raises Refused or NoSuchBody."""
    found = constituted(user, code).filter(body__code=body).first()
    if found is None:
        raise NoSuchBody(body)
    return found


def board(user: Actor, code: str) -> Constitution | None:
    """The improvement board: the first that was set up. None before one is."""
    return constituted(user, code).filter(kind=Constitution.Kind.BOARD).order_by("from_on", "pk").first()


def seats(user: Actor, code: str, body: Body, on: date | None = None) -> QuerySet[Membership]:
    """The seats of a body, with agency and holder: on a day, or every one there ever was."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = Membership.objects.filter(body=body, body__programme__code=code).select_related("body", *SEATS)
    return found if on is None else found.filter(sat(on))


def one_seat(user: Actor, code: str, body: str, seat: int) -> Membership:
    """One seat of a body by its number. Raises Refused or NoSuchBody."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = Membership.objects.filter(pk=seat, body__code=body, body__programme__code=code)
    kept = found.select_related("body__programme", *SEATS).first()
    if kept is None:
        raise NoSuchBody(f"seat {seat}")
    return kept


def terms_of(user: Actor, code: str, constitution: Constitution, on: date) -> str:
    """In words, which version of the body's terms of reference was in force on a day; it ends so where one was."""
    known = {subject.code for subject in agreements.subjects(user, code)} if constitution.terms else ()
    if constitution.terms not in known:
        return "No terms of reference are recorded"
    version = agreements.in_force(user, code, constitution.terms, on)
    return f"{version}{IN_FORCE}" if version else "Its terms of reference are not agreed by everybody who must agree"


def held_meetings(user: Actor, code: str, body: Body, until: date) -> list[Meeting]:
    """Meetings held by a day, the earliest first, each with its attendance."""
    check(user, Permission.SEE_PROGRAMME, code)
    attendance = Attendance.objects.select_related("membership__agency", "deputy")
    found = Meeting.objects.filter(body=body, state=Meeting.State.HELD, held_on__lte=until)
    return list(found.prefetch_related(Prefetch("attendance", queryset=attendance)))


def attendance_by_agency(
    user: Actor, code: str, body: Body, until: date, capacities: Sequence[str] = ()
) -> tuple[list[Meeting], list[AgencyAttendance]]:
    """The meetings held by a day, and each agency's part in them: its best letter where it has several seats.

    `capacities` narrows it to seats of those capacities; without any, chair, members and observers count.
    """
    meetings = held_meetings(user, code, body, until)
    counted = capacities or (Membership.Capacity.CHAIR, Membership.Capacity.MEMBER, Membership.Capacity.OBSERVER)
    every = [seat for seat in seats(user, code, body) if seat.capacity in counted]
    rows = []
    for agency in dict.fromkeys(seat.agency.name for seat in every):
        own = [seat for seat in every if seat.agency.name == agency]
        letters = tuple(_letter(meeting, own) for meeting in meetings)
        n_there = sum(letter in "YD" for letter in letters if letter)
        rows.append(AgencyAttendance(agency, letters, n_there, sum(bool(letter) for letter in letters)))
    return meetings, rows


def _letter(meeting: Meeting, own: Sequence[Membership]) -> str:
    standing = {seat.pk for seat in own if seat.stood_on(meeting.held_on)}
    if not standing:
        return ""
    came = {each.came for each in meeting.attendance.all() if each.membership_id in standing}
    return next((letter for value, letter in LETTERS if value in came), "N")


def deputies_of(user: Actor, code: str, seat: Membership) -> QuerySet[Membership]:
    """The seats that stand in for a seat."""
    check(user, Permission.SEE_PROGRAMME, code)
    return Membership.objects.filter(stands_in_for=seat).select_related("body", *SEATS)
