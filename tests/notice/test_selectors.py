"""Where every requirement stands, coverage, and who may see it: on both notices, by the same code."""

import json
from collections import Counter, OrderedDict
from datetime import UTC, date, datetime
from pathlib import Path

import jsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from holdfast.access.doors import SYSTEM, Refused, lent
from holdfast.access.permissions import Permission
from holdfast.access.trail import record_read
from holdfast.notice import answers, covering
from holdfast.notice.answers import Asking, CheckAnswer
from holdfast.notice.covering import CoveringAction
from holdfast.notice.selectors import coverage, notices, positions, requirements
from holdfast.notice.selectors.coverage import NO_ACTION, NO_EVIDENCE
from holdfast.notice.selectors.notices import NoNotice, NoSuchRequirement
from holdfast.notice.services import judging, loading
from holdfast.pages import kept

from .saying import JUDGED_MET, accepted, judged, linked

FORMAT = Path(__file__).resolve().parents[2] / "docs" / "formats" / "position.schema.json"
AT = datetime(2031, 6, 1, 12, tzinfo=UTC)
ON = date(2031, 6, 1)


def standing(code: str, on: date = ON) -> dict[str, str]:
    return {one["ref"]: one["position"] for one in positions.positions(SYSTEM, code, on)}


def judge_and_accept(people, requirement, says="met", is_accepted: bool | None = True, at=AT) -> None:
    found = judged(people, requirement, says, at=at)
    if is_accepted is not None:
        accepted(people, found, at=at, is_accepted=is_accepted)


def show_met(requirement) -> None:
    """Let the records show it: the invented notice's board is on record."""
    requirement.checks = [{"name": "shows", "params": {}}]
    requirement.save()


@pytest.fixture(autouse=True)
def shows(monkeypatch):
    monkeypatch.setitem(answers._checks, "shows", lambda asking, requirement: CheckAnswer("met", "It is on record."))


@pytest.mark.parametrize("which", ["westmere", "devon"])
def test_positions_hold_to_the_documented_format(which: str, request) -> None:
    notice = request.getfixturevalue(which)
    found = positions.positions(SYSTEM, notice.programme.code)
    schema = json.loads(FORMAT.read_text(encoding="utf-8"))
    jsonschema.validate({"requirements": json.loads(json.dumps(found))}, schema)
    later = dict(notice.requirements.values_list("ref", "later"))
    assert {one["ref"]: one["waits_for"] for one in found} == later
    assert [one["ref"] for one in found] == list(notice.requirements.values_list("ref", flat=True))


def test_a_notice_nobody_has_judged_has_nothing_met(westmere) -> None:
    found = standing("westmere-2031")
    assert "met" not in found.values()
    assert found["A3"] == "not due"
    assert found["D4"] == "not due"
    assert found["A1"] == "no evidence"
    [line] = positions.position_lines(SYSTEM, "westmere-2031", ON, ["A1"])
    assert line.lacking == [
        "Nothing that is kept here bears on it yet.",
        "Records that are not kept here yet would say more: performance (the share of plans on time, once plans are in "
        "a return).",
    ]
    assert line.would_be_evidence == "The share finished within twenty weeks"
    [due] = positions.position_lines(SYSTEM, "westmere-2031", ON, ["A3"])
    assert due.lacking == []


def test_an_accepted_judgement_makes_it_met_only_where_the_records_show_it(westmere, people) -> None:
    one, two, three, four = (westmere.requirements.get(ref=ref) for ref in ("A1", "A2", "B1", "B2"))
    show_met(one)
    judge_and_accept(people, one)
    judge_and_accept(people, two, is_accepted=None)
    judge_and_accept(people, three, is_accepted=False)
    judge_and_accept(people, four)
    found = standing("westmere-2031")
    assert (found["A1"], found["A2"], found["B1"]) == ("met", "no evidence", "no evidence")
    assert found["B2"] == JUDGED_MET


def test_what_people_say_and_what_the_records_show_are_given_side_by_side(westmere, people) -> None:
    judge_and_accept(people, westmere.requirements.get(ref="B2"))
    found = next(one for one in positions.positions(SYSTEM, "westmere-2031", ON) if one["ref"] == "B2")
    assert found["both_sides"].startswith(
        "People say met: judged by Programme office Invented on 1 June 2031, accepted by Board chair Invented on "
        "1 June 2031. The records say "
    )
    assert found["judgement"]["evidence"] == [
        {"title": "Minute 12", "kind": "address", "where": "https://example.org/minute-12"}
    ]


