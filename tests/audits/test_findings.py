"""What audits found: grades with whose they are, shares with intervals, agreement, and what is never pooled."""

from collections import OrderedDict
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM
from holdfast.access.models import TrailRow
from holdfast.audits.models import Audit
from holdfast.audits.selectors import findings
from holdfast.audits.services import auditing, moderating
from holdfast.questions import reading
from holdfast.questions import selectors as questions
from holdfast.questions import services as asking
from holdfast.web import cli
from questions.conftest import small

from .conftest import add, allocated, at, fresh, handed_in, to_moderate
from .test_pages import HOME, words

pytestmark = pytest.mark.django_db
CODE, SINCE, UNTIL = "westmere-2031", date(2031, 6, 1), date(2031, 6, 30)


@pytest.fixture
def graded(audit: Audit, people: Any, monkeypatch: Any) -> list[Audit]:
    """Four at random (two good, of which one is moderated down), and one chosen because of a risk."""
    monkeypatch.setattr(auditing, "MODERATED_PERCENT", 0)
    made = [handed_in(audit, people["auditor"], "good")]
    for ref, grade in (("C-2", "good"), ("C-3", "requires-improvement"), ("C-4", "requires-improvement")):
        made.append(handed_in(add(audit.version, audit.team, f"{ref}00"), people["auditor"], grade))
    made.append(handed_in(add(audit.version, audit.team, "C-500", chosen="risk"), people["auditor"], "inadequate"))
    monkeypatch.setattr(auditing, "MODERATED_PERCENT", 100)
    again = handed_in(add(audit.version, audit.team, "C-600"), people["auditor"], "good")
    again = to_moderate(again, people["moderator"])
    down = {"grades": {"grade": "requires-improvement"}, "why": "Thinner"}
    moderating.give_second_grade(by=people["moderator"], at=at(), audit=again, **down)
    moderating.decide_final_grade(by=people["practice-manager"], at=at(), audit=again, **down)
    return made


def found(chosen: str = "random") -> list[findings.AuditRead]:
    question_set = questions.one_set(SYSTEM, CODE, "small")
    return findings.audits_found(SYSTEM, CODE, question_set, chosen, SINCE, UNTIL)


def test_the_grades_that_stand_are_counted_with_how_many_were_moderated(graded: Any) -> None:
    grades = findings.grades_of(found())
    assert grades is not None
    assert (grades.n, grades.n_moderated, grades.good.of) == (5, 1, "2 of 5")
    assert grades.good.words == "2 of 5, 40% (95% interval 12% to 77%)"


