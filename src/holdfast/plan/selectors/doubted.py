"""Milestones that say more than the record they rest on: one that serves an agreement, met before all had agreed.

A milestone is somebody's word; an agreement has its parties' own answers and their days. Rule: it points, and moves
nothing: the mark of met is taken back or stands, by a person.
"""

from collections.abc import Sequence
from datetime import date

from holdfast.access.doors import SYSTEM
from holdfast.notice.agreement_checks import agreements_of
from holdfast.notice.answers import Asking
from holdfast.notice.selectors.notices import NoNotice, notice_of
from holdfast.pages.words import date_words, lower_first
from holdfast.plan.models import Milestone


def doubts_of_met(code: str, milestones: Sequence[Milestone], on: date) -> dict[str, str]:
    """By reference, what the records say against a milestone that was met by a day; nothing of one they agree with."""
    met = {each: each.met_on for each in milestones if each.met_on is not None and each.was_met(on)}
    return _doubts(code, met, on) if met else {}


def doubt_of_met(milestone: Milestone, met_on: date, today: date) -> str:
    """What to ask before it is kept as met on a day, which the records would then contradict; "" where they agree."""
    words = _doubts(milestone.programme.code, {milestone: met_on}, today).get(milestone.ref)
    return f"{words}. Keep it only if this milestone does not wait for that agreement." if words else ""


def _doubts(code: str, met: dict[Milestone, date], on: date) -> dict[str, str]:
    try:
        notice = notice_of(SYSTEM, code)
    except NoNotice:
        return {}
    asking = Asking(SYSTEM, notice.programme, on, notice)
    found = {each.ref: _against(asking, each, met_on) for each, met_on in met.items()}
    return {ref: words for ref, words in found.items() if words}


def _against(asking: Asking, milestone: Milestone, met_on: date) -> str:
    """The first agreement, of those its requirements ask for, that was not complete on the day it was met."""
    for requirement in milestone.requirements.all():
        for rested in agreements_of(asking, requirement):
            if rested.complete_on is None or rested.complete_on > met_on:
                day = rested.complete_on
                then = f"was complete only on {date_words(day)}" if day else "is not complete"
                return (
                    f"{milestone.ref} says met on {date_words(met_on)}, and the agreement that {requirement.ref} asks "
                    f"for ({lower_first(rested.title)}) {then}"
                )
    return ""
