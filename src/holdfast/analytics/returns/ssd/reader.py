"""Reads an SSD extract, a folder of CSV or Parquet files, into canonical tables and faults, table by table.

A table or column that is not there is said, and is not held; one that is not used is said by its name. A return has no
header, so nobody says which days it holds: see returns/window.py. Not here: finding the tables (source.py), which
becomes which (plans.py), a database by address (analytics/databases.py). Rule: one bad value costs one cell, and no
name comes in.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.figure import date_words
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
from holdfast.analytics.returns.ssd import plans
from holdfast.analytics.returns.ssd.plans import FACTORS, PLANS, Plan
from holdfast.analytics.returns.ssd.source import KIND, tables_of, taken_on
from holdfast.analytics.returns.staged import Ids, Stage, headings_of
from holdfast.analytics.returns.window import Window
from holdfast.analytics.returns.writing import Gathered
from holdfast.analytics.tables.contracts import TABLES

ROWS_AT_ONCE = 20_000
READ = {plan.source: plan.wanted for plan in PLANS} | {
    FACTORS: (plans.FACTORS_OWN, plans.FACTORS_LINK, plans.FACTORS_LIST)
}
READ["s47_enquiry"] = (*READ["s47_enquiry"], plans.OUTCOME)
READ["department"] = (*READ["department"], plans.TEAM_NAME)


def gives(as_at: date) -> Gives:
    """What an extract gives of which nothing is known: no table. Each reading says what it gives itself."""
    return Gives({}, {})


def read_ssd(path: Path, into: Path) -> Reading:
    """The extract's tables and faults, as Parquet in `into`. Raises UnreadableReturn, leaving nothing of use behind."""
    found = tables_of(path, READ)
    if not set(found) & set(READ):
        expected = "It should be a folder of CSV or Parquet files named for the SSD's tables, such as ssd_person.csv."
        raise UnreadableReturn(KIND, expected=expected)
    with TemporaryDirectory() as aside:
        extract = Extract(Stage(Path(aside), KIND), found)
        try:
            return extract.read(path, into)
        finally:
            extract.stage.close()


