"""Pages of the risk register: the list, one risk with all its scores, and the ways to add to it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdfast.access.doors import Actor, may, requires
from holdfast.access.permissions import Permission
from holdfast.governance.log_forms import ControlForm, ReviewForm, RiskForm, ScoreForm
from holdfast.governance.models import RiskScore
from holdfast.governance.selectors import risks as selectors
from holdfast.governance.selectors.risks import RiskLine
from holdfast.governance.services import registering
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import ask, sent, why_not
from holdfast.pages.crumbs import crumbs
from holdfast.pages.kept import keep
from holdfast.pages.tables import Column, facts, link, table, tag
from holdfast.pages.words import counted, date_words, upper_first

REGISTER = ("Risks", "risks")
READING = "A score is likelihood times impact, 1 to 5 each; a review is not a new score."


def _stands(line: RiskLine) -> Any:
    if line.lifting is not None:
        return f"Lifted by {line.lifting.decision}"
    if line.score is None:
        return "Not scored"
    if line.score.target is None:
        return "Accepted as it is"
    return tag("Over its target", "orange") if line.is_over else "Within its target"


def _columns(code: str) -> list[Column[RiskLine]]:
    def name(line: RiskLine) -> dict[str, Any]:
        return link(line.risk.title, "risk", code, line.risk.number, hint=f"Risk {line.risk.number}")

    return [
        Column("Risk", name),
        Column("Owner", lambda line: str(line.risk.owner)),
        Column("Without controls", lambda line: line.inherent_words),
        Column("Now", lambda line: line.score_words),
        Column("Target", lambda line: line.target_words),
        Column("Stands", _stands),
        Column("Last looked at", lambda line: line.looked_at),
    ]


@requires(Permission.SEE_PROGRAMME)
def risks(request: HttpRequest, programme: str) -> HttpResponse:
    context = keep("the risk register", request.user, programme, lambda: _register(request.user, programme))
    return render(request, "governance/log.html", context)


def _register(user: Actor, programme: str) -> dict[str, Any]:
    lines = selectors.risks(user, programme)
    n_over = sum(line.is_over for line in lines)
    return {
        "heading": "Risks",
        "lede": upper_first(f"{counted(n_over, 'risk is', 'risks are')} over target, of {len(lines)}. {READING}"),
        "breadcrumbs": crumbs(programme),
        "table": table("The register, the largest first", _columns(programme), lines),
        "empty_text": "No risk is on the register. The programme office adds one, or a decision does.",
        "add": ("Put a risk on the register", reverse("raise_risk", args=[programme]))
        if may(user, Permission.MANAGE_RISKS, programme)
        else None,
    }


SCORES = [
    Column[RiskScore]("Scored", lambda score: date_words(score.scored_on)),
    Column[RiskScore]("Without controls", lambda score: str(score.inherent)),
    Column[RiskScore]("With controls", lambda score: str(score.residual)),
    Column[RiskScore]("Target", lambda score: str(score.target) if score.target else "accepted"),
    Column[RiskScore]("Why", lambda score: score.reason),
]


@requires(Permission.SEE_PROGRAMME)
def risk(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    line = selectors.one_risk(request.user, programme, number)
    may_add = line.lifting is None and may(request.user, Permission.MANAGE_RISKS, programme)
    names = (("Score it", "score_risk"), ("Review it", "review_risk"), ("Add a control", "add_control"))
    context = {
        "heading": line.risk.title,
        "caption": f"Risk {number}",
        "breadcrumbs": crumbs(programme, REGISTER),
        "line": line,
        "facts": facts(
            ("Cause", line.risk.cause),
            ("Event", line.risk.event),
            ("Effect on children", line.risk.effect),
            ("Owner", str(line.risk.owner)),
            ("Bears on", line.risk.requirement),
            ("Now", line.score_words),
            ("Target", line.target_words),
            ("Last looked at", line.looked_at),
        ),
        "scores": table("Every score it had", SCORES, line.scores),
        "steps": [(words, reverse(name, args=[programme, number])) for words, name in names] if may_add else [],
        "programme_code": programme,
    }
    return render(request, "governance/risk.html", context)


@requires(Permission.MANAGE_RISKS)
def raise_risk(request: HttpRequest, programme: str) -> HttpResponse:
    return ask(
        request,
        RiskForm(sent(request), user=request.user, code=programme),
        partial(registering.raise_risk, programme=organisation.programme(request.user, programme)),
        then=lambda raised: reverse("risk", args=[programme, raised.number]),
        said=lambda raised: f"Risk {raised.number} is on the register. Score it next.",
        heading="Put a risk on the register",
        inset="Only a decision takes it off again.",
        submit="Put it on the register",
        breadcrumbs=crumbs(programme, REGISTER),
    )


def _add(
    request: HttpRequest, programme: str, number: int, form: Form, save: Callable[..., Any], words: str
) -> HttpResponse:
    """A page that adds to one risk."""
    raised = selectors.one_risk(request.user, programme, number).risk
    return ask(
        request,
        form,
        partial(save, risk=raised),
        then=reverse("risk", args=[programme, number]),
        said=f"Kept with risk {number}. What was there before stays to be read.",
        heading=words,
        caption=f"Risk {number}: {raised.title}",
        stop=why_not(registering.refuse_lifted, raised),
        submit="Save",
        breadcrumbs=crumbs(programme, REGISTER, (f"Risk {number}", "risk", number)),
    )


@requires(Permission.MANAGE_RISKS)
def score_risk(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    return _add(request, programme, number, ScoreForm(sent(request)), registering.score_risk, "Score a risk")


@requires(Permission.MANAGE_RISKS)
def review_risk(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    return _add(request, programme, number, ReviewForm(sent(request)), registering.review_risk, "Review a risk")


@requires(Permission.MANAGE_RISKS)
def add_control(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    form = ControlForm(sent(request), user=request.user, code=programme)
    return _add(request, programme, number, form, registering.add_control, "Add a control")
