"""Meetings: the cycle, a move, a cancellation, who came, and whether it was enough."""

from datetime import date

import pytest

from governance.conftest import TODAY, who
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.governance.models import Meeting
from holdfast.governance.selectors import meetings as selectors
from holdfast.governance.services import attending, bodies, meetings

pytestmark = pytest.mark.django_db


def test_a_cycle_is_numbered_and_counted_in_days(cycle, programme):
    assert [(each.number, each.held_on) for each in cycle[:3]] == [
        (1, date(2031, 2, 6)),
        (2, date(2031, 3, 6)),
        (3, date(2031, 4, 3)),
    ]
    row = TrailRow.objects.last()
    assert (row.action, row.detail["n"], row.detail["days"]) == ("cycle of meetings made", 7, 28)


def test_a_second_cycle_goes_on_with_the_numbers_and_never_meets_twice_a_day(cycle, board):
    more = meetings.make_cycle(**who(), body=board, first_on=date(2031, 9, 4), until_on=date(2031, 9, 30))
    assert [each.number for each in more] == [8]
    with pytest.raises(meetings.CannotMeet, match="is on 4 September 2031 already"):
        meetings.make_cycle(**who(), body=board, first_on=date(2031, 9, 4), until_on=date(2031, 9, 30))


def test_a_body_without_a_cycle_makes_none(board, programme):
    bodies.constitute(**who(), body=board, kind="board", short="IB", quorum=3, cycle_days=None, from_on=TODAY)
    with pytest.raises(meetings.NoCycle, match="keeps no cycle"):
        meetings.make_cycle(**who(), body=board, first_on=TODAY, until_on=date(2031, 12, 31))


def test_a_meeting_moves_only_with_a_reason_and_keeps_the_day_first_planned(cycle):
    meeting = cycle[-1]
    with pytest.raises(meetings.CannotMeet, match="Say why"):
        meetings.move_meeting(**who(), meeting=meeting, held_on=date(2031, 7, 30), reason=" ")
    planned = meeting.planned_on

    moved = meetings.move_meeting(**who(), meeting=meeting, held_on=date(2031, 7, 30), reason="The chair is away.")
    again = meetings.move_meeting(**who(), meeting=moved, held_on=date(2031, 7, 31), reason="The room is taken.")

    assert (again.planned_on, again.held_on) == (planned, date(2031, 7, 31))
    assert again.is_moved
    assert TrailRow.objects.last().detail["planned_on"] == planned.isoformat()


def test_a_meeting_that_was_called_off_keeps_its_number_and_leaves_a_gap(cycle, board, programme):
    assert selectors.gaps(SYSTEM, programme.code, board) == []

    cancelled = meetings.cancel_meeting(**who(), meeting=cycle[-2], reason="Half of the members were ill.")

    assert (cancelled.number, cancelled.state) == (6, Meeting.State.CANCELLED)
    (gap,) = selectors.gaps(SYSTEM, programme.code, board)
    assert gap.days == 56
    with pytest.raises(meetings.NotToCome, match="was called off"):
        meetings.move_meeting(**who(), meeting=cancelled, held_on=TODAY, reason="After all.")


def test_a_meeting_is_held_on_its_day_and_not_before(cycle):
    with pytest.raises(meetings.CannotMeet, match="has not come"):
        meetings.hold_meeting(**who(), meeting=cycle[-1], summary="A line.")
    with pytest.raises(meetings.CannotMeet, match="did for children"):
        meetings.hold_meeting(**who(), meeting=cycle[0], summary=" ")


def test_two_voting_seats_and_an_observer_are_no_quorum_of_three_and_a_deputy_makes_it(cycle, seats, programme):
    meeting = cycle[0]
    for seat in (seats.chair, seats.council, seats.observer):
        attending.record_attendance(**who(), meeting=meeting, seat=seat, came="attended")
    assert not selectors.quorum(SYSTEM, programme.code, meeting).is_there
    attending.record_attendance(**who(), meeting=meeting, seat=seats.health, came="apologies")
    assert selectors.quorum(SYSTEM, programme.code, meeting).n_there == 2

    attending.record_attendance(**who(), meeting=meeting, seat=seats.police, came="deputy", deputy=seats.deputy)

    found = selectors.quorum(SYSTEM, programme.code, meeting)
    assert (found.n_there, found.n_needed, found.is_there) == (3, 3, True)


def test_a_deputy_is_the_seats_own(cycle, seats):
    with pytest.raises(attending.CannotAttend, match="not a deputy of"):
        attending.record_attendance(**who(), meeting=cycle[0], seat=seats.health, came="deputy", deputy=seats.deputy)
    with pytest.raises(attending.CannotAttend, match="Choose the deputy"):
        attending.record_attendance(**who(), meeting=cycle[0], seat=seats.police, came="deputy")


def test_before_the_day_only_apologies_can_be_sent(cycle, seats):
    attending.record_attendance(**who(), meeting=cycle[-1], seat=seats.health, came="apologies")
    with pytest.raises(attending.CannotAttend, match="only apologies"):
        attending.record_attendance(**who(), meeting=cycle[-1], seat=seats.health, came="attended")


def test_an_interest_is_kept_with_who_declared_it_and_is_not_in_the_trail(cycle, seats, programme):
    words = "My agency bids for the contract."
    attending.record_attendance(**who(), meeting=cycle[0], seat=seats.health, came="attended", interest=words)
    found = {at.seat.pk: at.attendance for at in selectors.attendance(SYSTEM, programme.code, cycle[0])}
    assert found[seats.health.pk].interest == words
    assert found[seats.police.pk] is None
    assert words not in str(TrailRow.objects.last().detail)


def test_only_whoever_runs_meetings_moves_one(cycle, people):
    for name in ("board-chair", "director", "dfe-observer", "partner-member"):
        with pytest.raises(Refused):
            meetings.move_meeting(**who(people[name]), meeting=cycle[-1], held_on=date(2031, 7, 30), reason="Because.")
