"""Who sits on a body, as what, and who may not."""

from datetime import date, timedelta

import pytest

from governance.conftest import AT, FROM, TODAY, fill, who
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.governance.models import Membership
from holdfast.governance.selectors import bodies as selectors
from holdfast.governance.services import attending, bodies
from holdfast.organisation import services as organisation
from holdfast.organisation.services import changing

INDEPENDENT = "I am not employed by the council."


@pytest.mark.django_db
def test_nobody_whom_the_council_employs_chairs_the_board_and_the_attempt_is_trailed(board, agencies, people):
    with pytest.raises(bodies.ChairIsAnEmployee, match="must be independent of the council"):
        bodies.fill_seat(
            **who(people["programme-office"]), body=board, agency=agencies.council, post=agencies.posts.council,
            capacity="chair", from_on=FROM, declaration=INDEPENDENT,
        )  # fmt: skip
    row = TrailRow.objects.last()
    assert (row.action, row.by, row.programme) == ("refused by a rule", "programme-office", "westmere-2031")
    assert row.detail["rule"] == "ChairIsAnEmployee"
    assert not Membership.objects.exists()


@pytest.mark.django_db
def test_a_person_with_a_post_of_the_council_is_its_employee_whatever_agency_they_sit_for(board, agencies, people):
    changing.appoint(by=SYSTEM, at=AT, post=agencies.posts.council, holder=people["board-chair"])
    with pytest.raises(bodies.ChairIsAnEmployee):
        fill(board, agencies, "outside", "chair", post=None, account=people["board-chair"], declaration=INDEPENDENT)


@pytest.mark.django_db
def test_whoever_holds_a_role_of_the_councils_staff_is_its_employee_with_no_post_at_all(board, agencies, people):
    for role in ("team-manager", "performance-analyst", "administrator"):
        with pytest.raises(bodies.ChairIsAnEmployee):
            fill(board, agencies, "outside", "chair", post=None, account=people[role], declaration=INDEPENDENT)
    fill(board, agencies, "outside", "chair", declaration=INDEPENDENT)
    with pytest.raises(bodies.ChairIsAnEmployee):
        changing.appoint(**who(), post=agencies.posts.outside, holder=people["team-manager"])


@pytest.mark.django_db
def test_a_sitting_chair_is_given_no_post_of_the_council_and_the_attempt_is_trailed(board, agencies, people):
    """The day before the seat ends it is refused; the day after it may be."""
    chair = people["board-chair"]
    seat = fill(board, agencies, "outside", "chair", post=None, account=chair, declaration=INDEPENDENT)
    with pytest.raises(bodies.ChairIsAnEmployee, match="must be independent of the council"):
        changing.appoint(**who(people["programme-office"]), post=agencies.posts.council, holder=chair)
    assert TrailRow.objects.last().detail["rule"] == "ChairIsAnEmployee"
    changing.appoint(**who(), post=agencies.posts.council, holder=people["director"])
    changing.appoint(**who(), post=agencies.posts.police, holder=chair)

    bodies.end_seat(**who(), seat=seat, to_on=TODAY - timedelta(days=1), reason="A new chair comes.")
    assert changing.appoint(**who(), post=agencies.posts.council, holder=chair).holder == chair


@pytest.mark.django_db
def test_the_post_that_chairs_is_not_given_to_whoever_the_council_employs(board, agencies, people):
    changing.appoint(by=SYSTEM, at=AT, post=agencies.posts.council, holder=people["director"])
    fill(board, agencies, "outside", "chair", declaration=INDEPENDENT)
    with pytest.raises(bodies.ChairIsAnEmployee):
        changing.appoint(**who(), post=agencies.posts.outside, holder=people["director"])
    assert changing.appoint(**who(), post=agencies.posts.outside, holder=people["board-chair"]).holder is not None


@pytest.mark.django_db
def test_a_body_that_somebody_of_the_council_chairs_is_not_made_an_improvement_board(board, agencies, people):
    rules = {"body": board, "short": "IB", "quorum": 3, "cycle_days": 28, "from_on": FROM}
    bodies.constitute(**who(), kind="sub-group", **rules)
    seat = fill(board, agencies, "council", "chair", declaration="I chair it for the council.")
    with pytest.raises(bodies.ChairIsAnEmployee):
        bodies.constitute(**who(people["programme-office"]), kind="board", **rules)
    assert TrailRow.objects.last().detail["rule"] == "ChairIsAnEmployee"
    bodies.end_seat(**who(), seat=seat, to_on=TODAY - timedelta(days=1), reason="A new chair comes.")
    assert bodies.constitute(**who(), kind="board", **rules).kind == "board"


