"""Targets, charts judged anew and definitions adopted: set only by a decision, superseded and never edited."""

from datetime import date, timedelta
from typing import Any

import pytest

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused, lent
from holdfast.access.kept_for_good import OnlyEverAdded
from holdfast.access.models import Account, TrailRow
from holdfast.access.permissions import Permission
from holdfast.organisation.models import Programme
from holdfast.pages.words import date_words, upper_first
from holdfast.performance.models import ChartRebase, Release, Target
from holdfast.performance.selectors import indicators
from holdfast.performance.selectors.decided import (
    Aim,
    adopted_versions,
    aim_for,
    aims_of,
    decided_of,
    first_month,
    judged_again,
    next_aim,
)
from holdfast.performance.services import deciding
from holdfast.performance.services.calculation import calculate_release
from holdfast.performance.services.deciding import NotSet
from holdfast.performance.services.releases import publish_release

DECIDED: dict[str, Any] = {"decision": "IB-3", "decided_on": date(2013, 10, 17)}


def target(programme: Programme, by: Any = SYSTEM, **more: Any) -> Target:
    asked: dict[str, Any] = {
        "indicator": "I04",
        "direction": "at most",
        "from_on": date(2013, 10, 1),
        "value": 0.2,
        "standard_words": "The England average of the year before",
        **DECIDED,
        **more,
    }
    return deciding.set_target(by=by, at=clock.now(), programme=programme, **asked)


def rebase(programme: Programme, by: Any = SYSTEM, **more: Any) -> ChartRebase:
    asked: dict[str, Any] = {
        "indicator": "I04",
        "from_month": date(2012, 4, 1),
        "reason": "A new front door.",
        **DECIDED,
    }
    return deciding.rebase_chart(by=by, at=clock.now(), programme=programme, **(asked | more))


def adopt(programme: Programme, by: Any = SYSTEM, version: int = 1) -> Any:
    return deciding.adopt_definition(
        by=by, at=clock.now(), programme=programme, indicator="I04", version=version, **DECIDED
    )


def month(n_in: int | None, denominator: int | None, of: str = "2014-01") -> "analytics.Protected":
    return analytics.Protected(analytics.period(of), "", n_in, denominator, 0)


# Who may


@pytest.mark.parametrize("role", ["performance-analyst", "programme-office", "board-chair", "director"])
@pytest.mark.parametrize("change", [target, rebase, adopt])
def test_nobody_by_their_role_changes_what_a_decision_sets(
    programme: Programme, people: dict[str, Account], role: str, change: Any
) -> None:
    with pytest.raises(Refused):
        change(programme, by=people[role])
    assert not aims_of(programme)


def test_whoever_records_a_decision_carries_it_out_by_a_permission_lent(
    programme: Programme, people: dict[str, Account]
) -> None:
    with lent(people["programme-office"], Permission.APPLY_DECISION, programme.code):
        target(programme, by=people["programme-office"])
    row = TrailRow.objects.latest("pk")
    assert (row.action, row.detail["decision"]) == ("target set", "IB-3")


# Targets


def test_a_target_that_moves_month_by_month_holds_each_value_until_the_next(programme: Programme) -> None:
    target(programme, value=None, trajectory={"2014-03": 0.18, "2013-10": 0.22})
    aims = aims_of(programme)["I04"]
    held = {of: aim_for(aims, month(1, 5, of)) for of in ("2013-09", "2013-10", "2014-02", "2014-03", "2015-01")}
    values = {of: aim and aim.value for of, aim in held.items()}
    assert values == {"2013-09": None, "2013-10": 0.22, "2014-02": 0.22, "2014-03": 0.18, "2015-01": 0.18}


def test_what_holds_next_is_told_beside_what_holds_now(programme: Programme) -> None:
    target(programme, value=None, trajectory={"2014-03": 0.18, "2013-10": 0.22})
    aims = aims_of(programme)["I04"]
    coming = {of: next_aim(aims, month(1, 5, of)) for of in ("2013-09", "2014-02", "2014-03")}
    assert {of: aim and aim.value for of, aim in coming.items()} == {"2013-09": 0.22, "2014-02": 0.18, "2014-03": None}
    first = next_aim(aims, None)
    assert first is not None
    assert first.value == 0.22
    assert next_aim([], month(1, 5)) is None


