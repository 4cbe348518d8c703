"""Which sheet is which list, and which heading is which column: by the number, the title, or the headings themselves.

Not here: what a list is made of (lists.py). Rule: what matches nothing is named, so that it can be said; two that match
one are not chosen between in silence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from holdfast.analytics.returns.annex_a.lists import LISTS, Heading, ListShape
from holdfast.analytics.returns.annex_a.own import NO_LIST, NOT_READ, column_key, heading_key, letter, means, sheet_is
from holdfast.analytics.returns.tabular import filled
from holdfast.analytics.returns.tolerant import folded

NUMBERED = re.compile(r"(?:^|[^a-z])list[ _\-.]*0?(\d{1,2})(?!\d)", re.IGNORECASE)
LEAST_HEADINGS = 4  # so many known ones make a list of a sheet whose name says nothing


@dataclass(frozen=True)
class Matched:
    """A list's headings by place: `columns` what each place fills, `unknown` the headings that nobody knows.

    `twice`: the headings of a column that another place fills already. `known`: every heading of the list there.
    `own`: the places of those that mean something by what somebody said, each with what they were called then.
    """

    columns: Mapping[int, Heading]
    unknown: Mapping[int, str]
    twice: tuple[str, ...]
    known: tuple[Heading, ...] = ()
    own: Mapping[int, str] = field(default_factory=dict)

    @property
    def filled(self) -> frozenset[str]:
        return frozenset(heading.column for heading in self.columns.values())


def _by_name(shape: ListShape) -> dict[str, Heading]:
    return {heading_key(name): heading for heading in shape.headings for name in heading.names}


KNOWN = {number: _by_name(shape) for number, shape in LISTS.items()}
TITLES = {folded(shape.title): number for number, shape in LISTS.items()}


def known_to(number: int) -> Mapping[str, Heading | None]:
    """By its key, what each heading means: a council's own names first; None for one that is left out on purpose."""
    own = means(number)
    if not own:
        return KNOWN[number]
    by_first = {heading.names[0]: heading for heading in LISTS[number].headings}
    return {**KNOWN[number], **{key: by_first.get(name) for key, name in own.items() if name in (NOT_READ, *by_first)}}


def list_of_name(name: str) -> int | None:
    """The list that somebody said a sheet or file of this name is, or that the name says; None where neither.

    NO_LIST where somebody said that it is none of them.
    """
    said = sheet_is(name)
    if said is not None:
        return said if said in LISTS else NO_LIST
    found = NUMBERED.search(name)
    if found and int(found[1]) in LISTS:
        return int(found[1])
    return TITLES.get(folded(name))


def list_of_header(header: Sequence[str]) -> int | None:
    """The list whose headings these are; None where too few are known, or two lists know as many."""
    found = sorted(((score_of(number, header), number) for number in LISTS), reverse=True)
    (most, number), (next_most, _) = found[:2]
    has_all = matched(number, header).filled.issuperset(LISTS[number].needed)
    return number if most >= LEAST_HEADINGS and most > next_most and has_all else None


def score_of(number: int, header: Sequence[str]) -> int:
    """How many different headings of the list stand in a row."""
    return _n_known(number, [heading_key(text) for text in header if text])


def _n_known(number: int, keys: Sequence[str]) -> int:
    known = known_to(number)
    return len({heading.names for key in keys if (heading := known.get(key)) is not None})


def any_score(header: Sequence[str]) -> int:
    """How much a row looks like the heading row of any list."""
    keys = [heading_key(text) for text in header if text]
    return max(_n_known(number, keys) for number in LISTS)


def likely_score(number: int | None, row: Sequence[str]) -> int:
    """How much a row looks like a heading row, of a list or of any, where hardly a heading may be known: by its words.

    A row of two known headings goes before any of which fewer are.
    """
    n_known = any_score(row) if number is None else score_of(number, row)
    return 1_000 * n_known if n_known > 1 else filled(row)


def matched(number: int, header: Sequence[str], first: int = 0) -> Matched:
    """Each heading's column, of a list that begins in the column of place `first`. The first of two for one column is
    used."""
    known, said = known_to(number), means(number)
    columns, unknown, own, twice = dict[int, Heading](), dict[int, str](), dict[int, str](), list[str]()
    seen: dict[tuple[str, ...], Heading] = {}
    for place, text in enumerate(header):
        called = column_key(first + place, text) if said else ""
        key = heading_key(called) if said and heading_key(called) in said else heading_key(text)
        if text and key not in known:
            unknown[place] = text
        if key in said:
            own[place] = text if key == heading_key(text) else called
        heading = known.get(key) if text or place in own else None
        if heading is None:
            continue
        if heading.names in seen:
            twice.append(text or f"in column {letter(first + place)}")
        else:
            seen[heading.names] = heading
            if heading.column:
                columns[place] = heading
    return Matched(columns, unknown, tuple(twice), tuple(seen.values()), own)
