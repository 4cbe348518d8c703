"""The only file that names a backend: runs a definition's expression on DuckDB or on PostgreSQL, with equal answers.

An expression (indicators/held.py) is bound to no engine. An engine turns it into its own SQL and runs it over the
tables of one snapshot. Not here: what is asked (indicators/) or kept (calculation.py). Rule: dates only, no times, so
that no engine's time zone can move an event into another day; text is ordered by its bytes, never by a locale.
"""

import abc
import contextlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

from holdfast.analytics.calendar import calendar_table, day_periods_table, periods_table
from holdfast.analytics.cover import Cover
from holdfast.analytics.figure import Period
from holdfast.analytics.indicators.held import Held, schema_of, table_named
from holdfast.analytics.tables.contracts import TABLES


class UnknownEngine(Exception):
    """No engine goes by that name or address."""

    def __init__(self, name: str) -> None:
        # An address may hold a password: only what comes before it is repeated.
        super().__init__(
            f"There is no engine called {name.partition('://')[0]!r}. Use duckdb, or the address of a PostgreSQL "
            "database: postgresql://user@host/database."
        )


class EngineUnavailable(Exception):
    """The engine cannot be reached, or refused."""


class SnapshotLike(Protocol):
    """What an engine needs of a snapshot (store.py has the whole)."""

    @property
    def id(self) -> str: ...
    @property
    def tables(self) -> Mapping[str, Path]: ...
    @property
    def first_day(self) -> Any: ...
    @property
    def as_at(self) -> Any: ...
    @property
    def cover(self) -> Cover: ...


class Session(abc.ABC):
    """One connection that holds one snapshot's tables. `dialect` is the name of the SQL it speaks.

    The four abstract methods are all that a new engine (Spark) must bring; definitions never change.
    """

    dialect: str

    @abc.abstractmethod
    def load_file(self, name: str, path: Path) -> None:
        """Make a Parquet file readable as the table `name`."""

    @abc.abstractmethod
    def load_rows(self, name: str, rows: Any, schema: Mapping[str, str] | None = None) -> None:
        """Make an Arrow table readable as the table `name`, in place of any that was. `schema` None: the contract's."""

    @abc.abstractmethod
    def execute(self, sql: str) -> None:
        """Run a statement that gives no rows."""

    @abc.abstractmethod
    def fetch(self, sql: str, schema: Any) -> Any:
        """The rows of a query as an Arrow table of this schema, in no particular order."""

    def settle(self, name: str) -> None:  # noqa: B027  most engines learn this by themselves
        """Let the engine learn how big a table is that was just filled."""

    def compiled(self, expression: Any) -> str:
        """The expression in this engine's SQL. Remembered, because the same few are asked again and again."""
        return _compiled(expression.op(), self.dialect)

    def run(self, expression: Any) -> Any:
        """The rows of an expression, as an Arrow table."""
        return self.fetch(self.compiled(expression), expression.schema().to_pyarrow())

    def load_periods(self, periods: Sequence[Period]) -> None:
        """Make these the periods that are counted, in place of any that were."""
        self.load_rows("periods", periods_table(periods))
        self.load_rows("day_periods", day_periods_table(periods))

    @contextlib.contextmanager
    def named(self, name: str, expression: Any) -> Iterator[Any]:
        """The expression under a name that others can be asked of; worked out each time it is used."""
        with self._made("VIEW", name, expression) as table:
            yield table

    @contextlib.contextmanager
    def kept(self, name: str, expression: Any) -> Iterator[Any]:
        """The expression worked out once, under a name that others can be asked of; dropped afterwards."""
        with self._made("TABLE", name, expression) as table:
            yield table

    @contextlib.contextmanager
    def _made(self, kind: str, name: str, expression: Any) -> Iterator[Any]:
        import ibis

        self.execute(f'CREATE TEMPORARY {kind} "{name}" AS {self.compiled(expression)}')
        try:
            if kind == "TABLE":
                self.settle(name)
            yield ibis.table(expression.schema(), name=name)
        finally:
            self.execute(f'DROP {kind} "{name}"')


