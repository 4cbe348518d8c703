"""Every role's own home: it answers its own question, leads nowhere that is shut, and asks a fixed number of times."""

from datetime import UTC, date, datetime, timedelta

import pytest
from lxml import html

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account, Visit
from holdfast.access.roles import ROLES
from holdfast.access.upkeep import note_backup, note_verified
from holdfast.access.visits import note_visit, visited_before
from holdfast.organisation import services as organisation
from reports.invented import load_notice_and_plan

HOME = "/westmere-2031/"
READERS = [code for code in ROLES if code != "administrator"]


@pytest.fixture
def planned(settings, client_for, programme):
    """The standing programme with the notice and plan that ship, on a day when some of it is late."""
    settings.HOLDFAST_TODAY = date(2014, 2, 10)
    load_notice_and_plan(programme, "devon-2013.yaml", "devon-2013-plan.yaml")
    return programme


def main_of(response):
    return html.document_fromstring(response.content.decode()).xpath("//main")[0]


def sentence_of(main):
    return main.xpath(".//p[contains(@class, 'hf-lede')]")[0].text_content()


def test_a_home_answers_its_own_question_and_leads_nowhere_that_is_shut(client_for, planned, pages_are_kept):
    said, shut, tried = {}, [], {}
    for role in READERS:
        client = client_for(role)
        main = main_of(client.get(HOME))
        assert main.xpath(".//h1")[0].text_content() == ROLES[role].home_question
        said.setdefault(sentence_of(main), []).append(role)
        assert len(main.xpath(".//ul[contains(@class, 'hf-things')]/li")) <= 5
        hrefs = set(main.xpath(".//a/@href"))
        assert hrefs
        for href in hrefs:
            key = (ROLES[role].permissions, href)
            if key not in tried:
                tried[key] = client.get(href).status_code
            shut += [(role, href)] if tried[key] != 200 else []
    assert not shut
    assert [roles for roles in said.values() if len(roles) > 1] == []


def test_a_home_with_nothing_to_say_says_so_in_a_sentence(settings, client_for, programme):
    settings.HOLDFAST_TODAY = date(2014, 2, 10)  # when no definition's review is due
    for role in READERS:
        main = main_of(client_for(role).get(HOME))
        assert main.xpath(".//p"), role
        assert not main.xpath(".//*[contains(@class, 'hf-empty') or contains(@class, 'hf-things')]"), role


def test_a_home_asks_as_often_however_long_the_plan_is(
    client_for, planned, pages_are_kept, django_assert_max_num_queries
):
    client = client_for("board-chair")
    client.get(HOME)
    with django_assert_max_num_queries(90):
        client.get(HOME)


def test_a_partners_home_begins_with_their_own_agency(client_for, planned, people):
    at = clock.now()
    account = organisation.create_account(by=SYSTEM, at=at, username="officer", password="three plain invented words")
    role = {"role": "partner-member", "programme": planned, "kind": "agency", "key": "police"}
    organisation.grant_role(by=SYSTEM, at=at, account=account, from_on=date(2013, 9, 12), **role)
    client = client_for("")
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert sentence_of(main_of(client.get(HOME))).startswith("Police: 1 action in the plan")


def test_an_administrator_is_told_of_the_service_and_of_no_child(client_for, planned):
    client = client_for("administrator")
    main = main_of(client.get(f"{HOME}service/"))
    assert main.xpath(".//h1")[0].text_content() == "Is the service well?"
    assert "have no second step" in main.text_content()
    assert "Last backup: never; last verified: never." in main.text_content()
    for word in ("child", "assessment", "referral", "requirement"):
        assert word not in main.text_content().lower()
    assert [href for href in main.xpath(".//a/@href") if client.get(href).status_code != 200] == []


def test_an_administrator_is_told_when_all_was_last_copied_and_compared_and_what_came_of_it(client_for, planned):
    note_backup(by=SYSTEM, at=clock.now(), n_files=12, sha256="a" * 64)
    note_verified(by=SYSTEM, at=clock.now(), n_problems=2)
    words = " ".join(main_of(client_for("administrator").get(f"{HOME}service/")).text_content().split())
    assert "last verified: on" in words
    assert "never" not in words
    assert "Something is not as it was written: 2 problems, on" in words


def test_often_refused_is_told_to_the_administrator(client_for, planned):
    for _ in range(5):
        client_for("elected-member").get(f"{HOME}returns/")
    assert (
        "elected-member was refused often" in main_of(client_for("administrator").get(f"{HOME}service/")).text_content()
    )


@pytest.mark.django_db
def test_a_visit_on_a_later_day_remembers_the_one_before():
    account = Account.objects.create(username="ada")
    first = datetime(2014, 1, 6, 12, tzinfo=UTC)
    note_visit(account, first)
    assert visited_before(account) is None
    note_visit(account, first + timedelta(hours=3))  # the same day: the same visit
    assert visited_before(account) is None
    note_visit(account, first + timedelta(days=1))
    assert visited_before(account) == first
    assert Visit.objects.count() == 1


def test_signing_in_is_a_visit(client_for, people):
    client_for("dfe-observer")
    assert Visit.objects.filter(account=people["dfe-observer"]).exists()
