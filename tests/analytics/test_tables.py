"""The contracts of the canonical tables hold together, and name what the Standard Safeguarding Dataset names."""

import csv
from pathlib import Path

import pytest

from holdfast.analytics import DOOR, TABLES
from holdfast.analytics.tables import codes

# What a return says and the SSD has no column for, or says otherwise.
OURS = {
    "pers_former_upn",
    "cina_assessment_review_date",
    "cinf_assessment_factor",  # the SSD keeps a list in cinf_assessment_factors_json
    "cppl_previous_cp_plans",
    "prep_referral_id",
    "prep_fgdm_offered",
    "prep_fgdm_facilitated",
    "prep_court_application_date",
    # Who holds a case or a plan now: Annex A says it on the row, the SSD in its involvements.
    "cine_allocated_team",
    "cine_allocated_worker_id",
    "cppl_cp_plan_team",
    "cppl_cp_plan_worker_id",
    "cine_last_seen_date",  # Annex A says it of each case; the SSD has every visit
}


def test_every_table_has_its_key_among_its_columns_and_says_what_a_row_is() -> None:
    for name, table in TABLES.items():
        assert table.name == name
        assert set(table.key) <= set(table.column_names)
        assert len(set(table.column_names)) == len(table.columns)
        assert table.means.endswith(".")


def test_every_column_says_what_it_means_and_what_empty_means() -> None:
    for table in TABLES.values():
        for column in table.columns:
            assert column.means, column.name
            assert column.null_means, column.name
            assert column.type in ("text", "date", "flag", "integer", "decimal")


def test_the_tables_that_no_census_fills_say_who_does() -> None:
    for name in ("contacts", "early_help_episodes", "cp_visits"):
        assert "no census carries it" in TABLES[name].means


def test_what_a_table_says_of_how_its_rows_last_names_tables_and_columns_that_there_are() -> None:
    for table in TABLES.values():
        assert table.supplied_by
        assert table.moves_on <= set(table.column_names)
        assert table.day is None or table.day in table.column_names
        links = [table.set_of, table.follows, table.lasts.belongs_to if table.lasts else None]
        for parent, column in filter(None, links):
            assert parent in TABLES
            assert column in table.column_names
        if table.lasts and table.lasts.over_with:
            other, *columns = table.lasts.over_with
            assert set(columns) <= set(TABLES[other].column_names)


def test_a_table_that_is_not_of_children_has_no_column_for_one() -> None:
    for table in TABLES.values():
        has_child = any(column.endswith("_person_id") for column in table.column_names)
        assert table.is_of_children or not has_child, table.name


def test_codes_of_every_year_are_there() -> None:
    assert {"5D", "10"} <= set(codes.REFERRAL_SOURCE)
    assert {"RC8", "RC9"} <= set(codes.CLOSE_REASON)
    assert {"18A", "18B", "18C", "19A", "19B", "19C", "24A"} <= set(codes.FACTORS)
    assert {f"N{n}" for n in range(10)} == set(codes.PRIMARY_NEED)


def test_no_table_holds_a_name_or_free_text() -> None:
    columns = {column for table in TABLES.values() for column in table.column_names}
    assert not {column for column in columns if "name" in column or column.endswith(("_json", "_desc"))}


def test_what_is_not_behind_the_door_is_refused_in_words() -> None:
    from holdfast import analytics

    with pytest.raises(AttributeError, match="DOOR"):
        _ = analytics.no_such_thing
    assert all(getattr(analytics, name) is not None for name in ("TABLES", "Fault", "read_return", "Store"))
    assert set(dir(analytics)) >= set(DOOR)


@pytest.mark.shared
def test_columns_carry_the_names_of_the_standard_safeguarding_dataset(shared: Path) -> None:
    with (shared / "reference" / "ssd_spec.csv").open(encoding="utf-8-sig") as file:
        theirs = {row["field"] for row in csv.DictReader(file)}
    not_in_it = (("audits",), ("oversight",))
    of_returns = [table for table in TABLES.values() if table.is_of_children and table.supplied_by not in not_in_it]
    ours = {column for table in of_returns for column in table.column_names}
    assert ours - theirs == OURS


@pytest.mark.shared
@pytest.mark.parametrize("year", range(2017, 2025))
def test_every_code_of_a_year_s_schema_is_in_our_lists(shared: Path, year: int) -> None:
    from lxml import etree

    lists = {
        "ethnicitytype": codes.ETHNICITY,
        "disabilitytype": codes.DISABILITY,
        "referralsourcetype": codes.REFERRAL_SOURCE,
        "categoryofabuse": codes.CATEGORY_OF_ABUSE,
        "primaryneedcodetype": codes.PRIMARY_NEED,
        "reasonforclosuretype": codes.CLOSE_REASON,
        "assessmentfactorstype": codes.FACTORS,
        "unknownupntype": codes.UPN_UNKNOWN,
    }
    schema = etree.parse(shared / "reference" / "cin_schema" / f"CIN_schema_{year}.xsd")
    for name, ours in lists.items():
        theirs = schema.xpath(f"//*[@name='{name}']//*[local-name()='enumeration']/@value")
        assert theirs
        assert set(theirs) <= set(ours), name
