"""Says which dates of a reading come after the day that it describes: nothing can have happened then.

Done when the day is known, which may be only when somebody said it, so that no reader has to. Not here: what may be
planned ahead, which is left alone. Rule: the date stays as it was sent.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from holdfast.analytics.faults import Fault
from holdfast.analytics.returns.reading import Reading
from holdfast.analytics.returns.writing import FAULTS, faults_table, parquet_writer
from holdfast.analytics.tables.contracts import TABLES
from holdfast.analytics.tables.shapes import Table

RULE: Final = "later-than-described"
WORDS: Final = "A date is after the day that the return describes, so nothing had happened then. It is kept as sent."
PLANNED: Final = frozenset(
    {
        *("pers_expected_dob", "icpc_icpc_target_date", "cppr_cp_review_due", "clar_cla_review_due_date"),
        *("cina_assessment_review_date", "clea_pathway_plan_review_date", "supv_next_due_date"),
    }
)
"""Days that are planned, and rightly lie ahead."""


def say_what_is_later(reading: Reading, as_at: date) -> Reading:
    """The reading with a fault for each of its dates after the day, each with its row and child."""
    found = [fault for name in reading.n_rows for fault in _later_in(reading, TABLES[name], as_at)]
    if not found:
        return reading
    path = reading.folder / f"{FAULTS}.parquet"
    every = pa.concat_tables([pq.read_table(path), faults_table(found)])
    with parquet_writer(path, every.schema) as writer:
        writer.write_table(every)
    return replace(reading, n_faults=dict(sorted({**reading.n_faults, RULE: len(found)}.items())))


def _later_in(reading: Reading, table: Table, as_at: date) -> Iterator[Fault]:
    path = reading.folder / f"{table.name}.parquet"
    if not table.is_of_children or not path.is_file():
        return
    child = next((name for name in table.column_names if name.endswith("_person_id")), "")
    dates = [column.name for column in table.columns if column.type == "date" and column.name not in PLANNED]
    rows = pq.read_table(path, columns=[*dates, *([child] if child else []), "row_number"])
    for column in dates:
        for row in rows.filter(pc.greater(rows[column], pa.scalar(as_at))).to_pylist():
            yield Fault(RULE, "error", table.name, column, row["row_number"], None, row.get(child) or "", WORDS)
