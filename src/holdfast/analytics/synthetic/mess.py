"""The mess of a real return, on purpose: what is missing, wrong, out of order, sent twice or corrected later.

Every kind keeps clear of the published totals: a spoilt fact that a total counts lies in a year whose figures are
invented, or is put right by that year's annual return. Shares and counts are in the shape's data. All of it is
invented.
"""

from collections.abc import Callable, Iterable
from datetime import date
from random import Random
from typing import Any

from holdfast.analytics.synthetic.calibration import Shape
from holdfast.analytics.synthetic.events import NEVER, Assessment, Child, Enquiry, Episode, Plan
from holdfast.analytics.synthetic.recording import census_year_end
from holdfast.analytics.synthetic.workdays import WorkingDays

Some = Callable[[str, Iterable[Any], Callable[..., None]], None]
"""Spoils as many of a pool as the shape says for a kind: some(kind, pool, how)."""


def spoil(children: tuple[Child, ...], shape: Shape, days: WorkingDays, rng: Random) -> None:
    """Spoil the record in place."""
    published = [(year.starts_on.toordinal(), year.ends_on.toordinal()) for year in shape.years if year.published]
    episodes = [episode for child in children for episode in child.episodes]
    for child in children:
        _spoil_child(child, shape, rng)
    for episode in episodes:
        _spoil_episode(episode, shape, rng)
        for assessment in episode.assessments:
            _spoil_assessment(assessment, shape, rng)
        for enquiry in episode.enquiries:
            _spoil_enquiry(enquiry, episode, shape, rng)
        for plan in episode.plans:
            _lose_previous_plans(plan, shape, rng, published)
    _rare_kinds(children, episodes, shape, days, rng, published)


def _spoil_child(child: Child, shape: Shape, rng: Random) -> None:
    draw = rng.random()
    if draw < shape.mess["ethnicity_never"]:
        child.ethnicity_recorded = NEVER
    elif draw < shape.mess["ethnicity_never"] + shape.mess["ethnicity_late"]:
        child.ethnicity_recorded = child.episodes[0].referral + rng.randint(40, 300)
    if not child.expected and not child.disabilities and rng.random() < shape.mess["disability_missing"]:
        child.odd = {"Disabilities": ""}


def _spoil_episode(episode: Episode, shape: Shape, rng: Random) -> None:
    if rng.random() < shape.mess["source_missing"]:
        filled = rng.random() < shape.mess["source_filled_in_later"]
        episode.source_recorded = episode.recorded + rng.randint(20, 150) if filled else NEVER
    draw = rng.random()
    if not episode.nfa and draw < shape.mess["need_never_stated"]:
        episode.need_recorded = NEVER
    elif not episode.nfa and draw < shape.mess["need_never_stated"] + shape.mess["need_not_stated_at_first"]:
        episode.need_recorded = episode.recorded + rng.randint(10, 90)


def _spoil_assessment(assessment: Assessment, shape: Shape, rng: Random) -> None:
    if rng.random() < shape.mess["authorisation_corrected"] and assessment.authorised > assessment.start + 6:
        assessment.first_authorised = assessment.authorised - rng.randint(1, 5)
        assessment.corrected_recorded = assessment.authorised_recorded + rng.randint(30, 200)
    if rng.random() < shape.mess["factors_missing"]:
        assessment.odd = {"FactorsIdentifiedAtAssessment": ""}


def _spoil_enquiry(enquiry: Enquiry, episode: Episode, shape: Shape, rng: Random) -> None:
    """Neither a conference nor a decision that none is required; or the flag itself missing."""
    if enquiry.not_required and rng.random() < shape.mess["enquiry_left_open"]:
        enquiry.not_required, enquiry.outcome_recorded = 0, NEVER
    elif rng.random() < shape.mess["conference_flag_missing"]:
        enquiry.odd = {"ICPCnotRequired": ""}


def _lose_previous_plans(plan: Plan, shape: Shape, rng: Random, published: list[tuple[int, int]]) -> None:
    """How many plans came before is not known: for good in an invented year, else until the annual return."""
    if rng.random() < shape.mess["previous_plans_missing"]:
        kept = any(first <= plan.start <= last for first, last in published)
        plan.previous_recorded = min(plan.start_recorded + 120, census_year_end(plan.start)) if kept else NEVER


