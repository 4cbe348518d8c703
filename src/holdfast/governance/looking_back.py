"""What a decision would change of days that are over, in words: months judged again, a date that has passed already.

Asked before a decision is recorded, so that somebody says yes to it, and kept in the trail with it. Rule: it is about
the day of the decision, not about today: a decision that is written down late looks back no further than it did.
"""

from collections.abc import Iterable
from datetime import date

from holdfast.governance.effect_kinds import Change, effect_kind
from holdfast.organisation.models import Programme
from holdfast.pages.words import date_words, months_words
from holdfast.performance.selectors.decided import first_month, judged_again
from holdfast.plan.models import Action, Milestone

CONFIRMED = "The decision’s page, the scorecard and the trail will say that this was set afterwards."


def looks_back(programme: Programme, made_on: date, changes: Iterable[Change]) -> list[str]:
    """A sentence for each change that would alter how days before `made_on` stand. [] where none does.

    What the change itself is refused for is left to its own room: nothing is raised here.
    """
    said = (effect_kind(change.kind).looks_back(programme, made_on, change) for change in changes)
    return [words for words in said if words]


def consequence(sentences: list[str]) -> str:
    """What is read back before a decision that looks back is recorded; "" where there is nothing to read back."""
    return " ".join([*sentences, CONFIRMED]) if sentences else ""


def of_target(programme: Programme, made_on: date, change: Change) -> str:
    """A target that judges months which were over."""
    again = judged_again(first_month(change.given["from_on"], change.given.get("trajectory")), made_on)
    if again is None:
        return ""
    return (
        f"The target of {change.subject} would judge {months_words(*again)} again, though that was over when it was "
        f"decided, on {date_words(made_on)}: nobody knew of this target then."
    )


def of_rebase(programme: Programme, made_on: date, change: Change) -> str:
    """A chart judged by new limits in months which were over."""
    again = judged_again(change.given["from_month"].replace(day=1), made_on)
    if again is None:
        return ""
    return f"The chart of {change.subject} would be judged anew over {months_words(*again)}, which was judged already."


def of_date(programme: Programme, made_on: date, change: Change) -> str:
    """A date that has passed and is moved on, or one that is moved to a day that has passed."""
    due_on = change.given["due_on"]
    for kind in (Action, Milestone):
        item = kind._default_manager.filter(programme=programme, ref=change.subject).first()
        if item is None:
            continue
        was = f"{item.ref} was due on {date_words(item.due_on)}"
        if due_on < made_on:
            return f"{was}, and would be due on {date_words(due_on)}, which has passed: it would be late at once."
        if item.due_on < made_on and item.finished_on(made_on) is None:
            return f"{was} and is late: from this decision on it would not be, and its days slipped are still counted."
    return ""


def of_milestone(programme: Programme, made_on: date, change: Change) -> str:
    """What a milestone must reach, changed after it was due."""
    milestone = Milestone.objects.filter(programme=programme, ref=change.subject, due_on__lt=made_on).first()
    if milestone is None:
        return ""
    due = f"{milestone.ref} was due on {date_words(milestone.due_on)}, which had passed"
    return f"{due}: it would be judged by other words than those it had to reach by then."
