"""The pages of question sets. Alice (leads on practice) may write, Bob may read, Charlie may not."""

from typing import Any

import pytest

from holdfast.questions import reading
from holdfast.questions.models import SetVersion
from page_client import words

from .conftest import small

ALICE, BOB, CHARLIE = "practice-manager", "dfe-observer", "nobody"
SETS = "/westmere-2031/questions/"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", [SETS, f"{SETS}small/", f"{SETS}small/1/", f"{SETS}small/1/text/"])
def test_who_sees_the_programme_reads_and_others_do_not(client_for: Any, version: SetVersion, path: str) -> None:
    for reader in (ALICE, BOB):
        assert client_for(reader).get(path).status_code == 200
    assert client_for(CHARLIE).get(path).status_code == 403


def test_a_version_shows_its_conditions_what_stops_it_and_what_it_serves(client_for: Any, version: SetVersion) -> None:
    said = words(client_for(BOB).get(f"{SETS}small/1/"))
    for part in ("If “Was the child seen?” is Yes", "stops the form", "R07", "The child comes first."):
        assert part in said


def test_a_new_version_is_looked_at_before_it_is_kept(client_for: Any, version: SetVersion) -> None:
    page, alice = f"{SETS}small/change/", client_for(ALICE)
    assert "Was the child seen?" in words(alice.get(page))
    typed = {"text": reading.as_text(small(child_seen="Did somebody see the child?")), "change": "Plainer words"}
    looked = words(alice.post(page, {**typed, "how": "look"}))
    assert "Asked otherwise Did somebody see the child?" in looked
    assert SetVersion.objects.count() == 1
    assert alice.post(page, {**typed, "how": "keep"}).status_code == 302
    assert SetVersion.objects.count() == 2
    assert client_for(BOB).get(page).status_code == 403


@pytest.mark.parametrize(
    ("text", "said"),
    [("set: [", "at line"), ("set: {code: small}", "missing"), ("", "Enter the question set")],
)
def test_text_that_is_no_question_set_comes_back_with_its_place(
    client_for: Any, version: SetVersion, text: str, said: str
) -> None:
    response = client_for(ALICE).post(f"{SETS}small/change/", {"text": text, "change": "x", "how": "keep"})
    assert said.lower() in words(response).lower()
    assert SetVersion.objects.count() == 1


def test_a_set_keeps_its_code(client_for: Any, version: SetVersion) -> None:
    content = small()
    content["set"]["code"] = "another"
    typed = {"text": reading.as_text(content), "change": "x", "how": "keep"}
    assert "A set keeps its code" in words(client_for(ALICE).post(f"{SETS}small/change/", typed))


def test_a_set_is_added_in_the_browser(client_for: Any, programme: Any) -> None:
    typed = {"text": reading.as_text(small()), "how": "keep"}
    assert client_for(ALICE).post(f"{SETS}add/", typed).status_code == 302
    assert SetVersion.objects.get().number == 1
