"""Writes an SSD extract, a folder of CSV files, of what one invented census file holds: the same facts, another way.

The council's own ids are numbers, drawn at random; days carry a time, flags are Y and N, factors a list in a cell; each
case has a team and a worker. No name is written: there is none. With mess: files under a schema's name, a column of the
council's own, ids with a point, one row twice, a table missing. What the census file has wrong comes along.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

from lxml import etree

TEAMS: Final = ("North", "South", "East", "West", "Disabled children", "Front door")
FILES: Final = {
    "person": "pers_person_id,pers_sex,pers_ethnicity,pers_dob,pers_expected_dob,pers_death_date,pers_upn_unknown",
    "disability": "disa_table_id,disa_person_id,disa_disability_code",
    "cin_episodes": (
        "cine_referral_id,cine_person_id,cine_referral_date,cine_cin_primary_need_code,cine_referral_source_code,"
        "cine_referral_nfa,cine_close_reason,cine_close_date,cine_referral_team,cine_referral_worker_id"
    ),
    "cin_assessments": (
        "cina_assessment_id,cina_person_id,cina_referral_id,cina_assessment_start_date,cina_assessment_auth_date,"
        "cina_assessment_team"
    ),
    "assessment_factors": "cinf_table_id,cinf_assessment_id,cinf_assessment_factors_json",
    "cin_plans": (
        "cinp_cin_plan_id,cinp_referral_id,cinp_person_id,cinp_cin_plan_start_date,cinp_cin_plan_end_date,"
        "cinp_cin_plan_team"
    ),
    "s47_enquiry": (
        "s47e_s47_enquiry_id,s47e_referral_id,s47e_person_id,s47e_s47_start_date,s47e_s47_nfa,s47e_s47_outcome_json"
    ),
    "initial_cp_conference": (
        "icpc_icpc_id,icpc_s47_enquiry_id,icpc_person_id,icpc_referral_id,icpc_icpc_target_date,icpc_icpc_date"
    ),
    "cp_plans": (
        "cppl_cp_plan_id,cppl_referral_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date,"
        "cppl_cp_plan_initial_category,cppl_cp_plan_latest_category"
    ),
    "cp_reviews": "cppr_cp_review_id,cppr_person_id,cppr_cp_plan_id,cppr_cp_review_date",
    "department": "dept_team_id,dept_team_name,dept_team_parent_id",
    "professionals": (
        "prof_professional_id,prof_professional_caseload,prof_professional_department,prof_full_time_equivalency,"
        "prof_agency_worker_flag"
    ),
    "involvements": (
        "invo_involvements_id,invo_person_id,invo_professional_id,invo_professional_role_id,invo_professional_team,"
        "invo_involvement_start_date,invo_involvement_end_date,invo_referral_id"
    ),
}
WORKERS_OF_A_TEAM: Final = 8


def write_ssd(census: Path, folder: Path, *, seed: int, with_mess: bool = False) -> dict[str, int]:
    """Write the extract; gives the rows of each table. The same census file and seed give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    prefix, suffix = ("ssd_development.ssd_", ",local_note") if with_mess else ("ssd_", "")
    rng = Random(f"{seed} ssd")  # noqa: S311 (an invention must be repeatable, not secret)
    files = {name: (folder / f"{prefix}{name}.csv").open("w", encoding="utf-8", newline="") for name in FILES}
    try:
        writers = {name: csv.writer(file, lineterminator="\n") for name, file in files.items()}
        for name, head in FILES.items():
            writers[name].writerow((head + suffix).split(","))
        extract = Extract(writers, rng, with_mess=with_mess)
        for child in _children(census):
            extract.child(child)
        extract.finish()
    finally:
        for file in files.values():
            file.close()
    if with_mess:
        (folder / f"{prefix}professionals.csv").unlink()
    return extract.n_rows


def _children(census: Path) -> Iterator[Any]:
    for _, child in etree.iterparse(census, tag="{*}Child", resolve_entities=False, no_network=True):
        yield child
        child.clear()
        while child.getprevious() is not None:
            del child.getparent()[0]


