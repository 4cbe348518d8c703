"""A copy of the demonstration that a walk writes in, day after day: each role in a browser of its own, with pictures.

The pictures are kept in the folder that HOLDFAST_PICTURES names, else beside the other files of the run.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Page

from browser.conftest import Reader, run_worker, served
from browser.crawling import DEMO

CODE = DEMO["programmes"][0]["code"]
DATABASE = "holdfast.sqlite3"


def copy_of(demo_folder: Path, folder: Path) -> Path:
    """The demonstration once more. Its database is copied by SQLite: others may be reading it."""
    shutil.copytree(demo_folder, folder, ignore=shutil.ignore_patterns(f"{DATABASE}*"))
    with closing(sqlite3.connect(demo_folder / DATABASE)) as kept, closing(sqlite3.connect(folder / DATABASE)) as copy:
        kept.backup(copy)
    return folder


class Day:
    """The copy on one day, while it is served. What any reader's page did wrong fails the day as it ends.

    `signed_in`: what browsers keep of a sign-in, by role, so that on a later day of the copy nobody signs in again.
    """

    def __init__(self, browser: Browser, folder: Path, day: str, signed_in: dict[str, Any]) -> None:
        self._browser, self._folder, self._day, self._signed_in = browser, folder, day, signed_in
        self._serving = served(folder, HOLDFAST_TODAY=day)
        self._readers: dict[str, Reader] = {}
        self._pictures = Path(os.environ.get("HOLDFAST_PICTURES") or folder.with_name("pictures"))

    def __enter__(self) -> "Day":
        self._site = self._serving.__enter__()
        return self

    def __exit__(self, *problem: Any) -> None:
        faults = [fault for reader in self._readers.values() for fault in reader.faults]
        for role, reader in self._readers.items():
            self._signed_in[role] = reader.context.storage_state()
            reader.context.close()
        self._serving.__exit__(*problem)
        assert problem[0] is not None or faults == []

    def opens(self, role: str, path: str, width: int = 1280) -> Page:
        """The page as somebody sees it who signed in through the form; how wide their screen is, is said first."""
        address = f"/{CODE}/{path}"
        if role in self._readers:
            return self._readers[role].open(address)
        size: Any = {"width": width, "height": 900}
        context = self._browser.new_context(viewport=size, storage_state=self._signed_in.get(role))
        self._readers[role] = reader = Reader(context, self._site)
        if role in self._signed_in:
            return reader.open(address)
        reader.sign_in(role, then=quote(address))
        return reader.page

    def works(self) -> None:
        """A worker does on that day what waits, and ends."""
        run_worker(self._folder, HOLDFAST_TODAY=self._day)

    def picture(self, page: Page, name: str) -> None:
        self._pictures.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=self._pictures / f"{self._day}-{name}.png", full_page=True)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def fill_day(page: Page, name: str, day: str) -> None:
    for part, value in zip(("year", "month", "day"), day.split("-"), strict=True):
        page.locator(f"[name={name}-{part}]").fill(value)


def says(page: Page) -> str:
    return page.locator("main").inner_text()
