"""Which days are known: spans put together, periods that can be given, and which load answers for which days."""

import itertools
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.loads import keep, rows
from analytics.test_calculate import referral
from holdfast.analytics.calendar import periods
from holdfast.analytics.cover import Cover, Part, Span, Spans, common, held_periods, joined, not_held_words, spans_words
from holdfast.analytics.figure import period
from holdfast.analytics.history import Snapshot, snapshot
from holdfast.analytics.indicators.definitions import INDICATORS
from holdfast.analytics.indicators.needs import needs_of
from holdfast.analytics.returns import Gives
from holdfast.analytics.returns.cin_census import reader as cin_census
from holdfast.analytics.store import Store
from holdfast.analytics.tables.contracts import TABLES

FIRST = date(2013, 4, 1)
days = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))
spans = st.lists(st.tuples(days, days).map(sorted).map(tuple), max_size=4).map(lambda found: joined(tuple(found)))


def on(text: str) -> date:
    return date.fromisoformat(text)


def span(first: str, last: str) -> Span:
    return (on(first), on(last))


def each_day(found: Spans) -> set[date]:
    return {first + timedelta(days=n) for first, last in found for n in range((last - first).days + 1)}


def test_spans_that_touch_become_one_and_those_a_day_apart_do_not() -> None:
    year, next_year = span("2012-04-01", "2013-03-31"), span("2013-04-01", "2014-03-31")
    assert joined((next_year,), (year,)) == (span("2012-04-01", "2014-03-31"),)
    later = span("2014-04-02", "2014-05-01")
    assert joined((next_year, later)) == (next_year, later)
    assert joined() == ()


@given(spans, spans)
def test_spans_are_sets_of_days_put_shortly(one: Spans, other: Spans) -> None:
    assert each_day(joined(one, other)) == each_day(one) | each_day(other)
    assert each_day(common(one, other)) == each_day(one) & each_day(other)
    for found in (joined(one, other), common(one, other)):
        assert all(after[0] - before[1] > timedelta(days=1) for before, after in itertools.pairwise(found))


def given_ids(found: Spans) -> dict[str, tuple[str, str]]:
    asked = periods("2012-04", "2014-03", on("2014-03-31"))
    return {one.id: (str(one.starts_on), str(one.ends_on)) for one in held_periods(asked, found)}


def test_a_month_is_given_whole_or_not_at_all_and_a_year_for_its_longest_part() -> None:
    found = given_ids((span("2013-04-02", "2013-05-31"), span("2013-07-01", "2014-01-15")))
    assert "2013-04" not in found
    assert found["2013-05"] == ("2013-05-01", "2013-05-31")
    assert not {"2013-06", "2014-01", "2014-02", "FY2013"} & set(found)
    assert found["FY2014"] == ("2013-07-01", "2014-01-15")


def test_a_part_year_begins_on_the_first_of_a_month_so_that_no_rest_can_be_subtracted() -> None:
    found = given_ids((span("2013-09-12", "2014-03-31"),))
    assert found["FY2014"] == ("2013-10-01", "2014-03-31")
    assert next(iter(found)) == "2013-10"
    assert given_ids((span("2013-09-12", "2013-09-30"),)) == {}


def test_what_is_not_held_is_said_with_the_days_that_are() -> None:
    held = (span("2013-09-12", "2014-02-20"),)
    assert not_held_words(period("2013-08"), held) == "not held"
    assert not_held_words(period("2013-09"), held) == "not held: only 12 September 2013 to 30 September 2013 is held"
    two = (span("2010-04-01", "2012-03-31"), span("2013-04-01", "2013-04-01"))
    assert spans_words(two) == "1 April 2010 to 31 March 2012 and 1 April 2013"
    assert spans_words(()) == "no day"


def test_every_definition_needs_columns_that_its_tables_have_and_what_it_names() -> None:
    needed = {name: needs_of(definition) for name, definition in INDICATORS.items()}
    assert needed["I06"]["cin_episodes"] == {
        "cine_referral_id",
        "cine_person_id",
        "cine_referral_date",
        "cine_referral_nfa",
    }
    assert "cppr_cp_plan_id" in needed["I52"]["cp_reviews"], "what a join looks at is needed too"
    assert "pers_sex" not in needed["I03"]["person"], "a breakdown that is missing does not stop the figure"
    for name, definition in INDICATORS.items():
        assert set(needed[name]) == set(definition.tables)
        assert all(columns for columns in needed[name].values()), f"{name} names a table that it does not ask"


