"""What is read of an invented SSDA903 set and workforce return is what was invented, placement by placement."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.folders import faults_of, rows_of
from holdfast.analytics import invent
from holdfast.analytics.returns import read_return
from holdfast.analytics.synthetic.authority import Authority
from holdfast.analytics.synthetic.looked_after import Care, episodes_of, looked_after, write_ssda903
from holdfast.analytics.synthetic.workforce_xml import Worker, write_workforce
from holdfast.analytics.workforce_rates import workforce_of

AS_AT, YEAR = date(2014, 3, 31), date(2013, 4, 1)
TODAY, FIRST = AS_AT.toordinal(), YEAR.toordinal()


@pytest.fixture(scope="module")
def authority() -> Authority:
    return invent(4, 0.1, with_mess=False)


def day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if 0 < ordinal <= TODAY else None


def shown(authority: Authority) -> list[Care]:
    return [care for care in looked_after(authority) if care.began <= TODAY and (not care.ended or care.ended >= FIRST)]


def test_every_placement_and_status_that_lasted_into_the_year_is_read_as_it_was(
    authority: Authority, tmp_path: Path
) -> None:
    n_children = write_ssda903(authority, tmp_path / "set", as_at=AS_AT, year_start=YEAR)
    reading = read_return(tmp_path / "set", into=tmp_path / "read")
    cares = shown(authority)
    assert n_children == len(cares) > 20
    assert {rule for rule, _, _ in faults_of(reading)} <= {"missing-column"}
    invented, statuses, n_episodes = Counter[tuple[object, ...]](), Counter[tuple[object, ...]](), 0
    for care in cares:
        sent = [one for one in episodes_of(care) if one[0] <= TODAY and (not one[1] or one[1] >= FIRST)]
        n_episodes += len(sent)
        for stays, counted in ((care.placements, invented), (care.statuses, statuses)):
            for stay in stays:
                own = [one for one in sent if stay in one[3:5]]
                if own:  # what began before the year is sent from the first episode that reaches into it
                    counted[care.child.reference, stay.what, day(own[0][0]), day(stay.ended)] += 1
    assert reading.n_rows["cla_episodes"] == n_episodes
    assert invented == Counter(
        (row["clap_person_id"], *(row[f"clap_cla_placement_{name}"] for name in ("type", "start_date", "end_date")))
        for row in rows_of(reading, "cla_placement")
    )
    days = [f"lega_legal_status_{name}_date" for name in ("start", "end")]
    assert statuses == Counter(
        (row["lega_person_id"], row["lega_legal_status"], *(row[name] for name in days))
        for row in rows_of(reading, "legal_status")
    )
    assert reading.n_rows["cla_reviews"] == sum(FIRST <= held <= TODAY for care in cares for held in care.reviews)


def test_the_mess_of_a_set_is_read_and_said(authority: Authority, tmp_path: Path) -> None:
    write_ssda903(authority, tmp_path / "set", as_at=AS_AT, year_start=YEAR, with_mess=True)
    reading = read_return(tmp_path / "set", into=tmp_path / "read")
    rules = {rule for rule, _, _ in faults_of(reading)}
    assert {"bad-code", "bad-date"} <= rules
    assert reading.blocking == []
    assert reading.n_rows["missing"] > 0
    assert not any(row["unread"] for row in rows_of(reading, "cla_reviews"))


def counts(workers: list[Worker]) -> tuple[Decimal, Decimal, Decimal, int]:
    own = [worker for worker in workers if not worker.agency]
    holders = [worker for worker in workers if worker.cases]
    return (
        sum((worker.fte for worker in own if worker.left is None), Decimal(0)),
        sum((worker.fte for worker in own if worker.left is not None), Decimal(0)),
        sum((worker.fte for worker in holders), Decimal(0)),
        sum(worker.cases for worker in holders),
    )


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(1, 999), n_workers=st.integers(1, 80))
def test_the_counts_of_a_return_are_those_of_the_workers_invented(
    tmp_path_factory: pytest.TempPathFactory, seed: int, n_workers: int
) -> None:
    folder = tmp_path_factory.mktemp("workforce")
    workers = write_workforce(folder / "sent.xml", seed=seed, n_workers=n_workers, on=date(2022, 9, 30))
    reading = read_return(folder / "sent.xml", into=folder / "read")
    assert faults_of(reading) == []
    found = workforce_of(rows_of(reading, "workforce_workers"), rows_of(reading, "workforce_posts")[0], 2022)
    assert (found.in_post, found.leavers, found.case_holders, found.cases) == counts(workers)
    assert (found.vacancies, found.n_unknown) == (Decimal("12.5"), 0)


def test_the_mess_of_a_workforce_return_is_unknown_and_not_nought(tmp_path: Path) -> None:
    write_workforce(tmp_path / "sent.xml", seed=1, n_workers=60, on=date(2022, 9, 30), with_mess=True)
    reading = read_return(tmp_path / "sent.xml", into=tmp_path / "read")
    assert {rule for rule, _, _ in faults_of(reading)} == {"bad-number", "bad-text", "unknown-column"}
    found = workforce_of(rows_of(reading, "workforce_workers"), rows_of(reading, "workforce_posts")[0], 2022)
    assert found.n_unknown == 5


@pytest.mark.shared
def test_an_invented_return_is_valid_by_the_schema(shared: Path, tmp_path: Path) -> None:
    from lxml import etree

    write_workforce(tmp_path / "sent.xml", seed=1, n_workers=40, on=date(2022, 9, 30))
    schema = etree.XMLSchema(etree.parse(shared / "reference" / "social_work_workforce_2022.xsd"))
    schema.assertValid(etree.parse(tmp_path / "sent.xml"))
