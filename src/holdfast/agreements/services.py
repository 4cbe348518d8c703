"""Every write of the agreements room: what is to be agreed, a version put forward, an answer, a withdrawal, a review.

Each refuses in plain words and writes its one trail row. Rule: a party answers once, by somebody who may speak for it
or by a minute; a version that all have agreed is never taken back, only replaced by another that all agree.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, check, grants, may
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.agreements import selectors
from holdfast.agreements.models import SHELF, Answer, Party, Review, Subject, Version, VersionWithdrawal
from holdfast.agreements.speaking import Named, may_agree
from holdfast.agreements.standing import agreed_on, answer_of, in_force_of, latest_of, standing_of
from holdfast.jobs import attachments, kept
from holdfast.organisation.codes import checked_code
from holdfast.organisation.models import Programme
from holdfast.pages.words import date_words, listed


class CodeTaken(NotDone):
    """Something to be agreed has the code already."""


class NothingNew(NotDone):
    """The wording and the parties are those of the last version."""

    def __init__(self, version: Version) -> None:
        super().__init__(f"Nothing in it differs from version {version.number}. Change it, or leave that one to stand.")


class Unusable(NotDone):
    """The wording, the document, a date or the parties cannot be taken as they are."""


class AnsweredAlready(NotDone):
    """The party has answered this version. What it said stays."""

    def __init__(self, said: Answer) -> None:
        super().__init__(
            f"{said.party.name} answered on {date_words(said.said_on)}: {said.get_says_display().lower()}. "
            "An answer is kept. If something has changed, put forward a new version."
        )


class NoLongerAsked(NotDone):
    """The version was withdrawn, or another has been put forward since."""


class NotYours(Forbidden):
    """Somebody else speaks for the party."""

    def __init__(self, party: Party) -> None:
        super().__init__(
            f"You do not speak for {party.name}, so you cannot answer for it. Whoever does can, or the programme "
            "office records its answer from a minute.",
            programme=party.version.subject.programme.code,
        )


class NeedsAMinute(NotDone):
    """Without a minute a person answers in their own name, today; this is neither."""


class NeedsWords(NotDone):
    """A comment, a no, a withdrawal or a review has to say why."""

    def __init__(self, what: str, field: str = "words") -> None:
        super().__init__(f"Say {what}, in a sentence or two.", field=field)


class AllHaveAgreed(Forbidden):
    """A version that every party agreed cannot be taken back by one of them."""

    def __init__(self, version: Version) -> None:
        super().__init__(
            f"All have agreed version {version.number}, so nobody can take it back alone. Put forward a new version.",
            programme=version.subject.programme.code,
        )


@service
def add_subject(
    *, by: Actor, at: datetime, programme: Programme, code: str, kind: str, title: str, is_invented: bool = False
) -> Subject:
    """Add something that must be agreed. Raises Refused, BadCode, CodeTaken, or ValueError for an unknown kind."""
    check(by, Permission.MANAGE_AGREEMENTS, programme.code)
    said = selectors.taken(by, programme.code, checked_code(code))
    if said:
        raise CodeTaken(said, field="code")
    kinds = Subject.Kind
    subject = Subject(programme=programme, code=code, kind=kinds(kind), title=" ".join(title.split()))
    subject.is_invented = is_invented
    subject.save()
    record("subject of agreement added", programme=programme.code, subject=subject.title, detail={"kind": kind})
    return subject


@service
def propose_version(
    *,
    by: Actor,
    at: datetime,
    subject: Subject,
    parties: Sequence[Named],
    also: Sequence[Named] = (),
    words: str = "",
    file: tuple[str, bytes] | None = None,
    change: str = "",
    proposed_on: date | None = None,
    effective_on: date | None = None,
    agree_by: date | None = None,
    review_by: date | None = None,
) -> Version:
    """Put a wording forward: typed, or a document's name and bytes. The version before it is answered no more.

    `parties` must all agree; `also` are asked without its hanging on them; each is (kind, key) as Party has them.
    `proposed_on` (today unless given) may lie in the past. Raises Refused, Unusable or NothingNew.
    """
    code, today = subject.programme.code, clock.day_of(at)
    check(by, Permission.MANAGE_AGREEMENTS, code)
    Subject.objects.select_for_update().get(pk=subject.pk)  # one at a time, so that numbers never collide
    kept = selectors.one_subject(by, code, subject.code)
    last = max(kept.versions.all(), key=lambda version: version.number, default=None)
    version = Version(subject=kept, number=last.number + 1 if last else 1, recorded_on=today)
    version.proposed_on = proposed_on or today
    version.effective_on, version.agree_by, version.review_by = effective_on, agree_by, review_by
    _refuse_odd_days(version, kept.programme, last, today)
    named = _named(by, code, parties, also)
    _take_content(version, words, file)
    version.change = change.strip()
    _refuse_nothing_new(kept, version, last, named, today)
    if last is not None and not version.words and not version.change:
        raise Unusable("Say what is new in it: a document cannot be compared word by word here.", field="change")
    version.proposed_by = None if by is SYSTEM else by
    version.save()
    for party in named:
        party.version = version
        party.save()
    detail = {"content": version.content_hash, "parties": [party.name for party in named], "agree by": agree_by}
    record("version put forward", programme=code, subject=str(version), detail=detail)
    return version


def _refuse_odd_days(version: Version, programme: Programme, last: Version | None, today: date) -> None:
    on = version.proposed_on
    if on > today:
        raise Unusable("Enter a day that has come: a version is put forward on it.", field="proposed_on")
    if on < programme.starts_on or (last is not None and on < last.proposed_on):
        first = max(programme.starts_on, last.proposed_on if last else programme.starts_on)
        raise Unusable(f"Enter {date_words(first)} or a later day.", field="proposed_on")
    for field, day in (("agree_by", version.agree_by), ("review_by", version.review_by)):
        if day is not None and day < on:
            raise Unusable(f"Enter {date_words(on)}, when it is put forward, or a later day.", field=field)


def _named(by: Actor, code: str, parties: Sequence[Named], also: Sequence[Named]) -> list[Party]:
    """The parties as rows that are not saved yet, each once. Raises Unusable."""
    known = dict(selectors.party_choices(by, code))
    wanted = [(named, True) for named in parties] + [(named, False) for named in also if named not in parties]
    if not parties:
        raise Unusable("Choose at least one party that must agree.", field="parties")
    unknown = [key for (kind, key), _ in wanted if f"{kind}:{key}" not in known]
    if unknown:
        raise Unusable(
            f"Nobody here called {listed(unknown)} can be asked: a party is a body, an agency, or somebody whose role "
            "may agree. An observer is never a party.",
            field="parties",
        )
    return [
        Party(kind=Party.Kind(kind), key=key, name=known[f"{kind}:{key}"], is_required=is_required)
        for (kind, key), is_required in dict(wanted).items()
    ]


def _take_content(version: Version, words: str, file: tuple[str, bytes] | None) -> None:
    """The typed words, or the document, and the hash of what is agreed. Raises Unusable."""
    tidy = "\n".join(line.rstrip() for line in words.strip().splitlines())
    if bool(tidy) == (file is not None):
        raise Unusable("Type the words, or choose a document: exactly one.", field="words")
    if file is None:
        version.words, version.content_hash = tidy, hashlib.sha256(tidy.encode()).hexdigest()
        return
    name, content = file
    if not content:
        raise Unusable("The document is empty. Choose the one that holds what is to be agreed.", field="file")
    if len(content) > attachments.LARGEST_BYTES:
        raise Unusable("The document is larger than 10 MB. Choose a smaller one.", field="file")
    version.file_name, version.n_bytes = kept.plain_name(name), len(content)
    version.file_sha256 = version.content_hash = attachments.keep(SHELF, content)
    version.words = _plain_text(version.file_name, content)


def _plain_text(name: str, content: bytes) -> str:
    """The words of a plain text document, so that they can be read and compared here; "" of any other."""
    if not name.lower().endswith(".txt"):
        return ""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    return "" if "\0" in text else "\n".join(line.rstrip() for line in text.splitlines())


def _refuse_nothing_new(
    subject: Subject, version: Version, last: Version | None, named: Sequence[Party], today: date
) -> None:
    if last is None or last.content_hash != version.content_hash:
        return
    standing = standing_of(subject, last, today)
    before = {(party.kind, party.key, party.is_required) for party in last.parties.all()}
    is_same = before == {(party.kind, party.key, party.is_required) for party in named}
    if is_same and not standing.declined and not hasattr(last, "withdrawal"):
        raise NothingNew(last)


@service
def say(
    *,
    by: Actor,
    at: datetime,
    version: Version,
    party: Party,
    answer: str,
    words: str = "",
    minute: str = "",
    said_on: date | None = None,
) -> Answer:
    """What a party answers: in the name of whoever speaks for it, today; or from a minute, on the day that it bears.

    `answer` is one of Answer.Says. Raises Refused (for who may agree to nothing), NotYours, NeedsAMinute,
    NoLongerAsked, AnsweredAlready, NeedsWords, Unusable, or ValueError for a word that is no answer.
    """
    code, today = version.subject.programme.code, clock.day_of(at)
    says, minute = Answer.Says(answer), " ".join(minute.split())
    _refuse_speaker(by, code, party, minute)
    kept, asked, party = _as_kept(version, party)
    refuse_not_asked(kept, asked, party, today)
    if says != Answer.Says.AGREED and not words.strip():
        raise NeedsWords("what the comment is" if says == Answer.Says.COMMENTED else "why it is declined")
    on = said_on or today
    if not minute and on != today:
        raise NeedsAMinute("A person answers on the day itself. Only a minute bears an earlier day.", field="said_on")
    if not asked.proposed_on <= on <= today:
        days = f"from {date_words(asked.proposed_on)}, when it was put forward, to today"
        raise Unusable(f"Enter a day {days}.", field="said_on")
    said = Answer(party=party, says=says, words=words.strip(), minute=minute, said_on=on, recorded_on=today)
    said.said_by = None if by is SYSTEM else by
    said.save()
    detail: dict[str, Any] = {"party": party.name, "answer": str(says), "on": on, "minute": minute}
    action = "agreement recorded from a minute" if minute else "agreement answered"
    record(action, programme=code, subject=str(asked), detail=detail)
    return said


def _refuse_speaker(by: Actor, code: str, party: Party, minute: str) -> None:
    """Raises Refused for an account that may agree to nothing, NotYours, or NeedsAMinute for the system."""
    check(by, Permission.SEE_PROGRAMME, code)
    recorders = (Permission.MANAGE_AGREEMENTS, Permission.APPLY_DECISION)
    if minute and any(may(by, one, code) for one in recorders):
        return
    if by is SYSTEM:
        raise NeedsAMinute("Only a person, or a minute, says that a party agrees.", field="minute")
    if may(by, Permission.MANAGE_AGREEMENTS, code) and not may_agree(grants(by)):
        raise NeedsAMinute("Enter the minute that says so: you speak for no party yourself.", field="minute")
    if not selectors.to_answer(by, code, party):
        raise NotYours(party)


def _as_kept(version: Version, party: Party) -> tuple[Subject, Version, Party]:
    """Subject, version and party as they are now, the subject held meanwhile. Raises NoSuchParty of another's."""
    Subject.objects.select_for_update().get(pk=version.subject_id)
    code = version.subject.programme.code
    return selectors.one_party(SYSTEM, code, version.subject.code, version.number, party.pk)


