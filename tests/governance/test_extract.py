"""What the Board's records give to be measured: each voting seat at each meeting held, and who filled it."""

from datetime import date, timedelta

import pytest

from holdfast.governance.extract import take
from holdfast.governance.models import Attendance
from holdfast.organisation.models import Body, Programme

from .deciding import FIRST, board


@pytest.fixture
def body(programme: Programme) -> Body:
    return board(programme)


def test_each_voting_seat_of_a_meeting_is_a_row_and_the_observer_is_none(body: Body) -> None:
    Attendance.objects.filter(membership__post__code="post-police").update(came="apologies")
    Attendance.objects.filter(membership__post__code="post-health").delete()
    given = take(body.programme, FIRST)
    assert given is not None
    came = {row["seat_agency"]: row["seat_came"] for row in given.tables["meeting_seats"]}
    assert came == {"chair": "attended", "police": "apologies", "health": None}
    assert {row["seat_meeting_on"] for row in given.tables["meeting_seats"]} == {FIRST}


def test_before_the_board_has_met_nothing_is_known(body: Body, second_programme: Programme) -> None:
    assert take(body.programme, FIRST - timedelta(days=1)) is None
    assert take(second_programme, date(2014, 2, 10)) is None
