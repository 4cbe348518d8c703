"""The pages that read the plan: the whole of it, one action, one milestone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.pages.crumbs import crumbs
from holdfast.pages.tables import table
from holdfast.plan import selectors
from holdfast.plan.views import cells
from holdfast.plan.views.cells import THE_PLAN


@requires(Permission.SEE_PROGRAMME)
def plan(request: HttpRequest, programme: str) -> HttpResponse:
    today = clock.today()
    late = selectors.late_actions(request.user, programme, today)
    objectives, milestones = (
        selectors.plan(request.user, programme, today),
        selectors.milestones(request.user, programme),
    )
    dated = [*(action for objective in objectives for action in objective.actions), *milestones]
    context = {
        "heading": "The plan",
        "lede": "What will be done, by whom and when, and what it should change.",
        "missed_words": cells.missed_words(dated, today),
        "late_words": cells.late_words(late, today),
        "late": table("Actions that are late today", cells.late_columns(today), late),
        "objectives": [cells.objective_table(one, today) for one in objectives],
        "withdrawn": table(
            "Withdrawn, entered by mistake", cells.WITHDRAWN, selectors.withdrawn(request.user, programme)
        ),
        "milestones": table("Milestones, by date", cells.milestone_columns(today), milestones),
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
        "state": cells.state(action, today),
        "facts": cells.action_facts(action),
        "is_late": action.is_late(today),
        "moves": table("How its date was moved", cells.revision_columns(programme), action.revisions_by(today)),
        "may_change": may(request.user, Permission.MANAGE_PLAN, programme),
    }
    return render(request, "plan/plan_action.html", context)


@requires(Permission.SEE_PROGRAMME)
def plan_milestone(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    milestone, today = selectors.one_milestone(request.user, programme, ref), clock.today()
    context = {
        "heading": str(milestone),
        "caption": "Milestone",
        "breadcrumbs": crumbs(programme, THE_PLAN),
        "milestone": milestone,
        "state": cells.state(milestone, today),
        "facts": cells.milestone_facts(milestone),
        "moves": table("How its date was moved", cells.revision_columns(programme), milestone.revisions_by(today)),
        "may_change": may(request.user, Permission.MANAGE_PLAN, programme),
    }
    return render(request, "plan/plan_milestone.html", context)
