"""I24 open assessments past the limit: of those open at the end of the period, how many are over 45 working days."""

from datetime import date
from typing import Any

import ibis

from holdfast.analytics.indicators import blocks, records
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held

LIMIT = 45


def rows(held: Held) -> Any:
    """One row per first assessment and period at whose end it was open."""
    found = blocks.at_period_ends(held, records.first_assessments(held), "started_on", "ended_on")
    elapsed = found.ends_on_number - found.referred_on_number
    over = ibis.cases((records.known_open(found), elapsed > LIMIT), else_=ibis.null("boolean"))
    return blocks.rows(
        found,
        unit_id=found.unit_id,
        child=found.child,
        event_on=found.ends_on,
        period=found.period,
        in_numerator=over,
        elapsed=elapsed,
        due_on=found.due_on,
    )


AT_THE_END_OF_JUNE = Example(
    words="At the end of June, day 45 is not past the limit and day 46 is. Signed off on the last day is no longer "
    "open. One last reported on in May may have been signed off since, so it is not known.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-06",),
    tables={
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date | cine_close_date
            R1               | C1             | 2013-04-23         |
            R2               | C2             | 2013-04-24         |
            R3               | C3             | 2013-04-02         |
            R4               | C4             | 2013-04-02         | 2013-06-30
            R5               | C5             | 2013-04-02         |
        """,
        "cin_assessments": """
            cina_assessment_id | cina_referral_id | cina_assessment_start_date | cina_assessment_auth_date | as_at
            A1                 | R1               | 2013-04-24                 |                           | 2014-03-31
            A2                 | R2               |                            | 2013-07-01                | 2014-03-31
            A3                 | R3               | 2013-04-03                 | 2013-06-30                | 2014-03-31
            A4                 | R4               | 2013-04-03                 |                           | 2014-03-31
            A5                 | R5               | 2013-04-03                 |                           | 2013-05-31
        """,
    },
    rows="""
        unit_id | in_numerator | elapsed | due_on
        A1      | yes          | 46      | 2013-06-27
        A2      | no           | 45      | 2013-06-28
        A5      |              | 61      | 2013-06-06
    """,
)

I24 = Definition(
    id="I24",
    version=1,
    title="Open assessments past 45 working days",
    question="Of the assessments open at the end of the period, how many are past 45 working days from the referral?",
    numerator="First assessments of a referral, open at the end of the period, more than 45 working days after the "
    "referral.",
    denominator="First assessments of a referral open at the end of the period.",
    left_out="Second and later assessments of the same referral; assessments whose referral is not held or has no "
    "date; those whose episode has closed. Not known: open when last reported on, with nothing reported since.",
    period_rule="Stock: open at the end of the last day of the period.",
    why="Each is a child still waiting for a decision. It shows at once what I21 never shows and I20 shows only as a "
    "share.",
    unit="per cent",
    polarity="lower",
    clock="statutory",
    source="Working Together to Safeguard Children 2013, chapter 1, timeliness of assessments. Children in need "
    "census, CINreferralDate (N00100), AssessmentActualStartDate (N00159), AssessmentAuthorisationDate (N00160).",
    unverified=(
        "The chapter is cited, not the paragraph: paragraph numbers differ between editions and are unverified.",
    ),
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
)
