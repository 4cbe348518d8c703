"""What every service of the plan refuses, and dates that look mistaken, so that a page asks before it keeps them. Pure.

Rule: the sentence gives the date in words and what keeping it will do.
"""

from datetime import date, timedelta
from typing import Final

from holdfast.access.due import FAR
from holdfast.access.writes import NotDone
from holdfast.pages.words import counted, date_words
from holdfast.plan.models import Action, Milestone, Objective

LONG: Final = timedelta(days=366)
KEPT: Final = "Its date cannot be changed afterwards: only a decision of the Board moves one."


class Withdrawn(NotDone):
    """It has been taken out of the plan, so nothing more happens to it."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"{ref} has been withdrawn.")


def refuse_withdrawn(thing: Objective | Action | Milestone) -> None:
    """Raises Withdrawn of what has been taken out of the plan."""
    if thing.withdrawn_on is not None:
        raise Withdrawn(thing.ref)


def doubt_of_due(due_on: date, today: date) -> str:
    """Of a date by which something is due: already past, or more than two years ahead. "" for any other."""
    if due_on < today:
        late = counted((today - due_on).days, "day")
        return f"{date_words(due_on)} has passed: it will be late at once, by {late}, in every list and paper. {KEPT}"
    if due_on > today + FAR:
        return f"{date_words(due_on)} is more than two years away. {KEPT}"
    return ""


def doubt_of_done(thing: Action | Milestone, on: date, today: date) -> str:
    """Of a day on which something was done or met: over a year ago, or over a year before or after it was due."""
    kept = "Every paper from that day on will say so. It can be taken back, with a reason, and that stays to be read."
    if on > today:
        return ""
    if on < today - LONG:
        return f"{date_words(on)} is over a year ago. {kept}"
    if abs(on - thing.due_on) > LONG:
        way = "after" if on > thing.due_on else "before"
        return f"{date_words(on)} is over a year {way} {thing.ref} was due, on {date_words(thing.due_on)}. {kept}"
    return ""
