"""A release: counted once, named by its content, the same from every engine, and read back with its rows."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfast.analytics import calculated, calculation
from holdfast.analytics.breakdowns import BREAKDOWNS
from holdfast.analytics.calculated import BreakdownNotHeld, NotInRelease, figures, rows
from holdfast.analytics.calculation import Calculation, NoSuchIndicator, calculate, counted
from holdfast.analytics.calendar import periods
from holdfast.analytics.cover import Cover, Part
from holdfast.analytics.engines import arrow_schema, engine
from holdfast.analytics.indicators.definitions import INDICATORS
from holdfast.analytics.moves import compare, keep_moves, kept_moves
from holdfast.analytics.store import ChangedFolder, NoSuchFolder, Store
from holdfast.analytics.tables.contracts import TABLES

AS_AT = date(2014, 1, 31)
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Small:
    """A snapshot of a few invented rows."""

    id: str
    tables: dict[str, Path]
    holds: frozenset[str] = frozenset(BREAKDOWNS)
    first_day: date = date(2010, 4, 1)
    as_at: date = AS_AT

    @property
    def cover(self) -> Cover:
        """Every table and column, on every day."""
        whole = (self.first_day, self.as_at, "invented", self.id)
        return Cover({name: (Part(*whole, frozenset(table.column_names)),) for name, table in TABLES.items()})


def referral(n: int, child: int, on: str, **more: Any) -> dict[str, Any]:
    row = {"cine_referral_id": f"R{n}", "cine_person_id": f"C{child}", "cine_referral_date": date.fromisoformat(on)}
    return {**row, "cine_referral_source_code": "1A", "cine_referral_nfa": False, **more}


def small_history() -> Rows:
    return {
        "person": [
            {"pers_person_id": "C1", "pers_dob": date(2010, 1, 1), "pers_sex": "F", "pers_ethnicity": "WBRI"},
            {"pers_person_id": "C2", "pers_dob": date(2002, 1, 1), "pers_sex": "M"},
        ],
        "cin_episodes": [
            referral(1, 1, "2013-04-02", cine_referral_nfa=True),
            referral(2, 1, "2013-09-02", cine_referral_source_code="2B"),
            referral(3, 2, "2013-09-10", cine_referral_nfa=None, cine_referral_source_code=None),
            referral(4, 3, "2013-12-31"),
        ],
        "cin_assessments": [
            {
                "cina_assessment_id": "R2|A",
                "cina_person_id": "C1",
                "cina_referral_id": "R2",
                "cina_assessment_start_date": date(2013, 9, 3),
            }
        ],
    }


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


Keep = Callable[..., Small]


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    """Writes rows as a snapshot's Parquet; its name tells the snapshots of one test apart."""

    def write(name: str, tables: Rows, **more: Any) -> Small:
        folder = tmp_path / name
        folder.mkdir()
        paths = {}
        for table, given in tables.items():
            filled = [{"row_number": n, "as_at": AS_AT, **row} for n, row in enumerate(given, 1)]
            paths[table] = folder / f"{table}.parquet"
            pq.write_table(pa.Table.from_pylist(filled, schema=arrow_schema(table)), paths[table])
        return Small(name.ljust(64, "0"), paths, **more)

    return write


FEW = ("I03", "I04", "I06", "I20")
EVERY = {"indicators": None}


def count_anew(snapshot: Any, store: Store, *, on: str = "duckdb", last: str = "2014-01", **more: Any) -> Calculation:
    """A release of what these tests look at, or with **EVERY of all."""
    asked = {"indicators": FEW, **more}
    return calculate(snapshot, engine=engine(on), store=store, first_month="2013-04", last_month=last, **asked)


_counted: dict[str, Calculation] = {}


