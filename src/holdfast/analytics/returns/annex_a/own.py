"""A council's own names: which list a sheet of its is, and which heading of ours a heading of its means.

Somebody says it once, it is kept outside (the performance room), and it holds while files are recognised and read
`with own_names(...)`. Not here: the headings that everybody knows (lists.py), or what to suggest (preview.py).
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from holdfast.analytics.returns.tolerant import folded

YES_OR_NO = re.compile(r"\(\s*y\s*/\s*n\s*\)+", re.IGNORECASE)
NOT_READ = ""
NO_LIST = 0  # what somebody said of a sheet that is none of the lists


def heading_key(text: str) -> str:
    """What headings are compared by: their letters and figures, whether or not "(Y/N)" stands behind them."""
    return folded(YES_OR_NO.sub("", text))


def letter(place: int) -> str:
    """A column's letters in a spreadsheet, by its place from 0."""
    return letter(place // 26 - 1) + letter(place % 26) if place > 25 else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]


def column_key(place: int, heading: str) -> str:
    """What a column is called whose heading may not be said: its letter, and a mark by which another heading in its
    place is told. The mark is too short to tell a heading by it."""
    return f"column {letter(place)} #{hashlib.sha256(heading_key(heading).encode()).hexdigest()[:4]}"


@dataclass(frozen=True)
class OwnNames:
    """`sheets`: a sheet's or file's name -> the number of its list. `headings`: by list, a heading (or what a column is
    called, `column_key`) -> the first name of one of the list's own headings, or NOT_READ for one that is left out on
    purpose. `rows`: a sheet's name -> the number of its heading row in the file, from 1; 0: the one that is found."""

    sheets: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)


_own: ContextVar[OwnNames] = ContextVar("holdfast_annex_a_names", default=OwnNames())  # noqa: B039 (it is frozen)


@contextmanager
def own_names(names: OwnNames) -> Iterator[None]:
    """Until it ends, files are recognised and read by these names too."""
    before = _own.set(names)
    try:
        yield
    finally:
        _own.reset(before)


def sheet_is(name: str) -> int | None:
    """The list that somebody said a sheet of this name is; NO_LIST for none, None where nobody said."""
    return {heading_key(own): number for own, number in _own.get().sheets.items()}.get(heading_key(name))


def heading_row(name: str) -> int | None:
    """The row that somebody said holds the headings of a sheet of this name; None where nobody said."""
    return {heading_key(own): row for own, row in _own.get().rows.items()}.get(heading_key(name)) or None


def said_elsewhere(number: int | None, heading: str) -> tuple[int, str] | None:
    """Another list than this in which somebody said what a heading means, and what; None where nobody did."""
    others = ((other, means(other).get(heading_key(heading))) for other in sorted(_own.get().headings))
    return next(((other, name) for other, name in others if name and other != number), None)


def means(number: int) -> Mapping[str, str]:
    """By the key of a heading, the first name of the list's heading that somebody said it means; NOT_READ for none."""
    return {heading_key(own): name for own, name in _own.get().headings.get(number, {}).items()}
