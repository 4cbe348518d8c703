"""`holdfast verify`: is everything as it was written? One sentence for each thing that is not."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from holdfast.access.checking import check_records
from holdfast.access.doors import SYSTEM
from holdfast.access.trail import broken_rows, problem_since
from holdfast.agreements.selectors import verify_documents
from holdfast.jobs import kept
from holdfast.notice.selectors.requirements import verify_evidence
from holdfast.performance import keeping
from holdfast.performance.selectors.verification import verify_store
from holdfast.performance.uploads import clear_abandoned
from holdfast.reports.audit_reports import verify_audit_reports
from holdfast.reports.packs import verify_packs
from holdfast.reports.selectors import verify_chair_reports, verify_editions


def problems(since: tuple[int, str] | None = None) -> Iterator[str]:
    """A sentence for each trail row, record or file that was changed, added or removed behind the services.

    `since` is the number and digest of a trail row noted on another machine: a trail written anew has another.
    """
    if since is not None:
        yield from problem_since(*since)
    for row in broken_rows():
        yield row.problem
    yield from check_records()
    yield from verify_store(SYSTEM)
    yield from verify_editions(SYSTEM)
    yield from verify_packs()
    yield from verify_chair_reports(SYSTEM)
    yield from verify_audit_reports(SYSTEM)
    yield from verify_evidence(SYSTEM)
    yield from verify_documents(SYSTEM)


def clear_what_was_left() -> int:
    """Remove what killed writers left set aside, wherever something is set aside; how many. At start and by verify."""
    shelves = sorted(each.name for each in Path(settings.HOLDFAST_DATA).iterdir() if each.is_dir())
    n_removed = sum(kept.clear_what_was_left(shelf) for shelf in ("", *shelves))
    return n_removed + keeping.clear_what_was_left() + keeping.clear_reading() + clear_abandoned()
