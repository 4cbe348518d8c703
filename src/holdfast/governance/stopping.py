"""What stops a step of a meeting or a challenge before anything is typed: the words why, or "" where nothing does.

Asked by the service, which then refuses, by the page that would offer the step, and by the form's own page, so that all
three say the same. Rule: nothing here depends on what is typed.
"""

from datetime import date

from django.db.models import Q

from holdfast.access.doors import SYSTEM, Actor
from holdfast.governance.models import (
    AgendaItem,
    Challenge,
    ChallengeClosing,
    Constitution,
    Meeting,
    Membership,
    Minutes,
)
from holdfast.governance.models.bodies import sat
from holdfast.organisation.models import Body
from holdfast.pages.words import date_words

ONLY_LISTEN = (Membership.Capacity.OBSERVER, Membership.Capacity.SECRETARY)
"""Who sits at a body's table and neither challenges nor decides."""


def locked(meeting: Meeting) -> str:
    """Its minutes are approved."""
    if not Minutes.objects.filter(meeting=meeting, approved_at__isnull=False).exists():
        return ""
    return (
        f"The minutes of meeting {meeting.number} were approved, so they are locked. A later meeting corrects them by "
        "a resolution of its own."
    )


def making_agenda(meeting: Meeting) -> str:
    if meeting.is_cancelled:
        return f"{meeting} was called off."
    return locked(meeting) or (f"{meeting} has its agenda already." if meeting.items.exists() else "")


def ordering(meeting: Meeting) -> str:
    """Giving an item another number."""
    out = "The papers are out, and members know the items by their numbers: these stay as they are."
    return locked(meeting) or (out if meeting.packs.exists() else "")


def withdrawing(item: AgendaItem) -> str:
    is_minuted = item.entries.filter(withdrawn_because="").exists() or item.decisions.exists()
    minuted = "Something is minuted under this item, so it cannot be withdrawn."
    return ordering(item.meeting) or (minuted if is_minuted else "")


def minuting(meeting: Meeting, today: date) -> str:
    """Minutes are of what was said, so a meeting whose day has not come has none."""
    if meeting.is_cancelled:
        return f"{meeting} was called off, so nothing was said at it."
    if today < meeting.held_on:
        day = date_words(meeting.held_on)
        return f"{meeting} is planned for {day}, which has not come. Minute it on the day, or after."
    return locked(meeting)


def changing_day(meeting: Meeting) -> str:
    """Moving it, or calling it off."""
    if meeting.state == Meeting.State.PLANNED:
        return ""
    return f"{meeting} was {'called off' if meeting.is_cancelled else 'held'}, so it stays as it is."


def holding(meeting: Meeting, today: date) -> str:
    to_come = f"It is planned for {date_words(meeting.held_on)}, which has not come."
    return changing_day(meeting) or (to_come if meeting.held_on > today else "")


def attending(meeting: Meeting) -> str:
    return f"{meeting} was called off." if meeting.is_cancelled else locked(meeting)


def approving(meeting: Meeting, today: date) -> str:
    if meeting.state != Meeting.State.HELD:
        return f"{meeting} has not been held, so there is nothing to approve."
    later = Meeting.objects.filter(body=meeting.body, held_on__gt=meeting.held_on, held_on__lte=today)
    if not later.exclude(state=Meeting.State.CANCELLED).exists():
        return f"A later meeting of the {meeting.body} approves them, and none has come yet."
    return locked(meeting)


def cycling(body: Body) -> str:
    constitution = Constitution.objects.filter(body=body).first()
    if constitution is None or constitution.cycle_days is not None:
        return ""
    return f"The {body} keeps no cycle. Say first how many days lie between its meetings."


# Challenges


def answering(challenge: Challenge) -> str:
    is_closed = ChallengeClosing.objects.filter(challenge=challenge).exists()
    return "This challenge is closed. Raise another if it is not met." if is_closed else ""


def involved(user: Actor, challenge: Challenge) -> str:
    """An account that is the challenged, or answered for them."""
    answered = {answer.answered_by_id for answer in challenge.answers.all()}
    if getattr(user, "pk", None) not in {challenge.challenged.holder_id, *answered} - {None}:
        return ""
    return f"Challenge {challenge.number} is closed by somebody other than whoever was challenged or answered it."


def outside(user: Actor, challenge: Challenge, on: date) -> str:
    """An account that neither raised it, nor holds the post or sits on the body that did; observers only listen."""
    account, post = getattr(user, "pk", None), challenge.post
    if user is SYSTEM or account in {challenge.raised_by_id, post.holder_id if post else None} - {None}:
        return ""
    theirs = Q(account=account) | Q(account__isnull=True, post__holder=account)
    seats = Membership.objects.filter(theirs, sat(on), body=challenge.body_id).exclude(capacity__in=ONLY_LISTEN)
    if account is not None and challenge.body_id is not None and seats.exists():
        return ""
    others = f"a member or the chair of the {challenge.body}" if challenge.body_id else f"whoever is {post} now"
    return f"Challenge {challenge.number} is closed by whoever raised it, or by {others}."


def closing(challenge: Challenge) -> str:
    if not challenge.answers.all():
        return "Nobody has answered it yet, so it cannot be closed."
    return "It is closed already." if ChallengeClosing.objects.filter(challenge=challenge).exists() else ""


def closing_by(user: Actor, challenge: Challenge, on: date) -> str:
    return involved(user, challenge) or outside(user, challenge, on) or closing(challenge)
