"""Minuting a meeting on its agenda, and approving the minutes at a later one.

An action entry makes the action in the plan, named after the meeting that raised it; a decision is recorded by its own
service (deciding) and shows under its item. Rule: approved minutes are locked; a correction lives in the resolution
that approves them, as a recorded amendment.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Max

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.governance import stopping
from holdfast.governance.locking import refuse_locked
from holdfast.governance.models import AgendaItem, Amendment, Meeting, MinuteEntry, Minutes
from holdfast.governance.observing import refuse_observer_as_owner
from holdfast.governance.selectors.minutes import digest_of, records_to_name
from holdfast.organisation.models import Post
from holdfast.pages.words import date_words, lower_first
from holdfast.plan.models import Objective
from holdfast.plan.services import adding

Kind = MinuteEntry.Kind


class NotMinuted(NotDone):
    """An entry that cannot be minuted so."""


class EntryChangedMeanwhile(Forbidden):
    """Somebody changed the entry after this writer read it. `entry` is as it stands now."""

    def __init__(self, entry: MinuteEntry) -> None:
        super().__init__(
            f"Somebody else changed this entry after you opened it, so yours was not saved. It now says: {entry.text}",
            programme=entry.item.meeting.body.programme.code,
            trailed=f"Somebody else had changed an entry of {_place(entry.item)}, so nothing was written over",
        )
        self.entry = entry


class NotApproved(NotDone):
    """Minutes that cannot be approved so."""


@service
def add_entry(*, by: Actor, at: datetime, item: AgendaItem, kind: str, text: str, ref: str = "") -> MinuteEntry:
    """Minute information, a challenge or a risk under an item.

    `ref` names the decision, challenge or risk on record that it is about, as "IB-7", "challenge 3" or "risk 2"; "" for
    none. Raises Refused, MinutesLocked or NotMinuted.
    """
    code = item.meeting.body.programme.code
    check(by, Permission.MANAGE_MEETINGS, code)
    refuse_locked(item.meeting)
    _refuse_stopped(item.meeting, at)
    if kind == Kind.ACTION:
        raise NotMinuted("An action has an owner and a date: minute it as an action.", field="kind")
    if ref and ref not in dict(records_to_name(by, code)):
        raise NotMinuted(f"There is no {ref} on record.", field="ref")
    entry = _add(item, Kind(kind), text, ref)
    record("entry minuted", programme=code, subject=_place(item), detail={"kind": kind})
    return entry


@service
def add_action_entry(
    *,
    by: Actor,
    at: datetime,
    item: AgendaItem,
    text: str,
    objective: Objective,
    ref: str,
    owner: Post,
    due_on: date,
    requirements: Sequence[str] = (),
    indicator: str = "",
    is_invented: bool = False,
) -> MinuteEntry:
    """Minute an action, and put it in the plan as raised by this meeting. Its text is the action's title.

    Raises Refused, MinutesLocked, NotMinuted, ObserverDoesNotOwn, or what the plan refuses.
    """
    meeting = item.meeting
    code = meeting.body.programme.code
    check(by, Permission.MANAGE_MEETINGS, code)
    refuse_locked(meeting)
    _refuse_stopped(meeting, at)
    refuse_observer_as_owner(code, owner.pk, meeting.held_on)
    if len(text.strip()) > 200:
        raise NotMinuted("Say the action in 200 characters or fewer: it is its title in the plan.", field="text")
    entry = _add(item, Kind.ACTION, text, ref)
    adding.add_action(
        by=by,
        at=at,
        objective=objective,
        ref=ref,
        title=text.strip(),
        owner=owner,
        due_on=due_on,
        requirements=requirements,
        indicator=indicator,
        raised_from=("meeting", f"{meeting.body.code}/{meeting.number}", str(meeting)),
        added_on=meeting.held_on,
        is_invented=is_invented,
    )
    record("entry minuted", programme=code, subject=_place(item), detail={"kind": "action", "ref": ref})
    return entry


@service
def edit_entry(*, by: Actor, at: datetime, entry: MinuteEntry, version: int, text: str) -> MinuteEntry:
    """Change the words of an entry that its writer read at `version`.

    Raises Refused, MinutesLocked, NotMinuted, or EntryChangedMeanwhile.
    """
    meeting = entry.item.meeting
    check(by, Permission.MANAGE_MEETINGS, meeting.body.programme.code)
    refuse_locked(meeting)
    kept: MinuteEntry = MinuteEntry.objects.select_for_update().select_related("item__meeting__body").get(pk=entry.pk)
    if kept.version != version:
        raise EntryChangedMeanwhile(kept)
    if not text.strip():
        raise NotMinuted("Enter what was said.", field="text")
    kept.text, kept.version = text.strip(), kept.version + 1
    kept.save(update_fields=["text", "version"])
    record("entry changed", programme=meeting.body.programme.code, subject=_place(entry.item))
    return kept


@service
def approve_minutes(
    *,
    by: Actor,
    at: datetime,
    meeting: Meeting,
    approving: Meeting,
    resolution: str,
    amendments: Sequence[tuple[MinuteEntry, str]] = (),
) -> Minutes:
    """Approve a meeting's minutes at a later meeting of the same body, with the corrections that its resolution makes.

    Each amendment is an entry and its words from now on; what it said before is kept. Then the minutes are locked.
    Raises Refused, MinutesLocked or NotApproved.
    """
    code = meeting.body.programme.code
    check(by, Permission.APPROVE_MINUTES, code)
    refuse_locked(meeting)
    _refuse_odd_approval(meeting, approving, resolution, clock.day_of(at))
    minutes, _ = Minutes.objects.get_or_create(meeting=meeting)
    for entry, after in amendments:
        if entry.item.meeting_id != meeting.pk or not after.strip():
            raise NotApproved("An amendment changes an entry of these minutes, and says what it says from now on.")
        Amendment(minutes=minutes, entry=entry, before=entry.text, after=after.strip()).save()
        entry.text, entry.version = after.strip(), entry.version + 1
        entry.save(update_fields=["text", "version"])
    minutes.approved_at, minutes.approved_on = approving, approving.held_on
    minutes.approved_by, minutes.resolution = (None if by is SYSTEM else by), resolution.strip()
    minutes.approved_sha256 = digest_of(meeting)
    minutes.save()
    detail = {"at": str(approving), "amendments": len(amendments), "sha256": minutes.approved_sha256}
    record("minutes approved", programme=code, subject=lower_first(str(minutes)), detail=detail)
    return minutes


def _refuse_odd_approval(meeting: Meeting, approving: Meeting, resolution: str, today: date) -> None:
    if words := stopping.approving(meeting, today):
        raise NotApproved(words)
    is_later = approving.body_id == meeting.body_id and approving.held_on > meeting.held_on
    if not is_later or approving.is_cancelled:
        raise NotApproved(f"Choose a later meeting of the {meeting.body}.", field="approving")
    if approving.held_on > today:
        raise NotApproved(f"{approving} is on {date_words(approving.held_on)}, which has not come.", field="approving")
    if not resolution.strip():
        raise NotApproved("Enter the words of the resolution.", field="resolution")


def _refuse_stopped(meeting: Meeting, at: datetime) -> None:
    if words := stopping.minuting(meeting, clock.day_of(at)):
        raise NotMinuted(words)


def _add(item: AgendaItem, kind: str, text: str, ref: str) -> MinuteEntry:
    if not text.strip():
        raise NotMinuted("Enter what was said.", field="text")
    last = item.entries.aggregate(Max("order"))["order__max"] or 0
    entry = MinuteEntry(item=item, order=last + 1, kind=kind, text=text.strip(), ref=ref)
    entry.save()
    return entry


def _place(item: AgendaItem) -> str:
    return f"item {item.order} of {item.meeting}"
