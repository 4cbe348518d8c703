"""Reads one CINdetails block: the episode, and each block inside it, as rows of their own.

Not here: the child (reader.py). Rule: an id is made only of the child's reference, dates and places in the file,
never of a line number, so that next year's file gives the same record the same id.
"""

from collections.abc import Callable
from datetime import date
from operator import itemgetter
from typing import Any

from holdfast.analytics.returns.cin_census import rules, shapes
from holdfast.analytics.returns.cin_census.blocks import Blocks, local_name
from holdfast.analytics.returns.cin_census.shapes import Shape
from holdfast.analytics.returns.values import EPOCH, Dates, Readable
from holdfast.analytics.returns.writing import Gathered


def _needed(shape: Shape) -> Callable[[list[Any]], Any]:
    """The values of a row that must be there, in one call."""
    return itemgetter(*(shape.columns.index(column) for column in shape.required))


NEEDED_OF_EPISODE, NEEDED_OF_PLAN = _needed(shapes.EPISODE), _needed(shapes.CP_PLAN)


SOURCE_ASKED_FROM = date(2013, 4, 1).toordinal() - EPOCH  # rule 8866 asks it of referrals from this day
NO_REFERENCE = 10**9  # days: later than any


def _has(block: Any, name: str) -> bool:
    """Whether anything was sent in this element of the block, understood or not."""
    return any(local_name(element) == name and element.text and element.text.strip() for element in block)


