"""Why figures moved between two releases: each record that moved has one cause, and causes add up to the move."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.loads import keep
from holdfast.analytics.calculated import Release
from holdfast.analytics.calculated import release as of_store
from holdfast.analytics.calculation import Calculation, calculate
from holdfast.analytics.causes import CAUSES, Between, Caused, Fates, Lateness, caused, lateness
from holdfast.analytics.engines import engine
from holdfast.analytics.history import snapshot
from holdfast.analytics.moves import Move, _differences, _moved, compare, keep_moves, kept_moves
from holdfast.analytics.store import Store

Rows = list[dict[str, object]]


def referral(n: int, on: str, nfa: bool | None = False, **more: object) -> dict[str, object]:
    child = more.pop("child", n)
    key = {"cine_referral_id": f"C{child}|{on}|1", "cine_person_id": f"C{child}"}
    return {**key, "cine_referral_date": date.fromisoformat(on), "cine_referral_nfa": nfa, **more}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    folder = tmp_path / "sent"
    folder.mkdir()
    return folder


def calculated(store: Store, loads: list[str]) -> Calculation:
    history = snapshot(store, loads)
    months = {"first_month": "2013-04", "last_month": f"{history.as_at:%Y-%m}"}
    return calculate(history, engine=engine("duckdb"), store=store, indicators=["I03", "I06", "I60-3"], **months)


def two(store: Store, sent: Path, before: Rows, after: Rows) -> dict[tuple[str, str], Move]:
    """What moved between a census as at 31 January 2014 and one as at 28 February."""
    older = keep(store, sent, "cin_census", "2014-01-31", cin_episodes=before)
    newer = keep(store, sent, "cin_census", "2014-02-28", cin_episodes=after)
    first, second = calculated(store, [older]), calculated(store, [older, newer])
    moves = compare(store, first.id, second.id)
    assert keep_moves(store, first.id, second.id) == moves == kept_moves(store, first.id, second.id)
    return {(move.indicator, move.period.id): move for move in moves}


BEFORE = [
    referral(1, "2013-09-02"),
    referral(2, "2013-10-10", True),
    referral(3, "2013-11-11"),
    referral(6, "2013-12-05", None),
]
AFTER = [
    referral(1, "2013-09-02", True),  # sent again with another value
    # the second is left out of a file that should hold it
    referral(3, "2013-11-11"),
    referral(4, "2013-09-20"),  # had happened by 31 January, and was not sent then
    referral(6, "2013-12-05", False),  # the flag came late
    referral(7, "2014-02-10"),  # happened since
]  # fmt: skip


def test_each_record_that_moved_has_its_cause_and_they_add_up(store: Store, sent: Path) -> None:
    moved = two(store, sent, BEFORE, AFTER)
    assert moved["I06", "2013-09"].causes == (
        Caused("late recording", 1, n_in=0, n_not=1, n_unknown=0),
        Caused("correction", 1, n_in=1, n_not=-1, n_unknown=0),
    )
    assert moved["I06", "2013-10"].causes == (Caused("deletion", 1, n_in=-1, n_not=0, n_unknown=0),)
    assert moved["I06", "2013-12"].causes == (Caused("late recording", 1, n_in=0, n_not=1, n_unknown=-1),)
    assert moved["I06", "FY2014"].causes == (
        Caused("late recording", 2, n_in=0, n_not=2, n_unknown=-1),
        Caused("correction", 1, n_in=1, n_not=-1, n_unknown=0),
        Caused("deletion", 1, n_in=-1, n_not=0, n_unknown=0),
        Caused("time passed", 1, n_in=0, n_not=1, n_unknown=0),
    )
    assert moved["I06", "2014-02"].because == "first given"
    assert ("I06", "2013-11") not in moved
    assert moved["I06", "2013-09"].because == "late recording and correction"


def test_every_record_that_another_version_of_a_definition_moved_is_put_down_to_it(store: Store, sent: Path) -> None:
    older = calculated(store, [keep(store, sent, "cin_census", "2014-01-31", cin_episodes=BEFORE)])
    newer = calculated(store, [keep(store, sent, "cin_census", "2014-01-31", cin_episodes=AFTER)])
    first, second = of_store(store, older.id), of_store(store, newer.id)
    between = Between(replace(first, versions={**first.versions, "I06": 0}), second, (None, None))
    moved = {move.period.id: move for move in _moved(store, between, "I06")}
    assert moved["2013-09"].causes == (Caused("definition", 2, n_in=1, n_not=0, n_unknown=0),)
    assert moved["2013-10"].because == "definition"


def test_how_late_records_came_is_told_from_their_own_day_to_the_last_that_was_known(store: Store, sent: Path) -> None:
    """Of 20 September and 5 December, known to 31 January: 133 and 57 days at least."""
    moved = two(store, sent, BEFORE, AFTER)
    assert moved["I06", "2013-09"].late_days == (133,)
    assert moved["I06", "FY2014"].late_days == (57, 133)
    assert moved["I06", "2013-10"].late_days == ()
    assert lateness(()) is None
    assert lateness((133, 57)) == Lateness(2, median_days=133, most_days=133)
    assert lateness((9, 0, 5)) == Lateness(3, median_days=5, most_days=9)


def test_on_the_day_the_older_release_knew_of_is_late_and_the_day_after_is_not(store: Store, sent: Path) -> None:
    moved = two(store, sent, [], [referral(1, "2014-01-31"), referral(2, "2014-02-01")])
    assert [each.cause for each in moved["I03", "2014-01"].causes] == ["late recording"]
    assert {each.cause: each.n_in for each in moved["I03", "FY2014"].causes} == {"late recording": 1, "time passed": 1}


def test_a_referral_that_was_dated_anew_is_a_correction_and_no_deletion(store: Store, sent: Path) -> None:
    moved = two(
        store, sent, [referral(1, "2013-09-02")], [referral(1, "2013-09-12", child=1), referral(2, "2013-11-11")]
    )
    assert ("I03", "2013-09") in moved, "the month rests on another record, though it counts as many"
    assert moved["I03", "2013-09"].causes == (Caused("correction", 2, n_in=0, n_not=0, n_unknown=0),)


def test_a_closure_before_the_day_is_recorded_late_and_one_after_it_is_not(store: Store, sent: Path) -> None:
    """Three months from October are over by January: what was not known then came late, or has come true since."""
    closed = {"cine_close_date": date(2013, 10, 10), "cine_close_reason": "RC7"}
    since = {"cine_close_date": date(2014, 2, 10), "cine_close_reason": "RC7"}
    before = [referral(1, "2013-06-03"), referral(2, "2013-06-04")]
    moved = two(store, sent, before, [referral(1, "2013-06-03", **closed), referral(2, "2013-06-04", **since)])
    assert moved["I60-3", "2013-10"].causes == (Caused("late recording", 1, n_in=0, n_not=1, n_unknown=0),)
    year = {each.cause: each.n_records for each in moved["I60-3", "FY2014"].causes}
    assert year == {"late recording": 1, "time passed": 1}


def causes_of(store: Store, older: list[str], newer: list[str]) -> dict[tuple[str, str], set[str]]:
    """The names of the causes of each figure that moved from the release of some loads to that of others."""
    moves = compare(store, calculated(store, older).id, calculated(store, newer).id)
    return {(move.indicator, move.period.id): {each.cause for each in move.causes} for move in moves}


def test_days_for_which_another_return_now_answers_move_by_that(store: Store, sent: Path) -> None:
    """The lists answered until the census came, which stands before them: what it has otherwise is another source's."""
    lists = keep(
        store, sent, "annex_a", "2014-01-31", cin_episodes=[referral(1, "2013-10-02"), referral(2, "2013-10-09")]
    )
    of_census = [referral(1, "2013-10-02", True), referral(2, "2013-10-09"), referral(3, "2013-10-30")]
    census = keep(store, sent, "cin_census", "2014-03-31", cin_episodes=of_census)
    found = causes_of(store, [lists], [lists, census])
    assert found["I06", "2013-10"] == {"another source"}
    assert found["I03", "2013-10"] == {"another source"}
    assert CAUSES["another source"].startswith("Another kind of return answers for the day")


