"""What a person may type: a date in three boxes, texts with their limits, references and choices."""

from datetime import date

import pytest
from django import forms

from holdfast.pages.fields import DateField, choice, code, free, reason, ref, text


@pytest.fixture(autouse=True)
def today(settings):
    settings.HOLDFAST_TODAY = date(2031, 6, 1)


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
        (("", "", ""), "Enter the date the plan was agreed, like 27 3 2031"),
        (("27", "", "2026"), "The date the plan was agreed must have a month, like 27 3 2031"),
        (("27", "", ""), "The date the plan was agreed must have a month and a year, like 27 3 2031"),
        (("30", "2", "2026"), "The date the plan was agreed must be a real date, like 27 3 2031"),
        (("27", "13", "2026"), "The date the plan was agreed must be a real date, like 27 3 2031"),
        (("27", "3", "0000"), "The date the plan was agreed must be a real date, like 27 3 2031"),
        (("27", "3", "26"), "The date the plan was agreed must have a year of four figures, like 27 3 2031"),
        (("27", "3", "20266"), "The date the plan was agreed must have a year of four figures, like 27 3 2031"),
        (("x", "3", "2026"), "The date the plan was agreed must be a real date, like 27 3 2031"),
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


def test_the_example_is_of_the_year_it_is_whenever_the_form_was_made(settings) -> None:
    form = Form()
    assert str(form["on"].help_text) == "For example, 27 3 2031"
    settings.HOLDFAST_TODAY = date(2014, 2, 10)
    assert str(form["on"].help_text) == "For example, 27 3 2014"
    assert Form({}).errors["on"] == ["Enter the date the plan was agreed, like 27 3 2014"]


class Typed(forms.Form):
    title = text("What will be done?", "Enter what will be done", longest=10)
    why = reason("Why?", "Enter why", hint="Everybody reads it.")
    ref = ref("A18")
    code = code("north-team")
    kind = choice("What kind is it?", "a kind", [("a", "A"), ("b", "B")])


def errors(**typed: str) -> dict[str, list[str]]:
    return dict(Typed(typed).errors)


def test_what_is_missing_is_asked_for_in_words() -> None:
    assert errors() == {
        "title": ["Enter what will be done"],
        "why": ["Enter why"],
        "ref": ["Enter a reference, like A18"],
        "code": ["Enter a short code, like north-team"],
        "kind": ["Choose a kind"],
    }


def test_a_limit_is_named_before_it_is_met_and_said_in_our_words() -> None:
    assert Typed()["title"].help_text == "Up to 10 characters."
    assert Typed()["why"].help_text == "Everybody reads it. Never name a child. Up to 4,000 characters."
    assert errors(title="x" * 11)["title"] == ["Use 10 characters or fewer: there are 11"]
    assert errors(why="x" * 4001)["why"] == ["Use 4,000 characters or fewer: there are 4,001"]
    assert "title" not in errors(title="x" * 10)
    assert "maxlength" not in str(Typed()["title"])  # which would cut what is pasted without a word


@pytest.mark.parametrize("nothing", ["\u202e\u202e", "\u200b", "\u3164 \u2800", "\ufeff", "\u00ad\u034f"])
def test_what_prints_nothing_is_no_text(nothing: str) -> None:
    assert errors(title=nothing)["title"] == ["Enter what will be done"]
    assert "title" not in errors(title=f"{nothing}\u0301a")
    assert "title" not in errors(title="\U0001f468\u200d\U0001f467")


def test_a_new_line_is_one_character_however_it_is_sent() -> None:
    assert "why" not in errors(why="a\r\n" * 1999 + "ab")


def test_a_reference_and_a_code_say_what_they_may_hold() -> None:
    assert errors(ref="A 18")["ref"] == ["Use only letters, digits and hyphens, like A18"]
    assert errors(code="North team")["code"] == ["Use only lower-case letters, digits and hyphens, like north-team"]
    assert errors(ref="A" * 21)["ref"] == ["Use 20 characters or fewer: there are 21"]


def test_what_is_not_in_the_list_is_refused() -> None:
    assert errors(kind="c")["kind"] == ["Choose a kind from the list"]


def test_what_is_taken_is_said_together_with_the_other_errors() -> None:
    form = Typed({"ref": "A1"})
    free(form, "ref", lambda typed: f"There is a “{typed}” already" if typed == "A1" else "")
    assert form.errors["ref"] == ["There is a “A1” already"]
    assert form.errors["title"] == ["Enter what will be done"]
    fresh = Typed({"ref": "A1"})
    assert "ref" not in fresh.errors, "one form's list of what is taken reached another's"
