"""What a home is made of: a sentence, at most five things, and where everything else is. Pure.

Not here: any reading (asked.py) or how it looks (templates/home.html). Rule: a figure on a home carries its number,
what it is out of and its day; a thing is one line with one link.
"""

import re
from calendar import month_name, monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

from holdfast.pages.tables import Table
from holdfast.performance.selectors.written import OPEN_AND_OVER

MOST: Final = 5
_COUNTS: Final = re.compile(r"[\d.]+% \(([\d,c]+ of [\d,c]+)\)")
_WHOLE_MONTHS: Final = re.compile(r"\b1 (\w+ \d{4}) to (\d+ (\w+ \d{4}))(?=:)")
_LAST_DAY: Final = re.compile(r" to (\d+ \w+ \d{4}):")
LONGEST: Final = 150
"""Letters of a sentence that somebody else wrote (a check, an explanation): about two lines."""


@dataclass(frozen=True)
class Thing:
    """One line: what, where it leads, the figure or date, what to do or whom to ask, and a word in a tag.

    `url` is "" where no page says more.
    """

    what: str
    url: str
    figure: str
    ask: str = ""
    status: str = ""
    colour: str = "grey"


@dataclass(frozen=True)
class Plain:
    """A plain chart: an indicator, its verdict in a word, its latest figure, the drawing, and where it leads.

    `table` is the drawing's months alone, newest first: its limits and signals are on the indicator's own page.
    """

    title: str
    verdict: str
    figure: str
    url: str
    drawing: Any
    table: Table


@dataclass(frozen=True)
class Verdict:
    """One of the words yes, no and cannot tell, with the titles of the measures it is said of."""

    word: str
    titles: Sequence[str]
    colour: str


@dataclass(frozen=True)
class Home:
    """`nothing` is said where there are no things, `note` under them. `verdicts` and `charts` are for who asks.

    `sentence` fits in two lines; what stands besides is `more`, a click away under `more_title`.
    """

    sentence: str
    things: Sequence[Thing] = ()
    nothing: str = ""
    elsewhere: Sequence[tuple[str, str]] = ()
    verdicts: Sequence[Verdict] = ()
    charts: Sequence[Plain] = ()
    note: str = ""
    more: Sequence[str] = ()
    more_title: str = "What else stands today"


def five(*kinds: Sequence[Thing]) -> list[Thing]:
    """At most five things: the worst of each kind first of all, then the next of each, kept in the kinds' own order."""
    picked = [found for turn in zip_longest(*kinds) for found in turn if found is not None][:MOST]
    return [found for kind in kinds for found in kind if any(found is one for one in picked)]


def sentences(*parts: str) -> str:
    """Parts as one run of sentences, each with a capital and a full stop; empty ones are left out."""
    return " ".join(f"{part[:1].upper()}{part[1:].rstrip('.')}." for part in parts if part)


def said(*parts: str) -> list[str]:
    """Parts as sentences of a list, each with a capital and a full stop; empty ones are left out."""
    return [sentences(part) for part in parts if part]


def _in_months(days: re.Match[str]) -> str:
    """Days that are whole months, as the months."""
    day, month, year = days[2].split()
    n_days = monthrange(int(year), list(month_name).index(month))[1]
    return f"{days[1]} to {days[3]}" if int(day) == n_days else days[0]


def _once(over: str, day: str) -> str:
    """What is open and over, without the day where that was said already."""
    return over.removesuffix(f" at {day}").replace(":", " then:", 1) if over.endswith(f" at {day}") else over


def brief(words: str) -> str:
    """The first sentence of what somebody else wrote, cut at a word where it is longer than two lines.

    What was finished in time keeps what is open and already over, as counts: neither is said without the other. Days
    that a figure is of say without a word that they are part of a year; whole months are said as months.
    """
    first, _, after = words.replace(", part-year,", ",").partition(". ")
    day = _LAST_DAY.search(first)
    first = _WHOLE_MONTHS.sub(_in_months, first)
    if after.startswith(OPEN_AND_OVER):
        over = _COUNTS.sub(r"\1", after.partition(". ")[0].rstrip("."))
        return f"{first}. {_once(over, day[1]) if day else over}."
    first = first.rstrip(".")
    if len(first) <= LONGEST:
        return first if first.endswith(("?", "!")) else f"{first}." if first else ""
    return f"{first[:LONGEST].rpartition(' ')[0]} …"
