"""The checks that decisions and logs can answer: challenges, duties, scrutiny, support, steps, and what was decided.

Each is `check(asking, requirement, **params)`, registered with the notice room under its own name. Rule: a past day is
answered from the rows of that day; what a public reader may not see decides nothing here.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.urls import reverse

from holdfast.access.days import months_on
from holdfast.access.doors import SYSTEM
from holdfast.governance.models import Decision, InterventionStep, SupportSession
from holdfast.governance.selectors import assurance, challenges
from holdfast.governance.selectors.discussing import named_by_actions
from holdfast.notice.answers import Asking, CheckAnswer, register_check
from holdfast.notice.due import end_of_month
from holdfast.pages.words import counted, date_words, listed
from holdfast.performance.selectors.indicators import scorecard
from holdfast.performance.selectors.unanswerable import NoRelease
from holdfast.plan.selectors import PlanFacts
from holdfast.plan.selectors import facts as plan_facts

ANSWER_WITHIN: Final = timedelta(days=28)
"""A challenge that nobody has answered for longer is late: a cycle of the Board. Our own line."""
LATELY: Final = timedelta(days=62)
"""Support is regular when the last session is no older than two months. Our own line."""
ONLY_THE_DEPARTMENT: Final = (
    "The Department holds it, so a person who has its letter records it here, with what came of it."
)
A_PERSON_JUDGES: Final = "What was put before it, and whether its outcome was acted on, only a person can judge."
Kind = InterventionStep.Kind


def _page(asking: Asking, words: str, name: str) -> tuple[tuple[str, str], ...]:
    return ((words, reverse(name, args=[asking.programme.code])),)


def challenges_are_met(asking: Asking, requirement: Any, *, body: str = "") -> CheckAnswer:
    """Are challenges made, answered within a cycle, and closed with what came of them? `body`: whose, by its name."""
    lines = challenges.challenges(SYSTEM, asking.programme.code, asking.on)
    if body:
        lines = [line for line in lines if line.challenge.body and _goes_by(line.challenge.body, body)]
    link = _page(asking, "Challenges", "challenges")
    if not lines:
        return CheckAnswer("no evidence", f"No challenge{f' of the {body}' if body else ''} is on record.", link)
    closed = [line for line in lines if line.closing is not None]
    silent = [line for line in lines if not line.answers and line.challenge.raised_on + ANSWER_WITHIN < asking.on]
    words = f"{counted(len(lines), 'challenge')} made, {len(closed)} closed with what came of it for children"
    if silent:
        numbers = listed([f"challenge {line.challenge.number}" for line in silent])
        return CheckAnswer("at risk", f"{words}; not answered within 28 days: {numbers}.", link)
    return CheckAnswer("met", f"{words}; none waits longer than 28 days for an answer.", link)


def _goes_by(body: Any, name: str) -> bool:
    names = {body.name, body.code, *(alias.name for alias in body.aliases.all())}
    return name.lower() in {each.lower() for each in names}


def duties_are_met(asking: Asking, requirement: Any) -> CheckAnswer:
    """Does the safeguarding board say that it meets each of its duties, with what shows it?"""
    lines = assurance.duty_lines(SYSTEM, asking.programme.code, asking.on)
    by_state: dict[str, list[str]] = {}
    for line in lines:
        by_state.setdefault(line.assurance.state if line.assurance else "not known", []).append(line.duty.ref)
    n_met, link = len(by_state.get("met", ())), _page(asking, "The safeguarding board’s duties", "duties")
    words = f"The safeguarding board says that it meets {n_met} of {len(lines)} duties"
    if by_state.get("not met"):
        rest = [f"{len(by_state[state])} {state}" for state in ("partly", "not known") if by_state.get(state)]
        other = f"; and {listed(rest)}" if rest else ""
        return CheckAnswer("not met", f"{words}; not met: {', '.join(by_state['not met'])}{other}.", link)
    if len(by_state.get("not known", ())) == len(lines):
        return CheckAnswer("no evidence", "The safeguarding board has not said how its duties stand.", link)
    short = [*by_state.get("partly", ()), *by_state.get("not known", ())]
    if short:
        return CheckAnswer("at risk", f"{words}; partly met or not known: {', '.join(short)}.", link)
    return CheckAnswer("met", f"{words}.", link)


def scrutiny_is_answered(asking: Asking, requirement: Any) -> CheckAnswer:
    """Once its condition is on record: has scrutiny recommended anything, and was each answered?"""
    started, link = requirement.triggered_on, _page(asking, "Members’ scrutiny", "scrutiny")
    if started is None or started > asking.on:
        return CheckAnswer("no evidence", "Its condition is not on record as met, so scrutiny has not begun.", link)
    lines = assurance.recommendations(SYSTEM, asking.programme.code, asking.on)
    if not lines:
        since = f"Scrutiny could begin on {date_words(started)}; it has recommended nothing yet."
        return CheckAnswer("at risk", since, link)
    waiting = [str(line.recommendation.number) for line in lines if not line.responses]
    words = counted(len(lines), "recommendation")
    if waiting:
        return CheckAnswer("at risk", f"{words} made; not answered: {listed(waiting)}.", link)
    return CheckAnswer("met", f"{words} made, each answered.", link)


def support_is_given(asking: Asking, requirement: Any, *, kind: str, posts: Sequence[str]) -> CheckAnswer:
    """Has each post had a session of this kind, the last of them within two months?"""
    every = asking.once(
        "support sessions", lambda: assurance.support_sessions(SYSTEM, asking.programme.code, on=asking.on)
    )
    sessions = [each for each in every if each.kind == kind]
    link = _page(asking, "Support and mentoring", "support")
    last = {post: max((each.on for each in sessions if each.post.code == post), default=None) for post in posts}
    if not any(last.values()):
        what = SupportSession.Kind(kind).label.lower()
        return CheckAnswer("no evidence", f"No session is logged: {what}.", link)
    titles = {each.post.code: each.post.title for each in sessions}
    said = [f"{titles[post]}, last on {date_words(day)}" for post, day in last.items() if day]
    without = len(posts) - len(said)
    old = [post for post, day in last.items() if day and day + LATELY < asking.on]
    words = f"{counted(len(sessions), 'session')}: {listed(said)}"
    if without:
        return CheckAnswer("not met", f"{words}; {counted(without, 'post has', 'posts have')} had none.", link)
    return CheckAnswer("at risk" if old else "met", f"{words}.", link)


def _decisions(asking: Asking) -> list[Decision]:
    """Every decision, of later days too, once for all checks."""
    made = Decision.objects.filter(programme=asking.programme).select_related("superseded_by")
    return asking.once("decisions", lambda: list(made))


def was_decided(asking: Asking, requirement: Any) -> CheckAnswer:
    """Is there a decision in force on the day that names this requirement, with its reason?"""
    naming = [each for each in _decisions(asking) if each.made_on <= asking.on and requirement.ref in each.requirements]
    standing = [each for each in naming if not _superseded(each, asking)]
    if not standing:
        link = _page(asking, "Decisions", "decisions")
        return CheckAnswer("no evidence", f"No decision on record is about {requirement.ref}.", link)
    links = tuple((each.number, reverse("decision", args=[asking.programme.code, each.number])) for each in standing)
    words = listed([f"{each.number} of {date_words(each.made_on)}" for each in standing])
    return CheckAnswer("met", f"Decided with its reason: {words}.", links)


def _superseded(decision: Decision, asking: Asking) -> bool:
    after = getattr(decision, "superseded_by", None)
    return after is not None and after.made_on <= asking.on


def moved_dates_are_decisions(asking: Asking, requirement: Any) -> CheckAnswer:
    """Is the number behind each moved date a decision on record here, made by then?"""
    made = {each.number: each for each in _decisions(asking)}
    planned = _plan(asking)
    moves = [each for item in (*planned.actions, *planned.milestones) for each in item.revisions_by(asking.on)]
    if not moves:
        return CheckAnswer("met", f"No date had been moved by {date_words(asking.on)}.")
    adrift = sorted({each.decision for each in moves if each.decision not in made})
    if adrift:
        return CheckAnswer("not met", f"No decision on record is called {listed(adrift)}, which moved a date.")
    numbers = sorted({each.decision for each in moves}, key=lambda number: made[number].running)
    links = tuple((number, reverse("decision", args=[asking.programme.code, number])) for number in numbers)
    return CheckAnswer("met", f"{counted(len(moves), 'move')} of a date, each by a decision on record.", links)


def off_target_has_action(asking: Asking, requirement: Any) -> CheckAnswer:
    """Has every indicator that is off its target, by what everybody may see, an open action that names it?"""
    try:
        lines = scorecard(SYSTEM, asking.programme.code, until=asking.on, is_public=True)
    except NoRelease:
        return CheckAnswer("no evidence", "No published release holds this yet.")
    aimed = [line for line in lines if line.aim is not None]
    if not aimed:
        return CheckAnswer("no evidence", "No decision has set a target yet.", _page(asking, "Scorecard", "scorecard"))
    off = [line for line in aimed if line.is_off_target]
    side = f"{'was' if len(off) == 1 else 'were'} on the wrong side of it in the last month"
    words = f"{len(off)} of {counted(len(aimed), 'indicator')} with a target {side}"
    named = named_by_actions(_plan(asking).actions, asking.on)
    without = [line.definition.id for line in off if line.definition.id not in named]
    code = asking.programme.code
    links = tuple((line.definition.title, reverse("indicator", args=[code, line.definition.id])) for line in off)
    if without:
        return CheckAnswer("not met", f"{words}; no open action names {listed(without)}.", links)
    return CheckAnswer("met", f"{words}{', each with an open action' if off else ''}.", links)


def _plan(asking: Asking) -> PlanFacts:
    return asking.once("plan", lambda: plan_facts(asking.programme.code, asking.on))


def _steps(asking: Asking) -> list[InterventionStep]:
    return asking.once("steps", lambda: assurance.intervention_steps(SYSTEM, asking.programme.code, asking.on))


def department_reviews(asking: Asking, requirement: Any) -> CheckAnswer:
    """Is a review by the Department on record for when the notice says? Held later is not met; none is no evidence.

    Nobody here holds the review, so its absence shows only that nobody wrote it down. What was put before it, and what
    came of it, is for a person to judge.
    """
    first, last = _time_of_review(requirement.when, asking)
    held = [step for step in _steps(asking) if step.kind == Kind.REVIEWED and step.on >= first]
    link = _page(asking, "Steps of the intervention", "intervention")
    if not held:
        words = f"No review by the Department is on record from {date_words(first)} on"
        if asking.on < first:
            words = f"The Department’s review is looked for from {date_words(first)} on"
        return CheckAnswer("no evidence", f"{words}. {ONLY_THE_DEPARTMENT}", link)
    days = max((held[0].on - last).days, 0)
    late = f"{counted(days, 'day')} after its time; " if days else ""
    words = f"Reviewed by the Department on {date_words(held[0].on)}, {late}as {held[0].source} says: {held[0].words}"
    return CheckAnswer("not met" if days else "met", f"{words} {A_PERSON_JUDGES}", link)


def _time_of_review(when: Mapping[str, Any], asking: Asking) -> tuple[date, date]:
    """The first and the last day of a review that is in time: of the months named, or of one period up to the day."""
    if when["kind"] == "in_months":
        days = [end_of_month(month) for month in when["months"]]
        return min(days).replace(day=1), max(days)
    begun = months_on(asking.on, -when.get("months", 0)) - timedelta(weeks=when.get("weeks", 0))
    return max(begun, asking.notice.issued_on), asking.on


def intervention_stands(asking: Asking, requirement: Any) -> CheckAnswer:
    """Has a warning or a direction followed by the day? What may follow and has not is nothing to be on track for."""
    steps, link = _steps(asking), _page(asking, "Steps of the intervention", "intervention")
    if not steps:
        return CheckAnswer("no evidence", "No step of the intervention is on record.", link)
    last, kinds = steps[-1], {step.kind for step in steps}
    words = f"The last step on record: {last.get_kind_display().lower()}, {date_words(last.on)} ({last.source})."
    if not kinds & {Kind.DIRECTED, Kind.WARNED}:
        nothing = "No warning and no direction is on record, so there is nothing to show"
        return CheckAnswer("no evidence", f"{nothing}. {words}", link)
    return CheckAnswer("not met" if Kind.DIRECTED in kinds else "at risk", words, link)


CHECKS: dict[str, Callable[..., CheckAnswer]] = {
    check.__name__: check
    for check in (
        challenges_are_met,
        duties_are_met,
        scrutiny_is_answered,
        support_is_given,
        was_decided,
        moved_dates_are_decisions,
        off_target_has_action,
        department_reviews,
        intervention_stands,
    )
}


def register() -> None:
    """Called once, when the application starts."""
    for name, check in CHECKS.items():
        register_check(name, check)
