"""Adding to the plan: objectives, actions, milestones."""

from collections.abc import Sequence
from datetime import date, datetime

from holdfast.access import clock
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.notice.models import Notice, Recommendation, Requirement
from holdfast.organisation.models import Agency, Post, Programme
from holdfast.plan.doubts import refuse_before
from holdfast.plan.models import Action, Milestone, Objective
from holdfast.plan.selectors import taken


class RefTaken(NotDone):
    """The plan already has something with the reference."""

    def __init__(self, said: str) -> None:
        super().__init__(said, field="ref")


class UnknownRefs(NotDone):
    """The notice has no such requirements or recommendations."""

    def __init__(self, refs: Sequence[str]) -> None:
        super().__init__(f"The notice has no {', '.join(refs)}.", field="requirements")


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
    added_on: date | None = None,
    is_invented: bool = False,
) -> Action:
    """An action of the plan. `agency` is the owner's unless given; `raised_from` says what raised it, as called then.

    `added_on` is for a plan that was agreed before it was loaded. Raises Refused, RefTaken, BeforeTheProgramme, or
    UnknownRefs for requirements or recommendations that the programme's notice lacks.
    """
    programme = objective.programme
    check(by, Permission.MANAGE_PLAN, programme.code)
    _refuse_taken(by, "action", programme, ref)
    refuse_before(programme, due_on, "due_on")
    answered, recommended = _of_notice(programme, requirements, recommendations)
    action = Action(programme=programme, objective=objective, ref=ref, title=title, owner=owner, due_on=due_on)
    action.agency = agency or owner.agency
    action.raised_kind, action.raised_ref, action.raised_title = raised_from
    action.detail, action.indicator, action.intended_impact = detail, indicator, intended_impact
    action.added_on, action.is_invented = added_on or clock.day_of(at), is_invented
    action.save()
    action.requirements.set(answered)
    action.recommendations.set(recommended)
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
    added_on: date | None = None,
    is_invented: bool = False,
) -> Milestone:
    """A milestone of the plan. Raises Refused, RefTaken, BeforeTheProgramme or UnknownRefs."""
    check(by, Permission.MANAGE_PLAN, programme.code)
    _refuse_taken(by, "milestone", programme, ref)
    refuse_before(programme, due_on, "due_on")
    answered, _ = _of_notice(programme, requirements, ())
    milestone = Milestone(programme=programme, objective=objective, ref=ref, title=title, owner=owner, due_on=due_on)
    milestone.indicator, milestone.target, milestone.is_invented = indicator, target, is_invented
    milestone.added_on = added_on or clock.day_of(at)
    milestone.save()
    milestone.requirements.set(answered)
    record("milestone added", programme=programme.code, subject=str(milestone), detail={"due_on": due_on})
    return milestone


def _refuse_taken(by: Actor, kind: str, programme: Programme, ref: str) -> None:
    said = taken(by, programme.code, kind, ref)
    if said:
        raise RefTaken(said)


def _of_notice(
    programme: Programme, requirements: Sequence[str], recommendations: Sequence[str]
) -> tuple[list[Requirement], list[Recommendation]]:
    notice = Notice.objects.filter(programme=programme).first()
    answered = list(Requirement.objects.filter(notice=notice, ref__in=requirements)) if notice else []
    recommended = list(Recommendation.objects.filter(notice=notice, ref__in=recommendations)) if notice else []
    known = {one.ref for one in answered} | {one.ref for one in recommended}
    unknown = [ref for ref in (*requirements, *recommendations) if ref not in known]
    if unknown:
        raise UnknownRefs(unknown)
    return answered, recommended
