"""What the demonstration has audited: seven months of cases, most of them read again by nobody, some by a moderator.

Each month's audits were done on paper and are taken in together on its last day, and so are the moderators' grades.
What waits, and the one that found a child who may not be safe, are done here, each on its day. All of it is invented,
from a seed, but for the references, which are those of the invented returns: so an audit meets its child's assessment
there. Auditors grow kinder until the moderators' grades are talked through, and are less so afterwards.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account
from holdfast.access.writes import turn
from holdfast.audits.models import Audit, Critical, Grading
from holdfast.audits.selectors import audits as selectors
from holdfast.audits.services import auditing, critical, learning, moderating, remedies, taking_in, writing
from holdfast.organisation.models import Body, Post, Programme, Team
from holdfast.questions import reading
from holdfast.questions import selectors as questions
from holdfast.questions import services as asking
from holdfast.questions.models import SetVersion
from holdfast.questions.wording import Question, Wording
from holdfast.reports import audit_reports
from holdfast.web.demo import joint

LEADS, AUDITS, MODERATES, MANAGES = "practice-manager", "auditor", "moderator", "team-manager"
LOWEST: Final = 3
NEAR: Final = timedelta(days=100)
"""How long before its audit something ended in a case."""
WEEKS_TO_AUDIT_AGAIN: Final = 8
TRUE_AT_FIRST, TRUE_AT_LAST = (3, 27, 45, 25), (6, 40, 39, 15)
"""How many of a hundred cases deserve each grade, the best first, in the first month and in the last."""
_CHILD: Final = re.compile(r"<LAchildID>(\w+)</LAchildID>|<(AssessmentAuthorisationDate|CINclosureDate)>([\d-]+)<")


@dataclass
class Cases:
    """The invented children by the days on which something ended: "assessed" and "closed", each drawn once."""

    ended: dict[str, list[tuple[date, str]]]
    chance: random.Random

    def draw(self, what: str, on: date) -> str:
        """The reference of a child of whom it ended in the days before."""
        days, first = self.ended[what], on - NEAR
        near = [n for n, (day, _) in enumerate(days) if first <= day <= on]
        return days.pop(self.chance.choice(near))[1]


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


def add(programme: Programme, facts: dict[str, Any], returned: Path) -> str:
    """The question sets that ship, and the audits that the facts name. Says how many."""
    first, chance = date.fromisoformat(facts["from_on"]), random.Random(facts["seed"])  # noqa: S311 - invented
    with turn():
        for file in reading.shipped():
            asking.write_version(**_as(LEADS, first), programme=programme, content=reading.from_file(file))
        _write_programme(programme, date.fromisoformat(facts["agreed_from"]), facts["a_month"])
    versions = {one.question_set.code: one for one in questions.newest_versions(SYSTEM, programme.code)}
    teams = list(Team.objects.filter(programme=programme).order_by("id"))
    cases = read_cases(returned, facts["seed"], first)
    planned = list(_planned(first, clock.today(), facts))
    done, again = planned[: len(planned) - facts["waiting"]], []
    for month in _months(first, clock.today()):
        papers = [
            _paper(programme, facts, chance, versions[code], _reference(cases, code, on, n), teams[n % len(teams)], on)
            for n, (on, code) in enumerate(done)
            if on.replace(day=1) == month and n != facts["critical"]
        ]
        ends = min(_after(month) - timedelta(days=1), clock.today())
        papers += [paper for paper in again if month <= clock.day_of(paper.facts.begun_at) <= ends]
        again += _take_in(programme, papers, ends, chance, versions["re-audit"])
    for n, (on, code) in enumerate(planned):
        if n == facts["critical"] or n >= len(done):
            audit = _one(programme, versions[code], _reference(cases, code, on, n), teams[n % len(teams)], on)
            if n < len(done):
                _answer_unsafe(audit, on, chance)
    n_again = Audit.objects.filter(programme=programme, chosen="again").count()
    n = Audit.objects.filter(programme=programme).count()
    return f"{n} audits, {n_again} of them of cases audited before, with {len(reading.shipped())} question sets"


@dataclass(frozen=True)
class Paper:
    """An audit done on paper, and the grade that its case deserves."""

    facts: taking_in.DoneElsewhere
    true: int


def _paper(
    programme: Programme,
    facts: dict[str, Any],
    chance: random.Random,
    version: SetVersion,
    reference: str,
    team: Team,
    on: date,
) -> Paper:
    """One audit of a case, graded too high as often as auditors did by then."""
    first = date.fromisoformat(facts["from_on"])
    part = (on - first).days / max((clock.today() - first).days, 1)
    kind = facts["kind_later"] if on > date.fromisoformat(facts["talked_through"]) else 0.2 + 0.9 * part
    return _written(version, reference, team, on, chance, _true(part, chance), kind=kind)


def _written(
    version: SetVersion,
    reference: str,
    team: Team,
    on: date,
    chance: random.Random,
    true: int,
    *,
    kind: float,
    of: Audit | None = None,
) -> Paper:
    given = max(true - (chance.random() < kind), 0)
    answers = _answers(questions.wording(version), true, given, chance, is_unsafe=False)
    _part_from_the_whole(questions.wording(version), answers, reference)
    by, chosen = _as(AUDITS, on)["by"].pk, "again" if of else "random"
    days = {"begun_at": _as(AUDITS, on, 10)["at"], "handed_in_at": _as(AUDITS, on, 16)["at"]}
    facts = {"answers": answers, "audits_again": of, **days}
    return Paper(taking_in.DoneElsewhere(version, reference, team, chosen, by, **facts), true)


def _take_in(
    programme: Programme, papers: list[Paper], on: date, chance: random.Random, again: SetVersion
) -> list[Paper]:
    """A month's audits and their second grades taken in; gives the audits to be done again, by their own days."""
    to_come = []
    with turn():
        papers = sorted(papers, key=lambda paper: paper.facts.handed_in_at)
        facts = [paper.facts for paper in papers]
        audits = taking_in.take_in_audits(**_as(LEADS, on, 18), programme=programme, done=facts, is_invented=True)
        true = {audit.pk: paper.true for audit, paper in zip(audits, papers, strict=True)}
        _grade_again(programme, true, on)
        for audit, paper in zip(audits, papers, strict=True):
            audited_on = clock.day_of(paper.facts.handed_in_at)
            if paper.true != LOWEST or audit.number % 3:
                continue
            _ask_for(audit, on, chance)
            then = audited_on + timedelta(weeks=WEEKS_TO_AUDIT_AGAIN)
            if then <= clock.today() and paper.facts.chosen != "again":
                better = max(LOWEST - chance.choice((0, 1, 1, 2)), 0)
                to_come.append(_written(again, audit.case_ref, audit.team, then, chance, better, kind=0.0, of=audit))
    return to_come


