"""A council's own sheets and headings: what they mean so far, and what of a waiting file means nothing yet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from holdfast import analytics
from holdfast.access.doors import Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.organisation.models import Programme
from holdfast.performance.models import OwnHeadings
from holdfast.performance.uploads import Upload

COLUMN: Final = re.compile(r"column ([A-Za-z]{1,3})")


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


def called(
    user: Actor,
    programme: Programme,
    path: Path,
    number: int,
    heading: str,
    sheets: Mapping[str, int],
    rows: Mapping[str, int],
) -> str:
    """What a heading of a list is kept as: itself, or what the column is called that somebody named by its letter
    ("column B") since it is not shown. `sheets` and `rows` are said at the same time. Raises Refused and NoColumns."""
    named = COLUMN.fullmatch(heading)
    if named is None:
        return heading
    said = names_of(programme)
    with analytics.own_names(analytics.OwnNames({**said.sheets, **sheets}, said.headings, {**said.rows, **rows})):
        seen = _seen(user, programme, path)
    keys = {letter: key for sheet in seen if sheet.number == number for key, letter in sheet.unsaid.items()}
    return keys.get(named[1].upper(), heading)


def rows_waiting(
    user: Actor, programme: Programme, waits: Upload, number: int, sheet: int
) -> "tuple[analytics.SheetSeen, list[analytics.RowSeen]]":
    """One sheet of a submission that waits, by its place from 0, and its first rows, of which no value is said.

    Raises Refused, and NoColumns where there is no such sheet.
    """
    sheets = sheets_waiting(user, programme, waits, number)
    if sheet >= len(sheets):
        raise NoColumns
    with analytics.own_names(names_of(programme)):
        return sheets[sheet], analytics.rows_seen(waits.sent(number), sheets[sheet].name)


@dataclass(frozen=True)
class MatchingStep:
    """What is asked now: of sheets which list each is, or of one list what its headings mean; () when all is said.

    `place` is the list's among `n_lists`, in the order of the file, 0 where it is asked which list each sheet is.
    `n_lists_left` and `n_headings_left` are what else is left after it. `seen` is every sheet, in its order.
    """

    sheets: "tuple[analytics.SheetSeen, ...]"
    seen: "tuple[analytics.SheetSeen, ...]"
    place: int = 0
    n_lists: int = 0
    n_lists_left: int = 0
    n_headings_left: int = 0
    skip_to: int = 0
    """The place of the next list that has something left, 0 where there is none."""

    @property
    def headless(self) -> "tuple[analytics.SheetSeen, ...]":
        """The sheets of which nothing can be asked before their heading row is said."""
        return tuple(sheet for sheet in self.seen if sheet.asks_for_row)

    @property
    def lacking(self) -> "tuple[analytics.SheetSeen, ...]":
        """The lists that cannot be read as they are, although each of their columns means something."""
        return tuple(sheet for sheet in self.seen if sheet.number and sheet.needs and not sheet.n_questions)


def matching_step(
    sheets: "Sequence[analytics.SheetSeen]", asked_for: int = 0, *, lists_again: bool = False
) -> MatchingStep:
    """The step that comes now: first which list each sheet is, then the first list with something left, or the one that
    is asked for by its place. `lists_again`: of every sheet which list it is, as nobody has said it yet."""
    seen = tuple(sheets)
    nameless = tuple(
        sheet for sheet in sheets if (lists_again and sheet.row) or (not sheet.number and sheet.n_questions)
    )
    lists = [sheet for sheet in sheets if sheet.number]
    left = [place for place, sheet in enumerate(lists, 1) if sheet.n_questions]
    n_headings = sum(lists[place - 1].n_questions for place in left)
    if nameless and not asked_for:
        return MatchingStep(nameless, seen, 0, len(lists), len(left), n_headings)
    if not left and not 0 < asked_for <= len(lists):
        return MatchingStep((), seen, n_lists=len(lists))
    place = asked_for if 0 < asked_for <= len(lists) else left[0]
    others = [other for other in left if other != place]
    skip_to = next((other for other in others if other > place), others[0] if others else 0)
    asked = lists[place - 1]
    return MatchingStep(
        (asked,), seen, place, len(lists), len(others), sum(lists[other - 1].n_questions for other in others), skip_to
    )


def sheets_of(user: Actor, programme: Programme, path: Path) -> "list[analytics.SheetSeen]":
    """The sheets of a file, or of a folder of files, as they are understood now. Raises Refused and NoColumns."""
    with analytics.own_names(names_of(programme)):
        return _seen(user, programme, path)


def _seen(user: Actor, programme: Programme, path: Path) -> "list[analytics.SheetSeen]":
    check(user, Permission.SUBMIT_RETURN, programme.code)
    try:
        seen = analytics.headings_seen(path)
    except analytics.UnreadableReturn:
        raise NoColumns from None
    if not seen:
        raise NoColumns
    return seen