def test_evidence_that_was_withdrawn_holds_nothing_up_from_that_day(westmere, people) -> None:
    requirement = westmere.requirements.get(ref="A1")
    show_met(requirement)
    judge_and_accept(people, requirement, at=datetime(2031, 5, 1, 12, tzinfo=UTC))
    judging.withdraw_evidence(by=SYSTEM, at=AT, evidence=requirement.evidence.get(), reason="Another council's.")
    assert standing("westmere-2031", date(2031, 5, 31))["A1"] == "met"
    assert standing("westmere-2031")["A1"] == JUDGED_MET


def test_a_judgement_withdrawn_gives_way_to_the_one_before_it_from_that_day(westmere, people) -> None:
    requirement = westmere.requirements.get(ref="A1")
    judged(people, requirement, "at risk", at=datetime(2031, 4, 1, 12, tzinfo=UTC))
    mistake = judged(people, requirement, "not met", at=datetime(2031, 5, 1, 12, tzinfo=UTC))
    judging.withdraw_judgement(by=people["programme-office"], at=AT, judgement=mistake, reason="Meant for A2.")
    assert standing("westmere-2031", date(2031, 5, 31))["A1"] == "not met"
    assert standing("westmere-2031")["A1"] == "at risk"


def test_a_judgement_made_after_the_day_does_not_count_on_it(westmere, people) -> None:
    requirement = westmere.requirements.get(ref="A1")
    show_met(requirement)
    judge_and_accept(people, requirement, "not met", None, datetime(2031, 5, 1, 12, tzinfo=UTC))
    judge_and_accept(people, requirement, "met", True, AT)
    assert standing("westmere-2031", date(2031, 5, 31))["A1"] == "not met"
    assert standing("westmere-2031", date(2031, 4, 30))["A1"] == "on track"
    assert standing("westmere-2031")["A1"] == "met"


def test_an_acceptance_made_after_the_day_does_not_count_on_it(westmere, people) -> None:
    requirement, may = westmere.requirements.get(ref="A1"), datetime(2031, 5, 1, 12, tzinfo=UTC)
    accepted(people, judged(people, requirement, at=may), at=AT)
    assert standing("westmere-2031", date(2031, 5, 31))["A1"] == "no evidence"
    assert standing("westmere-2031")["A1"] == JUDGED_MET


def test_a_condition_recorded_as_met_makes_it_apply(westmere, people) -> None:
    judging.record_trigger(
        by=people["director"], at=AT, requirement=westmere.requirements.get(ref="D4"), on=ON, reason="Two stocktakes."
    )
    assert standing("westmere-2031")["D4"] == "no evidence"


def test_counts_are_worst_first_and_add_up(devon) -> None:
    lines = positions.position_lines(SYSTEM, devon.programme.code, date(2014, 2, 10))
    counts = positions.counts(lines)
    assert [position for position, _ in counts] == [
        "not met",
        "at risk",
        JUDGED_MET,
        "no evidence",
        "on track",
        "met",
        "not due",
    ]
    assert sum(n for _, n in counts) == 71


def test_the_filters_narrow_and_combine(devon) -> None:
    lines = positions.position_lines(SYSTEM, devon.programme.code, date(2014, 2, 10))
    assert len(requirements.filtered(lines, section="failure")) == 1
    assert {one.requirement.modality for one in requirements.filtered(lines, modality="expect")} == {"expect"}
    both = requirements.filtered(lines, section="support", modality="must")
    assert [one.requirement.ref for one in both] == ["R60"]
    assert requirements.filtered(lines, section="support", position="met") == []


@pytest.mark.parametrize("role", ["programme-office", "dfe-observer", "elected-member", "partner-member"])
def test_everybody_with_a_part_sees_the_same_positions(westmere, people, role: str) -> None:
    def stands(user):
        return [(one["ref"], one["position"]) for one in positions.positions(user, "westmere-2031", ON)]

    assert stands(people[role]) == stands(SYSTEM)


