"""Several years' censuses make one history: a snapshot, in which a record that many files hold stands once.

The file with the later as-at date wins (of two of one date, the one given last: a correction); a value that changed
is a fault. A record that a later file should hold and does not was withdrawn, and leaves with a fault, when its episode
is still there. When that has vanished too the record stays, with the as-at date of the file that last held it: what
became of it is unknown. docs/decisions/0005 says why. Not here: what is counted (indicators/).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from holdfast.analytics.calendar import financial_year_of
from holdfast.analytics.faults import Fault
from holdfast.analytics.returns.writing import FAULTS, faults_table, parquet_writer
from holdfast.analytics.store import ChangedFolder, Load, Store, read_faults
from holdfast.analytics.tables.contracts import TABLES

FORMAT = 1
HOLDS = {"cin_census": frozenset({"referral_source", "primary_need", "age_band", "sex", "ethnicity"})}
"""The breakdowns each kind of return can give."""

CENSUS_KIND = "cin_census"
MOVES_ON = frozenset(
    {"cppl_cp_plan_latest_category", "prep_pre_pro_meetings_num", "cina_assessment_review_date", "pers_upn_unknown"}
)
"""Columns that rightly change from one year to the next, so that a change is no fault."""

SETS = {"disability": ("person", "disa_person_id"), "assessment_factors": ("cin_assessments", "cinf_assessment_id")}
"""Tables that list what their parent row has: the parent's winning file gives the whole list."""


@dataclass(frozen=True)
class Lasting:
    """How a record lasts: when it began, how it ends (None: it is never open), and the record it belongs to.

    `is_sent_while_open`: every census sends it until it ends. False: one that is still open, and began before the
    census year, may not be sent (rules 8736 and 8740), so that leaving it out tells nothing.
    """

    began: str
    ended: str | None
    parent: str
    is_sent_while_open: bool = True


LASTING = {
    "cin_episodes": Lasting("cine_referral_date", "cine_close_date", "cine_referral_id"),
    "cin_assessments": Lasting("cina_assessment_start_date", "cina_assessment_auth_date", "cina_referral_id", False),
    "cin_plans": Lasting("cinp_cin_plan_start_date", "cinp_cin_plan_end_date", "cinp_referral_id"),
    "s47_enquiry": Lasting("s47e_s47_start_date", "s47e_s47_end_date", "s47e_referral_id", False),
    "initial_cp_conference": Lasting("icpc_icpc_date", None, "icpc_referral_id"),
    "cp_plans": Lasting("cppl_cp_plan_start_date", "cppl_cp_plan_end_date", "cppl_referral_id"),
    "cp_reviews": Lasting("cppr_cp_review_date", None, "cppr_cp_plan_id"),
    "pre_proceedings": Lasting("prep_pre_pro_decision_date", None, "prep_referral_id"),
}
FOLLOWS = {
    "initial_cp_conference": ("s47_enquiry", "icpc_s47_enquiry_id"),
    "cp_reviews": ("cp_plans", "cppr_cp_plan_id"),
}
"""Tables whose rows leave with the row they belong to."""


class NothingToMerge(ValueError):
    """A snapshot was asked for without any load."""

    def __init__(self) -> None:
        super().__init__("There is no return to calculate from. Submit one first.")


@dataclass(frozen=True)
class Snapshot:
    """One history. `tables` maps a canonical table to its Parquet file: the contract's columns, row_number, as_at.

    `as_at` is the latest load's; `first_day` the start of the earliest census year; `holds` the breakdowns that can be
    given; `n_differences` how many values a later file changed.
    """

    id: str
    load_ids: tuple[str, ...]
    as_at: date
    first_day: date
    holds: frozenset[str]
    n_differences: int
    folder: Path
    tables: Mapping[str, Path]

    def faults(self, rule: str | None = None, offset: int = 0, limit: int = 50) -> list[Fault]:
        """A page of what differs between the files: history-differs, history-withdrawn, history-lost."""
        return read_faults(self.folder / f"{FAULTS}.parquet", rule, offset, limit)


def first_day_of(load: Load) -> date:
    """1 April on or before the day the load describes: a census file covers its year from then."""
    return date(int(financial_year_of(load.as_at).removeprefix("FY")) - 1, 4, 1)


