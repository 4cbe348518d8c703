"""The programme of audits as words that can be agreed, and which version of it is in force.

Written here, agreed through the agreements room: its office puts these words forward to the Board and the safeguarding
board. Rule: a programme of audits is in force when all have agreed exactly its words, and by nothing else.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.agreements import selectors as agreements
from holdfast.agreements.standing import in_force_of
from holdfast.audits.models import AuditPlan
from holdfast.pages.words import date_words

KIND: Final = "audit-programme"


def words_of(plan: AuditPlan) -> str:
    """Exactly what is agreed: how many of what, how often, over what; how much is moderated; who oversees it."""
    until = f" until {date_words(plan.to_on)}" if plan.to_on else ""
    lines = [f"From {date_words(plan.from_on)}{until} these audits are done:"]
    lines += [f"{line.title}: {line.n:,} {line.get_every_display().lower()}. {line.scope}" for line in plan.lines.all()]
    lines.append(
        f"Of these {plan.moderated_percent}% are drawn at random and graded again by somebody outside the line who has "
        "not seen the first grade, and so is every audit with the lowest or the highest grade."
    )
    lines.append(f"Oversight: {plan.oversight}")
    return "\n".join(" ".join(line.split()) for line in lines)


def plans(user: Actor, code: str) -> list[AuditPlan]:
    """Every version of the programme of audits, with its lines, the newest first."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = AuditPlan.objects.filter(programme__code=code).select_related("programme", "written_by")
    return list(found.prefetch_related("lines").order_by("-number"))


def in_force(user: Actor, code: str, on: date) -> AuditPlan | None:
    """The version of the programme of audits that all had agreed by a day; None when they had agreed none of ours."""
    return in_force_by_day(user, code)(on)


def in_force_by_day(user: Actor, code: str) -> Callable[[date], AuditPlan | None]:
    """A function that gives the version in force on a day, as in_force; everything is read once for all days."""
    written = plans(user, code)
    subjects = list(agreements.subjects_of_kind(user, code, KIND)) if written else []

    def on_day(on: date) -> AuditPlan | None:
        agreed = {version.words for subject in subjects if (version := in_force_of(subject, on)) is not None}
        held = [plan for plan in written if words_of(plan) in agreed and plan.from_on <= on]
        return next((plan for plan in held if plan.to_on is None or plan.to_on >= on), None)

    return on_day


def words_today(user: Actor, code: str) -> str:
    """The newest version's words, for the office to put forward; "" when none is written."""
    newest = next(iter(plans(user, code)), None)
    return words_of(newest) if newest else ""
