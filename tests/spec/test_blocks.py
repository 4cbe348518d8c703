"""Each block alone, on every engine, against a plain-Python reference: the edges by hand, then any days."""

from datetime import date, timedelta
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfast.analytics.calendar import periods
from holdfast.analytics.indicators import blocks
from holdfast.analytics.indicators.held import Held
from spec import reference
from spec.reference import history
from spec.spec_bench import Bench

AS_AT = date(2014, 1, 31)
D = date.fromisoformat
LOOSE = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
some_days = st.one_of(st.none(), st.dates(date(2009, 11, 1), date(2014, 6, 30)))
SCHEMA = {"unit": "string", "child": "string", "start": "date", "end": "date", "as_at": "date", "flag": "boolean"}


def given_rows(bench: Bench, rows: list[dict[str, Any]]) -> Any:
    """The rows as a table to make expressions of; `unit` is the row's place unless given."""
    whole = [dict.fromkeys(SCHEMA) | {"unit": f"U{n:03d}"} | row for n, row in enumerate(rows)]
    table = ibis.table(SCHEMA, name="given_rows")
    columns = {name: [row[name] for row in whole] for name in SCHEMA}
    arrow = table.schema().to_pyarrow()
    bench.session.load_rows("given_rows", pa.table(columns, schema=arrow), SCHEMA)
    return table


def by_unit(found: list[dict[str, Any]], column: str) -> list[Any]:
    return [row[column] for row in sorted(found, key=lambda row: row["unit"])]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2013-04-02", "2013-04-02", 0),
        ("2013-04-02", "2013-06-06", 45),
        ("2013-04-02", "2013-06-07", 46),
        ("2013-04-06", "2013-04-08", 1),
        ("2013-04-10", "2013-04-08", -2),
        (None, "2013-04-08", None),
        ("2013-04-08", None, None),
        ("2009-12-31", "2013-04-08", None),
        ("2013-04-08", "2041-01-01", None),
    ],
)
def test_working_days_between_two_days(
    bench: Bench, held: Held, start: str | None, end: str | None, expected: int | None
) -> None:
    table = given_rows(bench, [{"start": start and D(start), "end": end and D(end)}])
    (row,) = bench.ask(blocks.working_days(held, table, "start", "end"))
    assert row["elapsed"] == expected


@LOOSE
@given(st.lists(st.tuples(some_days, some_days), min_size=1, max_size=30))
def test_working_days_agree_with_counting(bench: Bench, pairs: list[tuple[date | None, date | None]]) -> None:
    held = Held(date(2010, 4, 1), AS_AT)
    table = given_rows(bench, [{"start": start, "end": end} for start, end in pairs])
    found = by_unit(bench.ask(blocks.working_days(held, table, "start", "end")), "elapsed")
    assert found == [history.working_days(start, end) for start, end in pairs]


@pytest.mark.parametrize(("elapsed", "expected"), [(0, True), (45, True), (46, False), (-1, None), (None, None)])
def test_the_limit_day_is_in_time_and_a_contradiction_is_not_known(
    bench: Bench, elapsed: int | None, expected: bool | None
) -> None:
    table = given_rows(bench, [{}])
    literal = ibis.literal(elapsed, type="int32") if elapsed is not None else ibis.null("int32")
    (row,) = bench.ask(table.select(answer=blocks.within(literal, 45)))
    assert row["answer"] is expected


