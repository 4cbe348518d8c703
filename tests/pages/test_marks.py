"""Characters that turn a page's words round are marks on it, whatever typed them; fields stay as they were typed."""

import pytest

from holdfast.pages.marks import page_shown, shown


def test_a_page_shows_a_mark_where_words_would_be_turned_round_and_leaves_its_fields() -> None:
    typed = "Plan \u202egnp.exe"
    page = f'<p>{typed}</p><input name="a" value="{typed}"><textarea>{typed}\u2067</textarea><b>\u2066x\u0007</b>'
    marked = '<p>Plan [U+202E]gnp.exe</p><input name="a" value="Plan \u202egnp.exe"><textarea>Plan \u202egnp.exe\u2067'
    assert page_shown(page.encode()).decode() == f"{marked}</textarea><b>[U+2066]x[U+0007]</b>"


def test_a_page_without_any_is_given_as_it_is() -> None:
    page = "<p>“Ordinary” words – عربي, 中文, 😀…</p>".encode()
    assert page_shown(page) is page
    assert shown("two\nlines\tof it") == "two\nlines\tof it"


@pytest.mark.django_db
def test_a_title_that_holds_one_is_marked_wherever_it_is_shown(client_for, programme) -> None:
    programme.name = "Improvement \u202egnp"
    type(programme).objects.filter(pk=programme.pk).update(name=programme.name)
    said = client_for("dfe-observer").get("/westmere-2031/").content.decode()
    assert "Improvement [U+202E]gnp" in said
    assert "\u202e" not in said
