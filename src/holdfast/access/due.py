"""The day by which something is to be done, as a person gives it: neither past nor so far ahead that it is mistyped.

Not here: days of the plan, which its page reads back before it keeps them (plan/doubts.py).
"""

from datetime import date, datetime, timedelta
from typing import Final

from holdfast.access import clock
from holdfast.access.writes import NotDone

FAR: Final = timedelta(days=2 * 366)
"""A day further ahead than two years looks mistyped. Our own line."""


def refuse_odd_due(at: datetime, due_on: date | None) -> None:
    """Raises NotDone for a day that has passed, so late as soon as it is kept, or that is far. None: the usual day."""
    if due_on is not None and due_on < clock.day_of(at):
        raise NotDone("Enter today or a later day.", field="due_on")
    refuse_far(at, due_on)


def refuse_far(at: datetime, due_on: date | None) -> None:
    """Raises NotDone for a day more than two years ahead."""
    if due_on is not None and due_on > clock.day_of(at) + FAR:
        raise NotDone("Enter a day within the next two years.", field="due_on")
