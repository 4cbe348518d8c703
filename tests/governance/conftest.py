"""What the governance room's tests share: a Board with its members in 2031, and a cycle of meetings before that day."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM
from holdfast.governance.models import Meeting, Membership
from holdfast.governance.services import attending, bodies, meetings
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Agency, Body, Post
from people import made_once

TODAY = date(2031, 6, 1)
AT = datetime(2031, 6, 1, 12, tzinfo=UTC)
FROM = date(2031, 1, 1)


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.HOLDFAST_TODAY = TODAY


def who(account: Any = SYSTEM, at: datetime = AT) -> dict[str, Any]:
    return {"by": account, "at": at}


KINDS = {"council": "council", "police": "police", "health": "health", "dfe": "government", "outside": "other"}


@pytest.fixture
def agencies(people: Any, programme: Any) -> SimpleNamespace:
    """The council, the police, health, the Department and an agency for the chair, each with a post of one name."""

    def add() -> None:
        write = {**who(), "programme": programme}
        made = {
            code: organisation.add_agency(**write, code=code, name=code.capitalize(), kind=kind)
            for code, kind in KINDS.items()
        }
        for code, agency in made.items():
            organisation.add_post(**write, code=f"{code}-post", title=f"{code.capitalize()} lead", agency=agency)

    made_once("agencies", add)
    made = {agency.code: agency for agency in Agency.objects.select_related("programme").filter(programme=programme)}
    posts = {code: Post.objects.get(programme=programme, code=f"{code}-post") for code in KINDS}
    return SimpleNamespace(**made, posts=SimpleNamespace(**posts))


@pytest.fixture
def board(programme: Any, agencies: SimpleNamespace) -> Any:
    """The Improvement Board, set out to meet every 28 days with a quorum of three."""

    def add() -> None:
        body = organisation.add_body(**who(), programme=programme, code="board", name="Improvement Board")
        bodies.constitute(**who(), body=body, kind="board", short="IB", quorum=3, cycle_days=28, from_on=FROM)

    made_once("board", add)
    return Body.objects.select_related("programme").get(programme=programme, code="board")


def fill(board: Any, agencies: Any, code: str, capacity: str, **more: Any) -> Any:
    post = more.pop("post", getattr(agencies.posts, code))
    given = {"body": board, "agency": getattr(agencies, code), "capacity": capacity, "post": post, "from_on": FROM}
    return bodies.fill_seat(**who(), **{**given, **more})


@pytest.fixture
def seats(board: Any, agencies: Any, people: Any, programme: Any) -> SimpleNamespace:
    """A chair, members of the council, police and health, a deputy of the police, and the Department's observer."""
    made_once("seats", lambda: _seats(board, agencies, programme))
    filled = {seat.post.code: seat for seat in Membership.objects.select_related("body__programme", "post", "agency")}
    members = {code: filled[f"{code}-post"] for code in ("council", "police", "health")}
    return SimpleNamespace(
        chair=filled["outside-post"], **members, deputy=filled["police-deputy"], observer=filled["dfe-post"]
    )


def _seats(board: Any, agencies: Any, programme: Any) -> None:
    declaration = "I am not employed by the council and hold no interest in its services."
    fill(board, agencies, "outside", "chair", declaration=declaration)
    filled = {code: fill(board, agencies, code, "member") for code in ("council", "police", "health")}
    deputy = organisation.add_post(
        **who(), programme=programme, code="police-deputy", title="Police deputy lead", agency=agencies.police
    )
    fill(board, agencies, "police", "deputy", post=deputy, stands_in_for=filled["police"])
    fill(board, agencies, "dfe", "observer")


@pytest.fixture
def cycle(board: Any) -> list[Any]:
    """Meetings every 28 days from 6 February 2031: 6 March, 3 April, 1 May, and 29 May, which is before today."""
    days = {"first_on": date(2031, 2, 6), "until_on": date(2031, 7, 31)}
    made_once("cycle", lambda: meetings.make_cycle(**who(), body=board, **days))
    return list(Meeting.objects.select_related("body__programme").filter(body=board).order_by("held_on"))


@pytest.fixture
def held(cycle: list[Any], seats: SimpleNamespace) -> Any:
    """The first meeting, held with everybody there but health, who said nothing, and the police by their deputy."""
    meeting = cycle[0]
    for seat in (seats.chair, seats.council, seats.observer):
        attending.record_attendance(**who(), meeting=meeting, seat=seat, came="attended")
    attending.record_attendance(**who(), meeting=meeting, seat=seats.police, came="deputy", deputy=seats.deputy)
    return meetings.hold_meeting(**who(), meeting=meeting, summary="Two visits a week for every child on a plan.")
