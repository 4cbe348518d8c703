"""The funnel: how far the referrals of a period went, as an account may see it, all together and by team."""

import json
from datetime import date
from typing import Any

import pytest
from typer.testing import CliRunner

from holdfast import analytics
from holdfast.access.doors import SYSTEM, Refused
from holdfast.analytics.synthetic.annex_a import TEAMS
from holdfast.analytics.synthetic.authority import invent
from holdfast.performance.keeping import store
from holdfast.performance.models import Release
from holdfast.performance.selectors import funnel as selectors
from holdfast.performance.selectors.figures import answers_for, breakdowns_held
from holdfast.performance.selectors.indicators import scorecard, series
from holdfast.performance.selectors.unanswerable import NoRelease, NoSuchPeriod, Withheld
from holdfast.web.cli import app

CODE = "westmere-2031"
APRIL = analytics.Period("2013-04", "month", date(2013, 4, 1), date(2013, 4, 30), "April 2013")


def test_the_steps_are_of_the_same_referrals_and_come_from_the_release(published: Release) -> None:
    seen = selectors.funnel(SYSTEM, CODE, "2013-05")
    assert seen.release == published
    assert [step.indicator for step in seen.steps] == list(selectors.STEPS)
    of_cohort = [step.figure for step in seen.steps if step.indicator.startswith("I111")]
    assert {(figure.denominator, figure.n_unknown) for figure in of_cohort} == {(4, 0)}
    assert {figure.n_in for figure in of_cohort} == {0}, "the invented census has referrals and nothing that followed"
    assert seen.teams == {}
    assert "names no teams" in seen.no_teams


def test_without_a_period_it_is_the_latest_of_which_most_is_known(published: Release) -> None:
    wanted = selectors.funnel(SYSTEM, CODE)
    first = wanted.steps[2].figure
    assert first.denominator
    assert not first.is_mostly_unknown
    assert wanted.period.kind == "month"
    later = [one.id for one in wanted.periods if one.kind == "month" and one.id > wanted.period.id]
    assert later, "the last three months are not over"
    assert all(selectors.funnel(SYSTEM, CODE, month).steps[2].figure.is_mostly_unknown for month in later)
    with pytest.raises(NoSuchPeriod):
        selectors.funnel(SYSTEM, CODE, "1999-01")


def test_small_counts_are_hidden_from_everybody_who_may_not_see_them(published: Release, people: Any) -> None:
    inside = selectors.funnel(people["performance-analyst"], CODE, "2013-05")
    outside = selectors.funnel(people["elected-member"], CODE, "2013-05")
    assert {step.indicator: step.figure.n_in for step in inside.steps}["I06"] in (0, 1)
    assert {step.figure.n_in for step in outside.steps if step.indicator == "I06"} == {None}
    assert [step.indicator for step in outside.steps] == ["I04", "I06"], "of two steps the difference may be small"
    assert (inside.withheld, outside.withheld) == ("", selectors.WITHHELD)
    with pytest.raises(Refused):
        selectors.funnel(people["nobody"], CODE)


def test_nothing_of_a_step_is_published(published: Release, people: Any, client_for: Any) -> None:
    kept = analytics.kept_answers(store(), published.answers_id)
    parts = [name for name, card in analytics.INDICATORS.items() if card.part_of]
    assert parts
    assert not [name for name in kept.files if name.startswith("publish/") and name.split("/")[1] in parts]
    assert not kept.scorecard("publish").keys() & set(parts)
    for name in parts:
        assert kept.by_group(name, "inside")[""].figures
        with pytest.raises(Withheld):
            series(people["elected-member"], CODE, name)
    found = client_for("elected-member").get(f"/{CODE}/indicators/{parts[0]}/")
    assert (found.status_code, b"shown to those who may see small counts" in found.content) == (200, True)


def test_the_steps_stand_on_no_scorecard(published: Release) -> None:
    assert not [line for line in scorecard(SYSTEM, CODE) if line.definition.part_of]


def test_the_page_draws_it_with_its_table_and_its_sentence(published: Release, client_for: Any) -> None:
    text = client_for("performance-analyst").get(f"/{CODE}/funnel/?period=2013-05").content.decode()
    assert "<svg" in text
    assert "Show the chart as a table" in text
    assert "Of the referrals of May 2013: " in text
    assert "Child protection plan" in text
    assert "names no teams" in text
    assert (
        "not a period of this release"
        in client_for("elected-member").get(f"/{CODE}/funnel/?period=1999-01").content.decode()
    )
    assert client_for("nobody").get(f"/{CODE}/funnel/").status_code == 403


def test_without_a_release_the_page_and_the_command_say_so(programme: Any, people: Any, client_for: Any) -> None:
    with pytest.raises(NoRelease):
        selectors.funnel(SYSTEM, CODE)
    assert "No release has been published yet" in client_for("elected-member").get(f"/{CODE}/funnel/").content.decode()


def protected(n_in: int | None, denominator: int | None, n_unknown: int | None = 0) -> "analytics.Protected":
    return analytics.Protected(APRIL, "", n_in, denominator, n_unknown, (n_unknown or 0, 0, 0, 0))


