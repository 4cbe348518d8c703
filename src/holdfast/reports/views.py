"""Pages of the reports room: the list of editions, one edition, its files, and making one; and the chair's reports.

Nothing is worked out here. Rule: a file is sent as it was frozen, to be kept, never run in the page.
"""

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, may, requires
from holdfast.access.permissions import Permission
from holdfast.governance.models import Pack
from holdfast.governance.selectors import meetings as held
from holdfast.governance.selectors import packs as packed
from holdfast.jobs import kept
from holdfast.jobs.attachments import download
from holdfast.organisation.selectors import programme as programme_named
from holdfast.pages.asking import ask, go_on, sent
from holdfast.pages.confirming import confirm
from holdfast.pages.crumbs import crumbs
from holdfast.pages.kept import keep
from holdfast.pages.tables import Column, table
from holdfast.pages.words import counted, date_words, day_or, lower_first
from holdfast.reports import (
    lacking,
    letter,
    minuted,
    pack_jobs,
    packs,
    rendering,
    sayable,
    scrutiny,
    selectors,
    services,
    written,
)
from holdfast.reports.forms import MakeEditionForm, MakePackForm, SectionForm, SendForm, ShareForm
from holdfast.reports.models import ChairDraft


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
    return download(content, written.file_name(found, form), written.CONTENT_TYPES[form])


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


@requires(Permission.SEE_REPORTS)
def scrutiny_paper(request: HttpRequest, programme: str) -> HttpResponse:
    """The paper for members' scrutiny as it would be today: the same for every reader, so it is kept for all."""
    paper = keep("the scrutiny paper", SYSTEM, programme, partial(scrutiny.paper_today, programme, clock.today()))
    context = {
        "heading": "The scrutiny paper",
        "lede": paper["as_at"],
        "breadcrumbs": crumbs(programme, ("Members’ scrutiny", "scrutiny")),
        "said": paper["words"].split("\n"),
        "tables": paper["tables"],
        "may_attach": may(request.user, Permission.MANAGE_MEETINGS, programme),
    }
    return render(request, "reports/scrutiny_paper.html", context)


@requires(Permission.SEE_PROGRAMME)
def minutes_pdf(request: HttpRequest, programme: str, body: str, number: int) -> HttpResponse:
    """The minutes of one meeting, to read or print: a draft says that it is one."""
    meeting = held.one_meeting(request.user, programme, body, number)
    content = minuted.minutes_as_pdf(request.user, programme, meeting)
    return download(content, f"minutes-{body}-{number}.pdf")


@requires(Permission.SEE_PROGRAMME)
def pack(request: HttpRequest, programme: str, body: str, number: int) -> HttpResponse:
    """A meeting's pack and its supplements, each with the hash of its file, and how far one is that is being made."""
    meeting = held.one_meeting(request.user, programme, body, number)
    found = packed.packs(request.user, programme, meeting)
    may_make = may(request.user, Permission.MANAGE_MEETINGS, programme)
    unsent = packed.unsent_papers(meeting) if may_make and found else ()
    far = pack_jobs.how_far(meeting) if may_make else {}
    is_to_make = may_make and (bool(unsent) or not found) and "progress" not in far
    lacks = partial(lacking.lacks, request.user, programme, meeting, clock.today())
    context = {
        "heading": f"Pack {number}",
        "caption": f"{meeting}, {date_words(meeting.held_on)}",
        "breadcrumbs": [*crumbs(programme, ("Meetings", "meetings")), (str(meeting), held.page_of(meeting))],
        "meeting": meeting,
        "table": table("The pack and its supplements", PACKS, found),
        "since": lacking.moved_since(request.user, programme, meeting),
        "unsent": unsent,
        "is_to_make": is_to_make,
        "lacks": keep("what a pack lacks", request.user, programme, lacks, also=meeting.pk) if is_to_make else (),
        "papers_due": day_or(lacking.papers_due(meeting), ""),
        **far,
    }
    return render(request, "reports/pack.html", context)


def _pack_link(found: Pack) -> dict[str, str]:
    name = "restricted_pack_file" if found.is_restricted else "pack_file"
    meeting = found.meeting
    args = [meeting.body.programme.code, meeting.body.code, meeting.number, found.supplement]
    return {"text": found.name, "url": reverse(name, args=args), "hint": f"SHA-256 {found.files[packs.PDF]}"}


