"""What may be said of a target: how far one month is from it, and whether more follows from the word of the series.

Not here: the word (verdict). Rules: the distance is plain arithmetic over what is printed and judges nothing; that a
target is reached or missed is said only where the word is "no clear change", by the limits of its baseline, and never
against a month that is shown (decision 100).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from holdfast.analytics.claims import verdict as v
from holdfast.analytics.claims.baseline import Baseline, Target, month_number
from holdfast.analytics.claims.judging import Judged, is_mostly_unknown, kind_of
from holdfast.analytics.disclosure import Protected
from holdfast.analytics.figure import count_words, date_words, per_cent
from holdfast.analytics.spc import Point, assurance

JUDGED_WORDS: Final[Mapping[str, str]] = {
    "reaches it": "as the months vary, it is reached month by month",
    "misses it": "as the months vary, it is missed month by month",
    "now and then": "as the months vary, it is reached in some and missed in others",
}
NOT_JUDGED: Final[Mapping[str, str]] = {
    **dict.fromkeys(v.CHANGED, "the limits are from before the change"),
    v.NO_CLEAR_CHANGE: "the limits and the months do not say the same, or there are none",
    v.UNUSUAL: "a month stands apart, and is to be checked first",
    v.TOO_EARLY: "it is too early",
    v.TOO_LITTLE: "too little is counted",
    v.DO_NOT_CLAIM: "what moved may be something other than the work",
}
"""By word, why nothing is judged of a target."""


def reached(
    goal: Target | None,
    months: Sequence[Protected],
    last: Point | None,
    claim: str,
    definition: Judged,
    baseline: Baseline | None,
) -> str:
    """Whether the process as it runs reaches a target (spc.assurance), where the word lets that be said; "" otherwise.

    `months` as the reader may see them. Each one that is judged must bear it out: none may be on the other side of a
    target that is reached or missed, and "now and then" needs one on each side.
    """
    if goal is None or last is None or baseline is None or claim != v.NO_CLEAR_CHANGE:
        return ""
    polarity = goal.polarity or definition.polarity
    said = assurance(last, goal.value, polarity)
    gaps = [
        gap
        for each in months
        if month_number(each.period.starts_on) >= baseline.judged_from
        and (gap := _gap(each, goal.value, definition)) is not None
    ]
    sides = {_is_reached(gap, polarity) for gap in gaps}
    borne_out = {"reaches it": {True}, "misses it": {False}, "now and then": {True, False}}
    return said if sides == borne_out.get(said) else ""


def distance_words(figure: Protected, goal: float, unit: str) -> str:
    """How far a figure is from a target, in what is printed of both: "3.0 points above it", "the same as it".

    "" where the figure is hidden, or nothing is counted or most is not known.
    """
    value = figure.n_in if unit == "count" else figure.share
    if figure.suppressed or value is None or (unit != "count" and figure.is_mostly_unknown):
        return ""
    gap = _printed(value, unit) - _printed(goal, unit)
    if gap == 0:
        return "the same as it"
    size = f"{abs(gap):,}" if unit == "count" else f"{abs(gap)} points"
    return f"{size} {'above' if gap > 0 else 'below'} it"


def target_words(goal: Target | None, latest: Protected | None, said: str, claim: str, definition: Judged) -> str:
    """The target in force, where it was decided, how far the latest month is from it, and what more may be said.

    `said`: whether it is reached, as `reached` gave it.
    """
    if goal is None or latest is None:
        return ""
    opening = f"The target from {date_words(goal.on)} is {_goal_words(goal, definition, latest)}"
    when = f"at {date_words(latest.period.ends_on)}" if definition.is_stock else f"in {latest.period.words}"
    distance = distance_words(latest, goal.value, definition.unit)
    far = f"{when} it was {distance}" if distance else f"how far from it {when} is not said"
    if said:
        return f"{opening}; {far}: {JUDGED_WORDS[said]}."
    return f"{opening}; {far}. Whether it is kept to is not judged: {NOT_JUDGED[claim]}."


def coming_words(goal: Target | None, definition: Judged) -> str:
    """The target that starts to hold after the latest month: a paper of a later day may be under it already."""
    return f"From {date_words(goal.on)} the target is {_goal_words(goal, definition)}." if goal is not None else ""


def _goal_words(goal: Target, definition: Judged, latest: Protected | None = None) -> str:
    """A target and where it was decided: "at most 20.0 per cent (decision IB-3)"; and if that was after the month."""
    late = ""
    if goal.decided_on is not None and latest is not None and goal.is_set_after(latest.period):
        late = f"set afterwards, on {date_words(goal.decided_on)}"
    where = f" ({', '.join(filter(None, (goal.reference, late)))})" if goal.reference or late else ""
    least = {"lower": "at most ", "higher": "at least "}.get(goal.polarity or definition.polarity, "")
    return f"{least}{_value_words(goal.value, definition.unit)}{where}"


def _value_words(value: float, unit: str) -> str:
    return count_words(round(value)) if unit == "count" else f"{per_cent(value)} per cent"


def _printed(value: float, unit: str) -> Decimal:
    return Decimal(round(value)) if unit == "count" else Decimal(per_cent(value))


def _gap(figure: Protected, goal: float, definition: Judged) -> float | None:
    """How far above a target a month is. None where it is hidden or takes no part."""
    is_count = kind_of(definition).is_count
    value = figure.n_in if is_count else figure.share
    if figure.suppressed or value is None or (not is_count and is_mostly_unknown(figure)):
        return None
    return value - goal


def _is_reached(gap: float, polarity: str) -> bool:
    return gap >= 0 if polarity == "higher" else gap <= 0
