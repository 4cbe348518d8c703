"""Several years' returns make one history: a snapshot, in which a record that many loads hold stands once.

Each load is read to the contract: a table or column it does not have is empty, and not held. The load with the later
as-at date wins (of two of one date, the kind that stands first, then the one given last: a correction); a value that
changed is a fault. A record that a later load of its kind should hold and does not was withdrawn, and leaves with a
fault, when what it belongs to is still there. When that has vanished too it stays, with the as-at date of the load that
last held it: what became of it is unknown. How a record lasts is a fact of its table (tables/contracts.py).
What the winner's file does not carry comes from one that does (filling.py).
A referral that was dated anew is one (corrected.py). docs/decisions/0005, 0018 and 0019 say why. Not here: what is
counted (indicators/).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from holdfast.analytics.between_returns import conflicts, settled
from holdfast.analytics.breakdowns import given_by
from holdfast.analytics.corrected import EPISODES, corrections, renamed
from holdfast.analytics.cover import Cover, Settled, Spans, as_pairs, as_spans
from holdfast.analytics.faults import Fault
from holdfast.analytics.filling import filled_up, giving, listed, of_the_loads
from holdfast.analytics.returns.writing import FAULTS, ascends, faults_table, parquet_writer, schema_of
from holdfast.analytics.sources import Source, cover_of, sources_of, spans_before
from holdfast.analytics.store import ChangedFolder, NoSuchFolder, Store, read_faults
from holdfast.analytics.tables.contracts import TABLES
from holdfast.analytics.tables.shapes import Lasting

# Raised when what a snapshot holds changes: one made before keeps its name, and is made anew when it is asked for.
FORMAT = 9


class NothingToMerge(ValueError):
    """A snapshot was asked for without any load."""

    def __init__(self) -> None:
        super().__init__("There is no return to calculate from. Submit one first.")


@dataclass(frozen=True)
class Snapshot:
    """One history. `tables` maps a canonical table to its Parquet file: the contract's columns, row_number, unread and
    as_at.

    A table that no load gives is not among them. `cover` says which days of each are held; `first_day` and `as_at` are
    the first and last of any; `holds` the breakdowns that can be given; `n_differences` how many values a later load
    changed.
    """

    id: str
    load_ids: tuple[str, ...]
    as_at: date
    first_day: date
    cover: Cover
    holds: frozenset[str]
    n_differences: int
    folder: Path
    tables: Mapping[str, Path]

    def faults(self, rule: str | None = None, offset: int = 0, limit: int = 50) -> list[Fault]:
        """A page of what differs between the loads: history-differs, history-withdrawn, history-lost."""
        return read_faults(self.folder / f"{FAULTS}.parquet", rule, offset, limit)


def snapshot(store: Store, load_ids: Sequence[str]) -> Snapshot:
    """The history that these loads make together. Idempotent. Raises NothingToMerge, NoSuchFolder."""
    places = {name: place for place, name in enumerate(load_ids)}  # one given twice counts where it is given last
    loads = sorted((store.load(name) for name in places), key=lambda load: (load.as_at, places[load.id]))
    if not loads:
        raise NothingToMerge
    wanted = {"format": FORMAT, "loads": [load.id for load in loads]}
    for name in store.names("snapshots"):
        try:
            facts = store.facts("snapshots", name)
        except ChangedFolder:
            continue  # verify() names it; another's damage stops nobody
        if {key: facts.get(key) for key in wanted} == wanted:
            return _snapshot(store, name, facts)
    sources = sources_of(loads)
    cover = cover_of(sources)

    def build(folder: Path) -> dict[str, Any]:
        faults, between = merge(sources, folder)
        return {
            **wanted,
            "as_at": loads[-1].as_at,
            "first_day": min((part.first for parts in cover.tables.values() for part in parts), default=loads[0].as_at),
            "cover": cover.as_facts(),
            "filled": {column: as_pairs(spans) for column, spans in sorted(cover.filled.items())},
            **({"settled": between} if between else {}),
            "n_differences": sum(fault.rule == "history-differs" for fault in faults),
        }

    return snapshot_named(store, store.write_folder("snapshots", build))


def snapshot_named(store: Store, name: str) -> Snapshot:
    """One that is kept, by its name: what a release was counted from, of an earlier format too.

    Raises NoSuchFolder, for one of before histories said which days they hold too: nothing could be told of a case.
    """
    facts = store.facts("snapshots", name)
    if "cover" not in facts:
        raise NoSuchFolder("snapshots", name)
    return _snapshot(store, name, facts)


def _snapshot(store: Store, name: str, facts: Mapping[str, Any]) -> Snapshot:
    folder = store.folder("snapshots", name)
    filled = {column: as_spans(pairs) for column, pairs in facts.get("filled", {}).items()}
    cover = replace(Cover.from_facts(facts["cover"]), settled=facts.get("settled", {}), filled=filled)
    paths = {table: folder / f"{table}.parquet" for table in TABLES}
    return Snapshot(
        id=name,
        load_ids=tuple(facts["loads"]),
        as_at=date.fromisoformat(facts["as_at"]),
        first_day=date.fromisoformat(facts["first_day"]),
        cover=cover,
        holds=given_by(cover.columns()),
        n_differences=facts["n_differences"],
        folder=folder,
        tables={table: path for table, path in paths.items() if path.exists()},
    )


def merge(sources: Sequence[Source], folder: Path) -> tuple[list[Fault], Settled]:
    """Write every table that a load gives into `folder`, and the faults. `sources` are in as-at order.

    Gives the faults, and how many conflicts between kinds of return were settled.
    """
    sent = {name: _every_row(sources, name) for name in TABLES}
    between = conflicts(sources, sent["person"], sent[EPISODES])
    every = {name: _without_outranked(sources, name, rows) for name, rows in sent.items()}
    corrected = corrections(sources, every[EPISODES])
    faults = [*corrected.faults, *(conflict.fault for conflict in between)]
    every = {name: _newest_first(rows, name) for name, rows in renamed(every, corrected).items()}
    chosen = {}
    for name, rows in every.items():
        chosen[name], changed = _latest(sources, name, rows)
        faults += changed
    faults += _settle(sources, every, chosen)
    for name, table in TABLES.items():
        if table.set_of:
            parent, link = table.set_of
            listing = of_the_loads(every[parent], giving(sources, name))
            chosen[name] = listed(every[name], link, listing, chosen[parent], TABLES[parent].key[0])
    for name, rows in chosen.items():
        if any(name in source.gives.columns for source in sources):
            _write(folder / f"{name}.parquet", rows.drop_columns(["load", "turn"]))
    _write(folder / f"{FAULTS}.parquet", faults_table(faults))
    return faults, settled(between)


def _write(path: Path, rows: pa.Table) -> None:
    with parquet_writer(path, rows.schema) as writer:
        writer.write_table(rows)


def _every_row(sources: Sequence[Source], name: str) -> pa.Table:
    """The table's rows of every load, with `as_at`, `load` (its place) and `turn`.

    `turn` is the place again, but of loads as at one day the kind that stands first comes last, so that it wins.
    """
    rank = {kind: -place for place, kind in enumerate(TABLES[name].supplied_by)}
    lowest = -len(rank)
    by_turn = sorted(sources, key=lambda source: (source.as_at, rank.get(source.kind, lowest), source.place))
    turns = {source.place: turn for turn, source in enumerate(by_turn)}
    own = schema_of(TABLES[name])
    wider = [*own, pa.field("as_at", pa.date32()), pa.field("load", pa.int32()), pa.field("turn", pa.int32())]
    parts = [pa.schema(wider).empty_table()]
    for source in sources:
        rows = _to_contract(source, name)
        for column, value in (("as_at", source.as_at), ("load", source.place), ("turn", turns[source.place])):
            kind = parts[0].schema.field(column).type
            rows = rows.append_column(column, pa.repeat(pa.scalar(value, kind), rows.num_rows))
        parts.append(rows)
    return pa.concat_tables(parts)


def _newest_first(rows: pa.Table, name: str) -> pa.Table:
    """The rows by key, the newest of each first."""
    if ascends(rows[TABLES[name].key[0]]):
        return rows.combine_chunks()  # as a load wrote them, and no other has any
    order = [(key, "ascending") for key in TABLES[name].key] + [("turn", "descending"), ("row_number", "ascending")]
    return rows.take(pc.sort_indices(rows, sort_keys=order)).combine_chunks()


def _to_contract(source: Source, name: str) -> pa.Table:
    """One load's rows of a table with the contract's columns: those that its file does not have are NULL."""
    schema, path = schema_of(TABLES[name]), source.load.table(name)
    if path is None or name not in source.gives.columns:
        return schema.empty_table()
    with pq.ParquetFile(path) as file:
        has = set(file.schema_arrow.names)
        rows = file.read(columns=[field.name for field in schema if field.name in has])
    columns = [
        rows[field.name].cast(field.type) if field.name in has else pa.nulls(rows.num_rows, field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def _without_outranked(sources: Sequence[Source], name: str, rows: pa.Table) -> pa.Table:
    """The rows without those of a day that a kind which stands first answers for, and does not itself hold.

    The day is the row's own, and the first that its load holds where it began before that. A row of no day stays.
    """
    table = TABLES[name]
    giving = [source for source in sources if name in source.gives.columns]
    before = {source.place: spans_before(sources, source, name) for source in giving}
    if table.day is None or not any(before.values()):
        return rows
    ranks = pa.array([source.rank(name) for source in sorted(sources, key=lambda source: source.place)], pa.int32())
    places, days = rows["load"].combine_chunks(), rows[table.day].combine_chunks()
    own_rank, keys = ranks.take(places), rows[table.key[0]].combine_chunks().dictionary_encode("encode").indices
    best = pa.table({"key": keys, "rank": own_rank}).group_by("key").aggregate([("rank", "min")]).sort_by("key")
    is_held_by_better = pc.less(best["rank_min"].combine_chunks().take(keys), own_rank)
    goes = pa.repeat(pa.scalar(value=False), rows.num_rows)
    for source in giving:
        since = pa.scalar(source.gives.since.get(name, date.min), days.type)
        for on in (days, pc.max_element_wise(days, since, skip_nulls=False)):
            is_before = _are_within(before[source.place], on)
            goes = pc.or_(goes, pc.and_(pc.equal(places, source.place), is_before))
    return rows.filter(pc.invert(pc.and_(goes, pc.invert(is_held_by_better))))


def _are_within(spans: Spans, days: Any) -> Any:
    """Whether each of the days is one of these; a day that is not known is none."""
    found = pa.repeat(pa.scalar(value=False), len(days))
    for first, last in spans:
        begins, ends = (pa.scalar(day, days.type) for day in (first, last))
        found = pc.or_(found, pc.and_(pc.greater_equal(days, begins), pc.less_equal(days, ends)))
    return pc.fill_null(found, False)


def _shifted(rows: pa.Table, name: str) -> tuple[Any, Any]:
    """A column without its last row, and without its first: each row beside the one that follows it."""
    column = rows[name].combine_chunks()
    return column.slice(0, len(column) - 1), column.slice(1)


def _latest(sources: Sequence[Source], name: str, rows: pa.Table) -> tuple[pa.Table, list[Fault]]:
    """The winning row of each key, and a fault for each value that a later load changed."""
    if rows.num_rows < 2:
        return rows, []
    newer_key, older_key = _shifted(rows, TABLES[name].key[0])
    is_same = pc.equal(newer_key, older_key)
    wins = pa.concat_arrays([pa.array([True]), pc.invert(is_same)])
    changed: list[Fault] = []
    if not TABLES[name].set_of:
        newer_load, older_load = _shifted(rows, "load")
        pairs = pc.and_(is_same, pc.not_equal(newer_load, older_load))
        changed = list(_changes(sources, name, rows, pairs))
    return filled_up(sources, name, rows, rows.filter(wins)), changed


def _changes(sources: Sequence[Source], name: str, rows: pa.Table, pairs: Any) -> Iterator[Fault]:
    """A fault for each column whose value differs within a pair of neighbouring rows of one record.

    Not where the newer load says nothing of it: does not fill the column, or is of another kind and leaves empty what
    means no more than "not recorded" when empty (as filled_up has it).
    """
    child = _child_column(rows)
    newer_load, older_load = _shifted(rows, "load")
    kinds = pa.array([source.kind for source in sorted(sources, key=lambda source: source.place)])
    of_another_kind = pc.not_equal(kinds.take(newer_load), kinds.take(older_load))
    for column in TABLES[name].columns:
        if column.name in TABLES[name].key or column.name in TABLES[name].moves_on:
            continue
        filled_by = [source.place for source in sources if column.name in source.gives.columns.get(name, ())]
        newer, older = _shifted(rows, column.name)
        differs = pc.and_(pairs, pc.and_(pc.is_valid(older), pc.fill_null(pc.not_equal(newer, older), True)))
        differs = pc.and_(differs, pc.is_in(newer_load, pa.array(filled_by, pa.int32())))
        if column.says_nothing_when_empty:
            differs = pc.and_(differs, pc.invert(pc.and_(pc.is_null(newer), of_another_kind)))
        for place in pc.indices_nonzero(differs).to_pylist():
            yield Fault(
                rule="history-differs",
                severity="query",
                table=name,
                column=column.name,
                row_number=rows["row_number"][place].as_py(),
                line=None,
                child=rows[child][place].as_py() or "" if child else "",
                words="A later file gives another value than an earlier one. The later one is used.",
            )


def _child_column(rows: pa.Table) -> str | None:
    return next((column for column in rows.column_names if column.endswith("_person_id")), None)


LASTING: Mapping[str, Lasting] = {name: table.lasts for name, table in TABLES.items() if table.lasts}


def _settle(sources: Sequence[Source], every: Mapping[str, pa.Table], chosen: dict[str, pa.Table]) -> list[Fault]:
    """Take out what a later load shows was withdrawn, and say what was lost sight of. Changes `chosen`."""
    parents = {lasting.belongs_to[0] for lasting in LASTING.values() if lasting.belongs_to}
    held = {name: _held(sources, every[name], TABLES[name].key[0]) for name in parents}
    faults: list[Fault] = []
    withdrawn: set[str] = set()
    for name, lasting in sorted(LASTING.items(), key=lambda one: one[1].belongs_to is not None):
        keep = []
        for row in _facts(name, lasting, chosen):
            fate = "withdrawn" if row.parent in withdrawn else _fate(sources, held, name, row)
            if lasting.belongs_to is None and fate == "withdrawn":
                withdrawn.add(row.key)
            keep.append(fate != "withdrawn")
            if fate:
                faults.append(_fate_fault(fate, name, row))
        chosen[name] = chosen[name].filter(pa.array(keep, pa.bool_()))
    for name, table in TABLES.items():
        if table.follows:
            parent, link = table.follows
            ids = {None, *chosen[parent][TABLES[parent].key[0]].to_pylist()}
            stays = [linked in ids for linked in chosen[name][link].to_pylist()]
            chosen[name] = chosen[name].filter(pa.array(stays, pa.bool_()))
    return faults


def _held(sources: Sequence[Source], rows: pa.Table, key: str) -> dict[int, set[str]]:
    """The keys that each load holds, by its place."""
    held: dict[int, set[str]] = {source.place: set() for source in sources}
    for name, place in zip(rows[key].to_pylist(), rows["load"].to_pylist(), strict=True):
        held[place].add(name)
    return held


@dataclass(frozen=True)
class _Row:
    """What a record's fate hangs on. `parent` "": it belongs to nothing that is named."""

    key: str
    child: str
    parent: str
    began: date | None
    is_open: bool
    place: int
    row_number: int


