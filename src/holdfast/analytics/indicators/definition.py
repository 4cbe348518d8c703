"""What a definition of an indicator must say before it may be counted. Refused at import when anything is missing.

Not here: the definitions (definitions/, one file each) or how they are counted (calculate.py). Rule: a change of
meaning is a new version, never an edit of the old one's figures.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from holdfast.analytics.indicators.blocks import BREAKDOWNS, with_age_band
from holdfast.analytics.indicators.examples import SHOWS, Example
from holdfast.analytics.indicators.held import Held

UNITS = ("per cent", "count")
POLARITIES = ("lower", "higher", "neither")
CLOCKS = ("", "statutory", "DfE statistic")
CHARTS = ("xmr", "p")
MAY_BE_EMPTY = frozenset(
    {"clock", "elapsed_unit", "limit_words", "unverified", "paired_with", "version", "breakdowns", "does_without"}
)


class IncompleteDefinition(ValueError):
    """A definition that does not say all it must."""

    def __init__(self, indicator: str, lacks: str) -> None:
        super().__init__(f"The definition of {indicator or 'an indicator'} cannot be used: {lacks}.")


@dataclass(frozen=True)
class Definition:
    """A question asked of one record at a time, with everything a reader needs to believe the answer.

    `rows` gives one row per record and period: unit_id, child, event_on (the day it is counted: of the event, or the
    period's last), period, in_numerator (true, false, or NULL for not known), elapsed, due_on, and who the child is
    (blocks.ASKED_SCHEMA). `unit` "count" has no denominator: every row is in.
    `does_without`: columns that it asks for and can do without; where any other is missing it is not held.
    `unverified` lists the statements that nobody has yet checked against the document named.
    """

    id: str
    version: int
    title: str
    question: str
    numerator: str
    denominator: str
    left_out: str
    period_rule: str
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
    breakdowns: tuple[str, ...] = BREAKDOWNS
    does_without: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for field in fields(self):
            if field.name not in MAY_BE_EMPTY and not getattr(self, field.name):
                raise IncompleteDefinition(self.id, f"{field.name} is empty")
        choices = {"unit": UNITS, "polarity": POLARITIES, "clock": CLOCKS, "chart": CHARTS}
        for name, allowed in choices.items():
            if getattr(self, name) not in allowed:
                raise IncompleteDefinition(self.id, f"{name} must be one of {', '.join(filter(None, allowed))}")
        if self.version < 1:
            raise IncompleteDefinition(self.id, "version starts at 1")
        if self.review_by <= self.reviewed_on:
            raise IncompleteDefinition(self.id, "review_by must be after reviewed_on")
        shown = frozenset[str]().union(*(example.shows for example in self.examples))
        if shown != SHOWS:
            raise IncompleteDefinition(self.id, f"no worked example shows the {' or the '.join(sorted(SHOWS - shown))}")

    def expression(self, held: Held) -> Any:
        """The definition's rows as a release keeps them: the columns of blocks.ROW_SCHEMA."""
        return with_age_band(held, self.rows(held))