def test_a_day_finds_its_month_and_its_year_and_no_other(bench: Bench, held: Held) -> None:
    bench.hold({}, ["2013-03", "2013-04", "FY2013", "FY2014"], AS_AT)
    days = ["2013-03-31", "2013-04-01", "2014-01-31", "2014-02-01", "2009-01-01"]
    table = given_rows(bench, [{"start": D(day)} for day in days] + [{}])
    found = sorted((str(row["start"]), row["period"]) for row in bench.ask(blocks.in_period(held, table, "start")))
    assert found == [
        ("2013-03-31", "2013-03"),
        ("2013-03-31", "FY2013"),
        ("2013-04-01", "2013-04"),
        ("2013-04-01", "FY2014"),
        ("2014-01-31", "FY2014"),
    ]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2013-04-30", None, ["2013-04", "2013-05"]),
        ("2013-05-01", None, ["2013-05"]),
        ("2013-04-01", "2013-04-30", []),
        ("2013-04-01", "2013-05-01", ["2013-04"]),
        ("2013-06-01", None, []),
        ("2013-04-10", "2013-04-01", []),
        (None, None, []),
    ],
)
def test_open_at_the_end_of_a_day_means_begun_by_it_and_not_ended_on_it(
    bench: Bench, held: Held, start: str | None, end: str | None, expected: list[str]
) -> None:
    bench.hold({}, ["2013-04", "2013-05"], AS_AT)
    table = given_rows(bench, [{"start": start and D(start), "end": end and D(end)}])
    found = bench.ask(blocks.at_period_ends(held, table, "start", "end"))
    assert sorted(row["period"] for row in found) == expected


@LOOSE
@given(st.lists(st.tuples(some_days, some_days), min_size=1, max_size=12))
def test_open_records_agree_with_looking_at_each_period(
    bench: Bench, pairs: list[tuple[date | None, date | None]]
) -> None:
    given_periods = periods("2012-04", "2014-01", AS_AT)
    bench.hold({}, [period.id for period in given_periods], AS_AT)
    asked = history.History({}, given_periods, date(2010, 4, 1), AS_AT)
    table = given_rows(bench, [{"start": start, "end": end} for start, end in pairs])
    found = bench.ask(blocks.at_period_ends(Held(date(2010, 4, 1), AS_AT), table, "start", "end"))
    expected = [
        (f"U{n:03d}", period.id)
        for n, (start, end) in enumerate(pairs)
        if start is not None
        for period in asked.at_ends(start, end)
    ]
    assert sorted((row["unit"], row["period"]) for row in found) == sorted(expected)


@pytest.mark.parametrize(
    ("end", "as_at", "expected"),
    [
        ("2013-06-30", "2013-01-01", True),
        ("2013-05-31", "2014-01-31", False),
        (None, "2013-05-31", True),
        (None, "2013-05-30", None),
    ],
)
def test_still_open_is_not_known_after_the_last_report(
    bench: Bench, end: str | None, as_at: str, expected: bool | None
) -> None:
    table = given_rows(bench, [{"start": D("2013-05-31"), "end": end and D(end), "as_at": D(as_at)}])
    (row,) = bench.ask(table.select(answer=blocks.still_open(table, "end", "start")))
    assert row["answer"] is expected


def test_the_record_before_and_after_go_by_date_and_then_by_id(bench: Bench) -> None:
    rows = [
        {"unit": "A", "child": "C1", "start": D("2013-05-01")},
        {"unit": "B", "child": "C1", "start": D("2013-05-01")},
        {"unit": "C", "child": "C1", "start": D("2013-04-01")},
        {"unit": "D", "child": "C2", "start": D("2013-04-15")},
    ]
    table = given_rows(bench, rows)
    before = bench.ask(blocks.previous(table, "child", "start", "unit"))
    assert by_unit(before, "previous_on") == [D("2013-04-01"), D("2013-05-01"), None, None]
    after = bench.ask(blocks.following(table, "child", "start", "unit"))
    assert by_unit(after, "next_on") == [D("2013-05-01"), None, D("2013-05-01"), None]


def test_ids_are_ordered_by_their_bytes_on_every_engine(bench: Bench) -> None:
    """A locale would put a before B; bytes put B before a. An engine that used one would pair them otherwise."""
    rows = [{"unit": unit, "child": "C1", "start": D("2013-05-01") + timedelta(0)} for unit in ("a", "B", "_")]
    first = bench.ask(blocks.first_of(given_rows(bench, rows), "child", "start", "unit"))
    assert [row["unit"] for row in first] == ["B"]


def test_the_first_of_several_puts_a_missing_date_last(bench: Bench) -> None:
    rows = [
        {"unit": "A", "child": "C1"},
        {"unit": "B", "child": "C1", "start": D("2013-05-01")},
        {"unit": "C", "child": "C2"},
        {"unit": "D", "child": "C2"},
    ]
    first = bench.ask(blocks.first_of(given_rows(bench, rows), "child", "start", "unit"))
    assert by_unit(first, "unit") == ["B", "C"]


