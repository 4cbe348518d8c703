"""What is settled about a request before any page sees it: where it came from, and how much it may bring; and about
every file that a demonstration gives, that it is invented.

Rule: an address that the sender can write is never believed. Only the trusted proxies' own entries at the end of
X-Forwarded-For count; with fewer entries than proxies the connection's own address stands.
"""

from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.jobs.arriving import NO_ROOM, has_room
from holdfast.pages.marks import page_shown

FORWARDED = "HTTP_X_FORWARDED_FOR"
STRANGERS_MAY_SEND = 64 * 1024
"""Bytes of a form that somebody not signed in may send: the sign-in form is far smaller."""
ROOM_FOR_THE_FORM = 64 * 1024
Answer = Callable[[HttpRequest], HttpResponse]


class TrueAddress:
    """Middleware: REMOTE_ADDR becomes the address that the outermost trusted proxy saw, for every throttle and log."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = [part.strip() for part in request.META.pop(FORWARDED, "").split(",") if part.strip()]
        proxies = settings.HOLDFAST_PROXIES
        if 0 < proxies <= len(said):
            with suppress(ValueError):
                request.META["REMOTE_ADDR"] = str(ip_address(said[-proxies]))
        return self.get_response(request)


class BodyLimit:
    """Middleware: refuse, before a byte of it is read, a body larger than its sender may send or the disk can hold."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        n_bytes = int(said) if said.isdigit() else 0
        signed_in = n_bytes > STRANGERS_MAY_SEND and SESSION_KEY in request.session
        most = settings.HOLDFAST_RETURN_MAX_BYTES + ROOM_FOR_THE_FORM if signed_in else STRANGERS_MAY_SEND
        if n_bytes > most:
            return render(request, "too_large.html", {"heading": "That is too large to send"}, status=413)
        if n_bytes > STRANGERS_MAY_SEND and not has_room(n_bytes):
            return render(request, "no_room.html", {"heading": "There is no room for that", "why": NO_ROOM}, status=507)
        return self.get_response(request)


class NothingTurnedRound:
    """Middleware: what would turn a page's words round is a visible mark on it, whoever typed it wherever."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            response.content = page_shown(response.content)
        return response


class InventedFiles:
    """Says in the name of each file that a demonstration gives that it is invented: a CSV has no other place for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        named = response.get("Content-Disposition", "")
        for before in ('filename="', "filename*=utf-8''"):  # the second where a name has more than plain letters
            if before in named and f"{before}invented-" not in named:
                response["Content-Disposition"] = named.replace(before, f"{before}invented-", 1)
        return response
