"""I04 re-referrals within 12 months: the child had been referred before, less than 12 months earlier."""

from datetime import date
from typing import Any

from holdfast.analytics.indicators import blocks, questions, records
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import NOT_SENT, NOT_UNDERSTOOD, in_words


def rows(held: Held) -> Any:
    """One row per referral and period in which it was received."""
    referral = blocks.previous(records.referrals(held), "child", "referred_on", "unit_id")
    referral = blocks.look_up(held, referral, "referred_on", since="months_12_earlier")
    # Until every day after `since` is held nothing is known: counting only the earlier referrals that happen to be
    # held would give a share of nearly all of them.
    return questions.happened(
        held,
        referral,
        on="referred_on",
        is_in=is_again,
        unsure={
            NOT_SENT: lambda r: r.since < held.day_before_known("cin_episodes", r.referred_on),
            NOT_UNDERSTOOD: lambda r: r.may_have_another & ~is_again(r),
        },
        elapsed=lambda r: r.referred_on.delta(r.previous_on, unit="day"),
    )


def is_again(referral: Any) -> Any:
    """Whether the referral before it is near enough."""
    return (referral.previous_on > referral.since).coalesce(False)


ANNIVERSARY = Example(
    words="A referral exactly 12 months after the last is not a re-referral; one a day sooner is. A second referral on "
    "the same day is a re-referral, the first of the two is not.",
    shows=frozenset({"boundary"}),
    periods=("2013-06",),
    tables={
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date
            R1               | C1             | 2012-06-10
            R2               | C1             | 2013-06-10
            R3               | C2             | 2012-06-11
            R4               | C2             | 2013-06-10
            R5               | C3             | 2013-06-20
            R6               | C3             | 2013-06-20
        """,
    },
    rows="""
        unit_id | in_numerator | elapsed
        R2      | no           | 365
        R4      | yes          | 364
        R5      | no           |
        R6      | yes          | 0
    """,
)

LEAP_DAY = Example(
    words="Twelve months before 29 February 2012 is 28 February 2011, and before 28 February 2013 is 28 February 2012: "
    "an earlier referral on that day is too old, one on the day after is not.",
    shows=frozenset({"boundary"}),
    periods=("2012-02", "2013-02"),
    tables={
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date
            R1               | C1             | 2011-02-28
            R2               | C1             | 2012-02-29
            R3               | C2             | 2011-03-01
            R4               | C2             | 2012-02-29
            R5               | C3             | 2012-02-28
            R6               | C3             | 2013-02-28
            R7               | C2             | 2013-02-28
        """,
    },
    rows="""
        unit_id | period  | in_numerator
        R2      | 2012-02 | no
        R4      | 2012-02 | yes
        R5      | 2012-02 | no
        R6      | 2013-02 | no
        R7      | 2013-02 | yes
    """,
)

BEFORE_THE_DATA = Example(
    words="The data begins on 1 April 2010. A referral on 30 March 2011 might have had one before in the days not "
    "held, so none of that day's is known, not even one with an earlier referral that is held: the rest would be "
    "missing from beside it. From 31 March 2011 all 12 months are held. A referral with no date counts nowhere, and is "
    "nobody's earlier referral.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2011-03",),
    tables={
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date
            R1               | C1             | 2011-03-30
            R2               | C2             | 2011-03-31
            R3               | C3             | 2010-05-01
            R4               | C3             | 2011-03-30
            R5               | C2             |
        """,
    },
    rows="""
        unit_id | in_numerator
        R1      |
        R2      | no
        R4      |
    """,
)

I04 = Definition(
    id="I04",
    version=1,
    title="Re-referrals within 12 months",
    question="Of the referrals received, how many were about a child who had been referred in the 12 months before?",
    numerator="Referrals in the period whose child's previous referral is dated after the same day 12 calendar months "
    "earlier. Exactly 12 months is outside. An earlier referral on the same day, in order of its reference, counts.",
    denominator="Referrals whose date falls in the period.",
    left_out="Referrals with no date. Not known: every referral in the first 12 months of the data, because "
    "referrals before the data begins are not held.",
    kind="flow",
    period_rule="Flow: the referral's date is in the period. Each month stands alone; this is not a rolling year.",
    in_head="Referred again",
    base_head="Referrals",
    counted="referrals",
    why="A child who comes back soon may have been turned away or closed too early. A very low share can mean that the "
    "front door is keeping families out.",
    unit="per cent",
    polarity="lower",
    clock="",
    source="Children in need census, CINreferralDate (N00100); SSD cin_episodes, cine_referral_date (CINE003A). "
    "Compare the DfE characteristics of children in need statistics, table C1.",
    unverified=(
        "That the DfE statistic draws its 12-month line where this does (the anniversary itself outside) is "
        "unverified.",
    ),
    owner="Head of service, referral and assessment",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("cin_episodes", "person"),
    gaming_risk="Counting more contacts as referrals raises the denominator and lowers the share; adding a new "
    "concern to an open case instead of recording a referral lowers both. Read it beside the number of referrals.",
    paired_with=("I03", "I06", "I60-12"),
    chart="p",
    elapsed_unit="days",
    limit_words="less than 12 calendar months after the previous referral",
    rows=rows,
    examples=(ANNIVERSARY, LEAP_DAY, BEFORE_THE_DATA),
    unknown_words=in_words("are from before 12 months of the data were held"),
)