def refuse_not_asked(subject: Subject, version: Version, party: Party, today: date) -> None:
    """Raises AnsweredAlready or NoLongerAsked."""
    given = answer_of(party)
    if given is not None:
        raise AnsweredAlready(given)
    if hasattr(version, "withdrawal"):
        raise NoLongerAsked(
            f"Version {version.number} was withdrawn on {date_words(version.withdrawal.withdrawn_on)}, so it is asked "
            "of nobody any more."
        )
    latest = latest_of(subject, today)
    if latest is not None and latest.number > version.number:
        raise NoLongerAsked(
            f"Version {latest.number} has been put forward since, so version {version.number} is asked of nobody any "
            f"more. Answer on version {latest.number}."
        )


@service
def withdraw_version(*, by: Actor, at: datetime, version: Version, reason: str) -> VersionWithdrawal:
    """Take back a version that not all have agreed. It stays to be read, with why.

    Raises Refused, NeedsWords, NoLongerAsked (withdrawn already) or AllHaveAgreed.
    """
    code = version.subject.programme.code
    check(by, Permission.MANAGE_AGREEMENTS, code)
    if not reason.strip():
        raise NeedsWords("why it is withdrawn", "reason")
    Subject.objects.select_for_update().get(pk=version.subject_id)
    _, kept = selectors.one_version(SYSTEM, code, version.subject.code, version.number)
    refuse_withdrawing(kept)
    withdrawal = VersionWithdrawal(version=kept, reason=reason.strip(), withdrawn_on=clock.day_of(at))
    withdrawal.withdrawn_by = None if by is SYSTEM else by
    withdrawal.save()
    record("version withdrawn", programme=code, subject=str(kept), detail={"reason": withdrawal.reason})
    return withdrawal


