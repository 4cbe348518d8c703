"""The census's validation rules: each by its worked examples, and what is taken, not taken and said by all of them."""

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pyarrow as pa
import pytest

from analytics.census_examples import HEADER, Modules, Named, examples
from holdfast import analytics
from holdfast.analytics.calendar import working_days
from holdfast.analytics.validation.modules import MODULES
from holdfast.analytics.validation.rule import Rule, rule
from holdfast.analytics.validation.rulesets import introduced
from holdfast.analytics.validation.running import Census, taken

YEARS = ("2022/23", "2023/24", "2024/25", "2025/26")
EVERY = [(year, found) for year in YEARS for found in introduced(year).values()]
REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "cin_census_rules.csv"


def found(one: Rule, modules: Any, year: str = "2025/26") -> list[analytics.CensusFault]:
    with Census(taken(modules), year) as census:
        return [fault for fault, _ in census.faults(one) if fault is not None]


def last_year_of(year: str, one: Rule) -> str:
    return max(own for own in YEARS if own >= year and analytics.census_rules(own)[one.code] is one)


def named_by(faults: list[analytics.CensusFault]) -> Named:
    return {(fault.module, number) for fault in faults for number in fault.row_numbers}


@pytest.mark.parametrize(("year", "one"), EVERY, ids=[f"{year}-{one.code}" for year, one in EVERY])
def test_a_rule_names_just_the_rows_that_its_examples_mark(year: str, one: Rule) -> None:
    failing, passing = examples(one.fails), examples(one.passes)
    assert failing
    assert passing
    for modules, marked in failing:
        faults = found(one, modules, last_year_of(year, one))
        assert [fault.not_run for fault in faults if fault.not_run] == []
        assert faults != []
        assert named_by(faults) == marked
        assert bool(marked) != one.is_of_return
    for modules, _ in passing:
        assert found(one, modules, last_year_of(year, one)) == []


@pytest.mark.parametrize(("year", "one"), EVERY, ids=[f"{year}-{one.code}" for year, one in EVERY])
def test_what_a_rule_says_that_it_needs_is_enough_to_run_it(year: str, one: Rule) -> None:
    needed = {module: {own for name, own in one.needs if name == module and own} for module, _ in one.needs}
    only = {
        module: pa.table({element: pa.array([None], pa.string()) for element in elements} or {"other": ["x"]})
        for module, elements in needed.items()
    }
    faults = found(one, only, last_year_of(year, one))
    assert {fault.not_run for fault in faults} <= {"", "The header has no reference date that can be read."}


def test_each_element_that_a_rule_needs_is_missed_where_it_is_not_given() -> None:
    one = analytics.census_rules("2025/26")["8568"]
    assert one.needs == {("CINdetails", ""), ("CINdetails", "ReferralNFA")}
    [fault] = found(one, {"CINdetails": [{"CINdetailsID": "1"}]})
    assert (fault.not_run, fault.row_numbers) == ("Not given: ReferralNFA of CINdetails.", ())


@pytest.mark.parametrize(("year", "one"), EVERY, ids=[f"{year}-{one.code}" for year, one in EVERY])
def test_a_rule_says_its_reading_and_its_words_without_a_value(year: str, one: Rule) -> None:
    assert one.reading.endswith((".", '."'))
    assert one.words.endswith(".")
    assert one.severity == ("query" if one.code.endswith("Q") else "error")
    assert set(one.modules) <= set(MODULES)


@pytest.mark.parametrize("year", YEARS)
def test_a_reading_speaks_to_people_and_not_to_programmers(year: str) -> None:
    for one in introduced(year).values():
        assert not re.search(r"NULL|None\b(?!\")|breaks nothing|[$_]|SELECT", one.reading), one.code


def test_the_years_sets_are_what_each_brought_or_changed_over_the_last() -> None:
    assert analytics.census_years() == YEARS
    assert [len(analytics.census_rules(year)) for year in YEARS] == [105, 105, 109, 109]
    assert set(introduced("2023/24")) == {"1530"}
    assert set(introduced("2024/25")) == {"1570", "1580", "2886Q", "4180", "8750", "8770Q", "8945Q", "8950Q"}
    assert introduced("2025/26") == {}


@pytest.mark.shared
@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference rules are not beside this checkout")
def test_every_published_rule_is_here_with_its_module_severity_and_fields() -> None:
    rules = analytics.census_rules("2025/26")
    with REFERENCE.open(encoding="utf-8") as file:
        published = {row["code"]: row for row in csv.DictReader(file)}
    assert set(rules) == set(published)
    for code, row in published.items():
        assert rules[code].module == row["module"], code
        assert rules[code].severity == row["severity"], code
        assert set(row["fields"].split("|")) == set(rules[code].fields), code
        assert rules[code].words.casefold() != row["message"].strip().rstrip(".").casefold() + "."
        [year] = [year for year in YEARS if introduced(year).get(code) is rules[code]]
        assert year == row["ruleset_introduced_or_changed"], code


