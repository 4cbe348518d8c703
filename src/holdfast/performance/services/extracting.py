"""Taking what rooms give by itself, so that somebody can look at it. A release takes it anew (calculation.py)."""

from collections.abc import Sequence
from datetime import datetime

from holdfast.access import clock
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import outside_transaction, record, service
from holdfast.organisation.models import Programme
from holdfast.performance.extracts import Taken, take_extracts


@outside_transaction("keeps what rooms give as files, then calls note_extracts")
def extract_now(*, by: Actor, at: datetime, programme: Programme) -> list[Taken]:
    """Take every room's extract as at today, and keep each as a load. [] when no room has anything. Raises Refused."""
    check(by, Permission.PUBLISH_RELEASE, programme.code)
    taken = take_extracts(programme, clock.day_of(at))
    note_extracts(by=by, at=at, programme=programme, taken=taken)
    return taken


@service
def note_extracts(*, by: Actor, at: datetime, programme: Programme, taken: Sequence[Taken]) -> None:
    """Note in the trail which loads were taken."""
    check(by, Permission.PUBLISH_RELEASE, programme.code)
    record(
        "extracts taken",
        programme=programme.code,
        subject=", ".join(extract.title for extract in taken) or "nothing to take",
        detail={"loads": {extract.kind: extract.load_id for extract in taken}},
    )
