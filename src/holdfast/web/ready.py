"""What a server makes ready before it answers anybody, so that no reader waits for being the first.

Every page and template is loaded, and what the pages of each programme rest on is worked out as the product itself. It
is kept as after any request: by what it was made from and what a reader may see (decision 44). Rule: a server starts
all the same where something cannot be made ready; its page then says what is wrong.
"""

import logging
from contextlib import suppress
from pathlib import Path

from django.apps import apps
from django.db import connections
from django.template.loader import get_template
from django.urls import get_resolver

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.access.urls import load_pages
from holdfast.audits.selectors.findings import count_ahead
from holdfast.notice.selectors.notices import NoNotice
from holdfast.notice.selectors.positions import position_lines
from holdfast.organisation.selectors import programmes
from holdfast.performance.selectors.closings import closing_counts
from holdfast.performance.selectors.figures import load_answers
from holdfast.performance.selectors.indicators import definition_cards
from holdfast.performance.selectors.releases import latest_release, moves
from holdfast.performance.selectors.unanswerable import HistoryNotKept
from holdfast.performance.selectors.worklists import clock_counts
from holdfast.plan.selectors import whole_actions
from holdfast.practice.selectors.waiting import supervision_counts

log = logging.getLogger("holdfast.web")


def get_ready() -> None:
    """Called by each process of a server as it starts."""
    get_resolver().url_patterns  # noqa: B018 - loads every room's views
    load_pages()
    definition_cards()
    load_templates()
    try:
        for code in programmes(SYSTEM).values_list("code", flat=True):
            prepare(code)
    except Exception as problem:  # whatever it is, the pages can say it better than a server that does not start
        log.warning("ready=no failed=%s", type(problem).__name__)
    finally:
        connections.close_all()


def load_templates() -> None:
    """Every template of our own, compiled."""
    for room in apps.get_app_configs():
        folder = Path(room.path) / "templates"
        if room.name.startswith("holdfast."):
            for path in folder.rglob("*.html"):
                get_template(path.relative_to(folder).as_posix())


def prepare(code: str) -> None:
    """What the pages of a programme rest on: plan, audits' answers, positions, scorecard, moves, clocks, closures."""
    whole_actions(SYSTEM, code)
    count_ahead(code, clock.today())
    try:
        position_lines(SYSTEM, code)
    except NoNotice:
        return
    release = latest_release(SYSTEM, code)
    if release is not None and release.answers_id:
        load_answers(release)
        moves(SYSTEM, code, release)
        clock_counts(SYSTEM, code)
        with suppress(HistoryNotKept):
            closing_counts(SYSTEM, code)
            supervision_counts(SYSTEM, code, release)
