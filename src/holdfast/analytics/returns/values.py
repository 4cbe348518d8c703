"""Turns the text of an element into a value of a column: date, flag, count, code or identifier.

Each reader is a mapping from text to value, so that a text seen before costs one look-up; KeyError means that the
text cannot be read. Dates come back as days since 1970-01-01 (Parquet's own form). Rule: nothing is guessed; what
is not clearly a value is a fault. A value in another form than the census's, which can mean one thing only, is
understood, and how many there were is counted.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from holdfast.analytics.tables.codes import Codes, codes_of

EPOCH = date(1970, 1, 1).toordinal()
REMEMBERED = 60_000  # texts a reader remembers, so that a file of nonsense cannot fill the memory
XML_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)
LETTERS = {"y": "true", "yes": "true", "n": "false", "no": "false"}
COUNT = re.compile(r"\+?0*(\d{1,4})", re.ASCII)
UPN = re.compile(r"[A-Za-z]\d{11}[0-9A-Za-z]", re.ASCII)
LONGEST_TEXT = 48  # the SSD's length of an id


def iso_day(days: int) -> str:
    """A day counted from 1970-01-01, as YYYY-MM-DD."""
    return date.fromordinal(days + EPOCH).isoformat()


class Readable(dict[str | None, Any]):
    """Text to value, remembered. An empty element is None: not sent.

    `n_other`: values in another form than the census's; `has_own`: whether any was in its own.
    """

    def __init__(self) -> None:
        super().__init__({None: None})
        self.n_other, self.has_own = 0, False

    def __missing__(self, text: str) -> Any:
        stripped = text.strip()
        own = self.own_form(stripped)
        if own is not stripped:  # not remembered, so that each is counted
            value = self.read(own)
            self.n_other += 1
            return value
        value = self.read(stripped) if stripped else None
        self.has_own = self.has_own or bool(stripped)
        if len(self) < REMEMBERED:
            self[text] = value
        return value

    def own_form(self, text: str) -> str:
        """The text as the census has it: the same one, or what another form of it can only mean."""
        return text

    def read(self, text: str) -> Any:
        """The value of a text that is not blank. Raises KeyError."""
        raise NotImplementedError


class Dates(Readable):
    """xs:date, with or without a time zone, between 1900 and 2100; as days since 1970. `iso` turns one back.

    A time of midnight says no more than the day. Any other time is not read: it may be a moment of the day before.
    """

    def __init__(self) -> None:
        super().__init__()
        self.iso: dict[int | None, str] = {None: ""}

    def own_form(self, text: str) -> str:
        found = MIDNIGHT.fullmatch(text)
        return found[1] if found else text

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
    """true, false, 1, 0, in any case (the census schema lists true, TRUE and 1). Y, N, yes and no can mean no other."""

    def own_form(self, text: str) -> str:
        return LETTERS.get(text.lower(), text)

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
    """A code of a list, in any case: those of the census year it is held to, or of every year until it is.

    `as_sent` gives the codes we hold for those that a file may send instead, and `as_sent_until` the last census year
    of them; `until` is the last year of the element itself.
    """

    def __init__(
        self,
        codes: Codes,
        as_sent: Mapping[str, str] | None = None,
        *,
        as_sent_until: int | None = None,
        until: int | None = None,
    ) -> None:
        super().__init__()
        self.list, self.as_sent, self.as_sent_until, self.until = codes, as_sent or {}, as_sent_until, until
        self.every_year = self.codes = {**{code: code for code in codes}, **self.as_sent}

    def hold_to(self, year: int) -> None:
        """Read only the codes of this census year from now on."""
        is_over = self.until is not None and year > self.until
        own = {} if is_over else {code: code for code in codes_of(self.list, year)}
        is_sent = self.as_sent_until is None or year <= self.as_sent_until
        self.codes = {**own, **{text: code for text, code in self.as_sent.items() if is_sent and code in own}}
        self.clear()
        self[None] = None

    def is_of_another_year(self, text: str | None) -> bool:
        code = (text or "").strip().upper()
        return code in self.every_year and code not in self.codes

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
