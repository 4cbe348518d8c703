"""The pages of management oversight: how far cases met the standards of their day, and the standards' own versions."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.agreements import services as agreements
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import ask, sent, why_not
from holdfast.pages.crumbs import crumbs
from holdfast.performance.selectors.compliance import measure_choices
from holdfast.performance.selectors.unanswerable import Unanswerable
from holdfast.practice import written_oversight as written
from holdfast.practice.forms import ClauseForm, PutForwardForm, StandardForm
from holdfast.practice.models import Standard, StandardClause
from holdfast.practice.selectors import oversight as selectors
from holdfast.practice.services import oversight as services
from holdfast.questions.warning import ask_in_words

OVERSIGHT = ("Management oversight", "oversight")
NOT_SET_UP = "The programme office has not set up standards for oversight as something to be agreed."


def page_of(made: Standard | StandardClause) -> str:
    standard = made.standard if isinstance(made, StandardClause) else made
    return reverse("standard", args=[standard.programme.code, standard.number])


@requires(Permission.SEE_INDICATORS)
def oversight(request: HttpRequest, programme: str) -> HttpResponse:
    user = request.user
    context: dict[str, Any] = {
        "heading": "Management oversight",
        "lede": "How far cases met the standards that were in force on their day, by records and by audit.",
        "breadcrumbs": crumbs(programme),
        "versions": written.versions_table(programme, selectors.standards(user, programme)),
        "may_write": may(user, Permission.MANAGE_PRACTICE, programme),
    }
    try:
        found = selectors.oversight(user, programme)
    except Unanswerable as none:
        return render(request, "practice/oversight.html", context | {"problem": str(none)})
    context |= {"found": found, "judged": [written.judged(one) for one in found.judged]}
    return render(request, "practice/oversight.html", context)


@requires(Permission.SEE_PROGRAMME)
def standard(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    user, found = request.user, selectors.one_standard(request.user, programme, number)
    is_settled = selectors.is_put_forward(found)
    context = {
        "heading": f"Standards for oversight {found.number}",
        "breadcrumbs": crumbs(programme, OVERSIGHT),
        "standard": found,
        "clauses": written.clauses_table(found),
        "words": selectors.words_of(found).splitlines(),
        "is_settled": is_settled,
        "may_add": may(user, Permission.MANAGE_PRACTICE, programme) and not is_settled,
        "may_put_forward": may(user, Permission.MANAGE_AGREEMENTS, programme) and not is_settled,
    }
    return render(request, "practice/standard.html", context)


@requires(Permission.MANAGE_PRACTICE)
def write_standard(request: HttpRequest, programme: str) -> HttpResponse:
    return ask(
        request,
        StandardForm(sent(request), kept=selectors.clauses_to_keep(request.user, programme)),
        partial(services.write_standard, programme=organisation.programme(request.user, programme)),
        then=page_of,
        said="The version is begun. Add its clauses; the programme office then puts its words forward.",
        heading="Write a version of the standards",
        inset="It says nothing until its words are agreed. The version in force stays until then.",
        submit="Begin it",
        breadcrumbs=crumbs(programme, OVERSIGHT),
    )


@requires(Permission.MANAGE_PRACTICE)
def add_clause(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = selectors.one_standard(request.user, programme, number)
    choices = {"records": measure_choices(), "audits": selectors.audit_choices(request.user, programme)}
    return ask_in_words(
        request,
        ClauseForm(sent(request), **choices),
        partial(services.add_clause, standard=found),
        then=page_of,
        said="The clause is written. It stays in this version.",
        heading="Write a clause",
        caption=f"Standards for oversight {found.number}",
        inset="What neither records nor audits can measure may still be a clause: it is then said to be not held.",
        stop=why_not(services.refuse_put_forward, found),
        submit="Add the clause",
        breadcrumbs=crumbs(programme, OVERSIGHT),
    )


@requires(Permission.MANAGE_AGREEMENTS)
def put_standard_forward(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    user, found = request.user, selectors.one_standard(request.user, programme, number)
    subject, bodies = selectors.to_put_forward(user, programme)
    words = selectors.words_of(found)
    stop = "" if subject else NOT_SET_UP
    stop = stop or ("" if words else "It has no clause yet.") or why_not(services.refuse_put_forward, found)
    return ask(
        request,
        PutForwardForm(sent(request), bodies=bodies),
        partial(_propose, subject=subject, words=words),
        then=page_of(found),
        said="Its words are put forward. It is in force once the body has agreed exactly these.",
        heading="Put the standards forward",
        inset=words,
        stop=stop,
        submit="Put them forward",
        breadcrumbs=crumbs(programme, OVERSIGHT),
    )


def _propose(*, body: str, **given: Any) -> Any:
    return agreements.propose_version(parties=[("body", body)], **given)
