"""Cells as people fill them in: each means one thing, or is not understood."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from holdfast.analytics.returns.tolerant import (
    CellCodes,
    CellCounts,
    CellDates,
    CellFlags,
    CellTexts,
    Tolerant,
    folded,
    tidy,
)
from holdfast.analytics.tables import codes

NOT_UNDERSTOOD = "not understood"


def read(reader: Tolerant, cell: Any) -> Any:
    try:
        return reader[cell]
    except KeyError:
        return NOT_UNDERSTOOD


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(2014, 4, 3), "2014-04-03"),
        (datetime(2014, 4, 3, 23, 59, tzinfo=UTC), "2014-04-03"),
        (41732.0, "2014-04-03"),
        (41732.75, "2014-04-03"),
        ("41732", "2014-04-03"),
        ("2014-04-03", "2014-04-03"),
        ("2014-04-03T00:00:00", "2014-04-03"),
        ("03/04/2014", "2014-04-03"),  # day first, by declared convention
        ("3/4/2014 14:35", "2014-04-03"),
        ("3.4.2014", "2014-04-03"),
        (" 03-04-2014\u00a0", "2014-04-03"),
        ("3 April 2014", "2014-04-03"),
        ("3rd Apr 2014", "2014-04-03"),
        ("29/02/2012", "2012-02-29"),
        (20_000.0, "1954-10-03"),
        ("", None),
        ("n/a", None),
        ("-", None),
        ("29/02/2013", NOT_UNDERSTOOD),
        ("2014-13-01", NOT_UNDERSTOOD),  # not tried as the 1st of a 13th month, nor as day and month turned round
        ("04/13/2014", NOT_UNDERSTOOD),
        ("03/04/14", NOT_UNDERSTOOD),
        ("April 2014", NOT_UNDERSTOOD),
        ("3 Ju 2014", NOT_UNDERSTOOD),
        (2014.0, NOT_UNDERSTOOD),  # a year, not the 5 July 1905 that Excel would count it as
        (8.88, NOT_UNDERSTOOD),
        (99_999.0, NOT_UNDERSTOOD),
        (True, NOT_UNDERSTOOD),
        ("#N/A", NOT_UNDERSTOOD),
        ("01/01/1899", NOT_UNDERSTOOD),
        ("soon", NOT_UNDERSTOOD),
    ],
)
def test_a_day_is_read_in_any_form_that_means_one_day(cell: Any, day: str | None) -> None:
    dates = CellDates()
    found = read(dates, cell)
    assert (dates.iso[found] if found not in (None, NOT_UNDERSTOOD) else found) == day


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("a) Yes", True),
        ("Yes", True),
        ("Y", True),
        ("Yep", True),
        (True, True),
        (1.0, True),
        ("b) No", False),
        ("no", False),
        (0.0, False),
        ("c) Unknown", None),
        ("na", None),
        ("", None),
        ("perhaps", NOT_UNDERSTOOD),
        ("#REF!", NOT_UNDERSTOOD),
        (2.0, NOT_UNDERSTOOD),
    ],
)
def test_yes_and_no_are_one_code_each_however_they_are_written(cell: Any, value: Any) -> None:
    assert read(CellFlags(), cell) is value


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("q) 6: Police", "6"),
        ("6: Police", "6"),
        ("6", "6"),
        (6.0, "6"),
        ("Police", "6"),
        ("POLICE", "6"),
        ("c) 1C: Individual", "1C"),
        ("3e - Health: A&E", "3E"),
        ("2A: something of our own", "2A"),
        ("2A: Police", NOT_UNDERSTOOD),  # the code says one thing and the words another
        ("q)", NOT_UNDERSTOOD),  # the letters differ by list
        ("Neighbour", NOT_UNDERSTOOD),
        ("unknown", "10"),
        ("n/a", None),
    ],
)
def test_a_code_is_read_by_itself_with_its_letter_or_by_its_words(cell: Any, code: str | None) -> None:
    assert read(CellCodes(codes.REFERRAL_SOURCE), cell) == code


def test_other_words_of_a_code_are_those_of_its_list() -> None:
    sex = CellCodes(codes.SEX, [("Neither", "I"), ("Not stated/recorded", "U")])
    assert [read(sex, cell) for cell in ("b) Female", "Female", "F", "c) Not stated/recorded", "d) Neither")] == [
        "F",
        "F",
        "F",
        "U",
        "I",
    ]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (3.0, 3),
        ("3", 3),
        ("0", 0),
        (9_999.0, 9_999),
        (10_000.0, NOT_UNDERSTOOD),
        (1.5, NOT_UNDERSTOOD),
        ("three", NOT_UNDERSTOOD),
        (True, NOT_UNDERSTOOD),
        (-1.0, NOT_UNDERSTOOD),
        ("", None),
        (date.max, NOT_UNDERSTOOD),
    ],
)
def test_a_number_is_a_whole_one(cell: Any, value: Any) -> None:
    assert read(CellCounts(), cell) == value


def test_a_text_is_tidied_and_an_id_that_excel_took_for_a_number_is_text() -> None:
    texts = CellTexts(10)
    assert [read(texts, cell) for cell in (12345.0, " J\u00a0 Smith ", "n/a", "#N/A", "x" * 11)] == [
        "12345",
        "J Smith",
        None,
        NOT_UNDERSTOOD,
        NOT_UNDERSTOOD,
    ]


def test_headings_are_compared_by_their_letters_and_figures() -> None:
    assert folded("Was the child’s plan ended (Y/N))?") == folded("was the child's plan ended  (y/n)")
    assert tidy("Child’s\u00a0 name") == "Child's name"
