"""Writes Annex A lists 1 to 7 of an invented authority as a workbook: only what had been recorded by a day.

The lists hold six months up to the day, and all that was open on it. `odd` writes them as councils do: a title above
the headings, headings of their own, codes with and without their letter, days as text or as Excel counts them. What is
meant is the same. Beside it, the lists that are made every month, by another system than the census's.
Not here: lists 8 to 11. Rule: no child has a name, and no worker is anybody.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

from holdfast.analytics.calendar import add_months
from holdfast.analytics.figure import date_words
from holdfast.analytics.synthetic.authority import Authority
from holdfast.analytics.synthetic.events import NEVER, Assessment, Child, Enquiry, Episode, Plan

Row = list[Any]
TEAMS = ("North assessment", "South assessment", "East safeguarding", "West safeguarding")
WHO = ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)")
DISABLED = "Does the Child have a Disability"
TEAM = ("Allocated Team", "Allocated Worker")
HEADS: dict[int, tuple[str, ...]] = {
    1: (*WHO, "Date of Contact", "Contact Source"),
    2: (*WHO, "Assessment start date", "Assessment completion date", "Organisation completing assessment"),
    3: (
        *WHO,
        "Date of referral",
        "Referral Source",
        "Referral NFA?",
        "Number of Referrals in Last 12 Months",
        *TEAM,
    ),
    4: (
        *WHO,
        DISABLED,
        "Continuous Assessment Start Date",
        "Child Seen During Continuous Assessment",
        "Continuous Assessment Date of Authorisation",
        "Was the child assessed as requiring LA children’s social care support?",
        *TEAM,
    ),
    5: (
        *WHO,
        DISABLED,
        "Strategy discussion initiating Section 47 Enquiry Start Date",
        "Was an Initial Child Protection Conference deemed unnecessary?",
        "Date of Initial Child Protection Conference",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        *TEAM,
    ),
    6: (
        *WHO,
        DISABLED,
        "CIN Start Date",
        "Primary Need Code",
        "Date Child Was Last Seen",
        "CIN Closure Date",
        "Reason for Closure",
        "Case Status",
        *TEAM,
    ),
    7: (
        *WHO,
        DISABLED,
        "Child Protection Plan Start Date",
        "Initial Category of Abuse",
        "Latest Category of Abuse",
        "Date of latest review conference",
        "Child Protection Plan End Date",
        "Number of Previous Child Protection Plans",
        *TEAM,
    ),
}
SEXES = {"1": "a) Male", "2": "b) Female"}
ABUSE = {
    "NEG": "a) Neglect",
    "PHY": "b) Physical abuse",
    "SAB": "c) Sexual abuse",
    "EMO": "d) Emotional abuse",
    "MUL": "e) Multiple/not recommended",
}
YES, NO = "a) Yes", "b) No"
MONTHLY = (1, 3, 4, 6, 7)
"""The lists that the invented council makes every month: contacts, which no census has, and whose the cases are."""
POLICE, SCHOOLS, HEALTH = "6", "2", "3"
LED_NOWHERE = {POLICE: 1.7, SCHOOLS: 0.4, HEALTH: 0.5}
"""By the letter or number that a source begins with, how many contacts led nowhere for each that became a referral."""
LED_NOWHERE_ELSE = 0.8
DAYS_QUICK = 63
"""An assessment that took no longer saw the child less often: what is hurried is in time, and sees less."""
SEEN_QUICK, SEEN_SLOW, SEEN_SAYS_NOTHING, NEVER_LAST_SEEN, SEEN_LONG_AGO = 0.84, 0.92, 0.02, 0.06, 0.1
HURRIED_DAYS, SEEN_HURRIED = 62, 0.72
"""Of the last two months, when more must be in time, a quick one saw the child less often still."""
WORKERS = 9
"""How many workers of each team hold cases in the monthly lists."""
A_DAY_OLDER, OF_ANOTHER_SEX = 400, 650
"""One child in so many is so in another system than the census's."""
OWN_HEADS = {"Child Unique ID": "Unique ID", "Date of Birth": "DOB", "Referral NFA?": "REFERRAL NFA (Y/N))"}
PLAIN = {"a) Male": "Male", "b) Female": "F", YES: "Yes", NO: "N", "a) Neglect": "Neglect"}


def write_annex_a(authority: Authority, path: Path, *, as_at: date, odd: Random | None = None) -> dict[int, int]:
    """Write the workbook; gives how many rows each list has. The same arguments give the same cells."""
    lists = AsAt(authority, as_at).lists()
    write_lists(lists, path, as_at=as_at, odd=odd)
    return {number: len(rows) for number, rows in lists.items()}


