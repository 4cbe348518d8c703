"""Adding what a programme is made of; accounts and roles. Each refused in words, and each trailed once."""

import importlib
from datetime import date, timedelta

import pytest
from django.apps import apps

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused, may, permissions
from holdfast.access.models import Account, TrailRow
from holdfast.access.permissions import READ_BY_ALL, Permission
from holdfast.organisation import selectors, services
from holdfast.organisation.models import Post, RoleHolding
from holdfast.organisation.services import changing

pytestmark = pytest.mark.django_db
CODE = "westmere-2031"


def do(service, by=SYSTEM, **facts):
    return service(by=by, at=clock.now(), **facts)


def last_row():
    row = TrailRow.objects.last()
    return row.action, row.by, row.programme, row.subject


def holders_on(code, day):
    """Who held each post on a day, by the post's code."""
    held = [(post.code, holding) for post in selectors.posts(SYSTEM, code) for holding in post.holdings.all()]
    return {post: holding.account for post, holding in held if holding.covers(day)}


def fresh(account):
    return Account.objects.get(pk=account.pk)


@pytest.mark.parametrize("code", ["Upper", "two words", "-x", "x--y", "", "x" * 51, "ünder", "a/b"])
def test_a_code_that_cannot_be_an_address_is_refused(programme, code):
    with pytest.raises(services.BadCode, match=r"cannot be a code. Use lower-case letters"):
        do(services.add_team, programme=programme, code=code, name="North")


@pytest.mark.parametrize("code", ["account", "health", "static", CODE])
def test_a_programme_cannot_take_an_address_that_is_taken(programme, code):
    with pytest.raises(services.BadCode, match=r"is taken. Choose another"):
        do(services.create_programme, code=code, name="Another", council=programme.council, starts_on=date(2031, 1, 1))


def test_two_councils_cannot_share_a_code(programme):
    with pytest.raises(services.BadCode, match="already a council with the code “westmere”"):
        do(services.create_council, code="westmere", name="Another")


def test_only_an_administrator_of_the_installation_sets_up_programmes(people, programme):
    assert do(services.create_council, by=people["administrator"], code="southby", name="Southby")
    do(services.grant_role, account=people["nobody"], role="administrator", programme=programme)
    for refused in ("director", "nobody", "elsewhere"):
        with pytest.raises(Refused):
            do(services.create_council, by=people[refused], code="northby", name="Northby")


def test_the_programme_office_adds_and_others_may_not(people, programme):
    do(services.add_agency, by=people["programme-office"], programme=programme, code="police", name="Westmere Police")
    assert last_row() == ("agency added", "programme-office", CODE, "Westmere Police")
    for refused in ("director", "administrator", "elsewhere", "nobody"):
        with pytest.raises(Refused):
            do(services.add_agency, by=people[refused], programme=programme, code="health", name="Westmere Health")


@pytest.mark.parametrize("service", [services.add_agency, services.add_team])
@pytest.mark.parametrize(("code", "name"), [("north", "Another"), ("another", "NORTH  Side")])
def test_a_name_or_code_is_used_once_in_a_programme_whatever_the_capitals(programme, service, code, name):
    do(service, programme=programme, code="north", name="North Side")
    with pytest.raises(services.NameTaken, match="There is already a"):
        do(service, programme=programme, code=code, name=name)


def test_two_programmes_may_use_the_same_names(programme, second_programme):
    for each in (programme, second_programme):
        do(services.add_team, programme=each, code="north", name="North")
        do(services.add_body, programme=each, code="board", name="Improvement Board")


def test_an_unknown_kind_of_agency_is_refused_with_the_kinds(programme):
    with pytest.raises(ValueError, match=r"not a kind of agency. The kinds are: council, police"):
        do(services.add_agency, programme=programme, code="x", name="X", kind="circus")


def test_no_two_bodies_share_a_name_or_an_alias(programme):
    board = do(services.add_body, programme=programme, code="board", name="Improvement Board")
    lscb = do(services.add_body, programme=programme, code="lscb", name="Safeguarding Children Board")
    do(services.add_alias, body=lscb, name="LSCB2")
    for clash in ("lscb2", "Improvement  board", "BOARD"):
        with pytest.raises(services.NameTaken, match="already means"):
            do(services.add_alias, body=board, name=clash)
    with pytest.raises(services.NameTaken, match="“LSCB2” already means Safeguarding Children Board"):
        do(services.add_body, programme=programme, code="other", name="LSCB2")


