"""Every canonical table as a contract: its columns, types, key, code lists, and what an empty value (NULL) means.

A table of a load also has `row_number` (integer, 1 for the first in the file) and `unread` (the columns of which
something was sent that could not be understood; a conference's stand in its enquiry or episode); a table of a snapshot
also has `as_at` (date: when the load that supplied the row was true). Not here: how a row is read (returns/), or two
years merged (history.py). Rule: nobody's name and no free text: a child or worker is a reference.
SOURCE: the Standard Safeguarding Dataset's specification (table and column names, item references) and the DfE's CIN
census schemas (elements). N-numbers are those in the published validation rules; an element without one has none there.
"""

from holdfast.analytics.tables import codes as c
from holdfast.analytics.tables.looked_after import LOOKED_AFTER
from holdfast.analytics.tables.programme import MEETING_SEATS, PLAN_ACTIONS, REQUIREMENTS, REQUIREMENTS_EVIDENCED
from holdfast.analytics.tables.shapes import NOT_KNOWN, NOT_SENT, Column, ColumnType, Lasting, Table
from holdfast.analytics.tables.shapes import child_column as _child
from holdfast.analytics.tables.shapes import date_column as _date
from holdfast.analytics.tables.shapes import flag_column as _flag
from holdfast.analytics.tables.shapes import key_column as _key
from holdfast.analytics.tables.shapes import referral_column as _referral
from holdfast.analytics.tables.shapes import text_column as _text
from holdfast.analytics.tables.shapes import whole_column as _whole
from holdfast.analytics.tables.workforce import WORKFORCE

__all__ = ["TABLES", "Column", "ColumnType", "Table"]

# In the order in which they stand before one another: the return that the Department checks is first.
_CHILDREN = ("cin_census", "ssd", "daily_feed", "annex_a")

_PERSON = Table(
    "person",
    (
        _text("pers_person_id", "The council's own reference for the child.", "Never empty.", "LAchildID, N00097"),
        _text("pers_upn", "Unique pupil number.", "Not known; pers_upn_unknown may say why.", "UPN, N00001"),
        _text(
            "pers_former_upn", "An earlier unique pupil number.", "There was none, or none is recorded.", "FormerUPN"
        ),
        _text(
            "pers_upn_unknown",
            "Why there is no UPN.",
            "There is a UPN, or no reason.",
            "UPNunknown, N00135",
            c.UPN_UNKNOWN,
        ),
        _text(
            "pers_sex",
            "Sex. F, M, U or I; the older GenderCurrent 2, 1, 0 and 9 are turned into these.",
            NOT_KNOWN,
            "Sex, N00783 (from 2024/25); GenderCurrent, N00065 (before)",
            c.SEX,
        ),
        _text("pers_ethnicity", "Ethnicity as recorded by the council.", NOT_KNOWN, "Ethnicity", c.ETHNICITY),
        _date("pers_dob", "Date of birth.", "Not yet born, or not recorded.", "PersonBirthDate, N00066"),
        _date(
            "pers_expected_dob", "Expected date of birth.", "Born, or not recorded.", "ExpectedPersonBirthDate, N00098"
        ),
        _date("pers_death_date", "Date of death.", "Not known to have died.", "PersonDeathDate, N00108"),
    ),
    ("pers_person_id",),
    "One row per child. Supplied by the CIN census (ChildIdentifiers, ChildCharacteristics), Annex A and the SSD.",
    supplied_by=(*_CHILDREN, "ssda903"),
    moves_on=frozenset({"pers_upn_unknown"}),
)

_DISABILITY = Table(
    "disability",
    (
        _key("disa_table_id", "<child>|D|<code>|<place among equal ones>."),
        _child("disa_person_id"),
        _text(
            "disa_disability_code",
            "One disability. NONE says there is none.",
            NOT_KNOWN,
            "Disability, N00099",
            c.DISABILITY,
        ),
    ),
    ("disa_table_id",),
    "One row per disability of a child. No row: nothing was recorded, which is not the same as NONE.",
    supplied_by=_CHILDREN,
    set_of=("person", "disa_person_id"),
)

