"""The pages of audits: the list, one of them, adding, allocating, answering and handing in.

Rule: an audit is answered at its own address through the questions room's renderer, by its auditor and nobody else.
"""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import Actor, may, requires
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone
from holdfast.audits import written, written_together
from holdfast.audits.forms import AuditForm, ConflictForm, SomebodyForm, WithdrawalForm
from holdfast.audits.models import Audit
from holdfast.audits.selectors import audits as selectors
from holdfast.audits.selectors import criticals, grading_together, remedies
from holdfast.audits.selectors.audits import page_of
from holdfast.audits.services import auditing
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import ask, sent
from holdfast.pages.crumbs import Crumb, crumbs
from holdfast.pages.paging import page_number
from holdfast.questions import filling
from holdfast.questions import selectors as questions
from holdfast.questions.warning import ask_in_words

AUDITS = ("Audits", "audits")


def under(programme: str, audit: Audit) -> list[Crumb]:
    return [*crumbs(programme, AUDITS), (f"Audit {audit.number}", page_of(audit))]


@requires(Permission.SEE_AUDITS)
def audits(request: HttpRequest, programme: str) -> HttpResponse:
    user, today = request.user, clock.today()
    shown = selectors.audits_page(user, programme, page_number(request))
    mine, to_grade = selectors.to_do(user, programme), selectors.to_grade(user, programme)
    blind = frozenset(audit.pk for audit in to_grade)
    context = {
        "heading": "Audits",
        "lede": "Case files read by somebody independent of them, and what was found.",
        "mine": written.audits_table(mine, today, blind, "Yours to do"),
        "to_grade": to_grade,
        "every": written.audits_table(shown.rows, today, blind, "Audits, the newest first"),
        "page": shown,
        "criticals": [one for one in criticals.criticals(user, programme) if criticals.is_open(one)],
        "may_manage": may(user, Permission.MANAGE_AUDITS, programme),
        "sees_every": may(user, Permission.SEE_EVERY_AUDIT, programme),
    }
    return render(request, "audits/audits.html", context)


