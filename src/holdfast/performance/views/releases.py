"""Pages of releases: the list, calculating a draft, one release and what moved, publishing it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.organisation.selectors import programme as programme_seen
from holdfast.performance import selectors, services
from holdfast.performance.models import Release
from holdfast.performance.views.figure_rows import move_rows
from holdfast.performance.views.rows import release_facts, release_rows, source_rows, table_source_rows
from holdfast.performance.views.trails import crumbs


@requires(Permission.SEE_RETURNS)
def releases(request: HttpRequest, programme: str) -> HttpResponse:
    context = {
        "heading": "Releases",
        "lede": "A release is one calculation of every indicator. Once published it never changes.",
        "breadcrumbs": crumbs(programme),
        "may_publish": may(request.user, Permission.PUBLISH_RELEASE, programme),
        **release_rows(selectors.releases(request.user, programme), programme),
    }
    return render(request, "performance/releases.html", context)


@requires(Permission.PUBLISH_RELEASE)
def calculate_release(request: HttpRequest, programme: str) -> HttpResponse:
    if request.method == "POST":
        services.request_release(by=request.user, at=clock.now(), programme=programme_seen(request.user, programme))
        messages.success(request, "A draft release will be calculated. It appears here when it is ready.")
        return redirect("releases", programme=programme)
    context = {"heading": "Calculate a draft release?", "breadcrumbs": crumbs(programme, ("Releases", "releases"))}
    return render(request, "performance/calculate_release.html", context)


@requires(Permission.SEE_RETURNS)
def release_page(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    release = _release(request, programme, number)
    context = {
        "heading": f"Release {number}",
        "caption": release.reference,
        "breadcrumbs": crumbs(programme, ("Releases", "releases")),
        "release": release,
        "facts": release_facts(release),
        **source_rows(release.returns.all(), programme),
        **table_source_rows(selectors.sources(request.user, programme, release)),
        **move_rows(selectors.moves(request.user, programme, release)),
        "may_publish": may(request.user, Permission.PUBLISH_RELEASE, programme) and not release.is_published,
    }
    return render(request, "performance/release_page.html", context)


@requires(Permission.PUBLISH_RELEASE)
def publish_release(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    release = _release(request, programme, number)
    if request.method == "POST":
        try:
            published = services.publish_release(by=request.user, at=clock.now(), release=release)
            messages.success(request, f"Published {published.reference}. Every page now reads it.")
        except services.CannotPublish as cannot:
            messages.warning(request, str(cannot))
        return redirect("release_page", programme=programme, number=number)
    context = {
        "heading": f"Publish release {number}?",
        "caption": release.reference,
        "breadcrumbs": crumbs(programme, ("Releases", "releases"), (f"Release {number}", "release_page", number)),
        "release": release,
    }
    return render(request, "performance/publish_release.html", context)


def _release(request: HttpRequest, programme: str, number: int) -> Release:
    try:
        return selectors.chosen_release(request.user, programme, number)
    except selectors.NoRelease as absent:
        raise Http404(str(absent)) from None
