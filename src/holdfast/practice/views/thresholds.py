"""The pages of thresholds: what is agreed, who was told of it, and exercises of invented cases."""

from functools import partial

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import ask, sent
from holdfast.pages.crumbs import crumbs
from holdfast.practice import written
from holdfast.practice.forms import (
    BriefingForm,
    DecidingForm,
    ExerciseForm,
    RouteForm,
    VignetteForm,
    WithdrawingForm,
)
from holdfast.practice.models import Exercise
from holdfast.practice.selectors import exercises as selectors
from holdfast.practice.selectors import thresholds as reading
from holdfast.practice.services import thresholds as services
from holdfast.practice.whose import own_agency
from holdfast.questions.warning import ask_in_words

THRESHOLDS = ("Thresholds", "thresholds")


@requires(Permission.SEE_PROGRAMME)
def thresholds(request: HttpRequest, programme: str) -> HttpResponse:
    user, today = request.user, clock.today()
    may_manage = may(user, Permission.MANAGE_PRACTICE, programme)
    versions = reading.version_choices(user, programme, today)
    context = {
        "heading": "Thresholds",
        "lede": "What is agreed, who was told of it, and whether agencies decide the same case alike.",
        "breadcrumbs": crumbs(programme),
        "today": today,
        "in_force": written.in_force_table(programme, reading.in_force(user, programme, today), today),
        "routes": reading.routes(user, programme, today),
        "told": [written.told_table(str(one), reading.told_of(user, programme, one, today)) for one in versions],
        "log": written.briefings_table(programme, reading.briefings(user, programme), may_manage=may_manage),
        "exercises": written.exercises_table(programme, list(selectors.exercises(user, programme)), today),
        "may_manage": may_manage,
        "may_record": may_manage and bool(versions),
    }
    return render(request, "practice/thresholds.html", context)


@requires(Permission.MANAGE_PRACTICE)
def record_briefing(request: HttpRequest, programme: str) -> HttpResponse:
    user = request.user
    versions, agencies = reading.to_tell(user, programme, clock.today())
    return ask_in_words(
        request,
        BriefingForm(sent(request), versions=versions, agencies=agencies),
        partial(services.record_briefing, programme=organisation.programme(user, programme)),
        then=reverse("thresholds", args=[programme]),
        said="It is recorded. It counts from the day they were told.",
        heading="Record who was told",
        inset="Record people who were told of what is in force. Somebody told twice counts twice.",
        stop="" if versions else "Nothing is in force of which people could be told.",
        submit="Record it",
        breadcrumbs=crumbs(programme, THRESHOLDS),
    )


@requires(Permission.MANAGE_PRACTICE)
def mark_route(request: HttpRequest, programme: str, key: int) -> HttpResponse:
    version = reading.one_threshold(request.user, programme, key, clock.today())
    lines = reading.lines_of(version)
    return ask(
        request,
        RouteForm(sent(request), lines=lines),
        partial(services.mark_route, version=version),
        then=reverse("thresholds", args=[programme]),
        said="It is marked. The page of thresholds shows it as part of what is agreed.",
        heading="Mark what is done below the line",
        caption=str(version),
        inset="Only what is agreed can be marked: to change the route, put a new version forward.",
        stop="" if lines else "Its words cannot be read here: it is a document.",
        submit="Mark it",
        breadcrumbs=crumbs(programme, THRESHOLDS),
    )


@requires(Permission.MANAGE_PRACTICE)
def withdraw_briefing(request: HttpRequest, programme: str, key: int) -> HttpResponse:
    briefing = reading.one_briefing(request.user, programme, key)
    return ask_in_words(
        request,
        WithdrawingForm(sent(request)),
        partial(services.withdraw_briefing, briefing=briefing),
        then=reverse("thresholds", args=[programme]),
        said="It is withdrawn. It stays in the log, and counts no more.",
        heading="Withdraw a record of who was told",
        caption=str(briefing),
        stop="It was withdrawn already." if hasattr(briefing, "withdrawal") else "",
        submit="Withdraw it",
        breadcrumbs=crumbs(programme, THRESHOLDS),
    )


