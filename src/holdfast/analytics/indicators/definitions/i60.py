"""I60 re-opened: cases closed, and referred again within 3, 6 or 12 months. One definition for each."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from holdfast.analytics.calendar import add_months
from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators import blocks, questions, records
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import CONFLICT, NOT_UNDERSTOOD, in_words

DIED = "RC2"


@records.once
def closures(held: Held) -> Any:
    """One row per referral with a closure date, and again_on: the child's next referral on or after it (NULL: none).

    On the day of closure itself, only a referral that comes after in order of date and id counts. Found by one pass
    over each child's openings and closings in order, because joining referrals to themselves grows with the square.
    """
    referral = records.referrals(held)
    order = {"own_on": "referred_on", "own_id": "unit_id"}
    opening = referral.select("child", on="referred_on", **order, opened_on="referred_on", is_closing=ibis.literal(0))
    closing = referral.filter(referral.closed_on.notnull()).select(
        "child", on="closed_on", **order, opened_on=ibis.null("date"), is_closing=ibis.literal(1)
    )
    event = ibis.union(opening, closing)
    after = ibis.window(
        group_by=event.child, order_by=[event.on, event.own_on, event.own_id, event.is_closing], rows=(1, None)
    )
    event = event.mutate(again_on=event.opened_on.min().over(after))
    closure = event.filter(event.is_closing == 1).select("again_on", closed_referral="own_id")
    return referral.inner_join(closure, referral.unit_id == closure.closed_referral).drop("closed_referral")


def rows(held: Held, *, months: int) -> Any:
    """One row per closed case and period in which it closed."""
    closure = closures(held)
    case = closure.filter(~closure.no_further_action.coalesce(False) & (closure.close_reason.coalesce("") != DIED))
    case = blocks.look_up(held, case, "closed_on", until=f"months_{months}_later")
    return questions.cohort(
        held,
        case,
        on="closed_on",
        until="until",
        followed_in="cin_episodes",
        is_in=lambda c: (c.again_on < c.until).coalesce(False),
        unsure={
            CONFLICT: is_out_of_order,
            NOT_UNDERSTOOD: lambda c: c.is_case_unread | (c.may_have_another & ~(c.again_on < c.until).coalesce(False)),
        },
        elapsed=lambda c: ibis.cases((~is_out_of_order(c), c.again_on.delta(c.closed_on, unit="day"))),
    )


def is_out_of_order(case: Any) -> Any:
    """Whether it is recorded as closed before it was referred, so that neither day can be relied on."""
    return case.closed_on < case.referred_on


def examples(months: int) -> tuple[Example, ...]:
    """The same two examples for each length of time: its edges, and a time that is not over."""
    edge = add_months(date(2012, 6, 10), months)
    known = add_months(date(2014, 4, 1), -months)
    return (at_the_edge(months, str(edge - timedelta(days=1)), str(edge)), not_over(str(known)))


def at_the_edge(months: int, last: str, too_late: str) -> Example:
    return Example(
        words=f"Closed on 10 June 2012: referred again on {last} is within {months} months, on {too_late} is not. A "
        "referral on the day of closure counts, the case's own referral that day does not. Referrals before the "
        "closure, closures because the child died and referrals that needed no action are left out.",
        shows=frozenset({"boundary"}),
        periods=("2012-06",),
        tables={
            "cin_episodes": f"""
    cine_referral_id | cine_person_id | cine_referral_date | cine_close_date | cine_close_reason | cine_referral_nfa
    R1               | C1             | 2012-01-10         | 2012-06-10      | RC7               | no
    R2               | C1             | {last}         |                 |                   | no
    R3               | C2             | 2012-01-10         | 2012-06-10      | RC7               |
    R4               | C2             | {too_late}         |                 |                   | no
    R5               | C3             | 2012-06-10         | 2012-06-10      | RC8               | no
    R6               | C4             | 2012-06-10         | 2012-06-10      | RC8               | no
    R7               | C4             | 2012-06-10         |                 |                   | no
    R8               | C5             | 2012-01-10         | 2012-06-10      | RC7               | no
    R9               | C5             | 2012-06-09         |                 |                   | no
    RA               | C6             | 2012-01-10         | 2012-06-10      | RC2               | no
    RB               | C7             | 2012-06-10         | 2012-06-10      |                   | yes
            """,
        },
        rows=f"""
            unit_id | in_numerator | due_on
            R1      | yes          | {too_late}
            R3      | no           | {too_late}
            R5      | no           | {too_late}
            R6      | yes          | {too_late}
            R8      | no           | {too_late}
        """,
    )


def not_over(known: str) -> Example:
    """`known` is the first of a month: the latest closure whose whole time is over when the data ends."""
    waiting = f"{known[:8]}02"
    return Example(
        words="The data ends on 31 March 2014. Until the whole time since closing has passed a case is not known, "
        "even if the child has already been referred again: otherwise only the quick returns would count. "
        "Closed before it was referred is not known either.",
        shows=frozenset({"boundary", "missing"}),
        periods=(known[:7],),
        tables={
            "cin_episodes": f"""
                cine_referral_id | cine_person_id | cine_referral_date | cine_close_date
                R1               | C1             | 2012-01-10         | {known}
                R2               | C2             | 2012-01-10         | {waiting}
                R3               | C3             | 2012-01-10         | {waiting}
                R4               | C3             | {waiting}         |
                R5               | C4             | 2012-01-10         |
                R6               | C5             | {waiting}         | {known}
            """,
        },
        rows="""
            unit_id | in_numerator | unknown_because | elapsed
            R1      | no           |                 |
            R2      |              | open            |
            R3      |              | open            | 0
            R6      |              | conflict        |
        """,
    )


def reopened(months: int) -> Definition:
    """The definition for one length of time."""
    return Definition(
        id=f"I60-{months}",
        version=1,
        title=f"Re-opened within {months} months of closing",
        question=f"Of the cases closed, how many were referred again within {months} months?",
        numerator=f"Closed cases whose child was referred again on or after the day of closure and before the same day "
        f"{months} calendar months later. On the day of closure, only a referral that comes after in order counts.",
        denominator="Cases closed in the period.",
        left_out="Referrals that ended in no further action, because no case was opened; closures because the child "
        "died (RC2). Not known: cases closed so recently that the whole time has not yet passed, even if the child "
        "has already been referred again.",
        kind="cohort",
        period_rule=f"Cohort: the case closed in the period, so a figure is complete {months} months later.",
        in_head="Referred again",
        base_head="Closed",
        counted="closures",
        why="A child who is soon back was perhaps not safe when the case was closed. Read with the closure audits.",
        unit="per cent",
        polarity="lower",
        clock="",
        source="Children in need census, CINclosureDate (N00102), ReasonForClosure (N00103), CINreferralDate "
        "(N00100); SSD cin_episodes CINE007A, CINE006A, CINE003A. There is no national statistic to compare.",
        unverified=(),
        owner="Head of service, children in need",
        reviewed_on=date(2026, 11, 1),
        review_by=date(2027, 11, 1),
        tables=("cin_episodes", "person"),
        gaming_risk="Keeping cases open, or recording a return as a contact.",
        paired_with=("I04",),
        chart="p",
        elapsed_unit="days",
        limit_words=f"less than {months} calendar months after closure",
        rows=partial(rows, months=months),
        examples=examples(months),
        unknown_words=in_words(is_open="closed too recently to say", conflict="closed before they were referred"),
    )


I60_3, I60_6, I60_12 = reopened(3), reopened(6), reopened(12)
