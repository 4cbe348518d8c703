"""A meeting from its pack to its approved minutes: each role in a browser of its own, with a picture of every step.

It writes, so it has a copy of the demonstration, served on three days (days.py).
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browser.days import CODE, Day, copy_of, fill_day, press, says

pytestmark = pytest.mark.browser
VOTERS = ("Strategic Director People", "Head of Child", "Designated nurse", "Independent chair", "Police safeguarding")
Opened = Callable[[str], Page]


@pytest.fixture(scope="module")
def copied(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of(demo_folder, tmp_path_factory.mktemp("meeting") / "demo")


@pytest.fixture
def on_day(browser: Browser, copied: Path) -> Callable[[str], Any]:
    """A function that serves the copy on a day, and gives who opens a page as a role."""
    signed_in: dict[str, Any] = {}
    return lambda day: Day(browser, copied, day, signed_in)


def test_a_meeting_is_prepared_held_and_approved_by_each_role_in_a_browser(on_day: Callable[[str], Any]) -> None:
    with on_day("2014-02-20") as day:
        _the_secretary_builds_the_pack(day)
        _a_partner_signs(day)
    with on_day("2014-02-27") as day:
        _the_meeting_is_minuted(day)
        _the_observer_is_refused_a_vote_and_the_board_decides(day)
    with on_day("2014-03-27") as day:
        _the_next_meeting_approves_the_minutes(day)
        _pages_show_the_decisions_number(day)


def _the_secretary_builds_the_pack(day: Day) -> None:
    page = day.opens("programme-office", "")
    day.picture(page, "1-office-home")
    page.get_by_role("link", name="The pack of 27 February 2014").click()
    assert "What it lacks today" in says(page)
    day.picture(page, "2-what-the-pack-lacks")
    page = day.opens("programme-office", "meetings/improvement-board/6/items/13/papers/add/")
    page.get_by_label("What is the paper called?").fill("The plan, with every date that moved")
    page.get_by_label("Or which record is it made from?").select_option("plan")
    press(page, "Attach the paper")
    page = day.opens("programme-office", "meetings/improvement-board/6/pack/")
    page.get_by_role("link", name="Freeze the pack").click()
    press(page, "Go on: you will be asked once more")
    assert "This is what the pack lacks" in says(page)
    day.picture(page, "3-asked-before-it-is-frozen")
    press(page, "Freeze it as it is")
    banner = page.locator("[role=alert], .govuk-notification-banner").first.inner_text()
    assert "It is asked for" in banner
    assert "It waits: no worker is running." in says(page)
    day.picture(page, "4-it-waits-for-a-worker")
    day.works()
    page.get_by_role("link", name="Pack 6", exact=True).wait_for()  # the page looks by itself
    day.picture(page, "4-frozen")
    link = page.get_by_role("link", name="Pack 6", exact=True).get_attribute("href")
    assert page.request.get(f"{page.url.split('/' + CODE)[0]}{link}").body().startswith(b"%PDF")


def _a_partner_signs(day: Day) -> None:
    page = day.opens("partner-health", "")
    day.picture(page, "5-partner-home")
    page.get_by_role("link", name="Thresholds for assessment, version 2").click()
    page.get_by_role("link", name="Answer for Health").click()
    page.get_by_label("Agreed", exact=True).check()
    page.locator("main button").first.click()
    assert "Agreed" in page.get_by_role("row", name=re.compile("^Health")).inner_text()
    day.picture(page, "6-partner-signed")


def _the_meeting_is_minuted(day: Day) -> None:
    meeting = "meetings/improvement-board/6/"
    page = day.opens("programme-office", meeting)
    for name in page.get_by_role("link", name=re.compile("^Say whether")).all_inner_texts():
        page.get_by_role("link", name=name).click()
        page.get_by_label("Attended").check()
        press(page, "Save")
    day.picture(page, "1-who-came")
    page.get_by_role("link", name=re.compile("^Changes of the plan")).click()
    page.get_by_role("link", name="Minute what was said").click()
    page.get_by_label("Information").check()
    page.get_by_label("What was said?").fill("The east team is short of two workers, and nobody had been told.")
    press(page, "Add to the minutes")
    assert "short of two workers" in says(page)
    day.picture(page, "2-minuted")


def _the_observer_is_refused_a_vote_and_the_board_decides(day: Day) -> None:
    page = day.opens("programme-office", "meetings/improvement-board/6/items/13/")
    page.get_by_role("link", name="Record a decision").click()
    page.get_by_label("Move a due date: how many times?").select_option("2")
    page.get_by_label("Set or change a target: how many times?").select_option("1")
    press(page, "Continue")
    address = page.url
    _write_the_decision(page)
    page.get_by_label(re.compile("^DfE observer")).check()
    press(page, "Record the decision")
    assert "does not decide or vote" in page.locator(".govuk-error-summary").inner_text()
    day.picture(page, "3-the-observers-vote-is-refused")
    page.get_by_label(re.compile("^DfE observer")).uncheck()
    press(page, "Record the decision")
    assert "IB-6 is recorded and carried out" in says(page)
    day.picture(page, "4-the-decision")

    observing = day.opens("dfe-observer", address.split(f"/{CODE}/")[1])
    assert observing.get_by_role("heading", name="You cannot see this page").is_visible()
    day.picture(observing, "5-the-observer-by-their-own-hand")

    page = day.opens("programme-office", "meetings/improvement-board/6/held/")
    page.get_by_label("What did the meeting do for children?").fill("Every child in the east team keeps a worker.")
    press(page, "It was held")


def _write_the_decision(page: Page) -> None:
    page.get_by_label("What was decided?").fill("Both milestones move to 30 April, and actions are done on time.")
    page.get_by_label("Why was it decided so?").fill("Two workers left, and nobody had been told.")
    for voter in VOTERS:
        page.get_by_label(re.compile(f"^{voter}")).check()
    page.get_by_label("Which requirements does it answer?").select_option("R55")
    for place, ref in ((1, "M05"), (2, "M06")):
        page.locator(f"[name=effect_{place}_subject]").select_option(ref)
        fill_day(page, f"effect_{place}_due_on", "2014-04-30")
    page.locator("[name=effect_3_subject]").select_option("I109")
    page.get_by_label("At least").check()
    fill_day(page, "effect_3_from_on", "2014-03-01")
    page.locator("[name=effect_3_value]").fill("90")
    page.locator("[name=effect_3_standard_words]").fill("The Board's own")


def _the_next_meeting_approves_the_minutes(day: Day) -> None:
    page = day.opens("board-chair", "meetings/improvement-board/6/minutes/")
    page.get_by_role("link", name="Approve them").click()
    approving = page.get_by_label("At which meeting were they approved?")
    approving.select_option(approving.locator("option", has_text="Meeting 7").get_attribute("value"))
    page.get_by_label("What did the meeting resolve?").fill("Agreed as a true record.")
    press(page, "Approve the minutes")
    assert "Approved and locked" in says(page)
    assert "IB-6" in says(page)
    day.picture(page, "1-approved-and-locked")
    late = day.opens("programme-office", "meetings/improvement-board/6/items/13/say/")
    assert "are locked" in says(late)
    assert not late.get_by_role("button", name="Add to the minutes").count()
    day.picture(late, "2-nothing-is-added-after")


def _pages_show_the_decisions_number(day: Day) -> None:
    for path, name in (
        ("plan/", "plan"),
        ("plan/milestones/M05/", "milestone"),
        ("indicators/", "scorecard"),
        ("indicators/I109/", "indicator"),
        ("notice/requirements/R55/", "requirement"),
        ("decisions/IB-6/", "decision"),
    ):
        page = day.opens("elected-member", path)
        page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
        assert "IB-6" in says(page), path
        day.picture(page, f"3-{name}")
