"""A bad value is a fault with its row, and costs one cell; nothing is dropped in silence; no words hold a value."""

from pathlib import Path

import pytest

from analytics.census import child, day, episode, faults, message, read, rows
from holdfast.analytics.returns.cin_census.rules import RULES

ASSESSMENT = "<Assessments>{}</Assessments>"
START = "<AssessmentActualStartDate>{}</AssessmentActualStartDate>"
END = "<AssessmentAuthorisationDate>{}</AssessmentAuthorisationDate>"
PLAN = (
    "<ChildProtectionPlans><CPPstartDate>{}</CPPstartDate>{}<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>"
    "<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse><NumberOfPreviousCPP>{}</NumberOfPreviousCPP>{}"
    "</ChildProtectionPlans>"
)


def test_a_day_that_does_not_exist_costs_one_cell_and_is_a_fault_with_its_row(tmp_path: Path) -> None:
    inside = ASSESSMENT.format(START.format("2013-02-30") + END.format("2013-05-01"))
    text = message(child("A1", episode()), child("B2", episode("2013-04-01", inside))).replace("<Assess", "\n<Assess")
    reading = read(tmp_path, text)
    [row] = rows(reading, "cin_assessments")
    assert (row["cina_assessment_start_date"], row["cina_assessment_auth_date"]) == (None, day("2013-05-01"))
    assert row["cina_assessment_id"] == "B2|2013-04-01|1|A||1"
    [fault] = faults(reading)
    assert (fault.rule, fault.table, fault.column) == ("bad-date", "cin_assessments", "cina_assessment_start_date")
    assert (fault.row_number, fault.line, fault.child) == (1, 3, "B2")


@pytest.mark.parametrize(
    ("element", "rule", "census_rule"),
    [
        ("<CINclosureDate>2013-02-30</CINclosureDate>", "bad-date", ""),
        ("<CINclosureDate>01/04/2013</CINclosureDate>", "bad-date", ""),
        ("<CINclosureDate>2013-4-1</CINclosureDate>", "bad-date", ""),
        ("<CINclosureDate>0213-04-01</CINclosureDate>", "bad-date", ""),
        ("<CINclosureDate>２０１３-04-01</CINclosureDate>", "bad-date", ""),
        ("<ReasonForClosure>RC10</ReasonForClosure>", "bad-code", "8640"),
    ],
)
def test_a_value_that_cannot_be_read_is_left_empty(tmp_path: Path, element: str, rule: str, census_rule: str) -> None:
    reading = read(tmp_path, message(child("A1", episode("2013-04-01", element))))
    [row] = rows(reading, "cin_episodes")
    assert row["cine_close_date"] is row["cine_close_reason"] is None
    assert row["cine_referral_source_code"] == "6"
    assert [(fault.rule, fault.census_rule) for fault in faults(reading)] == [(rule, census_rule)]


@pytest.mark.parametrize(
    ("sent", "held"), [("0", 0), ("2", 2), ("-1", None), ("1.5", None), ("10000", None), ("two", None)]
)
def test_a_number_of_earlier_plans_is_whole_and_not_negative(tmp_path: Path, sent: str, held: int | None) -> None:
    reading = read(tmp_path, message(child("A1", episode("2013-04-01", PLAN.format("2013-05-01", "", sent, "")))))
    assert rows(reading, "cp_plans")[0]["cppl_previous_cp_plans"] == held
    assert [fault.rule for fault in faults(reading)] == ([] if held is not None else ["bad-count"])


def test_a_bad_flag_is_not_known_rather_than_no(tmp_path: Path) -> None:
    reading = read(tmp_path, message(child("A1", episode(nfa="maybe"))))
    assert rows(reading, "cin_episodes")[0]["cine_referral_nfa"] is None
    assert [(fault.rule, fault.census_rule) for fault in faults(reading)] == [("bad-flag", "8568")]


