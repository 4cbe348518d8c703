"""Themes of findings: which a question belongs to, by the first of its topics. Pure.

Rule: a topic belongs to one theme; a question with none, or with a topic that is in no theme, is under other matters.
"""

from typing import Final

from holdfast.questions.wording import Question

OTHER: Final = "other"
THEMES: Final[dict[str, tuple[str, frozenset[str]]]] = {
    "voice": (
        "The child’s and family’s voice",
        frozenset({"voice", "child-seen", "seen-alone", "heard-child", "heard-parent", "heard-worker"}),
    ),
    "supervision": ("Supervision", frozenset({"supervision"})),
    "oversight": ("Management oversight", frozenset({"oversight"})),
    "risk": ("Risk and safety", frozenset({"risk", "safety"})),
    "assessment": ("Assessment", frozenset({"analysis", "history", "fathers", "identity"})),
    "planning": ("Planning and what it changed", frozenset({"plan", "drift", "impact"})),
    "threshold": (
        "Thresholds, closing and coming back",
        frozenset({"threshold", "consent", "closure", "re-referral", "disengagement"}),
    ),
    "partnership": ("Working together", frozenset({"partnership", "early-help"})),
    "recording": ("Recording", frozenset({"recording", "recording-time"})),
    "time": ("Timeliness", frozenset({"time"})),
    OTHER: ("Other matters", frozenset()),
}
"""By code, in the order they are read in: the title, and the topics of questions that belong to it."""


def theme_of(question: Question) -> str:
    first = next(iter(question.topics), "")
    return next((code for code, (_, topics) in THEMES.items() if first in topics), OTHER)


def title_of(theme: str) -> str:
    return THEMES.get(theme, THEMES[OTHER])[0]
