"""Whether free text looks as if it named somebody: a name, a date of birth, a number that stands for one person. Pure.

A warning and no proof: two ordinary words with capitals are warned of, and a name in small letters is not seen. Rule:
it says what kind of thing was seen, and never the thing itself.
"""

import re
from collections.abc import Mapping
from typing import Final

from holdfast.questions.wording import Section

A_NAME: Final = "a name"
A_DATE: Final = "a date of birth"
A_NUMBER: Final = "a number that stands for one person"
_DATE: Final = re.compile(
    r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\b(?:19|20)\d\d-\d\d-\d\d\b|\b[Bb]orn (?:on|in)\b|\bDOB\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*,? (?:19|20)\d\d\b"
)
_NUMBER: Final = re.compile(
    r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b|\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"
    r"|\b[A-Z]\d{11}[\dA-Z]\b"
)
"""An NHS number, a National Insurance number, a unique pupil number."""
_LETTER: Final = "[A-Za-zÀ-ÖØ-öø-ÿ]"
_WORD: Final = rf"(?={_LETTER}*(?:['’]{_LETTER}*)?[a-zß-öø-ÿ])[A-ZÀ-ÖØ-Þ](?:['’]?{_LETTER})"
"""A word with a capital and a small letter, of two letters; more may follow: O’Brien, McDonald, Zoë."""
_NAME: Final = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? {_WORD}"
    r"|(?!(?:The|This|That|These|A|An|In|On|At|Of|For|From|By|To|With|Under|Each|Every|Both|All|No|Not|As|When|If) )"
    rf"\b{_WORD}{_LETTER}* {_WORD}(?:['’]?{_LETTER})+\b"
)
"""A title and a word, or two words with capitals of which the first does not only begin a sentence."""
_NO_NAMES: Final = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday"
    r"|Wednesday|Thursday|Friday|Saturday|Sunday|Section|Working|Together|Team|Social|Services|Police|Health|Early|Help"
    r"|Child|Children|Protection|Plan|Board|Council|Court|School|Family|Emergency|Duty)\b"
)
"""Words with capitals that stand beside one another without naming anybody."""
_GIVEN: Final = re.compile(r"^(?:April|May|June|August) ")
"""Months that are first names too, before another word with a capital."""


def kinds_in(*texts: str) -> list[str]:
    """The kinds of thing that any of some texts seems to hold about one person, in order; [] for none."""
    return sorted({kind for text in texts for kind in looks_like(text)})


def seems(*texts: str) -> dict[str, str]:
    """For the trail: the kinds of thing that the words typed seem to hold about one person, and never the words."""
    kinds = kinds_in(*texts)
    return {"looks like": ", ".join(kinds)} if kinds else {}


def looks_like(text: str) -> list[str]:
    """The kinds of thing that a text seems to hold about one person; [] for none."""
    found = [A_NAME] if any(not _NO_NAMES.search(_GIVEN.sub("", hit)) for hit in _NAME.findall(text)) else []
    found += [A_DATE] if _DATE.search(text) else []
    return found + ([A_NUMBER] if _NUMBER.search(text) else [])


def seeming(part: Section, sent: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The kinds of thing about one person that the words sent seem to hold. A choice and a date are no words."""
    typed = {question.code for question in part.questions if question.kind == "text"}
    words = [answer.get("why", "") for answer in sent.values()]
    words += [answer.get("value", "") for code, answer in sent.items() if code in typed]
    return kinds_in(*words)
