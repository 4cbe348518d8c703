"""From the front door to help for a child in need: contacts, early help, referrals, assessments, plans, visits.

Not here: protection (protection.py). Rule: a team is as the council names it; a worker is a reference that stays in
records and is never a way to break a figure down (docs/decisions/0076).
"""

from holdfast.analytics.tables import codes as c
from holdfast.analytics.tables.shapes import NOT_KNOWN, NOT_SENT, OF_CHILDREN, Lasting, Table
from holdfast.analytics.tables.shapes import child_column as _child
from holdfast.analytics.tables.shapes import date_column as _date
from holdfast.analytics.tables.shapes import flag_column as _flag
from holdfast.analytics.tables.shapes import key_column as _key
from holdfast.analytics.tables.shapes import referral_column as _referral
from holdfast.analytics.tables.shapes import team_column as _team
from holdfast.analytics.tables.shapes import text_column as _text
from holdfast.analytics.tables.shapes import worker_column as _worker

CONTACTS = Table(
    "contacts",
    (
        _key("cont_contact_id", "The supplier's id of the contact."),
        _child("cont_person_id"),
        _date("cont_contact_date", "The day of the contact.", NOT_KNOWN),
        _text("cont_contact_source_code", "Who made it.", NOT_KNOWN, None, c.REFERRAL_SOURCE),
    ),
    ("cont_contact_id",),
    "One row per contact with the front door. Supplied by Annex A list 1 and the SSD; no census carries it.",
    supplied_by=("ssd", "annex_a"),
    dated="cont_contact_date",
)

EARLY_HELP = Table(
    "early_help_episodes",
    (
        _key("earl_episode_id", "The supplier's id of the episode."),
        _child("earl_person_id"),
        _date("earl_episode_start_date", "The day it started.", NOT_KNOWN),
        _date("earl_episode_end_date", "The day it ended.", "Still open at the as-at date."),
        _text("earl_episode_reason", "Why early help was involved, as coded by the supplier.", NOT_KNOWN),
        _text("earl_episode_end_reason", "Why it ended.", "Still open, or not recorded."),
        _text("earl_episode_organisation", "The organisation that leads.", NOT_KNOWN),
        _worker("earl_episode_worker_id", "Who leads it."),
    ),
    ("earl_episode_id",),
    "One row per early help episode. Supplied by Annex A list 2 and the SSD; no census carries it.",
    supplied_by=("ssd", "annex_a"),
    dated="earl_episode_start_date",
)

EPISODES = Table(
    "cin_episodes",
    (
        _key("cine_referral_id", "<child>|<referral date>|<place among the child's referrals of that day, from 1>."),
        _child("cine_person_id"),
        _date("cine_referral_date", "The day the referral was received.", NOT_KNOWN, "CINreferralDate, N00100"),
        _text(
            "cine_cin_primary_need_code",
            "The main reason the child is in need.",
            "Not recorded; a referral with no further action needs none.",
            "PrimaryNeedCode, N00101",
            c.PRIMARY_NEED,
        ),
        _text("cine_referral_source_code", "Who referred.", NOT_KNOWN, "ReferralSource, N00152", c.REFERRAL_SOURCE),
        _flag("cine_referral_nfa", "The referral led to no further action.", NOT_KNOWN, "ReferralNFA, N00112"),
        _text(
            "cine_close_reason",
            "Why it closed.",
            "Still open at the as-at date, or not recorded.",
            "ReasonForClosure, N00103",
            c.CLOSE_REASON,
        ),
        _date("cine_close_date", "The day it closed.", "Still open at the as-at date.", "CINclosureDate, N00102"),
        _date(
            "cine_last_seen_date", "The last day on which the child was seen, as a list of cases says it.", NOT_KNOWN
        ),
        _team("cine_referral_team", "The team that took the referral."),
        _worker("cine_referral_worker_id", "Who took the referral."),
        _team("cine_allocated_team", "The team that holds the case, or held it when it closed."),
        _worker("cine_allocated_worker_id", "Who holds the case, or held it when it closed."),
    ),
    ("cine_referral_id",),
    "One row per referral and the episode of need it began. Supplied by the CIN census (CINdetails).",
    supplied_by=OF_CHILDREN,
    lasts=Lasting("cine_referral_date", "cine_close_date", belongs_to=None, came_to_nothing="cine_referral_nfa"),
    moves_on=frozenset({"cine_allocated_team", "cine_allocated_worker_id", "cine_last_seen_date"}),
)

