"""Pages of sending files: choose them, see what they are, then submit or cancel. Nothing is kept before the yes."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from holdfast.access import clock
from holdfast.access.doors import requires
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone
from holdfast.jobs.arriving import problem_of
from holdfast.organisation.models import Programme
from holdfast.organisation.selectors import programme as programme_seen
from holdfast.pages.asking import refuse, sent
from holdfast.pages.crumbs import crumbs
from holdfast.pages.paging import number_asked
from holdfast.performance.forms import HeadingRowForm, MatchColumnsForm, SayDaysForm, SendFilesForm, SubmitUploadForm
from holdfast.performance.selectors import own_headings
from holdfast.performance.selectors import uploads as selectors
from holdfast.performance.services import naming, uploading
from holdfast.performance.uploads import Upload
from holdfast.performance.views.matching_rows import ROWS_NOT_SHOWN, matched_words, matching_rows, row_choices
from holdfast.performance.views.published import published_receipt
from holdfast.performance.views.rows import receipt
from holdfast.performance.views.waiting_rows import confirmations, waiting_rows


@requires(Permission.SUBMIT_RETURN)
def submit_return(request: HttpRequest, programme: str) -> HttpResponse:
    form = SendFilesForm(sent(request), request.FILES or None)
    if problem_of(request):
        form.add_error("files", problem_of(request))
    elif form.is_valid():
        chosen = programme_seen(request.user, programme)
        try:
            upload = uploading.receive_upload(by=request.user, at=clock.now(), programme=chosen, arrived=form.arrived)
        except NotDone as refusal:
            refuse(form, refusal)
        else:
            return redirect("upload", programme=programme, token=upload.token)
    context = {"heading": "Submit a return", "form": form, "breadcrumbs": crumbs(programme, ("Returns", "returns"))}
    return render(request, "performance/submit_return.html", context)


@requires(Permission.SUBMIT_RETURN)
def upload(request: HttpRequest, programme: str, token: str) -> HttpResponse:
    waits = selectors.upload(request.user, programme, token)
    waiting = selectors.waiting(request.user, waits)
    if any(each.asks_for_day for each in waiting):
        return _ask_for_days(request, programme, waits, waiting)
    chosen = programme_seen(request.user, programme)
    form = SubmitUploadForm(sent(request), **confirmations(waiting, chosen.council))
    if any(each.submission.may_be_submitted for each in waiting) and form.is_valid():
        submitted = uploading.submit_upload(
            by=request.user,
            at=clock.now(),
            programme=chosen,
            upload=waits,
            confirmed=form.confirmed,
            left_out=form.without,
        )
        return _submitted(request, programme, submitted)
    return _upload_page(request, programme, waits, waiting, form, "Submit")


def _ask_for_days(
    request: HttpRequest, programme: str, waits: Upload, waiting: "list[selectors.WaitingSubmission]"
) -> HttpResponse:
    """What is not known from the files is asked first, so that what they would move can be shown before the yes."""
    form = SayDaysForm(
        sent(request), undated=[(each.number, each.submission.name) for each in waiting if each.asks_for_day]
    )
    if form.is_valid():
        chosen = programme_seen(request.user, programme)
        uploading.say_days(by=request.user, at=clock.now(), programme=chosen, upload=waits, days=form.days)
        return redirect("upload", programme=programme, token=waits.token)
    return _upload_page(request, programme, waits, waiting, form, "Continue")


def _upload_page(
    request: HttpRequest,
    programme: str,
    waits: Upload,
    waiting: "list[selectors.WaitingSubmission]",
    form: Form,
    submit: str,
) -> HttpResponse:
    context = {
        "heading": "Check what you are submitting",
        "breadcrumbs": crumbs(programme, ("Returns", "returns"), ("Submit a return", "submit_return")),
        "form": form,
        "submit": submit,
        "left_out": waits.left_out,
        "token": waits.token,
        **waiting_rows(waiting, programme_seen(request.user, programme).council),
    }
    return render(request, "performance/upload.html", context)


def _submitted(request: HttpRequest, programme: str, submitted: "uploading.Submitted") -> HttpResponse:
    for returned in submitted.returns:
        messages.success(request, receipt(returned))
    for file in submitted.published:
        messages.success(request, published_receipt(file))
    if submitted.published and not submitted.returns:
        return redirect("published", programme=programme)
    if len(submitted.returns) == 1:
        return redirect("return_page", programme=programme, number=submitted.returns[0].number)
    return redirect("returns", programme=programme)


@requires(Permission.SUBMIT_RETURN)
def match_columns(request: HttpRequest, programme: str, token: str, number: int) -> HttpResponse:
    waits = selectors.upload(request.user, programme, token)
    chosen = programme_seen(request.user, programme)
    sheets = own_headings.sheets_waiting(request.user, chosen, waits, number)
    asked_for, lists_again = number_asked(request, "list"), "lists" in request.GET
    step = own_headings.matching_step(sheets, asked_for, lists_again=lists_again)
    form = MatchColumnsForm(sent(request), sheets=step.sheets, are_lists_asked=step.place == 0, again=bool(asked_for))
    if step.sheets and form.is_valid():
        return _named(request, chosen, waits, number, {"sheets": form.lists, "headings": form.headings})
    context = {
        "heading": "Match its columns",
        "breadcrumbs": crumbs(programme, ("Returns", "returns"), ("Submit a return", "submit_return")),
        "form": form,
        "name": waits.submissions[number].name,
        "token": token,
        "number": number,
        **matching_rows(step, programme, token, number),
    }
    return render(request, "performance/match_columns.html", context)


def _named(
    request: HttpRequest, programme: Programme, waits: Upload, number: int, said: dict[str, dict[Any, Any]]
) -> HttpResponse:
    """Keep what was said of a submission's sheets, and go on to what is left of it."""
    actor = {"by": request.user, "at": clock.now(), "programme": programme}
    naming.name_headings(**actor, **said)
    waits = uploading.look_again(**actor, upload=waits)
    left = own_headings.matching_step(own_headings.sheets_waiting(request.user, programme, waits, number))
    messages.success(request, matched_words(left))
    if left.headless and (left.place or not left.sheets):
        place = left.seen.index(left.headless[0])
        return redirect("heading_row", programme=programme.code, token=waits.token, number=number, sheet=place)
    if left.sheets or left.headless or left.lacking:
        return redirect("match_columns", programme=programme.code, token=waits.token, number=number)
    return redirect("upload", programme=programme.code, token=waits.token)


