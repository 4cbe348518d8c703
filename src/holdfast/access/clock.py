"""The one clock. Every `at=` and every "today" in the product comes from here, and every day is London's.

`HOLDFAST_TODAY` (YYYY-MM-DD) fixes the date, so that a demonstration or a test stands on a chosen day. Nothing else
in the product reads the time; tests/house holds that. Rule: an instant and its day agree: `day_of(now())` is `today()`.
"""

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The instant to stamp on a write, in UTC: the real one, or London's time of day now on the day that is fixed."""
    real = datetime.now(LONDON)
    if settings.HOLDFAST_TODAY is not None:
        real = datetime.combine(settings.HOLDFAST_TODAY, real.time(), LONDON)
    return real.astimezone(UTC)


def today() -> date:
    """The date in London, or the date fixed by HOLDFAST_TODAY."""
    return day_of(now())


def day_of(at: datetime) -> date:
    """The day in London on which an instant falls: the only way from a time stamp to a date."""
    return at.astimezone(LONDON).date()


def elapsed_seconds() -> float:
    """Real seconds since the epoch, for session limits and job leases only: those run even when the date is fixed."""
    return time.time()
