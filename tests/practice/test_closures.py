"""Closures: each for its own team's manager, counted for everybody, and nothing found in a sample is not none."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from holdfast import analytics
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.organisation.models import Team
from holdfast.performance.selectors import closings
from holdfast.performance.selectors.shares import share_of
from holdfast.performance.selectors.unanswerable import NoSuchChoice
from holdfast.practice import written_closures
from holdfast.practice.selectors import closures

from .conftest import CODE, command
from .test_exercises import words

pytestmark = pytest.mark.django_db
PAGE, LIST = f"/{CODE}/practice/closures/", f"/{CODE}/practice/closures/list/"
AS_AT = date(2031, 5, 31)
"""The last whole quarter ends on 31 March: the year is from 1 April 2030."""


def closing(child: str, on: date, team: str | None = "North", **signs: bool | None) -> analytics.Closing:
    told: dict[str, bool | None] = dict.fromkeys(analytics.SIGNS)
    told |= {"work": False, "protection-plan": False, "enquiry": False}
    told |= {code.replace("_", "-"): is_there for code, is_there in signs.items()}
    return analytics.Closing(f"R-{child}", child, date(2030, 1, 1), on, team, told)


MARCH, MAY = date(2031, 3, 31), date(2031, 5, 2)


@pytest.fixture
def closed(people: Any, programme: Any, monkeypatch: Any) -> Any:
    """closed(closings, audited=(too soon, of)): as if a release held these, and these audits of closures."""
    made = SimpleNamespace(as_at=AS_AT, number=1, reference="release 1", calculation_id="", programme=programme)

    def hold(*every: analytics.Closing, audited: tuple[int, int] | None = None) -> None:
        def asked(store: Any, calculation: str, since: date, until: date) -> list[analytics.Closing]:
            kept = [one for one in every if since <= one.closed_on <= until]
            return sorted(kept, key=lambda one: (one.closed_on, one.referral))

        closings._kept.cache_clear()
        monkeypatch.setattr(analytics, "closings", asked)
        monkeypatch.setattr(closings, "chosen_release", lambda user, code, on=None: made)
        figure = None
        if audited:
            too_soon, n = audited
            period = SimpleNamespace(words="year to 31 March 2031")
            figure = SimpleNamespace(n_in=n - too_soon, denominator=n, period=period)
        monkeypatch.setattr(closures, "versions", lambda release: {"I61": 1} if audited else {})
        answered = {"": SimpleNamespace(latest_year=figure)}
        monkeypatch.setattr(closures, "answers_for", lambda user, release, indicator: answered)

    yield hold
    closings._kept.cache_clear()


def of(n: int, **signs: bool | None) -> list[analytics.Closing]:
    return [closing(f"C{number}-{len(signs)}", MARCH, **signs) for number in range(n)]


def test_the_last_whole_quarter_ends_on_the_day_or_before_it() -> None:
    ends = {date(2031, 3, 31): date(2031, 3, 31), date(2031, 4, 1): date(2031, 3, 31)}
    ends |= {date(2031, 3, 30): date(2030, 12, 31), date(2031, 12, 31): date(2031, 12, 31)}
    assert {day: closings.quarter_end(day) for day in ends} == ends
    assert closings._quarters(AS_AT)[-1] == (date(2030, 4, 1), date(2030, 6, 30))


def test_a_year_of_whole_quarters_is_counted_and_what_came_after_is_not(closed: Any) -> None:
    closed(
        closing("A", MARCH, work=True),
        closing("B", MARCH, work=None, **{"protection-plan": None}),
        closing("C", date(2030, 4, 1), "South"),
        closing("D", date(2030, 3, 31), work=True),
        closing("E", MAY, work=True),
    )
    found = closings.closing_counts(SYSTEM, CODE)
    assert found.year.n == 3
    unfinished = found.year.signs["unfinished"]
    assert (unfinished.share.of, unfinished.n_unknown) == ("1 of 2", 1)
    assert [one.n for one in found.quarters] == [2, 0, 0, 1]
    assert {team: one.n for team, one in found.teams.items()} == {"North": 2, "South": 1}
    assert not found.year.signs["no-decision"].is_held


def test_small_counts_and_what_would_give_them_away_are_hidden_from_readers(closed: Any, people: Any) -> None:
    closed(*of(40), *of(8, work=True), *of(2, protection_plan=True, enquiry=False))
    seen = closings.closing_counts(people["dfe-observer"], CODE)
    assert (seen.quarters, dict(seen.teams)) == ((), {})
    shown = {code: seen.shown(sign) for code, sign in seen.year.signs.items()}
    assert shown["unfinished"].startswith("10 of 50, 20%")
    assert (shown["work"], shown["protection-plan"]) == (analytics.HIDDEN, analytics.HIDDEN)
    assert (shown["no-decision"], shown["again-6"]) == ("not held", "not known yet")
    inside = closings.closing_counts(people["practice-manager"], CODE)
    assert inside.shown(inside.year.signs["protection-plan"]).startswith("2 of 50, 4%")


def test_none_found_in_twelve_is_not_none() -> None:
    assert share_of(0, 12).of_sample("Too soon") == (
        "Too soon: none found in 12. That is not none: up to 25% of all of them may be so (95% interval)."
    )
    assert share_of(3, 12).of_sample("Too soon") == "Too soon: 3 of 12, 25% (95% interval 9% to 53%)."


def test_what_is_not_none_never_reads_as_none_nor_what_is_not_all_as_all() -> None:
    assert share_of(8, 6636).words == "8 of 6,636, under 1%"
    assert (share_of(8, 6636).interval, share_of(1, 400).interval) == ("under 1%", "under 1% to 1%")
    assert share_of(797, 798).words == "797 of 798, over 99% (95% interval 99% to over 99%)"
    assert share_of(0, 40).words == "0 of 40, 0% (95% interval 0% to 9%)"
    assert share_of(40, 40).words == "40 of 40, 100% (95% interval 91% to 100%)"


def test_the_page_says_what_is_not_held_and_what_a_sample_leaves_room_for(closed: Any, client_for: Any) -> None:
    closed(*of(30), audited=(0, 12))
    for role in ("board-chair", "dscb-member", "elected-member"):
        said = words(client_for(role).get(PAGE))
        assert "30 cases were closed from 1 April 2030 to 31 March 2031." in said
        assert "no manager’s decision to close is recorded" in said
        assert "none found in 12. That is not none: up to 25%" in said
        assert "it does not show that no case was closed too soon" in said
    closed(*of(30))
    assert "nothing says whether closing was right" in words(client_for("board-chair").get(PAGE))


def test_quarters_stand_side_by_side_and_more_than_six_teams_below_each_other(closed: Any) -> None:
    closed(*of(30))
    counts = closings.closing_counts(SYSTEM, CODE)
    quarters = written_closures.quarters_table(counts)
    assert (quarters.head[0], quarters.head[1], len(quarters.head)) == (
        "What the records say",
        "January 2031 to March 2031",
        5,
    )
    assert [row[0]["text"] for row in quarters.rows][:2] == [
        "Closed",
        "Closed with something unfinished, of what the records say",
    ]
    for n, first in ((6, "What the records say"), (7, "Team")):
        teams = written_closures.teams_table(replace(counts, teams={f"Team {n}": counts.year for n in range(n)}))
        assert (teams.head[0], len(teams.rows[0]) == len(teams.head)) == (first, True)


def test_without_a_release_the_page_says_so(people: Any, client_for: Any) -> None:
    assert "No release has been published yet" in words(client_for("board-chair").get(PAGE))


def test_where_the_records_are_no_longer_kept_the_page_says_so(closed: Any, client_for: Any, monkeypatch: Any) -> None:
    closed()

    def gone(*asked: Any) -> None:
        raise analytics.NoSuchFolder("snapshots", "gone")

    monkeypatch.setattr(analytics, "closings", gone)
    assert "are no longer kept here" in words(client_for("board-chair").get(PAGE))
    page = client_for("practice-manager").get(LIST)
    assert (page.status_code, "are no longer kept here" in words(page)) == (404, True)


def test_a_list_of_children_is_trailed_and_is_for_who_may_see_them(closed: Any, client_for: Any) -> None:
    closed(closing("CHILD-1", MAY, work=True), closing("CHILD-2", MARCH), closing("CHILD-3", date(2031, 3, 1)))
    said = words(client_for("practice-manager").get(LIST))
    assert said.index("CHILD-1") < said.index("CHILD-2")
    assert "CHILD-3" not in said
    assert TrailRow.objects.filter(action="saw a worklist", subject="closures all page 1").count() == 1
    chosen = words(client_for("practice-manager").get(f"{LIST}?show=unfinished"))
    assert ("CHILD-1" in chosen, "CHILD-2" in chosen) == (True, False)
    for role in ("dfe-observer", "board-chair", "director", "dscb-member"):
        assert client_for(role).get(LIST).status_code == 403
    with pytest.raises(NoSuchChoice):
        closings.closings_seen(SYSTEM, CODE, "odd")


def test_a_manager_of_one_team_is_shown_its_closures_alone(closed: Any, programme: Any, monkeypatch: Any) -> None:
    Team.objects.create(programme=programme, code="north", name="North")
    monkeypatch.setattr(
        closings,
        "whose_records",
        lambda user, permission, code: closings.Whose(frozenset({"north"}), frozenset({"north"}), ("North",)),
    )
    closed(closing("A", MAY), closing("B", MAY, "South"), closing("C", MAY, None))
    seen = closings.closings_seen(SYSTEM, CODE)
    assert [one.child for one in seen.page.rows] == ["A"]
    assert seen.counts[""] == 1
    assert "Only the records whose case North holds" in seen.whose


def test_nobody_without_a_team_or_the_council_reads_a_list(closed: Any, people: Any) -> None:
    closed(closing("A", MAY))
    with pytest.raises(Refused):
        closings.closings_seen(people["auditor"], CODE)


def test_of_each_closure_what_it_shows_is_said_and_what_is_not_known_of_it(closed: Any) -> None:
    closed(closing("A", MAY, work=True), closing("B", MAY, enquiry=None))
    found = closures.closed(closings.closings_seen(SYSTEM, CODE))
    said = {one.closing.child: (list(one.shown), list(one.not_known)) for one in found}
    assert said["A"] == (["an assessment or a section 47 enquiry was not finished"], [])
    not_held = closures.not_held_words(closings.closings_seen(SYSTEM, CODE))
    assert "no manager’s decision to close is recorded. What no return says is not taken to be in order." in not_held
    assert "referred again" not in not_held  # it is too early, which is something else
    assert said["B"] == ([], ["a section 47 enquiry began in the three months before"])


def test_open_cases_not_seen_are_listed_for_their_manager_and_what_nobody_holds_is_not_nobody(
    closed: Any, client_for: Any, monkeypatch: Any
) -> None:
    closed()
    cases = [
        analytics.OpenCase("R-1", "CHILD-1", date(2031, 1, 1), "North", True),
        analytics.OpenCase("R-2", "CHILD-2", date(2031, 2, 1), None, False),
        analytics.OpenCase("R-3", "CHILD-3", date(2031, 3, 1), None, None),
    ]
    monkeypatch.setattr(analytics, "open_cases", lambda store, calculation: cases)
    monkeypatch.setattr(analytics, "cases_known_to", lambda store, calculation: date(2031, 5, 31))
    page = f"/{CODE}/practice/not-seen/"
    said = words(client_for("practice-manager").get(page))
    assert ("CHILD-1" in said, "CHILD-2" in said, "CHILD-3" in said) == (True, False, False)
    assert (
        "3 cases were open. Of 1 no record says that the child was seen since the referral; of 1 it is not known"
        in said
    )
    assert TrailRow.objects.filter(subject="not seen page 1").exists()
    assert "CHILD-1" in command("not-seen", "--as", "practice-manager")
    monkeypatch.setattr(analytics, "open_cases", lambda store, calculation: cases[2:])
    assert "does not say that every child was seen" in words(client_for("practice-manager").get(page))
    for role in ("board-chair", "director"):
        assert client_for(role).get(page).status_code == 403
