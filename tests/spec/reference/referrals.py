"""Contacts that became a referral (I02). Referrals: received (I03), again (I04), with no further action (I06), opened
again after closing (I60); and how far they went within three months (I111)."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from holdfast.analytics.calendar import add_months
from spec.reference.history import Answer, History, Row, limit


def dated_referrals(history: History) -> list[Row]:
    return [r for r in history.of("cin_episodes") if r["cine_referral_date"] is not None]


def who(referral: Row) -> tuple[str, str, str]:
    return referral["cine_referral_id"], referral["cine_person_id"], referral["cine_referral_id"]


def place(referral: Row) -> tuple[date, str]:
    """Where it stands among the referrals of its child."""
    return referral["cine_referral_date"], referral["cine_referral_id"]


def siblings(history: History, referral: Row) -> list[Row]:
    """The other dated referrals of its child."""
    own = (referral["cine_person_id"], place(referral))
    every = dated_referrals(history)
    return [r for r in every if r["cine_person_id"] == own[0] and place(r) != own[1]]


def i02(history: History) -> Iterator[Answer]:
    for c in history.of("contacts"):
        on = c["cont_contact_date"]
        if on is None:
            continue
        own = [r for r in dated_referrals(history) if r["cine_person_id"] == c["cont_person_id"]]
        first = min((r["cine_referral_date"] for r in own if r["cine_referral_date"] >= on), default=None)
        last_day = limit(on, 1)
        is_over = last_day is not None and last_day <= history.as_at
        answer = (first is not None and first <= last_day) if is_over else None
        for p in history.containing(on):
            elapsed = (first - on).days if first else None
            yield Answer(c["cont_contact_id"], c["cont_person_id"], None, on, p, answer, elapsed, last_day, "open")


def i03(history: History) -> Iterator[Answer]:
    for r in dated_referrals(history):
        for p in history.containing(r["cine_referral_date"]):
            yield Answer(*who(r), r["cine_referral_date"], p, True)


def i04(history: History) -> Iterator[Answer]:
    for r in dated_referrals(history):
        on = r["cine_referral_date"]
        last = max((o["cine_referral_date"] for o in siblings(history, r) if place(o) < place(r)), default=None)
        since = add_months(on, -12)
        is_known = since + timedelta(days=1) >= history.first_day
        answer = (last is not None and last > since) if is_known else None
        for p in history.containing(on):
            yield Answer(*who(r), on, p, answer, (on - last).days if last is not None else None)


def i06(history: History) -> Iterator[Answer]:
    for r in dated_referrals(history):
        for p in history.containing(r["cine_referral_date"]):
            yield Answer(*who(r), r["cine_referral_date"], p, r["cine_referral_nfa"])


def i60(months: int) -> Callable[[History], Iterator[Answer]]:
    def answers(history: History) -> Iterator[Answer]:
        for r in dated_referrals(history):
            closed = r["cine_close_date"]
            if closed is None or r["cine_referral_nfa"] or r["cine_close_reason"] == "RC2":
                continue
            again = next_referral(history, r)
            window = add_months(closed, months)
            answer = None if window > history.as_at + timedelta(days=1) else again is not None and again < window
            because = "open"
            if closed < r["cine_referral_date"]:
                answer, again, because = None, None, "conflict"
            for p in history.containing(closed):
                yield Answer(*who(r), closed, p, answer, (again - closed).days if again else None, window, because)

    return answers


def next_referral(history: History, r: Row) -> date | None:
    closed = r["cine_close_date"]
    later = [
        o["cine_referral_date"]
        for o in siblings(history, r)
        if o["cine_referral_date"] > closed or (o["cine_referral_date"] == closed and place(o) > place(r))
    ]
    return min(later, default=None)


STEPS = {
    "assessed": ("cin_assessments", "cina_referral_id", "cina_assessment_start_date"),
    "enquired": ("s47_enquiry", "s47e_referral_id", "s47e_s47_start_date"),
    "conferenced": ("initial_cp_conference", "icpc_referral_id", "icpc_icpc_date"),
    "planned": ("cp_plans", "cppl_referral_id", "cppl_cp_plan_start_date"),
}


def i111(step: str) -> Callable[[History], Iterator[Answer]]:
    table, of_referral, day = STEPS[step]

    def answers(history: History) -> Iterator[Answer]:
        for r in dated_referrals(history):
            on = r["cine_referral_date"]
            window = add_months(on, 3)
            own = [one[day] for one in history.of(table) if one[of_referral] == r["cine_referral_id"]]
            first = min((when for when in own if when is not None and when >= on), default=None)
            is_in = first is not None and first < window
            answer, because = (is_in, "") if window <= history.as_at + timedelta(days=1) else (None, "open")
            if not is_in and None in own and step != "conferenced":
                answer, because = None, "not sent"
            elapsed = (first - on).days if first is not None else None
            for p in history.containing(on):
                yield Answer(*who(r), on, p, answer, elapsed, window, because)

    return answers


def i89_records(history: History) -> Iterator[Answer]:
    for r in dated_referrals(history):
        on, due, until = r["cine_referral_date"], limit(r["cine_referral_date"], 1), limit(r["cine_referral_date"], 2)
        in_time = [
            d["mdec_reasons_recorded"]
            for d in history.of("management_decisions")
            if d["mdec_person_id"] == r["cine_person_id"]
            and d["mdec_referral_id"] in (None, r["cine_referral_id"])
            and d["mdec_decision_about"] == "REF"
            and d["mdec_decision_date"] is not None
            and due is not None
            and on <= d["mdec_decision_date"] <= due
        ]
        answer, because = (True if True in in_time else None if None in in_time else False), "not sent"
        if until is None or until > history.as_at + timedelta(days=1):
            answer, because = None, "open"
        for p in history.containing(on):
            yield Answer(*who(r), on, p, answer, None, until, because)


ANSWERS = {"I02": i02, "I03": i03, "I04": i04, "I06": i06, "I60-3": i60(3), "I60-6": i60(6), "I60-12": i60(12)}
ANSWERS |= {"I89-records": i89_records}
ANSWERS |= {f"I111-{step}": i111(step) for step in STEPS}
