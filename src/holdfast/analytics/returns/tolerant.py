"""Turns a cell of a spreadsheet, as people fill them in, into a value of a column. The mappings are as in values.py.

A cell is text, a number, a day or yes and no. Days in text are day, month, year by declared convention; a number of
five figures is a day as Excel counts them; no other reading is tried. A code may stand with its letter, its words or
both.
Rule: nothing is guessed; what has two readings, or none, is KeyError. What only says that there is nothing is nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from holdfast.analytics.returns.values import EARLIEST, EPOCH, LATEST, REMEMBERED

Cell = Any
"""str, float, int, bool, datetime.date, datetime.datetime, datetime.time or datetime.timedelta; "" for an empty one."""

NOTHING = frozenset({"", "-", "--", ".", "n/a", "na", "null", "none", "nan", "not applicable", "(blank)"})
EXCEL_EPOCH = date(1899, 12, 30).toordinal() - EPOCH
# A day as Excel counts: from 1954, so that a year or an age that stands in a date's column is not taken for one.
FIRST_SERIAL, LAST_SERIAL = 20_000, LATEST.toordinal() - EPOCH - EXCEL_EPOCH
SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
TIME = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?)?"
ISO_DAY = re.compile(rf"(\d{{4}})[-/](\d{{1,2}})[-/](\d{{1,2}}){TIME}", re.ASCII)
DAY_FIRST = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}){TIME}", re.ASCII)
NAMED_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[-/. ]+([A-Za-z]{{3,9}})[-/. ,]+(\d{{4}}){TIME}", re.ASCII)
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
LETTER = re.compile(r"([a-z]{1,2})\)\s*", re.IGNORECASE | re.ASCII)
PARTS = re.compile(r"\s*(?:[:=]|\s-|-\s|–)\s*")
YES = frozenset({"yes", "y", "yep", "true", "1", "t"})
NO = frozenset({"no", "n", "nope", "false", "0", "f"})
AS_AT = re.compile(r"\bas (?:at|of|on)[: ]+(?:the )?(?:[A-Za-z]+day,? )?([0-9][0-9A-Za-z/.\- ]{5,20})", re.IGNORECASE)
NOT_RECORDED = frozenset({"unknown", "notknown", "notrecorded", "notstated", "u"})


def tidy(text: str) -> str:
    """Text with plain apostrophes and hyphens, and single ordinary spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(SAME)
    return " ".join(text.split())


SAME = str.maketrans({"‘": "'", "’": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "\ufeff": "", "\u200b": ""})


def folded(text: str) -> str:
    """Only the letters and figures of a text, in small letters: what headings and words are compared by."""
    return re.sub(r"[^0-9a-z]", "", tidy(text).lower())


def plain(cell: Cell) -> str:
    """A cell as text: a whole number without its point, a day in ISO form; "" for nothing."""
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)


class Tolerant(dict[Cell, Any]):
    """Cell to value, remembered. None: there is nothing there. KeyError: something is, and it is not understood."""

    rule = "bad-text"

    def __missing__(self, cell: Cell) -> Any:
        value = None if isinstance(cell, str) and tidy(cell).lower() in NOTHING else self.read(cell)
        if len(self) < REMEMBERED:
            self[cell] = value
        return value

    def read(self, cell: Cell) -> Any:
        """The value of a cell that holds something. Raises KeyError."""
        raise NotImplementedError


class CellDates(Tolerant):
    """A day between 1900 and 2100, as days since 1970; a time of the day is passed over. `iso` turns one back."""

    rule = "bad-date"

    def __init__(self) -> None:
        super().__init__()
        self.iso: dict[int | None, str] = {None: ""}

    def read(self, cell: Cell) -> int:
        day = self._day(cell)
        if day is None or not EARLIEST <= day <= LATEST:
            raise KeyError(cell)
        days = day.toordinal() - EPOCH
        self.iso[days] = day.isoformat()
        return days

    def _day(self, cell: Cell) -> date | None:
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        if isinstance(cell, bool):
            return None
        if isinstance(cell, int | float):
            return serial_day(float(cell))
        return written_day(tidy(cell)) if isinstance(cell, str) else None


