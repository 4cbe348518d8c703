"""I42 initial conferences within 15 working days of the start of the section 47 enquiry."""

from datetime import date
from typing import Any

import ibis

from holdfast.analytics.indicators import blocks, records
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held

LIMIT = 15


def conferences(held: Held) -> Any:
    """One row per conference with a date: unit_id, child, held_on, and its enquiry's start (NULL: none linked).

    Left out: transfers in, which have another clock; and one linked to no enquiry when the same referral has a linked
    conference on the same day, because it is the same conference reported twice.
    """
    conference = held["initial_cp_conference"]
    moved_in = conference.icpc_icpc_transfer_in.coalesce(ibis.literal(False))
    here = conference.filter(conference.icpc_icpc_date.notnull() & ~moved_in).select(
        unit_id=conference.icpc_icpc_id,
        child=conference.icpc_person_id,
        referral_id=conference.icpc_referral_id,
        linked_to=conference.icpc_s47_enquiry_id,
        held_on=conference.icpc_icpc_date,
    )
    linked = here.filter(here.linked_to.notnull())
    twins = linked.select(twin_referral=linked.referral_id, twin_on=linked.held_on).distinct()
    same = [here.referral_id == twins.twin_referral, here.held_on == twins.twin_on]
    paired = here.left_join(twins, same).filter(lambda t: t.linked_to.notnull() | t.twin_on.isnull())
    enquiry = records.enquiries(held).select("started_on_number", "due_on", enquiry_id="unit_id")
    return records.described(held, paired.left_join(enquiry, paired.linked_to == enquiry.enquiry_id))


def held_in_period(held: Held) -> Any:
    """Conferences held in the period: in time, late, or not known where the enquiry's start is not held."""
    found = blocks.in_period(held, conferences(held), "held_on")
    found = blocks.look_up(held, found, "held_on", held_on_number="working_day_number")
    elapsed = found.held_on_number - found.started_on_number
    return counted(found, found.held_on, blocks.within(elapsed, LIMIT), elapsed)


def closed_without_one(held: Held, awaited: Any) -> Any:
    """Enquiries with no conference whose episode closed in the period: not known whether one was needed."""
    found = blocks.in_period(held, awaited.filter(awaited.held_on.isnull()), "closed_on")
    return counted(found, found.closed_on, ibis.null("boolean"), ibis.null("int32"))


def overdue(held: Held, awaited: Any) -> Any:
    """Enquiries past the limit at the end of the period, with the conference still to come."""
    found = blocks.at_period_ends(held, awaited, "started_on", "ended_on")
    elapsed = found.ends_on_number - found.started_on_number
    found = found.filter((elapsed > LIMIT) | elapsed.isnull())
    elapsed = found.ends_on_number - found.started_on_number
    # Held later: it was needed. Not held: needed only where the return says so, and only while it was reported on.
    needed = found.held_on.notnull() | (~found.not_required & records.known_open(found))
    late = ibis.cases((needed & elapsed.notnull(), ibis.literal(False)), else_=ibis.null("boolean"))
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
    """One row per conference held in the period, and per enquiry whose conference is overdue at its end."""
    enquiry = records.enquiries(held)
    awaited = enquiry.filter(enquiry.held_on.notnull() | ~enquiry.not_required.coalesce(ibis.literal(False)))
    awaited = awaited.mutate(ended_on=awaited.held_on.coalesce(awaited.closed_on))
    return ibis.union(held_in_period(held), closed_without_one(held, awaited), overdue(held, awaited))


DAY_15_AND_16 = Example(
    words="The enquiry started on 2 May 2013: day 15 is 24 May (6 May was a bank holiday), in time; the next working "
    "day is late. A conference with no enquiry behind it is not known, unless it is the same one reported twice. A "
    "transfer in has another clock and is left out.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-05",),
    tables={
        "s47_enquiry": """
            s47e_s47_enquiry_id | s47e_person_id | s47e_referral_id | s47e_s47_start_date | s47e_s47_nfa
            S1                  | C1             | R1               | 2013-05-02          | no
            S2                  | C2             | R2               | 2013-05-02          | no
            S3                  | C3             | R3               | 2013-05-29          | no
        """,
        "initial_cp_conference": """
        icpc_icpc_id | icpc_s47_enquiry_id | icpc_person_id | icpc_referral_id | icpc_icpc_date | icpc_icpc_transfer_in
        I1           | S1                  | C1             | R1               | 2013-05-24     |
        I2           | S2                  | C2             | R2               | 2013-05-28     |
        I3           | S3                  | C3             | R3               | 2013-05-28     |
        I4           |                     | C4             | R4               | 2013-05-14     |
        I5           |                     | C1             | R1               | 2013-05-24     |
        I6           |                     | C6             | R6               | 2013-05-14     | yes
        """,
    },
    rows="""
        unit_id | in_numerator | elapsed | due_on
        I1      | yes          | 15      | 2013-05-24
        I2      | no           | 16      | 2013-05-24
        I3      |              | -1      | 2013-06-19
        I4      |              |         |
    """,
)

