"""Pages of indicators: the scorecard, one indicator, its CSV, the records behind a figure, and how each is counted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.access.doors import requires
from holdfast.access.permissions import Permission
from holdfast.jobs.attachments import download
from holdfast.pages.crumbs import crumbs
from holdfast.pages.paging import page_number
from holdfast.performance.forms import SeriesForm
from holdfast.performance.selectors import indicators, releases
from holdfast.performance.selectors.cases import Asked, cases_asked
from holdfast.performance.selectors.unanswerable import BreakdownNotHeld, NoRelease, Unanswerable, Withheld
from holdfast.performance.views.decided import decided_rows
from holdfast.performance.views.figure_rows import (
    case_rows,
    definition_facts,
    scorecard_parts,
    series_choices,
    series_rows,
)
from holdfast.performance.views.published import beside_rows
from holdfast.performance.views.rows import release_asked

NO_RELEASE = "performance/no_release.html"


@requires(Permission.SEE_INDICATORS)
def scorecard(request: HttpRequest, programme: str) -> HttpResponse:
    context = {"heading": "Scorecard", "breadcrumbs": crumbs(programme)}
    try:
        release = release_asked(request)
        lines = indicators.scorecard(request.user, programme, release)
    except NoRelease as none:
        return render(request, NO_RELEASE, context | {"problem": str(none)})
    context["release"] = releases.chosen_release(request.user, programme, release)
    return render(request, "performance/scorecard.html", context | scorecard_parts(lines, programme, release))


@requires(Permission.SEE_INDICATORS)
def definitions(request: HttpRequest, programme: str) -> HttpResponse:
    context = {
        "heading": "All indicators, how they are counted",
        "breadcrumbs": crumbs(programme, ("Scorecard", "scorecard")),
        "cards": [(card, definition_facts(card)) for card in indicators.definition_cards()],
    }
    return render(request, "performance/definitions.html", context)


@requires(Permission.SEE_INDICATORS)
def indicator(request: HttpRequest, programme: str, indicator: str) -> HttpResponse:
    card = indicators.definition_card(indicator)
    context = {
        "heading": card.title,
        "caption": f"Indicator {card.id}",
        "lede": card.question,
        "breadcrumbs": crumbs(programme, ("Scorecard", "scorecard")),
        "definition": card,
        "facts": definition_facts(card),
    }
    by, group, release = request.GET.get("by", ""), request.GET.get("group", ""), release_asked(request)
    try:
        seen, context["refused"] = indicators.series(request.user, programme, indicator, by, group, release), ""
    except BreakdownNotHeld as not_held:
        seen = indicators.series(request.user, programme, indicator, release=release)
        context["refused"] = str(not_held)
    except (NoRelease, Withheld) as none:
        return render(request, NO_RELEASE, context | {"problem": str(none)})
    form = SeriesForm(request.GET, breakdowns=series_choices(seen))
    context |= {"seen": seen, "form": form} | series_rows(seen, request.GET.get("periods", ""), request.user)
    if not by:
        context |= beside_rows(request.user, seen) | decided_rows(request.user, seen)
    return render(request, "performance/indicator.html", context)


@requires(Permission.SEE_INDICATORS)
def indicator_csv(request: HttpRequest, programme: str, indicator: str) -> HttpResponse:
    """Every figure of the indicator, as the account may see it, as a file."""
    by, group, release = request.GET.get("by", ""), request.GET.get("group", ""), release_asked(request)
    try:
        seen = indicators.series(request.user, programme, indicator, by, group, release)
    except (BreakdownNotHeld, NoRelease, Withheld) as refused:
        return HttpResponse(f"{refused}\n", status=404, content_type="text/plain; charset=utf-8")
    name = "-".join(filter(None, (programme, indicator, by, f"release-{seen.release.number}")))
    return download(seen.as_csv(), f"{name}.csv")


@requires(Permission.SEE_CHILD_RECORDS, or_team=True)
def cases(request: HttpRequest, programme: str, indicator: str) -> HttpResponse:
    asked = Asked(**{name: request.GET.get(name, "") for name in ("period", "outcome", "breakdown", "group")})
    card = indicators.definition_card(indicator)
    context = {
        "heading": f"Records behind {card.title}",
        "caption": f"Indicator {card.id}",
        "breadcrumbs": crumbs(programme, ("Scorecard", "scorecard"), (card.title, "indicator", card.id)),
    }
    try:
        seen = cases_asked(
            request.user, programme, indicator, asked, page_number(request), release=release_asked(request)
        )
    except Unanswerable as problem:
        return render(request, NO_RELEASE, context | {"problem": str(problem)}, status=404)
    context |= {"seen": seen} | case_rows(seen)
    return render(request, "performance/cases.html", context)