def test_a_year_that_is_not_held_says_so() -> None:
    with pytest.raises(analytics.NoRulesForYear) as refused:
        analytics.validate_census({}, "2019/20")
    assert "2019/20" in str(refused.value)
    assert "2022/23, 2023/24, 2024/25, 2025/26" in str(refused.value)


PLANS = {"CPPstartDate": ["2025-05-01", "2025-05-01", None], "CPPendDate": ["2025-05-01", "2025-05-02", None]}


def as_days(column: list[str | None]) -> list[date | None]:
    return [None if text is None else date.fromisoformat(text) for text in column]


DAYS = {name: as_days(column) for name, column in PLANS.items()}
FRAMES = {
    "columns": PLANS,
    "rows": [dict(zip(PLANS, row, strict=True)) for row in zip(*PLANS.values(), strict=True)],
    "days": DAYS,
    "pyarrow text": pa.table(PLANS),
    "pyarrow days": pa.table(DAYS),
    "pyarrow times": pa.table(
        {name: pa.array(column, pa.date32()).cast(pa.timestamp("s")) for name, column in DAYS.items()}
    ),
    "pyarrow dictionary": pa.table({name: pa.array(column).dictionary_encode() for name, column in PLANS.items()}),
    "pandas text": pandas.DataFrame(PLANS),
    "pandas objects": pandas.DataFrame(DAYS),
    "pandas times": pandas.DataFrame({name: pandas.to_datetime(column) for name, column in PLANS.items()}),
    "pandas in another order of its index": pandas.DataFrame(PLANS, index=[7, 7, 3]),
    "pandas of both": pandas.DataFrame(
        {"CPPstartDate": ["2025-05-01", pandas.Timestamp("2025-05-01"), pandas.NaT], "CPPendDate": DAYS["CPPendDate"]},
        dtype=object,
    ),
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_a_module_may_be_any_kind_of_table_with_days_as_dates_or_text(frame: Any) -> None:
    faults = analytics.validate_census({"ChildProtectionPlans": frame}, "2025/26")
    [fault] = [fault for fault in faults if fault.rule == "8840"]
    assert (fault.module, fault.row_numbers, fault.was_run) == ("ChildProtectionPlans", (0,), True)


@pytest.mark.parametrize(
    "flags",
    [[True, False, None], ["true", "FALSE", ""], [1, 0, None], [1.0, 0.0, float("nan")], ["1", "0", None]],
)
def test_a_flag_may_be_a_truth_a_digit_or_a_word(flags: list[Any]) -> None:
    details = pandas.DataFrame({"LAchildID": [1, 2, 3], "CINdetailsID": [1, 1, 1], "ReferralNFA": flags})
    plans = pa.table({"LAchildID": ["1", "2", "3"], "CINdetailsID": [1.0, 1.0, 1.0]})
    modules = {"CINdetails": details, "CINPlanDates": plans}
    rules = analytics.census_rules("2025/26")
    assert named_by(found(rules["4000"], modules)) == {("CINplanDates", 0)}
    assert named_by(found(rules["8568"], modules)) == {("CINdetails", 2)}


def test_an_empty_module_and_a_missing_module_are_two_things() -> None:
    children = [{"LAchildID": "A1"}]
    rules = analytics.census_rules("2025/26")
    [fault] = found(rules["8590"], {"ChildIdentifiers": children, "CINdetails": []})
    assert (fault.row_numbers, fault.not_run) == ((0,), "")
    [fault] = found(rules["8590"], {"ChildIdentifiers": children, "CINdetails": pandas.DataFrame()})
    assert (fault.row_numbers, fault.not_run) == ((0,), "")
    [fault] = found(rules["8590"], {"ChildIdentifiers": children})
    assert (fault.row_numbers, fault.not_run) == ((), "Not given: the module CINdetails.")


def test_with_nothing_given_no_rule_is_passed() -> None:
    faults = analytics.validate_census({}, "2025/26")
    assert {fault.rule for fault in faults} == set(analytics.census_rules("2025/26"))
    assert all(fault.not_run and not fault.row_numbers for fault in faults)


def test_a_rule_that_raises_is_not_run_and_says_so_without_what_it_was_given() -> None:
    @rule("1", "error", "Header", "Year", "Never said.", fails="", passes="")
    def broken() -> str:
        """Casts what is no number."""
        return "SELECT h.row FROM Header h WHERE CAST(h.Year AS INTEGER) = 1"

    [fault] = found(broken, {"Header": [{"Year": "Anna Smith"}]})
    assert fault.row_numbers == ()
    assert fault.not_run == "The rule stopped with an error (ConversionException)."


def test_without_a_reference_date_the_rules_that_count_from_it_are_not_run() -> None:
    rules = analytics.census_rules("2025/26")
    modules: Modules = {"CINdetails": [{"CINreferralDate": "2025-06-01"}], "Header": [{"ReferenceDate": "soon"}]}
    [fault] = found(rules["8600"], modules)
    assert fault.not_run == "The header has no reference date that can be read."
    assert named_by(found(rules["100"], modules)) == {("Header", 0)}


def test_what_was_sent_and_is_no_date_is_neither_missing_nor_passed_over() -> None:
    rows = [
        {"AssessmentActualStartDate": "2025-04-01", "AssessmentAuthorisationDate": "03/06/2025"},
        {"AssessmentActualStartDate": "2025-04-01", "AssessmentAuthorisationDate": None},
    ]
    faults = analytics.validate_census({"Assessments": rows, "Header": HEADER}, "2025/26")
    said = {(fault.rule, fault.fields, fault.row_numbers) for fault in faults if fault.was_run}
    assert ("8670Q", ("AssessmentActualStartDate",), (1,)) in said
    assert ("unread", ("AssessmentAuthorisationDate",), (0,)) in said
    assert "03/06/2025" not in " ".join(fault.message for fault in faults)


@pytest.mark.parametrize("reference", ["2023-03-31", "2024-03-31", "2025-03-31", "2026-03-31"])
@pytest.mark.parametrize(("code", "n_days"), [("8670Q", 45), ("8675Q", 15)])
def test_a_working_day_query_speaks_where_more_working_days_have_passed(reference: str, code: str, n_days: int) -> None:
    """Day by day around the limit, against the calendar. 31 March 2024 is Easter Sunday."""
    last = date.fromisoformat(reference)
    days = [date.fromordinal(last.toordinal() - n) for n in range(100)]
    if code == "8670Q":
        modules = {"Assessments": {"AssessmentActualStartDate": days, "AssessmentAuthorisationDate": [None] * 100}}
    else:
        own = {"S47ActualStartDate": days, "DateOfInitialCPC": [None] * 100, "ICPCnotRequired": [False] * 100}
        modules = {"Section47": own}
    expected = [number for number, day in enumerate(days) if (working_days(day, last) or 0) > n_days]
    [fault] = found(analytics.census_rules("2025/26")[code], {**modules, "Header": [{"ReferenceDate": reference}]})
    assert list(fault.row_numbers) == expected


def test_a_day_outside_the_calendar_leaves_a_working_day_rule_not_run() -> None:
    modules = {
        "Header": [{"ReferenceDate": "1999-03-31"}],
        "Assessments": [{"AssessmentActualStartDate": "1998-01-01", "AssessmentAuthorisationDate": None}],
    }
    [fault] = found(analytics.census_rules("2025/26")["8670Q"], modules)
    assert "outside the working-day calendar" in fault.not_run


def test_factors_as_rows_and_as_lists_are_the_same_assessments() -> None:
    """Two assessments of one episode, the first with two factors: as a row for each factor, and as lists."""
    keys = {"LAchildID": "A1", "CINdetailsID": "1"}
    first = {**keys, "AssessmentActualStartDate": "2025-05-01", "AssessmentAuthorisationDate": None}
    second = {**keys, "AssessmentActualStartDate": "2025-06-01", "AssessmentAuthorisationDate": "2025-07-01"}
    as_rows = [
        {**first, "AssessmentFactors": "1A"},
        {**first, "AssessmentFactors": "2B"},
        {**second, "AssessmentFactors": "1A"},
    ]
    as_lists = [{**first, "AssessmentFactors": ["1A", "2B"]}, {**second, "AssessmentFactors": ["1A"]}]
    rules = analytics.census_rules("2025/26")
    for modules, last in (({"Assessments": as_rows}, 2), ({"Assessments": as_lists}, 1)):
        with_header = {**modules, "Header": HEADER}
        assert found(rules["8896"], with_header) == []
        assert found(rules["8898"], with_header) == []
        assert named_by(found(rules["8863Q"], with_header)) == {("Assessments", last)}


def test_episodes_of_two_children_may_have_the_same_number() -> None:
    modules = {
        "CINdetails": [
            {"LAchildID": "A1", "CINdetailsID": 1, "CINreferralDate": "2025-06-02"},
            {"LAchildID": "A2", "CINdetailsID": 1, "CINreferralDate": "2025-06-01"},
        ],
        "Assessments": [
            {"LAchildID": child, "CINdetailsID": 1, "AssessmentActualStartDate": "2025-06-01"} for child in ("A1", "A2")
        ],
    }
    assert named_by(found(analytics.census_rules("2025/26")["1103"], modules)) == {("Assessments", 0)}


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(TypeError, match="A module is a pandas"):
        analytics.validate_census({"Header": 3}, "2025/26")


def test_the_callers_own_database_is_left_alone() -> None:
    with duckdb.connect() as own:
        own.execute("CREATE TABLE Header (mine INTEGER)")
        analytics.validate_census({"Header": HEADER}, "2025/26")
        assert own.execute("SELECT count(*) FROM Header").fetchall() == [(0,)]
