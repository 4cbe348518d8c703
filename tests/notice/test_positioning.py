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


JUDGED_MET = "judged met, records do not show it"


@pytest.mark.parametrize(
    ("checks", "judgement", "acceptance", "due", "expected"),
    [
        (says(), None, None, "open", "no evidence"),
        (says(), None, None, "not yet", "not due"),
        (says(), None, None, "passed", "no evidence"),
        (says("met"), None, None, "open", "on track"),
        (says("met"), None, None, "not yet", "on track"),
        (says("met", "no evidence"), None, None, "open", "no evidence"),
        (says("met", "no evidence"), None, None, "not yet", "not due"),
        (says("met", "no evidence"), "on track", True, "open", "on track"),
        (says("no evidence"), None, None, "not yet", "not due"),
        (says("met"), "met", None, "open", "on track"),
        (says("met"), "met", True, "open", "met"),
        (says("met", "met"), "met", True, "not yet", "met"),
        (says("met", "no evidence"), "met", True, "open", JUDGED_MET),
        (says(), "met", True, "not yet", JUDGED_MET),
        (says("no evidence"), "met", True, "passed", JUDGED_MET),
        (says(), "met", None, "open", "no evidence"),
        (says("no evidence"), "met", None, "open", "no evidence"),
        (says("no evidence"), "met", None, "not yet", "not due"),
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
        (says(), "on track", None, "open", "no evidence"),
        (says(), "on track", True, "open", "on track"),
        (says(), "on track", None, "passed", "no evidence"),
        (says(), "on track", True, "passed", "at risk"),
        (says(), "on track", False, "open", "no evidence"),
        (says("met"), "on track", True, "not yet", "on track"),
    ],
)
def test_each_line_of_the_table(checks, judgement, acceptance, due, expected) -> None:
    assert position(checks, judgement, acceptance, due, names_evidence=True) == expected


def test_a_judgement_of_met_whose_evidence_is_gone_is_not_met() -> None:
    assert position(says("met"), "met", True, "open", names_evidence=False) == JUDGED_MET


def _every_case():
    some = chain.from_iterable(combinations(ANSWERS, n) for n in range(len(ANSWERS) + 1))
    return product(list(some), JUDGEMENTS, ACCEPTANCES, DUE_STATES, (True, False))


def _position(checks, judgement, acceptance, due, names_evidence) -> str:
    return position(checks, judgement, acceptance, due, names_evidence=names_evidence)


def test_over_every_combination_the_promises_hold() -> None:
    n = 0
    for case in _every_case():
        checks, judgement, acceptance, due, names_evidence = case
        n += 1
        found = _position(*case)
        states = {check.state for check in checks}
        assert found in POSITIONS, case
        if found == "met":
            assert judgement == "met", case
            assert acceptance is True, case
            assert names_evidence, case
            assert states == {"met"}, case
            assert FAILED not in checks, case
        if found == JUDGED_MET:
            assert judgement == "met", case
            assert acceptance is True, case
            assert not states & {"not met", "at risk"}, case
        if judgement == "not met":
            assert found == "not met", case
        if "not met" in states:
            assert found in ("not met", "at risk"), case
        if FAILED in checks:
            assert found in ("not met", "at risk", "no evidence"), case
        if found == "not due":
            assert due == "not yet", case
        if found == "on track":
            assert states == {"met"} or (judgement == "on track" and acceptance is True), case
    assert n == 32 * 5 * 3 * 3 * 2


def test_good_news_that_nobody_has_accepted_moves_nothing() -> None:
    for checks, judgement, acceptance, due, names_evidence in _every_case():
        if judgement in ("met", "on track") and acceptance is not True:
            case = (checks, judgement, acceptance, due, names_evidence)
            assert _position(*case) == _position(checks, None, None, due, False), case


def test_worse_news_never_gives_a_better_position() -> None:
    rank = {"not met": 0, "at risk": 1, JUDGED_MET: 2, "no evidence": 2, "not due": 2, "on track": 3, "met": 4}
    for checks, *rest in _every_case():
        before = _position(checks, *rest)
        for worse in (*says("not met", "at risk"), FAILED):
            after = _position([*checks, worse], *rest)
            assert rank[after] <= rank[before], (checks, rest, worse)


def test_the_order_of_checks_does_not_matter() -> None:
    for checks, *rest in _every_case():
        assert _position(checks, *rest) == _position(list(reversed(checks)), *rest)


def test_an_answer_outside_the_states_is_refused() -> None:
    with pytest.raises(ValueError, match="must answer one of"):
        CheckAnswer("green", "No.")
    with pytest.raises(ValueError, match="no evidence"):
        CheckAnswer("met", "No.", has_failed=True)
