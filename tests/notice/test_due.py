"""When a requirement is due: dates, months, rules and triggers, by worked example."""

from datetime import date

import pytest

from holdfast.notice.due import when_due

ISSUED = date(2013, 9, 12)
FEBRUARY = date(2014, 2, 10)


def due(when, on=FEBRUARY, issued_on=ISSUED, **kwargs):
    return when_due(when, issued_on=issued_on, on=on, **kwargs)


def test_a_month_is_due_by_its_last_day() -> None:
    found = due({"kind": "in_months", "months": ["2014-02"]})
    assert (found.state, found.next_on, found.last_on) == ("not yet", date(2014, 2, 28), None)
    assert "February 2014" in found.words


@pytest.mark.parametrize(
    ("on", "state"),
    [(date(2014, 2, 28), "not yet"), (date(2014, 3, 1), "passed")],
    ids=["its last day", "the day after"],
)
def test_the_last_day_of_the_month_is_still_in_time(on: date, state: str) -> None:
    assert due({"kind": "in_months", "months": ["2014-02"]}, on=on).state == state


def test_several_months_are_open_between_the_first_and_the_last() -> None:
    when = {"kind": "in_months", "months": ["2013-12", "2014-03", "2014-06", "2014-09"]}
    found = due(when)
    assert (found.state, found.last_on, found.next_on) == ("open", date(2013, 12, 31), date(2014, 3, 31))
    assert due(when, on=date(2014, 10, 1)).state == "passed"


@pytest.mark.parametrize(
    ("rule", "day"),
    [("keep", date(2013, 10, 12)), ("friday before", date(2013, 10, 11)), ("monday after", date(2013, 10, 14))],
)
def test_one_month_after_the_notice_is_a_saturday_and_the_rule_says_how_to_read_it(rule: str, day: date) -> None:
    found = due({"kind": "within", "months": 1, "if_weekend": rule})
    assert found.last_on == day
    assert found.state == "passed"
    assert day.strftime("%A") in found.words


def test_a_weekday_is_left_alone_by_every_rule() -> None:
    for rule in ("keep", "friday before", "monday after"):
        assert due({"kind": "within", "days": 1, "if_weekend": rule}).last_on == date(2013, 9, 13)


def test_every_four_weeks_is_thirteen_a_year_and_not_monthly() -> None:
    when = {"kind": "every", "weeks": 4}
    assert due(when, on=date(2013, 10, 10)).state == "not yet"
    assert due(when, on=date(2013, 10, 11)).state == "open"
    meetings, day = [], ISSUED
    while (day := due(when, on=day.replace() + (date(2013, 9, 14) - date(2013, 9, 13))).next_on) <= date(2014, 9, 11):
        meetings.append(day)
    assert len(meetings) == 13
    assert date(2014, 1, 2) in meetings


def test_every_six_months_keeps_the_day_of_the_month_where_it_can() -> None:
    found = due({"kind": "every", "months": 6}, on=date(2031, 9, 1), issued_on=date(2030, 8, 31))
    assert (found.last_on, found.next_on) == (date(2031, 8, 31), date(2032, 2, 29))


@pytest.mark.parametrize("kind", ["continuous", "regular", "undated"])
def test_without_a_date_a_requirement_is_open_and_no_date_is_made_up(kind: str) -> None:
    found = due({"kind": kind})
    assert (found.state, found.on) == ("open", None)


def test_a_condition_waits_until_somebody_records_it() -> None:
    assert due({"kind": "trigger"}).state == "not yet"
    assert due({"kind": "trigger"}, triggered_on=date(2014, 2, 11)).state == "not yet"
    assert due({"kind": "trigger"}, triggered_on=FEBRUARY).state == "open"


def test_an_aim_is_called_an_aim() -> None:
    assert "An aim, not a deadline." in due({"kind": "in_months", "months": ["2014-09"], "aim": True}).words


def test_dates_are_read_from_text() -> None:
    found = due({"kind": "on_dates", "dates": ["2014-02-10", "2013-12-01"]})
    assert (found.state, found.next_on, found.last_on) == ("open", FEBRUARY, date(2013, 12, 1))
