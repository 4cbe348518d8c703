"""Every 28 days, counted: by hand around Easter and Christmas, then any cycle at all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.governance.cycle import closed_because, cycle, gaps


def test_four_weeks_are_28_days_and_not_a_month():
    days = [planned.held_on for planned in cycle(date(2013, 10, 17), date(2014, 2, 6), 28)]
    assert days == [date(2013, 10, 17), date(2013, 11, 14), date(2013, 12, 12), date(2014, 1, 9), date(2014, 2, 6)]


def test_a_day_in_the_christmas_closure_moves_to_the_last_open_day_before_with_the_reason():
    planned = cycle(date(2013, 11, 28), date(2014, 1, 31), 28)
    assert [(day.planned_on, day.held_on) for day in planned[:2]] == [
        (date(2013, 11, 28), date(2013, 11, 28)),
        (date(2013, 12, 26), date(2013, 12, 23)),
    ]
    assert planned[1].reason == "Moved because it falls in the Christmas closure."
    assert planned[2].planned_on == date(2014, 1, 20), "counted from the day it was moved to"


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2014, 4, 18), "it is a bank holiday (Good Friday)"),
        (date(2014, 4, 17), ""),
        (date(2014, 4, 19), "it falls on a weekend"),
        (date(2013, 12, 23), ""),
        (date(2013, 12, 24), "it falls in the Christmas closure"),
        (date(2014, 1, 1), "it falls in the Christmas closure"),
        (date(2014, 1, 2), ""),
    ],
)
def test_days_on_which_nobody_meets(day, reason):
    assert closed_because(day) == reason


def test_28_days_are_no_gap_and_29_are():
    first = date(2014, 1, 9)
    assert gaps([first + timedelta(days=28), first], 28) == []
    (gap,) = gaps([first, first + timedelta(days=29)], 28)
    assert (gap.after, gap.before, gap.days) == (first, date(2014, 2, 7), 29)


def test_a_last_day_before_the_first_holds_no_meeting():
    assert cycle(date(2014, 1, 9), date(2014, 1, 8), 28) == []


@given(st.dates(date(2011, 1, 1), date(2035, 1, 1)), st.integers(14, 60))
def test_any_cycle_is_on_open_days_in_order_and_leaves_no_gap(first, days):
    planned = cycle(first, first + timedelta(days=800), days)
    held = [day.held_on for day in planned]
    assert held == sorted(set(held))
    assert not [day for day in held if closed_because(day)]
    assert not gaps(held, days)
    assert all(bool(day.reason) == (day.planned_on != day.held_on) for day in planned)
