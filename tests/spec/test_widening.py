"""A contract that is widened under loads kept earlier, and a year that nobody sent: on every engine, never nought."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analytics.loads import keep
from analytics.test_calculate import referral
from holdfast.analytics.calculated import figures, not_held, release
from holdfast.analytics.calculation import Calculation, calculate
from holdfast.analytics.engines import Engine, engine
from holdfast.analytics.history import snapshot
from holdfast.analytics.indicators import blocks, held, records
from holdfast.analytics.indicators.definitions import INDICATORS
from holdfast.analytics.returns.cin_census import reader as cin_census
from holdfast.analytics.returns.reading import Gives, whole_tables
from holdfast.analytics.store import MANIFEST, Store, name_of
from holdfast.analytics.tables.contracts import TABLES
from holdfast.analytics.tables.shapes import Column, Table, date_column, key_column

NEW = Table(
    "surgeries",
    (key_column("surg_id", "One."), date_column("surg_date", "The day of it.")),
    ("surg_id",),
    "One row per surgery that an invented room holds.",
    supplied_by=("invented",),
    dated="surg_date",
)
NIGHT = Column("cine_at_night", "flag", "The referral came at night.", "Not recorded.")


@pytest.fixture(params=["duckdb", "postgresql"])
def any_engine(request: pytest.FixtureRequest) -> Engine:
    name = request.param
    return engine(name if name == "duckdb" else request.getfixturevalue("postgres_dsn"))


@pytest.fixture
def widen(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Adds a table and a column to the contracts, as a later version of the product does."""

    def widened() -> None:
        episodes = TABLES["cin_episodes"]
        monkeypatch.setitem(TABLES, "surgeries", NEW)
        monkeypatch.setitem(TABLES, "cin_episodes", replace(episodes, columns=(*episodes.columns, NIGHT)))
        held.table_named.cache_clear()

    yield widened
    held.table_named.cache_clear()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def at_night(tables: held.Held) -> Any:
    """Of the referrals received, those that came at night."""
    night = tables["cin_episodes"].select(night_id="cine_referral_id", at_night="cine_at_night")
    found = records.referrals(tables)
    found = found.inner_join(night, found.referral_id == night.night_id)
    found = blocks.in_period(tables, found, "referred_on")
    return blocks.rows(
        found,
        unit_id=found.referral_id,
        child=found.child,
        event_on=found.referred_on,
        period=found.period,
        in_numerator=found.at_night,
    )


def surgeries(tables: held.Held) -> Any:
    """One row per surgery: a record that is of no child."""
    found = blocks.in_period(tables, tables["surgeries"], "surg_date")
    return blocks.rows(
        found,
        unit_id=found.surg_id,
        event_on=found.surg_date,
        period=found.period,
        in_numerator=found.surg_id.notnull(),
    )


def made(store: Store, loads: list[str], on: Engine) -> Calculation:
    history = snapshot(store, loads)
    first, last = f"{history.first_day:%Y-%m}", f"{history.as_at:%Y-%m}"
    return calculate(history, engine=on, store=store, first_month=first, last_month=last)


def by_period(store: Store, done: Calculation, indicator: str) -> dict[str, tuple[int, int, int]]:
    return {one.period.id: (one.n_in, one.n_not, one.n_unknown) for one in figures(store, done.id, indicator)}


def without_gives(store: Store, load_id: str) -> str:
    """The load as it was kept before loads said what they give: the same files under the name they had then."""
    folder = store.folder("loads", load_id)
    manifest = json.loads((folder / MANIFEST).read_text())
    del manifest["facts"]["gives"]
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True))
    older = name_of("loads", manifest["facts"], manifest["files"])
    folder.rename(folder.with_name(older))
    return older


