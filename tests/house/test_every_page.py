"""Every page, as every role: walked from the start by its own links, each page's shape checked on the way."""

from collections import Counter
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from lxml import html

from holdfast.access.roles import ROLES
from page_client import PageClient

STARTS = ("/", "/account/sign-in", "/account/second-step", "/account/password", "/westmere-2031/")
MOST_PAGES = 500
MOST_OF_A_KIND = 2
"""Of one kind of page (one URL name, with or without a query), so many are looked at by each role."""
STOPPED = "This cannot be done now."
"""What a form's own page says where its service would refuse whatever is typed (pages.asking)."""


def links(address, response):
    """The addresses in this product that a page links to."""
    if not response.get("Content-Type", "").startswith("text/html") or not response.content:
        return []
    found = html.document_fromstring(response.content.decode()).xpath("//a/@href")
    joined = [urljoin(address, link) for link in found if not link.startswith(("#", "mailto:", "tel:"))]
    return [urlsplit(one)._replace(fragment="").geturl() for one in joined if not urlsplit(one).netloc]


def kind(address: str) -> tuple[str, bool]:
    """The URL name, and whether it is asked with a query: pages of one kind come from one view."""
    path, asked, _ = address.partition("?")
    try:
        return resolve(path).url_name or path, bool(asked)
    except Resolver404:
        return path, bool(asked)


def walk(client: PageClient, faults: list[str]) -> dict[str, int]:
    """Every address reached from the starts, with its status. Adds to `faults` in words."""
    seen: dict[str, int] = {}
    looked_at: Counter[tuple[str, bool]] = Counter()
    waiting = [(address, "") for address in STARTS]
    while waiting and len(seen) < MOST_PAGES:
        address, found_on = waiting.pop(0)
        if address in seen or looked_at[kind(address)] >= MOST_OF_A_KIND:
            continue
        looked_at[kind(address)] += 1
        try:
            response = client.get(address)
        except AssertionError as odd_shape:
            seen[address] = 0
            faults.append(str(odd_shape))
            continue
        seen[address] = response.status_code
        if response.status_code >= 400 and found_on:
            faults.append(f"{found_on} links to {address}, which is {response.status_code}")
        if found_on and not response.streaming and STOPPED.encode() in response.content:
            faults.append(f"{found_on} offers {address}, which cannot be done now")
        if response.status_code in (301, 302):
            waiting.append((urljoin(address, response["Location"]), ""))
        waiting += [(link, address) for link in links(address, response)]
    return seen


@pytest.mark.django_db
def test_every_page_that_a_role_can_walk_to_is_whole_and_no_link_is_refused(
    furnished: object, pages_are_kept: None, client_for: Callable[[str], PageClient]
) -> None:
    """Promise: page shape (one h1 that begins the title, labels, text alternatives, nothing inline); and no page offers
    its reader a link that is refused, broken or missing, or a step that cannot be done."""
    faults: list[str] = []
    for role in ("", "nobody", *ROLES):
        own: list[str] = []
        seen = walk(client_for(role), own)
        faults += [f"As {role or 'a stranger'}: {fault}" for fault in own]
        assert len(seen) < MOST_PAGES, f"as {role}, the walk did not end"
        assert seen["/account/sign-in"] in (200, 302)
    assert not faults, "\n".join(faults)


@pytest.mark.django_db
def test_the_error_pages_are_pages_too(client_for: Callable[[str], PageClient]) -> None:
    """Promise: what goes wrong is said in a page of ours that says what to do."""
    assert client_for("director").get("/no/such/page").status_code == 404
    assert client_for("nobody").get("/westmere-2031/").status_code == 403
