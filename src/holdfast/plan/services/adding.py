"""Adding to the plan: objectives, actions, milestones."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from holdfast.access import clock
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.organisation.days import refuse_before
from holdfast.organisation.models import Agency, Post, Programme
from holdfast.plan.models import Action, Milestone, Objective
from holdfast.plan.selectors import taken
from holdfast.plan.services.describing import set_parts


class RefTaken(NotDone):
    """The plan already has something with the reference."""

    def __init__(self, said: str) -> None:
        super().__init__(said, field="ref")


@dataclass(frozen=True)
class Terms:
    """Who answers for an action besides its owner, who helps, when it starts, what it waits for, how large a change."""

    accountable: Post | None = None
    contributing: Sequence[Agency] = ()
    starts_on: date | None = None
    impact_direction: str = ""
    impact_size: Decimal | None = None
    impact_by: date | None = None
    waits_for: Sequence[Action] = ()


@service
def add_objective(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    ref: str,
    title: str,
    order: int = 0,
    added_on: date | None = None,
    is_invented: bool = False,
) -> Objective:
    check(by, Permission.MANAGE_PLAN, programme.code)
    _refuse_taken(by, "objective", programme, ref)
    place = order or Objective.objects.filter(programme=programme).count() + 1
    objective = Objective(programme=programme, ref=ref, title=title, order=place, is_invented=is_invented)
    objective.added_on = added_on or clock.day_of(at)
    objective.save()
    record("objective added", programme=programme.code, subject=str(objective))
    return objective


@service
def add_action(
    *,
    by: Actor,
    at: datetime,
    objective: Objective,
    ref: str,
    title: str,
    owner: Post,
    due_on: date,
    agency: Agency | None = None,
    requirements: Sequence[str] = (),
    recommendations: Sequence[str] = (),
    raised_from: tuple[str, str, str] = ("", "", ""),
    detail: str = "",
    indicator: str = "",
    intended_impact: str = "",
    terms: Terms = Terms(),
    added_on: date | None = None,
    is_invented: bool = False,
) -> Action:
    """An action of the plan. `agency` is the owner's unless given; `raised_from` says what raised it, as called then.

    `added_on` is for a plan that was agreed before it was loaded. Raises Refused, RefTaken, BeforeTheProgramme, or a
    refusal of describing.py: unknown references or indicator, an unclear impact, a start after it is due.
    """
    programme = objective.programme
    check(by, Permission.MANAGE_PLAN, programme.code)
    _refuse_taken(by, "action", programme, ref)
    refuse_before(programme, due_on, "due_on")
    action = Action(programme=programme, objective=objective, ref=ref, title=title, owner=owner, due_on=due_on)
    action.agency = agency or owner.agency
    action.raised_kind, action.raised_ref, action.raised_title = raised_from
    action.detail, action.indicator, action.intended_impact = detail, indicator, intended_impact
    action.added_on, action.is_invented = added_on or clock.day_of(at), is_invented
    answered = {"requirements": requirements, "recommendations": recommendations}
    set_parts(action, {field.name: getattr(terms, field.name) for field in fields(terms)} | answered)
    record(
        "action added", programme=programme.code, subject=str(action), detail={"due_on": due_on, "owner": owner.code}
    )
    return action


@service
def add_milestone(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    ref: str,
    title: str,
    owner: Post,
    due_on: date,
    objective: Objective | None = None,
    requirements: Sequence[str] = (),
    indicator: str = "",
    target: str = "",
    action: Action | None = None,
    added_on: date | None = None,
    is_invented: bool = False,
) -> Milestone:
    """A milestone of the plan, of an objective or of one action. Raises as add_action does."""
    check(by, Permission.MANAGE_PLAN, programme.code)
    _refuse_taken(by, "milestone", programme, ref)
    refuse_before(programme, due_on, "due_on")
    milestone = Milestone(programme=programme, objective=objective, ref=ref, title=title, owner=owner, due_on=due_on)
    milestone.indicator, milestone.target, milestone.is_invented = indicator, target, is_invented
    milestone.action = action
    milestone.added_on = added_on or clock.day_of(at)
    set_parts(milestone, {"requirements": requirements})
    record("milestone added", programme=programme.code, subject=str(milestone), detail={"due_on": due_on})
    return milestone


def _refuse_taken(by: Actor, kind: str, programme: Programme, ref: str) -> None:
    said = taken(by, programme.code, kind, ref)
    if said:
        raise RefTaken(said)
