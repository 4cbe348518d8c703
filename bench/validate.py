"""Holding a CIN census to all the rules of a year: time against raw expat on the same file, peak memory, how it grows.

python -m bench.validate FILE    holds one file to the rules and prints its figures as JSON (used by `run`)
"""

import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from bench.read import LARGE, SMALL, expat_once, peak_megabytes

YEAR = "2025/26"


def validate_once(path: Path) -> dict[str, Any]:
    # Loading the libraries (about a second, once in a process) is no part of it, on either side.
    import duckdb
    import pyarrow.compute

    from holdfast.analytics import validate_census, validate_census_file, working_days

    pyarrow.compute.utf8_upper(pyarrow.array(["a"]))
    duckdb.connect().execute("SELECT 1").fetchall()
    validate_census({}, YEAR)
    working_days(date(2025, 4, 1), date(2025, 4, 2))  # the first asks for the bank holidays
    started = time.perf_counter()
    found = validate_census_file(path, YEAR)
    return {
        "seconds": time.perf_counter() - started,
        "peak_megabytes": peak_megabytes(),
        "not_run": len(found.not_run),
        "slowest": sorted(found.seconds.items(), key=lambda timed: -timed[1])[:5],
    }


def in_a_process_of_its_own(path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.validate", str(path)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def run() -> dict[str, Any]:
    from holdfast.analytics import census_rules, write_large_census

    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.xml", Path(folder) / "large.xml"
        write_large_census(small, SMALL, seed=1)
        write_large_census(large, LARGE, seed=1)
        limit = min(expat_once(small) for _ in range(3))
        smalls = [in_a_process_of_its_own(small) for _ in range(3)]
        best = min(smalls, key=lambda one: one["seconds"])
        larger = in_a_process_of_its_own(large)
    slowest = ", ".join(f"{rule} {seconds * 1000:.0f}" for rule, seconds in best["slowest"])
    return {
        "rules run of the year's": f"{len(census_rules(YEAR)) - best['not_run']} of {len(census_rules(YEAR))}",
        "10,000 children, raw expat, seconds": round(limit, 2),
        "10,000 children read and held to the rules, seconds": round(best["seconds"], 2),
        "at most (6 times raw expat, and 2 s)": round(6 * limit + 2, 2),
        "peak memory, MB (under 250)": round(max(one["peak_megabytes"] for one in smalls)),
        "the slowest five rules, milliseconds": slowest,
        "100,000 children, seconds": round(larger["seconds"], 2),
        "100,000 against 10,000 (at most 12)": round(larger["seconds"] / best["seconds"], 2),
        "peak memory for 100,000, MB": round(larger["peak_megabytes"]),
    }


if __name__ == "__main__":
    print(json.dumps(validate_once(Path(sys.argv[1]))))
