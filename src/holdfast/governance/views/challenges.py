"""Pages of challenges: the log, one with its answers, and raising, answering and closing one."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import Actor, Refused, requires
from holdfast.access.permissions import Permission
from holdfast.governance import stopping
from holdfast.governance.entitled import check_somewhere, may_answer, may_somewhere
from holdfast.governance.log_forms import AnswerForm, ChallengeForm, ClosingForm
from holdfast.governance.selectors import challenges as selectors
from holdfast.governance.selectors.challenges import ChallengeLine
from holdfast.governance.services import challenging
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import ask, sent
from holdfast.pages.crumbs import crumbs
from holdfast.pages.kept import keep
from holdfast.pages.tables import Column, facts, link, table, tag
from holdfast.pages.words import counted, date_words

LOG = ("Challenges", "challenges")
COLOURS = {"Closed": "green", "Answered, not closed": "yellow", "Not answered": "orange"}


def _columns(code: str) -> list[Column[ChallengeLine]]:
    def name(line: ChallengeLine) -> dict[str, object]:
        return link(f"Challenge {line.challenge.number}", "challenge", code, line.challenge.number)

    return [
        Column("Challenge", name),
        Column("Raised", lambda line: date_words(line.challenge.raised_on)),
        Column("By", lambda line: line.challenge.challenger),
        Column("Of", lambda line: str(line.challenge.challenged)),
        Column("About", lambda line: line.challenge.about),
        Column("Stands", lambda line: tag(line.state, COLOURS[line.state], hint=f"Open for {line.age}")),
        Column("Outcome for children", lambda line: line.closing.outcome if line.closing else "none yet"),
    ]


@requires(Permission.SEE_PROGRAMME)
def challenges(request: HttpRequest, programme: str) -> HttpResponse:
    context = keep("the challenge log", request.user, programme, lambda: _log(request.user, programme))
    return render(request, "governance/log.html", context)


def _log(user: Actor, programme: str) -> dict[str, Any]:
    lines = selectors.challenges(user, programme)
    n_open = sum(line.closing is None for line in lines)
    return {
        "heading": "Challenges",
        "lede": f"Who challenged whom, what was answered, and what came of it. {counted(n_open, 'is', 'are')} open."
        if lines
        else "Who challenged whom, what was answered, and what came of it for children.",
        "breadcrumbs": crumbs(programme),
        "table": table("Challenges, the open ones first", _columns(programme), lines),
        "empty_text": "Nobody has challenged anybody yet. The chair, partners, the safeguarding board and members may.",
        "add": ("Raise a challenge", reverse("raise_challenge", args=[programme]))
        if may_somewhere(user, Permission.RAISE_CHALLENGE, programme)
        else None,
    }


@requires(Permission.SEE_PROGRAMME)
def challenge(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    line = selectors.one_challenge(request.user, programme, number)
    raised, closing, user = line.challenge, line.closing, request.user
    steps = []
    if may_answer(user, raised) and not stopping.answering(raised):
        steps.append(("Answer it", reverse("answer_challenge", args=[programme, number])))
    if may_somewhere(user, Permission.RAISE_CHALLENGE, programme) and not stopping.closing_by(
        user, raised, clock.today()
    ):
        steps.append(("Close it", reverse("close_challenge", args=[programme, number])))
    context = {
        "heading": f"Challenge {number}",
        "breadcrumbs": crumbs(programme, LOG),
        "line": line,
        "facts": facts(
            ("Stands", f"{line.state}, open for {line.age}"),
            ("Raised", f"{date_words(raised.raised_on)}, by {raised.challenger}"),
            ("Of", str(raised.challenged)),
            ("At", str(raised.meeting) if raised.meeting else ""),
            ("Bears on", " ".join(filter(None, (raised.requirement, raised.indicator)))),
            ("Closed", f"{date_words(closing.closed_on)}" if closing else ""),
        ),
        "steps": steps,
    }
    return render(request, "governance/challenge.html", context)


@requires(Permission.SEE_PROGRAMME)
def raise_challenge(request: HttpRequest, programme: str) -> HttpResponse:
    check_somewhere(request.user, Permission.RAISE_CHALLENGE, programme)
    return ask(
        request,
        ChallengeForm(sent(request), user=request.user, code=programme),
        partial(challenging.raise_challenge, programme=organisation.programme(request.user, programme)),
        then=lambda raised: reverse("challenge", args=[programme, raised.number]),
        said=lambda raised: f"Challenge {raised.number} is raised. {raised.challenged} is to answer it.",
        heading="Raise a challenge",
        inset="Everybody in the programme reads it. Whoever raised it closes it, or a member or the chair of its body.",
        submit="Raise the challenge",
        breadcrumbs=crumbs(programme, LOG),
    )


@requires(Permission.SEE_PROGRAMME)
def answer_challenge(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    raised = selectors.one_challenge(request.user, programme, number).challenge
    if not may_answer(request.user, raised):
        raise Refused(Permission.MANAGE_MEETINGS, programme)
    return ask(
        request,
        AnswerForm(sent(request)),
        partial(challenging.answer_challenge, challenge=raised),
        then=reverse("challenge", args=[programme, number]),
        said="The answer is kept. Whoever challenged reads it, and closes it.",
        heading=f"Answer challenge {number}",
        inset=raised.about,
        stop=stopping.answering(raised),
        submit="Answer",
        breadcrumbs=crumbs(programme, LOG, (f"Challenge {number}", "challenge", number)),
    )


@requires(Permission.SEE_PROGRAMME)
def close_challenge(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    check_somewhere(request.user, Permission.RAISE_CHALLENGE, programme)
    raised = selectors.one_challenge(request.user, programme, number).challenge
    return ask(
        request,
        ClosingForm(sent(request)),
        partial(challenging.close_challenge, challenge=raised),
        then=reverse("challenge", args=[programme, number]),
        said=f"Challenge {number} is closed, with what came of it.",
        heading=f"Close challenge {number}",
        inset=raised.about,
        stop=stopping.closing_by(request.user, raised, clock.today()),
        submit="Close it",
        breadcrumbs=crumbs(programme, LOG, (f"Challenge {number}", "challenge", number)),
    )
