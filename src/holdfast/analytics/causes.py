"""Why records count otherwise in a newer release: recorded late, corrected, deleted, another source, or time.

What two snapshots hold of each record is set beside each other: it came, went, was filled in, was changed. A record's
answer that moved has its cause from its own record, or where that stands as it did, from another of the same child.
Not here: which figures moved (moves.py). Rule: each record that moved has one cause, so causes add up to the move.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from holdfast.analytics.cover import as_spans
from holdfast.analytics.tables.contracts import TABLES, Column

if TYPE_CHECKING:
    from holdfast.analytics.calculated import Release

LATE: Final = "late recording"
CORRECTED: Final = "correction"
DELETED: Final = "deletion"
REDEFINED: Final = "definition"
OTHER_SOURCE: Final = "another source"
TIME: Final = "time passed"
CAUSES: Final[Mapping[str, str]] = {
    LATE: "It had happened by the day that the older release knew of, and was first sent with the newer.",
    CORRECTED: "What had been sent was sent again with another value, or as another record of the same child.",
    DELETED: "The record was held, and a later file that should hold it does not.",
    REDEFINED: "The indicator is counted by another version of its definition.",
    OTHER_SOURCE: "Another kind of return answers for the day than did before.",
    TIME: "It happened, or could be known, only after the day that the older release knew of.",
}
"""Each cause, in the order it is read in, with what it means."""

# What became of a record from one snapshot to the next.
CAME, WENT, CHANGED, FILLED, LATER = "came", "went", "changed", "filled", "later"
_MEANS: Final = ((WENT, DELETED), (CHANGED, CORRECTED), (FILLED, LATE), (CAME, LATE), (LATER, TIME))


@dataclass(frozen=True)
class Caused:
    """What one cause did to a figure: how many records, and by how much each count moved."""

    cause: str
    n_records: int
    n_in: int
    n_not: int
    n_unknown: int


@dataclass(frozen=True)
class Moved:
    """One record whose answer in a period differs. 1 in, 0 not in, -1 not known, None not counted."""

    unit_id: str
    child: str | None
    event_on: date
    then: int | None
    now: int | None


@dataclass(frozen=True)
class Lateness:
    """How many records came late, and how many days at least after they happened: of half of them, and the longest.

    At least: from the day of the record to the last that the older release knew of, when it was not yet known.
    """

    n_records: int
    median_days: int
    most_days: int


def lateness(days: Iterable[int]) -> Lateness | None:
    """Of records that came so many days late. None for none; of an even number, the longer of the middle two."""
    ordered = sorted(days)
    return Lateness(len(ordered), ordered[len(ordered) // 2], ordered[-1]) if ordered else None


@dataclass
class Fates:
    """What became of the records of one table: by key, and by child."""

    own: dict[str, str] = field(default_factory=dict)
    of_child: dict[str, set[str]] = field(default_factory=dict)

    def add(self, key: str, child: str | None, fate: str) -> None:
        self.own[key] = fate
        if child:
            self.of_child.setdefault(child, set()).add(fate)


class Between:
    """Two releases, and what became of each record between their snapshots. A table is read when it is first asked.

    Of a snapshot that is no longer there nothing is known of any record, and causes follow from the answers alone.
    """

    def __init__(self, older: "Release", newer: "Release", snapshots: tuple[Path | None, Path | None]) -> None:
        self.older, self.newer, self.snapshots = older, newer, snapshots
        self._fates: dict[str, Fates] = {}

    @property
    def is_known(self) -> bool:
        return None not in self.snapshots

    def fates(self, table: str) -> Fates:
        if table not in self._fates:
            then, now = self.snapshots
            known = then is not None and now is not None
            self._fates[table] = _fates(then, now, table, last_day(self.older, table)) if known else Fates()
        return self._fates[table]

    def cause(self, moved: Moved, tables: Iterable[str]) -> str:
        """The one cause of a record's move, for an indicator of these tables."""
        tables = [name for name in tables if name != "person"]
        kinds = [kind_on(release, tables[0], moved.event_on) for release in (self.older, self.newer)]
        if None not in kinds and kinds[0] != kinds[1]:
            return OTHER_SOURCE
        fate = next((found for name in tables if (found := self.fates(name).own.get(moved.unit_id))), None)
        if fate:
            return dict(_MEANS)[fate]
        others = {each for name in tables for each in self.fates(name).of_child.get(moved.child or "", ())}
        for each, means in _MEANS:
            if each in others:
                return means
        return TIME if self.is_known else self._by_answers(moved, tables[0])

    def _by_answers(self, moved: Moved, table: str) -> str:
        if moved.then is None:
            return TIME if moved.event_on > last_day(self.older, table) else LATE
        if moved.now is None:
            return DELETED
        return LATE if moved.then == -1 else CORRECTED


def caused(moved: Iterable[tuple[Moved, str]]) -> tuple[Caused, ...]:
    """Records that moved, each with its cause, added up, the most records first: they come to the figure's move."""
    found: dict[str, list[int]] = {}
    for record, cause in moved:
        counts = found.setdefault(cause, [0, 0, 0, 0])
        counts[0] += 1
        for place, answer in enumerate((1, 0, -1), 1):
            counts[place] += (record.now == answer) - (record.then == answer)
    order = list(CAUSES)
    return tuple(
        Caused(cause, *counts)
        for cause, counts in sorted(found.items(), key=lambda each: (-each[1][0], order.index(each[0])))
    )


