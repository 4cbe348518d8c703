"""The pages of moderation: finding a moderator, grading again without having seen the first grade, and deciding.

Rule: the page of the second grade is made from the case and the questions alone.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.access.doors import Actor, requires
from holdfast.access.permissions import Permission
from holdfast.audits import written
from holdfast.audits.forms import SomebodyForm
from holdfast.audits.grading import judged
from holdfast.audits.models import Audit, Grading
from holdfast.audits.selectors import audits as selectors
from holdfast.audits.selectors import grading_together
from holdfast.audits.selectors.audits import page_of
from holdfast.audits.services import moderating
from holdfast.audits.views.auditing import AUDITS, under
from holdfast.pages.asking import ask, go_on, sent
from holdfast.pages.crumbs import crumbs
from holdfast.questions import filling
from holdfast.questions import selectors as questions
from holdfast.questions.warning import warned


@requires(Permission.MANAGE_AUDITS)
def allocate_moderation(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = selectors.one_audit(request.user, programme, number)
    return ask(
        request,
        SomebodyForm(sent(request), choices=selectors.accounts_named(selectors.may_moderate(found))),
        lambda by, at, account: moderating.allocate_moderation(by=by, at=at, audit=found, moderator=account),
        then=page_of(found),
        said=lambda given: f"{given.moderator.display_name} is to grade audit {number} again.",
        heading=f"Find a moderator for audit {number}",
        inset="A moderator has not audited the case, stands outside its line, and grades it before seeing any grade.",
        submit="Allocate it",
        breadcrumbs=under(programme, found),
    )


@requires(Permission.MODERATE_AUDITS)
def moderate_audit(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = selectors.to_moderate(request.user, programme, number)
    extra = {"heading": "Grade it again", "breadcrumbs": crumbs(programme, AUDITS), "is_blind": True}
    return _grade(request, found, moderating.give_second_grade, extra)


@requires(Permission.SEE_AUDITS)
def decide_final_grade(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = grading_together.to_decide(request.user, programme, number)
    extra = {
        "heading": "Decide the final grade",
        "breadcrumbs": under(programme, found),
        "grades": written.grades_table(found),
        "reasons": written.reasons(found, selectors.sheet_of(found)),
    }
    return _grade(request, found, moderating.decide_final_grade, extra)


Save = Callable[..., Grading]


def _grade(request: HttpRequest, audit: Audit, save: Save, extra: dict[str, Any]) -> HttpResponse:
    """The page that asks for a grade of every judged question, and why."""
    form = filling.few(sent(request), judged(questions.wording(audit.version)))
    caption = f"Audit {audit.number}, case {audit.case_ref}, {audit.team}"
    frame = {"heading": extra["heading"], "breadcrumbs": extra["breadcrumbs"], "submit": "Keep the grades"}
    sure = warned(request, form, caption=caption, **frame)
    if sure is not None:
        return sure

    def graded(by: Actor, at: datetime, why: str, **_: Any) -> Grading:
        grades = {code: answer["value"] for code, answer in form.given.items()}
        return save(by=by, at=at, audit=audit, grades=grades, why=why)

    said = f"Your grades of audit {audit.number} are kept, apart from the others."
    done = go_on(request, form, graded, then=page_of(audit), said=said)
    context = {"caption": caption, "form": form, "asked": filling.drawn(form), **extra}
    return done or render(request, "audits/grade_audit.html", context)
