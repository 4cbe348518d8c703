"""The shape of a CIN census file: which element fills which column, block by block, 2017 to 2026.

Every block's columns are in the order in which rows are written, after the row's key and parents. Not here: walking
the file (reader.py) or judging it (rules.py). SOURCE: CIN_schema_2017.xsd to CIN_schema_2024.xsd; Sex (2024/25)
from rule 4180; PreProceedingsandFGDM from a 2026 sample file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from holdfast.analytics.returns.values import Coded, Counts, Dates, Flags, Readable, Texts, Upns
from holdfast.analytics.tables import codes


@dataclass(frozen=True)
class Shape:
    """One kind of block. `columns` are the table's that it fills; `elements` says which element fills which column."""

    table: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    elements: Mapping[str, tuple[str, str]]  # element -> (column, reader)
    nested: frozenset[str] = frozenset()
    # What must be there: column -> the DfE's rule that says so ("" when none of the published ones does).
    required: Mapping[str, str] = field(default_factory=dict)

    @property
    def filled(self) -> tuple[str, ...]:
        """The columns of a row of this table, in order."""
        return self.keys + self.columns


def _shape(
    table: str,
    keys: str,
    elements: str,
    *,
    nested: str = "",
    required: Mapping[str, str] | None = None,
) -> Shape:
    """A shape from lines of "element column reader", in the order of the columns."""
    lines = [line.split() for line in elements.strip().splitlines()]
    columns = tuple(dict.fromkeys(column for _, column, _ in lines))
    read = {element: (column, reader) for element, column, reader in lines}
    return Shape(table, tuple(keys.split()), columns, read, frozenset(nested.split()), required or {})


