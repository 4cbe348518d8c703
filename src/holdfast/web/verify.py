"""`holdfast verify`: is everything as it was written? One sentence for each thing that is not."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from django.conf import settings

from holdfast.access.checking import check_records
from holdfast.access.doors import SYSTEM, Actor
from holdfast.access.trail import broken_rows, problem_since
from holdfast.agreements.selectors import verify_documents
from holdfast.governance.selectors.agendas import verify_papers
from holdfast.jobs import kept
from holdfast.notice.selectors.requirements import verify_evidence
from holdfast.performance import keeping
from holdfast.performance.selectors.verification import verify_store
from holdfast.performance.uploads import clear_abandoned
from holdfast.reports.audit_reports import verify_audit_reports
from holdfast.reports.packs import verify_packs
from holdfast.reports.selectors import verify_chair_reports, verify_editions
from holdfast.web.refusing import where

FILES: Mapping[str, Callable[[Actor], Iterable[str]]] = {
    "returns and releases": verify_store,
    "editions": verify_editions,
    "packs": verify_packs,
    "reports of the chair": verify_chair_reports,
    "reports of audits": verify_audit_reports,
    "files given as evidence": verify_evidence,
    "papers of meetings": verify_papers,
    "documents of agreements": verify_documents,
}
"""What looks at each kind of file. One that stops hides nothing of what the others find."""


def problems(since: tuple[int, str] | None = None) -> Iterator[str]:
    """A sentence for each trail row, record or file that was changed, added or removed behind the services.

    `since` is the number and digest of a trail row noted on another machine: a trail written anew has another.
    """
    if since is not None:
        yield from problem_since(*since)
    for row in broken_rows():
        yield row.problem
    yield from check_records()
    for kind, look in FILES.items():
        try:
            yield from look(SYSTEM)
        except Exception as failure:  # a record changed behind the services may stop it in any way at all
            yield f"Not all {kind} could be looked at ({type(failure).__name__} at {where(failure)})."


def clear_what_was_left() -> int:
    """Remove what killed writers left set aside, wherever something is set aside; how many. At start and by verify."""
    shelves = sorted(each.name for each in Path(settings.HOLDFAST_DATA).iterdir() if each.is_dir())
    n_removed = sum(kept.clear_what_was_left(shelf) for shelf in ("", *shelves))
    return n_removed + keeping.clear_what_was_left() + keeping.clear_reading() + clear_abandoned()
