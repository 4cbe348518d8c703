"""The plan's pages: reading it, adding to it, and saying how far something has come.

Not here: any page that moves a date, for only the Board moves one. Rule: a page that only asks is pages.asking.ask.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import ask, sent
from holdfast.pages.confirming import confirm
from holdfast.pages.crumbs import Crumb, crumbs
from holdfast.pages.tables import Column, facts, link, table, tag
from holdfast.pages.words import counted, date_words, day_or
from holdfast.plan import selectors
from holdfast.plan.doubts import doubt_of_done, doubt_of_due
from holdfast.plan.forms import ActionForm, DoneForm, LatenessForm, MilestoneForm, MistakeForm, ObjectiveForm
from holdfast.plan.models import Action, Milestone, Objective
from holdfast.plan.selectors import ObjectivePlan, page_of
from holdfast.plan.services import adding, progress

THE_PLAN = ("The plan", "plan")
DATE_IS_KEPT = "Its date is kept for good as the original one. After this, only a decision of the Board moves it."
COLOURS = {
    "Late": "red",
    "To do": "grey",
    "Not yet due": "grey",
    "Done, not yet evidenced": "blue",
    "Done and evidenced": "turquoise",
    "Impact shown": "green",
    "Met": "green",
    "Withdrawn": "grey",
}


@requires(Permission.SEE_PROGRAMME)
def plan(request: HttpRequest, programme: str) -> HttpResponse:
    today = clock.today()
    late = selectors.late_actions(request.user, programme, today)
    milestones = selectors.milestones(request.user, programme)
    context = {
        "heading": "The plan",
        "lede": "What will be done, by whom and when, and what it should change.",
        "late_words": _late_words(late, today),
        "late": table("Actions that are late today", _late_columns(today), late),
        "objectives": [_objective(one, today) for one in selectors.plan(request.user, programme, today)],
        "withdrawn": table("Withdrawn, entered by mistake", WITHDRAWN, selectors.withdrawn(request.user, programme)),
        "milestones": table("Milestones, by date", _milestone_columns(today), milestones),
        "may_change": may(request.user, Permission.MANAGE_PLAN, programme),
    }
    return render(request, "plan/plan.html", context)


@requires(Permission.SEE_PROGRAMME)
def plan_action(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    action, today = selectors.one_action(request.user, programme, ref), clock.today()
    context = {
        "heading": str(action),
        "caption": str(action.objective),
        "breadcrumbs": crumbs(programme, THE_PLAN),
        "action": action,
        "state": _state(action, today),
        "facts": _action_facts(action),
        "is_late": action.is_late(today),
        "may_change": may(request.user, Permission.MANAGE_PLAN, programme),
    }
    return render(request, "plan/plan_action.html", context)


@requires(Permission.SEE_PROGRAMME)
def plan_milestone(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    milestone = selectors.one_milestone(request.user, programme, ref)
    context = {
        "heading": str(milestone),
        "caption": "Milestone",
        "breadcrumbs": crumbs(programme, THE_PLAN),
        "milestone": milestone,
        "state": _state(milestone, clock.today()),
        "facts": _milestone_facts(milestone),
        "may_change": may(request.user, Permission.MANAGE_PLAN, programme),
    }
    return render(request, "plan/plan_milestone.html", context)


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
        submit="Mark as done",
        breadcrumbs=_under(programme, action),
    )


@requires(Permission.MANAGE_PLAN)
def explain_lateness(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    action = selectors.one_action(request.user, programme, ref)
    return ask(
        request,
        LatenessForm(sent(request)),
        partial(progress.explain_lateness, action=action),
        then=page_of(action),
        said=f"The plan now says why {action.ref} is late, and so will the next report. Its date has not moved.",
        heading="Say why it is late",
        caption=str(action),
        inset="This does not move its date. Only a decision of the Board does.",
        submit="Save the explanation",
        breadcrumbs=_under(programme, action),
    )


@requires(Permission.MANAGE_PLAN)
def mark_met(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    milestone = selectors.one_milestone(request.user, programme, ref)
    return _ask_with_a_day(
        request,
        programme,
        DoneForm(sent(request)),
        partial(doubt_of_done, milestone),
        partial(progress.mark_met, milestone=milestone),
        then=page_of(milestone),
        said=f"{milestone.ref} is met. Everybody who reads the plan sees how that is known.",
        inset="Everybody who sees the programme reads how it is known to be met.",
        heading="Mark as met",
        caption=str(milestone),
        submit="Mark as met",
        breadcrumbs=_under(programme, milestone),
    )


@requires(Permission.MANAGE_PLAN)
def withdraw_objective(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    objective = selectors.one_objective(request.user, programme, ref)
    return _withdraw(request, objective, reverse("plan", args=[programme]), crumbs(programme, THE_PLAN))


@requires(Permission.MANAGE_PLAN)
def withdraw_action(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    action = selectors.one_action(request.user, programme, ref)
    return _withdraw(request, action, page_of(action), _under(programme, action))


@requires(Permission.MANAGE_PLAN)
def withdraw_milestone(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    milestone = selectors.one_milestone(request.user, programme, ref)
    return _withdraw(request, milestone, page_of(milestone), _under(programme, milestone))


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
        submit="Take it back",
        breadcrumbs=_under(programme, thing),
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
    **frame: Any,
) -> HttpResponse:
    """Ask for what carries a day; one that looks mistaken is first read back, on a page of its own."""
    sure = confirm(request, form, _doubt(request, programme, form, doubt), **frame)
    return sure if sure is not None else ask(request, form, save, then=then, said=said, inset=inset, **frame)


def _doubt(request: HttpRequest, programme: str, form: Form, doubt: Callable[[date, date], str]) -> str:
    """What looks mistaken in the date that was typed; "" when nothing does, or the form or the date is refused."""
    if not form.is_bound or not form.is_valid():
        return ""
    on = form.cleaned_data.get("due_on") or form.cleaned_data["on"]
    is_refused = on < organisation.programme(request.user, programme).starts_on
    return "" if is_refused else doubt(on, clock.today())


def _under(programme: str, thing: Action | Milestone) -> list[Crumb]:
    return [*crumbs(programme, THE_PLAN), (str(thing), page_of(thing))]


def _late_words(late: Sequence[Action], today: date) -> str:
    """How many are late today, and that the number is a live one."""
    n = counted(len(late), "action is", "actions are") if late else "No action is"
    return f"{n} late on {date_words(today)}. This is a live list: it changes with the plan. A paper keeps its own."


def _name(thing: Action | Milestone) -> dict[str, Any]:
    page = "plan_action" if isinstance(thing, Action) else "plan_milestone"
    return link(str(thing), page, thing.programme.code, thing.ref)


def _state(thing: Action | Milestone, today: date) -> dict[str, Any]:
    words = thing.state_words(today)
    return tag(words, COLOURS[words])


def _first_due(thing: Action | Milestone) -> str:
    return date_words(thing.original_due_on) if thing.is_moved else "The same"


def _late_columns(today: date) -> list[Column[Action]]:
    return [
        Column("Action", _name),
        Column("Owner", lambda action: action.owner.title),
        Column("Agency", lambda action: action.agency.name),
        Column("Days late", lambda action: f"{(today - action.due_on).days:,}", numeric=True),
        Column("Why", lambda action: _why_late(action, today)),
    ]


def _why_late(action: Action, today: date) -> str:
    said = action.explanation(today)
    return said.get_cause_display() if said else "Nobody has said yet"


def _objective(found: ObjectivePlan, today: date) -> dict[str, Any]:
    """One objective's heading, and the table of its actions."""
    columns = [
        Column[Action]("Action", _name),
        Column("Owner", lambda action: {"text": action.owner.title, "hint": action.agency.name}),
        Column("Due", lambda action: date_words(action.due_on)),
        Column("First due", _first_due),
        Column("State", lambda action: _state(action, today)),
        Column("Requirements", lambda action: ", ".join(one.ref for one in action.requirements.all()) or "None"),
    ]
    return {"objective": found.objective, "actions": table(str(found.objective), columns, found.actions)}


