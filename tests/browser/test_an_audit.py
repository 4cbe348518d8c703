"""One audit's whole life, from the draw to the review of what it changed: each role in a browser of its own.

It writes, so it has a copy of the demonstration, served on two days (days.py), with a picture of every step.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browser.days import Day, copy_of, fill_day, press, says

pytestmark = pytest.mark.browser
PHONE = 390
QUESTION = "Is an assessment of risk recorded since?"
PANEL = {"practice-manager": "Practice and audit manager", "auditor-second": "Auditor, second"}
MOST_PAGES = 12
"""More pages than the questions have: whoever goes round in them has met a fault."""


@pytest.fixture
def on_day(browser: Browser, demo_folder: Path, tmp_path: Path) -> Callable[[str], Any]:
    copied = copy_of(demo_folder, tmp_path / "demo")
    signed_in: dict[str, Any] = {}
    return lambda day: Day(browser, copied, day, signed_in)


def test_an_audit_is_drawn_answered_judged_and_acted_on_until_practice_is_asked_again(
    on_day: Callable[[str], Any],
) -> None:
    with on_day("2014-02-10") as day:
        sample = _drawn(day)
        number = _given_to_the_auditor(day, sample)
        _answered_on_a_phone_until_a_child_may_not_be_safe(day, number)
        _made_safe(day)
        _handed_in(day, number)
        _graded_blind(day, number)
        _judged_by_a_panel(day, number)
        finding = _found(day, sample)
        _acted_on(day, finding)
    with on_day("2014-05-20") as day:
        _asked_again(day, finding)
        _reviewed(day)


def _drawn(day: Day, finding: str = "") -> str:
    """Two cases of the figure, with what so few can show said first; gives the sample's address."""
    page = day.opens("practice-manager", f"audits/samples/draw/{finding}")
    page.get_by_label("Which questions will the audits ask?").select_option(label="Re-audit, version 1")
    page.get_by_label("From the children behind which figure?").select_option("I24")
    page.get_by_label("At random").check()
    page.get_by_label("How many cases?").fill("2")
    page.get_by_label("What is it drawn for?").fill("Is risk assessed where work goes on too long?")
    press(page, "Show what it can show")
    assert "Before you draw" in says(page)
    day.picture(page, "1-what-two-cases-can-show")
    if page.get_by_label("Why is another sample drawn from this?").count():
        page.get_by_label("Why is another sample drawn from this?").fill("To ask again about the finding.")
    press(page, "Draw it")
    address = page.url
    assert "Seed" in says(page)
    while page.get_by_role("link", name=re.compile("^Say its team")).count():
        page.get_by_role("link", name=re.compile("^Say its team")).first.click()
        page.get_by_label("Which team holds the case?").select_option(index=1)
        press(page, "Record it")
    day.picture(page, "2-drawn")
    press(page, "Make audits of them")
    press(page, "Make the audits")
    return address.split("/audits/")[1]


def _choose(page: Page, label: str, words: str) -> None:
    """The choice that begins with some words: its number of audits in hand is no matter here."""
    asked = page.get_by_label(label)
    asked.select_option(asked.locator("option", has_text=words).first.get_attribute("value"))


def _given_to_the_auditor(day: Day, sample: str) -> str:
    """The number of the first audit of a sample, given to the auditor by hand."""
    page = day.opens("practice-manager", f"audits/{sample}")
    page.get_by_role("link", name=re.compile(r"^Audit \d+")).first.click()
    number = re.search(r"audits/(\d+)/", page.url)
    assert number
    page.get_by_role("link", name=re.compile("Allocate|allocate")).first.click()
    _choose(page, "Who is to do it?", "Auditor (")
    press(page, "Allocate it")
    day.picture(page, "3-allocated")
    return number[1]


def _answer(page: Page, *, grade: str, is_safe: bool) -> None:
    """One page of questions: the first answer of each that has none yet, but of risk, safety and the grade."""
    for group in page.locator("fieldset").all():
        asked = group.locator("legend").inner_text()
        wanted = "Yes"
        if QUESTION in asked:
            wanted = "No"
        elif "safe today" in asked and not is_safe and not group.locator("input:checked").count():
            group.get_by_label(re.compile("^No: I think")).check()
            page.wait_for_url(re.compile("/safety/"))  # what was chosen is saved at once, and stops the page
            return
        elif "safe today" in asked and not is_safe:
            continue
        elif "grade" in asked:
            wanted = grade
        group.get_by_label(re.compile(f"^{wanted}")).first.check()
    for text in page.locator("textarea:visible").all():
        text.fill("The record says so in three places.")
    with page.expect_navigation():
        press(page, "Save and continue")


