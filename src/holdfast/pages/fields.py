"""What a person may type, for forms in every room: texts, reasons, references, choices, and a date as three boxes.

Not here: how a field looks (components/field.html). Rule: a label is a question; a limit is named before it is met; an
error says what to do, in our words and without a full stop; a date that cannot be read is never guessed.
"""

import datetime
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazystr
from django.utils.html import format_html_join

from holdfast.access import clock
from holdfast.pages.words import MONTHS, upper_first

GONE = "Choose from the list again: what was chosen is not in it"
# Django's own fields say it so wherever a form does not: a list may grow shorter while a page stands open.
for _kind in (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField, forms.ModelMultipleChoiceField):
    _kind.default_error_messages = dict.fromkeys(_kind.default_error_messages, GONE)

PARTS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))


_BLANK: Final = "\u034f\u115f\u1160\u2800\u3164\uffa0"
"""Letters and marks of which nothing is seen."""


class _Text(forms.CharField):
    """A text of which something is seen: what prints nothing, such as a mark that turns words round, is no reason."""

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return typed if any(map(_is_seen, typed)) else self.empty_value


def _is_seen(letter: str) -> bool:
    return letter not in _BLANK and unicodedata.category(letter) not in ("Cc", "Cf", "Zs", "Zl", "Zp")


def text(label: str, missing: str, *, hint: str = "", longest: int = 200, **more: Any) -> forms.CharField:
    """A line of text. `missing` is what to say when it is left empty ("" with required=False); `errors`, by code, what
    to say in place of a validator's own words."""
    return _Text(
        label=label,
        help_text=_with_limit(hint, longest),
        validators=[*more.pop("validators", ()), _at_most(longest)],
        error_messages={"required": missing, **more.pop("errors", {})},
        **more,
    )


def reason(label: str, missing: str, *, hint: str = "", longest: int = 4000, **more: Any) -> forms.CharField:
    """A few sentences, which others will read."""
    hint = f"{hint} Never name a child.".strip()
    return text(label, missing, hint=hint, longest=longest, widget=forms.Textarea, **more)


def ref(example: str, **more: Any) -> forms.SlugField:
    """A short reference of its own, like A18: letters, digits and hyphens."""
    return _slug("What is its reference?", "a reference", "letters", example, 20, "Not used before.", **more)


def code(example: str, **more: Any) -> forms.SlugField:
    """The part of an address that names something, like north-team."""
    hint = "It is for addresses, and cannot be changed later."
    return _slug("What is its short code?", "a short code", "lower-case letters", example, 50, hint, **more)


def _slug(label: str, what: str, letters: str, example: str, longest: int, hint: str, **more: Any) -> forms.SlugField:
    only = f"Use only {letters}, digits and hyphens, like {example}"
    return forms.SlugField(
        label=label,
        help_text=_with_limit(f"{letters.capitalize()}, digits and hyphens, like {example}. {hint}", longest),
        validators=[_at_most(longest)],
        error_messages={"required": f"Enter {what}, like {example}", "invalid": only},
        **more,
    )


def choice(label: str, what: str, choices: Sequence[tuple[str, str]] | None = None, **more: Any) -> Any:
    """One of `choices`; without them, one of the things that the form gives as its `queryset`.

    `what` completes the errors: "Choose an agency". Radios (widget=forms.RadioSelect) begin with none chosen.
    """
    said = {"required": f"Choose {what}", "invalid_choice": f"Choose {what} from the list"}
    if choices is None:
        empty = more.pop("empty_label", f"Choose {what}")
        return forms.ModelChoiceField(queryset=None, label=label, empty_label=empty, error_messages=said, **more)
    if more.get("widget") is not forms.RadioSelect:
        choices = [("", f"Choose {what}"), *choices]
    return forms.ChoiceField(choices=choices, label=label, error_messages=said, **more)


def free(form: forms.Form, name: str, taken: Callable[[str], str]) -> None:
    """Have a field of a form say that what is typed is taken already, together with whatever else is wrong.

    `taken` is a selector that says so, or "" of what is free. The service asks it too: somebody may come between.
    """

    def refuse_taken(typed: str) -> None:
        said = taken(typed)
        if said:
            raise ValidationError(said, code="taken")

    form.fields[name].validators.append(refuse_taken)


def _with_limit(hint: str, longest: int) -> str:
    return f"{hint} Up to {longest:,} characters.".strip()


def _at_most(longest: int) -> Callable[[str], None]:
    """Not Django's max_length: that cuts what is pasted without a word. A new line counts as one character."""

    def refuse_longer(typed: str) -> None:
        n = len(typed.replace("\r\n", "\n"))
        if n > longest:
            raise ValidationError(f"Use {longest:,} characters or fewer: there are {n:,}", code="max_length")

    return refuse_longer


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
    27 3 2031". The example, there and in the hint, is of the year it is today. A month may also be typed as a word.
    """

    widget = DateParts

    def __init__(self, *, what: str = "", hint: str = "", **kwargs: Any) -> None:
        self.words = f"the date {what}".strip()
        super().__init__(help_text=lazystr(_DateHint(hint)), **kwargs)

    def to_python(self, value: Any) -> datetime.date | None:
        """The date typed. Raises ValidationError with the sentence to show."""
        if isinstance(value, datetime.date):
            return value
        day, month, year = _as_parts(value)
        if not (day or month or year):
            return None
        missing = [words.lower() for given, (_, words, _) in zip((day, month, year), PARTS, strict=True) if not given]
        if missing and not isinstance(value, str):
            raise self._refusal(f"must have a {' and a '.join(missing)}", "incomplete")
        if year.isdigit() and len(year) != 4:
            raise self._refusal("must have a year of four figures", "year")
        try:
            return datetime.date(int(year), _month(month), int(day))
        except ValueError as odd:
            raise self._refusal("must be a real date", "invalid") from odd

    def _refusal(self, said: str, code: str) -> ValidationError:
        return ValidationError(f"{upper_first(self.words)} {said}, like {_example()}", code=code)

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise ValidationError(f"Enter {self.words}, like {_example()}", code="required")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _as_parts(initial) != _as_parts(data)


class _DateHint:
    """A hint with its example, said when the page is drawn: a form is made once and the year moves on."""

    def __init__(self, hint: str) -> None:
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.hint} For example, {_example()}".strip()


def _example() -> str:
    return f"27 3 {clock.today().year}"


def _month(typed: str) -> int:
    """The number of a month typed as a number or a word. Raises ValueError."""
    known = [month[:3].lower() for month in MONTHS]
    return known.index(typed[:3].lower()) + 1 if typed[:3].lower() in known else int(typed)
