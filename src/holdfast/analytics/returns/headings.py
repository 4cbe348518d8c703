"""Tells a row of headings from a row of values, by what stands in it and under it, and what of a heading may be said.

A file without a heading row has a child in its first: what is said of its headings would then be that child's. Not
here: which row of a file is looked at (tabular.py), or what a heading means (each reader). Rule: where it is doubtful
it is a row of values; and whatever a row is, a cell of it that looks like a value is never said.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from holdfast.analytics.returns.tolerant import NO, NOT_RECORDED, NOTHING, YES, folded, plain, tidy, written_day
from holdfast.analytics.tables import codes, codes_looked_after

UNSAID: Final = "one whose heading looks like a value, and is not shown"
LONGEST_SHOWN: Final = 100
LONGEST_HEADING: Final = 140
KNOWN_ENOUGH: Final = 3
"""So many headings that are known make a row one of headings, unless values stand in it."""
LEAST_CONTRAST: Final = 2
LETTERED: Final = re.compile(r"[a-z]{1,2}\)\s*\S", re.IGNORECASE | re.ASCII)
POSTCODE: Final = re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b", re.IGNORECASE | re.ASCII)
WORD: Final = re.compile(r"[^\W\d_]{3,}")
MOST_FIGURES: Final = 3
STANDS_FOR_NOTHING: Final = frozenset({"unborn", "nfa", "pending", "tbc", "tba", "notyetknown", "notapplicable", "nk"})


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    """Every code of the lists that are held, and the words of each."""
    lists = (held for module in (codes, codes_looked_after) for held in vars(module).values() if _is_codes(held))
    return frozenset(folded(text) for held in lists for pair in held.items() for text in pair)


def _is_codes(held: object) -> bool:
    return isinstance(held, Mapping) and all(isinstance(text, str) for pair in held.items() for text in pair)


def is_value(text: str) -> bool:
    """Whether a text looks like a value: a day, a number, an id, a postcode, yes or no, a code or its words."""
    said = tidy(text)
    own = folded(said)
    if said.lower() in NOTHING or own in YES | NO | NOT_RECORDED | STANDS_FOR_NOTHING or own in _codes():
        return True
    if not said[:1].isalpha() or len(own) < 2 or len(said) > LONGEST_HEADING or written_day(said):
        return True
    if "@" in said or LETTERED.match(said) or POSTCODE.search(said):
        return True
    n_figures = sum(letter.isdigit() for letter in said)
    return bool(n_figures) and (n_figures > MOST_FIGURES or len(WORD.findall(said)) < 2)


def heading_words(text: str) -> str:
    """A heading as it may be said and kept: UNSAID for one that looks like a value."""
    return UNSAID if is_value(text) else text[:LONGEST_SHOWN]


def is_heading_row(row: Sequence[str], below: Sequence[Sequence[str]], n_known: int = 0) -> bool:
    """Whether a row is one of headings, by its texts and those of the rows under it; False where it is doubtful.

    It is where `n_known` of them are known and hardly any is like a value; or where it stands out from what is under
    it: words over days, numbers, ids and codes, in nearly every column that holds these.
    """
    if not may_be_headings(row, below, n_known):
        return False
    filled = [(place, text) for place, text in enumerate(row) if text]
    if n_known >= KNOWN_ENOUGH:
        return True
    of_values = [text for place, text in filled if _holds_values(below, place)]
    n_contrast = sum(not is_value(text) for text in of_values)
    return n_contrast >= LEAST_CONTRAST and 4 * n_contrast >= 3 * len(of_values)


def may_be_headings(row: Sequence[str], below: Sequence[Sequence[str]], n_known: int = 0) -> bool:
    """Whether nothing in a row speaks against its being one of headings: hardly a value, and none that comes again."""
    filled = [(place, text) for place, text in enumerate(row) if text]
    n_values = sum(is_value(text) for _, text in filled)
    if not filled or 4 * max(0, n_values - n_known) > len(filled):
        return False
    return not any(text in _under(below, place) for place, text in filled)


def _under(below: Sequence[Sequence[str]], place: int) -> Iterator[str]:
    return (cells[place] for cells in below if place < len(cells) and cells[place])


def _holds_values(below: Sequence[Sequence[str]], place: int) -> bool:
    """Whether most of what stands in a column looks like a value."""
    texts = [plain(text) for text in _under(below, place)]
    return bool(texts) and 3 * sum(map(is_value, texts)) >= 2 * len(texts)
