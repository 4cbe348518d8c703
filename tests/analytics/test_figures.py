"""A figure: its counts, the only division there is, and what is said of a period."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.analytics.figure import Figure, Shares, count_words, date_words, financial_year, per_cent, period, shares

APRIL = period("2013-04")
numbers = st.integers(0, 100_000)


def test_a_share_is_of_those_known_and_its_range_takes_every_unknown_both_ways() -> None:
    figure = Figure(APRIL, "", n_in=45, n_not=5, n_unknown=10)
    assert figure.denominator == 50
    assert shares(45, 50, 10) == Shares(0.9, 45 / 60, 55 / 60)


def test_nothing_known_has_no_share_but_a_range_of_everything() -> None:
    assert shares(0, 0, 3) == Shares(None, 0.0, 1.0)


def test_nothing_at_all_has_no_share_and_no_range() -> None:
    assert shares(0, 0, 0) == Shares(None, None, None)


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ((None, 50, 10), Shares(None, None, None)),
        ((45, None, 10), Shares(None, None, None)),
        ((45, 50, None), Shares(0.9, None, None)),
    ],
)
def test_what_needs_a_hidden_number_is_not_given(counts: tuple[int | None, ...], found: Shares) -> None:
    assert shares(*counts) == found


@given(numbers, numbers, numbers)
def test_the_share_lies_within_its_range(n_in: int, n_not: int, n_unknown: int) -> None:
    found = shares(n_in, n_in + n_not, n_unknown)
    assert (found.known is None) == (n_in + n_not == 0)
    if found.known is not None:
        assert found.lowest is not None
        assert found.highest is not None
        assert 0 <= found.lowest <= found.known <= found.highest <= 1


def test_a_published_share_comes_out_as_published() -> None:
    """Re-referrals in an English county, years to March 2013 and 2014 (DfE table C1)."""
    assert per_cent(shares(1301, 5648, 0).known or 0) == "23.0"
    assert per_cent(shares(1426, 8717, 0).known or 0) == "16.4"


@pytest.mark.parametrize(("share", "words"), [(0.0, "0.0"), (1.0, "100.0"), (0.1225, "12.3"), (0.12249, "12.2")])
def test_a_half_is_rounded_up(share: float, words: str) -> None:
    assert per_cent(share) == words


def test_periods_are_said_in_words() -> None:
    assert period("2013-04").words == "April 2013"
    assert period("FY2014").words == "year to 31 March 2014"
    assert financial_year(2014, as_at=date(2014, 1, 31)).words == "part-year, 1 April 2013 to 31 January 2014"
    assert date_words(date(2014, 2, 27)) == "27 February 2014"
    assert count_words(5648) == "5,648"


@pytest.mark.parametrize("period_id", ["2013", "FY", "2013-13", "April", ""])
def test_what_is_no_period_is_refused(period_id: str) -> None:
    with pytest.raises(ValueError):
        period(period_id)