def test_lists_after_a_census_move_the_days_that_it_answers_for_by_what_became_of_its_records(
    store: Store, sent: Path
) -> None:
    """The census goes on answering for its days: a closure that the lists bring was recorded late."""
    other = referral(2, "2013-06-04", cine_close_date=date(2013, 9, 10), cine_close_reason="RC7")
    census = keep(store, sent, "cin_census", "2014-01-31", cin_episodes=[referral(1, "2013-06-03"), other])
    closed = referral(1, "2013-06-03", cine_close_date=date(2013, 9, 2), cine_close_reason="RC7")
    lists = keep(store, sent, "annex_a", "2014-02-28", cin_episodes=[closed, referral(3, "2014-02-03")])
    found = causes_of(store, [census], [census, lists])
    assert found["I60-3", "2013-09"] == {"late recording"}
    assert all("another source" not in causes for causes in found.values())


def test_what_was_only_too_early_to_say_moves_by_time(store: Store, sent: Path) -> None:
    closed = [referral(1, "2013-06-03", cine_close_date=date(2013, 11, 11), cine_close_reason="RC7")]
    moved = two(store, sent, closed, closed)
    assert moved["I60-3", "2013-11"].causes == (Caused("time passed", 1, n_in=0, n_not=1, n_unknown=-1),)


