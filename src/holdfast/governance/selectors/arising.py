"""What earlier meetings of a body left open: what the last one decided, and actions minuted that are not done."""

from datetime import date

from django.db.models import Q

from holdfast.governance.models import Decision, Meeting, MinuteEntry
from holdfast.pages.words import counted, date_words
from holdfast.plan.models import Action


def open_actions(meeting: Meeting) -> list[tuple[MinuteEntry, Action]]:
    """Each action minuted at an earlier meeting of the same body that is still open, the earliest meeting first."""
    raised = MinuteEntry.objects.filter(
        item__meeting__body=meeting.body,
        item__meeting__held_on__lt=meeting.held_on,
        kind=MinuteEntry.Kind.ACTION,
        withdrawn_because="",
    )
    entries = list(raised.exclude(ref="").select_related("item__meeting").order_by("item__meeting__held_on", "pk"))
    refs = [entry.ref for entry in entries]
    found = Action.objects.filter(programme=meeting.body.programme, ref__in=refs).select_related("owner")
    actions = {action.ref: action for action in found if action.is_open and action.stood_on(meeting.held_on)}
    return [(entry, actions[entry.ref]) for entry in entries if entry.ref in actions]


def open_decisions(meeting: Meeting) -> list[Decision]:
    """What the last held meeting of the body decided and nothing has superseded, in order.

    Not what it decided under a reserved item: the words of an agenda are for everybody.
    """
    before = Meeting.objects.filter(body=meeting.body, held_on__lt=meeting.held_on, state=Meeting.State.HELD)
    last = before.order_by("-held_on").first()
    found = Decision.objects.filter(meeting=last, superseded_by__isnull=True) if last else Decision.objects.none()
    found = found.filter(Q(item__isnull=True) | Q(item__is_reserved=False))
    return list(found.select_related("meeting").order_by("running"))


def arising_words(meeting: Meeting) -> str:
    """A line for each decision of the last meeting, and for each open action: whose, when due, how late by then."""
    lines = [_decided(each) for each in open_decisions(meeting)]
    lines += [_line(entry, action, meeting.held_on) for entry, action in open_actions(meeting)]
    return "\n".join(lines) or "Earlier meetings left nothing open."


def _decided(decision: Decision) -> str:
    at = f" at meeting {decision.meeting.number}" if decision.meeting else ""
    return f"{decision.number}, decided{at}: {decision.text}"


def _line(entry: MinuteEntry, action: Action, on: date) -> str:
    late = (on - action.due_on).days
    words = f", {counted(late, 'day')} before the meeting" if late > 0 else ""
    return (
        f"{action.ref} {action.title} ({action.owner}), due {date_words(action.due_on)}{words}; "
        f"from meeting {entry.item.meeting.number}."
    )
