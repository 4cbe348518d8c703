"""Any text that a person can type, made fit to print: what a paper cannot show becomes a mark, and long words wrap.

The PDF has only the fonts inside the compiler; printable.txt lists what they hold. Rule: a character is never left out
in silence: it prints, or its mark [U+1F600] does and the paper says where the character itself is.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from holdfast.pages.marks import mark, shown

LONGEST, PIECE = 24, 8
"""A word of more letters without a space than LONGEST may be broken after each PIECE: the widest letter, so often,
still fits the narrowest column of words."""
NOT_TEXT: Final = frozenset({"svg", "url", "path", "address", "calculation", "sha256", "inputs_sha256"})
_LONG, _PIECE = re.compile(rf"\S{{{LONGEST + 1},}}"), re.compile(rf"\S{{{PIECE}}}(?=\S)")


@cache
def printable() -> frozenset[int]:
    """The code points that the PDF's fonts hold."""
    held: set[int] = set()
    for line in Path(__file__).with_name("printable.txt").read_text(encoding="ascii").splitlines():
        for part in line.split() if not line.startswith("#") else ():
            first, _, last = part.partition("-")
            held.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(held)


def printed(words: str) -> str:
    """For the PDF: every character that its fonts lack as a mark, and long words with places to break them."""
    composed = unicodedata.normalize("NFC", shown(words))
    fonts = printable()
    return _wrapped("".join(one if ord(one) in fonts or one in "\n\t\r" else mark(one) for one in composed))


def plainly_printed(words: str) -> str:
    """For a PDF that still cannot be made: only the letters of western Europe; the rest as marks."""
    composed = unicodedata.normalize("NFC", shown(words))
    plain = "".join(each if ord(each) < 0x180 or each in "‘’“”–…•·" else mark(each) for each in composed)
    return _wrapped(plain)


def _wrapped(words: str) -> str:
    return _LONG.sub(lambda found: _PIECE.sub("\\g<0>\u200b", found.group()), words)


def throughout(content: Any, change: Callable[[str], str]) -> Any:
    """The same document with every text changed; drawings, addresses and hashes are left."""
    if isinstance(content, str):
        return change(content)
    if isinstance(content, Mapping):
        return {key: each if key in NOT_TEXT else throughout(each, change) for key, each in content.items()}
    if isinstance(content, list | tuple):
        return [throughout(each, change) for each in content]
    return content
