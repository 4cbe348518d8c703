"""Reading an SSD extract: processor time against reading every cell of its files, and peak memory at two sizes.

python -m bench.ssd WAY FOLDER INTO    reads one extract ("ours" or "cells"), and prints seconds and peak memory
"""

import csv
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.read import peak_megabytes

CHILDREN = (5_000, 20_000)


def write(folder: Path, n_children: int) -> int:
    """The extract of a large invented census; how many rows it has."""
    from holdfast.analytics.synthetic.large import write_large_census
    from holdfast.analytics.synthetic.ssd_csv import write_ssd

    census = folder.with_suffix(".xml")
    write_large_census(census, n_children, 1)
    return sum(write_ssd(census, folder, seed=1).values())


def cells(folder: Path) -> None:
    for path in folder.iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            for _ in csv.reader(file):
                pass


def read_once(way: str, folder: Path, into: Path) -> dict[str, float]:
    import duckdb
    import pyarrow

    import holdfast.analytics.returns.ssd.reader as ssd

    pyarrow.array([1])
    duckdb.connect().close()
    started = time.process_time()
    if way == "cells":
        cells(folder)
    else:
        ssd.read_ssd(folder, into)
    return {"seconds": time.process_time() - started, "peak_megabytes": peak_megabytes()}


def in_a_process_of_its_own(way: str, folder: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as into:
        command = [sys.executable, "-m", "bench.ssd", way, str(folder), into]
        found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def run() -> dict[str, Any]:
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as root:
        for n_children in CHILDREN:
            folder = Path(root) / f"extract {n_children}"
            n_rows = write(folder, n_children)
            limit, ours = in_a_process_of_its_own("cells", folder), in_a_process_of_its_own("ours", folder)
            figures[f"{n_children:,} children"] = {
                "rows": n_rows,
                "every cell as text, s": round(limit["seconds"], 2),
                "read into Parquet, s": round(ours["seconds"], 2),
                "ratio": round(ours["seconds"] / limit["seconds"], 1),
                "peak memory, MB": round(ours["peak_megabytes"]),
            }
    return figures


if __name__ == "__main__":
    print(json.dumps(read_once(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
