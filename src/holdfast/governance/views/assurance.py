"""Pages of support, the safeguarding board's duties, members' scrutiny and the steps of the intervention."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.governance.entitled import check_somewhere, may_somewhere
from holdfast.governance.log_forms import DutyForm, RecommendationForm, ResponseForm, StepForm, SupportForm
from holdfast.governance.models import InterventionStep, SupportSession
from holdfast.governance.selectors import assurance as selectors
from holdfast.governance.selectors.assurance import DutyLine, RecommendationLine
from holdfast.governance.selectors.scrutiny import PublicLine, measures_words, public_figures
from holdfast.governance.services import assuring
from holdfast.notice.figures import BETTER, WORSE
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import ask, sent
from holdfast.pages.crumbs import crumbs
from holdfast.pages.tables import Column, link, table
from holdfast.pages.words import counted, date_words, upper_first

SUPPORT = [
    Column[SupportSession]("Day", lambda session: date_words(session.on)),
    Column[SupportSession]("Kind", lambda session: session.get_kind_display()),
    Column[SupportSession]("Who was helped", lambda session: str(session.post)),
    Column[SupportSession]("By", lambda session: session.given_by),
    Column[SupportSession]("Hours", lambda session: session.hours, numeric=True),
]


def _add(user: Any, permission: Permission, programme: str, words: str, name: str) -> tuple[str, str] | None:
    return (words, reverse(name, args=[programme])) if may_somewhere(user, permission, programme) else None


@requires(Permission.SEE_PROGRAMME)
def support(request: HttpRequest, programme: str) -> HttpResponse:
    sessions = selectors.support_sessions(request.user, programme)
    context = {
        "heading": "Support and mentoring",
        "lede": "Who was helped, by whom, when and for how long. Nothing that was said is kept here, nor can be.",
        "breadcrumbs": crumbs(programme),
        "table": table("Sessions, the latest first", SUPPORT, sessions),
        "empty_text": "No session is on record. The programme office logs each one.",
        "add": _add(request.user, Permission.MANAGE_RISKS, programme, "Log a session", "log_support"),
    }
    return render(request, "governance/log.html", context)


@requires(Permission.MANAGE_RISKS)
def log_support(request: HttpRequest, programme: str) -> HttpResponse:
    return ask(
        request,
        SupportForm(sent(request), user=request.user, code=programme),
        partial(assuring.log_support, programme=organisation.programme(request.user, programme)),
        then=reverse("support", args=[programme]),
        said="The session is logged: who, by whom, when and how long.",
        heading="Log a session",
        inset="Nothing of what was said is kept.",
        submit="Log it",
        breadcrumbs=crumbs(programme, ("Support and mentoring", "support")),
    )


@requires(Permission.SEE_PROGRAMME)
def duties(request: HttpRequest, programme: str) -> HttpResponse:
    lines = selectors.duty_lines(request.user, programme)
    may_assure = may(request.user, Permission.ASSURE_DUTIES, programme)

    def name(line: DutyLine) -> Any:
        words = f"{line.duty.ref} {line.duty.words}"
        return link(words, "assure_duty", programme, line.duty.ref) if may_assure else words

    columns = [
        Column("Duty", name),
        Column[DutyLine]("Stands", lambda line: line.state),
        Column[DutyLine]("What shows it", lambda line: line.assurance.evidence if line.assurance else ""),
        Column[DutyLine]("Said on", lambda line: date_words(line.assurance.assured_on) if line.assurance else "never"),
        Column[DutyLine]("Source", lambda line: line.duty.source_words),
    ]
    n_met = sum(line.state == "Met" for line in lines)
    context = {
        "heading": "The safeguarding board’s duties",
        "lede": f"{n_met} of {counted(len(lines), 'duty', 'duties')} are met, as the board itself says.",
        "breadcrumbs": crumbs(programme),
        "table": table("Each duty", columns, lines),
    }
    return render(request, "governance/log.html", context)


@requires(Permission.ASSURE_DUTIES)
def assure_duty(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    line = selectors.one_duty(request.user, programme, ref)
    whole = organisation.programme(request.user, programme)
    return ask(
        request,
        DutyForm(sent(request)),
        partial(assuring.assure_duty, programme=whole, line=line.duty.ref),
        then=reverse("duties", args=[programme]),
        said=f"{line.duty.ref} is kept as of today. What was said before stays on record.",
        heading=f"How does duty {line.duty.ref} stand?",
        inset=f"{line.duty.words} {line.duty.source_words}",
        submit="Save",
        breadcrumbs=crumbs(programme, ("The safeguarding board’s duties", "duties")),
    )


FIGURES = [
    Column[PublicLine]("Measure", lambda line: {"text": line.title, "url": line.url}),
    Column[PublicLine]("Latest month", lambda line: line.figure),
    Column[PublicLine]("What may be said", lambda line: line.headline),
]


def _recommended(programme: str, may_respond: bool) -> list[Column[RecommendationLine]]:
    def name(line: RecommendationLine) -> Any:
        text = f"{line.recommendation.number}. {line.recommendation.text}"
        return link(text, "respond", programme, line.recommendation.number) if may_respond else text

    return [
        Column("Recommendation", name),
        Column("Made", lambda line: date_words(line.recommendation.made_on)),
        Column("Asked of", lambda line: str(line.recommendation.asked_of)),
        Column("Stands", lambda line: line.state),
        Column("Answer", lambda line: line.responses[-1].words if line.responses else "none yet"),
    ]


@requires(Permission.SEE_PROGRAMME)
def scrutiny(request: HttpRequest, programme: str) -> HttpResponse:
    started, user = selectors.scrutiny_started_on(programme), request.user
    figures = public_figures(user, programme)
    columns = _recommended(programme, may(user, Permission.MANAGE_MEETINGS, programme))
    add = _add(user, Permission.RAISE_CHALLENGE, programme, "Write down a recommendation", "recommend")
    context = {
        "heading": "Members’ scrutiny",
        "lede": f"Began on {date_words(started)}, when its condition was recorded as met."
        if started
        else "Has not begun: it begins when its condition in the notice is recorded as met.",
        "breadcrumbs": crumbs(programme),
        "table": table("What scrutiny recommended", columns, selectors.recommendations(user, programme)),
        "empty_text": "Scrutiny has recommended nothing yet.",
        "measures": measures_words(figures),
        "parts": _figure_parts(figures),
        "add": add if started else None,
    }
    return render(request, "governance/scrutiny.html", context)


def _figure_parts(figures: Sequence[PublicLine]) -> list[dict[str, Any]]:
    """The measures by what may be said of them, worse first. Closed: where no change can be said."""
    by_claim: dict[str, list[PublicLine]] = {}
    for line in sorted(figures, key=lambda line: (line.claim not in WORSE, line.claim not in BETTER, not line.claim)):
        by_claim.setdefault(line.claim, []).append(line)
    return [
        {
            "title": upper_first(claim or "not held"),
            "note": counted(len(lines), "measure"),
            "table": table(upper_first(claim or "not held"), FIGURES, lines),
            "is_open": claim in WORSE | BETTER,
        }
        for claim, lines in by_claim.items()
    ]


NOT_BEGUN = "Scrutiny begins when its condition is on record, and that is not so yet."


@requires(Permission.SEE_PROGRAMME)
def recommend(request: HttpRequest, programme: str) -> HttpResponse:
    check_somewhere(request.user, Permission.RAISE_CHALLENGE, programme)
    return ask(
        request,
        RecommendationForm(sent(request), user=request.user, code=programme),
        partial(assuring.recommend, programme=organisation.programme(request.user, programme)),
        then=reverse("scrutiny", args=[programme]),
        said="The recommendation is kept. The programme office writes down the answer.",
        heading="What does scrutiny recommend?",
        stop="" if selectors.scrutiny_started_on(programme) else NOT_BEGUN,
        submit="Save",
        breadcrumbs=crumbs(programme, ("Members’ scrutiny", "scrutiny")),
    )


@requires(Permission.MANAGE_MEETINGS)
def respond(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    recommendation = selectors.one_recommendation(request.user, programme, number)
    return ask(
        request,
        ResponseForm(sent(request)),
        partial(assuring.respond, recommendation=recommendation),
        then=reverse("scrutiny", args=[programme]),
        said="The answer is kept beside the recommendation.",
        heading=f"Answer recommendation {number}",
        inset=recommendation.text,
        submit="Save",
        breadcrumbs=crumbs(programme, ("Members’ scrutiny", "scrutiny")),
    )


STEPS = [
    Column[InterventionStep]("Day", lambda step: date_words(step.on)),
    Column[InterventionStep]("Step", lambda step: step.get_kind_display()),
    Column[InterventionStep]("What happened", lambda step: step.words),
    Column[InterventionStep]("Source", lambda step: step.source),
]


@requires(Permission.SEE_PROGRAMME)
def intervention(request: HttpRequest, programme: str) -> HttpResponse:
    context = {
        "heading": "Steps of the intervention",
        "lede": "What the Department did, and the letter that says so, from the notice to its end.",
        "breadcrumbs": crumbs(programme),
        "table": table("Steps, the earliest first", STEPS, selectors.intervention_steps(request.user, programme)),
        "empty_text": "No step is on record.",
        "add": _add(request.user, Permission.MANAGE_MEETINGS, programme, "Record a step", "record_step"),
    }
    return render(request, "governance/log.html", context)


@requires(Permission.MANAGE_MEETINGS)
def record_step(request: HttpRequest, programme: str) -> HttpResponse:
    return ask(
        request,
        StepForm(sent(request)),
        partial(assuring.record_step, programme=organisation.programme(request.user, programme)),
        then=reverse("intervention", args=[programme]),
        said="The step is on record.",
        heading="Record a step of the intervention",
        submit="Save",
        breadcrumbs=crumbs(programme, ("Steps of the intervention", "intervention")),
    )