def test_a_missing_referral_date_is_a_fault_and_the_episode_lives(tmp_path: Path) -> None:
    bare = "<CINdetails><ReferralSource>6</ReferralSource><ReferralNFA>1</ReferralNFA></CINdetails>"
    reading = read(tmp_path, message(child("A1", bare)))
    [row] = rows(reading, "cin_episodes")
    assert (row["cine_referral_id"], row["cine_referral_date"], row["cine_referral_nfa"]) == ("A1||1", None, True)
    assert [(fault.rule, fault.census_rule) for fault in faults(reading)] == [("missing", "8600")]


@pytest.mark.parametrize("sex", ["", "<Sex/>", "<Sex> </Sex>"])
def test_an_element_without_a_value_is_as_missing_as_none(tmp_path: Path, sex: str) -> None:
    reading = read(tmp_path, message(child("A1", episode(), identifiers=sex)))
    assert [(fault.rule, fault.column, fault.census_rule) for fault in faults(reading)] == [
        ("missing", "pers_sex", "4180")
    ]


def test_a_child_without_a_reference_cannot_be_kept_and_takes_nobody_with_it(tmp_path: Path) -> None:
    inside = ASSESSMENT.format(START.format("2013-04-02"))
    reading = read(tmp_path, message(child(None, episode("2013-04-01", inside)), child("B2", episode())))
    assert [row["pers_person_id"] for row in rows(reading, "person")] == ["B2"]
    assert [row["cine_referral_id"] for row in rows(reading, "cin_episodes")] == ["B2|2013-04-01|1"]
    lost = faults(reading, "unkeyable")
    assert [fault.table for fault in lost] == ["person", "cin_episodes", "cin_assessments"]
    assert {fault.row_number for fault in lost} == {None}


def test_a_reference_too_long_to_be_one_is_not_used(tmp_path: Path) -> None:
    reading = read(tmp_path, message(child("A" * 49, episode())))
    assert reading.n_faults == {"bad-text": 1, "unkeyable": 2}
    assert {fault.child for fault in faults(reading)} == {""}


def test_unknown_elements_and_attributes_and_stray_text_are_kept_as_faults(tmp_path: Path) -> None:
    odd = "<Mood>sad</Mood><Assessments><CPPstartDate>2013-04-01</CPPstartDate></Assessments>"
    text = message(child("A1", episode("2013-04-01", odd), about="<Ethnicity source='x'>WBRI</Ethnicity>stray"))
    reading = read(
        tmp_path, text.replace("</Children>", "<Extra/></Children>after").replace("<Children>", "<Children>in")
    )
    found = [(fault.rule, fault.table, fault.column, fault.child) for fault in faults(reading)]
    assert ("unknown-element", "cin_episodes", "Mood", "A1") in found
    assert ("unknown-element", "cin_assessments", "CPPstartDate", "A1") in found
    assert ("unknown-element", "", "Extra", "") in found
    assert ("unknown-attribute", "", "Ethnicity", "A1") in found
    assert ("stray-text", "", "Ethnicity", "A1") in found
    assert reading.n_faults["stray-text"] == 3
    assert len(rows(reading, "cin_episodes")) == 1


def test_elements_inside_a_value_are_a_fault(tmp_path: Path) -> None:
    text = message(child("A1", episode())).replace("<Ethnicity>WBRI<", "<Ethnicity>WBRI<b>x</b><")
    assert read(tmp_path, text).n_faults == {"unknown-element": 1}


def test_an_element_that_comes_again_with_another_value_is_a_fault_and_the_first_is_kept(tmp_path: Path) -> None:
    again = "<PrimaryNeedCode>N2</PrimaryNeedCode>"
    reading = read(tmp_path, message(child("A1", episode("2013-04-01", again))))
    assert rows(reading, "cin_episodes")[0]["cine_cin_primary_need_code"] == "N1"
    assert reading.n_faults == {"repeated-element": 1}


