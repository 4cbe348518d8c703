"""The day that a person gives for something that has happened: today unless given, and never one to come."""

from datetime import date, datetime

from holdfast.access import clock
from holdfast.access.writes import NotDone
from holdfast.pages.words import date_words


def day_up_to_today(at: datetime, given: date | None, field: str, refusal: type[NotDone]) -> date:
    """`given`, or today. Raises `refusal`, about `field`, for a day that has not come."""
    today = clock.day_of(at)
    day = given or today
    if day > today:
        raise refusal(f"{date_words(day)} has not come. Enter a day up to today.", field=field)
    return day
