"""What a council's own sheets and headings mean, said once and kept for the next file.

Not here: what is suggested (analytics) or shown (selectors/own_headings.py). Rule: each saying is a new version that
holds everything said so far; what was read before stays as it was read.
"""

from collections.abc import Mapping
from datetime import datetime

from holdfast import analytics
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.organisation.models import Programme
from holdfast.performance.models import OwnHeadings
from holdfast.performance.selectors.own_headings import latest


class NotNamed(NotDone):
    """What was said of a heading means nothing in Annex A."""


@service
def name_headings(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    sheets: Mapping[str, int],
    headings: Mapping[int, Mapping[str, str]],
) -> OwnHeadings:
    """Say which list each sheet is, and what each heading of a list means ("" to leave it out). Raises NotNamed."""
    check(by, Permission.SUBMIT_RETURN, programme.code)
    titles = analytics.list_titles()
    for number in {*sheets.values(), *headings} - {0}:
        if number not in titles:
            raise NotNamed(f"There is no list {number} that is read.")
    for number, named in headings.items():
        if not set(named.values()) <= {"", *analytics.headings_of(number)}:
            raise NotNamed(f"List {number} has no such column.")
    before = latest(programme)
    was = before.headings if before else {}
    said = {str(number): {**was.get(str(number), {}), **named} for number, named in headings.items()}
    made = OwnHeadings.objects.create(
        programme=programme,
        version=before.version + 1 if before else 1,
        sheets={**(before.sheets if before else {}), **sheets},
        headings={**was, **said},
        set_at=at,
    )
    record(
        "headings named",
        programme=programme.code,
        subject=f"version {made.version}",
        detail={"sheets": dict(sheets), "headings": {str(number): dict(named) for number, named in headings.items()}},
    )
    return made
