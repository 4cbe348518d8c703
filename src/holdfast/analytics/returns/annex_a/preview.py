"""What a file's headings mean so far, and which heading of ours each other one surely means: for somebody to confirm.

Not here: what is done with the answer (own.py). Rules: a suggestion is made only where the words of both agree and what
stands under the heading can be read as ours is, it says why, and it is never taken by itself; headings are said, and
never a value: of a row that may be one of values nothing is.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns.annex_a import matching
from holdfast.analytics.returns.annex_a.lists import LISTS, Heading, readers
from holdfast.analytics.returns.annex_a.own import NO_LIST, column_key, heading_key, heading_row, letter, said_elsewhere
from holdfast.analytics.returns.annex_a.readable import two_headed
from holdfast.analytics.returns.hardened_xml import XmlFile
from holdfast.analytics.returns.headings import KNOWN_ENOUGH, UNSAID, heading_words, is_value
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
    "Row {}, which was said to hold its headings, looks like one of values, so nothing of it is shown, and nothing of "
    "it is read as a child’s. Look again which row it is. If it is this one, and its headings are codes, say what each "
    "column means by its letter."
)
NO_LIST_THERE: Final = "It seems to hold no list. If it does, say which row holds its headings."
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

    `unknown` are its headings that mean nothing yet, each with what it surely means (None: nothing); `unsaid` its
    columns of which that cannot be said, since their headings look like values or there is none: by what each is called
    (own.column_key), its letter. `said` is what somebody said before of the columns that are there; `lacking` are the
    headings of the list that nothing in the sheet means, and `needs` those of them without which it cannot be read.
    `problem`: why nothing of its headings is said, "" where they are; `asks_for_row` where it cannot go on before its
    heading row is said by its number. `row`: the heading row as it is taken, None where none could be looked for.
    """

    name: str
    number: int | None
    unknown: Mapping[str, Suggestion | None] = field(default_factory=dict)
    lacking: tuple[str, ...] = ()
    unsaid: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    problem: str = ""
    asks_for_row: bool = False
    row: int | None = None
    is_list: bool = True

    @property
    def n_questions(self) -> int:
        """How many things have still to be said of it. A column that cannot be shown is counted where the list
        cannot be read without, and no other is left."""
        if not self.is_list or (self.problem and not self.row):
            return 0
        if self.number is None:
            return 1
        return 0 if self.asks_for_row else len(self.unknown) or (len(self.unsaid) if self.needs else 0)


@dataclass(frozen=True)
class RowSeen:
    """One of the first rows of a sheet, of which no value is said: how many of its cells are filled, how many of these
    look like values, and which are headings of a list, by our own names."""

    number: int
    n_filled: int
    n_values: int
    known: tuple[str, ...]


def headings_seen(path: Path) -> list[SheetSeen]:
    """Each sheet or file of a submission, by its headings alone; [] where none is a table of rows.

    Raises UnreadableReturn for what cannot be opened.
    """
    if path.is_file() and (what_else(path) or XmlFile("annex_a", "Message").is_meant(path)):
        return []
    tables = Tables(path, "annex_a")
    seen = [_sheet_seen(tables, name) for name in tables.names]
    return seen if any(sheet.is_list for sheet in seen) else []


def rows_seen(path: Path, name: str) -> list[RowSeen]:
    """The first rows of a sheet that are not empty, for somebody to say which holds its headings; [] where there is no
    such sheet. Raises UnreadableReturn for what cannot be opened."""
    tables = Tables(path, "annex_a")
    if name not in tables.names:
        return []
    first = tables.first_rows(name, partial(matching.likely_score, None))
    return [_row_seen(number, texts, matching.list_of_name(name)) for number, texts in first if any(texts)]


def _row_seen(number: int, texts: Sequence[str], of_list: int | None) -> RowSeen:
    filled = [text for text in texts if text]
    n_known, _, known = max(
        (len(found.known), -n, found.known)
        for n in ([of_list] if of_list else LISTS)
        for found in [matching.matched(n, texts)]
    )
    if n_known < KNOWN_ENOUGH:  # “NFA” is a heading, and a value
        return RowSeen(number, len(filled), sum(map(is_value, filled)), ())
    return RowSeen(number, len(filled), 0, tuple(heading.names[0] for heading in known))


