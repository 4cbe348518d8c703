"""Refusing what would change approved minutes. Every write about a meeting's record asks here first."""

from holdfast.access.writes import Forbidden
from holdfast.governance.models import Meeting, Minutes


class MinutesLocked(Forbidden):
    """Somebody tried to change what a later meeting approved."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            f"The minutes of meeting {meeting.number} were approved, so they are locked. A later meeting corrects them "
            "by a resolution of its own.",
            programme=meeting.body.programme.code,
        )


def refuse_locked(meeting: Meeting) -> None:
    """Raises MinutesLocked once the meeting's minutes are approved."""
    if Minutes.objects.filter(meeting=meeting, approved_at__isnull=False).exists():
        raise MinutesLocked(meeting)
