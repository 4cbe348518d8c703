"""I21 assessments within 45 working days by the DfE statistic's clock: from the assessment's start to its sign-off.

It usually flatters, because days between referral and start do not count. The statutory clock is I20.
"""

from datetime import date
from typing import Any

from holdfast.analytics.breakdowns import OF_ANY_RECORD
from holdfast.analytics.indicators import blocks, questions, records
from holdfast.analytics.indicators.definition import WORKING_TOGETHER_2013, Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import CONFLICT, NOT_UNDERSTOOD, in_words

LIMIT = 45


def completed(held: Held) -> Any:
    """One row per assessment with a sign-off: started_on (NULL not known), authorised_on, limit_on, elapsed."""
    assessment = held["cin_assessments"]
    assessment = assessment.filter(assessment.cina_assessment_auth_date.notnull()).select(
        unit_id=assessment.cina_assessment_id,
        child=assessment.cina_person_id,
        referral_id=assessment.cina_referral_id,
        started_on=assessment.cina_assessment_start_date,
        authorised_on=assessment.cina_assessment_auth_date,
        assessment_team=assessment.cina_assessment_team,
        is_start_unread=blocks.unread(assessment, "cina_assessment_start_date"),
    )
    assessment = blocks.look_up(held, assessment, "started_on", limit_on="working_days_45_later")
    assessment = blocks.working_days(held, assessment, "started_on", "authorised_on")
    return records.described(held, assessment)


def rows(held: Held) -> Any:
    """One row per assessment and period in which it was authorised."""
    return questions.happened(
        held,
        completed(held),
        on="authorised_on",
        is_in=lambda a: blocks.within(a.elapsed, LIMIT),
        why={CONFLICT: lambda a: a.elapsed < 0, NOT_UNDERSTOOD: "is_start_unread"},
        elapsed="elapsed",
        due_on="limit_on",
    )


DAY_45_AND_46 = Example(
    words="Started on 2 April 2013, day 45 is 6 June. No start date, or a start after the sign-off, is not known. "
    "One that is still open is not in this statistic, however late it is.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-06",),
    tables={
        "cin_assessments": """
            cina_assessment_id | cina_person_id | cina_assessment_start_date | cina_assessment_auth_date
            A1                 | C1             | 2013-04-02                 | 2013-06-06
            A2                 | C2             | 2013-04-02                 | 2013-06-07
            A3                 | C3             |                            | 2013-06-07
            A4                 | C4             | 2013-06-20                 | 2013-06-19
            A5                 | C5             | 2013-01-02                 |
        """,
    },
    rows="""
        unit_id | child | in_numerator | elapsed | due_on
        A1      | C1    | yes          | 45      | 2013-06-06
        A2      | C2    | no           | 46      | 2013-06-06
        A3      | C3    |              |         |
        A4      | C4    |              | -1      | 2013-08-22
    """,
)

I21 = Definition(
    id="I21",
    version=2,
    title="Assessments within 45 working days of starting (DfE statistic)",
    question="Of the assessments completed, how many took 45 working days or fewer from start to sign-off?",
    numerator="Assessments authorised in the period, 45 working days or fewer after they started. The day of the "
    "start is day zero; day 45 is in time.",
    denominator="Assessments authorised in the period, second and later ones of a referral included.",
    left_out="Assessments still open, however late. Before 15 April 2013 the law set other limits for other "
    "assessments, and the Department printed no such figure: those months are not of one kind with the later ones. Not "
    "known: no start date, or a start after the sign-off.",
    kind="flow",
    period_rule="Flow: authorised in the period.",
    in_head="In 45 working days",
    base_head="Completed",
    counted="assessments completed",
    why="It is the number that the national statistics print, so it is what others will compare. It leaves out the "
    "wait before an assessment starts and every one that never ends: read I20 and I24 beside it.",
    unit="per cent",
    polarity="higher",
    clock="DfE statistic",
    source="DfE characteristics of children in need statistics, table C2, whose bands begin with 'same day' (so the "
    "start is day zero) and end one at 45; its first year is 2013-14. Children in need census, "
    "AssessmentActualStartDate (N00159) and AssessmentAuthorisationDate (N00160); SSD cin_assessments CINA003A, "
    "CINA005A.",
    law=WORKING_TOGETHER_2013,
    unverified=(),
    owner="Head of service, referral and assessment",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("cin_assessments", "cin_episodes", "person"),
    gaming_risk="Delaying the start shortens the assessment; leaving late ones open keeps them out.",
    paired_with=("I20", "I24"),
    still_open="I24",
    still_open_differs="from the referral, and not from the start of the assessment",
    chart="p",
    elapsed_unit="working days",
    limit_words="45 working days from the start of the assessment",
    rows=rows,
    examples=(DAY_45_AND_46,),
    breakdowns=(*OF_ANY_RECORD, "assessment_team"),
    unknown_words=in_words("lack a start date", conflict="were signed off before they started"),
)
