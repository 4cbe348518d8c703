"""The safeguarding board's duties, one a line, as data in library/safeguarding-board-duties.yaml. Read once.

Not here: how each stands (selectors/assurance.py). Rule: a line whose source nobody has checked says so.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

LIBRARY: Final = Path(__file__).parent / "library"


@dataclass(frozen=True)
class Duty:
    """One duty: its reference, its words, the source it is from, and whether anybody has checked that source."""

    ref: str
    words: str
    source: str
    is_verified: bool

    @property
    def source_words(self) -> str:
        return self.source if self.is_verified else f"{self.source} (not yet checked against the source)"


@cache
def duties() -> tuple[Duty, ...]:
    """Every duty, in the order of the file."""
    kept = yaml.safe_load((LIBRARY / "safeguarding-board-duties.yaml").read_text(encoding="utf-8"))
    return tuple(Duty(each["ref"], each["words"], each["source"], bool(each["verified"])) for each in kept["duties"])
