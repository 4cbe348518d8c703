"""Pages of the reports room: the list of editions, one edition, its files, and making one.

Nothing is worked out here. Rule: a file is sent as it was frozen, to be kept, never run in the page.
"""

import json
from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.jobs import kept
from holdfast.organisation.selectors import programme as programme_named
from holdfast.pages.asking import ask, sent
from holdfast.pages.confirming import confirm
from holdfast.reports import rendering, selectors, services, written
from holdfast.reports.forms import MakeEditionForm


@requires(Permission.SEE_REPORTS)
def editions(request: HttpRequest, programme: str) -> HttpResponse:
    found = selectors.editions(request.user, programme)
    context = {
        "heading": "Reports",
        "lede": "Each edition stays as it was on the day it was frozen.",
        "table": written.edition_table(programme, found),
        "may_make": may(request.user, Permission.MAKE_REPORT, programme),
        "make_url": reverse("make_edition", args=[programme]),
    }
    return render(request, "reports/editions.html", context)


@requires(Permission.SEE_REPORTS)
def edition(request: HttpRequest, programme: str, kind: str, on: date, number: int) -> HttpResponse:
    found = selectors.edition(request.user, programme, kind, on, number)
    context = written.edition_context(programme, found, selectors.latest_edition(request.user, programme, kind, on))
    try:
        content = selectors.render(request.user, found, "json")
    except kept.NotAsKept as changed:
        return render(request, "reports/edition.html", {**context, "changed": changed}, status=500)
    context["invented"] = json.loads(content).get("invented", "")
    context["report"] = rendering.as_page(content, found.sha256)
    return render(request, "reports/edition.html", context)


@requires(Permission.SEE_REPORTS)
def edition_file(request: HttpRequest, programme: str, kind: str, on: date, number: int, form: str) -> HttpResponse:
    found = selectors.edition(request.user, programme, kind, on, number)
    try:
        content = selectors.render(request.user, found, form)
    except kept.NotAsKept:
        return redirect("edition", programme=programme, kind=kind, on=on, number=number)
    response = HttpResponse(content, content_type=written.CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{written.file_name(found, form)}"'
    return response


@requires(Permission.MAKE_REPORT)
def make_edition(request: HttpRequest, programme: str) -> HttpResponse:
    owner = programme_named(request.user, programme)
    days = {"first": selectors.first_day(owner), "today": clock.today()}
    form = MakeEditionForm(sent(request), is_chair=selectors.is_chair(request.user, programme), **days)
    frame = {"heading": "Make a report to Ministers", "breadcrumbs": written.trail(programme)}
    words = written.consequence(form.cleaned_data.get("on")) if form.is_valid() else ""
    sure = confirm(request, form, words, submit="Freeze the report", **frame)
    if sure is not None:
        return sure
    return ask(
        request,
        form,
        partial(services.freeze_edition, programme=owner),
        then=lambda made: reverse("edition", args=[programme, made.kind, made.on, made.number]),
        said=lambda made: f"{made.in_words} is frozen.",
        submit="Go on: you will be asked once more",
        inset="It shows where we stood on one date, and is frozen: it cannot be changed afterwards. If anything has "
        "changed since the last edition for that date, a new one is made, which says what differs; the last is kept.",
        **frame,
    )
