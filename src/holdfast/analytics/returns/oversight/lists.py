"""The two lists of the oversight extract: their headings, and which sheet or file is which. Headings, never names.

Not here: what a row becomes (reader.py). Rule: a list is told by the headings it cannot be without; a heading may be
written in any letters, with any marks between.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from holdfast.analytics.returns.tabular import Tables
from holdfast.analytics.returns.tolerant import CellCodes, folded
from holdfast.analytics.tables import codes_oversight as codes

KIND: Final = "oversight"
CHILD: Final = "child reference"
REFERRED: Final = "referral date"
CHILD_TOO: Final = ("child unique id", "la child id", "child id")
"""Other headings that stand for the child's reference."""


@dataclass(frozen=True)
class ListShape:
    """One list: its table, the letter of its ids, and its headings by column. `told_by`: headings that only it has."""

    title: str
    table: str
    letter: str
    fields: Mapping[str, str]
    told_by: tuple[str, ...]
    day: str
    told_apart: str
    """The column that, after the child and the day, tells one row from another."""

    @property
    def headings(self) -> tuple[str, ...]:
        return (CHILD, REFERRED, *self.fields.values())


SUPERVISION: Final = ListShape(
    "case supervision",
    "case_supervision",
    "U",
    {
        "supv_supervision_date": "supervision date",
        "supv_supervision_kind": "kind of supervision",
        "supv_supervised_by_worker_id": "supervised by",
        "supv_next_due_date": "next supervision due",
    },
    ("supervision date",),
    "supv_supervision_date",
    "supv_supervision_kind",
)
DECISIONS: Final = ListShape(
    "management decisions",
    "management_decisions",
    "D",
    {
        "mdec_decision_date": "decision date",
        "mdec_decision_about": "decision about",
        "mdec_reasons_recorded": "reasons recorded",
        "mdec_decided_by_role": "decided by",
    },
    ("decision date", "decision about"),
    "mdec_decision_date",
    "mdec_decision_about",
)
LISTS: Final = (SUPERVISION, DECISIONS)
CODED: Final[Mapping[str, CellCodes]] = {
    "kind of supervision": CellCodes(
        codes.SUPERVISION_KIND,
        (
            *(("individual case discussion", "CASE"), ("case discussion", "CASE"), ("case supervision", "CASE")),
            *(("individual", "CASE"), ("reflective", "REFL"), ("reflective supervision", "REFL")),
        ),
    ),
    "decision about": CellCodes(
        codes.DECISION,
        (
            *(("referral", "REF"), ("accept referral", "REF"), ("accept the referral", "REF"), ("contact", "REF")),
            *(("allocation", "ALL"), ("allocate", "ALL"), ("allocate the case", "ALL")),
            *(
                ("strategy", "S47"),
                ("strategy discussion", "S47"),
                ("section 47", "S47"),
                ("section 47 enquiry", "S47"),
            ),
            *(("assessment", "ASM"), ("assessment sign-off", "ASM"), ("sign off assessment", "ASM")),
            *(("close", "CLO"), ("close case", "CLO"), ("close the case", "CLO"), ("closure", "CLO")),
            *(("case closure", "CLO"), ("other", "OTH")),
        ),
    ),
    "decided by": CellCodes(
        codes.DECIDED_BY,
        (
            *(("assistant team manager", "TM"), ("deputy team manager", "TM"), ("practice manager", "TM")),
            *(("group manager", "SM"), ("other", "OTH")),
        ),
    ),
}
"""How the cells of a coded field are read: by the code, its words, or other words that can mean nothing else."""


def field_of(heading: str) -> str:
    """The field that a heading stands for; "" for one that is none of the lists'."""
    return _FIELDS.get(folded(heading), "")


_FIELDS: Final = {
    **{folded(heading): heading for shape in LISTS for heading in shape.headings},
    **{folded(heading): CHILD for heading in CHILD_TOO},
}


def fields_of(header: Sequence[str]) -> dict[str, int]:
    """The place of each field among these headings; of one that comes twice, the first."""
    found: dict[str, int] = {}
    for place, heading in enumerate(header):
        if own := field_of(heading):
            found.setdefault(own, place)
    return found


def shape_of(header: Sequence[str]) -> ListShape | None:
    """Which list has these headings; None where it is neither."""
    has = fields_of(header)
    own = [shape for shape in LISTS if CHILD in has and has.keys() >= set(shape.told_by)]
    return own[0] if len(own) == 1 else None


def score_of(shape: ListShape | None, texts: Sequence[str]) -> int:
    """How many fields a row names: of this list, or of either."""
    wanted = set(shape.headings) if shape else set(_FIELDS.values())
    return len(fields_of(texts).keys() & wanted)


ANY_SCORE: Final = partial(score_of, None)


def lists_in(tables: Tables) -> tuple[list[tuple[ListShape, str]], list[str]]:
    """Each sheet or file that is one of the lists, with which; and the names of those that are neither.

    Raises UnreadableReturn.
    """
    known, unknown = [], list(tables.others)
    for name in tables.names:
        shape = shape_of(tables.open(name, ANY_SCORE).header)
        if shape is None:
            unknown.append(name)
        else:
            known.append((shape, name))
    return known, unknown