_CONTACTS = Table(
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

_EARLY_HELP = Table(
    "early_help_episodes",
    (
        _key("earl_episode_id", "The supplier's id of the episode."),
        _child("earl_person_id"),
        _date("earl_episode_start_date", "The day it started.", NOT_KNOWN),
        _date("earl_episode_end_date", "The day it ended.", "Still open at the as-at date."),
        _text("earl_episode_reason", "Why early help was involved, as coded by the supplier.", NOT_KNOWN),
        _text("earl_episode_end_reason", "Why it ended.", "Still open, or not recorded."),
        _text("earl_episode_organisation", "The organisation that leads.", NOT_KNOWN),
    ),
    ("earl_episode_id",),
    "One row per early help episode. Supplied by Annex A list 2 and the SSD; no census carries it.",
    supplied_by=("ssd", "annex_a"),
    dated="earl_episode_start_date",
)

_EPISODES = Table(
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
        _text("cine_referral_team", "The team that took the referral.", NOT_SENT),
    ),
    ("cine_referral_id",),
    "One row per referral and the episode of need it began. Supplied by the CIN census (CINdetails).",
    supplied_by=_CHILDREN,
    lasts=Lasting("cine_referral_date", "cine_close_date", belongs_to=None, came_to_nothing="cine_referral_nfa"),
)

_ASSESSMENTS = Table(
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
        _flag("cina_assessment_child_seen", "The child was seen during it.", NOT_SENT),
        _flag("cina_assessment_outcome_nfa", "It led to no further action.", NOT_SENT),
        _text("cina_assessment_team", "The team that assessed.", NOT_SENT),
    ),
    ("cina_assessment_id",),
    "One row per continuous assessment. Supplied by the CIN census (Assessments).",
    supplied_by=_CHILDREN,
    lasts=Lasting(
        "cina_assessment_start_date",
        "cina_assessment_auth_date",
        belongs_to=("cin_episodes", "cina_referral_id"),
        is_sent_while_open=False,  # rule 8736
    ),
    moves_on=frozenset({"cina_assessment_review_date"}),
)

_FACTORS = Table(
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
    supplied_by=("cin_census", "ssd"),
    set_of=("cin_assessments", "cinf_assessment_id"),
)

_CIN_PLANS = Table(
    "cin_plans",
    (
        _key("cinp_cin_plan_id", "<referral id>|N|<start date>|<place among those of that day, from 1>."),
        _referral("cinp_referral_id"),
        _child("cinp_person_id"),
        _date("cinp_cin_plan_start_date", "The day it started.", NOT_KNOWN, "CINPlanStartDate, N00689"),
        _date("cinp_cin_plan_end_date", "The day it ended.", "Still open at the as-at date.", "CINPlanEndDate, N00690"),
        _text("cinp_cin_plan_team", "The team that holds it.", NOT_SENT),
    ),
    ("cinp_cin_plan_id",),
    "One row per child in need plan. Supplied by the CIN census from 2022; no row before then tells nothing.",
    supplied_by=_CHILDREN,
    lasts=Lasting(
        "cinp_cin_plan_start_date", "cinp_cin_plan_end_date", belongs_to=("cin_episodes", "cinp_referral_id")
    ),
)

_S47 = Table(
    "s47_enquiry",
    (
        _key("s47e_s47_enquiry_id", "<referral id>|S|<start date>|<place among those of that day, from 1>."),
        _referral("s47e_referral_id"),
        _child("s47e_person_id"),
        _date(
            "s47e_s47_start_date",
            "The day of the strategy discussion that began it.",
            NOT_KNOWN,
            "S47ActualStartDate, N00148",
        ),
        _date("s47e_s47_end_date", "The day it was completed.", NOT_SENT),
        _flag(
            "s47e_s47_nfa",
            "It was decided that no initial conference was required.",
            NOT_KNOWN,
            "ICPCnotRequired, N00111",
        ),
        _text("s47e_s47_completed_by_team", "The team that completed it.", NOT_SENT),
    ),
    ("s47e_s47_enquiry_id",),
    "One row per section 47 enquiry. Supplied by the CIN census (Section47).",
    supplied_by=_CHILDREN,
    lasts=Lasting(
        "s47e_s47_start_date",
        "s47e_s47_end_date",
        belongs_to=("cin_episodes", "s47e_referral_id"),
        is_sent_while_open=False,  # rule 8740
        came_to_nothing="s47e_s47_nfa",
        over_with=("initial_cp_conference", "icpc_s47_enquiry_id", "icpc_icpc_date"),
    ),
)

