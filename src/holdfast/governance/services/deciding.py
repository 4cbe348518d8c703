"""Recording what a body decided, and carrying it out: the decision and all its effects in one transaction, or nothing.

Not here: what each kind of effect does (effects.py). Rules: a body decides when it is quorate, by seats that have a
vote; who may not record one, or a vote that does not count, is refused and the trail keeps the refusal; a decision is
superseded by another, never edited.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Max

from holdfast.access import clock
from holdfast.access.doors import Actor, account_of, check, lent
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.governance.effect_kinds import Change, Changed, Deciding, effect_kind
from holdfast.governance.locking import refuse_locked
from holdfast.governance.looking_back import looks_back
from holdfast.governance.models import AgendaItem, Assent, Constitution, Decision, Effect, Meeting, Membership
from holdfast.organisation.days import refuse_before
from holdfast.organisation.models import Body, Programme
from holdfast.pages.words import counted, date_words, listed, lower_first

CARRIES_OUT: Final = (Permission.APPLY_DECISION, Permission.MANAGE_AGREEMENTS, Permission.MANAGE_RISKS)
"""What whoever records a decision may do for as long as its effects are carried out."""


class NotDecided(NotDone):
    """What was typed is not a decision yet, and why."""


class NoVote(Forbidden):
    """Too few were there, or agreed, or somebody's voice was counted who was not there."""


class ObserverDoesNotDecide(Forbidden):
    """A decision was to be in the name of somebody who takes part without deciding."""

    def __init__(self, seat: Membership) -> None:
        super().__init__(
            f"The {lower_first(seat.get_capacity_display())} from the {seat.agency} speaks and sees the papers, but "
            "does not decide or vote. Leave them out of who agreed.",
            programme=seat.body.programme.code,
            field="agreed_by",
        )


class EffectRefused(NotDone):
    """One effect could not be carried out, so nothing was. `place` is its place among the effects, from 1."""

    def __init__(self, place: int, change: Change, refusal: NotDone) -> None:
        words = effect_kind(change.kind).words
        super().__init__(
            f"Nothing was recorded, because effect {place} ({lower_first(words)}, {change.subject or 'new'}) cannot be "
            f"carried out. {refusal}",
            field=f"effect_{place}_{refusal.field or 'subject'}",
        )
        self.place = place


@service
def record_decision(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    text: str,
    reason: str,
    agreed_by: Sequence[Membership],
    meeting: Meeting | None = None,
    without_meeting: str = "",
    item: AgendaItem | None = None,
    options: str = "",
    made_on: date | None = None,
    effects: Sequence[Change] = (),
    supersedes: Decision | None = None,
    requirements: Sequence[str] = (),
) -> Decision:
    """Record a decision of a body and carry out its effects. `requirements` are those of the notice that it answers.

    Outside a meeting, `without_meeting` says why and `made_on` on which day. Raises Refused, NotDecided, NoVote, or
    EffectRefused: then nothing of it was done.
    """
    code = body.programme.code
    check(by, Permission.RECORD_DECISION, code)
    Programme.objects.select_for_update().get(code=code)
    constitution = _constitution(body)
    day = _day(at, body, meeting, without_meeting, item, made_on)
    _refuse_unsaid(text, reason)
    _refuse_supersede(body, supersedes, day)
    if meeting is not None:
        refuse_locked(meeting)
    refuse_votes(body, meeting, agreed_by, day)
    said = {"text": text.strip(), "options": options.strip(), "reason": reason.strip()}
    where = {"meeting": meeting, "item": item, "without_meeting": "" if meeting else without_meeting.strip()}
    decision = Decision(**_numbered(constitution), **where, **said, made_on=day, supersedes=supersedes, recorded_at=at)
    decision.recorded_by, decision.requirements = account_of(by), list(requirements)
    decision.save()
    for membership in agreed_by:
        Assent.objects.create(decision=decision, membership=membership)
    detail = {"made_on": day.isoformat(), **_carry_out_all(Deciding(by, at, decision), effects)}
    record("decision recorded", programme=code, subject=f"{decision.number} of the {body}", detail=detail)
    return decision


def _carry_out_all(deciding: Deciding, effects: Sequence[Change]) -> dict[str, list[str]]:
    """Carry the effects out in their order; what they are and what they alter of days before, for the trail."""
    past = looks_back(deciding.programme, deciding.made_on, effects)
    for place, change in enumerate(effects, start=1):
        _carry_out(deciding, place, change)
    return {"effects": [f"{change.kind} {change.subject}" for change in effects], "looks_back": past}


def _constitution(body: Body) -> Constitution:
    constitution = Constitution.objects.filter(body=body).select_related("body__programme").first()
    if constitution is None:
        raise NotDecided(f"Say first how the {body} meets: its numbers begin with its short code.", field="body")
    return constitution