def _facts(name: str, lasting: Lasting, chosen: Mapping[str, pa.Table]) -> Iterator[_Row]:
    rows, n = chosen[name], chosen[name].num_rows
    child, key = _child_column(rows), TABLES[name].key[0]
    parent = lasting.belongs_to[1] if lasting.belongs_to else None

    def column(wanted: str | None, otherwise: Any = None) -> list[Any]:
        return rows[wanted].to_pylist() if wanted else [otherwise] * n

    ended, over = column(lasting.ended, otherwise=True), _over(lasting, chosen)
    columns = [column(wanted) for wanted in (key, child, parent, lasting.began, "load", "row_number")]
    closes = column(lasting.came_to_nothing)
    for (own, who, of, began, place, number), end, close in zip(zip(*columns, strict=True), ended, closes, strict=True):
        is_open = end is None and close is not True and own not in over
        yield _Row(own, who or "", of or "", began, is_open, place, number)


def _over(lasting: Lasting, chosen: Mapping[str, pa.Table]) -> set[str]:
    """The records that are over because another table says so: an enquiry whose conference was held."""
    if lasting.over_with is None:
        return set()
    table, link, day = lasting.over_with
    return set(chosen[table].filter(pc.is_valid(chosen[table][day]))[link].to_pylist())


def _fate(sources: Sequence[Source], held: Mapping[str, Mapping[int, set[str]]], name: str, row: _Row) -> str:
    """ "withdrawn", "lost", or "" for a record that the later loads of its kind rightly leave out.

    A later load should hold what began in the days it answers for, and what is still open. It shows a withdrawal only
    where it holds the record that this one belongs to. One that belongs to none, began in a later load's own days, and
    is not there, was withdrawn (counted twice, or its date corrected), and takes what belongs to it along.
    """
    lasting = LASTING[name]
    kind = sources[row.place].kind
    later = [one for one in sources[row.place + 1 :] if one.kind == kind and name in one.gives.since]
    is_of_its_days = row.began is not None and any(row.began >= one.gives.since[name] for one in later)
    if not later or not (is_of_its_days or row.is_open):
        return ""
    if lasting.belongs_to is None:
        return "withdrawn" if is_of_its_days else "lost"
    is_parent_held = any(row.parent in held[lasting.belongs_to[0]][one.place] for one in later)
    return "withdrawn" if is_parent_held and (is_of_its_days or lasting.is_sent_while_open) else "lost"


FATES = {
    "withdrawn": "An earlier file holds this record; a later one should, and does not. It is left out.",
    "lost": "A later file should say what became of this record, and does not. It stays; what followed is not known.",
}


def _fate_fault(fate: str, table: str, row: _Row) -> Fault:
    return Fault(f"history-{fate}", "query", table, "", row.row_number, None, row.child, FATES[fate])
