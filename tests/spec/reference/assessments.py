"""Assessments: concluded by the day the limit fell (I20), by the Department's clock (I21), open and over (I24); and in
which the child was seen (I27)."""

from collections.abc import Iterator
from datetime import date

from spec.reference.history import Answer, History, Row, in_time, kept_by, limit, reported, unkept_because, working_days
from spec.reference.referrals import dated_referrals

LAW_FROM = date(2013, 4, 15)


def first_assessments(history: History) -> Iterator[tuple[Row, Row]]:
    """Each referral with its first assessment: a missing start comes last, then the id decides."""
    for r in dated_referrals(history):
        own = [a for a in history.of("cin_assessments") if a["cina_referral_id"] == r["cine_referral_id"]]
        if own:
            far = date.max
            yield r, min(own, key=lambda a: (a["cina_assessment_start_date"] or far, a["cina_assessment_id"]))


def judged_by_the_law(history: History) -> Iterator[tuple[Row, Row, tuple[str, str, str]]]:
    for r, a in first_assessments(history):
        if r["cine_referral_date"] >= LAW_FROM:
            yield r, a, (a["cina_assessment_id"], r["cine_person_id"], r["cine_referral_id"])


def i20(history: History) -> Iterator[Answer]:
    for r, a, who in judged_by_the_law(history):
        start, concluded = r["cine_referral_date"], a["cina_assessment_auth_date"]
        due = limit(start, 45)
        for p in history.containing(due):
            assert due is not None
            answer = kept_by(start, due, concluded, r["cine_close_date"], a["as_at"])
            because = unkept_because(start, concluded, r["cine_close_date"])
            yield Answer(*who, due, p, answer, working_days(start, concluded), due, because)


def i21(history: History) -> Iterator[Answer]:
    for a in history.of("cin_assessments"):
        start, end = a["cina_assessment_start_date"], a["cina_assessment_auth_date"]
        elapsed = working_days(start, end)
        for p in history.containing(end):
            who = (a["cina_assessment_id"], a["cina_person_id"], a["cina_referral_id"])
            because = "not sent" if elapsed is None else "conflict"
            yield Answer(*who, end, p, in_time(elapsed, 45), elapsed, limit(start, 45), because)


def i24(history: History) -> Iterator[Answer]:
    for r, a, who in judged_by_the_law(history):
        start, end = r["cine_referral_date"], a["cina_assessment_auth_date"] or r["cine_close_date"]
        for p in history.at_ends(a["cina_assessment_start_date"] or start, end):
            elapsed = working_days(start, p.ends_on)
            over = elapsed > 45 if elapsed is not None and reported(end, a["as_at"], p.ends_on) else None
            because = "not sent" if reported(end, a["as_at"], p.ends_on) else "open"
            yield Answer(*who, p.ends_on, p, over, elapsed, limit(start, 45), because)


def i27(history: History) -> Iterator[Answer]:
    people = {person["pers_person_id"]: person for person in history.of("person")}
    for a in history.of("cin_assessments"):
        end, person = a["cina_assessment_auth_date"], people.get(a["cina_person_id"], {})
        birth = person.get("pers_dob") or person.get("pers_expected_dob")
        for p in history.containing(end):
            seen = None if birth is not None and birth > end else a["cina_assessment_child_seen"]
            yield Answer(a["cina_assessment_id"], a["cina_person_id"], a["cina_referral_id"], end, p, seen)


ANSWERS = {"I20": i20, "I21": i21, "I24": i24, "I27": i27}
