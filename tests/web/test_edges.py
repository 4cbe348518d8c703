"""Where a request came from, and how much it may bring, is settled before any page sees it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from holdfast.web.edges import STRANGERS_MAY_SEND, InventedFiles, TrueAddress
from page_client import PageClient
from people import PASSWORD


@pytest.mark.parametrize(
    ("proxies", "said", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),  # nobody in front is trusted, so a sender's own words count for nothing
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the first entry is the sender's own
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "203.0.113.9", "127.0.0.1"),  # it came round one of the proxies
        (1, "unknown", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_an_address_is_what_the_outermost_trusted_proxy_saw(
    settings: Any, proxies: int, said: str, address: str
) -> None:
    settings.HOLDFAST_PROXIES = proxies
    seen: list[Any] = []
    TrueAddress(seen.append)(RequestFactory().get("/", headers={"x-forwarded-for": said}))  # type: ignore[arg-type]
    assert seen[0].META["REMOTE_ADDR"] == address
    assert "HTTP_X_FORWARDED_FOR" not in seen[0].META


def sign_in(client: PageClient, address: str, password: str) -> int:
    given = {"login": "director", "password": password}
    return client.post("/account/sign-in", given, headers={"x-forwarded-for": address}).status_code


def test_a_stranger_elsewhere_locks_nobody_out(people: Any, settings: Any) -> None:
    settings.HOLDFAST_PROXIES = 1
    cache.clear()
    answers = [sign_in(PageClient(), f"203.0.113.{last // 5}", "wrong words every time") for last in range(30)]
    assert answers.count(429) == 6, "each place is locked after five"
    assert sign_in(PageClient(), "192.0.2.1", PASSWORD) == 302, "the owner, elsewhere, is not"


def test_a_forged_entry_does_not_move_a_sender_to_another_place(people: Any, settings: Any) -> None:
    settings.HOLDFAST_PROXIES = 1
    cache.clear()
    answers = [sign_in(PageClient(), f"10.0.0.{n}, 203.0.113.9", "wrong words every time") for n in range(6)]
    assert answers[-1] == 429


def test_tries_are_counted_where_every_server_process_sees_them(people: Any, settings: Any) -> None:
    """Two processes that each counted in memory would allow twice as many."""
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    for _ in range(2):
        sign_in(PageClient(), "", "wrong words every time")
    kept = [path for path in Path(settings.CACHES["default"]["LOCATION"]).iterdir() if path.is_file()]
    assert kept, "a file of the data folder, which processes share"


@pytest.mark.django_db
def test_a_stranger_sends_no_more_than_a_sign_in_form() -> None:
    big = PageClient().post("/account/sign-in", {"login": "x" * STRANGERS_MAY_SEND})
    assert big.status_code == 413
    assert "Nothing of it was read" in big.content.decode()


def test_somebody_signed_in_sends_no_more_than_a_return_may_be(client_for: Any, settings: Any) -> None:
    settings.HOLDFAST_RETURN_MAX_BYTES = 100_000
    client = client_for("performance-analyst")
    address = "/westmere-2031/returns/submit/"
    assert client.post(address, {"note": "x" * 90_000}).status_code != 413
    assert client.post(address, {"note": "x" * 200_000}).status_code == 413


def test_a_file_of_a_demonstration_is_called_invented_and_a_page_is_left_alone(rf):
    def given(headers):
        return InventedFiles(lambda request: HttpResponse(headers=headers))(rf.get("/"))

    named = given({"Content-Disposition": 'attachment; filename="plan.csv"'})
    assert named["Content-Disposition"] == 'attachment; filename="invented-plan.csv"'
    other = given({"Content-Disposition": "attachment; filename*=utf-8''caf%C3%A9.txt"})
    assert other["Content-Disposition"] == "attachment; filename*=utf-8''invented-caf%C3%A9.txt"
    assert "Content-Disposition" not in given({})
