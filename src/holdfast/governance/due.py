"""What is due for one person: meetings they sit in, actions and milestones of their posts, answers that wait for them.

For the mail and the calendar. Rule: titles and days only. No child, no reserved item, no reason, no figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse

from holdfast.access.doors import SYSTEM, may
from holdfast.access.models import Account
from holdfast.access.permissions import Permission
from holdfast.agreements import selectors as agreements
from holdfast.governance.models import Meeting, Membership
from holdfast.governance.models.bodies import sat
from holdfast.governance.selectors.meetings import page_of
from holdfast.organisation import selectors as organisation
from holdfast.organisation.models import Programme
from holdfast.pages.words import counted, date_words
from holdfast.plan import selectors as plan
from holdfast.plan.models import Action, Milestone

SOON: Final = timedelta(days=14)


@dataclass(frozen=True)
class Due:
    """One thing that is due: the day, what it is in a line, and the address here."""

    on: date
    words: str
    url: str


def people_to_tell(code: str) -> list[Account]:
    """Everybody who holds a role in the programme and has an address to write to, by user name."""
    held = {holding.account for holding in organisation.role_holders(SYSTEM, code)}
    known = [account for account in held if account.is_active and account.email]
    return sorted(known, key=lambda account: account.username)


def due_for(account: Account, code: str, on: date) -> list[Due]:
    """What is due for somebody on a day: late, within two weeks, or their answer to a version, whenever it is due.

    What they may not see is not due for them.
    """
    if not may(account, Permission.SEE_PROGRAMME, code):
        return []
    found = [*_meetings(account, code, on), *_planned(account, code, on), *_answers(account, code, on)]
    return sorted(found, key=lambda due: (due.on, due.words))


def seats_of(account: Account, code: str, on: date) -> list[Membership]:
    """The seats that a person fills on a day: their own, or those of the posts they hold."""
    sitting = Membership.objects.filter(sat(on), body__programme__code=code).select_related("body", "post")
    return [seat for seat in sitting if account.pk in (seat.account_id, seat.post.holder_id if seat.post else None)]


def own_actions(account: Account, code: str, on: date) -> list[Action]:
    """The open actions of the posts that a person holds."""
    every = plan.actions(SYSTEM, code, on)
    return [action for action in every if action.owner.holder_id == account.pk and action.is_open]


def own_milestones(account: Account, code: str, on: date) -> list[Milestone]:
    """The milestones of the posts that a person holds which nobody has said are met."""
    every = plan.milestones(SYSTEM, code, on).select_related("owner")
    return [milestone for milestone in every if milestone.owner.holder_id == account.pk and not milestone.was_met(on)]


def _meetings(account: Account, code: str, on: date) -> list[Due]:
    bodies = {seat.body_id for seat in seats_of(account, code, on)}
    coming = Meeting.objects.filter(body__in=bodies, held_on__range=(on, on + SOON), state=Meeting.State.PLANNED)
    return [Due(each.held_on, str(each), page_of(each)) for each in coming.select_related("body__programme")]


def _planned(account: Account, code: str, on: date) -> list[Due]:
    own: list[tuple[str, str, Action | Milestone]]
    own = [("Action", "plan_action", action) for action in own_actions(account, code, on)]
    own += [("Milestone", "plan_milestone", milestone) for milestone in own_milestones(account, code, on)]
    return [
        Due(dated.due_on, f"{kind} {dated}", reverse(page, args=[code, dated.ref]))
        for kind, page, dated in own
        if dated.due_on <= on + SOON
    ]


def _answers(account: Account, code: str, on: date) -> list[Due]:
    waiting = agreements.waiting_for(account, code, on)
    return [Due(each.version.agree_by or on, f"Your answer to {each.version}", each.url) for each in waiting]


def mail_words(programme: Programme, due: Sequence[Due], on: date) -> tuple[str, str]:
    """The subject and the words of the mail about what is due."""
    base = settings.HOLDFAST_ADDRESS
    lines = [f"{date_words(each.on)}{', late' if each.on < on else ''}: {each.words}\n{base}{each.url}" for each in due]
    n = counted(len(due), "thing is", "things are")
    told = "You are told once a day while something is late, is due within two weeks or waits for your answer."
    words = "\n\n".join([f"{n} due for you in {programme.name}, as on {date_words(on)}.", *lines, told])
    return f"{n} due for you: {programme.name}", words + "\n"