class Episodes:
    """Reads episodes into the tables that are being gathered."""

    def __init__(self, gathered: Gathered, blocks: Blocks, readers: dict[str, Readable]) -> None:
        self.blocks = blocks
        dates = readers["date"]
        assert isinstance(dates, Dates)
        self.dates, self.iso, self.factors = dates, dates.iso, readers["factor"]
        self.add = {name: rows.add for name, rows in gathered.tables.items()}
        self.child = self.referral = ""
        self.referred: int | None = None
        # The day the file describes; and of the child being read, the plans that are open and whether it is in need.
        self.reference, self.n_open_plans, self.is_in_need = NO_REFERENCE, 0, False
        self.places: dict[str, int] = {}
        self.read_block = {
            "Assessments": self._assessment,
            "CINPlanDates": self._in_need_plan,
            "Section47": self._enquiry,
            "ChildProtectionPlans": self._protection_plan,
            "PreProceedingsandFGDM": self._pre_proceedings,
        }

    def begin(self) -> None:
        """The episodes that come next are another child's."""
        self.n_open_plans, self.is_in_need = 0, False

    def read(self, element: Any, child: str, days: str, before: str = "") -> str:
        """One episode. `days`: the child's referral dates so far in the file; gives them with this one's added.

        `before`: those of an earlier record of the same child. An episode of one of those days is the same one sent
        twice: it is a fault, and only the first counts.
        Text, not a list: a hundred thousand lists would be looked through at every collection of garbage.
        """
        blocks, shape = self.blocks, shapes.EPISODE
        row: list[Any] = [None] * 7
        nested = blocks.read(element, shape, row)
        self.referred = referred = row[0]
        day = self.iso[referred]
        if before and f"[{day}]" in before:
            blocks.fault("episode-twice", shape, "cine_referral_id", element)
            blocks.left_out(shape)
            return days
        days += f"[{day}]"
        self.child, self.referral = child, f"{child}|{day}|{days.count(f'[{day}]')}"
        self.places = {}
        if spoken := rules.of_episode(row, self.reference):
            blocks.rules(spoken, shape, element)
        if None in NEEDED_OF_EPISODE(row):
            is_excused = referred is not None and referred < SOURCE_ASKED_FROM
            blocks.missing(shape, row, element, ("cine_referral_source_code",) if is_excused else ())
        if row[3] or row[6] is not None or len(nested) > len(dict(nested)):
            self._between_blocks(element, row, nested)
        self.is_in_need = self.is_in_need or row[3] is False
        conference = row.pop()
        self.add["cin_episodes"]((self.referral, child, *row))
        if conference is not None:
            self._conference(self.referral, None, None, conference)
        for name, block in nested:
            self.read_block[name](block)
        return days

    def _between_blocks(self, element: Any, row: list[Any], nested: list[tuple[str, Any]]) -> None:
        """Rules across the blocks of an episode: several open at once, activity where there should be none."""
        shape, names = shapes.EPISODE, [name for name, _ in nested]
        if row[3] and ("Assessments" in names or "Section47" in names or row[6] is not None):
            self.blocks.fault("nfa-with-activity", shape, "cine_referral_nfa", element)
        end = "AssessmentAuthorisationDate"
        if sum(name == "Assessments" and not _has(block, end) for name, block in nested) > 1:
            self.blocks.fault("assessments-open", shape, end, element)
        if row[6] is not None and any(_has(block, "DateOfInitialCPC") for its, block in nested if its == "Section47"):
            self.blocks.fault("two-conferences", shape, "icpc_icpc_date", element)

    def _id(self, kind: str, day: int | None) -> str:
        """<referral id>|<kind>|<start date>|<place among those of that kind and day, from 1>."""
        stem = f"{self.referral}|{kind}|{self.iso[day]}|"
        self.places[stem] = place = self.places.get(stem, 0) + 1
        return f"{stem}{place}"

    def _assessment(self, element: Any) -> None:
        shape, row = shapes.ASSESSMENT, [None, None, None]
        nested = self.blocks.read(element, shape, row)
        own_id = self._id("A", row[0])
        if spoken := rules.of_assessment(row, self.referred):
            self.blocks.rules(spoken, shape, element)
        if row[0] is None:
            self.blocks.missing(shape, row, element)
        if nested:
            self._factors(own_id, nested)
        self.add["cin_assessments"]((own_id, self.child, self.referral, *row))

    def _factors(self, assessment: str, nested: list[tuple[str, Any]]) -> None:
        add, found = self.add["assessment_factors"], []
        for name, block in nested:
            for element in self._listed(name, block):
                code = self.blocks.value(element, shapes.FACTOR, self.factors)
                if code is None and not self.blocks.full(element, shapes.FACTOR):
                    continue
                found.append(code)
                add((f"{assessment}|F|{code or ''}|{found.count(code)}", assessment, code))
        if len(found) > 1:
            self.blocks.rules(rules.of_factors(found), shapes.ASSESSMENT, nested[0][1])
        if sum(name == "FactorsIdentifiedAtAssessment" for name, _ in nested) > 1:
            self.blocks.other_ways["several-lists"] += 1

    def _listed(self, name: str, block: Any) -> list[Any]:
        """The factors of a list, or the one that stands directly inside its assessment."""
        if name != "AssessmentFactors":
            return self.blocks.only(block, "AssessmentFactors", "assessment_factors")
        self.blocks.other_ways["loose-factors"] += 1
        self.blocks.n_nodes += 1
        return [block]

    def _in_need_plan(self, element: Any) -> None:
        shape, row = shapes.CIN_PLAN, [None, None]
        self.blocks.read(element, shape, row)
        if spoken := rules.of_in_need_plan(row, self.reference):
            self.blocks.rules(spoken, shape, element)
        if row[0] is None:
            self.blocks.missing(shape, row, element)
        self.add["cin_plans"]((self._id("N", row[0]), self.referral, self.child, *row))

    def _enquiry(self, element: Any) -> None:
        shape, row = shapes.ENQUIRY, [None, None, None, None]
        self.blocks.read(element, shape, row)
        own_id = self._id("S", row[0])
        if spoken := rules.of_enquiry(row, self.referred):
            self.blocks.rules(spoken, shape, element)
        if row[0] is None or row[1] is None:
            self.blocks.missing(shape, row, element)
        started, not_required, target, conference = row
        self.add["s47_enquiry"]((own_id, self.referral, self.child, started, not_required))
        if target is not None or conference is not None:
            self._conference(own_id, own_id, target, conference)

    def _conference(self, parent: str, enquiry: str | None, target: int | None, held: int | None) -> None:
        self.add["initial_cp_conference"]((f"{parent}|C", enquiry, self.child, self.referral, target, held))

    def _protection_plan(self, element: Any) -> None:
        shape = shapes.CP_PLAN
        row: list[Any] = [None] * 5
        nested = self.blocks.read(element, shape, row)
        own_id = self._id("P", row[0])
        if spoken := rules.of_protection_plan(row, self.reference):
            self.blocks.rules(spoken, shape, element)
        if row[1] is None and not _has(element, "CPPendDate"):
            self.n_open_plans += 1
            if self.n_open_plans == 2:
                self.blocks.fault("plans-open", shape, "cppl_cp_plan_end_date", element)
        if None in NEEDED_OF_PLAN(row):
            self.blocks.missing(shape, row, element)
        if nested:
            self._reviews(own_id, row[0], nested)
        self.add["cp_plans"]((own_id, self.referral, self.child, *row))

    def _reviews(self, plan: str, started: int | None, nested: list[tuple[str, Any]]) -> None:
        """Every review date of every Reviews block; files put several in one, and one in each of several."""
        add, found = self.add["cp_reviews"], []
        for _, block in nested:
            dates = self.blocks.only(block, "CPPreviewDate", "cp_reviews")
            if not dates:
                self.blocks.fault("no-review-date", shapes.CP_PLAN, "", block)
            for element in dates:
                day = self.blocks.value(element, shapes.REVIEW, self.dates)
                if day is None and not self.blocks.full(element, shapes.REVIEW):
                    continue
                if day is not None and started is not None and day <= started:
                    self.blocks.fault("review-not-after-start", shapes.REVIEW, "cppr_cp_review_date", element)
                found.append(day)
                add((f"{plan}|R|{self.iso[day]}|{found.count(day)}", self.child, plan, day))

    def _pre_proceedings(self, element: Any) -> None:
        shape = shapes.PRE_PROCEEDINGS
        row: list[Any] = [None] * len(shape.columns)
        self.blocks.read(element, shape, row)
        if not any(text.strip() for text in element.itertext()):
            self.blocks.fault("empty-block", shape, "", element)
        self.add["pre_proceedings"]((self._id("L", row[0]), self.child, self.referral, *row))
