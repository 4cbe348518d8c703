"""When somebody was here before: the last day, before this one, on which they signed in.

So that a home can say what moved since. Signing in again on the same day is the same visit. Not here: the trail, which
says who signed in and when; this keeps one row an account, and nothing of what they did.
"""

from datetime import datetime

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor
from holdfast.access.models import Account, Visit


def note_visit(account: Account, at: datetime) -> None:
    """Somebody signed in. On a new day, the visit that was the latest becomes the one before."""
    visit, is_first = Visit.objects.get_or_create(account=account, defaults={"began_at": at})
    if not is_first and clock.day_of(visit.began_at) < clock.day_of(at):
        Visit.objects.filter(pk=visit.pk).update(began_before_at=visit.began_at, began_at=at)


def visited_before(user: Actor) -> datetime | None:
    """When the visit before this one began; None at the first. For the account itself, and nobody else's."""
    if user is SYSTEM or not user.is_authenticated:
        return None
    return Visit.objects.filter(account_id=user.pk).values_list("began_before_at", flat=True).first()
