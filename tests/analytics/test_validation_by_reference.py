"""The rules that join and compare dates, against a slow plain-Python reading of the same sentences."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfast import analytics
from holdfast.analytics.validation.running import Census, taken

START, REFERENCE = date(2025, 4, 1), date(2026, 3, 31)
Row = dict[str, Any]
Modules = dict[str, list[Row]]
Named = set[int]

days = st.none() | st.integers(-3, 8).map(lambda n: START + timedelta(days=n))
flags = st.sampled_from([None, True, False])
keys = {"LAchildID": st.sampled_from(["A", "B", None]), "CINdetailsID": st.sampled_from([1, 2])}
factors = st.none() | st.lists(st.sampled_from(["1A", "2B", "21"]), min_size=1, max_size=3)


def rows(**columns: Any) -> Any:
    return st.lists(st.fixed_dictionaries({**keys, **columns}), max_size=5)


modules = st.fixed_dictionaries(
    {
        "Header": st.just([{"ReferenceDate": REFERENCE}]),
        "CINdetails": rows(
            CINreferralDate=days,
            CINclosureDate=days,
            ReferralNFA=flags,
            DateOfInitialCPC=days,
            ReasonForClosure=st.sampled_from([None, "RC1", "RC8"]),
        ),
        "Assessments": rows(
            AssessmentActualStartDate=days, AssessmentAuthorisationDate=days, AssessmentFactors=factors
        ),
        "Section47": rows(S47ActualStartDate=days, DateOfInitialCPC=days, ICPCnotRequired=flags),
        "CINplanDates": rows(CINPlanStartDate=days, CINPlanEndDate=days),
        "ChildProtectionPlans": rows(CPPstartDate=days, CPPendDate=days),
    }
)


def numbered(given_rows: list[Row]) -> Iterator[tuple[int, Row]]:
    return iter(enumerate(given_rows))


def same_child(one: Row, other: Row) -> bool:
    return one["LAchildID"] is not None and one["LAchildID"] == other["LAchildID"]


def same_episode(one: Row, other: Row) -> bool:
    return (one["LAchildID"], one["CINdetailsID"]) == (other["LAchildID"], other["CINdetailsID"])


def is_within(day: date | None, began: date | None, ended: date | None, *, last_day_too: bool) -> bool:
    if day is None or began is None or day < began:
        return False
    if ended is None:
        return day <= REFERENCE
    return day <= ended if last_day_too else day < ended


def overlapping(module: str, start: str, end: str, same: Callable[[Row, Row], bool]) -> Callable[[Modules], Named]:
    def named(held: Modules) -> Named:
        return {
            n
            for n, one in numbered(held[module])
            for m, other in numbered(held[module])
            if n != m and same(one, other) and is_within(one[start], other[start], other[end], last_day_too=True)
        }

    return named


def rule_8820(held: Modules) -> Named:
    found = set()
    for n, one in numbered(held["CINdetails"]):
        for m, other in numbered(held["CINdetails"]):
            if n == m or not same_child(one, other):
                continue
            if other["CINclosureDate"] is None and other["ReferralNFA"] is not False:
                continue
            span = (other["CINreferralDate"], other["CINclosureDate"])
            if is_within(one["CINreferralDate"], *span, last_day_too=False):
                found.add(n)
    return found


def is_open(row: Row) -> bool:
    return row["CINclosureDate"] is None and row["ReferralNFA"] is False


def rule_8815(held: Modules) -> Named:
    every = held["CINdetails"]
    return {
        n
        for n, one in numbered(every)
        if is_open(one) and sum(is_open(other) and same_child(one, other) for other in every) > 1
    }


def rule_8816(held: Modules) -> Named:
    found = set()
    for n, one in numbered(held["CINdetails"]):
        own = [row["CINreferralDate"] for row in held["CINdetails"] if same_child(one, row)]
        latest = max((day for day in own if day is not None), default=None)
        if (
            is_open(one)
            and one["CINreferralDate"] is not None
            and latest is not None
            and one["CINreferralDate"] < latest
        ):
            found.add(n)
    return found


def before_referral(module: str, element: str) -> Callable[[Modules], Named]:
    def named(held: Modules) -> Named:
        return {
            n
            for n, one in numbered(held[module])
            for episode in held["CINdetails"]
            if same_episode(one, episode)
            and one[element] is not None
            and episode["CINreferralDate"] is not None
            and one[element] < episode["CINreferralDate"]
        }

    return named


def rule_8890(held: Modules) -> Named:
    found = set()
    for n, episode in numbered(held["CINdetails"]):
        own = [row for row in held["Section47"] if same_episode(row, episode)]
        for k, one in enumerate(own):
            for m, other in enumerate(own):
                holds = other["DateOfInitialCPC"] is not None or other["ICPCnotRequired"] is not True
                span = (other["S47ActualStartDate"], other["DateOfInitialCPC"])
                if k != m and holds and is_within(one["S47ActualStartDate"], *span, last_day_too=True):
                    found.add(n)
    return found


def rule_8839(held: Modules) -> Named:
    def waits(row: Row) -> bool:
        return row["DateOfInitialCPC"] is None and row["ICPCnotRequired"] is not True

    every = held["Section47"]
    return {
        n
        for n, one in numbered(every)
        if waits(one) and sum(waits(other) and same_episode(one, other) for other in every) > 1
    }


def rule_4016(held: Modules) -> Named:
    return {
        n
        for n, one in numbered(held["CINplanDates"])
        for plan in held["ChildProtectionPlans"]
        if same_child(one, plan)
        and is_within(one["CINPlanStartDate"], plan["CPPstartDate"], plan["CPPendDate"], last_day_too=False)
    }


def rule_4017(held: Modules) -> Named:
    return {
        n
        for n, one in numbered(held["CINplanDates"])
        for plan in held["ChildProtectionPlans"]
        if same_child(one, plan)
        and is_within(plan["CPPstartDate"], one["CINPlanStartDate"], one["CINPlanEndDate"], last_day_too=False)
    }


def rule_2885(held: Modules) -> Named:
    found = set()
    for n, plan in numbered(held["ChildProtectionPlans"]):
        day = plan["CPPstartDate"]
        if day is None or not START <= day <= REFERENCE:
            continue
        enquiries = [row["DateOfInitialCPC"] for row in held["Section47"] if same_episode(row, plan)]
        own = [row["DateOfInitialCPC"] for row in held["CINdetails"] if same_episode(row, plan)]
        if day not in (enquiries or own):
            found.add(n)
    return found


def rule_8867(held: Modules) -> Named:
    return {
        n
        for n, episode in numbered(held["CINdetails"])
        if episode["CINclosureDate"] is not None
        and any(
            same_episode(row, episode) and row["AssessmentAuthorisationDate"] is None for row in held["Assessments"]
        )
    }


def rule_8898(held: Modules) -> Named:
    every = [(n, row["AssessmentFactors"] or []) for n, row in numbered(held["Assessments"])]
    return {n for n, codes in every if len(codes) != len(set(codes))}


def rule_8873q(held: Modules) -> Named:
    found = set()
    for n, one in numbered(held["Assessments"]):
        alone = sum(same_episode(one, other) for other in held["Assessments"]) == 1
        reasons = [row["ReasonForClosure"] for row in held["CINdetails"] if same_episode(one, row)]
        if alone and "21" in (one["AssessmentFactors"] or []) and any(reason != "RC8" for reason in reasons):
            found.add(n)
    return found


BY_REFERENCE: dict[str, Callable[[Modules], Named]] = {
    "8820": rule_8820,
    "8815": rule_8815,
    "8816": rule_8816,
    "8863Q": overlapping("Assessments", "AssessmentActualStartDate", "AssessmentAuthorisationDate", same_episode),
    "4014": overlapping("CINplanDates", "CINPlanStartDate", "CINPlanEndDate", same_child),
    "8940": overlapping("ChildProtectionPlans", "CPPstartDate", "CPPendDate", same_child),
    "1103": before_referral("Assessments", "AssessmentActualStartDate"),
    "1104": before_referral("Section47", "DateOfInitialCPC"),
    "1105": before_referral("ChildProtectionPlans", "CPPstartDate"),
    "2889": before_referral("Section47", "S47ActualStartDate"),
    "4015": before_referral("CINplanDates", "CINPlanStartDate"),
    "8890": rule_8890,
    "8839": rule_8839,
    "4016": rule_4016,
    "4017": rule_4017,
    "2885": rule_2885,
    "8867": rule_8867,
    "8898": rule_8898,
    "8873Q": rule_8873q,
}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(held=modules)
def test_each_rule_names_the_rows_that_a_plain_reading_of_it_names(held: Modules) -> None:
    rules = analytics.census_rules("2025/26")
    with Census(taken(held), "2025/26") as census:
        for code, reference in BY_REFERENCE.items():
            [(fault, _)] = list(census.faults(rules[code]))
            assert (fault.not_run if fault else "") == "", code
            assert set(fault.row_numbers if fault else ()) == reference(held), code
