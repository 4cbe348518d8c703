"""The plan as words that can be agreed: a line for each objective, action and milestone.

How far anything has come is not in it: that changes daily and nobody agrees it. Rule: whatever a party is asked to
agree (what, whose, when, what for) is in its line, so that a changed line is a changed promise.
"""

from holdfast.access import clock
from holdfast.access.doors import Actor
from holdfast.agreements import selectors as agreements
from holdfast.agreements.differing import Line, changes
from holdfast.agreements.models import Version
from holdfast.pages.words import date_words
from holdfast.plan import selectors
from holdfast.plan.models import Action, Milestone

KIND = "plan"


def words_of_the_plan(user: Actor, code: str) -> str:
    """The plan as it stands today. "" when there is none."""
    lines = []
    for found in selectors.plan(user, code):
        lines.append(str(found.objective))
        lines += [_action(action) for action in sorted(found.actions, key=lambda action: action.ref)]
    return "\n".join([*lines, *map(_milestone, sorted(selectors.milestones(user, code), key=lambda point: point.ref))])


def _action(action: Action) -> str:
    answered = [one.ref for one in (*action.requirements.all(), *action.recommendations.all())]
    way = f" {action.impact_direction}" if action.impact_direction else ""
    size = f" by {action.impact_size.normalize():f}" if action.impact_size is not None else ""
    impact_by = f" by {date_words(action.impact_by)}" if action.impact_by else ""
    parts = (
        f"{action.ref} {action.title}",
        f"Owner: {action.owner.title}",
        f"Accountable: {action.accountable.title}" if action.accountable else "",
        f"Lead: {action.agency.name}",
        f"With: {', '.join(agency.name for agency in action.contributing.all())}" if action.contributing.all() else "",
        f"From {date_words(action.starts_on)}" if action.starts_on else "",
        _due(action),
        f"Answers {', '.join(answered)}" if answered else "",
        f"Waits for {', '.join(other.ref for other in action.waits_for.all())}" if action.waits_for.all() else "",
        f"Measured by {action.indicator}{way}{size}{impact_by}" if action.indicator else "",
        action.intended_impact,
    )
    return _line(parts)


def _milestone(point: Milestone) -> str:
    measured = f"{point.indicator} {point.target}".strip()
    step = f"A step of {point.action.ref}" if point.action else ""
    return _line((f"{point.ref} {point.title}", f"Owner: {point.owner.title}", step, _due(point), measured))


def _due(thing: Action | Milestone) -> str:
    made = thing.revisions_by(clock.today())
    first = f" (first {date_words(thing.original_due_on)}, moved by {made[-1].decision})" if made else ""
    return f"Due {date_words(thing.due_on)}{first}"


def _line(parts: tuple[str, ...]) -> str:
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def in_force(user: Actor, code: str) -> Version | None:
    """The version of the plan that all have agreed and that is in force today; None when there is none."""
    for subject in agreements.subjects_of_kind(user, code, KIND):
        version = agreements.in_force(user, code, subject.code, clock.today())
        if version is not None:
            return version
    return None


def changed_since(user: Actor, code: str, version: Version) -> list[Line]:
    """What has changed in the plan since a version was put forward, line by line. [] when nothing has."""
    return changes(version.words, words_of_the_plan(user, code)) if version.words else []
