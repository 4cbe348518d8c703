"""Milestones and actions as they stood on the date: what is late and why, and what falls due next.

Rule: something done after the date was not done on it, and what was done late stays counted as late. Cause and recovery
are printed as people gave them, or as not given; the original date is printed beside a moved one.
"""

from datetime import date, timedelta
from typing import Any, Final

from django.urls import reverse

from holdfast.access.doors import Actor
from holdfast.pages.words import counted, date_words, listed
from holdfast.plan import selectors as plan
from holdfast.plan.models import Action, Milestone
from holdfast.plan.selectors.doubted import doubts_of_met

AHEAD: Final = timedelta(days=92)
"""What falls due in about the next three months: until the next report, where reports are quarterly."""
ACTION_STATES: Final = ("Late", "To do", "Under way", "Done, not yet evidenced", "Done and evidenced", "Complete")
MILESTONE_STATES: Final = ("Late", "Not yet due", "Met")
NO_CAUSE: Final = "Nobody has recorded why."
NO_RECOVERY: Final = "No recovery is recorded."


def chapter(reader: Actor, code: str, on: date) -> dict[str, Any]:
    """Every action and milestone with its state on the date, and how many stand at each state."""
    actions = [_action(code, one, on) for one in plan.whole_actions(reader, code, on)]
    points = list(plan.milestones(reader, code, on))
    doubts = doubts_of_met(code, points, on)
    milestones = [_milestone(code, one, on) | {"doubt": doubts.get(one.ref, "")} for one in points]
    return {
        "actions": actions,
        "milestones": milestones,
        "action_counts": _counts(actions, ACTION_STATES),
        "milestone_counts": _counts(milestones, MILESTONE_STATES),
        "path": reverse("plan", args=[code]),
    }


def summary(found: dict[str, Any]) -> list[str]:
    """One sentence on what is late. The plan's own state is never called good."""
    actions, milestones = found["actions"], found["milestones"]
    if not actions and not milestones:
        return ["No plan is recorded: there are no actions or milestones."]
    things = [*actions, *milestones]
    missed = [each for each in things if each["days_past_first"]]
    open_still, done_late = ([each for each in missed if each["is_finished"] == is_done] for is_done in (False, True))
    moved = [each for each in missed if each["moved_words"]]
    late = counted(sum(each["state"] == "Late" for each in actions), "action")
    points = counted(sum(each["state"] == "Late" for each in milestones), "milestone")
    promised = (
        f"{_were(missed)} not done by the date first promised{_parted(open_still, done_late)}. "
        f"Decisions had moved {len(moved) or 'none'} of them{_named(moved)}."
        if missed
        else "All that was first promised by then had been done by its date."
    )
    return [
        f"Of {counted(len(actions), 'action')} and {counted(len(milestones), 'milestone')} in the plan, "
        f"{late} and {points} were late. {promised}"
    ]


def _were(missed: list[dict[str, Any]]) -> str:
    return f"{len(missed)} {'was' if len(missed) == 1 else 'were'}"


def _parted(open_still: list[dict[str, Any]], done_late: list[dict[str, Any]]) -> str:
    """How many of them are not done yet, and how many were done late, each by name."""
    parts = [
        f"{len(each)} {words}{_named(each)}"
        for each, words in ((open_still, "not done yet"), (done_late, "done late"))
        if each
    ]
    return f": {listed(parts)}"


def _named(things: list[dict[str, Any]]) -> str:
    return f" ({', '.join(each['ref'] for each in things)})" if things else ""


def _counts(found: list[dict[str, Any]], states: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{"state": state, "n": sum(each["state"] == state for each in found)} for state in states]


def _action(code: str, one: Action, on: date) -> dict[str, Any]:
    is_late = one.missed_first(on)
    said = one.explanation(on)
    recovery = _finished_late(one, on) or (said.recovery if said else "") or NO_RECOVERY
    return {
        **_dated(one, on),
        "agency": one.agency.name,
        "objective": one.objective.title,
        "indicator": one.indicator,
        "intended_impact": one.intended_impact,
        "impact": one.impact_words(on),
        "recommendations": [each.ref for each in one.recommendations.all()],
        "cause": (f"{str(said).rstrip('.')}." if said else NO_CAUSE) if is_late else "",
        "recovery": recovery if is_late else "",
        "path": reverse("plan_action", args=[code, one.ref]),
    }


def _milestone(code: str, one: Milestone, on: date) -> dict[str, Any]:
    return {
        **_dated(one, on),
        "indicator": one.indicator,
        "target": one.target,
        "met_on": one.met_on.isoformat() if one.met_on and one.was_met(on) else None,
        "path": reverse("plan_milestone", args=[code, one.ref]),
    }


def _dated(one: Action | Milestone, on: date) -> dict[str, Any]:
    state = one.state_words(on)
    return {
        "ref": one.ref,
        "title": one.title,
        "owner": one.owner.title,
        "requirements": [each.ref for each in one.requirements.all()],
        "due": one.due_at(on).isoformat(),
        "due_words": date_words(one.due_at(on)),
        "original_due": one.original_due_on.isoformat(),
        "moved_words": _moved_words(one, on),
        "days_slipped": one.days_slipped(on),
        "days_past_first": one.days_past_first(on),
        "is_finished": one.is_finished(on),
        "finished_late_words": _finished_late(one, on),
        "state": state,
        "days_late": (on - one.due_at(on)).days if state == "Late" else 0,
        "falls_due_next": state in ("To do", "Under way", "Not yet due") and on <= one.due_at(on) <= on + AHEAD,
        "is_invented": one.is_invented,
    }


def _finished_late(one: Action | Milestone, on: date) -> str:
    """When it was done, and how long after the date first promised; "" of what is not done, or was done in time."""
    finished_on = one.finished_on(on)
    if finished_on is None or not one.missed_first(on):
        return ""
    done = "Done" if isinstance(one, Action) else "Met"
    days = counted(one.days_past_first(on), "day")
    return f"{done} on {date_words(finished_on)}, {days} after the date first promised"


def _moved_words(one: Action | Milestone, on: date) -> str:
    """From which date it was moved, by how much and by which decisions; "" while it stands as first agreed."""
    made = one.revisions_by(on)
    if not made:
        return ""
    days = one.days_slipped(on)
    by = f"{counted(abs(days), 'day')}{' earlier' if days < 0 else ''}"
    return f"moved from {date_words(one.original_due_on)}, {by}, by {listed([each.decision for each in made])}"
