"""The same child in two kinds of return: what contradicts is a fault, one of them is used, and how often is told."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.loads import Rows, keep, rows
from holdfast.analytics.history import Snapshot, snapshot
from holdfast.analytics.returns.reading import Gives
from holdfast.analytics.store import Store
from holdfast.analytics.tables.contracts import TABLES

# An invented kind of return today: the tables of people and episodes, from the first day of the same year on.
OTHER = Gives(
    {name: TABLES[name].column_names for name in ("person", "cin_episodes")},
    {name: date(2013, 4, 1) for name in ("person", "cin_episodes")},
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    folder = tmp_path / "sent"
    folder.mkdir()
    return folder


def person(n: int, born: str | None = "2008-01-01", sex: str | None = "F") -> dict[str, object]:
    return {"pers_person_id": f"C{n}", "pers_dob": born and date.fromisoformat(born), "pers_sex": sex}


def episode(n: int, on: str, closed: str | None = None, nfa: bool = False) -> dict[str, object]:
    day = closed and date.fromisoformat(closed)
    key = {"cine_referral_id": f"C{n}|{on}|1", "cine_person_id": f"C{n}", "cine_close_date": day}
    return {**key, "cine_referral_date": date.fromisoformat(on), "cine_referral_nfa": nfa}


def together(
    store: Store, sent: Path, census: dict[str, Rows], other: dict[str, Rows], as_at: str = "2014-03-31"
) -> Snapshot:
    loads = [keep(store, sent, "cin_census", "2014-03-31", **census)]
    return snapshot(store, [*loads, keep(store, sent, "annex_a", as_at, OTHER, **other)])


def found(history: Snapshot) -> dict[str, list[str]]:
    every = [fault for fault in history.faults(limit=1000) if fault.rule.startswith("returns-differ")]
    return {rule: [f.child for f in every if f.rule == rule] for rule in {f.rule for f in every}}


def test_two_dates_of_birth_and_two_sexes_are_faults_and_the_census_stands(store: Store, sent: Path) -> None:
    history = together(
        store,
        sent,
        {"person": [person(1), person(2, sex="U"), person(3, born=None), person(4)]},
        {"person": [person(1, born="2008-01-02"), person(2, sex="M"), person(3), person(4, sex="M")]},
    )
    assert found(history) == {"returns-differ-birth": ["C1"], "returns-differ-sex": ["C4"]}
    kept = {row["pers_person_id"]: row for row in rows(history, "person")}
    assert kept["C1"]["pers_dob"] == date(2008, 1, 1), "as at one day, the kind that stands first"
    assert history.cover.settled == {"person": {"cin_census": {"returns-differ-birth": 1, "returns-differ-sex": 1}}}
    (source,) = [each for each in history.cover.source_facts()["person"] if each.get("settled")]
    assert source["settled"] == {"returns-differ-birth": 1, "returns-differ-sex": 1}


def test_of_two_days_the_later_is_used_and_is_said_to_be(store: Store, sent: Path) -> None:
    later = {"person": [person(1, born="2008-01-02")]}
    history = together(store, sent, {"person": [person(1)]}, later, as_at="2014-04-30")
    assert history.cover.settled == {"person": {"annex_a": {"returns-differ-birth": 1}}}
    assert [row["pers_dob"] for row in rows(history, "person")] == [date(2008, 1, 2)]
    (fault,) = history.faults("returns-differ-birth")
    assert fault.words.endswith("What the annex a says is used.")


def test_two_dates_for_one_open_referral_are_one_conflict_and_two_that_do_not_overlap_are_none(
    store: Store, sent: Path
) -> None:
    """The second child's first referral closed on the day of the other; the third's is of before the other begins."""
    history = together(
        store,
        sent,
        {"cin_episodes": [episode(1, "2013-09-02"), episode(2, "2013-05-01", "2013-09-02"), episode(3, "2013-03-28")]},
        {"cin_episodes": [episode(1, "2013-09-04"), episode(2, "2013-09-02"), episode(3, "2013-04-02")]},
    )
    assert found(history) == {"returns-differ-referral": ["C1"]}
    kept = [row["cine_referral_date"] for row in rows(history, "cin_episodes") if row["cine_person_id"] == "C1"]
    assert kept == [date(2013, 9, 2)], "the day that the census answers for"
    assert history.cover.settled == {"cin_episodes": {"cin_census": {"returns-differ-referral": 1}}}


@pytest.mark.parametrize(
    ("closed", "as_at", "conflict"),
    [
        ("2014-03-31", "2014-03-31", True),  # closed by the day that the other says it was open
        ("2014-03-31", "2014-03-30", False),  # the other was true a day before
        (None, "2014-03-31", False),
    ],
)
def test_closed_in_one_and_open_in_the_other_on_the_same_day(
    store: Store, sent: Path, closed: str | None, as_at: str, *, conflict: bool
) -> None:
    census = {"cin_episodes": [episode(1, "2013-09-02", closed)]}
    history = together(store, sent, census, {"cin_episodes": [episode(1, "2013-09-02")]}, as_at=as_at)
    assert found(history) == ({"returns-differ-closed": ["C1"]} if conflict else {})


def test_a_return_that_gives_no_day_of_closure_leaves_no_episode_open(store: Store, sent: Path) -> None:
    """A list of referrals alone, beside a census in which the episode closed: neither contradicts the other."""
    columns = tuple(name for name in TABLES["cin_episodes"].column_names if not name.startswith("cine_close"))
    gives = Gives({**OTHER.columns, "cin_episodes": columns}, OTHER.since)
    census = keep(store, sent, "cin_census", "2014-03-31", cin_episodes=[episode(1, "2013-09-02", "2013-12-02")])
    lists = keep(store, sent, "annex_a", "2014-03-31", gives, cin_episodes=[episode(1, "2013-09-02")])
    assert found(snapshot(store, [census, lists])) == {}


def test_one_kind_alone_contradicts_nobody(store: Store, sent: Path) -> None:
    loads = [keep(store, sent, "cin_census", f"{year}-03-31", person=[person(1, born)]) for year, born in
             ((2013, "2008-01-01"), (2014, "2008-01-02"))]  # fmt: skip
    history = snapshot(store, loads)
    assert found(history) == {}
    assert history.cover.settled == {}


births = st.sampled_from([None, "2008-01-01", "2008-01-02"])


@settings(max_examples=25, deadline=None, derandomize=True, database=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(st.tuples(births, births), min_size=1, max_size=8))
def test_as_many_are_settled_as_a_plain_reference_finds(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str | None, str | None]]
) -> None:
    folder = tmp_path_factory.mktemp("one")
    (folder / "sent").mkdir()
    ours = [person(n, born) for n, (born, _) in enumerate(pairs)]
    theirs = [person(n, born) for n, (_, born) in enumerate(pairs)]
    history = together(Store(folder / "store"), folder / "sent", {"person": ours}, {"person": theirs})
    wanted = sorted(f"C{n}" for n, (a, b) in enumerate(pairs) if a and b and a != b)
    assert sorted(found(history).get("returns-differ-birth", [])) == wanted
    told = history.cover.settled.get("person", {}).get("cin_census", {}).get("returns-differ-birth", 0)
    assert told == len(wanted)
