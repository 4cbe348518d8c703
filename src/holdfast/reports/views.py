"""Pages of the reports room: the list of editions, one edition, its files, and making one.

Nothing is worked out here. Rule: a file is sent as it was frozen, to be kept, never run in the page.
"""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.organisation.selectors import programme as programme_named
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
    try:
        found = selectors.edition(request.user, programme, kind, on, number)
    except selectors.NoSuchEdition as missing:
        raise Http404(str(missing)) from missing
    context = written.edition_context(programme, found, selectors.latest_edition(request.user, programme, kind, on))
    try:
        content = selectors.render(request.user, found, "json")
    except selectors.EditionChanged as changed:
        return render(request, "reports/edition.html", {**context, "changed": changed}, status=500)
    context["report"] = rendering.as_page(content, found.sha256)
    return render(request, "reports/edition.html", context)


@requires(Permission.SEE_REPORTS)
def edition_file(request: HttpRequest, programme: str, kind: str, on: date, number: int, form: str) -> HttpResponse:
    try:
        found = selectors.edition(request.user, programme, kind, on, number)
        content = selectors.render(request.user, found, form)
    except (selectors.NoSuchEdition, selectors.NoSuchForm) as missing:
        raise Http404(str(missing)) from missing
    except selectors.EditionChanged:
        return redirect("edition", programme=programme, kind=kind, on=on, number=number)
    response = HttpResponse(content, content_type=written.CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{written.file_name(found, form)}"'
    return response


@requires(Permission.MAKE_REPORT)
def make_edition(request: HttpRequest, programme: str) -> HttpResponse:
    is_chair = selectors.is_chair(request.user, programme)
    form = MakeEditionForm(request.POST if request.method == "POST" else None, today=clock.today(), is_chair=is_chair)
    if request.method == "POST" and form.is_valid():
        made = services.freeze_edition(
            by=request.user,
            at=clock.now(),
            programme=programme_named(request.user, programme),
            kind="ministers",
            on=form.cleaned_data["on"],
            covering=form.cleaned_data.get("covering"),
        )
        messages.success(request, f"{made.in_words} is frozen.")
        return redirect("edition", programme=programme, kind=made.kind, on=made.on, number=made.number)
    context = written.make_context(programme, form)
    return render(request, "reports/make_edition.html", context)
