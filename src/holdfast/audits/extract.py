"""What audits give to be measured: cases read, what was answered and graded, children not safe, what was asked for.

Rule: codes, days and the council's own reference of a case; never who audited or moderated, and no free text. What is
still to be graded again blind leaves this room without its answers and grades, so that nobody reads them elsewhere.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.audits.grading import judged
from holdfast.audits.models import Audit, Critical, CriticalStep, Grading, Remedy
from holdfast.audits.selectors import done
from holdfast.audits.selectors.audits import standing
from holdfast.organisation.models import Programme
from holdfast.performance.extracts import Given, register_extract
from holdfast.questions import selectors as questions
from holdfast.questions.models import SheetSection
from holdfast.questions.wording import NOT_APPLICABLE, Answers, Question, asked

Row = dict[str, Any]
TITLE: Final = "The audits"


@dataclass(frozen=True)
class Standing:
    """An audit as it was by a day: the gradings given by then, why it was drawn to be graded again, and when it opened.

    `open_from`: the day from which its answers may be read. None: it is not handed in, or still to be graded blind.
    """

    audit: Audit
    given: Mapping[str, Grading]
    drawn_for: str | None
    handed_in_on: date | None
    open_from: date | None


def take(programme: Programme, as_at: date) -> Given | None:
    """Every audit that stood on a day, as it was by then. None: there was none, so nothing is known."""
    every = _standing(programme, as_at)
    if not every:
        return None
    read = [audited for audited in every if audited.handed_in_on]
    tables: dict[str, list[Row]] = {
        "audits": [_audit(audited) for audited in every],
        "audit_answers": list(_answers(programme, read)),
        "audit_grades": [row for audited in read for row in _grades(audited)],
        "audit_criticals": list(_criticals(programme, as_at)),
        "audit_actions": list(_asked_for(programme, as_at)),
    }
    plan, periods = done.planned_and_done(SYSTEM, programme.code, as_at)
    if plan is not None:
        tables["audits_planned"] = [row for period in periods for row in _planned(plan.number, period)]
    return Given(min(audited.audit.added_on for audited in every), tables)


def _standing(programme: Programme, as_at: date) -> list[Standing]:
    found = standing(Audit.objects.filter(programme=programme), as_at).order_by("number")
    # A version is fetched once for all its audits: its content is every word that was asked.
    found = found.select_related("moderation", "audits_again").prefetch_related("team", "version__question_set")
    # Gathered here and not prefetched, which makes a manager for each of thousands of audits.
    given: dict[int, dict[str, Grading]] = {}
    for grading in Grading.objects.filter(audit__programme=programme, given_on__lte=as_at):
        given.setdefault(grading.audit_id, {})[grading.part] = grading
    return [_as_it_stood(audit, given.get(audit.pk, {}), as_at) for audit in found]


def _as_it_stood(audit: Audit, given: Mapping[str, Grading], as_at: date) -> Standing:
    moderation = getattr(audit, "moderation", None)
    drawn_for = moderation.why if moderation is not None and moderation.drawn_on <= as_at else None
    handed_in_on = _by(as_at, audit.handed_in_on)
    if drawn_for is None:
        return Standing(audit, given, None, handed_in_on, handed_in_on)
    second = given.get(Grading.Part.MODERATOR)
    return Standing(audit, given, drawn_for, handed_in_on, second.given_on if second else None)


def _by(as_at: date, day: date | None) -> date | None:
    """The day, if it had come by then."""
    return day if day is not None and day <= as_at else None


def _audit(audited: Standing) -> Row:
    audit = audited.audit
    return {
        "audit_id": str(audit.number),
        "audit_person_id": audit.case_ref,
        "audit_kind": audit.kind,
        "audit_questions": f"{audit.version.question_set.code}/{audit.version.number}",
        "audit_chosen": audit.chosen,
        "audit_team": audit.team.name,
        "audit_added_on": audit.added_on,
        "audit_due_on": audit.due_on,
        "audit_handed_in_on": audited.handed_in_on,
        "audit_drawn_for": audited.drawn_for,
        "audit_open_from": audited.open_from,
        "audit_again_of_id": str(audit.audits_again.number) if audit.audits_again else None,
    }


def _answers(programme: Programme, read: Sequence[Standing]) -> Iterator[Row]:
    """A row for each question with a choice that an audit's answers asked. A grade is no answer here."""
    saved: dict[int, Row] = {}
    sheets = SheetSection.objects.filter(sheet__audit__programme=programme)
    for sheet, answers in sheets.values_list("sheet_id", "answers").iterator():
        saved.setdefault(sheet, {}).update(answers)
    for audited in read:
        audit = audited.audit
        own: Answers = saved.get(audit.sheet_id or 0, {})
        number, is_open = str(audit.number), audited.open_from is not None
        for question in asked(questions.wording(audit.version).questions, own):
            if question.scale is not None and not question.judges:
                answer = own.get(question.code) if is_open else None
                value = answer.get("value") or None if answer else None
                is_known = value is not None and value != NOT_APPLICABLE and question.met_by
                yield {
                    "answer_id": f"{number}|{question.code}",
                    "answer_audit_id": number,
                    "answer_question": question.code,
                    "answer_value": value,
                    "answer_met": value in question.met_by if is_known else None,
                    "answer_given_on": audit.handed_in_on,
                }


