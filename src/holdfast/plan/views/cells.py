"""What several pages of the plan print alike: names, states, dates, and the columns and facts made of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from holdfast.access import clock
from holdfast.pages.crumbs import Crumb, crumbs
from holdfast.pages.tables import Cell, Column, facts, link, table, tag
from holdfast.pages.words import counted, date_words, day_or, listed
from holdfast.plan.flags import flags
from holdfast.plan.models import Action, Change, DateRevision, Milestone, Objective
from holdfast.plan.selectors import ObjectivePlan, page_of
from holdfast.plan.selectors.exceptions import NO_CAUSE, NO_RECOVERY, Exceptional

THE_PLAN = ("The plan", "plan")
COLOURS = {
    "Late": "red",
    "To do": "grey",
    "Under way": "light-blue",
    "Not yet due": "grey",
    "Done, not yet evidenced": "blue",
    "Done and evidenced": "turquoise",
    "Complete": "green",
    "Met": "green",
    "Withdrawn": "grey",
}
IMPACT_COLOURS = {
    "Not reviewed": "grey",
    "Too early to say": "grey",
    "Impact shown": "green",
    "Judged to have worked, not shown by figures": "yellow",
    "No effect": "orange",
    "Worse": "red",
}


def under(programme: str, thing: Action | Milestone) -> list[Crumb]:
    """The way back from a page about one thing."""
    return [*crumbs(programme, THE_PLAN), (str(thing), page_of(thing))]


def decision_url(programme: str, number: str) -> str:
    """Where a decision can be read; "" in an installation that keeps none."""
    try:
        return reverse("decision", args=[programme, number])
    except NoReverseMatch:
        return ""


def name(thing: Action | Milestone) -> dict[str, Any]:
    page = "plan_action" if isinstance(thing, Action) else "plan_milestone"
    return link(str(thing), page, thing.programme.code, thing.ref)


def state(thing: Action | Milestone, today: date) -> dict[str, Any]:
    words = thing.state_words(today)
    return tag(words, COLOURS[words])


def slipped_words(days: int) -> str:
    """By how much decisions have moved a date, in words. Nothing is hidden: brought forward is said too."""
    return f"{counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}" if days else "no days"


def due(thing: Action | Milestone, today: date) -> Cell:
    """When it is due; of a moved date also the first one, the days between and the decisions that moved it."""
    words, made = date_words(thing.due_at(today)), thing.revisions_by(today)
    if not made:
        return words
    numbers = ", ".join(revision.decision for revision in made)
    first = date_words(thing.original_due_on)
    return {"text": words, "hint": f"First due {first}: {slipped_words(thing.days_slipped(today))}, by {numbers}"}


def owner(thing: Action | Milestone) -> Cell:
    return {"text": thing.owner.title, "hint": thing.agency.name if isinstance(thing, Action) else ""}


def impact(action: Action, today: date) -> dict[str, Any]:
    words = action.impact_words(today)
    return tag(words, IMPACT_COLOURS[words])


def objective_table(found: ObjectivePlan, today: date) -> dict[str, Any]:
    """One objective's heading, and the table of its actions."""
    columns = [
        Column[Action]("Action", lambda action: name(action) | {"hint": "; ".join(asked_after(action, today))}),
        Column("Owner", owner),
        Column("Due", lambda action: due(action, today)),
        Column("Doing it", lambda action: state(action, today)),
        Column("What it changed", lambda action: action.impact_words(today)),
        Column("Requirements", lambda action: ", ".join(one.ref for one in action.requirements.all()) or "None"),
    ]
    note = how_many(found.actions, "action", today)
    if found.objective.is_invented:
        note += "; invented for the demonstration"
    return {"objective": found.objective, "note": note, "actions": table(str(found.objective), columns, found.actions)}


def how_many(found: Sequence[Action | Milestone], noun: str, today: date) -> str:
    """ "11 actions: 4 done, 2 late" or "10 milestones: 2 met, none late": what a fold says while it is closed."""
    n_done = sum(thing.is_finished(today) for thing in found)
    n_late = sum(thing.is_late(today) for thing in found)
    word = "done" if noun == "action" else "met"
    return f"{counted(len(found), noun)}: {n_done or 'none'} {word}, {n_late or 'none'} late"


def asked_after(action: Action, today: date) -> list[str]:
    """What to ask about it, besides its being late, which its state says."""
    return [words for words in flags(action, today) if words != "Late"]


def late_columns(today: date) -> list[Column[Action]]:
    return [
        Column("Action", name),
        Column("Owner", lambda action: action.owner.title),
        Column("Agency", lambda action: action.agency.name),
        Column("Days late", lambda action: f"{(today - action.due_at(today)).days:,}", numeric=True),
        Column("Days after its first date", lambda action: f"{action.days_past_first(today):,}", numeric=True),
        Column("Why", lambda action: why_late(action, today)),
    ]


def why_late(action: Action, today: date) -> str:
    said = action.explanation(today)
    return said.get_cause_display() if said else "Nobody has said yet"


def milestone_columns(today: date) -> list[Column[Milestone]]:
    return [
        Column("Milestone", name),
        Column("Owner", owner),
        Column("Due", lambda milestone: due(milestone, today)),
        Column("State", lambda milestone: state(milestone, today)),
        Column("Target", lambda milestone: f"{milestone.indicator} {milestone.target}".strip() or "None"),
    ]


