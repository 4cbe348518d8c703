"""Which sheet is which list, and which heading is which column: by the number, the title, or the headings themselves.

Not here: what a list is made of (lists.py). Rule: what matches nothing is named, so that it can be said; two that match
one are not chosen between in silence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from holdfast.analytics.returns.annex_a.lists import LISTS, Heading, ListShape
from holdfast.analytics.returns.tolerant import folded

NUMBERED = re.compile(r"(?:^|[^a-z])list[ _\-.]*0?(\d{1,2})(?!\d)", re.IGNORECASE)
YES_OR_NO = re.compile(r"\(\s*y\s*/\s*n\s*\)+", re.IGNORECASE)
LEAST_HEADINGS = 4  # so many known ones make a list of a sheet whose name says nothing


@dataclass(frozen=True)
class Matched:
    """A list's headings by place: `columns` what each place fills, `unknown` the headings that nobody knows.

    `nameless`: how many columns have no heading. `twice`: the headings of a column that another place fills already.
    """

    columns: Mapping[int, Heading]
    unknown: tuple[str, ...]
    twice: tuple[str, ...]

    @property
    def filled(self) -> frozenset[str]:
        return frozenset(heading.column for heading in self.columns.values())


def heading_key(text: str) -> str:
    """What headings are compared by: their letters and figures, whether or not "(Y/N)" stands behind them."""
    return folded(YES_OR_NO.sub("", text))


def _by_name(shape: ListShape) -> dict[str, Heading]:
    return {heading_key(name): heading for heading in shape.headings for name in heading.names}


KNOWN = {number: _by_name(shape) for number, shape in LISTS.items()}
TITLES = {folded(shape.title): number for number, shape in LISTS.items()}


def list_of_name(name: str) -> int | None:
    """The list that a sheet's or a file's name says it is; None where it says none."""
    found = NUMBERED.search(name)
    if found and int(found[1]) in LISTS:
        return int(found[1])
    return TITLES.get(folded(name))


def list_of_header(header: Sequence[str]) -> int | None:
    """The list whose headings these are; None where too few are known, or two lists know as many."""
    found = sorted(((score_of(number, header), number) for number in LISTS), reverse=True)
    (most, number), (next_most, _) = found[:2]
    has_all = set(LISTS[number].needed) <= {
        KNOWN[number][heading_key(text)].column for text in header if heading_key(text) in KNOWN[number]
    }
    return number if most >= LEAST_HEADINGS and most > next_most and has_all else None


def score_of(number: int, header: Sequence[str]) -> int:
    """How many different headings of the list stand in a row."""
    known = KNOWN[number]
    return len({known[heading_key(text)].names for text in header if heading_key(text) in known})


def any_score(header: Sequence[str]) -> int:
    """How much a row looks like the heading row of any list."""
    return max(score_of(number, header) for number in LISTS)


def matched(number: int, header: Sequence[str]) -> Matched:
    """Each heading's column. The first of two for one column is used."""
    known, columns, unknown, twice = KNOWN[number], dict[int, Heading](), list[str](), list[str]()
    seen: set[tuple[str, ...]] = set()
    for place, text in enumerate(header):
        heading = known.get(heading_key(text)) if text else None
        if heading is None:
            unknown += [text] if text else []
        elif heading.names in seen:
            twice.append(text)
        else:
            seen.add(heading.names)
            if heading.column:
                columns[place] = heading
    return Matched(columns, tuple(unknown), tuple(twice))
