"""What a card promises, some file can meet: each answer of each indicator of children comes from a census as sent.

A definition may ask a table for what no reader gives; then its worked examples pass and its page never tells the truth.
"""

from datetime import date
from typing import Any

import pytest

from analytics.census import child, episode, message, read
from analytics.test_history import CLOSED, History, assessment, enquiry, plan
from holdfast.analytics.calculated import rows
from holdfast.analytics.calculation import calculate
from holdfast.analytics.engines import engine
from holdfast.analytics.indicators.definitions import INDICATORS
from holdfast.analytics.indicators.needs import needs_of

UNREAD = "03/06/2013"
"""A date that was sent and cannot be understood."""
NEVER = {("I03", False), ("I03", None)}
"""Every referral counts as one: there is nothing to be unsure of."""

FIRST_YEAR = (
    child("GONE", episode("2012-04-10", CLOSED.format("2012-05-20"))),
    child("EARLY", episode("2012-05-01", assessment("2012-05-02", "2012-06-01"), CLOSED.format("2012-07-01"))),
    child(
        "OLD",
        episode(
            "2012-04-10",
            assessment("2012-04-11", "2012-05-10"),
            enquiry("2012-04-12", held="2012-04-27"),
            plan("2012-04-27", "", "2012-07-20", "2013-01-15"),
        ),
    ),
)
SECOND_YEAR = (
    child(
        "EARLY",
        episode("2013-06-01", assessment("2013-06-03", "2013-07-01"), CLOSED.format("2013-07-10")),
        episode("2013-08-01", assessment("2013-08-02", "2013-12-20"), CLOSED.format("2013-12-20")),
    ),
    child("OLD", FIRST_YEAR[2].partition("<CINdetails>")[2].join(["<CINdetails>", ""]).removesuffix("</Child>")),
    child("NFA", episode("2013-06-03", nfa="true")),
    child("FLAG", episode("2013-06-03", nfa="perhaps")),
    child("UNREAD-A", episode("2013-06-03", assessment("2013-06-04", UNREAD))),
    child("LATE", episode("2013-06-03", assessment("2013-06-04"))),
    child("NEW", episode("2014-03-03", assessment("2014-03-04"), enquiry("2014-03-24"))),
    child("NONE", episode("2013-06-03", enquiry("2013-06-04").replace(">false<", ">true<"))),
    child("WAITS", episode("2013-06-03", enquiry("2013-06-04"), plan("2013-06-20", "", "2014-03-01"))),
    child("UNREAD-C", episode("2013-06-03", enquiry("2013-06-04", held=UNREAD))),
    child("AGAIN", episode("2013-06-03", plan("2013-06-20").replace("CPP>0<", "CPP>2<"))),
    child(
        "UNSAID", episode("2013-06-03", plan("2013-06-20").replace("<NumberOfPreviousCPP>0</NumberOfPreviousCPP>", ""))
    ),
    child("UNREAD-P", episode("2012-01-03", plan("2012-01-10", UNREAD))),
    child("LONG", episode("2011-01-03", plan("2011-01-10", "", "2013-04-05", "2013-09-20", "2014-03-10"))),
    child("REVIEW", episode("2013-06-03", plan("2013-06-20", "", UNREAD))),
    child("MOVED-IN", episode("2013-06-03", "<DateOfInitialCPC>2013-06-20</DateOfInitialCPC>", plan("2013-06-20"))),
    child("BACK", episode("2013-06-03", CLOSED.format("2013-06-20")), episode("2013-07-01")),
    child("UNREAD-S", episode("2013-06-03", assessment(UNREAD, "2013-07-01"))),
    child("LATELY", episode("2013-11-04", CLOSED.format("2014-02-20"))),
    child("UNREAD-Z", episode("2013-06-03", CLOSED.format(UNREAD))),
)


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """Each indicator's rows, from two years of files."""
    history = History(tmp_path_factory.mktemp("cards"))
    history.add("2013-03-31", *FIRST_YEAR)
    history.add("2014-03-31", *SECOND_YEAR)
    made = calculate(
        history.snapshot(), engine=engine("duckdb"), store=history.store, first_month="2012-04", last_month="2014-03"
    )
    from_a_file = read(tmp_path_factory.mktemp("gives"), message()).gives(date(2014, 3, 31)).columns
    of_children = [
        name
        for name, card in INDICATORS.items()
        if all(needed <= set(from_a_file.get(table, ())) for table, needed in needs_of(card).items())
    ]
    assert len(of_children) >= 19
    return {name: rows(history.store, made.id, name, limit=5_000)[0] for name in of_children}


def test_every_answer_of_every_card_comes_from_some_file(answered: dict[str, list[Any]]) -> None:
    met = {(name, row.in_numerator) for name, found in answered.items() for row in found}
    wanted = {(name, answer) for name in answered for answer in (True, False, None)}
    assert sorted(map(str, wanted - met)) == sorted(map(str, NEVER)), "a card promises what no reader gives"


def test_a_conference_with_no_enquiry_is_left_out_as_the_card_says(answered: dict[str, list[Any]]) -> None:
    """Directly on the episode it shows a child who moved in with a plan: not late, not in time and not unknown."""
    for indicator in ("I42", "I42-open", "I38"):
        assert not [row for row in answered[indicator] if "MOVED-IN" in str(row.child)]
    assert [row.in_numerator for row in answered["I47"] if "MOVED-IN" in str(row.child)]


def test_where_no_conference_was_required_there_is_nothing_to_wait_for(answered: dict[str, list[Any]]) -> None:
    assert not [row for row in answered["I42"] if "NONE" in str(row.child)]
    assert {row.in_numerator for row in answered["I38"] if "NONE" in str(row.child)} == {False}
