"""The day by which something of audits is to be done, as a person gives it."""

from datetime import date, datetime

from holdfast.access import clock
from holdfast.access.writes import NotDone


def refuse_past(at: datetime, due_on: date | None) -> None:
    """Raises NotDone for a day that has passed: it would be late as soon as it is kept. None: the usual day."""
    if due_on is not None and due_on < clock.day_of(at):
        raise NotDone("Enter today or a later day.", field="due_on")