@lru_cache(maxsize=256)
def _compiled(operation: Any, dialect: str) -> str:
    import ibis

    return str(ibis.to_sql(operation.to_expr(), dialect=dialect))


class Engine(abc.ABC):
    """A way to run expressions. `name` is what a release says it was counted by; it never holds a password.

    One method to write for a new engine: `connect`. Everything else follows from the session it gives.
    """

    name: str

    @abc.abstractmethod
    def connect(self) -> contextlib.AbstractContextManager[Session]:
        """A fresh connection, and nothing left behind when it closes. Raises EngineUnavailable."""

    @contextlib.contextmanager
    def open(
        self, snapshot: SnapshotLike, periods: Sequence[Period] = (), tables: Sequence[str] | None = None
    ) -> Iterator[tuple[Session, Held]]:
        """A session that holds the snapshot's tables (or those named), the calendar and these periods.

        A table that the snapshot does not have is there and empty; a column that its file does not have is NULL.
        """
        with self.connect() as session:
            for name in tables if tables is not None else TABLES:
                path = snapshot.tables.get(name)
                if path is None:
                    session.load_rows(name, empty(name))
                else:
                    session.load_file(name, path)
            session.load_rows("calendar", calendar_table())
            session.load_periods(periods)
            spans = {name: snapshot.cover.spans(name) for name in snapshot.cover.tables}
            yield session, Held(first_day=snapshot.first_day, as_at=snapshot.as_at, spans=spans)


def arrow_schema(name: str) -> Any:
    """The Arrow schema of a canonical table, the calendar or the periods."""
    return table_named(name).schema().to_pyarrow()


def empty(name: str) -> Any:
    """A canonical table with no rows."""
    return arrow_schema(name).empty_table()


def columns_in(path: Path) -> frozenset[str]:
    """The columns that a Parquet file has: one written before the contract was widened lacks the newer ones."""
    import pyarrow.parquet as pq

    return frozenset(pq.read_schema(path).names)


DUCKDB_TYPES = {
    "string": "VARCHAR",
    "date": "DATE",
    "boolean": "BOOLEAN",
    "int32": "INTEGER",
    "decimal(18, 6)": "DECIMAL(18, 6)",
}


class DuckDBSession(Session):
    """DuckDB in this process, in memory: views over the snapshot's Parquet files, nothing copied."""

    dialect = "duckdb"

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def load_file(self, name: str, path: Path) -> None:
        has = columns_in(path)
        columns = ", ".join(
            f'"{column}"' if column in has else f'NULL::{DUCKDB_TYPES[kind]} AS "{column}"'
            for column, kind in schema_of(name).items()
        )
        quoted = str(path).replace("'", "''")
        view = f"SELECT {columns} FROM read_parquet('{quoted}')"  # noqa: S608  names from the contracts; path quoted
        self.execute(f'CREATE OR REPLACE VIEW "{name}" AS {view}')

    def load_rows(self, name: str, rows: Any, schema: Mapping[str, str] | None = None) -> None:
        # Copied into a table of DuckDB's own: a registered Arrow table has no statistics, so joins are badly ordered.
        self._connection.register("arriving", rows)
        self.execute(f'DROP TABLE IF EXISTS "{name}"')
        self.execute(f'CREATE TEMPORARY TABLE "{name}" AS FROM arriving')
        self._connection.unregister("arriving")

    def execute(self, sql: str) -> None:
        self._connection.execute(sql)

    def fetch(self, sql: str, schema: Any) -> Any:
        return self._connection.sql(sql).to_arrow_table().cast(schema)


class DuckDB(Engine):
    """The default engine: in process, no server. `threads` None: as many as the machine has."""

    name = "duckdb"

    def __init__(self, threads: int | None = None) -> None:
        self._threads = threads

    @contextlib.contextmanager
    def connect(self) -> Iterator[Session]:
        import duckdb

        # No extension is fetched or loaded, so nothing here reaches for a network.
        settings = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        if self._threads is not None:
            settings["threads"] = str(self._threads)
        connection = duckdb.connect(":memory:", config=settings)
        try:
            yield DuckDBSession(connection)
        finally:
            connection.close()


