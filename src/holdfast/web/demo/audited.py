"""In which order the demonstration's audits come about: before its releases know them, from them, and reported after.

What they are is data in library/audits.json. Rule: a release is published, and a sample drawn from it, on the day that
it says, which is before the demonstration's own.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from holdfast.access import clock
from holdfast.organisation.models import Programme
from holdfast.web.demo import audits, content, joint, later, learning, samples, together

FILE: Final = Path(__file__).parents[1] / "library" / "audits.json"


def facts_of(programme: Programme) -> Any:
    """What the library has of a programme's audits; None where it has none."""
    return json.loads(FILE.read_text(encoding="utf-8")).get(programme.code)


def add_with_returns(programme: Programme, given: dict[str, Any], files: list[tuple[Path, date]]) -> Iterator[str]:
    """What was audited before the releases, so that they know it; the releases; then what is drawn from them."""
    facts, today = facts_of(programme), clock.today()
    if facts:
        census = [path for path, _ in files if path.name.startswith("cin-census")]
        yield audits.add_questions(programme, facts)
        yield audits.add(programme, facts, census[-1])
        yield learning.add_findings(programme, facts["findings"])
        yield joint.add(programme, facts["several_agencies"], facts["several_agencies"]["audits"][0])
        yield together.add_calibrations(programme, facts["calibration"])
    later.stand_on(date.fromisoformat(given["released_on"]))
    yield from content.add_returns(programme, files)
    later.stand_on(today)
    if facts:
        yield from samples.add(programme, facts)


def report(programme: Programme) -> Iterator[str]:
    """What came after the plan was agreed anew: later audits by several agencies, both reports, lessons briefings."""
    facts = facts_of(programme)
    if facts:
        for given in facts["several_agencies"]["audits"][1:]:
            yield joint.add(programme, facts["several_agencies"], given)
        for cycle in facts["reported"]:
            yield learning.report(programme, cycle)
        yield learning.brief(programme, facts["briefings"])
