"""The page that sets two releases beside each other: what moved, and why."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast import analytics
from holdfast.access.doors import requires
from holdfast.access.permissions import Permission
from holdfast.pages.crumbs import crumbs
from holdfast.pages.tables import Column, table
from holdfast.pages.words import counted, date_words, upper_first
from holdfast.performance.forms import CompareForm
from holdfast.performance.selectors import revisions as selectors
from holdfast.performance.selectors.revisions import Revision, Revisions, whole_words
from holdfast.performance.selectors.unanswerable import Unanswerable

LONGER: Final = "No record moved: the part-year that the figure is of has more days."


@requires(Permission.SEE_INDICATORS)
def compare_releases(request: HttpRequest, programme: str) -> HttpResponse:
    choices = selectors.to_compare(request.user, programme)
    form = CompareForm(
        request.GET,
        releases=[(each.number, f"{each.number}, at {date_words(each.as_at)}") for each in choices],
    )
    context = {
        "heading": "What moved between two releases",
        "lede": "Each figure that both releases give and that moved, and why.",
        "breadcrumbs": crumbs(programme, ("Scorecard", "scorecard")),
        "form": form,
    }
    asked = form.cleaned_data if form.is_valid() else {}
    try:
        found = selectors.revisions(request.user, programme, asked.get("older"), asked.get("newer"))
    except Unanswerable as problem:
        return render(request, "performance/compare_releases.html", context | {"problem": str(problem)})
    chosen = {"older": found.older.number, "newer": found.newer.number}
    context["form"] = CompareForm(initial=chosen, releases=[*form.fields["older"].choices])
    return render(request, "performance/compare_releases.html", context | revision_rows(found))


def revision_rows(found: Revisions) -> dict[str, object]:
    """How many figures each cause moved, and a table of moves for each indicator."""
    columns = [
        Column[Revision]("Period", lambda revision: upper_first(revision.move.period.words)),
        Column("Before", lambda revision: whole_words(revision.move.before)),
        Column("After", lambda revision: whole_words(revision.move.after)),
        Column("Why", lambda revision: upper_first(revision.causes_words)),
    ]
    names = dict.fromkeys(revision.move.indicator for revision in found.revisions)
    n_longer = sum(not revision.causes for revision in found.revisions)
    longer = {"key": "Period lengthened", "value": f"{counted(n_longer, 'figure')}. {LONGER}"}
    of_each = {name: [each for each in found.revisions if each.move.indicator == name] for name in names}
    return {
        "found": found,
        "n_moved": counted(len(found.revisions), "figure"),
        "n_not_shown": counted(found.n_not_shown, "figure"),
        "causes": [
            {"key": upper_first(cause), "value": f"{counted(n, 'figure')}. {analytics.CAUSES[cause]}"}
            for cause, n in found.n_by_cause.items()
        ]
        + ([longer] if n_longer else []),
        "parts": [
            {
                "title": f"{name} {each[0].title}",
                "note": f"{counted(len(each), 'figure')} moved",
                "table": table(f"Figures of {name} that moved", columns, each),
            }
            for name, each in of_each.items()
        ],
    }
