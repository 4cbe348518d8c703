"""Where every requirement stands on the date, and what has not been achieved and why. Positions come from notice.

Rule: an exception always has a reason or says that nobody has recorded one; silence is never printed as progress.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from django.urls import reverse

from holdfast.notice.positioning import JUDGED_MET, POSITIONS
from holdfast.notice.selectors import positions
from holdfast.notice.selectors.positions import PositionLine
from holdfast.pages.words import date_words, upper_first

NOT_ACHIEVED: Final = ("not met", "at risk", JUDGED_MET)
NO_REASON: Final = "Nobody has recorded a reason."
POSITION_MEANS: Final = {
    "not met": "the records or a person say it is not met",
    "at risk": "the records or a person say it may not be met",
    "no evidence": "nothing on record says either way",
    JUDGED_MET: "people judged it met and somebody else accepted that, but the records do not show it",
    "on track": "the records say met and people have not yet, or a person judged it on track and somebody else agreed",
    "met": "the records show it, a person judged it met on named evidence, and somebody else accepted that",
    "not due": "its date is that day or later, and nothing on record says it is met",
}


def chapter(code: str, lines: Sequence[PositionLine]) -> dict[str, Any]:
    """How many requirements stand at each position, by strength of duty, and every requirement with its position."""
    return {
        "total": len(lines),
        "counts": [{"position": name, "n": n, "means": POSITION_MEANS[name]} for name, n in positions.counts(lines)],
        "by_modality": _by_modality(lines),
        "positions": list(POSITIONS),
        "requirements": [_requirement(code, line) for line in lines],
    }


def summary(stands: dict[str, Any] | None) -> list[str]:
    """One sentence that gives every count, the worst first."""
    if stands is None:
        return ["No notice has been loaded, so there are no requirements to report on."]
    counts = [f"{each['n']} {each['position']}" for each in stands["counts"] if each["n"]]
    not_met = [f"{each['ref']} {each['name']}" for each in stands["requirements"] if each["position"] == "not met"]
    return [
        f"Of the {stands['total']} requirements of the notice: {'; '.join(counts)}.",
        *([f"Not met: {'; '.join(not_met)}. Why is under “What has not been achieved, and why”."] if not_met else []),
    ]


def not_achieved(code: str, lines: Sequence[PositionLine]) -> list[dict[str, Any]]:
    """Each requirement that is not met, at risk or met only in people's words, with both sides of why."""
    found = [line for line in lines if line.position in NOT_ACHIEVED]
    found.sort(key=lambda line: NOT_ACHIEVED.index(line.position))
    return [{**_requirement(code, line), "why": _why(line)} for line in found]


def no_evidence(code: str, lines: Sequence[PositionLine]) -> list[dict[str, Any]]:
    """Each requirement of which nothing on record says either way, with why, and what would be evidence."""
    found = [line for line in lines if line.lacking]
    return [{**_requirement(code, line), "why": line.lacking, "would_be": line.would_be_evidence} for line in found]


def _by_modality(lines: Sequence[PositionLine]) -> list[dict[str, Any]]:
    rows = []
    for modality, words in dict.fromkeys((each.requirement.modality, _duty(each)) for each in lines):
        found = Counter(line.position for line in lines if line.requirement.modality == modality)
        rows.append(
            {
                "modality": modality,
                "words": words,
                "total": found.total(),
                "counts": [found[each] for each in POSITIONS],
            }
        )
    return rows


def _duty(line: PositionLine) -> str:
    """Must, Expected, Should: the words before the colon."""
    return line.requirement.get_modality_display().partition(":")[0]


def _requirement(code: str, line: PositionLine) -> dict[str, Any]:
    return {
        "ref": line.requirement.ref,
        "name": line.requirement.name,
        "modality": line.requirement.modality,
        "duty": _duty(line),
        "section": line.section_title,
        "position": line.position,
        "both_sides": line.both_sides,
        "due": line.due.on.isoformat() if line.due.on else None,
        "due_words": line.due.words,
        "path": reverse("requirement", args=[code, line.requirement.ref]),
    }


def _why(line: PositionLine) -> list[str]:
    """The judgement's reason first, then each check that did not pass. Never empty."""
    why = [line.both_sides] if line.both_sides else []
    if line.judgement is not None and line.judgement.says in NOT_ACHIEVED:
        judged = line.judgement
        why.append(f"Judged {judged.says} on {date_words(judged.judged_on)}: {upper_first(judged.reason.strip())}")
    why += [found.sentence for _, found in line.answers if found.state in NOT_ACHIEVED]
    return why or [NO_REASON]
