"""I31 assessments that led to no further action, of those concluded. Not from audits: from a return that says so."""

from datetime import date
from typing import Any

from holdfast.analytics.indicators import questions
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.indicators.records import assessments, described
from holdfast.analytics.unknowns import in_words


def rows(held: Held) -> Any:
    """One row per assessment and period in which it was concluded."""
    assessment = described(held, assessments(held))
    return questions.happened(
        held, assessment, on="concluded_on", is_in="no_further_action", unsure="is_outcome_unread"
    )


ON_THE_DAY = Example(
    words="Concluded on 30 November 2013 counts in November, on 1 December in December, and not concluded nowhere. "
    "Whether it led further is what the return says: where it says nothing, or what it says was not understood, it is "
    "not known.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-11",),
    tables={
        "cin_assessments": """
            cina_assessment_id | cina_person_id | cina_assessment_auth_date | cina_assessment_outcome_nfa | unread
            A1 | C1 | 2013-11-30 | yes |
            A2 | C2 | 2013-11-01 | no |
            A3 | C3 | 2013-11-15 | |
            A4 | C4 | 2013-12-01 | yes |
            A5 | C5 | | yes |
            A6 | C6 | 2013-11-15 | | cina_assessment_outcome_nfa
        """,
    },
    rows="""
        unit_id | in_numerator | unknown_because
        A1      | yes          |
        A2      | no           |
        A3      |              | not sent
        A6      |              | not understood
    """,
)

I31 = Definition(
    id="I31",
    version=1,
    title="Assessments with no further action",
    question="Of the assessments concluded, how many led to no further action?",
    numerator="Assessments that the return records as having led to no further action.",
    denominator="Assessments concluded in the period: every one, not only a referral's first.",
    left_out="Assessments still open.",
    kind="flow",
    period_rule="Flow: the day the assessment was concluded is in the period.",
    in_head="No further action",
    base_head="Concluded",
    counted="assessments concluded",
    why="Many say that families are assessed who needed other help, or that help stops where it should begin.",
    unit="per cent",
    polarity="neither",
    clock="",
    source="SSD cin_assessments CINA009A. The children in need census does not send it, so with the census alone there "
    "is no figure; its closure reason RC8 is of the whole episode, and is not taken for it.",
    unverified=("That RC8 stands for the same is said in practice and not in a source seen: unverified.",),
    owner="Head of service, referral and assessment",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("cin_assessments", "cin_episodes", "person"),
    gaming_risk="Recording a plan that nobody carries out instead of no further action.",
    paired_with=("I06",),
    chart="p",
    elapsed_unit="",
    limit_words="",
    rows=rows,
    examples=(ON_THE_DAY,),
    unknown_words=in_words("lack what they led to"),
)
