"""Home blocks about returns and releases: what moved since the last release, and the faults that touch it."""

from django.urls import reverse

from holdfast.access.permissions import Permission
from holdfast.pages.words import date_words
from holdfast.performance import selectors as performance
from holdfast.performance.models import Return
from holdfast.web.home.asked import Asked
from holdfast.web.home.block import Block, Line, Nothing
from holdfast.web.home.indicators import NO_RELEASE

MOST = 5


def moved(asked: Asked) -> Block:
    """What changed in the latest release against the one before, counted by reason."""
    title, release = "What changed since the last release", asked.release
    if release is None:
        return Block(title, nothing=NO_RELEASE)
    may_open = asked.may(Permission.SEE_RETURNS)
    more = ("See the release", reverse("release_page", args=[asked.code, release.number])) if may_open else ("", "")
    name = f"{release.in_words.capitalize()}, data as at {date_words(release.as_at)}"
    if release.compared_with_id is None:
        first = Nothing(
            "This is the first release", f"{name}. What changes will appear here with the next.", is_missing=False
        )
        return Block(title, nothing=first, more=more)
    if not release.n_moves:
        return Block(title, nothing=Nothing("No figure changed", f"{name}.", is_missing=False), more=more)
    lines = [
        Line(because.capitalize(), status=f"{n:,} figure{'s' if n != 1 else ''}", colour="")
        for because, n in release.moves_summary.items()
    ]
    return Block(title, f"{name}.", lines=lines, more=more)


def faults(asked: Asked) -> Block:
    """The latest returns, what became of each and how many faults were found in it."""
    title = "Returns and their faults"
    if not asked.may(Permission.SEE_RETURNS):
        return Block(title, nothing=Nothing("Your role does not open returns", is_missing=False))
    found = list(performance.returns(asked.user, asked.code)[:MOST])
    more = ("See every return", reverse("returns", args=[asked.code]))
    if not found:
        none = Nothing("No return has been submitted yet", "The performance analyst submits the first.")
        return Block(title, nothing=none, more=("Submit a return", reverse("submit_return", args=[asked.code])))
    return Block(title, lines=[_line(one, asked.code) for one in found], more=more)


def _line(one: Return, code: str) -> Line:
    n = one.n_faults_in_all
    words = f"{n:,} fault{'s' if n != 1 else ''}" if one.state == "read" else one.reason
    as_at = f"As at {date_words(one.as_at)}. " if one.as_at else ""
    colour = {"read": "green", "refused": "red"}.get(one.state, "blue")
    return Line(
        one.name, reverse("return_page", args=[code, one.number]), f"{as_at}{words}", one.get_state_display(), colour
    )
