"""The day that a person gives for something that has happened: today unless given, and never one to come.

Nor one before the programme began, of which nothing here can be.
"""

from datetime import date, datetime

from holdfast.access import clock
from holdfast.access.writes import NotDone
from holdfast.organisation.models import Programme
from holdfast.pages.words import date_words


def day_up_to_today(
    at: datetime, given: date | None, field: str, refusal: type[NotDone], programme: Programme | None
) -> date:
    """`given`, or today. Raises `refusal`, about `field`, for a day that has not come, or is before the programme.

    `programme` None: of what may have come before there was one, such as the notice itself.
    """
    today = clock.day_of(at)
    day = given or today
    if day > today:
        raise refusal(f"{date_words(day)} has not come. Enter a day up to today.", field=field)
    if programme is not None and day < programme.starts_on:
        began = date_words(programme.starts_on)
        raise refusal(f"Enter a day on or after {began}, when the programme began.", field=field)
    return day
