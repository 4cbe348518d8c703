"""What the plan gives to be measured: its actions, with their dates. Whole each time; words and people stay here.

Rule: past days are answered from the dates of an action alone, each as it had been decided by then, so the first day
known is the first that any action of the plan was due or done.
"""

from datetime import date

from holdfast.access.days import come_by
from holdfast.organisation.models import Programme
from holdfast.performance.extracts import Given, register_extract
from holdfast.plan.models import Action


def take(programme: Programme, as_at: date) -> Given | None:
    """Every action the plan had had by a day, as plan_actions. None: there was no plan yet, so nothing is known."""
    rows = [
        {
            "plan_action_id": action.ref,
            "plan_action_agency": action.agency.code,
            "plan_action_original_due_on": action.original_due_on,
            "plan_action_due_on": action.due_at(as_at),
            "plan_action_done_on": come_by(action.done_on, as_at),
            "plan_action_withdrawn_on": come_by(action.withdrawn_on, as_at),
        }
        for action in Action.objects.filter(programme=programme).select_related("agency").prefetch_related("revisions")
        if action.added_on is None or action.added_on <= as_at
    ]
    if not rows:
        return None
    days = [row[name] for row in rows for name in ("plan_action_original_due_on", "plan_action_done_on")]
    return Given(min(day for day in [as_at, *days] if day), {"plan_actions": rows})


def register() -> None:
    """Called once, when the application starts."""
    register_extract("plan", "The plan", take)
