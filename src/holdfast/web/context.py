"""What every page's frame shows: the programme, the navigation, the release, the date and who is signed in.

Not here: what a page itself says. Rule: the frame shows only what the account may see, asks a fixed number of
questions of the database, and shows less when an answer cannot be had.
"""

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch

from holdfast.access import clock
from holdfast.access.doors import Actor, grants, may
from holdfast.access.permissions import Permission
from holdfast.access.roles import ROLES
from holdfast.pages.addresses import address, open_address

NAVIGATION: Final = (
    ("Home", (("Home", "home"),)),
    ("Notice", (("The notice", "notice"), ("Every requirement", "positions"), ("What answers each", "coverage"))),
    (
        "Evidence",
        (
            ("Indicators", "scorecard"),
            ("Themes", "themes"),
            ("How far referrals go", "funnel"),
            ("How they are counted", "definitions"),
        ),
    ),
    (
        "Practice",
        (
            ("Worklists", "worklists"),
            ("Audits", "audits"),
            ("Programme of audits", "audit_programme"),
            ("Thresholds", "thresholds"),
            ("Early help", "early_help"),
            ("Closures", "closures"),
            ("Multi-agency audits", "joint_audits"),
            ("Management oversight", "oversight"),
            ("Question sets", "question_sets"),
        ),
    ),
    ("Plan", (("Plan", "plan"),)),
    (
        "Board",
        (
            ("Meetings", "meetings"),
            ("Decisions", "decisions"),
            ("Challenges", "challenges"),
            ("Risks", "risks"),
            ("Agreements", "agreements"),
            ("Reports", "editions"),
            ("Chair’s reports", "chair_reports"),
            ("Reports of audits", "audit_reports"),
        ),
    ),
    (
        "Data",
        (
            ("Returns", "returns"),
            ("Faults", "latest_faults"),
            ("Releases", "releases"),
            ("Published figures", "published"),
        ),
    ),
    (
        "People",
        (("People and bodies", "people"), ("The service", "service"), ("Accounts", "accounts"), ("Trail", "trail")),
    ),
)
"""The groups of the menu, and the pages of each: what it says and its URL name. A page further down belongs to the one
whose address begins its own. A group of which the account may open only one page is that page."""
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
        "start_url": address("start"),
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
        "sign_out_url": address("account_logout"),
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
        "home_url": address("home" if is_reader else "service", code),
        **_navigation(request, user, code),
        **_release(user, code),
    }


def _release(user: Actor, code: str) -> dict[str, Any]:
    """The latest published release, for those who may see figures."""
    from holdfast.performance.selectors.releases import latest_release

    if not may(user, Permission.SEE_INDICATORS, code):
        return {}
    release = latest_release(user, code)
    url = address("release_page", code, release.number) if release else ""
    return {"release": release, "has_no_release": release is None, "release_url": url}


def _navigation(request: HttpRequest, user: Actor, code: str) -> dict[str, Any]:
    """The groups that the account's permissions open, and, where the group we are in has several pages, those.

    The page's own door is asked, so that the menu and the door cannot differ.
    """
    groups = [(text, _open_items(request, user, code, pages)) for text, pages in NAVIGATION]
    home = address("home", code)
    under = [item for _, items in groups for item in items if item["url"] != home or item["here"]]
    within = [item for item in under if request.path.startswith(item["url"])]
    if within:
        max(within, key=lambda item: len(item["url"]))["active"] = True
    menu: list[dict[str, Any]] = []
    section: dict[str, Any] = {}
    for text, items in groups:
        if len(items) == 1:
            menu += items
        elif items:
            is_active = any(item["active"] for item in items)
            menu.append({"text": text, "url": items[0]["url"], "here": False, "active": is_active})
            section = {"text": text, "items": items} if is_active else section
    return {"navigation": menu, "section": section}


def _open_items(request: HttpRequest, user: Actor, code: str, pages: Any) -> list[dict[str, Any]]:
    """The pages of a group that exist and that the account may open."""
    urls = [(text, _open_url(user, code, name)) for text, name in pages]
    return [{"text": text, "url": url, "here": request.path == url, "active": False} for text, url in urls if url]


def _open_url(user: Actor, code: str, name: str) -> str:
    try:
        return open_address(user, code, name)
    except NoReverseMatch:
        return ""


def _links(named: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"text": text, "url": address(name)} for text, name in named]
