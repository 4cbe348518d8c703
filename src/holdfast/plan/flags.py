"""What somebody should be asked about an action: late, silent, not updated, waiting for what is late, owned by nobody.

Pure: the day is given. Rule: what is done or has not started yet is not asked after.
"""

from datetime import date, timedelta
from typing import Final

from holdfast.pages.words import date_words, listed
from holdfast.plan.models import Action

CYCLE: Final = timedelta(days=28)
"""From one meeting of the Board to the next: who has said nothing for longer has missed a meeting."""
NO_LIVE_OWNER: Final = "No live owner"


def is_silent(action: Action, on: date) -> bool:
    """Whether nobody has ever said how it is going, a cycle after it should have begun."""
    begun = max((day for day in (action.added_on, action.starts_on) if day is not None), default=date.min)
    return is_under_way(action, on) and action.update_by(on) is None and begun < on - CYCLE


def is_stale(action: Action, on: date) -> bool:
    """Whether the last update is older than a cycle."""
    said = action.update_by(on)
    return is_under_way(action, on) and said is not None and (said.said_on is None or said.said_on < on - CYCLE)


def is_under_way(action: Action, on: date) -> bool:
    """Whether it stands, should have begun and is not done."""
    has_begun = action.starts_on is None or action.starts_on <= on
    return action.stood_on(on) and has_begun and not action.was_done(on)


def waits_for_late(action: Action, on: date) -> list[Action]:
    """The late actions that it waits for."""
    return [] if action.was_done(on) else [other for other in action.waits_for.all() if other.is_late(on)]


def flags(action: Action, on: date) -> list[str]:
    """Everything to be asked about, in a few words each. Nothing for what is closed, withdrawn or as it should be."""
    if not action.stood_on(on) or action.closure_by(on) is not None:
        return []
    said, held_up = action.update_by(on), waits_for_late(action, on)
    last = date_words(said.said_on) if said and said.said_on else "days were kept"
    found = [
        ("Late", action.is_late(on)),
        ("Nobody has said how it is going", is_silent(action, on)),
        (f"Not updated since {last}", is_stale(action, on)),
        (f"Waits for {listed([other.ref for other in held_up])}, which is late", bool(held_up)),
        (NO_LIVE_OWNER, not action.has_live_owner),
    ]
    return [words for words, is_so in found if is_so]
