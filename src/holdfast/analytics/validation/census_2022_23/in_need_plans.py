"""Rules about child in need plans (CINplanDates), census of 2022/23."""

from holdfast.analytics.validation.rule import rule


@rule(
    "4000",
    "error",
    "CINplanDates",
    "ReferralNFA",
    "A referral without further action has a child in need plan.",
    fails="CINdetails: LAchildID CINdetailsID ReferralNFA\n  A1 1 true\n\n"
    "CINplanDates: LAchildID CINdetailsID\n! A1 1\n! A1 1",
    passes="CINdetails: LAchildID CINdetailsID ReferralNFA\n  A1 1 false\n  A1 2 -\n\n"
    "CINplanDates: LAchildID CINdetailsID\n  A1 1\n  A1 2",
)
def rule_4000() -> str:
    """The rule has no text but its message. A plan counts whatever it holds; a flag that is missing does not break this
    rule."""
    return """SELECT p.row FROM CINplanDates p WHERE EXISTS
        (SELECT 1 FROM CINdetails e WHERE e.episode = p.episode AND e.ReferralNFA IS TRUE)"""


@rule(
    "4001",
    "error",
    "CINplanDates",
    "CINPlanEndDate CPPendDate",
    "A child in need plan is open beside an open child protection plan.",
    fails="ChildProtectionPlans: LAchildID CINdetailsID CPPendDate\n  A1 1 -\n\n"
    "CINplanDates: LAchildID CINdetailsID CINPlanEndDate\n! A1 1 -\n  A1 1 2025-06-01",
    passes="ChildProtectionPlans: LAchildID CINdetailsID CPPendDate\n  A1 1 -\n  A1 2 2025-06-01\n\n"
    "CINplanDates: LAchildID CINdetailsID CINPlanEndDate\n  A1 1 2025-06-01\n  A1 2 -",
)
def rule_4001() -> str:
    """Of one episode. An end that was sent and is no date is there."""
    return """SELECT p.row FROM CINplanDates p WHERE ABSENT(p.CINPlanEndDate) AND EXISTS
        (SELECT 1 FROM ChildProtectionPlans c WHERE c.episode = p.episode AND ABSENT(c.CPPendDate))"""


@rule(
    "4004",
    "error",
    "CINplanDates",
    "CINPlanEndDate",
    "The child has more than one open child in need plan.",
    fails="CINplanDates: LAchildID CINPlanEndDate\n! A1 -\n  A1 2025-06-01\n! A1 -",
    passes="CINplanDates: LAchildID CINPlanEndDate\n  A1 -\n  A1 2025-06-01\n  A2 -",
)
def rule_4004() -> str:
    """Of one child, as the message has it. Names each of them. An end that was sent and is no date is there."""
    return """SELECT p.row FROM CINplanDates p WHERE ABSENT(p.CINPlanEndDate) AND p.child IN
        (SELECT o.child FROM CINplanDates o WHERE ABSENT(o.CINPlanEndDate) GROUP BY o.child HAVING count(*) > 1)"""


@rule(
    "4010",
    "error",
    "CINplanDates",
    "CINPlanStartDate",
    "The child in need plan's start is missing, or is after the reference date.",
    fails="CINplanDates: CINPlanStartDate\n! -\n! 2026-04-01",
    passes="CINplanDates: CINPlanStartDate\n  2026-03-31",
)
def rule_4010() -> str:
    """An empty value breaks this rule, and so does what is no date."""
    return "SELECT p.row FROM CINplanDates p WHERE p.CINPlanStartDate IS NULL OR p.CINPlanStartDate > $reference"


@rule(
    "4011",
    "error",
    "CINplanDates",
    "CINPlanEndDate CINPlanStartDate",
    "The child in need plan ends before it starts.",
    fails="CINplanDates: CINPlanStartDate CINPlanEndDate\n! 2025-06-02 2025-06-01",
    passes="CINplanDates: CINPlanStartDate CINPlanEndDate\n  2025-06-01 2025-06-01\n  2025-06-02 -\n  - 2025-06-01",
)
def rule_4011() -> str:
    """An empty value does not break this rule."""
    return "SELECT p.row FROM CINplanDates p WHERE p.CINPlanEndDate < p.CINPlanStartDate"


@rule(
    "4012Q",
    "query",
    "CINplanDates",
    "CINPlanStartDate CINPlanEndDate",
    "The child in need plan starts and ends on one day.",
    fails="CINplanDates: CINPlanStartDate CINPlanEndDate\n! 2025-06-01 2025-06-01",
    passes="CINplanDates: CINPlanStartDate CINPlanEndDate\n  2025-06-01 2025-06-02\n  2025-06-01 -\n  - -",
)
def rule_4012q() -> str:
    """An empty value does not break this rule."""
    return "SELECT p.row FROM CINplanDates p WHERE p.CINPlanEndDate = p.CINPlanStartDate"


@rule(
    "4013",
    "error",
    "CINplanDates",
    "CINPlanEndDate ReferenceDate",
    "The child in need plan does not end in the census year.",
    fails="CINplanDates: CINPlanEndDate\n! 2025-03-31\n! 2026-04-01",
    passes="CINplanDates: CINPlanEndDate\n  2025-04-01\n  2026-03-31\n  -",
)
def rule_4013() -> str:
    """An empty value does not break this rule."""
    return "SELECT p.row FROM CINplanDates p WHERE p.CINPlanEndDate NOT BETWEEN $start AND $reference"


