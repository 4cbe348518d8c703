"""What the plan gives to be measured: its actions, with their dates. Whole each time; words and people stay here.

Rule: past days are answered from the dates on an action alone, so the first day known is the first that any action of
the plan was due or done.
"""

from datetime import date

from holdfast.access.doors import SYSTEM
from holdfast.organisation.models import Programme
from holdfast.performance.extracts import Given, register_extract
from holdfast.plan.selectors import actions


def take(programme: Programme, as_at: date) -> Given | None:
    """The actions in the plan on a day, as plan_actions. None: there is no plan, so nothing is known on any day."""
    rows = [
        {
            "plan_action_id": action.ref,
            "plan_action_agency": action.agency.code,
            "plan_action_original_due_on": action.original_due_on,
            "plan_action_due_on": action.due_on,
            "plan_action_done_on": action.done_on if action.done_on and action.done_on <= as_at else None,
        }
        for action in actions(SYSTEM, programme.code, as_at)
    ]
    if not rows:
        return None
    days = [row[name] for row in rows for name in ("plan_action_original_due_on", "plan_action_done_on")]
    return Given(min(day for day in [as_at, *days] if day), {"plan_actions": rows})


def register() -> None:
    """Called once, when the application starts."""
    register_extract("plan", "The plan", take)
