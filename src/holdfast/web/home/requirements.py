"""Home blocks about the notice: how many requirements stand where, which to look at, and which have no evidence."""

from urllib.parse import urlencode

from django.urls import reverse

from holdfast.notice import selectors as notice
from holdfast.notice.positioning import JUDGED_MET
from holdfast.notice.selectors.positions import TAG_COLOURS
from holdfast.pages.words import date_words, upper_first
from holdfast.web.home.asked import Asked
from holdfast.web.home.block import Block, Count, Line, Nothing

MOST = 5
NO_NOTICE = Nothing(
    "No notice has been loaded yet",
    "Where the council stands against each requirement will appear here. The programme office loads the notice.",
)


def counts(asked: Asked) -> Block:
    """How many requirements stand at each position, worst first, each leading to the list of them."""
    title, lines = "Where each requirement stands", asked.positions
    if lines is None:
        return Block(title, nothing=NO_NOTICE)
    page = reverse("positions", args=[asked.code])
    shown = [
        Count(n, upper_first(words), f"{page}?{urlencode({'position': words})}", TAG_COLOURS[words])
        for words, n in notice.counts(lines)
    ]
    met = "“Met” takes records that show it, a person’s judgement with its evidence, and somebody else’s acceptance."
    lede = f"All {len(lines)} requirements of the notice. {met}"
    return Block(title, lede, counts=shown, more=("See every requirement", page))


def to_look_at(asked: Asked) -> Block:
    """The requirements that are not met or at risk, in the notice's order, with what the check says."""
    return _listed(
        asked,
        "Requirements not met or at risk",
        ("not met", "at risk", JUDGED_MET),
        "No requirement is known to be not met or at risk",
    )


def without_evidence(asked: Asked) -> Block:
    """The requirements that nobody and no check has spoken for."""
    return _listed(
        asked,
        "Requirements without evidence",
        ("no evidence",),
        "Every requirement that is due has evidence or a judgement",
    )


def _listed(asked: Asked, title: str, wanted: tuple[str, ...], none: str) -> Block:
    lines = asked.positions
    if lines is None:
        return Block(title, nothing=NO_NOTICE)
    found = sorted((line for line in lines if line.position in wanted), key=lambda line: wanted.index(line.position))
    if not found:
        return Block(title, nothing=Nothing(none, is_missing=False))
    more = (
        f"See all {len(found)}",
        f"{reverse('positions', args=[asked.code])}?{urlencode({'position': wanted[0]})}",
    )
    return Block(
        title, lines=[_line(line, asked.code) for line in found[:MOST]], more=more if len(found) > MOST else ("", "")
    )


def _line(line: notice.PositionLine, code: str) -> Line:
    requirement = line.requirement
    said = line.both_sides or next(
        (found.sentence for _, found in line.answers if found.state in ("not met", "at risk")), ""
    )
    due = f"Due {date_words(line.due.on)}." if line.due.on else ""
    return Line(
        f"{requirement.ref} {requirement.name}",
        reverse("requirement", args=[code, requirement.ref]),
        f"{said} {due}".strip(),
        upper_first(line.position),
        line.colour,
    )
