"""What the records of an indicator may be told apart by. A breakdown is one value here, and is known nowhere else.

The columns that a definition's rows carry, the join that fetches them, the words of a group, the order of groups and
what a return can give all follow from it. Not here: the age on a day as an expression (indicators/blocks.py). Rule:
nothing but the standard library and the contracts, because reading a release needs this and no engine.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from holdfast.analytics.tables.contracts import TABLES, Column

NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Breakdown:
    """`carried` maps each column that a row carries to the contract's column in `table`.

    `link` is the column of a record that is equal to the table's key; a record without that column has no such group.
    `ages`: the group is a band of age on the day counted, each with the age at which it ends (None: it never does).
    """

    id: str
    words: str
    table: str
    link: str
    carried: Mapping[str, str]
    ages: tuple[tuple[str, int | None], ...] = ()

    @property
    def columns(self) -> Mapping[str, Column]:
        """The contract's columns it is made from, by the name that a row carries."""
        named = {column.name: column for column in TABLES[self.table].columns}
        return {name: named[own] for name, own in self.carried.items()}

    def group_words(self, group: str) -> str:
        """A group in words: "Female", "Schools", "Not known"; a code that is in no list as it is."""
        codes = {} if self.ages else next(iter(self.columns.values())).codes or {}
        return codes.get(group) or f"{group[:1].upper()}{group[1:]}"

    def in_order(self, groups: Iterable[str]) -> list[str]:
        """Groups in the order they are read in: by age, else by code; what is not known comes last."""
        place = {band: n for n, (band, _) in enumerate(self.ages)}
        return sorted(groups, key=lambda group: (group == NOT_KNOWN, place.get(group, len(place)), group))


def _code(name: str, words: str, table: str, link: str, column: str) -> Breakdown:
    return Breakdown(name, words, table, link, MappingProxyType({name: column}))


AGES = (("unborn", 0), ("0", 1), ("1-4", 5), ("5-9", 10), ("10-15", 16), ("16-17", 18), ("18+", None))

BREAKDOWNS: Mapping[str, Breakdown] = MappingProxyType(
    {
        breakdown.id: breakdown
        for breakdown in (
            _code("referral_source", "referral source", "cin_episodes", "referral_id", "cine_referral_source_code"),
            _code("primary_need", "primary need", "cin_episodes", "referral_id", "cine_cin_primary_need_code"),
            Breakdown(
                "age_band",
                "age band",
                "person",
                "child",
                MappingProxyType({"born_on": "pers_dob", "expected_on": "pers_expected_dob"}),
                AGES,
            ),
            _code("sex", "sex", "person", "child", "pers_sex"),
            _code("ethnicity", "ethnicity", "person", "child", "pers_ethnicity"),
            _code("referral_team", "team that took the referral", "cin_episodes", "referral_id", "cine_referral_team"),
            _code("case_team", "team that holds the case", "cin_episodes", "referral_id", "cine_allocated_team"),
            _code("assessment_team", "team that assessed", "cin_assessments", "assessment_id", "cina_assessment_team"),
            _code("plan_team", "team that holds the plan", "cp_plans", "plan_id", "cppl_cp_plan_team"),
            _code("seat_agency", "agency whose seat it is", "meeting_seats", "seat_id", "seat_agency"),
            _code("action_agency", "agency whose action it is", "plan_actions", "action_id", "plan_action_agency"),
            _code("audit_team", "team whose case was audited", "audits", "audit_id", "audit_team"),
            _code("audit_grade_whose", "whose grade stands", "audit_grades", "grade_id", "grade_whose"),
        )
    }
)


OF_ANY_RECORD = tuple(name for name, one in BREAKDOWNS.items() if one.link in ("child", "referral_id"))
"""Those that every record about a child can be broken down by: what a definition has where it names none."""


def breakdown_words(breakdown: str) -> str:
    """A breakdown in words; one that is not known here as it was asked for."""
    known = BREAKDOWNS.get(breakdown)
    return known.words if known else breakdown.replace("_", " ")


def breakdown_named(asked: str) -> str:
    """The breakdown of a name or of the words that stand for it; one that is not known here as it was asked for."""
    named = {one.words: name for name, one in BREAKDOWNS.items()}
    return named.get(asked.strip().lower(), asked)


def group_words(breakdown: str, group: str) -> str:
    """A group in words; "All" for everybody."""
    if not group:
        return "All"
    known = BREAKDOWNS.get(breakdown)
    return known.group_words(group) if known else group


def given_by(sent: Iterable[str]) -> frozenset[str]:
    """The breakdowns that a return can give which sends these columns."""
    columns = frozenset(sent)
    return frozenset(name for name, one in BREAKDOWNS.items() if columns.issuperset(one.carried.values()))
