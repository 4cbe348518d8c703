"""What the questions room's tests share: a small invented set with a condition, a critical answer and a judgement."""

from copy import deepcopy
from datetime import date, datetime, time
from typing import Any

import pytest

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.questions import reading, services
from holdfast.questions.models import SetVersion, Sheet

TODAY = date(2031, 6, 1)
AT = datetime.combine(TODAY, time(12), clock.LONDON)
SMALL: dict[str, Any] = {
    "set": {"code": "small", "kind": "case-file-audit", "title": "A small audit", "law": "An invented edition"},
    "principles": [{"code": "child", "words": "The child comes first."}],
    "sections": [
        {
            "code": "seen",
            "title": "Seeing the child",
            "requirements": ["R07"],
            "principle": "child",
            "questions": [
                {"code": "child-seen", "ask": "Was the child seen?", "scale": "yes-no", "met_by": ["yes"]},
                {
                    "code": "alone",
                    "ask": "Was the child seen alone?",
                    "scale": "found",
                    "met_by": ["yes"],
                    "may_not_apply": True,
                    "ask_if": {"question": "child-seen", "is": ["yes"]},
                },
                {"code": "note", "ask": "What else?", "kind": "text", "optional": True},
            ],
        },
        {
            "code": "judgement",
            "title": "Judgement",
            "questions": [
                {"code": "safe", "ask": "Is the child safe today?", "scale": "safe-today", "stops_on": ["at-risk"]},
                {"code": "grade", "ask": "How do you grade it?", "scale": "four-grades", "judges": "whole"},
            ],
        },
    ],
}


@pytest.fixture(autouse=True)
def today(settings: Any, tmp_path: Any) -> None:
    settings.HOLDFAST_TODAY = TODAY
    settings.HOLDFAST_DATA = tmp_path


def small(**changed: str) -> dict[str, Any]:
    """The small set, with the words of some questions changed, and the scales it names written into it."""
    content = deepcopy(SMALL)
    for section in content["sections"]:
        for question in section["questions"]:
            question["ask"] = changed.get(question["code"].replace("-", "_"), question["ask"])
    return reading.from_text(reading.as_text(content))


@pytest.fixture
def version(programme: Any, people: Any) -> SetVersion:
    return services.write_version(by=SYSTEM, at=AT, programme=programme, content=small())


@pytest.fixture
def sheet(version: SetVersion, people: Any) -> Sheet:
    """A sheet of the auditor's."""
    return services.begin_sheet(by=SYSTEM, at=AT, version=version, about="audit 1", answerer=people["auditor"])


def save(sheet: Sheet, by: Any, section: str, revision: int = 0, key: str = "", **answers: str) -> Any:
    given = {name.replace("_", "-"): {"value": value} for name, value in answers.items()}
    sending = {"answers": given, "revision": revision, "key": key}
    return services.save_answers(by=by, at=AT, sheet=sheet, section=section, **sending)
