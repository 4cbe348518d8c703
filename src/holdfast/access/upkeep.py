"""What whoever runs the machine did to keep it well, noted in the trail where an administrator's page can read it.

Here: the last backup, and the last time everything was compared with the trail. Not here: making a backup or comparing
(web). Rule: what was never done is never said to be well.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, Refused, check
from holdfast.access.models import TrailRow
from holdfast.access.permissions import Permission
from holdfast.access.writes import record, service

BACKUP: Final = "backup made"
SOUND: Final = "found as it was written"
UNSOUND: Final = "found not as it was written"


@dataclass(frozen=True)
class Upkeep:
    """The days of the last backup and the last comparison; None for never. `problems`: what the last one found."""

    backed_up_on: date | None
    verified_on: date | None
    problems: str


@service
def note_backup(*, by: Actor, at: datetime, n_files: int, sha256: str) -> None:
    """Note that a backup was made. For SYSTEM alone: whoever runs the machine."""
    _for_the_machine(by)
    record(BACKUP, subject=f"{n_files:,} files", detail={"sha256": sha256})


@service
def note_verified(*, by: Actor, at: datetime, n_problems: int) -> None:
    """Note that everything was compared with the trail, and how much was not as it was written. For SYSTEM alone."""
    _for_the_machine(by)
    if n_problems:
        record(UNSOUND, subject=f"{n_problems:,} problem{'' if n_problems == 1 else 's'}")
    else:
        record(SOUND)


def upkeep(user: Actor, programme: str) -> Upkeep:
    """When the service was last backed up and last verified, for an administrator of a programme. Raises Refused."""
    check(user, Permission.MANAGE_ACCOUNTS, programme)
    backup, verified = _last(BACKUP), _last(SOUND, UNSOUND)
    return Upkeep(
        clock.day_of(backup.at) if backup else None,
        clock.day_of(verified.at) if verified else None,
        verified.subject if verified else "",
    )


def _last(*actions: str) -> TrailRow | None:
    return TrailRow.objects.filter(programme="", action__in=actions).order_by("-number").first()


def _for_the_machine(by: Actor) -> None:
    if by is not SYSTEM:
        raise Refused(None)