def test_the_old_label_is_counted_as_what_it_stands_for(
    programme: Any, teams: Any, people: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(auditing, "MODERATED_PERCENT", 100)
    content = small()
    content["scales"] = []
    content["sections"][1]["questions"][1]["scale"] = "four-grades-to-2013"
    old = asking.write_version(
        by=SYSTEM, at=at(), programme=programme, content=reading.from_text(reading.as_text(content))
    )
    done = handed_in(add(old, teams["north"]), people["auditor"], "adequate")
    again = {"grades": {"grade": "inadequate"}, "why": "x"}
    moderating.give_second_grade(by=people["moderator"], at=at(), audit=to_moderate(done, people["moderator"]), **again)
    grades = findings.grades_of(found())
    assert grades is not None
    assert (grades.n, grades.n_left_out, grades.counts["requires-improvement"]) == (1, 0, 1)
    words_ = findings.agreement(found(), at_random=True)
    assert words_ is not None
    assert (words_.near.of, words_.kinder.of) == ("1 of 1", "1 of 1")


def test_random_and_risk_chosen_are_never_pooled(graded: Any) -> None:
    assert len(found("random")) == 5
    for count in (findings.findings, findings.grades_of, findings.answers_counted, findings.positions):
        with pytest.raises(findings.Pooled):
            count([*found("random"), *found("risk")])
    assert [audit.number for audit in found("risk")] == [5]


def test_what_a_server_counted_before_its_first_reader_is_not_read_again(
    graded: Any, pages_are_kept: None, monkeypatch: Any
) -> None:
    asked = found()
    expected = [(one.question.code, one.met and one.met.of) for one in findings.answers_counted(asked)]
    monkeypatch.setattr("holdfast.pages.kept._for_good", OrderedDict())
    findings.count_ahead(CODE, UNTIL)
    monkeypatch.setattr(findings, "count_of", lambda sheets: pytest.fail("the sheets were read again"))
    assert [(one.question.code, one.met and one.met.of) for one in findings.answers_counted(asked)] == expected


def test_what_is_kept_is_worked_out_again_after_each_thing_that_changes_it_and_nothing_else(
    graded: Any, people: Any, client_for: Any, pages_are_kept: None, monkeypatch: Any
) -> None:
    page, director = f"{HOME}findings/", client_for("director")

    def read() -> str:
        return words(director.get(page))

    assert "5 audits handed in" in read()
    again = handed_in(add(graded[0].version, graded[0].team, "C-700"), people["auditor"], "good")
    assert "6 audits handed in" in read()
    assert "1 of 6 were moderated" in read()
    again, down = to_moderate(again, people["moderator"]), {"grades": {"grade": "inadequate"}, "why": "Thinner"}
    moderating.give_second_grade(by=people["moderator"], at=at(), audit=again, **down)
    assert "Graded twice 2 audits" in read()
    moderating.decide_final_grade(by=people["practice-manager"], at=at(), audit=again, **down)
    assert "2 of 6 were moderated" in read()
    open_one = allocated(add(again.version, again.team, "C-800"), people["auditor"])
    auditing.begin_audit(by=people["auditor"], at=at(), audit=open_one)
    before = read()
    monkeypatch.setattr(findings, "_read", lambda *asked: pytest.fail("they were read again"))
    sending = {"section": "seen", "answers": {"child-seen": {"value": "no"}}, "revision": 0}
    asking.save_answers(by=people["auditor"], at=at(), sheet=fresh(open_one).sheet, **sending)
    assert read() == before, "an answer of an audit in hand counts nowhere, and nothing is read for it"
    for other in ("auditor", "moderator", "dfe-observer"):
        assert client_for(other).get(page).status_code == 403, "what is kept opens no door"
    auditing.withdraw_audit(by=people["practice-manager"], at=at(), audit=fresh(open_one), reason="Entered twice")
    with pytest.raises(pytest.fail.Exception):
        read()


def test_each_question_is_counted_with_its_interval_the_lowest_first(graded: Any) -> None:
    counted = findings.findings(found()).counted
    assert [(one.question.code, one.met.of if one.met else "") for one in counted] == [("child-seen", "0 of 5")]


def test_auditor_and_moderator_are_compared_apart_for_those_drawn_at_random(graded: Any) -> None:
    words_ = findings.agreement(found(), at_random=True)
    assert words_ is not None
    assert (words_.n, words_.same.of, words_.kinder.of) == (1, "0 of 1", "1 of 1")
    assert words_.kappa == "Too few to say: 32 needed"
    assert words_.shift == "Too few to say: 5 needed"
    assert findings.agreement(found("risk"), at_random=False) is None
    assert findings.drift(found()) == []


def test_two_auditors_of_one_name_are_two(graded: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(findings, "FEWEST_OF_ONE", 1)
    again = found()[-1]
    namesake = again._replace(given=replace(again.given, auditor_key=-1))
    assert [one.words.n for one in findings.drift([again, again, namesake])] == [1, 2]


def test_whoever_asks_for_several_kinds_of_sample_at_once_is_refused_on_record(
    graded: Any, client_for: Any, monkeypatch: Any
) -> None:
    assert client_for("director").get(f"{HOME}findings/?chosen=random&chosen=risk").status_code == 403
    asked = ["audits", "findings", "small", "--chosen", "random", "--chosen", "risk", "--as", "director"]
    monkeypatch.setattr("sys.argv", ["holdfast", *asked, "--programme", CODE])
    with pytest.raises(SystemExit):
        cli.main()
    rows = list(TrailRow.objects.filter(action="refused").values_list("by", "subject"))
    assert rows == [("director", f"{HOME}findings/"), ("director", "holdfast audits findings")]


def test_a_withdrawn_audit_counts_nowhere_and_a_day_before_is_not_in(graded: Any) -> None:
    question_set = questions.one_set(SYSTEM, CODE, "small")
    assert findings.audits_found(SYSTEM, CODE, question_set, "random", SINCE, date(2031, 6, 1)) == []


def test_the_page_says_it_to_who_sees_every_audit(graded: Any, client_for: Any) -> None:
    page = f"{HOME}findings/"
    said = words(client_for("director").get(page))
    for part in (
        "at random: 5 audits handed in, ",
        "Good or better: 2 of 5, 40%",
        "1 of 5 were moderated; 4 are the auditor’s alone",
        "40% (95% interval 12% to 77%)",
    ):
        assert part in said
    assert "1 audit handed in" in words(client_for("director").get(page, {"of": "small", "chosen": "risk"}))
    assert "No audit to count" in words(client_for("director").get(page, {"since": "2032-01-01"}))
    for other in ("auditor", "moderator", "dfe-observer"):
        assert client_for(other).get(page).status_code == 403
