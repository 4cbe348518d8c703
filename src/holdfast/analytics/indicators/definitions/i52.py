"""I52 reviews in time: child protection plans whose every review so far was held in time."""

from datetime import date
from typing import Any

import ibis

from holdfast.analytics.indicators import blocks, records
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held


def steps(held: Held) -> Any:
    """One row per plan and step: its start, then each review. A review on or before the plan's start is not one of it.

    on: the day of the step; limit_on: the last day for the next review (3 months from the start, then 6 months from
    each review); next_on: the next review (NULL: none).
    """
    plan = records.protection_plans(held)
    start = plan.select("unit_id", on="started_on", step_id=ibis.literal(""))
    start = blocks.look_up(held, start, "on", limit_on="months_3_later")
    review = held["cp_reviews"]
    review = review.select(
        plan_id=review.cppr_cp_plan_id, on=review.cppr_cp_review_date, step_id=review.cppr_cp_review_id
    )
    begun = plan.select("unit_id", "started_on")
    review = review.inner_join(begun, review.plan_id == begun.unit_id)
    review = review.filter(review.on > review.started_on).select("unit_id", "on", "step_id")
    review = blocks.look_up(held, review, "on", limit_on="months_6_later")
    both = ibis.union(start, review.select(*start.columns))
    return blocks.following(both, "unit_id", "on", "step_id")


def judged_steps(held: Held) -> Any:
    """The steps, with how many of the gaps before each were late for certain, and how many only by what is held.

    A gap that begins before the data does may hold a review that is not held, so its lateness is not certain.
    """
    step = steps(held)
    is_certain = step.on > held.day_before_known("cp_reviews", step.next_on)
    step = step.mutate(is_certain=is_certain, is_late=step.next_on > step.limit_on)
    late, doubtful = step.is_late & step.is_certain, step.is_late & ~step.is_certain
    step = step.mutate(
        late_to_next=blocks.so_far(step, late, "unit_id", "on", "step_id"),
        doubtful_to_next=blocks.so_far(step, doubtful, "unit_id", "on", "step_id"),
    )
    return step.mutate(
        n_late=step.late_to_next - ibis.ifelse(late, 1, 0),
        n_doubtful=step.doubtful_to_next - ibis.ifelse(doubtful, 1, 0),
    )


def rows(held: Held) -> Any:
    """One row per plan and period at whose end it was open and had been for three calendar months or more."""
    step = judged_steps(held)
    step = step.select("unit_id", "on", "next_on", "limit_on", "n_late", "n_doubtful")
    plan = blocks.look_up(held, records.protection_plans(held), "started_on", three_months_on="months_3_later")
    plan = plan.rename(plan_id="unit_id")
    found = step.inner_join(plan, step.unit_id == plan.plan_id)
    # The step that was the latest at the period's end, while the plan was open.
    found = found.mutate(step_ends_on=found.next_on.coalesce(ibis.literal(blocks.FAR_OFF)))
    found = found.mutate(until=ibis.least(found.step_ends_on, found.ended_on.coalesce(ibis.literal(blocks.FAR_OFF))))
    found = blocks.at_period_ends(held, found, "on", "until")
    found = found.filter(found.three_months_on <= found.ends_on)
    overdue = found.ends_on > found.limit_on
    is_certain = found.on > held.day_before_known("cp_reviews", found.ends_on)
    in_time = ibis.cases(
        (records.known_open(found).isnull(), ibis.null("boolean")),
        ((found.n_late > 0) | (overdue & is_certain), ibis.literal(False)),
        ((found.n_doubtful > 0) | overdue, ibis.null("boolean")),
        else_=ibis.literal(True),
    )
    return blocks.rows(
        found,
        unit_id=found.unit_id,
        child=found.child,
        event_on=found.ends_on,
        period=found.period,
        in_numerator=in_time,
        elapsed=found.ends_on.delta(found.on, unit="day"),
        due_on=found.limit_on,
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
    words="Six months from each review: a second review a day late stays late for good, even after a third in time. "
    "A plan that ended is not counted. Last reported on in April, it is not known. Started before the data begins, "
    "with a first review that may not be held, it is not known; late between two reviews that are held, it is late.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-05",),
    tables={
        "cp_plans": """
            cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date | as_at
            P1              | C1             | 2012-01-10              |                       | 2014-03-31
            P2              | C2             | 2012-01-10              |                       | 2014-03-31
            P3              | C3             | 2012-01-10              | 2013-05-31            | 2014-03-31
            P4              | C4             | 2013-01-10              |                       | 2013-04-30
            P5              | C5             | 2010-01-10              |                       | 2014-03-31
            P6              | C6             | 2010-01-10              |                       | 2014-03-31
            P7              | C7             |                         |                       | 2014-03-31
        """,
        "cp_reviews": """
            cppr_cp_review_id | cppr_cp_plan_id | cppr_cp_review_date
            V11               | P1              | 2012-04-10
            V12               | P1              | 2012-10-10
            V13               | P1              | 2013-04-10
            V21               | P2              | 2012-04-10
            V22               | P2              | 2012-10-11
            V23               | P2              | 2013-04-11
            V24               | P2              |
            V51               | P5              | 2010-06-01
            V52               | P5              | 2010-12-01
            V53               | P5              | 2011-06-01
            V54               | P5              | 2011-12-01
            V55               | P5              | 2012-06-01
            V56               | P5              | 2012-12-01
            V61               | P6              | 2010-06-01
            V62               | P6              | 2010-12-02
        """,
    },
    rows="""
        unit_id | in_numerator | due_on
        P1      | yes          | 2013-10-10
        P2      | no           | 2013-10-11
        P4      |              | 2013-04-10
        P5      |              | 2013-06-01
        P6      | no           | 2011-06-02
    """,
)

I52 = Definition(
    id="I52",
    version=1,
    title="Child protection reviews in time",
    question="Of the child protection plans open three months or more, how many have had every review in time?",
    numerator="Plans whose first review was held within 3 calendar months of the start, each later one within 6 "
    "calendar months of the one before, and whose next is not overdue at the end of the period. The last day is in "
    "time.",
    denominator="Child protection plans open at the end of the period that started 3 calendar months or more before "
    "it.",
    left_out="Plans open less than 3 months or with no start date; reviews with no date, or dated on or before the "
    "plan's start. Not known: open when last reported on, with nothing reported since; late only across a gap that "
    "begins before the data does, because a review then may not be held.",
    period_rule="Stock: open at the end of the last day of the period, judged over the whole life of the plan.",
    why="The review is where somebody outside the case asks whether the plan is making the child safer.",
    unit="per cent",
    polarity="higher",
    clock="statutory",
    source="Working Together to Safeguard Children 2013, chapter 1, child protection review conference. Children in "
    "need census, CPPreviewDate (N00116), CPPstartDate (N00105), CPPendDate (N00115); SSD cp_reviews CPPR004A.",
    unverified=(
        "The chapter is cited, not the paragraph: paragraph numbers differ between editions and are unverified.",
        "The DfE statistic may judge only the reviews due in the year, where this judges the whole life of the plan: "
        "unverified.",
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
    examples=(FIRST_REVIEW, DUE_THAT_DAY, LATER_REVIEWS),
)
