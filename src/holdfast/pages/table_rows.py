"""The rows of a table's body as HTML, each cell beside the words at the head of its column, for a phone.

Written in Python and not as templates, because a page has hundreds of cells (decision 43). Rule: whatever a cell says
is escaped here, each part of it once; nothing else in a page is written past the templates.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

Cell = str | dict[str, Any]
"""Words; or words with a link, a tag's colour or a hint under them (tables.link, tables.tag)."""


HIDDEN_KEY: Final = "A “c” is a number that is hidden to protect people: it is small, or would give a small one away."
"""What a bare “c” means, wherever one is printed."""
_BARE = re.compile(r"(?:^|>)c(?:$|<| of [\dc])|[:,] c of [\dc]")


def hidden_key(said: str) -> str:
    """The sentence that explains a bare “c” in words or in a table's rows; "" where there is none to explain."""
    return HIDDEN_KEY if _BARE.search(said) else ""


def list_key(rows: Iterable[Any]) -> str:
    """As hidden_key, of the values of a summary list, line by line. A row is a dict, or has them by name."""
    values = (row.get("value") if isinstance(row, Mapping) else getattr(row, "value", None) for row in rows or ())
    lines = (line for value in values if value is not None for line in str(value).splitlines())
    return HIDDEN_KEY if any(map(hidden_key, lines)) else ""


def body_rows(head: Sequence[str] | None, rows: Sequence[Sequence[Cell]], numeric_columns: Sequence[int]) -> SafeString:
    """The rows as HTML. A cell of words is a td; a cell with "header" is its row's th.

    A cell with "spans" heads the rows under it, across so many columns.
    """
    labels = [conditional_escape(label) for label in head or ()]
    numeric = set(numeric_columns or ())
    return SafeString("".join(_row(labels, row, numeric) for row in rows))


def _row(labels: Sequence[str], row: Sequence[Cell], numeric: set[int]) -> str:
    named = zip_longest(row, labels[: len(row)], fillvalue="")
    cells = "".join(_cell(cell, label, place in numeric) for place, (cell, label) in enumerate(named))
    return f'<tr class="govuk-table__row">{cells}</tr>\n      '


def _cell(cell: Cell, label: str, is_numeric: bool) -> str:
    words = _content(cell) if isinstance(cell, dict) else conditional_escape(cell)
    if isinstance(cell, dict) and cell.get("spans"):
        return f'<th scope="colgroup" colspan="{int(cell["spans"])}" class="govuk-table__header">{words}</th> '
    if isinstance(cell, dict) and cell.get("header"):
        return f'<th scope="row" data-label="{label}" class="govuk-table__header">{words}</th> '
    if is_numeric or (isinstance(cell, dict) and cell.get("numeric")):
        return f'<td data-label="{label}" class="govuk-table__cell govuk-table__cell--numeric">{words}</td> '
    return f'<td data-label="{label}" class="govuk-table__cell">{words}</td> '


def _content(cell: dict[str, Any]) -> str:
    """A cell's words, as a tag where it has a colour, as a link where it leads somewhere, and the hint under them."""
    said = {name: conditional_escape(value) for name, value in cell.items() if value}
    words = said.get("text", "")
    if "tag" in said:
        words = f'<strong class="govuk-tag govuk-tag--{said["tag"]}">{words}</strong>'
    elif "url" in said and "hidden" in said:
        words += f'<span class="govuk-visually-hidden"> {said["hidden"]}</span>'
    if "url" in said:
        elsewhere = ' rel="noopener noreferrer"' if "elsewhere" in said and "tag" not in said else ""
        words = f'<a class="govuk-link" href="{said["url"]}"{elsewhere}>{words}</a>'
    return f'{words}<span class="govuk-hint hf-cell-hint">{said["hint"]}</span>' if "hint" in said else words
