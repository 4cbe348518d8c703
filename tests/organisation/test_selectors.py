"""Reading who the programme is made of: only for those in it; names of bodies however they are written."""

from datetime import timedelta

import pytest

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.roles import ROLES
from holdfast.organisation import selectors, services

pytestmark = pytest.mark.django_db
CODE = "westmere-2031"


def add(service, **facts):
    return service(by=SYSTEM, at=clock.now(), **facts)


@pytest.fixture
def board(programme):
    body = add(services.add_body, programme=programme, code="board", name="Improvement Board")
    add(services.add_alias, body=body, name="Safeguarding Improvement Board")
    return body


@pytest.mark.parametrize(
    "name",
    ["Improvement Board", "improvement  board", "Safeguarding Improvement Board", "SAFEGUARDING IMPROVEMENT BOARD"],
)
def test_a_body_is_found_by_any_of_its_names(board, name):
    assert selectors.body_named(SYSTEM, CODE, name) == board


def test_a_name_that_means_no_body_is_refused_with_what_to_do(board):
    with pytest.raises(selectors.NoSuchBody, match=r"No body here is called “Scrutiny”. Add the body, or add the name"):
        selectors.body_named(SYSTEM, CODE, "Scrutiny")


def test_a_body_of_another_programme_does_not_answer_to_its_name_here(board, second_programme):
    with pytest.raises(selectors.NoSuchBody):
        selectors.body_named(SYSTEM, second_programme.code, "Improvement Board")


@pytest.mark.parametrize("read", ["programme", "agencies", "teams", "bodies", "posts", "role_holders"])
@pytest.mark.parametrize("role", ["nobody", "elsewhere"])
def test_nobody_outside_the_programme_reads_anything(people, read, role):
    with pytest.raises(Refused):
        getattr(selectors, read)(people[role], CODE)


@pytest.mark.parametrize("read", ["programme", "agencies", "bodies"])
def test_the_administrator_reads_nothing_of_the_programme_itself(people, read):
    with pytest.raises(Refused):
        getattr(selectors, read)(people["administrator"], CODE)


def test_a_programme_that_is_absent_is_refused_like_one_that_is_not_permitted(people):
    with pytest.raises(Refused) as absent:
        selectors.programme(people["director"], "no-such-programme")
    with pytest.raises(Refused) as closed:
        selectors.programme(people["director"], "eastholt-2031")
    assert str(absent.value) == str(closed.value)


def codes(found):
    return sorted(one.code for one in found)


def test_each_sees_the_programmes_they_have_a_part_in(people):
    assert codes(selectors.programmes(people["director"])) == [CODE]
    assert codes(selectors.programmes(people["elsewhere"])) == ["eastholt-2031"]
    assert codes(selectors.programmes(people["nobody"])) == []
    assert codes(selectors.programmes(people["administrator"])) == []
    assert codes(selectors.administered(people["administrator"])) == ["eastholt-2031", CODE]
    assert codes(selectors.administered(people["director"])) == []
    assert codes(selectors.programmes(SYSTEM)) == ["eastholt-2031", CODE]


def test_the_command_line_takes_the_only_programme(programme):
    assert selectors.programme_choice(None) == programme


def test_the_command_line_takes_the_one_named_then_the_one_in_the_environment(programme, second_programme, settings):
    settings.HOLDFAST_PROGRAMME = second_programme.code
    assert selectors.programme_choice(None) == second_programme
    assert selectors.programme_choice(CODE) == programme


def test_with_several_programmes_the_command_line_asks_which(programme, second_programme):
    with pytest.raises(
        selectors.WhichProgramme, match=r"--programme. The programmes here are: eastholt-2031, westmere"
    ):
        selectors.programme_choice(None)


def test_with_none_the_command_line_says_so(db):
    with pytest.raises(selectors.WhichProgramme, match="There are no programmes here yet"):
        selectors.programme_choice(None)


def test_an_unknown_programme_is_refused_with_the_codes_there_are(programme):
    with pytest.raises(selectors.NoSuchProgramme, match=r"no programme “x”. The programmes here are: westmere-2031"):
        selectors.programme_choice("x")


def test_an_account_is_found_by_its_user_name_or_refused_in_words(people):
    assert selectors.account_named("director") == people["director"]
    with pytest.raises(selectors.NoSuchAccount, match="no account with the user name “ghost”"):
        selectors.account_named("ghost")


def test_role_holders_are_those_of_today(people):
    held = {holding.role for holding in selectors.role_holders(SYSTEM, CODE)}
    assert held == {code for code, role in ROLES.items() if "installation" not in role.scopes}
    assert selectors.role_holders(people["administrator"], CODE).count() == len(held)


@pytest.mark.parametrize(("first", "last", "held"), [(0, None, 1), (0, 0, 1), (1, None, 0), (-5, -1, 0), (-5, 3, 1)])
def test_a_role_counts_from_its_first_day_to_its_last_both_included(people, programme, first, last, held):
    today = clock.today()
    account = people["nobody"]
    add(
        services.grant_role,
        account=account,
        role="auditor",
        programme=programme,
        from_on=today + timedelta(days=first),
        to_on=None if last is None else today + timedelta(days=last),
    )
    assert len(selectors.grants_of(account)) == held


def test_a_closed_account_holds_nothing(people):
    account = people["director"]
    account.is_active = False
    assert selectors.grants_of(account) == []


def test_a_programmes_administrator_looks_after_its_people_and_the_new_only(people, programme):
    account = people["nobody"]
    add(services.grant_role, account=account, role="administrator", programme=programme)

    mine = {one.username for one in selectors.accounts(account, CODE)}

    assert {"director", "nobody"} <= mine
    assert not {"elsewhere", "administrator"} & mine
    assert {one.username for one in selectors.accounts(people["administrator"], CODE)} >= {"elsewhere", "nobody"}
    with pytest.raises(Refused):
        selectors.accounts(account, "eastholt-2031")
    assert ("installation:", "Every programme here") not in selectors.role_scopes(account, CODE)
    assert ("installation:", "Every programme here") in selectors.role_scopes(people["administrator"], CODE)


def test_an_administrator_asking_after_no_programme_is_refused(people):
    with pytest.raises(Refused):
        selectors.administered_programme(people["administrator"], "no-such-programme")
