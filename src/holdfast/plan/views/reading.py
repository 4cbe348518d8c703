"""Pages that show the plan. Nothing here changes anything."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.plan import selectors
from holdfast.plan.views import written


@requires(Permission.SEE_PROGRAMME)
def plan(request: HttpRequest, programme: str) -> HttpResponse:
    today = clock.today()
    found = selectors.plan(request.user, programme, today)
    late = selectors.late_actions(request.user, programme, today)
    context = {
        "heading": "The plan",
        "lede": "What will be done, by whom and when, and what it should change.",
        "late_words": written.late_words(late, today),
        "late": written.late_rows(programme, late, today),
        "late_head": written.LATE_HEAD,
        "objectives": [written.objective_tables(programme, one, today) for one in found],
        "milestones": written.milestone_rows(programme, selectors.milestones(request.user, programme), today),
        "milestone_head": written.MILESTONE_HEAD,
        "may_change": may(request.user, Permission.MANAGE_PLAN, programme),
    }
    return render(request, "plan/plan.html", context)


@requires(Permission.SEE_PROGRAMME)
def plan_action(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    try:
        found = selectors.one_action(request.user, programme, ref)
    except selectors.NoSuchAction as missing:
        raise Http404(str(missing)) from missing
    today = clock.today()
    context = {
        "heading": str(found),
        "caption": str(found.objective),
        "breadcrumbs": [("The plan", reverse("plan", args=[programme]))],
        "action": found,
        "state": written.state(found, today),
        "facts": written.action_facts(found),
        "is_late": found.is_late(today),
        "may_change": may(request.user, Permission.MANAGE_PLAN, programme),
    }
    return render(request, "plan/plan_action.html", context)


@requires(Permission.SEE_PROGRAMME)
def plan_milestone(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    try:
        found = selectors.one_milestone(request.user, programme, ref)
    except selectors.NoSuchMilestone as missing:
        raise Http404(str(missing)) from missing
    context = {
        "heading": str(found),
        "caption": "Milestone",
        "breadcrumbs": [("The plan", reverse("plan", args=[programme]))],
        "milestone": found,
        "state": written.state(found, clock.today()),
        "facts": written.milestone_facts(found),
        "may_change": may(request.user, Permission.MANAGE_PLAN, programme),
    }
    return render(request, "plan/plan_milestone.html", context)
