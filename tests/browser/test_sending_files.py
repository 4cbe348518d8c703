"""Files sent from the page: with its progress, stopped, and without scripts; on a phone as on a screen."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from browser.crawling import DEMO
from browser.test_every_page import violations

pytestmark = pytest.mark.browser
CODE = DEMO["programmes"][0]["code"]
LETTER = {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Dear colleague"}
WAITS = re.compile(r"/returns/submit/[0-9a-f]{32}/")


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}, {"viewport": {"width": 320, "height": 700}}])
def test_what_was_sent_is_shown_before_it_is_kept_and_can_be_cancelled(
    reader: Callable[..., Any], options: dict[str, Any]
) -> None:
    one = reader("performance-analyst", **options)
    page = one.open(f"/{CODE}/returns/submit/")
    assert not options.get("java_script_enabled", True) or violations(page) == []
    page.locator("input[type=file]").set_input_files([LETTER, {**LETTER, "name": "again.txt"}])
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(WAITS)
    assert page.get_by_text("again.txt holds the same as letter.txt, so it is left out.").is_visible()
    assert page.get_by_text("Nothing here can be submitted.").is_visible()
    if options.get("java_script_enabled", True):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert violations(page) == []
    page.get_by_role("button", name="Cancel").click()
    page.get_by_text("Nothing of what you sent was kept.").wait_for()
    assert one.faults == []


def test_sending_shows_its_progress_in_words_and_can_be_stopped(reader: Callable[..., Any]) -> None:
    one = reader("performance-analyst")
    page = one.open(f"/{CODE}/returns/submit/")
    page.locator("input[type=file]").set_input_files([{**LETTER, "buffer": b"x" * 8_000_000}])
    slow = page.context.new_cdp_session(page)
    slow.send("Network.enable")
    slow.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 1_000_000},
    )
    page.get_by_role("button", name="Continue").click(no_wait_after=True)
    page.get_by_text(re.compile(r"\d\.\d MB of 7\.6 MB sent")).wait_for()
    assert page.get_by_role("progressbar", name="Sending your files").is_visible()
    assert page.locator("[data-said]").get_attribute("aria-live") == "polite"
    assert page.get_by_role("button", name="Continue").is_hidden()
    assert violations(page) == []
    page.get_by_role("button", name="Stop sending").click()
    page.get_by_text("You stopped it. Nothing was kept.").wait_for()
    assert page.get_by_role("button", name="Continue").is_visible()


def test_what_is_wrong_is_told_at_the_top_as_for_any_form(reader: Callable[..., Any]) -> None:
    one = reader("performance-analyst")
    page = one.open(f"/{CODE}/returns/submit/")
    page.locator("input[type=file]").set_input_files([{**LETTER, "buffer": b""}])
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.get_by_role("link", name=re.compile("letter.txt is empty")).is_visible()
    assert violations(page) + one.faults == []
