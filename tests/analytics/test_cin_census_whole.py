"""What a whole file says: losses in proportion, what was written in a way of its own, and the year that it is of."""

from pathlib import Path

import pytest

from analytics.census import child, day, episode, faults, message, read, rows
from holdfast.analytics.returns import Reading
from holdfast.analytics.tables import codes

ASSESSMENT = (
    "<Assessments><AssessmentActualStartDate>2013-04-02</AssessmentActualStartDate>"
    "<AssessmentAuthorisationDate>2013-05-02</AssessmentAuthorisationDate>{}</Assessments>"
)
PLAN = (
    "<ChildProtectionPlans><CPPstartDate>{}</CPPstartDate>{}<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>"
    "<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse><NumberOfPreviousCPP>0</NumberOfPreviousCPP></ChildProtectionPlans>"
)
LISTED = "<FactorsIdentifiedAtAssessment><AssessmentFactors>{}</AssessmentFactors></FactorsIdentifiedAtAssessment>"
CLOSED = "<{0}>2013-05-01</{0}><ReasonForClosure>RC7</ReasonForClosure>"


def of(folder: Path, *children: str, year: int = 2014) -> Reading:
    return read(folder, message(*children, as_at=f"{year}-03-31"), f"of{year}")


def fifty(*inside: str, referred: str = "2013-04-01") -> list[str]:
    return [child(f"A{number}", episode(referred, *inside)) for number in range(50)]


def said(reading: Reading, rule: str) -> list[str]:
    return [fault.words for fault in faults(reading, rule)]


# What is lost


def test_a_column_that_is_lost_altogether_is_said_in_n_of_n(tmp_path: Path) -> None:
    assert of(tmp_path, *fifty(referred="01/05/2013")).lost == [
        "50 of 50 values of CINreferralDate could not be understood."
    ]


@pytest.mark.parametrize(("n_bad", "is_lost"), [(25, False), (26, True)])
def test_more_than_half_of_a_column_is_a_loss_and_half_is_not(tmp_path: Path, n_bad: int, is_lost: bool) -> None:
    children = [child(f"A{n}", episode("1 May" if n < n_bad else "2013-05-01")) for n in range(50)]
    found = of(tmp_path, *children).lost
    assert found == (["26 of 50 values of CINreferralDate could not be understood."] if is_lost else [])


@pytest.mark.parametrize(("n", "is_lost"), [(2, False), (3, True)])
def test_one_or_two_values_are_no_loss_of_a_column(tmp_path: Path, n: int, is_lost: bool) -> None:
    assert bool(of(tmp_path, *fifty(referred="soon")[:n]).lost) is is_lost


def test_a_required_element_that_is_nowhere_is_lost_too(tmp_path: Path) -> None:
    children = [one.replace("<ReferralNFA>false</ReferralNFA>", "") for one in fifty()]
    assert of(tmp_path, *children).lost == ["50 of 50 values of ReferralNFA are missing or could not be understood."]


def test_a_column_that_no_figure_needs_stops_no_file(tmp_path: Path) -> None:
    sexes = "<Sex>F</Sex><UPN>SSD_PH</UPN>"
    assert of(tmp_path, *(child(f"A{n}", episode(), identifiers=sexes) for n in range(9))).lost == []


def test_a_name_in_other_capital_letters_is_a_loss_and_its_values_are_not_taken_as_absent(tmp_path: Path) -> None:
    reading = of(tmp_path, *fifty(CLOSED.format("CINClosureDate")))
    assert reading.lost == [
        "50 elements are named CINClosureDate, where the census has CINclosureDate: not one of them was read.",
        "50 of 50 values of CINclosureDate could not be understood.",
    ]
    assert reading.n_faults == {"other-letters": 50}
    assert {row["unread"] for row in rows(reading, "cin_episodes")} == {"cine_close_date"}


def test_children_without_a_reference_are_a_loss(tmp_path: Path) -> None:
    found = of(tmp_path, *(child(None, episode()) for _ in range(4)), child("A1", episode()))
    assert found.lost == ["4 of 5 children have no reference (LAchildID) that can be read."]


def test_a_sound_file_loses_nothing(tmp_path: Path) -> None:
    assert of(tmp_path, *fifty(CLOSED.format("CINclosureDate"))).lost == []


# What is written in a way of its own, and can mean one thing only


