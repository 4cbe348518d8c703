"""I89-records management decisions: of referrals, those decided on with reasons within one working day."""

from datetime import date
from typing import Any, Final

from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators import blocks, questions, records
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import in_words

ON_A_REFERRAL: Final = "REF"


def rows(held: Held) -> Any:
    """One row per referral and period in which it was received."""
    referral = blocks.look_up(
        held, records.referrals(held), "referred_on", due_on="working_days_1_later", until="working_days_2_later"
    )
    found = decided(held, referral)
    referral = referral.left_join(found, referral.unit_id == found.decided_referral)
    is_met = (referral.n_reasoned > 0).coalesce(False)
    is_lost = (referral.n_lost > 0).coalesce(False) & ~is_met
    is_silent = (referral.n_silent > 0).coalesce(False) & ~is_met
    return questions.cohort(
        held,
        referral.mutate(is_met=is_met, is_lost=is_lost, is_silent=is_silent),
        on="referred_on",
        until="until",
        followed_in="management_decisions",
        is_in=lambda r: ibis.cases((r.is_met, ibis.literal(True)), (r.is_silent, ibis.null("boolean")), else_=False),
        unsure="is_lost",
    )


def decided(held: Held, referral: Any) -> Any:
    """By referral, of the decisions that are or may be on it in time: n_reasoned, n_silent (whether the reasons are
    recorded is not), and n_lost (not understood). A decision that names no referral may be on any of the child's."""
    own = held["management_decisions"]
    own = own.select(
        of_child="mdec_person_id",
        of_referral="mdec_referral_id",
        on="mdec_decision_date",
        about="mdec_decision_about",
        has_reasons="mdec_reasons_recorded",
        is_lost=blocks.unread(own, "mdec_decision_date", "mdec_decision_about", "mdec_referral_id"),
        is_reason_lost=blocks.unread(own, "mdec_reasons_recorded"),
    )
    asked = referral.select("child", "due_on", "referred_on", decided_referral="unit_id")
    met = asked.inner_join(own, asked.child == own.of_child)
    met = met.filter((met.of_referral == met.decided_referral).coalesce(True))
    is_on_it = ((met.about == ON_A_REFERRAL) & (met.on >= met.referred_on) & (met.on <= met.due_on)).coalesce(False)
    met = met.mutate(is_on_it=is_on_it & ~met.is_lost)
    return met.group_by("decided_referral").aggregate(
        n_reasoned=met.count(where=met.is_on_it & met.has_reasons.coalesce(False)),
        n_silent=met.count(where=met.is_on_it & met.has_reasons.isnull() & ~met.is_reason_lost),
        n_lost=met.count(where=met.is_lost | (met.is_on_it & met.is_reason_lost)),
    )


BY_THE_NEXT_WORKING_DAY = Example(
    words="Received on Friday 7 June 2013, a referral is to be decided on by Monday 10 June. On that day is in time, a "
    "day later is not, nor is a decision on the day before it came, without reasons, on another matter or on another "
    "referral. Whether reasons are recorded being not recorded, it is not known, unless another decision says it.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-06",),
    tables={
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date
            R1               | C1             | 2013-06-07
            R2               | C2             | 2013-06-07
            R3               | C3             | 2013-06-07
            R4               | C4             | 2013-06-07
            R5               | C5             | 2013-06-07
            R6               | C6             | 2013-06-07
            R7               | C7             | 2013-06-07
            R9               | C9             | 2013-06-07
        """,
        "management_decisions": """
    mdec_person_id | mdec_referral_id | mdec_decision_date | mdec_decision_about | mdec_reasons_recorded
    C1             | R1               | 2013-06-10         | REF                 | yes
    C2             |                  | 2013-06-11         | REF                 | yes
    C3             |                  | 2013-06-06         | REF                 | yes
    C4             |                  | 2013-06-07         | REF                 | no
    C5             |                  | 2013-06-07         | ALL                 | yes
    C6             | R0               | 2013-06-07         | REF                 | yes
    C7             |                  | 2013-06-07         | REF                 |
    C9             |                  | 2013-06-07         | REF                 |
    C9             |                  | 2013-06-08         | REF                 | yes
        """,
    },
    rows="""
        unit_id | in_numerator | due_on     | unknown_because
        R1      | yes          | 2013-06-11 |
        R2      | no           | 2013-06-11 |
        R3      | no           | 2013-06-11 |
        R4      | no           | 2013-06-11 |
        R5      | no           | 2013-06-11 |
        R6      | no           | 2013-06-11 |
        R7      |              | 2013-06-11 | not sent
        R9      | yes          | 2013-06-11 |
    """,
)

NOT_UNDERSTOOD_OR_OVER = Example(
    words="A decision of the child's whose matter is not understood may be the one. The data ends on Monday 31 March "
    "2014: of a referral on Thursday 27 March the second working day has come, of one on that Monday it has not.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2014-03",),
    tables={
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date
            R1               | C1             | 2014-03-03
            R2               | C2             | 2014-03-27
            R3               | C3             | 2014-03-31
        """,
        "management_decisions": """
            mdec_person_id | mdec_decision_date | mdec_decision_about | mdec_reasons_recorded | unread
            C1             | 2014-03-03         |                     | yes                   | mdec_decision_about
            C3             | 2014-03-31         | REF                 | yes                   |
        """,
    },
    rows="""
        unit_id | in_numerator | due_on     | unknown_because
        R1      |              | 2014-03-05 | not understood
        R2      | no           | 2014-03-31 |
        R3      |              | 2014-04-02 | open
    """,
)

I89_RECORDS = Definition(
    id="I89-records",
    version=1,
    title="Referrals decided on with reasons within one working day",
    question="Of the referrals received, on how many had a manager decided, with reasons, within one working day?",
    numerator="Referrals with a decision on what is done with them, dated from the day of the referral to the next "
    "working day, whose reasons are recorded.",
    denominator="Referrals received in the period.",
    left_out="Referrals with no date. Not known: a decision in time of which it is not recorded whether its reasons "
    "are; referrals received so recently that the second working day after has not come.",
    kind="cohort",
    period_rule="Cohort: the referral was received in the period, so a figure is complete two working days later.",
    in_head="Decided with reasons",
    base_head="Received",
    counted="referrals",
    why="A decision with its reasons says who is answerable for what happens next, and lets it be looked at again.",
    unit="per cent",
    polarity="higher",
    clock="",
    source="The oversight extract, which a council takes from its case system (docs/formats/oversight.md). Working "
    "Together to Safeguard Children 2013, chapter 1: a decision on a referral within one working day. What audits read "
    "of reasons is I89.",
    unverified=("That the decision is a manager's and has its reasons recorded by then is our reading: unverified.",),
    owner="Head of service, referral and assessment",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("management_decisions", "cin_episodes", "person"),
    gaming_risk="Ticking that reasons are recorded: read what audits find in the file (I89).",
    paired_with=("I89", "I06"),
    chart="p",
    elapsed_unit="",
    limit_words="1 working day from the referral",
    rows=rows,
    examples=(BY_THE_NEXT_WORKING_DAY, NOT_UNDERSTOOD_OR_OVER),
    unknown_words=in_words(
        "have a decision that does not say whether its reasons are recorded", is_open="came too recently to say"
    ),
)
