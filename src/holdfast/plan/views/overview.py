"""The pages over the whole plan: over time, crossed with what it answers, kept after the notice, as agreed."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.agreements.differing import Line, Piece
from holdfast.agreements.selectors import page_of as agreement_page
from holdfast.pages.addresses import address
from holdfast.pages.asking import ask, sent
from holdfast.pages.crumbs import crumbs
from holdfast.pages.kept import keep
from holdfast.pages.tables import Cell, Column, link, table, tag
from holdfast.pages.words import counted, date_words
from holdfast.plan import agreeing, selectors
from holdfast.plan.forms import HandoverForm
from holdfast.plan.selectors import sustaining
from holdfast.plan.selectors.crossing import Crossed, crossed
from holdfast.plan.selectors.sustaining import NOT_KNOWN, NOT_SUSTAINED, SUSTAINED, HandoverLine, Kept
from holdfast.plan.services import sustaining as handing
from holdfast.plan.timeline import draw, timed
from holdfast.plan.views.cells import THE_PLAN

KEPT_COLOURS = {SUSTAINED: "green", NOT_SUSTAINED: "orange", NOT_KNOWN: "grey"}


@requires(Permission.SEE_PROGRAMME)
def plan_timeline(request: HttpRequest, programme: str) -> HttpResponse:
    context = keep("timeline", request.user, programme, lambda: _timeline(request.user, programme))
    return render(request, "plan/plan_timeline.html", context)


def _timeline(user: Any, programme: str) -> dict[str, Any]:
    today, found = clock.today(), selectors.plan(user, programme)
    apart = [point for point in selectors.milestones(user, programme) if point.objective is None]
    groups = [(str(each.objective), [*each.actions, *each.milestones]) for each in found]
    groups += [("Milestones of no one objective", list(apart))] if apart else []
    drawings = []
    for title, things in groups:
        rows = sorted((timed(thing, today) for thing in things), key=lambda row: (row.first_due_on, row.ref))
        drawings += [draw(title, rows, today)] if rows else []
    return {
        "heading": "The plan over time",
        "caption": "The plan",
        "lede": "When each action and milestone was first due, to when decisions moved it, and when it was done.",
        "breadcrumbs": crumbs(programme, THE_PLAN),
        "drawings": drawings,
    }


@requires(Permission.SEE_PROGRAMME)
def plan_crosswalk(request: HttpRequest, programme: str) -> HttpResponse:
    context = keep("crosswalk", request.user, programme, lambda: _crosswalk(request.user, programme))
    return render(request, "plan/plan_crosswalk.html", context)


def _crosswalk(user: Any, programme: str) -> dict[str, Any]:
    found = crossed(user, programme)
    return {
        "heading": "What the plan answers",
        "caption": "The plan",
        "lede": "Each action and objective with what it serves of the notice and the inspection; and the gaps.",
        "breadcrumbs": crumbs(programme, THE_PLAN),
        "gaps": found.gaps,
        "objectives": table("By objective", _crossed_columns("Objective"), found.objectives),
        "actions": table("By action", _crossed_columns("Action"), found.actions),
    }


def _crossed_columns(what: str) -> list[Column[Crossed]]:
    return [
        Column(what, lambda one: {"text": one.words, "url": one.url}),
        Column("Requirements", lambda one: ", ".join(one.requirements) or "None"),
        Column("Recommendations", lambda one: ", ".join(one.recommendations) or "None"),
        Column("Indicators", lambda one: ", ".join(one.indicators) or "None"),
        Column("Gap", lambda one: "; ".join(one.gaps) or "No gap"),
    ]


@requires(Permission.SEE_PROGRAMME)
def plan_sustainment(request: HttpRequest, programme: str) -> HttpResponse:
    context = keep("keeping the gains", request.user, programme, lambda: _sustainment(request.user, programme))
    return render(request, "plan/plan_sustainment.html", context)


def _sustainment(user: Any, programme: str) -> dict[str, Any]:
    lines = sustaining.handovers(user, programme)
    kept = sustaining.kept(user, programme)
    named = sum(line.handover is not None for line in lines)
    return {
        "heading": "Keeping the gains",
        "caption": "The plan",
        "lede": "Who takes over each requirement when the notice ends, and which gains have been kept.",
        "breadcrumbs": crumbs(programme, THE_PLAN),
        "summary": f"{named} of {counted(len(lines), 'requirement')} have somebody who takes them over.",
        "kept": table("Indicators with a target or standard", KEPT, kept),
        "handovers": table("Who takes over", _handover_columns(user, programme), lines),
    }


KEPT = [
    Column[Kept]("Indicator", lambda one: f"{one.indicator} {one.title}"),
    Column("Kept for six months?", lambda one: tag(one.state.capitalize(), KEPT_COLOURS[one.state])),
    Column("Why", lambda one: one.words),
]


def _handover_columns(user: Any, programme: str) -> list[Column[HandoverLine]]:
    manages = may(user, Permission.MANAGE_PLAN, programme)

    def who(line: HandoverLine) -> Cell:
        if line.handover is not None:
            return {"text": line.handover.post.title, "hint": f"From {date_words(line.handover.from_on)}"}
        if manages:
            return link(
                "Name who takes it over", "hand_over", programme, line.requirement.ref, hidden=str(line.requirement)
            )
        return "Nobody named"

    return [
        Column("Requirement", lambda line: link(str(line.requirement), "requirement", programme, line.requirement.ref)),
        Column("Who takes it over", who),
        Column("By what control", lambda line: line.handover.control if line.handover else "None said"),
    ]


@requires(Permission.MANAGE_PLAN)
def hand_over(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    requirement = selectors.one_requirement(request.user, programme, ref)
    trail = [*crumbs(programme, THE_PLAN, ("Keeping the gains", "plan_sustainment"))]
    return ask(
        request,
        HandoverForm(sent(request), user=request.user, code=programme),
        partial(handing.hand_over, requirement=requirement),
        then=address("plan_sustainment", programme),
        said=lambda row: f"{requirement.ref} goes to {row.post.title} on {date_words(row.from_on)}.",
        heading="Name who takes it over",
        caption=str(requirement),
        inset="A newer one takes the place of the one before it, which is kept.",
        submit="Save it",
        breadcrumbs=trail,
    )


CHANGED = [
    Column[Line]("Line", lambda line: line.kind.capitalize() if not line.n else f"{line.n} lines the same"),
    Column("Words", lambda line: " ".join(_marked(piece) for piece in line.pieces)),
]


def _marked(piece: Piece) -> str:
    """Words of a line, those added or removed marked in words."""
    return piece.text if piece.kind == "same" else f"[{piece.kind}: {piece.text.strip()}]"


@requires(Permission.SEE_PROGRAMME)
def plan_agreed(request: HttpRequest, programme: str) -> HttpResponse:
    context = keep("the plan agreed", request.user, programme, lambda: _agreed(request.user, programme))
    return render(request, "plan/plan_agreed.html", context)


def _agreed(user: Any, programme: str) -> dict[str, Any]:
    version = agreeing.in_force(user, programme)
    lines = agreeing.changed_since(user, programme, version) if version else []
    return {
        "heading": "The plan and what was agreed",
        "caption": "The plan",
        "breadcrumbs": crumbs(programme, THE_PLAN),
        "version": version,
        "url": agreement_page(version) if version else "",
        "lines": table("What has changed since", CHANGED, lines),
    }
