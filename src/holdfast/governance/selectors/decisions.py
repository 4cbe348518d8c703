"""Decisions: the list, one with what it changed, and what a form of one may choose from. The user comes first.

Not here: writing one (services/deciding.py). Rule: a decision taken under a reserved item is seen by those who may see
the item, and its effects by everybody who sees the thing that changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from holdfast.access.doors import Actor, Missing, check, may
from holdfast.access.permissions import Permission
from holdfast.governance.effect_kinds import EffectKind, effect_kinds
from holdfast.governance.models import AgendaItem, Decision, Effect, Meeting, Membership
from holdfast.governance.models.bodies import sat
from holdfast.organisation.models import Body
from holdfast.pages.words import date_words


class NoSuchDecision(Missing):
    """The programme has no decision of that number."""

    def __init__(self, number: str) -> None:
        super().__init__(f"There is no decision “{number[:20]}” in this programme.")


class NoMeetingOf(Missing):
    """The body held no such meeting, or it is yet to come."""

    def __init__(self) -> None:
        super().__init__("That body has held no meeting of that number.")


MOST_EFFECTS: Final = 30
"""Effects that one decision may be asked for by an address."""


@dataclass(frozen=True)
class EffectLine:
    """One effect as it is shown: what it is called, where its subject is, and how it stood before and after."""

    words: str
    title: str
    url: str
    before: str
    after: str


def decisions(user: Actor, code: str, body: str = "", kind: str = "", on: date | None = None) -> QuerySet[Decision]:
    """Every decision of a programme, newest first, with its body, meeting, effects and what superseded it.

    `body` and `kind` narrow it to a body's code and to a kind of effect; `on`: only those made by that day.
    """
    check(user, Permission.SEE_PROGRAMME, code)
    made = Decision.objects.filter(programme__code=code)
    if body:
        made = made.filter(body__code=body)
    if kind:
        made = made.filter(effects__kind=kind).distinct()
    if on is not None:
        made = made.filter(made_on__lte=on)
    shown = made.select_related("body", "meeting__body", "item", "superseded_by", "supersedes")
    return shown.prefetch_related("effects").order_by("-made_on", "-running")


def one_decision(user: Actor, code: str, number: str) -> Decision:
    """The decision of a number. Raises NoSuchDecision."""
    made = (
        decisions(user, code)
        .filter(number=number)
        .prefetch_related("assents__membership__agency", "assents__membership__post", "assents__membership__account")
    )
    decision = made.first()
    if decision is None:
        raise NoSuchDecision(number)
    return decision


def is_withheld(user: Actor, decision: Decision) -> bool:
    """Whether its words are of a reserved item that this account may not see."""
    if decision.item is None or not decision.item.is_reserved:
        return False
    return not may(user, Permission.SEE_RESERVED, decision.programme.code)


def effect_lines(code: str, effects: Sequence[Effect]) -> list[EffectLine]:
    """What each effect changed, with the page of its subject."""
    kinds = {kind.code: kind for kind in effect_kinds()}
    return [
        EffectLine(
            kinds[effect.kind].words if effect.kind in kinds else effect.kind,
            effect.title,
            kinds[effect.kind].page(code, effect.subject) if effect.kind in kinds else "",
            effect.before,
            effect.after,
        )
        for effect in effects
    ]


def deciding_bodies(user: Actor, code: str) -> list[Body]:
    """The bodies that can decide: those that said how they meet."""
    check(user, Permission.SEE_PROGRAMME, code)
    return list(Body.objects.filter(programme__code=code, constitution__isnull=False).order_by("name"))


def meetings_of(user: Actor, code: str, body: str, on: date) -> list[Meeting]:
    """The meetings of a body held by a day and not cancelled, the latest first."""
    check(user, Permission.SEE_PROGRAMME, code)
    held = Meeting.objects.filter(body__programme__code=code, body__code=body, held_on__lte=on)
    return list(held.exclude(state=Meeting.State.CANCELLED).select_related("body").order_by("-held_on"))


def seats_of(user: Actor, code: str, body: str, on: date) -> list[Membership]:
    """The seats of a body on a day, those without a vote among them: choosing one of those is refused in words."""
    check(user, Permission.SEE_PROGRAMME, code)
    seats = Membership.objects.filter(sat(on), body__programme__code=code, body__code=body)
    return list(seats.select_related("agency", "post", "account", "body"))


def decision_data(decision: Decision) -> dict[str, Any]:
    """For --json: documented keys."""
    return {
        "number": decision.number,
        "body": decision.body.code,
        "made_on": decision.made_on.isoformat(),
        "meeting": decision.meeting.number if decision.meeting else None,
        "without_meeting": decision.without_meeting,
        "text": decision.text,
        "options": decision.options,
        "reason": decision.reason,
        "standing": decision.standing,
        "supersedes": decision.supersedes.number if decision.supersedes else None,
        "effects": [
            {"kind": effect.kind, "subject": effect.subject, "before": effect.before, "after": effect.after}
            for effect in decision.effects.all()
        ],
    }


def where_words(decision: Decision) -> str:
    """ "meeting 3 of the Improvement Board, 12 December 2013", or that it was outside a meeting, and why."""
    if decision.meeting is None:
        return f"Outside a meeting, on {date_words(decision.made_on)}: {decision.without_meeting}"
    return f"{decision.meeting}, {date_words(decision.made_on)}"


def one_meeting_of(meetings: Sequence[Meeting], number: str) -> Meeting:
    """The meeting of that number among those given. Raises NoMeetingOf."""
    for meeting in meetings:
        if str(meeting.number) == number:
            return meeting
    raise NoMeetingOf


def kinds_asked(codes: Sequence[str]) -> list[EffectKind]:
    """The kinds of effect that an address asks for, each as often as it does. What nobody knows is left out."""
    kinds = {kind.code: kind for kind in effect_kinds()}
    return [kinds[code] for code in codes if code in kinds][:MOST_EFFECTS]


def awaited(user: Actor, code: str, on: date) -> list[AgendaItem]:
    """What is to be decided at meetings to come, the soonest first. Reserved items only for those who may see them."""
    check(user, Permission.SEE_PROGRAMME, code)
    coming = AgendaItem.objects.filter(
        meeting__body__programme__code=code,
        meeting__held_on__gte=on,
        meeting__state=Meeting.State.PLANNED,
        purpose=AgendaItem.Purpose.DECIDE,
        withdrawn_because="",
    ).select_related("meeting__body__programme")
    shown = coming if may(user, Permission.SEE_RESERVED, code) else coming.filter(is_reserved=False)
    return list(shown.order_by("meeting__held_on", "order"))
