"""What the demonstration has audited: seven months of cases, most of them read again by nobody, some by a moderator.

Each month's audits were done on paper and are taken in together on its last day, and so are the moderators' grades.
The one that found a child who may not be safe is done here, on its day. All of it is invented, from a seed, but for the
references, which are those of the invented returns: so an audit meets its child's assessment there. What was drawn here
is in samples.py, who audits and what they answer in papers.py, panels and calibration in together.py.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from holdfast.access import clock
from holdfast.access.days import last_of_month, months_on
from holdfast.access.doors import SYSTEM
from holdfast.access.writes import turn
from holdfast.audits.models import Audit, Critical, Grading
from holdfast.audits.selectors import audits as selectors
from holdfast.audits.services import auditing, critical, moderating, remedies, taking_in, writing
from holdfast.organisation.models import Post, Programme, Team
from holdfast.questions import reading
from holdfast.questions import selectors as questions
from holdfast.questions import services as asking
from holdfast.questions.models import SetVersion
from holdfast.web.demo import together
from holdfast.web.demo.papers import (
    LOWEST,
    Auditors,
    Paper,
    Read,
    answers_of,
    as_of,
    auditors,
    beside,
    deserved,
    paper,
    practice_on,
)

LEADS, AUDITS, MODERATES, MANAGES = "practice-manager", "auditor", "moderator", "team-manager"
NEAR: Final = timedelta(days=100)
"""How long before its audit something ended in a case."""
WEEKS_TO_AUDIT_AGAIN: Final = 8
_CHILD: Final = re.compile(r"<LAchildID>(\w+)</LAchildID>|<(AssessmentAuthorisationDate|CINclosureDate)>([\d-]+)<")
OF_NO_CHILD: Final = {"supervision-audit": "SUPERVISION", "early-help-audit": "EARLYHELP"}
"""Audits that read no one child's record of the returns: what their own references begin with."""


@dataclass
class Cases:
    """The invented children by the days on which something ended: "assessed" and "closed", each drawn once."""

    ended: dict[str, list[tuple[date, str]]]
    chance: random.Random

    def draw(self, what: str, on: date, *, is_kept: bool = False) -> str:
        """The reference of a child of whom it ended in the days before. `is_kept`: it may be drawn once more."""
        days, first = self.ended[what], on - NEAR
        near = [n for n, (day, _) in enumerate(days) if first <= day <= on]
        at = self.chance.choice(near)
        return days[at][1] if is_kept else days.pop(at)[1]


def read_cases(file: Path, seed: int, first: date) -> Cases:
    """The children of an invented return, by what ended when, of whom audits from a day on may draw."""
    ended: dict[str, list[tuple[date, str]]] = {"AssessmentAuthorisationDate": [], "CINclosureDate": []}
    child = ""
    for reference, what, day in _CHILD.findall(file.read_text(encoding="utf-8")):
        child = reference or child
        if what and len(day) == 10 and date.fromisoformat(day) >= first - NEAR:
            ended[what].append((date.fromisoformat(day), child))
    own = {"assessed": ended["AssessmentAuthorisationDate"], "closed": ended["CINclosureDate"]}
    return Cases(own, random.Random(seed))  # noqa: S311 - invented


def add_questions(programme: Programme, facts: Mapping[str, Any]) -> str:
    """The question sets that ship, the programme of audits, and the posts of whoever audits for the council."""
    first = date.fromisoformat(facts["from_on"])
    with turn():
        for file in reading.shipped():
            asking.write_version(**as_of(LEADS, first), programme=programme, content=reading.from_file(file))
        _write_programme(programme, date.fromisoformat(facts["agreed_from"]), facts["a_month"])
    return f"{len(reading.shipped())} question sets"


