"""Definitions say all they must before they may be counted, and the house's cards are whole."""

from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import ibis.expr.operations as ops
import pytest

from holdfast.analytics.breakdowns import BREAKDOWNS
from holdfast.analytics.claims.words import base_warning
from holdfast.analytics.indicators import definitions
from holdfast.analytics.indicators.definition import Definition, IncompleteDefinition
from holdfast.analytics.indicators.definitions import INDICATORS
from holdfast.analytics.indicators.definitions.i20 import I20
from holdfast.analytics.indicators.examples import Example, UnreadableExample, read_text_table, typed
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.tables.contracts import TABLES

ALL = pytest.mark.parametrize("definition", INDICATORS.values(), ids=list(INDICATORS))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": ""}, "title is empty"),
        ({"source": ""}, "source is empty"),
        ({"counted": ""}, "counted is empty"),
        ({"left_out": ""}, "left_out is empty"),
        ({"gaming_risk": ""}, "gaming_risk is empty"),
        ({"owner": ""}, "owner is empty"),
        ({"examples": ()}, "examples is empty"),
        ({"unit": "per thousand"}, "unit must be one of per cent, count"),
        ({"polarity": "up"}, "polarity must be one of lower, higher, neither"),
        ({"clock": "ours"}, "clock must be one of statutory, DfE statistic"),
        ({"chart": "pie"}, "chart must be one of xmr, p"),
        ({"kind": "rolling"}, "kind must be one of flow, clock, cohort, stock"),
        ({"base_head": ""}, "base_head heads the denominator"),
        ({"version": 0}, "version starts at 1"),
        ({"filled_up": ("cina_assessment_auth_date",)}, "flags of its tables whose empty cell is never a no"),
        ({"filled_up": ("cppv_cp_visit_seen",)}, "flags of its tables whose empty cell is never a no"),
        ({"review_by": date(2026, 11, 1)}, "review_by must be after reviewed_on"),
    ],
)
def test_an_incomplete_definition_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(IncompleteDefinition, match=said):
        replace(I20, **change)


@pytest.mark.parametrize(("shown", "lacking"), [("boundary", "missing"), ("missing", "boundary")])
def test_a_definition_without_the_boundary_or_the_missing_value_is_refused(shown: str, lacking: str) -> None:
    only = tuple(replace(example, shows=frozenset({shown})) for example in I20.examples)
    with pytest.raises(IncompleteDefinition, match=f"no worked example shows the {lacking}"):
        replace(I20, examples=only)


def test_an_example_that_shows_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="shows any of"):
        replace(I20.examples[0], shows=frozenset({"beauty"}))


def test_an_example_with_a_short_line_is_refused() -> None:
    with pytest.raises(UnreadableExample, match="does not match its heading"):
        Example("short", frozenset(), {"person": "a | b\n1"}, ("2013-04",), "unit_id\nR1")


def test_a_text_table_reads_an_empty_cell_as_missing() -> None:
    assert read_text_table("a | b\n1 |\n  | 2") == [{"a": "1", "b": None}, {"a": None, "b": "2"}]


def test_a_cell_is_typed_by_its_column() -> None:
    assert typed("2013-04-02", "date") == date(2013, 4, 2)
    assert (typed("yes", "boolean"), typed("no", "boolean")) == (True, False)
    assert (typed("45", "int32"), typed("45", "string"), typed(None, "date")) == (45, "45", None)


