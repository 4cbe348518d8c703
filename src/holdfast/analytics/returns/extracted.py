"""Rows that a room gives, written as a reading: the same shape as a file that was read.

Not here: which rows (the room's extract.py). Rule: rows that do not fit their contract are refused whole.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from holdfast.analytics.returns.reading import Reading, whole_tables
from holdfast.analytics.returns.writing import FAULTS, faults_table, parquet_writer, schema_of
from holdfast.analytics.tables.contracts import TABLES

Row = Mapping[str, Any]


class NotToContract(ValueError):
    """Rows that a room gives do not fit the contract of their table. Says which table, never a value."""

    def __init__(self, kind: str, table: str, problem: str) -> None:
        super().__init__(f"What {kind} gives of the table {table} does not fit its contract: {problem}.")


def write_extract(kind: str, tables: Mapping[str, Sequence[Row]], *, since: date, into: Path) -> Reading:
    """Write the rows of each table into the folder, ordered by key. Equal rows give equal bytes, in whatever order.

    `since`: the first day that the records are known. A column that is left out is NULL. Raises NotToContract.
    """
    into.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    for name, given in sorted(tables.items()):
        rows = _in_order(kind, name, given)
        digest.update(json.dumps([name, [list(row.values()) for row in rows]], default=str).encode())
        _write(into / f"{name}.parquet", pa.Table.from_pylist(rows, schema=schema_of(TABLES[name])))
    _write(into / f"{FAULTS}.parquet", faults_table([]))
    return Reading(
        kind=kind,
        source_sha256=digest.hexdigest(),
        n_rows={name: len(given) for name, given in tables.items()},
        n_faults={},
        blocking=[],
        folder=into,
        gives=lambda as_at: whole_tables(*tables, since=since),
    )


def _in_order(kind: str, name: str, given: Iterable[Row]) -> list[dict[str, Any]]:
    """Whole rows, by key, numbered from 1."""
    if name not in TABLES or kind not in TABLES[name].supplied_by:
        raise NotToContract(kind, name, "the contracts do not name it as a supplier")
    table = TABLES[name]
    own, key = set(table.column_names), table.key[0]
    rows = [dict(row) for row in given]
    if any(not set(row) <= own for row in rows):
        raise NotToContract(kind, name, "a row has a column that the table has not")
    if any(not row.get(key) for row in rows) or len({row[key] for row in rows}) < len(rows):
        raise NotToContract(kind, name, "its key is missing from a row, or is there twice")
    ordered = sorted(rows, key=lambda row: str(row[key]))
    return [{**dict.fromkeys(table.column_names), **row, "row_number": n} for n, row in enumerate(ordered, 1)]


def _write(path: Path, rows: pa.Table) -> None:
    with parquet_writer(path, rows.schema) as writer:
        writer.write_table(rows)
