"""Figures as each account may see them: protected, with the sentence and drawing made from the same figures."""

import csv
import io
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from holdfast import analytics
from holdfast.access import clock, doors
from holdfast.access.doors import SYSTEM, Grant, Refused
from holdfast.access.models import Account, TrailRow
from holdfast.organisation.models import Programme
from holdfast.pages.files import plain_cell
from holdfast.performance.keeping import store
from holdfast.performance.models import ChartRebase, Release, Target
from holdfast.performance.selectors import cases, indicators, releases
from holdfast.performance.selectors.cases import Asked
from holdfast.performance.selectors.decided import judged_by
from holdfast.performance.selectors.figures import load_answers, policy_for
from holdfast.performance.selectors.unanswerable import (
    BreakdownNotHeld,
    NoRelease,
    NoSuchIndicator,
    NoSuchOutcome,
    NoSuchPeriod,
    NotCounted,
)
from holdfast.performance.selectors.written import (
    interval_words,
    open_briefly,
    open_count_words,
    open_words,
    trust_words,
    words_with_unknown,
)

INSIDE, OUTSIDE = "director", "elected-member"


def test_the_scorecard_has_a_line_for_every_indicator(published: Release, people: dict[str, Account]) -> None:
    lines = indicators.scorecard(people[INSIDE], published.programme.code)
    own = [card.id for card in indicators.definition_cards() if card.is_of_children and not card.part_of]
    assert [line.definition.id for line in lines if line.definition.is_of_children] == own
    assert len(lines) >= 12
    referrals = next(line for line in lines if line.definition.id == "I03")
    assert referrals.latest_year is not None
    assert referrals.latest_year.n_in == 47
    assert referrals.as_data()["latest_year"]["n_in"] == 47
    assert referrals.in_words().startswith("I03")
    assert referrals.polarity_words


def test_inside_sees_small_counts_and_outside_sees_c(published: Release, people: dict[str, Account]) -> None:
    code = published.programme.code
    inside = indicators.series(people[INSIDE], code, "I03")
    outside = indicators.series(people[OUTSIDE], code, "I03")
    assert (inside.is_suppressed, outside.is_suppressed) == (False, True)
    small = [one for one in inside.of_kind("month") if one.n_in in range(1, 6)]
    assert small
    hidden = {one.period.id for one in outside.of_kind("month") if one.suppressed}
    assert {one.period.id for one in small} <= hidden
    assert not any(one.suppressed for one in inside.figures)


def test_what_outside_sees_never_holds_a_hidden_number(published: Release, people: dict[str, Account]) -> None:
    seen = indicators.series(people[OUTSIDE], published.programme.code, "I04")
    for one in seen.as_data()["figures"]:
        if one["suppressed"]:
            assert one["n_in"] is None
            assert one["share"] is None
    assert ",c," in seen.as_csv()