def _grades(audited: Standing) -> Iterator[Row]:
    """A row for each judged question: the grades by whose they are, as each is read today."""
    audit, given, is_drawn = audited.audit, audited.given, audited.drawn_for is not None
    if is_drawn and Grading.Part.MODERATOR not in given:
        given = {}
    whose = Grading.Part.FINAL if Grading.Part.FINAL in given else None if is_drawn else Grading.Part.AUDITOR
    for question in judged(questions.wording(audit.version)):
        read = {part: _read(question, grading.grades.get(question.code, "")) for part, grading in given.items()}
        auditor, moderator, final = (read.get(part, _NONE) for part in Grading.Part)
        yield {
            "grade_id": f"{audit.number}|{question.code}",
            "grade_audit_id": str(audit.number),
            "grade_question": question.code,
            "grade_judges": question.judges,
            "grade_scales": question.scale.family if question.scale else None,
            "grade_auditor": auditor[0],
            "grade_moderator": moderator[0],
            "grade_final": final[0],
            "grade_stands": read.get(whose, _NONE)[0] if whose else None,
            "grade_whose": whose if whose and read.get(whose, _NONE)[0] else None,
            "grade_auditor_place": auditor[1],
            "grade_moderator_place": moderator[1],
            "grade_given_on": audit.handed_in_on,
        }


_NONE: Final[tuple[str | None, int | None]] = (None, None)


def _read(question: Question, grade: str) -> tuple[str | None, int | None]:
    """What a grade is read as today, and its place on its own scale from 1, the best; None where there is none."""
    choices = question.scale.choices if question.scale else ()
    return next(((one.stands_for, place) for place, one in enumerate(choices, 1) if one.code == grade), _NONE)


def _criticals(programme: Programme, as_at: date) -> Iterator[Row]:
    found = Critical.objects.filter(audit__programme=programme, audit__withdrawn_on__isnull=True)
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
    found = Remedy.objects.filter(audit__programme=programme, audit__withdrawn_on__isnull=True, added_on__lte=as_at)
    places: dict[int, int] = {}
    for remedy in found.select_related("audit__team").order_by("audit_id", "id"):
        places[remedy.audit_id] = places.get(remedy.audit_id, 0) + 1
        yield {
            "remedy_id": f"{remedy.audit.number}|{places[remedy.audit_id]}",
            **_case("remedy", remedy.audit),
            "remedy_level": remedy.level,
            "remedy_in_plan": bool(remedy.plan_ref),
            "remedy_due_on": remedy.due_on,
            "remedy_done_on": _by(as_at, remedy.done_on),
            "remedy_verified_on": _by(as_at, remedy.verified_on),
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
