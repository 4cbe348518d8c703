"""A session ends after a while unused, and in any case after a longer while (HOLDFAST_SESSION_... in settings).

Real time, not the fixed date. Rule: a signed-in session without its stamps is ended, not excused.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse

from holdfast.access import clock

BEGAN, SEEN = "holdfast_began", "holdfast_seen"
STEP_SECONDS = 30
"""How far `seen` may lag: writing it on every request would make every read a write."""


def begin(request: HttpRequest) -> None:
    """Stamp a session that has just been signed in to."""
    request.session[BEGAN] = request.session[SEEN] = clock.elapsed_seconds()


def overstayed(session: "object") -> str:
    """Why the session must end, in words; "" while it may go on."""
    read = session.get  # type: ignore[attr-defined]
    began, seen, now = read(BEGAN), read(SEEN), clock.elapsed_seconds()
    if began is None or seen is None:
        return "the session was not begun in the usual way"
    if now - began > settings.HOLDFAST_SESSION_ABSOLUTE_SECONDS:
        return "they had been signed in for a long time"
    if now - seen > settings.HOLDFAST_SESSION_IDLE_SECONDS:
        return "they had not used it for a while"
    return ""


class SessionLimits:
    """Middleware: sign out whoever has overstayed (the door then asks them in again), and let no page be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session:
            because = overstayed(request.session)
            if because:
                request.signed_out_because = because  # type: ignore[attr-defined]
                logout(request)
                messages.info(request, "You were signed out to keep the information safe. Sign in again to carry on.")
            elif clock.elapsed_seconds() - request.session[SEEN] > STEP_SECONDS:
                request.session[SEEN] = clock.elapsed_seconds()
        response = self.get_response(request)
        if SESSION_KEY in request.session and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"  # not in the back button of a shared laptop
        return response
