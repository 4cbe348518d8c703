"""The pages of what an audit asks for: recording it, putting it in the plan, saying that it is done, verifying it."""

from functools import partial

from django.http import HttpRequest, HttpResponse

from holdfast.access.doors import requires
from holdfast.access.permissions import Permission
from holdfast.audits.forms import InPlanForm, RemedyDoneForm, RemedyForm, VerifyForm
from holdfast.audits.selectors import audits, remedies
from holdfast.audits.selectors.audits import page_of
from holdfast.audits.services import remedies as services
from holdfast.audits.views.auditing import under
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import ask, sent
from holdfast.plan import selectors as plan
from holdfast.questions.warning import ask_in_words


@requires(Permission.SEE_AUDITS)
def add_remedy(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = audits.one_audit(request.user, programme, number)
    return ask_in_words(
        request,
        RemedyForm(sent(request), posts=organisation.posts(request.user, programme)),
        partial(services.ask_for, audit=found),
        then=page_of(found),
        said="That is recorded. What is asked of a team or the whole system goes into the plan next.",
        heading=f"Record what audit {number} asks for",
        submit="Record it",
        breadcrumbs=under(programme, found),
    )


@requires(Permission.SEE_AUDITS)
def remedy_done(request: HttpRequest, programme: str, number: int, key: int) -> HttpResponse:
    remedy = remedies.one_remedy(request.user, programme, number, key)
    return ask_in_words(
        request,
        RemedyDoneForm(sent(request)),
        partial(services.say_done, remedy=remedy),
        then=page_of(remedy.audit),
        said="That is recorded. Somebody else looks, and verifies it.",
        heading="Say that it is done",
        caption=remedy.words,
        submit="Record it",
        breadcrumbs=under(programme, remedy.audit),
    )


@requires(Permission.SEE_EVERY_AUDIT)
def verify_remedy(request: HttpRequest, programme: str, number: int, key: int) -> HttpResponse:
    remedy = remedies.one_remedy(request.user, programme, number, key)
    return ask(
        request,
        VerifyForm(sent(request)),
        partial(services.verify, remedy=remedy),
        then=page_of(remedy.audit),
        said="That is verified, in your name.",
        heading="Verify that it was done",
        caption=remedy.words,
        inset=f"They say: {remedy.done_words} Look at the case before you say so too.",
        submit="I have looked, and it was done",
        breadcrumbs=under(programme, remedy.audit),
    )


@requires(Permission.MANAGE_PLAN)
def put_remedy_in_plan(request: HttpRequest, programme: str, number: int, key: int) -> HttpResponse:
    remedy = remedies.one_remedy(request.user, programme, number, key)
    return ask_in_words(
        request,
        InPlanForm(sent(request), objectives=plan.objectives(request.user, programme)),
        partial(services.put_in_plan, remedy=remedy),
        then=page_of(remedy.audit),
        said=lambda kept: f"It is action {kept.plan_ref} of the plan, which says from now on how it goes.",
        heading="Put it in the plan",
        caption=remedy.words,
        submit="Add the action",
        breadcrumbs=under(programme, remedy.audit),
    )
