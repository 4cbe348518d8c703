"""What typed words say that the figures beside them do not allow. Pure: words and a frozen document in, findings out.

It points; it never changes or forbids a word: the chair owns the text. What it looks for: a change claimed where the
statistics allow none, or of no indicator at all; work done told as an outcome; a requirement told as met; a share that
is not in the edition. Rule: what a sentence denies ("has not improved") is not taken for a claim.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from holdfast.notice.figures import BETTER, HIDDEN, WORSE
from holdfast.pages.words import counted, listed

_DENIED: Final = r"\b(?:not|no|never|nor|cannot|whether|too early|without|neither)\b(?:\W+\w+){0,5}?\W+"
_BETTER: Final = r"(?:improv\w+|better|safer|stronger|quicker|faster)"
_WORSE: Final = r"(?:wors\w+|deteriorat\w+)"
_MOVED: Final = (
    r"(?:reduc\w+|fewer|lower\w*|fall\w*|fell|drop\w*|decreas\w+|rise\w*|rose|rising|increas\w+|higher|grew|grown)"
)
_DONE: Final = re.compile(r"\b(?:completed?|delivered|finished|implemented|carried out)\b", re.IGNORECASE)
_PLANNED: Final = re.compile(r"\b(?:actions?|plans?|milestones?|[AM]-?\d+)\b", re.IGNORECASE)
_MET: Final = re.compile(r"\b(?:met|satisfied|complied|complies|fulfilled)\b", re.IGNORECASE)
_SHARE: Final = re.compile(r"\b(\d+(?:\.\d+)?)\s?(?:%|per cent\b)")
_REQUIREMENT: Final = re.compile(r"\b[A-Z]\d{1,2}\b")
_BETWEEN: Final = re.compile(r"(?<=[.!?])\s+|\n+")
"""What parts sentences: a point within a number parts none."""
_SHORT: Final = re.compile(r"\s(?:within|in|of|that|who|after|with|at|for|by|open)\b.*")
NOT_SHOWN: Final = frozenset({"Done, not yet evidenced", "Done and evidenced"})
"""States of an action that is done, and has not shown its effect."""


@dataclass(frozen=True)
class Finding:
    """One sentence that says more than the figures allow: in which section, the sentence, and why, in words."""

    section: str
    sentence: str
    why: str

    def as_data(self) -> dict[str, str]:
        return {"section": self.section, "sentence": self.sentence, "why": self.why}


def findings(sections: Mapping[str, str], document: Mapping[str, Any]) -> list[Finding]:
    """Everything to point at, in the order of the text. `document` is an edition's, as it was frozen."""
    shares = {_plain(found) for found in _SHARE.findall(json.dumps(document["indicators"]))}
    return [
        Finding(title, sentence, why)
        for title, words in sections.items()
        for sentence in _BETWEEN.split(words.strip())
        if sentence
        for why in (
            *_of_changes(sentence, document["indicators"]),
            *_of_work(sentence, document["plan"]),
            *_of_requirements(sentence, document["standing"]),
            *_of_shares(sentence, shares),
        )
    ]


def _claims(sentence: str, words: str) -> bool:
    """Whether a sentence says one of the words and does not deny it."""
    said = re.search(rf"\b{words}\b", sentence, re.IGNORECASE)
    return bool(said) and not re.search(rf"{_DENIED}{words}\b", sentence, re.IGNORECASE)


