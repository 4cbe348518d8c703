"""Pages that belong to no one room: start, home, health and the error pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from holdfast.access.doors import public, requires, signed_in
from holdfast.access.permissions import Permission


@signed_in("lists only the programmes the account holds a role in")
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "start.html", {"heading": "Your programmes"})


@requires(Permission.SEE_PROGRAMME)
def home(request: HttpRequest, programme: str) -> HttpResponse:
    return render(request, "home.html", {"heading": "Where we stand"})


@public("says only that the process answers; used by a load balancer")
def health(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


@public("an error page holds nothing")
def not_found(request: HttpRequest, exception: Any) -> HttpResponse:
    return render(request, "not_found.html", {"heading": "Page not found"}, status=404)


@public("an error page holds nothing")
def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "broken.html", {"heading": "Sorry, there is a problem"}, status=500)
