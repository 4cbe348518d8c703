"""What a pack lacks before it is frozen, and what has been moved since it was: sentences, for its makers and readers.

Not here: making it (packs.py). Rule: it stops nobody: a pack with a gap may go out, knowingly. Of a reserved item only
its number is said.
"""

import json
import re
from collections.abc import Sequence
from datetime import date, timedelta

from holdfast.access.doors import SYSTEM, Actor, check
from holdfast.access.permissions import Permission
from holdfast.governance.models import AgendaItem, Constitution, Effect, Meeting, Pack, Paper
from holdfast.governance.selectors import agendas, packs
from holdfast.governance.selectors.minutes import awaiting_approval, entries_to_correct
from holdfast.jobs import attachments, kept
from holdfast.pages.words import counted, date_words
from holdfast.performance.selectors.figures import versions
from holdfast.performance.selectors.releases import latest_release, releases
from holdfast.reports import keeping

DATES = ("due-date", "milestone", "target")
"""Effects of decisions that move what a pack may have printed."""


def lacks(user: Actor, code: str, meeting: Meeting, on: date) -> list[str]:
    """What would be missing from a meeting's pack, or its next supplement, frozen on a day. [] for nothing."""
    check(user, Permission.MANAGE_MEETINGS, code)
    supplement = packs.next_supplement(meeting)
    items = list(AgendaItem.objects.filter(meeting=meeting, withdrawn_because="").prefetch_related("papers"))
    said = [_late(meeting, on)]
    if not supplement:
        said += [_unminuted(code, meeting), *(_without_paper(item) for item in items)]
    for item in items:
        said += [_gone(item, paper) for paper in item.papers.all() if paper.supplement is None]
    said += [] if supplement else _without_figures(code, items)
    return [words for words in said if words]


def papers_due(meeting: Meeting) -> date | None:
    """The day by which a meeting's papers go out. None for a body that has not been set out."""
    constitution = Constitution.objects.filter(body=meeting.body).first()
    return meeting.held_on - timedelta(days=constitution.papers_days) if constitution is not None else None


def _late(meeting: Meeting, on: date) -> str:
    due = papers_due(meeting)
    if due is None or on <= due:
        return ""
    if meeting.held_on < on:
        return f"It is late: the meeting was on {date_words(meeting.held_on)}."
    days, left = counted((meeting.held_on - due).days, "day"), counted((meeting.held_on - on).days, "day")
    return f"It is late: papers go out {days} before a meeting, and this one is in {left}."


def _unminuted(code: str, meeting: Meeting) -> str:
    waiting = awaiting_approval(SYSTEM, code, meeting)
    empty = [str(earlier.number) for earlier in waiting if not entries_to_correct(SYSTEM, code, earlier)]
    return f"Nothing is minuted of meeting {empty[-1]}, whose minutes this one is to approve." if empty else ""


def _called(item: AgendaItem) -> str:
    return f"Item {item.order}" if item.is_reserved else f"Item {item.order}, “{item.title}”,"


def waits_for_paper(item: AgendaItem) -> bool:
    """An item that is to be decided or discussed, and about which nobody has written anything."""
    if item.purpose == AgendaItem.Purpose.NOTE or item.source_ref == "last-minutes":
        return False
    return not item.papers.all() and not item.detail.strip()


def _without_paper(item: AgendaItem) -> str:
    if not waits_for_paper(item):
        return ""
    return f"{_called(item)} is {item.get_purpose_display().lower()} and has no paper."


def _gone(item: AgendaItem, paper: Paper) -> str:
    """A paper whose file is not as it was given, or whose record is not there."""
    named = "a paper" if item.is_reserved else f"the paper “{paper.title}”"
    if paper.sha256:
        try:
            attachments.read(agendas.SHELF, paper.name, paper.sha256)
        except (kept.NotAsKept, ValueError):
            return f"{_called(item)} has {named}, whose file is missing or was changed. Attach it again."
    kind, _, key = paper.record.partition("/")
    code = item.meeting.body.programme.code
    numbers = {str(release.number) for release in releases(SYSTEM, code) if release.published_at}
    if kind == "release" and key not in numbers:
        return f"{_called(item)} has {named}, made of release {key or '(none)'}, which is not published."
    if kind in ("plan", "positions", "scrutiny") and not numbers:
        return f"{_called(item)} has {named}, and no release is published: it would have no figures."
    return ""


def _without_figures(code: str, items: Sequence[AgendaItem]) -> list[str]:
    """Items about indicators that the last release does not have."""
    release = latest_release(SYSTEM, code)
    counted_by = set(versions(release)) if release else set()
    said = []
    for item in items:
        missing = [indicator for indicator in item.indicators if indicator not in counted_by]
        if missing:
            where = f"{release.reference} does not have" if release else "no release has"
            said.append(f"{_called(item)} is about {', '.join(missing)}, which {where}.")
    return said


# Since it was frozen


def moved_since(user: Actor, code: str, meeting: Meeting) -> list[str]:
    """What a meeting's packs print that has been moved since: its day, its items, and dates and targets by decision.

    [] where nothing has, or where there is no pack, or its file is not as it was frozen.
    """
    said: list[str] = []
    for pack in packs.packs(user, code, meeting):
        if pack.is_restricted:
            continue
        try:
            content = keeping.read(str(pack), pack.sha256, keeping.DOCUMENT, pack.files[keeping.DOCUMENT]).decode()
        except (kept.NotAsKept, KeyError):
            continue
        document = json.loads(content)
        if not pack.supplement:
            said += _of_the_meeting(meeting, document["held_on_words"])
            said += _of_the_agenda(user, code, meeting, [item["title"] for item in document["items"]])
        said += _by_decisions(pack, content)
    return list(dict.fromkeys(said))


def _of_the_meeting(meeting: Meeting, held_on_words: str) -> list[str]:
    if meeting.is_cancelled:
        return [f"The meeting was cancelled: {meeting.cancelled_because}"]
    if date_words(meeting.held_on) == held_on_words:
        return []
    return [f"The meeting was moved from {held_on_words} to {date_words(meeting.held_on)}: {meeting.moved_because}"]


def _of_the_agenda(user: Actor, code: str, meeting: Meeting, printed: Sequence[str]) -> list[str]:
    """Items that were printed and withdrawn since, or stand elsewhere or under another title, or came later."""
    gone = agendas.withdrawn_items(user, code, meeting)
    said = [f"“{item.title}” was withdrawn: {item.withdrawn_because}" for item in gone if item.title in printed]
    for place, line in enumerate(agendas.agenda(user, code, meeting), start=1):
        title = line.title
        if line.item is None or line.item.is_reserved:
            continue
        if title not in printed:
            said.append(f"Item {place} is now “{title}”.")
        elif printed.index(title) + 1 != place:
            said.append(f"“{title}” was item {printed.index(title) + 1} and is now item {place}.")
    return said


def _by_decisions(pack: Pack, content: str) -> list[str]:
    """Dates and targets of what the pack names, moved by a decision that was recorded after it was frozen."""
    made = Effect.objects.filter(
        decision__programme=pack.meeting.body.programme, decision__recorded_at__gt=pack.made_at, kind__in=DATES
    ).select_related("decision")
    return [
        f"{effect.title}: {effect.before}; {effect.after} ({effect.decision.number})"
        for effect in made.order_by("decision__running", "order")
        if re.search(rf"\b{re.escape(effect.subject)}\b", content)
    ]
