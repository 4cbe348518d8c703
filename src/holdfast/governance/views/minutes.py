"""Minuting on the agenda, changing an entry, the minutes as they stand, and approving them at a later meeting."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone
from holdfast.governance import stopping, word_minutes
from holdfast.governance.forms import ActionEntryForm, ApprovalForm, EntryChangeForm, EntryForm
from holdfast.governance.selectors import agendas, meetings
from holdfast.governance.selectors import minutes as selectors
from holdfast.governance.services import minuting as services
from holdfast.governance.views import cells
from holdfast.jobs.attachments import download
from holdfast.pages.asking import ask, refuse, sent, stopped
from holdfast.pages.words import INVENTED


@requires(Permission.SEE_PROGRAMME)
def minutes(request: HttpRequest, programme: str, body: str, number: int) -> HttpResponse:
    found = meetings.one_meeting(request.user, programme, body, number)
    read = selectors.minutes_of(request.user, programme, found)
    context = {
        "heading": f"Minutes of meeting {found.number}",
        "caption": str(found.body),
        "breadcrumbs": cells.under_meeting(programme, found),
        "meeting": found,
        "read": read,
        "state_colour": {selectors.APPROVED: "green", selectors.VOID: "red"}.get(read.state, "blue"),
        "attendance": cells.attendance_table(meetings.attendance(request.user, programme, found), found),
        "may_approve": may(request.user, Permission.APPROVE_MINUTES, programme)
        and not stopping.approving(read.meeting, clock.today()),
        "may_change": may(request.user, Permission.MANAGE_MEETINGS, programme) and read.state == selectors.DRAFT,
    }
    return render(request, "governance/minutes.html", context)


@requires(Permission.SEE_PROGRAMME)
def minutes_document(request: HttpRequest, programme: str, body: str, number: int) -> HttpResponse:
    """The minutes as a Word document, to be edited elsewhere. Nothing in it names who made it."""
    found = meetings.one_meeting(request.user, programme, body, number)
    read = selectors.minutes_of(request.user, programme, found)
    content = word_minutes.as_docx(
        read, meetings.attendance(request.user, programme, found), INVENTED if settings.MODE == "demo" else ""
    )
    return download(content, f"minutes-{found.body.code}-{found.number}.docx")


@requires(Permission.MANAGE_MEETINGS)
def add_entry(request: HttpRequest, programme: str, body: str, number: int, order: int) -> HttpResponse:
    item = agendas.one_item(request.user, programme, body, number, order)
    return ask(
        request,
        EntryForm(sent(request), records=selectors.records_to_name(request.user, programme)),
        partial(services.add_entry, item=item),
        then=cells.item_page(item),
        said="It is in the minutes, which are a draft until a later meeting approves them.",
        heading="Minute what was said",
        caption=str(item),
        stop=stopping.minuting(item.meeting, clock.today()),
        submit="Add to the minutes",
        breadcrumbs=cells.under_item(programme, item),
    )


@requires(Permission.MANAGE_MEETINGS)
def add_action_entry(request: HttpRequest, programme: str, body: str, number: int, order: int) -> HttpResponse:
    item = agendas.one_item(request.user, programme, body, number, order)
    return ask(
        request,
        ActionEntryForm(sent(request), user=request.user, code=programme),
        partial(services.add_action_entry, item=item),
        then=cells.item_page(item),
        said=lambda entry: f"{entry.ref} is in the minutes and in the plan, as raised by this meeting.",
        heading="Minute an action",
        caption=str(item),
        inset="It goes into the plan as well. After this, only a decision of the Board moves its date.",
        stop=stopping.minuting(item.meeting, clock.today()),
        submit="Minute the action",
        breadcrumbs=cells.under_item(programme, item),
    )


@requires(Permission.MANAGE_MEETINGS)
def edit_entry(request: HttpRequest, programme: str, body: str, number: int, entry: int) -> HttpResponse:
    """An entry changed against the version that was read."""
    found = selectors.one_entry(request.user, programme, body, number, entry)
    words = stopping.locked(found.item.meeting)
    if words and request.method != "POST":
        return stopped(request, words, heading="Change an entry", breadcrumbs=cells.under_item(programme, found.item))
    form = EntryChangeForm(sent(request), initial={"version": found.version, "text": found.text})
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_entry(by=request.user, at=clock.now(), entry=found, **form.cleaned_data)
        except services.EntryChangedMeanwhile as changed:
            form = EntryChangeForm({"version": changed.entry.version, "text": form.cleaned_data["text"]})
            refuse(form, changed)
        except NotDone as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "The entry is changed.")
            return redirect(cells.item_page(found.item))
    context = {"heading": "Change an entry", "caption": str(found.item), "form": form, "submit": "Save the entry"}
    return render(request, "ask.html", context | {"breadcrumbs": cells.under_item(programme, found.item)})


@requires(Permission.APPROVE_MINUTES)
def approve_minutes(request: HttpRequest, programme: str, body: str, number: int) -> HttpResponse:
    user, found = request.user, meetings.one_meeting(request.user, programme, body, number)
    later = meetings.later(user, programme, found, clock.today())
    entries = selectors.entries_to_correct(user, programme, found)
    return ask(
        request,
        ApprovalForm(sent(request), meetings=later, entries=entries),
        partial(services.approve_minutes, meeting=found),
        then=reverse("minutes", args=[programme, body, number]),
        said=f"The minutes of meeting {number} are approved and locked.",
        heading=f"Approve the minutes of meeting {number}",
        caption=str(found.body),
        warning="Approved minutes are locked. Correct an entry here if the meeting did: what it said before is kept.",
        stop=stopping.approving(found, clock.today()),
        submit="Approve the minutes",
        breadcrumbs=cells.under_meeting(programme, found),
    )
