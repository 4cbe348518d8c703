"""Random small histories: every engine gives, row by row, what the plain-Python reference gives."""

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings

from holdfast.analytics.calendar import periods
from holdfast.analytics.indicators.definitions import INDICATORS
from holdfast.analytics.indicators.held import Held
from spec.histories import AS_AT, FIRST_DAY, Tables, histories, invented
from spec.reference import History, rows
from spec.spec_bench import Bench

PERIODS = periods("2010-04", "2014-01", AS_AT)
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
def test_every_indicator_gives_the_rows_of_the_reference(bench: Bench, tables: Tables) -> None:
    bench.hold(tables, [period.id for period in PERIODS], AS_AT)
    history = History(tables, PERIODS, FIRST_DAY, AS_AT)
    for indicator, expression in EXPRESSIONS.items():
        found = sorted(bench.ask(expression), key=place)
        assert len({place(row) for row in found}) == len(found), f"{indicator}: a record counts once in a period"
        assert found == sorted(rows(indicator, history), key=place), indicator


def test_the_random_histories_reach_every_answer_of_every_indicator() -> None:
    """A property that never meets a case proves nothing about it."""
    met: Counter[tuple[str, bool | None]] = Counter()
    for seed in range(40):
        history = History(invented(seed, 8), PERIODS, FIRST_DAY, AS_AT)
        for indicator in INDICATORS:
            met.update((indicator, row["in_numerator"]) for row in rows(indicator, history))
    wanted = {(indicator, answer) for indicator in INDICATORS for answer in (True, False, None)}
    assert wanted - set(met) == {("I03", False), ("I03", None)}
