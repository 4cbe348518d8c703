"""What was decided about figures, as it stands and as it stood: targets, charts judged anew, definitions adopted.

How near a figure is to its target is said in points of what is printed, so that the sum a reader does in the head comes
out. Rules: of a figure that is hidden nothing is said, neither how near nor on which side; a distance judges nothing,
and that a target is reached is only in the sentence of its series (decision 100).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from holdfast import analytics
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.organisation.models import Programme
from holdfast.pages.words import date_words
from holdfast.performance.judging import notice_days
from holdfast.performance.models import AdoptedDefinition, ChartRebase, Target


@dataclass(frozen=True)
class Aim:
    """A target as it holds from one day until the next: the value (share 0 to 1, or a count), and whose it is."""

    from_on: date
    value: float
    target: Target

    def as_data(self) -> dict[str, Any]:
        """For --json: shares are 0 to 1."""
        return {
            "value": self.value,
            "direction": self.target.direction,
            "from": self.from_on.isoformat(),
            "decision": self.target.decision,
        }

    def words(self, unit: str) -> str:
        """ "at most 20.0%", or "at most 40"."""
        return f"{self.target.direction} {_printed(self.value, unit)}{'' if unit == 'count' else '%'}"

    def near_words(self, figure: "analytics.Protected | None", unit: str) -> str:
        """How far a figure is: "3.0 points above it", "the same as it"; "" where there is no figure."""
        if figure is None:
            return ""
        if figure.suppressed:
            return "not said, because the figure is hidden to protect people"
        return analytics.distance_words(figure, self.value, unit) or "nothing to compare"

    def is_set_after(self, figure: "analytics.Protected | None") -> bool:
        """Whether a figure's period was over before the target was decided: nobody knew of it then."""
        return figure is not None and figure.period.ends_on < self.target.decided_on

    def set_after_words(self, figure: "analytics.Protected | None") -> str:
        """That the target was set when the figure's period was over; "" where it was known in time."""
        if not self.is_set_after(figure):
            return ""
        return f"set afterwards, on {date_words(self.target.decided_on)}"

    def is_missed(self, figure: "analytics.Protected | None", unit: str) -> bool:
        """Whether a figure that is shown is on the wrong side. False where it is hidden, or there is none."""
        side = "above it" if self.target.direction == Target.Direction.AT_MOST else "below it"
        return self.near_words(figure, unit).endswith(side)


def _printed(value: float, unit: str) -> Decimal:
    return Decimal(round(value)) if unit == "count" else Decimal(analytics.per_cent(value))


def aims_of(
    programme: Programme, on: date | None = None, known_at: datetime | None = None
) -> Mapping[str, Sequence[Aim]]:
    """By indicator, what it is to reach: each value with the day that it holds from, in order.

    A newer target takes the place of the one before it from its own first day on. `on`: only what was
    decided by then; `known_at`: and written down by that instant.
    """
    decided = Target.objects.filter(programme=programme, **_by(on, known_at))
    aims: dict[str, list[Aim]] = {}
    for target in decided.order_by("pk"):
        kept = [aim for aim in aims.get(target.indicator, []) if aim.from_on < target.from_on]
        aims[target.indicator] = kept + steps_of(target)
    return aims


def steps_of(target: Target) -> list[Aim]:
    """Each step of one target, in order."""
    return [
        Aim(max(target.from_on, analytics.period(month).starts_on), value, target)
        for month, value in sorted(target.values.items())
    ]


def first_month(from_on: date, trajectory: Mapping[str, float] | None = None) -> date:
    """The day from which a target first holds: its own first day, or that of its trajectory's first month if later."""
    months = [month for month in sorted(trajectory or ()) if _is_month(month)]
    return max(from_on, analytics.period(months[0]).starts_on) if months else from_on


def _is_month(typed: str) -> bool:
    try:
        analytics.period(typed)
    except ValueError:
        return False
    return True


def judged_again(from_on: date, decided_on: date) -> tuple[date, date] | None:
    """The first days of the first and the last month that were over on the day of a decision, and that it judges.

    `from_on` is the day from which what was decided holds. None: it judges no month that was over.
    """
    first, last = from_on.replace(day=1), (decided_on.replace(day=1) - timedelta(days=1)).replace(day=1)
    return (first, last) if first <= last else None


