"""The PDF as a reader's tools see it: tagged, in English, titled, numbered, linked, and nothing hidden printed."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader

from holdfast.access.doors import SYSTEM
from holdfast.reports import rendering, selectors


@pytest.fixture
def pdf(released: Any, freeze: Callable[..., Any], people: dict[str, Any]) -> PdfReader:
    edition = freeze(by=people["board-chair"], covering="Two things worry me.")
    return PdfReader(io.BytesIO(selectors.render(SYSTEM, edition, "pdf")))


def words(pdf: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


def test_it_is_tagged_titled_and_in_english(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == "Report to Ministers, 31 December 2013: Westmere improvement programme"


def test_it_says_that_it_is_pdf_ua(pdf: PdfReader) -> None:
    said = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part>1<|pdfuaid:part=\"1\"", said)


def test_every_indicator_links_to_its_page(pdf: PdfReader) -> None:
    links = {
        annotation.get_object()["/A"]["/URI"]
        for page in pdf.pages
        for annotation in page.get("/Annots", [])
        if "/URI" in annotation.get_object().get("/A", {})
    }
    assert "http://localhost:8000/westmere-2031/indicators/I04/?release=1" in links
    assert "http://localhost:8000/westmere-2031/notice/requirements/R01/" in links
    assert all(link.startswith("http://localhost:8000/") for link in links)


def test_every_page_is_numbered_and_every_chapter_is_there(pdf: PdfReader) -> None:
    text = words(pdf)
    for number in range(1, len(pdf.pages) + 1):
        assert f"Page {number} of {len(pdf.pages)}" in text
    for chapter in (
        "In short",
        "Where we stand",
        "Indicators",
        "Milestones and actions",
        "What has not been achieved, and why",
        "What is not covered",
        "Every requirement",
        "How this report was made",
    ):
        assert chapter in text


def test_the_chairs_words_come_first(pdf: PdfReader) -> None:
    first = pdf.pages[0].extract_text()
    assert first.index("Two things worry me.") < first.index("In short")


def test_every_chart_has_words_for_those_who_cannot_see_it(pdf: PdfReader) -> None:
    alternatives = [each for each in elements(pdf.trailer["/Root"]["/StructTreeRoot"]) if each.get("/S") == "/Figure"]
    assert len(alternatives) == 3
    assert all(str(each["/Alt"]).strip() for each in alternatives)


def test_tables_have_header_cells(pdf: PdfReader) -> None:
    kinds = [each.get("/S") for each in elements(pdf.trailer["/Root"]["/StructTreeRoot"])]
    assert kinds.count("/TH") > kinds.count("/Table") > 10


def elements(node: Any) -> list[Any]:
    """Every structure element under a node."""
    found, waiting = [], [node]
    while waiting:
        each = waiting.pop().get_object() if hasattr(waiting[-1], "get_object") else waiting.pop()
        if isinstance(each, list):
            waiting += each
        elif hasattr(each, "get") and ("/K" in each or "/S" in each):
            found.append(each)
            if "/K" in each:
                waiting.append(each["/K"])
    return found


def test_an_indicators_words_chart_and_table_stand_on_one_page_and_no_page_between_is_half_empty(
    figures_alone: Any, freeze: Callable[..., Any]
) -> None:
    """Eighteen indicators with two to ten lines of words each, as long as a report's: two of them stand on a page."""
    document = selectors.document(SYSTEM, freeze())
    each = document["indicators"]
    document["indicators"] = [
        each[n % len(each)]
        | {
            "id": f"X{n}",
            "reference": f"Ref {n}.",
            "headline": f"Begin {n}.",
            "rest": ["What may be said of it."] * (8 + n * 7 % 31),
        }
        for n in range(18)
    ]
    pages = PdfReader(io.BytesIO(rendering.as_pdf(document, "0" * 64))).pages
    text = [re.sub(r"\s+", " ", page.extract_text()) for page in pages]

    def page_of(words: str) -> int:
        return next(place for place, said in enumerate(text) if words in said)

    for n in range(18):
        assert page_of(f"Begin {n}.") == page_of(f"X{n}: latest month") == page_of(f"Reference: Ref {n}.")
    lowest = [_lowest(page) for page in pages[page_of("Begin 0.") : page_of("Begin 17.")]]
    assert len(lowest) > 5
    assert max(lowest) < 421, "a page ends above its middle"


def _lowest(page: Any) -> float:
    """How far above the bottom, in points, the last words of a page are, its foot left out. A4 is 842 high."""
    found: list[float] = []

    def seen(words: str, matrix: list[float], text: list[float], *_: Any) -> None:
        height = text[5] * matrix[3] + matrix[5]
        if words.strip() and height > 62:
            found.append(height)

    page.extract_text(visitor_text=seen)
    return min(found)