@requires(Permission.SEE_PROGRAMME)
def exercise(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    user, today = request.user, clock.today()
    found = selectors.one_exercise(user, programme, number)
    may_manage = may(user, Permission.MANAGE_PRACTICE, programme)
    context = {
        "heading": found.title,
        "breadcrumbs": crumbs(programme, THRESHOLDS),
        "exercise": found,
        "stands": written.stands(found, today),
        "question": selectors.level_question(found).ask,
        "is_open_to_more": may_manage and selectors.may_still_grow(found),
        "may_close": may_manage and selectors.may_close(found),
        **_cases_and_decisions(request, found, may_manage=may_manage),
    }
    return render(request, "practice/exercise.html", context)


def _cases_and_decisions(request: HttpRequest, found: Exercise, *, may_manage: bool) -> dict[str, object]:
    """The cases with one's own decisions; how far agencies have come, or, once it is closed, what was found."""
    user = request.user
    own, may_decide = selectors.own_decisions(user, found), selectors.may_decide(user, found)
    knows_meant = may_manage or found.closed_on is not None
    cases = written.cases_table(found, own, may_decide=may_decide, knows_meant=knows_meant)
    outcome = selectors.outcome(user, found)
    if outcome is None:
        taken = selectors.taken_part(user, found)
        return {"cases": cases, "taken": written.taken_table(taken, len(found.vignettes.all())) if taken else None}
    return {
        "cases": cases,
        "words": written.outcome_words(outcome),
        "agencies": written.agencies_table(outcome) if outcome.agencies else None,
        "differences": written.differences_table(found, outcome) if outcome.agencies else None,
    }


@requires(Permission.MANAGE_PRACTICE)
def set_exercise(request: HttpRequest, programme: str) -> HttpResponse:
    return ask_in_words(
        request,
        ExerciseForm(sent(request), versions=selectors.versions_to_use(request.user, programme)),
        partial(services.set_exercise, programme=organisation.programme(request.user, programme)),
        then=selectors.page_of,
        said="It is set. Write its cases: each agency’s people then decide them alone.",
        heading="Set an exercise of invented cases",
        submit="Set it",
        breadcrumbs=crumbs(programme, THRESHOLDS),
    )


@requires(Permission.MANAGE_PRACTICE)
def add_vignette(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = selectors.one_exercise(request.user, programme, number)
    return ask_in_words(
        request,
        VignetteForm(sent(request), levels=selectors.levels(found)),
        partial(services.add_vignette, exercise=found),
        then=selectors.page_of(found),
        said="The case is written. What is meant is shown to others once the exercise is closed.",
        heading="Write a case",
        caption=found.title,
        warning="A case is kept as it is written. Who writes one decides none of this exercise.",
        stop="" if selectors.may_still_grow(found) else "Somebody has begun it, or it is closed, so it stays as it is.",
        submit="Add the case",
        breadcrumbs=crumbs(programme, THRESHOLDS),
    )


@requires(Permission.SEE_PROGRAMME)
def decide_vignette(request: HttpRequest, programme: str, number: int, case: int) -> HttpResponse:
    vignette = selectors.to_decide(request.user, programme, number, case)
    found = vignette.exercise
    asked = selectors.level_question(found)
    return ask_in_words(
        request,
        DecidingForm(sent(request), ask=asked.ask, levels=selectors.levels(found)),
        partial(services.decide_vignette, vignette=vignette),
        then=selectors.page_of(found),
        said="Your decision is kept. You read what others decided once the exercise is closed.",
        heading=f"Case {case}",
        caption=found.title,
        inset=vignette.case,
        warning=f"You decide for {own_agency(request.user, programme)}. A decision is made once, and kept. "
        "Decide it alone.",
        submit="Decide",
        breadcrumbs=crumbs(programme, THRESHOLDS),
    )


@requires(Permission.MANAGE_PRACTICE)
def close_exercise(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = selectors.one_exercise(request.user, programme, number)
    return ask(
        request,
        Form(sent(request)),
        partial(services.close_exercise, exercise=found),
        then=selectors.page_of(found),
        said="It is closed. Everybody reads what each agency decided, and what is meant.",
        heading="Close the exercise",
        caption=found.title,
        warning="Nobody can decide a case of it afterwards.",
        stop="" if selectors.may_close(found) else "It is closed already, or nobody has decided a case of it yet.",
        submit="Close it",
        breadcrumbs=crumbs(programme, THRESHOLDS),
    )