def test_a_census_answers_for_its_year_and_not_for_what_it_does_not_carry(tmp_path: Path) -> None:
    store = Store(tmp_path)
    loads = [keep(store, tmp_path, "cin_census", "2012-03-31"), keep(store, tmp_path, "cin_census", "2014-01-31")]
    cover = snapshot(store, loads).cover
    assert cover.spans("cin_episodes") == (span("2011-04-01", "2012-03-31"), span("2013-04-01", "2014-01-31"))
    assert cover.spans("contacts") == cover.spans("cin_plans") == ()
    assert cover.of(needs_of(INDICATORS["I42"])) == cover.spans("s47_enquiry")
    assert Cover.from_facts(cover.as_facts()) == cover


def referrals(history: Snapshot) -> dict[str, str]:
    """Each referral of a snapshot and the source it gives."""
    return {row["cine_referral_id"]: row["cine_referral_source_code"] for row in rows(history, "cin_episodes")}


TWO_KINDS = {
    "census": ("cin_census", "2014-03-31", [referral(1, 1, "2014-02-01"), referral(2, 2, "2014-03-31")]),
    "ssd": (
        "ssd",
        "2014-06-30",
        [
            referral(2, 2, "2014-03-31", cine_referral_source_code="2B"),
            referral(3, 3, "2014-03-30"),
            referral(4, 4, "2014-04-01"),
        ],
    ),
}


def two_kinds(tmp_path: Path, order: Iterable[str], **as_at: str) -> Snapshot:
    store = Store(tmp_path / "store")
    loads = []
    for name in order:
        kind, said, found = TWO_KINDS[name]
        gives = Gives(cin_census.FILLED, dict.fromkeys(cin_census.FILLED, FIRST))
        loads.append(keep(store, tmp_path, kind, as_at.get(name, said), gives, cin_episodes=found))
    return snapshot(store, loads)


@pytest.mark.parametrize("order", [("census", "ssd"), ("ssd", "census")])
def test_where_two_kinds_hold_a_day_the_first_named_answers_and_it_is_said(
    tmp_path: Path, order: tuple[str, str]
) -> None:
    """The census stands before the SSD: a referral of its days that only the SSD has is not counted beside them."""
    history = two_kinds(tmp_path, order)
    # R2 is in both: the later one says how it goes on. R3 is of the census's own days, and not in it.
    assert referrals(history) == {"R1": "1A", "R2": "2B", "R4": "1A"}
    parts = history.cover.tables["cin_episodes"]
    assert [(part.kind, str(part.first), str(part.last), part.over) for part in parts] == [
        ("cin_census", "2013-04-01", "2014-03-31", ("ssd",)),
        ("ssd", "2014-04-01", "2014-06-30", ()),
    ]
    assert history.cover.source_facts()["cin_episodes"] == [
        {"kind": "cin_census", "over": ["ssd"], "spans": [["2013-04-01", "2014-03-31"]]},
        {"kind": "ssd", "over": [], "spans": [["2014-04-01", "2014-06-30"]]},
    ]


@pytest.mark.parametrize("order", [("census", "ssd"), ("ssd", "census")])
def test_of_two_kinds_as_at_one_day_the_first_named_wins_a_record_that_both_hold(
    tmp_path: Path, order: tuple[str, str]
) -> None:
    assert referrals(two_kinds(tmp_path, order, ssd="2014-03-31"))["R2"] == "1A"


def test_what_a_load_answers_for_is_one_part_when_the_same_load_goes_on() -> None:
    part = Part(FIRST, on("2014-03-31"), "cin_census", "a", frozenset(TABLES["person"].column_names))
    cover = Cover({"person": (part,)})
    assert cover.spans("person", ["pers_sex"]) == ((FIRST, on("2014-03-31")),)
    assert cover.spans("person", ["no_such_column"]) == cover.spans("cp_plans") == ()