@pytest.mark.parametrize("role", ["nobody", "elsewhere", "administrator"])
def test_nobody_else_sees_any(westmere, people, role: str) -> None:
    for read in (positions.positions, coverage.coverage, notices.unclaimed_clauses, notices.clauses):
        with pytest.raises(Refused):
            read(people[role], "westmere-2031")
    with pytest.raises(Refused):
        requirements.requirement(people[role], "westmere-2031", "A1")


def test_a_programme_without_a_notice_says_so(programme) -> None:
    with pytest.raises(NoNotice, match="No notice has been loaded yet"):
        positions.positions(SYSTEM, programme.code)


def test_a_requirement_that_is_not_there_is_named(westmere) -> None:
    with pytest.raises(NoSuchRequirement, match="Z9"):
        requirements.requirement(SYSTEM, "westmere-2031", "Z9")


def test_the_number_of_queries_does_not_grow_with_requirements_or_judgements(westmere, devon, people) -> None:
    def n_queries(code: str, on: date) -> int:
        with CaptureQueriesContext(connection) as ran:
            positions.positions(SYSTEM, code, on)
        return len(ran)

    first = devon.requirements.get(ref="R01")
    judging.judge(by=people["elsewhere"], at=AT, requirement=first, says="at risk", reason="Seen.")
    before = n_queries(devon.programme.code, ON)
    for requirement in devon.requirements.all():
        judging.judge(by=people["elsewhere"], at=AT, requirement=requirement, says="at risk", reason="Seen.")
    assert n_queries(devon.programme.code, ON) == before
    assert before <= 44  # each room reads its own records once for all its checks


# Checks that fail, or that nobody can answer


@pytest.fixture
def check_called(monkeypatch):
    """Register a check for the length of one test."""

    def register(name, check):
        monkeypatch.setitem(answers._checks, name, check)

    return register


def _only(westmere, name: str) -> dict:
    requirement = westmere.requirements.get(ref="A1")
    requirement.checks = [{"name": name, "params": {"size": 3}}]
    requirement.save()
    return next(one for one in positions.positions(SYSTEM, "westmere-2031", ON) if one["ref"] == "A1")


def test_a_check_that_fails_says_so_and_is_never_met_though_people_say_it_is(
    westmere, people, check_called, caplog
) -> None:
    def broken(asking, requirement, *, size):
        raise ZeroDivisionError("secret words")

    check_called("broken", broken)
    judge_and_accept(people, westmere.requirements.get(ref="A1"))
    found = _only(westmere, "broken")
    assert found["position"] == "no evidence"
    assert found["checks"][0]["state"] == "no evidence"
    assert "This check failed" in found["checks"][0]["sentence"]
    assert "check=broken requirement=A1 failed=ZeroDivisionError" in caplog.text
    assert "secret words" not in caplog.text


def test_a_check_that_answers_nothing_has_failed(westmere, check_called) -> None:
    check_called("silent", lambda asking, requirement, *, size: None)
    assert _only(westmere, "silent")["checks"][0]["sentence"].startswith("This check gave no answer")


def test_a_check_with_the_wrong_parameters_has_failed(westmere, check_called) -> None:
    check_called("narrow", lambda asking, requirement: CheckAnswer("met", "Yes."))
    assert _only(westmere, "narrow")["position"] == "no evidence"


def test_a_check_that_nobody_registered_is_no_evidence(westmere) -> None:
    found = _only(westmere, "nowhere")
    assert found["checks"][0]["state"] == "no evidence"
    assert "Nothing in this installation can answer this yet" in found["checks"][0]["sentence"]


def test_a_check_is_given_the_programme_the_day_and_its_parameters(westmere, check_called) -> None:
    def echo(asking: Asking, requirement, *, size):
        return CheckAnswer("met", f"{asking.programme.code} {asking.on} {requirement.ref} {size}")

    check_called("echo", echo)
    found = _only(westmere, "echo")
    assert found["checks"][0]["sentence"] == "westmere-2031 2031-06-01 A1 3"
    assert found["position"] == "on track"


