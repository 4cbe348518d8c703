"""The blocks that definitions are made of: clocks, periods, as-at, previous and next events, and who the child is.

Each block takes an expression and gives an expression; a plain-Python reference for each is in tests/spec. Not here:
what an indicator asks (definitions/). Rule: only the portable subset (filter, join, select, group, count, distinct
count, integer sum, min and max of dates, days between, comparison, isin, coalesce, the calendar joined in, and a
window ordered by date and id), so that every engine gives the same rows.
"""

from datetime import date
from typing import Any

import ibis

from holdfast.analytics.indicators.held import Held

# Later than any end: lets "no end yet" take part in a comparison.
FAR_OFF = date(9999, 12, 31)

# Who the child is, as the records carry it; the age is worked out on the day the row is counted.
CHILD_SCHEMA = {
    "referral_source": "string",
    "primary_need": "string",
    "sex": "string",
    "ethnicity": "string",
    "born_on": "date",
    "expected_on": "date",
}
ANSWER_SCHEMA = {
    "unit_id": "string",
    "child": "string",
    "event_on": "date",
    "period": "string",
    "in_numerator": "boolean",
    "elapsed": "int32",
    "due_on": "date",
}
ASKED_SCHEMA = {**ANSWER_SCHEMA, **CHILD_SCHEMA}
BREAKDOWNS = ("referral_source", "primary_need", "age_band", "sex", "ethnicity")
ROW_SCHEMA = {**ANSWER_SCHEMA, **dict.fromkeys(BREAKDOWNS, "string")}
AGE_BANDS = ("unborn", "0", "1-4", "5-9", "10-15", "16-17", "18+")


def rows(table: Any, **columns: Any) -> Any:
    """The columns every definition gives, in their order: those named here, who the child is from the table, else NULL.

    An answer not named (no clock, so no elapsed and no due_on) is NULL.
    """
    given = {name: columns.get(name, ibis.null(kind)) for name, kind in ANSWER_SCHEMA.items()}
    given |= {name: table[name] for name in CHILD_SCHEMA}
    return table.select(**{name: value.cast(ASKED_SCHEMA[name]) for name, value in given.items()})


def look_up(held: Held, table: Any, day: str, **wanted: str) -> Any:
    """The table with new columns looked up in the calendar for its column `day`: look_up(held, t, "start", due="...").

    NULL where the day is NULL or outside the calendar. One row in, one row out.
    """
    calendar = held["calendar"]
    looked_up = calendar.select(calendar_day=calendar.day, **{new: calendar[name] for new, name in wanted.items()})
    return table.left_join(looked_up, table[day] == looked_up.calendar_day).drop("calendar_day")


def working_days(held: Held, table: Any, start: str, end: str, name: str = "elapsed") -> Any:
    """The table with the working days from `start` to `end`, start being day zero.

    Negative if end is before start. NULL if either is NULL, or outside the working-day calendar (2010 to 2040).
    """
    both = look_up(held, table, start, start_number="working_day_number")
    both = look_up(held, both, end, end_number="working_day_number")
    return both.mutate(**{name: both.end_number - both.start_number}).drop("start_number", "end_number")


def in_period(held: Held, table: Any, day: str) -> Any:
    """The table with `period`: one row for each period that the day falls in (its month and its financial year)."""
    days = held["day_periods"].select(period_day="day", period="period")
    return table.inner_join(days, table[day] == days.period_day).drop("period_day")


def at_period_ends(held: Held, table: Any, start: str, end: str) -> Any:
    """The table with `period`, `ends_on` and `ends_on_number`: one row for each period at whose end it was open.

    Open on a day: started on or before it, and not ended by the end of it (an end on the day itself is an end).
    A row with no end is given for every later period; `still_open` says whether that is known.
    """
    ends = look_up(held, held["periods"], "ends_on", ends_on_number="working_day_number")
    ends = ends.select("period", "ends_on", "ends_on_number")
    with_end = table.mutate(open_until=table[end].coalesce(ibis.literal(FAR_OFF)))
    joined = with_end.inner_join(ends, [with_end[start] <= ends.ends_on, with_end.open_until > ends.ends_on])
    return joined.drop("open_until")


def still_open(table: Any, end: str, on: str = "ends_on", as_at: str = "as_at") -> Any:
    """Whether a started record was open at the end of the day `on`: true, false, or NULL (not known).

    Not known: it has no end, and was last reported on (`as_at`) before that day.
    """
    return ibis.cases(
        (table[end].notnull(), table[end] > table[on]),
        (table[as_at] >= table[on], ibis.literal(True)),
        else_=ibis.null("boolean"),
    )


def previous(table: Any, by: str, day: str, unit: str, name: str = "previous_on") -> Any:
    """The table with the date of the record before, of the same `by`, in order of date and then id.

    So of two records on one day the one with the later id has the other as its previous. NULL: there is none.
    """
    window = ibis.window(group_by=table[by], order_by=[table[day], table[unit]])
    return table.mutate(**{name: table[day].lag().over(window)})


def following(table: Any, by: str, day: str, unit: str, name: str = "next_on") -> Any:
    """The table with the date of the record after, of the same `by`, in order of date and then id. NULL: none."""
    window = ibis.window(group_by=table[by], order_by=[table[day], table[unit]])
    return table.mutate(**{name: table[day].lead().over(window)})


def first_of(table: Any, by: str, day: str, unit: str) -> Any:
    """Only the first record of each `by`, in order of date (a missing date last) and then id."""
    window = ibis.window(group_by=table[by], order_by=[table[day].isnull(), table[day], table[unit]])
    return table.mutate(place=ibis.row_number().over(window)).filter(lambda t: t.place == 0).drop("place")


def so_far(table: Any, condition: Any, by: str, day: str, unit: str) -> Any:
    """How many of the same `by`, up to and including this record (by date, then id), meet the condition."""
    window = ibis.cumulative_window(group_by=table[by], order_by=[table[day], table[unit]])
    return ibis.ifelse(condition, 1, 0).sum().over(window)


def within(elapsed: Any, limit: int) -> Any:
    """Whether a clock stopped in time: the limit day itself is in time. NULL if not known or the dates contradict."""
    return ibis.cases((elapsed < 0, ibis.null("boolean")), else_=elapsed <= limit)


def age_band(born_on: Any, expected_on: Any, on: Any, years: dict[int, Any]) -> Any:
    """The band of a child's age on a day; `years[n]` is the day n years before it. NULL: not known.

    Born on 29 February, a child is a year older from 1 March in a year without one.
    """
    return ibis.cases(
        (born_on.isnull() & (expected_on > on), "unborn"),
        (born_on > on, "unborn"),
        (born_on > years[1], "0"),
        (born_on > years[5], "1-4"),
        (born_on > years[10], "5-9"),
        (born_on > years[16], "10-15"),
        (born_on > years[18], "16-17"),
        (born_on <= years[18], "18+"),
        else_=ibis.null("string"),
    )


def with_age_band(held: Held, table: Any) -> Any:
    """A definition's rows with the band of the child's age on the day each is counted: the columns of ROW_SCHEMA.

    One row in, one row out.
    """
    years = {n: f"years_{n}_earlier" for n in (1, 5, 10, 16, 18)}
    found = look_up(held, table, "event_on", **{name: name for name in years.values()})
    band = age_band(found.born_on, found.expected_on, found.event_on, {n: found[name] for n, name in years.items()})
    return found.mutate(age_band=band).select(*ROW_SCHEMA)
