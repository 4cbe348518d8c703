"""A client that checks the shape of every page it fetches, so that no test can pass on a page that shuts people out."""

import re
from typing import Any

from django.test import Client
from lxml import html

TYPED = ("hidden", "submit", "button", "image", "reset")


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def words(response: Any) -> str:
    """What a page says, without its markup."""
    return _words(html.document_fromstring(response.content.decode()))


def markup(response: Any) -> str:
    """A page as it was sent, each run of white space as one space."""
    return " ".join(response.content.decode().split())


def _heading_faults(page: Any) -> list[str]:
    headings, titles = page.xpath("//h1"), page.xpath("//head/title")
    if len(headings) != 1:
        return [f"has {len(headings)} h1 elements, not one"]
    if len(titles) != 1:
        return [f"has {len(titles)} titles, not one"]
    heading, title = _words(headings[0]), _words(titles[0])
    if not heading:
        return ["has an empty h1"]
    return [] if title.startswith(heading) else [f"title “{title}” does not begin with the h1 “{heading}”"]


def _label_faults(page: Any) -> list[str]:
    labelled = {label.get("for") for label in page.xpath("//label[@for]") if _words(label)}
    ids = {element.get("id") for element in page.xpath("//*[@id]")}
    faults = []
    for control in page.xpath("//input | //select | //textarea"):
        if control.tag == "input" and control.get("type", "text") in TYPED:
            continue
        named = control.get("aria-labelledby", "").split()
        if not (
            control.get("id") in labelled
            or control.xpath("ancestor::label")
            or control.get("aria-label")
            or (named and ids.issuperset(named))
        ):
            faults.append(f"{control.tag} “{control.get('name')}” has no label")
    return faults


def _inline_faults(page: Any) -> list[str]:
    faults = [f"<{element.tag}> is inline" for element in page.xpath("//style | //script[not(@src)]")]
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        for attribute in element.attrib:
            if attribute == "style" or attribute.startswith("on"):
                faults.append(f"<{element.tag}> has the attribute {attribute}")
    for element in page.xpath("//script[@src] | //link[@href] | //img[@src] | //source[@src] | //iframe"):
        address = element.get("src") or element.get("href") or ""
        if re.match(r"(https?:)?//", address):
            faults.append(f"<{element.tag}> asks a third party for {address}")
    return faults


def _picture_faults(page: Any) -> list[str]:
    faults = [f"img {image.get('src')} has no alt" for image in page.xpath("//img[not(@alt)]")]
    for drawing in page.xpath("//*[local-name()='svg']"):
        hidden = drawing.xpath("ancestor-or-self::*[@aria-hidden='true']")
        title = drawing.xpath("./*[local-name()='title'][normalize-space()]")
        if not (hidden or title or drawing.get("aria-label") or drawing.get("aria-labelledby")):
            faults.append("an svg has no text alternative")
    return faults


def _id_faults(page: Any) -> list[str]:
    ids = [element.get("id") for element in page.xpath("//*[@id]")]
    return [f"the id “{one}” is used {ids.count(one)} times" for one in sorted(set(ids)) if ids.count(one) > 1]


def _form_faults(page: Any) -> list[str]:
    posts = page.xpath("//form[translate(@method, 'POST', 'post')='post']")
    return [
        f"the form to “{form.get('action') or 'the same page'}” has no CSRF token"
        for form in posts
        if not form.xpath(".//input[@name='csrfmiddlewaretoken']")
    ]


def _link_faults(page: Any) -> list[str]:
    return [
        f"the link to {link.get('href')} has no words"
        for link in page.xpath("//a[@href]")
        if not (_words(link) or link.get("aria-label") or link.xpath(".//img[@alt!='']"))
    ]


FIGURE = re.compile(r"^.{0,300}?(\d%|\bc) \([\d,c]+ of [\d,c]+\)")


def _still_open_faults(page: Any) -> list[str]:
    """What was finished in time, shown with its figure and without what is open and already over."""
    from holdfast import analytics

    words = _words(page.xpath("//body")[0])
    return [
        f"{card.title} has a figure, and nothing says how many are open and already over"
        for card in analytics.INDICATORS.values()
        if card.counts_the_finished and "pen and already over" not in words
        for part in words.split(card.title)[1:]
        if FIGURE.match(part)
    ]


def page_faults(text: str) -> list[str]:
    """Everything wrong with the shape of a page, in words. [] when it is sound."""
    page = html.document_fromstring(text)
    faults = [] if page.get("lang") else ["the html element has no lang"]
    for look in (
        _heading_faults,
        _label_faults,
        _inline_faults,
        _picture_faults,
        _id_faults,
        _form_faults,
        _link_faults,
        _still_open_faults,
    ):
        faults += look(page)
    if re.search(r"{[{%#]", text):
        faults.append("a template tag was printed instead of followed")
    return faults


def without_tokens(text: str) -> str:
    """A page without what is drawn by lot for each form, in which any two letters may stand."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


class PageClient(Client):
    """Django's test client, which fails the test when a page it fetches is the wrong shape."""

    def get(self, path: str, *args: Any, **kwargs: Any) -> Any:
        response = super().get(path, *args, **kwargs)
        if response.get("Content-Type", "").startswith("text/html") and response.content:
            faults = page_faults(response.content.decode())
            assert not faults, f"{path} ({response.status_code}): " + "; ".join(faults)
        return response
