"""Loading a notice from its file of data, the inspection's recommendations, and attaching the notice's own text.

A changed file changes our words in place; people's judgements and evidence stay. The text belongs to whoever issued it
(for a government notice, Crown copyright under the Open Government Licence): a user loads it and it never ships. Rules:
a requirement that somebody has judged, or linked evidence to, is never dropped because a newer file lacks it; a text is
taken whole or refused whole, in plain words.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from holdfast.access import clock
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.jobs.library_files import UnreadableLibraryFile, found_in, read
from holdfast.notice.models import AttachedText, Clause, Notice, Recommendation, Requirement
from holdfast.notice.selectors.notices import latest_text, notice_of
from holdfast.notice.splitting import HEADING, split
from holdfast.organisation.models import Programme

LIBRARY: Final = Path(__file__).parents[1] / "library"
SCHEMA = LIBRARY / "notice.schema.json"
LARGEST_BYTES: Final = 1024 * 1024
_NOT_TEXT: Final = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word or other office document",
    b"\xd0\xcf\x11\xe0": "an older Word document",
    b"\xff\xd8\xff": "a picture",
    b"\x89PNG": "a picture",
}


class AnotherNotice(Exception):
    """The programme is under a different notice already."""

    def __init__(self, loaded: str, offered: str) -> None:
        super().__init__(
            f"This programme is already under the notice “{loaded}”, and the file holds “{offered}”. "
            "Add another programme for another notice."
        )


class StillInUse(Exception):
    """A newer file lacks requirements that hold judgements or evidence."""

    def __init__(self, refs: Sequence[str]) -> None:
        super().__init__(
            f"The file no longer has {', '.join(refs)}, which people have judged or linked evidence to. "
            "Put them back in the file and load it again. Nothing was changed."
        )


class UnusableText(NotDone):
    """A file that cannot be attached as the notice's own text. The message says what it is and what to do."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name} was not attached. {problem}")


@service
def load_notice(*, by: Actor, at: datetime, programme: Programme, file: Path) -> Notice:
    """The programme's notice, loaded from a file of data (a path, or the name of one that ships).

    Idempotent. Raises Refused, UnreadableLibraryFile, AnotherNotice or StillInUse; then nothing is changed.
    """
    check(by, Permission.ATTACH_NOTICE, programme.code)
    found = read(found_in(file, LIBRARY), SCHEMA)
    _hold_together(found.name, found.content)
    facts = found.content["notice"]
    held = Notice.objects.filter(programme=programme).first()
    if held is not None and held.code != facts["code"]:
        raise AnotherNotice(held.code, facts["code"])
    is_same = held is not None and held.file_sha256 == found.sha256
    if held is not None and is_same:
        notice = held
    else:
        notice = _put(programme, found.content, found.sha256, at)
    record(
        "notice loaded again, unchanged" if is_same else "notice loaded",
        programme=programme.code,
        subject=notice.title,
        detail={"file": found.name, "sha256": found.sha256, "requirements": len(found.content["requirements"])},
    )
    return notice


def _hold_together(name: str, content: dict[str, Any]) -> None:
    """What a schema cannot say: each reference once, and each place in a section that the file has."""
    sections = [section["id"] for section in content["sections"]]
    refs = [one["ref"] for one in content["requirements"]]
    for kind, ids in (("sections", sections), ("requirements", refs)):
        twice = next((one for one in ids if ids.count(one) > 1), None)
        if twice is not None:
            raise UnreadableLibraryFile(name, f"{kind}[{twice}]", f"“{twice}” is given twice.")
    for one in content["requirements"]:
        for place in one["place"]:
            if place["section"] not in sections:
                path = f"requirements[{one['ref']}].place"
                raise UnreadableLibraryFile(name, path, f"There is no section “{place['section']}”.")


def _put(programme: Programme, content: dict[str, Any], sha256: str, at: datetime) -> Notice:
    facts = content["notice"]
    notice, _ = Notice.objects.update_or_create(
        programme=programme,
        defaults={
            "code": facts["code"],
            "title": facts["title"],
            "kind": facts["kind"],
            "issued_on": facts["issued_on"],
            "issued_by": facts["issued_by"],
            "guidance": facts.get("guidance", ""),
            "is_invented": facts.get("invented", False),
            "frame": content["frame"],
            "sections": content["sections"],
            "file_sha256": sha256,
            "loaded_at": at,
        },
    )
    _drop_missing(notice, [one["ref"] for one in content["requirements"]])
    for order, one in enumerate(content["requirements"], start=1):
        Requirement.objects.update_or_create(notice=notice, ref=one["ref"], defaults=_fields(one, order))
    notice.refresh_from_db()
    _split_again(notice)
    return notice


def _drop_missing(notice: Notice, refs: Sequence[str]) -> None:
    missing = notice.requirements.exclude(ref__in=refs)
    used = missing.filter(judgements__isnull=False) | missing.filter(evidence__isnull=False)
    if used.exists():
        raise StillInUse(sorted({one.ref for one in used}))
    missing.delete()


