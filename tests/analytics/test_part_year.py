"""The financial year so far: whole months added up to a day, and nothing given away that the months do not give."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.analytics.answering import told
from holdfast.analytics.claims import Target
from holdfast.analytics.disclosure import Protected
from holdfast.analytics.figure import financial_year, month
from holdfast.analytics.indicators.definitions import INDICATORS
from holdfast.analytics.part_year import ending_year, year_so_far


def of(year: int, number: int, n_in: int | None, base: int | None = 10, unknown: int | None = 0) -> Protected:
    return Protected(month(year, number), "", n_in, None if n_in is None else base, unknown)


NINE = [of(2013, number, 2) for number in range(4, 13)]
"""April to December 2013: nine months of 2 out of 10, so 18 out of 90."""


def test_a_paper_for_december_has_april_to_december() -> None:
    found = year_so_far([of(2013, 2, 9), of(2013, 3, 9), *NINE], [], "flow")
    assert found is not None
    assert (found.n_in, found.denominator, found.n_unknown) == (18, 90, 0)
    assert (found.period.starts_on, found.period.ends_on) == (date(2013, 4, 1), date(2013, 12, 31))
    assert found.period.words == "part-year, 1 April 2013 to 31 December 2013"


def test_march_ends_a_year_and_april_begins_one() -> None:
    assert (ending_year(date(2014, 3, 31)), ending_year(date(2014, 4, 1))) == (2014, 2015)
    found = year_so_far([of(2014, 3, 1), of(2014, 4, 5)], [], "clock")
    assert found is not None
    assert (found.n_in, found.period.starts_on) == (5, date(2014, 4, 1))


def test_what_began_to_be_held_within_the_year_says_from_when() -> None:
    found = year_so_far([of(2013, 9, 1), of(2013, 10, 1)], [], "clock")
    assert found is not None
    assert found.period.words == "part-year, 1 September 2013 to 31 October 2013"


def test_one_hidden_month_hides_the_sum_and_an_unknown_that_is_hidden_is_not_nought() -> None:
    found = year_so_far([*NINE[:-1], of(2013, 12, None)], [], "flow")
    assert found is not None
    assert (found.n_in, found.denominator) == (None, None)
    found = year_so_far([*NINE[:-1], of(2013, 12, 2, unknown=None)], [], "flow")
    assert found is not None
    assert (found.n_in, found.n_unknown) == (18, None)


def test_the_releases_own_year_stands_where_it_ends_on_the_same_day() -> None:
    own = Protected(financial_year(2014, as_at=date(2013, 12, 31)), "", 19, 91, 0)
    later = Protected(financial_year(2014, as_at=date(2014, 1, 31)), "", 30, 99, 0)
    assert year_so_far(NINE, [own], "flow") is own
    assert year_so_far(NINE, [later], "flow") not in (own, later)


def test_a_stock_is_that_of_its_last_day_and_nothing_is_nothing() -> None:
    assert year_so_far(NINE, [], "stock") is NINE[-1]
    assert year_so_far([], [], "flow") is None


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 9)), min_size=1, max_size=12))
def test_twelve_months_are_the_year(counts: list[tuple[int, int, int]]) -> None:
    months = [
        of(2013 + (at > 8), (at + 3) % 12 + 1, n_in, n_in + n_not, unknown)
        for at, (n_in, n_not, unknown) in enumerate(counts)
    ]
    found = year_so_far(months, [], "flow")
    assert found is not None
    assert found.n_in == sum(n_in for n_in, _, _ in counts)
    assert found.denominator == sum(n_in + n_not for n_in, n_not, _ in counts)
    assert found.n_unknown == sum(unknown for *_, unknown in counts)
    assert found.period.is_part == (len(counts) < 12)


@pytest.mark.parametrize(("notice_on", "is_judged"), [(date(2013, 12, 31), True), (date(2014, 1, 1), False)])
def test_what_ended_before_the_notice_is_not_judged_under_it(notice_on: date, is_judged: bool) -> None:
    year = Protected(financial_year(2013), "", 23, 100, 0)
    shown = [*NINE, year]
    found = told(INDICATORS["I04"], 1, shown, shown, shown, judged_by={"notice_on": notice_on})
    assert (found.so_far is not None) == is_judged
    assert found.before_notice == year
    assert told(INDICATORS["I04"], 1, shown, shown, shown).so_far is not None


def late_series() -> list[Protected]:
    """24 months at 23 per cent, then six at 18: 450 a month, from April 2012."""
    return [of(2012 + (3 + at) // 12, (3 + at) % 12 + 1, 104 if at < 24 else 81, 450, 0) for at in range(30)]


def test_a_month_that_is_no_longer_the_latest_has_its_records_in_by_so_much() -> None:
    """Of six months, two moved by 30 points undo the gain; for a paper that stops two months sooner neither is left."""
    shown, judged_by = late_series(), {"notice_on": date(2014, 4, 1)}
    words = {
        until: told(
            INDICATORS["I04"], 1, shown, shown, shown, judged_by=judged_by, until=until, revised=(0.3, 0.3)
        ).said.claim
        for until in (None, date(2014, 8, 31), date(2014, 7, 31))
    }
    assert list(words.values()) == ["do not claim", "do not claim", "improving"]
    plain = told(INDICATORS["I04"], 1, shown, shown, shown, judged_by=judged_by)
    assert (plain.said.claim, plain.revised) == ("improving", ())


def test_an_indicator_is_judged_by_its_own_targets_alone() -> None:
    shown = late_series()[:25]
    judged_by = {"notice_on": date(2014, 4, 1), "targets": (("I04", (Target(date(2014, 4, 1), 0.1),)),)}
    assert "at most 10.0 per cent; in April 2014 it was 8.0 points above it" in _sentence("I04", shown, judged_by)
    assert "10.0 per cent" not in _sentence("I06", shown, judged_by)


def _sentence(indicator: str, shown: list[Protected], judged_by: dict[str, object]) -> str:
    return told(INDICATORS[indicator], 1, shown, shown, shown, judged_by=judged_by).said.sentence


def test_the_latest_month_is_the_same_for_a_reader_from_whom_it_is_hidden() -> None:
    """November is mostly not known. Whoever may not see that has October as the latest, too."""
    whole = [*NINE[:7], of(2013, 11, 1, 3, 5)]
    shown = [*NINE[:7], of(2013, 11, None, None, None)]
    found = [told(INDICATORS["I04"], 1, whole, each, shown) for each in (whole, shown)]
    assert [each.latest_month for each in found] == [NINE[6], NINE[6]]
    assert [each.n_not_yet_known for each in found] == [1, 1]
