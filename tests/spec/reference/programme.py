"""The programme's own work: attendance (I108), actions on time (I109), requirements evidenced (I110). Of no child."""

from collections.abc import Iterator

from spec.reference.history import Answer, History


def i108(history: History) -> Iterator[Answer]:
    for seat in history.of("meeting_seats"):
        on, came = seat["seat_meeting_on"], seat["seat_came"]
        for period in history.containing(on):
            filled = None if came is None else came in ("attended", "deputy")
            yield Answer(seat["seat_attendance_id"], None, None, on, period, filled)


def i109(history: History) -> Iterator[Answer]:
    for action in history.of("plan_actions"):
        due, done, withdrawn = (action[f"plan_action_{name}_on"] for name in ("original_due", "done", "withdrawn"))
        if due is None or (withdrawn is not None and withdrawn <= due):
            continue
        slipped = None if done is None else (done - due).days
        for period in history.containing(due):
            on_time = slipped is not None and slipped <= 0
            yield Answer(action["plan_action_id"], None, None, due, period, on_time, slipped, due)


def i110(history: History) -> Iterator[Answer]:
    for requirement in history.of("requirements"):
        if requirement["requ_from"] is None:
            continue
        ref = requirement["requ_requirement_id"]
        stretches = [row for row in history.of("requirements_evidenced") if row["evid_requirement_id"] == ref]
        for period in history.at_ends(requirement["requ_from"], None):
            on = period.ends_on
            stood = any(row["evid_from"] <= on and (row["evid_until"] or on.max) > on for row in stretches)
            yield Answer(ref, None, None, on, period, stood if requirement["as_at"] >= on else None, because="open")


ANSWERS = {"I108": i108, "I109": i109, "I110": i110}
