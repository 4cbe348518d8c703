"""Each component, drawn once with its named arguments, and read back as a reader would."""

from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from lxml import html

from holdfast.access import clock
from holdfast.pages.fields import DateField
from holdfast.pages.paging import Page


def drawn(name: str, **arguments: Any) -> Any:
    return html.fragment_fromstring(render_to_string(f"components/{name}.html", arguments), create_parent="div")


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_a_tag_says_its_word_and_takes_a_colour() -> None:
    assert drawn("tag", text="Draft", colour="blue").xpath("//strong[contains(@class, 'govuk-tag--blue')]/text()") == [
        "Draft"
    ]


@pytest.mark.parametrize("position", ["met", "on track", "at risk", "not met", "no evidence", "not due"])
def test_a_position_is_told_in_words(position: str) -> None:
    assert words(drawn("position", position=position)) == position.capitalize()


def test_a_table_scrolls_in_a_labelled_region_and_its_cells_may_link() -> None:
    page = drawn(
        "table",
        caption="Releases",
        head=["Number", "State"],
        rows=[[{"text": "3", "url": "/3", "header": True}, {"text": "Draft", "tag": "blue"}], ["2", "Published"]],
        numeric_columns=[0],
    )
    region = page.xpath("//*[@role='region']")[0]
    assert (region.get("aria-label"), region.get("tabindex")) == ("Releases", "0")
    assert page.xpath("//th[@scope='row']/a/@href") == ["/3"]
    assert words(page.xpath("//tbody/tr[2]")[0]) == "2 Published"
    assert page.xpath("//tbody/tr[2]/td[1]/@class") == ["govuk-table__cell govuk-table__cell--numeric"]


@pytest.mark.parametrize(
    ("cell", "is_explained"),
    [
        ("c", True),
        ("c of 587", True),
        ({"text": "3", "hint": "Open and over: c of 12."}, True),
        ({"text": "c", "url": "/x"}, True),
        ("3 of 12", False),
        ("Item (c) of the notice and class c", False),
        ("calc", False),
    ],
)
def test_a_table_that_prints_a_bare_symbol_says_under_it_what_it_means(cell: Any, is_explained: bool) -> None:
    page = drawn("table", caption="Figures", head=["Measure", "Month"], rows=[["Closures", cell]])
    assert ("A “c” is a number that is hidden to protect people" in words(page)) is is_explained


def test_each_cell_carries_the_head_of_its_column_for_a_phone() -> None:
    row = [{"text": "Referrals", "header": True}, "678", {"text": "Worsening", "tag": "red"}]
    page = drawn("table", caption="x", head=["Indicator", "Latest month", "Verdict"], rows=[row])
    assert page.xpath("//tbody//@data-label") == ["Indicator", "Latest month", "Verdict"]


def test_an_empty_table_says_so() -> None:
    assert "Nothing to show." in words(drawn("table", caption="Faults", head=["Rule"], rows=[]))


def test_text_in_a_table_is_escaped() -> None:
    assert not drawn("table", caption="x", rows=[["<script>alert(1)</script>"]]).xpath("//script")


HOSTILE = "<script>alert('1')</script>\" onfocus=\"alert(1)"


@pytest.mark.parametrize("part", ["text", "url", "tag", "hint", "hidden", "elsewhere", "header", "numeric"])
@pytest.mark.parametrize("beside", [{}, {"url": "/3"}, {"tag": "blue"}, {"url": "/3", "tag": "blue"}])
def test_no_part_of_a_cell_is_more_than_words(part: str, beside: dict[str, str]) -> None:
    cell = {"text": "Three", **beside, part: HOSTILE}
    page = drawn("table", caption="x", head=["Indicator", HOSTILE], rows=[[cell, HOSTILE], [HOSTILE, cell]])
    assert not page.xpath("//script | //@onfocus")
    assert page.xpath("//tbody//@data-label") == ["Indicator", HOSTILE] * 2


def test_what_was_marked_as_safe_is_not_escaped_twice() -> None:
    page = drawn("table", caption="x", rows=[[mark_safe("a &amp; b"), {"text": mark_safe("c &amp; d")}]])
    assert words(page.xpath("//tbody")[0]) == "a & b c & d"


def test_a_summary_list_pairs_keys_with_values() -> None:
    page = drawn("summary_list", rows=[{"key": "Owner", "value": "The analyst", "url": "/o", "action": "Change"}])
    assert words(page) == "Owner The analyst Change Owner"


@pytest.mark.parametrize("name", ["inset", "warning", "notification"])
def test_words_to_notice_are_shown(name: str) -> None:
    assert "Read this" in words(drawn(name, text="Read this"))


def test_a_message_of_success_is_announced() -> None:
    assert drawn("notification", text="Saved", success="success").xpath("//*[@role='alert']")


def test_details_open_from_their_summary() -> None:
    assert words(drawn("details", summary="How it is counted", text="By hand").xpath("//summary")[0]) == (
        "How it is counted"
    )