def test_a_check_is_asked_for_each_kind_of_reader_only_where_it_or_a_fact_that_it_rests_on_looked_at_who_asks(
    westmere, people, check_called, pages_are_kept
) -> None:
    asked: list[str] = []

    def called(name: str, words):
        def check(asking: Asking, requirement):
            asked.append(name)
            return CheckAnswer("met", f"{words(asking)}.")

        check_called(name, check)

    called("of the records", lambda asking: "Yes")
    called("of the reader", lambda asking: asking.user)
    called("of a fact", lambda asking: asking.once("who", lambda: asking.user))
    called("of the same fact", lambda asking: asking.once("who", lambda: pytest.fail("it was found before")))
    requirement = westmere.requirements.get(ref="A1")
    names = ["of the records", "of the reader", "of a fact", "of the same fact"]
    requirement.checks = [{"name": name} for name in names]
    requirement.save()

    def said(user) -> list[str]:
        line = positions.position_lines(user, "westmere-2031", ON, refs=("A1",))[0]
        return [found.sentence for _, found in line.answers]

    for user in (SYSTEM, people["board-chair"], people["director"], SYSTEM, people["board-chair"]):
        assert said(user) == ["Yes.", f"{user}.", f"{user}.", f"{user}."]
    assert Counter(asked) == {"of the records": 1, **dict.fromkeys(names[1:], 3)}


def test_two_checks_may_not_share_a_name() -> None:
    def one(asking, requirement):
        return CheckAnswer("met", "Yes.")

    with pytest.raises(answers.CheckAlreadyRegistered):
        answers.register_check("role_held", one)


def test_a_fact_is_found_once_for_a_page_and_a_failure_is_not_kept() -> None:
    asking, calls = Asking(SYSTEM, None, ON), []

    def find():
        calls.append(1)
        if len(calls) == 1:
            raise ValueError("not yet")
        return "fact"

    with pytest.raises(ValueError, match="not yet"):
        asking.once("a", find)
    assert [asking.once("a", find), asking.once("a", find)] == ["fact", "fact"]
    assert len(calls) == 2


# Coverage


def action(ref: str, *requirements: str, **more) -> CoveringAction:
    return CoveringAction(ref, f"Action {ref}", f"/x/{ref}", "To do", False, requirements, **more)


def test_coverage_lists_what_answers_each_requirement_and_every_gap(westmere, people, monkeypatch) -> None:
    loading.load_recommendations(
        by=SYSTEM,
        at=AT,
        notice=westmere,
        recommendations=[{"ref": "F1", "text": "One."}, {"ref": "F2", "text": "Two."}],
    )
    linked(westmere.requirements.get(ref="A1"), AT)
    withdrawn = linked(westmere.requirements.get(ref="A2"), AT)
    judging.withdraw_evidence(by=SYSTEM, at=AT, evidence=withdrawn, reason="Another council's.")
    given = [action("1", "A1", "A2", indicators=("I20",)), action("2", recommendations=("F1",)), action("3")]
    monkeypatch.setattr(covering, "_sources", [lambda user, code, on: given])
    found = coverage.coverage(SYSTEM, "westmere-2031")
    rows = {row.subject.ref: row for row in (*found.requirements, *found.recommendations)}
    assert ([one.ref for one in rows["A1"].actions], rows["A1"].indicators, rows["A1"].gaps) == (["1"], ["I20"], [])
    assert rows["A2"].gaps == [NO_EVIDENCE]
    assert NO_ACTION in rows["B1"].gaps
    assert NO_ACTION not in rows["D2"].gaps
    assert NO_ACTION in rows["F2"].gaps
    assert NO_ACTION not in rows["F1"].gaps
    assert [one.ref for one in found.adrift] == ["3"]
    assert dict(found.gap_counts)[NO_EVIDENCE] == 11


def test_a_source_of_actions_registered_twice_counts_once(monkeypatch) -> None:
    monkeypatch.setattr(covering, "_sources", [])

    def source(user, code, on):
        return [action("1", "A1")]

    covering.register_coverage(source)
    covering.register_coverage(source)
    assert len(covering.covering_actions(SYSTEM, "westmere-2031", ON)) == 1


def test_coverage_with_no_plan_lists_every_requirement_as_a_gap(westmere, monkeypatch) -> None:
    monkeypatch.setattr(covering, "_sources", [])
    found = coverage.coverage(SYSTEM, "westmere-2031")
    assert dict(found.gap_counts)[NO_ACTION] == westmere.requirements.filter(is_for_the_plan=True).count()


