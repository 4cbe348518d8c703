"""A notice's text split into clauses with their places, on an invented text with the faults real files have."""

import re

from hypothesis import given
from hypothesis import strategies as st

from holdfast.notice.places import claimed, in_words, unclaimed
from holdfast.notice.splitting import Piece, split

SECTIONS = [("first", "Part one"), ("second", "Part Two:"), ("third", "Part three")]
TEXT = """A plan for Westmere

Part One: what to do

The council shall:

- 1. mend the roof;
- 2. count the slates; and
- 3. sweep the yard.

Part two

- To look after the garden by:
 - watering it² every *day* in
summer;
 - weeding it, in three ways – by hand; by hoe; and by rote:
 - o each bed is seen alone and its weeds recorded;
 - all beds are dug on time; and somebody confirms that this has

¹ http://www.example.invalid/gardens/

been done well.

- Agree the edges with neighbours. Say 'Which edge.' Then the

_

² under section 9 of no Act

Neighbour's edge is cut in the manner of 'Good edges'. Keep doing so.

• Tell people (see the guide of 1 May 2030).3

Part three

A paragraph that is long enough not to be a heading, that begins on one page of the text and that at any

point goes on to the next. It ends here.

Page 3 of 7

http://www.example.invalid/lone

Signed: nobody

Date: 1 . 2 . 30"""


def places(pieces: list[Piece]) -> dict[tuple[str, str, int], str]:
    return {(one.section, one.item, one.sentence): one.text for one in pieces}


def test_each_clause_has_its_section_item_and_sentence() -> None:
    found = places(split(TEXT, SECTIONS))
    assert found["", "1", 1] == "A plan for Westmere"
    assert found["first", "heading", 1] == "Part One: what to do"
    assert found["first", "0", 1] == "The council shall:"
    assert found["first", "2", 1] == "count the slates; and"
    assert found["second", "1", 1] == "To look after the garden by:"
    assert found["second", "1.1", 1] == "watering it every day in summer;"
    assert found["second", "1.2", 3] == "and by rote:"
    assert found["second", "1.2.1", 1] == "each bed is seen alone and its weeds recorded;"
    assert found["second", "2", 1] == "Agree the edges with neighbours."


def test_a_point_after_a_round_bullet_goes_back_up_a_level() -> None:
    found = places(split(TEXT, SECTIONS))
    assert found["second", "1.3", 1] == "all beds are dug on time;"


def test_a_sentence_cut_by_a_footnote_or_a_page_end_is_put_together() -> None:
    found = places(split(TEXT, SECTIONS))
    assert found["second", "1.3", 2] == "and somebody confirms that this has been done well."
    assert found["second", "2", 3] == "Then the Neighbour's edge is cut in the manner of 'Good edges'."
    assert found["second", "2", 4] == "Keep doing so."
    assert found["third", "1", 1] == (
        "A paragraph that is long enough not to be a heading, that begins on one page of the text "
        "and that at any point goes on to the next."
    )


def test_page_furniture_is_in_no_clause() -> None:
    words = " ".join(one.text for one in split(TEXT, SECTIONS))
    for furniture in ("http", "under section 9", "Page 3", "_", "¹", "²"):
        assert furniture not in words


def test_a_sentence_ends_after_a_closing_quotation_mark_and_not_inside_a_date() -> None:
    found = places(split(TEXT, SECTIONS))
    assert found["second", "2", 2] == "Say 'Which edge.'"
    assert found["third", "3", 1] == "Date: 1 . 2 . 30"
    assert found["second", "3", 1] == "Tell people (see the guide of 1 May 2030).3"


def test_lettered_points_are_read_as_points() -> None:
    text = "Part one\n\nThe council shall\nwork hard:\n(a) first thing;\n(b) second thing.\n"
    found = places(split(text, SECTIONS))
    assert found["first", "0", 1] == "The council shall work hard:"
    assert found["first", "1", 1] == "first thing;"
    assert found["first", "2", 1] == "second thing."


def test_windows_line_ends_make_no_difference() -> None:
    assert split(TEXT.replace("\n", "\r\n"), SECTIONS) == split(TEXT, SECTIONS)


def test_nothing_in_gives_nothing_out() -> None:
    assert split("", SECTIONS) == []
    assert split("\n \n_\n", SECTIONS) == []


_words = st.lists(st.sampled_from(["apple", "Bread", "cat;", "Dog.", "egg:", "(fig)", "9"]), min_size=1, max_size=6)
_lines = st.lists(
    st.tuples(st.sampled_from(["", "- ", " - ", " - o ", "1. ", "• "]), _words, st.booleans()), max_size=12
)


@given(_lines)
def test_every_word_is_in_exactly_one_clause_in_order(lines) -> None:
    kept = [line for line in lines if not re.fullmatch(r"\d+", " ".join(line[1])) and line[1][0] != "9"]
    text = "\n".join(mark + " ".join(words) + ("\n" if gap else "") for mark, words, gap in kept)
    expected = [word for _, words, _ in kept for word in words]
    assert " ".join(one.text for one in split(text, SECTIONS)).split() == expected


@given(st.text(alphabet="ab.;:-o \n\t•¹_1()", max_size=200))
def test_any_text_at_all_is_split_without_failing_and_places_are_unique(text: str) -> None:
    found = [(one.section, one.item, one.sentence) for one in split(text, SECTIONS)]
    assert len(found) == len({*found}) or any(item == "0" for _, item, _ in found)


def test_a_place_without_sentences_takes_the_item_and_not_the_points_under_it() -> None:
    pieces = split(TEXT, SECTIONS)
    assert [one.text for one in claimed([{"section": "second", "item": "1"}], pieces)] == [
        "To look after the garden by:"
    ]
    assert len(claimed([{"section": "second", "item": "2"}], pieces)) == 4
    assert len(claimed([{"section": "second", "item": "2", "sentences": [1, 4]}], pieces)) == 2


def test_what_nobody_claims_is_listed_without_the_headings_of_known_sections() -> None:
    pieces = split(TEXT, SECTIONS)
    left = unclaimed([[{"section": "second", "item": "1"}], [{"section": "third", "item": "1"}]], pieces)
    words = [one.text for one in left]
    assert "A plan for Westmere" in words
    assert "Signed: nobody" in words
    assert "Part two" not in words
    assert "The council shall:" not in words


def test_a_place_is_said_in_words() -> None:
    sections = [{"id": "second", "title": "Gardens", "items": "paragraph"}]
    said = in_words(
        [
            {"section": "second", "item": "1.2.1", "sentences": [2]},
            {"section": "second", "item": "0"},
            {"section": "second", "item": "heading"},
            {"section": "second", "item": "3", "sentences": [1, 2]},
        ],
        sections,
    )
    assert said == [
        "Gardens, paragraph 1, point 2.1 under it, sentence 2",
        "Gardens, opening words",
        "Gardens, heading",
        "Gardens, paragraph 3, sentences 1, 2",
    ]
