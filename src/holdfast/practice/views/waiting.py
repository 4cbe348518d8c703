"""The pages of what waits for a manager: supervision that is overdue, and matters without a decision on record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.access.doors import requires
from holdfast.access.permissions import Permission
from holdfast.pages.crumbs import crumbs
from holdfast.pages.paging import page_number
from holdfast.pages.tables import Table
from holdfast.practice import written_waiting as written
from holdfast.practice.selectors import waiting as selectors
from holdfast.practice.selectors.waiting import NoDecision, Overdue

WORKLISTS = ("Worklists", "worklists")


@requires(Permission.SEE_CHILD_RECORDS, or_team=True)
def supervision_overdue(request: HttpRequest, programme: str) -> HttpResponse:
    choice = request.GET.get("show", "")
    found = selectors.supervision_overdue(request.user, programme, choice, page_number(request))
    return _page(request, programme, "supervision_overdue", "Supervision overdue", found, written.overdue_table(found))


@requires(Permission.SEE_CHILD_RECORDS, or_team=True)
def no_decision(request: HttpRequest, programme: str) -> HttpResponse:
    choice = request.GET.get("show", "")
    found = selectors.no_decision(request.user, programme, choice, page_number(request))
    heading = "No manager’s decision on record"
    return _page(request, programme, "no_decision", heading, found, written.undecided_table(found))


def _page(
    request: HttpRequest, programme: str, name: str, heading: str, found: Overdue | NoDecision, rows: Table
) -> HttpResponse:
    context = {
        "heading": heading,
        "breadcrumbs": crumbs(programme, WORKLISTS),
        "seen": found.seen,
        "sentences": found.sentences,
        "choices": written.choices(programme, name, found),
        "rows": rows,
        "query": f"show={found.seen.choice}&" if found.seen.choice else "",
    }
    return render(request, "practice/waiting.html", context)