def test_coverage_asks_a_fixed_number_of_questions(westmere, devon) -> None:
    def n_queries(code: str) -> int:
        with CaptureQueriesContext(connection) as ran:
            coverage.coverage(SYSTEM, code)
        return len(ran)

    assert n_queries(devon.programme.code) == n_queries("westmere-2031")


def test_positions_are_worked_out_anew_only_when_something_they_follow_from_changed(
    westmere, people, monkeypatch
) -> None:
    n_asked = []

    def counts(asking, requirement):
        n_asked.append(requirement.ref)
        return CheckAnswer("met", "It is on record.")

    monkeypatch.setitem(answers._checks, "shows", counts)
    monkeypatch.setattr(kept, "MOST_KEPT", 2)
    monkeypatch.setattr(kept, "_kept", OrderedDict())
    monkeypatch.setattr(kept, "_parts", OrderedDict())
    show_met(westmere.requirements.get(ref="A1"))
    chair = people["board-chair"]
    code = westmere.programme.code

    first = positions.position_lines(chair, code, ON)
    record_read(chair, what="saw a worklist", programme=code, subject="It changes nothing")
    assert positions.position_lines(chair, code, ON) == first
    assert len(n_asked) == 1

    judge_and_accept(people, westmere.requirements.get(ref="A1"), "not met", None)
    again = positions.position_lines(chair, code, ON)
    assert [line.position for line in again if line.requirement.ref == "A1"] == ["not met"]
    assert len(n_asked) == 1, "no check reads what people judged"

    judging.record_trigger(by=SYSTEM, at=AT, requirement=westmere.requirements.get(ref="D4"), on=ON, reason="Seen.")
    positions.position_lines(chair, code, ON)
    assert len(n_asked) == 2, "it is asked of requirements, and one changed"

    for reader in (people["director"], people["dfe-observer"]):
        positions.position_lines(reader, code, ON)
    assert len(n_asked) == 2, "it did not look at who asks, so it is the same for every reader"
    assert len(kept._kept) == 2
    monkeypatch.setattr(kept, "_parts", OrderedDict())
    positions.position_lines(chair, code, ON)
    assert len(n_asked) == 3, "the oldest went"


def test_positions_are_not_kept_where_a_check_failed(westmere, monkeypatch) -> None:
    def fails(asking, requirement):
        raise RuntimeError

    monkeypatch.setitem(answers._checks, "shows", fails)
    monkeypatch.setattr(kept, "MOST_KEPT", 2)
    monkeypatch.setattr(kept, "_kept", OrderedDict())
    show_met(westmere.requirements.get(ref="A1"))
    positions.position_lines(SYSTEM, westmere.programme.code, ON)
    assert not kept._kept


def test_positions_kept_for_one_reader_are_never_anothers(westmere, people, monkeypatch) -> None:
    """Each reader in turn, twice, with every other's kept beside theirs: the same as with nothing kept at all."""
    monkeypatch.setattr(kept, "_kept", OrderedDict())
    code = westmere.programme.code
    readers = [people[role] for role in ("director", "elected-member", "board-chair", "partner-member")]
    monkeypatch.setattr(kept, "MOST_KEPT", 0)
    own = [[line.as_data() for line in positions.position_lines(reader, code, ON)] for reader in readers]
    monkeypatch.setattr(kept, "MOST_KEPT", 64)
    for _ in range(2):
        assert [[line.as_data() for line in positions.position_lines(reader, code, ON)] for reader in readers] == own
    assert len(kept._kept) == len(readers)
    with pytest.raises(Refused):
        positions.position_lines(people["elsewhere"], code, ON)


def test_what_is_lent_for_one_write_is_part_of_what_pages_are_kept_by(westmere, people, monkeypatch) -> None:
    monkeypatch.setattr(kept, "_kept", OrderedDict())
    monkeypatch.setattr(kept, "MOST_KEPT", 64)
    code, member = westmere.programme.code, people["elected-member"]
    with lent(member, Permission.SEE_SMALL_COUNTS, code):
        positions.position_lines(member, code, ON)
    positions.position_lines(member, code, ON)
    assert len(kept._kept) == 2
