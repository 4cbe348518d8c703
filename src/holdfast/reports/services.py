"""Every write of the reports room: freezing an edition, and what the chair drafts and sends. Nothing changes either.

Rule: a report made again from unchanged records is the same edition; from changed records it is the next, and the
first is kept. Only the chair of the Board writes the covering words, and the reports to Ministers, and sends them.
"""

import json
from datetime import date, datetime
from typing import Any

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, Refused, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.jobs import kept
from holdfast.organisation.models import Programme
from holdfast.pages.words import date_words
from holdfast.performance.models import Release
from holdfast.performance.selectors.releases import latest_release
from holdfast.reports import document as documents
from holdfast.reports import keeping, letter, rendering
from holdfast.reports.models import CHAIR_SHELF, ChairDraft, ChairReport, Edition
from holdfast.reports.selectors import (
    FILES,
    changes_since,
    due_days,
    first_day,
    is_chair,
    latest_edition,
    newest_edition,
)


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
    release = latest_release(SYSTEM, programme.code, on)
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


class NeedsAPerson(NotDone):
    """The chair writes and sends: no machine does."""

    def __init__(self) -> None:
        super().__init__("Only the chair, as a person, writes to Ministers.")


class NothingToStandBeside(NotDone):
    """There is no edition whose figures the chair's words could stand beside."""

    def __init__(self) -> None:
        super().__init__("Make a report to Ministers first: your words stand beside its frozen figures.")


class NotOfThatMonth(NotDone):
    """The notice asks for no report in that month, or one is being written already."""


class NothingWritten(NotDone):
    """A report without a word."""

    def __init__(self) -> None:
        super().__init__("You have written nothing yet. Write at least one section, then send it.")


class SentForGood(Forbidden):
    """What was sent stays as it was sent, whoever asks."""

    def __init__(self, report: ChairReport) -> None:
        super().__init__(
            f"{report.in_words} was sent on {date_words(report.sent_on)} and cannot be changed. Write a correction.",
            programme=report.programme.code,
        )


def _check_chair(by: Actor, code: str) -> None:
    """Raises Refused for anybody but the chair, NeedsAPerson for the system."""
    check(by, Permission.WRITE_CHAIR_REPORT, code)
    if by is SYSTEM:
        raise NeedsAPerson


@service
def begin_chair_report(
    *, by: Actor, at: datetime, programme: Programme, due_on: date, corrects: ChairReport | None = None
) -> ChairDraft:
    """Begin a report for the month that ends on a day, or the correction of one that was sent.

    It stands beside the figures of the last edition. Raises Refused, NeedsAPerson, NothingToStandBeside, SentForGood
    (sent already, and no correction asked for) or NotOfThatMonth.
    """
    _check_chair(by, programme.code)
    Programme.objects.select_for_update().get(pk=programme.pk)
    if due_on not in due_days(programme):
        raise NotOfThatMonth(f"The notice asks for no report in the month to {date_words(due_on)}.")
    sent = ChairReport.objects.filter(programme=programme, due_on=due_on).order_by("number").first()
    if sent is not None and corrects is None:
        raise SentForGood(sent)
    if ChairDraft.objects.filter(programme=programme, due_on=due_on).exists():
        raise NotOfThatMonth("You have begun it already: go on with that draft.")
    edition = newest_edition(SYSTEM, programme.code)
    if edition is None:
        raise NothingToStandBeside
    draft = ChairDraft(programme=programme, due_on=due_on, edition=edition, corrects=corrects)
    draft.begun_on = clock.day_of(at)
    draft.save()
    record("chair's report begun", programme=programme.code, subject=str(draft))
    return draft


@service
def write_section(*, by: Actor, at: datetime, draft: ChairDraft, section: str, words: str) -> ChairDraft:
    """Keep the chair's words of one section. Raises Refused, NeedsAPerson, or ValueError for an unknown section."""
    _check_chair(by, draft.programme.code)
    if section not in letter.SECTIONS:
        raise ValueError(f"There is no section {section}.")
    held = ChairDraft.objects.select_for_update().get(pk=draft.pk)
    held.words = {**held.words, section: words.strip()}
    held.save(update_fields=["words"])
    record("chair's report written", programme=draft.programme.code, subject=str(draft), detail={"section": section})
    return held


@service
def take_newer_figures(*, by: Actor, at: datetime, draft: ChairDraft) -> ChairDraft:
    """Put the last edition's figures beside the chair's words. Raises Refused or NeedsAPerson."""
    _check_chair(by, draft.programme.code)
    draft.edition = newest_edition(SYSTEM, draft.programme.code) or draft.edition
    draft.save(update_fields=["edition"])
    detail = {"edition": draft.edition.in_words}
    record("chair's report given newer figures", programme=draft.programme.code, subject=str(draft), detail=detail)
    return draft


@service
def share_draft(*, by: Actor, at: datetime, draft: ChairDraft, is_shared: bool) -> ChairDraft:
    """Let those who make reports read the draft, or no more. They change nothing. Raises Refused or NeedsAPerson."""
    _check_chair(by, draft.programme.code)
    draft.is_shared = is_shared
    draft.save(update_fields=["is_shared"])
    action = "chair's draft shared" if is_shared else "chair's draft shared no more"
    record(action, programme=draft.programme.code, subject=str(draft))
    return draft


@service
def send_chair_report(*, by: Actor, at: datetime, draft: ChairDraft) -> ChairReport:
    """Record that the report is sent, and keep it for good as it stands: its words, and the figures beside them.

    What the figures do not allow is kept with it, and stops nothing: the text is the chair's. Raises Refused,
    NeedsAPerson or NothingWritten.
    """
    programme = draft.programme
    _check_chair(by, programme.code)
    Programme.objects.select_for_update().get(pk=programme.pk)
    held = ChairDraft.objects.select_related("edition__programme", "corrects", "programme__council").get(pk=draft.pk)
    if not any(held.words.values()):
        raise NothingWritten
    edition = _document_of(held.edition)
    last = ChairReport.objects.filter(programme=programme).order_by("-number").first()
    report = ChairReport(programme=programme, number=last.number + 1 if last else 1, due_on=held.due_on)
    report.edition, report.corrects, report.sent_by = held.edition, held.corrects, by
    report.sent_at, report.sent_on = at, clock.day_of(at)
    report.pointed_out = [found.as_data() for found in letter.pointed_out(held.words, edition)]
    report.sha256, report.files = _keep_letter(letter.document(report, held.words, edition))
    report.save()
    held.delete()
    detail = {"sha256": report.sha256, "pointed out": len(report.pointed_out), "edition": report.edition.in_words}
    record("chair's report sent", programme=programme.code, subject=report.in_words, detail=detail)
    return report


def _keep_letter(whole: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Draw a report of the chair and keep its files: the document's hash, and each file's."""
    content = keeping.canonical(whole)
    sha256 = kept.digest(content)
    files = {
        FILES["json"]: content,
        FILES["html"]: rendering.letter_as_html(whole, sha256),
        FILES["pdf"]: rendering.letter_as_pdf(whole, sha256),
    }
    return sha256, kept.keep_folder(CHAIR_SHELF, sha256, files)
