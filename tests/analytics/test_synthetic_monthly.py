"""The lists that the invented council makes every month: beside the census they contradict it, and stand behind it."""

from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from analytics.loads import rows
from holdfast.analytics import Store, calculate, engine, figures, invent, snapshot, write_cin_census
from holdfast.analytics.returns import read_return
from holdfast.analytics.synthetic import annex_a
from holdfast.analytics.synthetic.demo import Besides, demo_returns
from holdfast.analytics.synthetic.oversight_csv import write_oversight

AS_AT = date(2014, 1, 31)


TEAMS = ("North assessment team", "East assessment team")


def test_the_lists_say_their_day_and_whose_the_cases_are_and_the_census_stands_before_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annex_a, "A_DAY_OLDER", 10)
    authority = invent(6, 0.1)
    n_rows = annex_a.write_monthly_lists(authority, tmp_path / "lists.xlsx", as_at=AS_AT, teams=TEAMS)
    write_cin_census(authority, tmp_path / "census.xml", as_at=AS_AT, year_start=date(2013, 4, 1))
    names = ("lists.xlsx", "census.xml")
    lists, census = (read_return(tmp_path / name, into=tmp_path / f"read-{name}") for name in names)
    assert (lists.kind, lists.reference_date) == ("annex_a", AS_AT)
    assert (lists.n_rows["contacts"], tuple(n_rows)) == (n_rows[1], annex_a.MONTHLY)
    assert (lists.blocking, tuple(lists.left_out), lists.lost) == ([], (), []), "nothing keeps it from being read"
    assert "no-referral" not in lists.n_faults, "every plan and enquiry has its referral"
    store = Store(tmp_path / "store")
    alone = snapshot(store, [store.keep(census, as_at=AS_AT)])
    history = snapshot(store, [*alone.load_ids, store.keep(lists, as_at=AS_AT)])
    assert history.holds - alone.holds == {"referral_team", "case_team", "assessment_team", "plan_team"}
    episodes = {row["cine_referral_id"]: row for row in rows(history, "cin_episodes")}
    before = {row["cine_referral_id"]: row for row in rows(alone, "cin_episodes")}
    assert episodes.keys() == before.keys(), "no case is in the lists alone"
    theirs = ("cine_allocated_team", "cine_allocated_worker_id", "cine_referral_team", "cine_referral_worker_id")
    theirs = (*theirs, "cine_last_seen_date")
    others = [name for name in before[next(iter(before))] if name not in (*theirs, "row_number")]
    assert all(episodes[key][name] == row[name] for key, row in before.items() for name in others)
    seen = Counter(row["cina_assessment_child_seen"] for row in rows(history, "cin_assessments"))
    assert 0.7 < seen[True] / (seen[True] + seen[False]) < 0.95
    assert n_rows[1] > 1.4 * n_rows[3], "many contacts lead nowhere"
    made = calculate(
        history,
        engine=engine("duckdb"),
        store=store,
        first_month="2013-04",
        last_month="2014-01",
        indicators=["I02", "I27"],
    )
    found = {name: {one.period.id: one for one in figures(store, made.id, name)} for name in ("I02", "I27")}
    assert next(iter(found["I27"])) == "2013-08", "the lists begin there"
    year = found["I27"]["FY2014"]
    assert year.period.words == "part-year, 1 August 2013 to 31 January 2014"
    assert 0 < year.n_unknown < 0.1 * year.denominator
    assert 0.4 < found["I02"]["FY2014"].n_in / found["I02"]["FY2014"].denominator < 0.75
    assert {row["cine_allocated_team"] for row in episodes.values()} == {None, *TEAMS}
    settled = history.cover.settled
    assert set(settled) == {"person"}
    assert set(settled["person"]) == {"cin_census"}
    facts = history.cover.source_facts()
    assert {source["kind"] for source in facts["person"]} == {"cin_census"}
    assert ["annex_a"] in [source["over"] for source in facts["person"]]
    assert {source["kind"] for source in facts["contacts"]} == {"annex_a"}


def test_what_is_sent_beside_the_census_follows_it_by_its_days(tmp_path: Path) -> None:
    days, workers, care = (date(2013, 3, 31), AS_AT), date(2013, 9, 30), date(2013, 3, 31)
    besides = Besides(
        lists_on=[AS_AT], oversight_on=[AS_AT], looked_after_on=[care], workforce_on=[workers], n_workers=12
    )
    files = demo_returns(tmp_path, 6, days=days, children_scale=0.05, besides=besides)
    assert [(path.name.split("-999")[0], as_at) for path, as_at in files] == [
        ("cin-census", care),
        ("ssda903", care),
        ("workforce", workers),
        ("cin-census", AS_AT),
        ("annex-a", AS_AT),
        ("oversight", AS_AT),
    ]
    for number, (path, _) in enumerate(files):
        reading = read_return(path, into=tmp_path / f"read{number}")
        assert (reading.blocking, tuple(reading.left_out), reading.lost) == ([], (), []), path.name


def test_an_oversight_extract_of_a_later_day_says_what_the_earlier_said_and_more(tmp_path: Path) -> None:
    """And what is read of it is what was invented: as many rows, of children that there are, by the day it says."""
    authority = invent(6, 0.05, with_mess=False)
    later, found = date(2014, 2, 28), {}
    for as_at in (AS_AT, later):
        n_rows = write_oversight(authority, tmp_path / str(as_at), as_at=as_at, n_teams=2)
        reading = read_return(tmp_path / str(as_at), into=tmp_path / f"read {as_at}")
        assert reading.reference_date == as_at
        assert reading.n_faults == {}
        assert list(reading.n_rows.values()) == [n_rows["supervision"], n_rows["decisions"]]
        found[as_at] = {
            (row["supv_person_id"], row["supv_referral_id"], row["supv_supervision_date"], row["supv_supervision_kind"])
            for row in pq.read_table(reading.folder / "case_supervision.parquet").to_pylist()
        }
    first = date(2013, 6, 1)  # the later extract goes back less far
    assert {row for row in found[AS_AT] if row[2] >= first} == {row for row in found[later] if row[2] <= AS_AT}
    children = {child.reference for child in authority.children}
    assert 0 < len({row[0] for row in found[AS_AT]}) <= len(children)
    assert {row[0] for row in found[AS_AT]} <= children
