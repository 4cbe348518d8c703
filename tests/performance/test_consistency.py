"""Referrals side by side: a group stands apart by its whole interval alone, and what is not held is said."""

from types import SimpleNamespace
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM, Refused
from holdfast.analytics import Protected
from holdfast.analytics.figure import month
from holdfast.performance.models import Release
from holdfast.performance.selectors import consistency

CODE, PAGE = "westmere-2031", "/westmere-2031/practice/consistency/"
MAY = month(2031, 5)


def figure(n_in: int | None, of: int | None, unknown: int | None = 0, group: str = "") -> Protected:
    return Protected(MAY, group, n_in, of, unknown)


@pytest.mark.parametrize(
    ("n_in", "of", "unknown", "apart"),
    [
        (60, 100, 0, "higher"),  # 50.2% to 69.1%, of 50% all together
        (59, 100, 0, ""),  # 49.2% to 68.1%
        (40, 100, 0, "lower"),  # 30.9% to 49.8%
        (41, 100, 0, ""),
        (None, None, None, ""),
        (0, 0, 0, ""),
        (60, 100, 101, ""),  # most is not known
    ],
)
def test_a_group_is_apart_only_by_its_whole_interval(
    n_in: int | None, of: int | None, unknown: int | None, apart: str
) -> None:
    assert consistency.apart_from(figure(n_in, of, unknown), figure(500, 1000)) == apart


def test_nothing_is_apart_from_a_whole_that_is_hidden() -> None:
    assert consistency.apart_from(figure(90, 100), figure(None, None, None)) == ""


@pytest.mark.django_db
def test_groups_stand_beside_all_together_and_a_breakdown_that_is_not_held_says_so(
    people: Any, programme: Any, monkeypatch: Any, client_for: Any
) -> None:
    made = SimpleNamespace(reference="release 1", programme=programme)
    sources = {"6": (70, 100), "5": (20, 100), "1A": (None, None)}

    def answers(user: Any, release: Any, indicator: str, breakdown: str = "") -> Any:
        if not breakdown:
            return {"": SimpleNamespace(latest_year=figure(500, 1000))}
        rows = {group: figure(*counts, group=group) for group, counts in sources.items()}
        return {group: SimpleNamespace(figures=[row]) for group, row in rows.items()}

    monkeypatch.setattr(consistency, "chosen_release", lambda user, code: made)
    monkeypatch.setattr(consistency, "versions", lambda release: {"I06": 1, "I04": 1, "I111-assessed": 1})
    monkeypatch.setattr(consistency, "is_held", lambda release, name: True)
    monkeypatch.setattr(consistency, "breakdowns_held", lambda release, name: ("referral_source",))
    monkeypatch.setattr(consistency, "answers_for", answers)
    found = consistency.consistency(SYSTEM, CODE)
    by_source, by_team = found.tables
    apart = {group.name: group.figures["I06"].apart for group in by_source.groups}
    assert sorted(apart.values()) == ["", "", "higher", "lower"]
    assert by_team.why_none.startswith("By team that took the referral: not held.")
    said = client_for("dfe-observer").get(PAGE).content.decode()
    assert "Higher than all" in said
    assert "Assessed within three months" not in said  # a part of one cohort is published to nobody
    assert "Assessed within three months" in client_for("practice-manager").get(PAGE).content.decode()
    assert "no return of this release lists contacts" in said
    assert "No return gives the area that a child lives in" in said


@pytest.mark.django_db
def test_of_an_invented_council_every_team_is_beside_the_whole(by_team: Release, people: Any) -> None:
    found = consistency.consistency(SYSTEM, CODE)
    tables = {table.breakdown: table for table in found.tables}
    assert len(tables["referral_team"].groups) > 2
    assert tables["referral_team"].groups[0].name == "All together"
    assert "By team that took the referral" in found.in_words()
    by_source = {group.name: group.figures for group in tables["referral_source"].groups}
    assert by_source["Police"]["I02"].apart == "lower", "many contacts of the police lead nowhere"
    assert "I02" not in tables["referral_team"].measures
    assert "No return says which contact became which referral" in found.in_words()
    with pytest.raises(Refused):
        consistency.consistency(people["administrator"], CODE)
