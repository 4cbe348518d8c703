"""Keeps a load of a few invented rows, of any kind, as reading or taking one would."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from holdfast.analytics.history import Snapshot
from holdfast.analytics.returns.cin_census import reader as cin_census
from holdfast.analytics.returns.reading import Gives, Reading
from holdfast.analytics.returns.writing import schema_of
from holdfast.analytics.store import Store
from holdfast.analytics.tables.contracts import TABLES

Rows = list[dict[str, Any]]


def keep(store: Store, folder: Path, kind: str, as_at: str, gives: Gives | None = None, **tables: Rows) -> str:
    """Keep rows as a load of the kind; what it gives is a census's unless said otherwise."""
    given = gives or cin_census.gives(date.fromisoformat(as_at))
    into = folder / f"{kind}-{as_at}-{len(list(folder.iterdir()))}"
    into.mkdir()
    for table in given.columns:
        filled = [{"row_number": n, **row} for n, row in enumerate(tables.get(table, []), 1)]
        pq.write_table(pa.Table.from_pylist(filled, schema=schema_of(TABLES[table])), into / f"{table}.parquet")
    n_rows = {table: len(found) for table, found in tables.items()}
    reading = Reading(kind, "0" * 64, n_rows, {}, [], into, lambda _: given, authority="999")
    return store.keep(reading, as_at=date.fromisoformat(as_at))


def rows(history: Snapshot, table: str) -> Rows:
    found: Rows = pq.read_table(history.tables[table]).to_pylist()
    return found
