"""I24 open assessments past the limit: of those open at the end of the period, how many are over 45 working days."""

from datetime import date
from typing import Any

from holdfast.analytics.breakdowns import OF_ANY_RECORD
from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators import questions, records
from holdfast.analytics.indicators.definition import WORKING_TOGETHER_2013, Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import in_words

LIMIT = 45


def rows(held: Held) -> Any:
    """One row per first assessment and period at whose end it was open."""
    first = records.first_assessments(held)
    return questions.open_at_end(
        held,
        first.filter(first.referred_on >= ibis.literal(WORKING_TOGETHER_2013.in_force_from)),
        start="started_on",
        end="ended_on",
        unsure=lambda a: a.is_unsure | a.is_start_unread,
        is_in=lambda a: a.ends_on_number - a.referred_on_number > LIMIT,
        elapsed=lambda a: a.ends_on_number - a.referred_on_number,
        due_on="due_on",
    )


AT_THE_END_OF_JUNE = Example(
    words="At the end of June 2013, day 45 is not past the limit and day 46 is. Signed off on the last day is no "
    "longer open. One last reported on in May may have been signed off since, so it is not known. Referred before 15 "
    "April 2013, it is under no such limit.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-06",),
    tables={
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date | cine_close_date
            R1               | C1             | 2013-04-23         |
            R2               | C2             | 2013-04-24         |
            R3               | C3             | 2013-04-16         |
            R4               | C4             | 2013-04-16         | 2013-06-30
            R5               | C5             | 2013-04-15         |
            R6               | C6             | 2013-04-14         |
        """,
        "cin_assessments": """
            cina_assessment_id | cina_referral_id | cina_assessment_start_date | cina_assessment_auth_date | as_at
            A1                 | R1               | 2013-04-24                 |                           | 2014-03-31
            A2                 | R2               |                            | 2013-07-01                | 2014-03-31
            A3                 | R3               | 2013-04-17                 | 2013-06-30                | 2014-03-31
            A4                 | R4               | 2013-04-17                 |                           | 2014-03-31
            A5                 | R5               | 2013-04-17                 |                           | 2013-05-31
            A6                 | R6               | 2013-04-17                 |                           | 2014-03-31
        """,
    },
    rows="""
        unit_id | in_numerator | elapsed | due_on
        A1      | yes          | 46      | 2013-06-27
        A2      | no           | 45      | 2013-06-28
        A5      |              | 52      | 2013-06-19
    """,
)

I24 = Definition(
    id="I24",
    version=2,
    title="Open assessments past 45 working days",
    question="Of the assessments open at the end of the period, how many are past 45 working days from the referral?",
    numerator="First assessments of a referral, open at the end of the period, more than 45 working days after the "
    "referral.",
    denominator="First assessments of a referral open at the end of the period.",
    left_out="Referrals before 15 April 2013, when the 45 days became law; second and later assessments of the same "
    "referral; assessments whose referral is not held or has no date; those whose episode has closed. Not known: open "
    "when last reported on, with nothing reported since.",
    kind="stock",
    period_rule="Stock: open at the end of the last day of the period.",
    in_head="Past 45 working days",
    base_head="Open",
    counted="first assessments open",
    why="Each is a child still waiting for a decision. I21 never shows them, and I20 counts each once, on the day "
    "it became late.",
    unit="per cent",
    polarity="lower",
    clock="statutory",
    law=WORKING_TOGETHER_2013,
    source="Working Together to Safeguard Children 2013, chapter 1, timeliness of assessments, page 30 (the 2018 "
    "edition keeps it: page 34, paragraph 82). Children in need census, CINreferralDate (N00100), "
    "AssessmentActualStartDate (N00159), AssessmentAuthorisationDate (N00160).",
    unverified=("That the day of the referral is day zero is our reading; no source seen says it: unverified.",),
    owner="Head of service, referral and assessment",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("cin_episodes", "cin_assessments", "person"),
    gaming_risk="Opening many new assessments lowers the share; closing the episode hides the assessment. Read the "
    "number as well as the share.",
    paired_with=("I20",),
    chart="xmr",
    elapsed_unit="working days",
    limit_words="45 working days from the referral",
    rows=rows,
    examples=(AT_THE_END_OF_JUNE,),
    breakdowns=(*OF_ANY_RECORD, "assessment_team"),
    unknown_words=in_words(is_open="were open when last reported on"),
)
