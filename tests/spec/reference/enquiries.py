"""Section 47 enquiries: leading to a conference (I38), held by the day it was due (I42), still to come (I42-open)."""

from collections.abc import Iterator
from datetime import date, timedelta

from holdfast.analytics.calendar import add_months
from spec.reference.history import Answer, History, Row, kept_by, limit, reported, unkept_because, working_days


def enquiries(history: History) -> Iterator[tuple[Row, date | None, date | None, tuple[str, str, str | None]]]:
    """Each dated enquiry, the first conference linked to it, when its episode closed, and who it is about."""
    for s in history.of("s47_enquiry"):
        if s["s47e_s47_start_date"] is None:
            continue
        held = [
            c["icpc_icpc_date"]
            for c in history.of("initial_cp_conference")
            if c["icpc_s47_enquiry_id"] == s["s47e_s47_enquiry_id"] and c["icpc_icpc_date"] is not None
        ]
        referral = history.referral(s["s47e_referral_id"])
        closed = referral["cine_close_date"] if referral else None
        yield s, min(held, default=None), closed, (s["s47e_s47_enquiry_id"], s["s47e_person_id"], s["s47e_referral_id"])


def i38(history: History) -> Iterator[Answer]:
    for s, held, _, who in enquiries(history):
        start, required = s["s47e_s47_start_date"], s["s47e_s47_nfa"]
        window, because = add_months(start, 3), "not sent"
        if window > history.as_at + timedelta(days=1):
            answer, because = None, "open"
        elif held is not None:
            answer = held < window
        elif required is True:
            answer = False
        else:
            because = "open" if required is False else because
            is_over = window <= s["as_at"] + timedelta(days=1)
            answer = False if required is False and is_over else None
        for p in history.containing(start):
            yield Answer(*who, start, p, answer, working_days(start, held), window, because)


def awaited(history: History) -> Iterator[tuple[Row, date | None, date | None, tuple[str, str, str | None], bool]]:
    """Those that had a conference or may need one; the last says that whether one is needed is not known."""
    for s, held, closed, who in enquiries(history):
        if held is not None or s["s47e_s47_nfa"] is not True:
            yield s, held, closed, who, held is None and s["s47e_s47_nfa"] is None


def i42(history: History) -> Iterator[Answer]:
    for s, held, closed, who, is_unsure in awaited(history):
        start = s["s47e_s47_start_date"]
        due = limit(start, 15)
        for p in history.containing(due):
            assert due is not None
            answer = None if is_unsure else kept_by(start, due, held, closed, s["as_at"])
            because = "not sent" if is_unsure else unkept_because(start, held, closed)
            yield Answer(*who, due, p, answer, working_days(start, held), due, because)


def i42_open(history: History) -> Iterator[Answer]:
    for s, held, closed, who, is_unsure in awaited(history):
        start, end = s["s47e_s47_start_date"], held or closed
        for p in history.at_ends(start, end):
            elapsed = working_days(start, p.ends_on)
            is_known = elapsed is not None and not is_unsure and reported(end, s["as_at"], p.ends_on)
            over = elapsed > 15 if elapsed is not None and is_known else None
            because = "not sent" if is_unsure or reported(end, s["as_at"], p.ends_on) else "open"
            yield Answer(*who, p.ends_on, p, over, elapsed, limit(start, 15), because)


ANSWERS = {"I38": i38, "I42": i42, "I42-open": i42_open}
