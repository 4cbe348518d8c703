"""The pages: who may make, who may read, who may not; the form's words; files sent as they were frozen."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM
from holdfast.access.models import TrailRow
from holdfast.jobs import kept
from holdfast.reports import keeping, selectors
from holdfast.reports.models import Edition
from page_client import page_faults

Clients = Callable[[str], Any]
BASE = "/westmere-2031/reports/"
ONE = f"{BASE}ministers/2013-12-31/1/"
DATE = {"on-day": "31", "on-month": "12", "on-year": "2013"}


@pytest.fixture
def edition(figures_alone: Any, freeze: Callable[..., Edition], people: dict[str, Any]) -> Edition:
    return freeze(by=people["performance-analyst"])


def test_the_empty_list_says_what_will_appear_and_who_can_make_it(client_for: Clients, programme: Any) -> None:
    page = client_for("dfe-observer").get(BASE)
    assert "No report has been frozen yet" in page.content.decode()
    assert "Make a report" not in page.content.decode()


@pytest.mark.parametrize("role", ["board-chair", "programme-office", "performance-analyst"])
def test_those_who_may_make_a_report_are_offered_it(client_for: Clients, programme: Any, role: str) -> None:
    assert "Make a report to Ministers" in client_for(role).get(BASE).content.decode()
    assert client_for(role).get(f"{BASE}make/").status_code == 200


@pytest.mark.parametrize("role", ["director", "dfe-observer", "elected-member", "partner-member", "auditor"])
def test_those_who_may_read_see_editions_and_cannot_make_one(client_for: Clients, edition: Edition, role: str) -> None:
    client = client_for(role)
    assert "31 December 2013" in client.get(BASE).content.decode()
    assert client.get(ONE).status_code == 200
    assert client.get(f"{ONE}report.pdf").status_code == 200
    assert client.get(f"{BASE}make/").status_code == 403
    assert client.post(f"{BASE}make/", DATE).status_code == 403


@pytest.mark.parametrize("role", ["nobody", "elsewhere", "administrator"])
def test_those_who_may_not_see_reports_are_refused_and_trailed(
    client_for: Clients, edition: Edition, role: str
) -> None:
    client = client_for(role)
    for path in (BASE, ONE, f"{ONE}report.pdf", f"{BASE}make/"):
        assert client.get(path).status_code == 403
    assert TrailRow.objects.filter(action="refused", by=role).count() == 4


def test_a_stranger_is_asked_to_sign_in(client_for: Clients, edition: Edition) -> None:
    assert client_for("").get(ONE).status_code == 302


def test_the_form_freezes_a_report_and_shows_it(client_for: Clients, figures_alone: Any) -> None:
    client = client_for("board-chair")
    typed = {**DATE, "covering": "Two things worry me."}
    asked = client.post(f"{BASE}make/", typed).content.decode()
    assert "A report to Ministers for 31 December 2013 will be frozen." in asked
    assert "nobody can change or remove it" in asked
    assert selectors.latest_edition(SYSTEM, "westmere-2031", "ministers", date(2013, 12, 31)) is None
    sent = client.post(f"{BASE}make/", {**typed, "sure": "yes"})
    assert sent["Location"] == ONE
    page = client.get(ONE).content.decode()
    assert "Edition 1 of the report to Ministers for 31 December 2013 is frozen." in page
    assert "Two things worry me." in page
    assert selectors.verify_editions(SYSTEM) == []


def test_only_the_chair_is_asked_for_covering_words(client_for: Clients, programme: Any) -> None:
    assert "What do you want to say to Ministers?" in client_for("board-chair").get(f"{BASE}make/").content.decode()
    assert "say to Ministers" not in client_for("programme-office").get(f"{BASE}make/").content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"on-day": "11", "on-month": "2", "on-year": "2014"}, "Enter a date that has come: today, 10 February 2014"),
        ({"on-day": "31", "on-month": "3", "on-year": "1999"}, "Enter 12 September 2013, when the notice was issued"),
        ({"on-day": "31", "on-month": "2", "on-year": "2013"}, "31"),
        ({}, "Enter"),
    ],
)
def test_a_date_that_cannot_be_used_says_what_to_do(
    client_for: Clients, programme: Any, typed: dict[str, str], words: str
) -> None:
    page = client_for("board-chair").post(f"{BASE}make/", typed)
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert words in page.content.decode()
    assert page_faults(page.content.decode()) == []


def test_an_edition_shows_every_chapter_and_its_references(
    client_for: Clients, released: Any, freeze: Callable[..., Edition]
) -> None:
    edition = freeze()
    page = client_for("dfe-observer").get(ONE).content.decode()
    for words in (
        "Report to Ministers, 31 December 2013",
        "release 1 (aaaaaaaa), I04 version 1",
        "Where we stand",
        "What has not been achieved, and why",
        edition.sha256,
    ):
        assert words in page
    assert 'href="/westmere-2031/indicators/I04/?release=1"' in page


def test_an_older_edition_points_to_the_newer(
    client_for: Clients, edition: Edition, freeze: Callable[..., Edition], people: dict[str, Any]
) -> None:
    freeze(by=people["board-chair"], covering="Two things worry me.")
    client = client_for("dfe-observer")
    assert "a newer one has taken its place" in client.get(ONE).content.decode()
    assert "Replaced by edition 2, which says what differs" in client.get(BASE).content.decode()
    assert "What differs" in client.get(f"{BASE}ministers/2013-12-31/2/").content.decode()
    assert "a newer one has taken its place" not in client.get(f"{BASE}ministers/2013-12-31/2/").content.decode()


@pytest.mark.parametrize(
    ("form", "kind"),
    [("pdf", "application/pdf"), ("html", "text/html; charset=utf-8"), ("json", "application/json")],
)
def test_a_file_is_sent_to_be_kept_as_it_was_frozen(
    client_for: Clients, edition: Edition, form: str, kind: str
) -> None:
    sent = client_for("elected-member").get(f"{ONE}report.{form}")
    assert sent["Content-Type"] == kind
    assert sent["Content-Disposition"] == (
        f'attachment; filename="westmere-2031-ministers-2013-12-31-edition-1.{form}"'
    )
    assert kept.digest(sent.content) == edition.files[selectors.FILES[form]]


@pytest.mark.parametrize(
    "path",
    ["ministers/2013-12-31/2/", "ministers/2013-12-31/1/report.docx", "ministers/2013-02-30/1/", "x/2013-12-31/1/"],
)
def test_what_is_not_there_is_not_found(client_for: Clients, edition: Edition, path: str) -> None:
    assert client_for("dfe-observer").get(BASE + path).status_code == 404


def test_a_changed_edition_is_not_shown_and_says_so(client_for: Clients, edition: Edition) -> None:
    path = keeping.folder_of(edition.sha256) / "document.json"
    path.write_bytes(path.read_bytes() + b" ")
    client = client_for("dfe-observer")
    page = client.get(ONE)
    assert page.status_code == 500
    assert "has been changed since it was frozen" in page.content.decode()
    assert "I04" not in page.content.decode()
    (keeping.folder_of(edition.sha256) / "report.pdf").unlink()
    assert client.get(f"{ONE}report.pdf").status_code == 302


def test_pages_ask_as_many_questions_however_many_editions(
    client_for: Clients, edition: Edition, freeze: Callable[..., Edition], django_assert_max_num_queries: Any
) -> None:
    for day in (1, 2, 3):
        freeze(on=date(2014, 1, day))
    client = client_for("dfe-observer")
    with django_assert_max_num_queries(12):
        client.get(BASE)
