"""The demonstration's audits are of children that its invented returns hold, each of them once."""

import random
from datetime import date
from pathlib import Path

from holdfast.web.demo import audits

RETURN = """
<Child><LAchildID>INV0000001</LAchildID><AssessmentAuthorisationDate>2013-06-03</AssessmentAuthorisationDate></Child>
<Child><LAchildID>INV0000002</LAchildID><CINclosureDate>2013-07-01</CINclosureDate>
<AssessmentAuthorisationDate>2013-04-22</AssessmentAuthorisationDate></Child>
<Child><LAchildID>INV0000003</LAchildID><AssessmentAuthorisationDate>soon</AssessmentAuthorisationDate></Child>
"""


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
        return sum(audits._true(part, chance) for _ in range(2000)) / 2000

    assert mean(0.0) > mean(0.5) > mean(1.0)