def _fields(one: dict[str, Any], order: int) -> dict[str, Any]:
    return {
        "order": order,
        "name": one["name"],
        "section": one["place"][0]["section"],
        "obligation": one["obligation"].strip(),
        "modality": one["modality"],
        "condition": one.get("condition", ""),
        "does": one["does"],
        "agrees": one.get("agrees", []),
        "receives": one.get("receives", []),
        "when": one["when"],
        "evidence_expected": one["evidence"],
        "places": one["place"],
        "themes": one["themes"],
        "indicators": one.get("indicators", []),
        "checks": one.get("checks", []),
        "later": one.get("later", []),
        "is_for_the_plan": one.get("in_plan", True),
        "unverified": one.get("unverified", []),
    }


@service
def load_recommendations(
    *, by: Actor, at: datetime, notice: Notice, recommendations: Sequence[dict[str, Any]], invented: bool = False
) -> list[Recommendation]:
    """The recommendations of the inspection behind the notice, each with the requirements it bears on. Idempotent.

    Each is {ref, text, priority, requirements: [ref]}. Raises Refused, or UnreadableLibraryFile for an unknown ref.
    """
    code = notice.programme.code
    check(by, Permission.MANAGE_PLAN, code)
    refs = {one.ref: one for one in notice.requirements.all()}
    kept = []
    for order, one in enumerate(recommendations, start=1):
        unknown = [ref for ref in one.get("requirements", []) if ref not in refs]
        if unknown:
            path = f"recommendations[{one['ref']}].requirements"
            raise UnreadableLibraryFile("The recommendations", path, f"The notice has no {', '.join(unknown)}.")
        fields = {"order": order, "text": one["text"], "priority": one.get("priority", ""), "is_invented": invented}
        row, _ = Recommendation.objects.update_or_create(notice=notice, ref=one["ref"], defaults=fields)
        row.requirements.set([refs[ref] for ref in one.get("requirements", [])])
        kept.append(row)
    record("recommendations loaded", programme=code, subject=notice.title, detail={"recommendations": len(kept)})
    return kept


@service
def attach_text(*, by: Actor, at: datetime, programme: Programme, name: str, content: bytes) -> AttachedText:
    """The notice's own text, attached and split into clauses. The same bytes again change nothing.

    Raises Refused, NoNotice or UnusableText; then whatever was attached before still is.
    """
    check(by, Permission.ATTACH_NOTICE, programme.code)
    notice = notice_of(by, programme.code)
    text = _as_text(name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    last = latest_text(notice)
    is_same = last is not None and last.sha256 == sha256
    if last is not None and is_same:
        attached = last
    else:
        attached = AttachedText(notice=notice, name=name[:200], sha256=sha256, n_bytes=len(content), text=text)
        attached.attached_at, attached.attached_on = at, clock.day_of(at)
        attached.attached_by = by.username
        attached.save()
        _keep_clauses(attached, notice)
        _refuse_another_documents_text(name, attached, notice)
    new = "summary of the notice attached" if attached.is_summary else "notice's text attached"
    record(
        "notice's text attached again, unchanged" if is_same else new,
        programme=programme.code,
        subject=notice.title,
        detail={"file": name, "sha256": sha256, "bytes": len(content), "clauses": attached.clauses.count()},
    )
    return attached


def _as_text(name: str, content: bytes) -> str:
    """The words of a plain text file. Raises UnusableText for anything else."""
    if not content.strip():
        raise UnusableText(name, "The file is empty. Choose the file that holds the notice's words.")
    if len(content) > LARGEST_BYTES:
        raise UnusableText(name, "The file is larger than 1 MB, which is more than a notice. Choose the notice alone.")
    kind = next((words for start, words in _NOT_TEXT.items() if content.startswith(start)), None)
    if kind is not None:
        raise UnusableText(name, f"It is {kind}. Save the notice's words as plain text (.txt, UTF-8) and attach that.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise UnusableText(name, "It is not UTF-8 text. Save it as plain text in UTF-8 and attach that.") from wrong
    if any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text):
        raise UnusableText(name, "It is not plain text. Save the notice's words as plain text (.txt, UTF-8).")
    return text


def _keep_clauses(attached: AttachedText, notice: Notice) -> None:
    sections = [(section["id"], section["opens_with"]) for section in notice.sections]
    for number, piece in enumerate(split(attached.text, sections), start=1):
        place = {"section": piece.section, "item": piece.item, "sentence": piece.sentence}
        Clause.objects.create(attached=attached, number=number, text=piece.text, **place)


def _refuse_another_documents_text(name: str, attached: AttachedText, notice: Notice) -> None:
    found = set(attached.clauses.filter(item=HEADING).values_list("section", flat=True))
    if not found & {section["id"] for section in notice.sections}:
        raise UnusableText(
            name, f"None of the headings of “{notice.title}” is in it. Choose the text of this programme's notice."
        )


def _split_again(notice: Notice) -> None:
    """Split the attached text anew, when the notice's sections may have changed."""
    attached = latest_text(notice)
    if attached is not None:
        attached.clauses.all().delete()
        _keep_clauses(attached, notice)
