"""Runs the rules of a census year over its modules: what each names, what could not be run, and how long each took.

Not here: the rules, or taking frames in (frames.py). Rule: a rule that could not be run says so with its reason, and is
never passed; no message holds a value of a child. The modules are tables of a database in memory, for one call.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from time import perf_counter
from typing import Any, Literal

import pyarrow as pa

from holdfast.analytics.calendar import (
    FIRST_WORKING_DAY,
    CalendarGap,
    add_months,
    working_day_after,
    working_day_number,
)
from holdfast.analytics.tables import codes
from holdfast.analytics.validation.frames import Module, module_of
from holdfast.analytics.validation.modules import IN_SMALL_LETTERS
from holdfast.analytics.validation.rule import Rule
from holdfast.analytics.validation.rulesets import census_rules

UNREAD = "unread"
UNREAD_WORDS = (
    "Something was sent here that cannot be understood as what the element should hold. Rules that hang on it did not "
    "judge these rows, unless they ask that it be there."
)
ABSENT = re.compile(r"ABSENT\((\w+)\.(\w+)\)")
ALIASES = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)\s+(\w+)")
PLACEHOLDER = re.compile(r"\$(\w+)")
WORKING_DAYS = re.compile(r"n_working_days_before_(start|reference)_(\d+)")
MEMORY = "128MB"
# A key is made of what nests: with a sign between that no reference holds.
MADE_FROM = {
    "child": ("LAchildID",),
    "episode": ("LAchildID", "CINdetailsID"),
    "plan": ("LAchildID", "CINdetailsID", "CPPID"),
}
LAST_OF_KEY = {"child": "LAchildID", "episode": "CINdetailsID", "plan": "CPPID"}


@dataclass(frozen=True)
class CensusFault:
    """What one rule found in one module. `row_numbers`: every row it names, 0-based, in the order given.

    A rule about the whole return names no row. `not_run`: why the rule could not be run, "" when it was; then it says
    nothing of any row. `rule` is the DfE's code, or "unread" for values that were sent and not understood.
    """

    rule: str
    severity: Literal["error", "query"]
    module: str
    fields: tuple[str, ...]
    row_numbers: tuple[int, ...]
    message: str
    not_run: str = ""

    @property
    def was_run(self) -> bool:
        return not self.not_run


class CannotRun(Exception):
    """Why a rule cannot be run, in words."""


def validate_census(modules: Mapping[str, Any], year: str) -> list[CensusFault]:
    """What the rules of a census year, such as "2025/26", find in its modules: one fault for each rule and module.

    `modules`: name -> pandas, polars or pyarrow table, mapping of columns, or list of rows; elements' names as columns,
    keys LAchildID, CINdetailsID and CPPID where they nest; days as dates or ISO text. AssessmentFactors: a list in the
    row of its assessment, or a row for each (an AssessmentID then tells assessments of one episode apart; without it
    those of the same dates are one). A module that is not there, or lacks an element, leaves the rules that need it not
    run; a frame without columns is the module, empty. NULL breaks a rule only where the rule asks that something be
    there. A rule that passed says nothing. Raises NoRulesForYear, and TypeError for what is no table.
    """
    return [fault for _, fault, _ in validated(taken(modules), year) if fault is not None]


def taken(modules: Mapping[str, Any]) -> dict[str, Module]:
    """The census's modules among these, under their own names. What is no module of the census is left aside."""
    named = {IN_SMALL_LETTERS.get(name.lower()): frame for name, frame in modules.items()}
    return {name: module_of(name, frame) for name, frame in named.items() if name is not None and frame is not None}


Held = tuple[str, CensusFault | None, float]
"""A rule's code, what it found (None: nothing), and the seconds it took."""


def validated(modules: Mapping[str, Module], year: str, own_year: str = "") -> Iterator[Held]:
    """Each rule in the order of codes, once for each of its modules; then what was sent and not understood.

    `own_year`: the census year of the modules, when the rules are another's.
    """
    rules = census_rules(year)
    with Census(modules, own_year or year) as census:
        for rule in rules.values():
            for fault, seconds in census.faults(rule):
                yield rule.code, fault, seconds
    for name, module in modules.items():
        for element, marks in module.unread.items():
            rows = tuple(number for number, is_unread in enumerate(marks.to_pylist()) if is_unread)
            yield UNREAD, CensusFault(UNREAD, "error", name, (element,), rows, UNREAD_WORDS), 0.0


