"""What the tests of the plan's pages share. Alice (programme office) may change, Bob may read, Charlie may not."""

from typing import Any

from lxml import html

from page_client import markup as words

ALICE, BOB, CHARLIE, DAVE = "programme-office", "dfe-observer", "nobody", "elsewhere"
DONE_ON = {"on-day": "1", "on-month": "6", "on-year": "2031"}
DUE_ON = {"due_on-day": "30", "due_on-month": "9", "due_on-year": "2031"}


def page(path: str) -> str:
    return f"/westmere-2031/{path}"


def errors(response: Any) -> list[tuple[str, str]]:
    """Each error of the page's summary, with the field that its link leads to ("" at the top of the form)."""
    items = html.document_fromstring(words(response)).xpath("//div[@class='govuk-error-summary__body']//li")
    return [(item.text_content(), next(iter(item.xpath("./a/@href")), "")) for item in items]


def said(client: Any, response: Any) -> str:
    """What the page after says of what was saved."""
    after = html.document_fromstring(words(client.get(response["Location"])))
    return str(after.xpath("//p[@class='govuk-notification-banner__heading']")[0].text_content())
