"""Dates, counts and lists in English."""

from datetime import UTC, date, datetime

import pytest

from holdfast.pages.words import counted, date_words, day_or, listed, lower_first, month_words, upper_first


def test_a_date_is_said_without_a_nought_before_it() -> None:
    assert date_words(date(2014, 2, 7)) == "7 February 2014"
    assert month_words(date(2014, 2, 7)) == "February 2014"


@pytest.mark.parametrize(
    ("instant", "said"),
    [
        (datetime(2031, 5, 31, 22, 59, tzinfo=UTC), "31 May 2031"),
        (datetime(2031, 5, 31, 23, 0, tzinfo=UTC), "1 June 2031"),
        (datetime(2031, 12, 31, 23, 59, tzinfo=UTC), "31 December 2031"),
    ],
)
def test_an_instant_is_said_as_its_day_in_london(instant: datetime, said: str) -> None:
    assert date_words(instant) == said


def test_where_there_is_no_date_that_is_said() -> None:
    assert day_or(None, "Not yet") == "Not yet"
    assert day_or(date(2031, 6, 1), "Not yet") == "1 June 2031"


@pytest.mark.parametrize(("n", "said"), [(0, "no actions"), (1, "1 action"), (2, "2 actions"), (1234, "1,234 actions")])
def test_things_are_counted(n: int, said: str) -> None:
    assert counted(n, "action") == said


def test_a_plural_that_is_not_an_s_is_given() -> None:
    assert counted(2, "agency", "agencies") == "2 agencies"


@pytest.mark.parametrize(
    ("words", "said"), [([], ""), (["May"], "May"), (["May", "June"], "May and June"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_is_said_with_and_before_the_last(words: list[str], said: str) -> None:
    assert listed(words) == said


def test_a_list_of_alternatives_says_or() -> None:
    assert listed(["a team", "an agency"], "or") == "a team or an agency"


def test_only_the_first_letter_changes_case() -> None:
    assert (upper_first("the DfE"), lower_first("The DfE"), upper_first("")) == ("The DfE", "the DfE", "")
