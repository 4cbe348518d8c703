"""I20 assessments within 45 working days by the statutory clock: from referral to conclusion.

The statutory clock starts at the referral. The DfE statistic starts when the assessment does and is I21; never print
one under the other's name.
"""

from datetime import date
from typing import Any

from holdfast.analytics.breakdowns import OF_ANY_RECORD
from holdfast.analytics.indicators import questions, records
from holdfast.analytics.indicators.definition import WORKING_TOGETHER_2013, Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import in_words


def rows(held: Held) -> Any:
    """One row per first assessment and period in which its 45th working day falls."""
    return questions.clock(
        held,
        records.first_assessments(held),
        start="referred_on",
        due="due_on",
        stop="concluded_on",
        given_up="closed_on",
        law=WORKING_TOGETHER_2013,
        unsure="is_unsure",
    )


DAY_45_AND_46 = Example(
    words="Referred on 16 April 2013, day 45 is 20 June: concluded that day is in time, the next day is late; still "
    "open that night is late, whatever comes of it. All count in June, because the limit falls there, and never again. "
    "Concluded before the referral is not known; with no referral date it has no limit and is left out.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-05", "2013-06", "2013-07"),
    tables={
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date
            R1               | C1             | 2013-04-16
            R2               | C2             | 2013-04-16
            R3               | C3             |
            R4               | C4             | 2013-04-16
            R5               | C5             | 2013-04-16
            R6               | C6             | 2013-04-16
        """,
        "cin_assessments": """
            cina_assessment_id | cina_referral_id | cina_assessment_start_date | cina_assessment_auth_date
            A1                 | R1               | 2013-04-17                 | 2013-06-20
            A2                 | R2               | 2013-05-30                 | 2013-06-21
            A3                 | R3               | 2013-05-30                 | 2013-06-07
            A4                 | R4               | 2013-04-17                 | 2013-04-15
            A5                 | R5               | 2013-04-17                 | 2013-05-02
            A6                 | R6               |                            |
        """,
    },
    rows="""
        unit_id | period  | in_numerator | unknown_because | elapsed | due_on
        A1      | 2013-06 | yes          |                 | 45      | 2013-06-20
        A2      | 2013-06 | no           |                 | 46      | 2013-06-20
        A4      | 2013-06 |              | conflict        | -1      | 2013-06-20
        A5      | 2013-06 | yes          |                 | 12      | 2013-06-20
        A6      | 2013-06 | no           |                 |         | 2013-06-20
    """,
)

NO_CONCLUSION = Example(
    words="With no conclusion: the episode closed on the last day of the limit, so it is not known; closed the day "
    "after, it was late by then. Last reported on the day before the limit, it is not known; on the day, it is late. A "
    "second assessment of the same referral has no clock from the referral and is left out.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-06",),
    tables={
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date | cine_close_date
            R1               | C1             | 2013-04-16         | 2013-06-20
            R2               | C2             | 2013-04-16         | 2013-06-21
            R3               | C3             | 2013-04-16         |
            R4               | C4             | 2013-04-16         |
            R5               | C5             | 2013-04-16         |
        """,
        "cin_assessments": """
            cina_assessment_id | cina_referral_id | cina_assessment_start_date | cina_assessment_auth_date | as_at
            A1                 | R1               | 2013-04-17                 |                           | 2014-03-31
            A2                 | R2               | 2013-04-17                 |                           | 2014-03-31
            A3                 | R3               | 2013-04-17                 |                           | 2013-06-19
            A4                 | R4               | 2013-04-17                 |                           | 2013-06-20
            A5                 | R5               | 2013-04-17                 | 2013-04-30                | 2014-03-31
            A6                 | R5               | 2013-05-10                 | 2013-06-28                | 2014-03-31
        """,
    },
    rows="""
        unit_id | in_numerator | unknown_because | elapsed | event_on
        A1      |              | not sent        |         | 2013-06-20
        A2      | no           |                 |         | 2013-06-20
        A3      |              | open            |         | 2013-06-20
        A4      | no           |                 |         | 2013-06-20
        A5      | yes          |                 | 10      | 2013-06-20
    """,
)

