"""Dates and counts as a report prints them. Not here: figures of indicators, which arrive as words."""

from datetime import date

from django.utils.formats import date_format


def date_words(day: date) -> str:
    """27 February 2014."""
    return date_format(day, "j F Y")


def counted(n: int, one: str, many: str = "") -> str:
    """ "1 action", "3 actions", "no actions"."""
    return f"{n:,} {one}" if n == 1 else f"{n or 'no'} {many or one + 's'}"


def upper_first(words: str) -> str:
    return words[:1].upper() + words[1:]
