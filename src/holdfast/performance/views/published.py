"""Pages of what others published: the files submitted, submitting one, and the table beside an indicator."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import Actor, may, requires
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone
from holdfast.organisation.selectors import programme as programme_seen
from holdfast.pages.asking import refuse, sent
from holdfast.pages.crumbs import crumbs
from holdfast.pages.tables import Column, table
from holdfast.pages.words import date_words, upper_first
from holdfast.performance.forms import SubmitPublishedForm
from holdfast.performance.models import PublishedFile
from holdfast.performance.selectors.beside import Beside, BesideYear, Value, beside, published_files
from holdfast.performance.selectors.indicators import Series
from holdfast.performance.services import publishing

FILES = [
    Column[PublishedFile]("What it is", lambda file: {"text": file.title, "hint": file.release}),
    Column[PublishedFile](
        "Rows read", lambda file: "not counted" if file.n_rows is None else f"{file.n_rows:,}", numeric=True
    ),
    Column[PublishedFile]("Symbols in place of a figure", lambda file: _symbols(file)),
    Column[PublishedFile]("File", lambda file: {"text": file.name, "hint": file.sha256}),
    Column[PublishedFile](
        "Submitted", lambda file: f"{date_words(clock.day_of(file.submitted_at))}, by {file.submitter}"
    ),
]


def _symbols(file: PublishedFile) -> str:
    if file.symbols is None:
        return "not counted"
    return analytics.symbols_words(file.symbols) or "none"


@requires(Permission.SEE_RETURNS)
def published(request: HttpRequest, programme: str) -> HttpResponse:
    files = published_files(request.user, programme)
    context = {
        "heading": "Published figures",
        "lede": "What the Department publishes of England, regions and councils, to set beside our own.",
        "breadcrumbs": crumbs(programme),
        "may_submit": may(request.user, Permission.SUBMIT_RETURN, programme),
        "files": table("Files submitted, the last first", FILES, files) if files else None,
    }
    return render(request, "performance/published.html", context)


@requires(Permission.SUBMIT_RETURN)
def submit_published(request: HttpRequest, programme: str) -> HttpResponse:
    form = SubmitPublishedForm(sent(request), request.FILES or None)
    if form.is_valid():
        try:
            kept = publishing.submit_published(
                by=request.user,
                at=clock.now(),
                programme=programme_seen(request.user, programme),
                file=form.path,
                name=form.name,
            )
        except NotDone as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, published_receipt(kept))
            return redirect("published", programme=programme)
    context = {
        "heading": "Submit published figures",
        "form": form,
        "breadcrumbs": crumbs(programme, ("Published figures", "published")),
    }
    return render(request, "performance/submit_published.html", context)


def published_receipt(file: PublishedFile) -> str:
    """What to tell somebody who has just submitted a published file."""
    is_beside = file.what.startswith(("neighbours", "single")) or any(
        each.table == file.what for each in analytics.COUNTERPARTS
    )
    becomes = (
        "It is set beside our own figures from now on."
        if is_beside
        else "Nothing of ours is set beside this table yet, so that no page shows its figures."
    )
    return f"{file.title}: kept. {publishing.counted_words(file)} {becomes}"


def beside_rows(user: Actor, seen: Series) -> dict[str, Any]:
    """What the indicator's page shows under "Beside others": the table, or the words that stand in its place."""
    found = beside(user, seen)
    code = seen.release.programme.code
    may_submit = found.is_missing and may(user, Permission.SUBMIT_RETURN, code)
    shown = table("Full financial years, the newest first", beside_columns(found), reversed(found.years))
    return {
        "beside": found,
        "beside_table": shown if found.years else None,
        "submit_published_url": reverse("submit_published", args=[code]) if may_submit else "",
    }


def beside_columns(found: Beside) -> list[Column[BesideYear]]:
    return [
        Column("Year", lambda year: upper_first(year.when)),
        Column("Ours, from the release", lambda year: year.ours_words, numeric=True),
        Column(f"{found.council}, as published", lambda year: _words(year.published), numeric=True),
        Column(found.region, lambda year: _words(year.region), numeric=True),
        Column("England", lambda year: _words(year.england), numeric=True),
        Column("Median of our neighbours", lambda year: year.neighbours_words, numeric=True),
    ]


def _words(value: Value | None) -> str:
    return value.words if value else "not given"
