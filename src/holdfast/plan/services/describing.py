"""Changing what the plan says of an action, milestone or objective: all but its reference and the date it falls due.

Each part that changes is kept as a row, before and after, so that a paper of a past day says what stood then. Rule: a
date that falls due is not a part, nor is what a milestone must reach; only a decision changes those (revising.py).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Model

from holdfast.access import clock
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.notice.models import Notice, Recommendation, Requirement
from holdfast.organisation.models import Programme
from holdfast.performance.selectors import indicators
from holdfast.plan.models import Action, Change, Milestone, Objective
from holdfast.plan.models.progress import plain
from holdfast.plan.waiting import circle

Planned = Objective | Action | Milestone
SETS: Final = ("requirements", "recommendations", "contributing", "waits_for")
PARTS: Final[dict[type[Model], tuple[str, ...]]] = {
    Objective: ("title",),
    Action: (
        "title", "detail", "objective", "owner", "accountable", "agency", "contributing", "starts_on", "requirements",
        "recommendations", "waits_for", "indicator", "impact_direction", "impact_size", "impact_by", "intended_impact",
    ),
    Milestone: ("title", "objective", "action", "owner", "requirements"),
}  # fmt: skip


class UnknownRefs(NotDone):
    """The notice has no such requirements or recommendations."""

    def __init__(self, refs: Sequence[str]) -> None:
        super().__init__(f"The notice has no {', '.join(refs)}.", field="requirements")


class UnknownIndicator(NotDone):
    """No such indicator is defined."""

    def __init__(self, code: str) -> None:
        super().__init__(f"No indicator is called {code}. Choose one that is defined.", field="indicator")


class ImpactUnclear(NotDone):
    """A size of the intended impact, and not what it is of or which way."""

    def __init__(self) -> None:
        super().__init__("Say which indicator should move, and which way, as well as by how much.", field="impact_size")


class StartsAfterDue(NotDone):
    """An action that would start after it is due."""

    def __init__(self) -> None:
        super().__init__("Enter a start that is not after the day on which it is due.", field="starts_on")


class WaitsInACircle(NotDone):
    """An action that would, by a way round, wait for itself."""

    def __init__(self, refs: Sequence[str]) -> None:
        super().__init__(
            f"Then {' would wait for '.join(refs)}: none of them could ever start. Leave one out.", field="waits_for"
        )


@service
def change_planned(*, by: Actor, at: datetime, thing: Planned, parts: Mapping[str, Any]) -> list[Change]:
    """Change parts of what the plan says of a thing; gives the rows of what did change, which may be none.

    `parts` are values by name (PARTS): requirements and recommendations as references, posts, agencies, objectives and
    actions as they are kept. Raises Refused, Withdrawn, ValueError for what is no part, or a refusal of this module.
    """
    code = thing.programme.code
    check(by, Permission.MANAGE_PLAN, code)
    if odd := set(parts) - set(PARTS[type(thing)]):
        raise ValueError(f"not a part of the plan that is changed here: {', '.join(sorted(odd))}")
    before = {part: plain(_held(thing, part)) for part in parts}
    set_parts(thing, parts)
    after = {part: plain(_held(thing, part)) for part in parts}
    rows = [
        Change(part=part, before=before[part], after=after[part], changed_on=clock.day_of(at), **_of(thing))
        for part in parts
        if before[part] != after[part]
    ]
    for row in rows:
        row.save()
    detail = {row.part: [row.before, row.after] for row in rows}
    record(f"{thing._meta.verbose_name} changed", programme=code, subject=str(thing), detail=detail)
    return rows


def set_parts(thing: Planned, parts: Mapping[str, Any]) -> None:
    """Set parts of a thing and save it. Raises a refusal of this module, before anything is saved."""
    resolved = {part: _resolved(thing.programme, part, value) for part, value in parts.items()}
    for part, value in resolved.items():
        if part not in SETS:
            setattr(thing, part, value)
    if isinstance(thing, Action):
        _refuse_odd_terms(thing)
        if "waits_for" in resolved:
            refuse_circles(thing, resolved["waits_for"])
    thing.save()
    for part in SETS:
        if part in resolved:
            getattr(thing, part).set(resolved[part])


def _resolved(programme: Programme, part: str, value: Any) -> Any:
    if part == "requirements":
        return of_notice(programme, value, ())[0]
    return of_notice(programme, (), value)[1] if part == "recommendations" else value


def _refuse_odd_terms(action: Action) -> None:
    if action.indicator:
        refuse_unknown(action.indicator)
    if action.impact_size is not None and not (action.indicator and action.impact_direction):
        raise ImpactUnclear
    if action.starts_on is not None and action.starts_on > action.due_on:
        raise StartsAfterDue


def refuse_unknown(code: str) -> None:
    """Raises UnknownIndicator for a code that no indicator has."""
    if code not in {card.id for card in indicators.definition_cards()}:
        raise UnknownIndicator(code)


def refuse_circles(action: Action, others: Sequence[Action]) -> None:
    """Raises WaitsInACircle when the action, waiting for these, would wait for itself."""
    through = Action.waits_for.through
    pairs = through.objects.filter(from_action__programme=action.programme).values_list("from_action", "to_action")
    waits: dict[int, list[int]] = {}
    for key, other in pairs:
        waits.setdefault(key, []).append(other)
    waits[action.pk] = [other.pk for other in others]
    way = circle(waits, action.pk)
    if way:
        refs = dict(Action.objects.filter(pk__in=way).values_list("pk", "ref"))
        raise WaitsInACircle([refs[key] for key in way])


def of_notice(
    programme: Programme, requirements: Sequence[str], recommendations: Sequence[str]
) -> tuple[list[Requirement], list[Recommendation]]:
    """The requirements and recommendations of the programme's notice with these references. Raises UnknownRefs."""
    notice = Notice.objects.filter(programme=programme).first()
    answered = list(Requirement.objects.filter(notice=notice, ref__in=requirements)) if notice else []
    recommended = list(Recommendation.objects.filter(notice=notice, ref__in=recommendations)) if notice else []
    known = {one.ref for one in answered} | {one.ref for one in recommended}
    unknown = [ref for ref in (*requirements, *recommendations) if ref not in known]
    if unknown:
        raise UnknownRefs(unknown)
    return answered, recommended


def _held(thing: Planned, part: str) -> Any:
    return list(getattr(thing, part).all()) if part in SETS else getattr(thing, part)


def _of(thing: Planned) -> dict[str, Planned]:
    return {str(thing._meta.model_name): thing}
