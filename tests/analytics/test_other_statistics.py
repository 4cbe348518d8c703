"""Agreement, intervals and sizes against other people's programs: figures that they gave, with their versions.

The programs themselves are too large to bring in for a few numbers; other_statistics.json says which made what.
"""

import json
from math import isclose
from pathlib import Path
from typing import Any

import pytest

from holdfast.analytics.agreement import GradingAgreement, grading_agreement
from holdfast.analytics.intervals import newcombe, wilson
from holdfast.analytics.sampling import size_for_change

RECORDED: dict[str, Any] = json.loads((Path(__file__).parent / "other_statistics.json").read_text())


def ours(table: list[list[int]]) -> GradingAgreement:
    pairs = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    return grading_agreement(pairs, len(table))


def test_the_record_says_which_programs_and_versions_made_it() -> None:
    assert all(name in RECORDED["made_by"] for name in ("scikit-learn 1.9.1", "statsmodels 0.15.0", "irrCAC 0.4.4"))


@pytest.mark.parametrize("one", RECORDED["agreement"], ids=lambda one: one["name"])
def test_weighted_kappa_and_its_error_are_those_of_scikit_learn_and_statsmodels(one: dict[str, Any]) -> None:
    kappa = ours(one["table"]).kappa
    assert kappa is not None
    assert isclose(kappa.value, one["kappa"], abs_tol=1e-9)
    assert isclose(kappa.error, one["kappa_error"], abs_tol=1e-9)


@pytest.mark.parametrize("one", RECORDED["agreement"], ids=lambda one: one["name"])
def test_ac2_and_its_error_are_those_of_irrcac(one: dict[str, Any]) -> None:
    ac2 = ours(one["table"]).ac2
    assert ac2 is not None
    assert isclose(ac2.value, one["ac2"], abs_tol=1e-6)
    assert isclose(ac2.error, one["ac2_error"], abs_tol=1e-4)


def test_wilson_and_newcombe_are_those_of_statsmodels() -> None:
    for n_in, n, *limits in RECORDED["wilson"]:
        assert wilson(n_in, n) == pytest.approx(limits, abs=1e-9)
    for *counts, low, high in RECORDED["newcombe"]:
        assert newcombe(*counts) == pytest.approx((low, high), abs=1e-9)


@pytest.mark.parametrize(("before", "after", "n"), RECORDED["sizes"])
def test_the_size_that_a_change_needs_has_the_power_that_statsmodels_works_out(
    before: float, after: float, n: int
) -> None:
    assert size_for_change(before, after) == n
