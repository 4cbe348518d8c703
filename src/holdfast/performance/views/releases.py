"""Pages of releases: the list, calculating a draft, one release and what moved, publishing it."""

from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.organisation.selectors import programme as programme_seen
from holdfast.pages.asking import ask, sent
from holdfast.pages.crumbs import crumbs
from holdfast.pages.words import date_words
from holdfast.performance.forms import AcceptLossForm
from holdfast.performance.models import Release
from holdfast.performance.selectors import cover, returns
from holdfast.performance.selectors import releases as selectors
from holdfast.performance.selectors.uploads import effects_in_draft
from holdfast.performance.services import releases as services
from holdfast.performance.views.figure_rows import move_rows
from holdfast.performance.views.rows import (
    calculation_words,
    cover_table,
    release_facts,
    releases_table,
    sources_table,
)
from holdfast.performance.views.waiting_rows import effect_rows

RELEASES = ("Releases", "releases")


@requires(Permission.SEE_RETURNS)
def releases(request: HttpRequest, programme: str) -> HttpResponse:
    context = {
        "heading": "Releases",
        "lede": "A release is one calculation of every indicator. Once published it never changes.",
        "breadcrumbs": crumbs(programme),
        "may_publish": may(request.user, Permission.PUBLISH_RELEASE, programme),
        **calculation_words(returns.last_calculation(request.user, programme)),
        "releases": releases_table(selectors.releases(request.user, programme), programme),
    }
    return render(request, "performance/releases.html", context)


@requires(Permission.PUBLISH_RELEASE)
def calculate_release(request: HttpRequest, programme: str) -> HttpResponse:
    words = "Every return read so far is calculated again, with what the plan and the notice hold today."
    return ask(
        request,
        Form(sent(request)),
        partial(services.request_release, programme=programme_seen(request.user, programme)),
        then=reverse("releases", args=[programme]),
        said="A draft release will be calculated. It appears here when it is ready.",
        heading="Calculate a draft release?",
        inset=f"{words} A draft appears under Releases. Nothing that is published changes.",
        submit="Calculate a draft",
        breadcrumbs=crumbs(programme, RELEASES),
    )


@requires(Permission.SEE_INDICATORS)
def release_page(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Whoever may see a figure may see what it was made from; a draft is for those who may see returns."""
    release = selectors.chosen_release(request.user, programme, number)
    sees_returns = may(request.user, Permission.SEE_RETURNS, programme)
    context = {
        "heading": f"Release {number}",
        "caption": f"{release.get_state_display()}, data as at {date_words(release.as_at)}",
        "breadcrumbs": crumbs(programme, *([RELEASES] if sees_returns else [])),
        "release": release,
        "facts": release_facts(release),
        "sources": sources_table(release.returns.all(), programme, are_linked=sees_returns),
        "cover": cover_table(cover.sources(request.user, programme, release)),
        **move_rows(selectors.moves(request.user, programme, release)),
        "new_returns": _new_returns(request, release) if sees_returns else [],
        "may_publish": may(request.user, Permission.PUBLISH_RELEASE, programme) and not release.is_published,
    }
    return render(request, "performance/release_page.html", context)


def _new_returns(request: HttpRequest, release: Release) -> list[dict[str, Any]]:
    """What each return that is new in a draft can move, as its own page says it."""
    found = effects_in_draft(request.user, release)
    return [{"heading": f"Return {new.number}, {new.name}", "effect": effect_rows(effect)} for new, effect in found]


@requires(Permission.PUBLISH_RELEASE)
def publish_release(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    release = selectors.chosen_release(request.user, programme, number)
    return ask(
        request,
        AcceptLossForm(sent(request)) if release.loses else Form(sent(request)),
        partial(services.publish_release, release=release),
        then=reverse("release_page", args=[programme, number]),
        said=lambda published: f"Published {published.reference}. Every page now reads it.",
        heading=f"Publish release {number}?",
        caption=release.reference,
        inset=f"Every page and report reads it from the moment you publish it. {_moved(release)}",
        warning=f"{release.loses} ".lstrip()
        + "A published release never changes and cannot be withdrawn. A correction is a new release.",
        submit="Publish it",
        breadcrumbs=crumbs(programme, RELEASES, (f"Release {number}", "release_page", number)),
    )


def _moved(release: Release) -> str:
    if release.compared_with is None:
        return "It is the first release."
    return f"Since {release.compared_with.reference}: {release.moved_words}."