OVERDUE = Example(
    words="No conference by the end of June: day 16 is late, day 15 is not counted yet. One held in July was late in "
    "June. Where 'not required' is missing, nothing was reported since May, or the episode has closed, it is not "
    "known. Where none was required there is nothing to wait for.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-06",),
    tables={
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date | cine_close_date
            R1               | C1             | 2013-06-01         |
            R6               | C6             | 2013-05-01         | 2013-06-20
        """,
        "s47_enquiry": """
            s47e_s47_enquiry_id | s47e_person_id | s47e_referral_id | s47e_s47_start_date | s47e_s47_nfa | as_at
            S1                  | C1             | R1               | 2013-06-06          | no           | 2014-03-31
            S2                  | C2             |                  | 2013-06-07          | no           | 2014-03-31
            S3                  | C3             |                  | 2013-06-06          | no           | 2013-06-15
            S4                  | C4             |                  | 2013-06-06          |              | 2014-03-31
            S5                  | C5             |                  | 2013-05-29          | no           | 2013-05-31
            S6                  | C6             | R6               | 2013-05-03          | no           | 2014-03-31
            S7                  | C7             |                  | 2013-05-03          | yes          | 2014-03-31
        """,
        "initial_cp_conference": """
            icpc_icpc_id | icpc_s47_enquiry_id | icpc_person_id | icpc_icpc_date
            I3           | S3                  | C3             | 2013-07-01
        """,
    },
    rows="""
        unit_id | in_numerator | elapsed | event_on
        S1      | no           | 16      | 2013-06-30
        S3      | no           | 16      | 2013-06-30
        S4      |              | 16      | 2013-06-30
        S5      |              | 22      | 2013-06-30
        S6      |              |         | 2013-06-20
    """,
)

I42 = Definition(
    id="I42",
    version=1,
    title="Initial conferences within 15 working days",
    question="Of the initial child protection conferences that should by now have been held, how many were held "
    "within 15 working days of the start of the section 47 enquiry?",
    numerator="Initial conferences held in the period, 15 working days or fewer after the section 47 enquiry "
    "started. The day of the start is day zero; day 15 is in time.",
    denominator="Initial conferences held in the period, and section 47 enquiries past 15 working days at its end "
    "whose conference is still to come. One that stays overdue counts at the end of every month.",
    left_out="Conferences for a child who moved in with a plan, which have another clock; enquiries for which no "
    "conference was required; a conference reported twice for one referral and day. Not known: a conference with no "
    "enquiry linked or dated before its enquiry; an enquiry with neither a conference nor 'not required' that was "
    "last reported on before the period's end, or whose episode has closed.",
    period_rule="Held in the period, or overdue at its end.",
    why="Until the conference there is no plan to keep the child safe. Counting only conferences that were held "
    "would hide the ones that are late and still waiting.",
    unit="per cent",
    polarity="higher",
    clock="statutory",
    source="Working Together to Safeguard Children 2013, chapter 1: 15 working days from the strategy discussion at "
    "which the enquiry was initiated. Children in need census, S47ActualStartDate (N00148), DateOfInitialCPC "
    "(N00110), ICPCnotRequired (N00111); SSD S47E004A, ICPC005A. The DfE statistic, table C4, counts only "
    "conferences held.",
    unverified=(
        "The chapter is cited, not the paragraph: paragraph numbers differ between editions and are unverified.",
        "That a council records the start of the enquiry as the day of that strategy discussion is unverified.",
    ),
    owner="Head of service, child protection",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    does_without=("icpc_icpc_transfer_in",),
    tables=("initial_cp_conference", "s47_enquiry", "cin_episodes", "person"),
    gaming_risk="Recording the enquiry as starting later than the strategy discussion that began it.",
    paired_with=("I38",),
    chart="p",
    elapsed_unit="working days",
    limit_words="15 working days from the start of the section 47 enquiry",
    rows=rows,
    examples=(DAY_15_AND_16, OVERDUE),
)
