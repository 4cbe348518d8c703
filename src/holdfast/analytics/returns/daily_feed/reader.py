"""Reads the Department's daily feed: JSON arrays of children, in one file or a folder of files in order of name.

Later files change earlier ones. Not here: how changes are put together (merging.py). The feed has no primary need,
abuse category, target of a conference, review or number of earlier plans: what hangs on those cannot be answered.
`icpc_required_flag` is the opposite of the census's. Rule: names go before anything is written down.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from holdfast.analytics.calendar import add_months, financial_year_of
from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns.cells import RowReader, losses, other_forms, whole_fault
from holdfast.analytics.returns.daily_feed.merging import NAMES, merged, without_names
from holdfast.analytics.returns.reading import Gives, Reader, Reading, Recognised
from holdfast.analytics.returns.several import files_of, hash_of
from holdfast.analytics.returns.staged import sorting_in
from holdfast.analytics.returns.writing import Gathered
from holdfast.analytics.tables.contracts import TABLES

KIND: Final = "daily_feed"
RECORD_LIMIT: Final = 4 * 1024 * 1024
LOOKED_AT: Final = 64 * 1024
CHILDREN_AT_ONCE: Final = 5_000
MONTHS_BACK: Final = 24
FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    "person": {
        "pers_upn": "unique_pupil_number",
        "pers_former_upn": "former_unique_pupil_number",
        "pers_upn_unknown": "unique_pupil_number_unknown_reason",
        "pers_sex": "sex",
        "pers_ethnicity": "ethnicity",
        "pers_dob": "date_of_birth",
        "pers_expected_dob": "expected_date_of_birth",
    },
    "disability": {"disa_disability_code": "code"},
    "cin_episodes": {
        "cine_referral_date": "referral_date",
        "cine_referral_source_code": "referral_source",
        "cine_referral_nfa": "referral_no_further_action_flag",
        "cine_close_date": "closure_date",
        "cine_close_reason": "closure_reason",
    },
    "cin_assessments": {
        "cina_assessment_start_date": "start_date",
        "cina_assessment_auth_date": "authorisation_date",
    },
    "assessment_factors": {"cinf_assessment_factor": "code"},
    "cin_plans": {"cinp_cin_plan_start_date": "start_date", "cinp_cin_plan_end_date": "end_date"},
    "s47_enquiry": {
        "s47e_s47_start_date": "start_date",
        "s47e_s47_end_date": "end_date",
        "s47e_s47_nfa": "not_required",
    },
    "initial_cp_conference": {"icpc_icpc_date": "icpc_date"},
    "cp_plans": {"cppl_cp_plan_start_date": "start_date", "cppl_cp_plan_end_date": "end_date"},
    "cla_placement": {
        "clap_cla_placement_start_date": "start_date",
        "clap_cla_placement_type": "placement_type",
        "clap_cla_placement_end_date": "end_date",
        "clap_cla_placement_change_reason": "change_reason",
    },
    "permanence": {
        "perm_adm_decision_date": "initial_decision_date",
        "perm_matched_date": "matched_date",
        "perm_placed_for_adoption_date": "placed_date",
    },
    "care_leavers": {
        "clea_care_leaver_latest_contact": "contact_date",
        "clea_care_leaver_activity": "activity",
        "clea_care_leaver_accommodation": "accommodation",
    },
    "sdq_scores": {"csdq_sdq_completed_date": "date", "csdq_sdq_score": "score"},
    "involvements": {
        "invo_professional_id": "worker_id",
        "invo_involvement_start_date": "start_date",
        "invo_involvement_end_date": "end_date",
    },
    "immigration_status": {"immi_immigration_status_end_date": "uasc_end_date"},
}
"""The key of each column that comes from one."""
LINKS: Final = frozenset(
    {
        *("cina_referral_id", "cinf_assessment_id", "cinp_referral_id", "s47e_referral_id", "icpc_s47_enquiry_id"),
        *("icpc_referral_id", "cppl_referral_id", "invo_referral_id", "immi_immigration_status"),
    }
)
BLOCKS: Final = {
    "child_in_need_plans": ("cin_plans", "N"),
    "child_protection_plans": ("cp_plans", "P"),
}
KNOWN: Final = frozenset(
    {
        *("la_child_id", "mis_child_id", "purge", "child_details", "health_and_wellbeing", "social_care_episodes"),
        "education_health_care_plans",
    }
)


def _filled(table: str) -> tuple[str, ...]:
    key = TABLES[table].key[0]
    return tuple(
        name
        for name in TABLES[table].column_names
        if name == key or name in FIELDS[table] or name in LINKS or name.endswith("_person_id")
    )


FILLED: Final = {table: _filled(table) for table in TABLES if table in FIELDS}


def gives(as_at: date) -> Gives:
    """What the feed as at a day gives: children active since the 1 April before the day 24 months earlier."""
    year = int(financial_year_of(add_months(as_at, -MONTHS_BACK)).removeprefix("FY"))
    return Gives(FILLED, dict.fromkeys(FILLED, date(year - 1, 4, 1)))


def read_daily_feed(path: Path, into: Path) -> Reading:
    """The feed's tables and faults, as Parquet in `into`. Raises UnreadableReturn, leaving nothing of use behind."""
    files = _json_files(path)
    with TemporaryDirectory() as aside, Gathered(into, FILLED) as gathered:
        for other in files_of(path):
            if other not in files:
                whole_fault(gathered, "unknown-table", "", other.name[:60])
        staged = Path(aside) / "sent.parquet"
        feed = Feed(gathered)
        n_sent = feed.stage(files, staged)
        if not n_sent:
            raise UnreadableReturn(KIND, expected="It should be JSON: an array of children, each with la_child_id.")
        feed.read(staged)
    return replace(
        gathered.reading(
            KIND,
            hash_of(path),
            gives,
            blocking=[] if gathered.n_rows["person"] else ["The feed leaves no child, so there is nothing to keep."],
        ),
        lost=losses(list(feed.readers.values()), feed.n_unkeyable),
        undated="The daily feed does not say which day it describes.",
    )


