"""Finding every page a reader can reach by links, and telling which of them look different enough to look at."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from lxml import html
from playwright.sync_api import APIRequestContext

NOT_FOLLOWED = re.compile(r"/account/sign-out|/download|\.(csv|pdf|json|xml)$")
EACH_KIND = 2
"""How many pages of one route are fetched without a query, and how many with one."""


def kind_of(path: str) -> str:
    """The route that answers an address: pages of one kind differ only in what they are about."""
    try:
        return resolve(path).route
    except Resolver404:
        return path


def shape(text: str) -> frozenset[str]:
    """Every distinct place an element stands in a page, by tag, class and role: the same set, the same template."""
    page = html.document_fromstring(text)
    places = set()
    for element in page.iter():
        if isinstance(element.tag, str):
            line = [element, *element.iterancestors()][:6]
            names = [f"{one.tag}.{one.get('class', '')}.{one.get('role', '')}" for one in line]
            places.add("<".join(names))
    return frozenset(places)


def pages(request: APIRequestContext, site: str, start: str) -> Iterator[tuple[str, str]]:
    """(path, html) of every page reachable by links from `start`, at most EACH_KIND of a kind and one per query."""
    waiting, known = [start], {start}
    seen: dict[str, int] = {}
    while waiting:
        path = waiting.pop(0)
        response = request.get(f"{site}{path}")
        assert response.status < 500, f"{path} answered {response.status}"
        if not response.headers.get("content-type", "").startswith("text/html"):
            continue
        assert response.status == 200, f"{path} is linked to, and answered {response.status}"
        text = response.text()
        yield path, text
        for href in html.document_fromstring(text).xpath("//a/@href"):
            parts = urlsplit(urljoin(f"{site}{path}", href))
            there = parts.path + (f"?{parts.query}" if parts.query else "")
            if f"{parts.scheme}://{parts.netloc}" != site or NOT_FOLLOWED.search(parts.path) or there in known:
                continue
            kind = kind_of(parts.path) + ("?" if parts.query else "")
            known.add(there)
            if seen.get(kind, 0) < EACH_KIND:
                seen[kind] = seen.get(kind, 0) + 1
                waiting.append(there)
