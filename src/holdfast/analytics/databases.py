"""Copies the SSD's tables out of a database by its address into files, which are then read like any return.

In one read-only transaction, so that the copy is of one moment; a release made of the files can be made again. Tried on
PostgreSQL and SQLite. SQL Server (`mssql+pyodbc://`) needs the extra `sqlserver` and was not tried: nobody had one.
Not here: reading the files (returns/ssd), when it is done and by whom. Rule: nothing of an address but its kind,
machine and database is ever shown, and columns that no table of ours takes never leave the database.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from holdfast.analytics.returns.ssd.plans import without_comments
from holdfast.analytics.returns.ssd.reader import READ
from holdfast.analytics.returns.ssd.source import TAKEN, name_of

AT_ONCE: Final = 5_000
KINDS: Final = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "mssql": "mssql+pyodbc"}
SYSTEM_SCHEMAS: Final = frozenset({"information_schema", "pg_catalog", "sys", "guest"})


class DatabaseNotRead(Exception):
    """A database could not be read. Says which it is, why, and what to do; never how to sign in."""


@dataclass(frozen=True)
class Copied:
    """What was copied: rows by table (the SSD's names without ssd_), and the address without how to sign in."""

    shown: str
    n_rows: Mapping[str, int]


def copy_database(address: str, into: Path, *, on: date) -> Copied:
    """Copy the SSD's tables into the folder as Parquet, each named for its table, with the day in `taken.json`.

    Raises DatabaseNotRead, leaving nothing that could be read for an extract.
    """
    from sqlalchemy.exc import SQLAlchemyError

    shown = shown_address(address)
    try:
        with _reading(address, shown) as connection:
            found = _tables(connection)
            if not found:
                raise DatabaseNotRead(
                    f"The database {shown} has no table of the Standard Safeguarding Dataset, such as ssd_person, that "
                    "this account may read. Ask who runs it for the schema and for permission to read its tables."
                )
            into.mkdir(parents=True, exist_ok=True)
            n_rows = {
                name: _copy(connection, table, columns, into / f"ssd_{name}.parquet")
                for name, (table, columns) in found.items()
            }
    except SQLAlchemyError as error:
        raise DatabaseNotRead(_why(shown, error)) from None
    (into / TAKEN).write_text(json.dumps({"taken_on": on.isoformat()}), encoding="utf-8")
    return Copied(shown, n_rows)


def shown_address(address: str) -> str:
    """The kind, machine and database of an address, without account, password or options. Raises DatabaseNotRead."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(address.strip())
    except (ArgumentError, ValueError):
        raise DatabaseNotRead(
            "The address of the database cannot be read. It should be like postgresql://account@machine/database, "
            "sqlite:///folder/file.db or mssql+pyodbc://account@machine/database."
        ) from None
    where = f"{url.host or ''}{f':{url.port}' if url.port else ''}"
    return f"{url.get_backend_name()}://{where}/{Path(url.database or '').name}"


@contextmanager
def _reading(address: str, shown: str) -> Iterator[Any]:
    """A connection in one transaction that cannot write."""
    from sqlalchemy import create_engine, text
    from sqlalchemy.engine import make_url
    from sqlalchemy.pool import NullPool

    url = make_url(address.strip())
    url = url.set(drivername=KINDS.get(url.drivername, url.drivername))
    kind = url.get_backend_name()
    if kind == "sqlite":
        if not url.database or not Path(url.database).is_file():
            raise DatabaseNotRead(f"There is no file for the database {shown}. Check its folder and name.")
        url = url.set(database=f"file:{Path(url.database).resolve().as_posix()}", query={"mode": "ro", "uri": "true"})
    try:
        engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    except (ImportError, ModuleNotFoundError):
        raise DatabaseNotRead(
            f"The driver for {kind} is not installed here. For SQL Server install Holdfast with its extra, "
            "holdfast[sqlserver], and Microsoft's ODBC driver."
        ) from None
    options: dict[str, Any] = {}
    if kind == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    if kind == "mssql":
        options |= {"isolation_level": "SNAPSHOT"}
    with engine.connect().execution_options(**options) as connection:
        if kind == "sqlite":
            connection.execute(text("PRAGMA query_only = ON"))
        try:
            yield connection
        finally:
            connection.rollback()


def _tables(connection: Any) -> dict[str, tuple[Any, Sequence[str]]]:
    """By the SSD's name: the table as the database has it, and its columns that are wanted.

    Where several schemas have a table of one name, the one whose schema has most of them: a council keeps trials beside
    the real one.
    """
    from sqlalchemy import column, inspect, table

    inspector = inspect(connection)
    schemas: dict[str | None, dict[str, tuple[Any, Sequence[str]]]] = {}
    for schema in [name for name in inspector.get_schema_names() if name.lower() not in SYSTEM_SCHEMAS]:
        own = schemas.setdefault(schema, {})
        for name in sorted([*inspector.get_table_names(schema), *inspector.get_view_names(schema)]):
            known = name_of(name)
            if known not in READ or (known in own and not name.lower().startswith("ssd_")):
                continue
            has = {each["name"].lower(): each["name"] for each in inspector.get_columns(name, schema)}
            wanted = [has[field] for field in READ[known] if field in has]
            if wanted and _is_of_the_ssd(known, has):
                own[known] = (table(name, *map(column, wanted), schema=schema), wanted)
    return max(schemas.values(), key=len, default={})


def _is_of_the_ssd(known: str, has: Mapping[str, str]) -> bool:
    """Whether a table of that name has the SSD's key: a council's own table may be called person, too."""
    return READ[known][0] in has or READ[known][1] in has


def _copy(connection: Any, table: Any, columns: Sequence[str], path: Path) -> int:
    """Write the wanted columns of one table as text; how many rows."""
    from sqlalchemy import select

    schema = pa.schema([(name.lower(), pa.string()) for name in columns])
    n_rows = 0
    asked = connection.execute(select(table).execution_options(stream_results=True))
    with pq.ParquetWriter(path, schema) as writer:
        for rows in asked.partitions(AT_ONCE):
            given = [
                [without_comments(name.lower(), _text(value)) for value in column]
                for name, column in zip(columns, zip(*rows, strict=True), strict=True)
            ]
            writer.write_table(pa.table([pa.array(column, pa.string()) for column in given], schema=schema))
            n_rows += len(rows)
    return n_rows


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, bytes | memoryview):
        return None
    return value.isoformat(sep=" ") if hasattr(value, "hour") and hasattr(value, "year") else str(value)


def _why(shown: str, error: Exception) -> str:
    """Why, by the kind of error alone: a driver's own words may hold the address, or a row."""
    from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, ProgrammingError

    if isinstance(error, ProgrammingError):
        why = "this account may not read its tables. Ask who runs the database for permission to read them"
    elif isinstance(error, OperationalError | InterfaceError):
        why = "it did not answer, or did not accept the account. Check the address, and that the machine can be reached"
    elif isinstance(error, DBAPIError):
        why = "its driver stopped. Ask who runs the database"
    else:
        why = "the address names a kind of database, or a driver, that is not known here"
    return f"The database {shown} could not be read: {why}. Nothing was kept."
