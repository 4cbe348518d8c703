"""Pages that add to the plan, or say how far something has come. No page moves a date: only the Board does."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import requires
from holdfast.access.permissions import Permission
from holdfast.organisation import selectors as organisation
from holdfast.plan import selectors, services
from holdfast.plan.forms import ActionForm, DoneForm, LatenessForm, MilestoneForm, ObjectiveForm
from holdfast.plan.models import Action

REFUSALS = (
    services.DoneAlready,
    services.NotLate,
    services.NothingSaid,
    services.RefTaken,
    services.TooEarly,
    services.UnknownRefs,
)


def _change(
    request: HttpRequest, programme: str, form: Form, save: Callable[..., str], context: dict[str, Any]
) -> HttpResponse:
    """Show the form; on POST save it and go to the page that `save` names. A refusal goes to the top of the form."""
    if request.method == "POST" and form.is_valid():
        try:
            page = save(by=request.user, at=clock.now())
            messages.success(request, "Saved.")
            return redirect(page)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
    context |= {"form": form, "breadcrumbs": [("The plan", reverse("plan", args=[programme]))]}
    return render(request, "plan/change.html", context)


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@requires(Permission.MANAGE_PLAN)
def add_objective(request: HttpRequest, programme: str) -> HttpResponse:
    owner = organisation.programme(request.user, programme)
    form = ObjectiveForm(_typed(request))

    def save(**who: Any) -> str:
        services.add_objective(**who, programme=owner, **form.cleaned_data)
        return reverse("plan", args=[programme])

    return _change(request, programme, form, save, {"heading": "Add an objective", "submit": "Add the objective"})


@requires(Permission.MANAGE_PLAN)
def add_action(request: HttpRequest, programme: str) -> HttpResponse:
    form = ActionForm(_typed(request), user=request.user, code=programme)

    def save(**who: Any) -> str:
        added = services.add_action(**who, **form.cleaned_data)
        return reverse("plan_action", args=[programme, added.ref])

    words = "Its date is kept for good as the original one. After this, only a decision of the Board moves it."
    context = {"heading": "Add an action", "inset": words, "submit": "Add the action"}
    return _change(request, programme, form, save, context)


@requires(Permission.MANAGE_PLAN)
def add_milestone(request: HttpRequest, programme: str) -> HttpResponse:
    owner = organisation.programme(request.user, programme)
    form = MilestoneForm(_typed(request), user=request.user, code=programme)

    def save(**who: Any) -> str:
        added = services.add_milestone(**who, programme=owner, **form.cleaned_data)
        return reverse("plan_milestone", args=[programme, added.ref])

    words = "Its date is kept for good as the original one. After this, only a decision of the Board moves it."
    context = {"heading": "Add a milestone", "inset": words, "submit": "Add the milestone"}
    return _change(request, programme, form, save, context)


def _action(request: HttpRequest, programme: str, ref: str) -> Action:
    try:
        return selectors.one_action(request.user, programme, ref)
    except selectors.NoSuchAction as missing:
        raise Http404(str(missing)) from missing


@requires(Permission.MANAGE_PLAN)
def mark_done(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    found = _action(request, programme, ref)
    form = DoneForm(_typed(request))

    def save(**who: Any) -> str:
        services.mark_done(**who, action=found, **form.cleaned_data)
        return reverse("plan_action", args=[programme, found.ref])

    words = "Done is not yet evidenced, and evidenced is not yet a difference made: those are recorded apart."
    context = {"heading": "Mark as done", "caption": str(found), "inset": words, "submit": "Mark as done"}
    return _change(request, programme, form, save, context)


@requires(Permission.MANAGE_PLAN)
def explain_lateness(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    found = _action(request, programme, ref)
    form = LatenessForm(_typed(request))

    def save(**who: Any) -> str:
        services.explain_lateness(**who, action=found, **form.cleaned_data)
        return reverse("plan_action", args=[programme, found.ref])

    words = "This does not move its date. Only a decision of the Board does."
    context = {"heading": "Say why it is late", "caption": str(found), "inset": words, "submit": "Save"}
    return _change(request, programme, form, save, context)


@requires(Permission.MANAGE_PLAN)
def mark_met(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    try:
        found = selectors.one_milestone(request.user, programme, ref)
    except selectors.NoSuchMilestone as missing:
        raise Http404(str(missing)) from missing
    form = DoneForm(_typed(request))

    def save(**who: Any) -> str:
        services.mark_met(**who, milestone=found, **form.cleaned_data)
        return reverse("plan_milestone", args=[programme, found.ref])

    context = {"heading": "Mark as met", "caption": str(found), "submit": "Mark as met"}
    return _change(request, programme, form, save, context)