PACKS = [
    Column[Pack]("What", _pack_link),
    Column[Pack]("Frozen on", lambda found: date_words(found.made_at)),
    Column[Pack]("At the foot of each page", lambda found: found.sha256[:8]),
]


@requires(Permission.MANAGE_MEETINGS)
def make_pack(request: HttpRequest, programme: str, body: str, number: int) -> HttpResponse:
    meeting = held.one_meeting(request.user, programme, body, number)
    form, missing = MakePackForm(sent(request)), lacking.lacks(request.user, programme, meeting, clock.today())
    frame: dict[str, Any] = {
        "heading": "Freeze the pack" if not packed.next_supplement(meeting) else "Freeze a supplement",
        "caption": str(meeting),
        "breadcrumbs": [*crumbs(programme, ("Meetings", "meetings")), (str(meeting), held.page_of(meeting))],
    }
    words = LACKS if missing else ""
    sure = confirm(request, form, words, submit="Freeze it as it is", parts=missing, **frame)
    return sure or ask(
        request,
        form,
        partial(pack_jobs.request_pack, meeting=meeting),
        then=reverse("pack", args=[programme, body, number]),
        said="It is asked for. This page says how far it is, until it is frozen.",
        inset=f"It lacks {counted(len(missing), 'thing')}: you see them before it is frozen." if missing else "",
        warning="What is frozen cannot be changed. A paper that comes later goes out with a numbered supplement.",
        submit="Go on: you will be asked once more" if missing else "Freeze it",
        **frame,
    )


LACKS = "This is what the pack lacks. What is frozen cannot be changed."


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
    ending = f"{f'-supplement-{supplement}' if supplement else ''}{'-restricted' if is_restricted else ''}"
    return download(content, f"{body}-pack-{number}{ending}.pdf")


# The chair's reports


@requires(Permission.SEE_REPORTS)
def chair_reports(request: HttpRequest, programme: str) -> HttpResponse:
    owner = programme_named(request.user, programme)
    is_chair, _ = selectors.may_read_drafts(request.user, programme)
    months = selectors.chair_months(request.user, owner)
    context = {
        "heading": "The chair’s reports to Ministers",
        "lede": "In the chair’s own words, beside the figures of one edition. Nobody else can change them.",
        "breadcrumbs": written.trail(programme),
        "months": written.months_table(programme, months, clock.today(), is_chair=is_chair),
    }
    return render(request, "reports/chair_reports.html", context)