@pytest.mark.parametrize(
    ("from_on", "decided_on", "months"),
    [
        ((2013, 10, 1), (2014, 2, 27), ((2013, 10, 1), (2014, 1, 1))),
        ((2013, 10, 31), (2013, 11, 1), ((2013, 10, 1), (2013, 10, 1))),
        ((2013, 10, 1), (2013, 10, 31), None),
        ((2013, 11, 1), (2013, 10, 17), None),
    ],
)
def test_the_months_that_were_over_when_it_was_decided_are_judged_again(
    from_on: tuple[int, int, int], decided_on: tuple[int, int, int], months: Any
) -> None:
    """A month is over from the first day of the next: on the 31st of October October is not."""
    expected = None if months is None else tuple(date(*day) for day in months)
    assert judged_again(date(*from_on), date(*decided_on)) == expected


def test_a_trajectory_judges_from_its_own_first_month_and_an_odd_month_says_nothing() -> None:
    assert first_month(date(2013, 10, 1), {"2013-12": 0.2, "soon": 0.1}) == date(2013, 12, 1)
    assert first_month(date(2013, 10, 12), {"2013-10": 0.2}) == date(2013, 10, 12)
    assert first_month(date(2013, 10, 12)) == date(2013, 10, 12)


def test_a_target_of_a_month_that_was_over_says_that_it_was_set_afterwards(programme: Programme) -> None:
    target(programme, decided_on=date(2014, 1, 31))
    aim = aims_of(programme)["I04"][0]
    said = {of: aim.set_after_words(month(1, 5, of)) for of in ("2013-12", "2014-01")}
    assert said == {"2013-12": "set afterwards, on 31 January 2014", "2014-01": ""}
    assert aim.set_after_words(None) == ""


def test_a_newer_target_stands_from_its_own_day_and_the_older_one_before_it(programme: Programme) -> None:
    target(programme, value=None, trajectory={"2013-10": 0.22, "2014-06": 0.16})
    target(programme, value=0.19, from_on=date(2014, 1, 1), decision="IB-9", decided_on=date(2014, 1, 9))
    aims = aims_of(programme)["I04"]
    assert [(aim.from_on, aim.value, aim.target.decision) for aim in aims] == [
        (date(2013, 10, 1), 0.22, "IB-3"),
        (date(2014, 1, 1), 0.19, "IB-9"),
    ]
    assert [aim.value for aim in aims_of(programme, on=date(2014, 1, 8))["I04"]] == [0.22, 0.16]
    assert len(decided_of(SYSTEM, programme, "I04").targets) == 2


