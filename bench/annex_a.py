"""Reading an Annex A workbook: processor time against the library's own read of every cell of it, and peak memory.

python -m bench.annex_a WAY FILE FOLDER    reads one file ("ours" or "theirs"), and prints seconds and peak memory
"""

import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from bench.read import peak_megabytes

ROWS, AS_AT = 50_000, date(2014, 1, 31)


def write(path: Path) -> int:
    """A workbook of that many rows: a small authority's, again and again, of other children each time."""
    from holdfast.analytics.synthetic.annex_a import AsAt, write_lists
    from holdfast.analytics.synthetic.authority import invent

    own = AsAt(invent(5, 0.2), AS_AT).lists()
    turns = -(-ROWS // sum(len(rows) for rows in own.values()))
    lists = {
        number: [[f"{row[0]}X{turn}", *row[1:]] for turn in range(turns) for row in rows]
        for number, rows in own.items()
    }
    write_lists(lists, path, as_at=AS_AT)
    return sum(len(rows) for rows in lists.values())


def theirs(path: Path) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        for _ in book.get_sheet_by_name(name).iter_rows():
            pass


def read_once(way: str, path: Path, folder: Path) -> dict[str, float]:
    import pyarrow

    import holdfast.analytics.returns.annex_a.reader as annex_a

    pyarrow.array([1])  # the first array loads pandas, where it is installed
    started = time.process_time()
    if way == "theirs":
        theirs(path)
    else:
        annex_a.read_annex_a(path, folder)
    return {"seconds": time.process_time() - started, "peak_megabytes": peak_megabytes()}


def in_a_process_of_its_own(way: str, path: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.annex_a", way, str(path), folder]
        found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def run() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annex a.xlsx"
        n_rows = write(path)
        reads = [(in_a_process_of_its_own("theirs", path), in_a_process_of_its_own("ours", path)) for _ in range(3)]
        limit = min(one["seconds"] for one, _ in reads)
        seconds = min(one["seconds"] for _, one in reads)
        return {
            "rows": n_rows,
            "file megabytes": round(path.stat().st_size / 1_000_000, 1),
            "every cell by the library alone, processor seconds": round(limit, 2),
            "read into Parquet, processor seconds": round(seconds, 2),
            "ratio (under 5)": round(seconds / limit, 2),
            "peak memory of the library alone, MB": round(max(one["peak_megabytes"] for one, _ in reads)),
            "peak memory, MB": round(max(one["peak_megabytes"] for _, one in reads)),
        }


if __name__ == "__main__":
    print(json.dumps(read_once(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
