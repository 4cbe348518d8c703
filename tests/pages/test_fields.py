"""A date typed in three boxes."""

from datetime import date

import pytest
from django import forms

from holdfast.pages.fields import DateField


class Form(forms.Form):
    on = DateField(what="the plan was agreed")


class Optional(forms.Form):
    on = DateField(required=False)


def typed(day: str, month: str, year: str) -> Form:
    return Form({"on-day": day, "on-month": month, "on-year": year})


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [("27", "3", "2026"), ("27", "03", "2026"), (" 27 ", "March", "2026"), ("27", "mar", "2026")],
)
def test_a_date_is_read_however_it_is_typed(day: str, month: str, year: str) -> None:
    form = typed(day, month, year)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == date(2026, 3, 27)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("", "", ""), "Enter the date the plan was agreed, like 27 3 2026"),
        (("27", "", "2026"), "The date the plan was agreed must have a month, like 27 3 2026"),
        (("30", "2", "2026"), "The date the plan was agreed must be a real date, like 27 3 2026"),
        (("27", "3", "26"), "The date the plan was agreed must be a real date, like 27 3 2026"),
        (("x", "3", "2026"), "The date the plan was agreed must be a real date, like 27 3 2026"),
    ],
)
def test_an_odd_date_is_refused_in_words(parts: tuple[str, str, str], said: str) -> None:
    assert typed(*parts).errors["on"] == [said]


def test_an_iso_date_under_the_plain_name_also_serves() -> None:
    form = Form({"on": "2026-03-27"})
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2026, 3, 27)


def test_a_date_that_may_be_empty_is_none() -> None:
    form = Optional({"on-day": "", "on-month": "", "on-year": ""})
    assert form.is_valid()
    assert form.cleaned_data["on"] is None


def test_a_date_already_known_fills_the_boxes() -> None:
    assert 'value="27"' in str(Form(initial={"on": date(2026, 3, 27)})["on"])