def test_a_time_of_midnight_is_its_day_and_is_said_once(tmp_path: Path) -> None:
    reading = of(
        tmp_path,
        *fifty(CLOSED.format("CINclosureDate").replace("-01<", "-01T00:00:00<"), referred="2013-04-01T00:00:00"),
    )
    assert {row["cine_referral_date"] for row in rows(reading, "cin_episodes")} == {day("2013-04-01")}
    assert rows(reading, "cin_episodes")[0]["cine_referral_id"] == "A0|2013-04-01|1"
    assert said(reading, "midnight") == [
        "All 100 dates carry a time of midnight. Each was read as what it can only mean."
    ]
    assert reading.n_faults == {"midnight": 1}


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("2013-04-01T00:00:00", "2013-04-01"),
        ("2013-04-01T00:00:00.000", "2013-04-01"),
        ("2013-04-01 00:00:00", "2013-04-01"),
        ("2013-04-01T00:00:00Z", "2013-04-01"),
        ("2013-04-01T00:00:01", None),
        ("2013-03-31T23:00:00Z", None),
        ("2013-04-01T", None),
        ("2013-02-30T00:00:00", None),
    ],
)
def test_only_midnight_says_no_more_than_the_day(tmp_path: Path, text: str, held: str | None) -> None:
    [row] = rows(of(tmp_path, child("A1", episode(text))), "cin_episodes")
    assert (row["cine_referral_date"], row["unread"]) == ((day(held), None) if held else (None, "cine_referral_date"))


def test_y_and_n_are_yes_and_no_and_are_said_once(tmp_path: Path) -> None:
    reading = of(tmp_path, child("A1", episode(nfa="Y")), child("A2", episode(nfa="n")), child("A3", episode(nfa="1")))
    assert [row["cine_referral_nfa"] for row in rows(reading, "cin_episodes")] == [True, False, True]
    words = "2 flags are written Y or N, and others are as the census has them. Each was read as what it can only mean."
    assert said(reading, "yes-and-no") == [words]


def test_factors_directly_inside_their_assessment_are_its_factors(tmp_path: Path) -> None:
    loose = ASSESSMENT.format("<AssessmentFactors>1A</AssessmentFactors><AssessmentFactors>2B</AssessmentFactors>")
    reading = of(tmp_path, child("A1", episode("2013-04-01", loose)))
    assert [row["cinf_assessment_factor"] for row in rows(reading, "assessment_factors")] == ["1A", "2B"]
    assert reading.n_faults == {"loose-factors": 1}


def test_another_name_for_reviews_and_for_the_expected_date_is_read_as_what_it_is(tmp_path: Path) -> None:
    reviews = "<Reviews><CPPreviewDate>2013-08-01</CPPreviewDate></Reviews>".replace("Reviews", "CPPreviews")
    plan = PLAN.format("2013-05-01", "").replace("</ChildProtectionPlans>", f"{reviews}</ChildProtectionPlans>")
    identifiers = "<Sex>F</Sex><ExpectedBirthDate>2014-05-01</ExpectedBirthDate>"
    reading = of(tmp_path, child("A1", episode("2013-04-01", plan), identifiers=identifiers))
    assert [row["cppr_cp_review_date"] for row in rows(reading, "cp_reviews")] == [day("2013-08-01")]
    assert rows(reading, "person")[0]["pers_expected_dob"] == day("2014-05-01")
    assert reading.n_faults == {"other-name": 2}
    assert said(reading, "other-name")[0] == "1 element is named CPPreviews. Each was read as Reviews."


def test_a_list_of_its_own_for_each_disability_is_one_list(tmp_path: Path) -> None:
    lists = "".join(f"<Disabilities><Disability>{code}</Disability></Disabilities>" for code in ("VIS", "HEAR"))
    reading = of(tmp_path, child("A1", episode(), about=f"<Ethnicity>WBRI</Ethnicity>{lists}"))
    assert [row["disa_disability_code"] for row in rows(reading, "disability")] == ["VIS", "HEAR"]
    assert reading.n_faults == {"several-lists": 1}


def test_a_reference_date_that_is_the_first_day_of_a_year_is_not_guessed(tmp_path: Path) -> None:
    reading = read(tmp_path, message(child("A1", episode()), as_at="2013-04-01", year=2014))
    assert reading.reference_date is None
    assert reading.undated == said(reading, "year-start")[0]
    assert reading.undated == (
        "The header's ReferenceDate is 1 April 2013, the first day of a census year: it may mean 31 March 2014, "
        "or a day before it."
    )


# The year that a code is of