def aim_for(aims: Iterable[Aim], figure: "analytics.Protected | None") -> Aim | None:
    """The aim that held at the end of a figure's period. None before the first, or without a figure."""
    return aim_on(aims, figure.period.ends_on) if figure is not None else None


def aim_on(aims: Iterable[Aim], day: date) -> Aim | None:
    """The aim that held on a day. None before the first."""
    held = [aim for aim in aims if aim.from_on <= day]
    return held[-1] if held else None


def next_aim(aims: Iterable[Aim], figure: "analytics.Protected | None") -> Aim | None:
    """The first aim that starts to hold after a figure's period; without one the first of all. None: no such aim."""
    return next((aim for aim in aims if figure is None or aim.from_on > figure.period.ends_on), None)


def _by(on: date | None, known_at: datetime | None = None) -> dict[str, Any]:
    """What was decided by a day, and written down by an instant, for a query."""
    decided = {"decided_on__lte": on} if on else {}
    return decided | ({"set_at__lte": known_at} if known_at else {})


def rebases_of(
    programme: Programme, on: date | None = None, known_at: datetime | None = None
) -> Mapping[str, Sequence[ChartRebase]]:
    """By indicator, the decisions to judge its chart anew, in the order they were taken. As aims_of."""
    decided = ChartRebase.objects.filter(programme=programme, **_by(on, known_at))
    found: dict[str, list[ChartRebase]] = {}
    for rebase in decided.order_by("pk"):
        found.setdefault(rebase.indicator, []).append(rebase)
    return found


def adopted_versions(programme: Programme, on: date | None = None) -> Mapping[str, AdoptedDefinition]:
    """By indicator, the version of its definition that was adopted last. `on`: by that day."""
    decided = AdoptedDefinition.objects.filter(programme=programme, **({"decided_on__lte": on} if on else {}))
    return {adopted.indicator: adopted for adopted in decided.order_by("pk")}


def judged_by(
    programme: Programme, on: date | None = None, *, known_at: datetime | None = None, as_it_was: bool = False
) -> dict[str, Any]:
    """The settings that `analytics.told` takes: the notice's days, and what was decided by indicator. `on`: by then.

    `known_at`: the instant that a release was calculated. A chart judged anew by a later decision waits for the next
    release; a target shows at once, unless the question is what was known then (`as_it_was`). They are kept as they are
    written here, so what nothing was decided of is always written the same way.
    """
    targets = {
        name: tuple(map(_goal, aims)) for name, aims in aims_of(programme, on, known_at if as_it_was else None).items()
    }
    rebases = {
        name: tuple(analytics.Rebase(each.from_on, f"decision {each.decision}") for each in found)
        for name, found in rebases_of(programme, on, known_at).items()
    }
    days = notice_days(programme)
    settings: dict[str, Any] = {"notice_on": days.issued_on, "notice_ends_on": days.ends_on} if days else {}
    settings["rebases"] = tuple(sorted(rebases.items()))
    return settings | {"targets": tuple(sorted(targets.items()))} if targets else settings


def _goal(aim: Aim) -> "analytics.Target":
    polarity = "lower" if aim.target.direction == Target.Direction.AT_MOST else "higher"
    return analytics.Target(aim.from_on, aim.value, f"decision {aim.target.decision}", polarity, aim.target.decided_on)


@dataclass(frozen=True)
class DecidedOfIndicator:
    """All that was decided of one indicator: every target ever set, newest first, and the rest."""

    targets: Sequence[Target]
    aims: Sequence[Aim]
    rebases: Sequence[ChartRebase]
    adopted: AdoptedDefinition | None


def decided_of(user: Actor, programme: Programme, indicator: str, on: date | None = None) -> DecidedOfIndicator:
    """What was decided of one indicator, for those who see indicators. `on`: by that day."""
    check(user, Permission.SEE_INDICATORS, programme.code)
    mine: dict[str, Any] = {"programme": programme, "indicator": indicator, **({"decided_on__lte": on} if on else {})}
    return DecidedOfIndicator(
        targets=list(Target.objects.filter(**mine).order_by("-pk")),
        aims=aims_of(programme, on).get(indicator, ()),
        rebases=rebases_of(programme, on).get(indicator, ()),
        adopted=adopted_versions(programme, on).get(indicator),
    )
