"""Rows that a room gives, written as a reading: the same shape as a file that was read.

Not here: which rows (the room's extract.py). Rule: rows that do not fit their contract are refused whole.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import compute

from holdfast.analytics.returns.reading import Reading, whole_tables
from holdfast.analytics.returns.writing import FAULTS, ascends, faults_table, parquet_writer, schema_of
from holdfast.analytics.tables.contracts import TABLES

Row = Mapping[str, Any]
Rows = Sequence[Row] | Mapping[str, Sequence[Any]]
"""Rows one by one, or as columns of equal length."""


class NotToContract(ValueError):
    """Rows that a room gives do not fit the contract of their table. Says which table, never a value."""

    def __init__(self, kind: str, table: str, problem: str) -> None:
        super().__init__(f"What {kind} gives of the table {table} does not fit its contract: {problem}.")


def write_extract(kind: str, tables: Mapping[str, Rows], *, since: date, into: Path) -> Reading:
    """Write the rows of each table into the folder, ordered by key. Equal rows give equal bytes, in whatever order.

    `since`: the first day that the records are known. A column that is left out is NULL. Raises NotToContract.
    """
    into.mkdir(parents=True, exist_ok=True)
    digest, n_rows = hashlib.sha256(), {}
    for name, given in sorted(tables.items()):
        place, rows = into / f"{name}.parquet", _in_order(kind, name, given)
        n_rows[name] = rows.num_rows
        _write(place, rows)
        with place.open("rb") as written:
            digest.update(f"{name} {hashlib.file_digest(written, 'sha256').hexdigest()}\n".encode())
    _write(into / f"{FAULTS}.parquet", faults_table([]))
    return Reading(
        kind=kind,
        source_sha256=digest.hexdigest(),
        n_rows={name: n_rows[name] for name in tables},
        n_faults={},
        blocking=[],
        folder=into,
        gives=lambda as_at: whole_tables(*tables, since=since),
    )


def _in_order(kind: str, name: str, given: Rows) -> pa.Table:
    """Whole rows, by the bytes of their key, numbered from 1."""
    if name not in TABLES or kind not in TABLES[name].supplied_by:
        raise NotToContract(kind, name, "the contracts do not name it as a supplier")
    table = TABLES[name]
    own = frozenset(table.column_names)
    if not all(own.issuperset(row) for row in ([given] if isinstance(given, Mapping) else given)):
        raise NotToContract(kind, name, "a row has a column that the table has not")
    try:
        rows = _as_table(given, schema_of(table))
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        # Arrow's own words repeat the value.
        raise NotToContract(kind, name, "a value is not of its column's type") from None
    keys = rows[table.key[0]]
    is_filled = compute.all(compute.greater(keys, ""), skip_nulls=False).as_py() if len(keys) else True
    rows = rows.take(compute.sort_indices(keys))
    if not is_filled or not ascends(rows[table.key[0]]):
        raise NotToContract(kind, name, "its key is missing from a row, or is there twice")
    numbers = pa.array(range(1, len(keys) + 1), pa.int32())
    return rows.set_column(rows.schema.get_field_index("row_number"), "row_number", numbers)


def _as_table(given: Rows, schema: pa.Schema) -> pa.Table:
    if not isinstance(given, Mapping):
        return pa.Table.from_pylist(given, schema=schema)
    n = max(map(len, given.values()), default=0)
    columns = [
        pa.array(given[field.name], field.type) if field.name in given else pa.nulls(n, field.type) for field in schema
    ]
    return pa.table(columns, schema=schema)


def _write(path: Path, rows: pa.Table) -> None:
    with parquet_writer(path, rows.schema) as writer:
        writer.write_table(rows)
