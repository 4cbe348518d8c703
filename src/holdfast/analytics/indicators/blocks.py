"""The blocks that definitions are made of: clocks, periods, as-at, previous and next events, and who the child is.

Each block takes an expression and gives an expression; a plain-Python reference for each is in tests/spec. Not here:
what an indicator asks (definitions/). Rule: only the portable subset (filter, join, select, group, count, distinct
count, integer sum, min and max of dates, days between, comparison, isin, coalesce, the calendar joined in, and a
window ordered by date and id), so that every engine gives the same rows.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from holdfast.analytics.breakdowns import AGES, BREAKDOWNS
from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators.held import TYPES, Held

# Later than any end: lets "no end yet" take part in a comparison.
FAR_OFF = date(9999, 12, 31)

ANSWER_SCHEMA = {
    "unit_id": "string",
    "child": "string",
    "event_on": "date",
    "period": "string",
    "in_numerator": "boolean",
    "unknown_because": "string",
    "elapsed": "int32",
    "due_on": "date",
}
# What each breakdown needs of a record: carried as it is, and turned into a group on the day the record is counted.
CARRIED = {name: TYPES[column.type] for breakdown in BREAKDOWNS.values() for name, column in breakdown.columns.items()}
ASKED_SCHEMA = {**ANSWER_SCHEMA, **CARRIED}
ROW_SCHEMA = {**ANSWER_SCHEMA, **dict.fromkeys(BREAKDOWNS, "string")}


def rows(table: Any, **columns: Any) -> Any:
    """The columns every definition gives, in their order: those named here, else the table's own, else NULL.

    So unit_id, child and period need naming only where the table has them under another name, and an answer that the
    question has not (no clock, so no elapsed and no due_on; no child, because a record need not be of one) is NULL.
    """
    own = {name: table[name] for name in ASKED_SCHEMA if name in table.columns}
    given = {name: ibis.null(kind) for name, kind in ASKED_SCHEMA.items()} | own | columns
    return table.select(**{name: given[name].cast(kind) for name, kind in ASKED_SCHEMA.items()})


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


def unread(table: Any, *columns: str) -> Any:
    """Whether something was sent in any of these columns of a canonical table that could not be understood.

    Then the column is NULL, which otherwise says that nothing was sent: whatever hangs on it is not known.
    """
    marks = ibis.literal(" ") + table.unread + ibis.literal(" ")
    return ibis.or_(*(marks.contains(f" {column} ") for column in columns)).coalesce(False)


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


def kept_by(start: Any, due: Any, stop: Any, given_up: Any, as_at: Any) -> Any:
    """Whether a clock had stopped by the end of the day it was due: true, false, or NULL (not known).

    Still running then is false, whatever came of it later. Not known: it stopped before it started; it never stopped
    and was `given_up` by then; or nothing says when it stopped, and it was last reported on before that day.
    """
    return ibis.cases(
        (stop < start, ibis.null("boolean")),
        (stop.notnull(), stop <= due),
        (given_up.notnull(), ibis.cases((given_up > due, ibis.literal(False)), else_=ibis.null("boolean"))),
        (as_at >= due, ibis.literal(False)),
        else_=ibis.null("boolean"),
    )


def age_band(born_on: Any, expected_on: Any, on: Any, years: Mapping[int, Any]) -> Any:
    """The band of a child's age on a day; `years[n]` is the day n years before it. NULL: not known.

    Born on 29 February, a child is a year older from 1 March in a year without one.
    """
    unborn, *bands = AGES
    last = bands.pop()
    return ibis.cases(
        (born_on.isnull() & (expected_on > on), unborn[0]),
        (born_on > on, unborn[0]),
        *((born_on > years[most], band) for band, most in bands if most is not None),
        (born_on.notnull(), last[0]),
        else_=ibis.null("string"),
    )


def with_groups(held: Held, table: Any) -> Any:
    """A definition's rows with the group of each breakdown on the day each is counted: the columns of ROW_SCHEMA.

    One row in, one row out. A code is its own group; an age is banded by two dates, born and expected.
    """
    years = {most: f"years_{most}_earlier" for _, most in AGES if most}
    counted = look_up(held, table, "event_on", **{name: name for name in years.values()})
    day = {most: counted[name] for most, name in years.items()}
    aged = [breakdown for breakdown in BREAKDOWNS.values() if breakdown.ages]
    dates = {breakdown.id: [counted[name] for name in breakdown.carried] for breakdown in aged}
    bands = {name: age_band(born, expected, counted.event_on, day) for name, (born, expected) in dates.items()}
    return counted.mutate(**bands).select(*ROW_SCHEMA)
