"""I88 case supervision: of children on a protection plan for more than 31 days, those discussed in the last 31."""

from datetime import date
from typing import Any, Final

from holdfast.analytics.breakdowns import OF_ANY_RECORD
from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators import blocks, questions, records
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import in_words

WITHIN: Final = 31


def rows(held: Held) -> Any:
    """One row per plan and period at whose end it was open, and had been for more than 31 days."""
    waiting = blocks.at_period_ends(held, records.protection_plans(held), "started_on", "ended_on")
    waiting = waiting.filter(waiting.ends_on.delta(waiting.started_on, unit="day") > WITHIN)
    waiting = waiting.left_join(last_discussed(held, waiting), ["unit_id", "period"])
    supervision = held["case_supervision"]
    lost = supervision.filter(blocks.unread(supervision, "supv_supervision_date"))
    lost = lost.select(lost_child="supv_person_id").distinct()
    waiting = waiting.left_join(lost, waiting.child == lost.lost_child)
    waiting = waiting.mutate(
        n_days=waiting.ends_on.delta(waiting.discussed_on, unit="day"),
        n_held=waiting.ends_on.delta(held.day_before_known("case_supervision", waiting.ends_on), unit="day"),
    )
    return questions.answered_at_end(
        waiting.mutate(is_recent=(waiting.n_days <= WITHIN).coalesce(False)),
        end="ended_on",
        unsure=lambda p: p.is_end_unread | (p.lost_child.notnull() & ~p.is_recent),
        is_in=lambda p: ibis.cases(
            (p.is_recent, ibis.literal(True)),
            (p.n_held > WITHIN, ibis.literal(False)),
            else_=ibis.null("boolean"),
        ),
        elapsed="n_days",
    )


def last_discussed(held: Held, waiting: Any) -> Any:
    """By plan and period, discussed_on: the last day by its end on which the child's case was discussed."""
    supervision = held["case_supervision"]
    supervision = supervision.select(of_child="supv_person_id", on="supv_supervision_date")
    asked = waiting.select("unit_id", "period", "child", "ends_on")
    met = asked.inner_join(supervision, [asked.child == supervision.of_child, supervision.on <= asked.ends_on])
    return met.group_by("unit_id", "period").aggregate(discussed_on=met.on.max())


AT_THE_END_OF_MAY = Example(
    words="At 31 May 2013, discussed on 30 April is 31 days ago and in, on 29 April is not, nor never. After the day "
    "does not count. A plan that began on 30 April has been open 31 days, and is not counted yet. One last reported on "
    "in March is not known; nor is one of a child of whom a discussion was sent without a day that is understood.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-05",),
    tables={
        "cp_plans": """
            cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date | as_at
            P1              | C1             | 2013-01-10              |                       | 2014-03-31
            P2              | C2             | 2013-01-10              |                       | 2014-03-31
            P3              | C3             | 2013-04-29              | 2013-06-01            | 2014-03-31
            P4              | C4             | 2013-04-30              |                       | 2014-03-31
            P5              | C5             | 2013-01-10              |                       | 2013-03-31
            P6              | C6             | 2013-01-10              | 2013-05-31            | 2014-03-31
            P7              | C7             | 2013-01-10              |                       | 2014-03-31
        """,
        "case_supervision": """
            supv_supervision_id | supv_person_id | supv_supervision_date | unread
            1                   | C1             | 2013-04-30            |
            2                   | C1             | 2013-02-01            |
            3                   | C2             | 2013-04-29            |
            4                   | C2             | 2013-06-01            |
            5                   | C4             | 2013-05-01            |
            6                   | C5             | 2013-05-01            |
            7                   | C7             |                       | supv_supervision_date
        """,
    },
    rows="""
        unit_id | in_numerator | elapsed | unknown_because
        P1      | yes          | 31      |
        P2      | no           | 32      |
        P3      | no           |         |
        P5      |              | 30      | open
        P7      |              |         | not understood
    """,
)

BEFORE_THE_DATA = Example(
    words="The data begins on 1 April 2010. At the end of April only 30 days are held: a child of whom nothing is on "
    "record may have been discussed on 30 March. At the end of May enough are held to say.",
    shows=frozenset({"missing"}),
    periods=("2010-04", "2010-05"),
    tables={
        "cp_plans": """
            cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date
            P1              | C1             | 2010-01-10
        """,
    },
    rows="""
        unit_id | period  | in_numerator | unknown_because
        P1      | 2010-04 |              | not sent
        P1      | 2010-05 | no           |
    """,
)

I88 = Definition(
    id="I88",
    version=1,
    title="Children on a protection plan discussed in supervision",
    question="Of the child protection plans open more than 31 days, how many children were discussed in supervision in "
    "the last 31?",
    numerator="Plans whose child's case was discussed in supervision on the period's last day or one of the 31 before.",
    denominator="Child protection plans open at the end of the period that started more than 31 days before it.",
    left_out="Plans open 31 days or fewer, or with no start date. Not known: open when last reported on, with nothing "
    "reported since; none on record where fewer than 31 days before are held.",
    kind="stock",
    period_rule="Stock: open at the end of the last day of the period, judged over the 31 days to it.",
    in_head="Discussed in 31 days",
    base_head="Open more than 31 days",
    counted="plans open more than 31 days",
    why="Supervision is where a manager asks whether the plan makes the child safer, and whether drift is setting in.",
    unit="per cent",
    polarity="higher",
    clock="",
    source="The oversight extract, which a council takes from its case system (docs/formats/oversight.md). There is no "
    "national statistic to compare.",
    unverified=(
        "That a child on a plan is to be discussed every 31 days is our reading: the Standards for Employers ask that "
        "a worker is supervised at least monthly, and say nothing of each child: unverified. The council's own "
        "standard is judged on the page of management oversight.",
    ),
    owner="Principal social worker",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("case_supervision", "cp_plans", "cin_episodes", "person"),
    gaming_risk="Recording a word in passing as a discussion: read what supervision audits find (I87).",
    paired_with=("I87", "I52"),
    chart="xmr",
    elapsed_unit="days",
    limit_words="31 days since the last discussion",
    rows=rows,
    examples=(AT_THE_END_OF_MAY, BEFORE_THE_DATA),
    breakdowns=(*OF_ANY_RECORD, "plan_team"),
    unknown_words=in_words("have fewer than 31 days before them held", is_open="were open when last reported on"),
)
