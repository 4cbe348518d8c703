"""The position of a requirement: the table's lines by example, then every combination against the promises."""

from itertools import chain, combinations, product

import pytest

from holdfast.notice.answers import STATES, CheckAnswer
from holdfast.notice.positioning import DUE_STATES, POSITIONS, position

FAILED = CheckAnswer("no evidence", "It failed.", has_failed=True)
ANSWERS = [*(CheckAnswer(state, "Said so.") for state in STATES), FAILED]
JUDGEMENTS = (None, "met", "on track", "at risk", "not met")
ACCEPTANCES = (None, True, False)


def says(*states: str) -> list[CheckAnswer]:
    return [CheckAnswer(state, "Said so.") for state in states]


@pytest.mark.parametrize(
    ("checks", "judgement", "acceptance", "due", "expected"),
    [
        (says(), None, None, "open", "no evidence"),
        (says(), None, None, "not yet", "not due"),
        (says(), None, None, "passed", "no evidence"),
        (says("met"), None, None, "open", "on track"),
        (says("met"), None, None, "not yet", "on track"),
        (says("met", "no evidence"), None, None, "open", "on track"),
        (says("no evidence"), None, None, "not yet", "not due"),
        (says("met"), "met", None, "open", "on track"),
        (says("met"), "met", True, "open", "met"),
        (says(), "met", True, "not yet", "met"),
        (says("no evidence"), "met", True, "passed", "met"),
        (says("met"), "met", False, "open", "on track"),
        (says(), "met", False, "open", "no evidence"),
        (says(), "met", False, "not yet", "not due"),
        (says("at risk"), "met", True, "open", "at risk"),
        (says("not met"), "met", True, "open", "not met"),
        (says("not met"), "met", True, "not yet", "at risk"),
        ([FAILED], "met", True, "open", "no evidence"),
        ([FAILED, *says("met")], None, None, "open", "no evidence"),
        ([FAILED, *says("not met")], None, None, "open", "not met"),
        (says("met"), "not met", None, "not yet", "not met"),
        (says("met"), "not met", False, "open", "not met"),
        (says("met"), "at risk", False, "open", "at risk"),
        (says(), "on track", None, "open", "on track"),
        (says(), "on track", None, "passed", "at risk"),
        (says(), "on track", False, "open", "no evidence"),
        (says("met"), "on track", True, "not yet", "on track"),
    ],
)
def test_each_line_of_the_table(checks, judgement, acceptance, due, expected) -> None:
    assert position(checks, judgement, acceptance, due) == expected


def _every_case():
    some = chain.from_iterable(combinations(ANSWERS, n) for n in range(len(ANSWERS) + 1))
    return product(list(some), JUDGEMENTS, ACCEPTANCES, DUE_STATES)


def test_over_every_combination_the_promises_hold() -> None:
    n = 0
    for checks, judgement, acceptance, due in _every_case():
        n += 1
        found = position(checks, judgement, acceptance, due)
        case = (checks, judgement, acceptance, due)
        states = {check.state for check in checks}
        assert found in POSITIONS, case
        if found == "met":
            assert judgement == "met", case
            assert acceptance is True, case
            assert not states & {"not met", "at risk"}, case
            assert FAILED not in checks, case
        if judgement == "not met":
            assert found == "not met", case
        if "not met" in states:
            assert found in ("not met", "at risk"), case
        if FAILED in checks:
            assert found in ("not met", "at risk", "no evidence"), case
        if found == "not due":
            assert due == "not yet", case
        if found == "on track":
            assert "met" in states or (judgement in ("met", "on track") and acceptance is not False), case
    assert n == 32 * 5 * 3 * 3


def test_worse_news_never_gives_a_better_position() -> None:
    rank = {"not met": 0, "at risk": 1, "no evidence": 2, "not due": 2, "on track": 3, "met": 4}
    for checks, judgement, acceptance, due in _every_case():
        before = position(checks, judgement, acceptance, due)
        for worse in (*says("not met", "at risk"), FAILED):
            after = position([*checks, worse], judgement, acceptance, due)
            assert rank[after] <= rank[before], (checks, judgement, acceptance, due, worse)


def test_the_order_of_checks_does_not_matter() -> None:
    for checks, judgement, acceptance, due in _every_case():
        assert position(checks, judgement, acceptance, due) == position(
            list(reversed(checks)), judgement, acceptance, due
        )


def test_an_answer_outside_the_states_is_refused() -> None:
    with pytest.raises(ValueError, match="must answer one of"):
        CheckAnswer("green", "No.")
    with pytest.raises(ValueError, match="no evidence"):
        CheckAnswer("met", "No.", has_failed=True)
