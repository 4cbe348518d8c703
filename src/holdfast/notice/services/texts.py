"""Attaching the notice's own text: read as plain text, split into clauses, kept with its hash and date.

The text belongs to whoever issued it (for a government notice, Crown copyright under the Open Government Licence): a
user loads it and it never ships. Rule: a file is taken whole or refused whole, in plain words.
"""

import hashlib
from datetime import datetime
from typing import Final

from holdfast.access import clock
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.notice.models import AttachedText, Clause, Notice
from holdfast.notice.selectors import notice_of
from holdfast.notice.selectors.clauses import latest_text
from holdfast.notice.splitting import HEADING, split
from holdfast.organisation.models import Programme

LARGEST_BYTES: Final = 1024 * 1024
_NOT_TEXT: Final = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word or other office document",
    b"\xd0\xcf\x11\xe0": "an older Word document",
    b"\xff\xd8\xff": "a picture",
    b"\x89PNG": "a picture",
}


class UnusableText(NotDone):
    """A file that cannot be attached as the notice's own text. The message says what it is and what to do."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name} was not attached. {problem}")


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
    record(
        "notice's text attached again, unchanged" if is_same else "notice's text attached",
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


def split_again(notice: Notice) -> None:
    """Split the attached text anew, when the notice's sections may have changed."""
    attached = latest_text(notice)
    if attached is not None:
        attached.clauses.all().delete()
        _keep_clauses(attached, notice)
