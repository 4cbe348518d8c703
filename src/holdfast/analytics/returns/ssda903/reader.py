"""Reads an SSDA903 set, a folder of CSV files, into canonical tables and faults.

A set has no header that says its year or its council: whoever submits it says the day. Not here: which file is which
(files.py), and episodes (episodes.py). Rule: one bad value costs one cell; postcodes and what a child did stay outside.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import groupby, zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from holdfast.analytics.calendar import financial_year_of
from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns.cells import (
    RowReader,
    losses,
    moved_rows,
    other_forms,
    text_of,
    unknown_columns,
    whole_fault,
)
from holdfast.analytics.returns.reading import Gives, Reader, Reading, Recognised
from holdfast.analytics.returns.several import hash_of
from holdfast.analytics.returns.ssda903 import episodes
from holdfast.analytics.returns.ssda903.files import CHILD, EXPECTED, KIND, LEFT_BEHIND, USUAL, WANTED, set_of
from holdfast.analytics.returns.staged import Stage, headings_of
from holdfast.analytics.returns.writing import Gathered
from holdfast.analytics.tables.contracts import TABLES

CHILDREN_AT_ONCE: Final = 5_000
FIELDS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "Header": (
        "person",
        {"pers_upn": "upn", "pers_sex": "sex", "pers_ethnicity": "ethnic", "pers_dob": "dob"},
    ),
    "Reviews": ("cla_reviews", {"clar_cla_review_date": "review", "clar_cla_review_participation": "review_code"}),
    "PrevPerm": (
        "cla_previous_permanence",
        {
            "lapp_previous_permanence_order_date": "date_perm",
            "lapp_previous_permanence_option": "prev_perm",
            "lapp_previous_permanence_la": "la_perm",
        },
    ),
    "Missing": (
        "missing",
        {
            "miss_missing_episode_start_date": "mis_start",
            "miss_missing_episode_type": "missing",
            "miss_missing_episode_end_date": "mis_end",
        },
    ),
    "SWEpisodes": (
        "involvements",
        {
            "invo_professional_id": "sw_id",
            "invo_involvement_start_date": "sw_decom",
            "invo_involvement_end_date": "sw_dec",
            "invo_worker_change_reason": "sw_reason",
        },
    ),
    "UASC": ("immigration_status", {"immi_immigration_status_end_date": "duc"}),
    "OC3": (
        "care_leavers",
        {
            "clea_care_leaver_in_touch": "in_touch",
            "clea_care_leaver_accommodation": "accom",
            "clea_care_leaver_activity": "activ",
        },
    ),
}
"""Each file whose rows are rows of one table: the table, and the field of each column."""
OWN: Final[Mapping[str, tuple[str, str]]] = {
    "Reviews": ("CR", "clar_cla_review_date"),
    "PrevPerm": ("PP", "lapp_previous_permanence_order_date"),
    "Missing": ("M", "miss_missing_episode_start_date"),
    "SWEpisodes": ("W", "invo_involvement_start_date"),
    "UASC": ("I", ""),
    "OC3": ("CL", ""),
}
"""The letter of an id, and the column of its day."""
ADOPTION: Final = {
    "perm_adm_decision_date": "date_int",
    "perm_matched_date": "date_match",
    "perm_adopted_by_carer_flag": "foster_care",
    "perm_placed_for_adoption_date": "date_placed",
    "perm_decision_reversed_date": "date_placed_ceased",
    "perm_decision_reversed_reason": "reason_placed_ceased",
}
CHECKS: Final = ("health_check", "teeth_check", "health_assessment")


def read_ssda903(path: Path, into: Path) -> Reading:
    """The set's tables and faults, as Parquet in `into`. Raises UnreadableReturn, leaving nothing of use behind."""
    files, unknown = set_of(path)
    if not files:
        expected = "It should be a set of CSV files with a column CHILD, among them one with DECOM and RNE (episodes)."
        raise UnreadableReturn(KIND, expected=expected)
    with TemporaryDirectory() as aside:
        stage = Stage(Path(aside), KIND)
        try:
            for name, paths in files.items():
                if name in WANTED:
                    stage.lay(name, paths[0], (CHILD, *WANTED[name]))
            return Set(stage, files, unknown).read(path, into)
        finally:
            stage.close()


