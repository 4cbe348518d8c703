"""Every indicator again in plain Python, one record at a time: what the engines must agree with.

Written from each card's prose, not from its expression: loops and comparisons, no joins and no windows. A table is a
list of dicts. Each function yields (unit_id, child, referral_id, event_on, period, answer, elapsed, due_on).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from holdfast.analytics import calendar
from holdfast.analytics.calendar import add_months
from holdfast.analytics.figure import Period

Row = dict[str, Any]
Answer = tuple[Any, ...]


@dataclass(frozen=True)
class History:
    """Everything that is held, between two days, and the periods asked for."""

    tables: dict[str, list[Row]]
    periods: Sequence[Period]
    first_day: date
    as_at: date

    def of(self, name: str) -> list[Row]:
        return self.tables.get(name, [])

    def referral(self, referral_id: str | None) -> Row | None:
        found = [r for r in self.of("cin_episodes") if r["cine_referral_id"] == referral_id]
        return found[0] if found else None

    def containing(self, day: date | None) -> list[Period]:
        return [p for p in self.periods if day is not None and p.starts_on <= day <= p.ends_on]

    def at_ends(self, start: date, end: date | None) -> list[Period]:
        return [p for p in self.periods if start <= p.ends_on and (end is None or end > p.ends_on)]


def known(day: date | None) -> bool:
    return day is not None and calendar.FIRST_WORKING_DAY <= day <= calendar.LAST_DAY


def working_days(start: date | None, end: date | None) -> int | None:
    """None, where an engine finds no day in its calendar, instead of CalendarGap."""
    return calendar.working_days(start, end) if known(start) and known(end) else None


def limit(start: date | None, n: int) -> date | None:
    return calendar.working_day_after(start, n) if start is not None and known(start) else None


def in_time(elapsed: int | None, most: int) -> bool | None:
    return None if elapsed is None or elapsed < 0 else elapsed <= most


def reported(end: date | None, as_at: date, on: date) -> bool:
    """Whether it is known that a record was open on a day: it ended later, or was reported on then or later."""
    return end is not None or as_at >= on


def dated_referrals(history: History) -> list[Row]:
    return [r for r in history.of("cin_episodes") if r["cine_referral_date"] is not None]


def i03(history: History) -> Iterator[Answer]:
    for r in dated_referrals(history):
        for p in history.containing(r["cine_referral_date"]):
            yield (
                r["cine_referral_id"],
                r["cine_person_id"],
                r["cine_referral_id"],
                r["cine_referral_date"],
                p,
                True,
                None,
                None,
            )


def i04(history: History) -> Iterator[Answer]:
    for r in dated_referrals(history):
        place = (r["cine_referral_date"], r["cine_referral_id"])
        earlier = [
            o["cine_referral_date"]
            for o in dated_referrals(history)
            if o["cine_person_id"] == r["cine_person_id"] and (o["cine_referral_date"], o["cine_referral_id"]) < place
        ]
        last, since = max(earlier, default=None), add_months(place[0], -12)
        is_known = since + timedelta(days=1) >= history.first_day
        answer = (last is not None and last > since) if is_known else None
        elapsed = (place[0] - last).days if last is not None else None
        for p in history.containing(place[0]):
            yield r["cine_referral_id"], r["cine_person_id"], r["cine_referral_id"], place[0], p, answer, elapsed, None


def i06(history: History) -> Iterator[Answer]:
    for r in dated_referrals(history):
        for p in history.containing(r["cine_referral_date"]):
            answer = r["cine_referral_nfa"]
            yield (
                r["cine_referral_id"],
                r["cine_person_id"],
                r["cine_referral_id"],
                r["cine_referral_date"],
                p,
                answer,
                None,
                None,
            )


def first_assessments(history: History) -> Iterator[tuple[Row, Row]]:
    """Each referral with its first assessment: a missing start comes last, then the id decides."""
    for r in dated_referrals(history):
        own = [a for a in history.of("cin_assessments") if a["cina_referral_id"] == r["cine_referral_id"]]
        if own:
            far = date.max
            yield r, min(own, key=lambda a: (a["cina_assessment_start_date"] or far, a["cina_assessment_id"]))


def i20(history: History) -> Iterator[Answer]:
    for r, a in first_assessments(history):
        start, concluded, closed = r["cine_referral_date"], a["cina_assessment_auth_date"], r["cine_close_date"]
        who = (a["cina_assessment_id"], r["cine_person_id"], r["cine_referral_id"])
        due, end = limit(start, 45), concluded or closed
        for p in history.containing(end):
            elapsed = working_days(start, concluded)
            yield *who, end, p, in_time(elapsed, 45), elapsed, due
        for p in history.at_ends(a["cina_assessment_start_date"] or start, end):
            elapsed = working_days(start, p.ends_on)
            if elapsed is None or elapsed > 45:
                late = False if reported(end, a["as_at"], p.ends_on) and elapsed is not None else None
                yield *who, p.ends_on, p, late, elapsed, due


def i21(history: History) -> Iterator[Answer]:
    for a in history.of("cin_assessments"):
        start, end = a["cina_assessment_start_date"], a["cina_assessment_auth_date"]
        elapsed = working_days(start, end)
        for p in history.containing(end):
            who = (a["cina_assessment_id"], a["cina_person_id"], a["cina_referral_id"])
            yield *who, end, p, in_time(elapsed, 45), elapsed, limit(start, 45)


def i24(history: History) -> Iterator[Answer]:
    for r, a in first_assessments(history):
        start, end = r["cine_referral_date"], a["cina_assessment_auth_date"] or r["cine_close_date"]
        for p in history.at_ends(a["cina_assessment_start_date"] or start, end):
            elapsed = working_days(start, p.ends_on)
            over = elapsed > 45 if elapsed is not None and reported(end, a["as_at"], p.ends_on) else None
            who = (a["cina_assessment_id"], r["cine_person_id"], r["cine_referral_id"])
            yield *who, p.ends_on, p, over, elapsed, limit(start, 45)


def enquiries(history: History) -> Iterator[tuple[Row, date | None, date | None]]:
    """Each dated enquiry, the first conference linked to it, and when its episode closed."""
    for s in history.of("s47_enquiry"):
        if s["s47e_s47_start_date"] is None:
            continue
        held = [
            c["icpc_icpc_date"]
            for c in history.of("initial_cp_conference")
            if c["icpc_s47_enquiry_id"] == s["s47e_s47_enquiry_id"] and c["icpc_icpc_date"] is not None
        ]
        referral = history.referral(s["s47e_referral_id"])
        yield s, min(held, default=None), referral["cine_close_date"] if referral else None


def i38(history: History) -> Iterator[Answer]:
    for s, held, _ in enquiries(history):
        start = s["s47e_s47_start_date"]
        answer = True if held is not None else (False if s["s47e_s47_nfa"] else None)
        for p in history.containing(start):
            who = (s["s47e_s47_enquiry_id"], s["s47e_person_id"], s["s47e_referral_id"])
            yield *who, start, p, answer, working_days(start, held), limit(start, 15)


def i42(history: History) -> Iterator[Answer]:
    starts = {s["s47e_s47_enquiry_id"]: s["s47e_s47_start_date"] for s, _, _ in enquiries(history)}
    here = [c for c in history.of("initial_cp_conference") if c["icpc_icpc_date"] and not c["icpc_icpc_transfer_in"]]
    linked = {(c["icpc_referral_id"], c["icpc_icpc_date"]) for c in here if c["icpc_s47_enquiry_id"] is not None}
    for c in here:
        day, enquiry, referral = c["icpc_icpc_date"], c["icpc_s47_enquiry_id"], c["icpc_referral_id"]
        if enquiry is None and referral is not None and (referral, day) in linked:
            continue
        start = starts.get(enquiry)
        elapsed = working_days(start, day)
        for p in history.containing(day):
            yield (
                c["icpc_icpc_id"],
                c["icpc_person_id"],
                referral,
                day,
                p,
                in_time(elapsed, 15),
                elapsed,
                limit(start, 15),
            )
    for s, held, closed in enquiries(history):
        yield from awaited(history, s, held, closed)


def awaited(history: History, s: Row, held: date | None, closed: date | None) -> Iterator[Answer]:
    if held is None and s["s47e_s47_nfa"]:
        return
    who = (s["s47e_s47_enquiry_id"], s["s47e_person_id"], s["s47e_referral_id"])
    start, due = s["s47e_s47_start_date"], limit(s["s47e_s47_start_date"], 15)
    if held is None:
        for p in history.containing(closed):
            yield *who, closed, p, None, None, due
    end = held or closed
    for p in history.at_ends(start, end):
        elapsed = working_days(start, p.ends_on)
        if elapsed is not None and elapsed <= 15:
            continue
        needed = held is not None or (s["s47e_s47_nfa"] is False and reported(end, s["as_at"], p.ends_on))
        yield *who, p.ends_on, p, False if needed and elapsed is not None else None, elapsed, due


def dated_plans(history: History) -> Iterator[tuple[Row, tuple[Any, ...]]]:
    for plan in history.of("cp_plans"):
        if plan["cppl_cp_plan_start_date"] is not None:
            yield plan, (plan["cppl_cp_plan_id"], plan["cppl_person_id"], plan["cppl_referral_id"])


def i47(history: History) -> Iterator[Answer]:
    for plan, who in dated_plans(history):
        before, start = plan["cppl_previous_cp_plans"], plan["cppl_cp_plan_start_date"]
        for p in history.containing(start):
            yield *who, start, p, None if before is None else before > 0, None, None


def i49(history: History) -> Iterator[Answer]:
    for plan, who in dated_plans(history):
        start, end = plan["cppl_cp_plan_start_date"], plan["cppl_cp_plan_end_date"]
        for p in history.at_ends(start, end):
            two_years_on = add_months(start, 24)
            long = two_years_on <= p.ends_on if reported(end, plan["as_at"], p.ends_on) else None
            yield *who, p.ends_on, p, long, (p.ends_on - start).days, two_years_on


def i52(history: History) -> Iterator[Answer]:
    for plan, who in dated_plans(history):
        start, end = plan["cppl_cp_plan_start_date"], plan["cppl_cp_plan_end_date"]
        reviews = sorted(
            v["cppr_cp_review_date"]
            for v in history.of("cp_reviews")
            if v["cppr_cp_plan_id"] == plan["cppl_cp_plan_id"]
            and v["cppr_cp_review_date"] is not None
            and v["cppr_cp_review_date"] > start
        )
        for p in history.at_ends(start, end):
            if add_months(start, 3) > p.ends_on:
                continue
            answer, last, due = review_answer(history, start, [v for v in reviews if v <= p.ends_on], p.ends_on)
            if not reported(end, plan["as_at"], p.ends_on):
                answer = None
            yield *who, p.ends_on, p, answer, (p.ends_on - last).days, due


def review_answer(history: History, start: date, reviews: list[date], on: date) -> tuple[bool | None, date, date]:
    """Whether every review up to a day was in time; the last step, and when the next review is due."""
    last, due, answer = start, add_months(start, 3), True
    lates = []
    for review in reviews:
        if review > due:
            lates.append(last >= history.first_day)
        last, due = review, add_months(review, 6)
    if on > due:
        lates.append(last >= history.first_day)
    if any(lates):
        return False, last, due
    return (None if lates else answer), last, due


def i60(months: int) -> Callable[[History], Iterator[Answer]]:
    def answers(history: History) -> Iterator[Answer]:
        for r in dated_referrals(history):
            closed = r["cine_close_date"]
            if closed is None or r["cine_referral_nfa"] or r["cine_close_reason"] == "RC2":
                continue
            again = next_referral(history, r)
            window = add_months(closed, months)
            answer = None if window > history.as_at + timedelta(days=1) else again is not None and again < window
            if closed < r["cine_referral_date"]:
                answer = again = None
            who = (r["cine_referral_id"], r["cine_person_id"], r["cine_referral_id"])
            for p in history.containing(closed):
                yield *who, closed, p, answer, (again - closed).days if again else None, window

    return answers


def next_referral(history: History, r: Row) -> date | None:
    place, closed = (r["cine_referral_date"], r["cine_referral_id"]), r["cine_close_date"]
    found = [
        o["cine_referral_date"]
        for o in dated_referrals(history)
        if o["cine_person_id"] == r["cine_person_id"]
        and (o["cine_referral_date"], o["cine_referral_id"]) != place
        and (
            o["cine_referral_date"] > closed
            or (o["cine_referral_date"] == closed and (o["cine_referral_date"], o["cine_referral_id"]) > place)
        )
    ]
    return min(found, default=None)


REFERENCE: dict[str, Callable[[History], Iterator[Answer]]] = {
    "I03": i03,
    "I04": i04,
    "I06": i06,
    "I20": i20,
    "I21": i21,
    "I24": i24,
    "I38": i38,
    "I42": i42,
    "I47": i47,
    "I49": i49,
    "I52": i52,
    "I60-3": i60(3),
    "I60-6": i60(6),
    "I60-12": i60(12),
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
    found = []
    for unit_id, child, referral_id, event_on, period, answer, elapsed, due_on in REFERENCE[indicator](history):
        referral, person = history.referral(referral_id) or {}, people.get(child, {})
        found.append(
            {
                "unit_id": unit_id,
                "child": child,
                "event_on": event_on,
                "period": period.id,
                "in_numerator": answer,
                "elapsed": elapsed,
                "due_on": due_on,
                "referral_source": referral.get("cine_referral_source_code"),
                "primary_need": referral.get("cine_cin_primary_need_code"),
                "age_band": age_band(person.get("pers_dob"), person.get("pers_expected_dob"), event_on),
                "sex": person.get("pers_sex"),
                "ethnicity": person.get("pers_ethnicity"),
            }
        )
    return found
