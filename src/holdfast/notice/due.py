"""When a requirement falls due: the data under `when` turned into dates and words. Pure; the day is given.

    on_dates    {dates: [2013-12-31]}
    in_months   {months: ["2013-12"]}            due by the last day of the month
    within      {months: 1, if_weekend: keep}    counted from the issue date; also days or weeks
    every       {weeks: 4}                       counted from the issue date; also months
    continuous  {}                               all the time, from the issue date
    regular     {}                               repeatedly, at a frequency the notice leaves to be agreed
    undated     {}                               once, with no date given
    trigger     {}                               from the day somebody records that the condition applies

Any kind may carry `aim: true` (the notice calls it an aim) and `note`. Rule: a date the notice does not give is never
made up; a rule of ours for reading one (a weekend, a month) is stated in words beside it.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from holdfast.access.days import last_of_month, months_on
from holdfast.notice.positioning import NOT_YET, OPEN, PASSED
from holdfast.pages.words import date_words, listed, month_words

KINDS: Final = ("on_dates", "in_months", "within", "every", "continuous", "regular", "undated", "trigger")
_WITHOUT_DATES: Final = {
    "continuous": "All the time, from the day the notice was issued",
    "regular": "Regularly: the notice leaves how often to be agreed",
    "undated": "The notice gives no date",
}


@dataclass(frozen=True)
class Due:
    """`state` is not yet, open or passed. `next_on` is the first date on or after the day asked about; `last_on` the
    last date before it. Both None where there is none. `words` says all of it.
    """

    state: str
    next_on: date | None
    last_on: date | None
    words: str

    @property
    def on(self) -> date | None:
        """The date to print: the next, or when none is left the last."""
        return self.next_on or self.last_on


def when_due(when: Mapping[str, Any], *, issued_on: date, on: date, triggered_on: date | None = None) -> Due:
    """When a requirement is due, asked on one day."""
    kind = when["kind"]
    if kind in _WITHOUT_DATES:
        return Due(OPEN, None, None, _with_note(_WITHOUT_DATES[kind], when))
    if kind == "trigger":
        if triggered_on is None:
            return Due(NOT_YET, None, None, _with_note("Once its condition is met: nobody has recorded that", when))
        state = OPEN if triggered_on <= on else NOT_YET
        return Due(state, None, None, _with_note(f"Since its condition was met on {date_words(triggered_on)}", when))
    if kind == "every":
        return _repeating(when, issued_on, on)
    days = sorted(_days(when, issued_on))
    state = NOT_YET if on <= days[0] else PASSED if on > days[-1] else OPEN
    following = next((day for day in days if day >= on), None)
    before = next((day for day in reversed(days) if day < on), None)
    return Due(state, following, before, _with_note(_dated_words(when, days), when))


def _days(when: Mapping[str, Any], issued_on: date) -> list[date]:
    if when["kind"] == "on_dates":
        return [_as_date(day) for day in when["dates"]]
    if when["kind"] == "in_months":
        return [end_of_month(month) for month in when["months"]]
    return [_off_weekend(_after(issued_on, when), when.get("if_weekend", "keep"))]


def _repeating(when: Mapping[str, Any], issued_on: date, on: date) -> Due:
    first = current = _after(issued_on, when)
    before, n = None, 1
    while current < on:
        n += 1
        before, current = current, _after(issued_on, {key: value * n for key, value in _length(when).items()})
    state = NOT_YET if on <= first else OPEN
    return Due(state, current, before, _with_note(f"Every {_length_words(when)}, counted from the issue date", when))


def _length(when: Mapping[str, Any]) -> dict[str, int]:
    return {key: when[key] for key in ("days", "weeks", "months") if key in when}


def _length_words(when: Mapping[str, Any]) -> str:
    return " and ".join(f"{n} {key if n > 1 else key[:-1]}" for key, n in _length(when).items())


def _after(start: date, when: Mapping[str, Any]) -> date:
    later = start + timedelta(days=when.get("days", 0), weeks=when.get("weeks", 0))
    return months_on(later, when["months"]) if when.get("months") else later


def _off_weekend(day: date, rule: str) -> date:
    if rule == "friday before":
        return day - timedelta(days=max(0, day.weekday() - 4))
    if rule == "monday after" and day.weekday() >= 5:
        return day + timedelta(days=7 - day.weekday())
    return day


def _dated_words(when: Mapping[str, Any], days: list[date]) -> str:
    if when["kind"] == "in_months":
        months = listed([month_words(day) for day in days])
        return f"In {months} (we read a month as due by its last day)"
    if when["kind"] == "on_dates":
        return "On " + listed([date_words(day) for day in days])
    day = days[0]
    return f"Within {_length_words(when)} of the issue date: by {calendar.day_name[day.weekday()]} {date_words(day)}"


def _with_note(words: str, when: Mapping[str, Any]) -> str:
    aim = " An aim, not a deadline." if when.get("aim") else ""
    note = f" {when['note']}" if when.get("note") else ""
    return f"{words}.{aim}{note}"


def _as_date(day: str | date) -> date:
    return day if isinstance(day, date) else date.fromisoformat(day)


def end_of_month(month: str) -> date:
    """The last day of a month written like 2013-12."""
    return last_of_month(date.fromisoformat(f"{month}-01"))
