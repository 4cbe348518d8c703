"""The checks that the plan itself can answer: what it covers, what is late and why, what has been moved.

Each is `check(asking, requirement, **params)`, registered with the notice room under its own name. Rule: a plan says
what was intended and done; that it was agreed, discussed or worked is for others to show.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse

from holdfast.access.doors import SYSTEM
from holdfast.notice.answers import Asking, CheckAnswer, register_check
from holdfast.notice.figures import BETTER, facts_with_a_target
from holdfast.notice.selectors import coverage
from holdfast.notice.selectors.coverage import NO_ACTION, Coverage
from holdfast.pages.words import counted, date_words, listed
from holdfast.plan.models import Action, Milestone, ProgressUpdate
from holdfast.plan.selectors import PlanFacts, doubted, facts, sustaining

NO_PLAN = "There is no plan yet."


def _facts(asking: Asking) -> PlanFacts:
    return asking.once("plan", lambda: facts(asking.programme.code, asking.on))


def _coverage(asking: Asking) -> Coverage:
    return asking.once("coverage", lambda: coverage.coverage(SYSTEM, asking.programme.code, asking.on))


def _plan_page(asking: Asking) -> tuple[str, str]:
    return ("The plan", reverse("plan", args=[asking.programme.code]))


def _coverage_page(asking: Asking) -> tuple[str, str]:
    return ("What answers each requirement", reverse("coverage", args=[asking.programme.code]))


def _named(actions: list[Action]) -> str:
    return ", ".join(action.ref for action in actions)


def recommendations_answered(asking: Asking, requirement: Any) -> CheckAnswer:
    """Has every recommendation of the inspection an action, and a measure of whether it worked?"""
    rows = _coverage(asking).recommendations
    if not rows:
        return CheckAnswer("no evidence", "No recommendation of the inspection has been entered.")
    without = [row.subject.ref for row in rows if NO_ACTION in row.gaps]
    unmeasured = [row.subject.ref for row in rows if row.actions and not row.indicators]
    link = (_coverage_page(asking),)
    if without:
        return CheckAnswer("not met", f"No action answers {', '.join(without)}, of {len(rows)} recommendations.", link)
    words = f"Every one of {len(rows)} recommendations has an action"
    if unmeasured:
        return CheckAnswer("at risk", f"{words}, but nothing measures the effect for {', '.join(unmeasured)}.", link)
    return CheckAnswer("met", f"{words} and an indicator of its effect. Whether it worked is for the indicators.", link)


def plan_covers_both_sources(asking: Asking, requirement: Any) -> CheckAnswer:
    """Does every recommendation and every requirement have an action, and every action one of them? No gap is met."""
    found = _coverage(asking)
    if not _facts(asking).actions:
        return CheckAnswer("no evidence", NO_PLAN, (_plan_page(asking),))
    unanswered = [row.subject.ref for row in found.requirements if NO_ACTION in row.gaps]
    unmet = [row.subject.ref for row in found.recommendations if NO_ACTION in row.gaps]
    adrift = [action.ref for action in found.adrift]
    gaps = [
        words
        for refs, words in (
            (unanswered, f"no action answers {counted(len(unanswered), 'requirement', 'requirements')}: "),
            (unmet, f"no action answers {counted(len(unmet), 'recommendation', 'recommendations')}: "),
            (adrift, f"{counted(len(adrift), 'action answers', 'actions answer')} neither: "),
        )
        for words in ([words + ", ".join(refs)] if refs else [])
    ]
    link = (_coverage_page(asking),)
    if gaps:
        sentence = "; ".join(gaps)
        return CheckAnswer("not met", f"{sentence[0].upper()}{sentence[1:]}.", link)
    if not found.recommendations:
        return CheckAnswer("at risk", "Every requirement has an action, but no recommendation has been entered.", link)
    elsewhere = [action.ref for action in found.raised_elsewhere]
    but = f", but {listed(elsewhere)}, which something else raised" if elsewhere else ""
    words = f"Every requirement and recommendation has an action, and every action answers one of them{but}."
    return CheckAnswer("met", f"{words}{_left_out(found)}", link)


def _left_out(found: Coverage) -> str:
    """The requirements that nobody asks an action of, and why; "" where there is none."""
    others = [row.subject for row in found.requirements if not row.subject.is_for_the_plan and not row.actions]
    if not others:
        return ""
    whose = ", ".join(dict.fromkeys(name for requirement in others for name in requirement.does))
    refs = listed([requirement.ref for requirement in others])
    return f" Left out {'is' if len(others) == 1 else 'are'} {refs}, which others do ({whose})."


def plan_is_reportable(asking: Asking, requirement: Any) -> CheckAnswer:
    """Can progress be reported against objectives, actions, times and measures of effect? All need to be there."""
    found = _facts(asking)
    if not found.actions:
        return CheckAnswer("no evidence", NO_PLAN, (_plan_page(asking),))
    measured = [one for one in found.actions if one.indicator_on(asking.on)]
    words = (
        f"{len(found.actions)} actions have an owner and a date, {len(measured)} an indicator of their effect; "
        f"{counted(len(found.late(asking.on)), 'was', 'were')} late on {date_words(asking.on)}."
    )
    state = "met" if len(measured) == len(found.actions) else "at risk"
    return CheckAnswer(state, words, (_plan_page(asking),))


def late_actions_explained(asking: Asking, requirement: Any) -> CheckAnswer:
    """Has every late action a cause and a sentence that says why?"""
    return _about_late(asking, lambda said: bool(said.cause and said.words), "an explanation")


def late_actions_recovering(asking: Asking, requirement: Any) -> CheckAnswer:
    """Has every late action something that will recover it?"""
    return _about_late(asking, lambda said: bool(said.recovery or said.recovered_by), "a recovery")


def _about_late(asking: Asking, has: Callable[[ProgressUpdate], bool], what: str) -> CheckAnswer:
    found = _facts(asking)
    if not found.actions:
        return CheckAnswer("no evidence", NO_PLAN, (_plan_page(asking),))
    late, day = found.late(asking.on), date_words(asking.on)
    said = [(action, action.explanation(asking.on)) for action in late]
    without = [action for action, explanation in said if explanation is None or not has(explanation)]
    if without:
        n = counted(len(late), "action was", "actions were")
        return CheckAnswer("not met", f"{n} late on {day}; without {what}: {_named(without)}.", (_plan_page(asking),))
    if not late:
        return CheckAnswer("met", f"No action was late on {day}.", (_plan_page(asking),))
    return CheckAnswer("met", f"Each of {len(late)} late actions has {what}.", (_plan_page(asking),))


def dates_moved_by_decisions(asking: Asking, requirement: Any) -> CheckAnswer:
    """Has every moved date a decision behind it? Without one it cannot be moved here; a moved one says by how much."""
    found = _facts(asking)
    dated = [*found.actions, *found.milestones]
    if not dated:
        return CheckAnswer("no evidence", NO_PLAN, (_plan_page(asking),))
    undecided = [one.ref for one in dated if one.due_on != one.due_at(date.max)]
    if undecided:
        words = f"Not due on the day that any decision on record says: {', '.join(undecided)}."
        return CheckAnswer("not met", words, (_plan_page(asking),))
    moved = [one for one in dated if one.revisions_by(asking.on)]
    if not moved:
        words = f"All {len(dated)} dates stand as first agreed: none has been moved."
        return CheckAnswer("met", words, (_plan_page(asking),))
    each = ", ".join(_moved_words(one, asking.on) for one in moved)
    words = f"{len(moved)} of {len(dated)} dates have been moved, each by a decision on record: {each}."
    return CheckAnswer("met", words, (_plan_page(asking),))


def _moved_words(one: Action | Milestone, on: date) -> str:
    numbers = listed([made.decision for made in one.revisions_by(on)])
    days = one.days_slipped(on)
    return f"{one.ref} by {counted(abs(days), 'day')}{' earlier' if days < 0 else ''} ({numbers})"


def impact_is_reviewed(asking: Asking, requirement: Any) -> CheckAnswer:
    """Of the actions done, of how many has somebody said what they changed? Done is never taken for an effect."""
    done = [action for action in _facts(asking).actions if action.was_done(asking.on)]
    link = (_plan_page(asking),)
    if not done:
        return CheckAnswer("no evidence", "No action is done yet, so none could show its effect.", link)
    said = [action.impact_words(asking.on) for action in done]
    n_said = sum(words not in ("Not reviewed", "Too early to say") for words in said)
    n_shown = said.count("Impact shown")
    state = "met" if n_said == len(done) else "at risk" if n_said else "no evidence"
    words = f"{counted(len(done), 'action is', 'actions are')} done; "
    if not n_said:
        changed = "it changed" if len(done) == 1 else "they changed"
        return CheckAnswer(state, f"{words}nobody has reviewed what {changed}.", link)
    words += f"what {n_said} of them changed has been reviewed, and {n_shown or 'none'} "
    return CheckAnswer(state, f"{words}{'has' if n_shown == 1 else 'have'} shown an effect in the figures.", link)


def gains_kept(asking: Asking, requirement: Any) -> CheckAnswer:
    """Is somebody named to take over each requirement, and has each indicator with a target stayed at it six months?

    Met needs both; nothing at all is no evidence. What is not known is never taken for kept.
    """
    code, on = asking.programme.code, asking.on
    lines, kept = sustaining.handovers(SYSTEM, code, on), sustaining.kept(SYSTEM, code, on)
    named = [line for line in lines if line.handover is not None]
    held = [one.indicator for one in kept if one.state == sustaining.SUSTAINED]
    not_held = [one.indicator for one in kept if one.state == sustaining.NOT_SUSTAINED]
    link = (("Keeping the gains", reverse("plan_sustainment", args=[code])),)
    words = (
        f"{len(named)} of {counted(len(lines), 'requirement', 'requirements')} have somebody who takes them over; "
        f"{len(held)} of {counted(len(kept), 'indicator', 'indicators')} with a target or a standard "
        "stayed at it for six months."
    )
    unknown = [one.indicator for one in kept if one.state == sustaining.NOT_KNOWN]
    words += f" Not kept: {', '.join(not_held)}." if not_held else ""
    words += f" Not known: {', '.join(unknown)}." if unknown else ""
    if not named and not held:
        return CheckAnswer("no evidence", words, link)
    is_met = len(named) == len(lines) and bool(kept) and len(held) == len(kept)
    return CheckAnswer("met" if is_met else "at risk", words, link)


def milestones_forecast(asking: Asking, requirement: Any) -> CheckAnswer:
    """Will each milestone and target be reached, as things stand? Met when all are met; what speaks against is at risk.

    Against it speak a date that has passed, an action that is expected after its milestone is due, and an indicator on
    the wrong side of its target of which nothing better may be claimed. No line is drawn into the months to come.
    """
    found = _facts(asking)
    points = found.milestones
    if not points:
        return CheckAnswer("no evidence", "No milestone is set.", (_plan_page(asking),))
    met = [point for point in points if point.was_met(asking.on)]
    late = [point.ref for point in points if point.is_late(asking.on)]
    after = [point.ref for point in points if point.ref not in late and _is_expected_late(point, found, asking.on)]
    short = [fact for fact in facts_with_a_target(asking) if fact.is_off_target and fact.claim not in BETTER]
    doubts = doubted.doubts_of_met(asking.programme.code, met, asking.on)
    named = [fact.id for fact in short if fact.level]
    against = [
        f"past their date and not met: {', '.join(late)}" if late else "",
        f"waiting for an action that is expected after them: {', '.join(after)}" if after else "",
        f"on the wrong side of a target, with nothing better to be claimed: {', '.join(named)}" if named else "",
    ]
    words = "; ".join([f"{len(met)} of {len(points)} milestones are met", *filter(None, against)])
    words = f"{words}.{''.join(f' But {said}.' for said in doubts.values())}"
    links = (_plan_page(asking), *(fact.link for fact in short if fact.level))
    if late or after or short or doubts:
        return CheckAnswer("at risk", words, links)
    if len(met) == len(points):
        return CheckAnswer("met", words, links)
    return CheckAnswer("no evidence", f"{words} Nothing speaks against the others, which is no forecast.", links)


def _is_expected_late(point: Milestone, found: PlanFacts, on: date) -> bool:
    """Whether the last word on a milestone's own action expects it after the milestone is due."""
    action = next((each for each in found.actions if each.pk == point.action_id), None)
    if action is None or action.was_done(on) or point.was_met(on):
        return False
    said = [each.forecast_on for each in action.updates.all() if each.said_on is None or each.said_on <= on]
    return bool(said) and said[-1] is not None and said[-1] > point.due_at(on)


CHECKS: dict[str, Callable[..., CheckAnswer]] = {
    check.__name__: check
    for check in (
        recommendations_answered,
        plan_covers_both_sources,
        plan_is_reportable,
        late_actions_explained,
        late_actions_recovering,
        dates_moved_by_decisions,
        impact_is_reviewed,
        gains_kept,
        milestones_forecast,
    )
}


def register() -> None:
    """Called once, when the application starts."""
    for name, check in CHECKS.items():
        register_check(name, check)