@pytest.mark.parametrize(
    ("year", "identifiers", "held", "rules"),
    [
        (2024, "<GenderCurrent>1</GenderCurrent>", "M", set()),
        (2024, "<GenderCurrent>9</GenderCurrent>", "I", set()),
        (2024, "<Sex>1</Sex>", "M", set()),
        (2025, "<Sex>M</Sex>", "M", set()),
        (2025, "<Sex>1</Sex>", None, {"code-of-another-year"}),
        (2025, "<Sex>I</Sex>", None, {"code-of-another-year"}),
        (2025, "<Sex>X</Sex>", None, {"bad-code"}),
        (2025, "<GenderCurrent>1</GenderCurrent>", None, {"code-of-another-year"}),
        (2025, "<Sex>F</Sex><GenderCurrent>1</GenderCurrent>", "F", {"code-of-another-year"}),
        (2025, "<GenderCurrent>1</GenderCurrent><Sex>F</Sex>", "F", {"code-of-another-year"}),
        (2024, "<Sex>F</Sex><GenderCurrent>1</GenderCurrent>", None, {"sexes-differ"}),
        (2024, "<GenderCurrent>1</GenderCurrent><Sex>F</Sex>", None, {"sexes-differ"}),
        (2024, "<GenderCurrent>2</GenderCurrent><Sex>F</Sex>", "F", set()),
    ],
)
def test_a_sex_is_read_by_the_list_of_its_year(
    tmp_path: Path, year: int, identifiers: str, held: str | None, rules: set[str]
) -> None:
    reading = of(tmp_path, child("A1", episode(), identifiers=identifiers), year=year)
    [row] = rows(reading, "person")
    assert (row["pers_sex"], row["unread"]) == (held, None if held else "pers_sex")
    assert set(reading.n_faults) == rules


@pytest.mark.parametrize(
    ("factor", "first", "last"), [("18A", None, 2020), ("19B", 2021, None), ("24A", 2022, None), ("1A", None, None)]
)
@pytest.mark.parametrize("year", range(2019, 2026))
def test_a_factor_is_read_in_the_years_that_have_it(
    tmp_path: Path, factor: str, first: int | None, last: int | None, year: int
) -> None:
    listed = LISTED.format(factor)
    [row] = rows(
        of(tmp_path, child("A1", episode("2013-04-01", ASSESSMENT.format(listed))), year=year), "assessment_factors"
    )
    is_of_the_year = (first or 0) <= year <= (last or 9999)
    assert row["cinf_assessment_factor"] == (factor if is_of_the_year else None)
    assert (factor in codes.codes_of(codes.FACTORS, year)) is is_of_the_year


def test_a_header_after_the_children_is_of_the_same_year(tmp_path: Path) -> None:
    text = message(child("A1", episode("2025-06-01"), identifiers="<Sex>1</Sex>"), as_at="2025-03-31")
    header = text[text.index("<Header>") : text.index("<Children>")]
    last = read(tmp_path, text.replace(header, "").replace("</Message>", f"{header}</Message>"), "last")
    first = read(tmp_path, text, "first")
    assert last.n_faults == first.n_faults == {"code-of-another-year": 1, "referral-after-reference": 1}
    assert rows(last, "person") == rows(first, "person")
    assert (last.year, last.reference_date) == (2025, day("2025-03-31"))


def test_of_a_file_that_says_no_year_codes_of_every_year_are_read(tmp_path: Path) -> None:
    text = message(child("A1", episode(), identifiers="<Sex>I</Sex>"), header="")
    assert rows(read(tmp_path, text), "person")[0]["pers_sex"] == "I"


# The whole of a rule