def _sheet_seen(tables: Tables, name: str) -> SheetSeen:
    number = matching.list_of_name(name)
    try:
        row = heading_row(name)
        sheet = tables.open(name, partial(matching.likely_score, None), row=row)
        number = matching.list_of_header(sheet.header) if number is None else number
        if number:
            sheet = tables.open(name, partial(matching.likely_score, number), row=row)
    except UnreadableReturn as problem:
        return SheetSeen(name, number, problem=str(problem))
    if number != NO_LIST and not sheet.is_said and not _is_table(sheet):
        return SheetSeen(name, number, problem=NO_LIST_THERE, is_list=False)
    return _seen(name, number, sheet)


def _is_table(sheet: Sheet) -> bool:
    """Whether there are two headings or more, and rows as wide, or headings that are known: prose is no table."""
    n_heads = sum(map(bool, sheet.header))
    n_below = [sum(map(bool, cells)) for cells in sheet.below]
    is_wide = any(n >= max(2, n_heads / 2) for n in n_below) or sum(n > 2 for n in n_below) > 2
    return n_heads > 1 and (is_wide or matching.any_score(sheet.header) >= KNOWN_ENOUGH)


def _seen(name: str, number: int | None, sheet: Sheet) -> SheetSeen:
    if number == NO_LIST:
        return SheetSeen(name, number, row=sheet.header_row)
    found = matching.matched(number, sheet.header, sheet.first_column) if number else None
    is_headed = sheet.is_headed(len(found.known) if found else matching.any_score(sheet.header))
    if doubt := "" if sheet.is_said else two_headed(sheet) if is_headed else NOT_HEADED:
        return SheetSeen(name, number, problem=doubt, asks_for_row=True, row=sheet.header_row)
    texts = found.unknown if found else {place: text for place, text in enumerate(sheet.header) if text}
    shown = {place: text for place, text in texts.items() if is_headed and _may_be_shown(number, text, sheet)}
    seen = SheetSeen(
        name,
        number,
        dict.fromkeys(shown.values()),
        unsaid=dict(_unsaid(sheet, {*texts} - {*shown}, found)),
        problem="" if is_headed else NOT_HEADED_THERE.format(sheet.header_row),
        row=sheet.header_row,
    )
    if found is None or number is None:
        return seen
    known = matching.known_to(number)
    said = {
        called: heading.names[0] if (heading := known[heading_key(called)]) else "" for called in found.own.values()
    }
    has = {heading.names[0] for heading in found.known}
    lacking = [heading for heading in LISTS[number].headings if heading.names[0] not in has]
    return replace(
        seen,
        unknown={text: _suggestion(number, text, sheet, lacking) for text in shown.values()},
        said=said,
        lacking=tuple(heading.names[0] for heading in lacking),
        needs=tuple(heading.names[0] for heading in lacking if heading.column in LISTS[number].needed),
    )


def _may_be_shown(number: int | None, text: str, sheet: Sheet) -> bool:
    if said_elsewhere(number, text):
        return True
    return heading_words(text) != UNSAID and not (sheet.is_said and _is_strange(text))


def _unsaid(sheet: Sheet, places: Collection[int], found: "matching.Matched | None") -> Iterator[tuple[str, str]]:
    """By what it is called, the letter of each column that cannot be said: of those in `places`, and without a heading
    over something."""
    for place, text in enumerate(sheet.header):
        is_bare = not text and (found is None or place not in found.own)
        if place in places or (is_bare and any(place < len(cells) and cells[place] for cells in sheet.below)):
            yield column_key(sheet.first_column + place, text), letter(sheet.first_column + place)


def _suggestion(number: int, text: str, sheet: Sheet, lacking: Sequence[Heading]) -> Suggestion | None:
    """What a heading surely means: the words agree with one heading's as with no other's, and so does what is under."""
    said = said_elsewhere(number, text)
    if said and said[1] in {heading.names[0] for heading in lacking}:
        return Suggestion(said[1], f"that is what it was said to mean in list {said[0]}")
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
