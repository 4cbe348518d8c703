"""The one renderer: a section of a sheet as a page that asks, the tasks that lead to it, and the answers to check.

The room that asks has the address and the door; it hands the sheet over. Works without JavaScript: what the answers
bring up is asked by coming back to the page. With it, answers are saved as they are typed (holdfast/answers.js) to the
same address. Rule: whoever leaves the page knows what was saved, and what was not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string

from holdfast.access import clock
from holdfast.access.writes import NotDone
from holdfast.pages.crumbs import Crumb
from holdfast.pages.fields import reason
from holdfast.pages.words import counted, date_words, listed, time_words
from holdfast.questions import selectors
from holdfast.questions.forms import WHY, QuestionsForm
from holdfast.questions.models import Sheet
from holdfast.questions.naming import seeming
from holdfast.questions.services import Saved, save_answers
from holdfast.questions.wording import (
    NOT_APPLICABLE,
    Answers,
    Question,
    Scale,
    Section,
    answer_words,
    asked,
    missing,
    stopping,
)

AUTOSAVE, CONTINUE = "autosave", "continue"
DONE: Final = "Done"


@dataclass(frozen=True)
class Leads:
    """Where the pages of a sheet are: each section, their list, and what follows an answer that stops the form.

    `ring`: whom to ring where such an answer cannot be sent; "" where nobody said.
    """

    section: Callable[[str], str]
    tasks: str
    stopped: str
    ring: Callable[[], str] = str


def fill(
    request: HttpRequest, sheet: Sheet, section: str, leads: Leads, *, caption: str, breadcrumbs: Sequence[Crumb]
) -> HttpResponse:
    """The page of one section: shown, or what it sent saved. Raises NoSuchSet for a section that is not there."""
    wording = selectors.wording(sheet.version)
    part = wording.section(section)
    if part is None:
        raise selectors.NoSuchSet(wording.code, f", section {section},")
    place = list(wording.sections).index(part)
    extra: dict[str, Any] = {"caption": caption, "breadcrumbs": breadcrumbs, "ring": leads.ring}
    extra["place"] = f"Part {place + 1} of {len(wording.sections)}"
    if request.method != "POST":
        return _page(request, sheet, part, extra)
    how, shown = request.POST.get("how", CONTINUE), set(request.POST.getlist("shown"))
    on_page = [question for question in part.questions if question.code in shown]
    form = QuestionsForm(request.POST, questions=on_page, answers=selectors.answers(sheet), must_answer=how == CONTINUE)
    form.is_valid()
    try:
        saved = _save(request, sheet, part, form)
    except NotDone as refusal:
        return _refused(request, how, refusal, leads)
    if how == AUTOSAVE:
        return _saved_answer(saved, leads, form)
    sheet = selectors.with_answers([sheet.pk]).get()
    if saved.is_older:
        return _page(request, sheet, part, {**extra, "older": _older(part, form)})
    after = selectors.answers(sheet)
    if _warning(saved):
        messages.warning(request, _warning(saved))
    if stopping(part.questions, after):
        return redirect(leads.stopped)
    if how != CONTINUE:
        messages.success(request, f"{part.title} is saved. Go on with it whenever you like, here or on another device.")
        return redirect(leads.tasks)
    brought = [question for question in asked(part.questions, after) if question.code not in shown]
    if form.errors or brought:
        return _page(request, sheet, part, {**extra, "brought": _brought(brought)}, form if form.errors else None)
    return redirect(leads.section(wording.sections[place + 1].code) if part != wording.sections[-1] else leads.tasks)


def _save(request: HttpRequest, sheet: Sheet, part: Section, form: QuestionsForm) -> Saved:
    section = part.code
    revision = request.POST.get("revision", "0")
    sending: dict[str, Any] = {"revision": int(revision) if revision.isdigit() else 0}
    sending["key"] = request.POST.get("key", "")[:64]
    already = selectors.saved_already(sheet, section, form.given, sending["key"])
    if already is not None:  # a page whose answer was lost on the way sends again, and must still be told to stop
        stopped = stopping(form.questions, selectors.answers(sheet))
        return Saved(already, False, stopped, seeming(part, form.given))
    return save_answers(by=request.user, at=clock.now(), sheet=sheet, section=section, answers=form.given, **sending)


def _refused(request: HttpRequest, how: str, refusal: NotDone, leads: Leads) -> HttpResponse:
    if how == AUTOSAVE:
        return JsonResponse({"problem": str(refusal)}, status=409)
    messages.error(request, str(refusal))
    return redirect(leads.tasks)


def _saved_answer(saved: Saved, leads: Leads, form: QuestionsForm) -> JsonResponse:
    """What the script is told: the revision there is now, whether this page is older, and whether to stop here."""
    answer: dict[str, Any] = {"revision": saved.section.revision, "is_older": saved.is_older}
    answer["stop"] = leads.stopped if saved.stopped_by else ""
    answer["saved_at"] = time_words(saved.section.saved_at)
    answer["not_read"], answer["warning"] = len(form.errors), _warning(saved)
    return JsonResponse(answer)


def _warning(saved: Saved) -> str:
    """What to say of words that seem to name somebody; "" of others."""
    if not saved.looks_like:
        return ""
    return f"What you typed looks like {listed(saved.looks_like, 'or')}. Take it out: this is kept, and others read it."


def _page(
    request: HttpRequest, sheet: Sheet, part: Section, extra: dict[str, Any], form: QuestionsForm | None = None
) -> HttpResponse:
    answers, row = selectors.answers(sheet), selectors.section_of(sheet, part.code)
    now = asked(part.questions, answers)
    shown = form or QuestionsForm(questions=now, answers=answers)
    if form is not None and extra.get("brought"):
        shown = QuestionsForm(form.data, questions=now, answers=answers)
    context = {
        "heading": part.title,
        "guidance": part.guidance,
        "form": shown,
        "asked": drawn(shown),
        "scales": _explained(shown.questions),
        "revision": row.revision if row else 0,
        "key": get_random_string(32),
        **extra,
    }
    return render(request, "questions/section.html", context)


@dataclass(frozen=True)
class AskedQuestion:
    """What the template draws of a question: its field, its choices as radios, and why it does not apply."""

    field: BoundField
    options: Sequence[dict[str, Any]]
    why: BoundField | None


def _asked(form: QuestionsForm, question: Question) -> AskedQuestion:
    field = form[question.code]
    why = form[question.code + WHY] if question.may_not_apply else None
    if question.scale is None:
        return AskedQuestion(field, (), why)
    descriptors = {choice.code: choice.descriptor for choice in question.scale.choices} if question.judges else {}
    options = [
        {
            "id": f"{field.auto_id}_{place}",
            "value": value,
            "label": label,
            "hint": descriptors.get(value, ""),
            "is_chosen": field.value() == value,
            "stops": value in question.stops_on,
            "why": why if value == NOT_APPLICABLE else None,
        }
        for place, (value, label) in enumerate(form.fields[question.code].choices)  # type: ignore[attr-defined]
    ]
    return AskedQuestion(field, options, why)


def few(data: Any, questions: Sequence[Question]) -> QuestionsForm:
    """A form of a few questions that are asked beside a sheet, all to be answered, and why ("why")."""
    form = QuestionsForm(data, questions=questions, answers={})
    form.fields["why"] = reason("Why?", "Say why, in a sentence or two", longest=2000)
    return form


def drawn(form: QuestionsForm) -> list[AskedQuestion]:
    """The form's questions, for components/question.html."""
    return [_asked(form, question) for question in form.questions]