def test_another_record_of_the_same_child_moves_an_answer(store: Store, sent: Path) -> None:
    """Closed in August, referred again in September: first recorded in February."""
    closed = referral(1, "2013-06-03", cine_close_date=date(2013, 8, 12), cine_close_reason="RC7")
    moved = two(store, sent, [closed], [closed, referral(9, "2013-09-02", child=1)])
    assert moved["I60-3", "2013-08"].causes == (Caused("late recording", 1, n_in=1, n_not=-1, n_unknown=0),)


RELEASE = {"periods": {}, "can_break_down": (), "given": {}}
MONTHS = ("2013-04", "2013-05", "FY2014")
answers = st.dictionaries(
    st.tuples(st.sampled_from(MONTHS), st.integers(1, 6)), st.sampled_from([1, 0, -1]), max_size=12
)
fates = st.dictionaries(st.integers(1, 6), st.sampled_from(["came", "went", "changed", "filled", "later"]))
MEANS = {"came": "late recording", "went": "deletion", "changed": "correction", "filled": "late recording"}


def release(folder: Path, found: dict[tuple[str, int], int]) -> Release:
    rows = [
        {"period": period, "unit_id": f"U{unit}", "child": None, "event_on": date(2013, 4, 9),
         "in_numerator": None if answer == -1 else bool(answer)}
        for (period, unit), answer in found.items()
    ]  # fmt: skip
    names = {"period": "string", "unit_id": "string", "child": "string", "event_on": "date32", "in_numerator": "bool"}
    schema = pa.schema([(name, pa.type_for_alias(kind)) for name, kind in names.items()])
    (folder / "rows").mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / "rows" / "I06.parquet")
    return Release(folder.name, folder, {}, {"I06": 1}, (), {}, {}, {})


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(answers, answers, fates)
def test_causes_add_up_to_the_move_of_every_count_as_a_plain_reference_has_it(
    tmp_path_factory: pytest.TempPathFactory,
    then: dict[tuple[str, int], int],
    now: dict[tuple[str, int], int],
    became: dict[int, str],
) -> None:
    root = tmp_path_factory.getbasetemp()
    older, newer = release(root / "older", then), release(root / "newer", now)
    between = Between(older, newer, (root, root))
    between._fates = dict.fromkeys(
        ("cin_episodes", "person"), Fates({f"U{unit}": fate for unit, fate in became.items()})
    )
    found = _differences(older, newer, "I06")
    for period in MONTHS:
        units = {unit for place, unit in (*then, *now) if place == period}
        wanted: dict[str, Counter[object]] = defaultdict(Counter)
        for unit in units:
            was, is_now = then.get((period, unit)), now.get((period, unit))
            if was != is_now:
                counts = wanted[MEANS.get(became.get(unit, ""), "time passed")]
                counts["records"] += 1
                counts[is_now] += 1
                counts[was] -= 1
        moved = found.get(period, [])
        causes = caused((record, between.cause(record, ("cin_episodes", "person"))) for record in moved)
        assert {each.cause: (each.n_records, each.n_in, each.n_not, each.n_unknown) for each in causes} == {
            cause: (counts["records"], counts[1], counts[0], counts[-1]) for cause, counts in wanted.items()
        }
        for name, answer in (("n_in", 1), ("n_not", 0), ("n_unknown", -1)):
            before, after = (
                sum(place == period and each == answer for (place, _), each in counted.items())
                for counted in (then, now)
            )
            assert sum(getattr(each, name) for each in causes) == after - before
        assert {each.cause for each in causes} <= set(CAUSES)
