"""A referral whose date was corrected from one census year to the next is one referral, and never a second one.

A child has one open episode (rule 8815). One that was open, and that the next file leaves out, while that file holds
another episode of the child which an earlier file should have held and did not, is that other one: it takes its name in
every table. Where the other one began after the earlier file's day, nobody can tell a correction from a new referral:
the older one's date is then not known, and neither is whether the newer one is a re-referral.
Not here: what else a later file proves (history.py); docs/decisions/0034 says why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa

from holdfast.analytics.faults import Fault
from holdfast.analytics.sources import Source

EPISODES, REFERRED = "cin_episodes", "cine_referral_date"
WORDS = {
    "history-corrected": "A later file gives this referral another date: it is one referral, and is counted once.",
    "history-unsure": "A later file leaves this open referral out and holds a newer one: it may be the same one. Its "
    "date is not known, nor whether the newer one is a re-referral.",
}


class _Episode(NamedTuple):
    key: str
    child: str
    referred: date | None
    closed: date | None
    no_action: bool | None
    unread: str | None
    place: int
    row_number: int

    @property
    def is_open(self) -> bool:
        return self.closed is None and self.no_action is not True and "cine_close_date" not in (self.unread or "")


@dataclass
class Corrections:
    """`names`: a referral's id as it was first dated -> as it is dated now. `unsure`: ids whose date is not known."""

    names: dict[str, str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def name(self, value: str | None) -> str | None:
        """An id of the referral, or of what belongs to it, by the referral's name of today."""
        parts = (value or "").split("|")
        own = "|".join(parts[:3])
        while own in self.names:
            own = self.names[own]
        return value if value is None else "|".join([own, *parts[3:]])


def corrections(sources: Sequence[Source], episodes: pa.Table) -> Corrections:
    """What the loads, in as-at order, show of each other. `episodes`: every row of every load, with its `load`."""
    found = Corrections()
    columns = ("cine_referral_id", "cine_person_id", REFERRED, "cine_close_date", "cine_referral_nfa")
    values = (episodes[name].to_pylist() for name in (*columns, "unread", "load", "row_number"))
    by_load: dict[int, dict[str, list[_Episode]]] = {source.place: {} for source in sources}
    for row in map(_Episode._make, zip(*values, strict=True)):
        by_load[row.place].setdefault(row.child, []).append(row)
    dated = [source for source in sources if EPISODES in source.gives.since]
    for at, older in enumerate(dated):
        newer = next((source for source in dated[at + 1 :] if source.kind == older.kind), None)
        if newer is None or newer.as_at == older.as_at:
            continue
        later = {row.key for source in dated[at + 1 :] for rows in by_load[source.place].values() for row in rows}
        for child in by_load[older.place].keys() & by_load[newer.place].keys():
            was, now = by_load[older.place][child], by_load[newer.place][child]
            lost = [row for row in was if row.is_open and row.key not in {other.key for other in now}]
            others = [row for row in now if not row.no_action and row.key not in {other.key for other in was}]
            _judge(older, newer, lost, others, later, found)
    return found


def _judge(
    older: Source, newer: Source, lost: list[_Episode], others: list[_Episode], later: set[str], found: Corrections
) -> None:
    """Whether the one open referral that the newer load leaves out is one of the others that it brings.

    `later`: every id of every later load, because what comes back was not lost.
    """
    since = newer.gives.since[EPISODES]
    lost = [row for row in lost if row.referred is not None and row.referred < since]
    before = [row for row in others if row.referred is not None and row.referred <= older.as_at]
    is_next = (since - older.as_at).days <= 1
    if len(lost) == len(before) == 1:
        found.names.pop(before[0].key, None)  # corrected back to what it was
        found.names[lost[0].key] = before[0].key
        found.faults.append(_fault("history-corrected", lost[0]))
        return
    lost = [row for row in lost if row.key not in later]
    if lost and (before or (others and is_next)):
        found.unsure.update(row.key for row in lost)
        found.faults.extend(_fault("history-unsure", row) for row in lost)


def _fault(rule: str, row: _Episode) -> Fault:
    return Fault(rule, "query", EPISODES, REFERRED, row.row_number, None, row.child, WORDS[rule], "8815")


def renamed(tables: Mapping[str, pa.Table], found: Corrections) -> dict[str, pa.Table]:
    """The tables with each corrected referral under its name of today, and without the dates that are not known."""
    if not found.names and not found.unsure:
        return dict(tables)
    return {name: _dateless(_renamed(rows, found), found) for name, rows in tables.items()}


def _renamed(rows: pa.Table, found: Corrections) -> pa.Table:
    for place, column in enumerate(rows.column_names):
        if column.endswith("_id") and not column.endswith("_person_id"):
            named = [found.name(value) for value in rows[column].to_pylist()]
            rows = rows.set_column(place, rows.schema.field(place), pa.array(named, pa.string()))
    return rows


def _dateless(rows: pa.Table, found: Corrections) -> pa.Table:
    if REFERRED not in rows.column_names:
        return rows
    is_unsure = [key in found.unsure for key in rows["cine_referral_id"].to_pylist()]
    marks = rows["unread"].to_pylist()
    given: dict[str, list[Any]] = {
        REFERRED: [None if unsure else day for unsure, day in zip(is_unsure, rows[REFERRED].to_pylist(), strict=True)],
        "unread": [
            " ".join(filter(None, (mark, REFERRED if unsure else None))) or None
            for unsure, mark in zip(is_unsure, marks, strict=True)
        ],
    }
    for column, values in given.items():
        place = rows.column_names.index(column)
        rows = rows.set_column(place, rows.schema.field(place), pa.array(values, rows.schema.field(place).type))
    return rows
