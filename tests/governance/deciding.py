"""A board that can decide, and the decisions that tests record."""

from datetime import date
from typing import Any

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.governance.models import Attendance, Constitution, Decision, Meeting, Membership
from holdfast.governance.services import deciding
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Agency, Body, Post, Programme
from people import made_once

FIRST = date(2013, 10, 17)


def write() -> dict[str, Any]:
    return {"by": SYSTEM, "at": clock.now()}


def post(programme: Programme, code: str, title: str, agency: str = "council") -> Post:
    held = Agency.objects.filter(programme=programme, code=agency).first() or organisation.add_agency(
        **write(), programme=programme, code=agency, name=agency.capitalize(), kind="other"
    )
    return organisation.add_post(**write(), programme=programme, code=code, title=title, agency=held)


def board(programme: Programme, quorum: int = 2) -> Body:
    """An improvement board with a chair, two members, an observer, and a meeting that all of them came to."""
    made_once(f"deciding board {quorum}", lambda: _board(programme, quorum))
    return Body.objects.select_related("programme").get(programme=programme, code="board")


def _board(programme: Programme, quorum: int) -> None:
    body = organisation.add_body(**write(), programme=programme, code="board", name="Improvement Board")
    Constitution.objects.create(body=body, kind="board", short="IB", quorum=quorum, cycle_days=28, from_on=FIRST)
    meeting = Meeting.objects.create(
        body=body, number=1, planned_on=FIRST, held_on=FIRST, state="held", added_on=date(2013, 9, 12)
    )
    for code, capacity in (("chair", "chair"), ("police", "member"), ("health", "member"), ("observer", "observer")):
        held = post(programme, f"post-{code}", f"Post of {code}", code)
        seat = Membership.objects.create(
            body=body, agency=held.agency, post=held, capacity=capacity, from_on=date(2013, 9, 12)
        )
        Attendance.objects.create(meeting=meeting, membership=seat, came="attended")


def seats(body: Body, *codes: str) -> list[Membership]:
    return [body.memberships.get(post__code=f"post-{code}") for code in codes]


def decide(body: Body, by: Any = SYSTEM, **more: Any) -> Decision:
    asked: dict[str, Any] = {
        "meeting": body.meetings.first(),
        "text": "To move the date.",
        "reason": "The system is late.",
        "agreed_by": seats(body, "chair", "police"),
    }
    return deciding.record_decision(by=by, at=clock.now(), body=body, **(asked | more))
