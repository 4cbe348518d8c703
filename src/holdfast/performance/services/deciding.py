"""What a decision on record sets about figures: a target, a chart's baseline, the version of a definition.

Called by the room that records decisions, and by no page (a house test). Rule: what was set stays to be read; a newer
row takes its place. Not here: how near a figure is (selectors/decided.py), or what a chart is judged by (judging.py).
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from holdfast import analytics
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.organisation.models import Programme
from holdfast.performance.models import AdoptedDefinition, ChartRebase, Target

BETTER_BY: Final = {"lower": Target.Direction.AT_MOST, "higher": Target.Direction.AT_LEAST}


class NotSet(NotDone):
    """What was decided cannot be set as it was given, and why."""


@service
def set_target(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    indicator: str,
    direction: str,
    from_on: date,
    standard_words: str,
    decision: str,
    decided_on: date,
    value: float | None = None,
    trajectory: Mapping[str, float] | None = None,
) -> Target:
    """Set what an indicator is to reach from a day on: one `value`, or a `trajectory` of months ("2013-10") to values.

    Shares are 0 to 1. It takes the place of the target before it from that day on. Raises NotSet.
    """
    check(by, Permission.APPLY_DECISION, programme.code)
    card = _card(indicator)
    _hold_to_direction(card, direction)
    values = _by_month(card, from_on, value, trajectory)
    if not standard_words.strip():
        raise NotSet("Say in words what the standard is, and whose.", field="standard_words")
    target = Target.objects.create(
        **_decided(programme, indicator, decision, decided_on, at),
        direction=direction,
        from_on=from_on,
        values=values,
        standard=standard_words.strip(),
    )
    record("target set", programme=programme.code, subject=indicator, detail={"decision": decision, "values": values})
    return target


@service
def rebase_chart(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    indicator: str,
    from_month: date,
    reason: str,
    decision: str,
    decided_on: date,
) -> ChartRebase:
    """Judge an indicator by new limits from a month on, with the next release. The old limits stay in sight.

    Raises NotSet.
    """
    check(by, Permission.APPLY_DECISION, programme.code)
    card = _card(indicator)
    first = from_month.replace(day=1)
    if not reason.strip():
        raise NotSet("Say why the chart is to be judged anew.", field="reason")
    if first > decided_on:
        raise NotSet("A chart cannot be judged anew from a month that has not begun.", field="from_month")
    if ChartRebase.objects.filter(programme=programme, indicator=indicator, from_on=first).exists():
        raise NotSet(f"The chart of {card.title} is judged anew from that month already.", field="from_month")
    rebase = ChartRebase.objects.create(
        **_decided(programme, indicator, decision, decided_on, at), from_on=first, reason=reason.strip()
    )
    record(
        "chart rebased",
        programme=programme.code,
        subject=indicator,
        detail={"decision": decision, "from": first.isoformat()},
    )
    return rebase


@service
def adopt_definition(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    indicator: str,
    version: int,
    decision: str,
    decided_on: date,
) -> AdoptedDefinition:
    """Say which version of an indicator's definition the Board has adopted. Raises NotSet."""
    check(by, Permission.APPLY_DECISION, programme.code)
    card = _card(indicator)
    if not 1 <= version <= card.version:
        raise NotSet(f"{card.title} has versions 1 to {card.version}. Choose one of them.", field="version")
    adopted = AdoptedDefinition.objects.create(
        **_decided(programme, indicator, decision, decided_on, at), version=version
    )
    record(
        "definition adopted",
        programme=programme.code,
        subject=f"{indicator} version {version}",
        detail={"decision": decision},
    )
    return adopted


def _decided(programme: Programme, indicator: str, decision: str, decided_on: date, at: datetime) -> dict[str, Any]:
    if not decision:
        raise NotSet("This changes only by a decision on record. Give its number.")
    return {
        "programme": programme,
        "indicator": indicator,
        "decision": decision,
        "decided_on": decided_on,
        "set_at": at,
    }


def _card(indicator: str) -> "analytics.Definition":
    if indicator not in analytics.INDICATORS:
        raise NotSet(f"There is no indicator “{indicator}”.", field="indicator")
    return analytics.INDICATORS[indicator]


def _hold_to_direction(card: "analytics.Definition", direction: str) -> None:
    if direction not in Target.Direction.values:
        raise NotSet("Say whether the target is at most or at least.", field="direction")
    wanted = BETTER_BY.get(card.polarity, Target.Direction(direction))
    if direction != wanted:
        raise NotSet(
            f"Of {card.title}, {card.polarity} is better: a target for it is {wanted.value}.", field="direction"
        )


def _by_month(
    card: "analytics.Definition", from_on: date, value: float | None, trajectory: Mapping[str, float] | None
) -> dict[str, float]:
    """The values by month in order. Raises NotSet for none, for both, a month before the first, or an odd value."""
    if (value is None) == (not trajectory):
        raise NotSet("Give one value, or a value for each month of a trajectory.", field="value")
    first = f"{from_on:%Y-%m}"
    values = {first: value} if value is not None else dict(sorted((trajectory or {}).items()))
    for month in values:
        try:
            analytics.period(month)
        except ValueError:
            raise NotSet(f"“{month[:20]}” is not a month. Give each as 2014-03.", field="trajectory") from None
        if month < first:
            raise NotSet("The trajectory begins before the day that the target holds from.", field="trajectory")
    highest = None if card.unit == "count" else 1
    if any(each < 0 or (highest is not None and each > highest) for each in values.values()):
        words = "is a number of 0 or more" if highest is None else "is between 0 and 100 per cent"
        raise NotSet(f"A target of {card.title} {words}.", field="value")
    return {month: float(each) for month, each in values.items()}
