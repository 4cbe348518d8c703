"""The people page and the accounts pages, as somebody who may change, one who may read, and one who may not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account
from holdfast.organisation import services
from holdfast.organisation.models import RoleHolding
from holdfast.organisation.services import TAKEN_ADDRESSES
from house.ground import addresses

pytestmark = pytest.mark.django_db
HOME = "/westmere-2031/"


def words(response):
    return response.content.decode()


def test_the_office_builds_the_people_page_and_the_auditor_reads_it(client_for, people):
    office = client_for("programme-office")
    for address, facts in (
        ("people/agencies/add/", {"name": "Westmere Police", "code": "police", "kind": "police"}),
        ("people/teams/add/", {"name": "North team", "code": "north"}),
        ("people/bodies/add/", {"name": "Improvement Board", "code": "board"}),
        ("people/bodies/board/other-name/", {"name": "Safeguarding Improvement Board"}),
    ):
        assert office.get(HOME + address).status_code == 200
        assert office.post(HOME + address, facts)["Location"] == HOME + "people/", address
    agency = office.get(HOME + "people/posts/add/").context["form"].fields["agency"].queryset.get()
    office.post(HOME + "people/posts/add/", {"title": "Superintendent", "code": "super", "agency": agency.pk})
    assert office.get(HOME + "people/posts/super/holder/").status_code == 200
    office.post(HOME + "people/posts/super/holder/", {"holder": people["partner-member"].pk})

    page = words(client_for("auditor").get(HOME + "people/"))

    for shown in ("Westmere Police", "North team", "Safeguarding Improvement Board", "Partner member Invented"):
        assert shown in page
    assert "Add a body" not in page


def test_an_empty_people_page_says_what_will_be_there(client_for):
    page = words(client_for("auditor").get(HOME + "people/"))
    assert "No bodies yet" in page
    assert "The programme office adds them" in page


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "Enter its name"),
        ({"name": "North", "code": "North Team"}, "Use only lower-case letters, digits and hyphens, like north-team"),
        ({"name": "North", "code": "taken"}, "There is already a team with the code “taken” in this programme"),
    ],
)
def test_an_error_says_what_to_do(client_for, facts, said):
    office = client_for("programme-office")
    office.post(HOME + "people/teams/add/", {"name": "Taken", "code": "taken"})
    response = office.post(HOME + "people/teams/add/", facts)
    assert response.status_code == 200
    assert said in words(response)


def errors(response):
    """Each error of a page's summary, with the field that its link leads to."""
    items = html.document_fromstring(words(response)).xpath("//div[@class='govuk-error-summary__body']//li")
    return [(item.text_content(), next(iter(item.xpath("./a/@href")), "")) for item in items]


def test_what_is_taken_is_said_with_whatever_else_is_wrong(client_for):
    office = client_for("programme-office")
    office.post(HOME + "people/bodies/add/", {"name": "Improvement Board", "code": "board"})
    office.post(HOME + "people/teams/add/", {"name": "North", "code": "north"})
    said = "There is already a team with the {} “{}” in this programme. Choose another"
    for address, facts, expected in (
        (
            "teams/add/",
            {"name": "", "code": "north"},
            [("Enter its name", "#id_name"), (said.format("code", "north"), "#id_code")],
        ),
        (
            "teams/add/",
            {"name": "NORTH", "code": "N W"},
            [
                (said.format("name", "NORTH"), "#id_name"),
                ("Use only lower-case letters, digits and hyphens, like north-team", "#id_code"),
            ],
        ),
        (
            "bodies/board/other-name/",
            {"name": "improvement  board"},
            [("“improvement board” already means Improvement Board in this programme. Choose another", "#id_name")],
        ),
    ):
        assert errors(office.post(f"{HOME}people/{address}", facts)) == expected


def test_a_refusal_of_a_role_stands_beside_what_it_is_about(client_for):
    typed = {"role": "director", "over": "programme:"}
    [(said, beside)] = errors(client_for("administrator").post(HOME + "accounts/director/role/", typed))
    assert (said, beside) == ("Director Invented already holds that role. End it first to change its dates", "#id_role")


def test_what_was_saved_is_said_with_what_happens_next(client_for):
    office, admin = client_for("programme-office"), client_for("administrator")
    office.post(HOME + "people/teams/add/", {"name": "North", "code": "north"})
    assert "North is in the programme. A role can now be granted over it." in words(office.get(HOME + "people/"))
    admin.post(HOME + "accounts/director/close/")
    page = words(admin.get(HOME + "accounts/director/"))
    assert "Director Invented is signed out, and cannot sign in until the account is opened again." in page


def test_what_is_not_there_is_not_found_by_those_who_may_look(client_for):
    office, admin = client_for("programme-office"), client_for("administrator")
    for client, address in (
        (office, "people/bodies/none/other-name/"),
        (office, "people/posts/none/holder/"),
        (admin, "accounts/none/"),
        (admin, "accounts/director/role/0/end/"),
    ):
        assert client.get(HOME + address).status_code == 404


