"""Random audits of the invented children of a history: their answers, grades, and what came of them."""

from datetime import date, timedelta
from random import Random
from typing import Any, Protocol

KINDS = ("case-file-audit", "case-file-audit", "case-file-audit", "closure-audit", "supervision-audit")
QUESTIONS = {
    "seen-alone": ("alone", "declined", "no-reason", "not-applicable"),
    **dict.fromkeys(("views-recorded", "domain-child", "domain-parents", "domain-family"), ("yes", "yes", "partly")),
    **dict.fromkeys(("decisions-reasoned", "recorded-in-time", "reflective"), ("yes", "partly", "no")),
    "risk-recorded": ("yes", "no"),
    "heard-child": ("heard", "declined"),
    "heard-parent": ("heard", "not-asked"),
    "closed-rightly": ("right", "too-late", "too-soon", "left-at-risk"),
    "safe-today": ("safe", "not-sure", "at-risk"),
}
GRADES = ("outstanding", "good", "requires-improvement", "inadequate")


class Inventing(Protocol):
    random: Random
    tables: dict[str, list[dict[str, Any]]]

    def day(self) -> date: ...
    def add(self, table: str, **row: Any) -> None: ...
    def pick(self, *choices: Any) -> Any: ...


def add_audits(inventor: Inventing, children: list[str], n: int) -> None:
    """Some audits, most of children that the history has; every third follows up the one before."""
    for assessment in inventor.tables["cin_assessments"]:
        assessment["cina_assessment_outcome_nfa"] = inventor.pick(True, False, None)
    concluded = [one for one in inventor.tables["cin_assessments"] if one["cina_assessment_auth_date"]]
    for number in range(n):
        read = inventor.pick(*concluded) if concluded and inventor.random.random() < 0.8 else None
        child = read["cina_person_id"] if read else inventor.pick(*children, "nobody")
        on = (
            read["cina_assessment_auth_date"] + timedelta(days=inventor.pick(-1, 0, 5, 90, 360, 365, 366))
            if read
            else None
        )
        _audit(inventor, f"U{number}", child, on or inventor.day(), f"U{number - 1}" if number % 3 == 2 else None)
        done = inventor.pick(None, inventor.day())
        row = {"planned_id": f"L{number}", "planned_due_on": inventor.pick(None, *[inventor.day()] * 4)}
        inventor.add("audits_planned", **row, planned_handed_in_on=done)


def _audit(inventor: Inventing, ref: str, child: str, on: date, again: str | None) -> None:
    kind, team = inventor.pick(*KINDS), inventor.pick("North", "South")
    handed_in = inventor.pick(on, on, on, None)
    drawn = inventor.pick(None, "share", "share", "lowest")
    waits = drawn is not None and inventor.random.random() < 0.3
    inventor.add(
        "audits",
        audit_id=ref,
        audit_person_id=child,
        audit_kind=kind,
        audit_chosen=inventor.pick("random", "random", "random", "risk"),
        audit_team=team,
        audit_handed_in_on=handed_in,
        audit_drawn_for=drawn,
        audit_open_from=None if waits else handed_in,
        audit_again_of_id=again,
    )
    if handed_in:
        _answers(inventor, ref, waits)
        _grades(inventor, ref, drawn, waits)
    own = {"audit_id": ref, "person_id": child, "team": team}
    raised = {"critical_id": f"{ref}|safe", **{f"critical_{name}": value for name, value in own.items()}}
    minutes = inventor.pick(None, None, 30, 1440, 1441)
    inventor.add("audit_criticals", **raised, critical_raised_on=_late(inventor), critical_minutes=minutes)
    asked = {"remedy_id": f"{ref}|1", **{f"remedy_{name}": value for name, value in own.items()}}
    due = _late(inventor)
    verified = inventor.pick(None, None, due + timedelta(days=inventor.pick(0, 28, 29)))
    in_plan = inventor.pick(True, False, False)
    inventor.add("audit_actions", **asked, remedy_in_plan=in_plan, remedy_due_on=due, remedy_verified_on=verified)


def _late(inventor: Inventing) -> date:
    """Any turn, or a day shortly before the records end."""
    return inventor.pick(inventor.day(), date(2014, 1, 31) - timedelta(days=inventor.random.randint(0, 40)))


def _answers(inventor: Inventing, ref: str, waits: bool) -> None:
    for question, values in QUESTIONS.items():
        if inventor.random.random() < 0.2:
            continue
        value = None if waits else inventor.pick(*values, *values, None)
        met = None if value in (None, "not-applicable") else value == values[0]
        row = {"answer_id": f"{ref}|{question}", "answer_audit_id": ref, "answer_question": question}
        inventor.add("audit_answers", **row, answer_value=value, answer_met=met)


def _grades(inventor: Inventing, ref: str, drawn: str | None, waits: bool) -> None:
    for question, judges in (("grade-whole", "whole"), ("grade-assessment", "section")):
        place, second = inventor.random.randint(1, 4), inventor.random.randint(1, 4)
        inventor.add(
            "audit_grades",
            grade_id=f"{ref}|{question}",
            grade_audit_id=ref,
            grade_question=question,
            grade_judges=judges,
            grade_scales=inventor.pick(*["inspection-grades"] * 5, "nought-to-ten"),
            grade_stands=None if waits else GRADES[place - 1],
            grade_whose=None if waits else "final" if drawn else "auditor",
            grade_auditor_place=None if waits else place,
            grade_moderator_place=second if drawn and not waits else None,
        )
