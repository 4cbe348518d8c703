"""What is wrong with a return: a fault, which has a row; or a file that cannot be read at all, which has a place.

Not here: who finds them (returns/, history.py) or keeps them (store.py). Rule: the words of either never hold a value,
a child's reference or anything else of a child's record.
"""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["blocking", "error", "query"]


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one row. `row_number` and `line` None: it is about the whole file, or not about one line.

    `rule` is our short code; `census_rule` the DfE's code for the same thing ("" when there is none). `child` is a
    reference ("" when not about a child) and lives only in the store.
    """

    rule: str
    severity: Severity
    table: str
    column: str
    row_number: int | None
    line: int | None
    child: str
    words: str
    census_rule: str = ""


KINDS = {
    "cin_census": "CIN census",
    "annex_a": "set of Annex A lists",
    "ssd": "extract of the Standard Safeguarding Dataset",
    "ssda903": "SSDA903 return",
    "daily_feed": "daily feed",
    "workforce": "social work workforce return",
    "oversight": "oversight extract",
}

SPOKEN = frozenset({"CIN"})
"""Short names that are spoken as a word, not letter by letter."""


def with_article(name: str) -> str:
    """A name with a or an before it, as it is spoken: an SSDA903 return, a CIN census, an extract."""
    first = name.partition(" ")[0]
    is_spelled_out = len(first) > 1 and first == first.upper() and first not in SPOKEN
    return f"{'an' if first[:1].lower() in ('aefhilmnorsx' if is_spelled_out else 'aeiou') else 'a'} {name}"


class UnreadableReturn(Exception):
    """A file that is refused whole. `str()` says what it is, where it stopped making sense, and what to do next."""

    def __init__(self, kind: str, *, expected: str, line: int | None = None, element: str | None = None) -> None:
        self.kind, self.line, self.element, self.expected = kind, line, element, expected
        name = KINDS.get(kind, kind)
        places = [f"line {line:,}" if line else "", f"in <{element}>" if element else ""]
        place = ", ".join(part for part in places if part)
        super().__init__(
            f"This file cannot be read as {with_article(name)}{f' ({place})' if place else ''}. {expected} "
            "Nothing was read. Ask for the file again from the system that made it, and submit the new one."
        )
