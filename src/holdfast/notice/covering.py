"""How this room learns which actions answer a requirement: the plan, a room above, registers a function here.

    register_coverage(fn)      fn(user, programme_code, day) -> its actions, each naming the requirements it answers

Rule: with nobody registered there are no actions, and the coverage pages list every requirement as a gap.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from holdfast.access.doors import Actor


@dataclass(frozen=True)
class CoveringAction:
    """One action as a requirement's page shows it. `state` is in words; `indicators` are codes.

    `raised_from` says what else raised it (a meeting, an audit); "" where nothing but the notice or the inspection did.
    """

    ref: str
    title: str
    url: str
    state: str
    is_late: bool
    requirements: tuple[str, ...]
    recommendations: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    raised_from: str = ""


Source = Callable[[Actor, str, date], Sequence[CoveringAction]]
_sources: list[Source] = []


def register_coverage(source: Source) -> None:
    """Add a source of actions. Adding the same one again changes nothing."""
    if source not in _sources:
        _sources.append(source)


def covering_actions(user: Actor, code: str, on: date) -> list[CoveringAction]:
    """Every action that answers something on a day, from every source."""
    return [action for source in _sources for action in source(user, code, on)]


_decided: Callable[[Actor, str, str], Sequence[tuple[str, str]]] | None = None


def register_decided(source: Callable[[Actor, str, str], Sequence[tuple[str, str]]]) -> None:
    """The room that records decisions says which answer a requirement, by its reference: number and words of each."""
    global _decided
    _decided = source


def decided(user: Actor, code: str, ref: str) -> Sequence[tuple[str, str]]:
    """The decisions that answer a requirement, as (number, words), the latest first. () where no room records any."""
    return _decided(user, code, ref) if _decided is not None else ()
