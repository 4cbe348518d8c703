"""Rules about child protection plans, census of 2022/23."""

from holdfast.analytics.validation.rule import rule


@rule(
    "1105",
    "error",
    "ChildProtectionPlans",
    "CPPstartDate CINreferralDate",
    "The child protection plan starts before the referral.",
    fails="CINdetails: LAchildID CINdetailsID CINreferralDate\n  A1 1 2025-06-02\n\n"
    "ChildProtectionPlans: LAchildID CINdetailsID CPPstartDate\n! A1 1 2025-06-01",
    passes="CINdetails: LAchildID CINdetailsID CINreferralDate\n  A1 1 2025-06-02\n  A1 2 -\n\n"
    "ChildProtectionPlans: LAchildID CINdetailsID CPPstartDate\n  A1 1 2025-06-02\n  A1 2 2025-06-01\n  A1 1 -",
)
def rule_1105() -> str:
    """The referral of its own episode. An empty value does not break this rule."""
    return """SELECT DISTINCT p.row FROM ChildProtectionPlans p JOIN CINdetails e ON e.episode = p.episode
        WHERE p.CPPstartDate < e.CINreferralDate"""


@rule(
    "2883",
    "error",
    "ChildProtectionPlans",
    "CPPstartDate DateOfInitialCPC",
    "More child protection plans start in the year than initial conferences are held.",
    fails="ChildProtectionPlans: CPPstartDate\n  2025-06-01\n  2025-06-02\n\n"
    "CINdetails: DateOfInitialCPC\n  2025-03-31\n\nSection47: DateOfInitialCPC\n  2025-06-01\n  -",
    passes="ChildProtectionPlans: CPPstartDate\n  2025-06-01\n  2025-06-02\n  2025-03-31\n  -\n\n"
    "CINdetails: DateOfInitialCPC\n  2025-04-01\n\nSection47: DateOfInitialCPC\n  2026-03-31",
    is_of_return=True,
)
def rule_2883() -> str:
    """Of the whole return: starts in the year, against conferences in the year of episodes and of enquiries together.
    As many of the one as of the other passes."""
    return """SELECT 1 WHERE
        (SELECT count(*) FROM ChildProtectionPlans p WHERE p.CPPstartDate BETWEEN $start AND $reference)
        > (SELECT count(*) FROM CINdetails e WHERE e.DateOfInitialCPC BETWEEN $start AND $reference)
        + (SELECT count(*) FROM Section47 s WHERE s.DateOfInitialCPC BETWEEN $start AND $reference)"""


@rule(
    "2885",
    "error",
    "ChildProtectionPlans",
    "CPPstartDate DateOfInitialCPC",
    "The child protection plan does not start on the day of an initial conference of its episode.",
    fails="""ChildProtectionPlans: LAchildID CINdetailsID CPPstartDate
        ! A1 1 2025-06-01
        ! A1 2 2025-06-01
        ! A1 3 2025-06-01

        CINdetails: LAchildID CINdetailsID DateOfInitialCPC
        A1 1 2025-06-02
        A1 2 -
        A1 3 2025-06-01

        Section47: LAchildID CINdetailsID DateOfInitialCPC
        A1 2 2025-05-31
        A1 3 -""",
    passes="""ChildProtectionPlans: LAchildID CINdetailsID CPPstartDate
        A1 1 2025-06-01
        A1 2 2025-06-01
        A1 3 2025-03-31
        A1 3 -

        CINdetails: LAchildID CINdetailsID DateOfInitialCPC
        A1 1 2025-06-01
        A1 2 -
        A1 3 -

        Section47: LAchildID CINdetailsID DateOfInitialCPC
        A1 2 2025-05-31
        A1 2 2025-06-01""",
)
def rule_2885() -> str:
    """Asked of plans that start in the year. Any enquiry of the episode will do; the episode's own date only where it
    has no section 47 enquiry, as the text has it. A plan of an episode that is not there has no conference."""
    return """SELECT p.row FROM ChildProtectionPlans p WHERE p.CPPstartDate BETWEEN $start AND $reference
        AND NOT EXISTS (SELECT 1 FROM Section47 s WHERE s.episode = p.episode AND s.DateOfInitialCPC = p.CPPstartDate)
        AND NOT (NOT EXISTS (SELECT 1 FROM Section47 s WHERE s.episode = p.episode) AND EXISTS
            (SELECT 1 FROM CINdetails e WHERE e.episode = p.episode AND e.DateOfInitialCPC = p.CPPstartDate))"""


