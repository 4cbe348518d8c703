"""The demonstration's audits are of children that its invented returns hold, each of them once."""

import json
import random
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM
from holdfast.audits import programming
from holdfast.web.demo import agreements, audited, audits, papers

RETURN = """
<Child><LAchildID>INV0000001</LAchildID><AssessmentAuthorisationDate>2013-06-03</AssessmentAuthorisationDate></Child>
<Child><LAchildID>INV0000002</LAchildID><CINclosureDate>2013-07-01</CINclosureDate>
<AssessmentAuthorisationDate>2013-04-22</AssessmentAuthorisationDate></Child>
<Child><LAchildID>INV0000003</LAchildID><AssessmentAuthorisationDate>soon</AssessmentAuthorisationDate></Child>
"""


@pytest.mark.django_db
def test_the_programme_of_audits_that_the_boards_are_asked_for_is_the_one_that_is_written(
    programme: Any, people: Any
) -> None:
    facts = json.loads(audited.FILE.read_text(encoding="utf-8"))["devon-2013"]
    subjects = json.loads(agreements.LIBRARY.read_text(encoding="utf-8"))["subjects"]["devon-2013"]
    [asked] = [subject["versions"] for subject in subjects if subject["kind"] == programming.KIND]
    audits._write_programme(programme, date.fromisoformat(facts["agreed_from"]), facts["a_month"])
    assert "\n".join(asked[-1]["words"]) == programming.words_today(SYSTEM, programme.code)


def test_a_case_is_a_child_of_the_return_of_whom_something_ended_shortly_before(tmp_path: Path) -> None:
    file = tmp_path / "return.xml"
    file.write_text(RETURN, encoding="utf-8")
    cases = audits.read_cases(file, 1, date(2013, 7, 31))
    assert cases.ended["assessed"] == [(date(2013, 6, 3), "INV0000001"), (date(2013, 4, 22), "INV0000002")]
    assert cases.draw("closed", date(2013, 8, 1)) == "INV0000002"
    assert cases.draw("assessed", date(2013, 8, 1)) == "INV0000001"  # 22 April is 101 days before
    assert cases.draw("assessed", date(2013, 7, 31)) == "INV0000002"
    assert cases.ended == {"assessed": [], "closed": []}


def test_practice_is_better_in_the_last_month_than_in_the_first() -> None:
    def mean(part: float) -> float:
        chance = random.Random(1)
        return sum(papers.deserved(part, chance) for _ in range(2000)) / 2000

    assert mean(0.0) > mean(0.5) > mean(1.0)


def test_oversight_gains_the_childs_voice_does_not_and_grades_are_kind_until_they_are_talked_through() -> None:
    facts = json.loads(audited.FILE.read_text(encoding="utf-8"))["devon-2013"]
    first, later = (papers.practice_on(facts, date.fromisoformat(facts[day])) for day in ("from_on", "until"))
    oversight, voice = (SimpleNamespace(code="asked", topics=(topic,)) for topic in ("oversight", "voice"))
    assert later.found(oversight, 2) - first.found(oversight, 2) > 0.3
    assert later.found(voice, 2) == first.found(voice, 2)
    talked = date.fromisoformat(facts["talked_through"])
    assert papers.practice_on(facts, talked).kind > 2 * first.kind
    assert later.kind < first.kind


def test_nobody_reads_a_case_of_the_team_that_they_manage() -> None:
    chance = random.Random(1)
    who = papers.Auditors(
        chance, [("north-manager", 9, 1.0), ("reader", 1, 1.0)], {"north-manager": frozenset({"north"})}
    )
    north, south = SimpleNamespace(code="north"), SimpleNamespace(code="south")
    assert {who.of(north)[0] for _ in range(50)} == {"reader"}
    assert {who.of(south)[0] for _ in range(50)} == {"north-manager", "reader"}


def test_what_is_drawn_is_drawn_after_its_release_and_a_finding_asked_again_was_verified() -> None:
    """The release is of 3 February; a question is due again a quarter after somebody else accepted its action."""
    facts = json.loads(audited.FILE.read_text(encoding="utf-8"))["devon-2013"]
    for sample in facts["samples"]:
        assert sample["on"] >= "2014-02-03"
        if "asks_again" in sample:
            verified_on = facts["findings"][sample["asks_again"] - 1]["action"]["verified_on"]
            assert (date.fromisoformat(sample["on"]) - date.fromisoformat(verified_on)).days >= 91
    assert {sample["chosen"] for sample in facts["samples"]} == {"random", "risk"}