def last_day(release: "Release", table: str) -> date:
    """The last day of a table that a release knew of; of a release that did not keep it, of any indicator."""
    spans = [span for source in release.sources.get(table, ()) for span in as_spans(source["spans"])]
    spans = spans or [span for each in release.spans.values() for span in each]
    return max((last for _, last in spans), default=date.min)


def kind_on(release: "Release", table: str, day: date) -> str | None:
    """Which kind of return answered for a day of a table. None: none, or it was not kept."""
    for source in release.sources.get(table, ()):
        if any(first <= day <= last for first, last in as_spans(source["spans"])):
            return str(source["kind"])
    return None


def _fates(then: Path | None, now: Path | None, table: str, known_until: date) -> Fates:
    """What became of each record of a table that is not as it was."""
    import pyarrow as pa
    import pyarrow.compute as pc

    contract = TABLES[table]
    key, child = contract.key[0], next((name for name in contract.column_names if name.endswith("_person_id")), None)
    compared = [column for column in contract.columns if column.name not in {*contract.key, child, *contract.moves_on}]
    carried = [key, *([child] if child else []), *(column.name for column in compared)]
    sides = []
    for folder, side in ((then, "then"), (now, "now")):
        rows = _rows(folder, table, carried)
        rows = rows.append_column("is", pa.array([True] * rows.num_rows, pa.bool_()))
        sides.append(rows.rename_columns([key, *(f"{name}_{side}" for name in rows.column_names[1:])]))
    both = sides[0].join(sides[1], keys=[key], join_type="full outer").combine_chunks()
    masks = _masks(both, compared, known_until)
    moved = masks[CAME]
    for mask in masks.values():
        moved = pc.or_(moved, mask)
    rows = both.filter(moved)
    fates = {name: mask.filter(moved).to_pylist() for name, mask in masks.items()}
    days = rows[f"{contract.day}_now"].to_pylist() if contract.day else [None] * rows.num_rows
    now_of, then_of = (
        rows[f"{child}_{side}"].to_pylist() if child else [None] * rows.num_rows for side in ("now", "then")
    )
    found = Fates()
    for place, (own, day) in enumerate(zip(rows[key].to_pylist(), days, strict=True)):
        fate = next(name for name in masks if fates[name][place])
        is_later = fate == CAME and day is not None and day > known_until
        found.add(own, now_of[place] or then_of[place], LATER if is_later else fate)
    _dated_anew(found, zip(rows[key].to_pylist(), now_of, then_of, strict=True))
    return found


def _masks(both: Any, compared: Iterable[Column], known_until: date) -> dict[str, Any]:
    """What became of each record, where several things did the first counts: came, went, changed, filled in, later."""
    import pyarrow as pa
    import pyarrow.compute as pc

    came, went = pc.is_null(both["is_then"]), pc.is_null(both["is_now"])
    changed = filled = later = told = pa.array([False] * both.num_rows, pa.bool_())
    for column in compared:
        was, now = both[f"{column.name}_then"], both[f"{column.name}_now"]
        differs = pc.coalesce(pc.not_equal(was, now), pc.not_equal(pc.is_null(was), pc.is_null(now)))
        fills = pc.and_(differs, pc.is_null(was))
        changed = pc.or_(changed, pc.and_(differs, pc.is_valid(was)))
        if column.type == "date":
            is_later = pc.fill_null(pc.greater(now, pa.scalar(known_until, pa.date32())), False)
            later = pc.or_(later, pc.and_(fills, is_later))
            filled = pc.or_(filled, pc.and_(fills, pc.invert(is_later)))
        else:
            told = pc.or_(told, fills)  # how it closed comes with the day on which it did
    filled = pc.or_(filled, pc.and_(told, pc.invert(later)))
    return {CAME: came, WENT: went, CHANGED: changed, FILLED: filled, LATER: later}


def _dated_anew(found: Fates, records: Iterable[tuple[str, str | None, str | None]]) -> None:
    """A record that went, where another of the same child came: one record, sent again as another."""
    for key, now, then in records:
        child = now or then
        if child and found.own[key] in (CAME, WENT) and {CAME, WENT} <= found.of_child[child]:
            found.own[key] = CHANGED
    for child, fates in found.of_child.items():
        if {CAME, WENT} <= fates:
            found.of_child[child] = (fates - {CAME, WENT}) | {CHANGED}


def _rows(folder: Path | None, table: str, columns: list[str]) -> Any:
    """A snapshot's rows of a table in these columns of the contract; those it does not have are NULL."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from holdfast.analytics.returns.writing import schema_of

    schema = pa.schema([schema_of(TABLES[table]).field(name) for name in columns])
    path = folder / f"{table}.parquet" if folder else None
    if path is None or not path.exists():
        return schema.empty_table()
    has = set(pq.read_schema(path).names)
    rows = pq.read_table(path, columns=[name for name in columns if name in has], partitioning=None)
    given = [
        rows[name].cast(kind.type) if (name := kind.name) in has else pa.nulls(rows.num_rows, kind.type)
        for kind in schema
    ]
    return pa.table(given, schema=schema)


def moved_rows(both: Any) -> Iterator[tuple[str, Moved]]:
    """Each period with each of its records whose answer differs, from both releases' rows set beside each other."""
    names = ("period", "unit_id", "child_then", "child_now", "event_then", "event_now", "then", "now")
    for period, unit, was, child, before, event, then, now in zip(
        *(both[name].to_pylist() for name in names), strict=True
    ):
        yield period, Moved(unit, child or was, event or before, then, now)
