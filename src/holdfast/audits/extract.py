"""What audits give to be measured: cases read, what was answered and graded, children not safe, what was asked for.

Rule: codes, days and the council's own reference of a case; never who audited or moderated, and no free text. What is
still to be graded again blind leaves this room without its answers and grades, so that nobody reads them elsewhere.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import Any, Final, NamedTuple

from holdfast.access import clock
from holdfast.access.days import come_by
from holdfast.access.doors import SYSTEM
from holdfast.audits.grading import judged
from holdfast.audits.models import Audit, Critical, CriticalStep, Grading, Remedy
from holdfast.audits.selectors import done
from holdfast.audits.selectors.audits import standing
from holdfast.organisation.models import Programme
from holdfast.performance.extracts import Given, Rows, columns_of, register_extract
from holdfast.questions import selectors as questions
from holdfast.questions.models import SetVersion, Sheet
from holdfast.questions.wording import NOT_APPLICABLE, Answers, Question, asked

Row = dict[str, Any]
TITLE: Final = "The audits"


class Standing(NamedTuple):
    """An audit as it was by a day: the gradings given by then, why it was drawn to be graded again, and when it opened.

    `given`: part to (the grade of each judged question, the day). `open_from`: the day from which its answers may be
    read. None: it is not handed in, or still to be graded blind. A tuple, since there are thousands.
    """

    number: int
    case_ref: str
    version: SetVersion
    chosen: str
    team: str
    sheet: int | None
    added_on: date
    due_on: date
    audits_again: int | None
    given: Mapping[str, tuple[Mapping[str, str], date]]
    drawn_for: str | None
    handed_in_on: date | None
    open_from: date | None


def take(programme: Programme, as_at: date) -> Given | None:
    """Every audit that stood on a day, as it was by then. None: there was none, so nothing is known."""
    every = _standing(programme, as_at)
    if not every:
        return None
    read = [audited for audited in every if audited.handed_in_on]
    tables: dict[str, Rows] = {
        "audits": [_audit(audited) for audited in every],
        "audit_answers": columns_of(ANSWERED, _answers(programme, read)),
        "audit_grades": columns_of(GRADED, _grades(read)),
        "audit_criticals": list(_criticals(programme, as_at)),
        "audit_actions": list(_asked_for(programme, as_at)),
    }
    plan, periods = done.planned_and_done(SYSTEM, programme.code, as_at)
    if plan is not None:
        tables["audits_planned"] = [row for period in periods for row in _planned(plan.number, period)]
    return Given(min(audited.added_on for audited in every), tables)


def _standing(programme: Programme, as_at: date) -> list[Standing]:
    given: dict[int, dict[str, tuple[Mapping[str, str], date]]] = {}
    gradings = Grading.objects.filter(audit__programme=programme, given_on__lte=as_at)
    for audit, part, grades, on in gradings.values_list("audit_id", "part", "grades", "given_on"):
        given.setdefault(audit, {})[part] = (grades, on)
    found = standing(Audit.objects.filter(programme=programme), as_at).order_by("number")
    own = ("number", "case_ref", "version_id", "chosen", "team__name", "sheet_id", "added_on", "due_on")
    names = (*own, "audits_again__number", "pk", "moderation__why", "moderation__drawn_on", "handed_in_on")
    rows = list(found.values_list(*names))
    versions = SetVersion.objects.select_related("question_set").in_bulk({row[2] for row in rows})
    return [
        Standing(
            *(number, case, versions[version], *others),
            *_as_it_stood(
                given.get(pk, {}), why if drawn_on and drawn_on <= as_at else None, come_by(handed_in_on, as_at)
            ),
        )
        for number, case, version, *others, pk, why, drawn_on, handed_in_on in rows
    ]


def _as_it_stood(
    given: Mapping[str, tuple[Mapping[str, str], date]], drawn_for: str | None, handed_in_on: date | None
) -> tuple[Any, ...]:
    """The last four facts of an audit: what was given, why it was drawn, its day of handing in and when it opened."""
    if drawn_for is None:
        return (given, None, handed_in_on, handed_in_on)
    second = given.get(Grading.Part.MODERATOR)
    return (given, drawn_for, handed_in_on, second[1] if second else None)


def _audit(audited: Standing) -> Row:
    question_set = audited.version.question_set
    return {
        "audit_id": str(audited.number),
        "audit_person_id": audited.case_ref,
        "audit_kind": question_set.kind,
        "audit_questions": f"{question_set.code}/{audited.version.number}",
        "audit_chosen": audited.chosen,
        "audit_team": audited.team,
        "audit_added_on": audited.added_on,
        "audit_due_on": audited.due_on,
        "audit_handed_in_on": audited.handed_in_on,
        "audit_drawn_for": audited.drawn_for,
        "audit_open_from": audited.open_from,
        "audit_again_of_id": str(audited.audits_again) if audited.audits_again else None,
    }


ANSWERED: Final = ("answer_id", "answer_audit_id", "answer_question", "answer_value", "answer_met", "answer_given_on")


def _answers(programme: Programme, read: Sequence[Standing]) -> Iterator[tuple[Iterable[Any], ...]]:
    """Audit by audit, the columns of a row for each question with a choice that its answers asked. A grade is none."""
    by_sheet = {audited.sheet: audited for audited in read if audited.sheet}
    asking = {audited.version.pk: questions.wording(audited.version).questions for audited in read}
    looked_for = {
        version: {one.code: _IsMet(one.met_by) for one in asks if one.scale and not one.judges}
        for version, asks in asking.items()
    }
    for sheet, own in _sheets(programme, by_sheet):
        audited = by_sheet[sheet]
        number, met_by = str(audited.number), looked_for[audited.version.pk]
        codes = [question.code for question in asked(asking[audited.version.pk], own) if question.code in met_by]
        is_open = audited.open_from is not None
        values = [own.get(code, _NO_ANSWER).get("value") or None if is_open else None for code in codes]
        is_met = [met_by[code][value] for code, value in zip(codes, values, strict=True)]
        ids, n = [f"{number}|{code}" for code in codes], len(codes)
        yield ids, repeat(number, n), codes, values, is_met, repeat(audited.handed_in_on, n)


_NO_ANSWER: Final[Mapping[str, str]] = {}


class _IsMet(dict[str | None, bool | None]):
    """By answer, whether it meets what is looked for; None where it is not known, or nothing is looked for."""

    def __init__(self, met_by: frozenset[str]) -> None:
        super().__init__({None: None, NOT_APPLICABLE: None})
        self.met_by = met_by

    def __missing__(self, value: str | None) -> bool | None:
        return self.setdefault(value, value in self.met_by if self.met_by else None)


def _sheets(programme: Programme, wanted: Collection[int]) -> Iterator[tuple[int, Answers]]:
    """Each of the sheets with its answers, {} where it has none."""
    left = set(wanted)
    for sheet, own in questions.answered(Sheet.objects.filter(audit__programme=programme)):
        if sheet in left:
            left.remove(sheet)
            yield sheet, own
    yield from ((sheet, {}) for sheet in left)


GRADED: Final = (
    "grade_id",
    "grade_audit_id",
    "grade_question",
    "grade_judges",
    "grade_scales",
    "grade_auditor",
    "grade_moderator",
    "grade_final",
    "grade_stands",
    "grade_whose",
    "grade_auditor_place",
    "grade_moderator_place",
    "grade_given_on",
)


def _grades(read: Sequence[Standing]) -> Iterator[Iterable[Iterable[Any]]]:
    """Audit by audit, the columns of a row for each judged question: the grades by whose, as each is read today."""
    asking = {audited.version.pk: _judged(audited.version) for audited in read}
    for audited in read:
        if asking[audited.version.pk]:
            yield zip(*_graded(audited, asking[audited.version.pk]), strict=True)


def _graded(audited: Standing, asks: Sequence[tuple[Question, Mapping[str, "Place"]]]) -> Iterator[tuple[Any, ...]]:
    given, is_drawn, number = audited.given, audited.drawn_for is not None, str(audited.number)
    if is_drawn and Grading.Part.MODERATOR not in given:
        given = {}
    whose = Grading.Part.FINAL if Grading.Part.FINAL in given else None if is_drawn else Grading.Part.AUDITOR
    for question, places in asks:
        code, family = question.code, question.scale.family if question.scale else None
        read_as = {part: places.get(grades.get(code, ""), _NONE) for part, (grades, _) in given.items()}
        auditor, moderator, final = (read_as.get(part, _NONE) for part in PARTS)
        stands = read_as.get(whose, _NONE)[0] if whose else None
        its_own = (f"{number}|{code}", number, code, question.judges, family)
        graded = (auditor[0], moderator[0], final[0], stands, whose if stands else None, auditor[1], moderator[1])
        yield (*its_own, *graded, audited.handed_in_on)


Place = tuple[str | None, int | None]
_NONE: Final[Place] = (None, None)
PARTS: Final = (Grading.Part.AUDITOR, Grading.Part.MODERATOR, Grading.Part.FINAL)


def _judged(version: SetVersion) -> list[tuple[Question, Mapping[str, Place]]]:
    """Each judged question, with what each grade is read as today, and its place on its own scale from 1, the best."""
    found: list[tuple[Question, Mapping[str, Place]]] = []
    for question in judged(questions.wording(version)):
        choices = question.scale.choices if question.scale else ()
        found.append((question, {one.code: (one.stands_for, place) for place, one in enumerate(choices, 1)}))
    return found


def _criticals(programme: Programme, as_at: date) -> Iterator[Row]:
    found = Critical.objects.filter(audit__in=standing(Audit.objects.filter(programme=programme), as_at))
    for critical in found.select_related("audit__team").prefetch_related("steps").order_by("id"):
        raised_on = clock.day_of(critical.raised_at)
        steps = {row.step: row for row in critical.steps.all() if clock.day_of(row.at) <= as_at}
        told, closed = (steps.get(step) for step in (CriticalStep.Step.DIRECTOR_TOLD, CriticalStep.Step.CLOSED))
        if raised_on <= as_at:
            yield {
                "critical_id": f"{critical.audit.number}|{critical.question}",
                **_case("critical", critical.audit),
                "critical_raised_on": raised_on,
                "critical_minutes": _minutes(critical, told) if told else None,
                "critical_closed_on": clock.day_of(closed.at) if closed else None,
            }


def _minutes(critical: Critical, told: CriticalStep) -> int:
    """Whole minutes from the finding, the one that has begun counted, so that a limit is never kept by rounding."""
    return -int(-(told.at - critical.raised_at).total_seconds() // 60)


def _asked_for(programme: Programme, as_at: date) -> Iterator[Row]:
    stand = standing(Audit.objects.filter(programme=programme), as_at)
    found = Remedy.objects.filter(audit__in=stand, added_on__lte=as_at)
    places: dict[int, int] = {}
    for remedy in found.select_related("audit__team").order_by("audit_id", "id"):
        places[remedy.audit_id] = places.get(remedy.audit_id, 0) + 1
        yield {
            "remedy_id": f"{remedy.audit.number}|{places[remedy.audit_id]}",
            **_case("remedy", remedy.audit),
            "remedy_level": remedy.level,
            "remedy_in_plan": bool(remedy.plan_ref),
            "remedy_due_on": remedy.due_on,
            "remedy_done_on": come_by(remedy.done_on, as_at),
            "remedy_verified_on": come_by(remedy.verified_on, as_at),
        }


def _case(prefix: str, audit: Audit) -> Mapping[str, str]:
    own = {"audit_id": str(audit.number), "person_id": audit.case_ref, "team": audit.team.name}
    return {f"{prefix}_{name}": value for name, value in own.items()}


def _planned(version: int, period: done.PeriodDone) -> Iterable[Row]:
    """A row for each audit that one line asks for in one period that is over: the day that as many were handed in."""
    for place in range(period.n_planned):
        yield {
            "planned_id": f"{version}|{period.line.kind}|{period.ends_on}|{place + 1}",
            "planned_kind": period.line.kind,
            "planned_due_on": period.ends_on,
            "planned_handed_in_on": period.days[place] if place < len(period.days) else None,
        }


def register() -> None:
    """Called once, when the application starts."""
    register_extract("audits", TITLE, take)
