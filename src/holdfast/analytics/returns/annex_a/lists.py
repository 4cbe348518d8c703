"""The eleven lists of Annex A: their headings, what each fills, and how its cells are read.

SOURCE: the column names of Ofsted's Annex A data set, other names seen in councils' files, and the Standard
Safeguarding Dataset for what they mean. Not here: which sheet is which list (matching.py). Rule: a heading that is
known and not kept is here too, with no column, so that it is told apart from one that nobody knows.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from holdfast.analytics.returns.tolerant import CellCodes, CellCounts, CellDates, CellFlags, CellTexts, Tolerant
from holdfast.analytics.returns.values import LONGEST_TEXT
from holdfast.analytics.tables import codes, codes_looked_after

NOT_KEPT = ""
LONGEST_NAME = 100  # the SSD's length of a team's or a worker's


@dataclass(frozen=True)
class Heading:
    """One column of a list. `column` is what it fills, NOT_KEPT for nothing; `names` are all its headings seen."""

    column: str
    reader: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class ListShape:
    """One list. `needed`: the columns without which it cannot be read as that list, its child's or person's first."""

    number: int
    title: str
    headings: tuple[Heading, ...]
    needed: tuple[str, ...]

    @property
    def columns(self) -> dict[str, Heading]:
        return {heading.column: heading for heading in self.headings if heading.column}


CHILD = "pers_person_id"


def _lists() -> Iterator[ListShape]:
    """The lists as headings.csv beside this has them: a line for each heading, in the order of Annex A."""
    with Path(__file__).with_name("headings.csv").open(encoding="utf-8", newline="") as file:
        for (number, title), group in groupby(csv.DictReader(file), lambda line: (line["list"], line["title"])):
            lines = list(group)
            headings = (
                Heading(
                    line["fills"], line["read_as"], (line["heading"], *filter(None, line["other_headings"].split("|")))
                )
                for line in lines
            )
            needed = tuple(line["fills"] for line in lines if line["needed"])
            yield ListShape(int(number), title, tuple(headings), needed)


LISTS: Mapping[int, ListShape] = {shape.number: shape for shape in _lists()}

ABUSE_WORDS = [("Multiple/not recommended", "MUL"), ("Multiple", "MUL")]
SEX_WORDS = [("Neither", "I"), ("Not stated/recorded", "U"), ("Not stated", "U"), ("Unborn", "U"), ("Unknown", "U")]
ETHNICITY_WORDS = [("Information not yet obtained", "NOBT"), ("Gypsy/Roma", "WROM")]
SOURCE_WORDS = [("Schools", "2A"), ("Anonymous", "9"), ("Housing", "4"), ("Individual - self", "1C")]
ELIGIBILITY = {
    "Relevant child": "Relevant child",
    "Former relevant child": "Former relevant child",
    "Qualifying care leaver": "Qualifying care leaver",
}
LEGAL_WORDS = [("ICO", "C1"), ("FCO", "C2"), ("EPO", "L2"), ("Single period under S20", "V2")]
# Annex A has the place in one column and whether it is suitable in another; the SSDA903's code is of both.
PLACES = {code[0]: words.split(";")[0] for code, words in codes_looked_after.ACCOMMODATION.items() if len(code) == 2}
SUITABLE = {"1": "Suitable", "2": "Unsuitable"}


class Opposite(CellFlags):
    """Yes where the cell says no."""

    def read(self, cell: object) -> bool | None:
        said = super().read(cell)
        return None if said is None else not said


def readers() -> dict[str, Tolerant]:
    """A fresh reader of each kind, for one file."""
    return {
        "id": CellTexts(LONGEST_TEXT),
        "name": CellTexts(LONGEST_NAME),
        "date": CellDates(),
        "flag": CellFlags(),
        "not": Opposite(),
        "count": CellCounts(),
        "sex": CellCodes(codes.SEX, SEX_WORDS),
        "ethnicity": CellCodes(codes.ETHNICITY, ETHNICITY_WORDS),
        "source": CellCodes(codes.REFERRAL_SOURCE, SOURCE_WORDS),
        "need": CellCodes(codes.PRIMARY_NEED),
        "closed": CellCodes(codes.CLOSE_REASON),
        "abuse": CellCodes(codes.CATEGORY_OF_ABUSE, ABUSE_WORDS),
        "legal": CellCodes(codes_looked_after.LEGAL_STATUS, LEGAL_WORDS),
        "placement": CellCodes(codes_looked_after.PLACEMENT),
        "provider": CellCodes(codes_looked_after.PROVIDER),
        "ceased": CellCodes(codes_looked_after.CEASED_REASON),
        "touch": CellCodes(codes_looked_after.IN_TOUCH),
        "activity": CellCodes(codes_looked_after.ACTIVITY),
        "accommodation": CellCodes(PLACES),
        "suitable": CellCodes(SUITABLE),
        "eligibility": CellCodes(ELIGIBILITY),
        "reversed": CellCodes(codes_looked_after.PLACED_CEASED),
    }
