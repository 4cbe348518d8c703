"""Finding every page a reader can reach by links, and telling which of them look different enough to look at."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from lxml import html
from playwright.sync_api import APIRequestContext

ROOT = Path(__file__).resolve().parents[2]
DEMO = json.loads((ROOT / "src/holdfast/web/library/demo.json").read_text(encoding="utf-8"))
NOT_FOLLOWED = re.compile(r"/account/sign-out|/download|\.(csv|pdf|json|xml)$")


def kind_of(path: str) -> tuple[str, str]:
    """The route that answers an address, and the programme it is in: pages of one kind differ only in their subject."""
    try:
        found = resolve(path)
    except Resolver404:
        return path, ""
    return found.route, str(found.kwargs.get("programme", ""))


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


def pages(request: APIRequestContext, site: str, start: str, programme: str) -> Iterator[tuple[str, str]]:
    """(path, html) of the pages reachable by links from `start`, one of each kind, and one of each kind with a query.

    Pages of another programme than `programme` are left alone.
    """
    waiting, known = [start], {(*kind_of(start), False)}
    while waiting:
        path = waiting.pop(0)
        response = request.get(f"{site}{path}")
        assert response.status < 500, f"{path} answered {response.status}"
        is_page = response.headers.get("content-type", "").startswith("text/html")
        if not is_page or "attachment" in response.headers.get("content-disposition", ""):
            continue
        assert response.status == 200, f"{path} is linked to, and answered {response.status}"
        text = response.text()
        yield path, text
        for href in html.document_fromstring(text).xpath("//a/@href"):
            parts = urlsplit(urljoin(f"{site}{path}", href))
            kind = (*kind_of(parts.path), bool(parts.query))
            if f"{parts.scheme}://{parts.netloc}" != site or NOT_FOLLOWED.search(parts.path) or kind in known:
                continue
            known.add(kind)
            if kind[1] in ("", programme):
                waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))
