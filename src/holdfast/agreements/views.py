"""The pages of agreements: what is agreed, who is waited for, a version with what changed, and answering.

Rule: a page that only asks is pages.asking.ask; a document leaves as an attachment, while it is what was given.
"""

from functools import partial
from io import BytesIO

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.agreements import selectors, services, written
from holdfast.agreements.differing import changes
from holdfast.agreements.forms import (
    AnswerForm,
    DayForm,
    MinuteForm,
    ReviewForm,
    SubjectForm,
    VersionForm,
    WithdrawalForm,
)
from holdfast.agreements.models import Subject, Version
from holdfast.agreements.selectors import page_of
from holdfast.agreements.standing import TAG_COLOURS, in_force_of, latest_of, standing_of
from holdfast.agreements.written import AGREEMENTS, OPEN
from holdfast.jobs import kept
from holdfast.jobs.attachments import download
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import ask, go_on, sent, sent_with_files, why_not
from holdfast.pages.crumbs import Crumb, crumbs
from holdfast.pages.words import date_words


@requires(Permission.SEE_PROGRAMME)
def agreements(request: HttpRequest, programme: str) -> HttpResponse:
    user, today, form = request.user, clock.today(), DayForm(request.GET or None)
    on = (form.cleaned_data.get("on") if form.is_valid() else None) or today
    lines = selectors.standings(user, programme, on)
    waiting = selectors.outstanding(user, programme, on)
    mine = selectors.waiting_for(user, programme) if on == today else []
    context = {
        "heading": "Agreements",
        "lede": "What must be agreed, by whom, and which version is in force.",
        "past": "" if on == today else f"This is how it was on {date_words(on)}, by the days that the answers bear.",
        "form": form,
        "mine": written.waiting_table(mine, "Waits for your answer", answers=True),
        "subjects": written.subjects_table(lines, on),
        "waiting": written.waiting_table(waiting, f"Who is waited for on {date_words(on)}", answers=False),
        "may_manage": may(user, Permission.MANAGE_AGREEMENTS, programme),
    }
    return render(request, "agreements/agreements.html", context)


@requires(Permission.SEE_PROGRAMME)
def agreement(request: HttpRequest, programme: str, subject: str) -> HttpResponse:
    found, today = selectors.one_subject(request.user, programme, subject), clock.today()
    in_force = in_force_of(found, today)
    latest = latest_of(found, today)
    context = {
        "heading": found.title,
        "caption": "To be agreed",
        "breadcrumbs": crumbs(programme, AGREEMENTS),
        "subject": found,
        "facts": written.subject_facts(found, in_force, today),
        "in_force": in_force,
        "latest": latest if latest != in_force else None,
        "versions": written.versions_table(found, today),
        "reviews": written.reviews_table(found),
        "may_manage": may(request.user, Permission.MANAGE_AGREEMENTS, programme),
    }
    return render(request, "agreements/agreement.html", context)


@requires(Permission.SEE_PROGRAMME)
def agreement_version(request: HttpRequest, programme: str, subject: str, number: int) -> HttpResponse:
    found, version = selectors.one_version(request.user, programme, subject, number)
    standing = standing_of(found, version, clock.today())
    before = next((one for one in found.versions.all() if one.number == number - 1), None)
    may_manage = may(request.user, Permission.MANAGE_AGREEMENTS, programme)
    spoken = selectors.spoken_for(request.user, programme)
    context = {
        "heading": str(version),
        "caption": found.get_kind_display(),
        "breadcrumbs": _under(programme, found),
        "subject": found,
        "version": version,
        "state": {"text": standing.state, "tag": TAG_COLOURS[standing.state]},
        "facts": written.version_facts(version, standing),
        "parties": written.parties_table(standing, spoken, may_manage),
        "before": before,
        "is_compared": before is not None and bool(before.words and version.words),
        "changes": changes(before.words, version.words) if before else [],
        "may_withdraw": may_manage and standing.state in OPEN,
    }
    return render(request, "agreements/agreement_version.html", context)


@requires(Permission.SEE_PROGRAMME)
def agreement_document(request: HttpRequest, programme: str, subject: str, number: int) -> HttpResponse:
    _, version = selectors.one_version(request.user, programme, subject, number)
    try:
        content = BytesIO(selectors.document(request.user, version))
    except kept.NotAsKept as gone:
        raise Http404(str(gone)) from gone
    return download(content, version.file_name)


