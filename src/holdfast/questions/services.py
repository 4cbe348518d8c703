"""Every write of the questions room: a version of a set, a sheet begun, answers saved, a sheet handed in.

Who is asked what is for the room above; who answers a sheet is on the sheet. Rule: nothing that was sent is lost:
answers from an older page, which would overwrite newer ones, are set aside and said so. A handed-in sheet is closed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, account_of, check
from holdfast.access.permissions import Permission
from holdfast.access.sealing import save_new
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.organisation.models import Programme
from holdfast.questions import selectors
from holdfast.questions.models import QuestionSet, SetAside, SetVersion, Sheet, SheetSection
from holdfast.questions.naming import seeming
from holdfast.questions.stops import stop
from holdfast.questions.wording import (
    NOT_APPLICABLE,
    Question,
    asked,
    hash_of,
    missing,
    reworded,
    stopping,
    wording_of,
)


class NothingNew(NotDone):
    """The content is that of the newest version, to the letter."""

    def __init__(self, version: SetVersion) -> None:
        super().__init__(f"Nothing in it differs from version {version.number}. Change it, or leave that one to stand.")


class AnotherSet(NotDone):
    """The content says that it is another set than the one to be changed."""

    def __init__(self, code: str, said: str) -> None:
        super().__init__(f"The set is called “{code}” and the text says “{said}”. A set keeps its code.", field="text")


class SaysNothingNew(NotDone):
    """A version after the first has to say what is new in it."""

    def __init__(self) -> None:
        super().__init__("Say what is new in it, and why, in a sentence or two.", field="change")


class NotYourSheet(Forbidden):
    """Somebody else answers the sheet."""

    def __init__(self, programme: str) -> None:
        super().__init__("Somebody else answers this, so you cannot answer it for them.", programme=programme)


class HandedIn(NotDone):
    """The sheet was handed in: its answers stay."""

    def __init__(self) -> None:
        super().__init__("This has been handed in, so its answers stay as they are.")


class Unfinished(NotDone):
    """Questions that must be answered are not. `questions` are those, in their order."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.questions = questions
        n = len(questions)
        super().__init__(f"{n:,} {'question is' if n == 1 else 'questions are'} not answered yet. Answer them first.")


class OffScale(NotDone):
    """An answer that was filled in elsewhere is none of its scale's."""

    def __init__(self, about: str, question: Question) -> None:
        super().__init__(f"Of {about}, the answer to “{question.ask}” is none of those that may be given.")


class StopsHere(NotDone):
    """An answer filled in elsewhere would start a clock, which nobody would see run."""

    def __init__(self, about: str) -> None:
        super().__init__(
            f"Of {about}, an answer says that somebody must be told at once. Answer it here by itself, so that the "
            "clock begins and every step is recorded."
        )


@dataclass(frozen=True)
class Filled:
    """A sheet filled in elsewhere, whole: who answered, when it was begun and handed in, and every answer."""

    version: SetVersion
    about: str
    answerer: int
    begun_at: datetime
    handed_in_at: datetime
    answers: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Saved:
    """What became of answers that were sent. `is_older`: they came from an older page, and were set aside.

    `looks_like`: the kinds of thing about one person that the words sent seem to hold (naming.py); it is trailed.
    """

    section: SheetSection
    is_older: bool
    stopped_by: Sequence[Question]
    looks_like: Sequence[str] = ()


@service
def write_version(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    content: dict[str, Any],
    change: str = "",
    of: QuestionSet | None = None,
) -> SetVersion:
    """Keep a version of the set that the content names (`of`, where that is known); a set not there yet begins with it.

    `content` has been read by reading.py. Raises Refused, AnotherSet, NothingNew or SaysNothingNew.
    """
    check(by, Permission.MANAGE_QUESTIONS, programme.code)
    wording = wording_of(content)
    if of is not None and of.code != wording.code:
        raise AnotherSet(of.code, wording.code)
    found, _ = QuestionSet.objects.get_or_create(
        programme=programme, code=wording.code, defaults={"kind": wording.kind, "title": wording.title}
    )
    QuestionSet.objects.select_for_update().get(pk=found.pk)  # one at a time, so that numbers never collide
    last = selectors.latest(found)
    if last is not None and last.content_hash == hash_of(content):
        raise NothingNew(last)
    if last is not None and not change.strip():
        raise SaysNothingNew
    if (found.title, found.kind) != (wording.title, wording.kind):
        found.title, found.kind = wording.title, wording.kind
        found.save()
    version = SetVersion(question_set=found, number=last.number + 1 if last else 1, content=content)
    version.content_hash, version.change = hash_of(content), change.strip()
    version.made_on, version.made_by = clock.day_of(at), account_of(by)
    version.save()
    differs = reworded(wording_of(last.content), wording) if last else None
    detail = {"content": version.content_hash, "reworded": list(differs.changed) if differs else []}
    record("question set written", programme=programme.code, subject=str(version), detail=detail)
    return version


