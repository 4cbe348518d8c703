"""Fourteen indicators, monthly over ten years by referral source and age band, against SQL written by hand.

A county of 150,000 referrals, invented by arithmetic on row numbers (no child, nothing random). Both run on DuckDB over
the same Parquet files, and must give equal counts before the seconds mean anything. `run()` gives the ratio.

    python -m bench.calculate FOLDER WAY    one way in a process of its own; prints seconds and peak memory as JSON
"""

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.read import peak_megabytes
from holdfast.analytics.cover import Cover, Part
from holdfast.analytics.tables.contracts import TABLES

REFERRALS = 150_000
FIRST_DAY, AS_AT = date(2010, 4, 1), date(2020, 3, 31)
FIRST_MONTH, LAST_MONTH = "2010-04", "2020-03"
BREAKDOWNS = ("referral_source", "age_band")
SQL = Path(__file__).with_name("calculate.sql")
INVENTED = Path(__file__).with_name("invent.sql")
COUNTS = """
    WITH r AS ({})
    SELECT period, CASE grouping(source, band) WHEN 3 THEN '' WHEN 1 THEN 'referral_source' ELSE 'age_band' END,
           CASE grouping(source, band) WHEN 3 THEN '' WHEN 1 THEN coalesce(source, 'not known')
                ELSE coalesce(band, 'not known') END,
           count(*) FILTER (hit), count(*) FILTER (NOT hit), count(*) FILTER (hit IS NULL)
    FROM r GROUP BY GROUPING SETS ((period), (period, source), (period, band))
"""


@dataclass(frozen=True)
class Snapshot:
    """What calculate needs of a snapshot."""

    id: str
    tables: dict[str, Path]
    first_day: date = FIRST_DAY
    as_at: date = AS_AT
    holds: frozenset[str] = frozenset(BREAKDOWNS)

    @property
    def cover(self) -> Cover:
        """Every table and column, on every day."""
        whole = (self.first_day, self.as_at, "invented", self.id)
        return Cover({name: (Part(*whole, frozenset(table.column_names)),) for name, table in TABLES.items()})


def snapshot(folder: Path) -> Snapshot:
    return Snapshot("0" * 64, {path.stem: path for path in sorted(folder.glob("*.parquet"))})


def questions() -> dict[str, str]:
    """Each indicator of which there is SQL by hand, and that SQL."""
    parts = (question.split("\n", 1) for question in SQL.read_text().split("-- question ")[1:])
    return {indicator.strip(): sql for indicator, sql in parts}


def invent(folder: Path, referrals: int) -> None:
    """Write the canonical Parquet of an invented county. Equal for equal numbers of referrals."""
    import duckdb

    from holdfast.analytics import TABLES

    kinds = {"text": "VARCHAR", "date": "DATE", "flag": "BOOLEAN", "integer": "INTEGER"}
    connection = duckdb.connect()
    connection.execute(f"SET VARIABLE n = {referrals}")
    connection.execute(INVENTED.read_text())
    made = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    for name, table in TABLES.items():
        if name not in made:
            continue
        has = {row[0] for row in connection.execute(f"DESCRIBE {name}").fetchall()}
        columns = [f"{c.name if c.name in has else 'NULL'}::{kinds[c.type]} AS {c.name}" for c in table.columns]
        columns += ["(row_number() OVER ())::INTEGER AS row_number", f"DATE '{AS_AT}' AS as_at"]
        select = f"SELECT {', '.join(columns)} FROM {name}"  # noqa: S608  names from the contracts
        connection.execute(f"COPY ({select}) TO '{folder / name}.parquet'")


def ours(folder: Path) -> dict[tuple[str, ...], tuple[int, ...]]:
    """calculate's counting, from opening the engine to the counts."""
    from holdfast.analytics.calculation import counted
    from holdfast.analytics.calendar import periods
    from holdfast.analytics.engines import engine
    from holdfast.analytics.indicators.definitions import INDICATORS

    found: dict[tuple[str, ...], tuple[int, ...]] = {}
    months = [p for p in periods(FIRST_MONTH, LAST_MONTH, AS_AT) if p.kind == "month"]
    with engine("duckdb").open(snapshot(folder), months) as (session, held):
        for definition, counts in counted(session, held, [INDICATORS[name] for name in questions()], BREAKDOWNS):
            for row in counts.to_pylist():
                key = (definition.id, row["period"], row["breakdown"], row["group"])
                found[key] = (row["n_in"], row["n_not"], row["n_unknown"])
    return found


