"""A report for a day names the target of that day, beside the earlier one that its last figure fell under."""

from datetime import date
from types import SimpleNamespace

import pytest

from holdfast.analytics import period
from holdfast.performance.models import Target
from holdfast.performance.selectors.decided import Aim, aim_on
from holdfast.reports.document.indicators import target_of, target_words
from holdfast.reports.rendering.tables import SHORT, _is_worth_drawing, _of_indicators, _paragraphs, _target

HELD = ("None yet", "Not held", "None yet", "Not held")


def aim(from_on: date, value: float, decision: str) -> Aim:
    return Aim(from_on, value, Target(direction=Target.Direction.AT_LEAST, decision=decision))


AUTUMN, SPRING = aim(date(2013, 12, 1), 0.6, "IB-1"), aim(date(2014, 3, 1), 0.65, "IB-5")


def series(month: str | None) -> SimpleNamespace:
    latest = SimpleNamespace(period=period(month)) if month else None
    return SimpleNamespace(
        definition=SimpleNamespace(unit="per cent", kind="flow"), assessment=SimpleNamespace(latest=latest)
    )


def test_where_the_last_figure_fell_under_an_earlier_target_both_are_said_in_one_clause() -> None:
    assert target_words([AUTUMN, SPRING], series("2014-02"), date(2014, 3, 31)) == (
        "On 31 March 2014 the target was at least 65.0%, from 1 March 2014 (decision IB-5); the last figure, February "
        "2014, fell under the one before it, at least 60.0% (decision IB-1)."
    )


def test_where_no_target_held_before_that_is_said() -> None:
    said = target_words([SPRING], series("2014-02"), date(2014, 3, 1))
    assert said.endswith("the last figure, February 2014, fell under none.")


@pytest.mark.parametrize(
    ("aims", "month", "on"),
    [
        ([AUTUMN, SPRING], "2014-02", date(2014, 2, 28)),
        ([AUTUMN, SPRING], "2014-03", date(2014, 3, 31)),
        ([SPRING], "2014-01", date(2014, 2, 28)),
        ([], "2014-02", date(2014, 3, 31)),
        ([SPRING], None, date(2014, 3, 31)),
    ],
    ids=["the day before it changes", "the month of the change is measured", "before the first", "none", "no figure"],
)
def test_where_the_day_and_the_last_figure_have_one_target_nothing_more_is_said(aims, month, on) -> None:
    assert target_words(aims, series(month), on) == ""


def decided(on: date) -> Aim:
    target = Target(direction=Target.Direction.AT_LEAST, decision="IB-6", decided_on=on)
    return Aim(date(2014, 1, 1), 0.9, target)


def test_a_target_that_was_set_afterwards_says_so_beside_the_figure_on_a_scorecard() -> None:
    """In the report and in a meeting's pack, which prints the same table."""
    late = target_of([decided(date(2014, 2, 27))], series("2014-01"))
    assert late == {
        "words": "at least 90.0%",
        "decision": "IB-6",
        "set_afterwards": "set afterwards, on 27 February 2014",
    }
    in_time = target_of([decided(date(2014, 1, 31))], series("2014-01"))
    assert in_time == {"words": "at least 90.0%", "decision": "IB-6", "set_afterwards": ""}
    said = [_target({"target": each}) for each in (late, in_time, None)]
    assert said == [
        "Target at least 90.0% (decision IB-6), set afterwards, on 27 February 2014",
        "Target at least 90.0% (decision IB-6)",
        "",
    ]
    assert target_of([decided(date(2014, 1, 31))], series("2013-12")) is None


def test_what_stands_behind_the_headline_is_parted_into_paragraphs_and_loses_no_word() -> None:
    rest = [f"Sentence {n} {'of some length ' * 8}ends." for n in range(7)]
    found = _paragraphs({"headline": "Better.", "rest": rest, "target_words": "On 31 March the target was 65.0%."})
    assert " ".join(found) == " ".join([*rest, "On 31 March the target was 65.0%."])
    assert [len(each) < SHORT for each in found] == [True] * 4
    assert _paragraphs({"sentence": "Better. And more.", "target_words": ""}) == ["Better. And more.", ""]


def test_a_chart_of_which_hardly_a_month_is_shown_is_not_drawn() -> None:
    """A third of a page around nothing: the table says the same."""
    shown, hidden = ["May 2031", "6", "10", "60.0%", "none", "none"], ["June 2031", "c", "c", "c", "c", "not shown"]
    drawn = [_is_worth_drawing({"rows": [shown] * n + [hidden] * 9}) for n in (0, 2, 3)]
    assert drawn == [False, False, True]
    assert not _is_worth_drawing(None)


def test_indicators_of_which_nothing_is_held_have_one_table_and_lose_none() -> None:
    of = {"latest_month": None, "latest_year": None, "so_far": None, "years": [], "chart": None, "unit": "count"}
    of |= {"path": "/i/", "claim": "too early to say", "sentence": "", "question": "How many?", "beside": None}
    found = [of | {"id": f"I{n}", "title": "Counted", "none_words": words} for n, words in enumerate(HELD)]
    made = _of_indicators(found, "")
    assert [row[0]["text"] for row in made["not_held"]["rows"]] == ["I1 Counted", "I3 Counted"]
    assert [row[0]["text"] for row in made["indicators"]["rows"]] == ["I0 Counted", "I2 Counted"]
    assert [each["facts"]["id"] for each in made["each_indicator"]] == ["I0", "I2"]
    assert "not_held" not in _of_indicators(found[:1], "")


@pytest.mark.parametrize(("day", "held"), [(date(2013, 11, 30), None), (date(2013, 12, 1), AUTUMN)])
def test_a_target_holds_from_its_own_day(day: date, held: Aim | None) -> None:
    assert aim_on([AUTUMN, SPRING], day) is held