@pytest.mark.parametrize(
    ("children", "rules"),
    [
        ([child("A1", episode("2014-03-31"))], {}),  # the boundary: on the reference date
        ([child("A1", episode("2014-04-01"))], {"referral-after-reference": "8600"}),
        ([child("A1", episode("2013-04-01", PLAN.format("2014-03-31", "")))], {}),
        ([child("A1", episode("2013-04-01", PLAN.format("2014-04-01", "")))], {"plan-after-reference": "8720"}),
        (
            [
                child(
                    "A1",
                    episode(
                        "2013-04-01", "<CINPlanDates><CINPlanStartDate>2014-04-01</CINPlanStartDate></CINPlanDates>"
                    ),
                )
            ],
            {"in-need-plan-after-reference": "4010"},
        ),
        (
            [child("A1", *(episode(f"2013-0{n}-01", PLAN.format(f"2013-0{n}-02", "")) for n in (4, 5)))],
            {"plans-open": "8935"},
        ),
        (
            [child("A1", episode("2013-05-01", "<DateOfInitialCPC>2013-05-03</DateOfInitialCPC>", nfa="1"))],
            {"nfa-with-activity": "8831"},
        ),
        (
            [child("A1", episode(), identifiers="<Sex>F</Sex><PersonBirthDate>2005-01-05</PersonBirthDate>")],
            {"no-disability": "8540"},
        ),
        ([child("A1", episode(nfa="1"), identifiers="<Sex>F</Sex><PersonBirthDate>2005-01-05</PersonBirthDate>")], {}),
        (
            [child("A1", episode("2013-04-01", PLAN.format("2013-05-01", "<Reviews/>")))],
            {"no-review-date": "8842Q"},
        ),
        ([child("A1", episode("2013-03-31")).replace("<ReferralSource>6</ReferralSource>", "")], {}),
        ([child("A1", episode("2013-04-01")).replace("<ReferralSource>6</ReferralSource>", "")], {"missing": "8866"}),
    ],
)
def test_the_other_half_of_a_rule_speaks_at_its_boundary(
    tmp_path: Path, children: list[str], rules: dict[str, str]
) -> None:
    assert {fault.rule: fault.census_rule for fault in faults(of(tmp_path, *children))} == rules


def test_a_reference_that_is_long_and_odd_breaks_both_rules(tmp_path: Path) -> None:
    reading = of(tmp_path, child("A-" * 11, episode("2024-05-01")), year=2025)
    assert {fault.census_rule for fault in faults(reading)} == {"1570", "1580"}


@pytest.mark.parametrize(
    ("text", "table"),
    [
        (
            child("A1", episode(), about="<Ethnicity>WBRI</Ethnicity><Disabilities><Disability/></Disabilities>"),
            "disability",
        ),
        (
            child(
                "A1",
                episode(
                    "2013-04-01",
                    ASSESSMENT.format(LISTED.format(" ")),
                ),
            ),
            "assessment_factors",
        ),
        (
            child("A1", episode("2013-04-01", PLAN.format("2013-05-01", "<Reviews><CPPreviewDate/></Reviews>"))),
            "cp_reviews",
        ),
    ],
)
def test_an_empty_element_is_no_row_but_a_fault(tmp_path: Path, text: str, table: str) -> None:
    reading = of(tmp_path, text)
    assert rows(reading, table) == []
    assert reading.n_faults == {"empty-element": 1}


def test_a_record_that_holds_nothing_is_a_fault(tmp_path: Path) -> None:
    empty = "<PreProceedingsandFGDM><PPStartDate/></PreProceedingsandFGDM>"
    assert of(tmp_path, child("A1", episode("2013-04-01", empty))).n_faults == {"empty-block": 1}


# What a file says in words


@pytest.mark.parametrize(
    ("header", "column", "words"),
    [
        (
            "<Header><Source><LEA>99</LEA></Source></Header>",
            "LEA",
            "three digits were expected. What is there is not that.",
        ),
        ("<Header/>", "LEA", "three digits were expected. There is none."),
        ("<Header/>", "Collection", "CIN was expected. There is none."),
        ("<Header><Year>SECRET</Year></Header>", "Year", "a year from 2009 to 2100 was expected. It is not that."),
        (
            "<Header><Year>2013</Year><ReferenceDate>2014-03-31</ReferenceDate></Header>",
            "Year",
            "it says 2013, and the ReferenceDate, 31 March 2014, is of the census year 2014.",
        ),
    ],
)
def test_a_fault_of_the_header_says_what_was_expected_and_what_was_found(
    tmp_path: Path, header: str, column: str, words: str
) -> None:
    found = faults(read(tmp_path, message(child("A1", episode()), header=header)), "header")
    assert f"The header does not say its {column} as it should: {words}" in [fault.words for fault in found]
    assert not any("SECRET" in fault.words for fault in found)


def test_a_file_of_another_collection_says_which_and_not_that_it_has_no_children(tmp_path: Path) -> None:
    text = message().replace(">CIN<", ">CSWW<").replace("<Children></Children>", "<LALevelVacancies/>")
    [words] = read(tmp_path, text).blocking
    assert words.startswith("The file's header says that it is another collection, CSWW, than the CIN census.")


def test_a_file_without_children_says_what_it_holds_instead(tmp_path: Path) -> None:
    [words] = read(tmp_path, message().replace("<Children></Children>", "<LALevelVacancies/>")).blocking
    assert words.endswith("there is nothing to keep. It holds elements named LALevelVacancies.")
