"""Who the programme is made of: everybody in it reads one page; the programme office adds to it."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.organisation import selectors, services
from holdfast.organisation.forms import AgencyForm, AliasForm, BodyForm, HolderForm, PostForm, TeamForm, posted, refuse

PROBLEMS = (services.BadCode, services.NameTaken, services.NotOurs)


def _trail_back(programme: str) -> list[tuple[str, str]]:
    return [("Home", reverse("home", args=[programme])), ("People and bodies", reverse("people", args=[programme]))]


def _add(
    request: HttpRequest, code: str, form: Form, add: Any, heading: str, lede: str = "", **to: Any
) -> HttpResponse:
    """Show a form, or do what it asks through the service `add` and go back to the people page."""
    if request.method == "POST" and form.is_valid():
        try:
            add(by=request.user, at=clock.now(), **to, **form.cleaned_data)
            messages.success(request, "Saved.")
            return redirect("people", programme=code)
        except PROBLEMS as problem:
            refuse(form, problem)
    context = {"heading": heading, "lede": lede, "form": form, "breadcrumbs": _trail_back(code)}
    return render(request, "organisation/add.html", context)


@requires(Permission.SEE_PROGRAMME)
def people(request: HttpRequest, programme: str) -> HttpResponse:
    """Agencies, bodies with their other names, teams, and posts with who holds them."""
    user = request.user
    context = {
        "heading": "People and bodies",
        "lede": "Who agrees, who does, and who answers for what.",
        "breadcrumbs": [("Home", reverse("home", args=[programme]))],
        "code": programme,
        "agencies": selectors.agencies(user, programme),
        "bodies": selectors.bodies(user, programme),
        "teams": selectors.teams(user, programme),
        "posts": selectors.posts(user, programme),
        "role_holders": selectors.role_holders_in_words(user, programme),
        "may_change": may(user, Permission.MANAGE_ORGANISATION, programme),
    }
    return render(request, "organisation/people.html", context)


@requires(Permission.MANAGE_ORGANISATION)
def add_agency(request: HttpRequest, programme: str) -> HttpResponse:
    owner = selectors.programme(request.user, programme)
    form = AgencyForm(posted(request))
    return _add(request, programme, form, services.add_agency, "Add an agency", programme=owner)


@requires(Permission.MANAGE_ORGANISATION)
def add_team(request: HttpRequest, programme: str) -> HttpResponse:
    owner = selectors.programme(request.user, programme)
    form = TeamForm(posted(request))
    return _add(request, programme, form, services.add_team, "Add a team", programme=owner)


@requires(Permission.MANAGE_ORGANISATION)
def add_body(request: HttpRequest, programme: str) -> HttpResponse:
    owner = selectors.programme(request.user, programme)
    form = BodyForm(posted(request))
    return _add(request, programme, form, services.add_body, "Add a body", programme=owner)


@requires(Permission.MANAGE_ORGANISATION)
def add_alias(request: HttpRequest, programme: str, body: str) -> HttpResponse:
    found = get_object_or_404(selectors.bodies(request.user, programme), code=body)
    form = AliasForm(posted(request))
    lede = f"Another name for {found.name}."
    return _add(request, programme, form, services.add_alias, "Add another name", lede, body=found)


@requires(Permission.MANAGE_ORGANISATION)
def add_post(request: HttpRequest, programme: str) -> HttpResponse:
    owner = selectors.programme(request.user, programme)
    form = PostForm(posted(request), agencies=selectors.agencies(request.user, programme))
    return _add(request, programme, form, services.add_post, "Add a post", programme=owner)


@requires(Permission.MANAGE_ORGANISATION)
def appoint(request: HttpRequest, programme: str, post: str) -> HttpResponse:
    found = get_object_or_404(selectors.posts(request.user, programme), code=post)
    form = HolderForm(posted(request), people=selectors.people(request.user, programme))
    form.initial = {"holder": found.holder_id}
    return _add(request, programme, form, services.appoint, f"Who is the {found.title}?", post=found)