class Extract:
    """The rows of one extract while they are written."""

    def __init__(self, writers: dict[str, Any], rng: Random, *, with_mess: bool) -> None:
        self.writers, self.rng, self.with_mess = writers, rng, with_mess
        self.n_rows = dict.fromkeys(FILES, 0)
        self.used: set[int] = set()
        self.written: set[str] = set()
        self.caseload: dict[str, int] = {}

    def own_id(self) -> str:
        """A number that no other row has, in no order."""
        number = self.rng.randrange(10**6, 10**9)
        while number in self.used:
            number = self.rng.randrange(10**6, 10**9)
        self.used.add(number)
        return f"{number}.0" if self.with_mess and number % 5 == 0 else str(number)

    def row(self, name: str, *cells: str) -> None:
        local = [f"note {self.n_rows[name]}"] if self.with_mess else []
        self.writers[name].writerow([*cells, *local])
        self.n_rows[name] += 1
        if self.with_mess and self.n_rows[name] == 7:  # a join that gave a row twice
            self.writers[name].writerow([*cells, *local])

    def child(self, child: Any) -> None:
        """A child sent twice in the census is one person, with the episodes of both."""
        reference = _text(child, "LAchildID")
        if reference not in self.written:
            self.written.add(reference)
            sex = {"1": "Male", "2": "F", "0": "U", "9": "I"}
            sent = _text(child, "GenderCurrent")
            born, expected, died = (
                _moment(child, name) for name in ("PersonBirthDate", "ExpectedPersonBirthDate", "PersonDeathDate")
            )
            unknown = _text(child, "UPNunknown")
            self.row("person", reference, sex.get(sent, sent), _text(child, "Ethnicity"), born, expected, died, unknown)
            for code in child.iter("{*}Disability"):
                self.row("disability", self.own_id(), reference, code.text or "")
        for episode in child.iter("{*}CINdetails"):
            self.episode(reference, episode)

    def episode(self, child: str, episode: Any) -> None:
        referral, place = self.own_id(), self.rng.randrange(len(TEAMS))
        team, worker = str(place + 1), f"W{place + 1}{self.rng.randrange(WORKERS_OF_A_TEAM):02}"
        self.caseload[worker] = self.caseload.get(worker, 0) + 1
        referred, closed = _moment(episode, "CINreferralDate"), _moment(episode, "CINclosureDate")
        self.row(
            "cin_episodes",
            *(referral, child, referred, _text(episode, "PrimaryNeedCode"), _text(episode, "ReferralSource")),
            *(_flag(episode, "ReferralNFA"), _text(episode, "ReasonForClosure"), closed, team, worker),
        )
        self.row("involvements", self.own_id(), child, worker, "allocated", team, referred, closed, referral)
        if held := _text(episode, "DateOfInitialCPC"):
            self.row("initial_cp_conference", self.own_id(), "", child, referral, "", _with_time(held))
        for item in episode.findall("{*}Assessments"):
            self.assessment(child, referral, team, item)
        for item in episode.findall("{*}CINPlanDates"):
            days = _moment(item, "CINPlanStartDate"), _moment(item, "CINPlanEndDate")
            self.row("cin_plans", self.own_id(), referral, child, *days, team)
        for item in episode.findall("{*}Section47"):
            self.enquiry(child, referral, item)
        for item in episode.findall("{*}ChildProtectionPlans"):
            self.plan(child, referral, item)

    def assessment(self, child: str, referral: str, team: str, item: Any) -> None:
        own = self.own_id()
        days = _moment(item, "AssessmentActualStartDate"), _moment(item, "AssessmentAuthorisationDate")
        self.row("cin_assessments", own, child, referral, *days, team)
        factors = [code.text or "" for code in item.iter("{*}AssessmentFactors")]
        if factors:
            self.row("assessment_factors", self.own_id(), own, json.dumps(factors))

    def enquiry(self, child: str, referral: str, item: Any) -> None:
        """No further action alone does not say that a conference was required: its outcome does."""
        own, not_required = self.own_id(), _flag(item, "ICPCnotRequired")
        said = {"Y": "N", "N": "Y"}.get(not_required)
        outcome = json.dumps({"CP_CONFERENCE_FLAG": said, "OUTCOME_COMMENTS": "as decided"}) if said else ""
        started = _moment(item, "S47ActualStartDate")
        self.row("s47_enquiry", own, referral, child, started, not_required, outcome)
        days = _moment(item, "InitialCPCtarget"), _moment(item, "DateOfInitialCPC")
        if any(days):
            self.row("initial_cp_conference", self.own_id(), own, child, referral, *days)

    def plan(self, child: str, referral: str, item: Any) -> None:
        own = self.own_id()
        days = _moment(item, "CPPstartDate"), _moment(item, "CPPendDate")
        categories = _text(item, "InitialCategoryOfAbuse"), _text(item, "LatestCategoryOfAbuse")
        self.row("cp_plans", own, referral, child, *days, *categories)
        for day in item.iter("{*}CPPreviewDate"):
            self.row("cp_reviews", self.own_id(), child, own, _with_time(day.text or ""))

    def finish(self) -> None:
        """The teams, and their workers with what they hold."""
        for place, name in enumerate(TEAMS, 1):
            self.row("department", str(place), f"{name} team", "")
        for worker, n in sorted(self.caseload.items()):
            agency = "Y" if self.rng.random() < 0.2 else "N"
            self.row("professionals", worker, str(n), worker[1], f"{self.rng.choice((0.5, 0.8, 1)):.2f}", agency)


def _text(block: Any, name: str) -> str:
    """An element's text: directly in the block, or in the blocks of identifiers and characteristics."""
    found = block.find(f"{{*}}{name}")
    if found is None and block.tag.endswith("Child"):
        found = next(block.iter(f"{{*}}{name}"), None)
    return (found.text or "") if found is not None else ""


def _with_time(day: str) -> str:
    return f"{day} 00:00:00" if day else ""


def _moment(block: Any, name: str) -> str:
    return _with_time(_text(block, name))


def _flag(block: Any, name: str) -> str:
    return {"true": "Y", "false": "N"}.get(_text(block, name), "")
