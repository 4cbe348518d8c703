"""Pages on which somebody says something of a requirement, or attaches the notice's own text."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import requires
from holdfast.access.permissions import Permission
from holdfast.notice import selectors, services
from holdfast.notice.forms import AcceptanceForm, EvidenceForm, JudgementForm, TextForm, TriggerForm
from holdfast.notice.views import written

REFUSALS = (
    services.AlreadyDecided,
    services.NeedsAReason,
    services.NotConditional,
    services.SamePerson,
    services.Superseded,
)


def _line(request: HttpRequest, programme: str, ref: str) -> selectors.PositionLine:
    try:
        return selectors.requirement(request.user, programme, ref).line
    except (selectors.NoNotice, selectors.NoSuchRequirement) as missing:
        raise Http404(str(missing)) from missing


def _say(
    request: HttpRequest, line: selectors.PositionLine, form: Form, save: Callable[..., Any], context: dict[str, Any]
) -> HttpResponse:
    """Show the form; on POST say it and go back to the requirement. A refusal goes to the top of the form."""
    subject = line.requirement
    code = subject.notice.programme.code
    if request.method == "POST" and form.is_valid():
        try:
            save(by=request.user, at=clock.now())
            messages.success(request, "Saved.")
            return redirect("requirement", programme=code, ref=subject.ref)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
    context |= {"form": form, "line": line, "caption": str(subject), "breadcrumbs": written.under(code, subject)}
    return render(request, "notice/say.html", context)


@requires(Permission.JUDGE_REQUIREMENT)
def judge(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    line = _line(request, programme, ref)
    form = JudgementForm(request.POST if request.method == "POST" else None)
    words = "It takes the place of the judgement before it, which is kept. Somebody else then accepts or declines it."

    def save(**who: Any) -> None:
        services.judge(**who, requirement=line.requirement, **form.cleaned_data)

    return _say(request, line, form, save, {"heading": "Record a judgement", "inset": words, "action": "Record it"})


@requires(Permission.ACCEPT_JUDGEMENT)
def accept(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    line = _line(request, programme, ref)
    if line.judgement is None:
        raise Http404("Nobody has judged this requirement yet.")
    form = AcceptanceForm(request.POST if request.method == "POST" else None)
    context = {"heading": "Accept or decline a judgement", "inset": written.judged_words(line), "action": "Record it"}

    def save(**who: Any) -> None:
        accepted = form.cleaned_data["decision"] == "accept"
        facts = {"judgement": line.judgement, "is_accepted": accepted, "reason": form.cleaned_data["reason"]}
        services.accept(**who, **facts)

    return _say(request, line, form, save, context)


@requires(Permission.JUDGE_REQUIREMENT)
def link_evidence(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    line = _line(request, programme, ref)
    form = EvidenceForm(request.POST if request.method == "POST" else None)

    def save(**who: Any) -> None:
        services.link_evidence(**who, requirement=line.requirement, **form.cleaned_data)

    return _say(request, line, form, save, {"heading": "Link evidence", "action": "Link it"})


@requires(Permission.JUDGE_REQUIREMENT)
def record_trigger(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    line = _line(request, programme, ref)
    if not line.requirement.is_conditional:
        raise Http404(f"{line.requirement.ref} has no condition.")
    form = TriggerForm(request.POST if request.method == "POST" else None)
    words = f"It applies: {line.requirement.condition[0].lower()}{line.requirement.condition[1:]}."

    def save(**who: Any) -> None:
        services.record_trigger(**who, requirement=line.requirement, **form.cleaned_data)

    context = {"heading": "Record that its condition is met", "inset": words, "action": "Record it"}
    return _say(request, line, form, save, context)


@requires(Permission.ATTACH_NOTICE)
def attach_text(request: HttpRequest, programme: str) -> HttpResponse:
    try:
        found = selectors.notice_of(request.user, programme)
    except selectors.NoNotice as missing:
        raise Http404(str(missing)) from missing
    form = TextForm(request.POST, request.FILES) if request.method == "POST" else TextForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        # Read one byte more than is allowed, so that a larger file is refused without being held in memory.
        content = file.read(services.LARGEST_BYTES + 1)
        try:
            attached = services.attach_text(
                by=request.user, at=clock.now(), programme=found.programme, name=file.name, content=content
            )
            messages.success(request, attached.in_words())
            return redirect(reverse("unclaimed_clauses", args=[programme]))
        except services.UnusableText as refusal:
            form.add_error("file", str(refusal))
    context = {"heading": "Attach the notice’s own text", "form": form, "breadcrumbs": written.trail(programme, found)}
    return render(request, "notice/attach_text.html", context)
