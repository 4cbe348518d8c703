"""Pages that belong to no one room: start, home, help, statements, health and the error pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from holdfast.access.doors import Missing, public, requires, signed_in
from holdfast.access.permissions import Permission
from holdfast.web import ahead
from holdfast.web.context import bare_frame
from holdfast.web.standing import places_to_start, standing
from holdfast.web.standing import service as service_standing


@signed_in("lists only the programmes the account holds a role in")
def start(request: HttpRequest) -> HttpResponse:
    places = places_to_start(request.user)
    if len(places) == 1:
        return redirect(places[0]["url"])
    return render(request, "start.html", {"heading": "Your programmes", "places": places})


@requires(Permission.SEE_PROGRAMME)
def home(request: HttpRequest, programme: str) -> HttpResponse:
    """Everyone lands on their own question, and on what answers it."""
    ahead.opened(request.user, programme)
    return render(request, "home.html", standing(request.user, programme))


@requires(Permission.MANAGE_ACCOUNTS)
def service(request: HttpRequest, programme: str) -> HttpResponse:
    """An administrator's home: whether the service is well, and nothing of the programme."""
    return render(request, "home.html", service_standing(request.user, programme))


@public("says only that the process answers; used by a load balancer")
def health(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


@public("explains how to use the service, and holds nothing about a programme")
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "help_page.html", {"heading": "Help"})


@public("an accessibility statement has to be open to everybody")
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility.html", {"heading": "Accessibility statement"})


@public("says what is kept about the reader, before they sign in")
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy.html", {"heading": "Privacy and cookies"})


@public("whoever finds a weakness has to be told where to report it")
def security(request: HttpRequest) -> HttpResponse:
    return render(request, "security.html", {"heading": "Security"})


@public("an error page holds nothing")
def not_found(request: HttpRequest, exception: Any) -> HttpResponse:
    """What a room said of the thing that is missing is passed on; what Django says of its addresses is not."""
    said = str(exception) if isinstance(exception.__cause__, Missing) else ""
    return render(request, "not_found.html", {"heading": "Page not found", "said": said}, status=404)


@public("an error page holds nothing")
def broken(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the session or the database: they may be what broke."""
    page = render_to_string("broken.html", {"heading": "Sorry, there is a problem", "frame": bare_frame()})
    return HttpResponse(page, status=500)
