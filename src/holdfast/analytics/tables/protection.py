"""Child protection, from the section 47 enquiry to the plan's end, and pre-proceedings.

Not here: the referral that each belongs to (referrals.py). Rule: as there, a worker is a reference.
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
from holdfast.analytics.tables.shapes import whole_column as _whole
from holdfast.analytics.tables.shapes import worker_column as _worker

S47 = Table(
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
        _team("s47e_s47_completed_by_team", "The team that completed it."),
        _worker("s47e_s47_completed_by_worker_id", "Who completed it."),
    ),
    ("s47e_s47_enquiry_id",),
    "One row per section 47 enquiry. Supplied by the CIN census (Section47).",
    supplied_by=OF_CHILDREN,
    lasts=Lasting(
        "s47e_s47_start_date",
        "s47e_s47_end_date",
        belongs_to=("cin_episodes", "s47e_referral_id"),
        is_sent_while_open=False,  # rule 8740
        came_to_nothing="s47e_s47_nfa",
        over_with=("initial_cp_conference", "icpc_s47_enquiry_id", "icpc_icpc_date"),
    ),
)

CONFERENCE = Table(
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
        _team("icpc_icpc_team", "The team that asked for it."),
        _worker("icpc_icpc_worker_id", "Who asked for it."),
    ),
    ("icpc_icpc_id",),
    "One row per initial child protection conference held or targeted. Supplied by the CIN census.",
    supplied_by=OF_CHILDREN,
    lasts=Lasting("icpc_icpc_date", None, belongs_to=("cin_episodes", "icpc_referral_id")),
    follows=("s47_enquiry", "icpc_s47_enquiry_id"),
)

CP_PLANS = Table(
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
        _team("cppl_cp_plan_team", "The team that holds it, or held it when it ended."),
        _worker("cppl_cp_plan_worker_id", "Who holds it, or held it when it ended."),
    ),
    ("cppl_cp_plan_id",),
    "One row per child protection plan. Supplied by the CIN census (ChildProtectionPlans).",
    supplied_by=OF_CHILDREN,
    lasts=Lasting("cppl_cp_plan_start_date", "cppl_cp_plan_end_date", belongs_to=("cin_episodes", "cppl_referral_id")),
    moves_on=frozenset({"cppl_cp_plan_latest_category", "cppl_cp_plan_team", "cppl_cp_plan_worker_id"}),
)

CP_REVIEWS = Table(
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
    "One row per review conference. Supplied by the CIN census (Reviews, several dates in one or several blocks); from "
    "Annex A comes the latest of each plan alone.",
    supplied_by=("cin_census", "ssd", "annex_a"),
    lasts=Lasting("cppr_cp_review_date", None, belongs_to=("cp_plans", "cppr_cp_plan_id")),
    follows=("cp_plans", "cppr_cp_plan_id"),
)

CP_VISITS = Table(
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
    "One row per visit under a child protection plan. Supplied by the SSD and Annex A (the latest alone); no census "
    "carries it.",
    supplied_by=("ssd", "annex_a"),
    dated="cppv_cp_visit_date",
)

_PRE = "PreProceedingsandFGDM block, from 2026"
PRE_PROCEEDINGS = Table(
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
