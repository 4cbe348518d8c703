"""Which days are known: of one table, of what an indicator needs, of a period. Outside them a figure is not held.

A span is a first and a last day, both included; spans are in order and apart. Not here: what a reading gives
(returns/reading.py) or who counts (calculation.py). Rule: a day that nothing answers for is never counted as nought.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from holdfast.analytics.calendar import add_months
from holdfast.analytics.figure import Period, date_words, financial_year

Span = tuple[date, date]
Spans = tuple[Span, ...]
NOT_HELD = "not held"
Settled = Mapping[str, Mapping[str, Mapping[str, int]]]
"""How many conflicts between kinds of return were settled: by table, by the kind whose value was used, by rule."""
_DAY = timedelta(days=1)


def joined(*every: Spans) -> Spans:
    """The days of any of these. Spans that touch become one."""
    found: list[Span] = []
    for first, last in sorted(span for spans in every for span in spans):
        if found and first <= found[-1][1] + _DAY:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def common(*every: Spans) -> Spans:
    """The days of all of these."""
    found, *others = every
    for spans in others:
        pairs = ((max(a, c), min(b, d)) for a, b in found for c, d in spans)
        found = joined(tuple((first, last) for first, last in pairs if first <= last))
    return found


def last_held(spans: Spans, day: date) -> Span | None:
    """The last unbroken days that begin by a day, no further than to it; None where none do."""
    own = [(first, min(last, day)) for first, last in spans if first <= day]
    return own[-1] if own else None


@dataclass(frozen=True)
class Part:
    """Days of one table that one load answers for, and the columns that it fills. `over`: the kinds it stood before."""

    first: date
    last: date
    kind: str
    load: str
    columns: frozenset[str]
    over: tuple[str, ...] = ()

    def as_facts(self) -> dict[str, Any]:
        facts = {"from": str(self.first), "to": str(self.last), "kind": self.kind, "load": self.load}
        return {**facts, "over": list(self.over), "columns": sorted(self.columns)}


@dataclass(frozen=True)
class Cover:
    """What a snapshot knows, table by table: parts in order, no day in two of them. A table that is not there: none."""

    tables: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    settled: Settled = field(default_factory=dict)
    filled: Mapping[str, Spans] = field(default_factory=dict)
    """Columns that no kind which answers for a day fills, and the days on which others fill them up (135, 170)."""

    def spans(self, table: str, columns: Collection[str] = ()) -> Spans:
        """The days of a table on which all of these columns are filled."""
        parts = self.tables.get(table, ())
        return joined(tuple((part.first, part.last) for part in parts if part.columns.issuperset(columns)))

    def of(self, needs: Mapping[str, Collection[str]], filled_up: Collection[str] = ()) -> Spans:
        """The days on which every table and column of these is held; those of `filled_up`, held or filled up."""
        own = (self.spans(table, set(columns) - set(filled_up)) for table, columns in needs.items())
        wanted = ((table, name) for table, columns in needs.items() for name in columns if name in filled_up)
        return common(*own, *(joined(self.spans(table, (name,)), self.filled.get(name, ())) for table, name in wanted))

    def columns(self) -> frozenset[str]:
        """Every column that is held on some day, or filled up on one: what records can be told apart by."""
        return self.answered() | self.filled.keys()

    def answered(self) -> frozenset[str]:
        """Every column that is held on some day."""
        return frozenset(column for parts in self.tables.values() for part in parts for column in part.columns)

    def filled_on(self, columns: Collection[str]) -> Spans | None:
        """The days on which columns that are only filled up all are; None where the kinds that answer fill them."""
        only = [self.filled[column] for column in columns if column in self.filled]
        return common(*only) if only else None

    def as_facts(self) -> dict[str, Any]:
        return {table: [part.as_facts() for part in parts] for table, parts in sorted(self.tables.items())}

    def source_facts(self) -> dict[str, Any]:
        """Which kind answers for which days of each table, and before which others: what a release keeps of it.

        `settled`: how many conflicts its values settled, by rule, where there was any; said once for each kind.
        """
        return {table: self._source_facts(table, parts) for table, parts in sorted(self.tables.items())}

    def _source_facts(self, table: str, parts: Sequence[Part]) -> list[dict[str, Any]]:
        left = {kind: dict(by_rule) for kind, by_rule in self.settled.get(table, {}).items()}
        facts = []
        for (kind, over), spans in _by_kind(parts).items():
            fact = {"kind": kind, "over": list(over), "spans": [[str(first), str(last)] for first, last in spans]}
            by_rule = left.pop(kind, None)
            facts.append(fact | ({"settled": by_rule} if by_rule else {}))
        facts += [{"kind": kind, "over": [], "spans": [], "settled": by_rule} for kind, by_rule in left.items()]
        return facts

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> "Cover":
        def part(said: Mapping[str, Any]) -> Part:
            first, last = (date.fromisoformat(said[name]) for name in ("from", "to"))
            return Part(first, last, said["kind"], said["load"], frozenset(said["columns"]), tuple(said["over"]))

        return cls({table: tuple(part(said) for said in parts) for table, parts in facts.items()})


def _by_kind(parts: Sequence[Part]) -> dict[tuple[str, tuple[str, ...]], Spans]:
    found: dict[tuple[str, tuple[str, ...]], Spans] = {}
    for part in parts:
        found[part.kind, part.over] = joined(found.get((part.kind, part.over), ()), ((part.first, part.last),))
    return found


def held_periods(asked: Sequence[Period], spans: Spans) -> tuple[Period, ...]:
    """Those of the periods asked for that can be given: whole months; whole years; and of a year, its longest part.

    A month of which some days are not held is not given: beside whole months it would look like a fall. A part-year
    begins on the first of a month, so that nobody can subtract whole months to find what is left of one.
    """
    given = (_year(period, spans) if period.kind == "year" else _month(period, spans) for period in asked)
    return tuple(period for period in given if period is not None)


def _month(month: Period, spans: Spans) -> Period | None:
    return month if is_within(month, spans) else None


def is_within(period: Period, spans: Spans) -> bool:
    """Whether all of a period's days are among these, without a gap."""
    return any(first <= period.starts_on and period.ends_on <= last for first, last in spans)


def _year(year: Period, spans: Spans) -> Period | None:
    ending = int(year.id.removeprefix("FY"))
    whole = financial_year(ending)
    runs = []
    for first, last in common(spans, ((whole.starts_on, whole.ends_on),)):
        begins = first if first.day == 1 else add_months(first.replace(day=1), 1)
        if begins <= last:
            runs.append((last - begins, begins, last))
    if not runs:
        return None
    _, first, last = max(runs)
    return financial_year(ending, since=first, as_at=last)


def not_held_words(period: Period, spans: Spans) -> str:
    """ "not held"; or, where some of the period's days are held, which. The one place for these words."""
    some = common(spans, ((period.starts_on, period.ends_on),))
    return f"{NOT_HELD}: only {spans_words(some)} is held" if some else NOT_HELD


def spans_words(spans: Spans) -> str:
    """ "1 April 2010 to 31 March 2012 and 1 April 2013 to 31 January 2014"; "no day" for none."""
    words = [date_words(a) if a == b else f"{date_words(a)} to {date_words(b)}" for a, b in spans]
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:]))) or "no day"


def as_pairs(spans: Spans) -> list[list[str]]:
    """Spans as pairs of ISO dates, to be kept."""
    return [[first.isoformat(), last.isoformat()] for first, last in spans]


def as_spans(said: Iterable[Sequence[str]]) -> Spans:
    """Spans from pairs of ISO dates, as they are kept."""
    return tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in said)
