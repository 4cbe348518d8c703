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


def series(month: str | None, said: str = "") -> SimpleNamespace:
    latest = SimpleNamespace(period=period(month)) if month else None
    return SimpleNamespace(
        definition=SimpleNamespace(unit="per cent", kind="flow"),
        assessment=SimpleNamespace(latest=latest, sentence=said),
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


def test_a_target_that_the_sentence_says_is_not_said_twice() -> None:
    said = "From 1 March 2014 the target is at least 65.0 per cent (decision IB-5)."
    assert target_words([AUTUMN, SPRING], series("2014-02", said), date(2014, 3, 31)) == ""


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
    of |= {"path": "/i/", "claim": "no clear change", "sentence": "", "question": "How many?", "beside": None}
    of |= {"clock": ""}
    found = [of | {"id": f"I{n}", "title": "Counted", "none_words": words} for n, words in enumerate(HELD)]
    made = _of_indicators(found, "")
    assert [row[0]["text"] for row in made["not_held"]["rows"]] == ["I1 Counted", "I3 Counted"]
    assert [row[0]["text"] for row in made["indicators"]["rows"]] == ["I0 Counted", "I2 Counted"]
    assert [each["facts"]["id"] for each in made["each_indicator"]] == ["I0", "I2"]
    assert "not_held" not in _of_indicators(found[:1], "")


def figure(words: str) -> dict[str, object]:
    return {"words": words, "period": words, "period_words": "May 2031", "suppressed": words == "c"} | UNKNOWN


UNKNOWN = {"n_unknown": 0, "unknown_words": "0", "range_words": "", "trust_words": ""}
OWN_WORDS = "The question is in our own words."


def test_what_can_only_be_said_to_be_too_early_or_is_hidden_whole_has_a_row_and_no_chapter() -> None:
    """A clock of the law, a target, a claim or a full year keeps an indicator its own chapter."""
    young = {"latest_month": figure("60.0% (6 of 10)"), "latest_year": None, "so_far": None, "years": [], "chart": None}
    young |= {"unit": "per cent", "path": "/i/", "claim": "too early to say", "sentence": "", "beside": None}
    young |= {"clock": "", "target": None, "numerator": "Audits that say yes.", "denominator": "Audits."}
    young |= {"polarity_words": "Higher is better", "unverified": [OWN_WORDS], "title": "Counted"}
    target = {"words": "at least 90.0%", "decision": "IB-1", "set_afterwards": ""}
    hidden = {"latest_month": figure("c"), "claim": "an unusual month, check it", "unverified": []}
    kinds = [{}, {}, {"clock": "statutory"}, {"target": target}, {"claim": "improving"}, {"years": [figure("50.0%")]}]
    made = _of_indicators([young | kind | {"id": f"I{n}"} for n, kind in enumerate([*kinds, hidden])], "")
    assert [each["facts"]["id"] for each in made["each_indicator"]] == ["I2", "I3", "I4", "I5"]
    rows = {name: [row[0]["text"] for row in made[name]["rows"]] for name in ("indicators", "young", "hidden")}
    assert rows == {
        "indicators": ["I2 Counted", "I3 Counted", "I4 Counted", "I5 Counted"],
        "young": ["I0 Counted", "I1 Counted"],
        "hidden": ["I6 Counted"],
    }
    assert made["young"]["rows"][0][1:] == [
        "60.0% (6 of 10), May 2031",
        "Nothing since the notice",
        {"text": "Audits that say yes. Out of: audits. Higher is better.", "hint": ""},
    ]
    assert made["young_notes"] == [f"Unverified of I0 and I1: {OWN_WORDS}"]
    assert made["hidden"]["rows"][0][2] == "An unusual month, check it"


@pytest.mark.parametrize(("day", "held"), [(date(2013, 11, 30), None), (date(2013, 12, 1), AUTUMN)])
def test_a_target_holds_from_its_own_day(day: date, held: Aim | None) -> None:
    assert aim_on([AUTUMN, SPRING], day) is held
