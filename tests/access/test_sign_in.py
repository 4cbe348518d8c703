"""Signing in: with an account somebody made, throttled, trailed, with a second step for those who want one."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.hashers import identify_hasher

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account, TrailRow
from holdfast.organisation import services as organisation
from holdfast.organisation.models import RoleHolding
from holdfast.web import settings as product
from page_client import PageClient
from people import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_throttle_left_over():
    from django.core.cache import cache

    cache.clear()


def sign_in(client, username="director", password=PASSWORD, **more):
    return client.post("/account/sign-in", {"login": username, "password": password, **more})


def actions():
    return [(row.action, row.by, row.subject) for row in TrailRow.objects.order_by("number")][-1:]


def test_the_sign_in_page_is_open_and_the_right_shape():
    assert PageClient().get("/account/sign-in").status_code == 200


def test_the_right_password_signs_in_and_is_trailed(people):
    client = PageClient()

    assert sign_in(client, next="/westmere-2031/people/")["Location"] == "/westmere-2031/people/"
    assert client.get("/westmere-2031/people/").status_code == 200
    assert actions() == [("signed in", "director", "director")]


def test_a_role_that_ends_during_a_session_opens_nothing_from_then_on(people):
    client = PageClient()
    sign_in(client)
    assert client.get("/westmere-2031/people/").status_code == 200

    organisation.end_role(by=SYSTEM, at=clock.now(), holding=RoleHolding.objects.get(account=people["director"]))

    assert client.get("/westmere-2031/people/").status_code == 403
    assert actions() == [("refused", "director", "/westmere-2031/people/")]


def test_an_account_closed_during_a_session_is_signed_out(people):
    client = PageClient()
    sign_in(client)
    organisation.deactivate_account(by=SYSTEM, at=clock.now(), account=people["director"])
    assert client.get("/westmere-2031/people/").status_code == 302


def test_a_session_known_before_signing_in_is_not_the_one_that_is_signed_in(people):
    client = PageClient()
    client.get("/account/sign-in")
    planted = client.session
    planted["known"] = "to somebody else"
    planted.save()
    client.cookies["sessionid"] = planted.session_key
    sign_in(client)
    assert client.get("/westmere-2031/people/").status_code == 200
    assert client.cookies["sessionid"].value != planted.session_key
    other = PageClient()
    other.cookies["sessionid"] = planted.session_key
    assert other.get("/westmere-2031/people/").status_code == 302


def test_the_way_back_after_signing_in_stays_on_this_site(people):
    assert sign_in(PageClient(), next="https://example.org/")["Location"] == "/"


def test_a_wrong_password_says_so_without_saying_which_part_and_is_trailed(people):
    response = sign_in(PageClient(), password="not the right words")

    assert "Enter a user name and password that match" in response.content.decode()
    assert actions() == [("sign-in failed", "anonymous", "director")]


def test_a_password_typed_as_a_user_name_never_reaches_the_trail(people):
    sign_in(PageClient(), username=PASSWORD, password="x")

    assert actions() == [("sign-in failed", "anonymous", "an unknown user name")]
    assert PASSWORD not in str(list(TrailRow.objects.values_list()))


def test_five_wrong_passwords_lock_the_account_from_that_place_in_plain_words(people, caplog):
    client = PageClient()
    for _ in range(4):
        assert sign_in(client, password="wrong words every time").status_code == 200

    locked = sign_in(client, password="wrong words every time")
    assert locked.status_code == 429
    assert "Sign-in is locked for 15 minutes" in locked.content.decode()
    assert sign_in(client).status_code == 429, "the right password does not open a locked account"
    assert ("sign-in locked", "anonymous", "director") in actions()
    assert "director" not in caplog.text, "who it was is in the trail, not the log"
    assert sign_in(client, username="moderator").status_code == 302, "other accounts are not locked"


def test_a_closed_account_cannot_sign_in(people):
    Account.objects.filter(username="director").update(is_active=False)
    assert sign_in(PageClient()).status_code in (200, 302)
    assert ("signed in", "director", "director") not in actions()


def test_nobody_signs_themselves_up(client):
    for address in ("/account/sign-up", "/account/signup/", "/account/password/reset/"):
        assert client.get(address).status_code == 404


def test_signing_out_takes_a_post_and_is_trailed(client_for):
    client = client_for("director")
    assert client.get("/account/sign-out").status_code == 200
    assert client.get("/westmere-2031/people/").status_code == 200, "looking at the page signs nobody out"

    client.post("/account/sign-out")

    assert client.get("/westmere-2031/people/").status_code == 302
    assert actions() == [("signed out", "director", "director")]


def test_a_form_without_its_token_is_refused_in_a_page_of_ours(people):
    response = PageClient(enforce_csrf_checks=True).post("/account/sign-in", {"login": "director"})
    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()


def test_passwords_are_kept_with_argon2(people):
    assert identify_hasher(people["director"].password).algorithm == "argon2"
    assert product.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher", "and not the tests' own"


def test_changing_the_password_takes_the_old_one_and_a_long_new_one(client_for):
    client = client_for("director")
    new = "four other invented words"
    for old, first, words in (
        ("wrong", new, "Enter the password you use now"),
        (PASSWORD, "short", "Enter at least 12 characters. Three words that do not belong together work well"),
        (PASSWORD, "qwerty123456", "Choose another password: this one is on the lists that are tried first"),
        (PASSWORD, "directordir1", "Choose a password that is not like your name or user name"),
    ):
        page = client.post("/account/password", {"oldpassword": old, "password1": first, "password2": first})
        assert words in page.content.decode()

    client.post("/account/password", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert Account.objects.get(username="director").check_password(new)
    assert actions() == [("password changed", "director", "director")]


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_a_code_is_guessed_five_times_and_no_more_whoever_asks_from_wherever(people):
    secret = generate_totp_secret()
    TOTP.activate(people["director"], secret)
    for place in range(5):
        guesser = PageClient(REMOTE_ADDR=f"192.0.2.{place}")
        assert sign_in(guesser)["Location"] == "/account/sign-in/code"
        assert "Incorrect code" in guesser.post("/account/sign-in/code", {"code": f"00000{place}"}).content.decode()
    client = PageClient()
    sign_in(client)
    refused = client.post("/account/sign-in/code", {"code": code_now(secret)})
    assert "There have been too many attempts. Wait 15 minutes, then try again." in refused.content.decode()
    assert client.get("/westmere-2031/people/").status_code == 302


def test_an_authenticator_app_is_added_asked_for_and_removed(people, django_capture_on_commit_callbacks):
    client = PageClient()
    sign_in(client)
    asked = client.get("/account/second-step/app")["Location"]
    assert asked == "/account/confirm?next=%2Faccount%2Fsecond-step%2Fapp", "changing how one signs in asks again"
    assert client.get(asked).status_code == 200
    client.post(asked, {"password": PASSWORD})
    page = client.get("/account/second-step/app")
    secret = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        added = client.post("/account/second-step/app", {"code": code_now(secret)})
    assert added["Location"] == "/account/second-step/codes"
    codes = client.get("/account/second-step/codes").context["unused_codes"]
    assert len(codes) == 10
    assert client.get("/account/second-step/codes/download").content.decode().split() == codes

    other = PageClient()
    assert sign_in(other)["Location"] == "/account/sign-in/code"
    assert other.get("/westmere-2031/people/").status_code == 302, "the password alone is not enough"
    other.get("/account/sign-in/code")
    assert "code" in other.post("/account/sign-in/code", {"code": "000000"}).content.decode()
    other.post("/account/sign-in/code", {"code": codes[0]})
    assert other.get("/westmere-2031/people/").status_code == 200
    seen = {row.action for row in TrailRow.objects.all()}
    assert {"second step added", "second step failed", "signed in"} <= seen

    for address in ("/account/second-step", "/account/second-step/codes/new", "/account/second-step/app/remove"):
        assert client.get(address).status_code == 200, address
    client.post("/account/second-step/app/remove")
    assert not Authenticator.objects.filter(user=people["director"], type="totp").exists()
    assert "second step removed" in {row.action for row in TrailRow.objects.all()}


@pytest.mark.parametrize(("hours", "still_in"), [(0.4, True), (0.6, False)])
def test_a_session_ends_after_half_an_hour_unused(client_for, monkeypatch, hours, still_in):
    client = client_for("director")
    start = clock.elapsed_seconds()
    monkeypatch.setattr(clock, "elapsed_seconds", lambda: start + hours * 3600)

    response = client.get("/westmere-2031/people/")

    assert (response.status_code == 200) is still_in
    if not still_in:
        assert actions() == [("signed out", "director", "director")]
        assert TrailRow.objects.last().detail == {"because": "they had not used it for a while"}


def test_a_session_in_constant_use_ends_after_twelve_hours(client_for, monkeypatch):
    client = client_for("director")
    start = clock.elapsed_seconds()
    for minutes in range(25, 12 * 60, 25):
        monkeypatch.setattr(clock, "elapsed_seconds", lambda minutes=minutes: start + minutes * 60)
        assert client.get("/westmere-2031/people/").status_code == 200, minutes

    monkeypatch.setattr(clock, "elapsed_seconds", lambda: start + 12 * 3600 + 1)

    assert client.get("/westmere-2031/people/").status_code == 302


def test_a_session_without_its_stamps_is_ended(client_for):
    client = client_for("director")
    session = client.session
    del session["holdfast_began"]
    session.save()

    assert client.get("/westmere-2031/people/").status_code == 302


def test_reading_a_page_does_not_write_the_session_every_time(client_for, django_assert_num_queries):
    client = client_for("director")
    client.get("/health")
    with django_assert_num_queries(1):  # reading the session
        client.get("/health")


def test_sending_the_sign_in_form_many_times_a_minute_from_one_place_is_slowed_in_plain_words(people):
    client = PageClient()
    for _ in range(60):
        assert client.post("/account/sign-in").status_code == 200  # an empty form counts, and is quick to refuse
    response = sign_in(client, username="one-more", password="wrong")
    assert response.status_code == 429
    assert "Wait a minute, then try again" in response.content.decode()


def test_somebody_signed_in_another_way_chooses_a_first_password(client_for, people):
    people["director"].set_unusable_password()
    people["director"].save()
    client = client_for("director")
    assert client.get("/account/password")["Location"] == "/account/password/first"
    assert client.get("/account/password/first").status_code == 200
    new = "four other invented words"
    client.post("/account/password/first", {"password1": new, "password2": new})
    assert Account.objects.get(username="director").check_password(new)


def test_confirming_with_a_code_is_not_for_somebody_without_an_app(client_for):
    assert client_for("director").get("/account/confirm/code").status_code == 302