class Extract:
    """One extract being read. `filled` says which columns of each canonical table it gives."""

    def __init__(self, stage: Stage, found: Mapping[str, list[Path]]) -> None:
        self.stage, self.found = stage, found
        self.extra: dict[str, list[str]] = {}
        for name, paths in found.items():
            if name in READ:
                stage.lay(name, paths[0], READ[name], plans.without_comments)
                self.extra[name] = [
                    head for head in headings_of(paths[0], KIND) if head not in READ[name] and not _is_left_behind(head)
                ]
        self.filled = {plan.table: columns for plan in PLANS if (columns := self._filled(plan))}
        if FACTORS in stage.columns and plans.FACTORS_LIST in stage.columns[FACTORS]:
            self.filled[FACTORS] = TABLES[FACTORS].column_names
        self.window, self.teams = Window(), dict[str, str]()
        self.n_unkeyable: Counter[str] = Counter()

    def _filled(self, plan: Plan) -> tuple[str, ...]:
        """The columns of the plan's table that the extract can fill; () where it has no such table."""
        has = self.stage.columns.get(plan.source)
        if has is None or (plan.child and plan.child not in has and not any(link in has for link in plan.links)):
            return ()
        made = {TABLES[plan.table].key[0], plan.child}
        if plans.OUTCOME in has:
            made.add("s47e_s47_nfa")
        return tuple(name for name in TABLES[plan.table].column_names if name in made or name in has)

    def read(self, path: Path, into: Path) -> Reading:
        readers = []
        with Gathered(into, self.filled) as gathered:
            self._say_what_is_there(gathered)
            for name, lines in self.stage.moved.items():
                moved_rows(gathered, name, lines)
            self._read_teams()
            for plan in PLANS:
                if plan.table in self.filled:
                    reader = RowReader(gathered, plan.table, plan.fields)
                    self._read(plan, reader)
                    readers.append(reader)
            if FACTORS in self.filled:
                self._read_factors(gathered)
            other_forms(gathered, readers)
            lost_sight = losses(readers, self.n_unkeyable)
        n_rows = gathered.n_rows
        return replace(
            gathered.reading(
                KIND,
                hash_of(path),
                partial(given_by, self.filled, self.window),
                blocking=[]
                if n_rows.get("person")
                else ["The extract holds no children (ssd_person), so there is nothing to keep."],
            ),
            reference_date=taken_on(path),
            lost=lost_sight,
            undated="An SSD extract does not say which day it describes.",
        )

    def _say_what_is_there(self, gathered: Gathered) -> None:
        """Which tables and columns are missing, and which are there and not read."""
        for name, paths in sorted(self.found.items()):
            if name not in READ:
                known = name in plans.NOT_USED
                whole_fault(gathered, "unknown-table", "", f"ssd_{name}"[:60] if known else paths[0].name[:60])
            for extra in paths[1:] if name in READ else []:
                words = f"The table ssd_{name} comes in more than one file. {extra.name[:60]} was not read."
                whole_fault(gathered, "unknown-table", "", f"ssd_{name}", words)
        for name in sorted(READ):
            if name not in self.found:
                severity = " Figures that need it are not held." if name in plans.EXPECTED else ""
                words = f"The extract has no table ssd_{name}: what it would say is not known.{severity}"
                whole_fault(gathered, "missing-table", "", f"ssd_{name}", words)
                continue
            for column in READ[name]:
                if column not in self.stage.columns[name] and column not in _OURS:
                    whole_fault(gathered, "missing-column", name, column)
            unknown_columns(gathered, name, self.extra[name], len(self.stage.columns[name]))

    def _read_teams(self) -> None:
        """The names of teams by their ids: a team is as the council names it."""
        if plans.TEAM_NAME not in self.stage.columns.get("department", ()):
            return
        for cells in self.stage.rows("department", ("dept_team_id",), {}):
            own, name = _whole(cells["dept_team_id"]), text_of(cells[plans.TEAM_NAME])
            if own and name and len(name) <= 48:
                self.teams[own] = name

    def _read(self, plan: Plan, reader: RowReader) -> None:
        """Every row of the plan's table, in the order of its children."""
        has = self.stage.columns[plan.source]
        links = {link: table for link, table in plan.links.items() if link in has and self.stage.has_ids(table)}
        child = plan.child if plan.child in has else ""
        order = [name for name in (child or next(iter(links), ""), plan.own) if name in has]
        rows = self.stage.rows(plan.source, order, links, child)
        with (
            self.stage.ids(plan.table) as ids,
            self.stage.ids(plans.PERIODS if plan.table == "cla_episodes" else f"{plan.table}_p") as periods,
        ):
            made = Made(plan, reader, ids, periods)
            for n, cells in enumerate(rows, 1):
                self._row(plan, made, cells, links)
                if n % ROWS_AT_ONCE == 0:
                    reader.gathered.flush()

    def _row(self, plan: Plan, made: "Made", cells: dict[str, Any], links: Mapping[str, str]) -> None:
        reader = made.reader
        parents = {link: cells.get(f"{link}_made") for link in plan.links}
        child = _whole(cells.get(plan.child)) or next(
            (_whole(cells.get(f"{link}_child")) for link in links if cells.get(f"{link}_child")), None
        )
        if plan.child and (child is None or len(child) > 48):
            self.n_unkeyable[plan.table] += 1
            reader.fault("unkeyable", plan.child, "", cells["line"])
            return
        if made.is_again(child, _whole(cells.get(plan.own)), cells):
            return
        for team in plan.teams:
            sent = _whole(cells.get(team))
            cells[team] = self.teams.get(sent, sent) if sent else None
        if plan.source == "s47_enquiry":
            cells["s47e_s47_nfa"] = plans.not_required(cells.get(plans.OUTCOME), cells.get("s47e_s47_nfa"))
        row = reader.read(cells, child or "", cells["line"])
        for link, parent in parents.items():
            if link in reader.place:
                row[reader.place[link]] = parent
                if parent is None and link in links and _whole(cells.get(link)):
                    reader.fault("no-parent", link, child or "", cells["line"])
        made.finish(row, child, parents, cells)
        if plan.table == "cin_episodes" and "cine_close_date" in reader.place:
            self.window.saw(row[reader.place["cine_close_date"]])

    def _read_factors(self, gathered: Gathered) -> None:
        """The factors of an assessment, which the SSD keeps as a list in one cell."""
        reader = RowReader(gathered, FACTORS, {"cinf_assessment_factor": "code"})
        links = {plans.FACTORS_LINK: "cin_assessments"} if self.stage.has_ids("cin_assessments") else {}
        for cells in self.stage.rows(FACTORS, (plans.FACTORS_LINK,), links):
            assessment = cells.get(f"{plans.FACTORS_LINK}_made")
            child = cells.get(f"{plans.FACTORS_LINK}_child") or ""
            if assessment is None:
                self.n_unkeyable[FACTORS] += 1
                reader.fault("unkeyable", plans.FACTORS_LINK, "", cells["line"])
                continue
            counted: Counter[str] = Counter()
            for code in factors_in(cells.get(plans.FACTORS_LIST)):
                row = reader.read({"code": code}, child, cells["line"])
                counted[row[2] or ""] += 1
                row[0], row[1] = f"{assessment}|F|{row[2] or ''}|{counted[row[2] or '']}", assessment
                reader.rows.add(row)


