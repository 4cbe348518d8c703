"""Whose calendar a secret address is, and what it holds for them today.

Rule: the address proves only who; what they may see is asked at each fetch, so that an ended role ends the calendar.
"""

from datetime import timedelta

from holdfast.access import clock
from holdfast.access.doors import Actor, Missing, check, may
from holdfast.access.permissions import Permission
from holdfast.governance.due import own_actions, own_milestones
from holdfast.governance.models import CalendarAddress
from holdfast.governance.models.reminding import digest_of_secret
from holdfast.governance.selectors.meetings import meetings
from holdfast.plan.models import Action, Milestone

KEPT = timedelta(days=180)


class NoSuchCalendar(Missing):
    """No calendar is at the address: it was never there, was withdrawn, or its owner may see nothing here."""

    def __init__(self) -> None:
        super().__init__("There is no calendar at this address.")


def own_address(user: Actor, code: str) -> CalendarAddress | None:
    """One's own working address, without its secret. None when there is none."""
    check(user, Permission.SEE_PROGRAMME, code)
    working = CalendarAddress.objects.filter(account_id=user.pk, programme__code=code, withdrawn_at__isnull=True)
    return working.first()


def calendar_at(code: str, secret: str, site: str) -> bytes:
    """The calendar of whoever the address belongs to, its links leading to `site`.

    Raises NoSuchCalendar, in the same words for every reason.
    """
    found = CalendarAddress.objects.filter(secret_sha256=digest_of_secret(secret), withdrawn_at__isnull=True)
    address = found.filter(programme__code=code).select_related("account", "programme").first()
    if address is None or not address.account.is_active:
        raise NoSuchCalendar
    if not may(address.account, Permission.SEE_PROGRAMME, code):
        raise NoSuchCalendar
    today = clock.today()
    coming = meetings(address.account, code).filter(held_on__gte=today - KEPT)
    own: list[Action | Milestone] = [
        *own_actions(address.account, code, today),
        *own_milestones(address.account, code, today),
    ]
    from holdfast.governance.feed import as_ics  # loads a library of its own, which no other page needs

    return as_ics(address.programme, list(coming), own, clock.now(), site)
