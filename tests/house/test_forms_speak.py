"""Forms speak in our words: what a person may type, and what is said when it is wrong."""

import importlib
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from holdfast.pages.fields import DateField
from house.ground import SOURCE, room_order

BELOW = {"access"}
"""Rooms whose forms are somebody else's (allauth's sign-in), in our words where they let us."""


def fields() -> list[tuple[str, Any]]:
    """Every field of every form of the house, with where it is."""
    found: dict[str, Any] = {}
    for room in set(room_order()) - BELOW:
        for path in (SOURCE / room).glob("*forms.py"):
            for form in vars(importlib.import_module(f"holdfast.{room}.{path.stem}")).values():
                if isinstance(form, type) and issubclass(form, forms.BaseForm):
                    found |= {f"{room}.{form.__name__}.{name}": one for name, one in form.base_fields.items()}
    assert found, "no form was found"
    return sorted(found.items())


def test_no_limit_is_kept_in_djangos_words() -> None:
    """Promise: a limit is named in the hint before it is met (pages.fields), and nothing pasted is cut in silence."""
    wrong = [
        where
        for where, field in fields()
        if not isinstance(field, forms.FileField)
        and any(isinstance(one, MaxLengthValidator) for one in field.validators)
    ]
    assert not wrong, f"use pages.fields.text or reason: {wrong}"


def test_every_label_asks_and_every_error_says_what_to_do_without_a_full_stop() -> None:
    """Promise: the label of a field that must be filled is a question, what is said when it is empty is ours."""
    wrong = []
    for where, field in fields():
        if field.required and not str(field.label).endswith("?"):
            wrong.append(f"{where}: its label does not ask")
        said = "" if isinstance(field, DateField) else str(field.error_messages.get("required", ""))
        if field.required and said == "This field is required.":
            wrong.append(f"{where}: is missing in Django's words")
        wrong += [f"{where}: “{one}” ends with a full stop" for one in (said,) if one.endswith(".") and field.required]
    assert not wrong, "\n".join(wrong)


def test_no_smallest_or_largest_number_is_refused_in_djangos_words() -> None:
    """Promise: a number that is too small, too large or too fine is told in our words, as every other mistake is."""
    limits = ("min_value", "max_value", "max_digits", "decimal_places")
    named = {"decimal_places": "max_decimal_places"}
    wrong = [
        f"{where}: {limit}"
        for where, field in fields()
        for limit in limits
        if getattr(field, limit, None) is not None and named.get(limit, limit) not in field.error_messages
    ]
    assert not wrong, "\n".join(wrong)


def test_no_choice_that_is_not_there_is_refused_in_djangos_words() -> None:
    """Promise: what somebody took out of a list while a page stood open is told in our words, with what to do."""
    wrong = [
        f"{where}: {said}"
        for where, field in fields()
        for said in map(str, field.error_messages.values())
        if said.startswith(("Select a valid choice", "Enter a list of values", "“%(pk)s” is not"))
    ]
    assert not wrong, "a form that imports pages.fields says it in our words:\n" + "\n".join(wrong)
