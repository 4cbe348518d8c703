"""Reports of audits: two copies of one reading, frozen once; small counts and names in the boards' alone."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from pypdf import PdfReader

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.audits.models import Audit, Finding
from holdfast.audits.services import auditing, learning
from holdfast.jobs import kept
from holdfast.notice.answers import Asking
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Programme
from holdfast.performance.selectors.agreeing import agreement_words
from holdfast.performance.selectors.shares import Share, share_of
from holdfast.practice.selectors.oversight import one_standard, words_of
from holdfast.practice.services import oversight as standards
from holdfast.questions import services as asking
from holdfast.questions.counting import Counted
from holdfast.reports import audit_report, audit_report_moderation, audit_reports, rendering
from holdfast.reports.checks import audit_reports_sent, oversight_as_agreed
from holdfast.reports.models import AuditReport
from people import made_once
from practice.conftest import agree
from questions.conftest import small

pytestmark = pytest.mark.django_db
CODE, PAGES = "westmere-2031", "/westmere-2031/reports/audits/"
SINCE, UNTIL, TODAY = date(2031, 5, 1), date(2031, 5, 31), date(2031, 6, 2)


def at(day: date = TODAY) -> datetime:
    return datetime.combine(day, time(12), clock.LONDON)


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.HOLDFAST_TODAY = TODAY


@pytest.fixture
def unprinted(monkeypatch: Any) -> None:
    """No PDF is drawn, where a test asks nothing of it: that is most of the time."""
    monkeypatch.setattr(rendering, "audit_report_as_pdf", lambda document, sha256: b"%PDF")


@pytest.fixture
def version(programme: Programme, people: Any) -> Any:
    return asking.write_version(by=SYSTEM, at=at(SINCE), programme=programme, content=small())


def audited(
    version: Any,
    team: Any,
    auditor: Any,
    ref: str,
    grade: str,
    *,
    seen: str = "yes",
    chosen: str = "random",
    on: date = date(2031, 5, 10),
) -> Audit:
    """One audit handed in on a day (10 May) with a grade, and whether the child was seen."""
    when = at(on)
    programme = version.question_set.programme
    facts = {"version": version, "case_ref": ref, "team": team, "chosen": chosen}
    audit = auditing.add_audit(by=SYSTEM, at=when, programme=programme, **facts)
    audit = auditing.allocate_audit(by=SYSTEM, at=when, audit=audit, auditor=auditor.pk)
    begun = auditing.begin_audit(by=auditor, at=when, audit=audit)
    about_seeing = {"child-seen": seen} | ({"alone": "yes"} if seen == "yes" else {})
    for section, given in (("seen", about_seeing), ("judgement", {"safe": "safe", "grade": grade})):
        answers = {code: {"value": value} for code, value in given.items()}
        asking.save_answers(by=auditor, at=when, sheet=begun.sheet, section=section, answers=answers, revision=0)
    return auditing.hand_in_audit(by=auditor, at=when, audit=begun)


@pytest.fixture
def read(programme: Programme, version: Any, people: Any, monkeypatch: Any) -> Programme:
    """Eight of the north team at random, two good; one of the south team, good; two chosen because of a risk."""
    monkeypatch.setattr(auditing, "MODERATED_PERCENT", 0)
    made_once("eleven audits", lambda: _read(programme, version, people["auditor"]))
    return programme


def _read(programme: Programme, version: Any, auditor: Any) -> None:
    add = {"by": SYSTEM, "at": at(SINCE), "programme": programme}
    north = organisation.add_team(**add, code="north", name="North team")
    south = organisation.add_team(**add, code="south", name="South team")
    for number in range(8):
        grade = "good" if number < 2 else "requires-improvement"
        audited(version, north, auditor, f"C-10{number}0", grade, seen="no" if number else "yes")
    audited(version, south, auditor, "C-2000", "good")
    for ref in ("C-3000", "C-3001"):
        audited(version, north, auditor, ref, "inadequate", chosen="risk")


@pytest.fixture
def cycle(read: Programme, unprinted: None) -> Programme:
    return read


def freeze(programme: Programme, by: Any = SYSTEM, since: date = SINCE, until: date = UNTIL) -> AuditReport:
    return audit_reports.freeze_audit_report(by=by, at=at(), programme=programme, since=since, until=until)


def told(report: AuditReport, copy: str) -> str:
    return audit_reports.read_audit_report(SYSTEM, report, copy, "json").decode()


def section(report: AuditReport, copy: str, title: str) -> dict[str, Any]:
    document = audit_reports.document_of(SYSTEM, report, copy)
    return next(each for each in document["sections"] if each["title"] == title)


def table(found: dict[str, Any], caption: str) -> list[list[str]]:
    rows = next(each["rows"] for each in found["tables"] if each["caption"] == caption)
    return [[row[0]["text"], *row[1:]] for row in rows]


RANDOM, RISK = "A small audit, at random", "A small audit, because of a risk"


def test_random_and_risk_chosen_audits_stand_apart_each_with_its_base_and_interval(cycle: Programme) -> None:
    report = freeze(cycle)
    assert "Good or better: 3 of 9, 33% (95% interval 12% to 65%)." in section(report, "boards", RANDOM)["words"]
    risk = section(report, "boards", RISK)
    assert "Good or better: 0 of 2, 0% (95% interval 0% to 66%)." in risk["words"]
    assert any("counted with no others" in words for words in risk["words"])


def test_grades_that_nobody_moderated_are_labelled_so_in_both_copies(cycle: Programme) -> None:
    report = freeze(cycle)
    for copy in ("boards", "members"):
        assert any("not moderated" in words for words in section(report, copy, RANDOM)["words"])


def test_the_copy_for_members_holds_no_small_count_no_auditor_and_no_grade_of_a_team(cycle: Programme) -> None:
    report, auditor = freeze(cycle), "Auditor"
    assert "3 of 9" in told(report, "boards")
    open_copy = section(report, "members", RANDOM)
    assert "Good or better: c." in open_copy["words"]
    assert "3 of 9" not in told(report, "members")
    assert auditor not in told(report, "members")
    captions = [each["caption"] for each in open_copy["tables"]]
    assert "Grades by team" not in captions
    assert "Grades that stand" not in captions


def test_the_copy_for_members_says_neither_how_many_children_a_frame_holds_nor_its_hash() -> None:
    """A sample of all that were late in a month is drawn from as many children as were late: a count, however small."""
    release = SimpleNamespace(reference="release 2")
    sample = SimpleNamespace(number=3, purpose="Late ones", wanted={"north": 2}, n_frame=4, draw=1, again_why="")
    vars(sample).update(seed="s", frame_hash="f" * 64, release=release)
    drawn: Any = [SimpleNamespace(sample=sample, n_audits=2, n_left_out=0)]
    boards, members = (audit_report._frames(drawn, is_open=is_open)["rows"][0] for is_open in (False, True))
    assert (boards[1], boards[4]) == ("2 of 2 drawn, from 4", f"release 2; seed s; frame {'f' * 16}")
    assert (members[1], members[4]) == ("2 of 2 drawn", "release 2; seed s")


def test_a_report_says_which_answers_count_as_short_and_how_many_gave_each_but_in_the_open_copy() -> None:
    safe: Any = SimpleNamespace(
        met_by=frozenset({"safe"}),
        topics=("safety",),
        ask="Is the child safe today?",
        scale=SimpleNamespace(
            choices=[
                SimpleNamespace(code=code, label=label)
                for code, label in (("safe", "Yes"), ("not-sure", "I cannot tell"), ("at-risk", "No"))
            ]
        ),
    )
    counted = Counted(safe, Counter({"safe": 59, "not-sure": 33, "at-risk": 1}))
    group: Any = SimpleNamespace(found=SimpleNamespace(by_theme={"safety": [counted]}, n=93))
    told = audit_report._short_of(group, is_open=False)
    assert told["head"][1] == "Answers that count as short"
    assert told["rows"][1][1] == "I cannot tell: 33; No: 1"
    assert told["rows"][1][2].startswith("34 of 93")
    assert audit_report._short_of(group, is_open=True)["rows"][1][1] == "I cannot tell; No"


def test_none_found_leaves_open_what_each_drawn_kind_leaves_and_no_kinds_are_pooled() -> None:
    """Of 79 drawn by chance none is up to 5% (Wilson: 3.84 / (79 + 3.84) = 4.6%); 8 chosen for a risk are not added."""
    title = SimpleNamespace(title="Case file")
    groups = [
        SimpleNamespace(question_set=title, chosen=chosen, found=SimpleNamespace(n=n))
        for chosen, n in ((Audit.Chosen.RANDOM, 79), (Audit.Chosen.RISK, 8))
    ]
    cycle: Any = SimpleNamespace(n_criticals=0, n_criticals_closed=0, groups=groups)
    none, room, last = audit_report._safety(cycle, lambda share: share.words)["words"]
    assert none == "No audit found one."
    assert "none found in 79" in room
    assert "up to 5% of all of them" in room
    assert last == "An audit that could not tell is among those that found none, which is not none of all children."


def test_a_shift_that_every_case_shares_has_no_interval() -> None:
    assert agreement_words([(0, 0)] * 3 + [(1, 1)] * 3, 4).shift == "0.00 in each of 6 cases, which gives no interval"
    assert "95% interval" in agreement_words([(0, 0)] * 5 + [(0, 1)], 4).shift


def graded_twice(same: int, kinder: int, harsher: int) -> Any:
    n = same + kinder + harsher
    shares = {"same": same, "near": n, "kinder": kinder, "harsher": harsher}
    words = {name: share_of(n_in, n) for name, n_in in shares.items()}
    return SimpleNamespace(n=n, kappa="0.5", ac2="0.6", shift="0.1", **words)


def moderation(random: Any, every: Any, *, is_open: bool) -> tuple[str, list[list[str]]]:
    def said(share: Share) -> str:
        return share.safe_words if is_open else share.words

    group: Any = SimpleNamespace(random=random, every=every)
    rows = audit_report_moderation.agreement_table(group, said)["rows"]
    return audit_report_moderation.agreement_lines(group, said)[0], [row[1:] for row in rows]


def test_one_small_count_of_two_gradings_hides_them_all_since_together_they_are_every_case() -> None:
    line, rows = moderation(graded_twice(12, 7, 1), graded_twice(12, 7, 1), is_open=True)
    assert "7 of 20" not in line
    assert rows == []
    assert "harsher in 1 of 20" in moderation(graded_twice(12, 7, 1), graded_twice(12, 7, 1), is_open=False)[0]


def test_a_column_that_holds_another_and_few_more_cases_is_hidden() -> None:
    _, rows = moderation(graded_twice(12, 7, 6), graded_twice(12, 9, 6), is_open=True)
    assert rows[1] == ["12 of 25, 48% (95% interval 30% to 67%)", "c"]
    _, rows = moderation(graded_twice(12, 7, 6), graded_twice(18, 13, 12), is_open=True)
    assert rows[1][1].startswith("18 of 43")


def test_a_team_with_fewer_than_five_audits_shows_no_grade_to_either_reader(cycle: Programme) -> None:
    report = freeze(cycle)
    rows = table(section(report, "boards", RANDOM), "Grades by team")
    assert rows == [["North team", "8", "2 of 8, 25% (95% interval 7% to 59%)"], ["South team", "1", "c: under 5"]]
    caption = "Audits by team; no grade of a team is printed in this copy"
    assert table(section(report, "members", RANDOM), caption) == [["North team", "8"], ["South team", "fewer than 5"]]


def test_a_finding_cannot_be_edited_once_a_report_holds_it(cycle: Programme, version: Any) -> None:
    facts = {"question_set": version.question_set, "chosen": "random", "since": SINCE, "until": UNTIL}
    finding = learning.record_finding(
        by=SYSTEM, at=at(UNTIL), programme=cycle, question="child-seen", words="Seldom seen.", **facts
    )
    report = freeze(cycle)
    kept_finding = Finding.objects.get(pk=finding.pk)
    assert kept_finding.reported_in == str(report)
    with pytest.raises(learning.Reported):
        learning.change_finding(by=SYSTEM, at=at(), finding=kept_finding, words="Often seen.")
    assert table(section(report, "boards", "Findings without an action"), "Findings that no action answers") == [
        ["1. Seldom seen.", "Other matters", "no days"]
    ]


def test_words_that_seem_to_name_somebody_are_left_out_of_the_copy_for_members(cycle: Programme, version: Any) -> None:
    facts = {"question_set": version.question_set, "chosen": "random", "since": SINCE, "until": UNTIL}
    words = "We saw that Jamie Oldcastle was not seen."
    learning.record_finding(by=SYSTEM, at=at(UNTIL), programme=cycle, question="child-seen", words=words, **facts)
    report = freeze(cycle)
    assert "Oldcastle" in told(report, "boards")
    assert "Oldcastle" not in told(report, "members")


def test_no_day_is_in_two_reports(cycle: Programme, people: Any) -> None:
    freeze(cycle)
    before = TrailRow.objects.filter(action__startswith="refused").count()
    with pytest.raises(audit_reports.CycleReported):
        freeze(cycle, since=UNTIL, until=UNTIL)
    with pytest.raises(audit_reports.CycleReported):
        freeze(cycle, by=people["practice-manager"])
    assert TrailRow.objects.filter(action__startswith="refused").count() > before


def test_a_cycle_that_is_not_over_is_refused(cycle: Programme) -> None:
    with pytest.raises(audit_reports.NotOver):
        freeze(cycle, until=TODAY)


def test_a_cycle_without_audits_is_refused(cycle: Programme) -> None:
    with pytest.raises(audit_reports.NothingAudited):
        freeze(cycle, since=date(2031, 4, 1), until=date(2031, 4, 30))


def test_an_elected_member_reads_the_open_copy_and_is_refused_the_boards(cycle: Programme, client_for: Any) -> None:
    freeze(cycle)
    member = client_for("elected-member")
    page = member.get(PAGES + "1/")
    assert page.status_code == 200
    assert audit_report.FOR_MEMBERS in page.content.decode()
    for address in ("1/boards/", "1/boards/report.pdf", "1/boards/report.json"):
        assert member.get(PAGES + address).status_code == 403
    assert TrailRow.objects.filter(action="refused").count() == 3
    assert member.get(PAGES + "1/members/report.pdf").status_code == 200


def test_the_safeguarding_board_reads_the_boards_copy(cycle: Programme, client_for: Any) -> None:
    freeze(cycle)
    page = client_for("dscb-member").get(PAGES + "1/")
    assert audit_report.FOR_BOARDS in page.content.decode()


def test_the_practice_manager_freezes_it_and_records_where_it_went(cycle: Programme, client_for: Any) -> None:
    body = organisation.add_body(by=SYSTEM, at=at(SINCE), programme=cycle, code="board", name="Improvement Board")
    manager = client_for("practice-manager")
    days = {"since-day": "1", "since-month": "5", "since-year": "2031"}
    days |= {"until-day": "31", "until-month": "5", "until-year": "2031"}
    asked = manager.post(PAGES + "freeze/", days)
    assert "stays as it is, for good" in asked.content.decode()
    assert manager.post(PAGES + "freeze/", {**days, "sure": "yes"}).status_code == 302
    assert manager.post(PAGES + "1/sent/", {"body": str(body.pk)}).status_code == 302
    page = manager.get(PAGES)
    assert "Improvement Board, 2 June 2031" in page.content.decode()


def test_both_copies_are_tagged_pdfs_that_say_which_they_are(read: Programme) -> None:
    report = freeze(read)
    for copy, words in (("boards", audit_report.FOR_BOARDS), ("members", audit_report.FOR_MEMBERS)):
        pdf = PdfReader(BytesIO(audit_reports.read_audit_report(SYSTEM, report, copy, "pdf")))
        assert "/StructTreeRoot" in pdf.trailer["/Root"]
        assert " ".join(words.split()) in " ".join(pdf.pages[0].extract_text().split())


def test_a_changed_file_of_a_report_is_found_and_not_shown(cycle: Programme) -> None:
    report = freeze(cycle)
    assert audit_reports.verify_audit_reports() == []
    path = kept.path_of(audit_reports.SHELF, report.open_sha256) / "document.json"
    path.chmod(0o600)
    path.write_text("{}")
    assert ["has been changed" in problem for problem in audit_reports.verify_audit_reports()] == [True]
    with pytest.raises(kept.NotAsKept):
        audit_reports.document_of(SYSTEM, report, "members")


def test_who_may_not_freeze_it_is_refused(cycle: Programme, people: Any) -> None:
    with pytest.raises(Refused):
        freeze(cycle, by=people["dscb-member"])


class Named:
    ref, receives = "R29", ("Improvement Board", "DSCB")


@pytest.fixture
def boards(cycle: Programme) -> list[Any]:
    add = {"by": SYSTEM, "at": at(SINCE), "programme": cycle}
    names = (("board", "Improvement Board"), ("dscb", "DSCB"))
    return [organisation.add_body(**add, code=code, name=name) for code, name in names]


def state(programme: Programme, on: date = TODAY, **more: Any) -> tuple[str, str]:
    answer = audit_reports_sent(Asking(SYSTEM, programme, on), Named(), **more)
    return answer.state, answer.sentence


def test_the_check_asks_that_each_board_has_each_report(cycle: Programme, boards: Any) -> None:
    assert state(cycle) == ("no evidence", "No report of audits has been made, and none is late yet.")
    report = freeze(cycle)
    assert state(cycle) == ("at risk", f"{report} is not recorded as sent to DSCB.")
    assert state(cycle, TODAY + timedelta(days=29))[0] == "not met"
    for body in boards:
        audit_reports.send_audit_report(by=SYSTEM, at=at(), report=report, body=body)
    assert state(cycle)[0] == "met"
    assert state(cycle, caution="But.")[0] == "at risk"


def test_the_check_says_how_late_a_report_is(cycle: Programme) -> None:
    """The first audit was handed in on 10 May; a quarter of 92 days and 28 for the report end on 6 September."""
    assert state(cycle, date(2031, 9, 6))[0] == "no evidence"
    assert state(cycle, date(2031, 9, 7)) == (
        "not met",
        "No report holds the audits handed in since 9 May 2031: it is 1 day late.",
    )


def oversight(programme: Programme) -> tuple[str, str]:
    answer = oversight_as_agreed(Asking(SYSTEM, programme, TODAY), Named())
    return answer.state, answer.sentence


def test_audits_are_held_to_the_clauses_in_force_when_they_were_handed_in(cycle: Programme) -> None:
    """The child was seen in 2 of 9, of which the 95% interval is 6% to 55%."""
    assert oversight(cycle) == ("no evidence", "No standards for management oversight are in force.")
    for at_least, state in ((6, "met"), (54, "at risk"), (55, "not met")):
        clause = {"words": "The child is seen", "edition": "local", "at_least": at_least}
        standard = standards.write_standard(by=SYSTEM, at=at(SINCE), programme=cycle)
        standards.add_clause(by=SYSTEM, at=at(SINCE), standard=standard, audits="audit:small/child-seen", **clause)
        agree(cycle, "oversight-standards", SINCE, words_of(one_standard(SYSTEM, CODE, standard.number)))
        found, said = oversight(cycle)
        assert found == state
        assert f"The child is seen (at least {at_least}%): 2 of 9, 22% (95% interval 6% to 55%)." in said
    later = {**clause, "at_least": 99}
    standard = standards.write_standard(by=SYSTEM, at=at(SINCE), programme=cycle)
    standards.add_clause(by=SYSTEM, at=at(SINCE), standard=standard, audits="audit:small/child-seen", **later)
    agree(cycle, "oversight-standards", date(2031, 5, 11), words_of(one_standard(SYSTEM, CODE, standard.number)))
    assert oversight(cycle)[1] == "No random audit of the quarter asks about a clause in force."