@rule(
    "8565",
    "error",
    "ChildProtectionPlans",
    "CINclosureDate DateOfInitialCPC AssessmentActualStartDate AssessmentAuthorisationDate S47ActualStartDate "
    "CPPendDate CINPlanStartDate CINPlanEndDate",
    "Something in the episode is dated after its closure.",
    fails="""ChildProtectionPlans: LAchildID CINdetailsID CPPendDate
        ! A1 1 2025-06-02

        CINdetails: LAchildID CINdetailsID CINclosureDate DateOfInitialCPC
        A1 1 2025-06-01 -
        ! A1 2 2025-06-01 2025-06-02

        Assessments: LAchildID CINdetailsID AssessmentActualStartDate AssessmentAuthorisationDate
        ! A1 2 2025-05-01 2025-06-02
        ! A1 2 2025-06-02 -

        Section47: LAchildID CINdetailsID S47ActualStartDate DateOfInitialCPC
        ! A1 1 2025-06-02 -
        ! A1 1 - 2025-06-02

        CINplanDates: LAchildID CINdetailsID CINPlanStartDate CINPlanEndDate
        ! A1 1 2025-05-01 2025-06-02""",
    passes="""ChildProtectionPlans: LAchildID CINdetailsID CPPendDate
        A1 1 2025-06-01
        A1 2 2025-06-02
        A1 1 -

        CINdetails: LAchildID CINdetailsID CINclosureDate DateOfInitialCPC
        A1 1 2025-06-01 2025-06-01
        A1 2 - 2025-06-02

        Assessments: LAchildID CINdetailsID AssessmentActualStartDate AssessmentAuthorisationDate
        A1 1 2025-06-01 2025-06-01

        Section47: LAchildID CINdetailsID S47ActualStartDate DateOfInitialCPC
        A1 1 2025-06-01 2025-06-01

        CINplanDates: LAchildID CINdetailsID CINPlanStartDate CINPlanEndDate
        A1 1 2025-06-01 2025-06-01""",
    elsewhere="CINdetails Assessments Section47 CINplanDates",
)
def rule_8565(module: str) -> str:
    """Each row with a date after the closure of its episode is named in its own module, so one broken rule may give
    several faults. On the day of the closure passes. The start and the reviews of a child protection plan are not
    among the dates. An empty value does not break this rule."""
    dates = {
        "ChildProtectionPlans": "x.CPPendDate",
        "CINdetails": "x.DateOfInitialCPC",
        "Assessments": "greatest(x.AssessmentActualStartDate, x.AssessmentAuthorisationDate)",
        "Section47": "greatest(x.S47ActualStartDate, x.DateOfInitialCPC)",
        "CINplanDates": "greatest(x.CINPlanStartDate, x.CINPlanEndDate)",
    }
    if module == "CINdetails":
        return "SELECT x.row FROM CINdetails x WHERE x.DateOfInitialCPC > x.CINclosureDate"
    return f"""SELECT DISTINCT x.row FROM {module} x JOIN CINdetails e ON e.episode = x.episode
        WHERE {dates[module]} > e.CINclosureDate"""


@rule(
    "8720",
    "error",
    "ChildProtectionPlans",
    "CPPstartDate ReferenceDate",
    "The child protection plan's start is missing, or is after the reference date.",
    fails="ChildProtectionPlans: CPPstartDate\n! -\n! 2026-04-01",
    passes="ChildProtectionPlans: CPPstartDate\n  2026-03-31",
)
def rule_8720() -> str:
    """An empty value breaks this rule, and so does what is no date."""
    return "SELECT p.row FROM ChildProtectionPlans p WHERE p.CPPstartDate IS NULL OR p.CPPstartDate > $reference"


@rule(
    "8730",
    "error",
    "ChildProtectionPlans",
    "NumberOfPreviousCPP",
    "The number of earlier child protection plans is missing, or is no count.",
    fails="ChildProtectionPlans: NumberOfPreviousCPP\n! -\n! -1\n! some",
    passes="ChildProtectionPlans: NumberOfPreviousCPP\n  0\n  12",
)
def rule_8730() -> str:
    """An empty value breaks this rule, and so does what is no whole number."""
    return "SELECT p.row FROM ChildProtectionPlans p WHERE p.NumberOfPreviousCPP IS NULL OR p.NumberOfPreviousCPP < 0"


