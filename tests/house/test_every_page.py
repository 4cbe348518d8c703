"""Every page, as every role: walked from the start by its own links, each page's shape checked on the way."""

from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from holdfast.access.roles import ROLES

MOST_PAGES = 400


def links(address, response):
    if not response.get("Content-Type", "").startswith("text/html") or not response.content:
        return []
    found = html.document_fromstring(response.content.decode()).xpath("//a/@href")
    joined = [urljoin(address, link) for link in found if not link.startswith(("#", "mailto:", "tel:"))]
    return [urlsplit(one)._replace(fragment="").geturl() for one in joined if not urlsplit(one).netloc]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["", "nobody", *ROLES])
def test_every_page_a_role_can_walk_to_is_whole_and_no_link_is_refused(client_for, furnished, role):
    """Promise: page shape (one h1 that begins the title, labels, text alternatives, nothing inline); and no page offers
    its reader a link that is refused, broken or missing."""
    client, seen, dead = client_for(role), {}, []
    waiting = [("/", ""), ("/account/sign-in", ""), ("/account/second-step", ""), ("/westmere-2031/", "")]
    asked_for = {address for address, _ in waiting}
    while waiting and len(seen) < MOST_PAGES:
        address, found_on = waiting.pop(0)
        if address in seen:
            continue
        response = client.get(address)
        seen[address] = response.status_code
        if response.status_code >= 400 and address not in asked_for:
            dead.append(f"{found_on} links to {address}: {response.status_code}")
        if response.status_code in (301, 302):
            waiting.append((urljoin(address, response["Location"]), address))
        waiting += [(link, address) for link in links(address, response) if link not in seen]
    assert not dead, dead
    assert seen["/account/sign-in"] in (200, 302)


@pytest.mark.django_db
def test_the_error_pages_are_pages_too(client_for):
    """Promise: what goes wrong is said in a page of ours that says what to do."""
    assert client_for("director").get("/no/such/page").status_code == 404
    assert client_for("nobody").get("/westmere-2031/").status_code == 403
