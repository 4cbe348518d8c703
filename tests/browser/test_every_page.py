"""Every page that each role can reach: no accessibility violation, script error, foreign request or sideways scroll."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from browser.crawling import DEMO, ROOT, pages, shape
from holdfast.access.roles import ROLES
from page_client import page_faults

pytestmark = pytest.mark.browser
AXE = (ROOT / "build/axe.min.js").read_text(encoding="utf-8")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


class LookedAt:
    """Places of pages already found sound, by any worker of this run. A page is looked at for what is new on it.

    What axe finds hangs on an element and what it stands in; what hangs on a whole page (heading, title, labels) is
    asked of every page of every role in `house/test_every_page`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _mark(self, place: str) -> Path:
        return self.folder / hashlib.sha256(place.encode()).hexdigest()

    def has_all(self, places: frozenset[str]) -> bool:
        return all(self._mark(place).exists() for place in places)

    def add(self, places: frozenset[str]) -> None:
        for place in places:
            self._mark(place).touch()


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


def look_at(page: Any, places: frozenset[str], looked_at: LookedAt) -> list[str]:
    faults = violations(page) + sideways(page)
    if not faults:
        looked_at.add(places)
    return faults


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
        faults += [f"{path}: {fault}" for fault in page_faults(text)]
        if path == f"/{programme}/" and f">{ROLES[role.removeprefix('westmere-')].home_question}</h1>" not in text:
            faults.append(f"{path} does not ask the question of {role}")
        if "This cannot be done now." in text:
            faults.append(f"{path} is offered to {role}, and cannot be done")
        if looked_at.has_all(shape(text)):
            continue
        faults += look_at(one.open(path), shape(text), looked_at)
    assert not faults + one.faults, "\n".join(faults + one.faults)
    assert n_pages > 2
