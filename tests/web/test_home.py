"""What the blocks of home say, from facts set out by hand."""

from datetime import date
from types import SimpleNamespace

import pytest

from holdfast.web.home import indicators, plan, requirements, returns
from holdfast.web.home.summary import summary


def line(position, sentence="", ref="R01", due_on=None):
    return SimpleNamespace(
        requirement=SimpleNamespace(ref=ref, name="Good assessments"),
        position=position,
        colour="red",
        due=SimpleNamespace(on=due_on),
        answers=[("figure", SimpleNamespace(state=position, sentence=sentence))],
    )


def indicator(claim, title="Referrals"):
    definition = SimpleNamespace(id="I03", title=title, unit="count")
    month = SimpleNamespace(period=SimpleNamespace(words="January 2014"), n_in_words="c")
    assessment = SimpleNamespace(claim=claim, sentence=f"{title}: {claim}.")
    return SimpleNamespace(definition=definition, latest_month=month, assessment=assessment)


def late_action(ref="A1", moved=False):
    first = date(2013, 12, 1) if moved else date(2014, 1, 31)
    return SimpleNamespace(
        ref=ref, title="Train auditors", owner=SimpleNamespace(title="Head of practice"), due_on=date(2014, 1, 31),
        original_due_on=first, is_moved=moved,
    )  # fmt: skip


def asked(**facts):
    usual = {
        "code": "westmere-2031", "positions": None, "scorecard": None, "worsening": None, "has_plan": False, "late": [],
        "release": None, "may": lambda permission: True,
    }  # fmt: skip
    return SimpleNamespace(**{**usual, **facts})


def test_the_summary_counts_what_matters_in_words():
    facts = asked(
        positions=[line("not met"), line("at risk"), line("at risk"), line("no evidence"), line("met")],
        has_plan=True,
        late=[late_action()],
        worsening=[indicator("worsening"), indicator("worsening")],
    )
    assert summary(facts) == (
        "Of 5 requirements, 1 is not met, 2 are at risk and 1 has no evidence. "
        "1 thing in the plan is late. 2 indicators are getting worse."
    )


def test_the_summary_says_nothing_of_what_is_not_there():
    assert summary(asked()) == ""
    assert summary(asked(has_plan=True)) == "Nothing in the plan is late."


def test_positions_are_counted_worst_first_and_lead_to_their_list():
    block = requirements.counts(asked(positions=[line("met"), line("not met")]))
    assert [(one.words, one.n) for one in block.counts][:2] == [("Not met", 1), ("At risk", 0)]
    assert block.counts[0].url == "/westmere-2031/notice/positions/?position=not+met"
    assert block.counts[0].colour == "red"


def test_what_is_not_met_comes_before_what_is_at_risk_with_what_the_check_says():
    lines = [line("at risk", "Late.", "R02"), line("not met", "41%.", "R09", date(2014, 2, 27)), line("met")]
    block = requirements.to_look_at(asked(positions=lines))
    assert [one.text for one in block.lines] == ["R09 Good assessments", "R02 Good assessments"]
    assert block.lines[0].note == "41%. Due 27 February 2014."


def test_only_five_are_listed_and_the_rest_are_a_link_away():
    block = requirements.without_evidence(asked(positions=[line("no evidence")] * 7))
    assert len(block.lines) == 5
    assert block.more == ("See all 7", "/westmere-2031/notice/positions/?position=no+evidence")


@pytest.mark.parametrize("block", [requirements.counts, requirements.to_look_at, requirements.without_evidence])
def test_without_a_notice_it_says_who_loads_it(block):
    assert "The programme office loads the notice." in block(asked()).nothing.text


def test_only_what_the_statistics_call_worsening_is_listed():
    worse = indicator("worsening", "Repeat plans")
    block = indicators.worsening(asked(worsening=[worse], scorecard=[worse, indicator("improving")]))
    assert [(one.text, one.status) for one in block.lines] == [("Repeat plans", "Worsening")]


def test_the_sentences_are_exactly_those_that_may_be_said():
    block = indicators.said(asked(scorecard=[indicator("no clear change")]))
    assert block.lines[0].note == "Referrals: no clear change."


def test_no_worsening_is_not_called_good():
    block = indicators.worsening(asked(worsening=[], scorecard=[]))
    assert "no more" in block.nothing.text
    assert not block.nothing.is_missing


def release(**facts):
    usual = {
        "number": 2, "in_words": "release 2 (a1b2c3d4)", "as_at": date(2014, 1, 31), "compared_with_id": 1,
        "n_moves": 3, "moves_summary": {"new rows": 2, "rows changed": 1},
    }  # fmt: skip
    return SimpleNamespace(**{**usual, **facts})


def test_what_moved_is_counted_by_reason():
    block = returns.moved(asked(release=release()))
    assert [(one.text, one.status) for one in block.lines] == [("New rows", "2 figures"), ("Rows changed", "1 figure")]
    assert block.more[1] == "/westmere-2031/releases/2/"


def test_somebody_who_may_not_open_returns_gets_no_link_to_the_release():
    assert returns.moved(asked(release=release(), may=lambda permission: False)).more == ("", "")
    assert returns.faults(asked(may=lambda permission: False)).nothing.title == "Your role does not open returns"


def test_a_first_release_has_nothing_to_be_compared_with():
    assert returns.moved(asked(release=release(compared_with_id=None))).nothing.title == "This is the first release"


def test_late_things_say_whose_they_are_and_when_they_were_first_due(settings):
    settings.HOLDFAST_TODAY = date(2014, 2, 10)
    block = plan.late(asked(has_plan=True, late=[late_action(moved=True)]))
    assert block.lede == "1 late on 10 February 2014."
    assert block.lines[0].note == "Head of practice. Due 31 January 2014. First due 1 December 2013."


def test_nothing_late_is_said_plainly():
    assert plan.late(asked(has_plan=True)).nothing.title == "Nothing in the plan is late"
