"""A password is chosen by its person alone, by a link that works once; it takes two to make a reader of children."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.cache import cache

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.links import LinkNotSent, link_for, print_link
from holdfast.access.models import Account, TrailRow
from holdfast.organisation import services
from holdfast.organisation.models import RoleHolding
from page_client import PageClient
from people import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "four other invented words"
HOME = "/westmere-2031/accounts/"


def do(service, by=SYSTEM, days=0, **facts):
    return service(by=by, at=clock.now() + timedelta(days=days), **facts)


@pytest.fixture
def director(people):
    do(services.create_account, username="new", first_name="New", last_name="Person", email="new@example.org")
    cache.clear()
    return Account.objects.get(username="new")


@pytest.fixture
def second(people):
    """Another administrator of the installation."""
    account = do(services.create_account, username="second")
    do(services.grant_role, account=account, role="administrator")
    return account


def address(link):
    parts = urlsplit(link)
    return parts.path, dict(pair.split("=") for pair in parts.query.split("&"))


def choose(link, password=NEW, again=None):
    path, given = address(link)
    client = PageClient()
    assert client.get(path, given).status_code in (200, 410)
    return client.post(path, {**given, "new_password1": password, "new_password2": again or password})


def test_the_link_sets_the_password_once(director):
    link = link_for(director)
    assert choose(link)["Location"] == "/account/sign-in"
    assert Account.objects.get(pk=director.pk).check_password(NEW)
    row = TrailRow.objects.last()
    assert (row.action, row.by, row.subject) == ("password chosen by a link", "new", "new")
    assert choose(link, "yet another long password").status_code == 410
    assert Account.objects.get(pk=director.pk).check_password(NEW)


@pytest.mark.parametrize("change", [{"token": "x-y"}, {"token": ""}, {"who": "0"}, {"who": "x"}, {"who": "9" * 30}])
def test_a_link_that_was_never_made_does_nothing(director, change):
    path, given = address(link_for(director))
    assert PageClient().get(path, {**given, **change}).status_code == 410


def test_one_persons_link_is_not_anothers(director, people):
    path, given = address(link_for(director))
    assert PageClient().get(path, {**given, "who": str(people["moderator"].pk)}).status_code == 410


def test_a_closed_account_has_no_link(director):
    link = link_for(director)
    do(services.deactivate_account, account=director)
    assert choose(link).status_code == 410


def test_a_short_password_is_refused_in_words(director):
    assert "at least 12 characters" in choose(link_for(director), "short").content.decode()
    assert not Account.objects.get(pk=director.pk).has_usable_password()


def test_an_administrator_never_knows_a_password(people, client_for, director, django_capture_on_commit_callbacks):
    client = client_for("administrator")
    typed = {"username": "n.ew", "first_name": "N", "last_name": "Ew", "email": "n@example.org", "password": NEW}
    with django_capture_on_commit_callbacks(execute=True):
        added = client.post(HOME + "add/", typed)
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(HOME + "new/password/", {"password": NEW})
    assert (added.status_code, sent.status_code) == (302, 302)
    assert [each.to for each in mail.outbox] == [["n@example.org"], ["new@example.org"]]
    assert not any(account.has_usable_password() for account in Account.objects.filter(username__in=["n.ew", "new"]))
    link = next(word for word in mail.outbox[1].body.split() if word.startswith("http"))
    assert choose(link).status_code == 302
    with pytest.raises(services.CannotGrant, match="Nobody chooses another person's password"):
        do(services.create_account, by=people["administrator"], username="x", password=NEW)


def test_where_no_mail_is_sent_whoever_runs_the_machine_prints_the_link(people, director, settings):
    settings.HOLDFAST_SENDS_MAIL = False
    with pytest.raises(LinkNotSent, match="holdfast account link new"):
        do(services.send_password_link, by=people["administrator"], account=director)
    with pytest.raises(Refused):
        do(print_link, by=people["administrator"], account=director)
    assert choose(do(print_link, account=director)).status_code == 302


def test_an_account_without_an_address_is_said(people):
    with pytest.raises(LinkNotSent, match="no email address"):
        do(services.send_password_link, by=people["administrator"], account=people["director"])


@pytest.mark.parametrize("role", ["performance-analyst", "practice-manager", "team-manager"])
def test_one_administrator_makes_no_reader_of_children(people, programme, second, role):
    facts = {"account": people["nobody"], "role": role, "programme": programme}
    for _ in range(2):
        assert do(services.grant_role, by=people["administrator"], **facts) is None
    assert not RoleHolding.objects.filter(account=people["nobody"]).exists()
    assert do(services.grant_role, by=second, **facts)


def test_one_administrator_makes_no_second_administrator(people):
    puppet = do(services.create_account, username="puppet")
    assert do(services.grant_role, by=people["administrator"], account=puppet, role="administrator") is None


def test_the_second_administrator_grants_what_the_first_asked_for_and_nothing_else(people, programme, second):
    ask = {"account": people["nobody"], "role": "team-manager", "programme": programme}
    do(services.grant_role, by=people["administrator"], **ask)
    for other in ({"account": people["nobody"], "role": "practice-manager", "programme": programme},):
        assert do(services.grant_role, by=second, **other) is None
    assert do(services.grant_role, by=second, days=8, **ask) is None, "a week is long enough to remember why"


def test_a_second_step_is_removed_by_two_and_its_person_is_told(people, second):
    from allauth.mfa.totp.internal.auth import TOTP

    director = people["director"]
    TOTP.activate(director, "ABCDEFGHIJKLMNOP")
    for _ in range(2):
        assert do(services.remove_second_step, by=people["administrator"], account=director) is None
    assert director.authenticator_set.exists()
    assert do(services.remove_second_step, by=second, account=director)
    assert not director.authenticator_set.exists()
    cache.clear()
    client = PageClient()
    client.post("/account/sign-in", {"login": "director", "password": PASSWORD})
    page = client.get("/westmere-2031/people/").content.decode()
    assert "second removed your second step" in page
    assert "administrator asked for your second step to be removed" in page
    client.post("/account/sign-out")
    client.post("/account/sign-in", {"login": "director", "password": PASSWORD})
    assert "removed your second step" not in client.get("/westmere-2031/people/").content.decode(), "told once"


def test_the_second_request_is_needed_each_time(people, second):
    from allauth.mfa.totp.internal.auth import TOTP

    director = people["director"]
    do(services.remove_second_step, by=people["administrator"], account=director)
    do(services.remove_second_step, by=second, account=director)
    TOTP.activate(director, "ABCDEFGHIJKLMNOP")
    assert do(services.remove_second_step, by=second, account=director) is None
    assert director.authenticator_set.exists()


def test_a_chosen_password_does_not_pass_the_second_step(director):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(director, "ABCDEFGHIJKLMNOP")
    choose(link_for(director))
    client = PageClient()
    assert client.post("/account/sign-in", {"login": "new", "password": NEW})["Location"] == "/account/sign-in/code"
    for path in ("/", "/westmere-2031/", "/account/second-step/app/remove", "/account/password"):
        assert client.get(path).status_code == 302 or "Sign out" not in client.get(path).content.decode(), path
