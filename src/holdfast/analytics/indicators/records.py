"""The records that more than one definition asks about: referrals, first assessments, section 47 enquiries, plans.

One row per record: unit_id, its child and referral_id, and what each breakdown needs (blocks.CARRIED). Not here: which
of them count (definitions/). Rule: leave nobody out here without saying so in the docstring, because each definition's
card must repeat it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from holdfast.analytics.breakdowns import BREAKDOWNS
from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators.blocks import first_of, look_up, unread
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.tables.contracts import TABLES

Record = Callable[[Held], Any]


def once(build: Record) -> Record:
    """Let whoever counts work these records out one time for all the definitions that ask for them."""

    @wraps(build)
    def asked(held: Held) -> Any:
        return held.once(build.__name__, build)

    return asked


def described(held: Held, record: Any) -> Any:
    """The record with what each breakdown needs of its child and its referral (blocks.CARRIED), where it names one.

    NULL where the child or the referral is not held. One row in, one row out.
    """
    for (table, link), carried in _joins().items():
        if link in record.columns and not set(carried) <= set(record.columns):
            named = held[table]
            wanted = {name: _carried(named, own, carried) for name, own in carried.items()}
            named = named.select(described_key=named[TABLES[table].key[0]], **wanted)
            record = record.left_join(named, record[link] == named.described_key).drop("described_key")
    return record


def _carried(named: Any, own: str, carried: dict[str, str]) -> Any:
    """A column as it is carried; the date a child was expected is not, where the date of birth was not understood."""
    if own == "pers_expected_dob" and "pers_dob" in carried.values():
        return ibis.cases((~unread(named, "pers_dob"), named[own]))
    return named[own]


def _joins() -> dict[tuple[str, str], dict[str, str]]:
    """(table, link) -> the columns that the breakdowns take from it, by the name that a record carries."""
    joins: dict[tuple[str, str], dict[str, str]] = {}
    for breakdown in BREAKDOWNS.values():
        joins.setdefault((breakdown.table, breakdown.link), {}).update(breakdown.carried)
    return joins


def with_episode(held: Held, record: Any) -> Any:
    """The record with closed_on, the day its episode closed, and is_close_unread.

    NULL: still open, or the referral is not held.
    """
    episode = held["cin_episodes"]
    closing = episode.select(
        closing_referral=episode.cine_referral_id,
        closed_on=episode.cine_close_date,
        is_close_unread=unread(episode, "cine_close_date"),
    )
    return record.left_join(closing, record.referral_id == closing.closing_referral).drop("closing_referral")


@once
def referrals(held: Held) -> Any:
    """One row per referral with a date: referred_on, closed_on, close_reason, no_further_action (NULL not known).

    Of what was sent and not understood: is_close_unread, is_action_unread (whether it led further), is_case_unread
    (that, or how it closed), and may_have_another (another referral of the child has such a date, and stands anywhere).
    """
    episode = held["cin_episodes"]
    own = {name: episode[column] for name, column in _joins().get(("cin_episodes", "referral_id"), {}).items()}
    referral = episode.filter(episode.cine_referral_date.notnull()).select(
        unit_id=episode.cine_referral_id,
        referral_id=episode.cine_referral_id,
        child=episode.cine_person_id,
        referred_on=episode.cine_referral_date,
        closed_on=episode.cine_close_date,
        close_reason=episode.cine_close_reason,
        no_further_action=episode.cine_referral_nfa,
        is_close_unread=unread(episode, "cine_close_date"),
        is_action_unread=unread(episode, "cine_referral_nfa"),
        is_case_unread=unread(episode, "cine_referral_nfa", "cine_close_reason"),
        **own,
    )
    lost = episode.filter(unread(episode, "cine_referral_date")).select(lost_child=episode.cine_person_id).distinct()
    referral = referral.left_join(lost, referral.child == lost.lost_child)
    referral = referral.mutate(may_have_another=referral.lost_child.notnull()).drop("lost_child")
    return described(held, referral)


def assessments(held: Held) -> Any:
    """One row per assessment, whether or not it is a referral's first and whatever is held of the referral.

    child, referral_id, began_on, concluded_on, assessment_team, no_further_action (what it led to), child_seen, as_at;
    of what was sent and not understood is_start_unread, is_end_unread, is_outcome_unread and is_seen_unread.
    """
    assessment = held["cin_assessments"]
    return assessment.select(
        unit_id=assessment.cina_assessment_id,
        child=assessment.cina_person_id,
        referral_id=assessment.cina_referral_id,
        began_on=assessment.cina_assessment_start_date,
        concluded_on=assessment.cina_assessment_auth_date,
        assessment_team=assessment.cina_assessment_team,
        no_further_action=assessment.cina_assessment_outcome_nfa,
        child_seen=assessment.cina_assessment_child_seen,
        as_at=assessment.as_at,
        is_start_unread=unread(assessment, "cina_assessment_start_date"),
        is_end_unread=unread(assessment, "cina_assessment_auth_date"),
        is_outcome_unread=unread(assessment, "cina_assessment_outcome_nfa"),
        is_seen_unread=unread(assessment, "cina_assessment_child_seen"),
    )


@once
def first_assessments(held: Held) -> Any:
    """One row per referral that has an assessment: its first, by start date and then id.

    referred_on, referred_on_number, due_on (the 45th working day), started_on (the referral's date where missing),
    concluded_on, closed_on (the episode), ended_on (the first of those two that is there), as_at, is_unsure (its end,
    or which is the first, hangs on a date that was not understood), is_start_unread. Left out: later assessments of the
    same referral, and assessments of a referral that is not held or has no date.
    """
    assessment = assessments(held).rename(assessed_referral="referral_id")
    assessment = assessment.drop("child", "no_further_action", "is_outcome_unread", "child_seen", "is_seen_unread")
    of_its_referral = ibis.window(group_by=assessment.assessed_referral)
    assessment = assessment.mutate(
        n_of_referral=assessment.count().over(of_its_referral),
        n_starts_unread=ibis.ifelse(assessment.is_start_unread, 1, 0).sum().over(of_its_referral),
    )
    first = first_of(assessment, "assessed_referral", "began_on", "unit_id")
    referral = referrals(held).drop(
        "unit_id", "close_reason", "no_further_action", "is_action_unread", "is_case_unread"
    )
    first = first.inner_join(referral, first.assessed_referral == referral.referral_id).drop("assessed_referral")
    first = look_up(held, first, "referred_on", referred_on_number="working_day_number", due_on="working_days_45_later")
    return first.mutate(
        started_on=first.began_on.coalesce(first.referred_on),
        ended_on=first.concluded_on.coalesce(first.closed_on),
        is_unsure=first.is_end_unread
        | (first.concluded_on.isnull() & first.is_close_unread)
        | ((first.n_of_referral > 1) & (first.n_starts_unread > 0)),
    ).drop("began_on", "n_of_referral", "n_starts_unread", "is_end_unread")


@once
def enquiries(held: Held) -> Any:
    """One row per section 47 enquiry with a start date, with the earliest conference linked to it.

    started_on, started_on_number, due_on (the 15th working day), not_required (true, false, NULL), held_on (NULL: no
    conference), closed_on (the episode), as_at, is_held_unread, is_required_unread, is_close_unread. A conference that
    is linked to no enquiry is in none of these.
    """
    enquiry = held["s47_enquiry"]
    enquiry = enquiry.filter(enquiry.s47e_s47_start_date.notnull()).select(
        unit_id=enquiry.s47e_s47_enquiry_id,
        child=enquiry.s47e_person_id,
        referral_id=enquiry.s47e_referral_id,
        started_on=enquiry.s47e_s47_start_date,
        not_required=enquiry.s47e_s47_nfa,
        as_at=enquiry.as_at,
        is_required_unread=unread(enquiry, "s47e_s47_nfa"),
        is_unread=unread(enquiry, "icpc_icpc_date"),
    )
    conference = held["initial_cp_conference"]
    conference = conference.filter(conference.icpc_s47_enquiry_id.notnull())
    first = conference.group_by(enquiry_id=conference.icpc_s47_enquiry_id).aggregate(
        held_on=conference.icpc_icpc_date.min(),
        n_unread=ibis.ifelse(unread(conference, "icpc_icpc_date"), 1, 0).sum(),
    )
    enquiry = enquiry.left_join(first, enquiry.unit_id == first.enquiry_id)
    enquiry = enquiry.mutate(is_held_unread=enquiry.is_unread | (enquiry.n_unread > 0).coalesce(False))
    enquiry = enquiry.drop("enquiry_id", "n_unread", "is_unread")
    enquiry = look_up(
        held, enquiry, "started_on", started_on_number="working_day_number", due_on="working_days_15_later"
    )
    return described(held, with_episode(held, enquiry))


@once
def awaited_conferences(held: Held) -> Any:
    """The enquiries that led to a conference, or may still need one: those recorded as needing none are left out.

    As enquiries(), and is_unsure: no conference is held and whether one is required is not recorded, or the answer
    hangs on what was not understood (is_misread).
    """
    enquiry = enquiries(held)
    awaited = enquiry.filter(enquiry.held_on.notnull() | enquiry.is_held_unread | ~enquiry.not_required.coalesce(False))
    hangs_on_more = awaited.held_on.isnull() & (awaited.not_required.isnull() | awaited.is_close_unread)
    misread = awaited.held_on.isnull() & (awaited.is_required_unread | awaited.is_close_unread)
    return awaited.mutate(
        is_unsure=awaited.is_held_unread | hangs_on_more.coalesce(False),
        is_misread=awaited.is_held_unread | misread.coalesce(False),
    )


@once
def protection_plans(held: Held) -> Any:
    """One row per child protection plan with a start date: started_on, ended_on, as_at, previous_plans (how many the
    child had before; NULL not known), is_end_unread and is_previous_unread."""
    plan = held["cp_plans"]
    plan = plan.filter(plan.cppl_cp_plan_start_date.notnull()).select(
        unit_id=plan.cppl_cp_plan_id,
        child=plan.cppl_person_id,
        referral_id=plan.cppl_referral_id,
        started_on=plan.cppl_cp_plan_start_date,
        ended_on=plan.cppl_cp_plan_end_date,
        previous_plans=plan.cppl_previous_cp_plans,
        plan_team=plan.cppl_cp_plan_team,
        is_end_unread=unread(plan, "cppl_cp_plan_end_date"),
        is_previous_unread=unread(plan, "cppl_previous_cp_plans"),
        as_at=plan.as_at,
    )
    return described(held, plan)