def by_hand(folder: Path) -> dict[tuple[str, ...], tuple[int, ...]]:
    """The same questions in DuckDB's own SQL, as an analyst who knew DuckDB well would write them."""
    import duckdb

    connection = duckdb.connect()
    for name, path in snapshot(folder).tables.items():
        connection.execute(f"CREATE VIEW {name} AS FROM read_parquet('{path}')")
    prepare_calendar(connection)
    found: dict[tuple[str, ...], tuple[int, ...]] = {}
    for indicator, sql in questions().items():
        for period, breakdown, group, *counts in connection.execute(COUNTS.format(sql)).fetchall():
            found[(indicator, period, breakdown, group)] = tuple(counts)
    return found


def prepare_calendar(connection: Any) -> None:
    """Working days and month ends: made here from the list of bank holidays, as by hand."""
    import pyarrow as pa

    from holdfast.analytics.calendar import bank_holidays

    connection.register("bank_holiday", pa.table({"day": pa.array(sorted(bank_holidays()), pa.date32())}))
    connection.execute(
        f"""
        CREATE TABLE calendar AS
        SELECT day::DATE AS day, strftime(day, '%Y-%m') AS month,
               (sum((isodow(day) < 6 AND day NOT IN (SELECT day FROM bank_holiday))::INT) OVER (ORDER BY day))::INT AS n
        FROM generate_series(DATE '2010-01-01', DATE '2021-12-31', INTERVAL 1 DAY) t(day);
        CREATE MACRO band(born, expected, day) AS
        CASE WHEN born IS NULL AND expected > day THEN 'unborn' WHEN born > day THEN 'unborn'
             WHEN born > day - INTERVAL 1 YEAR THEN '0' WHEN born > day - INTERVAL 5 YEAR THEN '1-4'
             WHEN born > day - INTERVAL 10 YEAR THEN '5-9' WHEN born > day - INTERVAL 16 YEAR THEN '10-15'
             WHEN born > day - INTERVAL 18 YEAR THEN '16-17' WHEN born IS NOT NULL THEN '18+' END;
        CREATE TABLE month_end AS
        SELECT day AS ends_on, month, n FROM calendar
        WHERE day = last_day(day) AND day BETWEEN DATE '{FIRST_DAY}' AND DATE '{AS_AT}'
        """  # noqa: S608  two dates written above
    )


WAYS = {"ours": ours, "by hand": by_hand}


def once(folder: Path, way: str) -> dict[str, float]:
    """Seconds of one way. Importing the libraries, which a process does once, is left out on both sides."""
    import duckdb
    import pandas
    import pyarrow

    assert duckdb, (pandas, pyarrow)
    if way == "ours":
        import ibis.backends.sql.compilers

        import holdfast.analytics.calculation

        assert ibis.backends.sql.compilers, holdfast.analytics.calculation
    started = time.perf_counter()
    WAYS[way](folder)
    return {"seconds": time.perf_counter() - started, "peak_megabytes": peak_megabytes()}


def in_a_process_of_its_own(folder: Path, way: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.calculate", str(folder), way]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def run(referrals: int = REFERRALS, repeats: int = 3) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        invent(folder, referrals)
        first, second = ours(folder), by_hand(folder)
        if first != second:
            wrong = sorted(key for key in first.keys() | second.keys() if first.get(key) != second.get(key))
            raise AssertionError(f"{len(wrong)} counts differ, such as {wrong[0]}")
        pairs = [{way: in_a_process_of_its_own(folder, way) for way in WAYS} for _ in range(repeats)]
        seconds = {way: min(pair[way]["seconds"] for pair in pairs) for way in WAYS}
        return {
            "referrals": referrals,
            "counts compared, all equal": len(first),
            "counted, seconds": round(seconds["ours"], 2),
            "hand-written SQL, seconds": round(seconds["by hand"], 2),
            "ratio (at most 2)": round(seconds["ours"] / seconds["by hand"], 2),
            "counted, peak megabytes": round(max(pair["ours"]["peak_megabytes"] for pair in pairs)),
            "hand-written SQL, peak megabytes": round(max(pair["by hand"]["peak_megabytes"] for pair in pairs)),
        }


if __name__ == "__main__":
    print(json.dumps(once(Path(sys.argv[1]), sys.argv[2])))
