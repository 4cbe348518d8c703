"""What changed between two wordings: nothing new is left out, nothing old is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.agreements.differing import ADDED, LEFT_OUT, REMOVED, SAME, changes


def pieces(before: str, after: str) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(line.kind, [(piece.kind, piece.text) for piece in line.pieces]) for line in changes(before, after)]


def test_a_changed_word_is_shown_in_its_line() -> None:
    assert pieces("Any child in need.", "Any child at risk.") == [
        (
            "changed",
            [
                (SAME, "Any child "),
                (REMOVED, "in"),
                (ADDED, "at"),
                (SAME, " "),
                (REMOVED, "need"),
                (ADDED, "risk"),
                (SAME, "."),
            ],
        )
    ]


def test_lines_far_from_a_change_are_counted() -> None:
    before = "\n".join(f"Line {n}" for n in range(9))
    assert pieces(before, before + "\nNew") == [
        (LEFT_OUT, []),
        (SAME, [(SAME, "Line 8")]),
        (ADDED, [(ADDED, "New")]),
    ]
    assert changes(before, before + "\nNew")[0].n == 8


def test_the_same_words_have_no_changes() -> None:
    assert changes("One\nTwo", "One\nTwo") == []


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["a b", "a c", "", "d", "e f g"])), st.lists(st.sampled_from(["a b", "a c", "", "d", "h"]))
)
def test_both_wordings_can_be_read_back_from_what_is_shown(old: list[str], new: list[str]) -> None:
    before, after = "\n".join(old), "\n".join(new)
    shown = changes(before, after)
    if not shown:
        assert before.splitlines() == after.splitlines()
        return
    n_hidden = sum(line.n for line in shown)

    def side(gone: str) -> list[str]:
        lines = [line for line in shown if line.kind not in (gone, LEFT_OUT)]
        return ["".join(piece.text for piece in line.pieces if piece.kind != gone) for line in lines]

    for words, gone in ((before, ADDED), (after, REMOVED)):
        assert len(side(gone)) + n_hidden == len(words.splitlines())
        assert set(side(gone)) <= set(words.splitlines())