def _json_files(path: Path) -> list[Path]:
    return [file for file in files_of(path) if file == path or file.suffix.lower() in (".json", ".jsonl")]


def records_of(file: Path, aside: Path) -> Iterator[Any]:
    """Each record of a file of JSON, an array of them or one after another. Raises UnreadableReturn."""
    import duckdb

    quoted = str(file).replace("'", "''")
    with file.open("rb") as opened:
        start = opened.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    style = "array" if start.startswith(b"[") else "auto"
    limits = f"format='{style}', maximum_object_size={RECORD_LIMIT}"
    connection = sorting_in(aside)
    try:
        asked = connection.execute(f"SELECT json::VARCHAR FROM read_json_objects('{quoted}', {limits})")  # noqa: S608
        while batch := asked.fetchmany(100):
            for (text,) in batch:
                yield json.loads(text)
    except (duckdb.Error, ValueError, RecursionError):
        most = RECORD_LIMIT // 1024**2
        expected = f"The file {file.name[:60]} should be whole JSON, of records under {most} MB each."
        raise UnreadableReturn(KIND, expected=expected) from None
    finally:
        connection.close()


class Feed:
    """One feed being read."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered = gathered
        self.readers = {table: RowReader(gathered, table, fields) for table, fields in FIELDS.items()}
        self.n_unkeyable: Counter[str] = Counter()
        self.unknown: set[str] = set()
        self.child, self.line = "", 0
        self.places: Counter[str] = Counter()

    def stage(self, files: list[Path], staged: Path) -> int:
        """Write down every record without names, with its child and its place; how many records there are."""
        schema = pa.schema([("child", pa.string()), ("n", pa.int64()), ("json", pa.string())])
        n, waiting = 0, list[tuple[str, int, str]]()
        with pq.ParquetWriter(staged, schema) as writer:

            def write() -> None:
                columns = list(zip(*waiting, strict=True)) or [(), (), ()]
                writer.write_table(pa.table([list(column) for column in columns], schema=schema))
                waiting.clear()

            for file in files:
                for record in records_of(file, staged.parent):
                    n += 1
                    if child := self._child_of(record, n):
                        waiting.append((child, n, json.dumps(without_names(record))))
                    if len(waiting) >= 1_000:
                        write()
            write()
        return n

    def _child_of(self, record: Any, n: int) -> str:
        sent = record.get("la_child_id") if isinstance(record, dict) else None
        child = str(sent).strip() if isinstance(sent, str | int) else ""
        if not child or len(child) > 48:
            self.n_unkeyable["person"] += 1
            self.readers["person"].fault("unkeyable", "pers_person_id", "", n)
            return ""
        return child

    def read(self, staged: Path) -> None:
        """Every child, what was sent of it put together in order."""
        connection = sorting_in(staged.parent)
        try:
            quoted = str(staged).replace("'", "''")
            asked = connection.execute(f"SELECT child, n, json FROM read_parquet('{quoted}') ORDER BY child, n")  # noqa: S608
            rows = iter(lambda: asked.fetchmany(500), [])
            sent = (row for batch in rows for row in batch)
            for n, (child, parts) in enumerate(groupby(sent, key=lambda row: row[0]), 1):
                held: dict[str, Any] | None = None
                for _, line, text in parts:
                    held, self.line = merged(held, json.loads(text)), line
                if held is not None:
                    self._take(child, held)
                if n % CHILDREN_AT_ONCE == 0:
                    self.gathered.flush()
        finally:
            connection.close()
        for name in sorted(self.unknown):
            whole_fault(self.gathered, "unknown-column", "", name[:60])
        other_forms(self.gathered, self.readers.values())

    def _add(self, table: str, own_id: str, sent: Mapping[str, Any], **links: str | None) -> None:
        """One row: its values by the keys it was sent with, its id, its child and what it belongs to."""
        reader = self.readers[table]
        row = reader.read({key: _text(value) for key, value in sent.items()}, self.child, self.line)
        for name, value in links.items():
            row[reader.place[name]] = value
        row[reader.place[TABLES[table].key[0]]] = self._placed(own_id)
        for name, place in reader.place.items():
            if name.endswith("_person_id"):
                row[place] = self.child
        reader.rows.add(row)

    def _placed(self, own_id: str) -> str:
        if not own_id.endswith("|"):
            return own_id
        self.places[own_id] += 1
        return f"{own_id}{self.places[own_id]}"

    def _day(self, sent: Mapping[str, Any], key: str, table: str) -> str:
        """The day of a key as an id has it; "" where there is none that can be read."""
        column = next(name for name, field in FIELDS[table].items() if field == key)
        reader = next(each for _, contract, _, each in self.readers[table].columns if contract.name == column)
        try:
            day = reader[_text(sent.get(key))]
        except KeyError:
            return ""
        return self.readers[table].iso(day)

    def _take(self, child: str, held: Mapping[str, Any]) -> None:
        self.child = child
        self.places.clear()
        self.unknown.update(key for key in held if key not in KNOWN and key.lower() not in NAMES)
        details = _block(held, "child_details")
        self._add("person", child, details)
        for code in _list(details, "disabilities"):
            self._add("disability", f"{child}|D|{code}|", {"code": code})
        if _text(details.get("uasc_flag")) in ("true", "1", "Y"):
            self._add("immigration_status", f"{child}|I|", details, immi_immigration_status="UASC")
        for score in _list(_block(held, "health_and_wellbeing"), "sdq_assessments"):
            if isinstance(score, dict):
                self._add("sdq_scores", f"{child}|Q|{self._day(score, 'date', 'sdq_scores')}|", score)
        for episode in _list(held, "social_care_episodes"):
            if isinstance(episode, dict):
                self._episode(episode)

    def _episode(self, episode: Mapping[str, Any]) -> None:
        day = self._day(episode, "referral_date", "cin_episodes")
        referral = self._placed(f"{self.child}|{day}|")
        self._add("cin_episodes", referral, episode)
        for one in _dicts(episode, "child_and_family_assessments"):
            own = self._id(referral, "A", one, "cin_assessments")
            self._add("cin_assessments", own, one, cina_referral_id=referral)
            for code in _list(one, "factors"):
                self._add("assessment_factors", f"{own}|F|{code}|", {"code": code}, cinf_assessment_id=own)
        for key, (table, letter) in BLOCKS.items():
            link = next(name for name in _filled(table) if name.endswith("_referral_id"))
            for one in _dicts(episode, key):
                self._add(table, self._id(referral, letter, one, table), one, **{link: referral})
        for one in _dicts(episode, "section_47_assessments"):
            self._enquiry(referral, one)
        for one in _dicts(episode, "child_looked_after_placements"):
            day = self._day(one, "start_date", "cla_placement")
            self._add("cla_placement", f"{self.child}|PL|{day}|", one)
        for one in _dicts(episode, "care_worker_details"):
            day = self._day(one, "start_date", "involvements")
            own = f"{self.child}|W|{_text(one.get('worker_id')) or ''}|{day}|"
            self._add("involvements", own, one, invo_referral_id=referral)
        for key, table, letter in (("adoption", "permanence", "A"), ("care_leavers", "care_leavers", "CL")):
            if any(_text(value) for value in _block(episode, key).values()):
                self._add(table, f"{self.child}|{letter}|", _block(episode, key))

    def _enquiry(self, referral: str, sent: Mapping[str, Any]) -> None:
        own = self._id(referral, "S", sent, "s47_enquiry")
        required = _text(sent.get("icpc_required_flag"))
        opposite = {"true": "false", "1": "false", "false": "true", "0": "true"}
        cells = {**sent, "not_required": opposite.get((required or "").lower(), required)}
        self._add("s47_enquiry", own, cells, s47e_referral_id=referral)
        if _text(sent.get("icpc_date")):
            links = {"icpc_s47_enquiry_id": own, "icpc_referral_id": referral}
            self._add("initial_cp_conference", f"{own}|C", sent, **links)

    def _id(self, referral: str, letter: str, sent: Mapping[str, Any], table: str) -> str:
        return self._placed(f"{referral}|{letter}|{self._day(sent, 'start_date', table)}|")


def _text(value: Any) -> str | None:
    """A value of JSON as text; None for none, and for what is no value."""
    if value is None or isinstance(value, dict | list):
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _block(held: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = held.get(key)
    return value if isinstance(value, dict) else {}


def _list(held: Mapping[str, Any], key: str) -> list[Any]:
    value = held.get(key)
    return value if isinstance(value, list) else []


def _dicts(held: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    return [item for item in _list(held, key) if isinstance(item, dict)]


def recognise(path: Path) -> Recognised | None:
    """Whether it is the feed, by the keys at the beginning of its files; how many files."""
    files = _json_files(path)
    found = [file for file in files if _is_feed(file)]
    if not found:
        return None
    counted = "1 file" if len(found) == 1 else f"{len(found)} files"
    parts = tuple(file.name[:60] for file in found) if path.is_dir() else ()
    return Recognised(KIND, f"Daily feed, {counted}, no day given that it describes", None, parts)


def _is_feed(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            head = opened.read(LOOKED_AT).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError:
        return False
    return head[:1] in (b"[", b"{") and b'"la_child_id"' in head


READER = Reader("Daily feed", read_daily_feed, gives, recognise)
