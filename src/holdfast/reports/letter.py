"""The chair's report as a structured document: the chair's words by section, and what the edition says beside each.

Not here: how it looks (rendering), or any figure of its own: every one is the edition's, as it was frozen. Rule: the
chair's words are printed as they were written, and what stands beside them is printed as the edition's.
"""

from collections.abc import Mapping
from typing import Any, Final

from holdfast.pages.words import date_words, month_words
from holdfast.reports import sayable
from holdfast.reports.models import ChairReport

FORMAT: Final = "holdfast-chair-report-1"
OFFICE: Final = "Independent chair of the Board"
SECTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "overall": ("Where we stand", "standing"),
    "indicators": ("Indicators and milestones", "indicators"),
    "plan": ("The plan", "plan"),
    "partners": ("The Board and its partners", ""),
    "ahead": ("What comes next", ""),
}
"""Each section of the report by its code: its heading, and the chapter of the edition that stands beside it."""


def pointed_out(words: Mapping[str, str], edition: Mapping[str, Any]) -> list[sayable.Finding]:
    """What the words say that the edition's figures do not allow, section by section."""
    return sayable.findings({title: words.get(code, "") for code, (title, _) in SECTIONS.items()}, edition)


def document(report: ChairReport, words: Mapping[str, str], edition: Mapping[str, Any]) -> dict[str, Any]:
    """The whole report. A section that the chair left empty is left out, with what would stand beside it."""
    return {
        "format": FORMAT,
        "title": "Report of the independent chair to Ministers",
        "number": report.number,
        "due_words": month_words(report.due_on),
        "sent_on": report.sent_on.isoformat(),
        "sent_on_words": date_words(report.sent_on),
        "by": report.sent_by.display_name,
        "as": OFFICE,
        "address": edition["address"],
        "invented": edition["invented"],
        "programme": edition["programme"],
        "notice": edition["notice"],
        "release": edition["release"],
        "edition": report.edition.in_words,
        "edition_sha256": report.edition.sha256,
        "corrects": report.corrects.in_words if report.corrects else None,
        "sections": [
            {"title": title, "words": words[code], "beside": sayable.beside(edition, chapter)}
            for code, (title, chapter) in SECTIONS.items()
            if words.get(code)
        ],
    }
