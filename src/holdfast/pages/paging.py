"""One page of a longer list, with what the pagination component asks of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest

Row = TypeVar("Row")
PAGE_SIZE = 50


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of `total`: those of page `number`, counting from 1."""

    rows: Sequence[Row]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def num_pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def paginator(self) -> "Page[Row]":
        """Itself: the component asks `page.paginator.num_pages`, as of Django's own pages."""
        return self

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.num_pages

    @property
    def previous_page_number(self) -> int:
        return min(self.number - 1, self.num_pages)

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def in_words(self) -> str:
        """ "51 to 100 of 230"; "none" past the end."""
        if not self.rows:
            return "none"
        first = offset(self.number, self.size) + 1
        return f"{first:,} to {first + len(self.rows) - 1:,} of {self.total:,}"


def offset(number: int, size: int = PAGE_SIZE) -> int:
    """How many rows come before a page. Page numbers below 1 count as 1."""
    return (max(number, 1) - 1) * size


def one_page(rows: Sequence[Row], number: int, size: int = PAGE_SIZE) -> Page[Row]:
    """One page of rows that are all there."""
    first = offset(number, size)
    return Page(rows[first : first + size], max(number, 1), len(rows), size)


def number_asked(request: HttpRequest, name: str, otherwise: int = 0) -> int:
    """A number that the address asks for; `otherwise` for anything odd."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked) < 1_000_000 else otherwise


def page_number(request: HttpRequest) -> int:
    """The page asked for; 1 for anything odd."""
    return number_asked(request, "page", 1)