CONFERENCE = "<DateOfInitialCPC>{}</DateOfInitialCPC>"
ENQUIRY = (
    "<Section47><S47ActualStartDate>{}</S47ActualStartDate><DateOfInitialCPC>{}</DateOfInitialCPC>"
    "<ICPCnotRequired>false</ICPCnotRequired></Section47>"
)
CLOSED = "<CINclosureDate>{}</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>"
REVIEWS = "<Reviews><CPPreviewDate>{}</CPPreviewDate></Reviews>"


@pytest.mark.parametrize(
    ("inside", "rules"),
    [
        (CLOSED.format("2013-04-01"), {}),  # the boundary: closed on the day of referral
        (CLOSED.format("2013-03-31"), {"closed-before-referral": "8630"}),
        ("<CINclosureDate>2013-05-01</CINclosureDate>", {"closed-without-reason": "8805"}),
        (ASSESSMENT.format(START.format("2013-04-02") + END.format("2013-04-02")), {}),
        (ASSESSMENT.format(START.format("2013-04-02") + END.format("2013-04-01")), {"assessment-backwards": "8608"}),
        (ASSESSMENT.format(START.format("2013-03-31")), {"assessment-before-referral": "1103"}),
        (ASSESSMENT.format(START.format("2013-04-02")) * 2, {"assessments-open": "8896"}),
        (PLAN.format("2013-05-01", "", 0, REVIEWS.format("2013-05-02")), {}),
        (PLAN.format("2013-05-01", "", 0, REVIEWS.format("2013-05-01")), {"review-not-after-start": "8841"}),
        (PLAN.format("2013-05-01", "<CPPendDate>2013-05-01</CPPendDate>", 0, ""), {"plan-same-day": "8840"}),
        (PLAN.format("2013-05-01", "<CPPendDate>2013-04-30</CPPendDate>", 0, ""), {"plan-backwards": "8925"}),
        (PLAN.format("2013-05-01", "", 0, "") * 2, {"plans-open": "8935"}),
        (CONFERENCE.format("2013-05-03"), {}),  # a Friday
        (CONFERENCE.format("2013-05-04"), {"conference-at-weekend": "8875"}),
        (CONFERENCE.format("2013-03-29"), {"conference-before-referral": "1104"}),
        (ENQUIRY.format("2013-05-03", "2013-05-03"), {}),
        (ENQUIRY.format("2013-05-07", "2013-05-03"), {"conference-before-enquiry": ""}),
        (ENQUIRY.format("2013-03-28", "2013-05-03"), {"enquiry-before-referral": "2889"}),
        (CONFERENCE.format("2013-05-03") + ENQUIRY.format("2013-05-03", "2013-05-03"), {"two-conferences": "2884"}),
        (
            "<CINPlanDates><CINPlanStartDate>2013-05-02</CINPlanStartDate><CINPlanEndDate>2013-05-01</CINPlanEndDate>"
            "</CINPlanDates>",
            {"in-need-plan-backwards": "4011"},
        ),
    ],
)
def test_a_rule_between_the_dates_of_one_block_speaks_at_its_boundary(
    tmp_path: Path, inside: str, rules: dict[str, str]
) -> None:
    reading = read(tmp_path, message(child("A1", episode("2013-04-01", inside))))
    assert {fault.rule: fault.census_rule for fault in faults(reading)} == rules


def test_factors_disabilities_and_activity_that_contradict_are_faults(tmp_path: Path) -> None:
    factors = "".join(f"<AssessmentFactors>{code}</AssessmentFactors>" for code in ("1A", "1A", "21"))
    inside = ASSESSMENT.format(
        START.format("2013-04-02") + f"<FactorsIdentifiedAtAssessment>{factors}</FactorsIdentifiedAtAssessment>"
    )
    disabilities = "<Disability>NONE</Disability><Disability>VIS</Disability>"
    about = f"<Ethnicity>WBRI</Ethnicity><Disabilities>{disabilities}</Disabilities>"
    reading = read(tmp_path, message(child("A1", episode("2013-04-01", inside, nfa="1"), about=about)))
    assert reading.n_faults == {
        "disability-and-none": 1,
        "factor-twice": 1,
        "factors-and-none": 1,
        "nfa-with-activity": 1,
    }


