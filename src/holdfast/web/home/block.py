"""What a block of the home page is: a heading, and counts or a list or words that say why there is neither."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line of a list: what, where it leads, a sentence about it, and a status: a tag where it has a colour."""

    text: str
    url: str = ""
    note: str = ""
    status: str = ""
    colour: str = "grey"


@dataclass(frozen=True)
class Count:
    """A number, what it counts, and where those are listed."""

    n: int
    words: str
    url: str = ""
    colour: str = "grey"


@dataclass(frozen=True)
class Nothing:
    """Why there is nothing to show: what will appear, and who can make it happen. Good news is not `is_missing`."""

    title: str
    text: str = ""
    action_text: str = ""
    action_url: str = ""
    is_missing: bool = True


@dataclass(frozen=True)
class Block:
    """`more` is the words and address of the page that holds the rest."""

    title: str
    lede: str = ""
    counts: Sequence[Count] = ()
    lines: Sequence[Line] = ()
    nothing: Nothing | None = None
    more: tuple[str, str] = ("", "")
