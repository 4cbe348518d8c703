"""Characters that are no text to look at, as visible marks: controls, and those that turn what follows round.

On every page (page_shown, by web's edges) and in every paper (reports' printing). Rule: a character is never left out
in silence, and what stands in a field to be sent again stays as it was typed.
"""

import re
from typing import Final

_UNSHOWN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufdd0-\ufdef]")
_TURNING: Final = re.compile(rb"\xe2(?:\x80[\xa8-\xae]|\x81[\xa6-\xa9])")
"""The same that turn words round or break a line, as UTF-8 has them."""
_FIELD: Final = re.compile(r"<input\b[^>]*>|<textarea\b.*?</textarea>", re.DOTALL)


def mark(letter: str) -> str:
    return f"[U+{ord(letter):04X}]"


def shown(words: str) -> str:
    """Control characters, and those that turn what follows round, as marks; the rest as it is."""
    return _UNSHOWN.sub(lambda found: mark(found.group()), words)


def page_shown(content: bytes) -> bytes:
    """A page with those marks, its fields left as they were typed. Most pages hold none and are only looked through."""
    if not _TURNING.search(content):
        return content
    parts, start = [], 0
    page = content.decode()
    for field in _FIELD.finditer(page):
        parts += [shown(page[start : field.start()]), field.group()]
        start = field.end()
    return "".join([*parts, shown(page[start:])]).encode()