@service
def begin_sheet(*, by: Actor, at: datetime, version: SetVersion, about: str, answerer: Any = None) -> Sheet:
    """A sheet for somebody to answer a version on. The room that asks says who, and has checked that it may ask."""
    sheet = Sheet(version=version, about=about, answerer=answerer, begun_at=at)
    sheet.save()
    code = version.question_set.programme.code
    record("answering begun", programme=code, subject=about, detail={"version": str(version)})
    return sheet


@service
def save_answers(
    *,
    by: Actor,
    at: datetime,
    sheet: Sheet,
    section: str,
    answers: Mapping[str, Mapping[str, str]],
    revision: int,
    key: str = "",
) -> Saved:
    """Save what a page sent of one section. `revision` is what the page began from; `key` is this sending's own.

    A question sent empty is answered no more; one that is not sent stays. The same sending again changes nothing; a
    page asks first whether anything would (selectors.saved_already), so that it leaves no row in the trail.
    Raises NotYourSheet, HandedIn, or NoSuchSet for a section that the version has not.
    """
    sheet, version = _held(sheet)
    code = version.question_set.programme.code
    _refuse_others(by, sheet, code)
    part = selectors.wording(version).section(section)
    if part is None:
        raise selectors.NoSuchSet(version.question_set.code, f", section {section},")
    about = f"{sheet.about}: {part.title}"
    row = selectors.section_of(sheet, section) or SheetSection(sheet=sheet, section=section, saved_at=at)
    sent, merged = selectors.with_sent(part, row.answers, answers)
    if selectors.saved_already(sheet, section, answers, key) is not None:
        record("answers saved", programme=code, subject=about, detail={"again": True})
        return Saved(row, False, ())
    if revision != row.revision:
        SetAside(sheet=sheet, section=section, answers=sent, revision=revision, key=key, sent_at=at).save()
        detail = {"began from": revision, "is now": row.revision}
        record("answers of an older page set aside", programme=code, subject=about, detail=detail)
        return Saved(row, True, ())
    before = {one.code for one in stopping(part.questions, selectors.answers(sheet))}
    row.answers, row.revision, row.key, row.saved_at = merged, row.revision + 1, key, at
    row.save()
    stopped = [one for one in stopping(part.questions, merged | _elsewhere(sheet, section)) if one.code not in before]
    if stopped:
        stop(by, at, sheet, stopped)
    seems = seeming(part, sent)
    kept: dict[str, Any] = {"revision": row.revision} | ({"looks like": seems} if seems else {})
    record("answers saved", programme=code, subject=about, detail=kept)
    return Saved(row, False, stopped, seems)


@service
def save_whole(*, by: Actor, at: datetime, sheet: Sheet, answers: Mapping[str, Mapping[str, str]]) -> Sheet:
    """Save every answer of a sheet that was filled in elsewhere: one saving, and one row in the trail, for all of it.

    Nothing may have been answered on it here. Raises NotYourSheet, HandedIn or NotDone.
    """
    sheet, version = _held(sheet)
    code = version.question_set.programme.code
    _refuse_others(by, sheet, code)
    if sheet.sections.all():
        raise NotDone("Some of this has been answered here already. Go on with it here.")
    wording = selectors.wording(version)
    for part in wording.sections:
        own = {one.code: dict(answers[one.code]) for one in part.questions if one.code in answers}
        if own:
            SheetSection(sheet=sheet, section=part.code, answers=own, revision=1, saved_at=at).save()
    stopped = stopping(wording.questions, answers)
    if stopped:
        stop(by, at, sheet, stopped)
    seems = sorted({kind for part in wording.sections for kind in seeming(part, answers)})
    kept: dict[str, Any] = {"answers": len(answers)} | ({"looks like": seems} if seems else {})
    record("answers saved", programme=code, subject=sheet.about, detail=kept)
    return sheet


