"""The pages that belong to no one room: start, home, help, statements, health and errors."""

from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from lxml import html

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.access.models import TrailRow
from holdfast.access.roles import ROLES
from holdfast.notice.services.loading import load_notice
from holdfast.organisation.services import grant_role
from holdfast.web import views
from holdfast.web.standing import HOMES
from page_client import page_faults

HOME = "/westmere-2031/"


def heading(response):
    return html.document_fromstring(response.content.decode()).xpath("//h1")[0].text_content()


def test_one_programme_is_opened_at_once(client_for):
    assert client_for("director").get("/").headers["Location"] == HOME


def test_several_programmes_are_listed_to_choose_from(client_for, people, programme):
    grant_role(
        by=SYSTEM,
        at=clock.now(),
        account=people["elsewhere"],
        role="auditor",
        programme=programme,
        from_on=clock.today(),
    )
    text = client_for("elsewhere").get("/").content.decode()
    assert "Eastholt improvement programme" in text
    assert "Westmere improvement programme" in text


def test_an_administrator_starts_at_the_service(client_for):
    assert "/westmere-2031/service/" in client_for("administrator").get("/").content.decode()


def test_somebody_without_a_role_is_told_whom_to_ask(client_for):
    assert "You do not hold a role in any programme yet" in client_for("nobody").get("/").content.decode()


def test_a_stranger_is_asked_to_sign_in(client_for):
    assert "/account/sign-in" in client_for("").get("/").headers["Location"]


@pytest.mark.parametrize("role", [code for code in ROLES if code != "administrator"])
def test_everyone_lands_on_their_own_question(client_for, role):
    assert heading(client_for(role).get(HOME)) == ROLES[role].home_question


@pytest.mark.parametrize("role", ["administrator", "nobody", "elsewhere"])
def test_home_is_refused_to_those_who_may_not_see_the_programme(client_for, role):
    assert client_for(role).get(HOME).status_code == 403


def test_an_empty_programme_says_once_what_will_appear_and_who_makes_it_happen(client_for):
    text = client_for("director").get(HOME).content.decode()
    for words in ("No notice has been loaded yet", "No release of figures has been published yet", "No plan has been"):
        assert text.count(words) <= 4  # twice in the page, twice in the band (at the top, or at the foot of a phone)
        assert words in text


def test_every_role_has_a_home():
    assert set(HOMES) | {"administrator"} == set(ROLES)


@pytest.mark.parametrize("path", ["/help", "/accessibility", "/privacy", "/security"])
def test_help_and_statements_are_open_to_everybody(client_for, path):
    assert client_for("").get(path).status_code == 200


@pytest.mark.parametrize(("mode", "is_said"), [("demo", True), ("live", False)])
def test_a_demonstrations_help_says_that_its_figures_were_made_to_agree(client_for, settings, mode, is_said):
    settings.MODE = mode
    page = client_for("").get("/help").content.decode()
    assert ("whole years come out at or near the figures that the Department published" in page) == is_said


def test_health_says_only_that_it_answers(client_for):
    assert client_for("").get("/health").json() == {"status": "ok"}


@pytest.mark.parametrize("role", ["director", "administrator", "nobody"])
@pytest.mark.parametrize("path", ["/no/such/place", "/nowhere/", "/nowhere/plan/", "/nowhere/accounts/", "/help/"])
def test_an_address_that_leads_nowhere_says_so_and_is_no_refusal(client_for, role, path):
    client, before = client_for(role), TrailRow.objects.count()
    response = client.get(path)
    assert response.status_code == 404
    assert heading(response) == "Page not found"
    assert TrailRow.objects.count() == before


def test_a_stranger_is_sent_to_sign_in_whether_or_not_there_is_a_programme(client_for):
    assert client_for("").get("/nowhere/").status_code == 302


def test_what_is_missing_in_a_programme_is_named(client_for):
    response = client_for("director").get(f"{HOME}plan/actions/Z9/")
    assert response.status_code == 404
    assert "The plan has no action “Z9”." in response.content.decode()


def test_a_failure_is_told_without_asking_what_may_have_failed(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = views.broken(RequestFactory().get("/"))
    assert response.status_code == 500
    assert page_faults(response.content.decode()) == []


def test_a_crash_shows_the_page_for_it_and_no_details(client_for, monkeypatch):
    client = client_for("director")
    client.raise_request_exception = False

    def crash(*_):
        raise RuntimeError("child A1 of 3")

    monkeypatch.setattr("holdfast.web.views.standing", crash)
    response = Client.get(client, HOME)
    assert response.status_code == 500
    assert "child A1" not in response.content.decode()
    assert "Sorry, there is a problem" in response.content.decode()


def test_home_asks_no_question_for_each_of_71_requirements(client_for, programme, django_assert_max_num_queries):
    load_notice(by=SYSTEM, at=clock.now(), programme=programme, file=Path("devon-2013.yaml"))
    client = client_for("programme-office")
    client.get(HOME)
    with django_assert_max_num_queries(60):  # each room reads its own records once for all its checks
        client.get(HOME)