@rule(
    "8832",
    "error",
    "ChildProtectionPlans",
    "CINdetailsID ReferralNFA",
    "A referral without further action has a child protection plan.",
    fails="CINdetails: LAchildID CINdetailsID ReferralNFA\n  A1 1 1\n\n"
    "ChildProtectionPlans: LAchildID CINdetailsID\n! A1 1",
    passes="CINdetails: LAchildID CINdetailsID ReferralNFA\n  A1 1 0\n  A1 2 -\n\n"
    "ChildProtectionPlans: LAchildID CINdetailsID\n  A1 1\n  A1 2",
)
def rule_8832() -> str:
    """A plan counts whatever it holds; a flag that is missing does not break this rule."""
    return """SELECT p.row FROM ChildProtectionPlans p WHERE EXISTS
        (SELECT 1 FROM CINdetails e WHERE e.episode = p.episode AND e.ReferralNFA IS TRUE)"""


@rule(
    "8840",
    "error",
    "ChildProtectionPlans",
    "CPPstartDate CPPendDate",
    "The child protection plan starts and ends on one day.",
    fails="ChildProtectionPlans: CPPstartDate CPPendDate\n! 2025-06-01 2025-06-01",
    passes="ChildProtectionPlans: CPPstartDate CPPendDate\n  2025-06-01 2025-06-02\n  2025-06-01 -\n  - -",
)
def rule_8840() -> str:
    """An empty value does not break this rule."""
    return "SELECT p.row FROM ChildProtectionPlans p WHERE p.CPPstartDate = p.CPPendDate"


@rule(
    "8841",
    "error",
    "ChildProtectionPlans",
    "CPPstartDate CPPreviewDate",
    "The child protection plan is reviewed on or before the day it starts.",
    fails="ChildProtectionPlans: LAchildID CPPID CPPstartDate\n! A1 1 2025-06-02\n! A1 2 2025-06-02\n\n"
    "Reviews: LAchildID CPPID CPPreviewDate\n  A1 1 2025-06-02\n  A1 2 2025-06-01",
    passes="ChildProtectionPlans: LAchildID CPPID CPPstartDate\n  A1 1 2025-06-02\n  A1 2 -\n\n"
    "Reviews: LAchildID CPPID CPPreviewDate\n  A1 1 2025-06-03\n  A1 2 2025-06-01\n  A1 1 -\n  A2 1 2025-06-01",
)
def rule_8841() -> str:
    """Names the plan, whose module the rule is. An empty value does not break this rule."""
    return """SELECT p.row FROM ChildProtectionPlans p WHERE EXISTS
        (SELECT 1 FROM Reviews r WHERE r.plan = p.plan AND r.CPPreviewDate <= p.CPPstartDate)"""


@rule(
    "8905",
    "error",
    "ChildProtectionPlans",
    "InitialCategoryOfAbuse",
    "The initial category of abuse is missing, or is none of the list.",
    fails="ChildProtectionPlans: InitialCategoryOfAbuse\n! -\n! SEX",
    passes="ChildProtectionPlans: InitialCategoryOfAbuse\n  NEG\n  mul",
)
def rule_8905() -> str:
    """The list's codes in any capital letters. An empty value breaks this rule."""
    return """SELECT p.row FROM ChildProtectionPlans p
        WHERE p.InitialCategoryOfAbuse IS NULL OR p.InitialCategoryOfAbuse NOT IN $CATEGORY_OF_ABUSE"""


@rule(
    "8910",
    "error",
    "ChildProtectionPlans",
    "LatestCategoryOfAbuse",
    "The latest category of abuse is missing, or is none of the list.",
    fails="ChildProtectionPlans: LatestCategoryOfAbuse\n! -\n! SEX",
    passes="ChildProtectionPlans: LatestCategoryOfAbuse\n  NEG\n  mul",
)
def rule_8910() -> str:
    """The list's codes in any capital letters. An empty value breaks this rule."""
    return """SELECT p.row FROM ChildProtectionPlans p
        WHERE p.LatestCategoryOfAbuse IS NULL OR p.LatestCategoryOfAbuse NOT IN $CATEGORY_OF_ABUSE"""


@rule(
    "8915",
    "error",
    "ChildProtectionPlans",
    "CPPstartDate PersonDeathDate",
    "The child protection plan starts after the child's death.",
    fails="ChildIdentifiers: LAchildID PersonDeathDate\n  A1 2025-06-01\n\n"
    "ChildProtectionPlans: LAchildID CPPstartDate\n! A1 2025-06-02",
    passes="ChildIdentifiers: LAchildID PersonDeathDate\n  A1 2025-06-01\n  A2 -\n\n"
    "ChildProtectionPlans: LAchildID CPPstartDate\n  A1 2025-06-01\n  A2 2025-06-02\n  A1 -",
)
def rule_8915() -> str:
    """An empty value does not break this rule."""
    return """SELECT p.row FROM ChildProtectionPlans p WHERE EXISTS
        (SELECT 1 FROM ChildIdentifiers c WHERE c.child = p.child AND c.PersonDeathDate < p.CPPstartDate)"""


