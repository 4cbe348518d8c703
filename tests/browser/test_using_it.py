"""Using the pages as people do: by keyboard, without scripts, on a phone, and after a mistake."""

from collections.abc import Callable
from typing import Any

import pytest

from browser.crawling import DEMO
from browser.test_every_page import violations

pytestmark = pytest.mark.browser
HAS_FOCUS_STYLE = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.boxShadow !== 'none' || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0);
}"""


def test_the_keyboard_reaches_the_content_at_once_and_shows_where_it_is(reader: Callable[..., Any]) -> None:
    page = reader("board-chair").open(f"/{DEMO['programmes'][0]['code']}/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    assert skip.evaluate("link => link === document.activeElement")
    assert skip.bounding_box()["height"] > 20
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(HAS_FOCUS_STYLE), page.evaluate("document.activeElement.outerHTML")
    skip.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_a_wrong_password_is_told_at_the_top_and_beside_the_form(reader: Callable[..., Any]) -> None:
    one = reader()
    page = one.open("/account/sign-in")
    page.get_by_label("User name").fill("nobody-of-this-name")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    assert page.locator(".govuk-error-summary").evaluate("box => box === document.activeElement")
    assert page.get_by_role("heading", name="There is a problem").is_visible()
    assert violations(page) + one.faults == []


def test_pages_work_without_scripts(reader: Callable[..., Any]) -> None:
    one = reader(java_script_enabled=False, viewport={"width": 360, "height": 740})
    one.sign_in("director")
    page = one.page
    for item, current in (("Notice", "The notice"), ("Evidence", "Indicators"), ("Plan", "Plan"), ("Home", "Home")):
        page.get_by_role("navigation", name="Menu").get_by_role("link", name=item, exact=True).click()
        assert page.locator("h1").is_visible()
        assert page.locator("nav [aria-current=page]").inner_text() == current
    page.get_by_role("button", name="Sign out").click()
    page.goto(page.url.split("/account")[0])
    assert page.get_by_role("heading", name="Sign in").is_visible()


def test_the_menu_folds_on_a_phone_where_scripts_run(reader: Callable[..., Any]) -> None:
    one = reader("director", viewport={"width": 360, "height": 740})
    one.open("/")
    notice = one.page.get_by_role("navigation", name="Menu").get_by_role("link", name="Notice", exact=True)
    assert not notice.is_visible()
    one.page.get_by_role("button", name="Menu").click()
    assert notice.is_visible()
    assert one.faults == []


def test_a_page_that_is_refused_or_not_there_says_what_to_do(reader: Callable[..., Any]) -> None:
    one = reader("elected-member")
    refused = f"/{DEMO['programmes'][0]['code']}/returns/"
    for path, heading in (
        (refused, "You cannot see this page"),
        ("/no-such-place/", "Page not found"),
        ("/help/no-such-page", "Page not found"),
    ):
        page = one.open(path)
        assert page.get_by_role("heading", name=heading).is_visible()
        assert page.locator("main a").count()
        assert violations(page) == []
    assert one.faults == []


@pytest.mark.parametrize("path", ["plan/", "indicators/", "notice/positions/", "indicators/I04/"])
def test_a_printed_table_stays_on_its_sheet(reader: Callable[..., Any], path: str) -> None:
    """As wide as A4 between margins of 1 cm: what runs over is printed under the words at the sheet's edge."""
    one = reader("programme-office", viewport={"width": 718, "height": 1000})
    page = one.open(f"/{DEMO['programmes'][0]['code']}/{path}")
    page.emulate_media(media="print")
    assert page.locator("main .hf-scroll").count()
    over = "boxes => boxes.map(box => box.scrollWidth - box.clientWidth).filter(more => more > 1)"
    assert page.locator("main .hf-scroll").evaluate_all(over) == []