def _rare_kinds(
    children: tuple[Child, ...],
    episodes: list[Episode],
    shape: Shape,
    days: WorkingDays,
    rng: Random,
    published: list[tuple[int, int]],
) -> None:
    """The kinds that are counted, not drawn: each falls on cases chosen at random from those where it can be seen."""
    seen_from = shape.years[2].starts_on.toordinal() if len(shape.years) > 2 else 0
    shown = [episode for episode in episodes if episode.referral >= seen_from and not episode.nfa]
    unpublished = [
        episode for episode in shown if not any(first <= episode.referral <= last for first, last in published)
    ]
    assessed = [
        item
        for episode in shown
        for item in episode.assessments
        if item.odd is None and item.authorised > item.start + 10
    ]
    enquiries = [item for episode in shown for item in episode.enquiries if item.conference and item.odd is None]
    plans = [plan for episode in shown for plan in episode.plans if plan.reviews]
    closed = [episode for episode in unpublished if episode.closed and not episode.plans and not episode.enquiries]

    def some(kind: str, among: Iterable[Any], spoil_one: Callable[..., None]) -> None:
        pool = list(among)
        for item in rng.sample(pool, min(shape.mess_counts[kind], len(pool))):
            spoil_one(item)

    _rare_in_dates(some, assessed, enquiries, plans, rng)
    _rare_in_codes(some, children, shown)
    some("closure_before_referral", closed, lambda item: _set(item, CINclosureDate=_text(item.referral - 3)))
    some("closed_with_open_assessment", [item for item in closed if item.assessments], _leave_open)
    some("child_twice", [child for child in children if _two_in_a_year(child, seen_from)], _send_twice)


def _rare_in_dates(
    some: Some, assessed: list[Assessment], enquiries: list[Enquiry], plans: list[Plan], rng: Random
) -> None:
    """Dates that cannot be, or come in the wrong order."""
    some(
        "assessment_backwards",
        assessed,
        lambda item: _set(item, AssessmentAuthorisationDate=_text(item.start - rng.randint(1, 20))),
    )
    some(
        "impossible_date",
        assessed,
        lambda item: _set(item, AssessmentActualStartDate=f"{date.fromordinal(item.start).year}-02-30"),
    )
    some("conference_before_enquiry", enquiries, lambda item: _set(item, S47ActualStartDate=_text(item.conference + 2)))
    some("review_before_plan", plans, lambda item: _set(item, CPPreviewDate=_text(item.start - 7)))
    some("plan_not_on_conference_day", enquiries, lambda item: _set(item, DateOfInitialCPC=_text(item.conference - 1)))
    some(
        "weekend_conference",
        enquiries,
        lambda item: _set(item, DateOfInitialCPC=_text(item.conference - item.conference % 7)),
    )


def _rare_in_codes(some: Some, children: tuple[Child, ...], shown: list[Episode]) -> None:
    """Codes that the census does not have, and one that is missing."""
    some("bad_source", shown, lambda item: _set(item, ReferralSource="2C"))
    some(
        "bad_need",
        [item for item in shown if item.need_recorded < NEVER],
        lambda item: _set(item, PrimaryNeedCode="N10"),
    )
    some("bad_ethnicity", children, lambda item: _set(item, Ethnicity="WHIT"))
    some("sex_missing", children, lambda item: _set(item, GenderCurrent=""))


def _set(item: Assessment | Enquiry | Plan | Episode | Child, **odd: str) -> None:
    item.odd = {**(item.odd or {}), **odd}


def _text(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _leave_open(episode: Episode) -> None:
    episode.assessments[-1].authorised_recorded = NEVER


def _two_in_a_year(child: Child, seen_from: int) -> bool:
    days = [episode.referral for episode in child.episodes if episode.referral >= seen_from]
    return len(days) > 1 and census_year_end(days[0]) == census_year_end(days[1])


def _send_twice(child: Child) -> None:
    child.sent_twice = True