def refuse_answering(by: Actor, subject: Subject, version: Version, party: Party, today: date) -> None:
    """What stops somebody from answering for a party. Raises Refused, NotYours, AnsweredAlready or NoLongerAsked."""
    if not selectors.to_answer(by, subject.programme.code, party):
        raise NotYours(party)
    refuse_not_asked(subject, version, party, today)


def refuse_withdrawing(version: Version) -> None:
    """Raises NoLongerAsked of what was withdrawn already, or AllHaveAgreed."""
    if hasattr(version, "withdrawal"):
        raise NoLongerAsked("This version was withdrawn already.")
    if agreed_on(version) is not None:
        raise AllHaveAgreed(version)


@service
def record_review(
    *,
    by: Actor,
    at: datetime,
    subject: Subject,
    reviewed_on: date,
    words: str,
    minute: str = "",
    next_on: date | None = None,
) -> Review:
    """That what is in force was looked at again, what came of it, and by when next.

    Raises Refused, NeedsWords or Unusable.
    """
    code, today = subject.programme.code, clock.day_of(at)
    check(by, Permission.MANAGE_AGREEMENTS, code)
    if not words.strip():
        raise NeedsWords("what came of the review")
    if reviewed_on > today:
        raise Unusable("Enter a day that has come.", field="reviewed_on")
    if in_force_of(selectors.one_subject(SYSTEM, code, subject.code), reviewed_on) is None:
        raise Unusable("No version was in force on that day, so there was none to review.", field="reviewed_on")
    if next_on is not None and next_on <= reviewed_on:
        raise Unusable("Enter a day after this review.", field="next_on")
    review = Review(subject=subject, reviewed_on=reviewed_on, words=words.strip(), minute=minute.strip())
    review.next_on, review.recorded_on, review.recorded_by = next_on, today, None if by is SYSTEM else by
    review.save()
    record("agreement reviewed", programme=code, subject=subject.title, detail={"on": reviewed_on, "next": next_on})
    return review
