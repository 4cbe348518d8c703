"""The one way to ask: shown, sent back with what is wrong, or saved and led on with what happens next."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory
from lxml import html

from holdfast.access.writes import NotDone
from holdfast.pages.asking import ask, sent
from holdfast.pages.fields import DateField, text


class DoneForm(forms.Form):
    on = DateField(label="On which day?", what="it was done")
    note = text("What was done?", "Enter what was done")


TYPED = {"on-day": "1", "on-month": "6", "on-year": "2031", "note": "All trained."}


class Save:
    """A service that keeps what it was called with, or refuses."""

    def __init__(self, refusal: NotDone | None = None) -> None:
        self.calls: list[dict[str, Any]] = []
        self.refusal = refusal

    def __call__(self, **given: Any) -> SimpleNamespace:
        self.calls.append(given)
        if self.refusal:
            raise self.refusal
        return SimpleNamespace(ref="A1")


def asked(save: Save, typed: dict[str, str] | None = None, **how: Any) -> tuple[Any, list[str]]:
    """The answer, and what it says on the page after."""
    request = RequestFactory().get("/") if typed is None else RequestFactory().post("/", typed)
    request.user = AnonymousUser()
    request._messages = CookieStorage(request)
    how = {"then": "/plan/", "said": "A1 is done. Link its evidence next.", **how}
    answer = ask(request, DoneForm(sent(request)), save, heading="Mark as done", submit="Mark as done", **how)
    return answer, [str(one) for one in messages.get_messages(request)]


def page(answer: Any) -> Any:
    return html.document_fromstring(answer.content.decode())


def test_looking_shows_the_form_and_saves_nothing() -> None:
    save = Save()
    answer, _ = asked(save, caption="A1", inset="Done is not yet evidenced.", warning="It cannot be undone.")
    words = page(answer).text_content()
    assert not save.calls
    for part in ("Mark as done", "A1", "Done is not yet evidenced.", "It cannot be undone.", "On which day?"):
        assert part in words
    assert "There is a problem" not in words


def test_what_was_typed_reaches_the_service_with_who_and_when() -> None:
    save = Save()
    answer, said = asked(save, TYPED)
    assert (answer.status_code, answer["Location"]) == (302, "/plan/")
    assert said == ["A1 is done. Link its evidence next."]
    [given] = save.calls
    assert given.keys() == {"by", "at", "on", "note"}
    assert (given["on"], given["note"]) == (date(2031, 6, 1), "All trained.")


def test_what_the_service_returned_says_where_to_go_and_what_to_say() -> None:
    answer, said = asked(Save(), TYPED, then=lambda saved: f"/{saved.ref}/", said=lambda saved: f"{saved.ref} is done.")
    assert (answer["Location"], said) == ("/A1/", ["A1 is done."])


def test_what_is_wrong_comes_back_at_once_with_what_was_typed() -> None:
    save = Save()
    answer, said = asked(save, {"on-day": "x", "on-month": "6", "on-year": "2031"})
    errors = page(answer).xpath("//div[@class='govuk-error-summary__body']//a/text()")
    assert [error.split(",")[0] for error in errors] == [
        "The date it was done must be a real date",
        "Enter what was done",
    ]
    assert page(answer).xpath("//input[@name='on-day']/@value") == ["x"]
    assert (save.calls, said) == ([], [])


@pytest.mark.parametrize(
    ("field", "beside"), [("on", "#id_on-day"), ("note", "#id_note"), ("", None), ("no_such_field", None)]
)
def test_a_refusal_stands_beside_its_field_or_at_the_top(field: str, beside: str | None) -> None:
    answer, said = asked(Save(NotDone("Enter a day that is not in the future.", field=field)), TYPED)
    [item] = page(answer).xpath("//div[@class='govuk-error-summary__body']//li")
    assert item.text_content() == "Enter a day that is not in the future"
    assert next(iter(item.xpath("./a/@href")), None) == beside
    assert (answer.status_code, said) == (200, [])


def test_another_fault_is_not_taken_for_a_refusal() -> None:
    save = Save()
    save.refusal = ValueError("a fault in the code")  # type: ignore[assignment]
    with pytest.raises(ValueError, match="a fault in the code"):
        asked(save, TYPED)


def test_what_cannot_be_undone_has_a_way_back_that_changes_nothing() -> None:
    answer, _ = asked(Save(), warning="It cannot be undone.", breadcrumbs=[("Home", "/"), ("A1", "/A1/")])
    [back] = page(answer).xpath("//a[text()='Go back and change nothing']/@href")
    assert back == "/A1/"
    assert page(answer).xpath("//button[contains(@class, 'govuk-button--warning')]")
