"""What was sent and could not be understood is marked in the row it was sent in, and in no other."""

from pathlib import Path

import pytest

from analytics.census import child, episode, message, read, rows


def marks(folder: Path, text: str, table: str) -> list[str | None]:
    return [row["unread"] for row in rows(read(folder, text), table)]


@pytest.mark.parametrize(
    ("inside", "table", "marked"),
    [
        ("<CINclosureDate>01/04/2013</CINclosureDate>", "cin_episodes", "cine_close_date"),
        ("<CINclosureDate/>", "cin_episodes", None),
        ("", "cin_episodes", None),
        (
            "<Assessments><AssessmentActualStartDate>2013-04-02</AssessmentActualStartDate>"
            "<AssessmentAuthorisationDate>03/06/2013</AssessmentAuthorisationDate></Assessments>",
            "cin_assessments",
            "cina_assessment_auth_date",
        ),
        (
            "<Assessments><AssessmentActualStartDate>2 April</AssessmentActualStartDate>"
            "<AssessmentAuthorisationDate>03/06/2013</AssessmentAuthorisationDate></Assessments>",
            "cin_assessments",
            "cina_assessment_start_date cina_assessment_auth_date",
        ),
        (
            "<Section47><S47ActualStartDate>2013-05-02</S47ActualStartDate>"
            "<DateOfInitialCPC>24/05/2013</DateOfInitialCPC></Section47>",
            "s47_enquiry",
            "icpc_icpc_date",
        ),
        (
            "<ChildProtectionPlans><CPPstartDate>2013-05-02</CPPstartDate><Reviews><CPPreviewDate>soon</CPPreviewDate>"
            "</Reviews></ChildProtectionPlans>",
            "cp_reviews",
            "cppr_cp_review_date",
        ),
    ],
)
def test_an_unreadable_value_is_marked_and_an_absent_one_is_not(
    tmp_path: Path, inside: str, table: str, marked: str | None
) -> None:
    assert marks(tmp_path, message(child("A1", episode("2013-04-01", inside))), table) == [marked]


def test_the_mark_of_a_row_that_is_not_kept_does_not_pass_to_the_next(tmp_path: Path) -> None:
    bad = "<CINclosureDate>1 May</CINclosureDate>"
    twice = [child("A1", episode("2013-04-01")), child("A1", episode("2013-04-01", bad)), child("A2", episode())]
    assert marks(tmp_path, message(*twice), "cin_episodes") == [None, None]


def test_a_child_without_a_reference_leaves_no_mark_on_the_next(tmp_path: Path) -> None:
    nobody = child(None, identifiers="<PersonBirthDate>1 May</PersonBirthDate>")
    somebody = child("A2", identifiers="<Sex>F</Sex>")
    assert marks(tmp_path, message(nobody, somebody), "person") == [None]