def _milestone_columns(today: date) -> list[Column[Milestone]]:
    return [
        Column("Milestone", _name),
        Column("Owner", lambda milestone: milestone.owner.title),
        Column("Due", lambda milestone: date_words(milestone.due_on)),
        Column("First due", _first_due),
        Column("State", lambda milestone: _state(milestone, today)),
        Column("Target", lambda milestone: f"{milestone.indicator} {milestone.target}".strip() or "None"),
    ]


def _action_facts(action: Action) -> list[dict[str, str]]:
    kind, ref, title = action.raised_from
    said = action.explanation(clock.today())
    return facts(
        ("What", action.detail),
        ("Owner", f"{action.owner.title}, {action.agency.name}"),
        ("Due", date_words(action.due_on)),
        ("First due", date_words(action.original_due_on)),
        ("Done", day_or(action.done_on, "Not yet")),
        ("What was done", action.done_note),
        ("Evidenced", day_or(action.evidenced_on, "Not yet")),
        ("Impact shown", day_or(action.impact_shown_on, "Not yet")),
        ("Why it is late", str(said) if said else ""),
        ("What will recover it", said.recovery if said else ""),
        ("Intended impact", action.intended_impact),
        *_taken_back(action),
        ("Raised from", ": ".join(part for part in (f"{kind} {ref}".strip(), title) if part)),
    )


def _taken_back(thing: Action | Milestone) -> list[tuple[str, str]]:
    """What was marked or entered by mistake: as pairs of a summary list."""
    marks = [
        (f"Marked as of {date_words(was.was_on)}, taken back", f"{date_words(was.corrected_on)}: {was.reason}")
        for was in thing.corrections.all()
    ]
    return [*marks, ("Withdrawn", _withdrawn_words(thing))]


def _withdrawn_words(thing: Objective | Action | Milestone) -> str:
    return f"{date_words(thing.withdrawn_on)}: {thing.withdrawn_reason}" if thing.withdrawn_on else ""


WITHDRAWN = [
    Column[Objective | Action | Milestone]("What", str),
    Column("Withdrawn, and why", _withdrawn_words),
]


def _milestone_facts(milestone: Milestone) -> list[dict[str, str]]:
    return facts(
        ("Objective", str(milestone.objective or "")),
        ("Owner", milestone.owner.title),
        ("Due", date_words(milestone.due_on)),
        ("First due", date_words(milestone.original_due_on)),
        ("Target", milestone.target),
        ("Met", day_or(milestone.met_on, "Not yet")),
        ("How it is known", milestone.met_note),
        *_taken_back(milestone),
    )