class Set:
    """One set being read."""

    def __init__(self, stage: Stage, files: Mapping[str, list[Path]], unknown: list[Path]) -> None:
        self.stage, self.files, self.unknown = stage, files, unknown
        self.has = set(stage.columns)
        self.n_unkeyable: Counter[str] = Counter()
        self.readers: list[RowReader] = []

    def filled(self) -> dict[str, tuple[str, ...]]:
        """The columns of each table that the set gives: those whose field is there, and the ids made here."""
        found: dict[str, tuple[str, ...]] = {}
        for name, (table, fields) in FIELDS.items():
            if name in self.has:
                found[table] = self._columns(table, fields, self.stage.columns[name])
        if "Episodes" in self.has:
            has = self.stage.columns["Episodes"]
            sent = {**episodes.EPISODE_FIELDS, **episodes.PLACEMENT_FIELDS, **episodes.STATUS_FIELDS}
            for table, columns in episodes.FILLED.items():
                found[table] = tuple(column for column in columns if sent.get(column, has[0]) in has)
        if self.has & {"AD1", "PlacedAdoption"}:
            has = (*self.stage.columns.get("AD1", ()), *self.stage.columns.get("PlacedAdoption", ()))
            found["permanence"] = self._columns("permanence", ADOPTION, has)
        if "OC2" in self.has:
            found["sdq_scores"] = ("csdq_table_id", "csdq_person_id", "csdq_sdq_reason", "csdq_sdq_score")
            found["cla_health"] = (
                "clah_health_check_id",
                "clah_person_id",
                "clah_health_check_type",
                "clah_health_check_status",
            )
        return {table: found[table] for table in TABLES if table in found}

    def _columns(self, table: str, fields: Mapping[str, str], has: tuple[str, ...]) -> tuple[str, ...]:
        made = {TABLES[table].key[0], _child_of(table)}
        made |= {"immi_immigration_status", "clea_care_leaver_accom_suitable"}
        return tuple(name for name in TABLES[table].column_names if name in made or fields.get(name) in has)

    def read(self, path: Path, into: Path) -> Reading:
        filled = self.filled()
        with Gathered(into, filled) as gathered:
            self._say_what_is_there(gathered)
            for name, lines in self.stage.moved.items():
                moved_rows(gathered, name, lines)
            for name, (table, fields) in FIELDS.items():
                if name in self.has:
                    self._plain(name, self._reader(gathered, table, fields))
            if "Episodes" in self.has:
                self._episodes(gathered)
            if self.has & {"AD1", "PlacedAdoption"}:
                self._adoption(self._reader(gathered, "permanence", ADOPTION))
            if "OC2" in self.has:
                self._outcomes(gathered)
            self._not_in_header(gathered)
            other_forms(gathered, self.readers)
            lost = losses(self.readers, self.n_unkeyable)
        missing = [name for name in EXPECTED if name not in self.has]
        return replace(
            gathered.reading(
                KIND,
                hash_of(path),
                partial(given_by, filled),
                blocking=[f"The set has no file of {' or '.join(missing)}, so nothing could be said of it."]
                if missing
                else [],
            ),
            lost=lost,
            undated="An SSDA903 set does not say which day it describes.",
        )

    def _reader(self, gathered: Gathered, table: str, fields: Mapping[str, str]) -> RowReader:
        reader = RowReader(gathered, table, fields, usual=USUAL)
        self.readers.append(reader)
        return reader

    def _say_what_is_there(self, gathered: Gathered) -> None:
        for file in self.unknown:
            whole_fault(gathered, "unknown-table", "", file.name[:60])
        for name, paths in sorted(self.files.items()):
            if name not in WANTED:
                whole_fault(gathered, "unknown-table", "", name)
                continue
            for extra in paths[1:]:
                words = f"The set has more than one file of {name}. {extra.name[:60]} was not read."
                whole_fault(gathered, "unknown-table", "", name, words)
            heads = headings_of(paths[0], KIND)
            unknown = [head.upper() for head in heads if head not in (CHILD, *WANTED[name], *LEFT_BEHIND)]
            unknown_columns(gathered, name, unknown, len(heads) - len(unknown))
            for column in WANTED[name]:
                if column not in self.stage.columns[name]:
                    whole_fault(gathered, "missing-column", name, column.upper())

    def _children(self, name: str, reader: RowReader) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Each child's rows of a file, in the file's order; a row without a child is a fault."""
        rows = self.stage.rows(name, (CHILD,), {})
        for n, (sent, group) in enumerate(groupby(rows, key=lambda cells: text_of(cells[CHILD]))):
            of_child = list(group)
            if sent is None or len(sent) > 48:
                for cells in of_child:
                    self.n_unkeyable[reader.table] += 1
                    reader.fault("unkeyable", "", "", cells["line"])
                continue
            yield sent, of_child
            if n % CHILDREN_AT_ONCE == CHILDREN_AT_ONCE - 1:
                reader.gathered.flush()

    def _plain(self, name: str, reader: RowReader) -> None:
        """A file whose rows are rows of one table."""
        letter, day = OWN.get(name, ("", ""))
        key, owner = TABLES[reader.table].key[0], _child_of(reader.table)
        for child, rows in self._children(name, reader):
            counted: Counter[str] = Counter()
            for cells in rows:
                if name == "Header" and counted:
                    reader.fault("child-twice", owner, child, cells["line"])
                    continue
                row = reader.read(cells, child, cells["line"])
                parts = [child, letter, *([text_of(cells.get("sw_id")) or ""] if name == "SWEpisodes" else [])]
                if day:
                    parts.append(reader.iso(row[reader.place[day]]) if day in reader.place else "")
                stem = "|".join(parts)
                counted[stem] += 1
                row[reader.place[key]] = child if name == "Header" else f"{stem}|{counted[stem]}"
                row[reader.place[owner]] = child
                _add_what_follows(name, reader, row)
                reader.rows.add(row)

    def _episodes(self, gathered: Gathered) -> None:
        reader = episodes.Episodes(gathered)
        self.readers.append(reader.episodes)
        for child, rows in self._children("Episodes", reader.episodes):
            reader.read(child, rows)

    def _adoption(self, reader: RowReader) -> None:
        """AD1 and the placements for adoption, a child's first of one beside the first of the other."""
        parts = [dict(self._children(name, reader)) for name in ("AD1", "PlacedAdoption") if name in self.has]
        for child in sorted({child for part in parts for child in part}):
            both = zip_longest(*(part.get(child, []) for part in parts), fillvalue={})
            for n, cells in enumerate(both, 1):
                merged = {name: value for part in cells for name, value in part.items()}
                row = reader.read(merged, child, merged["line"])
                row[0], row[1] = f"{child}|A|{n}", child
                reader.rows.add(row)

    def _outcomes(self, gathered: Gathered) -> None:
        """OC2: a score or why there is none, and which health checks were done in the year."""
        scores = self._reader(gathered, "sdq_scores", {"csdq_sdq_reason": "sdq_reason", "csdq_sdq_score": "sdq_score"})
        checks = self._reader(gathered, "cla_health", {"clah_health_check_status": "status"})
        for child, rows in self._children("OC2", scores):
            for n, cells in enumerate(rows, 1):
                if text_of(cells.get("sdq_score")) or text_of(cells.get("sdq_reason")):
                    row = scores.read(cells, child, cells["line"])
                    row[0], row[1] = f"{child}|Q||{n}", child
                    scores.rows.add(row)
                for name in CHECKS:
                    if text_of(cells.get(name)):
                        self._check(checks, child, name.upper(), cells, n)

    def _check(self, checks: RowReader, child: str, name: str, cells: Mapping[str, Any], n: int) -> None:
        sent = cells[name.lower()]
        row = checks.read({"status": sent if str(sent).strip() in ("0", "1") else None}, child, cells["line"])
        if row[checks.place["clah_health_check_status"]] is None:
            checks.unread("clah_health_check_status", child, cells["line"])
        row[0], row[1], row[2] = f"{child}|H|{name}||{n}", child, name
        checks.rows.add(row)

    def _not_in_header(self, gathered: Gathered) -> None:
        """Children of another file whom the Header does not have."""
        if "Header" not in self.has:
            return
        for name in sorted(self.has - {"Header"}):
            n = self.stage.n_without(name, CHILD, "Header")
            if n:
                children = "1 child" if n == 1 else f"{n:,} children"
                words = f"{children} of {name} {'is' if n == 1 else 'are'} not in the Header."
                whole_fault(gathered, "not-in-header", "", name, words)