def test_a_target_is_never_edited_nor_removed(programme: Programme) -> None:
    kept = target(programme)
    kept.values = {"2013-10": 0.9}
    with pytest.raises(OnlyEverAdded):
        kept.save()
    with pytest.raises(OnlyEverAdded):
        kept.delete()


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"indicator": "I999"}, "indicator", "There is no indicator"),
        ({"direction": "at least"}, "direction", "lower is better: a target for it is at most"),
        ({"direction": "about"}, "direction", "at most or at least"),
        ({"value": None}, "value", "Give one value"),
        ({"trajectory": {"2014-01": 0.1}}, "value", "Give one value"),
        ({"value": 20.0}, "value", "between 0 and 100 per cent"),
        ({"value": None, "trajectory": {"2013-09": 0.1}}, "trajectory", "begins before"),
        ({"value": None, "trajectory": {"soon": 0.1}}, "trajectory", "not a month"),
        ({"standard_words": " "}, "standard_words", "what the standard is"),
        ({"decision": ""}, "", "only by a decision"),
    ],
)
def test_a_target_that_cannot_be_is_refused_in_words(
    programme: Programme, more: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(NotSet, match=words) as refusal:
        target(programme, **more)
    assert refusal.value.field == field
    assert not aims_of(programme)


# How near


def aim(value: float, direction: str = "at most") -> Aim:
    return Aim(date(2013, 10, 1), value, Target(direction=direction))


@pytest.mark.parametrize(
    ("n_in", "n", "direction", "words"),
    [
        (23, 100, "at most", "3.0 points above it"),
        (21, 100, "at most", "1.0 points above it"),
        (20, 100, "at most", "the same as it"),
        (2004, 10000, "at most", "the same as it"),
        (196, 1000, "at most", "0.4 points below it"),
        (23, 100, "at least", "3.0 points above it"),
        (17, 100, "at least", "3.0 points below it"),
        (0, 0, "at most", "nothing to compare"),
    ],
)
def test_how_near_a_share_is_is_said_in_points_of_what_is_printed(
    n_in: int, n: int, direction: str, words: str
) -> None:
    assert aim(0.2, direction).near_words(month(n_in, n), "%") == words


def test_how_near_a_count_is_is_said_in_whole_numbers() -> None:
    assert aim(40).near_words(month(52, 52), "count") == "12 above it"
    assert aim(40).words("count") == "at most 40"


def test_of_a_hidden_figure_nothing_is_said_neither_how_near_nor_on_which_side() -> None:
    said = {
        aim(value, way).near_words(month(None, n), "%")
        for value in (0, 0.5, 1)
        for way in ("at most", "at least")
        for n in (None, 12)
    }
    assert said == {"not said, because the figure is hidden to protect people"}
    assert not aim(0.0).is_missed(month(None, 12), "%")
    assert aim(0.0).near_words(None, "%") == ""


# Charts judged anew, and definitions


def test_a_chart_is_not_judged_anew_twice_from_one_month_nor_from_one_to_come(programme: Programme) -> None:
    assert rebase(programme, from_month=date(2012, 4, 30)).from_on == date(2012, 4, 1)
    with pytest.raises(NotSet, match="from that month already"):
        rebase(programme)
    with pytest.raises(NotSet, match="has not begun"):
        rebase(programme, from_month=date(2013, 11, 1))
    with pytest.raises(NotSet, match="Say why"):
        rebase(programme, from_month=date(2013, 1, 1), reason="")


def test_the_version_adopted_last_is_the_one_adopted(programme: Programme) -> None:
    adopt(programme)
    assert adopted_versions(programme)["I04"].version == 1
    assert not adopted_versions(programme, on=date(2013, 10, 16))
    with pytest.raises(NotSet, match="has versions 1 to"):
        adopt(programme, version=99)


# With a release


def test_a_target_shows_at_once_on_its_indicators_page_with_its_decision(published: Release, client_for: Any) -> None:
    target(published.programme, value=0.01, from_on=date(2010, 4, 1))
    page = client_for("director").get("/westmere-2031/indicators/I04/").content.decode()
    assert "What was decided of it" in page
    assert "At most 1.0% from April 2010" in page
    assert 'href="/westmere-2031/decisions/IB-3/"' in page


def test_a_target_set_afterwards_says_so_on_the_scorecard_the_indicators_page_and_in_data(
    published: Release, client_for: Any
) -> None:
    code = published.programme.code
    held = next(one for one in indicators.scorecard(SYSTEM, code) if one.latest_month is not None)
    card, month = held.definition, held.latest_month
    assert month is not None
    decided_on = month.period.ends_on + timedelta(days=1)
    way = deciding.BETTER_BY.get(card.polarity, Target.Direction.AT_MOST)
    given = {"indicator": card.id, "direction": way, "from_on": month.period.starts_on}
    target(published.programme, **given, value=1, decided_on=decided_on)
    line = next(one for one in indicators.scorecard(SYSTEM, code) if one.definition.id == card.id)
    words = f"set afterwards, on {date_words(decided_on)}"
    assert line.set_after_words == words
    assert line.as_data()["target_set_afterwards"] is True
    client = client_for("dfe-observer")
    scorecard = client.get("/westmere-2031/indicators/").content.decode()
    assert f"{upper_first(words)}. " in scorecard
    closed = [part for part in scorecard.split("<details")[1:] if "open>" not in part[:60]]
    assert not [part for part in closed if upper_first(words) in part], "what has a target is not closed"
    page = client.get(f"/westmere-2031/indicators/{card.id}/").content.decode()
    assert f"(IB-3, {words})" in page
    assert f"Set afterwards for {month.period.words}" in page


def test_a_chart_judged_anew_waits_for_the_next_release(published: Release) -> None:
    before = indicators.series(SYSTEM, published.programme.code, "I03")
    rebase(published.programme, indicator="I03", from_month=date(2013, 5, 1))
    after = indicators.series(SYSTEM, published.programme.code, "I03")
    assert after.drawing == before.drawing
    draft = calculate_release(by=SYSTEM, at=clock.now(), programme=published.programme)
    assert (draft.number, draft.is_published) == (published.number + 1, False)
    assert calculate_release(by=SYSTEM, at=clock.now(), programme=published.programme) == draft
    assert publish_release(by=SYSTEM, at=clock.now(), release=draft).is_published


def test_the_page_says_which_version_the_board_has_adopted(published: Release, client_for: Any) -> None:
    deciding.adopt_definition(
        by=SYSTEM, at=clock.now(), programme=published.programme, indicator="I20", version=1, **DECIDED
    )
    page = client_for("director").get("/westmere-2031/indicators/I20/").content.decode()
    assert "The Board has adopted version 1 of it (IB-3); this release counted by version 2" in page
