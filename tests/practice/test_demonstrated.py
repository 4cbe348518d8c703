"""What the demonstration says of standards and thresholds is agreed to the letter, so that clauses are in force."""

import json
from types import SimpleNamespace
from typing import Any

from holdfast.practice.models import StandardClause
from holdfast.practice.selectors.oversight import words_of
from holdfast.web.demo import practice


def facts_of(code: str) -> dict[str, Any]:
    given = json.loads((practice.LIBRARY.parent / "agreements.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = next(subject for subject in given["subjects"]["devon-2013"] if subject["code"] == code)[
        "versions"
    ][-1]
    return found


def test_the_clauses_are_the_words_that_the_board_agreed_to_the_letter() -> None:
    facts = json.loads(practice.LIBRARY.read_text(encoding="utf-8"))["devon-2013"]
    given = facts["standards"]["clauses"]
    clauses = [StandardClause(number=number, **clause) for number, clause in enumerate(given, start=1)]
    standard: Any = SimpleNamespace(clauses=SimpleNamespace(all=lambda: clauses))
    assert words_of(standard).splitlines() == facts_of("oversight-standards")["words"]
    agreed = facts_of("thresholds")["words"]
    assert {line["line"] for line in facts["route"]} <= set(agreed)
