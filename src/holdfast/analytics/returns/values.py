"""Turns the text of an element into a value of a column: date, flag, count, code or identifier.

Each reader is a mapping from text to value, so that a text seen before costs one look-up; KeyError means that the
text cannot be read. Dates come back as days since 1970-01-01 (Parquet's own form). Rule: nothing is guessed; what
is not clearly a value is a fault.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

EPOCH = date(1970, 1, 1).toordinal()
REMEMBERED = 60_000  # texts a reader remembers, so that a file of nonsense cannot fill the memory
XML_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
COUNT = re.compile(r"\+?0*(\d{1,4})", re.ASCII)
UPN = re.compile(r"[A-Za-z]\d{11}[0-9A-Za-z]", re.ASCII)
LONGEST_TEXT = 48  # the SSD's length of an id


class Readable(dict[str | None, Any]):
    """Text to value, remembered. An empty element is None: not sent."""

    def __init__(self) -> None:
        super().__init__({None: None})

    def __missing__(self, text: str) -> Any:
        stripped = text.strip()
        value = self.read(stripped) if stripped else None
        if len(self) < REMEMBERED:
            self[text] = value
        return value

    def read(self, text: str) -> Any:
        """The value of a text that is not blank. Raises KeyError."""
        raise NotImplementedError


class Dates(Readable):
    """xs:date, with or without a time zone, between 1900 and 2100; as days since 1970. `iso` turns one back."""

    def __init__(self) -> None:
        super().__init__()
        self.iso: dict[int | None, str] = {None: ""}

    def read(self, text: str) -> int:
        found = XML_DATE.fullmatch(text)
        if found is None:
            raise KeyError(text)
        try:
            day = date.fromisoformat(found[1])
        except ValueError:
            raise KeyError(text) from None
        if not EARLIEST <= day <= LATEST:
            raise KeyError(text)
        days = day.toordinal() - EPOCH
        self.iso[days] = found[1]
        return days


class Flags(Readable):
    """true, false, 1, 0, in any case (the census schema lists true, TRUE and 1)."""

    def read(self, text: str) -> bool:
        return {"true": True, "1": True, "false": False, "0": False}[text.lower()]


class Counts(Readable):
    """A whole number from 0 to 9,999."""

    def read(self, text: str) -> int:
        found = COUNT.fullmatch(text)
        if found is None:
            raise KeyError(text)
        return int(found[1])


class Coded(Readable):
    """A code of a list, in any case; `as_sent` gives the codes we hold for those a file may send instead."""

    def __init__(self, codes: Mapping[str, str], as_sent: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.codes = {**{code: code for code in codes}, **(as_sent or {})}

    def read(self, text: str) -> str:
        return self.codes[text.upper()]


class Texts(Readable):
    """Any short text. Not remembered: each is its own."""

    def __missing__(self, text: str) -> str | None:
        stripped = text.strip()
        if len(stripped) > LONGEST_TEXT:
            raise KeyError(text)
        return stripped or None


class Upns(Texts):
    """A unique pupil number by its form: a letter, eleven digits, a digit or letter."""

    def __missing__(self, text: str) -> str | None:
        stripped = text.strip()
        if stripped and not UPN.fullmatch(stripped):
            raise KeyError(text)
        return stripped or None
