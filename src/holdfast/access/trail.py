"""The trail: who did what, when. Append-only and hash-chained; part of the same transaction as what it records.

Writes come through `writes.record`; reads of child-level pages and refusals come through `record_read` and
`record_refusal`. `broken_rows` finds a changed, removed or reordered row. What a write
sealed is kept beside its row (sealing.py).
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.db.models import Model, QuerySet

from holdfast.access import changes, clock
from holdfast.access.actions import sentence_for
from holdfast.access.models import SealedRow, TrailHead, TrailRow
from holdfast.access.sealing import Seals, digest_of_seals, seals_of
from holdfast.access.writes import turn

START = "0" * 64
ALTERED = "changed before by nobody in the trail"
"""Where a row's detail names rows that a service wrote and that were not, until then, as the trail had left them."""


@dataclass(frozen=True)
class BrokenRow:
    """A row of the trail that is not what was written. `number` is its place; `problem` a plain sentence."""

    number: int
    problem: str


def digest_of(row: TrailRow) -> str:
    """SHA-256 over the row's facts and the digest of the row before it, in canonical JSON."""
    facts = {
        "number": row.number,
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": row.by,
        "action": row.action,
        "programme": row.programme,
        "subject": row.subject,
        "detail": row.detail,
        "previous": row.previous_digest,
    }
    if row.seals_digest:
        facts["seals"] = row.seals_digest
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def append(
    *,
    by: Any,
    at: datetime,
    action: str,
    programme: str,
    subject: str,
    detail: dict[str, Any],
    sealed: Seals | None = None,
) -> TrailRow:
    """Add a row, with the seals of the rows written. Must run inside a transaction; the head's lock orders writers.

    Raises UnlistedAction for an action that no room has registered.
    """
    sentence_for(action)
    seals = [(table, key, digest) for (table, key), digest in (sealed or {}).items()]
    head, _ = TrailHead.objects.select_for_update().get_or_create(id=1)
    row = TrailRow(
        number=head.number + 1,
        at=at,
        by=_fit(getattr(by, "username", "") or "anonymous", 150),
        action=_fit(action, 100),
        programme=_fit(programme, 50),
        subject=_fit(subject, 200),
        detail=_plain(detail),
        seals_digest=digest_of_seals(seals) if seals else "",
        previous_digest=head.digest,
    )
    row.digest = digest_of(row)
    row.save(appending=True)
    head.number, head.digest = row.number, row.digest
    head.save()
    changes.written()
    kept: QuerySet[SealedRow] = QuerySet(SealedRow)
    kept.bulk_create([SealedRow(row=row, table=table, key=key, digest=digest) for table, key, digest in seals])
    return row


def _fit(text: str, longest: int) -> str:
    """Text that every database stores as given: PostgreSQL refuses NUL, and text longer than its column."""
    return text.replace("\x00", "\ufffd")[:longest]


def _plain(detail: dict[str, Any]) -> Any:
    """Facts as JSON that comes back as it went in. PostgreSQL rewrites fractions, so they are kept as text."""
    text = json.dumps(detail, default=str, sort_keys=True).replace("\\u0000", "\\ufffd")
    return json.loads(text, parse_float=str, parse_constant=str)


def record_event(
    user: Any, *, what: str, subject: str = "", detail: dict[str, Any] | None = None, wrote: Model | None = None
) -> None:
    """Trail something that happened to an account outside any programme: a sign-in, a new password.

    `wrote` is a row that the sign-in pages, which are no service of ours, have just saved: it is sealed as it is.
    """
    with turn():
        sealed = seals_of({type(wrote): [wrote.pk]}) if wrote is not None else None
        append(by=user, at=clock.now(), action=what, programme="", subject=subject, detail=detail or {}, sealed=sealed)


def head() -> tuple[int, str]:
    """The number and digest of the last row. Noted elsewhere, it shows later that no tail was cut and regrown."""
    last = TrailHead.objects.filter(id=1).first()
    return (last.number, last.digest) if last else (0, START)


def record_read(user: Any, *, what: str, programme: str, subject: str, detail: dict[str, Any] | None = None) -> None:
    """Trail that somebody read a child-level page. Called before the page is shown: no trail, no page."""
    with turn():
        append(by=user, at=clock.now(), action=what, programme=programme, subject=subject, detail=detail or {})


def record_refusal(user: Any, refused: Any, *, path: str) -> None:
    """Trail that somebody was refused, with the permission they lacked, or what the rule said that kept it back."""
    from holdfast.access.doors import Refused

    wanted = refused.permission.name if refused.permission else ""
    is_rule = type(refused) is not Refused
    detail = {"permission": wanted, "why": str(refused)} if is_rule else {"permission": wanted}
    with turn():
        append(
            by=user,
            at=clock.now(),
            action="refused",
            programme=refused.programme,
            subject=path,
            detail=detail,
        )


def broken_rows() -> Iterator[BrokenRow]:
    """Every row that is not what was written: changed, removed, reordered, or cut from the end. Nothing when sound."""
    previous, expected = START, 1
    seals = _seals_by_row()
    for row in TrailRow.objects.order_by("number").iterator():
        if row.number != expected:
            yield BrokenRow(expected, f"Trail row {expected} is missing: the next row found is {row.number}.")
        elif row.previous_digest != previous:
            yield BrokenRow(row.number, f"Trail row {row.number} does not follow row {row.number - 1} as written.")
        if digest_of(row) != row.digest:
            yield BrokenRow(row.number, f"Trail row {row.number} has been changed since it was written.")
        if seals.pop(row.number, "") != row.seals_digest:
            yield BrokenRow(row.number, f"What trail row {row.number} sealed has been changed since it was written.")
        previous, expected = row.digest, row.number + 1
    for number in seals:
        yield BrokenRow(number, f"There are seals of a trail row {number} that is not there.")
    head = TrailHead.objects.filter(id=1).first()
    if head is None and expected > 1:
        yield BrokenRow(expected - 1, "The head of the trail is missing.")
    elif head is not None and (head.number, head.digest) != (expected - 1, previous):
        yield BrokenRow(head.number, f"The trail should end at row {head.number}, but ends at row {expected - 1}.")


def _seals_by_row() -> dict[int, str]:
    """The digest over what each row sealed, by the row's number, from the seals as they are now."""
    rows = SealedRow.objects.order_by("row_id").values_list("row_id", "table", "key", "digest").iterator()
    return {number: digest_of_seals(each[1:] for each in group) for number, group in groupby(rows, lambda r: r[0])}


def problem_since(number: int, digest: str) -> Iterator[str]:
    """What is wrong with the row that was noted elsewhere: nothing when the trail still holds it as it was."""
    if number == 0 and digest == START:
        return
    row = TrailRow.objects.filter(number=number).first()
    if row is None:
        yield f"Row {number} of the trail, noted elsewhere, is not there: the trail was cut, or is another one."
    elif row.digest != digest:
        yield f"Row {number} of the trail is not the one noted elsewhere: it was written anew from there or before."