@requires(Permission.SEE_REPORTS)
def chair_report(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    report = selectors.chair_report(request.user, programme, number)
    is_chair, _ = selectors.may_read_drafts(request.user, programme)
    context = written.chair_report_context(programme, report, is_chair=is_chair)
    try:
        content = selectors.render_chair_report(request.user, report, "json")
    except kept.NotAsKept as changed:
        return render(request, "reports/chair_report.html", {**context, "changed": changed}, status=500)
    context["document"] = json.loads(content)
    return render(request, "reports/chair_report.html", context)


@requires(Permission.SEE_REPORTS)
def chair_report_file(request: HttpRequest, programme: str, number: int, form: str) -> HttpResponse:
    report = selectors.chair_report(request.user, programme, number)
    try:
        content = selectors.render_chair_report(request.user, report, form)
    except kept.NotAsKept:
        return redirect("chair_report", programme=programme, number=number)
    return download(content, f"{programme}-chair-report-{number}.{form}", written.CONTENT_TYPES[form])


@requires(Permission.SEE_REPORTS)
def chair_draft(request: HttpRequest, programme: str, due_on: date) -> HttpResponse:
    draft = selectors.chair_draft(request.user, programme, due_on)
    is_chair, _ = selectors.may_read_drafts(request.user, programme)
    edition = selectors.document(request.user, draft.edition)
    newest = selectors.newest_edition(request.user, programme)
    context = {
        "heading": str(draft),
        "caption": "Shared with those who make reports" if draft.is_shared else "Nobody but the chair reads this",
        "breadcrumbs": written.under_chair(programme),
        "draft": draft,
        "edition_url": written.edition_url(programme, draft.edition),
        "newer": newest if newest != draft.edition else None,
        "sections": written.draft_sections(draft, edition),
        "pointed_out": letter.pointed_out(draft.words, edition),
        "is_chair": is_chair,
    }
    return render(request, "reports/chair_draft.html", context)


@requires(Permission.WRITE_CHAIR_REPORT)
def begin_chair_report(request: HttpRequest, programme: str, due_on: date) -> HttpResponse:
    owner = programme_named(request.user, programme)
    return _begin(request, programme, partial(services.begin_chair_report, programme=owner, due_on=due_on))


@requires(Permission.WRITE_CHAIR_REPORT)
def correct_chair_report(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    report = selectors.chair_report(request.user, programme, number)
    owner = programme_named(request.user, programme)
    begin = partial(services.begin_chair_report, programme=owner, due_on=report.due_on, corrects=report)
    return _begin(request, programme, begin, report.in_words)


def _begin(request: HttpRequest, programme: str, begin: Callable[..., ChairDraft], corrected: str = "") -> HttpResponse:
    return ask(
        request,
        Form(sent(request)),
        begin,
        then=lambda draft: reverse("chair_draft", args=[programme, draft.due_on]),
        said=lambda draft: f"{draft} is begun, beside {lower_first(draft.edition.in_words)}. Nobody else reads it.",
        heading=f"Correct {lower_first(corrected)}" if corrected else "Begin the report",
        inset="What was sent stays as it was. The correction is a new report, which names it."
        if corrected
        else "Your words stand beside the frozen figures of the last edition. Nobody but you reads them until you send "
        "or share them, and nobody but you can change them.",
        submit="Begin",
        breadcrumbs=written.under_chair(programme),
    )


@requires(Permission.WRITE_CHAIR_REPORT)
def write_section(request: HttpRequest, programme: str, due_on: date, section: str) -> HttpResponse:
    draft = selectors.chair_draft(request.user, programme, due_on)
    if section not in letter.SECTIONS:
        raise Http404("The report has no such section.")
    title, chapter = letter.SECTIONS[section]
    form = SectionForm(sent(request), initial={"words": draft.words.get(section, "")})
    page = reverse("chair_draft", args=[programme, due_on])
    save = partial(services.write_section, draft=draft, section=section)
    done = go_on(request, form, save, then=page, said=f"“{title}” is kept in your draft.")
    context = {
        "heading": title,
        "caption": str(draft),
        "breadcrumbs": [*written.under_chair(programme), (str(draft), page)],
        "form": form,
        "beside": sayable.beside(selectors.document(request.user, draft.edition), chapter),
    }
    return done or render(request, "reports/write_section.html", context)


@requires(Permission.WRITE_CHAIR_REPORT)
def take_newer_figures(request: HttpRequest, programme: str, due_on: date) -> HttpResponse:
    draft = selectors.chair_draft(request.user, programme, due_on)
    return ask(
        request,
        Form(sent(request)),
        partial(services.take_newer_figures, draft=draft),
        said=lambda draft: f"Beside your words stands now {lower_first(draft.edition.in_words)}. Read them again.",
        heading="Take the newer figures",
        submit="Take them",
        **_of_draft(programme, draft),
    )


@requires(Permission.WRITE_CHAIR_REPORT)
def share_draft(request: HttpRequest, programme: str, due_on: date) -> HttpResponse:
    draft = selectors.chair_draft(request.user, programme, due_on)
    return ask(
        request,
        ShareForm(sent(request)),
        partial(services.share_draft, draft=draft),
        said=lambda draft: "They may read it now." if draft.is_shared else "Nobody but you reads it now.",
        heading="Share your draft",
        submit="Save it",
        **_of_draft(programme, draft),
    )


@requires(Permission.WRITE_CHAIR_REPORT)
def send_chair_report(request: HttpRequest, programme: str, due_on: date) -> HttpResponse:
    draft = selectors.chair_draft(request.user, programme, due_on)
    found = letter.pointed_out(draft.words, selectors.document(request.user, draft.edition))
    form = SendForm(sent(request), n=len(found))
    done = go_on(
        request,
        form,
        lambda by, at, **_: services.send_chair_report(by=by, at=at, draft=draft),
        then=lambda report: reverse("chair_report", args=[programme, report.number]),
        said=lambda report: f"{report.in_words} is kept as sent. Send Ministers its PDF.",
    )
    context = {**_of_draft(programme, draft), "heading": "Send the report", "form": form, "pointed_out": found}
    return done or render(request, "reports/send_chair_report.html", context)


def _of_draft(programme: str, draft: ChairDraft) -> dict[str, Any]:
    page = reverse("chair_draft", args=[programme, draft.due_on])
    return {"then": page, "caption": str(draft), "breadcrumbs": [*written.under_chair(programme), (str(draft), page)]}
