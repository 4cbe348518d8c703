"""The one clock. Every `at=` and every "today" in the product comes from here.

`HOLDFAST_TODAY` (YYYY-MM-DD) fixes the date, so that a demonstration or a test stands on a chosen day. Nothing else
in the product reads the time; tests/house holds that.
"""

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

LONDON = ZoneInfo("Europe/London")


def today() -> date:
    """The date in London, or the date fixed by HOLDFAST_TODAY."""
    return settings.HOLDFAST_TODAY or datetime.now(LONDON).date()


def now() -> datetime:
    """The instant to stamp on a write, in UTC: the real time of day on `today()`."""
    real = datetime.now(UTC)
    if settings.HOLDFAST_TODAY is None:
        return real
    return datetime.combine(settings.HOLDFAST_TODAY, real.timetz())


def elapsed_seconds() -> float:
    """Real seconds since the epoch, for session limits and job leases only: those run even when the date is fixed."""
    return time.time()