def test_the_administrator_adds_an_account_grants_a_role_ends_it_and_closes_it(client_for):
    admin = client_for("administrator")
    assert admin.get(HOME + "accounts/").status_code == 200
    assert admin.get(HOME + "accounts/add/").status_code == 200
    new = {"username": "a.lovelace", "first_name": "Ada", "last_name": "Invented", "email": "a@example.org"}
    assert admin.post(HOME + "accounts/add/", new)["Location"] == HOME + "accounts/a.lovelace/"

    role = HOME + "accounts/a.lovelace/role/"
    assert admin.get(role).status_code == 200
    admin.post(role, {"role": "auditor", "over": "programme:", "to_on": ""})
    assert "Auditor" in words(admin.get(HOME + "accounts/a.lovelace/"))
    holding = RoleHolding.objects.get(account__username="a.lovelace")

    end = f"{role}{holding.pk}/end/"
    assert "at once" in words(admin.get(end))
    admin.post(end)
    holding.refresh_from_db()
    assert holding.ended_at

    for act, open_now in (("close", False), ("open", True)):
        assert admin.get(f"{HOME}accounts/a.lovelace/{act}/").status_code == 200
        admin.post(f"{HOME}accounts/a.lovelace/{act}/")
        assert Account.objects.get(username="a.lovelace").is_active is open_now

    assert admin.get(HOME + "accounts/a.lovelace/second-step/remove/").status_code == 200
    assert admin.post(HOME + "accounts/a.lovelace/second-step/remove/").status_code == 302
    assert admin.get(HOME + "accounts/a.lovelace/password/").status_code == 200
    assert admin.post(HOME + "accounts/a.lovelace/password/").status_code == 302
    assert not Account.objects.get(username="a.lovelace").has_usable_password(), "its person has not chosen one yet"


@pytest.mark.parametrize(
    ("address", "facts", "said"),
    [
        ("accounts/add/", {"username": "has space"}, "Use only letters, digits"),
        ("accounts/add/", {"username": "x"}, "Enter their work email address"),
        ("accounts/director/role/", {"role": "director", "over": "programme:"}, "already holds that role"),
        ("accounts/director/role/", {"role": "auditor", "over": "team:none"}, "Choose what it is over from the list"),
        (
            "accounts/director/role/",
            {"role": "auditor", "over": "programme:", "to_on-day": "31", "to_on-month": "2", "to_on-year": "2031"},
            "must be a real date",
        ),
        ("accounts/administrator/close/", {}, "You cannot close your own account"),
    ],
)
def test_the_administrator_is_told_what_to_put_right(client_for, address, facts, said):
    response = client_for("administrator").post(HOME + address, facts)
    assert response.status_code == 200
    assert said in words(response)


def test_a_closed_account_is_signed_out_at_its_next_step(client_for):
    director, admin = client_for("director"), client_for("administrator")
    assert director.get(HOME + "people/").status_code == 200
    admin.post(HOME + "accounts/director/close/")
    assert director.get(HOME + "people/").status_code == 302


def test_the_administrator_sees_nothing_of_the_programme(client_for):
    admin = client_for("administrator")
    for address in ("", "people/", "trail/"):
        assert admin.get(HOME + address).status_code == 403


@pytest.mark.parametrize(("role", "status"), [("director", 403), ("elsewhere", 403), ("nobody", 403), ("", 302)])
def test_who_may_not_see_accounts(client_for, role, status):
    assert client_for(role).get(HOME + "accounts/").status_code == status


def n_queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(HOME + address).status_code == 200
    return len(asked)


@pytest.mark.parametrize(("role", "address"), [("programme-office", "people/"), ("administrator", "accounts/")])
def test_a_page_asks_as_many_questions_however_many_rows_it_has(client_for, people, programme, role, address):
    client = client_for(role)
    client.get(HOME + address)
    before = n_queries(client, address)
    write = {"by": SYSTEM, "at": clock.now()}
    agency = services.add_agency(**write, programme=programme, code="police", name="Police")
    for one in range(12):
        account = services.create_account(**write, username=f"new-{one}")
        services.grant_role(**write, account=account, role="auditor", programme=programme)
        body = services.add_body(**write, programme=programme, code=f"body-{one}", name=f"Body {one}")
        services.add_alias(**write, body=body, name=f"Also {one}")
        services.add_post(**write, programme=programme, code=f"p-{one}", title="Post", agency=agency, holder=account)

    assert n_queries(client, address) <= before + 2  # the aliases and who held posts when, each fetched together


def test_no_programme_can_take_the_beginning_of_another_address():
    first = {one.pattern.partition("/")[0] for one in addresses()} - {"", "<slug:programme>"}
    assert first <= TAKEN_ADDRESSES, f"add these to TAKEN_ADDRESSES: {first - TAKEN_ADDRESSES}"


def test_a_body_is_changed_and_a_post_is_handed_over_with_its_day(client_for, people, programme):
    office = client_for("programme-office")
    office.post(HOME + "people/bodies/add/", {"name": "Board", "code": "board", "spoken_for_by": "board-chair"})
    assert office.post(HOME + "people/bodies/board/change/", {"to_on": "2013-10-01"}).status_code == 302
    page = " ".join(office.get(HOME + "people/").content.decode().split())
    assert "to 1 October 2013" in page
    office.post(HOME + "people/agencies/add/", {"name": "Council", "code": "council", "kind": "council"})
    agency = programme.agencies.get()
    office.post(HOME + "people/posts/add/", {"title": "Head", "code": "head", "agency": agency.pk})
    for who, day in (("director", "2013-10-01"), ("practice-manager", "2013-12-02")):
        typed = {"holder": people[who].pk, "from_on": day}
        assert office.post(HOME + "people/posts/head/holder/", typed).status_code == 302
    page = " ".join(office.get(HOME + "people/").content.decode().split())
    assert "from 2 December 2013; before: Director Invented from 1 October 2013 to 1 December 2013" in page
    assert client_for("director").get(HOME + "people/bodies/board/change/").status_code == 403