def write_lists(
    lists: Mapping[int, list[Row]],
    path: Path,
    *,
    as_at: date,
    odd: Random | None = None,
    only: Collection[int] = tuple(HEADS),
) -> None:
    """Write the rows of each list under its headings: of `odd` ones, under a title that gives the day."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number in only:
        heads = HEADS[number]
        sheet = book.add_worksheet(f"List {number}" if odd else f"List_{number}")
        rows = [list(heads), *lists[number]]
        if odd:
            rows = [[f"List {number}, as at {date_words(as_at)}"], [], *_as_councils_do(rows, odd)]
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(r, c, cell, day)
                elif cell is not None:
                    sheet.write(r, c, cell)
    book.close()


def _as_councils_do(rows: list[Row], odd: Random) -> Iterator[Row]:
    """The same rows with other headings, and every cell in one of the ways it is seen."""
    heads, *others = rows
    yield [OWN_HEADS.get(head, head.upper() if odd.random() < 0.3 else f"{head}\u00a0") for head in heads]
    for row in others:
        yield [_as_seen(cell, odd) for cell in row]


def _as_seen(cell: Any, odd: Random) -> Any:
    if isinstance(cell, date):
        ways: tuple[Callable[[], Any], ...] = (
            lambda: cell,
            lambda: cell.strftime("%d/%m/%Y"),
            lambda: (cell - date(1899, 12, 30)).days,
            lambda: cell.isoformat(),
        )
        return odd.choice(ways)()
    if cell is None:
        return odd.choice((None, None, "", "n/a", "-"))
    return odd.choice((cell, PLAIN.get(cell, cell)))


def write_monthly_lists(
    authority: Authority, path: Path, *, as_at: date, teams: Sequence[str] = TEAMS
) -> dict[int, int]:
    """Write the monthly lists as a workbook of the council's own making; gives how many rows each has.

    They come from another system than the census: it names the team (of `teams`) and the worker of every case, and has
    a few children with another date of birth, or another sex: what two returns of one council differ in.
    """
    lists = FromAnotherSystem(authority, as_at, teams).lists()
    write_lists(lists, path, as_at=as_at, odd=Random(f"{authority.seed} monthly {as_at}"), only=MONTHLY)  # noqa: S311
    return {number: len(lists[number]) for number in MONTHLY}


def _chance(*of: object) -> float:
    """A number from 0 to 1 that is always the same for the same things, and draws nothing from the authority's own."""
    return crc32(" ".join(map(str, of)).encode()) / 2**32


