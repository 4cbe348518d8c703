"""Pages on which somebody says something of a requirement, links or opens evidence, or attaches the notice's own text.

Rule: that evidence was opened is recorded before it is given.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import requires
from holdfast.access.permissions import Permission
from holdfast.notice.evidencing import evidence_choices
from holdfast.notice.forms import AcceptanceForm, EvidenceForm, JudgementForm, TextForm, TriggerForm, WithdrawalForm
from holdfast.notice.models import Requirement
from holdfast.notice.opening import lead_to
from holdfast.notice.selectors import notices, requirements
from holdfast.notice.services import judging, loading
from holdfast.notice.services.loading import LARGEST_BYTES, UnusableText
from holdfast.notice.services.taking import NotEvidence
from holdfast.notice.views import written
from holdfast.pages.asking import ask, go_on, sent, sent_with_files
from holdfast.pages.words import lower_first


def _about(programme: str, requirement: Requirement) -> dict[str, Any]:
    """What frames every page that says something of a requirement, and where it leads afterwards."""
    return {
        "then": reverse("requirement", args=[programme, requirement.ref]),
        "caption": str(requirement),
        "breadcrumbs": written.under(programme, requirement),
    }


@requires(Permission.JUDGE_REQUIREMENT)
def judge(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    seen = requirements.requirement(request.user, programme, ref)
    requirement = seen.line.requirement
    return ask(
        request,
        JudgementForm(sent(request), evidence=seen.counting),
        partial(judging.judge, requirement=requirement),
        **_about(programme, requirement),
        said="Your judgement is recorded. It waits for somebody else to accept or decline it.",
        heading="Record a judgement",
        submit="Record it",
        inset="It takes the place of the judgement before it, which is kept. Somebody else then accepts or declines.",
    )


@requires(Permission.ACCEPT_JUDGEMENT)
def accept(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    seen = requirements.requirement(request.user, programme, ref)
    judgement, about = seen.line.judgement, _about(programme, seen.line.requirement)
    if judgement is None:
        raise Http404("Nobody has judged this requirement yet.")
    form = AcceptanceForm(sent(request))
    said = "Your decision on the judgement is recorded."
    done = go_on(request, form, partial(judging.accept, judgement=judgement), then=about["then"], said=said)
    context = about | {
        "heading": "Accept or decline a judgement",
        "form": form,
        "line": seen.line,
        "inset": written.judged_words(seen.line),
        "action": "Record it",
        "evidence": written.to_open(programme, seen),
        "is_own": seen.is_own_judgement,
    }
    return done or render(request, "notice/say.html", context)


@requires(Permission.JUDGE_REQUIREMENT)
def link_evidence(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    line = requirements.requirement(request.user, programme, ref).line
    form = EvidenceForm(*sent_with_files(request), here=evidence_choices(request.user, programme))
    about, said = _about(programme, line.requirement), "The evidence is linked. A judgement may now name it."

    done = go_on(
        request,
        form,
        lambda by, at, **_: judging.link_evidence(by=by, at=at, requirement=line.requirement, **form.given()),
        then=about["then"],
        said=said,
    )
    context = about | {"heading": "Link evidence", "form": form, "line": line, "action": "Link it"}
    return done or render(request, "notice/say.html", context)


@requires(Permission.SEE_PROGRAMME)
def open_evidence(request: HttpRequest, programme: str, ref: str, number: int) -> HttpResponseBase:
    """Go to the evidence, or fetch the file."""
    link = requirements.evidence_link(request.user, programme, ref, number)
    try:
        judging.open_evidence(by=request.user, at=clock.now(), evidence=link)
    except NotEvidence as gone:
        raise Http404(str(gone)) from gone
    return lead_to(link)


@requires(Permission.JUDGE_REQUIREMENT)
def withdraw_evidence(request: HttpRequest, programme: str, ref: str, number: int) -> HttpResponse:
    link = requirements.evidence_link(request.user, programme, ref, number)
    then = f"“{link.title}” stays on the page as withdrawn. A judgement that rests on it alone is met no more."
    withdraw = partial(judging.withdraw_evidence, evidence=link)
    return _withdraw(request, _about(programme, link.requirement), "evidence", withdraw, then)


@requires(Permission.JUDGE_REQUIREMENT)
def withdraw_judgement(request: HttpRequest, programme: str, ref: str, number: int) -> HttpResponse:
    made = requirements.judgement(request.user, programme, ref, number)
    then = f"“{made.get_says_display()}” stays on the page as withdrawn. The judgement before it counts again."
    withdraw = partial(judging.withdraw_judgement, judgement=made)
    return _withdraw(request, _about(programme, made.requirement), "judgement", withdraw, then)


def _withdraw(
    request: HttpRequest, about: dict[str, Any], what: str, withdraw: Callable[..., Any], inset: str
) -> HttpResponse:
    return ask(
        request,
        WithdrawalForm(sent(request)),
        withdraw,
        **about,
        said=f"The {what} is withdrawn. It stays on the page, with why.",
        heading=f"Withdraw {'a judgement' if what == 'judgement' else what}",
        submit="Withdraw it",
        inset=inset,
    )


@requires(Permission.JUDGE_REQUIREMENT)
def record_trigger(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    requirement = requirements.requirement(request.user, programme, ref).line.requirement
    if not requirement.is_conditional:
        raise Http404(f"{requirement.ref} has no condition.")
    return ask(
        request,
        TriggerForm(sent(request)),
        partial(judging.record_trigger, requirement=requirement),
        **_about(programme, requirement),
        said="It is recorded that the condition is met. The requirement applies from that day.",
        heading="Record that its condition is met",
        submit="Record it",
        inset=f"It applies: {lower_first(requirement.condition)}.",
    )


@requires(Permission.ATTACH_NOTICE)
def attach_text(request: HttpRequest, programme: str) -> HttpResponse:
    found = notices.notice_of(request.user, programme)
    form = TextForm(request.POST, request.FILES) if request.method == "POST" else TextForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        # Read one byte more than is allowed, so that a larger file is refused without being held in memory.
        content = file.read(LARGEST_BYTES + 1)
        try:
            attached = loading.attach_text(
                by=request.user, at=clock.now(), programme=found.programme, name=file.name, content=content
            )
        except UnusableText as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, attached.in_words())
            return redirect("unclaimed_clauses", programme=programme)
    context = {"heading": "Attach the notice’s own text", "form": form, "breadcrumbs": written.trail(programme, found)}
    return render(request, "notice/attach_text.html", context)
