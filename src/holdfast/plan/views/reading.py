"""The pages that read the plan: the whole of it, and one milestone. One action has its own (one_action.py)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.jobs.attachments import download
from holdfast.pages.crumbs import crumbs
from holdfast.pages.kept import keep
from holdfast.pages.tables import table
from holdfast.plan import selectors
from holdfast.plan.selectors.doubted import doubts_of_met
from holdfast.plan.selectors.exceptions import csv_of, exceptions, summary
from holdfast.plan.selectors.impact import to_reopen
from holdfast.plan.views import cells
from holdfast.plan.views.cells import THE_PLAN


@requires(Permission.SEE_PROGRAMME)
def plan(request: HttpRequest, programme: str) -> HttpResponse:
    context = keep("plan", request.user, programme, lambda: _plan(request.user, programme))
    return render(request, "plan/plan.html", context)


def _plan(user: Any, programme: str) -> dict[str, Any]:
    today = clock.today()
    objectives = selectors.plan(user, programme, today)
    actions = [action for objective in objectives for action in objective.actions]
    milestones = selectors.milestones(user, programme)
    late = selectors.longest_late(actions, today)
    return {
        "heading": "The plan",
        "lede": "What will be done, by whom and when, and what it should change.",
        "missed_words": cells.missed_words([*actions, *milestones], today),
        "proposed": [proposed.words for proposed in to_reopen(user, programme, actions, today)],
        "late_words": cells.late_words(late, milestones, today),
        "late": table("Actions that are late today", cells.late_columns(today), late),
        "objectives": [cells.objective_table(one, today) for one in objectives],
        "withdrawn": table("Withdrawn, entered by mistake", cells.WITHDRAWN, selectors.withdrawn(user, programme)),
        "milestones": table("Milestones, by date", cells.milestone_columns(today), milestones),
        "milestones_note": cells.how_many(milestones, "milestone", today),
        "may_change": may(user, Permission.MANAGE_PLAN, programme),
    }


@requires(Permission.SEE_PROGRAMME)
def plan_exceptions(request: HttpRequest, programme: str) -> HttpResponse:
    context = keep("what is late", request.user, programme, lambda: _exceptions(request.user, programme))
    return render(request, "plan/plan_exceptions.html", context)


def _exceptions(user: Any, programme: str) -> dict[str, Any]:
    today, found = clock.today(), exceptions(user, programme)
    n_all = len(selectors.whole_actions(user, programme)) + selectors.milestones(user, programme).count()
    return {
        "heading": "Exception report",
        "caption": "The plan",
        "lede": "What was not done by the date first promised, and what was moved: why, and what will recover it.",
        "breadcrumbs": crumbs(programme, THE_PLAN),
        "summary": summary(found, n_all, today),
        "unfinished": table("Not done", cells.exception_columns(), [each for each in found if each.is_unfinished]),
        "finished": table("Done late", cells.exception_columns(), [each for each in found if not each.is_unfinished]),
    }


@requires(Permission.SEE_PROGRAMME)
def plan_exceptions_csv(request: HttpRequest, programme: str) -> HttpResponse:
    late = keep("what is late, as CSV", request.user, programme, lambda: csv_of(exceptions(request.user, programme)))
    return download(late, "exceptions.csv")


@requires(Permission.SEE_PROGRAMME)
def plan_milestone(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    milestone, today = selectors.one_milestone(request.user, programme, ref), clock.today()
    context = {
        "heading": str(milestone),
        "caption": "Milestone",
        "breadcrumbs": crumbs(programme, THE_PLAN),
        "milestone": milestone,
        "state": cells.state(milestone, today),
        "doubt": doubts_of_met(programme, [milestone], today).get(milestone.ref, ""),
        "facts": cells.milestone_facts(milestone),
        "moves": table("How its date was moved", cells.revision_columns(programme), milestone.revisions_by(today)),
        "targets": table(
            "How what it must reach was changed",
            cells.target_columns(programme),
            [change for change in milestone.changes.all() if change.part == "target"],
        ),
        "may_change": may(request.user, Permission.MANAGE_PLAN, programme),
    }
    return render(request, "plan/plan_milestone.html", context)
