"""Every page that each role can reach: no accessibility violation, script error, foreign request or sideways scroll."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from crawling import pages, shape

from holdfast.access.roles import ROLES

pytestmark = pytest.mark.browser
AXE = (Path(__file__).resolve().parents[2] / "build/axe.min.js").read_text(encoding="utf-8")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
looked_at: set[frozenset[str]] = set()
"""Shapes of pages already found sound in this process: a page of the same shape is not looked at twice."""


def violations(page: Any) -> list[str]:
    """What axe finds, in words. The script is put in by the browser's own debugger: the page's policy forbids it."""
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", STANDARDS)
    return [
        f"{page.url}: {one['id']}: {one['help']}: {node['html'][:160]}"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]


def sideways(page: Any) -> list[str]:
    page.set_viewport_size(PHONE)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(DESKTOP)
    return [f"{page.url}: {width} pixels wide on a phone of {PHONE['width']}"] if width > PHONE["width"] else []


@pytest.mark.parametrize("role", ["", *ROLES])
def test_every_page_a_role_can_reach_is_sound(role: str, reader: Callable[..., Any]) -> None:
    one = reader(role)
    faults, n_pages = [], 0
    for path, text in pages(one.context.request, one.site, "/" if role else "/account/sign-in"):
        n_pages += 1
        look = shape(text)
        if look in looked_at:
            continue
        page = one.open(path)
        found = violations(page) + sideways(page)
        faults += found
        if not found:
            looked_at.add(look)
    assert not faults + one.faults, "\n".join(faults + one.faults)
    assert n_pages > 2
