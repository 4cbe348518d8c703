"""A meeting's minutes as a document to print, as one reader may see them. Not here: how it looks (minutes.typ).

Rule: it says whether it is a draft, approved, or changed since; of a reserved item a reader who may not see it gets the
number alone, as on the page. It is made for each reader and not kept: what is kept is the approval, of its words.
"""

from typing import Any

from django.conf import settings

from holdfast.access.doors import Actor
from holdfast.governance.models import Meeting
from holdfast.governance.selectors import meetings
from holdfast.governance.selectors.agendas import AgendaLine
from holdfast.governance.selectors.meetings import SeatAtMeeting
from holdfast.governance.selectors.minutes import MinutesRead, minutes_of
from holdfast.pages.words import INVENTED, counted, date_words
from holdfast.reports import rendering


def minutes_as_pdf(user: Actor, code: str, meeting: Meeting) -> bytes:
    """The minutes as PDF/UA-1. The same minutes give the same bytes. Raises Refused."""
    read = minutes_of(user, code, meeting)
    return rendering.minutes_as_pdf(_document(user, code, read), read.sha256)


def _document(user: Actor, code: str, read: MinutesRead) -> dict[str, Any]:
    meeting = read.meeting
    return {
        "programme": meeting.body.programme.name,
        "body": str(meeting.body),
        "title": f"Minutes of meeting {meeting.number}",
        "meeting_words": date_words(meeting.held_on) + meeting.at_place,
        "held_on": meeting.held_on.isoformat(),
        "invented": INVENTED if settings.MODE == "demo" else "",
        "state": _state(read),
        "quorum": _quorum(user, code, meeting),
        "attendance": _attendance(meetings.attendance(user, code, meeting)),
        "summary": meeting.summary,
        "items": [_item(line) for line in read.lines],
        "decided": [f"Decision {decision.number}: {decision.text}" for decision in read.decisions],
        "corrections": [
            f"Item {amendment.entry.item.order} said “{amendment.before}” and says “{amendment.after}”."
            for amendment in read.amendments
        ],
    }


def _state(read: MinutesRead) -> str:
    kept = read.minutes
    if kept is None or kept.approved_at is None:
        return f"{read.state}. Nothing here is agreed until a later meeting approves it."
    by = f"{read.state}: by meeting {kept.approved_at.number} on {date_words(kept.approved_on)}"
    return f"{by}. {kept.resolution}"


def _quorum(user: Actor, code: str, meeting: Meeting) -> str:
    quorum = meetings.quorum(user, code, meeting)
    there = counted(quorum.n_there, "voting seat was filled", "voting seats were filled")
    return f"{there.capitalize()}; a quorum is {quorum.n_needed}."


def _attendance(attendance: list[SeatAtMeeting]) -> dict[str, Any]:
    rows = []
    for at in attendance:
        came = at.attendance.get_came_display() if at.attendance else "Nothing was heard"
        deputy = f": {at.attendance.deputy.seat}" if at.attendance and at.attendance.deputy else ""
        rows.append([{"text": at.seat.seat, "header": True}, str(at.seat.agency), came + deputy])
    return {"caption": "Who came", "head": ["Seat", "Agency", "Came"], "rows": rows, "numeric_columns": []}


def _item(line: AgendaLine) -> dict[str, Any]:
    said = []
    if line.item is not None:
        said = [
            f"{entry.get_kind_display()}: {entry.text}{f' ({entry.ref})' if entry.ref else ''}"
            for entry in line.item.standing_entries  # type: ignore[attr-defined]
        ]
        said += [f"Decision {decision.number}: {decision.text}" for decision in line.item.decisions.all()]
    return {"title": f"{line.order}. {line.title}", "said": said}
