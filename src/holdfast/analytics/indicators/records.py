"""The records that more than one definition asks about: referrals, first assessments, section 47 enquiries, plans.

One row per record, with who the child is (blocks.CHILD_SCHEMA). Not here: which of them count (definitions/). Rule:
leave nobody out here without saying so in the docstring, because each definition's card must repeat it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from holdfast.analytics.indicators.blocks import CHILD_SCHEMA, first_of, look_up, still_open
from holdfast.analytics.indicators.held import Held

Record = Callable[[Held], Any]


def once(build: Record) -> Record:
    """Let whoever counts work these records out one time for all the definitions that ask for them."""

    @wraps(build)
    def asked(held: Held) -> Any:
        return held.once(build.__name__, build)

    return asked


def children(held: Held) -> Any:
    """One row per child: described_child, born_on, expected_on, sex and ethnicity as last reported."""
    person = held["person"]
    return person.select(
        described_child=person.pers_person_id,
        born_on=person.pers_dob,
        expected_on=person.pers_expected_dob,
        sex=person.pers_sex,
        ethnicity=person.pers_ethnicity,
    )


def described(held: Held, table: Any) -> Any:
    """The table with who its `child` is, and of its `referral_id` the source, the need and closed_on.

    NULL where the child or the referral is not held. One row in, one row out.
    """
    episode = held["cin_episodes"]
    referral = episode.select(
        described_referral=episode.cine_referral_id,
        referral_source=episode.cine_referral_source_code,
        primary_need=episode.cine_cin_primary_need_code,
        closed_on=episode.cine_close_date,
    )
    child = children(held)
    found = table.left_join(referral, table.referral_id == referral.described_referral)
    found = found.left_join(child, found.child == child.described_child)
    return found.drop("described_referral", "described_child")


@once
def referrals(held: Held) -> Any:
    """One row per referral with a date: referral_id, child, referred_on, closed_on, close_reason, no_further_action."""
    episode = held["cin_episodes"]
    referral = episode.filter(episode.cine_referral_date.notnull()).select(
        referral_id=episode.cine_referral_id,
        child=episode.cine_person_id,
        referred_on=episode.cine_referral_date,
        closed_on=episode.cine_close_date,
        close_reason=episode.cine_close_reason,
        no_further_action=episode.cine_referral_nfa,
        referral_source=episode.cine_referral_source_code,
        primary_need=episode.cine_cin_primary_need_code,
    )
    child = children(held)
    return referral.left_join(child, referral.child == child.described_child).drop("described_child")


@once
def first_assessments(held: Held) -> Any:
    """One row per referral that has an assessment: its first, by start date and then id.

    unit_id, child, referred_on, referred_on_number, due_on (the 45th working day), started_on (the referral's date
    where missing), concluded_on, ended_on (concluded, or else the episode closed), as_at. Left out: later assessments
    of the same referral, and assessments of a referral that is not held or has no date.
    """
    assessment = held["cin_assessments"]
    assessment = assessment.select(
        unit_id=assessment.cina_assessment_id,
        assessed_referral=assessment.cina_referral_id,
        began_on=assessment.cina_assessment_start_date,
        concluded_on=assessment.cina_assessment_auth_date,
        as_at=assessment.as_at,
    )
    assessment = first_of(assessment, "assessed_referral", "began_on", "unit_id")
    referral = referrals(held)
    first = assessment.inner_join(referral, assessment.assessed_referral == referral.referral_id)
    first = look_up(held, first, "referred_on", referred_on_number="working_day_number", due_on="working_days_45_later")
    first = first.mutate(
        started_on=first.began_on.coalesce(first.referred_on),
        ended_on=first.concluded_on.coalesce(first.closed_on),
    )
    wanted = "unit_id child referred_on referred_on_number due_on started_on concluded_on ended_on as_at"
    return first.select(*wanted.split(), *CHILD_SCHEMA)


@once
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
    found = enquiry.left_join(first, enquiry.unit_id == first.enquiry_id).drop("enquiry_id")
    found = look_up(held, found, "started_on", started_on_number="working_day_number", due_on="working_days_15_later")
    return described(held, found)


@once
def protection_plans(held: Held) -> Any:
    """One row per child protection plan with a start date: unit_id, child, started_on, ended_on, as_at, and
    previous_plans (how many the child had before; NULL not known)."""
    plan = held["cp_plans"]
    plan = plan.filter(plan.cppl_cp_plan_start_date.notnull()).select(
        unit_id=plan.cppl_cp_plan_id,
        child=plan.cppl_person_id,
        referral_id=plan.cppl_referral_id,
        started_on=plan.cppl_cp_plan_start_date,
        ended_on=plan.cppl_cp_plan_end_date,
        previous_plans=plan.cppl_previous_cp_plans,
        as_at=plan.as_at,
    )
    return described(held, plan).drop("closed_on", "referral_id")


def known_open(table: Any) -> Any:
    """still_open for a record with ended_on, as_at and a period's ends_on: true, or NULL where it is not known."""
    return still_open(table, "ended_on", "ends_on", "as_at")
