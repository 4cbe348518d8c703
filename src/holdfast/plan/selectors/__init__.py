"""Every read of the plan. The first argument is the account (or SYSTEM); no permission, no answer.

How many actions are late today is a live list and says so: only a frozen edition gives a number that stays. Rule: the
number of queries does not grow with the number of actions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.notice.covering import CoveringAction
from holdfast.notice.models import Requirement
from holdfast.pages.kept import keep
from holdfast.plan.models import Action, Closure, EvidenceItem, Milestone, Objective, ProgressUpdate, stood

RELATED: Final = ("owner__holder", "owner__agency", "accountable__holder", "agency", "objective", "programme")
ANSWERED: Final = ("requirements", "recommendations", "revisions")
KINDS: Final[dict[str, Any]] = {"objective": Objective, "action": Action, "milestone": Milestone}


class NoSuchAction(Missing):
    """The plan has no action with that reference."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"The plan has no action “{ref}”.")


class NoSuchObjective(Missing):
    """The plan has no objective with that reference."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"The plan has no objective “{ref}”.")


class NoSuchMilestone(Missing):
    """The plan has no milestone with that reference."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"The plan has no milestone “{ref}”.")


class NoSuchRequirement(Missing):
    """The notice has no requirement with that reference."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"The notice has no requirement “{ref}”.")


class NoSuchEvidence(Missing):
    """The action has no evidence with that number."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"{ref} has no such evidence.")


@dataclass(frozen=True)
class ObjectivePlan:
    """One objective, its actions with the late ones first, and its milestones by date."""

    objective: Objective
    actions: Sequence[Action]
    milestones: Sequence[Milestone]


def actions(user: Actor, code: str, on: date | None = None) -> QuerySet[Action]:
    """Every action that is in the plan on a day (today unless given), by date, with everything a page prints."""
    return _actions(user, code).filter(stood(on or clock.today()))


def _actions(user: Actor, code: str) -> QuerySet[Action]:
    check(user, Permission.SEE_PROGRAMME, code)
    found = Action.objects.filter(programme__code=code).select_related(*RELATED)
    said = Prefetch("updates", ProgressUpdate.objects.select_related("recovered_by"))
    return found.prefetch_related(*ANSWERED, *_shown(), said, "reviews")


def _shown() -> tuple[Any, ...]:
    """What says how far an action has come: a query each, however many actions."""
    return (
        Prefetch("evidence", EvidenceItem.objects.select_related("answer")),
        Prefetch("closures", Closure.objects.select_related("reopening")),
    )


def _whole(user: Actor, code: str) -> QuerySet[Action]:
    """With all that the plan says of an action besides: who helps, what it waits for, what was changed."""
    return _actions(user, code).prefetch_related("contributing", "corrections", "changes", _waiting())


def _waiting() -> Any:
    """What an action waits for, with as much as says whether that is late."""
    closed = Prefetch("closures", Closure.objects.select_related("reopening"))
    return Prefetch("waits_for", Action.objects.prefetch_related("revisions", closed))


def whole_actions(user: Actor, code: str, on: date | None = None) -> list[Action]:
    """As `actions`, with who helps, what each waits for and what was changed: for pages and files of the whole plan.

    They are kept between pages: whoever means to change one reads it by itself (one_action).
    """
    check(user, Permission.SEE_PROGRAMME, code)
    every = keep("the plan's actions", SYSTEM, code, lambda: list(_whole(SYSTEM, code)), reads_all=True)
    return [action for action in every if action.stood_on(on or clock.today())]


def milestones(user: Actor, code: str, on: date | None = None) -> QuerySet[Milestone]:
    """Every milestone that is in the plan on a day (today unless given), by date."""
    return _milestones(user, code).filter(stood(on or clock.today()))


def withdrawn(user: Actor, code: str) -> list[Objective | Action | Milestone]:
    """What was put into the plan by mistake and taken out again: it stays to be read."""
    check(user, Permission.SEE_PROGRAMME, code)
    kinds: tuple[type[Objective | Action | Milestone], ...] = (Objective, Action, Milestone)
    gone = [list(kind._default_manager.filter(programme__code=code, withdrawn_on__isnull=False)) for kind in kinds]
    return [thing for things in gone for thing in things]


def _milestones(user: Actor, code: str) -> QuerySet[Milestone]:
    check(user, Permission.SEE_PROGRAMME, code)
    found = Milestone.objects.filter(programme__code=code).select_related(
        "owner__agency", "objective", "action", "programme"
    )
    return found.prefetch_related("requirements", "revisions")


def objectives(user: Actor, code: str) -> QuerySet[Objective]:
    check(user, Permission.SEE_PROGRAMME, code)
    return Objective.objects.filter(stood(clock.today()), programme__code=code)


