"""What reports answer about the requirement to tell Ministers before the chair has sent anything."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from holdfast.access.models import Account
from holdfast.notice.answers import Asking, CheckAnswer
from holdfast.notice.selectors.notices import notice_of
from holdfast.organisation.models import Programme
from holdfast.performance.models import Release
from holdfast.reports.checks import ministers_reports


@pytest.fixture
def answer(told: Programme, released: Release) -> Callable[[date], CheckAnswer]:
    """What the check says of R68 (due in December 2013 and three later months), asked on a day."""

    def asked_on(day: date) -> CheckAnswer:
        from holdfast.access.doors import SYSTEM

        asking = Asking(SYSTEM, told, day, notice_of(SYSTEM, told.code))
        return ministers_reports(asking, told.notice.requirements.get(ref="R68"))

    return asked_on


def test_on_the_last_day_of_the_month_nothing_has_fallen_due(answer: Callable[[date], CheckAnswer]) -> None:
    found = answer(date(2013, 12, 31))
    assert found.state == "no evidence"
    assert found.sentence == "A report of the chair is due by 31 December 2013."


def test_the_day_after_a_missing_report_is_not_met(answer: Callable[[date], CheckAnswer]) -> None:
    found = answer(date(2014, 1, 1))
    assert found.state == "not met"
    assert "December 2013" in found.sentence


def test_an_edition_shows_that_figures_were_ready_and_not_that_anybody_wrote(
    answer: Callable[[date], CheckAnswer], freeze: Callable[..., Any], people: dict[str, Account]
) -> None:
    freeze(by=people["board-chair"], covering="Children are seen sooner. It is too early to say more.")
    assert answer(date(2014, 2, 10)).state == "not met"


def test_freezing_a_report_does_not_change_what_it_says_of_itself(
    answer: Callable[[date], CheckAnswer], freeze: Callable[..., Any]
) -> None:
    first, again = freeze(), freeze()
    assert (first.number, first.sha256) == (again.number, again.sha256)
