"""A server has done what pages rest on before it answers anybody, and starts even where that cannot be done."""

import logging
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import get_template

from holdfast.web import ready

SRC = Path(__file__).resolve().parents[2] / "src/holdfast"


def test_every_template_of_ours_is_compiled_before_anybody_asks() -> None:
    ready.load_templates()
    (loader,) = get_template("home.html").template.engine.template_loaders
    ours = {path.as_posix().rpartition("/templates/")[2] for path in SRC.rglob("*.html")}
    assert ours, "there are templates"
    assert ours <= {str(name) for name in loader.get_template_cache}


@pytest.mark.django_db(transaction=True)
def test_each_programme_is_prepared_and_no_other_is_stopped_by_one_without_a_notice(
    people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[str] = []
    monkeypatch.setattr(ready, "prepare", prepared.append)
    ready.get_ready()
    assert len(prepared) == len(set(prepared)) == 2
    monkeypatch.undo()
    for code in prepared:
        ready.prepare(code)


@pytest.mark.django_db(transaction=True)
def test_a_server_starts_where_something_cannot_be_made_ready_and_says_so(
    people: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(code: str) -> None:
        raise OSError(f"the folder of {code} is not there")

    monkeypatch.setattr(ready, "prepare", broken)
    with caplog.at_level(logging.WARNING, logger="holdfast.web"):
        ready.get_ready()
    assert "ready=no failed=OSError" in caplog.text
    assert "folder of" not in caplog.text, "what failed is named, and nothing that it was about"
