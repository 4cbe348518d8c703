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
from itertools import product
from typing import Final

from holdfast.analytics.figure import Figure, Period, count_words, per_cent, shares
from holdfast.analytics.years import Measure, Place, Step, measured, rests_of, time_steps, years_of

HIDDEN: Final = "c"
SMALL: Final = range(1, 6)
POLICIES: Final = ("publish", "inside")

Cell = tuple[Measure, Place]
_Change = tuple[tuple[Cell, int], ...]
_Route = tuple[int, int, Step, Step]
"""A change's least price, its order, its step in time and its step between groups."""
_KNOWN: Final[tuple[Measure, ...]] = ("in", "not")
_UNKNOWN: Final[tuple[Measure, ...]] = ("unknown",)


@dataclass(frozen=True)
class Earlier:
    """What a reader has from the release published before, of the cells that have not changed since.

    `hidden` stay hidden, or the two releases together would give away what each hides. `told` hide nothing if they are
    hidden now, so they are hidden for another's sake only where nothing else will do.
    """

    hidden: frozenset[Cell] = frozenset()
    told: frozenset[Cell] = frozenset()


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


NOTHING_EARLIER: Final = Earlier()
_TOLD: Final = 10**9
"""What it costs to hide a cell that readers have already: more than all that a table holds."""


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
    hidden = Table(totals, set(), earlier).close(frozenset())
    if len(totals) < len(figures):
        fixed = frozenset((figure.period.id, "") for figure in totals)
        hidden = Table(figures, hidden, earlier).close(fixed)
    return hidden


def _primary(figure: Figure) -> set[Measure]:
    """The measures of one figure that are small, or give a small one away."""
    hide: set[Measure] = set()
    if figure.denominator in SMALL:
        hide |= {"in", "not", "base"}
    if figure.n_in in SMALL or figure.n_not in SMALL:
        hide |= {"in", "not"}
    if figure.n_unknown in SMALL:
        hide |= {"unknown"}
    return hide


