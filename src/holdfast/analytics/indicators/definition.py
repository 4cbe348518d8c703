"""What a definition of an indicator must say before it may be counted. Refused at import when anything is missing.

Not here: the definitions (definitions/, one file each), the shapes of a question
(questions.py) or how it is counted (calculation.py). Rule: a change of
meaning is a new version, never an edit of the old one's figures.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from holdfast.analytics.breakdowns import OF_ANY_RECORD
from holdfast.analytics.indicators.blocks import with_groups
from holdfast.analytics.indicators.examples import SHOWS, Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.tables.contracts import TABLES
from holdfast.analytics.unknowns import in_words

UNITS = ("per cent", "count")
POLARITIES = {
    "lower": "Lower is better",
    "higher": "Higher is better",
    "neither": "Neither way is better in itself",
}
CLOCKS = ("", "statutory", "DfE statistic")
CHARTS = ("xmr", "p")
# When a record counts: where it happened; where its limit falls due; where it began, once what follows is known; or at
# the period's last day. The first three add up from months to years, and no record counts twice in them.
KINDS = ("flow", "clock", "cohort", "stock")
MAY_BE_EMPTY = frozenset(
    {
        "base_head",
        "clock",
        "law",
        "elapsed_unit",
        "limit_words",
        "unverified",
        "paired_with",
        "version",
        "breakdowns",
        "still_open",
        "still_open_differs",
        "unknown_words",
        "part_of",
        "filled_up",
        "where_given",
    }
)


class IncompleteDefinition(ValueError):
    """A definition that does not say all it must."""

    def __init__(self, indicator: str, lacks: str) -> None:
        super().__init__(f"The definition of {indicator or 'an indicator'} cannot be used: {lacks}.")


@dataclass(frozen=True)
class Law:
    """An edition of the law that a limit comes from. A record that began before it was in force is not judged by it."""

    words: str
    in_force_from: date
    source: str


WORKING_TOGETHER_2013 = Law(
    "Working Together to Safeguard Children 2013",
    date(2013, 4, 15),
    "In force from 15 April 2013: 45 working days for an assessment, kept by every later edition, in place of 10 for "
    "an initial and 35 for a core assessment.",
)


@dataclass(frozen=True)
class Definition:
    """A question asked of one record at a time, with everything a reader needs to believe the answer.

    `rows` gives one row per record and period: unit_id, child, event_on (the day it is counted: of the event, or the
    period's last), period, in_numerator (true, false, or NULL for not known), elapsed, due_on, and who the child is
    (blocks.ASKED_SCHEMA). `unit` "count" has no denominator: every row is in. `in_head` and `base_head` head the two
    columns of counts; `counted` is what the base counts (of a count, what it counts itself), in the plural, as a
    sentence says it. `kind` is one of KINDS. `law` None: no edition changed what is counted. `unverified` lists
    the statements that nobody has yet checked against the document named.
    """

    id: str
    version: int
    title: str
    question: str
    numerator: str
    denominator: str
    left_out: str
    kind: str
    period_rule: str
    in_head: str
    base_head: str
    counted: str
    why: str
    unit: str
    polarity: str
    clock: str
    source: str
    unverified: tuple[str, ...]
    owner: str
    reviewed_on: date
    review_by: date
    tables: tuple[str, ...]
    gaming_risk: str
    paired_with: tuple[str, ...]
    chart: str
    elapsed_unit: str
    limit_words: str
    rows: Callable[[Held], Any]
    examples: tuple[Example, ...]
    law: Law | None = None
    breakdowns: tuple[str, ...] = OF_ANY_RECORD
    still_open: str = ""
    """The indicator of what is still open and already over the same limit, beside which this one is always shown."""
    still_open_differs: str = ""
    """What is counted otherwise there, where it stands beside this one; "" where both have one clock."""
    unknown_words: Mapping[str, str] = field(default_factory=in_words)
    """What is said of so many per cent that are not known, by why: "lack a date of conclusion"."""
    part_of: str = ""
    """The page on which it is read together with others, and not as one of the measures of a scorecard: "funnel". No
    figure of it is published: it is shown to those who may see small counts."""
    filled_up: tuple[str, ...] = ()
    """Flags that another return may fill up than the one that answers: held where either gives them (decision 170)."""
    where_given: tuple[str, ...] = ()
    """Columns that it reads where a return gives them, and is held without: an empty one decides nothing."""

    def __post_init__(self) -> None:
        for own in fields(self):
            if own.name not in MAY_BE_EMPTY and not getattr(self, own.name):
                raise IncompleteDefinition(self.id, f"{own.name} is empty")
        choices = {"unit": UNITS, "polarity": POLARITIES, "clock": CLOCKS, "chart": CHARTS, "kind": KINDS}
        for name, allowed in choices.items():
            if getattr(self, name) not in allowed:
                raise IncompleteDefinition(self.id, f"{name} must be one of {', '.join(filter(None, allowed))}")
        if (self.unit == "count") == bool(self.base_head):
            raise IncompleteDefinition(self.id, "base_head heads the denominator, which every unit but a count has")
        if self.counts_the_finished != bool(self.still_open):
            raise IncompleteDefinition(
                self.id, "still_open names what is open and over, beside which what was finished in time must stand"
            )
        if self.version < 1:
            raise IncompleteDefinition(self.id, "version starts at 1")
        if self.review_by <= self.reviewed_on:
            raise IncompleteDefinition(self.id, "review_by must be after reviewed_on")
        flags = {c.name for table in self.tables for c in TABLES[table].columns if c.type == "flag"}
        silent = {c.name for table in self.tables for c in TABLES[table].columns if c.says_nothing_when_empty}
        if not set(self.filled_up) <= flags & silent:
            raise IncompleteDefinition(self.id, "filled_up names flags of its tables whose empty cell is never a no")
        shown = frozenset[str]().union(*(example.shows for example in self.examples))
        if shown != SHOWS:
            raise IncompleteDefinition(self.id, f"no worked example shows the {' or the '.join(sorted(SHOWS - shown))}")

    @property
    def is_stock(self) -> bool:
        """Whether a figure is of one day, the period's last, and is to be worded as of that day."""
        return self.kind == "stock"

    @property
    def counts_the_finished(self) -> bool:
        """Whether it says how many were finished in time, which leaving late ones open would make look better."""
        return self.kind == "clock" or (self.kind == "flow" and bool(self.clock))

    @property
    def is_of_children(self) -> bool:
        """Whether its records are about children, so that its small counts are suppressed."""
        return any(TABLES[table].is_of_children for table in self.tables)

    @property
    def is_of_audits(self) -> bool:
        """Whether its records are cases that audits read: a sample already, which speaks for others by its interval."""
        return any("audits" in TABLES[table].supplied_by for table in self.tables)

    @property
    def law_from(self) -> date | None:
        """The day from which the law counted by was in force; None: it did not change."""
        return self.law.in_force_from if self.law else None

    @property
    def judged_from(self) -> date | None:
        """The first day on which anything is judged by its law, before which there is no figure; None: every day."""
        return self.law_from if self.kind in ("clock", "stock") else None

    @property
    def polarity_words(self) -> str:
        return POLARITIES[self.polarity]

    @property
    def card(self) -> tuple[tuple[str, str], ...]:
        """What the card says, in the order it is read: a heading and its words. What there is none of is left out."""
        facts = (
            ("Counted", self.numerator),
            ("Out of", self.denominator),
            ("Left out", self.left_out),
            ("Belongs to a period when", self.period_rule),
            ("Why it matters", self.why),
            ("Which way is better", self.polarity_words),
            ("Clock", " ".join(filter(None, (self.clock, self.limit_words)))),
            ("Law", f"{self.law.words}. {self.law.source}" if self.law else ""),
            ("How it can mislead", self.gaming_risk),
            ("Read beside", ", ".join(self.paired_with)),
            ("Source", self.source),
            ("Unverified", " ".join(self.unverified)),
            ("Owner", self.owner),
        )
        return tuple((head, words) for head, words in facts if words)

    @property
    def as_text(self) -> str:
        """The whole card as a terminal prints it, worked examples included."""
        head = f"{self.id} {self.title} (version {self.version})\n{self.question}"
        lines = [f"{name}: {words}" for name, words in self.card]
        return "\n\n".join([head, "\n".join(lines), *(f"Example. {example.as_text}" for example in self.examples)])

    def expression(self, held: Held) -> Any:
        """The definition's rows as a release keeps them: the columns of blocks.ROW_SCHEMA."""
        return with_groups(held, self.rows(held))
