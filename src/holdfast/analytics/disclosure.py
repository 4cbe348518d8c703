"""Suppression of small counts: the only way out for figures about children.

The publish rule. A count of 1 to 5 is hidden, and so are its complement, the percentage and, where the base itself is
1 to 5, everything about it (so 0% or 100% of five or fewer is hidden). Then as much more is hidden as stops any
subtraction: across the groups of a breakdown, and between the months of a year and the year. 0 means nought; "c"
means hidden. A hidden nought under a published nought is still nought, and a reader may work that out: none of the
whole is none of its parts. Rule: protect a whole series at once, with its total ("") and its years, then choose what to
show; a slice protected alone may hide other cells than the whole does. Indicators that count the same records are
protected together (alike_counts.py). The days of a part-year after its last whole month are a month never shown.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from holdfast.analytics.figure import Figure, Period, count_words, per_cent, shares
from holdfast.analytics.hidden_counts import NOTHING_EARLIER, SMALL, Cell, Earlier, Table
from holdfast.analytics.years import Measure, measured

HIDDEN: Final = "c"
POLICIES: Final = ("publish", "inside")


@dataclass(frozen=True)
class Protected:
    """A figure that may be shown. What is hidden is None here too, so that nothing later can show it by mistake."""

    period: Period
    group: str
    n_in: int | None
    denominator: int | None
    n_unknown: int | None

    @property
    def suppressed(self) -> bool:
        return self.n_in is None

    @property
    def share(self) -> float | None:
        return shares(self.n_in, self.denominator, self.n_unknown).known

    @property
    def lowest_share(self) -> float | None:
        """The share if every unknown is a no. None when anything it needs is hidden."""
        return shares(self.n_in, self.denominator, self.n_unknown).lowest

    @property
    def highest_share(self) -> float | None:
        """The share if every unknown is a yes. None when anything it needs is hidden."""
        return shares(self.n_in, self.denominator, self.n_unknown).highest

    @property
    def is_mostly_unknown(self) -> bool:
        """Whether more is not known than known, so that the share of the known says little. A hidden base is small."""
        most = SMALL[-1] if self.denominator is None else self.denominator
        return self.n_unknown is not None and self.n_unknown > most

    @property
    def n_in_words(self) -> str:
        return _words(self.n_in)

    @property
    def denominator_words(self) -> str:
        return _words(self.denominator)

    @property
    def unknown_words(self) -> str:
        return _words(self.n_unknown)

    @property
    def share_words(self) -> str:
        """ "16.4%"; "c" when hidden; "none counted" of nothing; where most is not known, the range that it lies in."""
        found = shares(self.n_in, self.denominator, self.n_unknown)
        if self.suppressed or self.denominator is None:
            return HIDDEN
        if self.is_mostly_unknown and found.lowest is not None and found.highest is not None:
            return f"between {per_cent(found.lowest)}% and {per_cent(found.highest)}%"
        return "none counted" if found.known is None else f"{per_cent(found.known)}%"

    def words(self, unit: str) -> str:
        """The figure as every page, paper and list prints it: "16.4% (1,426 of 8,717)" or, for a count, "142"."""
        if unit == "count":
            return self.n_in_words
        return f"{self.share_words} ({self.n_in_words} of {self.denominator_words})"


def _words(count: int | None) -> str:
    return HIDDEN if count is None else count_words(count)


def earlier_of(figures: Iterable[Figure], before: Iterable[tuple[Protected, Protected]]) -> Earlier:
    """What of these figures was hidden, and what told, by the release published before: its figures whole, as shown."""
    now = {(figure.period, figure.group): figure for figure in figures}
    hidden: set[Cell] = set()
    told: set[Cell] = set()
    for whole, shown_then in before:
        figure = now.get((whole.period, whole.group))
        if figure is None or whole.n_in is None or whole.denominator is None:
            continue
        place = (whole.period.id, whole.group)
        then: dict[Measure, tuple[int | None, bool]] = {
            "in": (whole.n_in, shown_then.n_in is None),
            "not": (whole.denominator - whole.n_in, shown_then.n_in is None),
            "base": (whole.denominator, shown_then.denominator is None),
            "unknown": (whole.n_unknown, shown_then.n_unknown is None),
        }
        for measure, (count, was_hidden) in then.items():
            if count == measured(figure, measure):
                (hidden if was_hidden else told).add((measure, place))
    return Earlier(frozenset(hidden), frozenset(told))


def protect(figures: Iterable[Figure], policy: str = "publish", earlier: Earlier = NOTHING_EARLIER) -> list[Protected]:
    """The figures in the order given, with what may not be shown taken out.

    "publish" is the rule above; "inside" shows everything, to those permitted. Any other policy hides everything.
    `earlier`: what readers have from the release before (earlier_of).
    Raises ValueError when a period and group appear twice.
    """
    figures = list(figures)
    places = [(figure.period.id, figure.group) for figure in figures]
    if len(set(places)) != len(places):
        raise ValueError("a period and group may appear only once in what is protected")
    if policy not in POLICIES:
        return [Protected(figure.period, figure.group, None, None, None) for figure in figures]
    hidden = _hidden_cells(figures, earlier) if policy == "publish" else frozenset()
    return [shown(figure, hidden) for figure in figures]


def shown(figure: Figure, hidden: Collection[Cell]) -> Protected:
    place = (figure.period.id, figure.group)
    return Protected(
        figure.period,
        figure.group,
        None if ("in", place) in hidden else figure.n_in,
        None if ("base", place) in hidden else figure.denominator,
        None if ("unknown", place) in hidden else figure.n_unknown,
    )


def _hidden_cells(figures: Sequence[Figure], earlier: Earlier) -> set[Cell]:
    """Totals first, then the groups with the totals' state fixed: every breakdown then hides the same totals."""
    totals = [figure for figure in figures if figure.group == ""]
    hidden = Table(totals, earlier=earlier).close()
    if len(totals) < len(figures):
        fixed = frozenset((figure.period.id, "") for figure in totals)
        hidden = Table(figures, hidden, earlier, fixed).close()
    return hidden
