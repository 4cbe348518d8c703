"""Who came to a meeting, who sent a deputy or apologies, and what they declared.

Rule: a deputy who came, an apology and silence are three things; nobody is put down for what they did not say.
"""

from datetime import datetime

from holdfast.access import clock
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.governance import stopping
from holdfast.governance.locking import refuse_locked
from holdfast.governance.models import Attendance, Meeting, Membership
from holdfast.pages.words import date_words

Came = Attendance.Came


class CannotAttend(NotDone):
    """Attendance that cannot be so."""


@service
def record_attendance(
    *,
    by: Actor,
    at: datetime,
    meeting: Meeting,
    seat: Membership,
    came: str,
    deputy: Membership | None = None,
    interest: str = "",
) -> Attendance:
    """What is known of one seat at one meeting; said again, it takes the place of what was said before.

    Raises Refused, MinutesLocked, or CannotAttend: no seat there that day, a deputy who is not the seat's, or a day
    that has not come for anything but apologies.
    """
    check(by, Permission.MANAGE_MEETINGS, meeting.body.programme.code)
    refuse_locked(meeting)
    _refuse_odd(meeting, seat, came, deputy)
    if came != Came.APOLOGIES and meeting.held_on > clock.day_of(at):
        raise CannotAttend(f"The meeting is on {date_words(meeting.held_on)}: until then only apologies can be sent.")
    kept = Attendance.objects.filter(meeting=meeting, membership=seat).first()
    kept = kept or Attendance(meeting=meeting, membership=seat)
    kept.came, kept.deputy, kept.interest = Came(came), deputy, interest.strip()
    kept.save()
    detail = {"seat": str(seat), "came": came, "deputy": str(deputy or ""), "interest": bool(kept.interest)}
    record("attendance recorded", programme=meeting.body.programme.code, subject=str(meeting), detail=detail)
    return kept


def _refuse_odd(meeting: Meeting, seat: Membership, came: str, deputy: Membership | None) -> None:
    if seat.body_id != meeting.body_id or not seat.stood_on(meeting.held_on):
        raise CannotAttend(f"{seat} has no seat on the {meeting.body} that day.", field="seat")
    if words := stopping.attending(meeting):
        raise CannotAttend(words)
    if (came == Came.DEPUTY) != (deputy is not None):
        raise CannotAttend("Choose the deputy who came, or say that they came themselves.", field="deputy")
    if deputy is not None and deputy.stands_in_for_id != seat.pk:
        raise CannotAttend(f"{deputy} is not a deputy of {seat}.", field="deputy")
