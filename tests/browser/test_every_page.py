"""Every page that each role can reach: no accessibility violation, script error, foreign request or sideways scroll."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from browser.crawling import DEMO, ROOT, pages, shape
from holdfast.access.roles import ROLES

pytestmark = pytest.mark.browser
AXE = (ROOT / "build/axe.min.js").read_text(encoding="utf-8")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


class LookedAt:
    """Shapes of pages already found sound, by any worker of this run: a page of one shape is not looked at twice."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _mark(self, look: frozenset[str]) -> Path:
        return self.folder / hashlib.sha256("\n".join(sorted(look)).encode()).hexdigest()

    def __contains__(self, look: frozenset[str]) -> bool:
        return self._mark(look).exists()

    def add(self, look: frozenset[str]) -> None:
        self._mark(look).touch()


@pytest.fixture(scope="session")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> LookedAt:
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "looked-at"
    folder.mkdir(exist_ok=True)
    return LookedAt(folder)


def violations(page: Any) -> list[str]:
    """What axe finds, in words. The script is put in by the browser's own debugger: the page's policy forbids it.

    Only of what is wrong is every place written down: of what is right, nobody reads them.
    """
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", STANDARDS)
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


def walks() -> list[tuple[str, str, str]]:
    """(role, where it starts, programme). Roles with the same permissions reach the same pages: one walks for all.

    A full programme is walked by each of those, and an empty one by the programme office.
    """
    full, empty = (programme["code"] for programme in DEMO["programmes"])
    first_with = {role.permissions: role.code for role in reversed(ROLES.values())}
    reads = [code for code in first_with.values() if code != "administrator"]
    inside = [(code, f"/{full}/", full) for code in reads] + [("westmere-programme-office", f"/{empty}/", empty)]
    return [("", "/account/sign-in", ""), ("administrator", f"/{full}/service/", full), *inside]


@pytest.mark.parametrize(("role", "start", "programme"), walks())
def test_every_page_a_role_can_reach_is_sound(
    role: str, start: str, programme: str, reader: Callable[..., Any], looked_at: LookedAt
) -> None:
    one = reader(role)
    faults, n_pages = [], 0
    for path, text in pages(one.context.request, one.site, start, programme):
        n_pages += 1
        if "This cannot be done now." in text:
            faults.append(f"{path} is offered to {role}, and cannot be done")
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


def test_every_roles_own_home_is_sound(reader: Callable[..., Any], looked_at: LookedAt) -> None:
    faults = []
    for role in (code for code in ROLES if code != "administrator"):
        one = reader(role)
        page = one.open(f"/{DEMO['programmes'][0]['code']}/")
        assert page.locator("h1").inner_text() == ROLES[role].home_question
        look = shape(page.content())
        if look not in looked_at:
            found = violations(page) + sideways(page)
            faults += found
            if not found:
                looked_at.add(look)
        faults += one.faults
    assert not faults, "\n".join(faults)