def snapshot_of(store: Store, load_ids: Sequence[str]) -> Snapshot:
    """The history that these loads make together. Raises NothingToMerge, NoSuchFolder."""
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

    def build(folder: Path) -> dict[str, Any]:
        faults = merge(loads, folder)
        return {
            **wanted,
            "as_at": loads[-1].as_at,
            "first_day": min(first_day_of(load) for load in loads),
            "holds": sorted(frozenset().union(*(HOLDS.get(load.kind, frozenset()) for load in loads))),
            "n_differences": sum(fault.rule == "history-differs" for fault in faults),
        }

    name = store.write_folder("snapshots", build)
    return _snapshot(store, name, store.facts("snapshots", name))


def _snapshot(store: Store, name: str, facts: Mapping[str, Any]) -> Snapshot:
    folder = store.folder("snapshots", name)
    return Snapshot(
        id=name,
        load_ids=tuple(facts["loads"]),
        as_at=date.fromisoformat(facts["as_at"]),
        first_day=date.fromisoformat(facts["first_day"]),
        holds=frozenset(facts["holds"]),
        n_differences=facts["n_differences"],
        folder=folder,
        tables={table: folder / f"{table}.parquet" for table in TABLES},
    )


def merge(loads: Sequence[Load], folder: Path) -> list[Fault]:
    """Write every table of the history into `folder`, and its faults; the faults. `loads` are in as-at order."""
    faults: list[Fault] = []
    every = {name: _every_row(loads, name) for name in TABLES}
    chosen = {}
    for name, rows in every.items():
        chosen[name], changed = _latest(name, rows)
        faults += changed
    faults += _settle(loads, every, chosen)
    for name, (parent, link) in SETS.items():
        chosen[name] = _of_the_parents_file(every[name], link, chosen[parent], TABLES[parent].key[0])
    for name, rows in chosen.items():
        _write(folder / f"{name}.parquet", rows.drop_columns(["load"]))
    _write(folder / f"{FAULTS}.parquet", faults_table(faults))
    return faults


def _write(path: Path, rows: pa.Table) -> None:
    with parquet_writer(path, rows.schema) as writer:
        writer.write_table(rows)


def _every_row(loads: Sequence[Load], name: str) -> pa.Table:
    """The table's rows of every load, with `as_at` and `load` (its place in as-at order), newest first by key."""
    parts = []
    for place, load in enumerate(loads):
        path = load.table(name)
        if path is None:
            continue
        rows = pq.read_table(path)
        rows = rows.append_column("as_at", pa.repeat(pa.scalar(load.as_at, pa.date32()), rows.num_rows))
        parts.append(rows.append_column("load", pa.repeat(pa.scalar(place, pa.int32()), rows.num_rows)))
    rows = pa.concat_tables(parts)
    order = [(key, "ascending") for key in TABLES[name].key] + [("load", "descending"), ("row_number", "ascending")]
    return rows.take(pc.sort_indices(rows, sort_keys=order)).combine_chunks()


def _shifted(rows: pa.Table, name: str) -> tuple[Any, Any]:
    """A column without its last row, and without its first: each row beside the one that follows it."""
    column = rows[name].combine_chunks()
    return column.slice(0, len(column) - 1), column.slice(1)


def _latest(name: str, rows: pa.Table) -> tuple[pa.Table, list[Fault]]:
    """The winning row of each key, and a fault for each value that a later file changed."""
    if rows.num_rows < 2:
        return rows, []
    newer_key, older_key = _shifted(rows, TABLES[name].key[0])
    is_same = pc.equal(newer_key, older_key)
    wins = pa.concat_arrays([pa.array([True]), pc.invert(is_same)])
    changed: list[Fault] = []
    if name not in SETS:
        newer_load, older_load = _shifted(rows, "load")
        pairs = pc.and_(is_same, pc.not_equal(newer_load, older_load))
        changed = list(_changes(name, rows, pairs))
    return rows.filter(wins), changed


def _changes(name: str, rows: pa.Table, pairs: Any) -> Iterator[Fault]:
    """A fault for each column whose value differs within a pair of neighbouring rows of one record."""
    child = next((column for column in rows.column_names if column.endswith("_person_id")), None)
    for column in TABLES[name].columns:
        if column.name in TABLES[name].key or column.name in MOVES_ON:
            continue
        newer, older = _shifted(rows, column.name)
        differs = pc.and_(pairs, pc.and_(pc.is_valid(older), pc.fill_null(pc.not_equal(newer, older), True)))
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


