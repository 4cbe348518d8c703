"""I06 referrals that ended in no further action."""

from datetime import date
from typing import Any

from holdfast.analytics.indicators import questions, records
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import NOT_UNDERSTOOD, in_words


def rows(held: Held) -> Any:
    """One row per referral and period in which it was received."""
    return questions.happened(
        held,
        records.referrals(held),
        on="referred_on",
        is_in="no_further_action",
        why={NOT_UNDERSTOOD: "is_action_unread"},
    )


YES_NO_MISSING = Example(
    words="The flag says yes, no, or nothing; nothing is not a no. The first and the last day of the month are in it.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-05",),
    tables={
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date | cine_referral_nfa
            R1               | C1             | 2013-04-30         | yes
            R2               | C2             | 2013-05-01         | yes
            R3               | C3             | 2013-05-31         | no
            R4               | C4             | 2013-05-15         |
            R5               | C5             | 2013-06-01         | no
        """,
    },
    rows="""
        unit_id | in_numerator
        R2      | yes
        R3      | no
        R4      |
    """,
)

I06 = Definition(
    id="I06",
    version=1,
    title="Referrals with no further action",
    question="Of the referrals received, how many ended in no further action?",
    numerator="Referrals in the period that are recorded as needing no further action.",
    denominator="Referrals whose date falls in the period.",
    left_out="Referrals with no date. Not known: referrals where the flag is missing.",
    kind="flow",
    period_rule="Flow: the referral's date is in the period, whenever the decision was made.",
    in_head="No further action",
    base_head="Referrals",
    counted="referrals",
    why="A high share says that partners refer what does not need social care, or that the threshold is too high; a "
    "sudden fall can mean that contacts are now filtered before they are recorded as referrals.",
    unit="per cent",
    polarity="neither",
    clock="",
    source="Children in need census, ReferralNFA (N00112) and CINreferralDate (N00100); SSD cin_episodes, "
    "cine_referral_nfa (CINE011A). Compare the DfE characteristics of children in need statistics, table C1.",
    unverified=(),
    owner="Head of service, referral and assessment",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("cin_episodes", "person"),
    gaming_risk="Filtering at the contact stage lowers the share without a single better referral.",
    paired_with=("I03", "I04"),
    chart="p",
    elapsed_unit="",
    limit_words="",
    rows=rows,
    examples=(YES_NO_MISSING,),
    unknown_words=in_words("lack the flag of no further action"),
)
