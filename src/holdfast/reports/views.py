"""Pages of the reports room: the list of editions, one edition, its files, and making one.

Nothing is worked out here. Rule: a file is sent as it was frozen, to be kept, never run in the page.
"""

import json
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.governance.models import Pack
from holdfast.governance.selectors import meetings as held
from holdfast.governance.selectors import packs as packed
from holdfast.jobs import kept
from holdfast.organisation.selectors import programme as programme_named
from holdfast.pages.asking import ask, sent
from holdfast.pages.confirming import confirm
from holdfast.pages.crumbs import crumbs
from holdfast.pages.tables import Column, table
from holdfast.pages.words import date_words
from holdfast.reports import packs, rendering, selectors, services, written
from holdfast.reports.forms import MakeEditionForm, MakePackForm


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


@requires(Permission.SEE_PROGRAMME)
def pack(request: HttpRequest, programme: str, body: str, number: int) -> HttpResponse:
    """A meeting's pack and its supplements, each with the start of its hash."""
    meeting = held.one_meeting(request.user, programme, body, number)
    found = packed.packs(request.user, programme, meeting)
    may_make = may(request.user, Permission.MANAGE_MEETINGS, programme)
    context = {
        "heading": f"Pack {number}",
        "caption": f"{meeting}, {date_words(meeting.held_on)}",
        "breadcrumbs": [*crumbs(programme, ("Meetings", "meetings")), (str(meeting), held.page_of(meeting))],
        "meeting": meeting,
        "table": table("The pack and its supplements", PACKS, found),
        "unsent": packed.unsent_papers(meeting) if may_make and found else (),
        "may_make": may_make,
    }
    return render(request, "reports/pack.html", context)


def _pack_link(found: Pack) -> dict[str, str]:
    name = "restricted_pack_file" if found.is_restricted else "pack_file"
    meeting = found.meeting
    args = [meeting.body.programme.code, meeting.body.code, meeting.number, found.supplement]
    return {"text": found.name, "url": reverse(name, args=args)}


PACKS = [
    Column[Pack]("What", _pack_link),
    Column[Pack]("Frozen on", lambda found: date_words(found.made_at)),
    Column[Pack]("Begins with the hash", lambda found: found.sha256[:8]),
]


@requires(Permission.MANAGE_MEETINGS)
def make_pack(request: HttpRequest, programme: str, body: str, number: int) -> HttpResponse:
    meeting = held.one_meeting(request.user, programme, body, number)
    return ask(
        request,
        MakePackForm(sent(request)),
        partial(packs.make_pack, meeting=meeting),
        then=reverse("pack", args=[programme, body, number]),
        said=lambda made: f"{made[-1].name} is frozen.",
        heading="Freeze the pack" if not packed.next_supplement(meeting) else "Freeze a supplement",
        caption=str(meeting),
        warning="What is frozen cannot be changed. A paper that comes later goes out with a numbered supplement.",
        submit="Freeze it",
        breadcrumbs=[*crumbs(programme, ("Meetings", "meetings")), (str(meeting), held.page_of(meeting))],
    )


@requires(Permission.SEE_PROGRAMME)
def pack_file(request: HttpRequest, programme: str, body: str, number: int, supplement: int) -> HttpResponse:
    return _send(request, programme, body, number, supplement, is_restricted=False)


@requires(Permission.SEE_RESERVED)
def restricted_pack_file(request: HttpRequest, programme: str, body: str, number: int, supplement: int) -> HttpResponse:
    return _send(request, programme, body, number, supplement, is_restricted=True)


def _send(request: HttpRequest, *place: Any, is_restricted: bool) -> HttpResponse:
    """A pack's PDF as it was frozen, or the page that says that it is not."""
    code, body, number, supplement = place
    meeting = held.one_meeting(request.user, code, body, number)
    found = packed.one_pack(request.user, code, meeting, supplement, is_restricted=is_restricted)
    try:
        content = packs.read_pack(request.user, found)
    except kept.NotAsKept as changed:
        context = {"heading": found.name, "caption": str(meeting), "changed": changed}
        return render(request, "reports/pack_changed.html", context, status=500)
    response = HttpResponse(content, content_type=written.CONTENT_TYPES["pdf"])
    ending = f"{f'-supplement-{supplement}' if supplement else ''}{'-restricted' if is_restricted else ''}"
    response["Content-Disposition"] = f'attachment; filename="{body}-pack-{number}{ending}.pdf"'
    return response
