"""One indicator, one word: each requirement that rests on it, the report's chapter and every reader say the same."""

from collections.abc import Iterator
from datetime import date

import pytest

from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account
from holdfast.notice.selectors import positions
from holdfast.organisation.models import Programme
from holdfast.performance.models import Release
from holdfast.performance.selectors import indicators
from holdfast.reports.document import indicators as chapters

ON = date(2013, 12, 31)
READERS = ("board-chair", "elected-member", "director")


def asked_of(line: positions.PositionLine) -> Iterator[str]:
    """Each indicator that a check of the requirement rests on, by the notice's own file."""
    for check in line.requirement.checks:
        params = check.get("params", {})
        yield from params.get("indicators", ())
        yield from filter(None, [params.get("indicator")])


@pytest.mark.parametrize("reader", READERS)
def test_a_requirement_says_of_an_indicator_what_its_own_chapter_says(
    released: Release, programme: Programme, people: dict[str, Account], reader: str
) -> None:
    user = people[reader]
    own = {line.definition.id: line.assessment for line in indicators.scorecard(user, programme.code, until=ON)}
    whole = {line.definition.id: line.assessment for line in indicators.scorecard(SYSTEM, programme.code, until=ON)}
    assert {name: said.claim for name, said in own.items()} == {name: said.claim for name, said in whole.items()}
    held = chapters.of_release(user, programme.code, ON, released)
    chapter = {each["id"]: each["sentence"] for each in chapters.chapter(user, programme.code, held, ON)}
    n_said = 0
    for line in positions.position_lines(user, programme.code, ON):
        said = " ".join(found.sentence for _, found in line.answers)
        for indicator in asked_of(line):
            if indicator in own:
                assert own[indicator].headline in said, f"{line.requirement.ref} {indicator}"
                assert own[indicator].headline in chapter[indicator], indicator
                n_said += 1
    assert n_said >= 4, "requirements rest on indicators"
