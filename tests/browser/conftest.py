"""A real site, served by its own process, and Debian's Chromium to look at it. Skips, loudly, without Chromium.

The site is the demonstration made small, in HOLDFAST_MODE=demo, with its own data folder: no test here touches the
suite's database, because a browser's event loop and Django's do not mix. HOLDFAST_TEST_SITE names a site that is
already running.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from browser.crawling import DEMO, ROOT

ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
WAIT_SECONDS = 120


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HOLDFAST_", "DJANGO_"))}
    return kept | {"HOLDFAST_MODE": "demo", "HOLDFAST_DATA": str(folder), "PYTHONPATH": str(ROOT / "src")}


def _build_once(folder: Path) -> None:
    """Several workers want the same site: the first builds it, the others wait for its mark."""
    done, log = folder.with_suffix(".done"), folder.with_suffix(".log")
    try:
        folder.mkdir()
    except FileExistsError:
        until = time.monotonic() + WAIT_SECONDS
        while not done.exists() and time.monotonic() < until:
            time.sleep(0.2)
        assert done.exists(), "the site was not built by the other worker"
        return
    command = [sys.executable, str(Path(__file__).with_name("site_to_look_at.py"))]
    environment = {**_environment(folder), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"}
    with log.open("w") as said:
        built = subprocess.run(command, env=environment, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
    assert built.returncode == 0, log.read_text()[-3000:]
    done.touch()


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture(scope="session")
def chromium() -> str:
    # The shell draws pages alone; the whole browser draws a window with tabs for every reader too, at twice the cost.
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if not found:
        pytest.skip("No page was looked at: there is no Chromium (apt-get install chromium-headless-shell)")
    return found


@pytest.fixture(scope="session")
def demo_folder(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small demonstration, built once for every worker. Whoever would write in it takes a copy."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "demo-site"
    _build_once(folder)
    return folder


@contextmanager
def served(folder: Path, **more: str) -> Iterator[str]:
    """A demonstration served by a process of its own; gives its address. `more`: HOLDFAST_TODAY, or the like."""
    port = _free_port()
    command = [sys.executable, "-m", "holdfast.web", "serve", "--port", str(port)]
    with folder.with_name(f"served-{port}.log").open("w") as log:
        server = subprocess.Popen(command, env=_environment(folder) | more, cwd=ROOT, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def run_worker(folder: Path, **more: str) -> None:
    """Do what waits in a demonstration's queue. `more` as for served."""
    command = [sys.executable, "-m", "holdfast.web", "worker", "--until-empty"]
    subprocess.run(command, env=_environment(folder) | more, cwd=ROOT, check=True, capture_output=True, timeout=180)


@pytest.fixture(scope="session")
def demo_site(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a small demonstration: every role signs in with the demonstration's password."""
    given = os.environ.get("HOLDFAST_TEST_SITE")
    if given:
        yield given
        return
    with served(request.getfixturevalue("demo_folder")) as address:
        yield address


def _wait(address: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            assert time.monotonic() < until, "the site did not answer"
            time.sleep(0.1)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


class Reader:
    """Somebody reading in their own browser. `faults` gathers what no page may do, wherever it happens."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context, self.site, self.faults = context, site, []
        context.set_default_timeout(20000)
        self.page: Page = context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: script error: {error}"))
        self.page.on("request", self._asked)

    faults: list[str]

    def _heard(self, message: object) -> None:
        kind, text = message.type, message.text  # type: ignore[attr-defined]
        if kind == "error" and "status of 40" not in text and "ERR_INTERNET_DISCONNECTED" not in text:
            self.faults.append(f"{self.page.url}: {text}")

    def _asked(self, request: object) -> None:
        address = request.url  # type: ignore[attr-defined]
        if not address.startswith((self.site, "data:")):
            self.faults.append(f"{self.page.url} asked another host for {address}")

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.site}{path}")
        return self.page

    def sign_in(self, role: str, then: str = "") -> None:
        """Through the form, as a person would: to their home, or to the page that they had asked for."""
        self.open(f"/account/sign-in?next={then}" if then else "/account/sign-in")
        self.page.get_by_label("User name").fill(role)
        self.page.get_by_label("Password").fill(DEMO["password"])
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_load_state()  # whole: what is done to a page that still arrives is done to half of it
        assert "/account/" not in self.page.url, f"{role} could not sign in"


signed_in: dict[str, object] = {}
"""What the browser keeps of a sign-in, by role: each role signs in once, through the form."""


@pytest.fixture
def reader(browser: Browser, demo_site: str) -> Iterator[Callable[..., Reader]]:
    """A function that gives a new reader, with the browser options given, signed in as a role ("" for a stranger)."""
    contexts = []

    def new(role: str = "", **options: object) -> Reader:
        usual = {"viewport": {"width": 1280, "height": 900}, "storage_state": signed_in.get(role)}
        context = browser.new_context(**{**usual, **options})  # type: ignore[arg-type]
        contexts.append(context)
        one = Reader(context, demo_site)
        if role and role not in signed_in:
            one.sign_in(role)
            signed_in[role] = context.storage_state()
        return one

    yield new
    for context in contexts:
        context.close()