PERSON = _shape(
    "person",
    "",
    """
    LAchildID                pers_person_id     text
    UPN                      pers_upn           upn
    FormerUPN                pers_former_upn    upn
    UPNunknown               pers_upn_unknown   upn_unknown
    Sex                      pers_sex           sex
    Ethnicity                pers_ethnicity     ethnicity
    PersonBirthDate          pers_dob           date
    ExpectedPersonBirthDate  pers_expected_dob  date
    PersonDeathDate          pers_death_date    date
    GenderCurrent            pers_gender        gender
    """,
    nested="Disabilities",
    required={"pers_sex": "4180", "pers_ethnicity": "4220"},
)
# A Child has no values of its own: only its parts.
CHILD = Shape("", (), (), {}, frozenset({"ChildIdentifiers", "ChildCharacteristics", "CINdetails"}))
DISABILITY = _shape("disability", "disa_table_id disa_person_id", "Disability disa_disability_code disability")
EPISODE = _shape(
    "cin_episodes",
    "cine_referral_id cine_person_id",
    """
    CINreferralDate   cine_referral_date          date
    PrimaryNeedCode   cine_cin_primary_need_code  primary_need
    ReferralSource    cine_referral_source_code   referral_source
    ReferralNFA       cine_referral_nfa           flag
    ReasonForClosure  cine_close_reason           close_reason
    CINclosureDate    cine_close_date             date
    DateOfInitialCPC  icpc_icpc_date              date
    """,
    nested="Assessments CINPlanDates Section47 ChildProtectionPlans PreProceedingsandFGDM",
    required={"cine_referral_date": "8600", "cine_referral_source_code": "8866", "cine_referral_nfa": "8568"},
)
ASSESSMENT = _shape(
    "cin_assessments",
    "cina_assessment_id cina_person_id cina_referral_id",
    """
    AssessmentActualStartDate     cina_assessment_start_date   date
    AssessmentInternalReviewDate  cina_assessment_review_date  date
    AssessmentAuthorisationDate   cina_assessment_auth_date    date
    """,
    nested="FactorsIdentifiedAtAssessment AssessmentFactors",
    required={"cina_assessment_start_date": ""},
)
FACTOR = _shape(
    "assessment_factors", "cinf_table_id cinf_assessment_id", "AssessmentFactors cinf_assessment_factor factor"
)
CIN_PLAN = _shape(
    "cin_plans",
    "cinp_cin_plan_id cinp_referral_id cinp_person_id",
    """
    CINPlanStartDate  cinp_cin_plan_start_date  date
    CINPlanEndDate    cinp_cin_plan_end_date    date
    """,
    required={"cinp_cin_plan_start_date": "4010"},
)
# The section 47 block also fills initial_cp_conference, from its two dates of the conference.
ENQUIRY = _shape(
    "s47_enquiry",
    "s47e_s47_enquiry_id s47e_referral_id s47e_person_id",
    """
    S47ActualStartDate  s47e_s47_start_date   date
    ICPCnotRequired     s47e_s47_nfa          flag
    InitialCPCtarget    icpc_icpc_target_date  date
    DateOfInitialCPC    icpc_icpc_date         date
    """,
    required={"s47e_s47_start_date": "", "s47e_s47_nfa": ""},
)
CONFERENCE = Shape(
    "initial_cp_conference",
    ("icpc_icpc_id", "icpc_s47_enquiry_id", "icpc_person_id", "icpc_referral_id"),
    ("icpc_icpc_target_date", "icpc_icpc_date"),
    {},
)
CP_PLAN = _shape(
    "cp_plans",
    "cppl_cp_plan_id cppl_referral_id cppl_person_id",
    """
    CPPstartDate            cppl_cp_plan_start_date        date
    CPPendDate              cppl_cp_plan_end_date          date
    InitialCategoryOfAbuse  cppl_cp_plan_initial_category  abuse
    LatestCategoryOfAbuse   cppl_cp_plan_latest_category   abuse
    NumberOfPreviousCPP     cppl_previous_cp_plans         count
    """,
    nested="Reviews",
    required={
        "cppl_cp_plan_start_date": "8720",
        "cppl_cp_plan_initial_category": "8905",
        "cppl_cp_plan_latest_category": "8910",
        "cppl_previous_cp_plans": "8730",
    },
)
REVIEW = _shape(
    "cp_reviews", "cppr_cp_review_id cppr_person_id cppr_cp_plan_id", "CPPreviewDate cppr_cp_review_date date"
)
PRE_PROCEEDINGS = _shape(
    "pre_proceedings",
    "prep_table_id prep_person_id prep_referral_id",
    """
    PPStartDate           prep_pre_pro_decision_date         date
    LBPSentDate           prep_pre_pro_letter_date           date
    FGDMMeetingOffer      prep_fgdm_offered                  flag
    FGDMMeetingFac        prep_fgdm_facilitated              flag
    InitialPPMeetingDate  prep_initial_pre_pro_meeting_date  date
    ReviewMeetingsCount   prep_pre_pro_meetings_num          count
    StepDecisionDate      prep_agree_stepdown_issue_date     date
    PPOutcome             prep_pre_pro_outcome               text
    CourtAppDate          prep_court_application_date        date
    LetterInitCPDate      prep_care_pro_letter_date          date
    """,
)
SHAPES = (
    CHILD,
    PERSON,
    DISABILITY,
    EPISODE,
    ASSESSMENT,
    FACTOR,
    CIN_PLAN,
    ENQUIRY,
    CONFERENCE,
    CP_PLAN,
    REVIEW,
    PRE_PROCEEDINGS,
)
# The table each repeated block becomes.
BLOCK_TABLES = {
    "CINdetails": "cin_episodes",
    "Assessments": "cin_assessments",
    "CINPlanDates": "cin_plans",
    "Section47": "s47_enquiry",
    "ChildProtectionPlans": "cp_plans",
    "PreProceedingsandFGDM": "pre_proceedings",
}
# Not of the table: what the older element says is kept beside the newer until both are read.
STANDS_FOR = {"pers_gender": "pers_sex"}
# Names that a known exporter gives to elements of the census, each with one meaning.
OTHER_NAMES = {"CPPreviews": "Reviews", "ExpectedBirthDate": "ExpectedPersonBirthDate"}
# Columns that no figure hangs on: losing one stops no file.
NOT_NEEDED = frozenset({"pers_upn", "pers_former_upn", "pers_upn_unknown", "cina_assessment_review_date"})
INVALID_CODE = {  # the DfE's rule for a value that is not of the list
    "pers_ethnicity": "4220",
    "pers_sex": "4180",
    "disa_disability_code": "8540",
    "cine_cin_primary_need_code": "8650",
    "cine_referral_source_code": "8866",
    "cine_close_reason": "8640",
    "cine_referral_nfa": "8568",
    "cine_referral_date": "8600",
    "cppl_cp_plan_start_date": "8720",
    "cppl_cp_plan_initial_category": "8905",
    "cppl_cp_plan_latest_category": "8910",
    "cppl_previous_cp_plans": "8730",
    "cinp_cin_plan_start_date": "4010",
    "cppr_cp_review_date": "8842Q",
}


def readers() -> dict[str, Readable]:
    """A fresh reader of each kind, for one file."""
    return {
        "text": Texts(),
        "upn": Upns(),
        "date": Dates(),
        "flag": Flags(),
        "count": Counts(),
        "sex": Coded(codes.SEX, codes.SEX_AS_SENT, as_sent_until=codes.LAST_GENDER_YEAR),
        "gender": Coded(codes.SEX, codes.SEX_AS_SENT, until=codes.LAST_GENDER_YEAR),
        "ethnicity": Coded(codes.ETHNICITY),
        "upn_unknown": Coded(codes.UPN_UNKNOWN),
        "disability": Coded(codes.DISABILITY),
        "primary_need": Coded(codes.PRIMARY_NEED),
        "referral_source": Coded(codes.REFERRAL_SOURCE),
        "close_reason": Coded(codes.CLOSE_REASON),
        "factor": Coded(codes.FACTORS),
        "abuse": Coded(codes.CATEGORY_OF_ABUSE),
    }


ELEMENTS = {column: element for shape in SHAPES for element, (column, _) in reversed(list(shape.elements.items()))}
"""Column -> the census's name of the element that fills it."""
_BY_SMALL_LETTERS = {name.lower(): name for shape in SHAPES for name in (*shape.elements, *shape.nested)} | {
    name.lower(): name for name in ("Children", "Child", "Header")
}


def in_other_letters(name: str) -> str:
    """The census's name that this differs from only in capital letters; "" when there is none, or it is that name."""
    own = _BY_SMALL_LETTERS.get(name.lower(), name)
    return "" if own == name else own