def test_an_empty_state_says_what_to_do() -> None:
    page = drawn("empty", title="No returns yet", text="Submit one.", action_text="Submit a return", action_url="/add")
    assert page.xpath("//a/@href") == ["/add"]


def test_a_chart_ships_its_sentence_and_its_table() -> None:
    drawing = SimpleNamespace(
        title="Referrals",
        sentence="No clear change.",
        caption="I03",
        svg="<svg role='img'><title>Referrals</title></svg>",
        table_head=["Month", "Number"],
        table_rows=[["April 2013", "12"]],
    )
    page = drawn("chart", drawing=drawing)
    assert "No clear change." in words(page)
    assert page.xpath("//figure//table//td/text()") == ["April 2013", "12"]
    led = drawn("chart", drawing=drawing, says_elsewhere=True)
    assert "No clear change." not in words(led)
    assert led.xpath("//figure//table//td/text()") == ["April 2013", "12"]


@pytest.mark.parametrize("kind", ["django", "ours"])
def test_pages_are_turned_keeping_the_rest_of_the_address(kind: str) -> None:
    ours = Page(rows=range(10), number=2, total=30, size=10)
    page = Paginator(range(30), 10).page(2) if kind == "django" else ours
    hrefs = drawn("pagination", page=page, query="rule=x&").xpath("//a/@href")
    assert hrefs == ["?rule=x&page=1", "?rule=x&page=3"]


def test_one_page_has_no_pagination() -> None:
    assert words(drawn("pagination", page=Paginator([1], 10).page(1))) == ""


def test_a_button_is_a_link_where_it_leads_and_a_button_where_it_sends() -> None:
    assert drawn("button", text="Start", url="/x").xpath("//a[@role='button']/@href") == ["/x"]
    assert drawn("button", text="Publish", kind="warning").xpath("//button[contains(@class, '--warning')]")


def test_a_task_list_gives_each_task_its_status() -> None:
    page = drawn("task_list", items=[{"title": "Agree the plan", "url": "/p", "status": "Late", "colour": "red"}])
    assert words(page) == "Agree the plan Late"


def test_counts_say_what_they_count() -> None:
    assert words(drawn("counts", items=[{"n": 3, "words": "not met", "url": "/n"}])) == "3 not met"


class Questions(forms.Form):
    name = forms.CharField(label="What is it called?", help_text="As the notice has it")
    why = forms.CharField(label="Why?", widget=forms.Textarea, required=False)
    which = forms.ChoiceField(label="Which?", choices=[("a", "The first"), ("b", "The second")])
    agreed = forms.ChoiceField(label="Was it agreed?", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="I have read it")
    file = forms.FileField(label="Which file?")
    on = DateField(label="When was it agreed?", what="the plan was agreed")


@pytest.mark.parametrize("name", list(Questions.base_fields))
def test_each_kind_of_field_is_labelled_and_its_error_is_tied_to_it(name: str) -> None:
    form = Questions({"which": "z"}, {})
    page = drawn("field", field=form[name])
    asked = page.xpath("//label | //legend")[0]
    assert words(asked).startswith(str(form[name].label))
    if not form[name].errors:
        assert words(asked).endswith("(optional)")
        return
    error = page.xpath("//*[contains(@class, 'govuk-error-message')]")[0]
    described = page.xpath("//*[@aria-describedby]/@aria-describedby")[0].split()
    assert error.get("id") in described


def test_a_date_is_three_boxes_and_its_error_says_what_to_do() -> None:
    form = Questions({"on-day": "31", "on-month": "2", "on-year": "2026"})
    page = drawn("field", field=form["on"])
    assert page.xpath("//input/@value") == ["31", "2", "2026"]
    example = f"27 3 {clock.today().year}"  # of the year it is, whichever that is
    assert f"The date the plan was agreed must be a real date, like {example}" in words(page)
    assert drawn("error_summary", form=form).xpath("//a[@href='#id_on-day']")


def test_every_error_in_the_summary_leads_to_a_box_on_the_page() -> None:
    form = Questions({})
    fields = "".join(render_to_string("components/field.html", {"field": field}) for field in form)
    page = html.fragment_fromstring(fields, create_parent="div")
    for target in drawn("error_summary", form=form).xpath("//a/@href"):
        assert page.xpath(f"//*[@id='{target[1:]}']"), target


@pytest.mark.parametrize(
    ("value", "is_explained"),
    [("c", True), ("12\nc of 30", True), ("October: c of 12", True), ("care", False), ("Option c", False), ("", False)],
)
def test_a_hidden_count_in_a_summary_list_has_its_meaning_under_it(value: str, is_explained: bool) -> None:
    page = drawn("summary_list", rows=[{"key": "Children", "value": value}])
    assert ("A “c” is a number that is hidden to protect people" in words(page)) is is_explained
