"""The one clock: fixed by HOLDFAST_TODAY, else London's date; durations always run."""

from datetime import UTC, date, datetime

import pytest

from holdfast.access import clock, days


def test_a_fixed_date_is_today_and_the_date_of_now(settings):
    settings.HOLDFAST_TODAY = date(2014, 2, 10)

    assert clock.today() == date(2014, 2, 10)
    assert clock.day_of(clock.now()) == date(2014, 2, 10)
    assert clock.now().tzinfo is UTC


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2031, 6, 30, 22, 59, tzinfo=UTC), date(2031, 6, 30)),
        (datetime(2031, 6, 30, 23, 1, tzinfo=UTC), date(2031, 7, 1)),
        (datetime(2031, 1, 31, 23, 59, tzinfo=UTC), date(2031, 1, 31)),
    ],
)
def test_with_no_fixed_date_today_is_londons_summer_time_and_all(settings, monkeypatch, instant, day):
    settings.HOLDFAST_TODAY = None
    stand_at(monkeypatch, instant)

    assert clock.today() == day
    assert clock.now() == instant


def stand_at(monkeypatch, instant):
    class At(datetime):
        @classmethod
        def now(cls, tz=None):
            return instant.astimezone(tz)

    monkeypatch.setattr(clock, "datetime", At)


CHANGES_OF_THE_CLOCKS = (date(2014, 3, 30), date(2014, 10, 26))
DAYS = (date(2014, 2, 10), date(2013, 9, 12), date(2016, 2, 29), *CHANGES_OF_THE_CLOCKS, date(2040, 7, 1))


@pytest.mark.parametrize("fixed", DAYS, ids=str)
def test_what_is_written_now_falls_on_today_at_every_hour_of_every_kind_of_day(settings, monkeypatch, fixed):
    """The hour before midnight in UTC is London's tomorrow in summer; at a change an hour is missing or comes twice."""
    settings.HOLDFAST_TODAY = fixed
    for real in (*DAYS, date(2026, 11, 26)):
        for hour in range(24):
            for minute in (0, 30, 59):
                stand_at(monkeypatch, datetime(real.year, real.month, real.day, hour, minute, 59, tzinfo=UTC))
                assert clock.day_of(clock.now()) == clock.today() == fixed


def test_durations_run_when_the_date_is_fixed(settings):
    settings.HOLDFAST_TODAY = date(2014, 2, 10)
    assert datetime.fromtimestamp(clock.elapsed_seconds(), UTC).date() != date(2014, 2, 10)


def test_a_month_later_is_clamped_to_a_shorter_month() -> None:
    assert days.months_on(date(2013, 11, 30), 3) == date(2014, 2, 28)
    assert days.months_on(date(2011, 11, 30), 3) == date(2012, 2, 29)
    assert days.months_on(date(2014, 1, 31), -1) == date(2013, 12, 31)
    assert days.last_of_month(date(2012, 2, 1)) == date(2012, 2, 29)


def test_the_quarter_and_the_year_to_a_day_hold_both_ends_and_no_day_twice() -> None:
    assert days.quarter_to(date(2014, 3, 31)) == date(2013, 12, 31)
    assert (date(2014, 3, 31) - days.quarter_to(date(2014, 3, 31))).days + 1 == 91
    assert days.year_to(date(2014, 3, 31)) == date(2013, 4, 1)
    assert days.year_to(date(2012, 3, 31)) == date(2011, 4, 1)  # 366 days
    assert days.year_to(date(2012, 2, 29)) == date(2011, 3, 1)
