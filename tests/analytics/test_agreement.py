"""Agreement between two gradings, against an implementation written apart from the definitions, and by hand."""

from itertools import product
from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.analytics.agreement import grading_agreement

TABLE = [[9, 4, 1, 0], [5, 31, 9, 1], [1, 12, 22, 3], [0, 1, 6, 15]]
PAIRS = [(i, j) for i, row in enumerate(TABLE) for j, n in enumerate(row) for _ in range(n)]


def plain_kappa(pairs, q):
    """Weighted kappa as one minus the disagreement seen over the disagreement of every pairing of the two margins."""
    seen = sum((a - b) ** 2 for a, b in pairs) / len(pairs)
    chance = sum((a - b) ** 2 for (a, _), (_, b) in product(pairs, pairs)) / len(pairs) ** 2
    return 1 - seen / chance


def plain_ac2(pairs, q):
    """AC2 from its definition: what raters would agree on by chance, were they to grade at random where it is hard."""
    weight = {(a, b): 1 - (a - b) ** 2 / (q - 1) ** 2 for a, b in product(range(q), repeat=2)}
    seen = sum(weight[pair] for pair in pairs) / len(pairs)
    every = [grade for pair in pairs for grade in pair]
    used = [every.count(k) / len(every) for k in range(q)]
    chance = sum(weight.values()) / (q * (q - 1)) * sum(share * (1 - share) for share in used)
    return (seen - chance) / (1 - chance)


def jackknife(function, pairs, q):
    """The standard error by leaving out one case at a time."""
    values = [function(pairs[:i] + pairs[i + 1 :], q) for i in range(len(pairs))]
    mean, n = sum(values) / len(values), len(values)
    return sqrt((n - 1) / n * sum((value - mean) ** 2 for value in values))


def test_four_cases_by_hand() -> None:
    found = grading_agreement([(0, 0), (1, 1), (1, 2), (2, 2)], 3)
    assert (found.n, found.n_exact, found.n_adjacent, found.n_kinder, found.n_harsher) == (4, 3, 4, 1, 0)
    assert found.matrix == [[1, 0, 0], [0, 1, 1], [0, 0, 1]]
    assert found.kappa is not None
    assert found.ac2 is not None
    assert found.shift is not None
    # Squared points apart: seen 1/4; of every pairing of the margins 1/4 1/2 1/4 and 1/4 1/4 1/2, 5/4.
    assert isclose(found.kappa.value, 1 - (1 / 4) / (5 / 4))
    # Used 1/4 3/8 3/8: weights add up to 6, over 6; by chance 21/32, so (15/16 - 21/32) / (11/32).
    assert isclose(found.ac2.value, 9 / 11)
    assert found.shift.value == 0.25


def test_the_coefficients_and_their_errors_are_those_of_a_plain_implementation() -> None:
    found = grading_agreement(PAIRS, 4)
    assert found.kappa is not None
    assert found.ac2 is not None
    assert isclose(found.kappa.value, plain_kappa(PAIRS, 4))
    assert isclose(found.ac2.value, plain_ac2(PAIRS, 4))
    assert isclose(found.kappa.error, jackknife(plain_kappa, PAIRS, 4), rel_tol=0.05)
    assert isclose(found.ac2.error, jackknife(plain_ac2, PAIRS, 4), rel_tol=0.05)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=40))
def test_any_pairs_agree_with_the_plain_implementation(pairs: list[tuple[int, int]]) -> None:
    found = grading_agreement(pairs, 4)
    assert found.ac2 is not None
    assert isclose(found.ac2.value, plain_ac2(pairs, 4), abs_tol=1e-9)
    if found.kappa is None:
        assert len({grade for pair in pairs for grade in pair}) == 1
    else:
        assert isclose(found.kappa.value, plain_kappa(pairs, 4), abs_tol=1e-9)
        assert -1 <= found.kappa.interval[0] <= found.kappa.value <= found.kappa.interval[1] <= 1
    assert sum(map(sum, found.matrix)) == found.n == found.n_exact + found.n_kinder + found.n_harsher


def test_where_nearly_all_grades_are_alike_kappa_is_low_and_ac2_is_not() -> None:
    found = grading_agreement([(1, 1)] * 92 + [(1, 2)] * 4 + [(2, 1)] * 4, 4)
    assert found.kappa is not None
    assert found.ac2 is not None
    assert found.n_exact == 92
    assert found.kappa.value < 0
    assert found.ac2.value > 0.95


def test_an_auditor_who_is_kind_has_a_shift_above_nought() -> None:
    kind = grading_agreement([(1, 2)] * 17 + [(2, 2)] * 13, 4)
    assert kind.shift is not None
    assert (kind.n_kinder, kind.n_harsher) == (17, 0)
    assert isclose(kind.shift.value, 17 / 30)
    assert kind.shift.interval[0] > 0


@pytest.mark.parametrize("pairs", [[], [(0, 1)]])
def test_of_fewer_than_two_pairs_nothing_is_said(pairs: list[tuple[int, int]]) -> None:
    found = grading_agreement(pairs, 4)
    assert (found.kappa, found.ac2, found.shift) == (None, None, None)


def test_all_at_one_point_has_no_kappa() -> None:
    assert grading_agreement([(1, 1)] * 5, 4).kappa is None


@pytest.mark.parametrize(("pairs", "points"), [([(0, 4)], 4), ([(-1, 0)], 4), ([(0, 0)], 1)])
def test_a_position_off_the_scale_is_refused(pairs: list[tuple[int, int]], points: int) -> None:
    with pytest.raises(ValueError, match="off the scale"):
        grading_agreement(pairs, points)
