"""The one way to ask: a page that shows a form, and on a post calls one service and goes where that leads.

Not here: what is asked (a room's forms) or done (its services). A service's refusal reaches the form by itself.
Rule: this stays short. It takes no options: a page that shows more has its own view and template, and saves by go_on.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from holdfast.access import clock
from holdfast.access.writes import NotDone
from holdfast.pages.crumbs import Crumb


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form to read; None when the page is only being looked at."""
    return request.POST if request.method == "POST" else None


def sent_with_files(request: HttpRequest) -> tuple[Any, ...]:
    """The same with the files beside it, as the first arguments of a form that takes one."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def ask(
    request: HttpRequest,
    form: Form,
    save: Callable[..., Any],
    *,
    then: str | Callable[[Any], str],
    said: str | Callable[[Any], str],
    heading: str,
    submit: str,
    caption: str = "",
    inset: str = "",
    warning: str = "",
    stop: str = "",
    breadcrumbs: Sequence[Crumb] = (),
) -> HttpResponse:
    """The page that asks; once the form is sound, `save` and off to `then`, which says `said`.

    `save` is a service that lacks only by=, at= and what the form holds. `then` is an address and `said` a sentence,
    or makes one of what the service returned: what was saved, and what happens next. `inset` says before they start
    what it will do; `warning`, what it cannot undo. `stop`: why the service would refuse whatever is typed, so that no
    form is offered.
    """
    if stop and request.method != "POST":
        return stopped(request, stop, heading=heading, caption=caption, breadcrumbs=breadcrumbs)
    context = {"heading": heading, "caption": caption, "inset": inset, "warning": warning, "breadcrumbs": breadcrumbs}
    context |= {"form": form, "submit": submit}
    return go_on(request, form, save, then=then, said=said) or render(request, "ask.html", context)


def go_on(
    request: HttpRequest,
    form: Form,
    save: Callable[..., Any],
    *,
    then: str | Callable[[Any], str],
    said: str | Callable[[Any], str],
) -> HttpResponse | None:
    """Save what was sent and is sound, and go where that leads, as `ask` does; for a page with a template of its own.

    None while the page is looked at, and where it is shown again: the form then says what is wrong, or was refused.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        saved = save(by=request.user, at=clock.now(), **form.cleaned_data)
    except NotDone as refusal:
        refuse(form, refusal)
        return None
    messages.success(request, said(saved) if callable(said) else said)
    return redirect(then(saved) if callable(then) else then)


def why_not(guard: Callable[..., Any], *given: Any) -> str:
    """What a service's own guard would refuse with, in words for `stop`; "" where it lets pass."""
    try:
        guard(*given)
    except NotDone as refusal:
        return str(refusal)
    return ""


def stopped(
    request: HttpRequest, words: str, *, heading: str, caption: str = "", breadcrumbs: Sequence[Crumb] = ()
) -> HttpResponse:
    """The page in place of a form whose service would refuse whatever is typed: why, and the way back."""
    context = {"heading": heading, "caption": caption, "breadcrumbs": breadcrumbs, "words": words}
    return render(request, "stopped.html", context)


def refuse(form: Form, refusal: NotDone) -> None:
    """Put a service's refusal beside the field it is about, or at the top. Errors of forms end without a full stop."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, str(refusal).removesuffix("."))
