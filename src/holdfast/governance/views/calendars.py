"""One's own calendar address, and the calendar at an address."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from holdfast.access import clock
from holdfast.access.doors import Missing, public, requires
from holdfast.access.permissions import Permission
from holdfast.governance.selectors import calendars as selectors
from holdfast.governance.services import reminding as services
from holdfast.governance.views import cells
from holdfast.organisation.selectors import programme as programme_named
from holdfast.pages.asking import ask, sent
from holdfast.pages.crumbs import crumbs
from holdfast.pages.words import date_words


@requires(Permission.SEE_PROGRAMME)
@never_cache
def my_calendar(request: HttpRequest, programme: str) -> HttpResponse:
    """One's own address: made new on a post, and shown that once."""
    secret = ""
    if request.method == "POST":
        owner = programme_named(request.user, programme)
        secret = services.make_calendar_address(by=request.user, at=clock.now(), programme=owner)
    known = selectors.own_address(request.user, programme)
    context = {
        "heading": "Your calendar",
        "breadcrumbs": crumbs(programme, cells.MEETINGS),
        "made_on": date_words(known.made_at) if known else "",
        "address": request.build_absolute_uri(_address(programme, secret)) if secret else "",
    }
    return render(request, "governance/my_calendar.html", context)


def _address(programme: str, secret: str) -> str:
    return f"{reverse('calendar', args=[programme])}?key={secret}"


@requires(Permission.SEE_PROGRAMME)
def withdraw_calendar(request: HttpRequest, programme: str) -> HttpResponse:
    return ask(
        request,
        cells.NothingAsked(sent(request)),
        partial(services.withdraw_calendar_address, programme=programme_named(request.user, programme)),
        then=reverse("my_calendar", args=[programme]),
        said="Your calendar address no longer works. Make a new one when you want it.",
        heading="Withdraw your calendar address",
        warning="Whoever has the address sees no more of your calendar, and neither do your own devices.",
        submit="Withdraw it",
        breadcrumbs=[*crumbs(programme, cells.MEETINGS), ("Your calendar", reverse("my_calendar", args=[programme]))],
    )


@public("a calendar program cannot sign in: the secret address says whose it is, and what they may see is asked anew")
@never_cache
def calendar(request: HttpRequest, programme: str) -> HttpResponse:
    """Its links lead to where it was fetched. The secret is in the query, which no log of the proxy's keeps."""
    try:
        content = selectors.calendar_at(
            programme, request.GET.get("key", ""), request.build_absolute_uri("/").rstrip("/")
        )
    except Missing as missing:
        raise Http404(str(missing)) from missing
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
