"""What changed between two wordings, line by line, and within a changed line word by word. Pure.

Rule: everything that is in the newer wording is shown or counted, and everything that left the older one is shown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

SAME: Final = "same"
ADDED: Final = "added"
REMOVED: Final = "removed"
LEFT_OUT: Final = "left out"
AROUND: Final = 1
"""Unchanged lines shown on each side of a change."""
_WORDS = re.compile(r"\s+|[^\s\w]|\w+")


@dataclass(frozen=True)
class Piece:
    """Some words of a line, and whether they are the same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """One line of what changed; or, with the kind "left out", how many unchanged lines stand there (`n`)."""

    kind: str
    pieces: Sequence[Piece]
    n: int = 0


def changes(before: str, after: str) -> list[Line]:
    """What turned one wording into the other. [] when nothing did."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[Line] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    blocks = matcher.get_opcodes()
    if all(how == "equal" for how, *_ in blocks):
        return []
    for number, (how, i, j, k, m) in enumerate(blocks):
        if how == "equal":
            lines += _same(new[k:m], number == 0, number == len(blocks) - 1)
        elif how == "replace" and j - i == m - k:
            lines += [_changed(was, now) for was, now in zip(old[i:j], new[k:m], strict=True)]
        else:
            lines += [Line(REMOVED, [Piece(REMOVED, line)]) for line in old[i:j]]
            lines += [Line(ADDED, [Piece(ADDED, line)]) for line in new[k:m]]
    return lines


def n_changed(before: str, after: str) -> int:
    """How many lines were added, removed or changed."""
    return sum(line.kind not in (SAME, LEFT_OUT) for line in changes(before, after))


def _same(lines: Sequence[str], is_first: bool, is_last: bool) -> Iterator[Line]:
    """Unchanged lines: those beside a change, and how many are left out between."""
    before = 0 if is_first else AROUND
    after = 0 if is_last else AROUND
    n_hidden = len(lines) - before - after
    if n_hidden < 2:
        yield from (Line(SAME, [Piece(SAME, line)]) for line in lines)
        return
    yield from (Line(SAME, [Piece(SAME, line)]) for line in lines[:before])
    yield Line(LEFT_OUT, [], n_hidden)
    yield from (Line(SAME, [Piece(SAME, line)]) for line in lines[len(lines) - after :])


def _changed(was: str, now: str) -> Line:
    """A line of which some words changed: what left, then what came, in their places."""
    old, new = _WORDS.findall(was), _WORDS.findall(now)
    pieces: list[Piece] = []
    for how, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            pieces.append(Piece(SAME, "".join(old[i:j])))
            continue
        pieces += [Piece(REMOVED, "".join(old[i:j]))] if j > i else []
        pieces += [Piece(ADDED, "".join(new[k:m]))] if m > k else []
    return Line("changed", pieces)