def _of_the_parents_file(rows: pa.Table, link: str, parents: pa.Table, key: str) -> pa.Table:
    """The rows whose parent row was taken from the same file as they were; one for each key."""
    files = dict(zip(parents[key].to_pylist(), parents["load"].to_pylist(), strict=True))
    linked = zip(rows[link].to_pylist(), rows["load"].to_pylist(), strict=True)
    return rows.filter(pa.array([files.get(parent) == place for parent, place in linked], pa.bool_()))


def _settle(loads: Sequence[Load], every: Mapping[str, pa.Table], chosen: dict[str, pa.Table]) -> list[Fault]:
    """Take out what a later file shows was withdrawn, and say what was lost sight of. Changes `chosen`."""
    held: dict[int, set[str]] = {place: set() for place in range(len(loads))}
    for table in ("cin_episodes", "cp_plans"):
        key = TABLES[table].key[0]
        for name, place in zip(every[table][key].to_pylist(), every[table]["load"].to_pylist(), strict=True):
            held[place].add(name)
    conferences = chosen["initial_cp_conference"]
    conferences = conferences.filter(pc.is_valid(conferences["icpc_icpc_date"]))
    conferred = set(conferences["icpc_s47_enquiry_id"].to_pylist())
    faults: list[Fault] = []
    withdrawn: set[str] = set()
    for name, lasting in LASTING.items():
        keep = []
        for row in _facts(name, lasting, chosen[name], conferred):
            fate = "withdrawn" if row.parent in withdrawn else _fate(loads, held, row, lasting)
            if name == "cin_episodes" and fate == "withdrawn":
                withdrawn.add(row.parent)
            keep.append(fate != "withdrawn")
            if fate:
                faults.append(_fate_fault(fate, name, row))
        chosen[name] = chosen[name].filter(pa.array(keep, pa.bool_()))
    for name, (parent, link) in FOLLOWS.items():
        ids = {None, *chosen[parent][TABLES[parent].key[0]].to_pylist()}
        chosen[name] = chosen[name].filter(pa.array([one in ids for one in chosen[name][link].to_pylist()], pa.bool_()))
    return faults


@dataclass(frozen=True)
class _Row:
    child: str
    parent: str
    began: date | None
    is_open: bool
    place: int
    row_number: int


def _facts(name: str, lasting: Lasting, rows: pa.Table, conferred: set[str]) -> Iterator[_Row]:
    child = next(column for column in rows.column_names if column.endswith("_person_id"))
    closed_by = {"cin_episodes": "cine_referral_nfa", "s47_enquiry": "s47e_s47_nfa"}.get(name)
    columns = [child, lasting.parent, lasting.began, "load", "row_number", TABLES[name].key[0]]
    values = zip(*(rows[column].to_pylist() for column in columns), strict=True)
    ends = rows[lasting.ended].to_pylist() if lasting.ended else [True] * rows.num_rows
    closes = rows[closed_by].to_pylist() if closed_by else [None] * rows.num_rows
    for (who, parent, began, place, number, key), end, close in zip(values, ends, closes, strict=True):
        is_open = end is None and close is not True and key not in conferred
        yield _Row(who or "", parent or "", began, is_open, place, number)


def _fate(loads: Sequence[Load], held: Mapping[int, set[str]], row: _Row, lasting: Lasting) -> str:
    """ "withdrawn", "lost", or "" for a record that the later files rightly leave out.

    A later file should hold what began in its year, and what is still open. It shows a withdrawal only where it holds
    the record that this one belongs to. An episode belongs to none: one that was received in a later file's own year,
    and is not there, was withdrawn (counted twice, or its date corrected), and takes what belongs to it along.
    """
    kind = loads[row.place].kind
    later = [place for place in range(row.place + 1, len(loads)) if loads[place].kind == kind]
    is_of_its_year = row.began is not None and any(row.began >= first_day_of(loads[place]) for place in later)
    if not later or not (is_of_its_year or row.is_open):
        return ""
    if lasting is LASTING["cin_episodes"]:
        return "withdrawn" if is_of_its_year else "lost"
    is_parent_held = any(row.parent in held[place] for place in later)
    return "withdrawn" if is_parent_held and (is_of_its_year or lasting.is_sent_while_open) else "lost"


FATES = {
    "withdrawn": "An earlier file holds this record; a later one should, and does not. It is left out.",
    "lost": "A later file should say what became of this record, and does not. It stays; what followed is not known.",
}


def _fate_fault(fate: str, table: str, row: _Row) -> Fault:
    return Fault(f"history-{fate}", "query", table, "", row.row_number, None, row.child, FATES[fate])