def _add_what_follows(name: str, reader: RowReader, row: list[Any]) -> None:
    """What a row says without a field of its own."""
    if name == "UASC":
        row[reader.place["immi_immigration_status"]] = "UASC"
    elif name == "OC3" and "clea_care_leaver_accommodation" in reader.place:
        code = row[reader.place["clea_care_leaver_accommodation"]] or ""
        row[reader.place["clea_care_leaver_accom_suitable"]] = code[1:] or None
        if reader.is_unread("clea_care_leaver_accommodation"):
            reader.rows.not_understood("clea_care_leaver_accom_suitable")


def _child_of(table: str) -> str:
    return next(name for name in TABLES[table].column_names if name.endswith("_person_id"))


def gives(as_at: date) -> Gives:
    """What a whole set as at a day gives: every table of it, from 1 April on or before the day."""
    filled = {table: TABLES[table].column_names for table, _ in FIELDS.values()} | dict(episodes.FILLED)
    return given_by(filled, as_at)


def given_by(filled: Mapping[str, tuple[str, ...]], as_at: date) -> Gives:
    """What a set gives: what it has, from 1 April on or before the day, when its year began."""
    year = int(financial_year_of(as_at).removeprefix("FY"))
    return Gives(dict(filled), dict.fromkeys(filled, date(year - 1, 4, 1)))


def recognise(path: Path) -> Recognised | None:
    """Whether it is an SSDA903 set, by the columns of its files; which files it has."""
    files, unknown = set_of(path)
    if not files or len(unknown) > sum(map(len, files.values())):
        return None
    parts = tuple(name for name in (*WANTED, "DoLO") if name in files)
    missing = [f"It has no file of {name}." for name in EXPECTED if name not in files]
    others = [f"{file.name[:60]} is of no part of the set." for file in unknown]
    counted = "1 file" if len(parts) == 1 else f"{len(parts)} files"
    words = f"SSDA903 return, {counted} ({', '.join(parts)}), no day given that it describes"
    return Recognised(KIND, words, None, parts, unknown=(*missing, *others))


READER = Reader("SSDA903 return", read_ssda903, gives, recognise)
