"""The invented families and what is open at the moment: the state that each simulated month reads and changes.

Here: making families, finding who can be referred again, and months. What happens to them is in `referrals`,
`protection` and `closures`.
"""

from bisect import bisect
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from holdfast.analytics.synthetic.calibration import Shape, YearTargets
from holdfast.analytics.synthetic.events import Child, Episode
from holdfast.analytics.synthetic.workdays import WorkingDays

ADULT = 6570  # days in 18 years, near enough: an invented child leaves at about 18


@dataclass(slots=True)
class Month:
    """One month: its first and last day, its place in the census year (April is 0) and what it must come to."""

    first: int
    last: int
    place: int
    quota: dict[str, int] = field(default_factory=dict)
    running: list[float] = field(default_factory=list)

    def draw_day(self, rng: Random) -> int:
        """A referral's day: any day, weekends seldom."""
        return self.first + bisect(self.running, rng.random() * self.running[-1])


@dataclass(slots=True)
class World:
    rng: Random
    shape: Shape
    days: WorkingDays
    families: list[list[Child]] = field(default_factory=list)
    n_children: int = 0
    open: list[Episode] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    shortfalls: list[str] = field(default_factory=list)

    def new_family(self, size: int, day: int) -> list[Child]:
        """A family of `size` children, all referred on `day`. Siblings share an ethnicity and are seldom twins."""
        rng, shape = self.rng, self.shape
        ethnicity = shape.mixes["ethnicities"].draw(rng)
        age = shape.bands["ages"].draw(rng)
        family: list[Child] = []
        for _ in range(size):
            self.n_children += 1
            family.append(self._child(len(self.families), day, age, ethnicity))
            age = max(age, 0) + rng.randint(330, 1500)
            if age > 6300:
                age = rng.randint(200, 6200)
        self.families.append(family)
        return family

    def _child(self, family: int, day: int, age: int, ethnicity: str) -> Child:
        rng = self.rng
        born = day - age
        disabilities: tuple[str, ...] = ()
        if age > 0 and rng.random() < self.shape.rates["disabled"]:
            drawn = [self.shape.mixes["disabilities"].draw(rng) for _ in range(rng.choice((1, 1, 1, 2, 2, 3)))]
            disabilities = tuple(dict.fromkeys(drawn))
        expected = born + rng.randint(-12, 12) if age < 0 else 0
        sex = "1" if rng.random() < 0.52 else "2"
        return Child(self.n_children, family, born, expected, sex, ethnicity, disabilities)

    def returning(self, month: Month) -> tuple[list[list[Child]], list[list[Child]]]:
        """Families who could be referred in a month, shuffled: known within the last year, and known before that.

        Both edges keep ten days clear of twelve months, so that no count hangs on how the boundary day is treated.
        """
        recent: list[list[Child]] = []
        lapsed: list[list[Child]] = []
        for family in self.families:
            free = [child for child in family if _free(child, month)]
            if not free:
                continue
            soon = [child for child in free if month.last - child.episodes[-1].referral < 355]
            if soon:
                if all(month.first - child.episodes[-1].referral > 14 for child in soon):
                    recent.append(soon)
                continue
            late = [child for child in free if month.first - child.episodes[-1].referral > 375]
            if late:
                lapsed.append(late)
        self.rng.shuffle(recent)
        self.rng.shuffle(lapsed)
        return recent, lapsed


def _free(child: Child, month: Month) -> bool:
    if child.died or month.last - child.born >= ADULT - 120:
        return False
    last = child.episodes[-1]
    return last.nfa or 0 < last.closed < month.first


def months(year: YearTargets, world: World) -> list[Month]:
    """The months of a census year with their days weighted for referrals; quotas are filled by the caller."""
    found: list[Month] = []
    first = year.starts_on
    while first <= year.ends_on:
        following = (first + timedelta(days=32)).replace(day=1)
        month = Month(first.toordinal(), following.toordinal() - 1, (first.month - 4) % 12)
        total = 0.0
        for day in range(month.first, month.last + 1):
            total += 1.0 if world.days.is_working(day) else world.shape.weekend_share
            month.running.append(total)
        found.append(month)
        first = following
    return found


def years_before(day: int, years: int) -> int:
    """The same date some years earlier (29 February becomes the 28th)."""
    then = date.fromordinal(day)
    try:
        return then.replace(year=then.year - years).toordinal()
    except ValueError:
        return then.replace(year=then.year - years, day=28).toordinal()


def months_after(day: int, n: int) -> int:
    """The same day n calendar months later, held to the end of a shorter month."""
    then = date.fromordinal(day)
    year, month = divmod(then.year * 12 + then.month - 1 + n, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(then.day, last)).toordinal()
