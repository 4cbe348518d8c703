"""A value that was sent and could not be understood is not one that was not sent: what hangs on it is not known.

Over random histories, each value that any definition reads is made unreadable, one at a time: no answer becomes
known or another, and no group another group. An answer may become unknown, or a record fall out of its period.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfast.analytics.breakdowns import BREAKDOWNS
from holdfast.analytics.calendar import periods
from holdfast.analytics.indicators.definitions import INDICATORS
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.indicators.needs import needs_of
from holdfast.analytics.tables.contracts import TABLES
from holdfast.analytics.tables.shapes import OF_CHILDREN
from spec.histories import AS_AT, FIRST_DAY, Tables, histories, invented
from spec.spec_bench import Bench

PERIODS = periods("2012-04", "2014-01", AS_AT)
HELD = Held(FIRST_DAY, AS_AT)
EXPRESSIONS = {indicator: definition.expression(HELD) for indicator, definition in INDICATORS.items()}


def read_columns() -> list[tuple[str, str]]:
    """Every date, flag, count and code of a file that a definition or a breakdown reads; an id is made by the reader.

    What a room gives is written by the product itself, and is never sent in a way that could not be understood.
    """
    needed = {(table, name) for one in INDICATORS.values() for table, own in needs_of(one).items() for name in own}
    needed |= {(breakdown.table, name) for breakdown in BREAKDOWNS.values() for name in breakdown.carried.values()}
    of_files = {*OF_CHILDREN, "oversight"}
    sent = {name for name, table in TABLES.items() if not of_files.isdisjoint(table.supplied_by)}
    return sorted((table, name) for table, name in needed if not name.endswith("_id") and table in sent)


def copied(tables: Tables, prefix: str) -> Tables:
    """The same history of other children."""
    return {
        table: [
            {name: f"{prefix}{value}" if name.endswith("_id") and value else value for name, value in row.items()}
            for row in rows
        ]
        for table, rows in tables.items()
    }


def made_unreadable(tables: Tables, table: str, column: str, random: Random) -> None:
    sent = [row for row in tables.get(table, []) if row[column] is not None]
    if sent:
        random.choice(sent).update({column: None, "unread": f"pers_upn {column}"})


def conference_unreadable(tables: Tables, random: Random) -> None:
    """As the census reader gives it: no conference, and the mark in its enquiry."""
    linked = [row for row in tables["initial_cp_conference"] if row["icpc_s47_enquiry_id"] and row["icpc_icpc_date"]]
    if linked:
        gone = random.choice(linked)
        tables["initial_cp_conference"].remove(gone)
        for enquiry in tables["s47_enquiry"]:
            if enquiry["s47e_s47_enquiry_id"] == gone["icpc_s47_enquiry_id"]:
                enquiry["unread"] = "icpc_icpc_date"


def each_made_unreadable(tables: Tables, random: Random) -> Iterator[tuple[str, Tables]]:
    for table, column in read_columns():
        copy = copied(tables, f"{column}/")
        made_unreadable(copy, table, column, random)
        yield f"{column}/", copy
    copy = copied(tables, "conference/")
    conference_unreadable(copy, random)
    yield "conference/", copy


def together(parts: list[Tables]) -> Tables:
    rows = {table: [row for part in parts for row in part.get(table, [])] for table in parts[0]}
    return {table: [{**row, "row_number": n} for n, row in enumerate(own, 1)] for table, own in rows.items()}


Known = dict[tuple[str, str, str], Any]


def known(rows: list[dict[str, Any]]) -> Known:
    """(unit, period, what is said of it) -> what is known of it."""
    said = ("in_numerator", *BREAKDOWNS)
    return {(row["unit_id"], row["period"], name): row[name] for row in rows for name in said if row[name] is not None}


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(tables=histories, seed=st.integers(0, 1000))
def test_no_known_answer_becomes_another_when_a_value_cannot_be_read(bench: Bench, tables: Tables, seed: int) -> None:
    changed = dict(each_made_unreadable(tables, Random(seed)))
    bench.hold(together([tables, *changed.values()]), [period.id for period in PERIODS], AS_AT)
    for indicator, expression in EXPRESSIONS.items():
        answers = bench.ask(expression)
        before = known([row for row in answers if "/" not in row["unit_id"]])
        for prefix in changed:
            own = [row for row in answers if row["unit_id"].startswith(prefix)]
            after = known([{**row, "unit_id": row["unit_id"].removeprefix(prefix)} for row in own])
            # An answer that was not known, or not given, does not become known either; a group may be of a new unknown.
            was = {key: before.get(key, None if key[2] == "in_numerator" else value) for key, value in after.items()}
            other = {key: (was[key], value) for key, value in after.items() if was[key] != value}
            assert other == {}, f"{indicator}: {prefix} unreadable"


def test_the_histories_send_something_in_every_column_that_is_read() -> None:
    """A property that never meets a column proves nothing about it."""
    tables = together([copied(invented(seed, 8), f"{seed}/") for seed in range(5)])
    for table, column in read_columns():
        assert any(row[column] is not None for row in tables[table]), column
