"""Any text that a person can type prints: in PDF, HTML and JSON, in every field, with a mark where it must."""

import io
import json
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.notice.services import judging
from holdfast.organisation.models import Post
from holdfast.plan.services import adding, progress
from holdfast.reports import rendering, selectors
from holdfast.reports.rendering.printing import LONGEST, PIECE, printable, printed, shown, throughout

HOSTILE = {
    "emoji": "Publish an early help offer 😀👩‍👧",
    "chinese": "中文 and かな",
    "arabic": "مرحبا بالعالم",
    "hebrew": "שָׁלוֹם",
    "thai": "สวัสดี",
    "combining": "Z̸̢̛a\u05b0l\u0951g\u0e31o e\u0301",
    "a long word": "x" * 4000,
    "a long mark": "😀" * 1000,
    "controls": "a\x01b\x7fc\x9fd\u202ee\u2066f\x0b",
    "odd spaces": "a\u2028b\u200bc\u00a0d\ufeffe",
    "typst": '#panic("no") $x$ *b* _i_ `r` <l> @r [c] \\ // /* {{ }}',
    "html": "<script>alert(1)</script>&amp;",
    "beyond": "\U000e0001\U0010ffff\ue000\ufdd0",
}


def test_a_character_the_fonts_lack_becomes_its_mark_and_one_they_hold_stays() -> None:
    assert printed("Help 😀") == "Help [U+1F600]"
    assert printed("é ب א ж Ω") == "é ب א ж Ω"
    assert printed("e\u0301") == "é"
    assert printed("a\x01b") == "a[U+0001]b"


def test_a_page_keeps_every_letter_and_marks_only_what_cannot_be_seen() -> None:
    assert shown("中😀\x01\u202eb\nc") == "中😀[U+0001][U+202E]b\nc"


def test_a_long_word_may_be_broken_and_loses_nothing() -> None:
    said = printed("x" * 4000)
    assert max(len(part) for part in said.split("\u200b")) == PIECE, "the widest letter fits, so often"
    assert said.replace("\u200b", "") == "x" * 4000
    assert printed("x" * LONGEST) == "x" * LONGEST


@given(st.text())
def test_nothing_is_left_that_the_fonts_lack_and_nothing_is_left_out(words: str) -> None:
    said = printed(words)
    assert all(ord(letter) in printable() or letter in "\n\t\r\u200b" for letter in said)
    marks = re.findall(r"\[U\+[0-9A-F]{4,6}\]", said)
    composed = unicodedata.normalize("NFC", shown(words))
    assert len(said.replace("\u200b", "")) >= len(composed.replace("\u200b", "")) or marks


def test_drawings_addresses_and_hashes_are_left_as_they_are() -> None:
    assert throughout({"svg": "<a/>", "x": ["b", {"url": "c", "y": 1}]}, str.upper) == {
        "svg": "<a/>",
        "x": ["B", {"url": "c", "y": 1}],
    }


@pytest.fixture
def plain(figures_alone: Any, freeze: Any) -> dict[str, Any]:
    """The document of an edition with figures and nothing else: small, so that many can be drawn."""
    return selectors.document(SYSTEM, freeze())


def _pdf_words(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_every_hostile_text_is_drawn_in_every_field(plain: dict[str, Any]) -> None:
    """Each in turn takes the place of a text field, all fields at once where it is short enough to be quick."""
    for words in HOSTILE.values():
        document = plain | {"summary": [words], "title": words, "covering": {"words": words, "by": words, "as": words}}
        document["plan"] = plain["plan"] | {"milestones": [_milestone(words)]}
        assert rendering.as_pdf(document, "a" * 64).startswith(b"%PDF")
        html = rendering.as_html(document, "a" * 64).decode()
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", html)
        assert "<script>alert" not in html


def test_the_pdf_says_which_characters_it_marked_only_when_it_did(plain: dict[str, Any]) -> None:
    marked = _pdf_words(rendering.as_pdf(plain | {"summary": ["Help 😀"]}, "a" * 64))
    assert "[U+1F600]" in marked
    assert "has no letters for some characters" in re.sub(r"\s+", " ", marked)
    assert "has no letters" not in _pdf_words(rendering.as_pdf(plain, "a" * 64))


def test_whatever_is_typed_is_drawn(plain: dict[str, Any]) -> None:
    @settings(max_examples=6, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.text(min_size=1, max_size=60))
    def drawn(words: str) -> None:
        document = plain | {"summary": [words], "title": words}
        assert rendering.as_pdf(document, "a" * 64).startswith(b"%PDF")
        rendering.as_html(document, "a" * 64).decode()

    drawn()


def _milestone(words: str) -> dict[str, Any]:
    return {"ref": "M1", "title": words, "owner": words, "due_words": words, "moved_words": "", "state": words} | {
        "path": "/x/",
        "is_invented": True,
    }


def test_an_edition_is_frozen_whatever_people_typed_in_the_plan_and_in_judgements(
    told: Any, freeze: Any, people: dict[str, Any]
) -> None:
    words, at = "".join(HOSTILE.values()).replace("\x00", ""), clock.now()
    title = (HOSTILE["emoji"] + HOSTILE["chinese"] + HOSTILE["combining"])[:200]
    objective = adding.add_objective(by=SYSTEM, at=at, programme=told, ref="O9", title=title)
    owner = Post.objects.filter(programme=told).first()
    action = adding.add_action(
        by=SYSTEM, at=at, objective=objective, ref="A99", title=title, owner=owner, due_on=clock.today(), detail=words
    )
    progress.mark_done(by=SYSTEM, at=at, action=action, on=clock.today(), note=words)
    adding.add_milestone(
        by=SYSTEM, at=at, programme=told, ref="M99", title=title, owner=owner, due_on=clock.today(), target=title[:120]
    )
    requirement = told.notice.requirements.get(ref="R12")
    judging.judge(by=people["director"], at=at, requirement=requirement, says="not met", reason=words[:4000])
    made = freeze(by=people["board-chair"], on=clock.today(), covering=words)
    said = json.loads(selectors.render(SYSTEM, made, "json"))
    assert said["covering"]["words"] == words.strip()
    assert title in {point["title"] for point in said["plan"]["milestones"]}
    assert "😀" in selectors.render(SYSTEM, made, "html").decode()
    assert "[U+1F600]" in _pdf_words(selectors.render(SYSTEM, made, "pdf"))