_CONFERENCE = Table(
    "initial_cp_conference",
    (
        _key("icpc_icpc_id", "<section 47 id>|C, or <referral id>|C for one recorded on the episode itself."),
        _text(
            "icpc_s47_enquiry_id",
            "The section 47 enquiry that led to it.",
            "Recorded on the episode, without an enquiry: such as a transfer in.",
        ),
        _child("icpc_person_id"),
        _referral("icpc_referral_id"),
        _date("icpc_icpc_target_date", "The day by which it should be held.", NOT_KNOWN, "InitialCPCtarget, N00109"),
        _date(
            "icpc_icpc_date",
            "The day it was held.",
            "Not held by the as-at date: the row is a target only.",
            "DateOfInitialCPC, N00110",
        ),
        _flag("icpc_icpc_transfer_in", "The child came with a plan of another authority.", NOT_SENT),
        _flag("icpc_icpc_outcome_cp_flag", "It decided on a child protection plan.", NOT_SENT),
    ),
    ("icpc_icpc_id",),
    "One row per initial child protection conference held or targeted. Supplied by the CIN census.",
    supplied_by=_CHILDREN,
    lasts=Lasting("icpc_icpc_date", None, belongs_to=("cin_episodes", "icpc_referral_id")),
    follows=("s47_enquiry", "icpc_s47_enquiry_id"),
)

_CP_PLANS = Table(
    "cp_plans",
    (
        _key("cppl_cp_plan_id", "<referral id>|P|<start date>|<place among those of that day, from 1>."),
        _referral("cppl_referral_id"),
        _text("cppl_icpc_id", "The conference that decided on it.", NOT_SENT),
        _child("cppl_person_id"),
        _date("cppl_cp_plan_start_date", "The day it started.", NOT_KNOWN, "CPPstartDate, N00105"),
        _date("cppl_cp_plan_end_date", "The day it ended.", "Still open at the as-at date.", "CPPendDate, N00115"),
        _text(
            "cppl_cp_plan_initial_category",
            "The category of abuse when it began.",
            NOT_KNOWN,
            "InitialCategoryOfAbuse, N00113",
            c.CATEGORY_OF_ABUSE,
        ),
        _text(
            "cppl_cp_plan_latest_category",
            "The category of abuse now, or when it ended.",
            NOT_KNOWN,
            "LatestCategoryOfAbuse, N00114",
            c.CATEGORY_OF_ABUSE,
        ),
        _whole(
            "cppl_previous_cp_plans",
            "How many plans the child had before this one, in any authority. 0: this is the first.",
            NOT_KNOWN,
            "NumberOfPreviousCPP, N00106",
        ),
        _flag("cppl_cp_plan_ola", "The plan is another authority's.", NOT_SENT),
    ),
    ("cppl_cp_plan_id",),
    "One row per child protection plan. Supplied by the CIN census (ChildProtectionPlans).",
    supplied_by=_CHILDREN,
    lasts=Lasting("cppl_cp_plan_start_date", "cppl_cp_plan_end_date", belongs_to=("cin_episodes", "cppl_referral_id")),
    moves_on=frozenset({"cppl_cp_plan_latest_category"}),
)

_CP_REVIEWS = Table(
    "cp_reviews",
    (
        _key("cppr_cp_review_id", "<plan id>|R|<review date>|<place among those of that day, from 1>."),
        _child("cppr_person_id"),
        _text("cppr_cp_plan_id", "The plan reviewed (cp_plans).", "Never empty."),
        _date("cppr_cp_review_due", "The day by which it was due.", NOT_SENT),
        _date("cppr_cp_review_date", "The day it was held.", NOT_KNOWN, "CPPreviewDate, N00116"),
        _flag("cppr_cp_review_outcome_continue_cp", "The plan continues.", NOT_SENT),
        _flag("cppr_cp_review_quorate", "Enough agencies were there.", NOT_SENT),
        _text("cppr_cp_review_participation", "How the child took part (PN code).", NOT_SENT),
    ),
    ("cppr_cp_review_id",),
    "One row per review conference. Supplied by the CIN census (Reviews, several dates in one or several blocks).",
    supplied_by=("cin_census", "ssd"),
    lasts=Lasting("cppr_cp_review_date", None, belongs_to=("cp_plans", "cppr_cp_plan_id")),
    follows=("cp_plans", "cppr_cp_plan_id"),
)

