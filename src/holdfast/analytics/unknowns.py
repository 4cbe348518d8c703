"""Why a record's answer is not known: one of four reasons, and the words for each. Nothing but the standard library.

Not here: which records have which (indicators/questions.py) or what may be shown of how many (parts.py). Rule: a
record that is not known has one reason, the first of its question's that holds; one that is known has none.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

NOT_SENT: Final = "not sent"
NOT_UNDERSTOOD: Final = "not understood"
OPEN: Final = "open"
CONFLICT: Final = "conflict"

REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        NOT_SENT: "nothing was sent that would say",
        NOT_UNDERSTOOD: "what was sent could not be understood",
        OPEN: "still open when last reported on, or its time is not over",
        CONFLICT: "what was sent contradicts itself",
    }
)
"""Each reason, in the order it is read in, with what it means."""

WHY_COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {reason: f"n_{reason.replace(' ', '_')}" for reason in REASONS}
)
"""The column that counts each: in a release's figures, and in every list of figures that leaves."""

IN_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        NOT_SENT: "lack what would say",
        NOT_UNDERSTOOD: "were sent and not understood",
        OPEN: "are still open or too recent to say",
        CONFLICT: "contradict themselves",
    }
)
"""What is said of so many per cent, where a definition has no words of its own."""


def in_words(not_sent: str = "", *, not_understood: str = "", is_open: str = "", conflict: str = "") -> dict[str, str]:
    """A definition's own words for its reasons, after so many per cent; the common ones for those it leaves out."""
    own = (not_sent, not_understood, is_open, conflict)
    return {reason: words or IN_WORDS[reason] for reason, words in zip(REASONS, own, strict=True)}
