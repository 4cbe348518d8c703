"""A table's columns: the heading, what is printed and on which side, in one value."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from lxml import html

from holdfast.pages.crumbs import crumbs
from holdfast.pages.tables import Column, facts, link, table, tag

ACTIONS = [SimpleNamespace(ref="A1", days=1200), SimpleNamespace(ref="A2", days=3)]
COLUMNS = [
    Column("Action", lambda action: action.ref),
    Column("Days late", lambda action: f"{action.days:,}", numeric=True),
]


def test_a_row_per_thing_and_the_first_cell_names_it() -> None:
    made = table("Late actions", COLUMNS, ACTIONS)
    assert (made.caption, made.head, made.numeric_columns) == ("Late actions", ["Action", "Days late"], [1])
    assert made.rows == [[{"text": "A1", "header": True}, "1,200"], [{"text": "A2", "header": True}, "3"]]


def test_a_table_is_drawn_from_one_value() -> None:
    drawn = html.fragment_fromstring(
        render_to_string("components/table.html", {"table": table("Late actions", COLUMNS, ACTIONS), "small": True})
    )
    assert drawn.xpath("//caption/text()") == ["Late actions"]
    assert drawn.xpath("//th[@scope='row']/text()") == ["A1", "A2"]
    assert len(drawn.xpath("//*[contains(@class, '--numeric')]")) == 3, "the heading and both cells"


def test_a_table_of_nothing_says_so() -> None:
    page = render_to_string("components/table.html", {"table": table("Late actions", COLUMNS, [])})
    assert "Nothing to show." in page


def test_a_cell_may_link_with_what_is_asked_and_leaves_out_what_is_not() -> None:
    assert link("Faults", "faults", "westmere-2031", 3, rule="missing", page="") == {
        "text": "Faults",
        "url": "/westmere-2031/returns/3/faults/?rule=missing",
        "hint": "",
        "hidden": "",
    }


def test_a_tag_keeps_its_words() -> None:
    assert tag("Late", "red", "since May") == {"text": "Late", "tag": "red", "hint": "since May"}


def test_a_fact_nobody_gave_is_left_out() -> None:
    assert facts(("Owner", "Head of plans"), ("Note", "")) == [{"key": "Owner", "value": "Head of plans"}]


@pytest.mark.parametrize(
    ("from_home", "said"),
    [
        (True, [("Home", "/p/"), ("The plan", "/p/plan/"), ("A1 Act", "/p/plan/actions/A1/")]),
        (False, [("The plan", "/p/plan/"), ("A1 Act", "/p/plan/actions/A1/")]),
    ],
)
def test_breadcrumbs_lead_down_from_home_for_those_who_may_open_it(
    from_home: bool, said: list[tuple[str, str]]
) -> None:
    steps = (("The plan", "plan"), ("A1 Act", "plan_action", "A1"))
    assert crumbs("p", *steps, from_home=from_home) == said