@pytest.mark.django_db
def test_a_chair_declares_that_they_are_independent(board, agencies):
    with pytest.raises(bodies.CannotSit, match="Enter the declaration"):
        fill(board, agencies, "outside", "chair", declaration=" ")
    chair = fill(board, agencies, "outside", "chair", declaration=INDEPENDENT)
    assert (chair.declaration, chair.declared_on) == (INDEPENDENT, FROM)


@pytest.mark.django_db
def test_there_is_one_chair_at_a_time(board, agencies, seats):
    with pytest.raises(bodies.CannotSit, match="has a chair"):
        fill(board, agencies, "police", "chair", post=None, account=seats_account(agencies), declaration=INDEPENDENT)


def seats_account(agencies):
    return organisation.create_account(**who(), username="somebody", first_name="Somebody")


@pytest.mark.django_db
@pytest.mark.parametrize("capacity", ["member", "chair"])
def test_the_department_sits_as_an_observer_and_as_nothing_that_decides(board, agencies, capacity):
    with pytest.raises(bodies.DepartmentObserves, match="speaks and sees papers"):
        fill(board, agencies, "dfe", capacity, declaration=INDEPENDENT)
    assert TrailRow.objects.last().detail["rule"] == "DepartmentObserves"


@pytest.mark.django_db
def test_a_deputy_names_the_seat_of_the_same_agency(board, agencies, seats):
    account = seats_account(agencies)
    with pytest.raises(bodies.CannotSit, match="seat of the same agency"):
        fill(board, agencies, "health", "deputy", post=None, account=account, stands_in_for=seats.police)
    with pytest.raises(bodies.CannotSit, match="stands in for a seat"):
        fill(board, agencies, "health", "deputy", post=None, account=seats_account_again())


def seats_account_again():
    return organisation.create_account(**who(), username="somebody-else", first_name="Else")


@pytest.mark.django_db
def test_a_seat_that_ended_is_still_there_on_the_days_it_stood(board, seats, programme):
    ended = bodies.end_seat(**who(), seat=seats.police, to_on=date(2031, 3, 31), reason="The post was merged.")
    assert ended.ended_because == "The post was merged."
    code = programme.code
    on_last = {seat.pk for seat in selectors.seats(SYSTEM, code, board, date(2031, 3, 31))}
    day_after = {seat.pk for seat in selectors.seats(SYSTEM, code, board, date(2031, 4, 1))}
    assert seats.police.pk in on_last
    assert seats.police.pk not in day_after
    with pytest.raises(bodies.CannotSit, match="ended already"):
        bodies.end_seat(**who(), seat=seats.police, to_on=TODAY, reason="Again.")


@pytest.mark.django_db
def test_attendance_by_agency_tells_a_deputy_from_an_apology_from_silence(board, seats, held, programme):
    _, rows = selectors.attendance_by_agency(SYSTEM, programme.code, board, TODAY)
    assert {row.agency: row.letters for row in rows} == {
        "Council": ("Y",),
        "Dfe": ("Y",),
        "Health": ("N",),
        "Outside": ("Y",),
        "Police": ("D",),
    }
    attending.record_attendance(**who(), meeting=held, seat=seats.health, came="apologies")
    _, rows = selectors.attendance_by_agency(SYSTEM, programme.code, board, TODAY)
    assert {row.agency: (row.letters, row.n_there) for row in rows}["Health"] == (("A",), 0)


@pytest.mark.django_db
def test_only_whoever_runs_meetings_says_who_sits(board, agencies, people):
    for name in ("director", "board-chair", "dfe-observer", "partner-member", "nobody"):
        with pytest.raises(Refused):
            bodies.fill_seat(
                **who(people[name]), body=board, agency=agencies.police, post=agencies.posts.police,
                capacity="member", from_on=FROM,
            )  # fmt: skip