def _numbered(constitution: Constitution) -> dict[str, Any]:
    """Whose it is, and the next number of the programme behind the body's short code."""
    body = constitution.body
    last = Decision.objects.filter(programme=body.programme).aggregate(Max("running"))["running__max"] or 0
    number = f"{constitution.short}-{last + 1}"
    return {"programme": body.programme, "body": body, "running": last + 1, "number": number}


def _carry_out(deciding: Deciding, place: int, change: Change) -> None:
    kind = effect_kind(change.kind)
    try:
        with ExitStack() as borrowed:
            for permission in CARRIES_OUT:
                borrowed.enter_context(lent(deciding.by, permission, deciding.programme.code))
            changed: Changed = kind.carry_out(deciding, change)
    except NotDone as refusal:
        raise EffectRefused(place, change, refusal) from refusal
    Effect.objects.create(
        decision=deciding.decision,
        order=place,
        kind=change.kind,
        subject=changed.subject or change.subject,
        title=changed.title,
        before=changed.before,
        after=changed.after,
        given={name: _kept(value) for name, value in change.given.items()},
    )


def _kept(value: Any) -> Any:
    """What was asked for as it can be written down: a day as its date, a thing as its words."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | dict) else str(value)


def _day(
    at: datetime,
    body: Body,
    meeting: Meeting | None,
    without_meeting: str,
    item: AgendaItem | None,
    made_on: date | None,
) -> date:
    """The day on which it was decided: of the meeting, or the one given."""
    if meeting is None:
        if not without_meeting.strip():
            raise NotDecided("Say why it was decided outside a meeting.", field="without_meeting")
        if item is not None:
            raise NotDecided("An item of an agenda belongs to its meeting. Choose the meeting.", field="meeting")
        day = made_on or clock.day_of(at)
    else:
        if meeting.body_id != body.pk:
            raise NotDecided(f"That is no meeting of the {body}.", field="meeting")
        if meeting.is_cancelled:
            raise NotDecided("That meeting was cancelled, so nothing was decided at it.", field="meeting")
        if item is not None and item.meeting_id != meeting.pk:
            raise NotDecided("That item is on another meeting’s agenda.", field="item")
        day = meeting.held_on
    refuse_before(body.programme, day, "made_on")
    if day > clock.day_of(at):
        raise NotDecided(f"{date_words(day)} has not come, so nothing was decided on it.", field="made_on")
    return day


def _refuse_unsaid(text: str, reason: str) -> None:
    if not text.strip():
        raise NotDecided("Enter what was decided, in the words of the minute.", field="text")
    if not reason.strip():
        raise NotDecided("Enter why it was decided so.", field="reason")


def _refuse_supersede(body: Body, supersedes: Decision | None, day: date) -> None:
    if supersedes is None:
        return
    if supersedes.body_id != body.pk:
        raise NotDecided(f"{supersedes.number} is not a decision of the {body}.", field="supersedes")
    later = Decision.objects.filter(supersedes=supersedes).first()
    if later is not None:
        raise NotDecided(f"{supersedes.number} was superseded already, by {later.number}.", field="supersedes")
    if day < supersedes.made_on:
        raise NotDecided(f"{supersedes.number} was decided later, so it cannot be superseded then.", field="supersedes")


def refuse_votes(body: Body, meeting: Meeting | None, agreed_by: Sequence[Membership], day: date) -> None:
    """Only seats that vote, sat on the day and were there; and enough of them. Raises NoVote, which the trail keeps."""
    constitution = _constitution(body)
    who = {"programme": body.programme.code}
    for seat in agreed_by:
        if seat.body_id != body.pk:
            raise NoVote(f"{seat} has no seat on the {body}.", field="agreed_by", **who)
        if not seat.stood_on(day):
            raise NoVote(f"{seat} had no seat on the {body} on {date_words(day)}.", field="agreed_by", **who)
        if not seat.votes:
            raise ObserverDoesNotDecide(seat)
    present = _present(meeting)
    if present is not None:
        absent = [str(seat) for seat in agreed_by if seat.pk not in present]
        if absent:
            raise NoVote(f"{listed(absent)} is not recorded as having been there.", field="agreed_by", **who)
    n_there = len(agreed_by) if present is None else len(present)
    if n_there < constitution.quorum:
        there = f"{counted(n_there, 'member')} with a vote {'was there' if present is not None else 'agreed'}"
        said = f"The {body} was not quorate: {there}, and its quorum is {constitution.quorum}. It decided nothing."
        raise NoVote(said, field="agreed_by", **who)
    if len(agreed_by) * 2 <= n_there:
        raise NoVote(f"{len(agreed_by)} of {n_there} agreed, which is no majority.", field="agreed_by", **who)


def _present(meeting: Meeting | None) -> set[int] | None:
    """The seats with a vote that were there, or the deputy who came in its place. None outside a meeting."""
    if meeting is None:
        return None
    there: set[int] = set()
    for attendance in meeting.attendance.select_related("membership", "deputy"):
        seat = attendance.membership if attendance.came == attendance.Came.ATTENDED else attendance.deputy
        if seat is not None and attendance.membership.votes and seat.votes:
            there.add(seat.pk)
    return there
