"""The room's pages: reading the plan (reading) and changing it (changing)."""

from holdfast.plan.views.changing import (
    add_action,
    add_milestone,
    add_objective,
    explain_lateness,
    mark_done,
    mark_met,
)
from holdfast.plan.views.reading import plan, plan_action, plan_milestone

__all__ = [
    "add_action",
    "add_milestone",
    "add_objective",
    "explain_lateness",
    "mark_done",
    "mark_met",
    "plan",
    "plan_action",
    "plan_milestone",
]
