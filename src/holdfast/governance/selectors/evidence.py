"""What of a body's own record may be linked as evidence: minutes that are approved, decisions, challenges."""

from django.db.models import Q
from django.urls import reverse

from holdfast.access.doors import Actor, may
from holdfast.access.permissions import Permission
from holdfast.governance.models import Challenge, Decision, Meeting
from holdfast.governance.selectors.minutes import cut
from holdfast.pages.words import date_words


def records(user: Actor, code: str) -> list[tuple[str, str]]:
    """As evidence may name them, "minutes/improvement-board/2", "decision/IB-2" or "challenge/1", and their words.

    Nothing that was decided under a reserved item. The latest first, of each kind.
    """
    if not may(user, Permission.SEE_PROGRAMME, code):
        return []
    of_body = Meeting.objects.filter(body__programme__code=code, minutes__approved_at__isnull=False)
    meetings = of_body.order_by("-held_on").values_list("body__code", "number", "held_on", "body__name")
    is_open = Q(item__isnull=True) | Q(item__is_reserved=False)
    decided = Decision.objects.filter(is_open, programme__code=code).order_by("-running")
    challenged = Challenge.objects.filter(programme__code=code).order_by("-number")
    return [
        *(
            (f"minutes/{body}/{number}", f"Minutes of meeting {number} of the {name}, {date_words(held_on)}")
            for body, number, held_on, name in meetings
        ),
        *((f"decision/{number}", cut(f"{number}: {text}")) for number, text in decided.values_list("number", "text")),
        *(
            (f"challenge/{number}", cut(f"Challenge {number}: {about}"))
            for number, about in challenged.values_list("number", "about")
        ),
    ]


def record_address(code: str, key: str) -> str:
    kind, *named = key.split("/")
    return reverse(kind, args=[code, *named])
