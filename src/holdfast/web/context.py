"""What every page's frame shows: the programme, the navigation, the release, the date and who is signed in.

Not here: what a page itself says. Rule: the frame shows only what the account may see, asks a fixed number of
questions of the database, and shows less when an answer cannot be had.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse

from holdfast.access import clock
from holdfast.access.doors import Actor, grants, may
from holdfast.access.permissions import Permission
from holdfast.access.roles import ROLES

NAVIGATION = (
    ("Home", ("home",)),
    ("Notice", ("notice",)),
    ("Indicators", ("scorecard",)),
    ("Plan", ("plan",)),
    ("Reports", ("reports", "editions")),
    ("Data", ("returns",)),
    ("People", ("people",)),
    ("Accounts", ("accounts",)),
    ("Trail", ("trail",)),
)
"""What it says, and the names of the page it opens: the first that exists."""
ALSO_UNDER = {"releases": "Data", "release_page": "Data", "calculate_release": "Data", "publish_release": "Data"}
"""Pages that belong to an item of the navigation though their address is not under its own."""
ACCOUNT = (("Your password", "account_change_password"), ("Second step", "mfa_index"))
FOOTER = (
    ("Help", "help_page"),
    ("Accessibility statement", "accessibility"),
    ("Privacy and cookies", "privacy"),
    ("Security", "security"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame, worked out once per request however many templates ask."""
    found = getattr(request, "_holdfast_frame", None)
    if found is None:
        found = _frame(request)
        request._holdfast_frame = found  # type: ignore[attr-defined]
    return {"frame": found, "programme": found.get("programme")}


def bare_frame() -> dict[str, Any]:
    """What can be shown when nothing may be asked of the database: after a failure, and to strangers."""
    return {
        "is_demonstration": settings.MODE == "demo",
        "today": clock.today(),
        "today_is_fixed": settings.HOLDFAST_TODAY is not None,
        "start_url": reverse("start"),
        "footer": _links(FOOTER),
    }


def _frame(request: HttpRequest) -> dict[str, Any]:
    shown = bare_frame()
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return shown
    code = request.resolver_match.kwargs.get("programme", "") if request.resolver_match else ""
    held = [grant for grant in grants(user) if not code or grant.programme in (code, "")]
    names = [ROLES[role].name for role in dict.fromkeys(grant.role for grant in held)]
    person = user.get_full_name() or user.get_username()
    shown |= {
        "person": person,
        "roles": ", ".join(names) if code and len(names) <= 2 and names != [person] else "",
        "sign_out_url": reverse("account_logout"),
        "account_links": _links(ACCOUNT),
    }
    return shown | (_programme_frame(request, user, code) if isinstance(code, str) and code else {})


def _programme_frame(request: HttpRequest, user: Actor, code: str) -> dict[str, Any]:
    """What is said about the programme of the page: nothing when the account may not see it."""
    from holdfast.organisation.selectors import administered, programmes

    is_reader = may(user, Permission.SEE_PROGRAMME, code)
    if not is_reader and not may(user, Permission.MANAGE_ACCOUNTS, code):
        return {}
    programme = (programmes if is_reader else administered)(user).filter(code=code).first()
    if programme is None:
        return {}
    return {
        "programme": programme,
        "home_url": reverse("home" if is_reader else "accounts", args=[code]),
        "navigation": _navigation(request, user, code),
        **_release(user, code),
    }


def _release(user: Actor, code: str) -> dict[str, Any]:
    """The latest published release, for those who may see figures."""
    from holdfast.performance.selectors import latest_release

    if not may(user, Permission.SEE_INDICATORS, code):
        return {}
    release = latest_release(user, code)
    url = ""
    if release and may(user, Permission.SEE_RETURNS, code):
        url = reverse("release_page", args=[code, release.number])
    return {"release": release, "has_no_release": release is None, "release_url": url}


def _navigation(request: HttpRequest, user: Actor, code: str) -> list[dict[str, Any]]:
    """The pages that the account's permissions open. The page's own door is asked, so the two cannot differ."""
    items: list[dict[str, Any]] = []
    for text, names in NAVIGATION:
        url = next((found for found in (_url(name, code) for name in names) if found), "")
        if url and _is_open(url, user, code):
            items.append({"text": text, "url": url, "here": request.path == url, "active": False})
    under = ALSO_UNDER.get(getattr(request.resolver_match, "url_name", "") or "", "")
    home = reverse("home", args=[code])
    within = [
        item
        for item in items
        if item["text"] == under or item["here"] or (item["url"] != home and request.path.startswith(item["url"]))
    ]
    if within:
        max(within, key=lambda item: (item["text"] == under, len(item["url"])))["active"] = True
    return items


def _is_open(url: str, user: Actor, code: str) -> bool:
    door = getattr(resolve(url).func, "door", None)
    return isinstance(door, Permission) and may(user, door, code)


def _url(name: str, *arguments: str) -> str:
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def _links(named: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"text": text, "url": _url(name)} for text, name in named if _url(name)]
