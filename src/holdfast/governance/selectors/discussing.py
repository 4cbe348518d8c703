"""Which indicators a body discussed, and which the Board had something done about. For the room's checks and homes."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final

from holdfast.access.doors import SYSTEM, Actor, check
from holdfast.access.permissions import Permission
from holdfast.governance.models import AgendaItem, Decision, Meeting
from holdfast.notice.answers import Asking
from holdfast.notice.figures import fact
from holdfast.notice.models import Requirement
from holdfast.organisation.models import Body
from holdfast.pages.kept import keep
from holdfast.performance.selectors.indicators import definition_cards
from holdfast.plan.models import Action

RAISED_BY: Final = ("meeting", "decision")
"""What raised an action that the Board had done: a meeting of it, or a decision."""
OF_INDICATORS = ("target", "rebase", "definition")
"""The kinds of effect whose subject is an indicator."""


def discussed(user: Actor, code: str, body: Body, until: date) -> set[str]:
    """The ids of indicators on the agenda of a meeting held by a day, under an item with something minuted."""
    check(user, Permission.SEE_PROGRAMME, code)
    items = AgendaItem.objects.filter(
        meeting__body=body,
        meeting__state=Meeting.State.HELD,
        meeting__held_on__lte=until,
        withdrawn_because="",
        entries__withdrawn_because="",
    )
    return {indicator for named in items.values_list("indicators", flat=True).distinct() for indicator in named}


def meetings_that_took(user: Actor, code: str, body: Body, until: date, standing: str) -> set[int]:
    """The keys of the body's meetings held by a day that minuted something under a standing item, by its reference."""
    check(user, Permission.SEE_PROGRAMME, code)
    items = AgendaItem.objects.filter(
        meeting__body=body,
        meeting__state=Meeting.State.HELD,
        meeting__held_on__lte=until,
        source=AgendaItem.Source.STANDING,
        source_ref=standing,
        withdrawn_because="",
        entries__withdrawn_because="",
    )
    return set(items.values_list("meeting_id", flat=True))


def figures(asking: Asking) -> list[Any]:
    """What is published of each indicator, None where nothing is: found once for a page."""
    return asking.once("every figure", lambda: [fact(asking, card.id) for card in definition_cards()])


def named_by_actions(actions: Iterable[Action], on: date, raised_by: Collection[str] = ()) -> set[str]:
    """The indicators that actions named on a day which were not done by it; of what one of these raised, if given."""
    wanted = [action for action in actions if not raised_by or action.raised_kind in raised_by]
    return {action.indicator_on(on) for action in wanted if not action.was_done(on)} - {""}


def decided_about(user: Actor, code: str, ref: str) -> list[tuple[str, str]]:
    """The decisions that answer a requirement, as (number, words), the latest first: those that name it, and those that
    changed an action or a milestone that answers it, or an indicator that measures it."""
    check(user, Permission.SEE_PROGRAMME, code)
    bears_on = _what_bears_on(code, ref)
    made = Decision.objects.filter(programme__code=code).prefetch_related("effects")
    return [
        (decision.number, decision.text)
        for decision in keep("decisions and what they changed", SYSTEM, code, lambda: list(made), reads_all=True)
        if ref in decision.requirements or any((one.kind, one.subject) in bears_on for one in decision.effects.all())
    ]


def _what_bears_on(code: str, ref: str) -> set[tuple[str, str]]:
    """The kinds and subjects of effects that touch a requirement."""
    requirement = Requirement.objects.filter(notice__programme__code=code, ref=ref).first()
    if requirement is None:
        return set()
    planned = [
        *requirement.actions.values_list("ref", flat=True),
        *requirement.milestones.values_list("ref", flat=True),
    ]
    about_indicators = {(kind, name) for kind in OF_INDICATORS for name in requirement.indicators}
    return about_indicators | {("due-date", item) for item in planned}
