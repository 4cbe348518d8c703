"""A table as a list of columns, each with its heading and what it prints of one thing; and the cells columns print.

    LATE = [Column("Action", action_link), Column("Owner", lambda action: action.owner.title)]
    table("Actions that are late", LATE, late)         {% include "components/table.html" with table=late only %}

Not here: how a table looks (components/table.html), or any number made into words: a cell arrives formatted.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from holdfast.pages.addresses import address
from holdfast.pages.table_rows import Cell, body_rows, hidden_key

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Column(Generic[Thing]):
    """A heading, and what the column prints of one thing. A numeric column is set to the right."""

    head: str
    cell: Callable[[Thing], Cell]
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """What components/table.html draws: the caption, the headings, rows of cells, and which columns are numeric."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    numeric_columns: Sequence[int]

    @cached_property
    def body(self) -> SafeString:
        """The rows as HTML, written once for every page that shows this table."""
        return body_rows(self.head, self.rows, self.numeric_columns)

    @cached_property
    def key(self) -> str:
        """The sentence that explains a bare “c” in it, looked for once; "" where there is none."""
        return hidden_key(self.body)

    def as_data(self) -> dict[str, Any]:
        """The same words without their links and colours: the caption, and each row by its headings."""
        rows = [dict(zip(self.head, map(plain, row), strict=False)) for row in self.rows]
        return {"caption": self.caption, "rows": rows}

    def in_words(self) -> str:
        """The same for a terminal: the caption, then each row over as many lines as it has headings that say anything.

        Words of a page are long, so a column of a terminal would cut them.
        """
        lines = [self.caption]
        for row in self.rows:
            name, *others = map(plain, row)
            lines.append(f"  {name}")
            lines += [f"    {head}: {said}" for head, said in zip(self.head[1:], others, strict=False) if said]
        return "\n".join(lines if self.rows else [*lines, "  None"])


def plain(cell: Cell) -> str:
    """What a cell says, without link or colour, what is under it in brackets; "" of one that only leads somewhere."""
    if not isinstance(cell, dict):
        return cell
    if cell.get("hidden"):
        return ""
    return f"{cell.get('text', '')} ({cell['hint']})" if cell.get("hint") else str(cell.get("text", ""))


def table(caption: str, columns: Sequence[Column[Thing]], things: Iterable[Thing]) -> Table:
    """One row per thing, in the order given. The first column names the thing, so it is the row's heading."""
    return Table(
        caption,
        [column.head for column in columns],
        [_row([column.cell(thing) for column in columns]) for thing in things],
        [place for place, column in enumerate(columns) if column.numeric],
    )


def _row(cells: list[Cell]) -> list[Cell]:
    name = cells[0]
    return [{**(name if isinstance(name, dict) else {"text": name}), "header": True}, *cells[1:]]


def link(text: str, name: str, *args: Any, hint: str = "", hidden: str = "", **query: str) -> dict[str, Any]:
    """A cell that leads to the page with that URL name; what is asked of it follows the "?", unless it is empty.

    `hidden` ends the link's words for those who hear them alone: Change (the holder of Head of practice).
    """
    asked = {key: value for key, value in query.items() if value}
    url = address(name, *args) + (f"?{urlencode(asked)}" if asked else "")
    return {"text": text, "url": url, "hint": hint, "hidden": hidden}


def tag(text: str, colour: str, hint: str = "") -> dict[str, Any]:
    """A cell with its words in a coloured tag. The colour says nothing that the words do not."""
    return {"text": text, "tag": colour, "hint": hint}


def facts(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    """Rows of components/summary_list.html. A fact that nobody gave is left out."""
    return [{"key": key, "value": value} for key, value in pairs if value]