COUNTED = {
    "I02": ("contacts", "Contacts made in the period"),
    "I03": ("referrals", "Referrals"),
    "I04": ("referrals", "Referrals whose date falls in the period"),
    "I06": ("referrals", "Referrals whose date falls in the period"),
    **{
        f"I111-{step}": ("referrals", "Referrals received in the period")
        for step in ("assessed", "enquired", "conferenced", "planned")
    },
    "I20": ("first assessments that fell due", "First assessments of a referral whose 45th working day falls in"),
    "I21": ("assessments completed", "Assessments authorised in the period"),
    "I24": ("first assessments open", "First assessments of a referral open at the end"),
    "I27": ("assessments concluded", "Assessments concluded in the period"),
    "I28": ("assessments audited with the child seen", "Case-file audits, chosen at random, of an assessment in which"),
    "I29": ("assessments audited at random", "Case-file audits, chosen at random, of a child who was assessed"),
    "I30": ("assessments audited at random", "Case-file audits, chosen at random, of a child who was assessed"),
    "I31": ("assessments concluded", "Assessments concluded in the period"),
    "I32": ("assessments audited at random", "Case-file audits, chosen at random, that grade the assessment"),
    "I38": ("section 47 enquiries started", "Section 47 enquiries started in the period"),
    "I42": ("conferences that fell due", "Section 47 enquiries that led to a conference or required one"),
    "I42-open": (
        "conferences awaited",
        "Section 47 enquiries that required a conference, or later had one, and had not",
    ),
    "I47": ("plans started", "Child protection plans started in the period"),
    "I49": ("plans open", "Child protection plans open at the end of the period"),
    "I52": ("plans open three months or more", "Child protection plans open at the end of the period that started 3"),
    "I60-3": ("closures", "Cases closed in the period"),
    "I60-6": ("closures", "Cases closed in the period"),
    "I60-12": ("closures", "Cases closed in the period"),
    "I61": ("closures audited at random", "Closure audits chosen at random"),
    "I62": ("closures audited at random", "Closure audits chosen at random"),
    "I87": ("supervision audits", "Supervision audits chosen at random"),
    "I88": ("plans open more than 31 days", "Child protection plans open at the end of the period that started more"),
    "I89": ("cases audited at random", "Case-file audits chosen at random"),
    "I89-records": ("referrals", "Referrals received in the period"),
    "I90": ("cases audited at random", "Case-file audits chosen at random"),
    "I91": ("audits asked for", "Audits that the programme in force asks for"),
    "I92": ("cases graded", "Case-file audits, chosen at random, with a grade"),
    "I93": ("cases graded", "Case-file audits, chosen at random, with a grade"),
    "I94": ("cases audited at random", "Case-file audits chosen at random"),
    "I95": ("cases drawn to be graded again", "Case-file audits, chosen at random, drawn by chance"),
    "I96": ("cases drawn to be graded again", "Case-file audits, chosen at random, drawn by chance"),
    "I97": ("findings that a child may not be safe", "Answers in audits that said a child may be at risk"),
    "I98": ("things asked for that fell due", "What audits asked to be done for a child"),
    "I99": ("cases audited again", "Audits that follow up an earlier one"),
    "I100": ("cases audited at random", "Case-file audits chosen at random"),
    "I108": ("seats with a vote", "Seats with a vote at each meeting held in the period"),
    "I109": ("actions first due", "Actions first due in the period"),
    "I110": ("requirements that applied", "Requirements that applied at the end of the period"),
}
"""By indicator, the noun of its sentences beside the beginning of what its base counts (of a count, its title)."""


@ALL
def test_a_sentence_names_what_the_base_counts(definition: Definition) -> None:
    noun, counts = COUNTED[definition.id]
    assert definition.counted == noun
    assert (definition.title if definition.unit == "count" else definition.denominator).startswith(counts)


@ALL
def test_the_noun_stands_in_the_warning_of_a_base_that_moved(definition: Definition) -> None:
    assert f"The number of {COUNTED[definition.id][0]} rose by 50 per cent" in base_warning(1.5, definition, "before")


@ALL
def test_every_definition_names_tables_and_indicators_that_exist(definition: Definition) -> None:
    assert set(definition.tables) <= set(TABLES)
    assert set(definition.paired_with) <= set(INDICATORS) - {definition.id}
    assert set(definition.breakdowns) <= set(BREAKDOWNS)


@ALL
def test_every_definition_lists_each_table_that_its_expression_reads(definition: Definition) -> None:
    expression = definition.expression(Held(date(2010, 4, 1), date(2014, 3, 31)))
    read = {table.name for table in expression.op().find(ops.UnboundTable)}
    assert read - {"calendar", "periods", "day_periods"} == set(definition.tables)


@ALL
def test_a_claim_that_nobody_has_checked_says_so(definition: Definition) -> None:
    assert all("unverified" in statement for statement in definition.unverified)


@ALL
def test_a_card_is_prose(definition: Definition) -> None:
    for text in (definition.numerator, definition.denominator, definition.left_out, definition.why, definition.source):
        assert text[0].isupper()
        assert text.endswith(".")
    assert definition.question.endswith("?")


def test_the_two_clocks_are_never_under_one_label() -> None:
    assert INDICATORS["I20"].clock == "statutory"
    assert INDICATORS["I21"].clock == "DfE statistic"
    assert "DfE statistic" in INDICATORS["I21"].title
    assert INDICATORS["I20"].limit_words != INDICATORS["I21"].limit_words


def test_a_definition_is_in_the_file_of_its_name() -> None:
    for path in Path(definitions.__file__).parent.glob("i*.py"):
        module = import_module(f"{definitions.__name__}.{path.stem}")
        own = [named.id for named in vars(module).values() if isinstance(named, Definition)]
        assert own, f"{path.name} gives no definition"
        assert all(indicator.lower().replace("-", "_").startswith(path.stem) for indicator in own)
        assert set(own) <= set(INDICATORS)


def test_no_definition_names_an_engine_or_a_time() -> None:
    folder = Path(definitions.__file__).parents[1]
    for path in folder.rglob("*.py"):
        words = path.read_text()
        for banned in ("duckdb", "postgres", "to_sql", "raw_sql", ".sql(", ".round(", ".median(", "now()", "udf"):
            assert banned not in words.lower(), f"{path.name} says {banned}"