POSTGRES_TYPES = {
    "string": 'text COLLATE "C"',
    "date": "date",
    "boolean": "boolean",
    "int32": "integer",
    "decimal(18, 6)": "numeric(18, 6)",
}


class PostgresSession(Session):
    """PostgreSQL: Parquet copied into temporary tables, which the server itself drops, even when we are killed."""

    dialect = "postgres"

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def load_file(self, name: str, path: Path) -> None:
        import pyarrow.parquet as pq

        self._create(name, schema_of(name))
        with pq.ParquetFile(path) as file:
            wanted = [column for column in schema_of(name) if column in file.schema_arrow.names]
            for batch in file.iter_batches(columns=wanted):
                self._copy(name, batch)
        self.settle(name)

    def load_rows(self, name: str, rows: Any, schema: Mapping[str, str] | None = None) -> None:
        self._create(name, schema or schema_of(name))
        self._copy(name, rows)
        self.settle(name)

    def settle(self, name: str) -> None:
        self.execute(f'ANALYZE "{name}"')

    def _create(self, name: str, schema: Mapping[str, str]) -> None:
        columns = ", ".join(f'"{column}" {POSTGRES_TYPES[kind]}' for column, kind in schema.items())
        self.execute(f'DROP TABLE IF EXISTS pg_temp."{name}"')
        self.execute(f'CREATE TEMPORARY TABLE "{name}" ({columns})')

    def _copy(self, name: str, rows: Any) -> None:
        from pyarrow import csv

        buffer = BytesIO()
        csv.write_csv(rows, buffer, csv.WriteOptions(include_header=False, quoting_style="all_valid"))
        columns = ", ".join(f'"{column}"' for column in rows.schema.names)
        statement = f'COPY "{name}" ({columns}) FROM STDIN (FORMAT csv)'
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(buffer.getvalue())

    def execute(self, sql: str) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(sql.encode())

    def fetch(self, sql: str, schema: Any) -> Any:
        from pyarrow import csv

        buffer = BytesIO()
        question = f"COPY ({sql}) TO STDOUT (FORMAT csv, HEADER true, FORCE_QUOTE *)"
        with self._connection.cursor() as cursor, cursor.copy(question.encode()) as copy:
            for piece in copy:
                buffer.write(piece)
        buffer.seek(0)
        # A quoted empty text is a text; an unquoted one is NULL. PostgreSQL writes a boolean as t or f.
        convert = csv.ConvertOptions(
            column_types=schema,
            true_values=["t"],
            false_values=["f"],
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        )
        # An empty line is a row too: the NULL of a question with one column.
        parse = csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False)
        return csv.read_csv(buffer, parse_options=parse, convert_options=convert).cast(schema)


class Postgres(Engine):
    """PostgreSQL 15 or later, at an address. Only temporary tables are made; the database's own are not touched."""

    name = "postgresql"

    def __init__(self, address: str) -> None:
        self._address = address

    @contextlib.contextmanager
    def connect(self) -> Iterator[Session]:
        import psycopg

        try:
            connection = psycopg.connect(self._address, autocommit=True, options="-c timezone=UTC -c datestyle=ISO")
        except psycopg.OperationalError as error:
            raise EngineUnavailable(
                "The PostgreSQL database for calculations did not answer. Check that it is running and that its "
                "address is right, or calculate with duckdb."
            ) from error
        try:
            # Temporary tables are found before any of the same name that the database may have.
            connection.execute("SET search_path TO pg_temp, pg_catalog")
            yield PostgresSession(connection)
        finally:
            connection.close()


def engine(name: str) -> Engine:
    """The engine of this name ("duckdb") or address ("postgresql://..."). Raises UnknownEngine."""
    if name == "duckdb":
        return DuckDB()
    if name.startswith(("postgresql://", "postgres://")):
        return Postgres(name)
    raise UnknownEngine(name)
