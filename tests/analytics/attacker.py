"""A reader who wants the small counts, and has everything that is published: each release, whole, and all that it ties.

He has each indicator's counts by month, year and group, under every breakdown and in every release, the drawings and
the sentences. He knows what counts are: none is below nought, the groups add up to all, a year to its months or at
least to each of them; which indicators count the same records; and he takes it that what no release shows to have
moved has not. Bounds are carried from each sum to the others until nothing moves. Not here: which stores he is let
loose on (tests, and bench/attack.py). Rule: the ties he is given are true, so a number that he is sure of is right.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Final

from holdfast.analytics.answers import Answer, Answers, Drawing
from holdfast.analytics.disclosure import Protected
from holdfast.analytics.figure import Period
from holdfast.analytics.hidden_counts import SMALL
from holdfast.analytics.indicators.definitions import INDICATORS
from holdfast.analytics.unknowns import REASONS

Cell = tuple[int, str, str, str, str, str]
"""Release, indicator, breakdown ("" for all children), period, group, measure."""
Table = dict[tuple[int, str, str], dict[tuple[str, str], Protected]]
"""By release, indicator and breakdown: figures by period and group."""
MEASURES: Final = ("in", "not", "base", "unknown")
WHY: Final = tuple(f"unknown: {reason}" for reason in REASONS)
MOST: Final = 10**6


def counted(figure: Protected) -> dict[str, int | None]:
    """The four counts of a figure as a reader has them, and the unknown by why. None where hidden."""
    n_in, base = figure.n_in, figure.denominator
    return {
        "in": n_in,
        "not": None if n_in is None or base is None else base - n_in,
        "base": base,
        "unknown": figure.n_unknown,
        **dict(zip(WHY, figure.why or (None,) * len(WHY), strict=True)),
    }


@dataclass
class Attack:
    """What a reader has, and what is true (asked only which ties hold, and afterwards whether he was right)."""

    shown: dict[Cell, int] = field(default_factory=dict)
    true: dict[Cell, int] = field(default_factory=dict)
    periods: dict[str, Period] = field(default_factory=dict)
    sums: list[tuple[list[tuple[Cell, int]], int, int]] = field(default_factory=list)
    """Cells, each with what it is multiplied by, and what they come to: at least, at most."""
    unpublished: set[str] = field(default_factory=set)
    """Indicators that readers have no figure of: of these a large count, which follows from others, is no secret."""
    tried: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    low: dict[Cell, int] = field(default_factory=dict)
    high: dict[Cell, int] = field(default_factory=dict)

    @property
    def hidden(self) -> list[Cell]:
        return [cell for cell in self.true if cell not in self.shown]

    def tie(self, name: str, parts: Iterable[tuple[Cell, int]], least: int = 0, most: int = 0) -> None:
        """Say what some cells come to. Of no use, and left out, where all of them are shown."""
        left = []
        for cell, by in parts:
            if cell in self.shown:
                least, most = least - by * self.shown[cell], most - by * self.shown[cell]
            else:
                left.append((cell, by))
        if left:
            self.tried[name] += 1
            self.sums.append((left, least, most))

    def run(self) -> None:
        """Carry bounds from sum to sum until none moves."""
        self.low, self.high = dict.fromkeys(self.hidden, 0), dict.fromkeys(self.hidden, MOST)
        of: dict[Cell, list[int]] = defaultdict(list)
        for number, (parts, _, _) in enumerate(self.sums):
            for cell, _ in parts:
                of[cell].append(number)
        waiting = deque(range(len(self.sums)))
        queued = [True] * len(self.sums)
        while waiting:
            number = waiting.popleft()
            queued[number] = False
            for cell in self._tighten(*self.sums[number]):
                for other in of[cell]:
                    if not queued[other]:
                        queued[other] = True
                        waiting.append(other)

    def _tighten(self, parts: list[tuple[Cell, int]], least: int, most: int) -> list[Cell]:
        """The cells whose bounds one sum moves. All multipliers are 1 or -1."""
        lows = [self.low[cell] if by > 0 else -self.high[cell] for cell, by in parts]
        highs = [self.high[cell] if by > 0 else -self.low[cell] for cell, by in parts]
        all_low, all_high = sum(lows), sum(highs)
        moved = []
        for (cell, by), low, high in zip(parts, lows, highs, strict=True):
            down, up = least - (all_high - high), most - (all_low - low)
            down, up = (down, up) if by > 0 else (-up, -down)
            if down > self.low[cell] or up < self.high[cell]:
                self.low[cell], self.high[cell] = max(down, self.low[cell]), min(up, self.high[cell])
                assert self.low[cell] <= self.true[cell] <= self.high[cell], (cell, "a tie that is not true")
                moved.append(cell)
        return moved

    def recovered(self) -> list[Cell]:
        """Hidden cells that he is sure of, but for what is no secret.

        A nought is none: nobody of the whole is nobody of its parts. Nor is a number that another release told him,
        nor why so many are not known, unless they are a handful: where all of the whole have one reason, so have parts.
        """
        told = {cell[1:]: self.true[cell] for cell in self.shown}
        sure = (cell for cell in self.hidden if self.low[cell] == self.high[cell] and self.true[cell])
        told_nothing = (cell for cell in sure if told.get(cell[1:]) != self.true[cell])
        any_size = (cell for cell in told_nothing if cell[1] not in self.unpublished or self.true[cell] in SMALL)
        return [cell for cell in any_size if cell[5] not in WHY or self.true[cell] in SMALL]

    def small_sums(self) -> list[tuple[Cell, int]]:
        """Hidden groups that add up to a small count, which all children less the groups shown give."""
        found = []
        rows: dict[Cell, list[Cell]] = defaultdict(list)
        for cell in self.true:
            if cell[2]:
                rows[(*cell[:2], "", cell[3], "", cell[5])].append(cell)
        by_breakdown = (
            (whole, [cell for cell in cells if cell[2] == breakdown])
            for whole, cells in rows.items()
            for breakdown in {cell[2] for cell in cells}
        )
        for whole, cells in by_breakdown:
            hidden = [cell for cell in cells if cell not in self.shown]
            is_tied = sum(self.true[cell] for cell in cells) == self.true[whole]
            rest = sum(self.true[cell] for cell in hidden)
            if hidden and is_tied and whole in self.shown and rest in SMALL:
                found.append((hidden[0], rest))
        return found


def attack(releases: Sequence[Answers]) -> Attack:
    """All that a reader has of these releases, given in the order of publishing, with every tie, worked through."""
    found = Attack()
    tables: Table = {}
    lines: list[tuple[int, str, Answer, Answer]] = []
    for number, kept in enumerate(releases):
        for indicator, breakdowns in kept.breakdowns.items():
            for breakdown in ("", *breakdowns):
                inside = kept.by_group(indicator, "inside", breakdown)
                if kept.is_published(indicator):
                    published = kept.by_group(indicator, "publish", breakdown)
                else:
                    published = {group: _withheld(line) for group, line in inside.items()}
                    found.unpublished.add(indicator)
                table = tables.setdefault((number, indicator, breakdown), {})
                for group, line in published.items():
                    lines.append((number, breakdown, line, inside[group]))
                    for figure, whole in zip(line.figures, inside[group].figures, strict=True):
                        table[figure.period.id, figure.group] = whole
                        found.periods[figure.period.id] = figure.period
                        _learn(found, (number, indicator, breakdown, figure.period.id, figure.group), figure, whole)
    for key, table in tables.items():
        _tie_measures(found, key, table)
        _tie_groups(found, key, table, tables)
        _tie_years(found, key, table)
    for number in range(len(releases)):
        _tie_indicators(found, {key: table for key, table in tables.items() if key[0] == number})
    _tie_releases(found, tables)
    for number, breakdown, line, whole_line in lines:
        _read_limits(found, number, breakdown, line, whole_line)
    found.run()
    return found


def _withheld(line: Answer) -> Answer:
    """What a reader has of what is not published: that there are such periods and groups."""
    hidden = tuple(replace(each, n_in=None, denominator=None, n_unknown=None, why=None) for each in line.figures)
    return replace(line, figures=hidden, drawing=None)


def _learn(found: Attack, at: tuple[int, str, str, str, str], figure: Protected, whole: Protected) -> None:
    assert figure.range_words == "" or None not in (figure.n_in, figure.denominator, figure.n_unknown), (
        "a range is of counts that are shown: it says no more than they do"
    )
    truth = counted(whole)
    for measure, count in counted(figure).items():
        cell = (*at, measure)
        true = truth[measure]
        assert true is not None, "those permitted see all"
        found.true[cell] = true
        if count is not None:
            assert count == true, "what is shown is what was counted"
            found.shown[cell] = count


Key = tuple[int, str, str]
Whole = dict[tuple[str, str], Protected]


def _cell(key: Key, period: str, group: str, measure: str) -> Cell:
    return (*key, period, group, measure)


def _tie_measures(found: Attack, key: Key, table: Whole) -> None:
    for period, group in table:
        parts = [(_cell(key, period, group, measure), by) for measure, by in (("in", 1), ("not", 1), ("base", -1))]
        found.tie("in and not in make all", parts)
        reasons = [(_cell(key, period, group, measure), 1) for measure in WHY]
        found.tie("reasons make the unknown", [*reasons, (_cell(key, period, group, "unknown"), -1)])
    if all(counted(figure)["not"] == 0 for figure in table.values()):  # a plain count
        for period, group in table:
            found.tie("a count has nobody not in", [(_cell(key, period, group, "not"), 1)])


def _tie_groups(found: Attack, key: Key, table: Whole, tables: Table) -> None:
    """Groups make all children, where that is so of the whole breakdown; at least no group passes all."""
    number, indicator, breakdown = key
    if not breakdown:
        return
    groups: dict[str, list[str]] = defaultdict(list)
    for period, group in table:
        groups[period].append(group)
    totals = (number, indicator, "")
    for measure in (*MEASURES, *WHY):
        rows = {period: [_cell(key, period, group, measure) for group in names] for period, names in groups.items()}
        wholes = {period: _cell(totals, period, "", measure) for period in groups}
        if all(sum(found.true[cell] for cell in rows[period]) == found.true[wholes[period]] for period in rows):
            for period, row in rows.items():
                found.tie("groups make all", [*((cell, 1) for cell in row), (wholes[period], -1)])
        elif all(found.true[cell] <= found.true[wholes[period]] for period, row in rows.items() for cell in row):
            for period, row in rows.items():
                for cell in row:
                    found.tie("a part is no more than all", [(wholes[period], 1), (cell, -1)], 0, MOST)


def _tie_years(found: Attack, key: Key, table: Whole) -> None:
    """A year is its months, or at least each of them, or its last: whichever is so of every group of the table."""
    groups = sorted({group for _, group in table})
    periods = [found.periods[name] for name in dict.fromkeys(period for period, _ in table)]
    for year in (each for each in periods if each.kind == "year"):
        months = [m for m in periods if m.kind == "month" and year.starts_on <= m.starts_on <= year.ends_on]
        if not months:
            continue
        for measure in (*MEASURES, *WHY):
            rows = [
                (_cell(key, year.id, group, measure), [_cell(key, month.id, group, measure) for month in months])
                for group in groups
            ]
            true = found.true
            if all(true[whole] == true[row[-1]] for whole, row in rows):
                for whole, row in rows:
                    found.tie("a year is as its last month", [(whole, 1), (row[-1], -1)])
            elif all(true[whole] == sum(true[cell] for cell in row) for whole, row in rows):
                for whole, row in rows:
                    found.tie("months make the year", [(whole, 1), *((cell, -1) for cell in row)])
            elif all(true[whole] >= sum(true[cell] for cell in row) for whole, row in rows):
                for whole, row in rows:
                    found.tie("months are within the year", [(whole, 1), *((cell, -1) for cell in row)], 0, MOST)
            elif all(true[whole] >= max(true[cell] for cell in row) for whole, row in rows):
                for whole, row in rows:
                    for cell in row:
                        found.tie("a month is within the year", [(whole, 1), (cell, -1)], 0, MOST)


SIDES: Final = (
    *(("in",), ("not",), ("base",), ("unknown",), ("base", "unknown"), ("in", "unknown"), ("not", "unknown")),
    *((measure,) for measure in WHY),
)


def _tie_indicators(found: Attack, tables: Table) -> None:
    """Two counts of different indicators that are the same wherever both are counted are the same count.

    Not where one counts what is about children and the other meetings, actions or requirements: alike by luck alone.
    """
    indicators = sorted({indicator for _, indicator, _ in tables})
    (number,) = {key[0] for key in tables}
    by_indicator: dict[str, dict[tuple[str, str, str], dict[str, int]]] = {name: {} for name in indicators}
    for key, table in tables.items():
        for (period, group), whole in table.items():
            counts = {measure: count or 0 for measure, count in counted(whole).items()}
            by_indicator[key[1]][key[2], period, group] = counts
    for first, second in combinations(indicators, 2):
        if INDICATORS[first].is_of_children != INDICATORS[second].is_of_children:
            continue
        places = by_indicator[first].keys() & by_indicator[second].keys()
        for one in SIDES:
            for other in SIDES if one[0] not in WHY else (one,):
                pairs = [
                    (
                        sum(by_indicator[first][place][m] for m in one),
                        sum(by_indicator[second][place][m] for m in other),
                    )
                    for place in places
                ]
                name = ""
                if any(a for a, _ in pairs) and all(a == b for a, b in pairs):
                    name, most = "two indicators count the same", 0
                elif _is_nested(first, second) and one == other and any(a for a, _ in pairs):
                    name, most = "one indicator counts part of another", MOST
                turns = [-1, 1] if all(a <= b for a, b in pairs) else [1, -1] if all(a >= b for a, b in pairs) else []
                for breakdown, period, group in places if name and turns else ():
                    here = [((number, first, breakdown, period, group, m), turns[0]) for m in one]
                    there = [((number, second, breakdown, period, group, m), turns[1]) for m in other]
                    found.tie(name, [*here, *there], 0, most)


def _is_nested(first: str, second: str) -> bool:
    """Whether two indicators are one question asked over shorter and longer spans (I60-3, I60-6)."""
    return first.partition("-")[0] == second.partition("-")[0]


def _tie_releases(found: Attack, tables: Table) -> None:
    """What no release shows to have moved in a month, and has not, is taken to be the same."""
    for (number, indicator, breakdown), table in tables.items():
        for later in range(number + 1, max(key[0] for key in tables) + 1):
            after = tables.get((later, indicator, breakdown), {})
            by_period: dict[str, list[str]] = defaultdict(list)
            for period, group in table:
                by_period[period].append(group)
            for period, groups in by_period.items():
                for group in groups:
                    if (period, group) not in after:
                        continue
                    for measure in (*MEASURES, *WHY):
                        was = (number, indicator, breakdown, period, group, measure)
                        now = (later, indicator, breakdown, period, group, measure)
                        if found.true[was] == found.true[now]:
                            found.tie("nothing has moved since", [(was, 1), (now, -1)])


def _read_limits(found: Attack, number: int, breakdown: str, line: Answer, whole: Answer) -> None:
    """A month's limits say out of how many it is judged: their distance from the mean goes by the root of it.

    Distance times root is the same for every month of one stretch, so the months shown give it, between two bounds,
    and each other month's limit then bounds the number counted there. As printed in the drawing's table: to one place.
    """
    drawing = line.drawing
    if drawing is None or "Upper limit" not in drawing.table_head or "Out of, known" not in drawing.table_head:
        return
    months = {figure.period.words: figure for figure in line.figures}
    true = {figure.period.words: figure.denominator or 0 for figure in whole.figures}
    for stretch in _stretches(drawing):
        spans = [
            ((reach - 0.1) * base**0.5, (reach + 0.1) * base**0.5)
            for month, reach in stretch
            if (base := months[month].denominator)
        ]
        least, most = max((a for a, _ in spans), default=1.0), min((b for _, b in spans), default=0.0)
        for month, reach in stretch if least <= most else ():
            if months[month].denominator is None and reach > 0.2:
                down, up = int((least / (reach + 0.1)) ** 2), int((most / (reach - 0.1)) ** 2) + 1
                if down <= true[month] <= up:
                    cell = (number, line.indicator, breakdown, months[month].period.id, line.group, "base")
                    found.tie("limits of a drawing", [(cell, 1)], down, up)


def _stretches(drawing: Drawing) -> Iterator[list[tuple[str, float]]]:
    """Months whose limits have one mean, each with how far its upper limit is from it."""
    run: list[tuple[str, float]] = []
    middle: float | None = None
    for words in drawing.table_rows:
        row = dict(zip(drawing.table_head, words, strict=True))
        low, high = (_share(row[name]) for name in ("Lower limit", "Upper limit"))
        if low is None or high is None or high >= 100:
            continue
        if low > 0:
            if middle is not None and abs((low + high) / 2 - middle) > 0.15:
                yield run
                run = []
            middle = (low + high) / 2
        if middle is not None:
            run.append((row["Month"], high - middle))
    yield run


def _share(words: str) -> float | None:
    return float(words.removesuffix("%")) if re.fullmatch(r"[\d.]+%", words) else None


def said_of_hidden(releases: Sequence[Answers]) -> list[str]:
    """Where words or a table print counts of a figure that is hidden, or a drawing has more points than are shown."""
    wrong = []
    for kept in releases:
        for indicator, breakdowns in kept.breakdowns.items():
            for breakdown in ("", *breakdowns) if kept.is_published(indicator) else ():
                whole = kept.by_group(indicator, "inside", breakdown)
                for group, line in kept.by_group(indicator, "publish", breakdown).items():
                    wrong += [f"{indicator} {group}: {each}" for each in _said(line, whole[group])]
    return wrong


def _said(line: Answer, whole: Answer) -> Iterator[str]:
    pairs = list(zip(line.figures, whole.figures, strict=True))
    shown = {each.words("per cent").partition(" (")[2] for each, _ in pairs if each.n_in is not None}
    drawing = line.drawing
    texts = [line.said.sentence, *line.said.warnings]
    texts += [drawing.caption, drawing.sentence, drawing.svg] if drawing else []
    for figure, true in pairs:
        counts = true.words("per cent").partition(" (")[2]
        if figure.n_in is None and counts not in shown and any(counts in text for text in texts):
            yield f"says {figure.period.words}"
    if drawing:
        months = {figure.period.words: figure for figure in line.figures}
        for row in drawing.table_rows:
            if row[1] != months[row[0]].n_in_words:
                yield f"tables {row[0]}"
        n_shown = sum(months[row[0]].n_in is not None for row in drawing.table_rows)
        if len(re.findall(r"<circle |<path d=\"M[\d.]+ [\d.]+m", drawing.svg)) > n_shown:
            yield "draws a point that is not shown"
