"""What a definition is given: a snapshot's tables as expressions, and the days on which each is known.

Not here: where the tables are (engines.py) or what their columns mean (tables/contracts.py). Rule: an expression
made from these names no engine, so the same definition runs on every one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from holdfast.analytics.calendar import MONTHS_EARLIER, MONTHS_LATER, WORKING_DAYS_LATER, YEARS_EARLIER
from holdfast.analytics.cover import Spans
from holdfast.analytics.expressions import ibis
from holdfast.analytics.tables.contracts import TABLES

TYPES = {"text": "string", "date": "date", "flag": "boolean", "integer": "int32", "decimal": "decimal(18, 6)"}

CALENDAR_SCHEMA = {
    "day": "date",
    "is_working_day": "boolean",
    "working_day_number": "int32",
    "month": "string",
    "financial_year": "string",
    **{f"working_days_{n}_later": "date" for n in WORKING_DAYS_LATER},
    **{f"months_{n}_later": "date" for n in MONTHS_LATER},
    **{f"months_{n}_earlier": "date" for n in MONTHS_EARLIER},
    **{f"years_{n}_earlier": "date" for n in YEARS_EARLIER},
}
PERIODS_SCHEMA = {"period": "string", "kind": "string", "starts_on": "date", "ends_on": "date"}
DAY_PERIODS_SCHEMA = {"day": "date", "period": "string"}


def schema_of(name: str) -> dict[str, str]:
    """Column names and types of a table as an engine holds it: the contract's, then row_number, unread and as_at."""
    own = {"calendar": CALENDAR_SCHEMA, "periods": PERIODS_SCHEMA, "day_periods": DAY_PERIODS_SCHEMA}
    if name in own:
        return own[name]
    columns = {column.name: TYPES[column.type] for column in TABLES[name].columns}
    return {**columns, "row_number": "int32", "unread": "string", "as_at": "date"}


@lru_cache(maxsize=64)
def table_named(name: str) -> Any:
    """The table as an expression that is bound to no engine."""
    return ibis.table(schema_of(name), name=name)


@dataclass(frozen=True)
class Held(Mapping[str, Any]):
    """The tables of one snapshot. `first_day`: nothing earlier is held. `as_at`: nothing later is known.

    `spans`: the days of each table that are held, where they are not all from first_day to as_at.
    `keep`: how whoever is counting keeps what is asked for `once`. None: it is worked out wherever it is used.
    """

    first_day: date
    as_at: date
    spans: Mapping[str, Spans] = field(default_factory=dict)
    keep: Callable[[str, Any], Any] | None = field(default=None, compare=False)
    kept: dict[str, Any] = field(default_factory=dict, compare=False)

    def once(self, name: str, build: Callable[["Held"], Any]) -> Any:
        """What several definitions start from: an expression, or a table that holds its rows, worked out once."""
        if self.keep is None:
            return build(self)
        if name not in self.kept:
            self.kept[name] = self.keep(name, build(self))
        return self.kept[name]

    def day_before_known(self, table: str, day: Any) -> Any:
        """The day before the first of the unbroken days of a table that lead up to `day`: a look back ends there.

        So after a year that nobody sent, the look back ends where the next one begins.
        """
        spans = self.spans.get(table) or ((self.first_day, self.as_at),)
        days = [(first, ibis.literal(first - timedelta(days=1))) for first, _ in spans]
        (_, otherwise), *others = days
        cases = [(day >= first, before) for first, before in reversed(others)]
        return ibis.cases(*cases, else_=otherwise) if cases else otherwise

    def day_after_known(self, table: str, day: Any) -> Any:
        """The day after the last of the unbroken days of a table that follow `day`: a look forward ends there."""
        spans = self.spans.get(table) or ((self.first_day, self.as_at),)
        days = [(last, ibis.literal(last + timedelta(days=1))) for _, last in spans]
        *others, (_, otherwise) = days
        cases = [(day <= last, after) for last, after in others]
        return ibis.cases(*cases, else_=otherwise) if cases else otherwise

    def __getitem__(self, name: str) -> Any:
        return table_named(name)

    def __iter__(self) -> Iterator[str]:
        return iter([*TABLES, "calendar", "periods", "day_periods"])

    def __len__(self) -> int:
        return len(list(iter(self)))
