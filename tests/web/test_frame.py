"""What frames every page: the title, the navigation that a role's permissions open, the release and the date."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import resolve
from lxml import html

from holdfast.access.doors import may
from holdfast.access.roles import ROLES

HOME = "/westmere-2031/"


def page_of(response):
    return html.document_fromstring(response.content.decode())


def navigation(response):
    links = page_of(response).xpath("//nav[@aria-label='Menu']//a")
    return {link.text_content().strip(): link.get("href") for link in links}


def band(response):
    return " ".join(page_of(response).find_class("hf-band")[0].text_content().split())


@pytest.mark.parametrize("role", [code for code in ROLES if code != "administrator"])
def test_the_navigation_holds_what_the_role_may_open_and_nothing_else(client_for, people, role):
    shown = navigation(client_for(role).get(HOME))
    for address in shown.values():
        assert may(people[role], resolve(address).func.door, "westmere-2031"), address
    assert {"Home", "Notice", "Evidence", "Plan"} <= set(shown)
    assert "Accounts" not in shown
    assert len(shown) <= 8, "the menu no longer fits on one line"


def test_an_analyst_finds_data_and_an_elected_member_does_not(client_for):
    assert "Data" in navigation(client_for("performance-analyst").get(HOME))
    assert "Data" not in navigation(client_for("elected-member").get(HOME))


def test_an_administrator_finds_the_service_and_accounts_alone(client_for):
    assert list(navigation(client_for("administrator").get(f"{HOME}accounts/"))) == ["People"]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("", [("Home", "page")]),
        ("plan/", [("Plan", "page")]),
        ("releases/", [("Data", "true"), ("Releases", "page")]),
        ("releases/calculate/", [("Data", "true"), ("Releases", "true")]),
        ("returns/submit/", [("Data", "true"), ("Returns", "true")]),
        ("indicators/definitions/", [("Evidence", "true"), ("How they are counted", "page")]),
        ("notice/", [("Notice", "true"), ("The notice", "page")]),
        ("notice/positions/", [("Notice", "true"), ("Every requirement", "page")]),
    ],
)
def test_where_we_are_is_marked_in_the_menu_and_in_its_group(client_for, path, current):
    """Which group a page is in follows from its address; nothing lists it."""
    links = page_of(client_for("performance-analyst").get(HOME + path)).xpath("//*[@aria-current]")
    assert [(link.text_content().strip(), link.get("aria-current")) for link in links] == current


@pytest.mark.parametrize(
    ("role", "path", "pages"),
    [
        ("performance-analyst", "returns/", ["Returns", "Faults", "Releases", "Published figures"]),
        ("elected-member", "people/", []),
        ("programme-office", "people/", ["People and bodies", "Trail"]),
        ("administrator", "accounts/", ["The service", "Accounts"]),
        ("performance-analyst", "", []),
    ],
)
def test_a_group_lists_its_pages_where_more_than_one_is_open(client_for, role, path, pages):
    section = page_of(client_for(role).get(HOME + path)).find_class("hf-section")
    assert [link.text_content().strip() for nav in section for link in nav.xpath(".//a")] == pages


def test_the_title_is_the_heading_then_the_programme_then_the_product(client_for):
    title = page_of(client_for("director").get(f"{HOME}people/")).xpath("//title/text()")
    assert title == ["People and bodies – Westmere improvement programme – Holdfast"]


def test_somebody_refused_is_told_nothing_of_the_programme(client_for):
    response = client_for("elsewhere").get(HOME)
    assert response.status_code == 403
    assert "Westmere" not in response.content.decode()
    assert navigation(response) == {}


def test_a_stranger_is_told_nothing_but_the_product(client_for):
    text = client_for("").get("/account/sign-in").content.decode()
    assert "Westmere" not in text
    assert "Sign out" not in text


def test_a_fixed_date_is_said(client_for, settings):
    settings.HOLDFAST_TODAY = date(2014, 2, 10)
    assert "Today is fixed at 10 February 2014." in band(client_for("director").get(HOME))


def test_the_demonstration_says_that_it_is_invented(client_for, settings):
    settings.MODE = "demo"
    assert band(client_for("director").get(HOME)).startswith("Demonstration Invented data: nobody here is real.")


@pytest.mark.parametrize("role", ["performance-analyst", "elected-member", "dfe-observer"])
def test_the_release_that_figures_come_from_is_said(client_for, monkeypatch, role):
    release = SimpleNamespace(number=3, as_at=date(2014, 1, 31), in_words="release 3 (a1b2c3d4)")
    monkeypatch.setattr("holdfast.performance.selectors.releases.latest_release", lambda user, code: release)
    response = client_for(role).get(f"{HOME}people/")
    assert "You are seeing data as at 31 January 2014, release 3 (a1b2c3d4)." in band(response)
    assert bool(page_of(response).xpath("//*[contains(@class, 'hf-band')]//a"))


def test_signing_out_takes_one_press_from_any_page(client_for):
    client = client_for("director")
    form = page_of(client.get(HOME)).xpath("//form[contains(@class, 'sign-out')]")[0]
    client.post(form.get("action"))
    assert client.get(HOME).status_code == 302


def test_the_frame_asks_the_database_a_fixed_number_of_questions(
    client_for, second_programme, django_assert_max_num_queries
):
    client = client_for("director")
    with django_assert_max_num_queries(7):  # session, account, roles, programme, release, and the session kept
        client.get("/account/password")
    with django_assert_max_num_queries(16):
        client.get(f"{HOME}people/")