class Census:
    """The modules as tables of a database in memory, and the days that rules ask for. A context manager."""

    def __init__(self, modules: Mapping[str, Module], year: str) -> None:
        import duckdb

        self.modules, self.year = modules, year
        self.year_end = date(int(year[:4]) + 1, 3, 31)
        self.connection = duckdb.connect(config={"threads": 1, "memory_limit": MEMORY})
        for name, module in modules.items():
            self._table(name, module)

    def __enter__(self) -> "Census":
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def _table(self, name: str, module: Module) -> None:
        columns = dict(module.columns)
        columns |= {f"{element} unread": marks for element, marks in module.unread.items()}
        given = pa.table({"row": pa.array(range(module.n_rows), pa.int32()), **columns})
        keys = "".join(f", {self._key(key, name)} AS {key}" for key in MADE_FROM if LAST_OF_KEY[key] in columns)
        self.connection.register("given", given)
        self.connection.execute(f'CREATE TABLE "{name}" AS SELECT *{keys} FROM given')
        self.connection.unregister("given")
        if name == "Assessments":
            made = _assessment(module)
            self.connection.execute(f'ALTER TABLE "{name}" ADD COLUMN assessment VARCHAR')
            self.connection.execute(f'UPDATE "{name}" SET assessment = {made}')

    def _key(self, key: str, name: str) -> str:
        """The key as one text; NULL where its last part is. A part that one module lacks is left out of all."""
        sharing = [own for own in self.modules.values() if LAST_OF_KEY[key] in own.columns]
        parts = [part for part in MADE_FROM[key] if all(part in own.columns for own in sharing)]
        return " || chr(31) || ".join(f"coalesce({part}, '')" if part != LAST_OF_KEY[key] else part for part in parts)

    def faults(self, rule: Rule) -> Iterator[tuple[CensusFault | None, float]]:
        """For each module that the rule names rows in: what it found (None: nothing), and the seconds it took."""
        made = partial(CensusFault, rule.code, rule.severity)
        missing = self._missing(rule)
        if missing:
            yield made(rule.module, rule.fields, (), rule.words, not_run=missing), 0.0
            return
        for module in rule.modules:
            begun = perf_counter()
            try:
                rows = self._rows(rule.sql(module))
            except CannotRun as problem:
                yield made(module, rule.fields, (), rule.words, not_run=str(problem)), perf_counter() - begun
                return
            except Exception as problem:  # whatever it is, the rule was not run, and is never taken for passed
                kind = f"The rule stopped with an error ({type(problem).__name__})."
                yield made(module, rule.fields, (), rule.words, not_run=kind), perf_counter() - begun
                return
            named = () if rule.is_of_return else rows
            yield made(module, rule.fields, named, rule.words) if rows else None, perf_counter() - begun

    def _rows(self, sql: str) -> tuple[int, ...]:
        found = self.connection.execute(self.filled(sql)).fetchall()
        return tuple(sorted({number for (number,) in found}))

    def _missing(self, rule: Rule) -> str:
        """The modules and elements that the rule needs and that are not there, in words; "" when all are."""
        gone = sorted({module for module, _ in rule.needs if module not in self.modules})
        lacking = sorted(
            f"{element} of {module}"
            for module, element in rule.needs
            if element and module in self.modules and element not in self.modules[module].columns
        )
        what = [f"the module {module}" for module in gone] + lacking
        return f"Not given: {', '.join(what)}." if what else ""

    def filled(self, sql: str) -> str:
        """The rule's SELECT as the database takes it: with the year's days and code lists, and ABSENT spelt out."""
        modules = {alias: module for module, alias in ALIASES.findall(sql)}

        def absent(found: re.Match[str]) -> str:
            alias, element = found[1], found[2]
            if element in self.modules[modules[alias]].unread:
                return f'({alias}.{element} IS NULL AND NOT {alias}."{element} unread")'
            return f"({alias}.{element} IS NULL)"

        return PLACEHOLDER.sub(lambda found: self._value(found[1]), ABSENT.sub(absent, sql))

    def _value(self, name: str) -> str:
        working_days = WORKING_DAYS.fullmatch(name)
        if working_days:
            return _day(_working_days_before(self.days[working_days[1]], int(working_days[2])))
        if name == "year_end":
            return _day(self.year_end)
        if name in ("start", "reference"):
            return _day(self.days[name])
        own = ", ".join(f"'{code}'" for code in codes.codes_of(getattr(codes, name), self.year_end.year))
        return own if name == "FACTORS" else f"({own})"

    @property
    def days(self) -> Mapping[str, date]:
        """The reference date as the header says it, and the first day of the year that it ends. Raises CannotRun."""
        said = [day for day in self.modules["Header"].columns["ReferenceDate"].to_pylist() if day is not None]
        if not said:
            raise CannotRun("The header has no reference date that can be read.")
        return {"reference": said[0], "start": _start(said[0])}


def _start(reference: date) -> date:
    """The day after the same day a year before."""
    return date.fromordinal(add_months(reference, -12).toordinal() + 1)


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"


def _working_days_before(day: date, n_days: int) -> date:
    """The working day from which `day` is the n-th working day after: any earlier day is more than n before it."""
    try:
        found = working_day_after(FIRST_WORKING_DAY, working_day_number(day) - n_days)
    except CalendarGap as gap:
        raise CannotRun(str(gap)) from None
    if found is None:
        raise CannotRun("The day is outside the working-day calendar.")
    return found


def _assessment(module: Module) -> str:
    """What tells one assessment from another: its id; or its dates, where each row is a factor; or the row itself."""
    if "AssessmentID" in module.columns and "CINdetailsID" in module.columns:
        return "coalesce(episode || chr(31) || AssessmentID, 'row ' || row)"
    dates = [name for name in ("AssessmentActualStartDate", "AssessmentAuthorisationDate") if name in module.columns]
    if not (module.rows_are_factors and "CINdetailsID" in module.columns):
        return "'row ' || row"
    own = " || chr(31) || ".join(["episode", *(f"coalesce({name}::VARCHAR, '')" for name in dates)])
    return f"CASE WHEN len(AssessmentFactors) > 0 THEN coalesce({own}, 'row ' || row) ELSE 'row ' || row END"
