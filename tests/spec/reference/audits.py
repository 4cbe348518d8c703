"""Audits: what they answer (I28 to I30, I61, I62, I87, I89, I90, I94, I100), grade (I32, I92 on), lead to."""

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta

from spec.reference.assessments import judged_by_the_law
from spec.reference.history import Answer, History, Row, limit

PLACES = ["outstanding", "good", "requires-improvement", "inadequate"]
Asked = Callable[[History], Iterator[Answer]]


def random_audits(history: History, kind: str = "case-file-audit") -> Iterator[Row]:
    for audit in history.of("audits"):
        if audit["audit_kind"] == kind and audit["audit_chosen"] == "random" and audit["audit_handed_in_on"]:
            yield audit


def answered(history: History, audit: Row, is_in: bool | None, *, may_wait: bool = True) -> Iterator[Answer]:
    on, because = audit["audit_handed_in_on"], "not sent"
    if may_wait and audit["audit_open_from"] is None:
        because = "open"
    for period in history.containing(on):
        yield Answer(audit["audit_id"], audit["audit_person_id"], None, on, period, is_in, because=because)


def asks(questions: dict[str, Collection[str]], kind: str = "case-file-audit", *, any_of: bool = False) -> Asked:
    """All of the questions, or any: each with the values that count, or none where the set says what is met."""

    def rows(history: History) -> Iterator[Answer]:
        for audit in random_audits(history, kind):
            met = []
            for answer in history.of("audit_answers"):
                code, value = answer["answer_question"], answer["answer_value"]
                if answer["answer_audit_id"] == audit["audit_id"] and code in questions and value != "not-applicable":
                    counts = questions[code]
                    met.append((None if value is None else value in counts) if counts else answer["answer_met"])
            if met:
                deciding = any_of
                is_in = deciding if deciding in met else None if None in met else not deciding
                yield from answered(history, audit, is_in)

    return rows


def grades(history: History, audit: Row, judges: str = "whole") -> Iterator[Row]:
    for grade in history.of("audit_grades"):
        is_its_own = grade["grade_audit_id"] == audit["audit_id"] and grade["grade_judges"] == judges
        if is_its_own and grade["grade_scales"] == "inspection-grades":
            yield grade


def graded(counts: Collection[str]) -> Asked:
    def rows(history: History) -> Iterator[Answer]:
        for audit in random_audits(history):
            for grade in grades(history, audit):
                stands = grade["grade_stands"]
                yield from answered(history, audit, None if stands is None else stands in counts)

    return rows


def twice(is_in: Callable[[int, int], bool]) -> Asked:
    def rows(history: History) -> Iterator[Answer]:
        for audit in random_audits(history):
            for grade in grades(history, audit):
                if audit["audit_drawn_for"] == "share":
                    both = grade["grade_auditor_place"], grade["grade_moderator_place"]
                    yield from answered(history, audit, None if None in both else is_in(*both))

    return rows


def i32(history: History) -> Iterator[Answer]:
    for audit in random_audits(history):
        for grade in grades(history, audit, "section"):
            if grade["grade_question"] != "grade-assessment":
                continue
            stands = grade["grade_stands"]
            is_good = None if stands is None else stands in ("good", "outstanding")
            in_time = was_in_time(history, audit)
            is_in = False if False in (is_good, in_time) else None if None in (is_good, in_time) else True
            for answer in answered(history, audit, is_in, may_wait=False):
                because = "open" if stands is None else "not sent"
                yield Answer(answer.unit_id, answer.child, None, answer.event_on, answer.period, is_in, because=because)


def was_in_time(history: History, audit: Row) -> bool | None:
    """The child's last first assessment concluded in the year to the audit. None: the return has none."""
    on = audit["audit_handed_in_on"]
    leap = on.month == 2 and on.day == 29
    year_before = on.replace(year=on.year - 1, day=28) if leap else on.replace(year=on.year - 1)
    read: list[tuple[date, date]] = []
    for referral, assessment, (_, child, _) in judged_by_the_law(history):
        ended = assessment["cina_assessment_auth_date"]
        due = limit(referral["cine_referral_date"], 45)
        if child == audit["audit_person_id"] and ended and due and year_before < ended <= on:
            read.append((ended, due))
    if not read:
        return None
    last = max(ended for ended, _ in read)
    return last <= min(due for ended, due in read if ended == last)