def test_a_server_that_starts_reads_every_answer_and_each_reader_still_has_their_own(
    published: Release, people: dict[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = published.programme.code
    load_answers(published)
    monkeypatch.setattr("holdfast.analytics.answers.Answers.read", lambda *_: pytest.fail("a reader waits for a file"))
    inside, outside = (indicators.series(people[role], code, "I03") for role in (INSIDE, OUTSIDE))
    assert (inside.is_suppressed, outside.is_suppressed) == (False, True)
    assert [line.latest_year for line in indicators.scorecard(people[OUTSIDE], code)]
    with pytest.raises(Refused):
        indicators.series(people["nobody"], code, "I03")


def test_a_series_is_one_json_object_with_its_release_and_version(published: Release) -> None:
    found = indicators.series(SYSTEM, published.programme.code, "I04").as_data()
    assert found["release"]["calculation"] == published.calculation_id
    assert found["indicator"] == "I04"
    assert found["version"] >= 1
    assert found["claim"]
    assert found["figures"][0].keys() >= {"period", "kind", "n_in", "denominator", "n_unknown", "share", "suppressed"}


def test_the_csv_gives_every_figure_with_its_release(published: Release) -> None:
    seen = indicators.series(SYSTEM, published.programme.code, "I03", breakdown="sex")
    rows = list(csv.DictReader(io.StringIO(seen.as_csv())))
    assert len(rows) == len(seen.figures)
    assert {row["calculation"] for row in rows} == {published.calculation_id}
    assert {row["breakdown"] for row in rows} == {"sex"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_plain(start: str) -> None:
    assert plain_cell(f"{start}cmd()") == f"'{start}cmd()"
    assert plain_cell(f"child {start}") == f"child {start}"
    assert plain_cell("White British") == "White British"


@pytest.mark.parametrize("role", [INSIDE, OUTSIDE])
@pytest.mark.parametrize("indicator", [card.id for card in analytics.INDICATORS.values() if card.counts_the_finished])
def test_what_was_finished_in_time_is_never_given_without_what_is_open_and_over(
    published: Release, people: dict[str, Account], indicator: str, role: str
) -> None:
    """On the scorecard and in the series; as words, as data and as CSV; for each reader as they may see the other."""
    code, other = published.programme.code, analytics.INDICATORS[indicator].still_open
    by_id = {line.definition.id: line for line in indicators.scorecard(people[role], code)}
    beside = by_id[other].latest_month
    assert beside is not None
    said = f"Open and already over: {beside.words('per cent')} at"
    assert said in by_id[indicator].in_words()
    assert by_id[indicator].as_data()["still_open"]["latest_month"]["n_in"] == beside.n_in
    found, late = (indicators.series(people[role], code, name) for name in (indicator, other))
    assert found.open_words.startswith(said)
    assert ("counted from the referral" in found.open_words) == (indicator == "I21")
    assert ("not known for" in found.open_words) == (beside.n_unknown != 0)
    counts = {figure.period.id: figure for figure in late.figures}
    rows = {row["period"]: row for row in csv.DictReader(io.StringIO(found.as_csv()))}
    for figure in found.as_data()["figures"]:
        there = counts.get(figure["period"])
        if there is None:  # before the law that the other judges by
            assert (figure["open_and_over"], rows[figure["period"]]["n_open_and_over"]) == (None, "")
            continue
        assert figure["open_and_over"]["n_in"] == there.n_in
        assert rows[figure["period"]]["still_open_indicator"] == other
        assert rows[figure["period"]]["n_open_and_over"] == ("c" if there.n_in is None else str(there.n_in))
    assert found.in_words().count("open and already over: ") == len(found.figures)


def test_a_breakdown_gives_every_group_and_a_group_gives_its_own_series(published: Release) -> None:
    code = published.programme.code
    every = indicators.series(SYSTEM, code, "I03", breakdown="sex")
    assert every.drawing is None
    assert every.assessment is None
    assert "" not in {one.group for one in every.figures}
    assert "by sex" in every.in_words()
    group = every.figures[0].group
    one = indicators.series(SYSTEM, code, "I03", breakdown="sex", group=group)
    assert {figure.group for figure in one.figures} == {group}
    assert one.assessment is not None


def test_a_breakdown_the_release_does_not_hold_is_refused_in_words(published: Release) -> None:
    with pytest.raises(BreakdownNotHeld, match=r"cannot give I03 by team: .* do not hold it") as refused:
        indicators.series(SYSTEM, published.programme.code, "I03", breakdown="team")
    assert "It can be given by" in str(refused.value)
    assert "sex" in refused.value.held


def test_an_indicator_that_does_not_exist_is_said_so(published: Release) -> None:
    with pytest.raises(NoSuchIndicator, match="There is no indicator “I999”"):
        indicators.series(SYSTEM, published.programme.code, "I999")
    with pytest.raises(NoSuchIndicator):
        cases.cases(SYSTEM, published.programme.code, "I999")


def test_before_the_first_release_there_are_no_figures(programme: Programme) -> None:
    for ask in (indicators.scorecard, lambda user, code: indicators.series(user, code, "I03")):
        with pytest.raises(NoRelease, match="No release has been published yet"):
            ask(SYSTEM, programme.code)


@pytest.mark.parametrize("role", ["administrator", "nobody", "elsewhere"])
def test_nobody_without_permission_sees_a_figure(published: Release, people: dict[str, Account], role: str) -> None:
    code = published.programme.code
    for ask in (
        lambda: indicators.scorecard(people[role], code),
        lambda: indicators.series(people[role], code, "I03"),
        lambda: releases.latest_release(people[role], code),
    ):
        with pytest.raises(Refused):
            ask()


def test_the_records_behind_a_figure_are_as_many_as_the_figure(published: Release, people: dict[str, Account]) -> None:
    code = published.programme.code
    year = indicators.series(SYSTEM, code, "I04").of_kind("year")[-1]
    for outcome, count in (("in", year.n_in), ("unknown", year.n_unknown), ("not", year.denominator - year.n_in)):  # type: ignore[operator]
        seen = cases.cases(people["performance-analyst"], code, "I04", period=year.period.id, outcome=outcome)
        assert seen.page.total == count
        words = {
            "in": "Referred again within 12 months",
            "not": "Not referred in the 12 months before",
            "unknown": "Not known",
        }
        assert {seen.outcome(case) for case in seen.page.rows} <= {words[outcome]}


def test_each_look_at_records_is_trailed_before_anything_is_read(
    published: Release, people: dict[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:

    def untrailed(*args: Any, **more: Any) -> None:
        raise RuntimeError("the trail is full")

    monkeypatch.setattr(cases, "record_read", untrailed)
    monkeypatch.setattr(cases, "store", lambda: pytest.fail("the store was read before the trail was written"))
    with pytest.raises(RuntimeError, match="the trail is full"):
        cases.cases(people["performance-analyst"], published.programme.code, "I03", period="FY2014")


def test_the_trail_says_who_looked_at_which_records(published: Release, people: dict[str, Account]) -> None:
    seen = cases.cases_data(people["performance-analyst"], published.programme.code, "I03", outcome="in")
    row = TrailRow.objects.latest("number")
    assert (row.by, row.action) == ("performance-analyst", "saw the records behind a figure")
    assert row.subject.startswith("I03 ")
    assert "CHILD" not in str(row.detail)
    assert seen.as_data()["cases"][0]["child"].startswith("CHILD-")
    assert "This look is in the trail" in seen.in_words()


@pytest.mark.parametrize("role", ["director", "programme-office", "elected-member", "dfe-observer", "nobody"])
def test_nobody_else_sees_a_record(published: Release, people: dict[str, Account], role: str) -> None:
    with pytest.raises(Refused):
        cases.cases(people[role], published.programme.code, "I03")


def test_odd_questions_about_records_are_refused_in_words(published: Release) -> None:
    code = published.programme.code
    with pytest.raises(NoSuchOutcome, match="in, not, unknown"):
        cases.cases(SYSTEM, code, "I03", outcome="maybe")
    with pytest.raises(NoSuchPeriod, match="A period is a month, like 2013-04"):
        cases.cases(SYSTEM, code, "I03", period="next week")
    with pytest.raises(BreakdownNotHeld):
        cases.cases_asked(SYSTEM, code, "I03", Asked(breakdown="team"))


@pytest.fixture
def team_only(published: Release, people: dict[str, Account], monkeypatch: pytest.MonkeyPatch) -> Account:
    """A team manager whose role is over one team, not over the programme."""
    grant = Grant("team-manager", published.programme.code, "team", "north")
    monkeypatch.setattr(doors, "_source", lambda user: [grant])
    return people["team-manager"]


def test_a_role_over_one_team_sees_no_small_count_nor_a_record_of_no_team(
    published: Release, team_only: Account
) -> None:
    code = published.programme.code
    assert policy_for(team_only, code) == "publish"
    seen = cases.cases(team_only, code, "I03")
    assert (seen.page.rows, seen.page.total) == ([], 0)
    assert "This release names no teams" in seen.whose


def test_a_definition_card_is_found_by_its_code() -> None:
    assert indicators.definition_card("I20").clock == "statutory"


def shown(n_in: int, n_not: int, n_unknown: int, month: int = 1, policy: str = "inside") -> Any:
    """One figure of a month of 2031, protected."""
    from holdfast.analytics import Figure, period, protect

    return protect([Figure(period(f"2031-{month:02d}"), "", n_in, n_not, n_unknown)], policy)[0]


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((19, 76, 4), "20.0% (19 of 95)"),
        ((19, 76, 5), "Not known for 5; of the rest 20.0% (19 of 95)"),
        ((18, 72, 0), "20.0% (18 of 90)"),
        ((0, 0, 9), "none known (0 of 0)"),
        ((0, 0, 0), "none counted (0 of 0)"),
    ],
)
def test_where_a_twentieth_is_not_known_that_is_said_first(counts: tuple[int, int, int], words: str) -> None:
    assert words_with_unknown(shown(*counts), "per cent") == words


def test_a_count_and_what_is_hidden_are_printed_as_they_are() -> None:
    assert words_with_unknown(shown(12, 0, 90), "count") == "12"
    assert words_with_unknown(shown(3, 60, 90, policy="publish"), "per cent") == "Not known for 90; of the rest c of 63"
    assert words_with_unknown(shown(3, 60, 2, policy="publish"), "per cent") == "c of 63"


@pytest.mark.parametrize(
    ("counts", "policy", "words"),
    [
        ((34, 86, 0), "inside", "28.3% (34 of 120) at 31 January 2031"),
        ((34, 86, 12), "inside", "28.3% (34 of 120) at 31 January 2031; not known for 12 more"),
        ((34, 86, 3), "publish", "28.3% (34 of 120) at 31 January 2031; not known for a few more"),
    ],
)
def test_what_is_open_and_over_comes_with_its_own_not_known(
    counts: tuple[int, int, int], policy: str, words: str
) -> None:
    card = analytics.INDICATORS["I24"]
    assert open_words(shown(*counts, policy=policy), card) == f"Open and already over: {words}"
    differs = analytics.INDICATORS["I21"].still_open_differs
    said = f"Open and already over: {words}; counted {differs}"
    assert open_words(shown(*counts, policy=policy), card, differs) == said
    assert open_words(None, card) == "Open and already over: not held"
    short = words.partition("(")[2].partition(")")[0] + "".join(words.partition(";")[1:])
    beside = "open and already over: " + short
    assert open_briefly(shown(*counts, policy=policy), card, shown(1, 1, 0), "") == f"then {beside}"
    later = open_briefly(shown(*counts, policy=policy), card, shown(1, 1, 0, month=2), differs)
    assert later == f"at 31 January 2031 {beside.replace(':', ', from the referral:')}"
    assert open_briefly(None, card, shown(1, 1, 0), differs) == "open and already over: not held"


def test_in_a_table_it_has_them_too() -> None:
    assert open_count_words(None) == "not held"
    assert open_count_words(shown(34, 86, 0)) == "34 of 120"
    assert open_count_words(shown(34, 86, 12)) == "34 of 120, 12 more not known"
    assert open_count_words(shown(34, 86, 3, policy="publish")) == "34 of 120, c more not known"


def test_a_clock_that_begins_elsewhere_than_that_of_what_is_open_says_so() -> None:
    """Of every indicator: the words are there where the limits are not counted from the same day, and only there."""
    for card in analytics.INDICATORS.values():
        if card.still_open:
            other = analytics.INDICATORS[card.still_open]
            assert bool(card.still_open_differs) == (card.limit_words != other.limit_words), card.id


def test_a_range_is_printed_once_and_never_of_nothing() -> None:
    """Where most is not known the figure is the range; where all is, there is none."""
    half, none = shown(10, 10, 21), shown(0, 0, 9)
    assert (half.range_words, half.range_beside) == ("between 24.4% and 75.6%", "")
    assert (none.share_words, none.range_words) == ("none known", "")
    card = analytics.INDICATORS["I38"]
    for figure in (half, none):
        assert f"{figure.words('per cent')} {trust_words(figure, card)}".count("between 24.4%") <= 1
        assert "etween" not in trust_words(figure, card)
    assert trust_words(shown(10, 10, 20), card).startswith("Between 25.0% and 75.0%: ")
    few = shown(6530, 3470, 1)
    assert (few.range_words, trust_words(few, card)) == ("", "Under 0.1% not known.")


@pytest.mark.parametrize(
    ("counts", "mostly", "words"),
    [
        ((10, 10, 0), False, "50.0%"),
        ((10, 10, 20), False, "50.0%"),
        ((10, 10, 21), True, "between 24.4% and 75.6%"),
        ((0, 0, 9), True, "none known"),
        ((0, 0, 0), False, "none counted"),
    ],
)
def test_a_share_of_few_known_is_given_as_the_range_it_lies_in(
    counts: tuple[int, int, int], mostly: bool, words: str
) -> None:
    figure = shown(*counts)
    assert figure.is_mostly_unknown is mostly
    assert figure.share_words == words


def test_a_hidden_base_with_more_unknown_is_mostly_unknown_and_stays_hidden() -> None:
    figure = shown(2, 1, 40, policy="publish")
    assert figure.is_mostly_unknown
    assert (figure.share_words, interval_words(figure), figure.words("per cent")) == ("c", "c", "c")


def test_an_interval_is_given_only_where_most_is_known() -> None:
    assert interval_words(shown(10, 10, 0)) == "29.9% to 70.1%"
    assert interval_words(shown(10, 10, 30)) == "too much not known"
    assert interval_words(shown(0, 0, 0)) == ""
    assert interval_words(shown(0, 99_999, 0)) == "0.0%"  # Wilson's upper end is 0.004%: both ends print the same


def test_the_last_months_of_which_little_is_known_are_not_the_latest() -> None:
    figures = [shown(5, 5, 0, 1), shown(0, 0, 9, 2), shown(6, 5, 0, 3), shown(1, 0, 9, 4), shown(0, 0, 9, 5)]
    answer = analytics.told(analytics.INDICATORS["I04"], 1, figures, figures, figures)
    assert answer.latest_month is not None
    assert (answer.latest_month.period.id, answer.n_not_yet_known, answer.latest_year) == ("2031-03", 2, None)
    assert answer.drawing is not None
    assert len(answer.drawing.table_rows) == 3
    assert len(answer.figures) == 5


def test_what_was_decided_is_judged_and_drawn_at_once_but_not_in_a_paper_of_a_day_before(
    published: Release, people: dict[str, Account]
) -> None:
    row = {"programme": published.programme, "indicator": "I03", "decision": "IB-7", "set_at": clock.now()}
    target = {"direction": "at most", "from_on": date(2010, 4, 1), "values": {"2010-04": 40}, "standard": "Ours"}
    Target.objects.create(**row, **target, decided_on=date(2014, 1, 20))
    code = published.programme.code
    for person in (INSIDE, OUTSIDE):
        seen = indicators.series(people[person], code, "I03")
        assert seen.assessment is not None
        assert "The target from 1 April 2010 is at most 40 (decision IB-7)" in seen.assessment.sentence
        assert seen.drawing is not None
        assert "Dotted line: target, 40." in seen.drawing.caption
    for other in (
        indicators.series(people[INSIDE], code, "I06"),
        indicators.series(people[INSIDE], code, "I03", until=date(2014, 1, 19)),
    ):
        assert other.assessment is not None
        assert "The target" not in other.assessment.sentence


def test_a_decision_to_judge_anew_is_the_indicator_s_own(published: Release) -> None:
    made = ChartRebase.objects.create(
        programme=published.programme,
        indicator="I03",
        decision="IB-8",
        decided_on=date(2014, 1, 20),
        set_at=clock.now(),
        from_on=date(2013, 6, 1),
        reason="A new front door",
    )
    settings = judged_by(made.programme)
    assert settings["rebases"] == (("I03", (analytics.Rebase(date(2013, 6, 1), "decision IB-8"),)),)
    assert judged_by(made.programme, date(2014, 1, 19))["rebases"] == ()


def test_a_group_is_given_in_words() -> None:
    assert analytics.group_words("sex", "F") == "Female"
    assert analytics.group_words("age_band", "1-4") == "1-4"
    assert analytics.group_words("sex", "not known") == "Not known"
    assert analytics.group_words("sex", "") == "All"


def test_an_indicator_newer_than_the_release_is_left_out_and_said_so(
    published: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = analytics.kept_answers(store(), published.answers_id)
    older = SimpleNamespace(
        versions={name: version for name, version in whole.versions.items() if name != "I03"},
        scorecard=lambda policy: {name: line for name, line in whole.scorecard(policy).items() if name != "I03"},
        judged_by=whole.judged_by,
    )
    monkeypatch.setattr(analytics, "kept_answers", lambda *_: older)
    assert "I03" not in {line.definition.id for line in indicators.scorecard(SYSTEM, published.programme.code)}
    with pytest.raises(NotCounted, match=r"Release 1 .* was made before I03 was counted"):
        indicators.series(SYSTEM, published.programme.code, "I03")


def test_an_indicator_that_does_not_exist_has_no_figures(published: Release) -> None:
    from holdfast.performance.selectors.figures import check_counted

    with pytest.raises(NoSuchIndicator):
        check_counted(published, "I999")


def test_a_page_of_rows_knows_its_neighbours() -> None:
    from holdfast.pages.paging import Page

    first, last, past = Page(range(50), 1, 60), Page(range(10), 2, 60), Page((), 9, 60)
    assert (first.has_previous, first.has_next, first.next_page_number, first.paginator.num_pages) == (
        False,
        True,
        2,
        2,
    )
    assert (last.has_previous, last.has_next, last.previous_page_number) == (True, False, 1)
    assert (last.in_words, past.in_words, past.previous_page_number) == ("51 to 60 of 60", "none", 2)