def add_joint(programme: Programme, facts: dict[str, Any]) -> str:
    """The audits by several agencies. Says how many."""
    return joint.add(programme, facts)


def report(programme: Programme, facts: dict[str, Any]) -> str:
    """The report of one cycle, with its findings, frozen when it was made and sent to both boards. Says which."""
    on, found_on = (date.fromisoformat(facts[day]) for day in ("on", "found_on"))
    days = {"since": date.fromisoformat(facts["since"]), "until": date.fromisoformat(facts["until"])}
    for given in facts["findings"]:
        own = {"question_set": questions.one_set(SYSTEM, programme.code, given["of"]), "chosen": "random"}
        own |= {"question": given["question"], "words": given["words"], "is_invented": True, **days}
        finding = learning.record_finding(**_as(LEADS, found_on), programme=programme, **own)
        if given["action"]:
            learning.link_action(**_as(LEADS, found_on, 12), finding=finding, plan_ref=given["action"])
    made = audit_reports.freeze_audit_report(**_as(LEADS, on), programme=programme, **days)
    for body in Body.objects.filter(programme=programme, code__in=facts["to"]):
        audit_reports.send_audit_report(**_as(LEADS, on, 11), report=made, body=body)
    return f"{made}, frozen"


def _as(username: str, on: date, hour: int = 10) -> dict[str, Any]:
    by = _accounts.get(username) or Account.objects.get(username=username)
    _accounts[username] = by
    return {"by": by, "at": datetime.combine(on, time(hour), clock.LONDON)}


