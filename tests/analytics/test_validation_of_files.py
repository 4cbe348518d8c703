"""A census file held to the rules: its modules as they were sent, the year it names, and the place of what is named."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from holdfast import analytics
from holdfast.analytics.validation.census_file import read_census_file

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
HEADER = (
    "<Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>"
    "<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails><Source><LEA>201</LEA></Source></Header>"
)
CHILD = """<Child>
<ChildIdentifiers><LAchildID>A1</LAchildID><PersonBirthDate>2015-01-05</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity>
<Disabilities><Disability>MOB</Disability><Disability>LD</Disability></Disabilities></ChildCharacteristics>
<CINdetails><CINreferralDate>2025-05-01</CINreferralDate>
<Assessments><AssessmentActualStartDate>2025-05-02</AssessmentActualStartDate>
<FactorsIdentifiedAtAssessment><AssessmentFactors>1a</AssessmentFactors><AssessmentFactors>2B</AssessmentFactors>
</FactorsIdentifiedAtAssessment></Assessments>
<CINPlanDates><CINPlanStartDate>2025-06-01</CINPlanStartDate></CINPlanDates>
<ReferralNFA>false</ReferralNFA>
<ChildProtectionPlans><CPPstartDate>2025-07-01</CPPstartDate><CPPendDate>2025-07-01</CPPendDate>
<Reviews><CPPreviewDate>2025-08-01</CPPreviewDate></Reviews></ChildProtectionPlans></CINdetails>
</Child>"""


def file_of(folder: Path, *children: str, header: str = HEADER, before: str = "") -> Path:
    path = folder / "census.xml"
    path.write_text(f"{before}<Message>{header}<Children>{''.join(children)}</Children></Message>", encoding="utf-8")
    return path


def rows(path: Path, module: str) -> list[dict[str, Any]]:
    columns = read_census_file(path).modules[module].columns
    lists = {name: column.to_pylist() for name, column in columns.items()}
    return [dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)]


def test_each_block_is_a_row_of_its_module_with_the_keys_it_nests_by(tmp_path: Path) -> None:
    path = file_of(tmp_path, CHILD, CHILD.replace("A1", "A2"))
    found = read_census_file(path)
    assert found.year == "2025/26"
    assert [row["LAchildID"] for row in rows(path, "CINdetails")] == ["A1", "A2"]
    assert [row["CINdetailsID"] for row in rows(path, "Assessments")] == ["1", "2"]
    assert [row["AssessmentFactors"] for row in rows(path, "Assessments")] == [["1A", "2B"], ["1A", "2B"]]
    assert [row["CPPID"] for row in rows(path, "Reviews")] == ["1", "2"]
    assert [row["Disability"] for row in rows(path, "Disabilities")] == ["MOB", "LD", "MOB", "LD"]
    assert found.lines["ChildProtectionPlans"].to_pylist() == [11, 23]


def test_a_name_space_an_older_name_and_another_order_are_read(tmp_path: Path) -> None:
    turned = (
        "<Child><CINdetails><CPPreviews><CPPreviewDate>2025-01-01</CPPreviewDate></CPPreviews>"
        "<ReferralNFA>1</ReferralNFA></CINdetails><ChildIdentifiers><LAchildID>A9</LAchildID>"
        "<ExpectedBirthDate>2026-05-01</ExpectedBirthDate></ChildIdentifiers></Child>"
    )
    path = tmp_path / "spaced.xml"
    path.write_text(f'<Message xmlns="urn:cin">{HEADER}<Children>{turned}</Children></Message>', encoding="utf-8")
    assert rows(path, "CINdetails")[0]["LAchildID"] == "A9"
    assert rows(path, "CINdetails")[0]["ReferralNFA"] is True
    assert str(rows(path, "ChildIdentifiers")[0]["ExpectedPersonBirthDate"]) == "2026-05-01"


def test_a_fault_is_found_in_the_file_with_its_line(tmp_path: Path) -> None:
    found = analytics.validate_census_file(file_of(tmp_path, CHILD))
    [fault] = [fault for fault in found.found if fault.rule == "8840"]
    assert (fault.row_numbers, found.lines(fault)) == ((0,), [11])
    assert found.not_run == {}


def test_a_child_without_a_reference_is_judged_by_its_own_blocks(tmp_path: Path) -> None:
    nameless = CHILD.replace("<LAchildID>A1</LAchildID>", "")
    found = analytics.validate_census_file(file_of(tmp_path, nameless, nameless.replace("2025-05-01", "2025-05-03")))
    said = {fault.rule: fault.row_numbers for fault in found.found}
    assert said["8500"] == (0, 1)
    assert said["1103"] == (1,)
    assert "8510" not in said
    assert "8820" not in said


def test_a_file_without_a_header_has_its_reference_date_missing(tmp_path: Path) -> None:
    found = analytics.validate_census_file(file_of(tmp_path, CHILD, header=""), "2025/26")
    assert {fault.rule: fault.row_numbers for fault in found.found}["100"] == (0,)
    assert found.not_run["8600"] == "The header has no reference date that can be read."
    assert "8840" not in found.not_run


def test_a_year_whose_rules_are_not_held_says_so_and_another_may_be_asked_for(tmp_path: Path) -> None:
    path = file_of(tmp_path, CHILD, header=HEADER.replace("<Year>2026", "<Year>2031"))
    with pytest.raises(analytics.NoRulesForYear, match="2030/31"):
        analytics.validate_census_file(path)
    asked = analytics.validate_census_file(path, "2024/25")
    assert (asked.year, asked.why) == (
        "2024/25",
        "It is the census of 2030/31: the rules of 2024/25 were asked for.",
    )
    with pytest.raises(analytics.NoRulesForYear, match="2013/14"):
        analytics.validate_census_file(path, "2013/14")


def test_a_census_from_before_the_first_year_is_held_to_its_rules_by_its_own_days_and_says_why(tmp_path: Path) -> None:
    header = HEADER.replace("<Year>2026", "<Year>2014").replace("2026-03-31", "2014-03-31")
    found = analytics.validate_census_file(file_of(tmp_path, CHILD, header=header))
    assert (found.year, found.file.year) == ("2022/23", "2013/14")
    assert found.why.startswith("It is the census of 2013/14, whose rules are not held here. Those of 2022/23, the")
    assert "100" not in {fault.rule for fault in found.found}, "the reference date is its own year's 31 March"
    own = analytics.validate_census_file(file_of(tmp_path, CHILD, header=HEADER))
    assert (own.year, own.why) == ("2025/26", "")


def test_a_file_that_names_its_year_otherwise_is_of_its_reference_date(tmp_path: Path) -> None:
    undated = file_of(tmp_path, CHILD, header=HEADER.replace("<Year>2026</Year>", "<Year>soon</Year>"))
    assert read_census_file(undated).year == "2025/26"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<!DOCTYPE Message [<!ENTITY x "y">]><Message/>', "DOCTYPE"),
        ("<Message><Header/></Message>", "holds no children"),
        ("<Message><Children><Child>", "breaks off"),
        ("PK\x03\x04", "compressed"),
        ("", "empty"),
    ],
)
def test_what_is_no_census_file_is_refused_whole(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "other.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(analytics.UnreadableReturn, match=said):
        analytics.validate_census_file(path)


def test_what_is_written_names_a_row_the_same_when_other_rows_come_before_it(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    def keys(*children: str) -> set[tuple[str, str]]:
        analytics.validate_census_file(file_of(tmp_path, *children)).write(tmp_path)
        return {
            (row["rule"], row["key"])
            for row in pq.read_table(tmp_path / "named.parquet").to_pylist()
            if row["child"] == "A1"
        }

    alone = keys(CHILD)
    assert alone == keys(CHILD.replace("A1", "A2"), CHILD)
    assert len({key for _, key in alone}) == len(alone)


Value = tuple[str, str, str, str]
FLAGS = {"1": "true", "0": "false"}


def walked(element: Any, path: tuple[str, ...], child: str) -> Iterator[Value]:
    """(module, child, element, text) of every value, by another parser and another walk."""
    for inner in element:
        if len(inner):
            yield from walked(inner, (*path, inner.tag), child)
        elif inner.text:
            module = [name for name in path if name != "FactorsIdentifiedAtAssessment"][-1]
            yield module.replace("CINPlan", "CINplan"), child, inner.tag, as_held(inner.tag, inner.text)


def as_held(element: str, text: str) -> str:
    return FLAGS.get(text, text.lower()) if element in ("ReferralNFA", "ICPCnotRequired") else text.lower()


def held_in(path: Path) -> Iterator[Value]:
    for module, own in read_census_file(path).modules.items():
        children = own.columns.get("LAchildID")
        for name, column in own.columns.items() if children is not None else ():
            if name in ("CINdetailsID", "CPPID") or (name == "LAchildID" and module != "ChildIdentifiers"):
                continue
            for child, value in zip(children.to_pylist(), column.to_pylist(), strict=True):
                values = value if isinstance(value, list) else [value]
                yield from ((module, child, name, str(text).lower()) for text in values if text is not None)


def test_every_value_of_an_invented_council_is_in_its_module(tmp_path: Path) -> None:
    path = tmp_path / "invented.xml"
    analytics.write_large_census(path, 150, seed=3)
    expected: list[Value] = []
    for child in ElementTree.parse(path).getroot().iter("Child"):
        expected += walked(child, ("Child",), child.findtext("ChildIdentifiers/LAchildID") or "")
    assert len(expected) > 3000
    assert sorted(held_in(path)) == sorted(expected)


@pytest.mark.shared
@pytest.mark.skipif(not SAMPLES.exists(), reason="the sample files are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "year", "n_children"),
    [("CIN_Census_2026.xml", "2022/23", 2), ("cin_census_2021_fake.xml", "2022/23", 332)],
)
def test_a_public_sample_is_held_to_every_rule(name: str, year: str, n_children: int) -> None:
    found = analytics.validate_census_file(SAMPLES / name, year)
    assert found.file.n_rows["ChildIdentifiers"] == n_children
    assert found.not_run == {}


def test_a_rule_touches_the_indicators_that_hang_on_what_it_is_about() -> None:
    touched = analytics.indicators_touched("2025/26")
    assert "I20" in touched["8867"]
    assert "I03" in touched["8600"]
    assert len(touched["8510"]) > len(touched["8867"])
    assert "I49" in touched["8925"]
    assert touched["1510"] == ()
