"""The tables of the workforce: teams, workers, who works with which child, and the yearly return of social workers.

Names follow the SSD where it has the thing (department, professionals, involvements) and the Department's social work
workforce return where it does not (workforce_workers, workforce_posts). Not here: what turnover or a vacancy rate is.
Rule: a worker is a reference, never a name, a job title in somebody's own words, a birth date, a sex or an ethnicity.
The Department publishes counts of a council's social workers however small, so they are not suppressed here either.
"""

from holdfast.analytics.tables import codes_looked_after as looked_after
from holdfast.analytics.tables import codes_workforce as c
from holdfast.analytics.tables.shapes import (
    NOT_KNOWN,
    NOT_SENT,
    Lasting,
    Table,
    child_column,
    date_column,
    decimal_column,
    flag_column,
    key_column,
    text_column,
    whole_column,
)

_WORKER = "The worker's reference: the supplier's id, or a digest of the registration number."

DEPARTMENT = Table(
    "department",
    (
        key_column("dept_team_id", "The supplier's id of the team."),
        text_column("dept_team_parent_id", "The team or department it belongs to (department).", "None is recorded."),
    ),
    ("dept_team_id",),
    "One row per team. Supplied by the SSD; no census carries it. A team's name is kept with its record, not here.",
    supplied_by=("ssd",),
    is_of_children=False,
)

PROFESSIONALS = Table(
    "professionals",
    (
        key_column("prof_professional_id", _WORKER),
        whole_column("prof_professional_caseload", "Cases held on the 30 September before.", NOT_KNOWN),
        text_column("prof_professional_department", "The team (department).", NOT_KNOWN),
        decimal_column("prof_full_time_equivalency", "Full-time equivalent, 0 to 1.", NOT_KNOWN),
        flag_column("prof_agency_worker_flag", "The worker comes from an agency.", NOT_KNOWN),
    ),
    ("prof_professional_id",),
    "One row per worker. Supplied by the SSD; no census carries it.",
    supplied_by=("ssd",),
    moves_on=frozenset(
        {
            "prof_professional_caseload",
            "prof_professional_department",
            "prof_full_time_equivalency",
            "prof_agency_worker_flag",
        }
    ),
    is_of_children=False,
)

INVOLVEMENTS = Table(
    "involvements",
    (
        key_column("invo_involvements_id", "<child>|W|<worker>|<start date>|<place among those of that day, from 1>."),
        child_column("invo_person_id"),
        text_column("invo_professional_id", _WORKER, NOT_KNOWN),
        text_column("invo_professional_role_id", "The worker's role with the child, as coded by the supplier."),
        text_column("invo_professional_team", "The worker's team (department).", NOT_SENT),
        date_column("invo_involvement_start_date", "The day it started.", NOT_KNOWN),
        date_column("invo_involvement_end_date", "The day it ended.", "Still so at the as-at date."),
        text_column(
            "invo_worker_change_reason",
            "Why the worker changed.",
            "Still so, or not recorded.",
            codes=looked_after.WORKER_CHANGE,
        ),
        text_column("invo_referral_id", "The episode (cin_episodes).", "The supplier does not link it to an episode."),
    ),
    ("invo_involvements_id",),
    "One row per worker and child, for as long as it lasted. Supplied by the SSDA903 (social worker episodes), the "
    "SSD, the daily feed and Annex A; no census carries it.",
    supplied_by=("ssda903", "ssd", "daily_feed", "annex_a"),
    lasts=Lasting("invo_involvement_start_date", "invo_involvement_end_date", belongs_to=None),
)

WORKFORCE_WORKERS = Table(
    "workforce_workers",
    (
        key_column("work_table_id", "<day the return describes>|<worker>|<place among that worker's, from 1>."),
        date_column("work_reference_date", "The day the return describes, a 30 September.", "Never empty."),
        text_column("work_worker_id", "A digest of the registration number (SWENo).", NOT_KNOWN),
        flag_column("work_agency", "An agency worker (AgencyWorker).", NOT_KNOWN),
        decimal_column("work_fte", "Full-time equivalent, 0 to 1 (FTE); of a leaver, when they left.", NOT_KNOWN),
        text_column("work_role", "The role (OrgRole).", NOT_KNOWN, codes=c.ROLE),
        date_column("work_role_start_date", "The day the role started (RoleStartDate).", NOT_KNOWN),
        text_column("work_start_origin", "Where from (StartOrigin).", "Not a starter, or not known.", codes=c.ORIGIN),
        date_column("work_role_end_date", "The day it ended (RoleEndDate).", "In post on the reference date."),
        text_column("work_destination", "Where to (LeaverDestination).", "Not a leaver.", codes=c.DESTINATION),
        text_column("work_leaving_reason", "Why (ReasonLeave).", "Not a leaver.", codes=c.LEAVING),
        decimal_column("work_fte30", "Full-time equivalent on 30 September (FTE30).", "Not in post, or not known."),
        whole_column("work_cases30", "Cases held on 30 September (Cases30).", "Holds no cases, or not known."),
        decimal_column("work_days_lost", "Working days lost to sickness in the year (WorkingDaysLost).", NOT_KNOWN),
        decimal_column("work_contract_weeks", "Weeks in contract in the year (ContractWeeks).", NOT_KNOWN),
        flag_column("work_absent_at30", "Absent on 30 September (Absat30Sept).", NOT_KNOWN),
        text_column("work_absence_reason", "Why (ReasonAbsence).", "Not absent.", codes=c.ABSENCE),
        text_column("work_status", "Where in the career (CFKSSstatus).", NOT_KNOWN, codes=c.STATUS),
    ),
    ("work_table_id",),
    "One row per social worker in post on 30 September, or who left in the year to it. Supplied by the social work "
    "workforce return; no census carries it.",
    supplied_by=("workforce",),
    dated="work_reference_date",
    is_of_children=False,
)

WORKFORCE_POSTS = Table(
    "workforce_posts",
    (
        key_column("post_table_id", "The day the return describes."),
        date_column("post_reference_date", "The day the return describes, a 30 September.", "Never empty."),
        decimal_column("post_vacancies_fte", "Vacancies, full-time equivalent (NumberOfVacancies).", NOT_KNOWN),
        decimal_column("post_agency_fte", "Agency workers, full-time equivalent (NoAgencyFTE).", NOT_KNOWN),
        whole_column("post_agency_headcount", "Agency workers, as persons (NoAgencyHeadcount).", NOT_KNOWN),
    ),
    ("post_table_id",),
    "One row per social work workforce return: the council's posts. Supplied by that return; no census carries it.",
    supplied_by=("workforce",),
    dated="post_reference_date",
    is_of_children=False,
)

WORKFORCE = (DEPARTMENT, PROFESSIONALS, INVOLVEMENTS, WORKFORCE_WORKERS, WORKFORCE_POSTS)
