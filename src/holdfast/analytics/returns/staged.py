"""Lays out tables that a return came with as text, on disk, to be read in the order of their children.

For returns whose rows must be put beside one another: linked by their ids, or one child's together. Columns that are
not wanted are left behind here, before anything is read. Not here: which file is which table (each reader), and what a
row becomes. Rule: memory is bounded whatever the files' size.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns.several import csv_rows, header_of

SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".parquet"})
AT_ONCE = 10_000
WHOLE: Final = "regexp_replace(trim({}), '\\.0+$', '')"
"""An id in SQL as it is read: 1234.0 is 1234."""


def headings_of(path: Path, kind: str) -> list[str]:
    """The columns of a table's file, in lower case, as they stand. Raises UnreadableReturn."""
    if _is_parquet(path):
        return [name.strip().lower() for name in _parquet(path, kind).schema_arrow.names]
    _, cells = next(csv_rows(path, kind), (0, []))
    return [cell.strip().strip('"[]').lower() for cell in cells]


def beginning_of(path: Path) -> list[str]:
    """The headings of a file's beginning, [] where it has none. Never raises."""
    try:
        with path.open("rb") as file:
            is_parquet = file.read(4) == b"PAR1"
        heads = pq.read_schema(path).names if is_parquet else header_of(path) or []
    except (OSError, pa.ArrowException):
        return []
    return [head.strip().lower() for head in heads]


def _is_parquet(path: Path) -> bool:
    if path.suffix.lower() in SUFFIXES:
        return path.suffix.lower() == ".parquet"
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _parquet(path: Path, kind: str) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)
    except (pa.ArrowException, OSError):
        raise UnreadableReturn(kind, expected=f"The file {path.name[:60]} should be a whole Parquet file.") from None


Shown = Callable[[str, str | None], str | None]


def sorting_in(folder: Path) -> Any:
    """A DuckDB of bounded memory that puts aside in this folder what does not fit, and fetches nothing for itself."""
    import duckdb  # slow to load, and recognising a file needs none of it

    settings = {"memory_limit": "400MB", "threads": 1, "temp_directory": str(folder)}
    alone = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    return duckdb.connect(config={**settings, **alone})


