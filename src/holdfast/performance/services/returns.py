"""Writes to returns: received, sent again, confirmed, read, refused. Each is one short transaction and one trail row.

Not here: copying and reading the file, which take minutes and so happen outside any transaction (intake.py).
Rule: the state moves from queued to read or refused once; a second worker that finds it moved changes nothing.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max

from holdfast.access.doors import Actor, account_of, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.jobs import kept, queue
from holdfast.organisation.models import Programme
from holdfast.performance.keeping import Original
from holdfast.performance.models import CALCULATE_A_RELEASE, CENSUS, HOLD_TO_RULES, READ_A_RETURN, Return


@dataclass(frozen=True)
class WhatWasRead:
    """What reading found: whose data, of when, how many rows by table and faults by rule. No row itself."""

    kind: str
    authority: str
    as_at: date
    load_id: str
    n_rows: dict[str, int] = field(default_factory=dict)
    n_faults: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Accepted:
    """What whoever sends a file knows of it and accepts: another authority than ours, what it loses, what is left out.

    `authority_as` and `left_out` are what was seen of it beforehand, as models.Return keeps it.
    """

    authority: bool = False
    authority_as: str = ""
    loss: bool = False
    left_out: tuple[str, ...] = ()


NOTHING_ACCEPTED = Accepted()


@service
def receive_return(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    original: Original,
    name: str,
    as_at: date | None = None,
    accepted: Accepted = NOTHING_ACCEPTED,
) -> Return:
    """Note a file whose bytes are kept, and queue its reading. The same bytes again are the same return.

    The return that comes back has `was_sent_before` when the programme had this file already.
    """
    check(by, Permission.SUBMIT_RETURN, programme.code)
    Programme.objects.select_for_update().get(pk=programme.pk)  # one number, one return, however many send at once
    first = Return.objects.filter(programme=programme, sha256=original.sha256).first()
    if first is not None:
        return _receive_again(first, as_at=as_at, accepted=accepted)
    latest = Return.objects.filter(programme=programme).aggregate(Max("number"))["number__max"] or 0
    returned = Return.objects.create(
        programme=programme,
        number=latest + 1,
        name=kept.plain_name(name),
        sha256=original.sha256,
        n_bytes=original.n_bytes,
        parts=original.parts_as_data(),
        submitted_by=account_of(by),
        submitted_at=at,
        as_at=as_at,
        is_authority_confirmed=accepted.authority,
        confirmed_as=accepted.authority_as,
        is_loss_accepted=accepted.loss,
        left_out=list(accepted.left_out),
    )
    queue.enqueue(READ_A_RETURN, programme.code, {"return": returned.pk})
    record(
        "return submitted",
        programme=programme.code,
        subject=f"return {returned.number}",
        detail={"sha256": original.sha256, "bytes": original.n_bytes, "as_at": as_at},
    )
    return returned


def _receive_again(first: Return, *, as_at: date | None, accepted: Accepted) -> Return:
    """The first return: unchanged if it was read or waits, tried again if it was refused and may fare better now."""
    still_another_authority = first.can_be_confirmed and not accepted.authority
    still_lost = first.can_be_accepted and not accepted.loss and not set(accepted.left_out) - set(first.left_out)
    is_tried_again = first.state == Return.State.REFUSED and not still_another_authority and not still_lost
    if is_tried_again:
        first.as_at = as_at or first.as_at
        if accepted.authority:
            first.is_authority_confirmed, first.confirmed_as = True, accepted.authority_as
        first.is_loss_accepted = first.is_loss_accepted or accepted.loss
        first.left_out = sorted({*first.left_out, *accepted.left_out})
        _queue_again(first)
    record(
        "return sent again",
        programme=first.programme.code,
        subject=f"return {first.number}",
        detail={"sha256": first.sha256, "tried_again": is_tried_again},
    )
    first.was_sent_before, first.is_tried_again = True, is_tried_again
    return first


def _queue_again(returned: Return) -> None:
    returned.state, returned.refusal, returned.reason = Return.State.QUEUED, Return.Refusal.NONE, ""
    returned.save()
    queue.enqueue(READ_A_RETURN, returned.programme.code, {"return": returned.pk})


class NothingToConfirm(NotDone):
    """A return is not waiting for anybody to confirm its authority."""

    def __init__(self, returned: Return) -> None:
        super().__init__(f"Return {returned.number} is not waiting for anybody to confirm its authority.")


@service
def confirm_authority(*, by: Actor, at: datetime, returned: Return) -> Return:
    """Accept a file that names another authority, and queue its reading again. Raises NothingToConfirm otherwise."""
    check(by, Permission.SUBMIT_RETURN, returned.programme.code)
    held = Return.objects.select_for_update().select_related("programme").get(pk=returned.pk)
    if not held.can_be_confirmed:
        raise NothingToConfirm(held)
    held.is_authority_confirmed, held.confirmed_as = True, held.authority or Return.NAMES_NONE
    _queue_again(held)
    record(
        "return confirmed for another authority",
        programme=held.programme.code,
        subject=f"return {held.number}",
        detail={"authority": held.authority},
    )
    return held


class NothingToAccept(NotDone):
    """A return is not waiting for anybody to accept what it loses."""

    def __init__(self, returned: Return) -> None:
        super().__init__(f"Return {returned.number} is not waiting for anybody to accept what it loses.")


@service
def accept_loss(*, by: Actor, at: datetime, returned: Return) -> Return:
    """Read a file though all or most of a column is lost, and queue its reading again. Raises NothingToAccept."""
    check(by, Permission.SUBMIT_RETURN, returned.programme.code)
    held = Return.objects.select_for_update().select_related("programme").get(pk=returned.pk)
    if not held.can_be_accepted:
        raise NothingToAccept(held)
    held.is_loss_accepted = True
    _queue_again(held)
    record("return accepted with its losses", programme=held.programme.code, subject=f"return {held.number}")
    return held


@service
def record_reading(*, by: Actor, at: datetime, returned: Return, found: WhatWasRead) -> Return:
    """Note that a return was read and kept, and queue a release over everything kept so far."""
    check(by, Permission.SUBMIT_RETURN, returned.programme.code)
    held = Return.objects.select_for_update().select_related("programme").get(pk=returned.pk)
    if held.state == Return.State.QUEUED:
        held.state, held.read_at, held.as_at = Return.State.READ, at, found.as_at
        held.kind, held.authority, held.load_id = found.kind, found.authority, found.load_id
        held.n_rows, held.n_faults = found.n_rows, found.n_faults
        held.save()
        queue.enqueue(CALCULATE_A_RELEASE, held.programme.code)
        if found.kind == CENSUS:
            queue.enqueue(HOLD_TO_RULES, held.programme.code, {"return": held.pk})
    record(
        "return read",
        programme=held.programme.code,
        subject=f"return {held.number}",
        detail={"load": held.load_id, "rows": held.n_rows_in_all, "faults": held.n_faults_in_all},
    )
    return held


@service
def refuse_return(
    *, by: Actor, at: datetime, returned: Return, refusal: Return.Refusal, reason: str, authority: str = ""
) -> Return:
    """Note why a return was not read. `reason` is a whole sentence without a value from the file but its authority."""
    check(by, Permission.SUBMIT_RETURN, returned.programme.code)
    held = Return.objects.select_for_update().select_related("programme").get(pk=returned.pk)
    if held.state == Return.State.QUEUED:
        held.state, held.refusal, held.reason, held.read_at = Return.State.REFUSED, refusal, reason, at
        held.authority = authority or held.authority
        held.save()
    record(
        "return refused",
        programme=held.programme.code,
        subject=f"return {held.number}",
        detail={"refusal": str(refusal)},
    )
    return held
