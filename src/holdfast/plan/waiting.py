"""What waits for what: dependencies between actions. Pure: pairs of keys in, a circle out.

Rule: no action waits for itself, by whatever way round.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=int | str)


def circle(waits: Mapping[Key, Iterable[Key]], start: Key) -> Sequence[Key]:
    """The way from `start` back to itself, through what each waits for; () when there is none."""
    came_from: dict[Key, Key] = {}
    waiting = list(waits.get(start, ()))
    came_from.update(dict.fromkeys(waiting, start))
    while waiting:
        here = waiting.pop()
        if here == start:
            return _way(came_from, start)
        for following in waits.get(here, ()):
            if following not in came_from:
                came_from[following] = here
                waiting.append(following)
    return ()


def _way(came_from: Mapping[Key, Key], start: Key) -> Sequence[Key]:
    way, here = [start], came_from[start]
    while here != start:
        way.append(here)
        here = came_from[here]
    return [start, *reversed(way[1:]), start] if len(way) > 1 else [start, start]
