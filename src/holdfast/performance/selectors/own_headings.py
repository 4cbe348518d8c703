"""A council's own sheets and headings: what they mean so far, and what of a waiting file means nothing yet."""

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
        super().__init__("This file is no workbook or CSV list, so that it has no columns to match.")


def latest(programme: Programme) -> OwnHeadings | None:
    return OwnHeadings.objects.filter(programme=programme).order_by("-version").first()


def names_of(programme: Programme) -> "analytics.OwnNames":
    """What was said last, as readers take it."""
    said = latest(programme)
    if said is None:
        return analytics.OwnNames()
    return analytics.OwnNames(said.sheets, {int(number): named for number, named in said.headings.items()})


def sheets_waiting(user: Actor, programme: Programme, waits: Upload, number: int) -> "list[analytics.SheetSeen]":
    """The sheets of one submission that waits, as they are understood now. Raises Refused and NoColumns."""
    check(user, Permission.SUBMIT_RETURN, programme.code)
    if number >= len(waits.submissions):
        raise NoColumns
    return sheets_of(user, programme, waits.sent(number))


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
