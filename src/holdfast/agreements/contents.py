"""What a kind of thing to be agreed says today, where another room keeps it: the indicators in use, the plan.

    register_content("indicators", words_of_the_indicators)     in that room's apps.ready()

A form to put a version forward begins with these words, and what is agreed can be held against them. Rule: the words of
what has not changed are the same to the letter, so that a difference means something.
"""

from collections.abc import Callable

from holdfast.access.doors import Actor
from holdfast.pages.kept import keep

Content = Callable[[Actor, str], str]
_contents: dict[str, Content] = {}


def register_content(kind: str, content: Content) -> None:
    """`content(user, programme_code)` gives the words of a kind as they are today. The last registered counts."""
    _contents[kind] = content


def content_today(user: Actor, code: str, kind: str) -> str | None:
    """What things of a kind say today; None where no room keeps it."""
    content = _contents.get(kind)
    if content is None:
        return None
    return keep("what is to be agreed says today", user, code, lambda: content(user, code), also=kind, reads_all=True)
