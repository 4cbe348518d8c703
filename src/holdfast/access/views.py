"""The trail's page, and the pages for a form that waited too long and for too many attempts. Sign-in pages: urls."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.access import selectors
from holdfast.access.doors import public, requires
from holdfast.access.forms import TrailFilter
from holdfast.access.permissions import Permission


@requires(Permission.SEE_TRAIL)
def trail(request: HttpRequest, programme: str) -> HttpResponse:
    """Who did what in the programme, newest first; `by` and `action` narrow it."""
    people, actions = selectors.trail_people(request.user, programme), selectors.trail_actions(request.user, programme)
    form = TrailFilter(request.GET, people=people, actions=actions)
    page = selectors.trail(request.user, programme, **form.chosen(), page=request.GET.get("page", "1"))
    context = {
        "heading": "Trail",
        "lede": "Everything people did in this programme, and were refused, newest first. Nobody can change it.",
        "form": form,
        "page": page,
        "entries": selectors.entries(request.user, programme, page),
        "query": "".join(f"{urlencode({name: value})}&" for name, value in form.chosen().items() if value),
    }
    return render(request, "access/trail.html", context)


@public("says only that a form waited too long")
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "access/form_expired.html", {"heading": "This form has expired"}, status=403)


@public("says only that the page is not for the reader")
def not_allowed(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "refused.html", {"heading": "You cannot see this page"}, status=403)


@public("says only to wait")
def too_many_requests(request: HttpRequest) -> HttpResponse:
    return render(request, "access/too_many_requests.html", {"heading": "Wait a minute, then try again"}, status=429)
