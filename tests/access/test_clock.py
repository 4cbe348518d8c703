"""The one clock: fixed by HOLDFAST_TODAY, else London's date; durations always run."""

from datetime import UTC, date, datetime

import pytest

from holdfast.access import clock


def test_a_fixed_date_is_today_and_the_date_of_now(settings):
    settings.HOLDFAST_TODAY = date(2014, 2, 10)

    assert clock.today() == date(2014, 2, 10)
    assert clock.now().date() == date(2014, 2, 10)
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
    class At(datetime):
        @classmethod
        def now(cls, tz=None):
            return instant.astimezone(tz)

    settings.HOLDFAST_TODAY = None
    monkeypatch.setattr(clock, "datetime", At)

    assert clock.today() == day
    assert clock.now() == instant


def test_durations_run_when_the_date_is_fixed(settings):
    settings.HOLDFAST_TODAY = date(2014, 2, 10)
    assert datetime.fromtimestamp(clock.elapsed_seconds(), UTC).date() != date(2014, 2, 10)
