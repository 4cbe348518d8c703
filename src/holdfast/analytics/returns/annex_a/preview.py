"""What a file's headings mean so far, and which heading of ours each other one surely means: for somebody to confirm.

Not here: what is done with the answer (own.py). Rules: a suggestion is made only where the words of both agree and what
stands under the heading can be read as ours is, it says why, and it is never taken by itself; headings are said, and
never a value: of a row that may be one of values nothing is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns.annex_a import matching
from holdfast.analytics.returns.annex_a.lists import LISTS, Heading, readers
from holdfast.analytics.returns.annex_a.own import NO_LIST, heading_row
from holdfast.analytics.returns.hardened_xml import XmlFile
from holdfast.analytics.returns.headings import KNOWN_ENOUGH, UNSAID, heading_words
from holdfast.analytics.returns.tabular import Sheet, Tables
from holdfast.analytics.returns.tolerant import CellTexts, tidy
from holdfast.analytics.returns.unknown import what_else

KINDS_WITH_OWN_HEADINGS: Final = ("annex_a",)
"""The kinds of return whose headings somebody may say the meaning of."""
NOT_HEADED: Final = (
    "It seems to have no heading row: its first rows may hold values, so nothing of them is shown. Where it has one, "
    "say which row it is; else put a row of headings above the list, as Annex A has them, and send it again."
)
NOT_HEADED_THERE: Final = (
    "Row {}, which was said to hold its headings, looks like one of values, so nothing of it is shown. Look again "
    "which row it is."
)
AGREES: Final = 0.6
"""So much of the words of two headings, taken together, must be in both; and of no other heading nearly as much."""
CLEARLY_MORE: Final = 0.15
SAYS_LITTLE: Final = frozenset(
    {
        *("a", "an", "and", "at", "by", "child", "childs", "children", "current", "d", "for", "in", "is", "latest"),
        *("most", "n", "of", "on", "or", "rec", "recd", "received", "recent", "s", "the", "this", "to", "was", "with"),
        "y",
    }
)
SAME_WORD: Final = {"dob": "date birth", "sex": "gender", "ref": "referral", "icpc": "initial conference"} | {
    "cpp": "protection plan",
    "started": "start",
    "starts": "start",
    "ended": "end",
    "dates": "date",
    "referred": "referral",
    "assessed": "assessment",
    "ethnic": "ethnicity",
}
OFTEN_SAID: Final = frozenset({"no", "number", "origin", "note", "notes", "comment", "comments", "office", "area"})
"""Words of headings, beside those of our own."""
READS_AS: Final = {"date": "days", "flag": "yes and no", "not": "yes and no", "count": "whole numbers"}


@dataclass(frozen=True)
class Suggestion:
    """The heading of ours that one surely means, and why, in words that end a sentence."""

    heading: str
    why: str


@dataclass(frozen=True)
class SheetSeen:
    """A sheet of a file as its headings are understood now. `number` None: which list it is, nobody has said; 0: none.

    `unknown` are its headings that mean nothing yet, each with what it surely means (None: nothing); `lacking` the
    headings of the list that nothing in the sheet means. `n_unsaid`: how many of its headings look like values, and are
    not said. `problem`: why nothing of its headings is said, "" where they are; `asks_for_row` where its heading row
    may be said by its number.
    """

    name: str
    number: int | None
    unknown: Mapping[str, Suggestion | None] = field(default_factory=dict)
    lacking: tuple[str, ...] = ()
    n_unsaid: int = 0
    problem: str = ""
    asks_for_row: bool = False

    @property
    def n_questions(self) -> int:
        """How many things somebody may still say of it."""
        return 0 if self.problem else 1 if self.number is None else len(self.unknown)


def headings_seen(path: Path) -> list[SheetSeen]:
    """Each sheet or file of a submission that is a table of rows, by its headings alone; [] where none is.

    Raises UnreadableReturn for what cannot be opened.
    """
    if path.is_file() and (what_else(path) or XmlFile("annex_a", "Message").is_meant(path)):
        return []
    tables = Tables(path, "annex_a")
    found = (_sheet_seen(tables, name) for name in tables.names)
    return [seen for seen in found if seen is not None]


def _sheet_seen(tables: Tables, name: str) -> SheetSeen | None:
    number = matching.list_of_name(name)
    try:
        row = heading_row(name)
        sheet = tables.open(name, partial(matching.likely_score, None), row=row)
        number = matching.list_of_header(sheet.header) if number is None else number
        if number:
            sheet = tables.open(name, partial(matching.likely_score, number), row=row)
    except UnreadableReturn as problem:
        return SheetSeen(name, number, problem=str(problem))
    return _seen(name, number, sheet) if sheet.is_said or _is_table(sheet) else None


def _is_table(sheet: Sheet) -> bool:
    """Whether there are two headings or more, and rows as wide, or headings that are known: prose is no table."""
    n_heads = sum(map(bool, sheet.header))
    is_wide = any(sum(map(bool, cells)) >= max(2, n_heads / 2) for cells in sheet.below)
    return n_heads > 1 and (is_wide or matching.any_score(sheet.header) >= KNOWN_ENOUGH)


def _seen(name: str, number: int | None, sheet: Sheet) -> SheetSeen:
    if number == NO_LIST:
        return SheetSeen(name, number)
    found = matching.matched(number, sheet.header) if number else None
    if not sheet.is_headed(len(found.known) if found else matching.any_score(sheet.header)):
        words = NOT_HEADED_THERE.format(sheet.header_row) if sheet.is_said else NOT_HEADED
        return SheetSeen(name, number, problem=words, asks_for_row=True)
    texts = found.unknown if found else tuple(filter(None, sheet.header))
    shown = [text for text in texts if heading_words(text) != UNSAID and not (sheet.is_said and _is_strange(text))]
    n_unsaid = len(texts) - len(shown)
    if found is None or number is None:
        return SheetSeen(name, None, dict.fromkeys(shown), n_unsaid=n_unsaid)
    has = {heading.names[0] for heading in found.known}
    lacking = [heading for heading in LISTS[number].headings if heading.names[0] not in has]
    suggested = {text: _suggestion(text, sheet, lacking) for text in shown}
    return SheetSeen(name, number, suggested, tuple(heading.names[0] for heading in lacking), n_unsaid)


def _suggestion(text: str, sheet: Sheet, lacking: Sequence[Heading]) -> Suggestion | None:
    """What a heading surely means: the words agree with one heading's as with no other's, and so does what is under."""
    own = _words(text)
    likeness = sorted(
        ((max(_agreement(own, _words(name)) for name in heading.names), heading) for heading in lacking),
        key=lambda pair: pair[0],
        reverse=True,
    )
    if not likeness or likeness[0][0] < AGREES or (likeness[1:] and likeness[1][0] > likeness[0][0] - CLEARLY_MORE):
        return None
    heading = likeness[0][1]
    under = [cells[place] for cells in sheet.below for place in [sheet.header.index(text)] if place < len(cells)]
    if not _is_read_by(heading.reader, [cell for cell in under if cell]):
        return None
    words = sorted(own & set().union(*map(_words, heading.names)))
    what = READS_AS.get(heading.reader)
    return Suggestion(
        heading.names[0],
        f"both say {_listed(words)}{f', and {what} stand under it' if what else ''}",
    )


def _is_strange(text: str) -> bool:
    """Whether a heading shares no word with any of ours: of a row that somebody pointed at, it may be a name."""
    return _words(text).isdisjoint(_our_words())


@lru_cache(maxsize=1)
def _our_words() -> frozenset[str]:
    names = (name for shape in LISTS.values() for heading in shape.headings for name in heading.names)
    return frozenset().union(*map(_words, names)) | OFTEN_SAID


def _listed(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in words]
    return " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


def _words(text: str) -> frozenset[str]:
    """The words of a heading that say something, each in one form."""
    said = re.findall(r"[a-z0-9]+", tidy(text).lower().replace("'", ""))
    return frozenset(word for each in said for word in SAME_WORD.get(each, each).split() if word not in SAYS_LITTLE)


def _agreement(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _is_read_by(reader: str, cells: Sequence[str]) -> bool:
    """Whether what stands under a heading is mostly read as one of ours is; a text must not be mostly days."""
    if reader == "none":
        return True
    own, days = readers()[reader], readers()["date"]
    is_text = isinstance(own, CellTexts)
    n_read = sum(_reads(days if is_text else own, cell) for cell in cells)
    return bool(cells) and (2 * n_read < len(cells) if is_text else 3 * n_read >= 2 * len(cells))


def _reads(reader: Mapping[str, object], cell: str) -> bool:
    try:
        return reader[cell] is not None
    except KeyError:
        return False


def headings_of(number: int) -> tuple[str, ...]:
    """The headings of a list, by their first names, in the order of Annex A."""
    return tuple(heading.names[0] for heading in LISTS[number].headings)


def list_titles() -> Mapping[int, str]:
    """The lists that can be read, by number."""
    return {number: shape.title for number, shape in LISTS.items() if shape.needed}