@service
def take_in_sheets(*, by: Actor, at: datetime, programme: Programme, filled: Sequence[Filled]) -> list[Sheet]:
    """Keep many sheets that were filled in elsewhere, each whole and handed in: one row in the trail for all.

    The room that asks has checked who may answer. Raises Unfinished, OffScale or StopsHere, and then keeps none.
    """
    seems: set[str] = set()
    for each in filled:
        wording = selectors.wording(each.version)
        _refuse_unsound(each, wording.questions)
        seems |= {kind for part in wording.sections for kind in seeming(part, each.answers)}
    sheets = [
        Sheet(
            version=each.version,
            about=each.about,
            answerer_id=each.answerer,
            begun_at=each.begun_at,
            handed_in_at=each.handed_in_at,
        )
        for each in filled
    ]
    save_new(sheets)
    save_new([row for sheet, each in zip(sheets, filled, strict=True) for row in _rows_of(sheet, each)])
    kept: dict[str, Any] = {"sheets": len(sheets)} | ({"looks like": sorted(seems)} if seems else {})
    record("answers taken in", programme=programme.code, subject=f"{len(sheets):,} sheets", detail=kept)
    return sheets


def _refuse_unsound(filled: Filled, questions: Sequence[Question]) -> None:
    lacking = missing(questions, filled.answers)
    if lacking:
        raise Unfinished(lacking)
    if stopping(questions, filled.answers):
        raise StopsHere(filled.about)
    for question in questions:
        value = filled.answers.get(question.code, {}).get("value")
        is_free = question.scale is None or not value or (value == NOT_APPLICABLE and question.may_not_apply)
        if question.scale is not None and not is_free and question.scale.choice(value or "") is None:
            raise OffScale(filled.about, question)


def _rows_of(sheet: Sheet, filled: Filled) -> list[SheetSection]:
    """What is answered of each section of a sheet filled in elsewhere, not saved yet."""
    rows = []
    for part in selectors.wording(filled.version).sections:
        own = {one.code: dict(filled.answers[one.code]) for one in part.questions if one.code in filled.answers}
        if own:
            row = SheetSection(sheet=sheet, section=part.code, answers=own, revision=1, saved_at=filled.handed_in_at)
            rows.append(row)
    return rows


def _held(sheet: Sheet) -> tuple[Sheet, SetVersion]:
    """The sheet as it is now, held until the end of the transaction, and its version."""
    found = Sheet.objects.select_for_update(of=("self",)).select_related("version__question_set__programme")
    # Its content, which is every word that is asked, is known by its hash.
    kept = found.defer("version__content").prefetch_related("sections").get(pk=sheet.pk)
    return kept, kept.version


def _refuse_others(by: Actor, sheet: Sheet, programme: str) -> None:
    if by is not SYSTEM and sheet.answerer_id != getattr(by, "pk", None):
        raise NotYourSheet(programme)
    if sheet.handed_in_at is not None:
        raise HandedIn


def _elsewhere(sheet: Sheet, section: str) -> dict[str, dict[str, str]]:
    return {code: one for each in sheet.sections.all() if each.section != section for code, one in each.answers.items()}


@service
def hand_in(*, by: Actor, at: datetime, sheet: Sheet) -> Sheet:
    """Close a sheet that is whole. What a condition no longer asks is left as it was, and counts for nothing.

    Raises NotYourSheet, HandedIn or Unfinished.
    """
    sheet, version = _held(sheet)
    _refuse_others(by, sheet, version.question_set.programme.code)
    wording, given = selectors.wording(version), selectors.answers(sheet)
    lacking = missing(wording.questions, given)
    if lacking:
        raise Unfinished(lacking)
    sheet.handed_in_at = at
    sheet.save()
    n_not = sum(given.get(one.code, {}).get("value") == NOT_APPLICABLE for one in asked(wording.questions, given))
    detail = {"content": version.content_hash, "not applicable": n_not}
    record("answers handed in", programme=version.question_set.programme.code, subject=sheet.about, detail=detail)
    return sheet
