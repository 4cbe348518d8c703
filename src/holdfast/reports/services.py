"""Every write of the reports room: freezing an edition. Nothing here changes one.

Rule: a report made again from unchanged records is the same edition; from changed records it is the next, and the
first is kept. Only the chair of the Board writes the covering words.
"""

import json
from datetime import date, datetime
from typing import Any

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, Refused, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.jobs import kept
from holdfast.organisation.models import Programme
from holdfast.pages.words import date_words
from holdfast.performance.models import Release
from holdfast.performance.selectors.releases import latest_release
from holdfast.reports import document as documents
from holdfast.reports import keeping, rendering
from holdfast.reports.models import Edition
from holdfast.reports.selectors import FILES, changes_since, first_day, is_chair, latest_edition


class NoSuchReport(NotDone):
    """A kind of report that does not exist."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"There is no report called “{kind}”. There is: ministers.")


class ReportOfTheFuture(NotDone):
    """A report was asked for on a date that has not come."""

    def __init__(self, on: date, today: date) -> None:
        super().__init__(
            f"{date_words(on)} has not come yet: today is {date_words(today)}. Choose today or an earlier date."
        )


class ReportBeforeNotice(NotDone):
    """A report was asked for on a day before there was anything to report against."""

    def __init__(self, on: date, first: date) -> None:
        super().__init__(
            f"{date_words(on)} is before the notice was issued, on {date_words(first)}. Choose a later day.",
            field="on",
        )


@service
def freeze_edition(
    *, by: Actor, at: datetime, programme: Programme, kind: str = "ministers", on: date, covering: str | None = None
) -> Edition:
    """Freeze a report for a date, or give back the last edition when nothing in it has changed.

    `covering` is the chair's own words: None keeps those of the last edition, "" leaves them out. Raises Refused (also
    for words from anybody but the chair), NoSuchReport, ReportOfTheFuture or ReportBeforeNotice.
    """
    check(by, Permission.MAKE_REPORT, programme.code)
    _check_asked(by, at, programme, kind, on, covering)
    Programme.objects.select_for_update().get(pk=programme.pk)  # one freeze at a time, so numbers never collide
    last = latest_edition(SYSTEM, programme.code, kind, on)
    release = latest_release(SYSTEM, programme.code)
    inputs = documents.ministers(programme, on, release, _covering(by, covering, last))
    inputs_sha256 = kept.digest(keeping.canonical(inputs))
    if last is not None and last.inputs_sha256 == inputs_sha256:
        record(
            "report asked for again", programme=programme.code, subject=last.in_words, detail={"sha256": last.sha256}
        )
        return last
    edition = _keep(by, at, programme, kind, on, last, release, inputs, inputs_sha256)
    detail = {"sha256": edition.sha256, "release": edition.calculation_id}
    record("report frozen", programme=programme.code, subject=edition.in_words, detail=detail)
    return edition


def _check_asked(by: Actor, at: datetime, programme: Programme, kind: str, on: date, covering: str | None) -> None:
    if kind not in Edition.Kind.values:
        raise NoSuchReport(kind)
    if on > clock.day_of(at):
        raise ReportOfTheFuture(on, clock.day_of(at))
    first = first_day(programme)
    if on < first:
        raise ReportBeforeNotice(on, first)
    if covering and not is_chair(by, programme.code):
        raise Refused(Permission.MAKE_REPORT, programme.code)


def _covering(by: Actor, covering: str | None, last: Edition | None) -> dict[str, str] | None:
    """The chair's words with the chair's office; those of the last edition when nothing new was said."""
    if covering is None and last is not None:
        words_before: dict[str, str] | None = _document_of(last)["covering"]
        return words_before
    words = (covering or "").strip()
    return {"words": words, "by": by.display_name, "as": "Independent chair of the Board"} if words else None


def _document_of(edition: Edition) -> dict[str, Any]:
    content = keeping.read(edition.in_words, edition.sha256, keeping.DOCUMENT, edition.files[keeping.DOCUMENT])
    return dict(json.loads(content))


def _keep(
    by: Actor,
    at: datetime,
    programme: Programme,
    kind: str,
    on: date,
    last: Edition | None,
    release: Release | None,
    inputs: dict[str, Any],
    inputs_sha256: str,
) -> Edition:
    """Number the edition, draw it, keep its files, then record it: a row never stands without its files."""
    number = last.number + 1 if last else 1
    account = None if by is SYSTEM else by
    maker = account.display_name if account else "the system"
    replaced = None if last is None else documents.Replaced(last.number, _document_of(last), changes_since(last))
    whole = inputs | {"edition": documents.edition_facts(number, at, maker, inputs_sha256, inputs, replaced)}
    content = keeping.canonical(whole)
    sha256 = kept.digest(content)
    files = {
        FILES["json"]: content,
        FILES["html"]: rendering.as_html(whole, sha256),
        FILES["pdf"]: rendering.as_pdf(whole, sha256),
    }
    return Edition.objects.create(
        programme=programme,
        kind=kind,
        on=on,
        number=number,
        inputs_sha256=inputs_sha256,
        sha256=sha256,
        files=keeping.keep(sha256, files),
        release=release,
        calculation_id=release.calculation_id if release else "",
        frozen_at=at,
        frozen_by=account,
    )
