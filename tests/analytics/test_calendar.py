"""Working days, months and periods: bank holidays named one by one, then the edges, then any two days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.analytics import calendar
from holdfast.analytics.calendar import CalendarGap, add_months, is_working_day, periods, working_days

ONE_OFF_DAYS = {
    date(2011, 4, 29): "royal wedding",
    date(2012, 6, 4): "spring bank holiday, moved from 28 May",
    date(2012, 6, 5): "Diamond Jubilee",
    date(2020, 5, 8): "VE Day, in place of 4 May",
    date(2022, 6, 2): "spring bank holiday, moved from 30 May",
    date(2022, 6, 3): "Platinum Jubilee",
    date(2022, 9, 19): "State Funeral",
    date(2023, 5, 8): "Coronation",
}
SUBSTITUTES = [
    "2010-12-27 2010-12-28 2011-01-03 2011-12-26 2011-12-27 2012-01-02 2015-12-28 2016-12-26 2016-12-27 2017-01-02 "
    "2020-12-28 2021-12-27 2021-12-28 2022-01-03 2022-12-26 2022-12-27 2023-01-02 2026-12-28 2027-12-27 2027-12-28"
][0].split()
IN_FULL = {
    2013: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2014: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
}
days = st.dates(calendar.FIRST_WORKING_DAY, calendar.LAST_DAY)


@pytest.mark.parametrize("day", ONE_OFF_DAYS, ids=lambda day: ONE_OFF_DAYS[day])
def test_every_past_one_off_day_is_not_a_working_day(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2012, 5, 28), date(2020, 5, 4), date(2022, 5, 30)])
def test_a_monday_whose_holiday_moved_is_a_working_day(day: date) -> None:
    assert is_working_day(day)


@pytest.mark.parametrize("year", IN_FULL)
def test_the_holidays_of_the_notice_years_are_exactly_these(year: int) -> None:
    found = sorted(day for day in calendar.bank_holidays() if day.year == year)
    assert " ".join(f"{day:%m-%d}" for day in found) == IN_FULL[year]


@pytest.mark.parametrize("day", SUBSTITUTES)
def test_a_substitute_day_is_not_a_working_day(day: str) -> None:
    assert date.fromisoformat(day).weekday() < 5
    assert not is_working_day(date.fromisoformat(day))


def test_no_one_off_day_is_known_after_the_last_that_has_been_proclaimed() -> None:
    """From 2024: the eight ordinary days and their substitutes. A new one must be added on purpose."""
    for year in range(2024, 2041):
        working = [day for day in calendar.bank_holidays() if day.year == year and day.weekday() < 5]
        assert 7 <= len(working) <= 9, year


def test_the_start_day_is_day_zero() -> None:
    assert working_days(date(2013, 4, 2), date(2013, 4, 2)) == 0
    assert working_days(date(2013, 4, 2), date(2013, 4, 3)) == 1


def test_a_limit_of_45_working_days_over_three_bank_holidays_ends_where_a_person_counts_it() -> None:
    """From Tuesday 2 April 2013, over the two May bank holidays: 9 weeks and 2 days is Thursday 6 June."""
    assert working_days(date(2013, 4, 2), date(2013, 6, 6)) == 45
    assert working_days(date(2013, 4, 2), date(2013, 6, 7)) == 46
    assert calendar.working_day_after(date(2013, 4, 2), 45) == date(2013, 6, 6)


def test_a_weekend_start_counts_from_the_friday_before() -> None:
    assert working_days(date(2013, 4, 6), date(2013, 4, 8)) == 1
    assert working_days(date(2013, 4, 5), date(2013, 4, 8)) == 1


def test_an_end_before_the_start_is_negative() -> None:
    assert working_days(date(2013, 4, 10), date(2013, 4, 8)) == -2


@pytest.mark.parametrize(("start", "end"), [(None, date(2013, 4, 2)), (date(2013, 4, 2), None), (None, None)])
def test_a_missing_date_gives_no_count(start: date | None, end: date | None) -> None:
    assert working_days(start, end) is None


@pytest.mark.parametrize("day", [date(2009, 12, 31), date(2041, 1, 1)])
def test_a_day_outside_the_calendar_is_refused_with_the_years_it_holds(day: date) -> None:
    with pytest.raises(CalendarGap, match="runs from 2010-01-01 to 2040-12-31"):
        working_days(day, date(2013, 4, 2))
    with pytest.raises(CalendarGap):
        is_working_day(day)


def test_a_limit_that_ends_after_the_calendar_has_no_last_day() -> None:
    assert calendar.working_day_after(date(2040, 12, 20), 45) is None


@given(days, days, days)
def test_working_days_add_up(first: date, second: date, third: date) -> None:
    one, two = working_days(first, second), working_days(second, third)
    assert one is not None
    assert two is not None
    assert one + two == working_days(first, third)


@given(days, st.integers(0, 120))
def test_counting_one_by_one_gives_the_same(start: date, n: int) -> None:
    end = min(start + timedelta(days=n), calendar.LAST_DAY)
    after = [start + timedelta(days=k) for k in range(1, (end - start).days + 1)]
    assert working_days(start, end) == sum(is_working_day(day) for day in after)


@given(days, st.integers(1, 60))
def test_the_last_day_of_a_limit_is_the_first_day_that_reaches_it(start: date, n: int) -> None:
    due_on = calendar.working_day_after(start, n)
    if due_on is not None:
        assert is_working_day(due_on)
        assert working_days(start, due_on) == n
        assert working_days(start, due_on - timedelta(days=1)) == n - 1


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2013-11-30", 3, "2014-02-28"),
        ("2011-11-30", 3, "2012-02-29"),
        ("2012-02-29", -12, "2011-02-28"),
        ("2012-02-29", 12, "2013-02-28"),
        ("2012-02-29", 48, "2016-02-29"),
        ("2013-01-31", 1, "2013-02-28"),
        ("2013-12-15", 1, "2014-01-15"),
        ("2013-01-15", -1, "2012-12-15"),
    ],
)
def test_months_keep_the_day_or_take_the_last_of_the_month(day: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


def test_the_table_says_what_the_functions_say() -> None:
    table = calendar.calendar_table()
    rows = table.to_pylist()
    assert rows[0]["day"] == calendar.FIRST_MONTH_DAY
    assert rows[-1]["day"] == calendar.LAST_DAY
    assert len({row["day"] for row in rows}) == len(rows)
    for row in rows[::37]:
        day = row["day"]
        known = day >= calendar.FIRST_WORKING_DAY
        assert row["is_working_day"] == (is_working_day(day) if known else None)
        assert row["working_day_number"] == (calendar.working_day_number(day) if known else None)
        assert row["working_days_45_later"] == (calendar.working_day_after(day, 45) if known else None)
        assert row["months_3_later"] == add_months(day, 3)
        assert row["months_24_later"] == add_months(day, 24)
        assert row["months_12_earlier"] == add_months(day, -12)
        assert row["years_18_earlier"] == add_months(day, -216)
        assert row["financial_year"] == f"FY{day.year + 1 if day.month > 3 else day.year}"
        assert row["month"] == day.isoformat()[:7]


def test_months_that_had_not_ended_are_left_out_and_the_year_is_marked_part() -> None:
    given = periods("2013-01", "2014-03", date(2014, 1, 30))
    assert [p.id for p in given] == [f"2013-{m:02d}" for m in range(1, 13)] + ["FY2014"]
    year = given[-1]
    assert (year.is_part, year.starts_on, year.ends_on) == (True, date(2013, 4, 1), date(2014, 1, 30))
    assert year.words == "part-year, 1 April 2013 to 30 January 2014"


def test_a_year_that_the_months_do_not_cover_is_not_given() -> None:
    assert [p.id for p in periods("2012-05", "2013-03", date(2014, 3, 31)) if p.kind == "year"] == []
    assert [p.id for p in periods("2012-04", "2013-02", date(2014, 3, 31)) if p.kind == "year"] == []
    assert [p.id for p in periods("2012-04", "2013-03", date(2014, 3, 31)) if p.kind == "year"] == ["FY2013"]


def test_a_year_that_ends_on_the_last_day_of_data_is_whole() -> None:
    (year,) = [p for p in periods("2013-04", "2014-03", date(2014, 3, 31)) if p.kind == "year"]
    assert not year.is_part
    assert year.words == "year to 31 March 2014"


def test_months_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValueError, match="is before the first month"):
        periods("2013-04", "2013-03", date(2014, 3, 31))


def test_each_day_of_a_period_finds_its_month_and_its_year() -> None:
    given = periods("2013-04", "2014-03", date(2014, 3, 31))
    table = calendar.day_periods_table(given)
    assert table.num_rows == 365 * 2
    found = [row["period"] for row in table.to_pylist() if row["day"] == date(2013, 4, 30)]
    assert sorted(found) == ["2013-04", "FY2014"]
    assert calendar.periods_table(given).num_rows == 13