def one_objective(user: Actor, code: str, ref: str) -> Objective:
    """One objective, withdrawn or not. Raises Refused or NoSuchObjective."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = Objective.objects.filter(programme__code=code, ref__iexact=ref).select_related("programme").first()
    if found is None:
        raise NoSuchObjective(ref)
    return found


def plan(user: Actor, code: str, on: date | None = None) -> list[ObjectivePlan]:
    """The plan by objective, the late actions of each first."""
    day = on or clock.today()
    every, points = whole_actions(user, code), list(milestones(user, code))
    return [
        ObjectivePlan(
            objective,
            late_first([one for one in every if one.objective_id == objective.pk], day),
            [one for one in points if one.objective_id == objective.pk],
        )
        for objective in objectives(user, code)
    ]


def late_first(found: Sequence[Action], on: date) -> list[Action]:
    """Late, then open by date, then done."""
    return sorted(found, key=lambda one: (not one.is_late(on), not one.is_open, one.due_on, one.ref))


def one_action(user: Actor, code: str, ref: str) -> Action:
    """One action, withdrawn or not. Raises Refused or NoSuchAction."""
    found = _whole(user, code).filter(ref__iexact=ref).first()
    if found is None:
        raise NoSuchAction(ref)
    return found


def action_to_read(user: Actor, code: str, ref: str) -> Action:
    """As one_action, of what is kept between pages: for a page that shows it and changes nothing of it."""
    for action in whole_actions(user, code):
        if action.ref.lower() == ref.lower():
            return action
    return one_action(user, code, ref)


def evidence_item(user: Actor, code: str, ref: str, number: int) -> EvidenceItem:
    """One piece of evidence of an action, by its number. Raises Refused or NoSuchEvidence."""
    check(user, Permission.SEE_PROGRAMME, code)
    item = EvidenceItem.objects.filter(pk=number, action__programme__code=code, action__ref__iexact=ref).first()
    if item is None:
        raise NoSuchEvidence(ref)
    item.action = one_action(user, code, ref)
    return item


def one_requirement(user: Actor, code: str, ref: str) -> Requirement:
    """One requirement of the programme's notice. Raises Refused or NoSuchRequirement."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = Requirement.objects.filter(notice__programme__code=code, ref__iexact=ref).first()
    if found is None:
        raise NoSuchRequirement(ref)
    return found


def one_milestone(user: Actor, code: str, ref: str) -> Milestone:
    """One milestone, withdrawn or not. Raises Refused or NoSuchMilestone."""
    found = _milestones(user, code).filter(ref__iexact=ref).first()
    if found is None:
        raise NoSuchMilestone(ref)
    return found


def taken(user: Actor, code: str, kind: str, ref: str) -> str:
    """What to say of a reference that an objective, action or milestone (`kind`) has already; "" when it is free."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = KINDS[kind].objects.filter(programme__code=code, ref__iexact=ref)
    return f"The plan already has “{ref}”. Choose another reference" if found.exists() else ""


def page_of(thing: Action | Milestone) -> str:
    """The address of its page."""
    return reverse(
        "plan_action" if isinstance(thing, Action) else "plan_milestone", args=[thing.programme.code, thing.ref]
    )


def longest_late(found: Sequence[Action], on: date) -> list[Action]:
    """Those of them that are late on a day, the longest late first."""
    return sorted((action for action in found if action.is_late(on)), key=lambda one: (one.due_at(on), one.ref))


def held_up_by(user: Actor, code: str, action: Action) -> list[Action]:
    """The actions that wait for this one."""
    return list(actions(user, code).filter(waits_for=action))


def recovered_by(user: Actor, code: str, action: Action) -> list[Action]:
    """The actions of which somebody said that this one recovers them."""
    return list(actions(user, code).filter(updates__recovered_by=action).distinct())


def covering(user: Actor, code: str, on: date) -> list[CoveringAction]:
    """The plan on a day, as the notice room's coverage asks for it (notice.covering). Kept between pages."""
    check(user, Permission.SEE_PROGRAMME, code)
    return keep("what actions answer", SYSTEM, code, lambda: _covering(code, on), also=on, reads_all=True)


def _covering(code: str, on: date) -> list[CoveringAction]:
    return [
        CoveringAction(
            ref=one.ref,
            title=one.title,
            url=page_of(one),
            state=one.state_words(on),
            is_late=one.is_late(on),
            requirements=tuple(one.refs_on("requirements", on)),
            recommendations=tuple(one.refs_on("recommendations", on)),
            indicators=tuple(filter(None, [one.indicator_on(on)])),
            raised_from=" ".join(part for part in (one.raised_kind, one.raised_ref) if part),
        )
        for one in whole_actions(SYSTEM, code, on)
    ]


def records(user: Actor, code: str) -> list[tuple[str, str]]:
    """The plan's actions and milestones as evidence may name them: "action/A12" and its words."""
    check(user, Permission.SEE_PROGRAMME, code)
    in_the_plan = stood(clock.today())
    actions_of = Action.objects.filter(in_the_plan, programme__code=code)
    milestones_of = Milestone.objects.filter(in_the_plan, programme__code=code)
    named = [(f"action/{action.ref}", str(action)) for action in actions_of]
    return named + [(f"milestone/{milestone.ref}", str(milestone)) for milestone in milestones_of]


def record_address(code: str, key: str) -> str:
    kind, _, ref = key.partition("/")
    return reverse(f"plan_{kind}", args=[code, ref])


@dataclass(frozen=True)
class PlanFacts:
    """The plan as its checks need it: everything at once."""

    actions: Sequence[Action]
    milestones: Sequence[Milestone]

    def late(self, on: date) -> list[Action]:
        return [one for one in self.actions if one.is_late(on)]


def facts(code: str, on: date) -> PlanFacts:
    """The plan on a day, for checks, which answer alike for everybody; its actions with what was changed of them."""
    return PlanFacts(whole_actions(SYSTEM, code, on), list(milestones(SYSTEM, code, on)))
