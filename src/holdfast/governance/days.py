"""The day that a person gives for something that has happened: today unless given, and never one to come.

Nor one before the programme began, of which nothing here can be.
"""

from datetime import date, datetime

from holdfast.access import clock
from holdfast.access.writes import NotDone
from holdfast.organisation.days import refuse_before
from holdfast.organisation.models import Programme
from holdfast.pages.words import date_words


def day_up_to_today(
    at: datetime, given: date | None, field: str, refusal: type[NotDone], programme: Programme | None
) -> date:
    """`given`, or today. Raises `refusal`, about `field`, for a day to come; BeforeTheProgramme for one before it.

    `programme` None: of what may have come before there was one, such as the notice itself.
    """
    today = clock.day_of(at)
    day = given or today
    if day > today:
        raise refusal(f"{date_words(day)} has not come. Enter a day up to today.", field=field)
    if programme is not None:
        refuse_before(programme, day, field)
    return day