def _of_changes(sentence: str, indicators: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    better, worse = _claims(sentence, _BETTER), _claims(sentence, _WORSE)
    moved = _claims(sentence, _MOVED)
    if not (better or worse or moved):
        return
    named = _named(sentence, indicators)
    allowed = {True: BETTER if better else WORSE, False: BETTER | WORSE}[better or worse]
    for each in named:
        if each["claim"] not in allowed:
            title = f"{each['id']} {each['title']}"
            yield f"Of {title} the figures allow: “{each['claim']}”. {each['sentence']}".strip()
    if not named and (better or worse):
        sayable = [f"{each['id']} {each['title']}" for each in indicators if each["claim"] in allowed]
        word = "better" if better else "worse"
        of = listed(sayable) if sayable else "no indicator"
        yield f"It names no indicator, so no figure shows it. The figures allow “{word}” of {of}."


def _named(sentence: str, indicators: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The indicators that a sentence names. Where one's name is within another's, the longer is meant."""
    found = [each for each in indicators if _names(sentence, each)]
    titles = [_SHORT.sub("", each["title"]).lower() for each in found]
    return [
        each
        for each, title in zip(found, titles, strict=True)
        if not any(title != other and title in other for other in titles)
    ]


def _names(sentence: str, indicator: Mapping[str, Any]) -> bool:
    """Whether a sentence names an indicator: its code, or the beginning of its title that says what is counted."""
    title = _SHORT.sub("", indicator["title"])
    code = re.search(rf"\b{re.escape(indicator['id'])}(?![\w-])", sentence)
    words = re.search(rf"(?<![\w-]){re.escape(title)}(?![\w-])", sentence, re.IGNORECASE)
    return bool(code or words)


def _of_work(sentence: str, plan: Mapping[str, Any]) -> Iterator[str]:
    if not (_DONE.search(sentence) and _PLANNED.search(sentence)) or re.search(rf"{_DENIED}{_DONE.pattern}", sentence):
        return
    named = [each for each in plan["actions"] if re.search(rf"\b{re.escape(each['ref'])}\b", sentence)]
    undone = [each["ref"] for each in named if each["state"] in ("Late", "To do")]
    if undone:
        yield f"{listed(undone)} {'is' if len(undone) == 1 else 'are'} not done."
    without = [each["ref"] for each in named or plan["actions"] if each["state"] in NOT_SHOWN]
    if without:
        n = counted(len(without), "action")
        yield f"{n} done with no effect shown yet ({listed(without)}): done is not an outcome."


def _of_requirements(sentence: str, standing: Mapping[str, Any] | None) -> Iterator[str]:
    if standing is None or not _MET.search(sentence) or re.search(rf"{_DENIED}{_MET.pattern}", sentence):
        return
    stands = {each["ref"]: each for each in standing["requirements"]}
    for ref in _REQUIREMENT.findall(sentence):
        if ref in stands and stands[ref]["position"] != "met":
            yield f"{ref} stands at “{stands[ref]['position']}” in the edition."


def _of_shares(sentence: str, shares: set[str]) -> Iterator[str]:
    unknown = [share for share in _SHARE.findall(sentence) if _plain(share) not in shares]
    if unknown:
        yield f"{listed([f'{share}%' for share in unknown])} is in no figure of the edition. {_READ}"


_READ: Final = "Copy a figure from it, with its period."


def _plain(share: str) -> str:
    """ "44.0" and "44" are one share."""
    return share.rstrip("0").rstrip(".") if "." in share else share


def beside(document: Mapping[str, Any], chapter: str) -> list[str]:
    """What an edition says beside one section of the chair's words, a line for each thing; [] for no chapter."""
    if chapter == "indicators":
        return [_indicator_line(each) for each in document["indicators"]]
    if chapter == "plan":
        late = [each for each in (*document["plan"]["milestones"], *document["plan"]["actions"]) if each["days_late"]]
        return [_late_line(each) for each in late]
    if chapter == "standing" and document["standing"] is not None:
        counts = document["standing"]["counts"]
        return [f"{each['n']} {each['position']}: {each['means']}" for each in counts if each["n"]]
    return []


def _indicator_line(each: Mapping[str, Any]) -> str:
    figure = each["latest_month"] or each["so_far"] or each["latest_year"]
    shown = ""
    if figure:
        said = HIDDEN if figure.get("suppressed") else figure["words"]
        shown = f", {figure['period_words']}: {said}"
    still_open = each.get("still_open")
    shown += f". {still_open['words']}" if still_open else ""
    return f"{each['id']} {each['title']}{shown}. May be said: “{each['claim']}”."


def _late_line(each: Mapping[str, Any]) -> str:
    return f"{each['ref']} {each['title']}: due {each['due_words']}, {counted(each['days_late'], 'day')} late."