def i31(history: History) -> Iterator[Answer]:
    for one in history.of("cin_assessments"):
        for period in history.containing(one["cina_assessment_auth_date"]):
            who = (one["cina_assessment_id"], one["cina_person_id"], one["cina_referral_id"])
            yield Answer(*who, one["cina_assessment_auth_date"], period, one["cina_assessment_outcome_nfa"])


def i91(history: History) -> Iterator[Answer]:
    for planned in history.of("audits_planned"):
        due, done = planned["planned_due_on"], planned["planned_handed_in_on"]
        for period in history.containing(due):
            yield Answer(planned["planned_id"], None, None, due, period, bool(done and done <= due), due_on=due)


def i97(history: History) -> Iterator[Answer]:
    for found in history.of("audit_criticals"):
        on, minutes = found["critical_raised_on"], found["critical_minutes"]
        is_over = found["as_at"] - on >= timedelta(days=2)
        is_in = minutes <= 1440 if minutes is not None else False if is_over else None
        for period in history.containing(on):
            yield Answer(found["critical_id"], found["critical_person_id"], None, on, period, is_in, because="open")


def i98(history: History) -> Iterator[Answer]:
    for asked in history.of("audit_actions"):
        due, verified = asked["remedy_due_on"], asked["remedy_verified_on"]
        if asked["remedy_in_plan"]:
            continue
        is_over = (asked["as_at"] - due).days > 28
        is_in = (verified - due).days <= 28 if verified else False if is_over else None
        who = (asked["remedy_id"], asked["remedy_person_id"], None)
        for period in history.containing(due):
            yield Answer(*who, due, period, is_in, due_on=due, because="open")


def i99(history: History) -> Iterator[Answer]:
    by_id = {audit["audit_id"]: audit for audit in history.of("audits")}
    for audit in by_id.values():
        first = by_id.get(audit["audit_again_of_id"])
        if first is None or audit["audit_handed_in_on"] is None:
            continue
        for before in grades(history, first):
            for after in grades(history, audit):
                both = before["grade_stands"], after["grade_stands"]
                is_in = None if None in both else PLACES.index(both[1]) < PLACES.index(both[0])
                on = audit["audit_handed_in_on"]
                for period in history.containing(on):
                    who = (audit["audit_id"], audit["audit_person_id"], None)
                    yield Answer(*who, on, period, is_in, because="open")


def whose(indicator: str, history: History) -> dict[str, str]:
    """Audit to whose grade stands, where a measure says so."""
    judges = {"I32": "section"}.get(indicator, "whole")
    if indicator not in ("I32", "I92", "I93", "I95", "I96"):
        return {}
    return {
        row["grade_audit_id"]: row["grade_whose"] for row in history.of("audit_grades") if row["grade_judges"] == judges
    }


def teams(history: History) -> dict[str, str]:
    """What an audit's, a critical's and a remedy's case is broken down by."""
    found = {audit["audit_id"]: audit["audit_team"] for audit in history.of("audits")}
    found |= {one["critical_id"]: one["critical_team"] for one in history.of("audit_criticals")}
    return found | {one["remedy_id"]: one["remedy_team"] for one in history.of("audit_actions")}


ANSWERS: dict[str, Asked] = {
    "I28": asks({"seen-alone": ("alone",)}),
    "I29": asks({"views-recorded": ()}),
    "I30": asks({"domain-child": (), "domain-parents": (), "domain-family": ()}),
    "I31": i31,
    "I32": i32,
    "I61": asks({"closed-rightly": ("right", "too-late")}, "closure-audit"),
    "I62": asks({"closed-rightly": ("left-at-risk",), "safe-today": ("at-risk",)}, "closure-audit", any_of=True),
    "I87": asks({"reflective": ()}, "supervision-audit"),
    "I89": asks({"decisions-reasoned": ()}),
    "I90": asks({"recorded-in-time": ()}),
    "I91": i91,
    "I92": graded(("outstanding", "good")),
    "I93": graded(("inadequate",)),
    "I94": asks({"risk-recorded": ()}),
    "I95": twice(lambda first, second: first == second),
    "I96": twice(lambda first, second: first < second),
    "I97": i97,
    "I98": i98,
    "I99": i99,
    "I100": asks({"heard-child": ("heard",), "heard-parent": ("heard",)}, any_of=True),
}
OF_NO_PERSON = frozenset(ANSWERS) - {"I31"}
"""An audit's case is never broken down by who the child is: a sample is too small for it."""
