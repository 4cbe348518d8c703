"""What one census rule is: its code, what it says, the SELECT that finds the rows it names, and its worked examples.

Not here: the rules (a folder for each census year) and running them (running.py). A rule's function gives a SELECT over
the census's modules as tables, of the numbers of the rows that break it. What it may name beside the elements: `row`
(0-based, in the order given) and the keys `child`, `episode`, `plan` and `assessment`, which follow from LAchildID,
CINdetailsID, CPPID and AssessmentID; $start and $reference (the census year's first day and the reference date),
$year_end, $n_working_days_before_... and $CODES (a list of tables/codes.py, of the year); ABSENT(x.Element), true where
nothing was sent. Rule: every column is written alias.Element, since what a rule needs is read from its SELECT.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from holdfast.analytics.validation.modules import KEYS, MODULES

ALIAS = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)\s+(\w+)")
COLUMN = re.compile(r"\b(\w+)\.(\w+)")
FROM_HEADER = re.compile(r"\$(start|reference|n_)")


@dataclass(frozen=True)
class Rule:
    """`module` is where its rows are; `fields` the elements that the DfE lists with it; `words` our own short message.

    `fails` and `passes` are worked examples: modules as small tables; a row that the rule names begins with "!".
    `is_of_return`: it counts over the whole return, and names no row. `elsewhere`: other modules that it names rows in.
    """

    code: str
    severity: Literal["error", "query"]
    module: str
    fields: tuple[str, ...]
    words: str
    fails: str
    passes: str
    is_of_return: bool
    elsewhere: tuple[str, ...]
    select: Callable[..., str]

    @property
    def reading(self) -> str:
        """The reading taken where the rule's text leaves room, and what an empty value means to it, for readers."""
        return " ".join((self.select.__doc__ or "").split())

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules it names rows in, its own first."""
        return (self.module, *self.elsewhere)

    def sql(self, module: str) -> str:
        """The SELECT of the rows it names in this one of its modules."""
        return self.select(module) if self.elsewhere else self.select()

    @property
    def needs(self) -> frozenset[tuple[str, str]]:
        """(module, element): every element that must be there before it can be run."""
        needed: set[tuple[str, str]] = set()
        for own in self.modules:
            needed |= _needs(self.sql(own))
        return frozenset(needed)


def _needs(sql: str) -> set[tuple[str, str]]:
    modules = {alias: module for module, alias in ALIAS.findall(sql) if module in MODULES}
    needed = {(module, "") for module in modules.values()}
    for alias, name in COLUMN.findall(sql):
        if alias in modules:
            needed |= {(modules[alias], element) for element in KEYS.get(name, (name,)) if element != "row"}
    if FROM_HEADER.search(sql):
        needed.add(("Header", "ReferenceDate"))
    return needed


def rule(
    code: str,
    severity: Literal["error", "query"],
    module: str,
    fields: str,
    words: str,
    *,
    fails: str,
    passes: str,
    is_of_return: bool = False,
    elsewhere: str = "",
) -> Callable[[Callable[..., str]], Rule]:
    """Makes a rule of the function below it, whose docstring is the reading taken."""

    def made(select: Callable[..., str]) -> Rule:
        return Rule(
            code,
            severity,
            module,
            tuple(fields.split()),
            words,
            fails,
            passes,
            is_of_return,
            tuple(elsewhere.split()),
            select,
        )

    return made
