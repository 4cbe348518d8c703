"""Working days for the simulation, as quick arithmetic on ordinals: Monday to Friday less England's bank holidays.

The product's own calendar is `tables.calendar`; this is only a faster way to step along it while inventing.
"""

from datetime import date
from functools import lru_cache


class WorkingDays:
    """Working days between two years, by position. Days outside raise IndexError."""

    def __init__(self, first_year: int, last_year: int) -> None:
        import holidays

        bank = {
            day.toordinal()
            for day in holidays.country_holidays("GB", subdiv="ENG", years=range(first_year, last_year + 1))
        }
        self.first = date(first_year, 1, 1).toordinal()
        self.days: list[int] = []
        self.position: list[int] = []  # for each calendar day, how many working days up to and including it
        for day in range(self.first, date(last_year, 12, 31).toordinal() + 1):
            if (day - 1) % 7 < 5 and day not in bank:  # ordinal 1 was a Monday
                self.days.append(day)
            self.position.append(len(self.days))

    def add(self, day: int, n: int) -> int:
        """The nth working day after a day; the day itself when n is 0. A negative n steps back."""
        if n == 0:
            return day
        place = self.position[day - self.first] + n - 1
        if n < 0 and not self.is_working(day):
            place += 1
        return self.days[place]

    def is_working(self, day: int) -> bool:
        place = self.position[day - self.first]
        return place > 0 and self.days[place - 1] == day

    def on_or_after(self, day: int) -> int:
        return day if self.is_working(day) else self.days[self.position[day - self.first]]

    def on_or_before(self, day: int) -> int:
        return self.days[self.position[day - self.first] - 1]

    def between(self, first: int, last: int) -> list[int]:
        """Working days from first to last, both included."""
        return self.days[self.position[first - 1 - self.first] : self.position[last - self.first]]


@lru_cache(maxsize=4)
def working_days(first_year: int, last_year: int) -> WorkingDays:
    return WorkingDays(first_year, last_year)