def count(snapshot: Any, store: Store, **more: Any) -> Calculation:
    """A release of a snapshot, for what is asked of one: counted once for all tests, and copied into the store."""
    files = {table: path.read_bytes() for table, path in snapshot.tables.items()}
    versions = [(definition.id, definition.version, definition.rows) for definition in INDICATORS.values()]
    key = repr((snapshot.id, files, snapshot.holds, snapshot.first_day, snapshot.as_at, more, versions))
    if key not in _counted:
        folder = tempfile.mkdtemp(prefix="holdfast-counted-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        _counted[key] = count_anew(snapshot, Store(Path(folder)), **more)
    made = _counted[key]
    place = store.root / "releases" / made.id
    if not place.exists():
        shutil.copytree(made.folder, place)
    return replace(made, folder=place)


def counts(store: Store, calculation_id: str, indicator: str, breakdown: str = "") -> dict[tuple[str, str], list[int]]:
    """Only the figures with something in them."""
    found = figures(store, calculation_id, indicator, breakdown)
    return {(f.period.id, f.group): [f.n_in, f.n_not, f.n_unknown] for f in found if f.denominator + f.n_unknown}


def test_a_release_holds_all_three_counts_for_months_and_the_year(keep: Keep, store: Store) -> None:
    made = count_anew(keep("first", small_history()), store)
    assert counts(store, made.id, "I06") == {
        ("2013-04", ""): [1, 0, 0],
        ("2013-09", ""): [0, 1, 1],
        ("2013-12", ""): [0, 1, 0],
        ("FY2014", ""): [1, 2, 1],
    }
    assert counts(store, made.id, "I04")[("2013-09", "")] == [1, 1, 0]
    assert counts(store, made.id, "I20")[("2013-11", "")] == [0, 1, 0]


def test_a_release_says_where_it_came_from(keep: Keep, store: Store) -> None:
    snapshot = keep("first", small_history())
    made = count(snapshot, store, **EVERY)
    facts = store.facts("releases", made.id)
    assert (made.snapshot_id, made.engine, made.as_at) == (snapshot.id, "duckdb", AS_AT)
    assert made.folder == store.folder("releases", made.id)
    assert facts["indicators"] == {name: definition.version for name, definition in INDICATORS.items()}
    assert made.n_figures == facts["n_figures"] == pq.read_table(made.folder / "figures.parquet").num_rows
    assert "engine" not in facts, "what counted it is no part of the content"
    assert {path.stem for path in (made.folder / "rows").iterdir()} == set(INDICATORS)


def test_the_same_question_of_the_same_snapshot_is_the_same_release(keep: Keep, store: Store) -> None:
    snapshot = keep("first", small_history())
    first = count_anew(snapshot, store)
    assert first.id == count_anew(snapshot, store).id
    assert count_anew(snapshot, store, last="2013-12").id != first.id


def test_postgresql_gives_the_very_same_release(keep: Keep, store: Store, postgres_dsn: str) -> None:
    snapshot = keep("first", small_history())
    ours, theirs = count(snapshot, store, **EVERY), count_anew(snapshot, store, on=postgres_dsn, **EVERY)
    assert ours.id == theirs.id
    assert (ours.engine, theirs.engine) == ("duckdb", "postgresql")


def test_a_month_with_nothing_in_it_is_a_figure_of_noughts(keep: Keep, store: Store) -> None:
    made = count(keep("first", small_history()), store)
    found = figures(store, made.id, "I03")
    assert [f.period.id for f in found] == [*(f"2013-{m:02d}" for m in range(4, 13)), "2014-01", "FY2014"]
    assert (found[1].n_in, found[1].n_not, found[1].n_unknown) == (0, 0, 0)
    assert found[-1].period.is_part


def test_a_month_that_ends_after_the_data_is_not_given(keep: Keep, store: Store) -> None:
    made = count(keep("first", small_history(), as_at=date(2014, 1, 30)), store)
    assert "2014-01" not in {f.period.id for f in figures(store, made.id, "I03")}


def test_a_breakdown_gives_each_group_in_every_period_and_the_unknown_last(keep: Keep, store: Store) -> None:
    made = count(keep("first", small_history()), store)
    found = [f for f in figures(store, made.id, "I03", "referral_source") if f.period.id == "2013-09"]
    assert [(f.group, f.n_in) for f in found] == [("1A", 0), ("2B", 1), ("not known", 1)]
    for breakdown in BREAKDOWNS:
        parts = counts(store, made.id, "I06", breakdown)
        for period, whole in counts(store, made.id, "I06").items():
            groups = [n for (month, _), n in parts.items() if month == period[0]]
            assert [sum(n) for n in zip(*groups, strict=True)] == whole, breakdown


def test_an_age_band_is_the_childs_on_the_day_counted(keep: Keep, store: Store) -> None:
    made = count(keep("first", small_history()), store)
    assert counts(store, made.id, "I03", "age_band")[("2013-09", "1-4")] == [1, 0, 0]
    assert counts(store, made.id, "I03", "age_band")[("2013-12", "not known")] == [1, 0, 0]


@pytest.mark.parametrize("breakdown", ["team", "locality", "ethnicity"])
def test_a_breakdown_that_the_data_does_not_hold_is_refused_in_words(keep: Keep, store: Store, breakdown: str) -> None:
    made = count(keep("first", small_history(), holds=frozenset({"sex", "age_band"})), store)
    assert made.can_break_down == ("age_band", "sex")
    with pytest.raises(
        BreakdownNotHeld, match=rf"by {breakdown}: its data does not hold it\. It can give: age band, sex\."
    ):
        figures(store, made.id, "I03", breakdown)
    with pytest.raises(BreakdownNotHeld):
        rows(store, made.id, "I03", breakdown=breakdown)
    first, _ = rows(store, made.id, "I03")
    assert all("ethnicity" not in row.groups for row in first)


def test_the_rows_behind_a_figure_are_as_many_as_it_says(keep: Keep, store: Store) -> None:
    made = count(keep("first", small_history()), store, **EVERY)
    for indicator in INDICATORS:
        for figure in figures(store, made.id, indicator):
            expected = {"in": figure.n_in, "not": figure.n_not, "unknown": figure.n_unknown}
            for outcome, n in expected.items():
                _, total = rows(store, made.id, indicator, period=figure.period.id, outcome=outcome)
                assert total == n, (indicator, figure.period.id, outcome)


def test_rows_may_be_narrowed_to_a_group_and_read_a_page_at_a_time(keep: Keep, store: Store) -> None:
    made = count(keep("first", small_history()), store)
    unknown, total = rows(store, made.id, "I03", period="FY2014", breakdown="referral_source", group="not known")
    assert ([row.unit_id for row in unknown], total) == (["R3"], 1)
    known, _ = rows(store, made.id, "I03", period="FY2014", breakdown="referral_source", group="2B")
    assert [row.unit_id for row in known] == ["R2"]
    every, total = rows(store, made.id, "I03", period="FY2014", offset=1, limit=2)
    assert ([row.unit_id for row in every], total) == (["R2", "R3"], 4)
    assert rows(store, made.id, "I03", period="FY2014", offset=9) == ([], 4)


def test_a_row_carries_its_clock_and_who_the_child_is(keep: Keep, store: Store) -> None:
    made = count(keep("first", small_history()), store)
    (late,), _ = rows(store, made.id, "I20", period="2013-11", outcome="not")
    assert (late.unit_id, late.child, late.event_on) == ("R2|A", "C1", date(2013, 11, 4))
    assert (late.elapsed, late.due_on) == (None, date(2013, 11, 4))
    assert late.groups == {
        "referral_source": "2B",
        "primary_need": None,
        "age_band": "1-4",
        "sex": "F",
        "ethnicity": "WBRI",
        **dict.fromkeys(("referral_team", "case_team", "assessment_team", "plan_team", "seat_agency", "action_agency")),
        **dict.fromkeys(("audit_team", "audit_grade_whose")),
    }


def test_counting_without_writing_gives_the_same_counts(keep: Keep, store: Store) -> None:
    """What the benchmark times is what a release holds."""
    snapshot = keep("first", small_history())
    made = count(snapshot, store, **EVERY)
    with engine("duckdb").open(snapshot, periods("2013-04", "2014-01", AS_AT)) as (session, held):
        for definition, found in counted(session, held, list(INDICATORS.values()), ["sex"]):
            for breakdown in ("", "sex"):
                given = [row for row in found.to_pylist() if row["breakdown"] == breakdown]
                alone = {(row["period"], row["group"]): [row["n_in"], row["n_not"], row["n_unknown"]] for row in given}
                assert alone == counts(store, made.id, definition.id, breakdown)


def test_what_a_release_does_not_have_is_refused(keep: Keep, store: Store) -> None:
    snapshot = keep("first", small_history())
    made = count(snapshot, store, indicators=["I03"])
    with pytest.raises(NotInRelease, match=r"has no I04\. It has: I03\."):
        figures(store, made.id, "I04")
    with pytest.raises(NotInRelease, match="no figures for 2009-01"):
        rows(store, made.id, "I03", period="2009-01")
    with pytest.raises(NotInRelease, match="An outcome is one of in, not, unknown"):
        rows(store, made.id, "I03", outcome="late")
    with pytest.raises(NoSuchFolder):
        figures(store, "0" * 64, "I03")
    with pytest.raises(NoSuchIndicator, match=r"There is no indicator I999\. There are: I02, I03"):
        count(snapshot, store, indicators=["I999"])


def test_a_calculation_that_fails_leaves_no_release(keep: Keep, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> int:
        raise RuntimeError

    monkeypatch.setattr(calculation, "write", fail)
    with pytest.raises(RuntimeError):
        count_anew(keep("first", small_history()), store)
    assert not (store.root / "releases").exists()


def test_nothing_moves_without_an_older_release_or_between_equals(keep: Keep, store: Store) -> None:
    made = count(keep("first", small_history()), store)
    assert compare(store, None, made.id) == []
    assert compare(store, made.id, made.id) == []


def moved(store: Store, older: Calculation, newer: Calculation, indicator: str) -> dict[str, tuple[Any, ...]]:
    moves = [move for move in compare(store, older.id, newer.id) if move.indicator == indicator]
    return {move.period.id: (move.because, move.n_new, move.n_gone, move.n_changed) for move in moves}


def test_a_late_record_a_changed_one_and_one_withdrawn_are_each_named_as_the_reason(keep: Keep, store: Store) -> None:
    older = count(keep("first", small_history()), store)
    later = small_history()
    later["cin_episodes"][0]["cine_referral_nfa"] = False
    del later["cin_episodes"][3]
    later["cin_episodes"].append(referral(5, 4, "2013-10-01"))
    newer = count(keep("second", later), store)
    assert moved(store, older, newer, "I06") == {
        "2013-04": ("correction", 0, 0, 1),
        "2013-10": ("late recording", 1, 0, 0),
        "2013-12": ("deletion", 0, 1, 0),
        "FY2014": ("late recording and correction and deletion", 1, 1, 1),
    }
    (april,) = [m for m in compare(store, older.id, newer.id) if (m.indicator, m.period.id) == ("I06", "2013-04")]
    assert april.before is not None
    assert april.after is not None
    assert (april.before.n_in, april.after.n_in) == (1, 0)


def test_rows_that_changed_but_cancel_out_are_still_given(keep: Keep, store: Store) -> None:
    older = count(keep("first", small_history()), store)
    later = small_history()
    later["cin_episodes"][1]["cine_referral_nfa"], later["cin_episodes"][2]["cine_referral_nfa"] = None, False
    newer = count(keep("second", later), store)
    assert moved(store, older, newer, "I06") == {
        "2013-09": ("late recording and correction", 0, 0, 2),
        "FY2014": ("late recording and correction", 0, 0, 2),
    }


def test_a_period_given_for_the_first_time_or_no_longer_is_said_so(keep: Keep, store: Store) -> None:
    snapshot = keep("first", small_history())
    short, long = count(snapshot, store, last="2013-12"), count(snapshot, store)
    assert moved(store, short, long, "I03") == {"2014-01": ("first given", 0, 0, 0), "FY2014": ("first given", 0, 0, 0)}
    assert set(moved(store, long, short, "I03").values()) == {("no longer given", 0, 0, 0)}
    only = count(snapshot, store, indicators=["I03"])
    assert {m.because for m in compare(store, long.id, only.id)} == {"no longer given"}
    assert {m.because for m in compare(store, only.id, long.id)} == {"first given"}


def test_what_moved_is_kept_when_it_is_found_and_read_back_the_same(
    keep: Keep, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = keep("first", small_history())
    short, long = count(snapshot, store, last="2013-12"), count(snapshot, store)
    assert kept_moves(store, short.id, long.id) == compare(store, short.id, long.id), "never kept: found anew"
    kept = keep_moves(store, short.id, long.id)
    assert kept
    monkeypatch.setattr("holdfast.analytics.moves.compare", lambda *_: pytest.fail("every record was compared again"))
    assert kept_moves(store, short.id, long.id) == kept
    assert not [problem for problem in store.verify() if "moves" in problem]


def test_moves_that_were_kept_of_two_releases_are_of_no_other_two(keep: Keep, store: Store) -> None:
    snapshot = keep("first", small_history())
    short, long = count(snapshot, store, last="2013-12"), count(snapshot, store)
    keep_moves(store, short.id, long.id)
    assert {move.because for move in kept_moves(store, long.id, short.id)} == {"no longer given"}


def test_moves_that_were_changed_since_are_not_believed(keep: Keep, store: Store) -> None:
    snapshot = keep("first", small_history())
    short, long = count(snapshot, store, last="2013-12"), count(snapshot, store)
    keep_moves(store, short.id, long.id)
    (file,) = store.root.glob("moves/*/moves.json")
    file.write_text(file.read_text().replace("first given", "correction"))
    with pytest.raises(ChangedFolder, match="changed since it was written"):
        kept_moves(store, short.id, long.id)
    assert any("moves.json has been changed" in problem for problem in store.verify())


def test_a_part_year_that_grew_without_a_new_row_is_said_to_have_lengthened(keep: Keep, store: Store) -> None:
    older = count(keep("first", small_history(), as_at=date(2014, 1, 30)), store)
    newer = count(keep("second", small_history()), store)
    assert moved(store, older, newer, "I03")["FY2014"] == ("period lengthened", 0, 0, 0)


def test_a_new_version_of_a_definition_is_the_reason(keep: Keep, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    older = count(keep("first", small_history()), store)
    monkeypatch.setitem(INDICATORS, "I06", replace(INDICATORS["I06"], version=2, rows=INDICATORS["I03"].rows))
    newer = count(keep("second", small_history()), store)
    assert {because for because, *_ in moved(store, older, newer, "I06").values()} == {"definition"}
    assert moved(store, older, newer, "I03") == {}


def test_a_release_is_read_once_in_each_process(keep: Keep, store: Store) -> None:
    made = count(keep("first", small_history()), store)
    assert calculated.release(store, made.id) is calculated.release(Store(store.root), made.id)
