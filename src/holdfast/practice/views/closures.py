"""The pages of closures: whether cases are closed too soon, for everybody; and each closure, for their manager."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.access.doors import may, requires, teams_over
from holdfast.access.permissions import Permission
from holdfast.pages.crumbs import crumbs
from holdfast.pages.paging import page_number
from holdfast.performance.selectors.closings import closings_seen, unseen
from holdfast.performance.selectors.unanswerable import Unanswerable
from holdfast.practice import written_closures as written
from holdfast.practice.selectors import closures as selectors

CLOSURES, WORKLISTS = ("Closures", "closures"), ("Worklists", "worklists")


@requires(Permission.SEE_INDICATORS)
def closures(request: HttpRequest, programme: str) -> HttpResponse:
    user, records = request.user, Permission.SEE_CHILD_RECORDS
    context = {
        "heading": "Are cases closed too soon?",
        "lede": "What the records say of every case that closed, and what audits found of some.",
        "breadcrumbs": crumbs(programme),
    }
    try:
        found = selectors.closures(user, programme)
    except Unanswerable as none:
        return render(request, "practice/closures.html", context | {"problem": str(none)})
    counts = found.counts
    context |= {
        "found": found,
        "signs": written.signs_table(counts),
        "quarters": written.quarters_table(counts) if counts.quarters else None,
        "teams": written.teams_table(counts) if counts.teams else None,
        "may_list": may(user, records, programme) or bool(teams_over(user, records, programme)),
    }
    return render(request, "practice/closures.html", context)


@requires(Permission.SEE_CHILD_RECORDS, or_team=True)
def closings(request: HttpRequest, programme: str) -> HttpResponse:
    choice = request.GET.get("show", "")
    seen = closings_seen(request.user, programme, choice, page_number(request))
    context = {
        "heading": "Cases closed",
        "breadcrumbs": crumbs(programme, CLOSURES),
        "seen": seen,
        "not_held": selectors.not_held_words(seen),
        "choices": written.choices(programme, seen),
        "closings": written.closings_table(selectors.closed(seen)),
        "may_audit": may(request.user, Permission.SEE_AUDITS, programme),
        "query": f"show={seen.choice}&" if seen.choice else "",
    }
    return render(request, "practice/closings.html", context)


@requires(Permission.SEE_CHILD_RECORDS, or_team=True)
def not_seen(request: HttpRequest, programme: str) -> HttpResponse:
    seen = unseen(request.user, programme, page_number(request))
    context = {
        "heading": "Open cases whose child no record says was seen",
        "breadcrumbs": crumbs(programme, WORKLISTS),
        "seen": seen,
        "words": written.unseen_words(seen),
        "cases": written.unseen_table(seen),
    }
    return render(request, "practice/not_seen.html", context)
