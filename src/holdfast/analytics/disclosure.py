"""Suppression of small counts: the only way out for figures about children.

The publish rule. A count of 1 to 5 is hidden, and so are its complement, the percentage and, where the base itself is
1 to 5, everything about it (so 0% or 100% of five or fewer is hidden). Then as much more is hidden as stops any
subtraction: across the groups of a breakdown, and between the months of a year and the year. 0 means nought; "c"
means hidden. A hidden nought under a published nought is still nought, and a reader may work that out: none of the
whole is none of its parts. Rule: protect a whole series at once, with its total ("") and its years, then choose what to
show; a slice protected alone may hide other cells than the whole does. Indicators that count the same records are
protected together (alike_counts.py). The days of a part-year after its last whole month are a month never shown.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from holdfast.analytics.figure import Figure, Period, count_words, is_mostly_unknown, per_cent, shares
from holdfast.analytics.hidden_counts import NOTHING_EARLIER, SMALL, Cell, Earlier, Table
from holdfast.analytics.unknowns import REASONS
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
    why: tuple[int | None, ...] | None = None
    """How many are not known for each of unknowns.REASONS, None where hidden. None: it was not kept, or may not be."""

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
    def range_words(self) -> str:
        """ "between 76.0% and 94.0%": what the share could be.

        "" where all are known, or none (then it could be anything), or what it needs is hidden; and where so few are
        not known that both ends print alike.
        """
        lowest, highest = self.lowest_share, self.highest_share
        if lowest is None or highest is None or not self.n_unknown or not self.denominator:
            return ""
        ends = (per_cent(lowest), per_cent(highest))
        return f"between {ends[0]}% and {ends[1]}%" if ends[0] != ends[1] else ""

    @property
    def range_beside(self) -> str:
        """The range where it is not already the figure itself, which it is where most is not known."""
        return "" if self.is_mostly_unknown else self.range_words

    @property
    def unknown_because(self) -> Mapping[str, int | None] | None:
        """By reason, in the order of unknowns.REASONS. None where nothing may be said of it."""
        return None if self.why is None else dict(zip(REASONS, self.why, strict=True))

    def share_of_all(self, count: int) -> float | None:
        """What part of all, known or not, so many are. None when all is hidden, or nothing."""
        if self.denominator is None or self.n_unknown is None:
            return None
        return shares(count, self.denominator + self.n_unknown, 0).known

    @property
    def is_mostly_unknown(self) -> bool:
        """Whether most is not known. A hidden base is as large as a small one may be: its share is no judgement."""
        return is_mostly_unknown(self.n_unknown, self.denominator, of_hidden=SMALL[-1])

    @property
    def is_much_unknown(self) -> bool:
        """Whether a twentieth or more is not known, which is said before the share. False of a hidden base."""
        n_unknown = self.n_unknown or 0
        return bool(n_unknown and self.denominator) and n_unknown * 20 >= n_unknown + (self.denominator or 0)

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
        """ "16.4%"; "c" when hidden; "none counted" of nothing; where most is not known, the range that it lies in, and
        "none known" where all is."""
        found = shares(self.n_in, self.denominator, self.n_unknown)
        if self.suppressed or self.denominator is None:
            return HIDDEN
        if self.n_unknown and not self.denominator:
            return "none known"
        if self.is_mostly_unknown and self.range_words:
            return self.range_words
        return "none counted" if found.known is None else f"{per_cent(found.known)}%"

    def words(self, unit: str) -> str:
        """The figure as every page, paper and list prints it: "16.4% (1,426 of 8,717)" or, for a count, "142".

        A hidden one is one mark: "c", or "c of 587" where what it is of is shown.
        """
        if unit == "count":
            return self.n_in_words
        if self.suppressed:
            return HIDDEN if self.denominator is None else f"{HIDDEN} of {self.denominator_words}"
        return f"{self.share_words} ({self.n_in_words} of {self.denominator_words})"


def _words(count: int | None) -> str:
    return HIDDEN if count is None else count_words(count)


Shown = tuple["Protected", "Protected"]
"""A figure of a release: whole, and as it was published."""


def earlier_of(figures: Sequence[Figure], before: Iterable[Sequence[Shown]]) -> Earlier:
    """What of these figures was hidden, and what told, by any release published before: the figures of each of them.

    What one told, another may have hidden: a reader has it all the same.
    """
    parts = [_told_by(figures, release) for release in before]
    told = frozenset[Cell]().union(*(part.told for part in parts))
    return Earlier(frozenset[Cell]().union(*(part.hidden for part in parts)) - told, told)


def _told_by(figures: Sequence[Figure], release: Sequence[Shown]) -> Earlier:
    """Of one release. A base is told by as many records, then known or not; a hidden nought by its total's."""
    now = {(figure.period.id, figure.group): figure for figure in figures}
    totals = {seen.period.id: _counts(seen) for _, seen in release if seen.group == ""}
    hidden: set[Cell] = set()
    told: set[Cell] = set()
    for whole, published in release:
        place = (whole.period.id, whole.group)
        if place not in now:
            continue
        figure, seen, total = now[place], _counts(published), totals.get(place[0], {})
        for measure, count in _counts(whole).items():
            if count is not None and count == measured(figure, measure):
                is_told = seen[measure] is not None or (count == 0 and total.get(measure) == 0)
                (told if is_told else hidden).add((measure, place))
        base, unknown = seen["base"], seen["unknown"]
        if base is not None and unknown is not None and not figure.n_unknown and base + unknown == figure.denominator:
            told.add(("base", place))
    return Earlier(frozenset(hidden), frozenset(told))


def _counts(figure: Protected) -> dict[Measure, int | None]:
    """What a figure counts, by measure. None where hidden."""
    n_in, base = figure.n_in, figure.denominator
    n_not = None if n_in is None or base is None else base - n_in
    return {"in": n_in, "not": n_not, "base": base, "unknown": figure.n_unknown}


def protect(figures: Iterable[Figure], policy: str = "publish", earlier: Earlier = NOTHING_EARLIER) -> list[Protected]:
    """The figures in the order given, with what may not be shown taken out: why some are not known, too (parts.py).

    "publish" is the rule above; "inside" shows everything, to those permitted. Any other policy hides everything.
    `earlier`: what readers have from the releases before (earlier_of).
    Raises ValueError when a period and group appear twice.
    """
    figures = list(figures)
    places = [(figure.period.id, figure.group) for figure in figures]
    if len(set(places)) != len(places):
        raise ValueError("a period and group may appear only once in what is protected")
    if policy not in POLICIES:
        return [Protected(figure.period, figure.group, None, None, None) for figure in figures]
    if policy == "inside":
        return [seen_inside(figure) for figure in figures]
    hidden = _hidden_cells(figures, earlier)
    return [shown(figure, hidden) for figure in figures]


def seen_inside(figure: Figure) -> Protected:
    """A figure of which nothing is hidden, with why some are not known."""
    counts = (figure.n_in, figure.denominator, figure.n_unknown)
    return Protected(figure.period, figure.group, *counts, why=figure.why or None)


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
