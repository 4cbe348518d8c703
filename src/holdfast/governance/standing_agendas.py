"""The standing agenda of each kind of body, from the library. Not here: an agenda itself (services/agendas)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("library") / "agendas.yaml"


@dataclass(frozen=True)
class StandingItem:
    """One standing item: its reference, title ("" where the forward plan's items go), purpose and minutes given."""

    ref: str
    title: str
    purpose: str
    minutes: int | None = None


@cache
def standing_agendas() -> Mapping[str, tuple[StandingItem, ...]]:
    """The standing items by kind of body, in order."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {kind: tuple(StandingItem(**item) for item in items) for kind, items in content.items()}
