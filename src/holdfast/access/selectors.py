"""Reading the trail. Each row comes back as a sentence; a child's reference only for those who may see records."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from holdfast.access.actions import KEPT_BACK, UnlistedAction, sentence_for
from holdfast.access.doors import Actor, check, may
from holdfast.access.models import Account, TrailRow
from holdfast.access.permissions import Permission

ROWS_A_PAGE = 50
NAMES = {"system": "The system", "anonymous": "Somebody not signed in"}


@dataclass(frozen=True)
class TrailEntry:
    """One row of the trail in words. `facts` is what else was written, "" when nothing."""

    number: int
    at: datetime
    who: str
    sentence: str
    facts: str


def trail(user: Actor, programme: str, *, by: str = "", action: str = "", page: str = "1") -> Page[TrailRow]:
    """A page of the programme's trail, newest first; an odd page number gives the nearest page."""
    rows = _rows(user, programme).order_by("-number")
    if by:
        rows = rows.filter(by=by)
    if action:
        rows = rows.filter(action=action)
    return Paginator(rows, ROWS_A_PAGE).get_page(page)


def entries(user: Actor, programme: str, page: Page[TrailRow]) -> list[TrailEntry]:
    """The rows of a page in words."""
    rows = list(page.object_list)
    names = _names({row.by for row in rows})
    may_see_children = may(user, Permission.SEE_CHILD_RECORDS, programme)
    return [
        TrailEntry(row.number, row.at, names[row.by], sentence(row, names[row.by]), _facts(row, may_see_children))
        for row in rows
    ]


def trail_people(user: Actor, programme: str) -> list[tuple[str, str]]:
    """Everybody with a row in the programme's trail: user name and the name to show, in order of the name."""
    found = set(_rows(user, programme).order_by().values_list("by", flat=True).distinct())
    return sorted(_names(found).items(), key=lambda pair: pair[1].lower())


def trail_actions(user: Actor, programme: str) -> list[str]:
    """Every kind of action in the programme's trail."""
    return sorted(_rows(user, programme).order_by().values_list("action", flat=True).distinct())


def sign_ins(user: Actor, programme: str, username: str, limit: int = 20) -> list[TrailEntry]:
    """The last things that happened to an account itself, newest first: sign-ins, failures, passwords.

    For administrators of the programme; which accounts those may look after is the organisation room's to say.
    """
    check(user, Permission.MANAGE_ACCOUNTS, programme)
    rows = TrailRow.objects.filter(programme="", subject=username).order_by("-number")[:limit]
    names = _names({row.by for row in rows})
    return [TrailEntry(row.number, row.at, names[row.by], sentence(row, names[row.by]), "") for row in rows]


def refusals(user: Actor, programme: str, since: datetime) -> list[tuple[str, int]]:
    """Who was refused how often since an instant, the most first: user names and counts, never what they asked for."""
    check(user, Permission.MANAGE_ACCOUNTS, programme)
    rows = TrailRow.objects.filter(programme=programme, action="refused", at__gte=since).order_by()
    counted = rows.values_list("by").annotate(n=Count("number"))
    return sorted(((by, n) for by, n in counted), key=lambda pair: (-pair[1], pair[0]))


def sentence(row: TrailRow, who: str) -> str:
    """A row as a plain English sentence."""
    try:
        pattern = sentence_for(row.action)
    except UnlistedAction:  # a row of an older version, whose action has another name now
        pattern = f"{{who}}: {row.action}: {{subject}}."
    detail = row.detail if isinstance(row.detail, dict) else {}
    wanted, why = Permission.__members__.get(detail.get("permission", "")), detail.get("why", "")
    if row.action == "refused" and why:
        pattern = KEPT_BACK
    return pattern.format(who=who, subject=row.subject, permission=wanted.value if wanted else "see it", why=why)


def _rows(user: Actor, programme: str) -> QuerySet[TrailRow]:
    check(user, Permission.SEE_TRAIL, programme)
    return TrailRow.objects.filter(programme=programme)


def _names(usernames: set[str]) -> dict[str, str]:
    known = {one.username: one.display_name for one in Account.objects.filter(username__in=usernames)}
    return {username: known.get(username) or NAMES.get(username, username) for username in usernames}


def _facts(row: TrailRow, may_see_children: bool) -> str:
    if row.action == "refused" or not isinstance(row.detail, dict):
        return ""
    shown = {
        key: value
        for key, value in row.detail.items()
        if value not in ("", None, [], {}) and (may_see_children or not key.lower().startswith("child"))
    }
    return "; ".join(f"{key.replace('_', ' ')}: {_words(value)}" for key, value in sorted(shown.items()))


def _words(value: object) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
