"""One year read from its census and from its SSD extract gives the same figures, and every kind stands beside them."""

import json
from datetime import date
from pathlib import Path

import pytest

from holdfast.analytics import Store, calculate, engine, figures, invent, not_held, snapshot, write_cin_census
from holdfast.analytics.returns import read_return
from holdfast.analytics.synthetic.looked_after import write_ssda903
from holdfast.analytics.synthetic.ssd_csv import write_ssd
from holdfast.analytics.synthetic.workforce_xml import write_workforce

AS_AT, YEAR = date(2014, 3, 31), date(2013, 4, 1)
COUNTED = ("I03", "I20", "I42", "I49")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One invented year as a census, an SSD extract, an SSDA903 set, a workforce return and a daily feed."""
    folder = tmp_path_factory.mktemp("sent")
    authority = invent(6, 0.06, with_mess=False)
    write_cin_census(authority, folder / "census.xml", as_at=AS_AT, year_start=YEAR)
    write_ssd(folder / "census.xml", folder / "ssd", seed=6)
    write_ssda903(authority, folder / "ssda903", as_at=AS_AT, year_start=YEAR)
    write_workforce(folder / "workforce.xml", seed=6, n_workers=30, on=date(2013, 9, 30))
    feed = [{"la_child_id": "INV9999999", "child_details": {"sex": "F", "date_of_birth": "2010-01-05"}}]
    (folder / "feed.json").write_text(json.dumps(feed))
    return folder


def counted(store: Store, *load_ids: str) -> dict[str, list[tuple[str, int, int, int]]]:
    """The figures of the year and its months, where they are held."""
    made = calculate(
        snapshot(store, load_ids),
        engine=engine("duckdb"),
        store=store,
        first_month="2013-04",
        last_month="2014-03",
        indicators=COUNTED,
    )
    return {
        name: [(each.period.id, each.n_in, each.n_not, each.n_unknown) for each in figures(store, made.id, name)]
        for name in COUNTED
    }


@pytest.fixture(scope="module")
def of_census(sent: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, int, int, int]]]:
    """The figures of the census alone."""
    folder = tmp_path_factory.mktemp("census")
    store = Store(folder / "store")
    return counted(store, store.keep(read_return(sent / "census.xml", into=folder / "read"), as_at=AS_AT))


def test_an_extract_gives_the_figures_of_the_census_it_says_the_same_as(
    sent: Path, of_census: dict[str, list[tuple[str, int, int, int]]], tmp_path: Path
) -> None:
    store = Store(tmp_path / "store")
    of_ssd = read_return(sent / "ssd", into=tmp_path / "b")
    assert of_ssd.gives(AS_AT).since["cin_episodes"] == YEAR
    assert sum(len(found) for found in of_census.values()) > 40
    assert counted(store, store.keep(of_ssd, as_at=AS_AT)) == of_census


def test_every_kind_stands_beside_the_census_and_moves_none_of_its_figures(
    sent: Path, of_census: dict[str, list[tuple[str, int, int, int]]], tmp_path: Path
) -> None:
    store = Store(tmp_path / "store")
    loads = {}
    for n, (name, as_at) in enumerate(
        (
            ("census.xml", AS_AT),
            ("ssd", AS_AT),
            ("ssda903", AS_AT),
            ("feed.json", AS_AT),
            ("workforce.xml", date(2013, 9, 30)),
        )
    ):
        reading = read_return(sent / name, into=tmp_path / str(n))
        loads[reading.kind] = store.keep(reading, as_at=as_at)
    assert set(loads) == {"cin_census", "ssd", "ssda903", "daily_feed", "workforce"}
    together = snapshot(store, list(loads.values()))
    assert {"cla_placement", "workforce_workers", "involvements", "cp_reviews"} <= set(together.tables)
    assert counted(store, *loads.values()) == of_census


def test_an_extract_alone_says_what_it_cannot_answer(sent: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    load = store.keep(read_return(sent / "ssd", into=tmp_path / "b"), as_at=AS_AT)
    made = calculate(
        snapshot(store, [load]),
        engine=engine("duckdb"),
        store=store,
        first_month="2013-04",
        last_month="2014-03",
        indicators=["I47"],
    )
    assert figures(store, made.id, "I47") == []
    assert len(not_held(store, made.id, "I47")) == 13  # twelve months and the year: no number of earlier plans