class Stage:
    """The tables of one extract as text, on disk, to be asked for in order. `columns` says which each has.

    `moved` are the lines of each that were left out, since they have more values than there are headings.
    """

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder, self.kind = folder, kind
        self.connection = sorting_in(folder)
        self.columns: dict[str, tuple[str, ...]] = {}
        self.moved: dict[str, list[int]] = {}

    def lay(self, name: str, path: Path, wanted: Sequence[str], shown: Shown = lambda _, cell: cell) -> None:
        """Lay out the wanted columns of a table that its file has, as text, with each row's line.

        `shown` gives what of a column's cell may be written down.
        """
        heads = headings_of(path, self.kind)
        has = tuple(column for column in wanted if column in heads)
        self.columns[name] = has
        schema = pa.schema([*((column, pa.string()) for column in has), ("line", pa.int64())])
        with pq.ParquetWriter(self._path(name), schema) as writer:
            is_parquet, moved = _is_parquet(path), self.moved.setdefault(name, [])
            batches = _from_parquet(path, has, self.kind) if is_parquet else self._from_csv(path, heads, has, moved)
            for batch in batches:
                for column in has:
                    if column.endswith("_json"):
                        texts = [each.as_py() if isinstance(each, pa.Scalar) else each for each in batch[column]]
                        batch[column] = [shown(column, text) for text in texts]
                writer.write_table(pa.table(batch, schema=schema))

    def _from_csv(
        self, path: Path, heads: Sequence[str], has: Sequence[str], moved: list[int]
    ) -> Iterator[dict[str, Any]]:
        places = [heads.index(column) for column in has]
        rows = csv_rows(path, self.kind, moved)
        next(rows, None)
        columns: list[list[Any]] = [[] for _ in range(len(places) + 1)]
        for line, cells in rows:
            for column, place in zip(columns, places, strict=False):
                column.append(cells[place])
            columns[-1].append(line)
            if len(columns[-1]) >= AT_ONCE:
                yield dict(zip((*has, "line"), columns, strict=True))
                columns = [[] for _ in range(len(places) + 1)]
        yield dict(zip((*has, "line"), columns, strict=True))

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.stage.parquet"

    def source(self, name: str) -> str:
        return f"read_parquet('{str(self._path(name)).replace(chr(39), chr(39) * 2)}')"

    def ids(self, name: str) -> "Ids":
        """Where the ids that a table's own are turned into are kept while they are made."""
        return Ids(self._path(f"ids_{name}"))

    def has_ids(self, name: str) -> bool:
        return self._path(f"ids_{name}").exists()

    def rows(
        self, name: str, order: Sequence[str], links: Mapping[str, str], child: str = ""
    ) -> Iterator[dict[str, Any]]:
        """Each row by its fields, in order; for each link (field -> table), `<field>_made` and `<field>_child` too.

        `child`: the field of the child's reference, since two children may share what one id names.
        """
        joins, shown = [], ["t.*"]
        for n, (field, parent) in enumerate(links.items()):
            same = f' AND p{n}.child = {WHOLE.format(f"""t."{child}" """)}' if child else ""
            own = WHOLE.format(f't."{field}"')
            joins.append(f"LEFT JOIN {self.source(f'ids_{parent}')} AS p{n} ON {own} = p{n}.own{same}")
            shown.append(f'p{n}.made AS "{field}_made", p{n}.child AS "{field}_child"')
        by = ", ".join([*(f't."{field}" NULLS FIRST' for field in order), "t.line"])
        select = f"SELECT {', '.join(shown)} FROM {self.source(name)} AS t {' '.join(joins)} ORDER BY {by}"  # noqa: S608
        asked = self.connection.execute(select)
        names = [part[0] for part in asked.description]
        while batch := asked.fetchmany(AT_ONCE):
            yield from (dict(zip(names, row, strict=True)) for row in batch)

    def n_without(self, name: str, field: str, other: str) -> int:
        """How many values of a field of one table are not among those of another's."""
        own, others = (f'SELECT trim("{field}") FROM {self.source(table)}' for table in (name, other))  # noqa: S608
        found = self.connection.execute(f"SELECT count(*) FROM ({own} EXCEPT {others})").fetchone()  # noqa: S608
        return int(found[0]) if found else 0

    def close(self) -> None:
        self.connection.close()


class Ids:
    """The ids of a table: its own, what was made of it, and its child. A context manager; written as they come."""

    SCHEMA = pa.schema([("own", pa.string()), ("made", pa.string()), ("child", pa.string())])

    def __init__(self, path: Path) -> None:
        self.writer = pq.ParquetWriter(path, self.SCHEMA)
        self.waiting: list[tuple[str, str, str]] = []

    def add(self, own: str, made: str, child: str) -> None:
        self.waiting.append((own, made, child))
        if len(self.waiting) >= AT_ONCE:
            self._write()

    def _write(self) -> None:
        columns = list(zip(*self.waiting, strict=True)) or [(), (), ()]
        self.writer.write_table(pa.table([pa.array(column, pa.string()) for column in columns], schema=self.SCHEMA))
        self.waiting.clear()

    def __enter__(self) -> "Ids":
        return self

    def __exit__(self, *_: object) -> None:
        self._write()
        self.writer.close()


def _from_parquet(path: Path, has: Sequence[str], kind: str) -> Iterator[dict[str, Any]]:
    file = _parquet(path, kind)
    own = {name.strip().lower(): name for name in file.schema_arrow.names}
    line = 1
    for batch in file.iter_batches(batch_size=AT_ONCE, columns=[own[column] for column in has]):
        given = {column: _as_text(batch.column(batch.schema.get_field_index(own[column]))) for column in has}
        yield {**given, "line": pa.array(range(line + 1, line + 1 + batch.num_rows), pa.int64())}
        line += batch.num_rows


def _as_text(values: Any) -> Any:
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_binary(values.type) or pa.types.is_nested(values.type):
        return pa.nulls(len(values), pa.string())
    return values.cast(pa.string())
