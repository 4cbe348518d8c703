"""A census file held to the rules of its year: what they name, with the line and the child of each row.

Not here: who is told, or what is kept (the performance room). Rule: a message holds no value of the file; a child's
reference is only in what is written into the store.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from holdfast.analytics.validation.census_file import CensusFile, read_census_file
from holdfast.analytics.validation.rulesets import NoRulesForYear, census_years
from holdfast.analytics.validation.running import CensusFault, validated

NAMED = "named.parquet"
NAMED_SCHEMA = pa.schema(
    [
        ("rule", pa.string()),
        ("severity", pa.string()),
        ("module", pa.string()),
        ("row_number", pa.int32()),
        ("line", pa.int32()),
        ("child", pa.string()),
        ("key", pa.string()),
    ]
)
# What tells a block from others of the child, whatever its place in the file: the day that it began.
BEGAN = {
    "CINdetails": "CINreferralDate",
    "Assessments": "AssessmentActualStartDate",
    "CINplanDates": "CINPlanStartDate",
    "Section47": "S47ActualStartDate",
    "ChildProtectionPlans": "CPPstartDate",
    "Reviews": "CPPreviewDate",
    "Disabilities": "Disability",
}


@dataclass(frozen=True)
class Validated:
    """One file and what the rules of its census year found. `seconds`: rule -> how long it took."""

    file: CensusFile
    year: str
    faults: tuple[CensusFault, ...]
    seconds: Mapping[str, float]

    @property
    def found(self) -> tuple[CensusFault, ...]:
        """The faults of rules that were run."""
        return tuple(fault for fault in self.faults if fault.was_run)

    @property
    def not_run(self) -> Mapping[str, str]:
        """Rule -> why it was not run."""
        return {fault.rule: fault.not_run for fault in self.faults if not fault.was_run}

    @property
    def why(self) -> str:
        """Why the rules are not those of the file's own year, in words; "" where they are."""
        return why_these_rules(self.file.year, self.year)

    def lines(self, fault: CensusFault) -> list[int]:
        """The line of the file on which each of the fault's rows begins."""
        held = self.file.lines[fault.module]
        return [held[row].as_py() for row in fault.row_numbers]

    def write(self, folder: Path) -> dict[str, Any]:
        """Write the rows that are named, with children's references, and give the facts to keep beside them."""
        rows = list(self._named())
        pq.write_table(pa.Table.from_pylist(rows, schema=NAMED_SCHEMA), folder / NAMED, compression="zstd")
        return {
            "year": self.year,
            "own_year": self.file.year,
            "source_sha256": self.file.sha256,
            "found": {fault.rule: max(1, len(fault.row_numbers)) for fault in self.found},
            "not_run": dict(self.not_run),
        }

    def _named(self) -> Iterator[dict[str, Any]]:
        """A row for each that a rule names; one without a row for a rule about the whole return."""
        for fault in self.found:
            lead = {"rule": fault.rule, "severity": fault.severity, "module": fault.module}
            if not fault.row_numbers:
                yield {**lead, "row_number": None, "line": None, "child": "", "key": _key(fault.rule, fault.module)}
                continue
            children, seen = self.file.children(fault.module, fault.row_numbers), Counter[str]()
            began = self.file.modules[fault.module].columns.get(BEGAN.get(fault.module, ""))
            for row, line, child in zip(fault.row_numbers, self.lines(fault), children, strict=True):
                day = "" if began is None else str(began[row].as_py() or "")
                same = f"{child}|{day}"
                seen[same] += 1
                key = _key(fault.rule, fault.module, child, day, str(seen[same]))
                yield {**lead, "row_number": row, "line": line, "child": child, "key": key}


def _key(*parts: str) -> str:
    """What a fault is known by from one file to the next: its rule, child, and the day that the block began."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def validate_census_file(path: Path, year: str = "") -> Validated:
    """The file held to the rules of its own census year, or of `year`, by that year's days.

    A census from before the first year held is held to that year's rules, by its own days. Raises UnreadableReturn, and
    NoRulesForYear for a `year` that is not held, a file of a later one, or one that names none.
    """
    if year and year not in census_years():
        raise NoRulesForYear(year)
    file = read_census_file(path)
    chosen = year or (max(file.year, census_years()[0]) if file.year else "")
    if chosen not in census_years():
        raise NoRulesForYear(chosen or "a year that the file does not name")
    faults: list[CensusFault] = []
    seconds: dict[str, float] = {}
    for rule, fault, taken in validated(file.modules, chosen, year or file.year):
        seconds[rule] = seconds.get(rule, 0.0) + taken
        faults += [fault] if fault else []
    return Validated(file, chosen, tuple(faults), seconds)


def why_these_rules(own_year: str, year: str) -> str:
    """Why a census of one year was held to the rules of another, in words; "" where they are its own."""
    if own_year == year:
        return ""
    if "" < own_year < census_years()[0] == year:
        return (
            f"It is the census of {own_year}, whose rules are not held here. Those of {year}, the earliest that are, "
            "were used by its own days: some may not have been asked in its year."
        )
    return f"It is the census of {own_year or 'a year that it does not name'}: the rules of {year} were asked for."


def named_rows(path: Path, rule: str = "", children: Collection[str] | None = None) -> list[dict[str, Any]]:
    """The rows that were written (NAMED_SCHEMA), in the file's order; of one rule, or of some children."""
    found = pq.read_table(path / NAMED)
    if rule:
        found = found.filter(pc.equal(found["rule"], rule))
    if children is not None:
        found = found.filter(pc.is_in(found["child"], pa.array(sorted(children), pa.string())))
    rows: list[dict[str, Any]] = found.to_pylist()
    return rows


def fixed_and_new(before: Path, after: Path) -> tuple[set[str], set[str]]:
    """The keys that only the first of two written folders has, and those that only the second has."""
    old, new = (set(pq.read_table(path / NAMED, columns=["key"])["key"].to_pylist()) for path in (before, after))
    return old - new, new - old
