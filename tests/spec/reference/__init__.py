"""Every indicator again in plain Python, one record at a time: what the engines must agree with.

Written from each card's prose, not from its expression: loops and comparisons, no joins and no windows. One file per
record, each with ANSWERS: indicator -> a function of the history that yields Answer. Rule: nothing here imports a
definition, a record or a block.
"""

from collections.abc import Callable, Iterator
from datetime import date

from spec.reference import assessments, audits, enquiries, plans, programme, referrals
from spec.reference.history import Answer, History, Row

REFERENCE: dict[str, Callable[[History], Iterator[Answer]]] = {
    **referrals.ANSWERS,
    **assessments.ANSWERS,
    **enquiries.ANSWERS,
    **plans.ANSWERS,
    **programme.ANSWERS,
    **audits.ANSWERS,
}


def age_band(born: date | None, expected: date | None, on: date) -> str | None:
    """The band of completed years on a day; a child born on 29 February has a birthday on 1 March in other years."""
    if born is None:
        return "unborn" if expected is not None and expected > on else None
    if born > on:
        return "unborn"
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    for most, band in ((0, "0"), (4, "1-4"), (9, "5-9"), (15, "10-15"), (17, "16-17")):
        if years <= most:
            return band
    return "18+"


def rows(indicator: str, history: History) -> list[Row]:
    """The whole rows of an indicator, who each child is included."""
    people = {person["pers_person_id"]: person for person in history.of("person")}
    assessed_by = {one["cina_assessment_id"]: one["cina_assessment_team"] for one in history.of("cin_assessments")}
    planned_by = {one["cppl_cp_plan_id"]: one["cppl_cp_plan_team"] for one in history.of("cp_plans")}
    seats = {one["seat_attendance_id"]: one["seat_agency"] for one in history.of("meeting_seats")}
    actions = {one["plan_action_id"]: one["plan_action_agency"] for one in history.of("plan_actions")}
    made_by = {one["cont_contact_id"]: one["cont_contact_source_code"] for one in history.of("contacts")}
    audit_teams, whose = audits.teams(history), audits.whose(indicator, history)
    found = []
    for answer in REFERENCE[indicator](history):
        referral = history.referral(answer.referral_id) or {}
        person = {} if indicator in audits.OF_NO_PERSON else people.get(answer.child, {})
        found.append(
            {
                "unit_id": answer.unit_id,
                "child": answer.child,
                "event_on": answer.event_on,
                "period": answer.period.id,
                "in_numerator": answer.in_numerator,
                "unknown_because": answer.because if answer.in_numerator is None else None,
                "elapsed": answer.elapsed,
                "due_on": answer.due_on,
                "referral_source": made_by.get(answer.unit_id, referral.get("cine_referral_source_code")),
                "primary_need": referral.get("cine_cin_primary_need_code"),
                "age_band": age_band(person.get("pers_dob"), person.get("pers_expected_dob"), answer.event_on),
                "sex": person.get("pers_sex"),
                "ethnicity": person.get("pers_ethnicity"),
                "referral_team": referral.get("cine_referral_team"),
                "case_team": referral.get("cine_allocated_team"),
                "assessment_team": assessed_by.get(answer.unit_id),
                "plan_team": planned_by.get(answer.unit_id),
                "seat_agency": seats.get(answer.unit_id),
                "action_agency": actions.get(answer.unit_id),
                "audit_team": audit_teams.get(answer.unit_id),
                "audit_grade_whose": whose.get(answer.unit_id),
            }
        )
    return found
