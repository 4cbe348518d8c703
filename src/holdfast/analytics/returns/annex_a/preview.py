"""What a file's headings mean so far, and which heading of ours each other one is most like: for somebody to confirm.

Not here: what is done with the answer (own.py). Rule: a suggestion is shown and never taken by itself; headings are
said, and never a value that stands under one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path

from holdfast.analytics.returns.annex_a import matching
from holdfast.analytics.returns.annex_a.lists import LISTS
from holdfast.analytics.returns.tabular import Tables
from holdfast.analytics.returns.tolerant import tidy

LIKE_ENOUGH = 0.6


@dataclass(frozen=True)
class SheetSeen:
    """A sheet of a file as its headings are understood now. `number` None: which list it is, nobody has said.

    `unknown` are its headings that mean nothing yet, each with the heading of the list that is most like it ("": none);
    `lacking` the headings of the list that nothing in the sheet means.
    """

    name: str
    number: int | None
    unknown: Mapping[str, str]
    lacking: tuple[str, ...]


def headings_seen(path: Path) -> list[SheetSeen]:
    """Each sheet or file of a submission that has two headings or more, by those alone. Raises UnreadableReturn."""
    tables = Tables(path, "annex_a")
    seen = []
    for name in tables.names:
        number = matching.list_of_name(name)
        header = tables.open(name, matching.any_score).header
        number = matching.list_of_header(header) if number is None else number
        if number is not None:
            header = tables.open(name, partial(matching.score_of, number)).header
        if sum(map(bool, header)) > 1:
            seen.append(_seen(name, number, header))
    return seen


def _seen(name: str, number: int | None, header: tuple[str, ...]) -> SheetSeen:
    if number is None:
        return SheetSeen(name, None, dict.fromkeys(filter(None, header), ""), ())
    found = matching.matched(number, header)
    has = {heading.names[0] for heading in found.known}
    lacking = tuple(heading.names[0] for heading in LISTS[number].headings if heading.names[0] not in has)
    return SheetSeen(name, number, {text: _most_like(text, lacking) for text in found.unknown}, lacking)


def _most_like(text: str, lacking: tuple[str, ...]) -> str:
    """The heading most like a text, where one is like it at all and no other as much."""
    likeness = sorted(
        ((SequenceMatcher(None, tidy(text).lower(), name.lower()).ratio(), name) for name in lacking), reverse=True
    )
    if not likeness or likeness[0][0] < LIKE_ENOUGH or (len(likeness) > 1 and likeness[0][0] == likeness[1][0]):
        return ""
    return likeness[0][1]


def headings_of(number: int) -> tuple[str, ...]:
    """The headings of a list, by their first names, in the order of Annex A."""
    return tuple(heading.names[0] for heading in LISTS[number].headings)


def list_titles() -> Mapping[int, str]:
    """The lists that can be read, by number."""
    return {number: shape.title for number, shape in LISTS.items() if shape.needed}