ASSESSMENTS = Table(
    "cin_assessments",
    (
        _key("cina_assessment_id", "<referral id>|A|<start date>|<place among those of that day, from 1>."),
        _child("cina_person_id"),
        _referral("cina_referral_id"),
        _date("cina_assessment_start_date", "The day it started.", NOT_KNOWN, "AssessmentActualStartDate, N00159"),
        _date(
            "cina_assessment_review_date",
            "The internal point at which it was reviewed.",
            "No review point is recorded.",
            "AssessmentInternalReviewDate",
        ),
        _date(
            "cina_assessment_auth_date",
            "The day it was authorised, which concludes it.",
            "Still open at the as-at date.",
            "AssessmentAuthorisationDate, N00160",
        ),
        _flag(
            "cina_assessment_child_seen",
            "The child was seen during it.",
            "Not recorded, or the return does not carry it: never that the child was not seen.",
        ),
        _flag("cina_assessment_outcome_nfa", "It led to no further action.", NOT_SENT),
        _team("cina_assessment_team", "The team that assessed."),
        _worker("cina_assessment_worker_id", "Who assessed."),
    ),
    ("cina_assessment_id",),
    "One row per continuous assessment. Supplied by the CIN census (Assessments).",
    supplied_by=OF_CHILDREN,
    lasts=Lasting(
        "cina_assessment_start_date",
        "cina_assessment_auth_date",
        belongs_to=("cin_episodes", "cina_referral_id"),
        is_sent_while_open=False,  # rule 8736
    ),
    moves_on=frozenset({"cina_assessment_review_date", "cina_assessment_team", "cina_assessment_worker_id"}),
)

FACTORS = Table(
    "assessment_factors",
    (
        _key("cinf_table_id", "<assessment id>|F|<code>|<place among equal ones>."),
        _text("cinf_assessment_id", "The assessment (cin_assessments).", "Never empty."),
        _text(
            "cinf_assessment_factor", "One factor found at its end.", NOT_KNOWN, "AssessmentFactors, N00181", c.FACTORS
        ),
    ),
    ("cinf_table_id",),
    "One row per assessment and factor (the SSD keeps a list in one cell). Supplied by the CIN census.",
    supplied_by=("cin_census", "ssd", "daily_feed"),
    set_of=("cin_assessments", "cinf_assessment_id"),
)

CIN_PLANS = Table(
    "cin_plans",
    (
        _key("cinp_cin_plan_id", "<referral id>|N|<start date>|<place among those of that day, from 1>."),
        _referral("cinp_referral_id"),
        _child("cinp_person_id"),
        _date("cinp_cin_plan_start_date", "The day it started.", NOT_KNOWN, "CINPlanStartDate, N00689"),
        _date("cinp_cin_plan_end_date", "The day it ended.", "Still open at the as-at date.", "CINPlanEndDate, N00690"),
        _team("cinp_cin_plan_team", "The team that holds it."),
        _worker("cinp_cin_plan_worker_id", "Who holds it."),
    ),
    ("cinp_cin_plan_id",),
    "One row per child in need plan. Supplied by the CIN census from 2022; no row before then tells nothing.",
    supplied_by=OF_CHILDREN,
    lasts=Lasting(
        "cinp_cin_plan_start_date", "cinp_cin_plan_end_date", belongs_to=("cin_episodes", "cinp_referral_id")
    ),
    moves_on=frozenset({"cinp_cin_plan_team", "cinp_cin_plan_worker_id"}),
)

CIN_VISITS = Table(
    "cin_visits",
    (
        _key("cinv_cin_visit_id", "The supplier's id of the visit; from Annex A <referral id>|V|<day>."),
        _child("cinv_person_id"),
        _date("cinv_cin_visit_date", "The day of the visit.", NOT_KNOWN),
        _flag("cinv_cin_visit_seen", "The child was seen.", NOT_KNOWN),
        _flag("cinv_cin_visit_seen_alone", "The child was seen alone.", NOT_KNOWN),
        _flag("cinv_cin_visit_bedroom", "The child's bedroom was seen.", NOT_KNOWN),
    ),
    ("cinv_cin_visit_id",),
    "One row per visit to a child in need. Supplied by the SSD and Annex A (the latest alone); no census carries it.",
    supplied_by=("ssd", "annex_a"),
    dated="cinv_cin_visit_date",
)
