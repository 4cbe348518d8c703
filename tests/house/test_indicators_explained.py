"""Every indicator can be believed: its source, its owner, when it is looked at again, and examples by hand."""

from dataclasses import replace
from datetime import date

import pytest

from holdfast.analytics.indicators.definition import IncompleteDefinition
from house.ground import SOURCE


def indicators():
    import holdfast.analytics as analytics

    assert analytics.INDICATORS
    return analytics.INDICATORS


def test_every_definition_has_a_source_an_owner_and_review_dates():
    """Promise: no indicator without a source, an owner (a post), a day it was reviewed and a later one to come."""
    wanting = []
    for code, one in indicators().items():
        for fact in ("title", "question", "numerator", "denominator", "period_rule", "why", "source", "owner"):
            if len(str(getattr(one, fact, "") or "").strip()) < 3:
                wanting.append(f"{code} has no {fact}")
        dates = [date.fromisoformat(str(getattr(one, fact))) for fact in ("reviewed_on", "review_by")]
        if not dates[0] < dates[1]:
            wanting.append(f"{code} is to be reviewed before it was")
        if (
            one.id != code
            or one.unit not in ("per cent", "count")
            or one.polarity not in ("lower", "higher", "neither")
        ):
            wanting.append(f"{code} has an odd id, unit or polarity")
    assert not wanting, wanting


def test_every_definition_has_worked_examples():
    """Promise: every indicator has an example by hand, and one whose answer is not known."""
    without = [code for code, one in indicators().items() if not one.examples]
    assert not without, without


def test_every_definition_lives_in_a_file_of_its_own_name():
    """Promise: indicator file = id = catalogue entry."""
    files = {path.stem for path in (SOURCE / "analytics" / "indicators" / "definitions").glob("*.py")} - {"__init__"}
    missing = [
        code for code in indicators() if not {code.lower().replace("-", "_"), code.lower().split("-")[0]} & files
    ]
    assert not missing, missing


def test_what_was_finished_in_time_stands_beside_what_is_open_and_already_over():
    """Promise: leaving late ones open makes nobody look better. Every clock names the stock of its late ones."""
    finished = {code: one for code, one in indicators().items() if one.counts_the_finished}
    assert set(finished) == {"I20", "I21", "I42"}
    for code, one in finished.items():
        still_open = indicators()[one.still_open]
        assert (still_open.kind, still_open.polarity, still_open.unit) == ("stock", "lower", "per cent"), code
        assert still_open.limit_words.split(" from ")[0] == one.limit_words.split(" from ")[0], code
        assert still_open.breakdowns == one.breakdowns, f"{code}: of every group, both"
    for kind, clock in (("clock", "statutory"), ("flow", "DfE statistic")):
        with pytest.raises(IncompleteDefinition, match="still_open"):
            replace(indicators()["I20"], kind=kind, clock=clock, still_open="")
    with pytest.raises(IncompleteDefinition, match="still_open"):
        replace(indicators()["I24"], still_open="I42-open")


def test_what_counts_grades_says_wherever_it_stands_that_not_all_were_moderated():
    """Promise: a title goes to every page, file and paper, so the label of a grade that nobody moderated does too."""
    both = {"I95", "I96"}  # of cases that were graded twice, and say so
    counts = {code: one for code, one in indicators().items() if "audit_grades" in one.tables and code not in both}
    assert set(counts) >= {"I32", "I92", "I93"}
    assert [code for code, one in counts.items() if "moderated or not" not in one.title] == []
