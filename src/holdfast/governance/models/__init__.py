"""What is true of the bodies, their meetings and what was minuted. By noun; import from here.

Rule: what was agreed, approved or withdrawn stays to be read: rows end, and are not removed.
"""

from holdfast.governance.models.agenda import AgendaItem, ForwardItem, Paper
from holdfast.governance.models.bodies import Constitution, Membership
from holdfast.governance.models.meetings import Attendance, Meeting
from holdfast.governance.models.minutes import Amendment, MinuteEntry, Minutes
from holdfast.governance.models.reminding import CalendarAddress, Digest

__all__ = [
    "AgendaItem",
    "Amendment",
    "Attendance",
    "CalendarAddress",
    "Constitution",
    "Digest",
    "ForwardItem",
    "Meeting",
    "Membership",
    "MinuteEntry",
    "Minutes",
    "Paper",
]