def revision_columns(programme: str) -> list[Column[DateRevision]]:
    """Every move of a date, in order: from, to, by how much, which decision, and why."""
    return [
        Column("Decision", lambda made: _decision(programme, made)),
        Column("From", lambda made: date_words(made.was_due_on)),
        Column("To", lambda made: date_words(made.due_on)),
        Column("Moved by", lambda made: slipped_words((made.due_on - made.was_due_on).days)),
        Column("Why", lambda made: made.reason),
    ]


def _decision(programme: str, made: DateRevision) -> Cell:
    when = f"decided {date_words(made.decided_on)}"
    return {"text": made.decision, "url": decision_url(programme, made.decision), "hint": when}


def target_columns(programme: str) -> list[Column[Change]]:
    """How what a milestone must reach was changed, each with its decision."""
    return [
        Column(
            "Decision",
            lambda change: {
                "text": change.decision or "Before decisions were kept",
                "url": decision_url(programme, change.decision) if change.decision else "",
                "hint": date_words(change.changed_on),
            },
        ),
        Column("Was", lambda change: str(change.before or "None")),
        Column("Is", lambda change: str(change.after or "None")),
    ]


def date_facts(thing: Action | Milestone, today: date) -> list[tuple[str, str]]:
    """When it is and was first due, and what lies between, as pairs of a summary list."""
    days = thing.days_slipped(today)
    past = thing.days_past_first(today)
    return [
        ("Due", date_words(thing.due_at(today))),
        ("First due", date_words(thing.original_due_on)),
        ("Moved by decisions", slipped_words(days) if thing.revisions_by(today) else ""),
        ("Days after its first date", counted(past, "day") if past else ""),
    ]


def milestone_facts(milestone: Milestone) -> list[dict[str, str]]:
    return facts(
        ("Objective", str(milestone.objective or "")),
        ("A step of", str(milestone.action or "")),
        ("Owner", milestone.owner.title),
        *date_facts(milestone, clock.today()),
        ("Target", milestone.target),
        ("Met", day_or(milestone.met_on, "Not yet")),
        ("How it is known", milestone.met_note),
        *taken_back(milestone),
    )


def taken_back(thing: Action | Milestone) -> list[tuple[str, str]]:
    """What was marked or entered by mistake: as pairs of a summary list."""
    marks = [
        (f"Marked as of {date_words(was.was_on)}, taken back", f"{date_words(was.corrected_on)}: {was.reason}")
        for was in thing.corrections.all()
    ]
    return [*marks, ("Withdrawn", withdrawn_words(thing))]


def withdrawn_words(thing: Objective | Action | Milestone) -> str:
    return f"{date_words(thing.withdrawn_on)}: {thing.withdrawn_reason}" if thing.withdrawn_on else ""


WITHDRAWN = [
    Column[Objective | Action | Milestone]("What", str),
    Column("Withdrawn, and why", withdrawn_words),
]


def late_words(late: Sequence[Action], milestones: Sequence[Milestone], today: date) -> str:
    """How many are late today, which milestones among them, and that the number is a live one."""
    n = counted(len(late), "action is", "actions are") if late else "No action is"
    past = [milestone.ref for milestone in milestones if milestone.is_late(today)]
    also = f"; {counted(len(past), 'milestone is', 'milestones are')}: {listed(past)}" if past else ""
    return (
        f"{n} late on {date_words(today)}{also}. This is a live list: it changes with the plan. A paper keeps its own."
    )


def missed_words(things: Sequence[Action | Milestone], today: date) -> str:
    """How many are not done by the date first promised, and how many of those decisions have moved."""
    missed = [thing for thing in things if not thing.is_finished(today) and thing.missed_first(today)]
    if not missed:
        return f"Nothing is unfinished past the date it was first promised for, on {date_words(today)}."
    moved = [thing for thing in missed if thing.revisions_by(today)]
    numbers = sorted({made.decision for thing in moved for made in thing.revisions_by(today)})
    by = f" {listed(numbers)}" if numbers else ""
    verb = "is" if len(missed) == 1 else "are"
    return (
        f"{len(missed)} of {counted(len(things), 'action and milestone', 'actions and milestones')} {verb} not done by "
        f"the date first promised. Of these, {len(moved) or 'none'} had a date moved by decision{by}."
    )


def exception_columns() -> list[Column[Exceptional]]:
    return [
        Column("What", lambda one: name(one.item) | {"hint": f"{one.item.owner.title}. {'; '.join(one.asked_after)}"}),
        Column("First due", lambda one: date_words(one.item.original_due_on)),
        Column("Now due", _now_due),
        Column("Days after its first date", lambda one: f"{one.item.days_past_first(one.on):,}", numeric=True),
        Column("Why", lambda one: {"text": one.cause or NO_CAUSE, "hint": one.why}),
        Column("What will recover it", _recovers),
    ]


def _now_due(one: Exceptional) -> Cell:
    finished = one.item.finished_on(one.on)
    if finished is not None:
        return {"text": f"Done {date_words(finished)}", "hint": ", ".join(one.decisions)}
    if not one.decisions:
        return "Not moved"
    days = slipped_words(one.item.days_slipped(one.on))
    return {"text": date_words(one.item.due_at(one.on)), "hint": f"{days}, by {', '.join(one.decisions)}"}


def _recovers(one: Exceptional) -> Cell:
    expected = f"Now expected {date_words(one.forecast_on)}. " if one.forecast_on else ""
    helped = f"Help needed: {one.help_needed}" if one.help_needed else ""
    by = f"{one.recovered_by}. " if one.recovered_by else ""
    return {"text": f"{by}{one.recovery}".strip() or NO_RECOVERY, "hint": f"{expected}{helped}".strip()}
