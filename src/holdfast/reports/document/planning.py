"""Milestones and actions as they stood on the date: what is late and why, and what falls due next.

Rule: something done after the date was not done on it. Cause and recovery are printed as people gave them, or as not
given; the original date is printed beside a moved one.
"""

from datetime import date, timedelta
from typing import Any, Final

from django.urls import reverse

from holdfast.access.doors import Actor
from holdfast.pages.words import counted, date_words
from holdfast.plan import selectors as plan
from holdfast.plan.models import Action, Milestone

AHEAD: Final = timedelta(days=92)
"""What falls due in about the next three months: until the next report, where reports are quarterly."""
NO_CAUSE: Final = "Nobody has recorded why."
NO_RECOVERY: Final = "No recovery is recorded."


def chapter(reader: Actor, code: str, on: date) -> dict[str, Any]:
    """Every action and milestone with its state on the date, and how many stand at each state."""
    actions = [_action(code, one, on) for one in plan.actions(reader, code)]
    milestones = [_milestone(code, one, on) for one in plan.milestones(reader, code)]
    return {
        "actions": actions,
        "milestones": milestones,
        "action_counts": _counts(actions, ("Late", "To do", "Done", "Done and evidenced", "Impact shown")),
        "milestone_counts": _counts(milestones, ("Late", "To do", "Met")),
        "path": reverse("plan", args=[code]),
    }


def summary(found: dict[str, Any]) -> list[str]:
    """One sentence on what is late. The plan's own state is never called good."""
    actions, milestones = found["actions"], found["milestones"]
    if not actions and not milestones:
        return ["No plan is recorded: there are no actions or milestones."]
    late = counted(sum(each["state"] == "Late" for each in actions), "action")
    points = counted(sum(each["state"] == "Late" for each in milestones), "milestone")
    return [
        f"Of {counted(len(actions), 'action')} and {counted(len(milestones), 'milestone')} in the plan, "
        f"{late} and {points} were late."
    ]


def _counts(found: list[dict[str, Any]], states: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{"state": state, "n": sum(each["state"] == state for each in found)} for state in states]


def _action(code: str, one: Action, on: date) -> dict[str, Any]:
    state = _action_state(one, on)
    is_late = state == "Late"
    return {
        **_dated(one, on, state),
        "agency": one.agency.name,
        "objective": one.objective.title,
        "indicator": one.indicator,
        "intended_impact": one.intended_impact,
        "recommendations": [each.ref for each in one.recommendations.all()],
        "cause": _cause(one) if is_late else "",
        "recovery": (one.recovery or NO_RECOVERY) if is_late else "",
        "path": reverse("plan_action", args=[code, one.ref]),
    }


def _milestone(code: str, one: Milestone, on: date) -> dict[str, Any]:
    met = one.met_on is not None and one.met_on <= on
    state = "Met" if met else ("Late" if one.due_on < on else "To do")
    return {
        **_dated(one, on, state),
        "indicator": one.indicator,
        "target": one.target,
        "met_on": one.met_on.isoformat() if met and one.met_on else None,
        "path": reverse("plan_milestone", args=[code, one.ref]),
    }


def _dated(one: Action | Milestone, on: date, state: str) -> dict[str, Any]:
    return {
        "ref": one.ref,
        "title": one.title,
        "owner": one.owner.title,
        "requirements": [each.ref for each in one.requirements.all()],
        "due": one.due_on.isoformat(),
        "due_words": date_words(one.due_on),
        "original_due": one.original_due_on.isoformat(),
        "moved_words": f"moved from {date_words(one.original_due_on)}" if one.is_moved else "",
        "state": state,
        "days_late": (on - one.due_on).days if state == "Late" else 0,
        "falls_due_next": state == "To do" and on <= one.due_on <= on + AHEAD,
        "is_invented": one.is_invented,
    }


def _action_state(one: Action, on: date) -> str:
    """The furthest that the action had come by the date."""
    if one.impact_shown_on and one.impact_shown_on <= on:
        return "Impact shown"
    if one.evidenced_on and one.evidenced_on <= on:
        return "Done and evidenced"
    if one.done_on and one.done_on <= on:
        return "Done"
    return "Late" if one.due_on < on else "To do"


def _cause(one: Action) -> str:
    parts = [one.get_late_cause_display() if one.late_cause else "", one.late_words.strip()]
    return ". ".join(part.rstrip(".") for part in parts if part) + "." if any(parts) else NO_CAUSE
