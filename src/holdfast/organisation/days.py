"""The first day of a programme, before which nothing of it can be."""

from datetime import date

from holdfast.access.writes import NotDone
from holdfast.organisation.models import Programme
from holdfast.pages.words import date_words


class BeforeTheProgramme(NotDone):
    """A day before the programme began: nothing of it fell due, or was done, then."""

    def __init__(self, programme: Programme, field: str) -> None:
        super().__init__(
            f"Enter a day on or after {date_words(programme.starts_on)}, when the programme began", field=field
        )


def refuse_before(programme: Programme, on: date, field: str) -> None:
    """Raises BeforeTheProgramme for a day before the programme began."""
    if on < programme.starts_on:
        raise BeforeTheProgramme(programme, field)
