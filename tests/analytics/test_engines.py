"""Engines: named plainly, refused plainly, equal on every type, and nothing left behind. Definitions: tests/spec."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfast.analytics.calendar import periods
from holdfast.analytics.cover import Cover, Part
from holdfast.analytics.engines import DuckDB, Engine, EngineUnavailable, UnknownEngine, arrow_schema, engine
from holdfast.analytics.indicators.held import Held, table_named
from holdfast.analytics.tables.contracts import TABLES

AS_AT = date(2014, 1, 31)


@dataclass(frozen=True)
class Small:
    """A snapshot of one table."""

    id: str
    tables: dict[str, Path]
    first_day: date = date(2010, 4, 1)
    as_at: date = AS_AT

    @property
    def cover(self) -> Cover:
        """Every table and column, on every day."""
        whole = (self.first_day, self.as_at, "invented", self.id)
        return Cover({name: (Part(*whole, frozenset(table.column_names)),) for name, table in TABLES.items()})


@pytest.fixture(params=["duckdb", "postgresql"])
def any_engine(request: pytest.FixtureRequest) -> Engine:
    name = request.param
    return engine(name if name == "duckdb" else request.getfixturevalue("postgres_dsn"))


@pytest.fixture
def snapshot(tmp_path: Path) -> Small:
    rows = [
        {"cine_referral_id": "R1", "cine_person_id": 'O\'Neill, "C"', "cine_referral_date": date(2013, 4, 2)},
        {"cine_referral_id": "R2", "cine_person_id": "", "cine_referral_nfa": False, "cine_close_reason": "a\nb,c"},
        {"cine_referral_id": "R3", "cine_person_id": None, "cine_referral_nfa": True, "cine_close_reason": "é|NULL"},
    ]
    folder = tmp_path / "it's a folder"
    folder.mkdir()
    path = folder / "cin_episodes.parquet"
    filled = [{"row_number": n, "as_at": AS_AT, **row} for n, row in enumerate(rows, 1)]
    pq.write_table(pa.Table.from_pylist(filled, schema=arrow_schema("cin_episodes")), path)
    return Small("0" * 64, {"cin_episodes": path})


def test_what_goes_in_comes_out_on_every_engine(any_engine: Engine, snapshot: Small) -> None:
    with any_engine.open(snapshot) as (session, held):
        found = session.run(held["cin_episodes"].order_by("cine_referral_id"))
        assert found.schema == arrow_schema("cin_episodes")
        assert found.to_pylist() == pq.read_table(snapshot.tables["cin_episodes"]).to_pylist()


def test_a_table_that_the_snapshot_lacks_is_there_and_empty(any_engine: Engine, snapshot: Small) -> None:
    with any_engine.open(snapshot, tables=["cp_plans"]) as (session, held):
        assert session.run(held["cp_plans"]).num_rows == 0


def test_the_calendar_and_the_periods_are_there_to_join(any_engine: Engine, snapshot: Small) -> None:
    with any_engine.open(snapshot, periods("2013-04", "2014-01", AS_AT)) as (session, held):
        assert session.run(held["periods"]).num_rows == 11
        assert session.run(held["calendar"].count().as_table()).to_pylist() == [{"CountStar(calendar)": 18628}]
        assert (held.first_day, held.as_at) == (snapshot.first_day, AS_AT)


def test_a_lone_missing_value_is_a_row(any_engine: Engine, snapshot: Small) -> None:
    with any_engine.open(snapshot) as (session, held):
        found = session.run(held["cin_episodes"].select("cine_close_date"))
        assert found.to_pylist() == [{"cine_close_date": None}] * 3


def test_a_kept_question_is_dropped_even_when_the_next_one_fails(any_engine: Engine, snapshot: Small) -> None:
    with any_engine.open(snapshot) as (session, held):
        expression = held["cin_episodes"].select("cine_referral_id")
        with pytest.raises(RuntimeError), session.kept("again", expression):
            raise RuntimeError
        with session.kept("again", expression) as again, session.named("and_again", again) as named:
            assert session.run(named).num_rows == 3


def test_postgresql_keeps_nothing_and_leaves_the_databases_own_tables_alone(postgres_dsn: str, snapshot: Small) -> None:
    import psycopg

    with psycopg.connect(postgres_dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE cin_episodes (own text)")
        connection.execute("INSERT INTO cin_episodes VALUES ('mine')")
        try:
            with engine(postgres_dsn).open(snapshot) as (session, held):
                assert session.run(held["cin_episodes"]).num_rows == 3
            assert connection.execute("SELECT own FROM public.cin_episodes").fetchall() == [("mine",)]
            left = "SELECT count(*) FROM pg_class WHERE relpersistence = 't' AND relkind = 'r'"
            assert soon(lambda: connection.execute(left).fetchall() == [(0,)])
        finally:
            connection.execute("DROP TABLE public.cin_episodes")


def soon(is_so: Callable[[], bool]) -> bool:
    """A server's process ends a moment after its client has gone."""
    for _ in range(100):
        if is_so():
            return True
        time.sleep(0.1)
    return False


def test_duckdb_may_be_held_to_some_threads(snapshot: Small) -> None:
    with DuckDB(threads=1).open(snapshot) as (session, _):
        assert session.fetch(
            "SELECT current_setting('threads')::INT AS n", pa.schema({"n": pa.int32()})
        ).to_pylist() == [{"n": 1}]


def test_an_engine_is_named_without_its_address() -> None:
    assert engine("duckdb").name == "duckdb"
    assert engine("postgresql://someone:secret@nowhere/db").name == "postgresql"


@pytest.mark.parametrize("name", ["spark", "", "mysql://someone:secret@host/db"])
def test_an_unknown_engine_is_refused_without_repeating_a_password(name: str) -> None:
    with pytest.raises(UnknownEngine, match="Use duckdb, or the address of a PostgreSQL database") as refused:
        engine(name)
    assert "secret" not in str(refused.value)


def test_a_database_that_does_not_answer_is_said_plainly_without_its_password() -> None:
    unreachable = engine("postgresql://someone:secret@127.0.0.1:1/none")
    with pytest.raises(EngineUnavailable, match="did not answer") as refused, unreachable.connect():
        pass
    assert "secret" not in str(refused.value)


def test_an_expression_is_bound_to_no_engine() -> None:
    held = Held(date(2010, 4, 1), AS_AT)
    assert set(held) >= {"person", "calendar", "periods", "day_periods"}
    assert len(held) == len(set(held))
    assert not ibis.to_sql(table_named("person"), dialect="postgres").isspace()
