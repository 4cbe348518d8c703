"""A published release with rows written by hand, for frames: no return is read, and nothing is counted."""

from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from holdfast.access import clock
from holdfast.analytics.calculation import ROW_SCHEMA, as_facts
from holdfast.analytics.figure import month
from holdfast.analytics.store import Store
from holdfast.performance.models import Release

MAY: Final = month(2031, 5)
Rows = dict[str, list[tuple[str, bool | None, str | None]]]
"""Indicator to its rows in May 2031: the child's reference ("A/2" the second record of A), whether it is counted in,
the team that holds the case."""


def release(programme: Any, rows: Rows, number: int = 1) -> Release:
    """A published release that holds these rows, with the teams that hold cases as its one breakdown."""

    def build(folder: Path) -> dict[str, Any]:
        (folder / "rows").mkdir()
        for indicator, own in rows.items():
            table = pa.Table.from_pylist(
                [_row(*each) for each in sorted(own)], schema=ibis.schema(ROW_SCHEMA).to_pyarrow()
            )
            pq.write_table(table, folder / "rows" / f"{indicator}.parquet")
        facts = {"first_day": "2031-05-01", "as_at": "2031-05-31", "snapshot": "x", "sources": {}}
        facts |= {"periods": [as_facts(MAY)], "indicators": dict.fromkeys(rows, 1), "can_break_down": ["case_team"]}
        held = {"indicators": list(rows), "periods": [as_facts(MAY)], "spans": [["2031-05-01", "2031-05-31"]]}
        return {**facts, "held": [held], "number": number}

    store = Store(Path(settings.HOLDFAST_DATA) / "store")
    name = store.write_folder("releases", build)
    at = datetime(2031, 6, 1, 9, tzinfo=clock.LONDON)
    facts = {"calculation_id": name, "snapshot_id": "x", "engine": "duckdb", "as_at": date(2031, 5, 31)}
    facts |= {"n_figures": 0, "calculated_at": at, "published_at": at, "state": "published"}
    return Release.objects.create(programme=programme, number=number, can_break_down=["case_team"], **facts)


def _row(child: str, is_in: bool | None, team: str | None) -> dict[str, Any]:
    own = {"unit_id": f"U-{child}", "child": child.partition("/")[0], "event_on": date(2031, 5, 20), "period": MAY.id}
    return {name: {**own, "in_numerator": is_in, "case_team": team}.get(name) for name in ROW_SCHEMA}