def serial_day(number: float) -> date | None:
    """The day that Excel counts as this number; None where it is none from 1954 on."""
    if not FIRST_SERIAL <= number < LAST_SERIAL:
        return None
    return date.fromordinal(int(number) + EXCEL_EPOCH + EPOCH)


def written_day(text: str) -> date | None:
    """The day that a text means: 2014-04-03, 3/4/2014 (day first), 3 April 2014, 41732; None for any other form."""
    if SERIAL.fullmatch(text):
        return serial_day(float(text))
    if found := ISO_DAY.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := NAMED_MONTH.fullmatch(text):
        named = [n for n, name in enumerate(MONTHS, 1) if name.startswith(found[2].lower())]
        if len(named) != 1:
            return None
        day, month, year = int(found[1]), named[0], int(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


class CellFlags(Tolerant):
    """Yes or no with or without a letter before it. "Unknown" is nothing: it says that it is not recorded."""

    rule = "bad-flag"

    def read(self, cell: Cell) -> bool | None:
        if isinstance(cell, bool):
            return cell
        said = folded(LETTER.sub("", plain(cell), count=1))
        if said in YES:
            return True
        if said in NO:
            return False
        if said in NOT_RECORDED:
            return None
        raise KeyError(cell)


class CellCounts(Tolerant):
    """A whole number from 0 to 9,999."""

    rule = "bad-count"

    def read(self, cell: Cell) -> int:
        if isinstance(cell, bool) or not isinstance(cell, str | int | float):
            raise KeyError(cell)
        try:
            number = float(tidy(cell) if isinstance(cell, str) else cell)
        except ValueError:
            raise KeyError(cell) from None
        if not number.is_integer() or not 0 <= number <= 9_999:
            raise KeyError(cell)
        return int(number)


class CellTexts(Tolerant):
    """Any text that is not too long, and no error of the spreadsheet's own."""

    def __init__(self, longest: int) -> None:
        super().__init__()
        self.longest = longest

    def read(self, cell: Cell) -> str:
        text = plain(cell)
        if len(text) > self.longest or text.startswith("#"):
            raise KeyError(cell)
        return text


class CellCodes(Tolerant):
    """A code of a list, by itself, with its letter, or by its words: "q) 6: Police", "6", "6: Police", "Police".

    `words` gives other words of a code than the list's. Where a code and words stand together both must mean the same.
    """

    rule = "bad-code"

    def __init__(self, codes: Mapping[str, str], words: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.codes = {folded(code): code for code in codes}
        said: dict[str, set[str]] = {}
        for code, means in (*codes.items(), *((code, means) for means, code in words)):
            said.setdefault(folded(means), set()).add(code)
        self.words = {means: next(iter(meant)) for means, meant in said.items() if len(meant) == 1}

    def read(self, cell: Cell) -> str | None:
        text = plain(cell)
        lettered = LETTER.match(text)
        rest = text[lettered.end() :] if lettered else text
        return self._whole(rest) or self._parts(rest, cell)

    def _whole(self, text: str) -> str | None:
        own = folded(text)
        return self.codes.get(own) or self.words.get(own)

    def _parts(self, text: str, cell: Cell) -> str:
        """What a code and its words mean together; the words alone count where no code stands before them."""
        head, *tail = PARTS.split(text, maxsplit=1)
        code = self.codes.get(folded(head))
        meant = self.words.get(folded(tail[0])) if tail else None
        if code is None or (meant is not None and meant != code):
            raise KeyError(cell)
        return code


def as_at_of(texts: Iterable[str]) -> date | None:
    """The one day that titles say the lists are as at; None where none says one, or two differ."""
    days = set()
    for text in texts:
        for found in AS_AT.finditer(tidy(text)):
            words = found[1].strip()
            parts = words.split(" ")
            for n in range(len(parts), 0, -1):
                if day := written_day(" ".join(parts[:n]).rstrip(".,)")):
                    days.add(day)
                    break
    return days.pop() if len(days) == 1 else None