def test_so_far_counts_up_to_and_including_the_record(bench: Bench) -> None:
    rows = [{"child": "C1", "start": D(f"2013-05-0{n}"), "flag": flag} for n, flag in enumerate([True, None, True], 1)]
    table = given_rows(bench, rows)
    found = bench.ask(table.mutate(n=blocks.so_far(table, table.flag, "child", "start", "unit")))
    assert by_unit(found, "n") == [1, 1, 2]


BIRTHDAYS = [
    ("2013-05-02", None, "unborn"),
    ("2013-05-01", None, "0"),
    ("2012-05-02", None, "0"),
    ("2012-05-01", None, "1-4"),
    ("2008-05-02", None, "1-4"),
    ("2008-05-01", None, "5-9"),
    ("2003-05-02", None, "5-9"),
    ("2003-05-01", None, "10-15"),
    ("1997-05-02", None, "10-15"),
    ("1997-05-01", None, "16-17"),
    ("1995-05-02", None, "16-17"),
    ("1995-05-01", None, "18+"),
    (None, "2013-05-02", "unborn"),
    (None, "2013-05-01", None),
    (None, None, None),
]


def bands(bench: Bench, people: list[tuple[date | None, date | None]], on: date) -> list[str | None]:
    rows = [{"start": born, "end": expected, "as_at": on} for born, expected in people]
    table = given_rows(bench, rows)
    years = {n: f"years_{n}_earlier" for n in (1, 5, 10, 16, 18)}
    found = blocks.look_up(Held(date(2010, 4, 1), AS_AT), table, "as_at", **{name: name for name in years.values()})
    band = blocks.age_band(found.start, found.end, found.as_at, {n: found[name] for n, name in years.items()})
    return by_unit(bench.ask(found.mutate(band=band)), "band")


def test_a_child_changes_band_on_the_birthday(bench: Bench) -> None:
    people = [(born and D(born), expected and D(expected)) for born, expected, _ in BIRTHDAYS]
    assert bands(bench, people, D("2013-05-01")) == [band for _, _, band in BIRTHDAYS]


def test_a_child_of_29_february_is_a_year_older_on_1_march(bench: Bench) -> None:
    born = [(D("2008-02-29"), None)]
    assert bands(bench, born, D("2013-02-28")) == ["1-4"]
    assert bands(bench, born, D("2013-03-01")) == ["5-9"]


@LOOSE
@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.dates(date(1994, 1, 1), date(2014, 1, 31))), some_days),
        min_size=1,
        max_size=30,
    ),
    st.dates(date(2010, 4, 1), AS_AT),
)
def test_age_bands_agree_with_counting_birthdays(
    bench: Bench, people: list[tuple[date | None, date | None]], on: date
) -> None:
    expected = [reference.age_band(born, due, on) for born, due in people]
    assert bands(bench, people, on) == expected


@pytest.mark.parametrize(
    ("stop", "given_up", "as_at", "expected"),
    [
        ("2013-06-20", None, "2014-01-31", True),
        ("2013-06-21", None, "2014-01-31", False),
        ("2013-06-21", "2013-06-20", "2013-06-01", False),
        ("2013-04-15", None, "2014-01-31", None),
        (None, None, "2013-06-20", False),
        (None, None, "2013-06-19", None),
        (None, "2013-06-20", "2014-01-31", None),
        (None, "2013-06-21", "2013-06-01", False),
    ],
)
def test_a_clock_is_judged_as_it_stood_at_the_end_of_the_day_it_was_due(
    bench: Bench, stop: str | None, given_up: str | None, as_at: str, expected: bool | None
) -> None:
    start, due = D("2013-04-16"), D("2013-06-20")
    table = given_rows(bench, [{"start": stop and D(stop), "end": given_up and D(given_up), "as_at": D(as_at)}])
    kept = blocks.kept_by(ibis.literal(start), ibis.literal(due), table.start, table.end, table.as_at)
    (row,) = bench.ask(table.select(answer=kept))
    assert row["answer"] is expected
    by_hand = history.kept_by(start, due, stop and D(stop), given_up and D(given_up), D(as_at))
    assert by_hand is expected
