"""Refusing what would change approved minutes. Every write about a meeting's record asks here first."""

from holdfast.access.writes import Forbidden
from holdfast.governance.models import Meeting
from holdfast.governance.stopping import locked


class MinutesLocked(Forbidden):
    """Somebody tried to change what a later meeting approved."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(locked(meeting), programme=meeting.body.programme.code)


def refuse_locked(meeting: Meeting) -> None:
    """Raises MinutesLocked once the meeting's minutes are approved."""
    if locked(meeting):
        raise MinutesLocked(meeting)