@requires(Permission.SUBMIT_RETURN)
def heading_row(request: HttpRequest, programme: str, token: str, number: int, sheet: int) -> HttpResponse:
    waits = selectors.upload(request.user, programme, token)
    chosen = programme_seen(request.user, programme)
    seen, rows = own_headings.rows_waiting(request.user, chosen, waits, number, sheet)
    form = HeadingRowForm(sent(request), rows=row_choices(rows), taken=seen.row)
    if form.is_valid():
        said = {"sheets": {}, "headings": {}, "rows": {seen.name: int(form.cleaned_data["row"])}}
        return _named(request, chosen, waits, number, said)
    name = waits.submissions[number].name
    context = {
        "heading": f"Say which row of {seen.name} holds its headings",
        "caption": name,
        "breadcrumbs": crumbs(programme, ("Returns", "returns"), ("Submit a return", "submit_return")),
        "inset": ROWS_NOT_SHOWN,
        "form": form,
        "submit": "Save the row",
    }
    return render(request, "ask.html", context)


@requires(Permission.SUBMIT_RETURN)
@require_POST
def cancel_upload(request: HttpRequest, programme: str, token: str) -> HttpResponse:
    waits = selectors.upload(request.user, programme, token)
    uploading.cancel_upload(by=request.user, at=clock.now(), upload=waits)
    messages.success(request, "Cancelled. Nothing of what you sent was kept.")
    return redirect("returns", programme=programme)
