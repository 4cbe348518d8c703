"""The lists that the invented council makes every month: beside the census they contradict it, and stand behind it."""

from datetime import date
from pathlib import Path

import pytest

from holdfast.analytics import Store, invent, snapshot, write_cin_census
from holdfast.analytics.returns import read_return
from holdfast.analytics.synthetic import annex_a
from holdfast.analytics.synthetic.demo import demo_returns

AS_AT = date(2014, 1, 31)


def test_the_lists_say_their_day_and_name_no_team_and_the_census_stands_before_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annex_a, "A_DAY_OLDER", 10)
    authority = invent(6, 0.1)
    rows = annex_a.write_monthly_lists(authority, tmp_path / "lists", as_at=AS_AT)
    write_cin_census(authority, tmp_path / "census.xml", as_at=AS_AT, year_start=date(2013, 4, 1))
    lists, census = (read_return(tmp_path / name, into=tmp_path / f"read-{name}") for name in ("lists", "census.xml"))
    assert (lists.kind, lists.reference_date) == ("annex_a", AS_AT)
    assert (lists.n_rows["contacts"], rows) == (rows[1], {1: rows[1]})
    assert (lists.blocking, tuple(lists.left_out), lists.lost) == ([], (), []), "nothing keeps it from being read"
    store = Store(tmp_path / "store")
    history = snapshot(store, [store.keep(census, as_at=AS_AT), store.keep(lists, as_at=AS_AT)])
    assert not [name for name in history.holds if "team" in name]
    settled = history.cover.settled
    assert set(settled) == {"person"}
    assert set(settled["person"]) == {"cin_census"}
    facts = history.cover.source_facts()
    assert {source["kind"] for source in facts["person"]} == {"cin_census"}
    assert ["annex_a"] in [source["over"] for source in facts["person"]]
    assert {source["kind"] for source in facts["contacts"]} == {"annex_a"}


def test_lists_follow_the_census_of_their_day_alone(tmp_path: Path) -> None:
    days = (date(2013, 3, 31), AS_AT)
    files = demo_returns(tmp_path, 6, days=days, children_scale=0.05, lists_on=[AS_AT])
    assert [(path.is_dir(), as_at) for path, as_at in files] == [(False, days[0]), (False, AS_AT), (True, AS_AT)]