def _answered_on_a_phone_until_a_child_may_not_be_safe(day: Day, number: str) -> None:
    page = day.opens("auditor", f"audits/{number}/answer/", width=PHONE)
    press(page, "Begin the audit")
    day.picture(page, "4-what-to-answer-on-a-phone")
    page.locator("main").get_by_role("link", name="What was asked for").click()
    _kept_without_a_connection(page)
    for _ in range(MOST_PAGES):
        if "/safety/" in page.url:
            break
        _answer(page, grade="Inadequate", is_safe=False)
    assert "Nobody has been told. This page tells nobody." in says(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    day.picture(page, "5-stopped-on-a-phone")
    _step(page, "The team manager was told", "Rang the manager of the team.")
    _step(page, "The head of service was told", "Rang the head of service.")
    day.picture(page, "6-told")


def _kept_without_a_connection(page: Page) -> None:
    """What is chosen while there is none stays on the page, which nobody leaves unasked, and is sent once there is."""
    status = page.locator("[data-answers-status]")
    may_leave = "dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    page.wait_for_load_state()  # its script too, which could not be had afterwards
    page.context.set_offline(True)
    page.locator("fieldset input").first.check()
    status.filter(has_text="Not saved: there is no connection").wait_for()
    assert not page.evaluate(may_leave)
    page.context.set_offline(False)
    status.filter(has_text="Saved at").wait_for()
    assert page.evaluate(may_leave)


def _step(page: Page, step: str, words: str) -> None:
    page.get_by_role("button", name="Record a step").click()
    page.get_by_label(step).check()
    page.get_by_label("Who was told, or what was found?").fill(words)
    press(page, "Record it")


def _made_safe(day: Day) -> None:
    address = day.opens("practice-manager", "audits/safety/")
    address.locator("main").get_by_role("link").first.click()
    path = "audits/" + address.url.split("/audits/")[1]
    _step(day.opens("team-manager", path), "The team answered in writing", "We go there this afternoon.")
    _step(day.opens("team-manager", path), "Somebody says that the child is safe", "Seen at home, with an aunt.")
    page = day.opens("moderator", path)
    _step(page, "A second reader confirms it", "Read the visit and rang the aunt.")
    day.picture(page, "7-confirmed-by-a-second-reader")
    page = day.opens("director", path)
    _step(page, "The director was told", "Told by the head of service.")
    _step(page, "Closed", "Nothing is left to do today.")
    assert "Closed. Every step stays to be read." in says(page)
    day.picture(page, "8-closed")


def _handed_in(day: Day, number: str) -> None:
    page = day.opens("auditor", f"audits/{number}/answer/")
    for _ in range(MOST_PAGES):
        if page.get_by_role("button", name="Check your answers").count():
            break
        page.locator("main .govuk-task-list a, main .hf-task-list a").last.click()
        while "/part/" in page.url:
            _answer(page, grade="Inadequate", is_safe=False)
        page = day.opens("auditor", f"audits/{number}/answer/")
    press(page, "Check your answers")
    press(page, "Hand it in")
    assert "moderation to come" in says(page)
    day.picture(page, "9-handed-in-on-a-phone")


def _graded_blind(day: Day, number: str) -> None:
    page = day.opens("practice-manager", f"audits/{number}/moderator/")
    assert not page.get_by_role("option", name=re.compile(r"^Moderator \(")).count(), (
        "they read that a child is at risk"
    )
    _choose(page, "Who is to do it?", "Moderator, second (")
    press(page, "Allocate it")
    page = day.opens("moderator-second", f"audits/{number}/")
    assert "without having seen the auditor’s grade" in says(page)
    day.picture(page, "10-the-moderator-may-not-look-first")
    page = day.opens("moderator-second", f"audits/{number}/moderate/")
    assert "Inadequate" not in page.locator(".govuk-summary-list, table").all_inner_texts()
    page.get_by_label("Good", exact=True).check()
    page.get_by_label(re.compile("^Why")).last.fill("The child was seen and helped.")
    press(page, "Give these grades")
    day.picture(page, "11-two-grades")


def _judged_by_a_panel(day: Day, number: str) -> None:
    page = day.opens("practice-manager", f"audits/{number}/panel/")
    for name in PANEL.values():
        page.get_by_label(name, exact=True).check()
    _choose(page, "Who chairs it, and records its grade?", PANEL["practice-manager"])
    page.get_by_label("Why is a panel called?").fill("The two grades are two apart.")
    press(page, "Call the panel")
    day.picture(page, "12-panel-called")
    for role in PANEL:
        page = day.opens(role, f"audits/{number}/panel/conflict/")
        page.get_by_label("No", exact=True).check()
        press(page, "Record it")
    page = day.opens("practice-manager", f"audits/{number}/final/")
    day.picture(page, "13-the-panel-decides")
    page.get_by_label("Requires improvement").check()
    page.get_by_label(re.compile("^Why")).last.fill("Help came, and later than the child needed.")
    press(page, "Give these grades")
    assert "Requires improvement (" in says(page)
    day.picture(page, "14-final-grade")


def _found(day: Day, sample: str) -> str:
    number = sample.split("/")[1]
    page = day.opens("practice-manager", f"audits/findings/?of=re-audit&chosen=random&sample={number}")
    day.picture(page, "15-what-audits-found")
    page.get_by_role("link", name=re.compile(re.escape(QUESTION))).click()
    page.get_by_label("What was found, in your words?").fill("Risk was not assessed where work went on too long.")
    press(page, "Record it")
    day.picture(page, "16-finding")
    return page.url.split("/audits/")[1]


def _acted_on(day: Day, finding: str) -> None:
    page = day.opens("programme-office", f"audits/{finding}act/")
    page.get_by_label("What is the action, in words that everybody may read?").fill("Assess risk at every review")
    page.get_by_label("Under which objective?").select_option(index=1)
    page.get_by_label(re.compile("reference")).fill("A77")
    page.get_by_label("Which post is to do it?").select_option(label="Quality assurance manager")
    fill_day(page, "due_on", "2014-02-28")
    press(page, "Add the action")
    day.picture(page, "17-the-finding-has-an-action")
    page = day.opens("programme-office", "plan/actions/A77/done/")
    fill_day(page, "on", "2014-02-10")
    page.get_by_label("What was done, and how is that known?").fill(
        "Every review since asks for it, and the form says so."
    )
    press(page, "Mark as done")
    page = day.opens("practice-manager", "plan/actions/A77/evidence/offer/")
    page.locator("[name=title]").fill("The form of a review, with its new part")
    page.locator("[name=address]").fill("https://intranet.example.org/review-form")
    press(page, "Offer it")
    page = day.opens("director", "plan/actions/A77/")
    page.locator("a[href$='/answer/']").first.click()
    page.get_by_label("Yes, I accept it").check()
    press(page, "Record it")
    day.picture(page, "18-accepted-by-another")


def _asked_again(day: Day, finding: str) -> None:
    page = day.opens("practice-manager", "audits/learning/")
    assert "should have been asked again" in says(page)
    day.picture(page, "1-asking-again-is-late")
    number = _given_to_the_auditor(day, _drawn(day, f"?finding={finding.split('/')[1]}"))
    page = day.opens("auditor", f"audits/{number}/answer/")
    press(page, "Begin the audit")
    _left_at_the_first_press(page)
    for part in ("What was asked for", "Practice now", "Your judgement"):
        page.locator("main").get_by_role("link", name=part).click()
        while "/part/" in page.url and part in page.locator("h1").inner_text():
            _answer(page, grade="Good", is_safe=True)
        page = day.opens("auditor", f"audits/{number}/answer/")
    press(page, "Check your answers")
    press(page, "Hand it in")
    page = day.opens("practice-manager", "audits/learning/")
    assert "Too little to tell" in says(page)
    day.picture(page, "2-what-came-of-it")


def _left_at_the_first_press(page: Page) -> None:
    """Once what was chosen has saved itself; and again where nothing was chosen since."""
    for is_changed in (True, False):
        page.locator("main").get_by_role("link", name="What was asked for").click()
        if is_changed:
            page.locator("fieldset input").first.check()
            page.locator("[data-answers-status]", has_text="Saved at").wait_for()
        with page.expect_navigation(url=re.compile("/answer/$")):
            press(page, "Save and come back later")


def _reviewed(day: Day) -> None:
    page = day.opens("director", "plan/actions/A77/impact/")
    page.get_by_label("It is too early to say").check()
    page.get_by_label("Why do you say so?").fill("Two cases are too few to say that risk is assessed more often.")
    press(page, "Record the review")
    day.picture(page, "3-what-it-changed")
    assert "Two cases are too few" in says(page)
