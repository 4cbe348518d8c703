"""Where a page stands: its breadcrumbs, and the page for what does not exist."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from holdfast.performance import selectors

Crumb = tuple[str, str]


def crumbs(programme: str, *steps: tuple[Any, ...]) -> list[Crumb]:
    """Home, then each step: (text, URL name) or (text, URL name, number or code of the thing)."""
    found = [("Home", reverse("home", kwargs={"programme": programme}))]
    for text, name, *rest in steps:
        found.append((text, reverse(name, args=(programme, *rest))))
    return found


def found_or_404(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A return, release or indicator that does not exist is a page that does not exist."""

    @functools.wraps(view)
    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (selectors.NoSuchReturn, selectors.NoSuchIndicator, selectors.NotCounted) as absent:
            raise Http404(str(absent)) from None

    return found
