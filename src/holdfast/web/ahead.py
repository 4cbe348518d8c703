"""Homes worked out again as soon as something was written, so that whoever opens one does not wait for being the first.

Each process of a server follows the trail, and after a change, or at the start of a day, makes the homes that were
opened here lately, and once it has started those of who signed in in the last days: what they rest on is then kept
(pages/kept.py). Rule: it writes nothing and shows nobody anything; a reader who comes before it is ready makes it as
ever, and what it could not make the page says.
"""

import logging
import threading
from collections import OrderedDict
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

from django.db import connections
from django.db.models import F, Q

from holdfast.access import changes, clock
from holdfast.access.doors import Actor, Refused, grants
from holdfast.access.models import Account
from holdfast.organisation.selectors import programmes
from holdfast.web.standing import standing

SECONDS: Final = 1.0
"""Between two looks at the trail."""
LATELY_SECONDS: Final = 15 * 60.0
SIGNED_IN_LATELY: Final = timedelta(days=7)
COMES_SELDOM: Final = "dfe-observer"
"""Whose home asks where each requirement stood when they were last here: a second's work, on a day nobody else asks."""
MOST_READERS: Final = 12
"""One of each kind: whoever may see the same is given the same."""

log = logging.getLogger("holdfast.web")
_readers: OrderedDict[Any, tuple[int, float]] = OrderedDict()
"""(programme, what they may see) to the account that opened its home last, and when."""
_made: dict[str, Any] = {}
"""By programme, the day and the change that its homes were last made after."""


def opened(user: Actor, code: str) -> None:
    """Somebody opened their home just now."""
    pk = getattr(user, "pk", None)
    if pk is not None:
        _readers.pop((code, grants(user)), None)
        _readers[code, grants(user)] = (pk, clock.elapsed_seconds())
        while len(_readers) > MOST_READERS:
            _readers.popitem(last=False)


def expect() -> None:
    """Who signed in lately is taken to come back, and the observer at any time: a server that was started again makes
    their homes first of all."""
    lately = Q(last_login__gte=clock.now() - SIGNED_IN_LATELY)
    seldom = Q(role_holdings__role=COMES_SELDOM, role_holdings__ended_at__isnull=True)
    back = Account.objects.filter(lately | seldom, is_active=True).distinct()
    for account in back.order_by(F("last_login").asc(nulls_first=True)):
        for code in programmes(account).values_list("code", flat=True):
            opened(account, code)


def make_ahead() -> list[str]:
    """Make the homes opened lately in each programme that changed; the user names of whose they are."""
    since, made = clock.elapsed_seconds() - LATELY_SECONDS, []
    lately = [(code, pk) for (code, _), (pk, at) in reversed(_readers.copy().items()) if at > since]
    if not lately:
        return []
    now = changes.followed()
    for code in dict.fromkeys(code for code, _ in lately):
        stands = (clock.today(), now.stamp(code, (changes.ANY,)))
        if _made.get(code) == stands:
            continue
        _made[code] = stands
        for account in Account.objects.filter(pk__in=[pk for whose, pk in lately if whose == code], is_active=True):
            with changes.one_reading(), suppress(Refused):  # a role may have ended since
                standing(account, code)
                made.append(account.username)
    return made


def start() -> None:
    """Called by each process of a server once it is ready."""
    threading.Thread(target=_follow, name="homes made ahead", daemon=True).start()


def _follow() -> None:
    pause, is_new = threading.Event(), True
    while not pause.wait(SECONDS):
        try:
            if is_new:
                is_new = False
                expect()
            make_ahead()
        except Exception as problem:  # the page can say it better, and the next change is another
            log.warning("ahead=no failed=%s", type(problem).__name__)
        finally:
            connections.close_all()
