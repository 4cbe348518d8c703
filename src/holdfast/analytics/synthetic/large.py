"""A census file of any size, for measuring: children of a small invented authority, repeated under new references.

Laid out with indents, as real systems write, and with the blocks of later censuses: over 2 KB a child. Streamed, so
memory does not grow with the file. Its totals mean nothing: it is for speed, and never for figures.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

from holdfast.analytics.synthetic.authority import INVENTED_CODE, Authority, invent
from holdfast.analytics.synthetic.cin_xml import Frame, header
from holdfast.analytics.synthetic.events import Episode

POOL_SCALE = 0.1  # about 3,000 different children
AS_AT = date(2014, 9, 30)


def write_large_census(path: Path, n_children: int, seed: int, *, code: str = INVENTED_CODE) -> None:
    """Write a CIN census of `n_children` invented children. The same arguments give the same bytes."""
    pool = [_around_reference(text) for text in _laid_out(invent(seed, POOL_SCALE, code=code))]
    rng = Random(f"{seed} large")  # noqa: S311 (an invention must be repeatable, not secret)
    n_kinds = len(pool)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(header(code, AS_AT))
        for first in range(1, n_children + 1, 1_000):
            lines = []
            for number in range(first, min(first + 1_000, n_children + 1)):
                before, after = pool[int(rng.random() * n_kinds)]
                lines.append(f"{before}INV{number:07d}{after}")
            file.write("".join(lines))
        file.write("</Children>\n</Message>\n")


def _laid_out(authority: Authority) -> Iterator[str]:
    """Every child's whole history in one block, indented."""
    frame = Frame(date(1990, 1, 1).toordinal(), AS_AT.toordinal(), factors_from=0, with_in_need_plans=True)
    for child in authority.children:
        episodes = frame.shown(child)
        if episodes:
            text = "".join(_indented(block) for block in frame.child(child, episodes))
            yield from [text] * _copies(episodes)


def _copies(episodes: list[Episode]) -> int:
    """How often a child stands in the pool: more often with more to tell, so that every kind of block is well used."""
    if all(episode.nfa for episode in episodes):
        return 0
    return 1 + (len(episodes) > 1) + any(episode.plans for episode in episodes)


def _indented(block: str) -> str:
    depth, lines = 2, []
    for line in block.splitlines():
        depth -= line.startswith("</")
        lines.append("    " * depth + line)
        depth += line.startswith("<") and "</" not in line
    return "\n".join(lines) + "\n"


def _around_reference(text: str) -> tuple[str, str]:
    """The text before and after the child's reference. A child sent twice is sent once here."""
    text = text[: text.index("</Child>") + len("</Child>\n")]
    start = text.index("<LAchildID>") + len("<LAchildID>")
    return text[:start], text[text.index("</LAchildID>") :]
