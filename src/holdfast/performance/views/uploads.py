"""Pages of sending files: choose them, see what they are, then submit or cancel. Nothing is kept before the yes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from holdfast.access import clock
from holdfast.access.doors import requires
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone
from holdfast.jobs.arriving import problem_of
from holdfast.organisation.selectors import programme as programme_seen
from holdfast.pages.asking import refuse, sent
from holdfast.pages.crumbs import crumbs
from holdfast.performance.forms import MatchColumnsForm, SendFilesForm, SubmitUploadForm
from holdfast.performance.selectors import own_headings
from holdfast.performance.selectors import uploads as selectors
from holdfast.performance.services import naming, uploading
from holdfast.performance.views.rows import receipt, waiting_rows


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
    undated = [(each.number, each.submission.name) for each in waiting if each.asks_for_day]
    form = SubmitUploadForm(sent(request), undated=undated)
    chosen = programme_seen(request.user, programme)
    may_submit = any(each.submission.may_be_submitted for each in waiting)
    if may_submit and form.is_valid():
        returns = uploading.submit_upload(
            by=request.user, at=clock.now(), programme=chosen, upload=waits, days=form.days
        )
        for returned in returns:
            messages.success(request, receipt(returned))
        if len(returns) == 1:
            return redirect("return_page", programme=programme, number=returns[0].number)
        return redirect("returns", programme=programme)
    context = {
        "heading": "Check what you are submitting",
        "breadcrumbs": crumbs(programme, ("Returns", "returns"), ("Submit a return", "submit_return")),
        "form": form,
        "left_out": waits.left_out,
        "token": token,
        **waiting_rows(waiting, chosen.council),
    }
    return render(request, "performance/upload.html", context)


@requires(Permission.SUBMIT_RETURN)
def match_columns(request: HttpRequest, programme: str, token: str, number: int) -> HttpResponse:
    waits = selectors.upload(request.user, programme, token)
    chosen = programme_seen(request.user, programme)
    sheets = own_headings.sheets_waiting(request.user, chosen, waits, number)
    form = MatchColumnsForm(sent(request), sheets=sheets)
    actor = {"by": request.user, "at": clock.now(), "programme": chosen}
    if form.is_valid():
        naming.name_headings(**actor, sheets=form.lists, headings=form.headings)
        uploading.look_again(**actor, upload=waits)
        messages.success(request, "What you said is kept, and the next file with these headings is read by it.")
        return redirect("upload", programme=programme, token=token)
    context = {
        "heading": "Match its columns",
        "breadcrumbs": crumbs(programme, ("Returns", "returns"), ("Submit a return", "submit_return")),
        "form": form,
        "name": waits.submissions[number].name,
        "token": token,
    }
    return render(request, "performance/match_columns.html", context)


@requires(Permission.SUBMIT_RETURN)
@require_POST
def cancel_upload(request: HttpRequest, programme: str, token: str) -> HttpResponse:
    waits = selectors.upload(request.user, programme, token)
    uploading.cancel_upload(by=request.user, at=clock.now(), upload=waits)
    messages.success(request, "Cancelled. Nothing of what you sent was kept.")
    return redirect("returns", programme=programme)