def add(programme: Programme, facts: Mapping[str, Any], returned: Path) -> str:
    """The audits that the facts name, up to the last month that has ended. Says how many."""
    first, chance = date.fromisoformat(facts["from_on"]), random.Random(facts["seed"])  # noqa: S311 - invented
    until = date.fromisoformat(facts["until"])
    versions = {one.question_set.code: one for one in questions.newest_versions(SYSTEM, programme.code)}
    teams = list(Team.objects.filter(programme=programme).order_by("id"))
    cases, who = read_cases(returned, facts["seed"], first), auditors(facts, facts["seed"])
    planned, again = list(_planned(first, until, facts)), []
    unsafe = _unsafe(planned, facts)
    for month in _months(first, until):
        papers = [
            _paper(facts, chance, who, versions[code], _reference(cases, code, on, n), teams[n % len(teams)], on)
            for n, (on, code) in enumerate(planned)
            if on.replace(day=1) == month and n != unsafe
        ]
        ends = min(last_of_month(month), until)
        papers += [done for done in again if month <= clock.day_of(done.facts.begun_at) <= ends]
        again += take_in(programme, facts, papers, ends, chance)
    on, code = planned[unsafe]
    reference = _reference(cases, code, on, unsafe)
    audit = _one(programme, versions[code], reference, teams[unsafe % len(teams)], on)
    _answer_unsafe(audit, facts, on, chance)
    n_again = Audit.objects.filter(programme=programme, chosen="again").count()
    n = Audit.objects.filter(programme=programme).count()
    return f"{n} audits, {n_again} of them of cases audited before"


def _unsafe(planned: Sequence[tuple[date, str]], facts: Mapping[str, Any]) -> int:
    """The place of the case-file audit that finds a child who may not be safe."""
    [code, *_], since = facts["a_month"], date.fromisoformat(facts["critical_from"])
    return next(n for n, (on, asked) in enumerate(planned) if on >= since and asked == code)


def _paper(
    facts: Mapping[str, Any],
    chance: random.Random,
    who: Auditors,
    version: SetVersion,
    reference: str,
    team: Team,
    on: date,
) -> Paper:
    practice, (name, kinder) = practice_on(facts, on), who.of(team)
    read = Read(version, reference, team, on, name, kinder)
    return paper(read, practice, chance, deserved(practice.part, chance))


def take_in(
    programme: Programme, facts: Mapping[str, Any], papers: Sequence[Paper], on: date, chance: random.Random
) -> list[Paper]:
    """Audits done on paper and their second grades, taken in; gives the audits to be done again, by their own days."""
    to_come = []
    with turn():
        papers = sorted(papers, key=lambda done: done.facts.handed_in_at)
        done = [each.facts for each in papers]
        audits = taking_in.take_in_audits(**as_of(LEADS, on, 18), programme=programme, done=done, is_invented=True)
        true = {audit.pk: each.true for audit, each in zip(audits, papers, strict=True)}
        grade_again(programme, facts, true, on)
        for audit, each in zip(audits, papers, strict=True):
            if each.true != LOWEST or audit.number % 2 or audit.version.question_set.code in OF_NO_CHILD:
                continue
            _ask_for(audit, on, chance)
            then = clock.day_of(each.facts.handed_in_at) + timedelta(weeks=WEEKS_TO_AUDIT_AGAIN)
            if then <= date.fromisoformat(facts["until"]) and each.facts.chosen != "again":
                to_come.append(_again(facts, audit, then, chance))
    return to_come


def _again(facts: Mapping[str, Any], audit: Audit, then: date, chance: random.Random) -> Paper:
    """An audit's case read once more, by somebody else."""
    version = questions.newest_version(SYSTEM, audit.programme.code, "re-audit")
    better = max(LOWEST - chance.choice((0, 1, 1, 2)), 0)
    names = [name for name in (AUDITS, "auditor-second") if as_of(name, then)["by"].pk != audit.auditor_id]
    read = Read(version, audit.case_ref, audit.team, then, names[0], kinder=0.0, chosen="again", of=audit)
    return paper(read, practice_on(facts, then), chance, better)


