"""Rules about reviews of child protection plans, census of 2022/23."""

from holdfast.analytics.validation.rule import rule


@rule(
    "8842Q",
    "query",
    "Reviews",
    "CPPreviewDate",
    "The review has no date.",
    fails="Reviews: CPPreviewDate\n! -\n! soon",
    passes="Reviews: CPPreviewDate\n  2025-06-01",
)
def rule_8842q() -> str:
    """An empty value breaks this rule, and so does what is no date."""
    return "SELECT r.row FROM Reviews r WHERE r.CPPreviewDate IS NULL"


@rule(
    "4003",
    "error",
    "Reviews",
    "CINPlanStartDate CINPlanEndDate CPPreviewDate",
    "A child protection plan is reviewed while a child in need plan is open.",
    fails="""Reviews: LAchildID CINdetailsID CPPID CPPreviewDate
        ! A1 1 1 2025-06-01
        ! A1 1 1 2025-06-09
        ! A1 2 1 2025-07-01

        ChildProtectionPlans: LAchildID CINdetailsID CPPID CPPendDate
        A1 1 1 2025-06-05
        A1 2 1 -

        CINplanDates: LAchildID CINdetailsID CINPlanStartDate CINPlanEndDate
        A1 1 2025-06-01 2025-06-10
        A1 2 2025-06-01 -""",
    passes="""Reviews: LAchildID CINdetailsID CPPID CPPreviewDate
        A1 1 1 2025-06-05
        A1 1 1 2025-06-10
        A1 1 1 2025-05-31
        A1 1 1 -
        A2 1 1 2025-06-02

        ChildProtectionPlans: LAchildID CINdetailsID CPPID CPPendDate
        A1 1 1 2025-06-05
        A2 1 1 -

        CINplanDates: LAchildID CINdetailsID CINPlanStartDate CINPlanEndDate
        A1 1 2025-06-01 2025-06-10
        A2 2 2025-06-01 2025-06-10""",
)
def rule_4003() -> str:
    """Of one episode. The first day of the child in need plan is within it and its last is not, as in rule 8820; one
    without an end is open, as the message has it. A review on the day its own plan ends passes. An empty value does
    not break this rule."""
    return """SELECT DISTINCT r.row FROM Reviews r JOIN CINplanDates n ON n.episode = r.episode
        WHERE r.CPPreviewDate >= n.CINPlanStartDate
        AND (r.CPPreviewDate < n.CINPlanEndDate OR ABSENT(n.CINPlanEndDate))
        AND NOT EXISTS (SELECT 1 FROM ChildProtectionPlans p WHERE p.plan = r.plan
            AND p.CPPendDate = r.CPPreviewDate)"""