@rule(
    "4014",
    "error",
    "CINplanDates",
    "CINPlanStartDate CINPlanEndDate",
    "The child in need plan starts within another of the child.",
    fails="CINplanDates: LAchildID CINPlanStartDate CINPlanEndDate\n  A1 2025-05-01 2025-06-01\n"
    "! A1 2025-06-01 2025-07-01\n  A2 2025-05-01 -\n! A2 2026-03-31 -",
    passes="CINplanDates: LAchildID CINPlanStartDate CINPlanEndDate\n  A1 2025-05-01 2025-06-01\n"
    "  A1 2025-06-02 2025-07-01\n  A2 2025-05-01 -\n  A2 - -",
)
def rule_4014() -> str:
    """Names the plan that starts within. The other's last day is within it, since this rule, unlike 4016 and 4017,
    makes no exception; an open plan runs to the reference date. An empty value does not break this rule."""
    return """SELECT DISTINCT p.row FROM CINplanDates p JOIN CINplanDates o ON o.child = p.child AND o.row <> p.row
        WHERE p.CINPlanStartDate >= o.CINPlanStartDate AND (p.CINPlanStartDate <= o.CINPlanEndDate
            OR (ABSENT(o.CINPlanEndDate) AND p.CINPlanStartDate <= $reference))"""


@rule(
    "4015",
    "error",
    "CINplanDates",
    "CINPlanStartDate CINreferralDate",
    "The child in need plan starts before the referral.",
    fails="CINdetails: LAchildID CINdetailsID CINreferralDate\n  A1 1 2025-06-02\n\n"
    "CINplanDates: LAchildID CINdetailsID CINPlanStartDate\n! A1 1 2025-06-01",
    passes="CINdetails: LAchildID CINdetailsID CINreferralDate\n  A1 1 2025-06-02\n  A1 2 -\n\n"
    "CINplanDates: LAchildID CINdetailsID CINPlanStartDate\n  A1 1 2025-06-02\n  A1 2 2025-06-01\n  A1 1 -",
)
def rule_4015() -> str:
    """The referral of its own episode. An empty value does not break this rule."""
    return """SELECT DISTINCT p.row FROM CINplanDates p JOIN CINdetails e ON e.episode = p.episode
        WHERE p.CINPlanStartDate < e.CINreferralDate"""


@rule(
    "4016",
    "error",
    "CINplanDates",
    "CINPlanStartDate CPPstartDate CPPendDate",
    "The child in need plan starts within a child protection plan of the child.",
    fails="ChildProtectionPlans: LAchildID CPPstartDate CPPendDate\n  A1 2025-05-01 2025-06-02\n  A2 2025-05-01 -\n\n"
    "CINplanDates: LAchildID CINPlanStartDate\n! A1 2025-06-01\n! A1 2025-05-01\n! A2 2026-03-31",
    passes="ChildProtectionPlans: LAchildID CPPstartDate CPPendDate\n  A1 2025-05-01 2025-06-02\n  A2 2025-05-01 -\n\n"
    "CINplanDates: LAchildID CINPlanStartDate\n  A1 2025-06-02\n  A1 2025-04-30\n  A2 -",
)
def rule_4016() -> str:
    """Any plan of the child; on the day that the child protection plan ends it may start. An open one runs to the
    reference date. An empty value does not break this rule."""
    return """SELECT DISTINCT p.row FROM CINplanDates p JOIN ChildProtectionPlans c ON c.child = p.child
        WHERE p.CINPlanStartDate >= c.CPPstartDate AND (p.CINPlanStartDate < c.CPPendDate
            OR (ABSENT(c.CPPendDate) AND p.CINPlanStartDate <= $reference))"""


@rule(
    "4017",
    "error",
    "CINplanDates",
    "CINPlanStartDate CINPlanEndDate CPPstartDate",
    "A child protection plan of the child starts within the child in need plan.",
    fails="ChildProtectionPlans: LAchildID CPPstartDate\n  A1 2025-06-01\n  A2 2025-06-01\n\n"
    "CINplanDates: LAchildID CINPlanStartDate CINPlanEndDate\n! A1 2025-05-01 2025-06-02\n! A2 2025-06-01 -",
    passes="ChildProtectionPlans: LAchildID CPPstartDate\n  A1 2025-06-01\n  A2 -\n\n"
    "CINplanDates: LAchildID CINPlanStartDate CINPlanEndDate\n  A1 2025-05-01 2025-06-01\n  A1 2025-06-02 -\n"
    "  A2 2025-05-01 -",
)
def rule_4017() -> str:
    """Names the child in need plan, whose module the rule is. On the day that it ends a child protection plan may
    start. An open one runs to the reference date. An empty value does not break this rule."""
    return """SELECT DISTINCT p.row FROM CINplanDates p JOIN ChildProtectionPlans c ON c.child = p.child
        WHERE c.CPPstartDate >= p.CINPlanStartDate AND (c.CPPstartDate < p.CINPlanEndDate
            OR (ABSENT(p.CINPlanEndDate) AND c.CPPstartDate <= $reference))"""