def test_teams_have_a_row_each_with_interval_and_range_and_the_table_says_what_is_not_held(published: Release) -> None:
    from holdfast.performance.views.funnel import teams_table

    north = [selectors.Step("I06", "No further action", protected(20, 80, 20))]
    south = [selectors.Step("I06", "No further action", protected(None, None, None))]
    seen = selectors.Funnel(published, APRIL, [APRIL], north, {"North": north, "South": south}, "")
    rows = teams_table(seen).rows
    assert [row[0]["text"] for row in rows] == ["North", "South"]  # type: ignore[index]
    place = list(selectors.STEPS).index("I06") + 1
    assert rows[0][place] == {
        "text": "25.0% (20 of 80)",
        "hint": "95% interval 16.8% to 35.5%. Between 20.0% and 40.0%: 20.0% lack the flag of no further action.",
    }
    assert rows[1][place] == {"text": "c", "hint": ""}
    assert rows[0][-1] == "not held"
    data = json.loads(json.dumps(seen.as_data()))
    assert (data["teams"]["North"][0]["n_in"], data["teams"]["South"][0]["suppressed"]) == (20, True)
    assert "North\n  No further action" in seen.in_words()


def test_bars_are_as_long_as_their_shares_and_a_hidden_one_has_none() -> None:
    drawing = analytics.draw_bars(
        "Title", [("Half", protected(40, 80)), ("Hidden", protected(None, None, None))], sentence="Half of them."
    )
    assert drawing.svg.count('fill="#1d70b8"') == 1
    assert 'width="232.0"' in drawing.svg
    assert "Hidden: not shown" in drawing.svg
    assert drawing.table_rows == [["Half", "40", "80", "50.0%", "0"], ["Hidden", "c", "c", "c", "c"]]
    assert "style=" not in drawing.svg


def test_a_real_release_whose_lists_name_teams_gives_a_funnel_of_each(by_team: Release, client_for: Any) -> None:
    """The invented council's referrals go to two teams by the child's number, so who took how many is counted here."""
    took: dict[str, set[tuple[str, int]]] = {team: set() for team in TEAMS[:2]}
    for child in invent(5, 0.05).children:
        for episode in child.episodes:
            day = date.fromordinal(episode.referral)
            if (day.year, day.month) == (2013, 10) and date.fromordinal(episode.recorded) <= by_team.as_at:
                took[TEAMS[child.number % 2]].add((child.reference, episode.referral))
    seen = selectors.funnel(SYSTEM, CODE, "2013-10")
    assert seen.no_teams == ""
    assert {team: steps[2].figure.denominator for team, steps in seen.teams.items()} == {
        team: len(referrals) for team, referrals in took.items()
    }
    for at, step in enumerate(seen.steps):
        of_teams = [steps[at].figure for steps in seen.teams.values()]
        whole = (step.figure.n_in, step.figure.denominator, step.figure.n_unknown)
        assert tuple(map(sum, zip(*((f.n_in, f.denominator, f.n_unknown) for f in of_teams), strict=True))) == whole
    assert seen.steps[3].figure.n_in, "some led to an enquiry"
    text = client_for("performance-analyst").get(f"/{CODE}/funnel/?period=2013-10").content.decode()
    assert [team in text for team in TEAMS[:2]] == [True, True]
    assert "names no teams" not in text


def test_the_command_says_each_teams_funnel_and_a_member_sees_no_small_count_of_a_team(
    by_team: Release, people: Any
) -> None:
    said = CliRunner().invoke(app, ["funnel", "--period", "2013-10", "--programme", CODE])
    assert said.exit_code == 0, said.output
    for team in TEAMS[:2]:
        assert f"{team}\n  Referred again" in said.output
    data = json.loads(CliRunner().invoke(app, ["funnel", "--period", "2013-10", "--programme", CODE, "--json"]).output)
    assert list(data["teams"]) == sorted(TEAMS[:2])
    outside = selectors.funnel(people["elected-member"], CODE, "2013-09")
    assert [step.figure.n_in for step in outside.steps if step.indicator == "I06"] == [None], "or North's is their sum"
    small = [step.figure.n_in for steps in outside.teams.values() for step in steps if step.indicator == "I06"]
    assert small == [None, 0], "one of 19 had no further action, and none of 18: a nought names nobody"
    assert {step.indicator for steps in outside.teams.values() for step in steps} <= {"I04", "I06"}


@pytest.mark.parametrize(
    ("indicator", "breakdown"),
    [("I06", "referral_team"), ("I24", "case_team"), ("I24", "assessment_team")],
)
def test_a_breakdown_by_team_of_a_real_release_adds_up_to_the_whole(
    by_team: Release, indicator: str, breakdown: str
) -> None:
    assert breakdown in breakdowns_held(by_team, indicator)
    groups = answers_for(SYSTEM, by_team, indicator, breakdown)
    whole = answers_for(SYSTEM, by_team, indicator)[""].figures
    assert {group for group in groups if group} <= {*TEAMS, "unknown"}
    assert len([group for group in groups if group]) >= 2
    for figure in whole:
        own = [f for group, answer in groups.items() if group for f in answer.figures if f.period == figure.period]
        assert sum(f.denominator or 0 for f in own) == figure.denominator, figure.period.id
        assert sum(f.n_in or 0 for f in own) == figure.n_in, figure.period.id
