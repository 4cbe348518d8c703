"""A CIN census file becomes canonical rows: every element, in any order, spelling and encoding."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from analytics.census import child, day, episode, faults, message, read, rows
from holdfast.analytics.returns.cin_census import reader as cin_census

FULL = message(
    """<Child><ChildIdentifiers><LAchildID>A1</LAchildID><UPN>A123456789123</UPN><FormerUPN>X98765432123B</FormerUPN>
    <UPNunknown>UN3</UPNunknown><PersonBirthDate>2005-03-27</PersonBirthDate>
    <ExpectedPersonBirthDate>2005-04-01</ExpectedPersonBirthDate><GenderCurrent>2</GenderCurrent>
    <PersonDeathDate>2014-01-02</PersonDeathDate></ChildIdentifiers>
    <ChildCharacteristics><Ethnicity>MWAS</Ethnicity><Disabilities><Disability>HAND</Disability>
    <Disability>HEAR</Disability></Disabilities></ChildCharacteristics>
    <CINdetails><CINreferralDate>2013-04-02</CINreferralDate><ReferralSource>5D</ReferralSource>
    <PrimaryNeedCode>N4</PrimaryNeedCode><CINclosureDate>2014-02-27</CINclosureDate>
    <ReasonForClosure>RC9</ReasonForClosure><DateOfInitialCPC>2013-12-06</DateOfInitialCPC>
    <Assessments><AssessmentActualStartDate>2013-04-03</AssessmentActualStartDate>
    <AssessmentInternalReviewDate>2013-04-20</AssessmentInternalReviewDate>
    <AssessmentAuthorisationDate>2013-05-19</AssessmentAuthorisationDate>
    <FactorsIdentifiedAtAssessment><AssessmentFactors>1C</AssessmentFactors><AssessmentFactors>24A</AssessmentFactors>
    </FactorsIdentifiedAtAssessment></Assessments>
    <CINPlanDates><CINPlanStartDate>2013-06-24</CINPlanStartDate><CINPlanEndDate>2013-06-26</CINPlanEndDate>
    </CINPlanDates>
    <Section47><S47ActualStartDate>2013-06-03</S47ActualStartDate><InitialCPCtarget>2013-06-24</InitialCPCtarget>
    <DateOfInitialCPC>2013-06-17</DateOfInitialCPC><ICPCnotRequired>FALSE</ICPCnotRequired></Section47>
    <ReferralNFA>0</ReferralNFA>
    <ChildProtectionPlans><CPPstartDate>2013-06-17</CPPstartDate><CPPendDate>2014-01-14</CPPendDate>
    <InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse><LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>
    <NumberOfPreviousCPP>10</NumberOfPreviousCPP>
    <Reviews><CPPreviewDate>2013-09-15</CPPreviewDate><CPPreviewDate>2013-12-15</CPPreviewDate></Reviews>
    <Reviews><CPPreviewDate>2014-01-05</CPPreviewDate></Reviews></ChildProtectionPlans>
    <PreProceedingsandFGDM><PPStartDate>2013-09-09</PPStartDate><LBPSentDate>2013-09-20</LBPSentDate>
    <FGDMMeetingOffer>1</FGDMMeetingOffer><FGDMMeetingFac>0</FGDMMeetingFac>
    <InitialPPMeetingDate>2013-09-28</InitialPPMeetingDate><ReviewMeetingsCount>3</ReviewMeetingsCount>
    <StepDecisionDate>2013-12-01</StepDecisionDate><PPOutcome>A</PPOutcome><CourtAppDate>2013-12-18</CourtAppDate>
    <LetterInitCPDate>2014-02-05</LetterInitCPDate></PreProceedingsandFGDM></CINdetails></Child>"""
)
REFERRAL = "A1|2013-04-02|1"
NO_CENSUS_HAS = (
    "cine_last_seen_date",
    "cine_referral_team",
    "cine_referral_worker_id",
    "cine_allocated_team",
    "cine_allocated_worker_id",
)
WHO = {"row_number": 1, "unread": None}


def test_every_element_of_the_census_has_its_place(tmp_path: Path) -> None:
    reading = read(tmp_path, FULL)
    assert rows(reading, "person") == [
        WHO
        | {
            "pers_person_id": "A1",
            "pers_upn": "A123456789123",
            "pers_former_upn": "X98765432123B",
            "pers_upn_unknown": "UN3",
            "pers_sex": "F",
            "pers_ethnicity": "MWAS",
            "pers_dob": day("2005-03-27"),
            "pers_expected_dob": day("2005-04-01"),
            "pers_death_date": day("2014-01-02"),
        }
    ]
    assert [row["disa_disability_code"] for row in rows(reading, "disability")] == ["HAND", "HEAR"]
    assert rows(reading, "cin_episodes") == [
        WHO
        | {
            "cine_referral_id": REFERRAL,
            "cine_person_id": "A1",
            "cine_referral_date": day("2013-04-02"),
            "cine_cin_primary_need_code": "N4",
            "cine_referral_source_code": "5D",
            "cine_referral_nfa": False,
            "cine_close_reason": "RC9",
            "cine_close_date": day("2014-02-27"),
            **dict.fromkeys(NO_CENSUS_HAS, None),
        }
    ]
    [assessment] = rows(reading, "cin_assessments")
    assert assessment["cina_assessment_id"] == f"{REFERRAL}|A|2013-04-03|1"
    assert assessment["cina_assessment_start_date"] == day("2013-04-03")
    assert assessment["cina_assessment_review_date"] == day("2013-04-20")
    assert assessment["cina_assessment_auth_date"] == day("2013-05-19")
    factors = rows(reading, "assessment_factors")
    assert [row["cinf_assessment_factor"] for row in factors] == ["1C", "24A"]
    assert {row["cinf_assessment_id"] for row in factors} == {assessment["cina_assessment_id"]}


def test_plans_enquiries_conferences_reviews_and_pre_proceedings_have_their_place(tmp_path: Path) -> None:
    reading = read(tmp_path, FULL)
    [in_need] = rows(reading, "cin_plans")
    assert (in_need["cinp_cin_plan_start_date"], in_need["cinp_cin_plan_end_date"]) == (
        day("2013-06-24"),
        day("2013-06-26"),
    )
    [enquiry] = rows(reading, "s47_enquiry")
    assert enquiry["s47e_s47_start_date"] == day("2013-06-03")
    assert enquiry["s47e_s47_nfa"] is False
    on_episode, on_enquiry = rows(reading, "initial_cp_conference")
    assert (on_episode["icpc_s47_enquiry_id"], on_episode["icpc_icpc_date"]) == (None, day("2013-12-06"))
    assert on_enquiry["icpc_s47_enquiry_id"] == enquiry["s47e_s47_enquiry_id"]
    assert (on_enquiry["icpc_icpc_target_date"], on_enquiry["icpc_icpc_date"]) == (day("2013-06-24"), day("2013-06-17"))
    [plan] = rows(reading, "cp_plans")
    assert (plan["cppl_cp_plan_initial_category"], plan["cppl_cp_plan_latest_category"]) == ("PHY", "NEG")
    assert (plan["cppl_cp_plan_start_date"], plan["cppl_cp_plan_end_date"]) == (day("2013-06-17"), day("2014-01-14"))
    assert plan["cppl_previous_cp_plans"] == 10
    reviews = rows(reading, "cp_reviews")
    assert [str(row["cppr_cp_review_date"]) for row in reviews] == ["2013-09-15", "2013-12-15", "2014-01-05"]
    assert {row["cppr_cp_plan_id"] for row in reviews} == {plan["cppl_cp_plan_id"]}
    [before_court] = rows(reading, "pre_proceedings")
    assert before_court["prep_pre_pro_decision_date"] == day("2013-09-09")
    assert (before_court["prep_fgdm_offered"], before_court["prep_fgdm_facilitated"]) == (True, False)
    assert (before_court["prep_pre_pro_meetings_num"], before_court["prep_pre_pro_outcome"]) == (3, "A")
    assert before_court["prep_care_pro_letter_date"] == day("2014-02-05")


def test_no_element_of_a_whole_record_is_a_fault_of_reading(tmp_path: Path) -> None:
    assert read(tmp_path, FULL).n_faults == {"two-conferences": 1}


def test_the_header_says_whose_which_year_and_what_day(tmp_path: Path) -> None:
    reading = read(tmp_path, FULL)
    assert (reading.authority, reading.year, reading.reference_date) == ("999", 2014, day("2014-03-31"))
    assert reading.source_sha256 == hashlib.sha256(FULL.encode()).hexdigest()
    assert reading.blocking == []
    assert reading.n_rows["cp_reviews"] == 3
    assert set(reading.n_rows) == set(cin_census.FILLED)


def test_a_table_that_the_census_does_not_carry_is_not_written_and_not_given(tmp_path: Path) -> None:
    reading = read(tmp_path, FULL)
    given = reading.gives(date(2014, 3, 31))
    for table in ("contacts", "cp_visits", "early_help_episodes"):
        assert not (reading.folder / f"{table}.parquet").exists()
        assert table not in given.columns
    assert "cine_referral_team" not in given.columns["cin_episodes"]


def test_a_block_that_came_later_answers_for_no_day_before_it_did(tmp_path: Path) -> None:
    gives = read(tmp_path, FULL).gives
    assert "cin_plans" not in gives(date(2014, 3, 31)).since
    assert gives(date(2022, 1, 31)).since["cin_plans"] == date(2021, 4, 1)
    assert gives(date(2014, 3, 31)).since["cin_episodes"] == date(2013, 4, 1)


@pytest.mark.parametrize(
    ("sent", "held"),
    [
        ("<Sex>M</Sex>", "M"),
        ("<Sex>F</Sex>", "F"),
        ("<Sex>U</Sex>", "U"),
        ("<Sex>1</Sex>", "M"),  # the old digit under the new name, as some systems send it
        ("<GenderCurrent>1</GenderCurrent>", "M"),
        ("<GenderCurrent>2</GenderCurrent>", "F"),
        ("<GenderCurrent>0</GenderCurrent>", "U"),
        ("<GenderCurrent>9</GenderCurrent>", "I"),
        ("<Sex/>", None),
        ("", None),
        ("<Sex>3</Sex>", None),
    ],
)
def test_sex_of_every_year_is_held_in_one_way(tmp_path: Path, sent: str, held: str | None) -> None:
    reading = read(tmp_path, message(child("A1", episode(), identifiers=sent)))
    assert rows(reading, "person")[0]["pers_sex"] == held


@pytest.mark.parametrize(
    ("sent", "held"), [("true", True), ("TRUE", True), ("1", True), ("0", False), ("False", False)]
)
def test_a_flag_is_read_in_every_spelling(tmp_path: Path, sent: str, held: bool) -> None:
    reading = read(tmp_path, message(child("A1", episode(nfa=sent))))
    assert rows(reading, "cin_episodes")[0]["cine_referral_nfa"] is held


@pytest.mark.parametrize("sent", ["2013-04-01", " 2013-04-01\n", "2013-04-01Z", "2013-04-01+01:00"])
def test_a_date_is_read_in_every_form_that_xml_allows(tmp_path: Path, sent: str) -> None:
    reading = read(tmp_path, message(child("A1", episode(sent))))
    [row] = rows(reading, "cin_episodes")
    assert (row["cine_referral_date"], row["cine_referral_id"]) == (day("2013-04-01"), "A1|2013-04-01|1")


def test_two_referrals_on_one_day_are_two_episodes(tmp_path: Path) -> None:
    reading = read(tmp_path, message(child("A1", episode(), episode(), episode("2013-06-01"))))
    ids = [row["cine_referral_id"] for row in rows(reading, "cin_episodes")]
    assert ids == ["A1|2013-04-01|1", "A1|2013-04-01|2", "A1|2013-06-01|1"]


def test_an_episode_has_the_same_ids_in_another_file_at_another_place(tmp_path: Path) -> None:
    block = "<Assessments><AssessmentActualStartDate>2013-04-02</AssessmentActualStartDate></Assessments>"
    first = read(tmp_path, message(child("A1", episode("2013-04-01", block))), "first")
    second = read(tmp_path, message(child("B2", episode()), child("A1", episode("2013-04-01", block))), "second")
    assert rows(first, "cin_assessments")[0]["cina_assessment_id"] in {
        row["cina_assessment_id"] for row in rows(second, "cin_assessments")
    }


def test_a_child_sent_twice_is_one_person_with_each_episode_once(tmp_path: Path) -> None:
    twice = message(
        child("A1", episode(), identifiers="<Sex>F</Sex>"),
        child("A1", episode(), episode("2013-07-01"), identifiers="<Sex>M</Sex>"),
    )
    reading = read(tmp_path, twice)
    assert [row["pers_sex"] for row in rows(reading, "person")] == ["F"]
    ids = [row["cine_referral_id"] for row in rows(reading, "cin_episodes")]
    assert ids == ["A1|2013-04-01|1", "A1|2013-07-01|1"]
    [fault] = faults(reading, "child-twice")
    assert (fault.census_rule, fault.child) == ("8510", "A1")


def test_elements_are_found_whatever_their_order(tmp_path: Path) -> None:
    turned = (
        "<CINdetails><ReferralNFA>true</ReferralNFA><Section47><ICPCnotRequired>true</ICPCnotRequired>"
        "<S47ActualStartDate>2013-05-01</S47ActualStartDate></Section47><DateOfInitialCPC>2013-06-03</DateOfInitialCPC>"
        "<ReferralSource>6</ReferralSource><CINreferralDate>2013-04-01</CINreferralDate></CINdetails>"
    )
    reading = read(tmp_path, message(f"<Child>{turned}{child('A1')[len('<Child>') : -len('</Child>')]}</Child>"))
    [enquiry], [conference] = rows(reading, "s47_enquiry"), rows(reading, "initial_cp_conference")
    assert enquiry["s47e_s47_enquiry_id"] == "A1|2013-04-01|1|S|2013-05-01|1"
    assert conference["icpc_icpc_id"] == "A1|2013-04-01|1|C"


def test_a_conference_with_a_target_and_no_date_is_not_held(tmp_path: Path) -> None:
    enquiry = (
        "<Section47><S47ActualStartDate>2014-03-24</S47ActualStartDate><InitialCPCtarget>2014-04-14</InitialCPCtarget>"
        "<ICPCnotRequired>false</ICPCnotRequired></Section47>"
    )
    [row] = rows(read(tmp_path, message(child("A1", episode("2014-03-20", enquiry)))), "initial_cp_conference")
    assert (row["icpc_icpc_target_date"], row["icpc_icpc_date"]) == (day("2014-04-14"), None)


NAMED = FULL.replace("<Message>", '<Message xmlns="urn:somebody">')
PREFIXED = (
    FULL.replace("</", "</c:")
    .replace("<", "<c:")
    .replace("<c:/c:", "</c:")
    .replace("<c:Message>", '<c:Message xmlns:c="urn:somebody">')
)


@pytest.mark.parametrize("text", [NAMED, PREFIXED], ids=["default name space", "prefix"])
def test_name_spaces_make_no_difference(tmp_path: Path, text: str) -> None:
    plain, named = read(tmp_path, FULL, "plain"), read(tmp_path, text, "named")
    assert named.n_rows == plain.n_rows
    assert named.n_faults == plain.n_faults
    for table in cin_census.FILLED:
        assert rows(named, table) == rows(plain, table)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16", ""),
        ("utf-16-le", "utf-16le"),
        ("windows-1252", "windows-1252"),
        ("iso-8859-1", "ISO-8859-1"),
        ("ascii", "us-ascii"),
    ],
)
def test_encodings_and_byte_order_marks_make_no_difference(tmp_path: Path, encoding: str, declared: str) -> None:
    reference = "A1" if encoding == "ascii" else "Zoë1"
    text = message(child(reference, episode()))
    if declared:
        text = f'<?xml version="1.0" encoding="{declared}"?>\n<!-- made by a system -->\n{text}'
    [row] = rows(read(tmp_path, text.encode(encoding)), "person")
    assert row["pers_person_id"] == reference


def test_reading_the_same_file_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = read(tmp_path, FULL, "first"), read(tmp_path, FULL, "second")
    for path in sorted(first.folder.glob("*.parquet")):
        assert path.read_bytes() == (second.folder / path.name).read_bytes()


@pytest.mark.shared
def test_the_sample_of_2021_gives_every_child_and_episode(tmp_path: Path, shared: Path) -> None:
    text = (shared / "samples" / "cin_census_2021_fake.xml").read_bytes()
    reading = read(tmp_path, text)
    assert reading.authority == "975"
    held = {table: n for table, n in reading.n_rows.items() if n}
    conferences = text.count(b"<DateOfInitialCPC>")
    disabilities = text.count(b"<Disability>")
    assert held == {
        "person": 332,
        "cin_episodes": 402,
        "initial_cp_conference": conferences,
        "disability": disabilities,
    }


@pytest.mark.shared
def test_the_sample_of_2026_gives_its_rows_and_its_stray_text_as_a_fault(tmp_path: Path, shared: Path) -> None:
    reading = read(tmp_path, (shared / "samples" / "CIN_Census_2026.xml").read_bytes())
    assert {table: n for table, n in reading.n_rows.items() if n} == {
        "person": 2,
        "disability": 3,
        "cin_episodes": 2,
        "cin_assessments": 2,
        "assessment_factors": 3,
        "cin_plans": 1,
        "s47_enquiry": 1,
        "initial_cp_conference": 2,
        "cp_plans": 1,
        "cp_reviews": 1,
        "pre_proceedings": 1,
    }
    [stray] = faults(reading, "stray-text")
    assert (stray.line, stray.child) == (23, "DfEX0000001")
    assert "PersonBirthDate" not in stray.words
    [code] = faults(reading, "bad-code")
    assert (code.table, code.column, code.row_number) == ("assessment_factors", "cinf_assessment_factor", 2)


def test_a_record_sent_twice_counts_once_and_says_so(tmp_path: Path) -> None:
    once = child("A1", episode("2013-06-01"), episode("2013-09-01"))
    again = child("A1", episode("2013-06-01"), episode("2013-12-01"))
    reading = read(tmp_path, message(once, again, once))
    found = [row["cine_referral_id"] for row in rows(reading, "cin_episodes")]
    assert found == ["A1|2013-06-01|1", "A1|2013-09-01|1", "A1|2013-12-01|1"]
    assert len(faults(reading, "child-twice")) == 2
    assert len(faults(reading, "episode-twice")) == 3


def test_two_referrals_of_one_day_in_one_record_are_two(tmp_path: Path) -> None:
    reading = read(tmp_path, message(child("A1", episode("2013-06-01"), episode("2013-06-01"))))
    found = [row["cine_referral_id"] for row in rows(reading, "cin_episodes")]
    assert found == ["A1|2013-06-01|1", "A1|2013-06-01|2"]
