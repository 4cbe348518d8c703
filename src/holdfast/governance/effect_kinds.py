"""What a decision can change, by kind: how each is asked for, carried out and found again. A register, filled at start.

    register_effect(EffectKind("due-date", "Move a due date", move_due_date, planned_page))

Not here: what each kind does (effects.py), or recording the decision (services/deciding.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from holdfast.access.doors import Actor
from holdfast.access.writes import NotDone
from holdfast.governance.models import Decision
from holdfast.organisation.models import Body, Programme


@dataclass(frozen=True)
class Deciding:
    """The decision that is being recorded, as its effects need to know it."""

    by: Actor
    at: datetime
    decision: Decision

    @property
    def programme(self) -> Programme:
        return self.decision.programme

    @property
    def body(self) -> Body:
        return self.decision.body

    @property
    def number(self) -> str:
        return self.decision.number

    @property
    def made_on(self) -> date:
        return self.decision.made_on

    @property
    def reason(self) -> str:
        return self.decision.reason

    @property
    def label(self) -> dict[str, Any]:
        """What every receiving service is told of it."""
        return {"by": self.by, "at": self.at, "decision": self.number, "decided_on": self.made_on}


@dataclass(frozen=True)
class Change:
    """One effect as it is asked for: what kind, of what, and what it is given, by name."""

    kind: str
    subject: str
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Changed:
    """One effect carried out: what its subject is called, and how it stood before ("" for nothing) and stands now."""

    title: str
    before: str
    after: str
    subject: str = ""
    """Its label where that is only known now, as of a risk put on the register; "" keeps the one asked for."""


def _never(programme: Programme, made_on: date, change: Change) -> str:
    return ""


@dataclass(frozen=True)
class EffectKind:
    """One kind of effect. `page` gives the address of its subject, "" where there is none to open.

    `looks_back` says in a sentence what a change of it, decided on a day, would alter of days before; "" for nothing.
    """

    code: str
    words: str
    carry_out: Callable[[Deciding, Change], Changed]
    page: Callable[[str, str], str]
    looks_back: Callable[[Programme, date, Change], str] = _never


_kinds: dict[str, EffectKind] = {}


def register_effect(kind: EffectKind) -> None:
    _kinds[kind.code] = kind


def effect_kinds() -> tuple[EffectKind, ...]:
    return tuple(_kinds.values())


def effect_kind(code: str) -> EffectKind:
    """Raises NotDone for a kind that nothing here carries out."""
    if code not in _kinds:
        raise NotDone("A decision cannot change that here.")
    return _kinds[code]
