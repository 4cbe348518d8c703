"""What the plan's pages print: rows of tables and lists, made from what the selectors gave. No reading, no deciding."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from holdfast.notice.due import in_words
from holdfast.plan.models import Action, Milestone
from holdfast.plan.selectors import ObjectivePlan

Cell = str | dict[str, Any]
LATE_HEAD = ["Action", "Owner", "Agency", "Days late", "Why"]
ACTION_HEAD = ["Action", "Owner", "Due", "First due", "State", "Requirements"]
MILESTONE_HEAD = ["Milestone", "Owner", "Due", "First due", "State", "Target"]
COLOURS = {
    "Late": "red",
    "To do": "grey",
    "Not yet due": "grey",
    "Done, not yet evidenced": "blue",
    "Done and evidenced": "turquoise",
    "Impact shown": "green",
    "Met": "green",
}


def late_words(late: Sequence[Action], today: date) -> str:
    """How many are late today, and that the number is a live one."""
    n = "No action is" if not late else "1 action is" if len(late) == 1 else f"{len(late)} actions are"
    return f"{n} late on {in_words(today)}. This is a live list: it changes with the plan. A paper keeps its own."


def late_rows(programme: str, late: Iterable[Action], today: date) -> list[list[Cell]]:
    return [
        [
            {"text": str(one), "url": _page(programme, one), "header": True},
            one.owner.title,
            one.agency.name,
            str((today - one.due_on).days),
            one.get_late_cause_display() if one.late_cause else "Nobody has said yet",
        ]
        for one in late
    ]


def objective_tables(programme: str, found: ObjectivePlan, today: date) -> dict[str, Any]:
    """One objective's heading and the rows of its actions."""
    return {
        "title": str(found.objective),
        "is_invented": found.objective.is_invented,
        "head": ACTION_HEAD,
        "rows": [
            [
                {"text": str(one), "url": _page(programme, one), "header": True},
                {"text": one.owner.title, "hint": one.agency.name},
                in_words(one.due_on),
                _original(one),
                state(one, today),
                ", ".join(each.ref for each in one.requirements.all()) or "None",
            ]
            for one in found.actions
        ],
    }


def milestone_rows(programme: str, found: Iterable[Milestone], today: date) -> list[list[Cell]]:
    return [
        [
            {"text": str(one), "url": reverse("plan_milestone", args=[programme, one.ref]), "header": True},
            one.owner.title,
            in_words(one.due_on),
            _original(one),
            state(one, today),
            f"{one.indicator} {one.target}".strip() or "None",
        ]
        for one in found
    ]


def state(one: Action | Milestone, today: date) -> dict[str, str]:
    """The state as a tag."""
    words = one.state_words(today)
    return {"text": words, "tag": COLOURS[words]}


def _original(one: Action | Milestone) -> str:
    return in_words(one.original_due_on) if one.is_moved else "The same"


def _page(programme: str, action: Action) -> str:
    return reverse("plan_action", args=[programme, action.ref])


def _day(day: date | None) -> str:
    return in_words(day) if day else "Not yet"


def action_facts(found: Action) -> list[dict[str, str]]:
    """The facts of an action, as a summary list."""
    kind, ref, title = found.raised_from
    rows = [
        ("What", found.detail),
        ("Owner", f"{found.owner.title}, {found.agency.name}"),
        ("Due", in_words(found.due_on)),
        ("First due", in_words(found.original_due_on)),
        ("Done", _day(found.done_on)),
        ("What was done", found.done_note),
        ("Evidenced", _day(found.evidenced_on)),
        ("Impact shown", _day(found.impact_shown_on)),
        ("Why it is late", _lateness(found)),
        ("What will recover it", found.recovery),
        ("Intended impact", found.intended_impact),
        ("Raised from", ": ".join(part for part in (f"{kind} {ref}".strip(), title) if part)),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def _lateness(found: Action) -> str:
    return f"{found.get_late_cause_display()}. {found.late_words}" if found.late_cause else ""


def milestone_facts(found: Milestone) -> list[dict[str, str]]:
    """The facts of a milestone, as a summary list."""
    rows = [
        ("Objective", str(found.objective or "")),
        ("Owner", found.owner.title),
        ("Due", in_words(found.due_on)),
        ("First due", in_words(found.original_due_on)),
        ("Target", found.target),
        ("Met", _day(found.met_on)),
        ("How it is known", found.met_note),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]
