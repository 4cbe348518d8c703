"""Which counts to hide, so that no sum with those that are published gives one away: one table, searched step by step.

Not here: what may be shown of a figure and in which words (disclosure), or how a year ties its months (years). A set of
groups is the bits of a number, so that one step asks of all of them at once. Rule: a hidden cell is safe when another
table, with the same published cells and the same sums, has another number in it.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

from holdfast.analytics.figure import Figure
from holdfast.analytics.years import Measure, Place, Step, measured, rests_of, time_steps, years_of

SMALL: Final = range(1, 6)

Cell = tuple[Measure, Place]
_Change = tuple[tuple[Cell, int], ...]
_Between = tuple[tuple[Measure, int], ...]
"""How the measures of one place move: each by +1 or -1."""
_Groups = dict[tuple[Measure, str], int]
"""By measure and period: a set of groups."""
_ALL: Final[tuple[Measure, ...]] = ("in", "not", "base", "unknown")
_PARTS: Final[tuple[Measure, ...]] = ("in", "not")
_KNOWN: Final[tuple[Measure, ...]] = ("in", "not", "base")
_UNKNOWN: Final[tuple[Measure, ...]] = ("unknown",)

_TRADE: Final[_Between] = (("in", 1), ("not", -1))
_WITH_IN: Final[_Between] = (("in", 1), ("base", 1))
_WITH_NOT: Final[_Between] = (("not", 1), ("base", 1))
_BETWEEN: Final[dict[Measure, tuple[_Between, ...]]] = {
    "in": (_TRADE, _WITH_IN),
    "not": (_TRADE, _WITH_NOT),
    "base": (_WITH_IN, _WITH_NOT),
    "unknown": ((("unknown", 1),),),
}


@dataclass(frozen=True)
class Earlier:
    """What a reader has from the releases published before, of the cells that are now as they were then.

    `hidden` stay hidden, or the releases together would give away what each hides. `told` cannot be another number for
    that reader, so they cover nothing, shown or hidden.
    """

    hidden: frozenset[Cell] = frozenset()
    told: frozenset[Cell] = frozenset()


NOTHING_EARLIER: Final = Earlier()


class Table:
    """Counts by measure, period and group, tied by sums: in + not = base, groups = total, months = year.

    `close` hides more until each hidden cell is safe. A safe cell stays safe as more is hidden, so once is enough.
    `fixed`: places where no more may be hidden.
    """

    def __init__(
        self,
        figures: Sequence[Figure],
        hidden: Iterable[Cell] = (),
        earlier: Earlier = NOTHING_EARLIER,
        fixed: frozenset[Place] = frozenset(),
    ) -> None:
        rests = rests_of(figures)
        figures = [*figures, *rests]
        self.fixed = fixed
        self.places = [(figure.period.id, figure.group) for figure in figures]
        self.values: dict[Cell, int] = {
            (measure, place): measured(figure, measure)
            for place, figure in zip(self.places, figures, strict=True)
            for measure in _ALL
        }
        self.is_count = all(figure.n_not == 0 for figure in figures)
        self.time = {kinds: time_steps(figures, kinds) for kinds in (_PARTS, _UNKNOWN)}
        self.years = {kinds: years_of(figures, kinds) for kinds in (_PARTS, _UNKNOWN)}
        self.noughts: dict[Cell, tuple[Cell, ...]] = {}
        self.groups = list(dict.fromkeys(group for _, group in self.places))
        self.bits = {group: 1 << number for number, group in enumerate(self.groups)}
        self.names: dict[int, tuple[str, ...]] = {}
        self.there = self._where(-1)
        self.above = (self._where(0), self._where(1))
        self.told = earlier.told & self.values.keys()
        self.movable = self._where(-1)
        for measure, (period, group) in self.told:
            self.movable[measure, period] &= ~self.bits[group]
        self.hidden: set[Cell] = set()
        self.unseen: _Groups = dict.fromkeys(self.there, 0)
        self.prices: dict[tuple[tuple[Measure, ...], str], list[float]] = {}
        """What it costs to hide measures that move together, by period: a price for each group. Found when asked."""
        self.hide((measure, (each.period.id, each.group)) for each in figures for measure in _primary(each))
        self.hide({*hidden, *(earlier.hidden & self.values.keys())})
        secret = frozenset(self.hidden)
        self.hide((measure, (rest.period.id, rest.group)) for rest in rests for measure in _ALL)
        self.given = self.hidden - secret
        """Never shown, and no secret: whoever can work one of these out learns nothing small."""
        self.safe: set[Cell] = set()

    def close(self) -> set[Cell]:
        """Every cell to hide. A small count that has no way to another number takes its period and year with it."""
        waiting = deque(sorted(self.hidden - self.given - self.safe - self.told))
        while waiting or (waiting := deque(self._hide_beside_small_sums())):
            cell = waiting.popleft()
            if cell in self.safe:
                continue
            self.safe.add(cell)
            more = self._cheapest(cell)
            if more is not None:
                waiting += (each for each in self.hide(more) if each not in self.told)
            elif self.values[cell] in SMALL or (self.values[cell] and not self.told):
                self.given |= set(self.hide(self._of_its_time(cell)))
        return self.hidden

    def _of_its_time(self, cell: Cell) -> Iterator[Cell]:
        """Every count of the cell's period, and of the years that it is part of, that readers do not have already."""
        period = cell[1][0]
        held_back = {period, *(year for years in self.years.values() for year in years.get(period, ()))}
        for place in self.places:
            if place[0] in held_back and place not in self.fixed:
                yield from ((measure, place) for measure in _ALL if (measure, place) not in self.told)

    def hide(self, cells: Iterable[Cell]) -> list[Cell]:
        """Hide these. Gives those that were not hidden before, in order."""
        more = sorted(set(cells) - self.hidden)
        self.hidden.update(more)
        for measure, (period, group) in more:
            self.unseen[measure, period] |= self.bits[group]
        for period in {period for _, (period, _) in more}:
            for kinds in (_PARTS, _KNOWN, _UNKNOWN):
                self.prices.pop((kinds, period), None)
        return more

    def _where(self, least: int) -> _Groups:
        """The groups that count more than this."""
        found: _Groups = {(measure, period): 0 for period, _ in self.places for measure in _ALL}
        for (measure, (period, group)), count in self.values.items():
            found[measure, period] |= self.bits[group] if count > least else 0
        return found

    def _priced(self, kinds: tuple[Measure, ...], period: str) -> list[float]:
        """The price of each group at a period; inf where no more may be hidden."""
        if (kinds, period) not in self.prices:
            row: list[float] = []
            for group in self.groups:
                place = (period, group)
                shown = [cell for kind in kinds if (cell := (kind, place)) not in self.hidden and cell in self.values]
                row.append(inf if shown and place in self.fixed else sum(1 + self.values[cell] for cell in shown))
            self.prices[kinds, period] = row
        return self.prices[kinds, period]

    def _hide_beside_small_sums(self) -> list[Cell]:
        """Hide one more group wherever those hidden add up to a small count, which their total less the rest shows.

        Two hidden groups of 2 and 1 would be published as "3 in one or the other". Gives the cells hidden.
        """
        for (measure, period), groups in self.there.items():
            whole: Cell = (measure, (period, ""))
            if whole in self.hidden or whole not in self.values:
                continue
            parts: list[Cell] = [(measure, (period, group)) for group in self._named(groups) if group]
            if sum(self.values[cell] for cell in parts if cell in self.hidden) in SMALL:
                beside = [
                    cell
                    for cell in parts
                    if cell not in self.hidden
                    and self.values[cell]
                    and cell[1] not in self.fixed
                    and not self._needed([cell]) & self.told
                ]
                if beside:
                    smallest = min(beside, key=lambda cell: (self.values[cell], cell))
                    return self.hide(self._needed([smallest]))
        return []

    def _cheapest(self, cell: Cell) -> set[Cell] | None:
        """The further cells to hide so that `cell` has a second possible number: none if it has one already.

        A one stays at least one where it can, since a reader may guess that no nought is hidden. None: no way.
        """
        for spare in (1, 0):
            change = self._free(cell, spare) or self._least(cell, spare)
            if change is not None:
                moved = [cell for cell, _ in change]
                if spare:  # the same change is a second number for all that it moves
                    self.safe.update(moved)
                return self._needed(moved) - self.hidden
        return None

    def _free(self, cell: Cell, spare: int) -> _Change | None:
        """A possible change of which all is hidden already."""
        changes = (
            _change(cell, partner, when, what)
            for _, when, _, what, partners in self._moves(cell, spare, self.unseen)
            for partner in self._named(partners)
        )
        return next((change for change in changes if not self._is_forced(change)), None)

    def _least(self, cell: Cell, spare: int) -> _Change | None:
        """The possible change that costs least to hide; of those that cost the same, the first."""
        measure, (_, group) = cell
        best, least = None, (inf, 0, 0, 0)
        at = self.groups.index(group)
        for when_at, when, what_at, what, partners in self._moves(cell, spare, self.there):
            kinds = _UNKNOWN if measure == "unknown" else _KNOWN if "base" in dict(what) else _PARTS
            rows = [self._priced(kinds, period) for period, _ in when]
            own = sum(row[at] for row in rows)
            for partner in self._named(partners) if own < inf else ():
                to = self.groups.index(partner)
                cost = (own if to == at else own + sum(row[to] for row in rows), when_at, to, what_at)
                if cost < least and not self._is_forced(change := _change(cell, partner, when, what)):
                    best, least = change, cost
        return best

    def _moves(self, cell: Cell, spare: int, among: _Groups) -> Iterator[tuple[int, Step, int, _Between, int]]:
        """Every step in time with every step between measures, each with its place and who can take the other end.

        Of the groups `among`, those that leave every count at nought or more (or, with spare, at one) and every sum as
        it is, whichever way the whole is moved.
        """
        measure, (period, group) = cell
        kinds = _UNKNOWN if measure == "unknown" else _PARTS
        for when_at, when in enumerate(self.time[kinds][period]):
            both = -1
            for moved, _ in when:
                for kind in kinds:
                    both &= among[kind, moved]
            if not both & self.bits[group]:
                continue
            for what_at, what in enumerate(self._between(measure)):
                for way in (1, -1):
                    partners = self._partners(group, when, what, way, self.above[spare], both, among)
                    if partners:
                        yield when_at, when, what_at, what, partners

    def _partners(
        self, group: str, when: Step, what: _Between, way: int, above: _Groups, both: int, among: _Groups
    ) -> int:
        """The groups that can move as `group` does, where one of the two is all of them, or else against it."""
        own, whole = self.bits[group], self.bits.get("", 0)
        along = against = both
        for period, by in when:
            for kind, by_kind in what:
                here = among[kind, period] & self.movable[kind, period]
                left = here & above[kind, period]
                rises = way * by * by_kind > 0
                along &= here if rises else left
                against &= left if rises else here
                if not along & own:
                    return 0
        if own == whole:
            alone = self.there["in", when[0][0]] == whole
            return own if alone else along & ~own
        return along & whole | against & ~whole & ~own

    def _named(self, groups: int) -> tuple[str, ...]:
        if groups not in self.names:
            self.names[groups] = tuple(group for group, bit in self.bits.items() if bit & groups)
        return self.names[groups]

    def _needed(self, cells: Iterable[Cell]) -> set[Cell]:
        """What is hidden with these: parts go together, since the base gives one from the other."""
        needed: set[Cell] = set()
        for measure, place in cells:
            needed |= {(measure, place)} if measure == "unknown" else {(measure, place), ("in", place), ("not", place)}
        return needed

    def _is_forced(self, change: _Change) -> bool:
        """Whether it moves a nought that is part of a whole that is itself a published nought, and so nothing else."""
        for cell, _ in change:
            if self.values[cell] == 0:
                if cell not in self.noughts:
                    self.noughts[cell] = self._noughts_over(cell)
                if any(whole not in self.hidden and whole not in dict(change) for whole in self.noughts[cell]):
                    return True
        return False

    def _noughts_over(self, cell: Cell) -> tuple[Cell, ...]:
        """The wholes of a nought that are noughts too.

        So is a year whose months do not add up to it: nobody counted in it was counted in none of its months.
        """
        measure, (period, group) = cell
        kinds: tuple[Measure, ...] = ("base", measure) if measure in _PARTS else (measure,)
        years = self.years[_UNKNOWN if measure == "unknown" else _PARTS].get(period, [])
        wholes = [(kind, (when, who)) for kind in kinds for when in (period, *years) for who in {group, ""}]
        return tuple(whole for whole in wholes if whole != cell and self.values.get(whole) == 0)

    def _between(self, measure: Measure) -> tuple[_Between, ...]:
        if self.is_count and measure != "unknown":
            return (_WITH_IN,)
        return _BETWEEN[measure]


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


def _change(cell: Cell, partner: str, when: Step, what: _Between) -> _Change:
    """A small change through `cell` by these steps: its group by one, and the partner so that every sum stays."""
    group = cell[1][1]
    who = [(group, 1)]
    if partner != group:
        who.append((partner, 1 if "" in (group, partner) else -1))
    return tuple(
        ((kind, (period, each)), by * by_group * by_kind)
        for period, by in when
        for each, by_group in who
        for kind, by_kind in what
    )
