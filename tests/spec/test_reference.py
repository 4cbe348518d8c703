"""Random small histories: every engine gives, row by row, what the plain-Python reference gives."""

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings

from holdfast.analytics.calendar import periods
from holdfast.analytics.indicators.definitions import INDICATORS
from holdfast.analytics.indicators.held import Held
from spec.histories import AS_AT, FIRST_DAY, Tables, histories, invented
from spec.reference import rows
from spec.reference.history import History
from spec.spec_bench import Bench

PERIODS = periods("2010-04", "2014-01", AS_AT)
YEARS = [period for period in PERIODS if period.kind == "year"]
HELD = Held(FIRST_DAY, AS_AT)
EXPRESSIONS = {indicator: definition.expression(HELD) for indicator, definition in INDICATORS.items()}


def place(row: dict[str, Any]) -> tuple[str, str]:
    return row["period"], row["unit_id"]


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(tables=histories)
def test_every_indicator_gives_the_rows_of_the_reference_and_its_months_add_up_to_the_year(
    bench: Bench, tables: Tables
) -> None:
    """Two promises of the same answers, since asking is what takes long."""
    bench.hold(tables, [period.id for period in PERIODS], AS_AT)
    history = History(tables, PERIODS, FIRST_DAY, AS_AT)
    for indicator, expression in EXPRESSIONS.items():
        found = sorted(bench.ask(expression), key=place)
        assert len({place(row) for row in found}) == len(found), f"{indicator}: a record counts once in a period"
        assert found == sorted(rows(indicator, history), key=place), indicator
        if INDICATORS[indicator].is_stock:
            ends = {period.id: period.ends_on for period in PERIODS}
            assert all(row["event_on"] == ends[row["period"]] for row in found), f"{indicator}: as of the last day"
        else:
            months_add_up(indicator, found)


def months_add_up(indicator: str, found: list[dict[str, Any]]) -> None:
    """In, not in and not known, each for itself: so no record counts twice in a year, and none is lost."""
    assert len(YEARS) == 4
    for year in YEARS:
        months = {p.id for p in PERIODS if p.kind == "month" and year.starts_on <= p.starts_on <= year.ends_on}
        assert counted(found, months) == counted(found, {year.id}), (indicator, year.id)
    once = Counter(row["unit_id"] for row in found if row["period"] in {year.id for year in YEARS})
    assert set(once.values()) <= {1}, f"{indicator}: a record counts once in all the years"


def counted(answers: list[dict[str, Any]], periods: set[str]) -> Counter[bool | None]:
    return Counter(row["in_numerator"] for row in answers if row["period"] in periods)


def test_the_random_histories_reach_every_answer_of_every_indicator() -> None:
    """A property that never meets a case proves nothing about it."""
    met: Counter[tuple[str, bool | None]] = Counter()
    for seed in range(60):
        history = History(invented(seed, 8), PERIODS, FIRST_DAY, AS_AT)
        for indicator in INDICATORS:
            met.update((indicator, row["in_numerator"]) for row in rows(indicator, history))
    wanted = {(indicator, answer) for indicator in INDICATORS for answer in (True, False, None)}
    assert wanted - set(met) == {("I03", False), ("I03", None), ("I109", None), ("I91", None)}
