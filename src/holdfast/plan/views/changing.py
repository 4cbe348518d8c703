"""The pages that change the plan: adding to it, saying how far something has come, taking back what was a mistake.

Not here: any page that moves a date, for only a decision moves one. Rule: a page that only asks is pages.asking.ask.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import Actor, requires
from holdfast.access.permissions import Permission
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import ask, sent, why_not
from holdfast.pages.confirming import confirm
from holdfast.pages.crumbs import Crumb, crumbs
from holdfast.pages.words import counted, date_words
from holdfast.plan import selectors
from holdfast.plan.doubts import doubt_of_done, doubt_of_due, refuse_withdrawn
from holdfast.plan.forms import ActionForm, ActionPartsForm, DoneForm, MilestoneForm, MistakeForm, ObjectiveForm
from holdfast.plan.models import Action, Change, Milestone, Objective
from holdfast.plan.selectors import page_of
from holdfast.plan.selectors.doubted import doubt_of_met
from holdfast.plan.services import adding, describing, progress
from holdfast.plan.views.cells import THE_PLAN, under

DATE_IS_KEPT = "Its date is kept for good as the original one. After this, only a decision of the Board moves it."


@requires(Permission.MANAGE_PLAN)
def add_objective(request: HttpRequest, programme: str) -> HttpResponse:
    return ask(
        request,
        ObjectiveForm(sent(request), user=request.user, code=programme),
        partial(adding.add_objective, programme=organisation.programme(request.user, programme)),
        then=reverse("plan", args=[programme]),
        said=lambda objective: f"{objective} is in the plan. Add the actions that will meet it.",
        heading="Add an objective",
        submit="Add the objective",
        breadcrumbs=crumbs(programme, THE_PLAN),
    )


@requires(Permission.MANAGE_PLAN)
def add_action(request: HttpRequest, programme: str) -> HttpResponse:
    return _ask_with_a_day(
        request,
        programme,
        ActionForm(sent(request), user=request.user, code=programme),
        doubt_of_due,
        adding.add_action,
        then=page_of,
        said=lambda action: f"{action} is in the plan, due on {date_words(action.due_on)}. Mark it as done when it is.",
        inset=DATE_IS_KEPT,
        heading="Add an action",
        submit="Add the action",
        breadcrumbs=crumbs(programme, THE_PLAN),
    )


@requires(Permission.MANAGE_PLAN)
def add_milestone(request: HttpRequest, programme: str) -> HttpResponse:
    return _ask_with_a_day(
        request,
        programme,
        MilestoneForm(sent(request), user=request.user, code=programme),
        doubt_of_due,
        partial(adding.add_milestone, programme=organisation.programme(request.user, programme)),
        then=page_of,
        said=lambda point: f"{point} is in the plan, due on {date_words(point.due_on)}. Mark it as met when it is.",
        inset=DATE_IS_KEPT,
        heading="Add a milestone",
        submit="Add the milestone",
        breadcrumbs=crumbs(programme, THE_PLAN),
    )


@requires(Permission.MANAGE_PLAN)
def mark_done(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    action = selectors.one_action(request.user, programme, ref)
    return _ask_with_a_day(
        request,
        programme,
        DoneForm(sent(request)),
        partial(doubt_of_done, action),
        partial(progress.mark_done, action=action),
        then=page_of(action),
        said=f"{action.ref} is done. It is not yet evidenced: that is recorded apart, when its evidence is there.",
        inset="Done is not yet evidenced, and evidenced is not yet a difference made: those are recorded apart.",
        heading="Mark as done",
        caption=str(action),
        stop=why_not(progress.refuse_done, action),
        submit="Mark as done",
        breadcrumbs=under(programme, action),
    )


@requires(Permission.MANAGE_PLAN)
def change_action(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    action = selectors.one_action(request.user, programme, ref)
    return ask(
        request,
        ActionPartsForm(sent(request), user=request.user, code=programme, action=action),
        partial(_change, thing=action),
        then=page_of(action),
        said=lambda rows: f"{counted(len(rows), 'part')} of {action.ref} changed. What stood before is kept.",
        heading="Change what the plan says of it",
        caption=str(action),
        inset="What stood before is kept, so that a paper of a past day says what stood then. Its due date is not "
        "here: only a decision of the Board moves that.",
        stop=why_not(refuse_withdrawn, action),
        submit="Save the changes",
        breadcrumbs=under(programme, action),
    )


def _change(*, by: Actor, at: datetime, thing: Action, **parts: Any) -> list[Change]:
    return describing.change_planned(by=by, at=at, thing=thing, parts=parts)


@requires(Permission.MANAGE_PLAN)
def mark_met(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    milestone = selectors.one_milestone(request.user, programme, ref)
    return _ask_with_a_day(
        request,
        programme,
        DoneForm(sent(request)),
        lambda on, today: doubt_of_done(milestone, on, today) or doubt_of_met(milestone, on, today),
        partial(progress.mark_met, milestone=milestone),
        then=page_of(milestone),
        said=f"{milestone.ref} is met. Everybody who reads the plan sees how that is known.",
        inset="Everybody who sees the programme reads how it is known to be met.",
        heading="Mark as met",
        caption=str(milestone),
        stop=why_not(progress.refuse_done, milestone),
        submit="Mark as met",
        breadcrumbs=under(programme, milestone),
    )


@requires(Permission.MANAGE_PLAN)
def withdraw_objective(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    objective = selectors.one_objective(request.user, programme, ref)
    return _withdraw(request, objective, reverse("plan", args=[programme]), crumbs(programme, THE_PLAN))


@requires(Permission.MANAGE_PLAN)
def withdraw_action(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    action = selectors.one_action(request.user, programme, ref)
    return _withdraw(request, action, page_of(action), under(programme, action))


@requires(Permission.MANAGE_PLAN)
def withdraw_milestone(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    milestone = selectors.one_milestone(request.user, programme, ref)
    return _withdraw(request, milestone, page_of(milestone), under(programme, milestone))


def _withdraw(
    request: HttpRequest, thing: Objective | Action | Milestone, then: str, breadcrumbs: Sequence[Crumb]
) -> HttpResponse:
    return ask(
        request,
        MistakeForm(sent(request)),
        partial(progress.withdraw, thing=thing),
        then=then,
        said=f"{thing.ref} is withdrawn. It stays to be read, with why, and papers frozen before keep it.",
        heading="Withdraw what was entered by mistake",
        caption=str(thing),
        inset="It leaves the plan from today and stays to be read, with why. No date is changed: to correct one, "
        "withdraw this and add it again under another reference.",
        stop=why_not(progress.refuse_withdrawing, thing, clock.today()),
        submit="Withdraw it",
        breadcrumbs=breadcrumbs,
    )


@requires(Permission.MANAGE_PLAN)
def take_back_done(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    action = selectors.one_action(request.user, programme, ref)
    return _take_back(request, programme, action, "done")


@requires(Permission.MANAGE_PLAN)
def take_back_met(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    milestone = selectors.one_milestone(request.user, programme, ref)
    return _take_back(request, programme, milestone, "met")


def _take_back(request: HttpRequest, programme: str, thing: Action | Milestone, mark: str) -> HttpResponse:
    return ask(
        request,
        MistakeForm(sent(request)),
        partial(progress.take_back, thing=thing),
        then=page_of(thing),
        said=f"{thing.ref} is no longer marked as {mark}. What the mark said is kept, with why it was wrong.",
        heading=f"Take back that it is {mark}",
        caption=str(thing),
        inset="What the mark said is kept, with why it was wrong. Papers frozen before are not changed.",
        stop=why_not(progress.refuse_taking_back, thing, clock.today()),
        submit="Take it back",
        breadcrumbs=under(programme, thing),
    )


def _ask_with_a_day(
    request: HttpRequest,
    programme: str,
    form: Form,
    doubt: Callable[[date, date], str],
    save: Callable[..., Any],
    *,
    then: str | Callable[[Any], str],
    said: str | Callable[[Any], str],
    inset: str,
    stop: str = "",
    **frame: Any,
) -> HttpResponse:
    """Ask for what carries a day; one that looks mistaken is first read back, on a page of its own."""
    sure = confirm(request, form, _doubt(request, programme, form, doubt), **frame)
    return sure if sure is not None else ask(request, form, save, then=then, said=said, inset=inset, stop=stop, **frame)


def _doubt(request: HttpRequest, programme: str, form: Form, doubt: Callable[[date, date], str]) -> str:
    """What looks mistaken in the date that was typed; "" when nothing does, or the form or the date is refused."""
    if not form.is_bound or not form.is_valid():
        return ""
    on = form.cleaned_data.get("due_on") or form.cleaned_data["on"]
    is_refused = on < organisation.programme(request.user, programme).starts_on
    return "" if is_refused else doubt(on, clock.today())
