"""Pages of worklists: every clock with its counts, one clock's children soonest due first, and the same as a file."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdfast.access import clock as today_is
from holdfast.access.doors import requires
from holdfast.access.permissions import Permission
from holdfast.jobs.attachments import download
from holdfast.pages.crumbs import crumbs
from holdfast.pages.files import as_csv
from holdfast.pages.paging import page_number
from holdfast.pages.tables import Cell, link
from holdfast.performance.selectors import releases
from holdfast.performance.selectors import worklists as lists
from holdfast.performance.selectors.fault_rows import OfChild, left_by_child
from holdfast.performance.selectors.unanswerable import NoRelease, Unanswerable
from holdfast.performance.views.indicators import NO_RELEASE
from holdfast.performance.written_worklists import counts_table, waiting_table

CSV_HEAD = (
    "release",
    "as_at",
    "today",
    "child",
    "due_on",
    "outcome_as_at",
    "working_days_left_today",
    "waited",
    "waited_unit",
    "team",
)


@requires(Permission.SEE_CHILD_RECORDS, or_team=True)
def worklists(request: HttpRequest, programme: str) -> HttpResponse:
    context: dict[str, Any] = {"heading": "Worklists", "breadcrumbs": crumbs(programme)}
    try:
        counts = lists.clock_counts(request.user, programme)
    except NoRelease as none:
        return render(request, NO_RELEASE, context | {"problem": str(none)})
    context["release"] = releases.chosen_release(request.user, programme)
    context["whose"] = lists.whose_worklists(request.user, programme)
    return render(request, "performance/worklists.html", context | {"counts": counts_table(programme, counts)})


@requires(Permission.SEE_CHILD_RECORDS, or_team=True)
def worklist(request: HttpRequest, programme: str, clock: str) -> HttpResponse:
    choice, team = request.GET.get("show", ""), request.GET.get("team", "")
    try:
        seen = lists.worklist(request.user, programme, clock, choice, page_number(request), team=team)
    except NoRelease as none:
        context = {"heading": "Worklist", "breadcrumbs": crumbs(programme), "problem": str(none)}
        return render(request, NO_RELEASE, context)
    context = {
        "heading": seen.clock.title,
        "caption": f"{lists.CHOICES[choice][0]}: {seen.counts[choice]:,}" if seen.has_answer else "",
        "breadcrumbs": crumbs(programme, ("Worklists", "worklists")),
        "seen": seen,
        "today": today_is.today(),
    }
    left = left_by_child(request.user, programme, [waiting.child for waiting in seen.page.rows])
    return render(request, "performance/worklist.html", context | _rows(programme, seen, left))


@requires(Permission.SEE_CHILD_RECORDS, or_team=True)
def worklist_csv(request: HttpRequest, programme: str, clock: str) -> HttpResponse:
    """Every row of what is shown, as a file. One look in the trail."""
    choice, team = request.GET.get("show", ""), request.GET.get("team", "")
    try:
        seen = lists.whole_worklist(request.user, programme, clock, choice, team=team)
    except Unanswerable as problem:
        return HttpResponse(f"{problem}\n", status=404, content_type="text/plain; charset=utf-8")
    name = "-".join(filter(None, (programme, clock, choice, f"release-{seen.release.number}")))
    return download(_csv(seen), f"{name}.csv")


def _rows(programme: str, seen: lists.Worklist, left: Mapping[str, OfChild] | None) -> dict[str, Any]:
    """The table of a worklist, and the links that choose a part of it. `left`: faults to mend, by child."""
    code, asked = seen.clock.code, {"show": seen.choice, "team": seen.team}
    return {
        "waiting": waiting_table(programme, seen, left),
        "choices": [
            link(f"{words} ({seen.counts[choice]:,})", "worklist", programme, code, show=choice, team=seen.team)
            | {"current": choice == seen.choice}
            for choice, (words, _) in lists.CHOICES.items()
            if seen.has_answer and (seen.counts[choice] or choice in ("", seen.choice))
        ],
        "teams": _teams(programme, seen),
        "query": "".join(f"{urlencode({name: value})}&" for name, value in asked.items() if value),
        "csv": link("Download these as CSV", "worklist_csv", programme, code, **asked),
        "records": link("Every record behind it, by outcome", "cases", programme, seen.definition.id),
        "empty_text": "Nobody." if seen.has_answer else "Nobody can be shown.",
        "definition_url": reverse("indicator", args=[programme, seen.definition.id]),
    }


def _teams(programme: str, seen: lists.Worklist) -> list[Cell]:
    """The links that choose a team; none where the account sees one team alone, or the release names none."""
    if len(seen.teams) < 2 and not seen.team:
        return []
    shown = [("", f"All teams ({sum(seen.teams.values()):,})")]
    shown += [(team, f"{team[:1].upper()}{team[1:]} ({n:,})") for team, n in seen.teams.items()]
    return [
        link(words, "worklist", programme, seen.clock.code, show=seen.choice, team=team)
        | {"current": team == seen.team}
        for team, words in shown
    ]


def _csv(seen: lists.Worklist) -> str:
    made_by = (seen.release.number, seen.release.as_at.isoformat(), today_is.today().isoformat())
    return as_csv(
        CSV_HEAD,
        (
            (
                *made_by,
                waiting.child,
                waiting.due_on.isoformat() if waiting.due_on else "",
                waiting.outcome,
                waiting.days_left,
                waiting.waited,
                seen.definition.elapsed_unit,
                waiting.team,
            )
            for waiting in seen.page.rows
        ),
    )
