"""What the demonstration has audited: question sets, a programme of audits, some months of case files, one critical.

Each audit goes through the services, by whoever would have done it then, as of its own day. All of it is invented, from
a seed: auditors are kinder than the moderator at first, and less so later.
"""

import random
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account
from holdfast.audits.models import Audit, Critical
from holdfast.audits.selectors import audits as selectors
from holdfast.audits.services import auditing, critical, moderating, remedies, writing
from holdfast.organisation.models import Post, Programme, Team
from holdfast.questions import reading
from holdfast.questions import selectors as questions
from holdfast.questions import services as asking
from holdfast.questions.models import SetVersion
from holdfast.questions.wording import Question, Wording, asked

LEADS, AUDITS, MODERATES = "practice-manager", "auditor", "moderator"
FIRST_REFERENCE: Final = 4100
WAITING: Final = 3
"""Audits at the end that are allocated and not begun, so that a visitor can answer one."""


def add(programme: Programme, facts: dict[str, Any]) -> str:
    """The question sets that ship, and the audits that the facts name. Says how many."""
    first, chance = date.fromisoformat(facts["from_on"]), random.Random(facts["seed"])  # noqa: S311 - invented
    for file in reading.shipped():
        asking.write_version(**_as(LEADS, first), programme=programme, content=reading.from_file(file))
    _write_programme(programme, first)
    version = questions.newest_versions(SYSTEM, programme.code).get(question_set__code=facts["questions"])
    teams = list(Team.objects.filter(programme=programme))
    for number in range(facts["n"]):
        on = min(first + timedelta(days=2 + number * facts["every_days"]), clock.today())
        reference = f"{FIRST_REFERENCE + number}-{number % 7}"
        audit = _one(programme, version, reference, teams[number % len(teams)], on)
        if number < facts["n"] - WAITING:
            is_late = number > facts["n"] // 2
            _answer(audit, on, chance, kind=0.25 if is_late else 0.55, is_unsafe=number == facts["critical"])
    return f"{facts['n']} audits, with {len(reading.shipped())} question sets"


def _as(username: str, on: date, hour: int = 10) -> dict[str, Any]:
    by = Account.objects.get(username=username)
    return {"by": by, "at": datetime.combine(on, time(hour), clock.LONDON)}


def _write_programme(programme: Programme, first: date) -> None:
    lines = [
        writing.Line("case-file-audit", "Case-file audit", "month", 8, "Open cases of every team, by chance"),
        writing.Line("closure-audit", "Closure audit", "month", 2, "Cases closed in the month before, by chance"),
    ]
    oversight = "The moderator reports to both boards each quarter, and both may ask for any audit to be read again."
    facts = {"from_on": first, "lines": lines, "moderated_percent": 20, "oversight": oversight}
    writing.write_audit_plan(**_as(LEADS, first), programme=programme, **facts)
    contact = "Emergency duty team, 01632 960 000 (an invented number), at any hour"
    critical.keep_out_of_hours(**_as(LEADS, first), programme=programme, words=contact)


def _one(programme: Programme, version: SetVersion, reference: str, team: Team, on: date) -> Audit:
    facts = {"version": version, "case_ref": reference, "team": team, "chosen": "random", "is_invented": True}
    audit = auditing.add_audit(**_as(LEADS, on), programme=programme, **facts)
    by = Account.objects.get(username=AUDITS)
    return auditing.allocate_audit(**_as(LEADS, on), audit=audit, auditor=by.pk)


def _answer(audit: Audit, on: date, chance: random.Random, *, kind: float, is_unsafe: bool) -> None:
    """The audit answered and handed in; graded again where it is drawn; `kind`: how often a grade too high is given."""
    begun = auditing.begin_audit(**_as(AUDITS, on), audit=audit)
    wording = questions.wording(audit.version)
    true = chance.choices(range(4), weights=(4, 34, 42, 20))[0]
    given = max(true - (chance.random() < kind), 0)
    answers = _answers(wording, given, chance, is_unsafe=is_unsafe)
    for section in wording.sections:
        own = {one.code: answers[one.code] for one in section.questions if one.code in answers}
        sending = {"section": section.code, "answers": own, "revision": 0}
        asking.save_answers(**_as(AUDITS, on, 11), sheet=begun.sheet, **sending)
    for found in Critical.objects.filter(audit=audit):
        _made_safe(found, on)
    auditing.hand_in_audit(**_as(AUDITS, on, 16), audit=begun)
    _grade_again(selectors.every_audit(SYSTEM, audit.programme.code).get(pk=audit.pk), on, true, wording)
    post = Post.objects.filter(programme=audit.programme).order_by("code").first()
    if post is not None and given == 3:
        words = "See the child alone, and write down what the child says"
        asks = {"level": "child", "words": words, "owner": post, "due_on": on + timedelta(days=14)}
        remedies.ask_for(**_as(AUDITS, on, 17), audit=audit, **asks)


def _answers(wording: Wording, grade: int, chance: random.Random, *, is_unsafe: bool) -> dict[str, dict[str, str]]:
    """An answer to whatever is asked: the better the grade, the more often what is looked for is there."""
    answers: dict[str, dict[str, str]] = {}
    for question in wording.questions:
        if question in asked(wording.questions, answers):
            answers[question.code] = {"value": _value(question, grade, chance)}
    if is_unsafe:
        answers["safe-today"] = {"value": "at-risk"}
    return answers


def _value(question: Question, grade: int, chance: random.Random) -> str:
    if question.scale is None:
        return "Invented for the demonstration."
    codes = [choice.code for choice in question.scale.choices if choice.code not in question.stops_on]
    if question.judges:
        return codes[grade]
    met = [code for code in codes if code in question.met_by] or codes
    others = [code for code in codes if code not in met] or met
    return chance.choice(met if chance.random() < 0.9 - 0.2 * grade else others)


def _made_safe(found: Critical, on: date) -> None:
    said = (
        (AUDITS, 12, "manager-told", "Rang the team manager, who goes to the home today."),
        (AUDITS, 12, "head-told", "Rang the head of service."),
        ("director", 13, "director-told", "Told by the head of service."),
        ("team-manager", 14, "acknowledged", "A visit is made this afternoon."),
        ("team-manager", 15, "safe", "The child was seen, and is with a relative."),
        (MODERATES, 16, "confirmed", "Read the visit’s record, and agree."),
        ("director", 16, "closed", "Nothing is left to do."),
    )
    for by, hour, step, words in said:
        critical.take_step(**_as(by, on, hour), critical=found, step=step, words=words)


def _grade_again(audit: Audit, on: date, true: int, wording: Wording) -> None:
    """The moderator's grades where the audit was drawn, and the final one where they differ."""
    if not hasattr(audit, "moderation"):
        return
    by = Account.objects.get(username=MODERATES)
    moderating.allocate_moderation(**_as(LEADS, on, 16), audit=audit, moderator=by.pk)
    scales = {one.code: one.scale for one in wording.questions if one.judges and one.scale}
    grades = {code: scale.choices[true].code for code, scale in scales.items()}
    why = {"grades": grades, "why": "Read the case again. Invented."}
    moderating.give_second_grade(**_as(MODERATES, on, 17), audit=audit, **why)
    again = selectors.every_audit(SYSTEM, audit.programme.code).get(pk=audit.pk)
    if not any(each.part == "final" for each in again.gradings.all()):
        moderating.decide_final_grade(**_as(LEADS, on, 18), audit=again, **why)
