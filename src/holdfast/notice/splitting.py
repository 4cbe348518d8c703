"""A notice's own text split into clauses, each with its place: section, item, sentence. Pure text in, clauses out.

Blocks are headings, paragraphs and list points at any depth; page furniture (footnotes, lone addresses and hyphens,
page numbers) is set aside, and a sentence cut in two by it is put together again. Not here: which requirement a clause
belongs to (places.py). Rule: every word that is not furniture is in exactly one clause, in the order of the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

_MARKER: Final = re.compile(
    r"^(?P<indent>[ \t]*)(?:[-•*–▪●]\s+)?(?P<mark>[o○](?=\s)|\d{1,2}[.)]|\(?[a-z][.)]|\(?[ivx]{1,4}\))?\s*"
)
_BULLET: Final = re.compile(
    r"^[ \t]*(?:[-•*–▪●]\s+\S|[o○]\s+\S|\d{1,2}[.)]\s+\S|\(?[a-z][.)]\s+\S|\(?[ivx]{1,4}\)\s+\S)"
)
_FURNITURE: Final = re.compile(
    r"^\s*(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]+.*|[-–—_*\s]+|\[\d+\]\s+.*|(?:https?://|www\.)\S+|(?:page\s+)?\d+(?:\s+of\s+\d+)?)\s*$",
    re.IGNORECASE,
)
_REFERENCE: Final = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_SENTENCE: Final = re.compile(r"(?<=[.!?])[’”\"')\]\d]{0,3}\s+(?=[A-Z“‘\"'])|(?<=;)\s+")
_FINISHED: Final = re.compile(r"(?:;\s(?:and|or)|[.;:!?])[’”\"')\]\d]{0,3}$")
_LONGEST_HEADING: Final = 90
HEADING: Final = "heading"
LEAD: Final = "0"


@dataclass(frozen=True)
class Piece:
    """One clause. `item` is "heading", "0" for words that lead into a list, or "2", "2.1", "2.1.3" by depth."""

    section: str
    item: str
    sentence: int
    text: str


@dataclass
class _Block:
    """Lines that belong together. `level` is 0 for plain text, 1 for a point, 2 for a point under it, and so on."""

    text: str
    level: int = 0
    is_after_furniture: bool = False


@dataclass
class _Place:
    """Where the reading has got to. `under` is 1 while points belong to a paragraph that led into them."""

    section: str = ""
    counts: list[int] = field(default_factory=list)
    under: int = 0

    def next_item(self, block: _Block, leads: bool) -> str:
        """The item of a block, counted; "0" for words that lead into a section's first list."""
        if block.level == 0:
            self.under = int(leads and bool(self.counts))
            if leads and not self.counts:
                return LEAD
        level = block.level + self.under if block.level else 1
        depth = max(1, min(level, len(self.counts) + 1))
        del self.counts[depth:]
        if len(self.counts) < depth:
            self.counts.append(0)
        self.counts[-1] += 1
        return ".".join(str(n) for n in self.counts)


def split(text: str, sections: Sequence[tuple[str, str]]) -> list[Piece]:
    """The clauses of a notice's text. `sections` gives each section's id and the words its heading opens with."""
    blocks = _joined(_blocks(text))
    openings = [(section, _plain(opening)) for section, opening in sections]
    pieces: list[Piece] = []
    place = _Place()
    for number, block in enumerate(blocks):
        opened = next((section for section, words in openings if _plain(block.text).startswith(words)), None)
        if opened is not None and block.level == 0:
            place = _Place(opened)
            openings = [pair for pair in openings if pair[0] != opened]
            item = HEADING
        else:
            item = place.next_item(block, _leads(block, blocks[number + 1 : number + 2]))
        pieces += [
            Piece(place.section, item, sentence, words)
            for sentence, words in enumerate(_sentences(block.text), start=1)
        ]
    return pieces


def _leads(block: _Block, following: list[_Block]) -> bool:
    return block.level == 0 and block.text.endswith(":") and bool(following) and following[0].level > 0


def _blocks(text: str) -> list[_Block]:
    """Blocks in order. A blank line, a list marker or furniture starts a new one; other lines carry the last one on."""
    blocks: list[_Block] = []
    indents: list[int] = []
    is_open = is_after_furniture = is_in_note = False
    for line in text.splitlines():
        if not line.strip():
            is_open = is_in_note = False
        elif is_in_note or (_FURNITURE.match(line) and not is_open):
            is_in_note = is_after_furniture = True
        elif _BULLET.match(line):
            words, level = _point(line, indents)
            blocks.append(_Block(words, level, is_after_furniture))
            is_open, is_after_furniture = True, False
        elif is_open:
            blocks[-1].text = f"{blocks[-1].text} {_tidy(line)}"
        else:
            blocks.append(_Block(_tidy(line), 0, is_after_furniture))
            is_open, is_after_furniture = True, False
    return blocks


def _point(line: str, indents: list[int]) -> tuple[str, int]:
    """A list line's words and its level. A round "o" marker stands one level under the point it follows."""
    match = _MARKER.match(line)
    assert match is not None  # every part of the pattern may be empty
    indent = len(match["indent"].expandtabs(4)) + (1 if (match["mark"] or "") in ("o", "○") else 0)
    while indents and indents[-1] > indent:
        indents.pop()
    if not indents or indents[-1] < indent:
        indents.append(indent)
    return _tidy(line[match.end() :]), len(indents)


def _joined(blocks: list[_Block]) -> list[_Block]:
    """Put together what a page's end cut: the last block did not finish its sentence, and this one carries it on."""
    joined: list[_Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        cut = last is not None and block.level == 0 and not _FINISHED.search(last.text) and not _is_heading(last)
        if cut and last is not None and (block.is_after_furniture or block.text[:1].islower()):
            last.text = f"{last.text} {block.text}"
        else:
            joined.append(block)
    return joined


def _is_heading(block: _Block) -> bool:
    return block.level == 0 and len(block.text) <= _LONGEST_HEADING and not _FINISHED.search(block.text)


def _tidy(line: str) -> str:
    words = _REFERENCE.sub("", line).replace("**", "").replace("*", "")
    return " ".join(words.split())


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", text.lower()).split())


def _sentences(text: str) -> list[str]:
    """Sentences, and the parts of a sentence that semicolons divide."""
    found, start = [], 0
    for match in _SENTENCE.finditer(text):
        found.append(text[start : match.start() + len(match.group().rstrip())])
        start = match.end()
    return _without_tails([words.strip() for words in (*found, text[start:]) if words.strip()])


def _without_tails(parts: list[str]) -> list[str]:
    """Put the "and" that ends "...; and" back with the words before it."""
    kept: list[str] = []
    for part in parts:
        if kept and part.lower() in ("and", "or"):
            kept[-1] = f"{kept[-1]} {part}"
        else:
            kept.append(part)
    return kept