class Made:
    """The ids of one table's rows, made of what they say. Rows come in the order of their children."""

    def __init__(self, plan: Plan, reader: RowReader, ids: Ids, periods: Ids) -> None:
        self.plan, self.reader, self.ids, self.periods = plan, reader, ids, periods
        self.day = plan.day or TABLES[plan.table].day
        self.child: str | None = None
        self.own: str | None = None
        self.counted: Counter[str] = Counter()

    def is_again(self, child: str | None, own: str | None, cells: Mapping[str, Any]) -> bool:
        """Whether the row before had the same child and key, which is a fault: a join that gave it twice."""
        if child != self.child:
            self.child, self.own = child, None
            self.counted.clear()
        if own is not None and own == self.own:
            rule = "child-twice" if self.plan.table == "person" else "row-twice"
            self.reader.fault(rule, self.plan.own, child or "", cells["line"])
            return True
        self.own = own
        return False

    def finish(self, row: list[Any], child: str | None, parents: Mapping[str, Any], cells: Mapping[str, Any]) -> None:
        """Give the row its id and its child, and add it."""
        plan, place = self.plan, self.reader.place
        if self.plan.child:
            row[place[plan.child]] = child
        stem = next((parents[link] for link in plan.stems if parents.get(link)), child) or ""
        row[place[TABLES[plan.table].key[0]]] = made = self._id(stem, row, child)
        if self.own is not None:
            self.ids.add(self.own, made, child or "")
        if plan.table == "cla_episodes" and (period := _whole(cells.get("clae_cla_id"))):
            self.periods.add(period, period, child or "")
        self.reader.rows.add(row)

    def _id(self, stem: str, row: list[Any], child: str | None) -> str:
        plan = self.plan
        if plan.table == "person" or not plan.child:
            return child or self.own or self._placed("")
        if plan.letter is None:
            return f"{child}|{self.own}" if self.own else self._placed(f"{child}|")
        value = row[self.reader.place[self.day]] if self.day in self.reader.place else None
        day = value if isinstance(value, str) else self.reader.iso(value)
        if plan.table == "initial_cp_conference" and stem != child:
            return self._first_plain(f"{stem}|C")
        parts = [stem, plan.letter, day] if plan.letter else [stem, day]
        return self._placed("|".join(part for part in parts if part or self.day) + "|")

    def _placed(self, stem: str) -> str:
        self.counted[stem] += 1
        return f"{stem}{self.counted[stem]}"

    def _first_plain(self, stem: str) -> str:
        """As the census has it, which has one of them: the first without a place."""
        self.counted[stem] += 1
        return stem if self.counted[stem] == 1 else f"{stem}|{self.counted[stem]}"