def test_a_need_is_required_only_of_a_referral_that_led_to_action(tmp_path: Path) -> None:
    text = message(child("A1", episode(nfa="false"), episode("2013-05-01", nfa="true")))
    reading = read(tmp_path, text.replace("<PrimaryNeedCode>N1</PrimaryNeedCode>", ""))
    assert [(fault.rule, fault.row_number) for fault in faults(reading)] == [("no-primary-need", 1)]


@pytest.mark.parametrize(
    ("header", "rules"),
    [
        ("", {"header"}),
        ("<Header/>", {"header"}),
        ("<Header><Source><LEA>99</LEA></Source></Header>", {"header"}),
        ("<Header><Mood/></Header>", {"header", "unknown-element"}),
    ],
)
def test_a_missing_or_odd_header_is_a_fault_and_the_rows_live(tmp_path: Path, header: str, rules: set[str]) -> None:
    reading = read(tmp_path, message(child("A1", episode()), header=header))
    assert set(reading.n_faults) == rules
    assert (reading.authority, reading.year, reading.reference_date) == (None, None, None)
    assert reading.n_rows["cin_episodes"] == 1


def test_several_sources_are_tolerated_and_two_authorities_are_a_fault(tmp_path: Path) -> None:
    text = message(child("A1", episode()))
    same = text.replace("</Header>", "<Source><LEA>999</LEA></Source></Header>")
    other = text.replace("</Header>", "<Source><LEA>998</LEA></Source></Header>")
    assert read(tmp_path, same, "same").n_faults == {}
    reading = read(tmp_path, other, "other")
    assert (reading.authority, reading.n_faults) == ("999", {"header-differs": 1})


@pytest.mark.parametrize(
    ("as_at", "year", "rules"),
    [
        ("2014-03-31", 2014, {}),
        ("2014-01-31", 2014, {"part-year": 1}),
        ("2013-04-02", 2014, {"part-year": 1}),
        ("2013-04-01", 2014, {"year-start": 1}),
        ("2014-03-31", 2013, {"header": 1}),
    ],
)
def test_a_reference_date_that_is_not_the_year_s_end_is_a_fault(
    tmp_path: Path, as_at: str, year: int, rules: dict[str, int]
) -> None:
    assert read(tmp_path, message(child("A1", episode()), as_at=as_at, year=year)).n_faults == rules


def test_another_collection_or_a_file_without_children_is_blocked_in_words(tmp_path: Path) -> None:
    other = read(tmp_path, message(child("A1", episode())).replace(">CIN<", ">CLA<"), "other")
    empty = read(tmp_path, message(), "empty")
    assert other.blocking == [
        "The file's header says that it is another collection, CLA, than the CIN census. That is children looked "
        "after, of which the CSV files are read: send those together."
    ]
    assert empty.blocking == ["The file holds no children, so there is nothing to keep."]


def test_the_form_of_references_is_judged_from_the_census_that_asked_for_it(tmp_path: Path) -> None:
    assert read(tmp_path, message(child("A-1", episode()), as_at="2024-03-31"), "old").n_faults == {}
    assert read(tmp_path, message(child("A-1", episode()), as_at="2025-03-31"), "new").n_faults == {"reference-form": 1}


def test_no_words_of_a_fault_hold_a_value_or_a_child(tmp_path: Path) -> None:
    inside = "<CINclosureDate>SECRET</CINclosureDate><Mood>SECRET</Mood>SECRET"
    reading = read(tmp_path, message(child("SECRET", episode("SECRET", inside, nfa="SECRET", need="SECRET"))))
    found = faults(reading)
    assert len(found) == 6
    for fault in found:
        assert "SECRET" not in fault.words
        assert "SECRET" not in fault.column
        assert fault.words == RULES[fault.rule].words
