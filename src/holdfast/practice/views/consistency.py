"""The page that sets what became of referrals side by side, by who referred and by team."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.access.doors import requires
from holdfast.access.permissions import Permission
from holdfast.pages.crumbs import crumbs
from holdfast.pages.tables import Cell, Column, Table, table, tag
from holdfast.pages.words import counted
from holdfast.performance.selectors import consistency as selectors
from holdfast.performance.selectors.consistency import MEASURES, Group
from holdfast.performance.selectors.unanswerable import Unanswerable

THRESHOLDS = ("Thresholds", "thresholds")


@requires(Permission.SEE_INDICATORS)
def consistency(request: HttpRequest, programme: str) -> HttpResponse:
    context: dict[str, Any] = {
        "heading": "Are referrals answered alike?",
        "lede": "What became of contacts and referrals, by who made them and by the team that took them.",
        "breadcrumbs": crumbs(programme, THRESHOLDS),
    }
    try:
        found = selectors.consistency(request.user, programme)
    except Unanswerable as none:
        return render(request, "practice/consistency.html", context | {"problem": str(none)})
    tables = [(one.why_none, f"{counted(one.n_apart, 'figure')} apart", _table(one)) for one in found.tables]
    return render(
        request,
        "practice/consistency.html",
        context | {"found": found, "tables": tables, "by_chance": selectors.BY_CHANCE},
    )


def _table(found: selectors.SideBySide) -> Table:
    columns = [Column[Group](found.words[:1].upper() + found.words[1:], lambda group: group.name)]
    columns += [Column(MEASURES[measure], _cell(measure)) for measure in found.measures]
    return table(f"By {found.words}", columns, found.groups)


def _cell(measure: str):  # type: ignore[no-untyped-def]
    def cell(group: Group) -> Cell:
        one = group.figures.get(measure)
        if one is None:
            return "none"
        said = f"{one.words}. 95% interval {one.interval}" if " to " in one.interval else one.words
        return tag(f"{one.apart.capitalize()} than all", "yellow", hint=said) if one.apart else said

    return cell