def _explained(questions: Sequence[Question]) -> list[dict[str, str]]:
    """What the choices of a page mean, once for the page; those of a judgement stand beside it instead."""
    scales: dict[str, Scale] = {one.scale.code: one.scale for one in questions if one.scale and not one.judges}
    found = {choice.label: choice.descriptor for scale in scales.values() for choice in scale.choices}
    return [{"key": label, "value": descriptor} for label, descriptor in found.items() if descriptor]


def _brought(questions: Sequence[Question]) -> str:
    if not questions:
        return ""
    return f"What you answered brings up {counted(len(questions), 'more question')} on this page. The rest is saved."


def _older(part: Section, form: QuestionsForm) -> list[dict[str, str]]:
    """What an out-of-date page sent, as rows to read beside what is there."""
    given = form.given
    rows = [(one.ask, answer_words(one, given.get(one.code))) for one in part.questions]
    return [{"key": ask, "value": words} for ask, words in rows if words]


def tasks(sheet: Sheet, leads: Leads) -> list[dict[str, Any]]:
    """The sections as a task list, each with how much of it is answered."""
    answers = selectors.answers(sheet)
    return [
        _task(section, answers, leads.section(section.code)) for section in selectors.wording(sheet.version).sections
    ]


def _task(section: Section, answers: Answers, url: str) -> dict[str, Any]:
    lacking = len(missing(section.questions, answers))
    n = len([one for one in asked(section.questions, answers) if not one.is_optional])
    begun = any(question.code in answers for question in section.questions)
    status = DONE if not lacking and (n or begun) else f"{n - lacking} of {n} answered" if begun else "Not started"
    return {"title": section.title, "url": url, "status": status, "colour": "" if status == DONE else "blue"}


def to_check(sheet: Sheet, leads: Leads | None = None) -> list[dict[str, Any]]:
    """Every answer by section, in words; with `leads`, each section may be changed."""
    answers = selectors.answers(sheet)
    found = []
    for section in selectors.wording(sheet.version).sections:
        rows = [_row(one, answers) for one in asked(section.questions, answers)]
        found.append({"title": section.title, "rows": rows, "url": leads.section(section.code) if leads else ""})
    return found


def _row(question: Question, answers: Answers) -> dict[str, str]:
    words = answer_words(question, answers.get(question.code))
    return {"key": question.ask, "value": words or ("Left empty" if question.is_optional else "Not answered yet")}


def set_aside(sheet: Sheet) -> list[dict[str, Any]]:
    """What out-of-date pages sent, to be read: the section, when, and the answers in words."""
    wording = selectors.wording(sheet.version)
    found = []
    for each in sheet.set_aside.all():
        part = wording.section(each.section)
        if part is not None:
            rows = [(one.ask, answer_words(one, each.answers.get(one.code))) for one in part.questions]
            shown = [{"key": ask, "value": words} for ask, words in rows if words]
            when = f"{date_words(each.sent_at)} at {time_words(each.sent_at)}"
            found.append({"title": part.title, "when": when, "rows": shown})
    return found
