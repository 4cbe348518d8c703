"""The pages of the programme of audits: what is agreed and done, and writing a version.

Rule: what is not in force binds nobody, and the page says so.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import Actor, may, requires
from holdfast.access.permissions import Permission
from holdfast.agreements import selectors as agreements
from holdfast.audits import programming
from holdfast.audits.forms import AuditPlanForm
from holdfast.audits.models import AuditPlan
from holdfast.audits.selectors import done
from holdfast.audits.services.writing import Line, write_audit_plan
from holdfast.audits.written_programme import done_table, participation_table, versions_table
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import go_on, sent
from holdfast.pages.crumbs import crumbs
from holdfast.questions import selectors as questions

AUDITS, PROGRAMME = ("Audits", "audits"), ("Programme of audits", "audit_programme")


@requires(Permission.SEE_PROGRAMME)
def audit_programme(request: HttpRequest, programme: str) -> HttpResponse:
    user, today = request.user, clock.today()
    in_force, periods = done.planned_and_done(user, programme, today)
    plans = programming.plans(user, programme)
    sees_every = may(user, Permission.SEE_EVERY_AUDIT, programme)
    subjects = agreements.subjects_of_kind(user, programme, programming.KIND)
    context = {
        "heading": "Programme of audits",
        "lede": "How many of what is audited, how often, and how that is overseen: agreed by both boards.",
        "in_force": in_force,
        "words": programming.words_of(in_force) if in_force else "",
        "newest": plans[0] if plans and plans[0] != in_force else None,
        "newest_words": programming.words_of(plans[0]) if plans and plans[0] != in_force else "",
        "done": done_table(periods),
        "versions": versions_table(plans, in_force),
        "participation": participation_table("Auditor", done.participation(programme, today)) if sees_every else None,
        "teams": participation_table("Team", done.teams_read(user, programme, today)) if sees_every else None,
        "subject": subjects[0] if subjects else None,
        "may_write": may(user, Permission.MANAGE_AUDITS, programme),
    }
    return render(request, "audits/audit_programme.html", context)


@requires(Permission.MANAGE_AUDITS)
def write_programme(request: HttpRequest, programme: str) -> HttpResponse:
    sets = {found.kind: found.title for found in questions.question_sets(request.user, programme)}
    newest = next(iter(programming.plans(request.user, programme)), None)
    form = AuditPlanForm(sent(request), kinds=list(sets.items()), newest=newest)

    def save(by: Actor, at: datetime, **_: Any) -> AuditPlan:
        given = form.given()
        lines, owner = [Line(*line) for line in given.pop("lines")], organisation.programme(by, programme)
        return write_audit_plan(by=by, at=at, programme=owner, lines=lines, **given)

    done = go_on(
        request,
        form,
        save,
        then=reverse("audit_programme", args=[programme]),
        said=lambda plan: (
            f"Version {plan.number} is kept. It is in force once all parties have agreed exactly its words."
        ),
    )
    context = {"heading": "Write a programme of audits", "breadcrumbs": crumbs(programme, AUDITS, PROGRAMME)}
    return done or render(request, "audits/write_programme.html", {**context, "form": form, "newest": newest})
