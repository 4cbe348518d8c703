"""Making a worker ready for the next release while it has nothing to do. It reads the last one, and writes nothing."""

import logging

from django.conf import settings

from holdfast import analytics
from holdfast.performance.keeping import store
from holdfast.performance.models import Release

log = logging.getLogger("holdfast.performance")


def rehearse() -> None:
    """Make ready for a release like the last one, so that who asks for the next does not wait for being the first."""
    last = Release.objects.order_by("pk").last()
    if last is None:
        return
    try:
        history = analytics.snapshot_named(store(), last.snapshot_id)
        analytics.rehearse(history, engine=analytics.engine(settings.HOLDFAST_ENGINE))
    except Exception as problem:  # whatever it is, the release itself says it better
        log.warning("rehearsed=no failed=%s", type(problem).__name__)