def _planned(first: date, until: date, facts: Mapping[str, Any]) -> Iterator[tuple[date, str]]:
    """The day and the question set of each audit, in order: so many of each in every month, spread over it."""
    days = [
        (month + timedelta(days=place * 28 // n), code)
        for month in _months(first, until)
        for code, n in facts["a_month"].items()
        if month >= date.fromisoformat(facts["begun"].get(code, facts["from_on"]))
        for place in range(n)
    ]
    return iter(sorted(one for one in days if one[0] <= until))


def _months(first: date, until: date) -> Iterator[date]:
    while first <= until:
        yield first
        first = months_on(first.replace(day=1), 1)


def _reference(cases: Cases, code: str, on: date, number: int) -> str:
    """A child's of the returns; of an audit that reads no one child's record, one of its own."""
    if code in OF_NO_CHILD:
        return f"{OF_NO_CHILD[code]}-{number}"
    return cases.draw("closed" if code == "closure-audit" else "assessed", on, is_kept=code == "oversight-dip-sample")


_LINES: Final = {
    "case-file-audit-2013": ("case-file-audit", "Case-file audit", "Open cases of every team, by chance"),
    "closure-audit": ("closure-audit", "Closure audit", "Cases closed in the month before, by chance"),
    "supervision-audit": ("supervision-audit", "Supervision audit", "Workers of every team, by chance"),
    "oversight-dip-sample": ("dip-sample", "Management-oversight dip sample", "Records of every team, by chance"),
    "early-help-audit": ("early-help-audit", "Early help assessment audit", "Whichever agency leads, by chance"),
}
"""What a line of the programme of audits asks for, by the questions asked: kind, title and scope."""


def _write_programme(programme: Programme, first: date, a_month: Mapping[str, int]) -> None:
    lines = [
        writing.Line(kind, title, "month", n, scope)
        for code, n in a_month.items()
        for kind, title, scope in [_LINES[code]]
    ]
    oversight = "The moderator reports to both boards each quarter, and both may ask for any audit to be read again."
    facts = {"from_on": first, "lines": lines, "moderated_percent": 20, "oversight": oversight}
    writing.write_audit_plan(**as_of(LEADS, first), programme=programme, **facts)
    contact = "Emergency duty team, 01632 960 000 (an invented number), at any hour"
    critical.keep_out_of_hours(**as_of(LEADS, first), programme=programme, words=contact)


def _one(programme: Programme, version: SetVersion, reference: str, team: Team, on: date) -> Audit:
    facts = {"version": version, "case_ref": reference, "team": team, "is_invented": True}
    with turn():
        audit = auditing.add_audit(**as_of(LEADS, on), programme=programme, chosen="random", **facts)
        return auditing.allocate_audit(**as_of(LEADS, on), audit=audit, auditor=as_of(AUDITS, on)["by"].pk)


def _answer_unsafe(audit: Audit, facts: Mapping[str, Any], on: date, chance: random.Random) -> None:
    """The audit that finds a child who may not be safe, answered and handed in here, and graded again."""
    with turn():
        begun = auditing.begin_audit(**as_of(AUDITS, on), audit=audit)
        wording, practice = questions.wording(audit.version), practice_on(facts, on)
        answers = answers_of(wording, practice, LOWEST, LOWEST, chance, is_unsafe=True)
        asking.save_whole(**as_of(AUDITS, on, 11), sheet=begun.sheet, answers=answers)
        for found in Critical.objects.filter(audit=audit):
            _made_safe(found, on)
        auditing.hand_in_audit(**as_of(AUDITS, on, 16), audit=begun)
        grade_again(audit.programme, facts, {audit.pk: LOWEST}, on)
        _ask_for(audit, on, chance)


def _ask_for(audit: Audit, on: date, chance: random.Random) -> None:
    """What an audit with the lowest grade asks for; most of it done, and looked at by somebody else."""
    post = Post.objects.filter(programme=audit.programme).order_by("code").first()
    if post is None:
        return
    words = "See the child alone, and write down what the child says"
    asks = {"level": "child", "words": words, "owner": post, "due_on": on + timedelta(days=14)}
    remedy = remedies.ask_for(**as_of(LEADS, on, 19), audit=audit, **asks)
    if on + timedelta(days=20) <= clock.today() and chance.random() < 0.7:
        remedies.say_done(**as_of(LEADS, on + timedelta(days=12)), remedy=remedy, words="Seen, and written down.")
        remedies.verify(by=SYSTEM, at=as_of(LEADS, on + timedelta(days=20))["at"], remedy=remedy)


def _made_safe(found: Critical, on: date) -> None:
    said = (
        (AUDITS, 12, "manager-told", "Rang the team manager, who goes to the home today."),
        (AUDITS, 12, "head-told", "Rang the head of service."),
        ("director", 13, "director-told", "Told by the head of service."),
        (MANAGES, 14, "acknowledged", "A visit is made this afternoon."),
        (MANAGES, 15, "safe", "The child was seen, and is with a relative."),
        (MODERATES, 16, "confirmed", "Read the visit’s record, and agree."),
        ("director", 16, "closed", "Nothing is left to do."),
    )
    for by, hour, step, words in said:
        critical.take_step(**as_of(by, on, hour), critical=found, step=step, words=words)


def grade_again(programme: Programme, facts: Mapping[str, Any], true: Mapping[int, int], on: date) -> None:
    """The moderators' grades of what was drawn, and the final ones where they differ. `true`: what each deserves."""
    drawn = selectors.every_audit(SYSTEM, programme.code).filter(pk__in=true, moderation__isnull=False)
    moderators = [name for name, since in facts["moderators"] if on >= date.fromisoformat(since)]
    second = []
    for audit in drawn.order_by("number"):
        moderator = as_of(moderators[audit.number % len(moderators)], on)["by"].pk
        grades = _second_grades(audit, true[audit.pk])
        given_on = audit.handed_in_on or on
        why = "Read the case again. Invented."
        second.append(taking_in.GradedElsewhere(audit, moderator, given_on, grades, why))
    if not second:
        return
    taking_in.take_in_second_grades(**as_of(LEADS, on, 19), programme=programme, graded=second)
    settled = set(Grading.objects.filter(audit__in=true, part="final").values_list("audit_id", flat=True))
    for each in second:
        if each.audit.pk not in settled:
            _decide(each, on, moderators, may_panel=on >= date.fromisoformat(facts["panels_from"]))


def _second_grades(audit: Audit, true: int) -> dict[str, str]:
    """What the case deserves; of a part as much better or worse than the whole as the auditor had it."""
    asked = [one for one in questions.wording(audit.version).questions if one.judges]
    scales = {one.code: [choice.code for choice in one.scale.choices] for one in asked if one.scale}
    first = audit.gradings.get(part="auditor")
    own = {code: codes.index(first.grades[code]) for code, codes in scales.items()}
    [whole] = [one.code for one in asked if one.judges == "whole"]
    return {code: beside(codes, codes[true], own[code] - own[whole]) for code, codes in scales.items()}


def _decide(graded: taking_in.GradedElsewhere, on: date, moderators: Sequence[str], *, may_panel: bool) -> None:
    """The final grade by who leads; by a panel where they audited it themselves, and now and then."""
    given = {"audit": graded.audit, "grades": graded.grades}
    leads = as_of(LEADS, on, 20)
    if graded.audit.auditor_id == leads["by"].pk or (may_panel and graded.audit.number % 6 == 0):
        together.decide_by_panel(graded, on, moderators)
    else:
        moderating.decide_final_grade(**leads, **given, why="The moderator’s reasons stand in the record. Invented.")