def test_who_held_a_post_is_answered_for_every_day(people, programme, settings):
    settings.HOLDFAST_TODAY = date(2014, 2, 10)
    council = do(services.add_agency, programme=programme, code="council", name="Council", kind="council")
    post = do(services.add_post, programme=programme, code="dcs", title="Director", agency=council)

    def holder(day):
        held = holders_on(programme.code, day).get("dcs")
        return held and held.username

    do(changing.appoint, post=post, holder=people["director"], from_on=date(2013, 10, 1))
    do(changing.appoint, post=post, holder=people["practice-manager"], from_on=date(2013, 12, 2))
    do(changing.appoint, post=post, holder=None, from_on=date(2014, 1, 6))
    days = [
        date(2013, 9, 30),
        date(2013, 10, 1),
        date(2013, 12, 1),
        date(2013, 12, 2),
        date(2014, 1, 5),
        date(2014, 1, 6),
    ]
    assert [holder(day) for day in days] == [None, "director", "director", "practice-manager", "practice-manager", None]
    for day, words in ((date(2014, 1, 5), "Enter 6 January 2014"), (date(2014, 2, 11), "Enter a day that has come")):
        with pytest.raises(changing.OddDay, match=words):
            do(changing.appoint, post=post, holder=people["director"], from_on=day)


def test_whoever_held_a_post_before_days_were_kept_held_it_on_every_day(people, programme):
    council = do(services.add_agency, programme=programme, code="council", name="Council", kind="council")
    post = do(services.add_post, programme=programme, code="dcs", title="Director", agency=council)
    Post.objects.filter(pk=post.pk).update(holder=people["director"])
    migration = importlib.import_module("holdfast.organisation.migrations.0004_whoever_holds_a_post")
    for _ in range(2):
        migration.keep(apps, None)
    assert holders_on(programme.code, date(2001, 1, 1)) == {"dcs": people["director"]}
    do(changing.appoint, post=post, holder=people["practice-manager"])
    assert holders_on(programme.code, clock.today())["dcs"] == people["practice-manager"]


def test_a_body_is_spoken_for_by_who_may_agree_and_ends_on_a_day(programme):
    board = do(services.add_body, programme=programme, code="board", name="Board", from_on=date(2013, 10, 1))
    for refused in ("dfe-observer", "harbour-master"):
        with pytest.raises(services.NotOurs, match="may agree to nothing"):
            do(changing.change_body, body=board, spoken_for_by=refused)
    with pytest.raises(changing.OddDay):
        do(changing.change_body, body=board, spoken_for_by="", to_on=date(2013, 9, 30))
    long_standing = do(services.add_body, programme=programme, code="old", name="Old board", from_on=date(2006, 4, 1))
    with pytest.raises(changing.OddDay):  # a body that ended before the programme began had no part in it
        do(changing.change_body, body=long_standing, spoken_for_by="", to_on=date(2013, 9, 11))
    ended = do(changing.change_body, body=board, spoken_for_by="board-chair", to_on=date(2013, 10, 2))
    days = (date(2013, 9, 30), date(2013, 10, 1), date(2013, 10, 2), date(2013, 10, 3))
    assert [ended.stood_on(day) for day in days] == [False, True, True, False]


def test_a_post_is_of_an_agency_of_the_same_programme_and_its_holder_may_change(people, programme, second_programme):
    council = do(services.add_agency, programme=programme, code="council", name="Council", kind="council")
    post = do(services.add_post, programme=programme, code="dcs", title="Director", agency=council)
    assert post.holder is None

    do(changing.appoint, post=post, holder=people["director"])
    today = str(clock.today())
    assert TrailRow.objects.last().detail == {"before": "", "holder": "director", "from": today}
    do(changing.appoint, post=post, holder=None)
    assert TrailRow.objects.last().detail == {"before": "director", "holder": "", "from": today}

    with pytest.raises(services.NameTaken):
        do(services.add_post, programme=programme, code="dcs", title="Another", agency=council)
    with pytest.raises(services.NotOurs, match="another programme"):
        do(services.add_post, programme=second_programme, code="x", title="X", agency=council)


def test_an_account_is_made_with_no_role_and_a_user_name_is_used_once(people):
    ada = do(services.create_account, username="ada", password="three invented words here")
    assert permissions(ada, CODE) == frozenset()
    assert ada.check_password("three invented words here")
    assert "three invented" not in str(TrailRow.objects.values_list("detail"))
    with pytest.raises(services.CannotGrant, match="already an account with the user name “ADA”"):
        do(services.create_account, username="ADA")


def test_an_account_without_a_password_cannot_be_signed_in_to(db):
    assert not do(services.create_account, username="ada").has_usable_password()


def test_a_role_granted_counts_at_once_and_ended_stops_at_once(people, programme):
    account = people["nobody"]
    holding = do(services.grant_role, by=people["administrator"], account=account, role="auditor", programme=programme)
    assert may(account, Permission.SEE_PROGRAMME, CODE)
    assert last_row() == ("role granted", "administrator", CODE, "nobody")

    do(services.end_role, by=people["administrator"], holding=holding)

    assert not may(fresh(account), Permission.SEE_PROGRAMME, CODE)
    assert RoleHolding.objects.filter(pk=holding.pk).exists(), "ended, not removed"
    with pytest.raises(services.CannotGrant, match="already been ended"):
        do(services.end_role, holding=holding)
    assert do(services.grant_role, account=account, role="auditor", programme=programme)


