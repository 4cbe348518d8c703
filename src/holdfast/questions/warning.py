"""Asking for words about cases: what seems to name somebody is asked about before it is kept.

Not here: the trail's row, which is the service's and holds its kind alone (questions/naming.py: seems). Rule: a warning
and no wall: whoever says that the words name nobody is believed.
"""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from holdfast.pages.asking import ask
from holdfast.pages.confirming import confirm
from holdfast.pages.words import listed
from holdfast.questions.naming import kinds_in


def warned(request: HttpRequest, form: Form, **frame: Any) -> HttpResponse | None:
    """The page that asks to mend words which seem to name somebody, or to say that they do not; None for others."""
    parts = ["It is kept for good, and others read it. If you keep it, that you were warned is recorded, beside it."]
    return confirm(request, form, warning_of(form) if form.is_valid() else "", parts=parts, **frame)


def warning_of(form: Form) -> str:
    """What to say of a sound form whose words seem to name somebody; "" of another."""
    seen = kinds_in(*(value for value in form.cleaned_data.values() if isinstance(value, str)))
    said = f"What you typed looks like {listed(seen, 'or')}. Go back and take it out, unless it names nobody."
    return said if seen else ""


def ask_in_words(
    request: HttpRequest,
    form: Form,
    save: Callable[..., Any],
    *,
    then: str | Callable[[Any], str],
    said: str | Callable[[Any], str],
    **frame: Any,
) -> HttpResponse:
    """As `ask`, once whoever typed has answered the warning, where there is one."""
    shown = {name: frame[name] for name in ("heading", "submit", "caption", "breadcrumbs") if name in frame}
    return warned(request, form, **shown) or ask(request, form, save, then=then, said=said, **frame)
