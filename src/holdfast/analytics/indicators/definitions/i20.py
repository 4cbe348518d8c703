"""I20 assessments within 45 working days by the statutory clock: from referral to conclusion.

The statutory clock starts at the referral. The DfE statistic starts when the assessment does and is I21; never print
one under the other's name.
"""

from datetime import date
from typing import Any

import ibis

from holdfast.analytics.indicators import blocks, records
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held

LIMIT = 45


def ended(held: Held, first: Any) -> Any:
    """Those that ended in the period: in time, late, or not known where the episode closed with no conclusion."""
    found = blocks.in_period(held, first, "ended_on")
    found = blocks.look_up(held, found, "concluded_on", end_number="working_day_number")
    elapsed = found.end_number - found.referred_on_number
    return counted(found, found.ended_on, blocks.within(elapsed, LIMIT), elapsed)


def open_and_already_over(held: Held, first: Any) -> Any:
    """Those open at the end of the period and past the limit: late, or not known where nothing later was reported."""
    found = blocks.at_period_ends(held, first, "started_on", "ended_on")
    elapsed = found.ends_on_number - found.referred_on_number
    found = found.filter((elapsed > LIMIT) | elapsed.isnull())
    elapsed = found.ends_on_number - found.referred_on_number
    late = ibis.cases((records.known_open(found) & elapsed.notnull(), ibis.literal(False)), else_=ibis.null("boolean"))
    return counted(found, found.ends_on, late, elapsed)


def counted(found: Any, event_on: Any, in_time: Any, elapsed: Any) -> Any:
    return blocks.rows(
        found,
        unit_id=found.unit_id,
        child=found.child,
        event_on=event_on,
        period=found.period,
        in_numerator=in_time,
        elapsed=elapsed,
        due_on=found.due_on,
    )


def rows(held: Held) -> Any:
    """One row per first assessment and period in which it ended, or at whose end it was open and over."""
    first = records.first_assessments(held)
    return ibis.union(ended(held, first), open_and_already_over(held, first))


DAY_45_AND_46 = Example(
    words="Referred on 2 April 2013, day 45 is 6 June: concluded that day is in time, the next day is late. "
    "Concluded with a referral date that is after the conclusion is not known; with no referral date it is left out.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-06",),
    tables={
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date
            R1               | C1             | 2013-04-02
            R2               | C2             | 2013-04-02
            R3               | C3             |
            R4               | C4             | 2013-06-20
        """,
        "cin_assessments": """
            cina_assessment_id | cina_referral_id | cina_assessment_start_date | cina_assessment_auth_date
            A1                 | R1               | 2013-04-03                 | 2013-06-06
            A2                 | R2               | 2013-05-30                 | 2013-06-07
            A3                 | R3               | 2013-05-30                 | 2013-06-07
            A4                 | R4               | 2013-06-01                 | 2013-06-19
        """,
    },
    rows="""
        unit_id | in_numerator | elapsed | due_on
        A1      | yes          | 45      | 2013-06-06
        A2      | no           | 46      | 2013-06-06
        A4      |              | -1      | 2013-08-22
    """,
)

OPEN_AND_OVER = Example(
    words="Still open at the end of June: past the limit on 28 June is late, on day 45 exactly is not counted yet. One "
    "last reported on in May, and one whose episode closed with no conclusion, are not known. A second assessment of "
    "the same referral has no clock from the referral and is left out.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-06",),
    tables={
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date | cine_close_date
            R1               | C1             | 2013-04-23         |
            R2               | C2             | 2013-04-24         |
            R3               | C3             | 2013-04-02         |
            R4               | C4             | 2013-04-02         | 2013-06-12
            R5               | C5             | 2013-04-02         |
        """,
        "cin_assessments": """
            cina_assessment_id | cina_referral_id | cina_assessment_start_date | cina_assessment_auth_date | as_at
            A1                 | R1               | 2013-04-24                 |                           | 2014-03-31
            A2                 | R2               | 2013-04-25                 | 2013-07-01                | 2014-03-31
            A3                 | R3               | 2013-04-03                 |                           | 2013-05-31
            A4                 | R4               | 2013-04-03                 |                           | 2014-03-31
            A5                 | R5               | 2013-04-03                 | 2013-04-30                | 2014-03-31
            A6                 | R5               | 2013-05-10                 | 2013-06-28                | 2014-03-31
        """,
    },
    rows="""
        unit_id | in_numerator | elapsed | event_on
        A1      | no           | 46      | 2013-06-30
        A3      |              | 61      | 2013-06-30
        A4      |              |         | 2013-06-12
    """,
)

I20 = Definition(
    id="I20",
    version=1,
    title="Assessments within 45 working days of referral",
    question="Of the assessments that should by now be finished, how many were concluded within 45 working days of the "
    "referral?",
    numerator="First assessments of a referral, concluded in the period, 45 working days or fewer after the "
    "referral. The day of referral is day zero; day 45 is in time.",
    denominator="First assessments concluded in the period, and those still open at its end that are already past 45 "
    "working days. One that stays open counts at the end of every month until it is concluded.",
    left_out="Second and later assessments of the same referral, which have no clock from the referral; assessments "
    "whose referral is not held or has no date; those open and not yet past the limit. Not known: concluded before "
    "the referral; the episode closed with no date of conclusion; open when last reported on, with nothing reported "
    "since.",
    period_rule="Ended in the period, or open at its end and already over.",
    why="The law's clock runs from the day somebody was worried. Counting only what was finished would reward "
    "leaving late assessments open, so those are counted as late.",
    unit="per cent",
    polarity="higher",
    clock="statutory",
    source="Working Together to Safeguard Children 2013, chapter 1, timeliness of assessments. Children in need "
    "census, CINreferralDate (N00100) and AssessmentAuthorisationDate (N00160); SSD cin_episodes CINE003A, "
    "cin_assessments CINA005A.",
    unverified=(
        "The chapter is cited, not the paragraph: paragraph numbers differ between editions and are unverified.",
    ),
    owner="Head of service, referral and assessment",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("cin_episodes", "cin_assessments", "person"),
    gaming_risk="Signing off on day 45 what is not finished (look for heaping at days 41 to 45), closing and "
    "re-opening the referral, or starting a second assessment.",
    paired_with=("I21", "I24"),
    chart="p",
    elapsed_unit="working days",
    limit_words="45 working days from the referral",
    rows=rows,
    examples=(DAY_45_AND_46, OPEN_AND_OVER),
)
