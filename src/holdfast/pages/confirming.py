"""A page of its own before a step that cannot be undone, or a date that looks mistaken: what will happen, in words.

    sure = confirm(request, form, "The report for 31 December 2013 is frozen ...", heading=..., submit=...)
    if sure is not None: return sure

Rule: nothing is saved until the sentence has been on the screen and somebody has said yes to it.
"""

from collections.abc import Sequence

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.pages.crumbs import Crumb

YES = "sure"


def confirm(
    request: HttpRequest,
    form: Form,
    consequence: str,
    *,
    heading: str,
    submit: str,
    caption: str = "",
    breadcrumbs: Sequence[Crumb] = (),
    parts: Sequence[str] = (),
) -> HttpResponse | None:
    """The page that asks whether somebody is sure; None when there is nothing to be sure of, or they have said so.

    `consequence` is "" where there is nothing to ask; `parts` are sentences under it, one a line of a list. What was
    typed is sent again as it was.
    """
    if request.method != "POST" or request.POST.get(YES) == "yes" or not consequence or not form.is_valid():
        return None
    typed = [
        (name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"
    ]
    context = {"heading": heading, "caption": caption, "breadcrumbs": breadcrumbs, "submit": submit}
    context |= {"consequence": consequence, "parts": parts, "typed": typed, "back": request.get_full_path()}
    return render(request, "confirm.html", context)
