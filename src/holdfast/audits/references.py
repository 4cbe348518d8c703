"""Whether a text looks like a case reference and nothing more: no name, and no date of birth. Pure.

Rule: a reference has a digit and no spaces; one that reads as a date is refused, in whatever order its parts are.
"""

import re
from typing import Final

_REFERENCE: Final = re.compile(r"^(?=.*\d)[A-Z0-9][A-Z0-9-]{2,19}$")
_DAY, _MONTH, _YEAR = r"(0[1-9]|[12]\d|3[01])", r"(0[1-9]|1[0-2])", r"(19|20)\d\d"
_DATES: Final = [
    re.compile(pattern)
    for pattern in (
        r"\d{1,2}-\d{1,2}-(\d{2}|\d{4})",
        r"\d{4}-\d{1,2}-\d{1,2}",
        _DAY + _MONTH + _YEAR,
        _YEAR + _MONTH + _DAY,
    )
]


def why_no_reference(text: str) -> str:
    """Why a text cannot be a case reference, in words; "" when it can."""
    if any(date.fullmatch(text) for date in _DATES):
        return "That looks like a date. Enter the council’s own reference of the case"
    if not _REFERENCE.match(text.upper()):
        return "Enter the council’s own reference: 3 to 20 letters, digits and hyphens, with at least one digit"
    return ""
