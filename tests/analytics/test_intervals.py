"""Worked intervals first, from published tables and by hand; then what must hold of every interval."""

from math import exp, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.analytics.intervals import byar, newcombe, wilson


def as_per_cent(interval: tuple[float, float] | None) -> tuple[float, float]:
    assert interval is not None
    return round(interval[0] * 100, 1), round(interval[1] * 100, 1)


def test_five_out_of_ten_is_between_23_7_and_76_3_per_cent() -> None:
    assert as_per_cent(wilson(5, 10)) == (23.7, 76.3)


@pytest.mark.parametrize(
    ("n_in", "n", "expected"),
    [
        (1301, 5648, (22.0, 24.2)),  # re-referrals, one authority, year to March 2013, published
        (1426, 8717, (15.6, 17.2)),  # the same, year to March 2014
        (0, 10, (0.0, 27.8)),
        (10, 10, (72.2, 100.0)),
        (1, 1, (20.7, 100.0)),
    ],
)
def test_wilson_gives_the_published_interval(n_in: int, n: int, expected: tuple[float, float]) -> None:
    assert as_per_cent(wilson(n_in, n)) == expected


def test_nothing_counted_has_no_interval() -> None:
    assert wilson(0, 0) is None
    assert newcombe(0, 0, 1, 2) is None


def test_more_in_than_counted_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and n"):
        wilson(3, 2)


def test_newcombe_gives_the_interval_of_a_published_difference() -> None:
    """56 of 70 against 48 of 80: 0.0524 to 0.3339 (Newcombe 1998, table II, method 10)."""
    low, high = newcombe(48, 80, 56, 70) or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0, (0.0, 3.69)),  # exact, below ten
        (1, (0.03, 5.57)),
        (5, (1.62, 11.67)),
        (9, (4.12, 17.08)),
        (10, (4.79, 18.39)),  # Byar, from ten
        (100, (81.36, 121.63)),
    ],
)
def test_a_count_has_the_interval_of_the_poisson_tables(n: int, expected: tuple[float, float]) -> None:
    assert tuple(round(end, 2) for end in byar(n)) == expected


def test_a_count_below_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="below 0"):
        byar(-1)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_stays_between_nought_and_one(pair: tuple[int, int]) -> None:
    n_in, n = pair
    low, high = wilson(n_in, n) or (1, 0)
    assert 0 <= low <= n_in / n <= high <= 1


@given(st.integers(0, 9))
def test_the_exact_interval_leaves_one_fortieth_in_each_tail(n: int) -> None:
    low, high = byar(n)

    def at_most(count: int, mean: float) -> float:
        return sum(exp(-mean) * mean**k / factorial(k) for k in range(count + 1))

    assert at_most(n, high) == pytest.approx(0.025, abs=1e-9)
    assert n == 0 or 1 - at_most(n - 1, low) == pytest.approx(0.025, abs=1e-9)


@given(st.integers(0, 5000))
def test_a_wider_level_gives_a_wider_interval(n: int) -> None:
    (low, high), (wide_low, wide_high) = byar(n), byar(n, level=0.998)
    assert wide_low <= low <= n <= high <= wide_high
