"""An engine that specs ask questions of: text tables or rows put into it for one test at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from holdfast.analytics.calendar import day_periods_table, periods_table
from holdfast.analytics.engines import Session, arrow_schema, empty
from holdfast.analytics.figure import Period, period
from holdfast.analytics.indicators.examples import read_text_table, typed
from holdfast.analytics.indicators.held import schema_of


@dataclass
class Bench:
    """One engine, ready to be asked. `hold` puts rows in; what a test does not put in is empty."""

    name: str
    session: Session
    filled: set[str]

    def hold(self, tables: Mapping[str, Sequence[Mapping[str, Any]]], periods: Sequence[str], as_at: date) -> None:
        for name in self.filled - set(tables):
            self.session.load_rows(name, empty(name))
        self.filled = set(tables)
        for name, rows in tables.items():
            self.session.load_rows(name, arrow_rows(name, rows, as_at))
        given: list[Period] = [period(period_id, as_at=as_at) for period_id in periods]
        self.session.load_rows("periods", periods_table(given))
        self.session.load_rows("day_periods", day_periods_table(given))

    def ask(self, expression: Any) -> list[dict[str, Any]]:
        return list(self.session.run(expression).to_pylist())


def arrow_rows(name: str, rows: Sequence[Mapping[str, Any]], as_at: date) -> Any:
    """Rows as an Arrow table of the contract's schema. A missing as_at is the one given; else NULL."""
    unknown = {column for row in rows for column in row} - set(schema_of(name))
    assert not unknown, f"{name} has no column {sorted(unknown)}"
    whole = [{"row_number": n, **row} for n, row in enumerate(rows, 1)]
    whole = [{**row, "as_at": row.get("as_at") or as_at} for row in whole]
    return pa.Table.from_pylist(whole, schema=arrow_schema(name))


def text_rows(name: str, text: str) -> list[dict[str, Any]]:
    kinds = schema_of(name)
    return [{column: typed(cell, kinds[column]) for column, cell in row.items()} for row in read_text_table(text)]
