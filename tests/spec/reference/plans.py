"""Child protection plans: a second or later (I47), open two years (I49), and reviewed in time (I52)."""

from collections.abc import Iterator
from datetime import date

from holdfast.analytics.calendar import add_months
from spec.reference.history import Answer, History, Row, reported


def dated_plans(history: History) -> Iterator[tuple[Row, tuple[str, str, str | None]]]:
    for plan in history.of("cp_plans"):
        if plan["cppl_cp_plan_start_date"] is not None:
            yield plan, (plan["cppl_cp_plan_id"], plan["cppl_person_id"], plan["cppl_referral_id"])


def i47(history: History) -> Iterator[Answer]:
    for plan, who in dated_plans(history):
        before, start = plan["cppl_previous_cp_plans"], plan["cppl_cp_plan_start_date"]
        for p in history.containing(start):
            yield Answer(*who, start, p, None if before is None else before > 0)


def i49(history: History) -> Iterator[Answer]:
    for plan, who in dated_plans(history):
        start, end = plan["cppl_cp_plan_start_date"], plan["cppl_cp_plan_end_date"]
        for p in history.at_ends(start, end):
            two_years_on = add_months(start, 24)
            long = two_years_on <= p.ends_on if reported(end, plan["as_at"], p.ends_on) else None
            yield Answer(*who, p.ends_on, p, long, (p.ends_on - start).days, two_years_on, "open")


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
            answer, last, due = review_answer(history, start, reviews, p.ends_on)
            because = "not sent"
            if not reported(end, plan["as_at"], p.ends_on):
                answer, because = None, "open"
            yield Answer(*who, p.ends_on, p, answer, (p.ends_on - last).days, due, because)


def review_answer(history: History, start: date, reviews: list[date], on: date) -> tuple[bool | None, date, date]:
    """Whether no review was overdue in the year to a day; the last step by then, and when the next is due."""
    year_before = add_months(on, -12)
    last, due = start, add_months(start, 3)
    lates = []
    for review in [v for v in reviews if v <= on]:
        if review > due and review > year_before:
            lates.append(last >= history.first_day)
        last, due = review, add_months(review, 6)
    if on > due:
        lates.append(last >= history.first_day)
    if any(lates):
        return False, last, due
    return (None if lates else True), last, due


def i88(history: History) -> Iterator[Answer]:
    for plan, who in dated_plans(history):
        start, end = plan["cppl_cp_plan_start_date"], plan["cppl_cp_plan_end_date"]
        own = [
            row["supv_supervision_date"] for row in history.of("case_supervision") if row["supv_person_id"] == who[1]
        ]
        for p in history.at_ends(start, end):
            if (p.ends_on - start).days <= 31:
                continue
            last = max((day for day in own if day is not None and day <= p.ends_on), default=None)
            n_days = None if last is None else (p.ends_on - last).days
            is_held = (p.ends_on - history.first_day).days >= 31
            answer, because = (True if n_days is not None and n_days <= 31 else False if is_held else None), "not sent"
            if not reported(end, plan["as_at"], p.ends_on):
                answer, because = None, "open"
            yield Answer(*who, p.ends_on, p, answer, n_days, None, because)


ANSWERS = {"I47": i47, "I49": i49, "I52": i52, "I88": i88}