def test_a_widened_contract_stops_no_release_over_loads_kept_before(
    store: Store, tmp_path: Path, any_engine: Engine, widen: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = keep(store, tmp_path, "cin_census", "2013-03-31", cin_episodes=[referral(1, 1, "2013-03-02")])
    old = without_gives(store, old)
    before = made(store, [old], any_engine)
    widen()
    nightly = replace(INDICATORS["I03"], rows=at_night, unit="per cent", base_head="Referrals")
    monkeypatch.setitem(INDICATORS, "I03", nightly)
    monkeypatch.setitem(INDICATORS, "I06", replace(INDICATORS["I06"], rows=surgeries, tables=("surgeries",)))
    wider = Gives(
        {**cin_census.FILLED, "cin_episodes": (*cin_census.FILLED["cin_episodes"], "cine_at_night")},
        cin_census.gives(date(2014, 3, 31)).since,
    )
    night = referral(2, 2, "2013-04-03", cine_at_night=True)
    new = keep(store, tmp_path, "cin_census", "2014-03-31", wider, cin_episodes=[night])
    since = whole_tables("surgeries", since=date(2013, 9, 12))
    held_on = [{"surg_id": "S1", "surg_date": date(2013, 10, 1)}]
    own = keep(store, tmp_path, "invented", "2014-02-20", since, surgeries=held_on)
    done = made(store, [old, new, own], any_engine)

    assert done.id != before.id
    assert by_period(store, done, "I60-3")["2013-03"] == (0, 0, 0), "what the old load gives is still counted"
    assert "2013-03" not in by_period(store, done, "I03"), "a column that a load lacks is not held over its days"
    assert by_period(store, done, "I03")["2013-04"] == (1, 0, 0)
    assert by_period(store, done, "I06") == {
        **{f"2013-{month}": (int(month == 10), 0, 0) for month in (10, 11, 12)},
        "2014-01": (0, 0, 0),
        "FY2014": (1, 0, 0),
    }
    said = {one.period.id: one.words for one in not_held(store, done.id, "I06")}
    assert said["2013-08"] == "not held"
    assert said["2013-09"] == "not held: only 12 September 2013 to 30 September 2013 is held"
    facts = release(store, done.id)
    assert facts.sources["surgeries"] == [{"kind": "invented", "over": [], "spans": [["2013-09-12", "2014-02-20"]]}]
    assert facts.spans["I03"] == ((date(2013, 4, 1), date(2014, 3, 31)),)


def test_the_same_loads_make_the_same_release_after_a_contract_was_widened(
    store: Store, tmp_path: Path, widen: Callable[[], None]
) -> None:
    load = keep(store, tmp_path, "cin_census", "2013-03-31", cin_episodes=[referral(1, 1, "2013-03-02")])
    before = made(store, [load], engine("duckdb"))
    widen()
    assert made(store, [load], engine("duckdb")).id == before.id


def closed(n: int, child: int, on: str, ended: str) -> dict[str, Any]:
    return referral(n, child, on, cine_close_date=date.fromisoformat(ended), cine_close_reason="RC7")


def test_a_year_that_nobody_sent_is_not_held_and_no_look_back_or_forward_crosses_it(
    store: Store, tmp_path: Path, any_engine: Engine
) -> None:
    """Censuses of the years to March 2012 and March 2014. By hand: the year between might hold anything."""
    first = [
        closed(1, 1, "2011-05-02", "2011-09-30"),  # three months on is within the year; twelve are not
        closed(2, 2, "2011-05-03", "2012-01-02"),  # three months on is 2 April 2012: a day too far
    ]
    third = [
        referral(3, 1, "2013-04-02"),
        referral(4, 3, "2013-05-01"),
        referral(5, 3, "2014-03-30"),  # twelve months back is 30 March 2013: every day after 31 March is held ...
        referral(6, 4, "2014-03-31"),  # ... and of this one, every day that counts
    ]
    loads = [
        keep(store, tmp_path, "cin_census", "2012-03-31", cin_episodes=first),
        keep(store, tmp_path, "cin_census", "2014-03-31", cin_episodes=third),
    ]
    done = made(store, loads, any_engine)
    again = by_period(store, done, "I04")
    assert not {name for name in again if name.startswith("2012-0") and name > "2012-03"}
    assert "FY2013" not in again
    assert again["2013-04"] == again["2013-05"] == (0, 0, 1)
    assert again["2014-03"] == (0, 1, 1), "30 March looks back into 31 March 2013, which is not held"
    reopened = by_period(store, done, "I60-3")
    assert (reopened["2011-09"], reopened["2012-01"]) == ((0, 1, 0), (0, 0, 1))
    assert by_period(store, done, "I60-12")["2011-09"] == (0, 0, 1)
    assert {one.words for one in not_held(store, done.id, "I03")} == {"not held"}


def test_reviews_of_a_year_that_nobody_sent_are_not_taken_to_be_late(
    store: Store, tmp_path: Path, any_engine: Engine
) -> None:
    plan = {"cppl_cp_plan_id": "P1", "cppl_person_id": "C1", "cppl_cp_plan_start_date": date(2012, 1, 3)}

    def review(n: int, on: str) -> dict[str, Any]:
        day = date.fromisoformat(on)
        return {"cppr_cp_review_id": f"V{n}", "cppr_cp_plan_id": "P1", "cppr_cp_review_date": day}

    loads = [
        keep(store, tmp_path, "cin_census", "2012-03-31", cp_plans=[plan], cp_reviews=[review(1, "2012-03-20")]),
        keep(store, tmp_path, "cin_census", "2014-03-31", cp_plans=[plan], cp_reviews=[review(2, "2013-05-01")]),
    ]
    in_time = by_period(store, made(store, loads, any_engine), "I52")
    assert in_time["2013-04"] == (0, 0, 1), "a review may have been held in the year between"
    assert in_time["2013-05"] == (0, 0, 1), "and so may those that would have made every gap short enough"
    assert in_time["2013-11"] == (0, 1, 0), "six months after May with no review are all held, so it is late"
