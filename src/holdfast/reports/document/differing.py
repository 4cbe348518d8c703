"""What an edition says differently from the one before it for the same date, in sentences. Pure: two documents go in.

Not here: why (the trail and the release say that). Rule: an edition that replaces another always says what differs.
"""

from collections.abc import Mapping
from typing import Any

from holdfast.pages.words import counted, listed

MOST = 20


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """One sentence for each kind of thing that differs. Never empty."""
    said = [
        _release(before["release"], after["release"]),
        _positions(before["standing"], after["standing"]),
        _plan("action", before["plan"]["actions"], after["plan"]["actions"]),
        _plan("milestone", before["plan"]["milestones"], after["plan"]["milestones"]),
        "The chair’s own words differ." if before["covering"] != after["covering"] else "",
    ]
    return [words for words in said if words] or [
        "The positions, the plan and the release are the same; wording differs."
    ]


def _release(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    was, now = (found["reference"] if found else "no release" for found in (before, after))
    return f"The figures are from {now}; they were from {was}." if was != now else ""


def _positions(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    was, now = (
        {one["ref"]: one["position"] for one in found["requirements"]} if found else {} for found in (before, after)
    )
    moved = [f"{ref} ({was.get(ref, 'not there')}, now {now[ref]})" for ref in now if was.get(ref) != now[ref]]
    return f"{counted(len(moved), 'requirement')} at another position: {_some(moved)}." if moved else ""


def _plan(kind: str, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> str:
    was, now = ({one["ref"]: one["state"] for one in found} for found in (before, after))
    added = [ref for ref in now if ref not in was]
    gone = [ref for ref in was if ref not in now]
    moved = [
        f"{ref} ({was[ref].lower()}, now {now[ref].lower()})" for ref in now if ref in was and was[ref] != now[ref]
    ]
    parts = [
        f"{counted(len(added), kind)} more: {_some(added)}" if added else "",
        f"{counted(len(gone), kind)} fewer: {_some(gone)}" if gone else "",
        f"{counted(len(moved), kind)} in another state: {_some(moved)}" if moved else "",
    ]
    return f"{'; '.join(part for part in parts if part)}." if any(parts) else ""


def _some(words: list[str]) -> str:
    more = len(words) - MOST
    return listed(words[:MOST]) if more <= 0 else f"{', '.join(words[:MOST])} and {more} more"
