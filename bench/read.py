"""Reading a CIN census: time against raw expat with no handlers on the same file, peak memory, and how time grows.

python -m bench.read FILE FOLDER    reads one file and prints seconds and peak memory as JSON (used by `run`)
"""

import json
import subprocess
import sys
import tempfile
import time
import xml.parsers.expat
from pathlib import Path
from typing import Any

SMALL, LARGE = 10_000, 100_000


def peak_megabytes() -> float:
    """The most memory this process has held. The resource module is POSIX only; elsewhere there is no figure."""
    try:
        import resource
    except ImportError:
        return float("nan")
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1_000_000


def read_once(path: Path, folder: Path) -> dict[str, float]:
    # Loading the libraries (about a second, once in a process) is no part of reading a file, on either side.
    import pyarrow

    import holdfast.analytics.returns.cin_census.reader  # noqa: F401
    from holdfast.analytics import read_return

    pyarrow.array([1])  # the first array loads pandas, where it is installed
    started = time.perf_counter()
    read_return(path, into=folder)
    return {"seconds": time.perf_counter() - started, "peak_megabytes": peak_megabytes()}


def expat_once(path: Path) -> float:
    started = time.perf_counter()
    with path.open("rb") as file:
        xml.parsers.expat.ParserCreate().ParseFile(file)
    return time.perf_counter() - started


def in_a_process_of_its_own(path: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.read", str(path), folder]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(printed)


def run() -> dict[str, Any]:
    from holdfast.analytics import write_large_census

    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.xml", Path(folder) / "large.xml"
        write_large_census(small, SMALL, seed=1)
        write_large_census(large, LARGE, seed=1)
        small_seconds = min(in_a_process_of_its_own(small)["seconds"] for _ in range(3))
        reads = [in_a_process_of_its_own(large) for _ in range(3)]
        limit = min(expat_once(large) for _ in range(3))
        seconds = min(read["seconds"] for read in reads)
        return {
            "children": LARGE,
            "file megabytes": round(large.stat().st_size / 1_000_000),
            "raw expat, seconds": round(limit, 2),
            "read into Parquet, seconds": round(seconds, 2),
            "ratio to raw expat (at most 4)": round(seconds / limit, 2),
            "peak memory, MB (under 300)": round(max(read["peak_megabytes"] for read in reads)),
            "100,000 against 10,000 (at most 12)": round(seconds / small_seconds, 2),
        }


if __name__ == "__main__":
    print(json.dumps(read_once(Path(sys.argv[1]), Path(sys.argv[2]))))