def test_a_role_may_end_after_a_last_day_to_come(people, programme):
    account, today = people["nobody"], clock.today()
    holding = do(services.grant_role, account=account, role="auditor", programme=programme)
    do(services.end_role, holding=holding, last_day=today + timedelta(days=7))
    assert may(fresh(account), Permission.SEE_PROGRAMME, CODE)
    with pytest.raises(services.CannotGrant, match="on or after the first day"):
        do(services.end_role, holding=holding, last_day=today - timedelta(days=1))


def test_a_role_over_a_team_needs_the_team_and_gives_little_over_the_rest(people, programme):
    facts = {"account": people["nobody"], "role": "team-manager", "programme": programme, "kind": "team"}
    with pytest.raises(services.CannotGrant, match=r"no team with the code “north” in this programme. Add it first"):
        do(services.grant_role, **facts, key="north")
    do(services.add_team, programme=programme, code="north", name="North")
    do(services.grant_role, **facts, key="north")
    assert permissions(fresh(people["nobody"]), CODE) == READ_BY_ALL
    assert Permission.SEE_CHILD_RECORDS in permissions(fresh(people["nobody"]), CODE, ("team", "north"))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"role": "king"}, "“king” is not a role. The roles are: programme-office"),
        ({"role": "director", "kind": "team", "key": "north"}, "“Director of children's services” is held over a prog"),
        ({"role": "director", "programme": None}, "is held over a programme"),
        ({"role": "auditor", "to_on": date(2000, 1, 1)}, "last day must be on or after the first day"),
    ],
)
def test_a_role_that_cannot_be_held_so_is_refused_in_words(people, programme, facts, words):
    with pytest.raises(services.CannotGrant, match=words):
        do(services.grant_role, **{"account": people["nobody"], "programme": programme, **facts})


def test_a_role_held_already_is_not_granted_twice(people, programme):
    with pytest.raises(services.CannotGrant, match="already holds that role"):
        do(services.grant_role, account=people["director"], role="director", programme=programme)


def test_nobody_grants_a_role_to_themselves(people, programme):
    admin = people["administrator"]
    with pytest.raises(services.CannotGrant, match="cannot grant a role to yourself"):
        do(services.grant_role, by=admin, account=admin, role="performance-analyst", programme=programme)


def test_an_administrator_holds_no_other_role_and_the_other_way_round(people, programme):
    for account, role in (("administrator", "auditor"), ("director", "administrator")):
        with pytest.raises(services.CannotGrant, match="sees nothing else"):
            do(services.grant_role, account=people[account], role=role, programme=programme)


def test_only_administrators_touch_accounts(people, programme):
    holding = RoleHolding.objects.get(account=people["director"])
    for refused in ("director", "programme-office", "elsewhere", "nobody"):
        by, account = people[refused], people["auditor"]
        for service, facts in (
            (services.create_account, {"username": "x", "programme": programme}),
            (services.grant_role, {"account": account, "role": "moderator", "programme": programme}),
            (services.end_role, {"holding": holding}),
            (services.deactivate_account, {"account": account, "programme": programme}),
            (services.reactivate_account, {"account": account, "programme": programme}),
            (services.remove_second_step, {"account": account, "programme": programme}),
            (services.send_password_link, {"account": account, "programme": programme}),
        ):
            with pytest.raises(Refused):
                do(service, by=by, **facts)


def test_an_account_is_closed_and_opened_again_with_its_roles(people, programme):
    do(services.deactivate_account, by=people["administrator"], account=people["auditor"])
    assert permissions(fresh(people["auditor"]), CODE) == frozenset()
    do(services.reactivate_account, by=people["administrator"], account=people["auditor"])
    assert may(fresh(people["auditor"]), Permission.SEE_PROGRAMME, CODE)


def test_somebody_who_lost_their_phone_can_be_let_in_with_their_password_again(people):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(people["auditor"], "ABCDEFGHIJKLMNOP")
    do(services.remove_second_step, account=people["auditor"])
    assert not people["auditor"].authenticator_set.exists()
    assert last_row() == ("second step removed for them", "system", "", "auditor")


def test_nobody_closes_their_own_account(people):
    with pytest.raises(services.CannotGrant, match="cannot close your own account"):
        do(services.deactivate_account, by=people["administrator"], account=people["administrator"])


def test_a_programmes_administrator_cannot_close_or_take_over_an_account_with_roles_elsewhere(people, programme):
    do(services.grant_role, account=people["nobody"], role="administrator", programme=programme)
    by = people["nobody"]
    do(services.deactivate_account, by=by, account=people["auditor"], programme=programme)
    for service, facts in (
        (services.deactivate_account, {}),
        (services.send_password_link, {}),
        (services.remove_second_step, {}),
    ):
        for account in ("elsewhere", "administrator"):
            with pytest.raises(services.CannotGrant, match="holds roles elsewhere"):
                do(service, by=by, account=people[account], programme=programme, **facts)
        with pytest.raises(Refused):
            do(service, by=by, account=people["elsewhere"], **facts)
