"""Meetings, those to come and those held, whether one had its quorum, and gaps that are too long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from holdfast.access.doors import Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.governance.cycle import Gap
from holdfast.governance.cycle import gaps as long_gaps
from holdfast.governance.models import Attendance, Constitution, Meeting, Membership
from holdfast.governance.selectors.bodies import seats
from holdfast.organisation.models import Body
from holdfast.pages.words import date_words


class NoSuchMeeting(Missing):
    """The body has no meeting of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no meeting {number} of this body.")


@dataclass(frozen=True)
class SeatAtMeeting:
    """One seat on the day of a meeting, and what is known of it: `attendance` None when nothing was heard."""

    seat: Membership
    attendance: Attendance | None


@dataclass(frozen=True)
class Quorum:
    """How many voting seats were filled, by members or deputies, and how many it takes."""

    n_there: int
    n_needed: int

    @property
    def is_there(self) -> bool:
        return self.n_there >= self.n_needed


def page_of(meeting: Meeting) -> str:
    """Where a meeting is read. Its body and programme must be at hand."""
    return reverse("meeting", args=[meeting.body.programme.code, meeting.body.code, meeting.number])


def meetings(user: Actor, code: str, body: Body | None = None) -> QuerySet[Meeting]:
    """Every meeting of every body of a programme, or of one body, the earliest first."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = Meeting.objects.filter(body__programme__code=code).select_related("body__programme")
    return found if body is None else found.filter(body=body)


def one_meeting(user: Actor, code: str, body: str, number: int) -> Meeting:
    """One meeting. Raises Refused or NoSuchMeeting."""
    found = meetings(user, code).filter(body__code=body, number=number).select_related("body__constitution").first()
    if found is None:
        raise NoSuchMeeting(number)
    return found


def next_meeting(user: Actor, code: str, body: Body, on: date) -> Meeting | None:
    """The next meeting of a body that is to be held on or after a day."""
    coming = meetings(user, code, body).filter(held_on__gte=on, state=Meeting.State.PLANNED)
    return coming.order_by("held_on", "number").first()


def last_held(user: Actor, code: str, body: Body, before: date) -> Meeting | None:
    """The last meeting that was held before a day."""
    return meetings(user, code, body).filter(held_on__lt=before, state=Meeting.State.HELD).order_by("-held_on").first()


def attendance(user: Actor, code: str, meeting: Meeting) -> list[SeatAtMeeting]:
    """Every seat on the day of a meeting with what is known of each, by agency; a deputy is told with its member."""
    there = Attendance.objects.filter(meeting=meeting).select_related(
        "deputy__post", "deputy__account", "deputy__agency"
    )
    known = {each.membership_id: each for each in there}
    sitting = seats(user, code, meeting.body, meeting.held_on)
    own = [seat for seat in sitting if seat.capacity != Membership.Capacity.DEPUTY]
    return [SeatAtMeeting(seat, known.get(seat.pk)) for seat in own]


def quorum(user: Actor, code: str, meeting: Meeting) -> Quorum:
    """Whether a meeting had enough voting seats filled. A deputy fills the seat it stands in for."""
    check(user, Permission.SEE_PROGRAMME, code)
    came = (Attendance.Came.ATTENDED, Attendance.Came.DEPUTY)
    there = Attendance.objects.filter(meeting=meeting, came__in=came).select_related("membership")
    n_there = sum(each.membership.votes for each in there)
    return Quorum(n_there, Constitution.objects.get(body=meeting.body).quorum)


def gaps(user: Actor, code: str, body: Body, until: date | None = None) -> list[Gap]:
    """Where more days lie between two meetings than the body's cycle allows: of all, or of those up to a day.

    None where it keeps no cycle. A meeting that was called off counts as not held.
    """
    constitution = Constitution.objects.filter(body=body).first()
    if constitution is None or constitution.cycle_days is None:
        return []
    live = meetings(user, code, body).exclude(state=Meeting.State.CANCELLED)
    days = live.filter(held_on__lte=until) if until else live
    return long_gaps(list(days.values_list("held_on", flat=True)), constitution.cycle_days)


def gap_words(user: Actor, code: str, constitutions: Sequence[Constitution], every: Sequence[Meeting]) -> list[str]:
    """In words, each place where a body that keeps a cycle leaves more days between two meetings than it allows."""
    check(user, Permission.SEE_PROGRAMME, code)
    said = []
    for constitution in constitutions:
        live = [each.held_on for each in every if each.body_id == constitution.body_id and not each.is_cancelled]
        for gap in long_gaps(live, constitution.cycle_days) if constitution.cycle_days else []:
            said.append(
                f"{constitution.body}: {gap.days} days from {date_words(gap.after)} to {date_words(gap.before)}, "
                f"which is more than {constitution.cycle_days}."
            )
    return said


def said_of(user: Actor, code: str, meeting: Meeting, seat: int) -> dict[str, object]:
    """What is known of a seat at a meeting, for a form to begin with. {} when nothing is."""
    check(user, Permission.SEE_PROGRAMME, code)
    known = Attendance.objects.filter(meeting=meeting, membership_id=seat).first()
    return {"came": known.came, "deputy": known.deputy_id, "interest": known.interest} if known else {}


def later(user: Actor, code: str, meeting: Meeting, until: date) -> QuerySet[Meeting]:
    """Later meetings of the same body, not called off, up to a day: those that may approve a meeting's minutes."""
    found = meetings(user, code, meeting.body).filter(held_on__gt=meeting.held_on, held_on__lte=until)
    return found.exclude(state=Meeting.State.CANCELLED)
