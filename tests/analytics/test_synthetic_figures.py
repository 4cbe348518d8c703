"""The invented files through the product's own path: read, keep, snapshot, calculate. They give the published figures.

The plain counts of the same files are in `test_synthetic.py`; here the indicators must agree with them.
"""

from datetime import date

import pytest

from holdfast import analytics

# Explore Education Statistics, children in need 2013 to 2025 (files c1, d3, d5), local authority 878: (in, not in).
PUBLISHED = {
    ("I03", "FY2013"): (5648, 0),
    ("I03", "FY2014"): (8717, 0),
    ("I04", "FY2013"): (1301, 5648 - 1301),
    ("I04", "FY2014"): (1426, 8717 - 1426),
    ("I06", "FY2013"): (505, 5648 - 505),
    ("I06", "FY2014"): (162, 8717 - 162),
    ("I47", "FY2013"): (93, 547 - 93),
    ("I47", "FY2014"): (137, 809 - 137),
    ("I49", "FY2013"): (10, 446 - 10),
    ("I49", "FY2014"): (11, 600 - 11),
}

Released = dict[tuple[str, str], analytics.Figure]


COUNTED = (*dict.fromkeys(name for name, _ in PUBLISHED), "I20", "I21", "I24", "I38", "I42", "I52", "I60-3")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[analytics.Store, list[str]]:
    """The demonstration's files up to March 2014, read and kept, oldest first."""
    folder = tmp_path_factory.mktemp("kept")
    store = analytics.Store(folder / "store")
    loads = []
    written = analytics.demo_returns(folder / "returns", 1, until=date(2014, 3, 31), code="321")
    for n, (path, as_at) in enumerate(written):
        reading = analytics.read_return(path, into=folder / f"reading-{n}")
        assert (reading.authority, reading.reference_date, reading.blocking) == ("321", as_at, [])
        loads.append(store.keep(reading, as_at=as_at))
    return store, loads


def release(store: analytics.Store, loads: list[str], last_month: str) -> Released:
    """What is counted of these loads, for every period."""
    done = analytics.calculate(
        analytics.snapshot(store, loads),
        engine=analytics.engine("duckdb"),
        store=store,
        first_month="2010-04",
        last_month=last_month,
        indicators=COUNTED,
    )
    return {(name, figure.period.id): figure for name in COUNTED for figure in analytics.figures(store, done.id, name)}


@pytest.fixture(scope="module")
def in_march(kept: tuple[analytics.Store, list[str]]) -> Released:
    return release(*kept, "2014-03")


@pytest.fixture(scope="module")
def in_january(kept: tuple[analytics.Store, list[str]]) -> Released:
    store, loads = kept
    return release(store, loads[:-1], "2014-01")


@pytest.mark.parametrize(("indicator", "year"), sorted(PUBLISHED))
def test_the_indicators_give_the_published_figures(in_march: Released, indicator: str, year: str) -> None:
    figure = in_march[indicator, year]
    assert (figure.n_in, figure.n_not, figure.n_unknown) == (*PUBLISHED[indicator, year], 0)


def test_the_first_year_does_not_know_its_re_referrals(in_march: Released) -> None:
    assert in_march["I04", "FY2011"].n_unknown > 4000


def test_timeliness_is_poor_after_the_rise_in_demand_and_conferences_then_recover(in_march: Released) -> None:
    def share(indicator: str, *months: str) -> float:
        chosen = [in_march[indicator, month] for month in months]
        return sum(figure.n_in for figure in chosen) / sum(figure.denominator for figure in chosen)

    before, after = ("2012-10", "2012-11", "2012-12"), ("2013-10", "2013-11", "2013-12")
    assert share("I21", *after) < share("I21", *before) - 0.05
    assert share("I20", *after) < share("I21", *after), "the wait before an assessment starts counts in one of them"
    assert ("I20", "2013-03") not in in_march, "the 45 days were not the law yet"
    assert share("I42", "2014-01", "2014-02", "2014-03") > share("I42", "2013-04", "2013-05", "2013-06")
    assert share("I52", *after) > 0.9


def test_what_is_known_in_january_is_restated_in_march(in_january: Released, in_march: Released) -> None:
    then, later = in_january["I03", "2014-01"], in_march["I03", "2014-01"]
    assert 0.75 * later.n_in < then.n_in < later.n_in
    assert in_january["I24", "2014-01"].n_in > in_march["I24", "2014-01"].n_in
    assert in_january["I03", "FY2013"] == in_march["I03", "FY2013"]


def test_some_enquiries_have_no_outcome_that_is_known(in_march: Released) -> None:
    assert in_march["I38", "FY2013"].n_unknown > 0
    assert in_march["I60-3", "2014-03"].n_in + in_march["I60-3", "2014-03"].n_not == 0
