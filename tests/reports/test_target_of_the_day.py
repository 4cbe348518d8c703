"""A report for a day names the target of that day, beside the earlier one that its last figure fell under."""

from datetime import date
from types import SimpleNamespace

import pytest

from holdfast.analytics import period
from holdfast.performance.models import Target
from holdfast.performance.selectors.decided import Aim, aim_on
from holdfast.reports.document.indicators import target_words


def aim(from_on: date, value: float, decision: str) -> Aim:
    return Aim(from_on, value, Target(direction=Target.Direction.AT_LEAST, decision=decision))


AUTUMN, SPRING = aim(date(2013, 12, 1), 0.6, "IB-1"), aim(date(2014, 3, 1), 0.65, "IB-5")


def series(month: str | None) -> SimpleNamespace:
    latest = SimpleNamespace(period=period(month)) if month else None
    return SimpleNamespace(
        definition=SimpleNamespace(unit="per cent", kind="flow"), assessment=SimpleNamespace(latest=latest)
    )


def test_where_the_last_figure_fell_under_an_earlier_target_both_are_said_in_one_clause() -> None:
    assert target_words([AUTUMN, SPRING], series("2014-02"), date(2014, 3, 31)) == (
        "On 31 March 2014 the target was at least 65.0%, from 1 March 2014 (decision IB-5); the last figure, February "
        "2014, fell under the one before it, at least 60.0% (decision IB-1)."
    )


def test_where_no_target_held_before_that_is_said() -> None:
    said = target_words([SPRING], series("2014-02"), date(2014, 3, 1))
    assert said.endswith("the last figure, February 2014, fell under none.")


@pytest.mark.parametrize(
    ("aims", "month", "on"),
    [
        ([AUTUMN, SPRING], "2014-02", date(2014, 2, 28)),
        ([AUTUMN, SPRING], "2014-03", date(2014, 3, 31)),
        ([SPRING], "2014-01", date(2014, 2, 28)),
        ([], "2014-02", date(2014, 3, 31)),
        ([SPRING], None, date(2014, 3, 31)),
    ],
    ids=["the day before it changes", "the month of the change is measured", "before the first", "none", "no figure"],
)
def test_where_the_day_and_the_last_figure_have_one_target_nothing_more_is_said(aims, month, on) -> None:
    assert target_words(aims, series(month), on) == ""


@pytest.mark.parametrize(("day", "held"), [(date(2013, 11, 30), None), (date(2013, 12, 1), AUTUMN)])
def test_a_target_holds_from_its_own_day(day: date, held: Aim | None) -> None:
    assert aim_on([AUTUMN, SPRING], day) is held
