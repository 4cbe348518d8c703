"""The minutes of a meeting as one reader may see them, whether they are approved, and the digest of what was approved.

Rule: approved means approved in these words: if who came, an item, an entry or a decision under it is changed in any
way afterwards, the approval is void and the page says so.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from holdfast.access.doors import Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.governance.models import (
    Amendment,
    Attendance,
    Challenge,
    Decision,
    Meeting,
    MinuteEntry,
    Minutes,
    Risk,
)
from holdfast.governance.selectors.agendas import AgendaLine, agenda, one_item

LONGEST_CHOICE = 90
"""Letters of a record's words in a list to choose from."""
DRAFT, APPROVED, VOID = "Draft", "Approved and locked", "Approval void: changed since it was approved"


class NoSuchEntry(Missing):
    """The minutes have no such entry."""

    def __init__(self) -> None:
        super().__init__("There is no such entry in these minutes.")


@dataclass(frozen=True)
class MinutesRead:
    """A meeting's minutes as a reader may see them. `minutes` None: nothing has approved them, so they are a draft."""

    meeting: Meeting
    state: str
    minutes: Minutes | None
    lines: list[AgendaLine]
    amendments: list[Amendment]
    sha256: str
    decisions: list[Decision]
    """What the meeting decided under no item of its agenda. The others stand with their items."""


def words_of(meeting: Meeting) -> dict[str, Any]:
    """Everything that an approval is of: the day, who came, and each item with its entries, and the decisions."""
    attendance = Attendance.objects.filter(meeting=meeting).order_by("membership_id")
    came = attendance.values_list("membership_id", "came", "deputy_id", "interest")
    entries: dict[int, list[list[Any]]] = {}
    found = MinuteEntry.objects.filter(item__meeting=meeting).order_by("order", "pk")
    for item, *entry in found.values_list("item_id", "order", "kind", "text", "ref", "withdrawn_because"):
        entries.setdefault(item, []).append(entry)
    items = meeting.items.filter(withdrawn_because="").order_by("order", "pk").values_list("order", "title", "pk")
    decisions = Decision.objects.filter(meeting=meeting).order_by("pk").values_list("number", "text", "item_id")
    return {
        "meeting": [meeting.body.code, meeting.number, meeting.held_on.isoformat(), meeting.summary],
        "attendance": [[seat, how, deputy or 0, interest] for seat, how, deputy, interest in came],
        "items": [[order, title, entries.get(item, [])] for order, title, item in items],
        "decisions": [list(each) for each in decisions],
    }


def digest_of(meeting: Meeting) -> str:
    """The SHA-256 of a meeting's minutes as they stand."""
    content = json.dumps(words_of(meeting), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def minutes_of(user: Actor, code: str, meeting: Meeting) -> MinutesRead:
    """A meeting's minutes with their state: a draft, approved, or approved and changed since. Raises Refused."""
    check(user, Permission.SEE_PROGRAMME, code)
    kept, sha256, state = _standing(meeting)
    lines = agenda(user, code, meeting)
    shown = {line.item.pk for line in lines if line.item is not None}
    made = Amendment.objects.filter(minutes=kept).select_related("entry__item") if kept else Amendment.objects.none()
    amended = [each for each in made if each.entry.item_id in shown]
    apart = list(Decision.objects.filter(meeting=meeting, item__isnull=True).order_by("running"))
    return MinutesRead(meeting, state, kept, lines, amended, sha256, apart)


def minutes_state(user: Actor, code: str, meeting: Meeting) -> str:
    """A draft, approved, or approved and changed since; without reading what they say. Raises Refused."""
    check(user, Permission.SEE_PROGRAMME, code)
    return _standing(meeting)[2]


def _standing(meeting: Meeting) -> tuple[Minutes | None, str, str]:
    """What approved a meeting's minutes, their digest as they stand, and their state."""
    kept = Minutes.objects.filter(meeting=meeting).select_related("approved_at__body", "approved_by").first()
    sha256 = digest_of(meeting)
    if kept is None or kept.approved_at is None:
        return kept, sha256, DRAFT
    return kept, sha256, APPROVED if kept.approved_sha256 == sha256 else VOID


def one_entry(user: Actor, code: str, body: str, number: int, entry: int) -> MinuteEntry:
    """One entry of a meeting's minutes, for whoever may read its item. Raises Refused or NoSuchEntry."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = MinuteEntry.objects.filter(pk=entry, item__meeting__body__code=body, item__meeting__number=number)
    kept = found.filter(item__meeting__body__programme__code=code).select_related("item__meeting__body__programme")
    if (minuted := kept.first()) is None:
        raise NoSuchEntry
    one_item(user, code, body, number, minuted.item.order)
    return minuted


def records_to_name(user: Actor, code: str) -> list[tuple[str, str]]:
    """What an entry may be about, as ("challenge 3", "Challenge 3: Why ...?"), the latest first.

    Challenges, risks, and decisions that were taken under no reserved item.
    """
    check(user, Permission.SEE_PROGRAMME, code)
    challenges = Challenge.objects.filter(programme__code=code).order_by("-number").values_list("number", "about")
    risks = Risk.objects.filter(programme__code=code).order_by("-number").values_list("number", "title")
    is_open = Q(item__isnull=True) | Q(item__is_reserved=False)
    decisions = Decision.objects.filter(is_open, programme__code=code).order_by("-running")
    named = [(f"challenge {number}", f"Challenge {number}: {about}") for number, about in challenges]
    named += [(f"risk {number}", f"Risk {number}: {title}") for number, title in risks]
    named += [(number, f"{number}: {text}") for number, text in decisions.values_list("number", "text")]
    return [(name, cut(words)) for name, words in named]


def cut(words: str) -> str:
    """Words as one line of a list of choices."""
    return words if len(words) <= LONGEST_CHOICE else f"{words[: LONGEST_CHOICE - 1]}…"


def awaiting_approval(user: Actor, code: str, meeting: Meeting) -> list[Meeting]:
    """Earlier meetings of the same body, held, whose minutes nothing has approved: the earliest first."""
    check(user, Permission.SEE_PROGRAMME, code)
    earlier = Meeting.objects.filter(body=meeting.body, held_on__lt=meeting.held_on, state=Meeting.State.HELD)
    return list(earlier.filter(minutes__approved_at__isnull=True).select_related("body__programme"))


def entries_to_correct(user: Actor, code: str, meeting: Meeting) -> list[MinuteEntry]:
    """Every entry of a meeting's minutes that the account may read, in order, with its item."""
    check(user, Permission.SEE_PROGRAMME, code)
    items = {line.item.pk for line in agenda(user, code, meeting) if line.item is not None}
    return list(MinuteEntry.objects.filter(item__in=items, withdrawn_because="").select_related("item__meeting"))