_OURS = {
    "cppl_previous_cp_plans",
    *("pers_former_upn", "cina_assessment_review_date", "prep_referral_id", "prep_fgdm_offered"),
    *("prep_fgdm_facilitated", "prep_court_application_date", "cine_allocated_team", "cine_allocated_worker_id"),
    *("cppl_cp_plan_team", "cppl_cp_plan_worker_id"),
}
"""Columns of the canonical tables that the SSD does not have."""
_LEFT_BEHIND = frozenset(
    {
        *("pers_forename", "pers_surname", "pers_gender", "pers_common_child_id", "pers_legacy_id", "pers_send_flag"),
        *("pers_is_mother", "pers_nationality", "pers_single_unique_id", "prof_staff_id", "icpc_cp_plan_id"),
        *("clea_care_leaver_personal_advisor", "perm_adoption_worker_id", "perm_adopter_sex"),
        *("perm_adopter_legal_status", "perm_number_of_adopters", "perm_placement_provider_urn", "perm_cla_id"),
        *("perm_part_of_sibling_group", "perm_siblings_placed_together", "perm_siblings_placed_apart"),
    }
)
_LEFT_BEHIND_ENDS = ("_json", "_desc", "_name", "_postcode", "_job_title", "_registration_no", "_meeting_id")


def _is_left_behind(column: str) -> bool:
    """Whether the SSD has the column, and it is left behind without a word: names, free text, what is not needed."""
    is_of_pre_proceedings = column.startswith("prep_")
    return column in _LEFT_BEHIND or column.endswith(_LEFT_BEHIND_ENDS) or is_of_pre_proceedings


def given_by(filled: Mapping[str, tuple[str, ...]], window: Window, as_at: date) -> Gives:
    """What the extract gives: the columns it has, from the first day that its closed cases show it holds."""
    since = window.since(as_at)
    return Gives(dict(filled), {} if since is None else dict.fromkeys(filled, since))


def factors_in(cell: str | None) -> Iterator[str]:
    """The codes of a list in one cell: JSON, a list or codes with their answers, or codes with commas between."""
    text = text_of(cell)
    if text is None:
        return
    try:
        said = json.loads(text)
    except ValueError:
        said = text.split(",")
    if isinstance(said, dict):
        said = [
            code
            for code, answer in said.items()
            if str(answer).strip().lower() not in ("no", "n", "false", "0", "none", "")
        ]
    for each in said if isinstance(said, list) else [said]:
        code = each.get("code", "") if isinstance(each, dict) else str(each)
        if code.strip():
            yield code.strip()


def _whole(cell: Any) -> str | None:
    """An id without white space, and without the .0 that a column with gaps gives a whole number."""
    text = text_of(cell)
    if text is None:
        return None
    whole, _, rest = text.partition(".")
    return whole if rest and not rest.strip("0") and whole.isdigit() else text


def recognise(path: Path) -> Recognised | None:
    """Whether it is an extract, by its files' names or headings; how many tables, and which are not read."""
    found = tables_of(path, READ)
    read = sorted(set(found) & set(READ))
    if not read or len(read) < len(set(found) - plans.NOT_USED) / 2:
        return None
    day = taken_on(path)
    tables = "1 table" if len(read) == 1 else f"{len(read)} tables"
    words = f"SSD extract, {tables}, {f'as at {date_words(day)}' if day else 'no day given that it describes'}"
    others = sorted(set(found) - set(READ))
    unknown = tuple(f"{'ssd_' if name in plans.NOT_USED else ''}{name[:60]} is not read." for name in others)
    return Recognised(KIND, words, day, tuple(f"ssd_{name}" for name in read), unknown=unknown)


READER = Reader("Standard Safeguarding Dataset", read_ssd, gives, recognise)
