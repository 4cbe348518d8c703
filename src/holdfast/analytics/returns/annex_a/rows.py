"""Turns the lines of lists 1 to 7 into rows: what belongs to which referral, and what each is called.

Lists carry no ids of their own. An id is made as the CIN census reader's is, of the child's reference, days and places
in the list, so that the same record has the same id in next month's file and in the census. A line of lists 4 to 7
belongs to the child's latest referral on or before its day; the day that list 6 says a child became in need on is taken
for the day of the referral where list 3 has none (docs/formats/annex-a.md). Not here: lists 8 to 10 (looked_after.py).
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from holdfast.analytics.faults import Fault
from holdfast.analytics.returns.annex_a.lists import LISTS
from holdfast.analytics.returns.annex_a.rules import RULES
from holdfast.analytics.returns.tolerant import CellDates
from holdfast.analytics.returns.writing import Gathered

NO_DAY = -(10**9)  # before any: a referral whose day is not known
ABOUT_THE_CASE = frozenset(
    name for name in LISTS[6].columns if name.startswith("cine_") and name != "cine_referral_date"
)
PERSON = ("pers_sex", "pers_ethnicity", "pers_dob")


@dataclass(slots=True)
class Line:
    """One line of a list, read: `values` by column (None: nothing), and the columns that were not understood."""

    number: int
    child: str
    values: Mapping[str, Any]
    unread: frozenset[str]

    def __getitem__(self, column: str) -> Any:
        return self.values.get(column)


@dataclass
class Episode:
    """A referral, and the case it began, until it is written."""

    id: str
    child: str
    values: dict[str, Any]
    line: int
    unread: set[str] = field(default_factory=set)


class Tables:
    """Adds rows to the tables that are being gathered, with their marks and faults."""

    def __init__(self, gathered: Gathered, dates: CellDates) -> None:
        self.gathered, self.dates = gathered, dates
        self.people: dict[str, dict[str, Any]] = {}
        self.not_understood: dict[str, set[str]] = {}
        self.said: set[tuple[Any, ...]] = set()
        self.episodes: dict[str, list[Episode]] = {}
        self.places: Counter[str] = Counter()

    def placed(self, stem: str) -> str:
        """The stem with its place among equal ones, from 1."""
        self.places[stem] += 1
        return f"{stem}|{self.places[stem]}"

    def day(self, days: int | None) -> str:
        return self.dates.iso[days]

    def add(self, table: str, line: Line, ids: Mapping[str, Any]) -> None:
        """One row of a table: its ids, and each other column from the line's column of that name."""
        rows, values = self.gathered.tables[table], line.values
        for name in line.unread and rows.filled:
            if name not in ids and name in line.unread:
                rows.not_understood(name)
        rows.add([ids[name] if name in ids else values.get(name) for name in rows.filled])

    def fault(self, rule: str, table: str, column: str, line: Line, *, is_added: bool = False) -> None:
        said = RULES[rule]
        rows = self.gathered.tables.get(table)
        number = None if rows is None else rows.next_number - is_added
        self.gathered.fault(Fault(rule, said.severity, table, column, number, line.number, line.child, said.words))

    def person(self, line: Line) -> None:
        """Who the child is, from whichever list says it first."""
        same = (line.child, *map(line.values.get, PERSON))
        if same in self.said and line.unread.isdisjoint(PERSON):
            return
        self.said.add(same)
        known = self.people.setdefault(line.child, {})
        lost = self.not_understood.setdefault(line.child, set())
        for column in PERSON:
            value = line[column]
            lost |= line.unread & {column}
            if value is None:
                continue
            if known.setdefault(column, value) != value:
                self.fault("child-differs", "person", column, line)

    def write_people(self) -> None:
        rows = self.gathered.tables["person"]
        for child, known in self.people.items():
            for column in sorted(self.not_understood[child] - known.keys()):
                rows.not_understood(column)
            rows.add([child if name == "pers_person_id" else known.get(name) for name in rows.filled])

    def backwards(self, table: str, line: Line, start: str, end: str) -> None:
        if line[start] is not None and line[end] is not None and line[end] < line[start]:
            self.fault("end-before-start", table, end, line)

    def contact(self, line: Line) -> None:
        own = self.placed(f"{line.child}|CO|{self.day(line['cont_contact_date'])}")
        self.add("contacts", line, {"cont_contact_id": own, "cont_person_id": line.child})

    def early_help(self, line: Line) -> None:
        self.backwards("early_help_episodes", line, "earl_episode_start_date", "earl_episode_end_date")
        own = self.placed(f"{line.child}|EH|{self.day(line['earl_episode_start_date'])}")
        self.add("early_help_episodes", line, {"earl_episode_id": own, "earl_person_id": line.child})

    def referral(self, line: Line) -> None:
        """List 3: it is written at the end, with what list 6 says of the case."""
        own = self.placed(f"{line.child}|{self.day(line['cine_referral_date'])}")
        self._hold(Episode(own, line.child, dict(line.values), line.number, set(line.unread)))

    def case(self, line: Line) -> None:
        """List 6: the case that a referral began, or where list 3 has none by then, a referral of that day."""
        began = line["cine_referral_date"]
        found = self._by(line.child, began)
        if began is None and found is None:
            held = self.episodes.get(line.child, [])
            found = held[-1] if held else None
        if found is None:
            found = Episode(
                self.placed(f"{line.child}|{self.day(began)}"), line.child, {"cine_referral_date": began}, line.number
            )
            found.unread |= line.unread & {"cine_referral_date"}
            self._hold(found)
        found.values.update((name, value) for name, value in line.values.items() if name in ABOUT_THE_CASE)
        found.unread |= line.unread & ABOUT_THE_CASE
        found.values["cine_last_seen_date"] = line["cinv_cin_visit_date"]
        if line["cinv_cin_visit_date"] is not None or "cinv_cin_visit_date" in line.unread:
            found.unread |= {"cine_last_seen_date"} if line["cinv_cin_visit_date"] is None else set()
            visit = f"{found.id}|V|{self.day(line['cinv_cin_visit_date'])}"
            self.add("cin_visits", line, {"cinv_cin_visit_id": self.placed(visit), "cinv_person_id": line.child})

    def _hold(self, episode: Episode) -> None:
        held = self.episodes.setdefault(episode.child, [])
        held.append(episode)
        held.sort(key=_began)

    def _by(self, child: str, day: int | None) -> Episode | None:
        """The child's latest referral on or before a day: of those that led to something, where there are any."""
        if day is None:
            return None
        held = self.episodes.get(child, [])
        by_then = held[bisect_right(held, NO_DAY, key=_began) : bisect_right(held, day, key=_began)]
        led_on = [one for one in by_then if one.values.get("cine_referral_nfa") is not True]
        return (led_on or by_then)[-1] if by_then else None

    def write_episodes(self) -> None:
        for held in self.episodes.values():
            for episode in held:
                line = Line(episode.line, episode.child, episode.values, frozenset(episode.unread))
                self.backwards("cin_episodes", line, "cine_referral_date", "cine_close_date")
                self.add("cin_episodes", line, {"cine_referral_id": episode.id, "cine_person_id": episode.child})

    def belonging(self, table: str, line: Line, day: int | None) -> tuple[str | None, str]:
        """The id of the referral a line belongs to, and what the line's own id begins with."""
        found = self._by(line.child, day)
        if found is None:
            self.fault("no-referral", table, "", line)
            return None, f"{line.child}|-"
        return found.id, found.id

    def assessment(self, line: Line) -> None:
        start = line["cina_assessment_start_date"]
        self.backwards("cin_assessments", line, "cina_assessment_start_date", "cina_assessment_auth_date")
        referral, stem = self.belonging("cin_assessments", line, start)
        own = self.placed(f"{stem}|A|{self.day(start)}")
        ids = {"cina_assessment_id": own, "cina_person_id": line.child, "cina_referral_id": referral}
        self.add("cin_assessments", line, ids)

    def enquiry(self, line: Line) -> None:
        """List 5: an enquiry and its conference; a conference without an enquiry is recorded on the episode."""
        start, held = line["s47e_s47_start_date"], line["icpc_icpc_date"]
        is_enquiry = start is not None or "s47e_s47_start_date" in line.unread or held is None
        table = "s47_enquiry" if is_enquiry else "initial_cp_conference"
        referral, stem = self.belonging(table, line, start if start is not None else held)
        own = None
        if is_enquiry:
            own = self.placed(f"{stem}|S|{self.day(start)}")
            if "icpc_icpc_date" in line.unread:  # its mark stands in the enquiry, as the census reader's does
                self.gathered.tables["s47_enquiry"].not_understood("icpc_icpc_date")
            ids = {"s47e_s47_enquiry_id": own, "s47e_referral_id": referral, "s47e_person_id": line.child}
            self.add("s47_enquiry", line, ids)
        if held is not None:
            ids = {
                "icpc_icpc_id": f"{own}|C" if own else self.placed(f"{stem}|C|{self.day(held)}"),
                "icpc_s47_enquiry_id": own,
                "icpc_person_id": line.child,
                "icpc_referral_id": referral,
            }
            self.add("initial_cp_conference", line, ids)

    def protection_plan(self, line: Line) -> None:
        start = line["cppl_cp_plan_start_date"]
        self.backwards("cp_plans", line, "cppl_cp_plan_start_date", "cppl_cp_plan_end_date")
        referral, stem = self.belonging("cp_plans", line, start)
        own = self.placed(f"{stem}|P|{self.day(start)}")
        self.add("cp_plans", line, {"cppl_cp_plan_id": own, "cppl_referral_id": referral, "cppl_person_id": line.child})
        of_plan = {"cppr_cp_plan_id": own, "cppr_person_id": line.child}
        if line["cppr_cp_review_date"] is not None or "cppr_cp_review_date" in line.unread:
            review = self.placed(f"{own}|R|{self.day(line['cppr_cp_review_date'])}")
            self.add("cp_reviews", line, {"cppr_cp_review_id": review, **of_plan})
        if line["cppv_cp_visit_date"] is not None or "cppv_cp_visit_date" in line.unread:
            visit = self.placed(f"{own}|V|{self.day(line['cppv_cp_visit_date'])}")
            ids = {"cppv_cp_visit_id": visit, "cppv_cp_plan_id": own, "cppv_person_id": line.child}
            self.add("cp_visits", line, ids)


def _began(episode: Episode) -> int:
    """The day of a referral, for order; one of no day comes first."""
    day = episode.values.get("cine_referral_date")
    return NO_DAY if day is None else int(day)
