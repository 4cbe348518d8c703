"""A council's own sheets and headings: what they mean so far, and what of a waiting file means nothing yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from holdfast import analytics
from holdfast.access.doors import Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.organisation.models import Programme
from holdfast.performance.models import OwnHeadings
from holdfast.performance.uploads import Upload


class NoColumns(Missing):
    """What waits there has no columns that could be matched."""

    def __init__(self) -> None:
        super().__init__("This file is no table of rows, so that it has no columns to match.")


def latest(programme: Programme) -> OwnHeadings | None:
    return OwnHeadings.objects.filter(programme=programme).order_by("-version").first()


def names_of(programme: Programme) -> "analytics.OwnNames":
    """What was said last, as readers take it."""
    said = latest(programme)
    if said is None:
        return analytics.OwnNames()
    headings = {int(number): named for number, named in said.headings.items()}
    return analytics.OwnNames(said.sheets, headings, said.rows)


def sheets_waiting(user: Actor, programme: Programme, waits: Upload, number: int) -> "list[analytics.SheetSeen]":
    """The sheets of one submission that waits, as they are understood now. Raises Refused and NoColumns."""
    check(user, Permission.SUBMIT_RETURN, programme.code)
    if number >= len(waits.submissions):
        raise NoColumns
    return sheets_of(user, programme, waits.sent(number))


@dataclass(frozen=True)
class MatchingStep:
    """What is asked now: of sheets which list each is, or of one list what its headings mean; () when all is said.

    `place` is the list's among `n_lists`, in the order of the file, 0 where lists are asked. `n_lists_left` and
    `n_headings_left` are what else is left after it. `problems` are the sheets of which nothing can be asked, and why.
    """

    sheets: "tuple[analytics.SheetSeen, ...]"
    place: int = 0
    n_lists: int = 0
    n_lists_left: int = 0
    n_headings_left: int = 0
    skip_to: int = 0
    """The place of the next list that has something left, 0 where there is none."""
    problems: "tuple[analytics.SheetSeen, ...]" = ()

    @property
    def headless(self) -> "tuple[analytics.SheetSeen, ...]":
        """Those of the problems of which the heading row may be said."""
        return tuple(sheet for sheet in self.problems if sheet.asks_for_row)


def matching_step(sheets: "Sequence[analytics.SheetSeen]", asked_for: int = 0) -> MatchingStep:
    """The step that comes now: first which list each sheet is, then the first list with something left, or the one that
    is asked for by its place."""
    problems = tuple(sheet for sheet in sheets if sheet.problem)
    nameless = tuple(sheet for sheet in sheets if sheet.number is None and sheet.n_questions)
    lists = [sheet for sheet in sheets if sheet.number]
    left = [place for place, sheet in enumerate(lists, 1) if sheet.n_questions]
    n_headings = sum(lists[place - 1].n_questions for place in left)
    if nameless and not asked_for:
        return MatchingStep(nameless, 0, len(lists), len(left), n_headings, problems=problems)
    if not left:
        return MatchingStep((), n_lists=len(lists), problems=problems)
    place = asked_for if asked_for in left else left[0]
    others = [other for other in left if other != place]
    skip_to = next((other for other in others if other > place), others[0] if others else 0)
    asked = lists[place - 1]
    return MatchingStep(
        (asked,), place, len(lists), len(others), n_headings - asked.n_questions, skip_to, problems=problems
    )


def sheets_of(user: Actor, programme: Programme, path: Path) -> "list[analytics.SheetSeen]":
    """The sheets of a file, or of a folder of files, as they are understood now. Raises Refused and NoColumns."""
    check(user, Permission.SUBMIT_RETURN, programme.code)
    try:
        with analytics.own_names(names_of(programme)):
            seen = analytics.headings_seen(path)
    except analytics.UnreadableReturn:
        raise NoColumns from None
    if not seen:
        raise NoColumns
    return seen
