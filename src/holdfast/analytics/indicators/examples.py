"""A worked example of a definition: tiny tables in, the expected rows out, both as text that a person can check.

Read here; run on every engine by tests/spec, and printed on the definition's card. Rule: every definition has one
that shows the boundary and one that shows a missing value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from textwrap import dedent
from typing import Any

SHOWS = frozenset({"boundary", "missing"})


class UnreadableExample(ValueError):
    """A text table whose line does not have as many cells as its heading."""

    def __init__(self, line: str) -> None:
        super().__init__(f"This line of a worked example does not match its heading: {line!r}")


@dataclass(frozen=True)
class ShownTable:
    """A text table to be printed: an empty cell is "nothing", so that a reader sees that it is meant."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, caption: str, text: str) -> "ShownTable":
        rows = read_text_table(text)
        return cls(caption, tuple(rows[0]), tuple(tuple(cell or "nothing" for cell in row.values()) for row in rows))


@dataclass(frozen=True)
class Example:
    """`tables` and `rows` are text tables: a heading, then a line each, cells split by |, an empty cell is NULL.

    `shows` says what it demonstrates ("boundary", "missing"). Columns left out of a table are NULL, except as_at,
    which is then the example's. Only the columns that `rows` names are compared, for the `periods` named.
    """

    words: str
    shows: frozenset[str]
    tables: Mapping[str, str]
    periods: tuple[str, ...]
    rows: str
    as_at: date = date(2014, 3, 31)
    first_day: date = date(2010, 4, 1)

    def __post_init__(self) -> None:
        if not self.shows <= SHOWS:
            raise ValueError(f"An example shows any of {sorted(SHOWS)}, not {sorted(self.shows - SHOWS)}.")
        for text in (*self.tables.values(), self.rows):
            read_text_table(text)

    @property
    def shown(self) -> tuple[ShownTable, ...]:
        """Its tables in the order a person reads them: what is recorded, then what comes out of it."""
        given = [ShownTable.of(f"Recorded: {name}", text) for name, text in self.tables.items()]
        return (*given, ShownTable.of("What comes out", self.rows))

    @property
    def as_text(self) -> str:
        """The example as a terminal prints it."""
        tables = [f"{name}\n{dedent(text).strip()}" for name, text in self.tables.items()]
        return "\n\n".join([self.words, *tables, f"What comes out\n{dedent(self.rows).strip()}"])


def read_text_table(text: str) -> list[dict[str, str | None]]:
    """The rows of a text table, each cell as text; an empty cell is None."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    heading, found = lines[0], []
    for line in lines[1:]:
        if len(line) != len(heading):
            raise UnreadableExample(" | ".join(line))
        found.append({name: cell or None for name, cell in zip(heading, line, strict=True)})
    return found


def typed(cell: str | None, kind: str) -> Any:
    """A cell as a value of a column type: "string", "date", "boolean" ("yes" or "no") or "int32"."""
    if cell is None:
        return None
    if kind == "date":
        return date.fromisoformat(cell)
    if kind == "boolean":
        return {"yes": True, "no": False}[cell]
    return int(cell) if kind == "int32" else cell
