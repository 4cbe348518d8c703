"""I52 reviews in time: child protection plans for which no review was overdue at any time in the year to the day."""

from datetime import date
from typing import Any

from holdfast.analytics.breakdowns import OF_ANY_RECORD
from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators import blocks, questions, records
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import in_words


def steps(held: Held) -> Any:
    """One row per plan and step: its start, then each review. A review on or before the plan's start is not one of it.

    on: the day of the step; limit_on: the last day for the next review (3 months from the start, then 6 months from
    each review); next_on: the next review (NULL: none).
    """
    plan = records.protection_plans(held).select("started_on", plan_id="unit_id")
    start = plan.select("plan_id", on="started_on", step_id=ibis.literal(""))
    start = blocks.look_up(held, start, "on", limit_on="months_3_later")
    review = held["cp_reviews"]
    review = review.select(
        review_of=review.cppr_cp_plan_id, on=review.cppr_cp_review_date, step_id=review.cppr_cp_review_id
    )
    review = review.inner_join(plan, review.review_of == plan.plan_id)
    review = review.filter(review.on > review.started_on).select("plan_id", "on", "step_id")
    review = blocks.look_up(held, review, "on", limit_on="months_6_later")
    return blocks.following(ibis.union(start, review.select(*start.columns)), "plan_id", "on", "step_id")


def at_period_ends(held: Held) -> Any:
    """One row per plan and period at whose end it was open, and had been for three calendar months, with its latest
    step: on, limit_on, ends_on, and year_before (the day twelve calendar months before the period's end)."""
    plan = blocks.look_up(held, records.protection_plans(held), "started_on", three_months_on="months_3_later")
    step = steps(held).select("plan_id", "on", "limit_on", "next_on")
    plan = plan.inner_join(step, plan.unit_id == step.plan_id)
    far_off = ibis.literal(blocks.FAR_OFF)
    plan = plan.mutate(until=ibis.least(plan.next_on.coalesce(far_off), plan.ended_on.coalesce(far_off)))
    waiting = blocks.at_period_ends(held, plan, "on", "until")
    waiting = waiting.filter(waiting.three_months_on <= waiting.ends_on)
    return blocks.look_up(held, waiting, "ends_on", year_before="months_12_earlier")


def overdue(held: Held, waiting: Any) -> Any:
    """One row per plan and period of `waiting` in whose year a review was overdue: n_certain, n_doubtful.

    Overdue from the day after limit_on until it was held. A gap that begins before the data does may hold a review
    that is not held, so that its lateness is only doubtful.
    """
    step = steps(held)
    late = step.mutate(held_on=step.next_on.coalesce(ibis.literal(blocks.FAR_OFF)))
    late = late.filter(late.held_on > late.limit_on).select(
        late_plan="plan_id", passed_on="limit_on", held_on="held_on", began_on="on"
    )
    asked = waiting.select("ends_on", "year_before", late_period="period", asked_plan="plan_id")
    in_its_year = [
        asked.asked_plan == late.late_plan,
        late.passed_on < asked.ends_on,
        late.held_on > asked.year_before,
    ]
    met = asked.inner_join(late, in_its_year)
    asked_on = ibis.least(met.held_on, met.ends_on)
    is_certain = met.began_on > held.day_before_known("cp_reviews", asked_on)
    return met.group_by("late_plan", "late_period").aggregate(
        n_certain=met.count(where=is_certain), n_doubtful=met.count(where=~is_certain)
    )


def rows(held: Held) -> Any:
    """One row per plan and period at whose end it was open and had been for three calendar months or more."""
    waiting = at_period_ends(held)
    late = overdue(held, waiting)
    same = [waiting.plan_id == late.late_plan, waiting.period == late.late_period]
    review = held["cp_reviews"]
    lost = review.filter(blocks.unread(review, "cppr_cp_review_date")).select(lost_plan="cppr_cp_plan_id").distinct()
    waiting = waiting.left_join(late, same)
    return questions.answered_at_end(
        waiting.left_join(lost, waiting.plan_id == lost.lost_plan),
        end="ended_on",
        unsure=lambda p: p.is_end_unread | p.lost_plan.notnull(),
        is_in=lambda p: ibis.cases(
            (p.n_certain > 0, ibis.literal(False)), (p.n_doubtful > 0, ibis.null("boolean")), else_=ibis.literal(True)
        ),
        elapsed=lambda p: p.ends_on.delta(p.on, unit="day"),
        due_on="limit_on",
    )


FIRST_REVIEW = Example(
    words="A plan from 28 February 2013 must have its first review by 28 May, one from 30 November 2012 by 28 "
    "February. On the day is in time, a day later is late. A plan open less than three months at the end of May is "
    "not counted; one open three months to the day with no review yet is due that day, so it is in time.",
    shows=frozenset({"boundary"}),
    periods=("2013-05",),
    tables={
        "cp_plans": """
            cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date
            P1              | C1             | 2013-02-28
            P2              | C2             | 2013-02-28
            P3              | C3             | 2012-11-30
            P4              | C4             | 2013-03-01
            P5              | C5             | 2013-02-28
        """,
        "cp_reviews": """
            cppr_cp_review_id | cppr_cp_plan_id | cppr_cp_review_date
            V1                | P1              | 2013-05-28
            V2                | P2              | 2013-05-29
            V3                | P3              | 2013-02-28
        """,
    },
    rows="""
        unit_id | in_numerator | elapsed | due_on
        P1      | yes          | 3       | 2013-11-28
        P2      | no           | 2       | 2013-11-29
        P3      | yes          | 92      | 2013-08-28
        P5      | no           | 92      | 2013-05-28
    """,
)

