"""One filter: each cell of a table's row beside the words at the head of its column, for rows stacked on a phone."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from django import template

register = template.Library()


@register.filter
def labelling(head: Sequence[Any] | None, row: Sequence[Any]) -> list[tuple[Any, Any]]:
    """(cell, its column's head) for every cell of the row; "" where there is no head."""
    names = list(head or ())[: len(row)]
    return list(zip_longest(row, names, fillvalue=""))