@requires(Permission.SEE_AUDITS)
def audit(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    user, found = request.user, selectors.one_audit(request.user, programme, number)
    asked = (Permission.MANAGE_AUDITS, Permission.SEE_EVERY_AUDIT, Permission.MANAGE_PLAN)
    may_manage, sees_every, may_plan = (may(user, permission, programme) for permission in asked)
    sheet = selectors.sheet_of(found)
    own, panel = criticals.of_audit(found), grading_together.panel_of(found)
    context = {
        "heading": f"Audit {number}",
        "caption": found.version.question_set.title,
        "breadcrumbs": crumbs(programme, AUDITS),
        "audit": found,
        "state": written.state_cell(found, clock.today()),
        "grade": written.standing_grade(found),
        "facts": written.audit_facts(found),
        "criticals": written.criticals_table(own, clock.now()) if own else None,
        "grades": written.grades_table(found),
        "reasons": written.reasons(found, sheet),
        "panel": written_together.panel_said(panel),
        "remedies": written.remedies_table(remedies.of_audit(found), may_verify=sees_every, may_plan=may_plan),
        "sections": filling.to_check(sheet) if sheet else [],
        "next": written.next_steps(user, found, panel, may_manage=may_manage),
        "may_ask": sees_every or found.auditor_id == user.pk,
    }
    return render(request, "audits/audit.html", context)


@requires(Permission.MANAGE_AUDITS)
def add_audit(request: HttpRequest, programme: str) -> HttpResponse:
    user = request.user
    may_be = {"versions": questions.newest_versions(user, programme), "teams": organisation.teams(user, programme)}
    return ask(
        request,
        AuditForm(sent(request), **may_be, workers=organisation.people(user, programme)),
        partial(auditing.add_audit, programme=organisation.programme(user, programme)),
        then=page_of,
        said=lambda added: f"Audit {added.number} is added. Find somebody independent of the case to do it next.",
        heading="Add an audit",
        submit="Add it",
        breadcrumbs=crumbs(programme, AUDITS),
    )


@requires(Permission.MANAGE_AUDITS)
def allocate_audit(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = selectors.one_audit(request.user, programme, number)
    return ask(
        request,
        SomebodyForm(sent(request), choices=selectors.accounts_named(selectors.may_audit(found))),
        lambda by, at, account: auditing.allocate_audit(by=by, at=at, audit=found, auditor=account),
        then=page_of(found),
        said=lambda given: f"{given.auditor.display_name} is to do audit {number}.",
        heading=f"Allocate audit {number}",
        inset="Nobody audits their own case, their team’s, or one that they declared a conflict about.",
        submit="Allocate it",
        breadcrumbs=under(programme, found),
    )


@requires(Permission.MANAGE_AUDITS)
def withdraw_audit(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = selectors.one_audit(request.user, programme, number)
    return ask_in_words(
        request,
        WithdrawalForm(sent(request)),
        partial(auditing.withdraw_audit, audit=found),
        then=page_of(found),
        said=f"Audit {number} is withdrawn. It stays to be read, with why, and counts for nothing.",
        heading=f"Withdraw audit {number}",
        warning="It cannot be begun again. Add another audit if the case is to be read after all.",
        submit="Withdraw it",
        breadcrumbs=under(programme, found),
    )


@requires(Permission.SEE_AUDITS)
def declare_conflict(request: HttpRequest, programme: str) -> HttpResponse:
    return ask_in_words(
        request,
        ConflictForm(sent(request), teams=organisation.teams(request.user, programme)),
        partial(auditing.declare_conflict, programme=organisation.programme(request.user, programme)),
        then=reverse("audits", args=[programme]),
        said="That is recorded. You are not asked to audit it or to grade it again, and nobody is told why.",
        heading="Say that a case is not yours to audit",
        inset="A relation’s case, a friend’s, one you worked on: you need not say which it is.",
        submit="Record it",
        breadcrumbs=crumbs(programme, AUDITS),
    )


def _leads(user: Actor, programme: str, audit: Audit) -> filling.Leads:
    return filling.Leads(
        section=lambda section: reverse("answer_audit", args=[programme, audit.number, section]),
        tasks=reverse("audit_sheet", args=[programme, audit.number]),
        stopped=reverse("audit_stopped", args=[programme, audit.number]),
        ring=partial(criticals.out_of_hours, user, programme),
    )


@requires(Permission.AUDIT_CASES)
def audit_sheet(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = selectors.to_answer(request.user, programme, number)
    if found.handed_in_on is not None or found.withdrawn_on is not None:
        return redirect(page_of(found))
    if request.method == "POST":
        if found.sheet_id is None:
            auditing.begin_audit(by=request.user, at=clock.now(), audit=found)
        return redirect("audit_sheet", programme, number)
    context = {
        "heading": f"Answer audit {number}",
        "caption": found.version.question_set.title,
        "breadcrumbs": under(programme, found),
        "audit": found,
        "guidance": questions.wording(found.version).guidance,
    }
    if found.sheet_id is not None:
        context |= _begun(request.user, programme, found)
    return render(request, "audits/audit_sheet.html", context)


def _begun(user: Actor, programme: str, found: Audit) -> dict[str, Any]:
    """What there is to answer of an audit once it is begun."""
    sheet = questions.with_answers([found.sheet_id]).get()
    items = filling.tasks(sheet, _leads(user, programme, found))
    return {
        "items": items,
        "criticals": [one for one in criticals.of_audit(found) if criticals.is_untold(one)],
        "set_aside": filling.set_aside(sheet),
        "is_whole": all(item["status"] == filling.DONE for item in items),
    }


@requires(Permission.AUDIT_CASES)
def answer_audit(request: HttpRequest, programme: str, number: int, section: str) -> HttpResponse:
    found = selectors.to_answer(request.user, programme, number)
    if found.sheet_id is None or found.handed_in_on is not None:
        return redirect("audit_sheet", programme, number)
    sheet = questions.with_answers([found.sheet_id]).get()
    leads, steps = _leads(request.user, programme, found), under(programme, found)
    caption = f"Audit {number}, case {found.case_ref}"
    return filling.fill(request, sheet, section, leads, caption=caption, breadcrumbs=[*steps, ("Answer", leads.tasks)])


@requires(Permission.AUDIT_CASES)
def audit_stopped(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = selectors.to_answer(request.user, programme, number)
    waiting = next((one for one in criticals.of_audit(found) if criticals.is_untold(one)), None)
    return redirect("critical", programme, waiting.pk) if waiting else redirect("audit_sheet", programme, number)


@requires(Permission.AUDIT_CASES)
def hand_in_audit(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = selectors.to_answer(request.user, programme, number)
    if found.sheet_id is None:
        return redirect("audit_sheet", programme, number)
    sheet, refused = questions.with_answers([found.sheet_id]).get(), ""
    if request.method == "POST":
        try:
            auditing.hand_in_audit(by=request.user, at=clock.now(), audit=found)
        except NotDone as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"Audit {number} is handed in. Its grade is the auditor’s until it is moderated.")
            return redirect(page_of(found))
    context = {
        "heading": "Check your answers",
        "caption": f"Audit {number}, case {found.case_ref}",
        "breadcrumbs": under(programme, found),
        "sections": filling.to_check(sheet, _leads(request.user, programme, found)),
        "audit": found,
        "refused": refused,
    }
    return render(request, "audits/hand_in_audit.html", context)
