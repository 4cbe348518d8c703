"""Returns of several files for tests: a folder of CSV files, and what reading one gave."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from holdfast.analytics.returns.reading import Reading
from holdfast.analytics.store import read_faults


def write_files(folder: Path, files: Mapping[str, str], encoding: str = "utf-8") -> Path:
    """A folder with these files; each is lines of cells, its indentation taken off."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        lines = [line.strip(" ") for line in text.strip(" \n").splitlines()]
        (folder / name).write_text("\n".join(lines) + "\n", encoding=encoding)
    return folder


def rows_of(reading: Reading, table: str) -> list[dict[str, Any]]:
    return pq.read_table(reading.folder / f"{table}.parquet").to_pylist()


def faults_of(reading: Reading) -> list[tuple[str, str, str]]:
    """Each fault's rule, table and column."""
    found = read_faults(reading.folder / "faults.parquet", limit=10_000)
    return [(fault.rule, fault.table, fault.column) for fault in found]


def words_of(reading: Reading) -> str:
    return "\n".join(fault.words for fault in read_faults(reading.folder / "faults.parquet", limit=10_000))


def every_byte(reading: Reading) -> bytes:
    """The values of every table and the faults' words, to look for what should not be there."""
    tables = [str(pq.read_table(path).to_pylist()) for path in sorted(reading.folder.glob("*.parquet"))]
    return "\n".join(tables).encode()
