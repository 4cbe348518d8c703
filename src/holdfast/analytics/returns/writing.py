"""Rows and faults gathered while a file is read, and written as Parquet, a row group every few thousand children.

Every table that the kind of return fills is written, also where this one has no row of it. Not here: what the rows
mean. Rule: the same rows give the same bytes. One thread writes while the next rows are read.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from holdfast.analytics.faults import Fault
from holdfast.analytics.returns.reading import Gives, Reading
from holdfast.analytics.tables.contracts import TABLES, Table

ARROW_TYPES = {
    "text": pa.string(),
    "date": pa.date32(),
    "flag": pa.bool_(),
    "integer": pa.int32(),
    "decimal": pa.decimal128(18, 6),
}
FAULT_TYPES = {
    "rule": pa.string(),
    "severity": pa.string(),
    "table": pa.string(),
    "column": pa.string(),
    "row_number": pa.int64(),
    "line": pa.int64(),
    "child": pa.string(),
    "words": pa.string(),
    "census_rule": pa.string(),
}
FAULT_SCHEMA = pa.schema(list(FAULT_TYPES.items()))
FAULTS = "faults"
FAULTS_AT_ONCE = 20_000


def schema_of(table: Table) -> pa.Schema:
    """The Arrow schema of a table of a load: the contract's columns, then row_number and unread.

    unread: the columns of which something was sent that could not be understood, with a space between; NULL for none.
    """
    fields = [(column.name, ARROW_TYPES[column.type]) for column in table.columns]
    return pa.schema([*fields, ("row_number", pa.int32()), ("unread", pa.string())])


def ascends(keys: pa.ChunkedArray) -> bool:
    """Whether each text is greater than the one before it, by its bytes: in order, none missing, none twice."""
    own = keys.combine_chunks()
    if not len(own):
        return True
    is_less = pc.less(own.slice(0, len(own) - 1), own.slice(1))
    return own.null_count == 0 and bool(pc.all(is_less, min_count=0).as_py())


def parquet_writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """The one way a Parquet file is written: the same settings everywhere, so that bytes can be compared.

    An id is in its column once or a few times, so that a dictionary of them, or their least and greatest, is no help.
    """
    repeated = [field.name for field in schema if not field.name.endswith("_id")]
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=1,
        version="2.6",
        use_dictionary=repeated,
        write_statistics=repeated,
    )


class Rows:
    """The rows of one table that have not been written yet. `add` takes the filled columns of a row in their order.

    Values wait in one flat list, row after row: a list of rows costs twice the time, most of it in the collector.
    """

    def __init__(self, folder: Path, table: Table, filled: tuple[str, ...]) -> None:
        self.schema = schema_of(table)
        self.filled = filled
        self.waiting: list[Any] = []
        self.add = self.waiting.extend
        self.n_written = 0
        self.unread: dict[int, list[str]] = {}
        # By column: how many values were understood, were sent and not understood, and were required and not sent.
        self.n_read: Counter[str] = Counter()
        self.n_unread: Counter[str] = Counter()
        self.n_missing: Counter[str] = Counter()
        self.writer = parquet_writer(folder / f"{table.name}.parquet", self.schema)

    @property
    def next_number(self) -> int:
        """The row number that the next row added will have."""
        return self.n_written + len(self.waiting) // len(self.filled) + 1

    def not_understood(self, column: str) -> None:
        """The row that is being read was sent something in this column that could not be understood."""
        marks = self.unread.setdefault(self.next_number, [])
        if column not in marks:
            marks.append(column)
            self.n_unread[column] += 1

    def understood(self, column: str) -> None:
        """What the column says is known after all, from elsewhere in the row that is being read."""
        marks = self.unread.get(self.next_number, [])
        if column in marks:
            marks.remove(column)
            self.n_unread[column] -= 1

    def left_out(self) -> None:
        """The row that is being read is not added after all."""
        self.n_unread.subtract(self.unread.pop(self.next_number, []))

    def take(self) -> pa.Table | None:
        """The waiting rows as one Arrow table, and none are waiting any more. None when there are none."""
        if not self.waiting:
            return None
        width = len(self.filled)
        n_rows = len(self.waiting) // width
        values = {name: self.waiting[place::width] for place, name in enumerate(self.filled)}
        arrays = []
        for field in self.schema:
            if field.name == "row_number":
                arrays.append(pa.array(range(self.n_written + 1, self.n_written + n_rows + 1), pa.int32()))
            elif field.name == "unread":
                numbers = range(self.n_written + 1, self.n_written + n_rows + 1)
                marks = [self.unread.pop(number, None) for number in numbers] if self.unread else [None] * n_rows
                arrays.append(pa.array([" ".join(mark) if mark else None for mark in marks], pa.string()))
            elif field.name not in values:
                arrays.append(pa.nulls(n_rows, field.type))
            elif pa.types.is_date(field.type):
                arrays.append(pa.array(values[field.name], pa.int32()).view(pa.date32()))
            else:
                arrays.append(pa.array(values[field.name], field.type))
        self.n_written += n_rows
        self.waiting.clear()
        for name, array in zip(self.schema.names, arrays, strict=True):
            self.n_read[name] += len(array) - array.null_count
        return pa.Table.from_arrays(arrays, schema=self.schema)


class Gathered:
    """All tables and the faults of one file being read. A context manager: leaving it closes every file."""

    def __init__(self, folder: Path, filled: Mapping[str, tuple[str, ...]]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.tables = {name: Rows(folder, table, filled[name]) for name, table in TABLES.items() if name in filled}
        self.n_faults: Counter[str] = Counter()
        self._faults: list[Fault] = []
        self._fault_writer = parquet_writer(folder / f"{FAULTS}.parquet", FAULT_SCHEMA)
        self._aside = ThreadPoolExecutor(max_workers=1)  # one, so that what is written keeps its order
        self._under_way: list[Future[Any]] = []

    def fault(self, fault: Fault) -> None:
        self.n_faults[fault.rule] += 1
        self._faults.append(fault)
        if len(self._faults) >= FAULTS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Hand what waits to the writing thread, once it is done with what it was handed before."""
        self._settle()
        for rows in self.tables.values():
            table = rows.take()
            if table is not None:
                self._under_way.append(self.aside(rows.writer.write_table, table))
        if self._faults:
            self._under_way.append(self.aside(self._fault_writer.write_table, faults_table(self._faults)))
            self._faults.clear()

    def aside(self, work: Callable[..., Any], *given: Any) -> Future[Any]:
        """Do this on the writing thread, after what it was given before."""
        return self._aside.submit(work, *given)

    def _settle(self) -> None:
        for work in self._under_way:
            work.result()
        self._under_way.clear()

    @property
    def n_rows(self) -> dict[str, int]:
        return {name: rows.n_written for name, rows in self.tables.items()}

    def reading(
        self, kind: str, source_sha256: str, gives: Callable[[date], Gives], *, blocking: Sequence[str] = ()
    ) -> Reading:
        """What was written, once every file is closed, as the reading of a return that says nothing of itself."""
        by_rule = dict(sorted(self.n_faults.items()))
        return Reading(kind, source_sha256, self.n_rows, by_rule, blocking, self.folder, gives)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is None:
                self.flush()
                self._settle()
        finally:
            self._aside.shutdown(cancel_futures=True)
            self._close()

    def _close(self) -> None:
        for rows in self.tables.values():
            rows.writer.close()
        self._fault_writer.close()


def faults_table(faults: list[Fault]) -> pa.Table:
    """Faults as an Arrow table, one row each, in their order."""
    columns = {name: [getattr(fault, name) for fault in faults] for name in FAULT_TYPES}
    return pa.table(columns, schema=FAULT_SCHEMA)
