"""When a version is in force: worked by hand around the day on which the last party agreed."""

from datetime import date, timedelta

import pytest

from holdfast.access.doors import SYSTEM
from holdfast.agreements import selectors, services
from holdfast.agreements.standing import AGREED, DECLINED, IN_FORCE, REPLACED, WAITING, WITHDRAWN, standing_of

from .conftest import BOARD, DSCB, HEALTH, POLICE, TODAY, at, minuted, put_forward

MAY = date(2031, 5, 1)


def number(programme, on):
    version = selectors.in_force(SYSTEM, programme.code, "thresholds", on)
    return version and version.number


def state(programme, version, on):
    found, kept = selectors.one_version(SYSTEM, programme.code, "thresholds", version.number)
    return standing_of(found, kept, on).state


def test_it_is_in_force_from_the_day_the_last_party_agreed_and_not_the_day_before(programme, subject) -> None:
    version = put_forward(subject, MAY)
    minuted(version, POLICE, date(2031, 5, 3))
    assert number(programme, TODAY) is None
    assert state(programme, version, TODAY) == WAITING
    minuted(version, BOARD, date(2031, 5, 9), "commented", "Look again in autumn.")
    assert number(programme, date(2031, 5, 8)) is None
    assert number(programme, date(2031, 5, 9)) == 1


def test_it_waits_for_its_effective_day_when_that_is_later(programme, subject) -> None:
    version = put_forward(subject, MAY, effective_on=date(2031, 5, 20))
    for named in (POLICE, BOARD):
        minuted(version, named, date(2031, 5, 3))
    assert state(programme, version, date(2031, 5, 19)) == AGREED
    assert number(programme, date(2031, 5, 19)) is None
    assert number(programme, date(2031, 5, 20)) == 1


def test_one_that_was_only_asked_holds_nothing_up(programme, subject) -> None:
    version = put_forward(subject, MAY, parties=[BOARD], also=[HEALTH])
    minuted(version, BOARD, date(2031, 5, 2))
    assert number(programme, TODAY) == 1
    minuted(version, HEALTH, date(2031, 5, 4), "declined", "Not for us.")
    assert number(programme, TODAY) == 1


def test_one_no_and_it_is_never_in_force_whoever_else_agrees(programme, subject) -> None:
    version = put_forward(subject, MAY)
    minuted(version, POLICE, date(2031, 5, 3), "declined", "The word “any” is too wide.")
    minuted(version, BOARD, date(2031, 5, 9))
    assert state(programme, version, TODAY) == DECLINED
    assert number(programme, TODAY) is None


def test_what_was_agreed_stands_until_all_have_agreed_the_next(programme, subject) -> None:
    first = put_forward(subject, MAY)
    for named in (POLICE, BOARD):
        minuted(first, named, MAY)
    second = put_forward(subject, date(2031, 5, 10), "Any child at risk.", [BOARD, DSCB])
    minuted(second, BOARD, date(2031, 5, 12))
    assert number(programme, date(2031, 5, 12)) == 1
    minuted(second, DSCB, date(2031, 5, 15))
    assert [number(programme, date(2031, 5, day)) for day in (1, 14, 15)] == [1, 1, 2]
    assert state(programme, first, date(2031, 5, 14)) == IN_FORCE
    assert state(programme, first, date(2031, 5, 15)) == REPLACED


def test_a_withdrawn_version_waits_for_nobody_from_that_day(programme, subject) -> None:
    version = put_forward(subject, MAY)
    services.withdraw_version(by=SYSTEM, at=at(date(2031, 5, 10)), version=version, reason="Wrong file.")
    assert state(programme, version, date(2031, 5, 9)) == WAITING
    assert state(programme, version, date(2031, 5, 10)) == WITHDRAWN
    assert len(selectors.outstanding(SYSTEM, programme.code, date(2031, 5, 9))) == 2
    assert selectors.outstanding(SYSTEM, programme.code) == []


def test_who_is_waited_for_is_told_with_days_and_days_over(programme, subject) -> None:
    version = put_forward(subject, MAY, agree_by=date(2031, 5, 31))
    minuted(version, POLICE, MAY)
    waited = selectors.outstanding(SYSTEM, programme.code)
    assert [(one.party.name, one.days_waiting, one.days_overdue) for one in waited] == [("Improvement Board", 31, 1)]
    assert selectors.outstanding(SYSTEM, programme.code, TODAY - timedelta(days=1))[0].days_overdue == 0


def test_a_no_is_chased_no_more(programme, subject) -> None:
    version = put_forward(subject, MAY)
    minuted(version, POLICE, MAY, "declined", "No.")
    assert selectors.outstanding(SYSTEM, programme.code) == []


@pytest.mark.parametrize("n_more", [1, 6])
def test_the_number_of_questions_does_not_grow(programme, subject, django_assert_max_num_queries, n_more) -> None:
    for place in range(n_more):
        facts = {"code": f"more-{place}", "kind": "other", "title": f"More {place}"}
        other = services.add_subject(by=SYSTEM, at=at(TODAY), programme=programme, **facts)
        for day in (1, 2, 3):
            put_forward(other, date(2031, 5, day), f"Words {day}", [BOARD, DSCB, POLICE, HEALTH])
    with django_assert_max_num_queries(10):
        assert len(selectors.outstanding(SYSTEM, programme.code)) == 4 * n_more
