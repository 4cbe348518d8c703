"""Every worked example of every definition, on every engine."""

from typing import Any

import pytest

from holdfast.analytics.indicators.blocks import ROW_SCHEMA
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.definitions import INDICATORS
from holdfast.analytics.indicators.examples import Example, read_text_table, typed
from holdfast.analytics.indicators.held import Held
from spec.spec_bench import Bench, text_rows

EXAMPLES = [
    pytest.param(definition, example, id=f"{definition.id}-{n}")
    for definition in INDICATORS.values()
    for n, example in enumerate(definition.examples, 1)
]


def key(row: dict[str, Any]) -> list[str]:
    return [str(row[name]) for name in sorted(row)]


@pytest.mark.parametrize(("definition", "example"), EXAMPLES)
def test_the_worked_example_comes_out_as_worked(bench: Bench, definition: Definition, example: Example) -> None:
    tables = {name: text_rows(name, text) for name, text in example.tables.items()}
    bench.hold(tables, example.periods, example.as_at)
    found = bench.ask(definition.expression(Held(example.first_day, example.as_at)))
    expected = [
        {name: typed(cell, ROW_SCHEMA[name]) for name, cell in row.items()} for row in read_text_table(example.rows)
    ]
    wanted = list(expected[0])
    assert sorted(({name: row[name] for name in wanted} for row in found), key=key) == sorted(expected, key=key)


@pytest.mark.parametrize("definition", INDICATORS.values(), ids=list(INDICATORS))
def test_a_definition_gives_exactly_the_columns_of_a_row(definition: Definition, held: Held) -> None:
    found = definition.expression(held).schema()
    assert {name: str(kind).lstrip("!") for name, kind in found.items()} == ROW_SCHEMA
