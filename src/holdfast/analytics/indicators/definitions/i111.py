"""I111 how far referrals went within three months: assessment, enquiry, conference, plan. One for each step.

They are the steps of the funnel, and of one cohort: the referrals of a period. Rule: every step is of the same
referrals, so that the shares may be read down the funnel; a step that was jumped is not put in.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from holdfast.analytics.calendar import add_months
from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators import blocks, questions, records
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import NOT_SENT, NOT_UNDERSTOOD, in_words

FUNNEL = "funnel"
LEFT_OUT = (
    "Referrals with no date. Not known: referrals so recent that the three months have not passed, even where the step "
    "was taken already; and those that have the step, with no date that can be read."
)
WHY = (
    "How far referrals go, team by team, says whether the same is done for the same child wherever they live: a team "
    "that enquires half as often as another has other families, or another threshold."
)


@dataclass(frozen=True)
class Step:
    """One step: the table whose records are it, its columns, and its words. `undated_is_none`: no date, not yet so."""

    id: str
    table: str
    referral: str
    day: str
    undated_is_none: bool
    title: str
    what: str
    in_head: str
    source: str


def taken(held: Held, step: Step) -> Any:
    """One row per record of the step: its referral, its day, and whether the day was not understood or not sent."""
    record = held[step.table]
    day, is_unread = record[step.day], blocks.unread(record, step.day)
    found = record.select(
        step_referral=record[step.referral],
        step_on=day,
        is_step_unread=is_unread,
        is_step_undated=ibis.literal(False) if step.undated_is_none else day.isnull() & ~is_unread,
    )
    if step.table != "initial_cp_conference":
        return found
    enquiry = held["s47_enquiry"]  # a conference whose day was not understood is no row, but a mark in its enquiry
    marked = enquiry.filter(blocks.unread(enquiry, "icpc_icpc_date")).select(
        step_referral=enquiry.s47e_referral_id,
        step_on=ibis.null("date"),
        is_step_unread=ibis.literal(True),
        is_step_undated=ibis.literal(False),
    )
    return ibis.union(found, marked)


def rows(held: Held, *, step: Step) -> Any:
    """One row per referral and period in which it was received."""
    referral = blocks.look_up(held, records.referrals(held), "referred_on", until="months_3_later")
    own = referral.select(own_id="unit_id", began_on="referred_on")
    record = taken(held, step)
    of_own = record.inner_join(own, record.step_referral == own.own_id)
    first = of_own.group_by(followed_id="own_id").aggregate(
        step_on=of_own.step_on.min(where=of_own.step_on >= of_own.began_on),
        n_unread=ibis.ifelse(of_own.is_step_unread, 1, 0).sum(),
        n_undated=ibis.ifelse(of_own.is_step_undated, 1, 0).sum(),
    )
    referral = referral.left_join(first, referral.unit_id == first.followed_id).drop("followed_id")
    return questions.cohort(
        held,
        referral,
        on="referred_on",
        until="until",
        followed_in=step.table,
        is_in=_is_in,
        unsure={
            NOT_UNDERSTOOD: lambda r: (r.n_unread > 0).coalesce(False) & ~_is_in(r),
            NOT_SENT: lambda r: (r.n_undated > 0).coalesce(False) & ~_is_in(r),
        },
        elapsed=lambda r: r.step_on.delta(r.referred_on, unit="day"),
    )


def _is_in(referral: Any) -> Any:
    return (referral.step_on < referral.until).coalesce(False)


def examples(step: Step) -> tuple[Example, ...]:
    """The same two examples for each step: the last day in, the first day out, none; and a time that is not over."""
    key, child = _keys(step)
    last, first_out = date(2013, 8, 9), date(2013, 8, 10)
    episodes = """
            cine_referral_id | cine_person_id | cine_referral_date
            R1               | C1             | 2013-05-10
            R2               | C2             | 2013-05-10
            R3               | C3             | 2013-05-10
            R4               | C4             | 2013-05-10
    """
    edge = Example(
        words="Referred on 10 May: on 9 August it is within three months, on 10 August it is not. One before the "
        "referral is not its own. None is none.",
        shows=frozenset({"boundary"}),
        periods=("2013-05",),
        tables={
            "cin_episodes": episodes,
            step.table: f"""
                {key} | {child} | {step.referral} | {step.day}
                X1    | C1      | R1              | {last}
                X2    | C2      | R2              | {first_out}
                X3    | C3      | R3              | 2013-05-09
            """,
        },
        rows="""
            unit_id | in_numerator | elapsed | due_on
            R1      | yes          | 91      | 2013-08-10
            R2      | no           | 92      | 2013-08-10
            R3      | no           |         | 2013-08-10
            R4      | no           |         | 2013-08-10
        """,
    )
    return (edge, _not_over(step, key, child))


def _not_over(step: Step, key: str, child: str) -> Example:
    known = add_months(date(2014, 4, 1), -3)
    waiting = known + timedelta(days=1)
    undated = "no" if step.undated_is_none else ""
    because = "" if step.undated_is_none else "not sent"
    return Example(
        words="The data ends on 31 March 2014. Until the three months have passed a referral is not known, even where "
        "the step was taken already." + ("" if step.undated_is_none else " Nor is one whose step has no date."),
        shows=frozenset({"missing"}),
        periods=("2014-01",),
        tables={
            "cin_episodes": f"""
                cine_referral_id | cine_person_id | cine_referral_date
                R1               | C1             | {known}
                R2               | C2             | {waiting}
                R3               | C3             | {known}
            """,
            step.table: f"""
                {key} | {child} | {step.referral} | {step.day}
                X1    | C2      | R2              | {waiting}
                X2    | C3      | R3              |
            """,
        },
        rows=f"""
            unit_id | in_numerator | unknown_because
            R1      | no           |
            R2      |              | open
            R3      | {undated}    | {because}
        """,
    )


def _keys(step: Step) -> tuple[str, str]:
    prefix = step.day.split("_")[0]
    key = {"cina": "assessment_id", "s47e": "s47_enquiry_id", "icpc": "icpc_id", "cppl": "cp_plan_id"}[prefix]
    return f"{prefix}_{key}", f"{prefix}_person_id"


def stepped(step: Step) -> Definition:
    """The definition of one step."""
    also = ("s47_enquiry",) if step.table == "initial_cp_conference" else ()
    return Definition(
        id=f"I111-{step.id}",
        version=1,
        title=step.title,
        question=f"Of the referrals received, how many led to {step.what} within three months?",
        numerator=f"Referrals with {step.what} from the day of the referral to the day before the same day three "
        "calendar months later.",
        denominator="Referrals received in the period, those that ended in no further action included.",
        left_out=LEFT_OUT,
        kind="cohort",
        period_rule="Cohort: the referral was received in the period, so a figure is complete three months later.",
        in_head=step.in_head,
        base_head="Referrals",
        counted="referrals",
        why=WHY,
        unit="per cent",
        polarity="neither",
        clock="",
        source=f"Children in need census, CINreferralDate (N00100) and {step.source}. There is no national statistic "
        "of a cohort of referrals to compare.",
        unverified=(),
        owner="Head of service, referral and assessment",
        reviewed_on=date(2026, 11, 1),
        review_by=date(2027, 11, 1),
        tables=("cin_episodes", step.table, *also, "person"),
        gaming_risk="A step that is recorded under another referral of the child is not seen, and one that is begun "
        "and given up counts.",
        paired_with=("I06", "I04"),
        chart="p",
        elapsed_unit="days",
        limit_words="less than three calendar months after the referral",
        rows=partial(rows, step=step),
        examples=examples(step),
        breakdowns=("referral_team",),
        unknown_words=in_words("lack the date of the step", is_open="came too recently to say"),
        part_of=FUNNEL,
    )


I111_ASSESSED = stepped(
    Step(
        "assessed",
        "cin_assessments",
        "cina_referral_id",
        "cina_assessment_start_date",
        False,
        "Referrals assessed within three months",
        "an assessment that was started",
        "Assessed",
        "AssessmentActualStartDate (N00159)",
    )
)
I111_ENQUIRED = stepped(
    Step(
        "enquired",
        "s47_enquiry",
        "s47e_referral_id",
        "s47e_s47_start_date",
        False,
        "Referrals with a section 47 enquiry within three months",
        "a section 47 enquiry",
        "Section 47 enquiry",
        "S47ActualStartDate (N00148)",
    )
)
I111_CONFERENCED = stepped(
    Step(
        "conferenced",
        "initial_cp_conference",
        "icpc_referral_id",
        "icpc_icpc_date",
        True,
        "Referrals with an initial conference within three months",
        "an initial child protection conference",
        "Initial conference",
        "DateOfInitialCPC (N00110)",
    )
)
I111_PLANNED = stepped(
    Step(
        "planned",
        "cp_plans",
        "cppl_referral_id",
        "cppl_cp_plan_start_date",
        False,
        "Referrals with a child protection plan within three months",
        "a child protection plan",
        "Child protection plan",
        "CPPstartDate (N00105)",
    )
)
