"""What a code may be: the part of an address that names a programme, an agency, a team, a body or a post."""

import re

from holdfast.access.writes import NotDone

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class BadCode(NotDone):
    """A code that cannot be an address, or that something else has."""

    def __init__(self, words: str) -> None:
        super().__init__(words, field="code")


def checked_code(code: str, longest: int = 50) -> str:
    """The code itself. Raises BadCode unless it is lower-case letters, digits and single hyphens."""
    if not CODE.fullmatch(code) or len(code) > longest:
        raise BadCode(
            f"“{code}” cannot be a code. Use lower-case letters, digits and single hyphens, at most {longest}."
        )
    return code