@rule(
    "8920",
    "error",
    "ChildProtectionPlans",
    "PersonDeathDate CPPendDate",
    "The child protection plan ends after the child's death.",
    fails="ChildIdentifiers: LAchildID PersonDeathDate\n  A1 2025-06-01\n\n"
    "ChildProtectionPlans: LAchildID CPPendDate\n! A1 2025-06-02",
    passes="ChildIdentifiers: LAchildID PersonDeathDate\n  A1 2025-06-01\n  A2 -\n\n"
    "ChildProtectionPlans: LAchildID CPPendDate\n  A1 2025-06-01\n  A2 2025-06-02\n  A1 -",
)
def rule_8920() -> str:
    """An empty value does not break this rule."""
    return """SELECT p.row FROM ChildProtectionPlans p WHERE EXISTS
        (SELECT 1 FROM ChildIdentifiers c WHERE c.child = p.child AND c.PersonDeathDate < p.CPPendDate)"""


@rule(
    "8925",
    "error",
    "ChildProtectionPlans",
    "CPPstartDate CPPendDate",
    "The child protection plan ends before it starts.",
    fails="ChildProtectionPlans: CPPstartDate CPPendDate\n! 2025-06-02 2025-06-01",
    passes="ChildProtectionPlans: CPPstartDate CPPendDate\n  2025-06-01 2025-06-01\n  2025-06-02 -\n  - 2025-06-01",
)
def rule_8925() -> str:
    """An empty value does not break this rule."""
    return "SELECT p.row FROM ChildProtectionPlans p WHERE p.CPPendDate < p.CPPstartDate"


@rule(
    "8930",
    "error",
    "ChildProtectionPlans",
    "CPPendDate ReferenceDate",
    "The child protection plan does not end in the census year.",
    fails="ChildProtectionPlans: CPPendDate\n! 2025-03-31\n! 2026-04-01",
    passes="ChildProtectionPlans: CPPendDate\n  2025-04-01\n  2026-03-31\n  -",
)
def rule_8930() -> str:
    """An empty value does not break this rule."""
    return "SELECT p.row FROM ChildProtectionPlans p WHERE p.CPPendDate NOT BETWEEN $start AND $reference"


@rule(
    "8935",
    "error",
    "ChildProtectionPlans",
    "CPPendDate",
    "The child has more than one open child protection plan.",
    fails="ChildProtectionPlans: LAchildID CPPendDate\n! A1 -\n  A1 2025-06-01\n! A1 -",
    passes="ChildProtectionPlans: LAchildID CPPendDate\n  A1 -\n  A1 2025-06-01\n  A2 -",
)
def rule_8935() -> str:
    """Of one child, as the message has it. Names each of them. An end that was sent and is no date is there."""
    return """SELECT p.row FROM ChildProtectionPlans p WHERE ABSENT(p.CPPendDate) AND p.child IN
        (SELECT o.child FROM ChildProtectionPlans o WHERE ABSENT(o.CPPendDate) GROUP BY o.child HAVING count(*) > 1)"""


@rule(
    "8940",
    "error",
    "ChildProtectionPlans",
    "CPPstartDate CPPendDate",
    "The child protection plan starts within another of the child.",
    fails="ChildProtectionPlans: LAchildID CPPstartDate CPPendDate\n  A1 2025-05-01 2025-06-01\n"
    "! A1 2025-06-01 2025-07-01\n  A2 2025-05-01 -\n! A2 2026-03-31 -",
    passes="ChildProtectionPlans: LAchildID CPPstartDate CPPendDate\n  A1 2025-05-01 2025-06-01\n"
    "  A1 2025-06-02 2025-07-01\n  A2 2025-05-01 -\n  A2 - -",
)
def rule_8940() -> str:
    """Names the plan that starts within. The other's last day is within it; an open plan runs to the reference date;
    two of one day are within each other. An empty value does not break this rule."""
    return """SELECT DISTINCT p.row FROM ChildProtectionPlans p
        JOIN ChildProtectionPlans o ON o.child = p.child AND o.row <> p.row
        WHERE p.CPPstartDate >= o.CPPstartDate AND (p.CPPstartDate <= o.CPPendDate
            OR (ABSENT(o.CPPendDate) AND p.CPPstartDate <= $reference))"""
