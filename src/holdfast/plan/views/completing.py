"""The pages from done to complete: how it goes, evidence offered and answered, what it changed, closing, reopening.

Rule: who may is asked of the action (plan.owning), so these pages are open to whoever sees the programme, and the
service refuses; a page offers only what its reader may do.
"""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from holdfast.access import clock
from holdfast.access.doors import Refused, requires
from holdfast.access.permissions import Permission
from holdfast.notice.evidencing import evidence_choices
from holdfast.notice.opening import lead_to
from holdfast.pages.asking import ask, sent, sent_with_files, why_not
from holdfast.plan import selectors
from holdfast.plan.forms import AnswerForm, CloseForm, OfferForm, ReopenForm, ReviewForm, UpdateForm
from holdfast.plan.models import Action
from holdfast.plan.owning import LINE, may_answer, refuse_strangers
from holdfast.plan.selectors import page_of
from holdfast.plan.selectors.impact import claim_on
from holdfast.plan.services import completing, progress
from holdfast.plan.views.cells import under


def _about(programme: str, action: Action) -> dict[str, Any]:
    """What frames every page that says something of an action, and where it leads afterwards."""
    return {"then": page_of(action), "caption": str(action), "breadcrumbs": under(programme, action)}


@requires(Permission.SEE_PROGRAMME)
def update_progress(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    action = selectors.one_action(request.user, programme, ref)
    refuse_strangers(request.user, action)
    others = selectors.actions(request.user, programme).exclude(pk=action.pk)
    return ask(
        request,
        UpdateForm(sent(request), others=others),
        partial(progress.update_progress, action=action),
        **_about(programme, action),
        said=f"What you said of {action.ref} is in the plan, and in the next report. Its date has not moved.",
        heading="Say how it is going",
        inset="This moves no date: only a decision of the Board does. Everybody who sees the programme reads it.",
        stop=why_not(progress.refuse_done, action),
        submit="Save the update",
    )


@requires(Permission.SEE_PROGRAMME)
def explain_lateness(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Where why an action is late was said once: now with how it goes."""
    return redirect("update_progress", programme=programme, ref=ref)


@requires(Permission.SEE_PROGRAMME)
def offer_evidence(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    action = selectors.one_action(request.user, programme, ref)
    refuse_strangers(request.user, action)
    return ask(
        request,
        OfferForm(*sent_with_files(request), here=evidence_choices(request.user, programme)),
        partial(completing.offer_evidence, action=action),
        **_about(programme, action),
        said="The evidence is offered. Somebody else accepts it, or returns it to you with the reason.",
        heading="Offer evidence that it was done",
        inset=f"Somebody who did not offer it and is not in the owner’s line accepts or returns it. {LINE}",
        stop=why_not(completing.refuse_offering, action, clock.today()),
        submit="Offer it",
    )


@requires(Permission.SEE_PROGRAMME)
def open_action_evidence(request: HttpRequest, programme: str, ref: str, number: int) -> HttpResponseBase:
    return lead_to(selectors.evidence_item(request.user, programme, ref, number))


@requires(Permission.ACCEPT_EVIDENCE)
def answer_evidence(request: HttpRequest, programme: str, ref: str, number: int) -> HttpResponse:
    item = selectors.evidence_item(request.user, programme, ref, number)
    return ask(
        request,
        AnswerForm(sent(request)),
        partial(completing.answer_evidence, item=item),
        **_about(programme, item.action),
        said=lambda answer: (
            f"“{item.title}” is accepted as evidence of {item.action.ref}."
            if answer.is_accepted
            else f"“{item.title}” is returned, with your reason, to whoever offered it."
        ),
        heading="Accept or return evidence",
        inset=f"“{item.title}”: open it from the action’s page before you answer. {LINE}",
        stop=why_not(completing.refuse_answering, request.user, item),
        submit="Record it",
    )


@requires(Permission.ACCEPT_EVIDENCE)
def review_impact(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    action = selectors.one_action(request.user, programme, ref)
    if not may_answer(request.user, action):
        raise Refused(Permission.ACCEPT_EVIDENCE, programme)
    said = claim_on(programme, action.indicator, clock.today())
    measured = f"{said.title}: {said.claim}, in release {said.release}." if said else "Nothing published measures it."
    return ask(
        request,
        ReviewForm(sent(request)),
        partial(completing.review_impact, action=action),
        **_about(programme, action),
        said=f"What {action.ref} changed is reviewed. What the figures allow to be said stands beside it.",
        heading="Review what it changed",
        inset=f"What the figures allow to be said: {measured} Your judgement is kept apart from it.",
        stop=why_not(completing.refuse_reviewing, request.user, action, clock.today()),
        submit="Record the review",
    )


@requires(Permission.MANAGE_PLAN)
def close_action(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    action = selectors.one_action(request.user, programme, ref)
    return ask(
        request,
        CloseForm(sent(request)),
        partial(completing.close_action, action=action),
        **_about(programme, action),
        said=f"{action.ref} is complete. If its indicator gets worse, reopening it will be proposed.",
        heading="Close it as complete",
        inset="It is complete with accepted evidence and a review of what it changed, while its owner is a live one.",
        stop=why_not(completing.refuse_closing, action, clock.today()),
        submit="Close it",
    )


@requires(Permission.MANAGE_PLAN)
def reopen_action(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    action = selectors.one_action(request.user, programme, ref)
    return ask(
        request,
        ReopenForm(sent(request)),
        partial(completing.reopen_action, action=action),
        **_about(programme, action),
        said=f"{action.ref} is open again: it is to be done, evidenced and reviewed anew. Its dates have not moved.",
        heading="Reopen it",
        inset="It is to be done, evidenced and reviewed again. That it was closed, and when, stays to be read.",
        stop=why_not(completing.refuse_reopening, action, clock.today()),
        submit="Reopen it",
    )
