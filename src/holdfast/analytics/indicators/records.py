"""The records that more than one definition asks about: first assessments, section 47 enquiries, protection plans.

One row per record, joined to the referral it belongs to. Not here: which of them count (definitions/). Rule: leave
nobody out here without saying so in the docstring, because each definition's card must repeat it.
"""

from typing import Any

from holdfast.analytics.indicators.blocks import first_of, look_up, still_open
from holdfast.analytics.indicators.held import Held


def referrals(held: Held) -> Any:
    """One row per referral with a date: referral_id, child, referred_on, closed_on, close_reason, no_further_action."""
    episode = held["cin_episodes"]
    return episode.filter(episode.cine_referral_date.notnull()).select(
        referral_id=episode.cine_referral_id,
        child=episode.cine_person_id,
        referred_on=episode.cine_referral_date,
        closed_on=episode.cine_close_date,
        close_reason=episode.cine_close_reason,
        no_further_action=episode.cine_referral_nfa,
    )


def first_assessments(held: Held) -> Any:
    """One row per referral that has an assessment: its first, by start date and then id.

    unit_id, child, referral_id, referred_on, started_on (the referral's date where missing), concluded_on, ended_on
    (concluded, or else the episode closed), as_at, due_on (the 45th working day). Left out: later assessments of the
    same referral, and assessments of a referral that is not held or has no date.
    """
    assessment = held["cin_assessments"]
    assessment = assessment.select(
        unit_id=assessment.cina_assessment_id,
        assessed_referral=assessment.cina_referral_id,
        began_on=assessment.cina_assessment_start_date,
        concluded_on=assessment.cina_assessment_auth_date,
        as_at=assessment.as_at,
    )
    referral = referrals(held)
    both = assessment.inner_join(referral, assessment.assessed_referral == referral.referral_id)
    first = first_of(both, "referral_id", "began_on", "unit_id")
    first = look_up(held, first, "referred_on", referred_on_number="working_day_number", due_on="working_days_45_later")
    return first.mutate(
        started_on=first.began_on.coalesce(first.referred_on),
        ended_on=first.concluded_on.coalesce(first.closed_on),
    )


def enquiries(held: Held) -> Any:
    """One row per section 47 enquiry with a start date, with the earliest conference linked to it.

    unit_id, child, referral_id, started_on, not_required (true, false, NULL), held_on (NULL: no conference held),
    closed_on (the episode's), as_at, due_on (the 15th working day), started_on_number.
    """
    enquiry = held["s47_enquiry"]
    enquiry = enquiry.filter(enquiry.s47e_s47_start_date.notnull()).select(
        unit_id=enquiry.s47e_s47_enquiry_id,
        child=enquiry.s47e_person_id,
        referral_id=enquiry.s47e_referral_id,
        started_on=enquiry.s47e_s47_start_date,
        not_required=enquiry.s47e_s47_nfa,
        as_at=enquiry.as_at,
    )
    conference = held["initial_cp_conference"]
    conference = conference.filter(conference.icpc_s47_enquiry_id.notnull())
    first = conference.group_by(enquiry_id=conference.icpc_s47_enquiry_id).aggregate(
        held_on=conference.icpc_icpc_date.min()
    )
    referral = referrals(held).select("closed_on", closed_referral="referral_id")
    found = enquiry.left_join(first, enquiry.unit_id == first.enquiry_id)
    found = found.left_join(referral, found.referral_id == referral.closed_referral)
    return look_up(
        held, found, "started_on", started_on_number="working_day_number", due_on="working_days_15_later"
    ).drop("enquiry_id", "closed_referral")


def protection_plans(held: Held) -> Any:
    """One row per child protection plan with a start date: unit_id, child, referral_id, started_on, ended_on, as_at,
    previous_plans (how many the child had before; NULL not known)."""
    plan = held["cp_plans"]
    return plan.filter(plan.cppl_cp_plan_start_date.notnull()).select(
        unit_id=plan.cppl_cp_plan_id,
        child=plan.cppl_person_id,
        referral_id=plan.cppl_referral_id,
        started_on=plan.cppl_cp_plan_start_date,
        ended_on=plan.cppl_cp_plan_end_date,
        previous_plans=plan.cppl_previous_cp_plans,
        as_at=plan.as_at,
    )


def known_open(table: Any) -> Any:
    """still_open for a record with ended_on, as_at and a period's ends_on: true, or NULL where it is not known."""
    return still_open(table, "ended_on", "ends_on", "as_at")
