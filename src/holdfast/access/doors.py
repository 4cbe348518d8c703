"""The check at every door. A view is `@requires(permission)`, `@signed_in("why")` or `@public("why")`, or a test fails.

Fails closed: no account, no registered grants, an unknown role or programme, all mean no. A refusal is trailed; an
address that nobody has (no such programme, or a selector's Missing) is a page that is not there, and is not.
A view under a programme takes `programme` (its code) as a keyword argument; a page outside every programme that
requires a permission is checked over the whole installation.
"""

import contextvars
import functools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.access.permissions import READ_BY_ALL, Permission
from holdfast.access.roles import ROLES
from holdfast.access.writes import Forbidden, NotDone, TooBusy

INSTALLATION: Final = ""
WHOLE: Final = ("", "")
EVERYTHING: Final = frozenset(Permission)


@dataclass(frozen=True)
class Grant:
    """One role held over one thing. `programme` is a programme's code, or INSTALLATION for the whole installation.

    `kind` and `key` narrow it: ("programme", code), ("agency", code), ("team", code), ("installation", "").
    A role over an agency or a team gives, over the rest of the programme, only what everybody in it may read.
    """

    role: str
    programme: str
    kind: str = "programme"
    key: str = ""


class System:
    """The product acting for itself: the worker, the command line of the machine's owner, a migration."""

    is_authenticated = True
    username = "system"

    def __repr__(self) -> str:
        return "SYSTEM"


SYSTEM: Final = System()
Actor = Any
"""An account, an anonymous user, or SYSTEM."""


def account_of(by: Actor) -> Actor | None:
    """The account to keep beside a row; None for SYSTEM, which has no row of its own."""
    return by if getattr(by, "pk", None) else None


class Refused(Exception):
    """Somebody asked for what they may not have. Carries who, what and where; never what they asked to see."""

    def __init__(self, permission: Permission | None, programme: str = INSTALLATION) -> None:
        self.permission = permission
        self.programme = programme
        what = permission.value if permission else "this"
        super().__init__(f"You do not have permission to {what}. Ask the programme office if you need it.")


class Missing(Exception):
    """What was asked for is not there. A selector raises a subclass; the door makes it a page that is not found.

    Its message is shown to whoever asked: never a child's data, nor anything that they might not see.
    """


_lent: contextvars.ContextVar[tuple[tuple[Actor, Permission, str], ...]] = contextvars.ContextVar("lent", default=())
_source: Callable[[Actor], Iterable[Grant]] | None = None
_has_programme: Callable[[str], bool] | None = None


def register_grants(source: Callable[[Actor], Iterable[Grant]]) -> None:
    """The organisation room says which roles an account holds over what. One source; the last registered counts."""
    global _source
    _source = source


def register_programmes(has_programme: Callable[[str], bool]) -> None:
    """The organisation room says whether there is a programme with a code. None registered: as if there were."""
    global _has_programme
    _has_programme = has_programme


def grants(user: Actor) -> tuple[Grant, ...]:
    """Every grant an account holds today. Cached on the account for the length of a request. () when none."""
    if _source is None or user is None or user is SYSTEM or not user.is_authenticated:
        return ()
    held = getattr(user, "_holdfast_grants", None)
    if held is None:
        held = tuple(grant for grant in _source(user) if _is_sound(grant))
        user._holdfast_grants = held
    return cast(tuple[Grant, ...], held)


def _is_sound(grant: Grant) -> bool:
    """A role that exists, held over a kind of thing that the role may be held over."""
    if grant.role not in ROLES or grant.kind not in ROLES[grant.role].scopes:
        return False
    return (grant.kind == "installation") == (grant.programme == INSTALLATION)


def permissions(user: Actor, programme: str = INSTALLATION, over: tuple[str, str] = WHOLE) -> frozenset[Permission]:
    """What an account may do over a programme, or over the installation; or over one team or agency of a programme.

    `over` is ("team", code) or ("agency", code): a role held over that team or agency then counts in full.
    """
    if user is SYSTEM:
        return EVERYTHING
    given, loans = _given(grants(user), programme, over), _lent.get()
    if not loans:
        return given
    return given | {
        permission for borrower, permission, lent_over in loans if (borrower, lent_over) == (user, programme)
    }