NOT_UNDERSTOOD = Example(
    words="A date of conclusion that was sent and could not be understood is not one that was not sent: the first is "
    "not known, the second is late.",
    shows=frozenset({"missing"}),
    periods=("2013-06",),
    tables={
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date
            R1               | C1             | 2013-04-16
            R2               | C2             | 2013-04-16
        """,
        "cin_assessments": """
            cina_assessment_id | cina_referral_id | cina_assessment_start_date | unread
            A1                 | R1               | 2013-04-17                 | cina_assessment_auth_date
            A2                 | R2               | 2013-04-17                 |
        """,
    },
    rows="""
        unit_id | in_numerator | unknown_because
        A1      |              | not understood
        A2      | no           |
    """,
)

THE_LAW_OF_ITS_DAY = Example(
    words="The 45 days are the law from 15 April 2013. A referral on that day is judged by them, one on 14 April is "
    "not, although its 45th working day is only a day sooner.",
    shows=frozenset({"boundary"}),
    periods=("2013-06",),
    tables={
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date
            R1               | C1             | 2013-04-14
            R2               | C2             | 2013-04-15
        """,
        "cin_assessments": """
            cina_assessment_id | cina_referral_id | cina_assessment_start_date | cina_assessment_auth_date
            A1                 | R1               | 2013-04-16                 | 2013-06-24
            A2                 | R2               | 2013-04-16                 | 2013-06-24
        """,
    },
    rows="""
        unit_id | in_numerator | due_on
        A2      | no           | 2013-06-19
    """,
)

I20 = Definition(
    id="I20",
    version=2,
    title="Assessments within 45 working days of referral",
    question="Of the assessments whose 45 working days from the referral ran out, how many had been concluded by then?",
    numerator="First assessments of a referral, concluded on or before the 45th working day after the referral. The "
    "day of referral is day zero; day 45 is in time.",
    denominator="First assessments of a referral whose 45th working day falls in the period. Each counts once, in that "
    "period, and for good: still open at the end of that day is late, however it ends.",
    left_out="Referrals before 15 April 2013, when the 45 days became law; second and later assessments of the same "
    "referral, which have no clock from the referral; assessments whose referral is not held or has no date. Not "
    "known: concluded before the referral; the episode closed in the 45 days with no date of conclusion; last reported "
    "on before the 45th day.",
    kind="clock",
    period_rule="Clock: the 45th working day falls in the period.",
    in_head="In time",
    base_head="Fell due",
    counted="first assessments that fell due",
    why="The law's clock runs from the day somebody was worried. Judged on the day the limit falls, one that is left "
    "open is late at once, and finishing old ones late makes nothing look better or worse.",
    unit="per cent",
    polarity="higher",
    clock="statutory",
    law=WORKING_TOGETHER_2013,
    source="Working Together to Safeguard Children 2013, chapter 1, timeliness of assessments, page 30 (the 2018 "
    "edition keeps it: page 34, paragraph 82). Children in need census, CINreferralDate (N00100) and "
    "AssessmentAuthorisationDate (N00160); SSD cin_episodes CINE003A, cin_assessments CINA005A.",
    unverified=("That the day of the referral is day zero is our reading; no source seen says it: unverified.",),
    owner="Head of service, referral and assessment",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("cin_episodes", "cin_assessments", "person"),
    gaming_risk="Signing off on day 45 what is not finished (look for heaping at days 41 to 45), closing and "
    "re-opening the referral, or starting a second assessment.",
    paired_with=("I21", "I24"),
    still_open="I24",
    chart="p",
    elapsed_unit="working days",
    limit_words="45 working days from the referral",
    rows=rows,
    examples=(DAY_45_AND_46, NO_CONCLUSION, NOT_UNDERSTOOD, THE_LAW_OF_ITS_DAY),
    breakdowns=(*OF_ANY_RECORD, "assessment_team"),
    unknown_words=in_words(
        "lack a date of conclusion",
        conflict="were concluded before the referral",
        is_open="were open when last reported on",
    ),
)
