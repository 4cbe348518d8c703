"""I03 referrals: how many referrals were received."""

from datetime import date
from typing import Any

from holdfast.analytics.indicators import questions, records
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held


def rows(held: Held) -> Any:
    """One row per referral and period in which it was received; every row is in."""
    return questions.happened(held, records.referrals(held), on="referred_on", is_in=lambda r: r.unit_id.notnull())


FIRST_AND_LAST_DAY = Example(
    words="Referrals on the first and last day of May count in May; the day before and the day after do not. A "
    "referral whose date is missing counts in no period.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-05",),
    tables={
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date
            R1               | C1             | 2013-04-30
            R2               | C2             | 2013-05-01
            R3               | C3             | 2013-05-31
            R4               | C4             | 2013-06-01
            R5               | C5             |
        """,
    },
    rows="""
        unit_id | period  | event_on   | in_numerator
        R2      | 2013-05 | 2013-05-01 | yes
        R3      | 2013-05 | 2013-05-31 | yes
    """,
)

I03 = Definition(
    id="I03",
    version=1,
    title="Referrals",
    question="How many referrals did children's social care receive?",
    numerator="Referrals whose date falls in the period. A child referred twice counts twice.",
    denominator="None: this is a count. A rate needs the population of children, which the census does not hold.",
    left_out="Referrals with no date. Contacts that did not become a referral are not in this return at all.",
    kind="flow",
    period_rule="Flow: the referral's date is in the period.",
    in_head="Referrals",
    base_head="",
    counted="referrals",
    why="Demand sets the scene for every other measure. A jump or a fall often means that what is recorded as a "
    "referral has changed, and then a share of referrals can move although practice has not.",
    unit="count",
    polarity="neither",
    clock="",
    source="Children in need census, CINreferralDate (N00100); SSD cin_episodes, cine_referral_date (CINE003A). "
    "Compare the DfE characteristics of children in need statistics, table C1.",
    unverified=(),
    owner="Head of service, referral and assessment",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("cin_episodes", "person"),
    gaming_risk="Recording work as a contact instead of a referral lowers the count without lowering demand.",
    paired_with=("I04", "I06"),
    chart="xmr",
    elapsed_unit="",
    limit_words="",
    rows=rows,
    examples=(FIRST_AND_LAST_DAY,),
)
