"""Themes of findings: which a question belongs to, by the first of its topics, and which indicators count it. Pure.

Rule: a topic belongs to one theme; a question with none, or with a topic that is in no theme, is under other matters. A
theme's indicators count what returns say of all children: measures of audits are what audits say, and are in no theme.
"""

from typing import Final, NamedTuple

from holdfast.questions.wording import Question


class Theme(NamedTuple):
    """What it is called, the topics of questions that belong to it, and the indicators of returns that count it."""

    title: str
    topics: frozenset[str]
    indicators: tuple[str, ...] = ()


OTHER: Final = "other"
THEMES: Final[dict[str, Theme]] = {
    "voice": Theme(
        "The child’s and family’s voice",
        frozenset({"voice", "child-seen", "seen-alone", "heard-child", "heard-parent", "heard-worker"}),
    ),
    "supervision": Theme("Supervision", frozenset({"supervision"})),
    "oversight": Theme("Management oversight", frozenset({"oversight"})),
    "risk": Theme("Risk and safety", frozenset({"risk", "safety"}), ("I38",)),
    "assessment": Theme("Assessment", frozenset({"analysis", "history", "fathers", "identity"}), ("I31",)),
    "planning": Theme("Planning and what it changed", frozenset({"plan", "drift", "impact"}), ("I47", "I49")),
    "threshold": Theme(
        "Thresholds, closing and coming back",
        frozenset({"threshold", "consent", "closure", "re-referral", "disengagement"}),
        ("I04", "I06", "I60-3", "I60-6", "I60-12"),
    ),
    "partnership": Theme("Working together", frozenset({"partnership", "early-help"})),
    "recording": Theme("Recording", frozenset({"recording", "recording-time"})),
    "time": Theme("Timeliness", frozenset({"time"}), ("I20", "I21", "I24", "I42", "I42-open", "I52")),
    OTHER: Theme("Other matters", frozenset()),
}
"""By code, in the order they are read in."""


def theme_of(question: Question) -> str:
    first = next(iter(question.topics), "")
    return next((code for code, theme in THEMES.items() if first in theme.topics), OTHER)


def title_of(theme: str) -> str:
    return THEMES.get(theme, THEMES[OTHER]).title