_CP_VISITS = Table(
    "cp_visits",
    (
        _key("cppv_cp_visit_id", "The supplier's id of the visit."),
        _child("cppv_person_id"),
        _text("cppv_cp_plan_id", "The plan under which it was made (cp_plans).", NOT_KNOWN),
        _date("cppv_cp_visit_date", "The day of the visit.", NOT_KNOWN),
        _flag("cppv_cp_visit_seen", "The child was seen.", NOT_KNOWN),
        _flag("cppv_cp_visit_seen_alone", "The child was seen alone.", NOT_KNOWN),
        _flag("cppv_cp_visit_bedroom", "The child's bedroom was seen.", NOT_KNOWN),
    ),
    ("cppv_cp_visit_id",),
    "One row per visit under a child protection plan. Supplied by the SSD; no census carries it.",
    supplied_by=("ssd",),
    dated="cppv_cp_visit_date",
)

_PRE = "PreProceedingsandFGDM block, from 2026"
_PRE_PROCEEDINGS = Table(
    "pre_proceedings",
    (
        _key("prep_table_id", "<referral id>|L|<start date>|<place among those of that day, from 1>."),
        _child("prep_person_id"),
        _referral("prep_referral_id"),
        _date("prep_pre_pro_decision_date", "The day pre-proceedings started.", NOT_KNOWN, f"PPStartDate ({_PRE})"),
        _date("prep_pre_pro_letter_date", "The day the letter before proceedings was sent.", NOT_KNOWN, "LBPSentDate"),
        _flag(
            "prep_fgdm_offered", "A family group decision-making meeting was offered.", NOT_KNOWN, "FGDMMeetingOffer"
        ),
        _flag("prep_fgdm_facilitated", "Such a meeting was held.", NOT_KNOWN, "FGDMMeetingFac"),
        _date(
            "prep_initial_pre_pro_meeting_date",
            "The day of the first meeting.",
            "Not held yet.",
            "InitialPPMeetingDate",
        ),
        _whole("prep_pre_pro_meetings_num", "Review meetings held after the first.", NOT_KNOWN, "ReviewMeetingsCount"),
        _date(
            "prep_agree_stepdown_issue_date",
            "The day it was agreed to step down or issue.",
            "Not yet.",
            "StepDecisionDate",
        ),
        _text("prep_pre_pro_outcome", "The outcome, as coded (no published list at hand).", "Not ended.", "PPOutcome"),
        _date("prep_court_application_date", "The day of the application to court.", "No application.", "CourtAppDate"),
        _date(
            "prep_care_pro_letter_date",
            "The day of the letter to issue care proceedings.",
            "Not sent.",
            "LetterInitCPDate",
        ),
    ),
    ("prep_table_id",),
    "One row per period of pre-proceedings and family group decision-making. Supplied by the CIN census from 2026.",
    supplied_by=("cin_census", "ssd"),
    lasts=Lasting("prep_pre_pro_decision_date", None, belongs_to=("cin_episodes", "prep_referral_id")),
    moves_on=frozenset({"prep_pre_pro_meetings_num"}),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _PERSON,
        _DISABILITY,
        _CONTACTS,
        _EARLY_HELP,
        _EPISODES,
        _ASSESSMENTS,
        _FACTORS,
        _CIN_PLANS,
        _S47,
        _CONFERENCE,
        _CP_PLANS,
        _CP_REVIEWS,
        _CP_VISITS,
        _PRE_PROCEEDINGS,
        *LOOKED_AFTER,
        *WORKFORCE,
        PLAN_ACTIONS,
        REQUIREMENTS,
        REQUIREMENTS_EVIDENCED,
        MEETING_SEATS,
    )
}
