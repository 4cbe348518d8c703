"""Home blocks about the plan: which actions are late, and what is due next. Live lists, as at the day they are read."""

from django.urls import reverse

from holdfast.access import clock
from holdfast.pages.words import date_words
from holdfast.plan import selectors as plan
from holdfast.plan.models import Action, Milestone
from holdfast.web.home.asked import Asked
from holdfast.web.home.block import Block, Line, Nothing

MOST = 5
NO_PLAN = Nothing(
    "No plan has been entered yet",
    "Actions and milestones, with what is late and what is due next, will appear here. The programme office adds them.",
)


def late(asked: Asked) -> Block:
    """The actions not done and milestones not met whose date has passed, the longest late first."""
    title = "Late actions and milestones"
    if not asked.has_plan:
        return Block(title, nothing=NO_PLAN)
    found = asked.late
    if not found:
        return Block(title, nothing=Nothing("Nothing in the plan is late", is_missing=False))
    lede = f"{len(found)} late on {date_words(clock.today())}."
    more = ("See the whole plan", reverse("plan", args=[asked.code])) if len(found) > MOST else ("", "")
    return Block(title, lede, lines=[_late(one, asked.code) for one in found[:MOST]], more=more)


def due_next(asked: Asked) -> Block:
    """The actions and milestones that fall due next, soonest first."""
    title = "Due next"
    if not asked.has_plan:
        return Block(title, nothing=NO_PLAN)
    found = plan.due_next(asked.user, asked.code, limit=MOST)
    more = ("See the whole plan", reverse("plan", args=[asked.code]))
    if not found:
        return Block(title, nothing=Nothing("Nothing more has a date", is_missing=False), more=more)
    lines = [
        Line(f"{one.ref} {one.title}", one.url, f"{one.kind.capitalize()}. {one.owner}", date_words(one.due_on), "")
        for one in found
    ]
    return Block(title, lines=lines, more=more)


def _late(one: Action | Milestone, code: str) -> Line:
    moved = f" First due {date_words(one.original_due_on)}." if one.is_moved else ""
    return Line(
        f"{one.ref} {one.title}",
        reverse("plan_action" if isinstance(one, Action) else "plan_milestone", args=[code, one.ref]),
        f"{one.owner.title}. Due {date_words(one.due_on)}.{moved}",
        "Late",
        "red",
    )
