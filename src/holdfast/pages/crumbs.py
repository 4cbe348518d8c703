"""Breadcrumbs: where a page stands. (A "trail" is only ever who did what.)"""

from typing import Any

from holdfast.pages.addresses import address

Crumb = tuple[str, str]
"""What it says, and its address."""


def crumbs(programme: str, *steps: tuple[Any, ...], from_home: bool = True) -> list[Crumb]:
    """The programme's home, then each step: (words, URL name), or (words, URL name, what names the thing...).

    Not from home for those who may not open it: an administrator sees accounts and nothing else.
    """
    home: list[tuple[Any, ...]] = [("Home", "home")] if from_home else []
    return [(str(words), address(name, programme, *rest)) for words, name, *rest in (*home, *steps)]
