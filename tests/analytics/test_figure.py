"""Periods at their edges, the one division, and numbers written in the one place."""

from datetime import date

import pytest

from holdfast.analytics.figure import count_words, financial_year, month, per_cent, period


def test_a_month_has_its_own_last_day() -> None:
    assert (month(2012, 2).ends_on, month(2013, 2).ends_on) == (date(2012, 2, 29), date(2013, 2, 28))
    assert month(2013, 4).words == "April 2013"


def test_a_financial_year_is_named_by_the_march_it_ends_in() -> None:
    year = financial_year(2014)
    assert (year.id, year.starts_on, year.ends_on) == ("FY2014", date(2013, 4, 1), date(2014, 3, 31))
    assert (year.words, year.is_part) == ("year to 31 March 2014", False)


def test_a_year_whose_data_stops_early_is_part_of_one() -> None:
    part = financial_year(2014, as_at=date(2014, 1, 31))
    assert (part.is_part, part.ends_on) == (True, date(2014, 1, 31))
    assert part.words == "part-year, 1 April 2013 to 31 January 2014"
    assert not financial_year(2014, as_at=date(2014, 3, 31)).is_part


def test_a_period_is_found_by_its_id() -> None:
    assert period("2013-04") == month(2013, 4)
    assert period("FY2014") == financial_year(2014)
    with pytest.raises(ValueError, match="invalid literal"):
        period("FYxxxx")


@pytest.mark.parametrize(
    ("share", "words"),
    [(1301 / 5648, "23.0"), (1426 / 8717, "16.4"), (0.1645, "16.5"), (0.0005, "0.1"), (0.0, "0.0"), (1.0, "100.0")],
)
def test_a_percentage_is_rounded_half_up(share: float, words: str) -> None:
    assert per_cent(share) == words


def test_a_count_has_commas() -> None:
    assert (count_words(5648), count_words(7)) == ("5,648", "7")
