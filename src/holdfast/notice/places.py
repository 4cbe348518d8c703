"""Which clauses a requirement claims, by place. Pure: places are data, clauses come from splitting.

A place is {section, item, sentences}: without `sentences`, every sentence of that item; the item "1" does not take in
the points under it ("1.1"). Rule: two requirements may claim one clause; a clause nobody claims is listed, never lost.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from holdfast.notice.splitting import HEADING, LEAD


class Placed(Protocol):
    @property
    def section(self) -> str: ...
    @property
    def item(self) -> str: ...
    @property
    def sentence(self) -> int: ...


Clause = TypeVar("Clause", bound=Placed)


def claimed(places: Sequence[Mapping[str, Any]], clauses: Iterable[Clause]) -> list[Clause]:
    """The clauses at those places, in the order of the text."""
    return [clause for clause in clauses if any(_is_at(place, clause) for place in places)]


def unclaimed(every_place: Iterable[Sequence[Mapping[str, Any]]], clauses: Iterable[Clause]) -> list[Clause]:
    """The clauses at no requirement's place. The heading of a known section, and words leading into its list, are
    the section's own and count as claimed."""
    places = [place for places in every_place for place in places]
    return [
        clause
        for clause in clauses
        if not (clause.section and clause.item in (HEADING, LEAD))
        and not any(_is_at(place, clause) for place in places)
    ]


def _is_at(place: Mapping[str, Any], clause: Placed) -> bool:
    sentences = place.get("sentences")
    return (
        place["section"] == clause.section
        and str(place["item"]) == clause.item
        and (sentences is None or clause.sentence in sentences)
    )


def in_words(places: Sequence[Mapping[str, Any]], sections: Sequence[Mapping[str, Any]]) -> list[str]:
    """Each place said: "Quality assurance systems, bullet 1, sentence 3"."""
    by_id = {section["id"]: section for section in sections}
    return [_one_in_words(place, by_id[place["section"]]) for place in places]


def _one_in_words(place: Mapping[str, Any], section: Mapping[str, Any]) -> str:
    item, words = str(place["item"]), str(section["title"])
    if item == LEAD:
        return f"{words}, opening words"
    if item == HEADING:
        return f"{words}, heading"
    top, *under = item.split(".")
    words += f", {section.get('items', 'bullet')} {top}" + (f", point {'.'.join(under)} under it" if under else "")
    numbers = place.get("sentences")
    if numbers:
        words += (", sentence " if len(numbers) == 1 else ", sentences ") + ", ".join(str(n) for n in numbers)
    return words
