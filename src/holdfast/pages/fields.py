"""A date as three boxes, for forms in every room. The errors say what to do, in words.

Not here: how it looks (web's field component draws each part). Rule: a date that cannot be read is an error that
names the question; it is never guessed, and a year has four figures.
"""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join

PARTS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EXAMPLE = "like 27 3 2026"


class DateParts(forms.Widget):
    """Three text boxes: day, month, year. An ISO date under the plain name also serves, for links and scripts."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, str, str] | str | None:
        if f"{name}-day" not in data and f"{name}-month" not in data and f"{name}-year" not in data:
            return data.get(name)
        day, month, year = (str(data.get(f"{name}-{part}", "")).strip() for part, _, _ in PARTS)
        return day, month, year

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and all(f"{name}-{part}" not in data for part, _, _ in PARTS)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first box: where an error's link goes."""
        return f"{id_}-day" if id_ else id_

    def subwidgets(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """One dict per box: name, words, width, value and attrs (its id), for the field component."""
        values = _as_parts(value)
        own = (attrs or {}).get("id", f"id_{name}")
        for (part, words, width), each in zip(PARTS, values, strict=True):
            attributes = {"id": f"{own}-{part}"}
            yield {"name": f"{name}-{part}", "words": words, "width": width, "value": each, "attrs": attributes}

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        row = '<label for="{0}">{1}</label> <input type="text" inputmode="numeric" id="{0}" name="{2}" value="{3}"> '
        boxes = self.subwidgets(name, value, attrs)
        return format_html_join("", row, ((b["attrs"]["id"], b["words"], b["name"], b["value"]) for b in boxes))


def _as_parts(value: Any) -> tuple[str, str, str]:
    if isinstance(value, datetime.date):
        return str(value.day), str(value.month), str(value.year)
    if isinstance(value, tuple | list) and len(value) == 3:
        day, month, year = (str(each or "") for each in value)
        return day, month, year
    if isinstance(value, str) and value:
        try:
            return _as_parts(datetime.date.fromisoformat(value))
        except ValueError:
            return value, "", ""
    return "", "", ""


class DateField(forms.Field):
    """A date typed in three boxes; cleans to a datetime.date, or None when it may be empty and is.

    `what` completes the errors: DateField(what="the plan was agreed") says "Enter the date the plan was agreed, like
    27 3 2026". A month may also be typed as a word.
    """

    widget = DateParts

    def __init__(self, *, what: str = "", **kwargs: Any) -> None:
        self.words = f"the date {what}".strip()
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime.date | None:
        """The date typed. Raises ValidationError with the sentence to show."""
        if isinstance(value, datetime.date):
            return value
        day, month, year = _as_parts(value)
        if not (day or month or year):
            return None
        missing = [words.lower() for given, (_, words, _) in zip((day, month, year), PARTS, strict=True) if not given]
        if missing and not isinstance(value, str):
            said = f"{self.words[0].upper()}{self.words[1:]} must have a {' and a '.join(missing)}, {EXAMPLE}"
            raise ValidationError(said, code="incomplete")
        try:
            return datetime.date(_year(year), _month(month), int(day))
        except ValueError as odd:
            said = f"{self.words[0].upper()}{self.words[1:]} must be a real date, {EXAMPLE}"
            raise ValidationError(said, code="invalid") from odd

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise ValidationError(f"Enter {self.words}, {EXAMPLE}", code="required")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _as_parts(initial) != _as_parts(data)


def _year(text: str) -> int:
    if len(text) != 4:
        raise ValueError("a year has four figures")
    return int(text)


def _month(text: str) -> int:
    word = text[:3].lower()
    return MONTHS.index(word) + 1 if word in MONTHS else int(text)