@requires(Permission.MANAGE_AGREEMENTS)
def add_agreement(request: HttpRequest, programme: str) -> HttpResponse:
    return ask(
        request,
        SubjectForm(sent(request), user=request.user, programme=programme),
        partial(services.add_subject, programme=organisation.programme(request.user, programme)),
        then=page_of,
        said=lambda subject: f"{subject} can be agreed. Put its first version forward next.",
        heading="Add something to be agreed",
        submit="Add it",
        breadcrumbs=crumbs(programme, AGREEMENTS),
    )


@requires(Permission.MANAGE_AGREEMENTS)
def propose_version(request: HttpRequest, programme: str, subject: str) -> HttpResponse:
    found, choices = (
        selectors.one_subject(request.user, programme, subject),
        selectors.party_choices(request.user, programme),
    )
    form = VersionForm(*sent_with_files(request), choices=choices, last=latest_of(found, clock.today()))
    done = go_on(
        request,
        form,
        lambda by, at, **_: services.propose_version(by=by, at=at, subject=found, **form.given()),
        then=page_of,
        said=lambda version: f"{version} is put forward. It is in force once everybody who must agree has.",
    )
    context = {"heading": "Put a version forward", "caption": found.title, "breadcrumbs": _under(programme, found)}
    return done or render(request, "agreements/propose_version.html", {**context, "form": form})


@requires(Permission.SEE_PROGRAMME)
def answer_agreement(request: HttpRequest, programme: str, subject: str, number: int, party: int) -> HttpResponse:
    found, version, asked = selectors.one_party(request.user, programme, subject, number, party)
    return ask(
        request,
        AnswerForm(sent(request)),
        partial(services.say, version=version, party=asked),
        then=page_of(version),
        said=f"The answer of {asked.name} is recorded, in your name and with today’s date.",
        heading=f"Answer for {asked.name}",
        caption=str(version),
        inset="Read the version first. An answer is given once and kept: what changes is a new version.",
        stop=why_not(services.refuse_answering, request.user, found, version, asked, clock.today()),
        submit="Record the answer",
        breadcrumbs=_under(programme, found, version),
    )


@requires(Permission.MANAGE_AGREEMENTS)
def record_minute(request: HttpRequest, programme: str, subject: str, number: int, party: int) -> HttpResponse:
    found, version, asked = selectors.one_party(request.user, programme, subject, number, party)
    return ask(
        request,
        MinuteForm(sent(request)),
        partial(services.say, version=version, party=asked),
        then=page_of(version),
        said=f"The answer of {asked.name} is recorded from the minute, with that you recorded it today.",
        heading=f"Record the answer of {asked.name}",
        caption=str(version),
        inset="Record only what a minute or a letter says. An answer is kept, with its reference and who recorded it.",
        stop=why_not(services.refuse_not_asked, found, version, asked, clock.today()),
        submit="Record the answer",
        breadcrumbs=_under(programme, found, version),
    )


@requires(Permission.MANAGE_AGREEMENTS)
def withdraw_version(request: HttpRequest, programme: str, subject: str, number: int) -> HttpResponse:
    found, version = selectors.one_version(request.user, programme, subject, number)
    return ask(
        request,
        WithdrawalForm(sent(request)),
        partial(services.withdraw_version, version=version),
        then=page_of(found),
        said=f"{version} is withdrawn. It stays to be read, with why, and is asked of nobody any more.",
        heading="Withdraw the version",
        caption=str(version),
        warning="It is asked of nobody any more. Who has answered it answers a new version afresh.",
        stop=why_not(services.refuse_withdrawing, version),
        submit="Withdraw it",
        breadcrumbs=_under(programme, found, version),
    )


@requires(Permission.MANAGE_AGREEMENTS)
def record_review(request: HttpRequest, programme: str, subject: str) -> HttpResponse:
    found = selectors.one_subject(request.user, programme, subject)
    return ask(
        request,
        ReviewForm(sent(request)),
        partial(services.record_review, subject=found),
        then=page_of(found),
        said="The review is recorded. What it changes is a new version, which all must agree.",
        heading="Record a review",
        caption=found.title,
        submit="Record the review",
        breadcrumbs=_under(programme, found),
    )


def _under(programme: str, subject: Subject, version: Version | None = None) -> list[Crumb]:
    steps = [*crumbs(programme, AGREEMENTS), (subject.title, reverse("agreement", args=[programme, subject.code]))]
    return [*steps, (f"Version {version.number}", page_of(version))] if version else steps
