"""The pages about children who may not be safe: those found, one with its steps, recording a step.

Rule: the page says first what Holdfast has not done: it tells nobody.
"""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.audits import safety, written
from holdfast.audits.forms import OutOfHoursForm, StepForm
from holdfast.audits.models import CriticalStep
from holdfast.audits.selectors import criticals as selectors
from holdfast.audits.services import critical as services
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import ask, sent
from holdfast.pages.crumbs import crumbs
from holdfast.pages.words import listed
from holdfast.questions.naming import kinds_in
from holdfast.questions.warning import ask_in_words

AUDITS, SAFETY = ("Audits", "audits"), ("Children who may not be safe", "criticals")


@requires(Permission.SEE_AUDITS, or_team=True)
def criticals(request: HttpRequest, programme: str) -> HttpResponse:
    found = list(selectors.criticals(request.user, programme))
    context = {
        "heading": "Children who may not be safe",
        "lede": "Found by an audit’s answer. Each is told, answered, confirmed by a second reader, and timed.",
        "breadcrumbs": crumbs(programme, AUDITS),
        "criticals": written.criticals_table(found, clock.now()),
        "contact": selectors.out_of_hours(request.user, programme),
        "reads_every": selectors.reads_every(request.user, programme),
        "may_manage": may(request.user, Permission.MANAGE_AUDITS, programme),
    }
    return render(request, "audits/criticals.html", context)


@requires(Permission.SEE_AUDITS, or_team=True)
def critical(request: HttpRequest, programme: str, key: int) -> HttpResponse:
    found = selectors.one_critical(request.user, programme, key)
    steps, why_none = services.offered(request.user, found)
    context = {
        "heading": "A child who may not be safe",
        "caption": f"Audit {found.audit.number}, case {found.audit.case_ref}, {found.audit.team}",
        "breadcrumbs": crumbs(programme, AUDITS, SAFETY),
        "critical": found,
        "is_untold": selectors.is_untold(found),
        "is_open": selectors.is_open(found),
        "offered": steps,
        "why_none": why_none,
        "contact": selectors.out_of_hours(request.user, programme),
        "steps": written.steps_table(found, clock.now()),
        "is_finder": found.raised_by_id == request.user.pk,
    }
    return render(request, "audits/critical.html", context)


@requires(Permission.SEE_AUDITS, or_team=True)
def critical_step(request: HttpRequest, programme: str, key: int) -> HttpResponse:
    found = selectors.one_critical(request.user, programme, key)
    steps, why_none = services.offered(request.user, found)
    tried = [step for step in safety.open_next(selectors.taken(found)) if step == request.POST.get("step")]
    choices = written.step_choices(steps + [step for step in tried if step not in steps])  # the service refuses it
    return ask(
        request,
        StepForm(sent(request), steps=choices),
        lambda by, at, step, words, at_time: services.take_step(
            by=by, at=at, critical=found, step=step, words=words, happened_at=at_time
        ),
        then=reverse("critical", args=[programme, key]),
        said=_step_said,
        heading="Record a step",
        caption=f"Audit {found.audit.number}, case {found.audit.case_ref}",
        inset="Do it first, by telephone or in person. Recording it here tells nobody.",
        submit="Record it",
        stop=why_none,
        breadcrumbs=[*crumbs(programme, AUDITS, SAFETY), ("The finding", reverse("critical", args=[programme, key]))],
    )


def _step_said(row: CriticalStep) -> str:
    """What was recorded; where its words seem to name somebody that too, afterwards: no step waits for a warning."""
    seen = kinds_in(row.words)
    warning = (
        f" What you typed looks like {listed(seen, 'or')}: name staff by their post, and no child." if seen else ""
    )
    return f"{row.get_step_display()}: that is recorded, with its time. It told nobody by itself.{warning}"


@requires(Permission.MANAGE_AUDITS)
def keep_out_of_hours(request: HttpRequest, programme: str) -> HttpResponse:
    return ask_in_words(
        request,
        OutOfHoursForm(sent(request)),
        partial(services.keep_out_of_hours, programme=organisation.programme(request.user, programme)),
        then=reverse("criticals", args=[programme]),
        said="That is shown wherever an audit finds a child who may not be safe.",
        heading="Say whom to ring out of hours",
        submit="Keep it",
        breadcrumbs=crumbs(programme, AUDITS, SAFETY),
    )