_accounts: Final[dict[str, Account]] = {}


def _planned(first: date, today: date, facts: dict[str, Any]) -> Iterator[tuple[date, str]]:
    """The day and the question set of each audit, in order: so many of each in every month, spread over it."""
    days = [
        (month + timedelta(days=place * 28 // n), code)
        for month in _months(first, today)
        for code, n in facts["a_month"].items()
        for place in range(n)
    ]
    return iter(sorted(one for one in days if one[0] <= today))


def _months(first: date, today: date) -> Iterator[date]:
    while first <= today:
        yield first
        first = _after(first)


def _after(month: date) -> date:
    """The first of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def _reference(cases: Cases, code: str, on: date, number: int) -> str:
    """A child's of the returns; of a supervision audit, which reads no one child's record, one of its own."""
    if code == "supervision-audit":
        return f"SUPERVISION-{number}"
    return cases.draw("closed" if code == "closure-audit" else "assessed", on)


def _true(part: float, chance: random.Random) -> int:
    """The grade that a case deserves; `part` is how much of the time is over: practice grows better."""
    weights = [a + (b - a) * part for a, b in zip(TRUE_AT_FIRST, TRUE_AT_LAST, strict=True)]
    return chance.choices(range(4), weights=weights)[0]


def _write_programme(programme: Programme, first: date, a_month: dict[str, int]) -> None:
    files, closures, supervision = a_month.values()
    lines = [
        writing.Line("case-file-audit", "Case-file audit", "month", files, "Open cases of every team, by chance"),
        writing.Line(
            "closure-audit", "Closure audit", "month", closures, "Cases closed in the month before, by chance"
        ),
        writing.Line(
            "supervision-audit", "Supervision audit", "month", supervision, "Workers of every team, by chance"
        ),
    ]
    oversight = "The moderator reports to both boards each quarter, and both may ask for any audit to be read again."
    facts = {"from_on": first, "lines": lines, "moderated_percent": 20, "oversight": oversight}
    writing.write_audit_plan(**_as(LEADS, first), programme=programme, **facts)
    contact = "Emergency duty team, 01632 960 000 (an invented number), at any hour"
    critical.keep_out_of_hours(**_as(LEADS, first), programme=programme, words=contact)


def _one(programme: Programme, version: SetVersion, reference: str, team: Team, on: date) -> Audit:
    facts = {"version": version, "case_ref": reference, "team": team, "is_invented": True}
    with turn():
        audit = auditing.add_audit(**_as(LEADS, on), programme=programme, chosen="random", **facts)
        return auditing.allocate_audit(**_as(LEADS, on), audit=audit, auditor=_as(AUDITS, on)["by"].pk)


def _answer_unsafe(audit: Audit, on: date, chance: random.Random) -> None:
    """The audit that finds a child who may not be safe, answered and handed in here, and graded again."""
    with turn():
        begun = auditing.begin_audit(**_as(AUDITS, on), audit=audit)
        answers = _answers(questions.wording(audit.version), LOWEST, LOWEST, chance, is_unsafe=True)
        asking.save_whole(**_as(AUDITS, on, 11), sheet=begun.sheet, answers=answers)
        for found in Critical.objects.filter(audit=audit):
            _made_safe(found, on)
        auditing.hand_in_audit(**_as(AUDITS, on, 16), audit=begun)
        _grade_again(audit.programme, {audit.pk: LOWEST}, on)
        _ask_for(audit, on, chance)


def _ask_for(audit: Audit, on: date, chance: random.Random) -> None:
    """What an audit with the lowest grade asks for; most of it done, and looked at by somebody else."""
    post = Post.objects.filter(programme=audit.programme).order_by("code").first()
    if post is None:
        return
    words = "See the child alone, and write down what the child says"
    asks = {"level": "child", "words": words, "owner": post, "due_on": on + timedelta(days=14)}
    remedy = remedies.ask_for(**_as(AUDITS, on, 17), audit=audit, **asks)
    if on + timedelta(days=20) <= clock.today() and chance.random() < 0.7:
        remedies.say_done(**_as(LEADS, on + timedelta(days=12)), remedy=remedy, words="Seen, and written down.")
        remedies.verify(by=SYSTEM, at=_as(LEADS, on + timedelta(days=20))["at"], remedy=remedy)


def _answers(
    wording: Wording, true: int, given: int, chance: random.Random, *, is_unsafe: bool
) -> dict[str, dict[str, str]]:
    """An answer to whatever is asked: the better the practice, the more often what is looked for is there."""
    answers: dict[str, dict[str, str]] = {}
    for question in wording.questions:
        on = question.condition
        if on is None or answers.get(on.question, {}).get("value") in on.values:
            answers[question.code] = {"value": _value(question, true, given, chance)}
    if is_unsafe:
        answers["safe-today"] = {"value": "at-risk"}
    return answers


def _part_from_the_whole(wording: Wording, answers: dict[str, dict[str, str]], reference: str) -> None:
    """Give some of the parts of a case a grade beside that of the whole: no case is alike in all of them."""
    chance = random.Random(reference)  # noqa: S311 - invented
    for question in wording.questions:
        if question.judges == "section" and question.scale is not None and question.code in answers:
            codes = [choice.code for choice in question.scale.choices]
            place = codes.index(answers[question.code]["value"]) + chance.choice((-1, 0, 0, 0, 1))
            answers[question.code] = {"value": codes[min(max(place, 0), len(codes) - 1)]}


def _value(question: Question, true: int, given: int, chance: random.Random) -> str:
    if question.scale is None:
        return "Invented for the demonstration."
    codes = [choice.code for choice in question.scale.choices if choice.code not in question.stops_on]
    if question.judges:
        return codes[given]
    met = [code for code in codes if code in question.met_by] or codes
    others = [code for code in codes if code not in met] or met
    if question.code == "assessment-done":
        return "yes"  # the cases were drawn from those assessed
    found = met if chance.random() < 0.95 - 0.15 * true else others
    return found[0] if chance.random() < 0.7 else chance.choice(found)


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
        critical.take_step(**_as(by, on, hour), critical=found, step=step, words=words)


def _grade_again(programme: Programme, true: dict[int, int], on: date) -> None:
    """The moderator's grades of what was drawn, and the final ones where they differ. `true`: what each deserves."""
    drawn = selectors.every_audit(SYSTEM, programme.code).filter(pk__in=true, moderation__isnull=False)
    moderator, why = _as(MODERATES, on)["by"].pk, "Read the case again. Invented."
    second = []
    for audit in drawn.order_by("number"):
        scales = {one.code: one.scale for one in questions.wording(audit.version).questions if one.judges and one.scale}
        grades = {code: scale.choices[true[audit.pk]].code for code, scale in scales.items()}
        graded_on = audit.handed_in_on or on
        second.append(taking_in.GradedElsewhere(audit, moderator, graded_on, grades, why))
    if not second:
        return
    taking_in.take_in_second_grades(**_as(LEADS, on, 19), programme=programme, graded=second)
    settled = set(Grading.objects.filter(audit__in=true, part="final").values_list("audit_id", flat=True))
    for each in second:
        if each.audit.pk not in settled:
            decided = {"audit": each.audit, "grades": each.grades, "why": why}
            moderating.decide_final_grade(**_as(LEADS, on, 20), **decided)