@functools.lru_cache(maxsize=4096)
def _given(held: tuple[Grant, ...], programme: str, over: tuple[str, str]) -> frozenset[Permission]:
    """What grants give over a programme. It follows from them alone, so it is worked out once."""
    given: set[Permission] = set()
    for grant in held:
        if grant.programme not in (programme, INSTALLATION):
            continue
        narrow = grant.kind in ("agency", "team") and (grant.kind, grant.key) != over
        given |= ROLES[grant.role].permissions & READ_BY_ALL if narrow else ROLES[grant.role].permissions
    return frozenset(given)


@contextmanager
def lent(user: Actor, permission: Permission, programme: str) -> Iterator[None]:
    """For the length of one write, a permission that no role gives: a decision on record carries out its effects so.

    Only the room that records decisions lends (a house test).
    """
    token = _lent.set((*_lent.get(), (user, permission, programme)))
    try:
        yield
    finally:
        _lent.reset(token)


def may(user: Actor, permission: Permission, programme: str = INSTALLATION, over: tuple[str, str] = WHOLE) -> bool:
    return permission in permissions(user, programme, over)


def check(user: Actor, permission: Permission, programme: str = INSTALLATION, over: tuple[str, str] = WHOLE) -> None:
    """Raise Refused unless the account holds the permission over the programme. Every selector and service calls it."""
    if not may(user, permission, programme, over):
        raise Refused(permission, programme)


def teams_over(user: Actor, permission: Permission, programme: str) -> frozenset[str]:
    """The codes of the teams of a programme over which, each by itself, a role gives the permission."""
    own = {grant.key for grant in grants(user) if (grant.programme, grant.kind) == (programme, "team") and grant.key}
    return frozenset(key for key in own if may(user, permission, programme, ("team", key)))


def opens(user: Actor, permission: Permission, programme: str, *, or_team: bool = False) -> bool:
    """Whether a door opens: the permission over the whole programme, or, where the door says so, over a team of it."""
    return may(user, permission, programme) or (or_team and bool(teams_over(user, permission, programme)))


View = Callable[..., HttpResponse]


def _refusal(request: HttpRequest, refused: Refused, programme: str) -> HttpResponse:
    """The page that says no, once the trail says so too. Raises Http404 where there is no such programme."""
    from holdfast.access.trail import record_refusal

    if programme and _has_programme is not None and not _has_programme(programme):
        raise Http404("There is no programme at this address.") from refused
    record_refusal(request.user, refused, path=request.path)
    context = {"heading": "You cannot see this page", "refused": refused}
    return render(request, "refused.html", context, status=403)


def _guard(view: View, door: str, permission: Permission | None = None, *, or_team: bool = False) -> View:
    """The view behind sign-in and, when one is named, a permission over the programme in the address."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from holdfast.access.changes import one_reading

        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        programme = kwargs.get("programme", INSTALLATION)
        try:
            if permission is not None and not opens(request.user, permission, programme, or_team=or_team):
                raise Refused(permission, programme)
            with one_reading():
                return view(request, *args, **kwargs)
        except Refused as refused:
            return _refusal(request, refused, programme)
        except Missing as missing:
            raise Http404(str(missing)) from missing
        except TooBusy as busy:
            context = {"heading": "Wait a minute, then try again", "words": str(busy)}
            return render(request, "access/words.html", context, status=503)
        except NotDone as refusal:  # of a write that no form asked for: in its words, and never as our fault
            context = {"heading": "This was not done", "words": str(refusal)}
            return render(request, "access/words.html", context, status=403 if isinstance(refusal, Forbidden) else 409)

    guarded.door = door  # type: ignore[attr-defined]
    guarded.or_team = or_team  # type: ignore[attr-defined]
    return guarded


def requires(permission: Permission, *, or_team: bool = False) -> Callable[[View], View]:
    """The view runs only for an account that holds `permission` over the programme in the address.

    `or_team`: or over a team of it. Its selectors then show such an account what is of its own teams and nothing else.
    """
    return lambda view: _guard(view, permission, permission, or_team=or_team)


def signed_in(why: str) -> Callable[[View], View]:
    """The view needs an account but no permission; `why` says what keeps it safe."""
    return lambda view: _guard(view, f"signed in: {why}")


def public(why: str) -> Callable[[View], View]:
    """The view is open to everybody; `why` says why that is safe."""

    def decorate(view: View) -> View:
        view.door = f"public: {why}"  # type: ignore[attr-defined]
        return view

    return decorate