class Table:
    """Counts by measure, period and group, tied by sums: in + not = base, groups = total, months = year.

    A hidden cell is safe when another table, with the same published cells and the same sums, has another number in
    it. `close` hides more until each hidden cell is safe. A safe cell stays safe as more is hidden, so once is enough.
    """

    def __init__(self, figures: Sequence[Figure], hidden: set[Cell], earlier: Earlier = NOTHING_EARLIER) -> None:
        rests = rests_of(figures)
        figures = [*figures, *rests]
        self.values: dict[Cell, int] = {}
        self.hidden = set(hidden)
        self.is_count = all(figure.n_not == 0 for figure in figures)
        for figure in figures:
            place = (figure.period.id, figure.group)
            self.values |= {
                ("in", place): figure.n_in,
                ("not", place): figure.n_not,
                ("base", place): figure.denominator,
                ("unknown", place): figure.n_unknown,
            }
        self.places = [(figure.period.id, figure.group) for figure in figures]
        self.groups: dict[str, list[str]] = {}
        for period, group in self.places:
            self.groups.setdefault(period, []).append(group)
        self.time = time_steps(figures, ("in", "not"))
        self.unknown_time = time_steps(figures, ("unknown",))
        self.years = {kinds: years_of(figures, kinds) for kinds in (_KNOWN, _UNKNOWN)}
        for figure in figures:
            self.hide((figure.period.id, figure.group), _primary(figure))
        self.hidden |= earlier.hidden & self.values.keys()
        self.told = earlier.told
        secret = set(self.hidden)
        for figure in rests:
            self.hide((figure.period.id, figure.group), ("in", "not", "base", "unknown"))
        self.given = self.hidden - secret
        """Never shown, and no secret: whoever can work one of these out learns nothing small."""
        self.prices: dict[tuple[Measure, ...], dict[Place, int]] = {}
        self.safe: set[Cell] = set()
        self.noughts: dict[Cell, tuple[Cell, ...]] = {}

    def close(self, fixed: frozenset[Place]) -> set[Cell]:
        """Every cell to hide. A place in `fixed` is hidden no further; where nothing else works, all the rest is."""
        self.prices = {kinds: self._priced(kinds, self.places, fixed) for kinds in (_KNOWN, _UNKNOWN)}
        waiting = sorted(self.hidden - self.given - self.safe)
        while waiting or (waiting := self._hide_beside_small_sums(fixed)):
            cell = waiting.pop(0)
            self.safe.add(cell)
            more = self._cheapest(cell, fixed)
            if more is None and self.values[cell] > 0:
                return self._everything(fixed)
            more = more or set()
            waiting += sorted(more)
            self.hidden |= more
            for kinds, prices in self.prices.items():
                prices |= self._priced(kinds, {place for _, place in more}, fixed)
        return self.hidden

    def _hide_beside_small_sums(self, fixed: frozenset[Place]) -> list[Cell]:
        """Hide one more group wherever those hidden add up to a small count, which their total less the rest shows.

        Two hidden groups of 2 and 1 would be published as "3 in one or the other". Gives the cells hidden.
        """
        for period, groups in self.groups.items():
            for measure in (*_KNOWN, "base", *_UNKNOWN):
                parts: list[Cell] = [(measure, (period, group)) for group in groups if group]
                covered = [cell for cell in parts if cell in self.hidden]
                whole: Cell = (measure, (period, ""))
                if whole in self.hidden or sum(self.values[cell] for cell in covered) not in SMALL:
                    continue
                beside = [cell for cell in parts if cell not in covered and self.values[cell] and cell[1] not in fixed]
                if whole in self.values and beside:
                    return self._hide_with_its_parts(min(beside, key=lambda cell: (self.values[cell], cell)), fixed)
        return []

    def _hide_with_its_parts(self, cell: Cell, fixed: frozenset[Place]) -> list[Cell]:
        measure, place = cell
        needed: set[Cell] = {cell} if measure == "unknown" else {cell, ("in", place), ("not", place)}
        more = needed - self.hidden
        self.hidden |= more
        for kinds, prices in self.prices.items():
            prices |= self._priced(kinds, {place}, fixed)
        return sorted(more)

    def hide(self, place: Place, measures: Iterable[Measure]) -> None:
        self.hidden |= {(measure, place) for measure in measures}

    def _everything(self, fixed: frozenset[Place]) -> set[Cell]:
        for place in self.places:
            if place not in fixed:
                self.hide(place, ("in", "not", "base", "unknown"))
        return self.hidden

    def _cheapest(self, cell: Cell, fixed: frozenset[Place]) -> set[Cell] | None:
        """The further cells to hide so that `cell` has a second possible number: none if it has one already.

        A one stays at least one where it can, since a reader may guess that no nought is hidden. None: no way.
        """
        for spare in (1, 0):
            routes = []
            for route in self._routes(cell):
                if route[0] == 0 and any(self._is_free(change, spare) for change in self._changes(cell, *route[2:])):
                    return set()
                routes.append(route)
            found = self._cheapest_of(sorted(routes), cell, fixed, spare)
            if found:
                return found
        return None

    def _is_free(self, change: _Change, spare: int) -> bool:
        """Whether the change is possible, and all of it hidden already."""
        return self._is_possible(change, spare) and not self._to_hide(change, frozenset())

    def _cheapest_of(
        self, routes: Iterable[_Route], cell: Cell, fixed: frozenset[Place], spare: int
    ) -> set[Cell] | None:
        """What the cheapest possible change hides: nearly all routes are never looked into."""
        best: tuple[int, int, set[Cell]] | None = None
        for price, order, when, who in routes:
            if best is not None and price > best[0]:
                break
            for change in self._changes(cell, when, who):
                more = self._to_hide(change, fixed) if self._is_possible(change, spare) else None
                if more:
                    cost = sum(self._cost(each) for each in more)
                    if best is None or (cost, order) < best[:2]:
                        best = (cost, order, more)
        return best[2] if best else None

    def _routes(self, cell: Cell) -> Iterable[_Route]:
        """Each step in time with each step between groups that may keep every sum."""
        measure, (period, group) = cell
        time, prices = (
            (self.unknown_time, self.prices[_UNKNOWN]) if measure == "unknown" else (self.time, self.prices[_KNOWN])
        )
        groups = self._group_steps(period, group)
        for order, when in enumerate(time[period]):
            # The price of each group over these periods; one without a price cannot be hidden at all of them.
            over: dict[str, int] = {}
            for each in {name for who in groups for name, _ in who}:
                found = [prices.get((moved, each)) for moved, _ in when]
                if None not in found:
                    over[each] = sum(price for price in found if price)
            for place, who in enumerate(groups):
                if all(name in over for name, _ in who):
                    yield sum(over[name] for name, _ in who), order * len(groups) + place, when, who

    def _priced(self, kinds: tuple[Measure, ...], places: Iterable[Place], fixed: frozenset[Place]) -> dict[Place, int]:
        """What it costs to hide these measures at each place, at the least; no price where they cannot be hidden."""
        prices = {}
        for place in places:
            cells: list[Cell] = [(kind, place) for kind in kinds]
            shown = [cell for cell in cells if cell not in self.hidden]
            if all(cell in self.values for cell in cells) and not (shown and place in fixed):
                prices[place] = sum(self._cost(cell) for cell in shown)
        return prices

    def _cost(self, cell: Cell) -> int:
        return 1 + self.values[cell] + (_TOLD if cell in self.told else 0)

    def _to_hide(self, change: _Change, fixed: frozenset[Place]) -> set[Cell] | None:
        """What the change needs hidden that is not: parts go together, since the base gives one from the other."""
        more: set[Cell] = set()
        for (measure, place), _ in change:
            needed: set[Cell] = {(measure, place)}
            if measure != "unknown":
                needed |= {("in", place), ("not", place)}
            needed -= self.hidden
            if needed and place in fixed:
                return None
            more |= needed
        return more

    def _is_possible(self, change: _Change, spare: int) -> bool:
        """Whether the change, one way or the other, leaves every count at nought or more (or, with spare, at one)."""
        fewer = more = True
        for cell, by in change:
            if self.values[cell] <= spare:  # one fewer here would be too few
                fewer, more = fewer and by < 0, more and by > 0
                if not (fewer or more):
                    return False
        return not any(self.values[cell] == 0 and self._is_forced(cell, change) for cell, _ in change)

    def _is_forced(self, cell: Cell, change: _Change) -> bool:
        """Whether a whole that this nought is part of is itself a published nought, so that it can be nothing else."""
        if cell not in self.noughts:
            self.noughts[cell] = self._noughts_over(cell)
        return any(
            whole not in self.hidden and all(whole != moved for moved, _ in change) for whole in self.noughts[cell]
        )

    def _noughts_over(self, cell: Cell) -> tuple[Cell, ...]:
        """The wholes of a nought that are noughts too.

        So is a year whose months do not add up to it: nobody counted in it was counted in none of its months.
        """
        measure, (period, group) = cell
        kinds: tuple[Measure, ...] = ("base", measure) if measure in _KNOWN else (measure,)
        years = self.years[_UNKNOWN if measure == "unknown" else _KNOWN].get(period, [])
        wholes = [(kind, (when, who)) for kind in kinds for when in (period, *years) for who in {group, ""}]
        return tuple(whole for whole in wholes if whole != cell and self.values.get(whole) == 0)

    def _changes(self, cell: Cell, when: Step, who: Step) -> Iterable[_Change]:
        """Every small change through `cell` by these steps, with one step between the measures."""
        places = [((period, group), by * by_group) for (period, by), (group, by_group) in product(when, who)]
        for what in self._measures(cell[0]):
            yield tuple(((kind, place), by * by_kind) for (place, by), (kind, by_kind) in product(places, what))

    def _group_steps(self, period: str, group: str) -> list[Step]:
        others = [each for each in self.groups[period] if each != group]
        if group == "":
            return [(("", 1), (other, 1)) for other in others] or [(("", 1),)]
        return [((group, 1), (other, 1 if other == "" else -1)) for other in others]

    def _measures(self, measure: Measure) -> list[tuple[tuple[Measure, int], ...]]:
        if measure == "unknown":
            return [(("unknown", 1),)]
        if self.is_count:
            return [(("in", 1), ("base", 1))]
        if measure == "in":
            return [(("in", 1), ("not", -1)), (("in", 1), ("base", 1))]
        if measure == "not":
            return [(("not", 1), ("in", -1)), (("not", 1), ("base", 1))]
        return [(("in", 1), ("base", 1)), (("not", 1), ("base", 1))]
