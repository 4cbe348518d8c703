"""Whatever rows there are, written as a census file and read back, they are the same rows. Invented by hypothesis."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.census import HEADER, read, rows
from holdfast.analytics.returns.cin_census import reader as cin_census
from holdfast.analytics.returns.cin_census.shapes import SHAPES, Shape
from holdfast.analytics.tables import codes
from holdfast.analytics.tables.contracts import TABLES

DAY = st.dates(date(1990, 1, 1), date(2030, 12, 31))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "date": DAY,
    "flag": st.booleans(),
    "count": st.integers(0, 9999),
    "text": st.text("ABCxyz019", min_size=1, max_size=8),
    "upn": st.from_regex(r"[A-Z][0-9]{12}", fullmatch=True),
    "sex": st.sampled_from("FMU"),
    "ethnicity": st.sampled_from(sorted(codes.ETHNICITY)),
    "upn_unknown": st.sampled_from(sorted(codes.UPN_UNKNOWN)),
    "disability": st.sampled_from(sorted(codes.DISABILITY)),
    "primary_need": st.sampled_from(sorted(codes.PRIMARY_NEED)),
    "referral_source": st.sampled_from(sorted(codes.REFERRAL_SOURCE)),
    "close_reason": st.sampled_from(sorted(codes.CLOSE_REASON)),
    "factor": st.sampled_from(sorted(codes.FACTORS)),
    "abuse": st.sampled_from(sorted(codes.CATEGORY_OF_ABUSE)),
}
BY_TABLE = {shape.table: shape for shape in SHAPES}
INSIDE = {
    "Assessments": ("cin_assessments", "FactorsIdentifiedAtAssessment", "AssessmentFactors", "factor"),
    "CINPlanDates": ("cin_plans", "", "", ""),
    "Section47": ("s47_enquiry", "", "", ""),
    "ChildProtectionPlans": ("cp_plans", "Reviews", "CPPreviewDate", "date"),
    "PreProceedingsandFGDM": ("pre_proceedings", "", "", ""),
}


def leaves(shape: Shape, leave_out: tuple[str, ...] = ()) -> st.SearchStrategy[dict[str, Any]]:
    """Values of some of a shape's elements, each absent now and then."""
    wanted = {name: VALUES[reader] for name, (_, reader) in shape.elements.items() if name not in leave_out}
    return st.fixed_dictionaries({}, optional=wanted)


def block(name: str) -> st.SearchStrategy[tuple[str, dict[str, Any], list[Any]]]:
    table, _, _, reader = INSIDE[name]
    inner = st.lists(VALUES[reader], max_size=3) if reader else st.just([])
    return st.tuples(st.just(name), leaves(BY_TABLE[table]), inner)


EPISODE = st.tuples(
    leaves(BY_TABLE["cin_episodes"]), st.lists(st.sampled_from(sorted(INSIDE)).flatmap(block), max_size=4)
)
CHILD = st.tuples(
    leaves(BY_TABLE["person"], ("LAchildID", "GenderCurrent", "Ethnicity")),
    st.lists(VALUES["disability"], max_size=3),
    st.lists(EPISODE, max_size=3),
)


def written(values: dict[str, Any]) -> str:
    def text(value: Any) -> str:
        return str(value).lower() if isinstance(value, bool) else str(value)

    return "".join(f"<{name}>{text(value)}</{name}>" for name, value in values.items())


def as_xml(children: list[Any], mixed: Any) -> str:
    """The file; the elements of each block in an order that `mixed` chooses."""
    parts = []
    for number, (person, disabilities, episodes) in enumerate(children):
        inside = []
        for own, blocks in episodes:
            pieces = [written({name: value}) for name, value in own.items()]
            for name, values, inner in blocks:
                _, nest, leaf, _ = INSIDE[name]
                nested = f"<{nest}>{''.join(written({leaf: one}) for one in inner)}</{nest}>" if inner else ""
                pieces.append(f"<{name}>{nested}{written(values)}</{name}>")
            mixed.shuffle(pieces)
            inside.append(f"<CINdetails>{''.join(pieces)}</CINdetails>")
        listed = "".join(f"<Disability>{code}</Disability>" for code in disabilities)
        parts.append(
            f"<Child><ChildIdentifiers><LAchildID>C{number}</LAchildID>{written(person)}</ChildIdentifiers>"
            f"<ChildCharacteristics><Disabilities>{listed}</Disabilities></ChildCharacteristics>{''.join(inside)}</Child>"
        )
    return f"<Message>{HEADER.format(year=2014, as_at='2014-03-31')}<Children>{''.join(parts)}</Children></Message>"


def expected(children: list[Any]) -> dict[str, Counter[Any]]:
    """What each table should hold: its census columns without the ids, which files give no names to."""
    held: dict[str, Counter[Any]] = {table: Counter() for table in cin_census.FILLED}

    def add(table: str, values: dict[str, Any]) -> None:
        shape = BY_TABLE[table]
        row = {shape.elements[name][0]: value for name, value in values.items()}
        held[table][frozenset((name, value) for name, value in row.items() if not name.startswith("icpc_"))] += 1

    for number, (person, disabilities, episodes) in enumerate(children):
        add("person", {"LAchildID": f"C{number}", **person})
        for code in disabilities:
            add("disability", {"Disability": code})
        for own, blocks in episodes:
            add("cin_episodes", own)
            for name, values, inner in blocks:
                add(INSIDE[name][0], values)
                for one in inner:
                    add(
                        "cp_reviews" if name == "ChildProtectionPlans" else "assessment_factors", {INSIDE[name][2]: one}
                    )
    return held


def found(reading: Any, table: str) -> Counter[Any]:
    columns = {column for column, _ in BY_TABLE[table].elements.values() if not column.startswith("icpc_")}
    return Counter(
        frozenset((name, value) for name, value in row.items() if name in columns and value is not None)
        for row in rows(reading, table)
    )


@given(children=st.lists(CHILD, min_size=1, max_size=4), mixed=st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_rows_written_as_a_census_and_read_back_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, children: list[Any], mixed: Any
) -> None:
    folder: Path = tmp_path_factory.mktemp("census")
    reading = read(folder, as_xml(children, mixed))
    wanted = expected(children)
    for table, shape in BY_TABLE.items():
        if table and shape.elements:
            assert found(reading, table) == wanted[table], table
    not_of_reading = {"bad-date", "bad-code", "bad-flag", "bad-count", "bad-text", "unknown-element", "stray-text"}
    assert not not_of_reading & set(reading.n_faults)


@given(children=st.lists(CHILD, min_size=1, max_size=4), mixed=st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_id_is_its_own_and_every_link_leads_to_a_row(
    tmp_path_factory: pytest.TempPathFactory, children: list[Any], mixed: Any
) -> None:
    reading = read(tmp_path_factory.mktemp("census"), as_xml(children, mixed))
    ids = {table: [row[TABLES[table].key[0]] for row in rows(reading, table)] for table in cin_census.FILLED}
    for table, names in ids.items():
        assert len(set(names)) == len(names), table
        assert [row["row_number"] for row in rows(reading, table)] == list(range(1, len(names) + 1))
    links = {
        ("cin_episodes", "cine_person_id"): "person",
        ("cin_assessments", "cina_referral_id"): "cin_episodes",
        ("assessment_factors", "cinf_assessment_id"): "cin_assessments",
        ("initial_cp_conference", "icpc_referral_id"): "cin_episodes",
        ("cp_reviews", "cppr_cp_plan_id"): "cp_plans",
    }
    for (table, column), other in links.items():
        assert {row[column] for row in rows(reading, table)} <= set(ids[other])
