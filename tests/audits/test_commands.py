"""What the pages of audits say is said on the command line too, to whoever the page would say it to."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from holdfast.audits.models import Audit, Critical
from holdfast.audits.selectors.audits import Blind
from holdfast.audits.services import critical
from holdfast.web.cli import app

from .conftest import allocated, answer, at, handed_in, to_moderate

pytestmark = pytest.mark.django_db
CODE = "westmere-2031"


def said(*words: str) -> str:
    done = CliRunner().invoke(app, ["audits", *words, "--programme", CODE])
    assert done.exit_code == 0, done.output
    return done.output


def test_a_grade_is_said_with_whose_it_is_and_not_to_who_is_to_give_the_second(audit: Audit, people: Any) -> None:
    to_moderate(handed_in(audit, people["auditor"], "outstanding"), people["moderator"])
    assert "Grade: Outstanding (Auditor’s grade, moderation to come)" in said("list", "--as", "practice-manager")
    own = said("list", "--as", "moderator")
    assert "Grade: Not shown before you grade it" in own
    assert "Outstanding" not in own
    assert "Was the child seen? No" in said("show", "1", "--as", "practice-manager")
    refused = CliRunner().invoke(app, ["audits", "show", "1", "--as", "moderator", "--programme", CODE])
    assert isinstance(refused.exception, Blind)
    assert refused.output == ""


def test_each_step_for_a_child_who_may_not_be_safe_is_said_with_its_time(audit: Audit, people: Any) -> None:
    answer(allocated(audit, people["auditor"]), people["auditor"], safe="at-risk")
    found, words = Critical.objects.get(), "Rang the manager"
    critical.take_step(by=people["auditor"], at=at(hour=13), critical=found, step="manager-told", words=words)
    shown = said("safety")
    for part in (
        "Nobody has said whom to ring",
        "2 June 2031 at 13:00, recorded by",
        words,
        "Where it stands: Under way",
    ):
        assert part in shown


@pytest.mark.parametrize(
    ("words", "caption"),
    [
        ("programme", "Who takes part, by team"),
        ("learning", "Findings without an action"),
        ("briefings", "Lessons briefings, the newest first"),
        ("agencies", "Multi-agency audits, the newest first"),
        ("calibration", "Each auditor beside what was agreed"),
    ],
)
def test_the_tables_of_a_page_are_given_as_json(version: Any, words: str, caption: str) -> None:
    given = json.loads(said(words, "--as", "practice-manager", "--json"))
    assert caption in [each["caption"] for each in given["tables"]]
