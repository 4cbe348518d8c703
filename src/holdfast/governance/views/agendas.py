"""One item of an agenda, changing the agenda, its papers, and the forward plan."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone
from holdfast.governance import stopping
from holdfast.governance.forms import (
    ForwardForm,
    ItemChangeForm,
    ItemForm,
    MoveItemForm,
    PaperForm,
    ReserveForm,
    WithdrawItemForm,
)
from holdfast.governance.models import AgendaItem
from holdfast.governance.selectors import agendas as selectors
from holdfast.governance.selectors import bodies, meetings
from holdfast.governance.selectors.meetings import page_of
from holdfast.governance.services import agendas as services
from holdfast.governance.views import cells
from holdfast.jobs.attachments import download
from holdfast.pages.asking import ask, go_on, refuse, sent, stopped
from holdfast.pages.tables import facts
from holdfast.pages.words import listed


@requires(Permission.SEE_PROGRAMME)
def agenda_item(request: HttpRequest, programme: str, body: str, number: int, order: int) -> HttpResponse:
    user = request.user
    item = selectors.one_item(user, programme, body, number, order)
    context = {
        "heading": item.title,
        "caption": f"Item {item.order}, {item.meeting}",
        "breadcrumbs": cells.under_meeting(programme, item.meeting),
        "item": item,
        "facts": _facts(item),
        "papers": selectors.papers(user, programme, item),
        "entries": selectors.entries(user, programme, item),
        **_offered(item, is_open=may(user, Permission.MANAGE_MEETINGS, programme)),
        "may_decide": may(user, Permission.RECORD_DECISION, programme)
        and not stopping.minuting(item.meeting, clock.today()),
    }
    return render(request, "governance/agenda_item.html", context)


def _offered(item: AgendaItem, *, is_open: bool) -> dict[str, bool]:
    """What the page offers to somebody who manages meetings: what its service would do, and nothing else."""
    return {
        "may_change": is_open and not stopping.locked(item.meeting),
        "may_move": is_open and not stopping.ordering(item.meeting),
        "may_withdraw": is_open and not stopping.withdrawing(item),
        "may_minute": is_open and not stopping.minuting(item.meeting, clock.today()),
    }


def _facts(item: AgendaItem) -> list[dict[str, str]]:
    also = f" Also for: {listed(item.reserved_for)}." if item.reserved_for else ""
    return facts(
        ("What it is for", item.get_purpose_display()),
        ("Brought by", str(item.presenter or "")),
        ("Time given", f"{item.minutes} minutes" if item.minutes else ""),
        ("Where it comes from", item.get_source_display()),
        ("Indicators discussed", ", ".join(item.indicators)),
        ("Reserved because", item.reserved_because + also if item.is_reserved else ""),
        ("Beforehand", item.detail),
    )


@requires(Permission.MANAGE_MEETINGS)
def make_agenda(request: HttpRequest, programme: str, body: str, number: int) -> HttpResponse:
    found = meetings.one_meeting(request.user, programme, body, number)
    return ask(
        request,
        cells.NothingAsked(sent(request)),
        partial(services.make_agenda, meeting=found),
        then=page_of(found),
        said=lambda made: f"The agenda of {found} has {len(made)} items. Change them, and attach their papers.",
        heading="Make the agenda",
        caption=str(found),
        inset="It takes the standing items, what the forward plan has up to that day, and what is still open.",
        stop=stopping.making_agenda(found),
        submit="Make the agenda",
        breadcrumbs=cells.under_meeting(programme, found),
    )


@requires(Permission.MANAGE_MEETINGS)
def add_item(request: HttpRequest, programme: str, body: str, number: int) -> HttpResponse:
    found = meetings.one_meeting(request.user, programme, body, number)
    return ask(
        request,
        ItemForm(sent(request), user=request.user, code=programme),
        partial(services.add_item, meeting=found),
        then=page_of(found),
        said=lambda item: f"Item {item.order} is on the agenda.",
        heading="Add an item",
        caption=str(found),
        stop=stopping.locked(found),
        submit="Add the item",
        breadcrumbs=cells.under_meeting(programme, found),
    )


@requires(Permission.MANAGE_MEETINGS)
def edit_item(request: HttpRequest, programme: str, body: str, number: int, order: int) -> HttpResponse:
    """An item changed against the version that was read: who is second is shown both texts."""
    item = selectors.one_item(request.user, programme, body, number, order)
    form = ItemChangeForm(sent(request), user=request.user, code=programme, initial=_as_read(item))
    theirs, locked = None, stopping.locked(item.meeting)
    frame = {"heading": "Change an item", "caption": f"Item {item.order}, {item.meeting}"}
    frame |= {"breadcrumbs": cells.under_item(programme, item)}
    if locked and request.method != "POST":
        return stopped(request, locked, **frame)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_item(by=request.user, at=clock.now(), item=item, **form.cleaned_data)
        except services.ChangedMeanwhile as changed:
            theirs, form = changed.item, _again(request, programme, changed.item)
            refuse(form, changed)
        except NotDone as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "The item is changed.")
            return redirect(cells.item_page(item))
    context = {**frame, "form": form, "theirs": theirs and _facts(theirs), "item": theirs}
    return render(request, "governance/edit_item.html", context)


def _as_read(item: AgendaItem) -> dict[str, Any]:
    names = ("title", "purpose", "detail", "minutes", "indicators", "version")
    return {name: getattr(item, name) for name in names} | {"presenter": item.presenter_id}


def _again(request: HttpRequest, programme: str, item: AgendaItem) -> ItemChangeForm:
    """What the second writer typed, to be saved against the version that is there now."""
    typed = request.POST.copy()
    typed["version"] = str(item.version)
    form = ItemChangeForm(typed, user=request.user, code=programme)
    form.is_valid()
    return form


@requires(Permission.MANAGE_MEETINGS)
def move_item(request: HttpRequest, programme: str, body: str, number: int, order: int) -> HttpResponse:
    item = selectors.one_item(request.user, programme, body, number, order)
    return ask(
        request,
        MoveItemForm(sent(request)),
        partial(services.move_item, item=item),
        then=page_of(item.meeting),
        said=lambda moved: f"“{moved.title}” is item {moved.order} now. Those between moved by one.",
        heading="Move an item",
        caption=str(item),
        inset="Until the pack is made. From then on members know each item by its number.",
        stop=stopping.ordering(item.meeting),
        submit="Move the item",
        breadcrumbs=cells.under_item(programme, item),
    )


@requires(Permission.MANAGE_MEETINGS)
def withdraw_item(request: HttpRequest, programme: str, body: str, number: int, order: int) -> HttpResponse:
    item = selectors.one_item(request.user, programme, body, number, order)
    return ask(
        request,
        WithdrawItemForm(sent(request)),
        partial(services.withdraw_item, item=item),
        then=page_of(item.meeting),
        said="The item is withdrawn. The agenda's page says why, and what was planned is in the forward plan again.",
        heading="Withdraw an item",
        caption=str(item),
        stop=stopping.withdrawing(item),
        submit="Withdraw the item",
        breadcrumbs=cells.under_item(programme, item),
    )


@requires(Permission.MANAGE_MEETINGS)
def reserve_item(request: HttpRequest, programme: str, body: str, number: int, order: int) -> HttpResponse:
    item = selectors.one_item(request.user, programme, body, number, order)
    return ask(
        request,
        ReserveForm(sent(request), user=request.user, code=programme),
        partial(services.reserve_item, item=item),
        then=cells.item_page(item),
        said=f"Item {item.order} is reserved. Others see its number, and only in the restricted pack is it printed.",
        heading="Reserve an item",
        caption=str(item),
        stop=stopping.locked(item.meeting),
        submit="Reserve the item",
        breadcrumbs=cells.under_item(programme, item),
    )


@requires(Permission.MANAGE_MEETINGS)
def add_paper(request: HttpRequest, programme: str, body: str, number: int, order: int) -> HttpResponse:
    item = selectors.one_item(request.user, programme, body, number, order)
    frame = {"heading": "Attach a paper", "caption": str(item), "breadcrumbs": cells.under_item(programme, item)}
    if request.method != "POST" and (words := stopping.locked(item.meeting)):
        return stopped(request, words, **frame)
    form = PaperForm(sent(request), request.FILES or None, records=selectors.record_choices(request.user, programme))
    done = go_on(
        request,
        form,
        partial(services.add_paper, item=item),
        then=cells.item_page(item),
        said=lambda paper: f"“{paper.title}” is attached. The next pack or supplement takes it.",
    )
    context = {**frame, "form": form, "submit": "Attach the paper"}
    return done or render(request, "governance/add_paper.html", context)


@requires(Permission.SEE_PROGRAMME)
def paper(request: HttpRequest, programme: str, body: str, number: int, order: int, place: int) -> HttpResponseBase:
    """The file of a paper, as it was given."""
    item = selectors.one_item(request.user, programme, body, number, order)
    found, content = selectors.paper_file(request.user, programme, item, place)
    return download(content, found.name, found.content_type)


@requires(Permission.MANAGE_MEETINGS)
def plan_item(request: HttpRequest, programme: str, body: str) -> HttpResponse:
    meant = bodies.one_constitution(request.user, programme, body).body
    return ask(
        request,
        ForwardForm(sent(request)),
        partial(services.plan_item, body=meant),
        then=reverse("body", args=[programme, body]),
        said=lambda planned: f"“{planned}” is in the forward plan. The first agenda made from that day on takes it.",
        heading="Add to the forward plan",
        caption=str(meant),
        submit="Add to the forward plan",
        breadcrumbs=cells.under_body(programme, meant),
    )