DUE_THAT_DAY = Example(
    words="A plan from 31 January 2013 is due its first review on 30 April, the last day of the month: it counts, "
    "and is in time. In May it is overdue.",
    shows=frozenset({"boundary"}),
    periods=("2013-03", "2013-04", "2013-05"),
    tables={
        "cp_plans": """
            cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date
            P1              | C1             | 2013-01-31
        """,
    },
    rows="""
        unit_id | period  | in_numerator | due_on
        P1      | 2013-04 | yes          | 2013-04-30
        P1      | 2013-05 | no           | 2013-04-30
    """,
)

LATER_REVIEWS = Example(
    words="Six months from each review. A review a day late, on 11 October 2012, counts as late for every year that it "
    "lies in: to the end of September 2013, and no longer at the end of October, because good practice since can show. "
    "A plan that ended is not counted. Last reported on in April, it is not known. One with no start date is left out.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-09", "2013-10"),
    tables={
        "cp_plans": """
            cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date | as_at
            P1              | C1             | 2012-01-10              |                       | 2014-03-31
            P2              | C2             | 2012-01-10              |                       | 2014-03-31
            P3              | C3             | 2012-01-10              | 2013-09-30            | 2014-03-31
            P4              | C4             | 2013-01-10              |                       | 2013-04-30
            P7              | C7             |                         |                       | 2014-03-31
        """,
        "cp_reviews": """
            cppr_cp_review_id | cppr_cp_plan_id | cppr_cp_review_date
            V11               | P1              | 2012-04-10
            V12               | P1              | 2012-10-10
            V13               | P1              | 2013-04-10
            V14               | P1              | 2013-10-11
            V21               | P2              | 2012-04-10
            V22               | P2              | 2012-10-11
            V23               | P2              | 2013-04-11
            V24               | P2              | 2013-10-11
            V25               | P2              |
        """,
    },
    rows="""
        unit_id | period  | in_numerator | due_on
        P1      | 2013-09 | yes          | 2013-10-10
        P1      | 2013-10 | no           | 2014-04-11
        P2      | 2013-09 | no           | 2013-10-11
        P2      | 2013-10 | yes          | 2014-04-11
        P4      | 2013-09 |              | 2013-04-10
        P4      | 2013-10 |              | 2013-04-10
    """,
)

BEFORE_THE_DATA = Example(
    words="The data begins on 1 April 2010. Late only across a gap that begins before that, with a review that may not "
    "be held, is not known; late between two reviews that are held is late.",
    shows=frozenset({"missing"}),
    periods=("2011-03",),
    tables={
        "cp_plans": """
            cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date
            P5              | C5             | 2010-01-10
            P6              | C6             | 2010-01-10
        """,
        "cp_reviews": """
            cppr_cp_review_id | cppr_cp_plan_id | cppr_cp_review_date
            V51               | P5              | 2010-06-01
            V52               | P5              | 2010-12-01
            V61               | P6              | 2010-06-01
            V62               | P6              | 2010-12-02
        """,
    },
    rows="""
        unit_id | in_numerator | due_on
        P5      |              | 2011-06-01
        P6      | no           | 2011-06-02
    """,
)

I52 = Definition(
    id="I52",
    version=2,
    title="Child protection reviews in time",
    question="Of the child protection plans open three months or more, for how many was no review overdue in the year "
    "to that day?",
    numerator="Plans for which no review was overdue at any time in the 12 calendar months to the end of the period. A "
    "review is overdue after 3 calendar months from the start, then 6 from each review, until it is held; the last day "
    "is in time.",
    denominator="Child protection plans open at the end of the period that started 3 calendar months or more before "
    "it.",
    left_out="Plans open less than 3 months or with no start date; reviews with no date, or dated on or before the "
    "plan's start. Not known: open when last reported on, with nothing reported since; late only across a gap that "
    "begins before the data does, because a review then may not be held.",
    kind="stock",
    period_rule="Stock: open at the end of the last day of the period, judged over the 12 months to that day, in a "
    "month's figure too.",
    in_head="Reviewed in time",
    base_head="Open three months or more",
    counted="plans open three months or more",
    why="The review is where somebody outside the case asks whether the plan is making the child safer.",
    unit="per cent",
    polarity="higher",
    clock="statutory",
    source="DfE characteristics of children in need statistics, table D6: children on a plan at 31 March, on it for at "
    "least three months, whose reviews were in the required timescales. Working Together to Safeguard Children (2018: "
    "page 53). Children in need census, CPPreviewDate (N00116), CPPstartDate (N00105), CPPendDate (N00115); SSD "
    "cp_reviews CPPR004A.",
    unverified=(
        "That the Department judges the year's reviews and not the whole life of the plan, and counts months and not "
        "days, is unverified.",
    ),
    owner="Head of service, child protection",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("cp_plans", "cp_reviews", "cin_episodes", "person"),
    gaming_risk="Holding a review in name only, or ending a plan just before its review is due.",
    paired_with=("I47", "I49"),
    chart="xmr",
    elapsed_unit="days",
    limit_words="3 calendar months for the first review, then 6 calendar months",
    rows=rows,
    examples=(FIRST_REVIEW, DUE_THAT_DAY, LATER_REVIEWS, BEFORE_THE_DATA),
    breakdowns=(*OF_ANY_RECORD, "plan_team"),
    unknown_words=in_words(
        "have a gap between reviews that begins before the data", is_open="were open when last reported on"
    ),
)