class AsAt:
    """The lists as at one day, from what is true of an authority and was on record."""

    def __init__(self, authority: Authority, as_at: date) -> None:
        self.authority, self.day = authority, as_at.toordinal()
        self.since = (add_months(as_at, -6) + timedelta(days=1)).toordinal()

    def lists(self) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = {number: [] for number in HEADS}
        for child in self.authority.children:
            for episode in child.episodes:
                if episode.recorded <= self.day:
                    self._episode(child, episode, found)
        found[1] += self._contacts_that_led_nowhere(found)
        return found

    def _contacts_that_led_nowhere(self, found: Mapping[int, list[Row]]) -> list[Row]:
        """Contacts about other children of the lists, in the week after those that became a referral."""
        cases, known = found[6], {(row[0], row[-2]) for row in found[1]}
        rows = []
        for n, (*_, on, source) in enumerate(found[1]):
            more = LED_NOWHERE.get((source or "")[:1], LED_NOWHERE_ELSE) if cases else 0.0
            for k in range(int(more + _chance("contact", n, on))):
                who = cases[int(_chance("about", n, k, on) * len(cases))][: len(WHO)]
                day = on + timedelta(days=int(_chance("day", n, k, on) * 7))
                if day.toordinal() <= self.day and (who[0], day) not in known:
                    known.add((who[0], day))
                    rows.append([*who, day, source])
        return rows

    def _on(self, day: int, recorded: int) -> date | None:
        return date.fromordinal(day) if day and recorded <= self.day else None

    def who(self, child: Child) -> Row:
        is_born = child.born_recorded <= self.day and child.born <= self.day
        ethnicity = child.ethnicity if child.ethnicity_recorded <= self.day else "NOBT"
        sex = SEXES.get(child.sex, "c) Not stated/recorded") if is_born else "c) Not stated/recorded"
        return [child.reference, sex, ethnicity, date.fromordinal(child.born) if is_born else None, None]

    def team(self, child: Child, *, later: bool) -> Row:
        team = TEAMS[child.number % 2 + (2 if later else 0)]
        return [team, f"W{child.number % 7}"]

    def _episode(self, child: Child, episode: Episode, found: dict[int, list[Row]]) -> None:
        who, disabled = self.who(child), YES if child.disabilities else NO
        referred = date.fromordinal(episode.referral)
        source = episode.source if episode.source_recorded <= self.day else None
        if episode.referral >= self.since:
            eve = date.fromordinal(max(episode.referral - 1, self.since))
            found[1].append([*who, eve if _chance("eve", child.number, referred) < 0.2 else referred, source])
            found[3].append([*who, referred, source, YES if episode.nfa else NO, None, *self.team(child, later=False)])
        closed = self._on(episode.closed, episode.closed_recorded)
        is_listed = not episode.nfa and (closed is None or closed.toordinal() >= self.since)
        if is_listed:
            need = episode.need if episode.need_recorded <= self.day else "N0"
            why = episode.reason if closed else None
            status = "e) Closed episode" if closed else "c) Child in need plan"
            case = [referred, need, self._last_seen(child, episode, closed), closed, why, status]
            found[6].append([*who, disabled, *case, *self.team(child, later=True)])
        if not is_listed and episode.referral < self.since:
            return
        for assessment in episode.assessments:
            self._assessment(child, assessment, found[4], [*who, disabled])
        for enquiry in episode.enquiries:
            self._enquiry(child, enquiry, found[5], [*who, disabled])
        for plan in episode.plans:
            self._plan(child, plan, found[7], [*who, disabled])

    def _last_seen(self, child: Child, episode: Episode, closed: date | None) -> date | None:
        """In the four weeks before the day or the closing; of a few before the referral; of a few no day at all."""
        draw = _chance("last seen", child.number, episode.referral)
        if draw < NEVER_LAST_SEEN:
            return None
        until = closed.toordinal() if closed else self.day
        if draw < SEEN_LONG_AGO:
            return date.fromordinal(episode.referral - 20)
        return date.fromordinal(max(until - int(28 * _chance("weeks", child.number, until)), episode.referral))

    def _seen(self, child: Child, item: Assessment, ended: date | None) -> str | None:
        """Whether the child was seen in it, as it was marked; nothing for a few, and for most that are still open."""
        draw = _chance("seen", child.number, item.start)
        if ended is None:
            return YES if draw < 0.5 else None
        if draw < SEEN_SAYS_NOTHING:
            return None
        is_hurried = ended.toordinal() > self.day - HURRIED_DAYS
        quick = SEEN_HURRIED if is_hurried else SEEN_QUICK
        return YES if draw < (quick if ended.toordinal() - item.start <= DAYS_QUICK else SEEN_SLOW) else NO

    def _assessment(self, child: Child, item: Assessment, rows: list[Row], who: Row) -> None:
        ended = self._on(item.authorised, item.authorised_recorded)
        if item.start_recorded <= self.day and (ended is None or ended.toordinal() >= self.since):
            said = [date.fromordinal(item.start), self._seen(child, item, ended), ended, None]
            rows.append([*who, *said, *self.team(child, later=False)])

    def _enquiry(self, child: Child, item: Enquiry, rows: list[Row], who: Row) -> None:
        held = self._on(item.conference, item.outcome_recorded)
        if item.start_recorded > self.day or max(item.start, held.toordinal() if held else 0) < self.since:
            return
        is_unneeded = item.not_required > 0 and item.outcome_recorded <= self.day
        said = [date.fromordinal(item.start), YES if is_unneeded else NO, held, YES if held else None]
        rows.append([*who, *said, *self.team(child, later=False)])

    def _plan(self, child: Child, item: Plan, rows: list[Row], who: Row) -> None:
        ended = self._on(item.end, item.end_recorded)
        if item.start_recorded > self.day or (ended is not None and ended.toordinal() < self.since):
            return
        latest = item.latest if item.latest_recorded <= self.day else item.category
        held = [day for day, on in zip(item.reviews, item.reviews_recorded, strict=True) if on <= self.day]
        previous = item.previous if item.previous_recorded <= self.day < NEVER else None
        review = date.fromordinal(held[-1]) if held else None
        said = [date.fromordinal(item.start), ABUSE[item.category], ABUSE[latest], review, ended, previous]
        rows.append([*who, *said, *self.team(child, later=True)])


class FromAnotherSystem(AsAt):
    """The same by families and teams, where one child in so many is a day older, or of another sex."""

    def __init__(self, authority: Authority, as_at: date, teams: Sequence[str]) -> None:
        super().__init__(authority, as_at)
        self.teams = teams

    def team(self, child: Child, *, later: bool) -> Row:
        place, worker = divmod(child.family, WORKERS)
        team = place % len(self.teams)
        return [self.teams[team], f"W{team + 1}{worker}"]

    def who(self, child: Child) -> Row:
        reference, sex, ethnicity, born, age = super().who(child)
        if born is not None and child.number % A_DAY_OLDER == 0:
            born -= timedelta(days=1)
        if sex in SEXES.values() and child.number % OF_ANOTHER_SEX == 0:
            sex = next(other for other in SEXES.values() if other != sex)
        return [reference, sex, ethnicity, born, age]
