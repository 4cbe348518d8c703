"""Audits done elsewhere, taken in by the hundred: each rule of an audit done here holds, and all are in or none."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from holdfast.access.checking import check_records
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.audits.models import Audit, Grading, Moderation, SampledCase
from holdfast.audits.selectors import audits as selectors
from holdfast.audits.services import auditing, moderating, sampling, taking_in
from holdfast.organisation.models import Team
from holdfast.performance.selectors.frames import FrameAsked
from holdfast.questions import services as questions
from holdfast.questions.models import SetVersion, Sheet

from .conftest import TODAY, WHOLE, at, somebody
from .releases import release

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(programme: Any, teams: Any) -> Any:
    return somebody(programme, "reader", ("auditor", "programme", ""))


def paper(version: SetVersion, team: Team, auditor: Any, ref: str = "C-1001", **more: Any) -> Any:
    given = {"child-seen": "no", **WHOLE, **more.pop("answers", {})}
    answers = {code: {"value": value} for code, value in given.items()}
    day = TODAY - timedelta(days=20)
    facts = {"begun_at": at(day, 9), "handed_in_at": at(day, 16), "answers": answers, **more}
    return taking_in.DoneElsewhere(version, ref, team, "random", auditor.pk, **facts)


def take_in(programme: Any, *done: Any, by: Any = SYSTEM) -> list[Audit]:
    return taking_in.take_in_audits(by=by, at=at(), programme=programme, done=done)


def graded(audit: Audit, moderator: Any, grade: str) -> Any:
    return taking_in.GradedElsewhere(audit, moderator.pk, audit.handed_in_on, {"grade": grade}, "Read again")


def test_many_audits_are_taken_in_with_two_rows_of_the_trail_and_are_as_if_done_here(
    programme: Any, version: SetVersion, teams: Any, auditor: Any
) -> None:
    before = TrailRow.objects.count()
    made = take_in(programme, *(paper(version, teams["north"], auditor, f"C-{n}") for n in range(30)))
    rows = list(TrailRow.objects.order_by("number").values_list("action", flat=True))[before:]
    assert rows == ["answers taken in", "audits taken in"]
    assert [audit.number for audit in made] == list(range(1, 31))
    seen = selectors.one_audit(SYSTEM, programme.code, 7)
    assert (seen.case_ref, seen.auditor, seen.handed_in_on) == ("C-6", auditor, TODAY - timedelta(days=20))
    assert seen.gradings.get().whole == "good"
    assert seen.sheet.sections.count() == 2
    assert list(check_records()) == []
    with pytest.raises(auditing.NotOpen):
        auditing.begin_audit(by=auditor, at=at(), audit=seen)


def test_which_are_graded_again_is_drawn_as_of_audits_done_here(
    programme: Any, version: SetVersion, teams: Any, auditor: Any
) -> None:
    worst = paper(version, teams["north"], auditor, answers={"grade": "inadequate"})
    take_in(programme, worst, paper(version, teams["north"], auditor, "C-2"))
    assert Moderation.objects.get(audit__number=1).why == "lowest"


def test_one_unfit_audit_keeps_all_of_them_out(programme: Any, version: SetVersion, teams: Any, auditor: Any) -> None:
    own = somebody(programme, "own", ("auditor", "programme", ""), ("team-manager", "team", "north"))
    fit, north = paper(version, teams["north"], auditor), teams["north"]
    for unfit, refusal in (
        (paper(version, north, own), auditing.NotIndependent),
        (paper(version, north, auditor, worker=auditor), auditing.NotIndependent),
        (paper(version, north, auditor, "no reference of a case"), auditing.NoReference),
        (paper(version, north, auditor, handed_in_at=at() + timedelta(minutes=1)), taking_in.ToCome),
        (paper(version, north, auditor, answers={"grade": ""}), questions.Unfinished),
        (paper(version, north, auditor, answers={"grade": "splendid"}), questions.OffScale),
        (paper(version, north, auditor, answers={"safe": "at-risk"}), questions.StopsHere),
    ):
        with pytest.raises(refusal):
            take_in(programme, fit, unfit)
    assert not Audit.objects.exists()
    assert not Sheet.objects.exists()


def test_only_whoever_leads_on_audits_takes_them_in(
    programme: Any, version: SetVersion, teams: Any, auditor: Any
) -> None:
    with pytest.raises(Refused):
        take_in(programme, paper(version, teams["north"], auditor), by=auditor)


def test_second_grades_are_taken_in_and_the_same_one_is_final(
    programme: Any, version: SetVersion, teams: Any, auditor: Any
) -> None:
    moderator = somebody(programme, "again", ("moderator", "programme", ""))
    worst = {"answers": {"grade": "inadequate"}}
    audits = take_in(programme, *(paper(version, teams["north"], auditor, f"C-{n}", **worst) for n in range(2)))
    second = [graded(audits[0], moderator, "inadequate"), graded(audits[1], moderator, "good")]
    taking_in.take_in_second_grades(by=SYSTEM, at=at(), programme=programme, graded=second)
    parts = Grading.objects.order_by("audit__number", "id").values_list("audit__number", "part", "whole")
    assert {(number, part): whole for number, part, whole in parts} == {
        (1, "auditor"): "inadequate",
        (1, "moderator"): "inadequate",
        (1, "final"): "inadequate",
        (2, "auditor"): "inadequate",
        (2, "moderator"): "good",
    }
    assert list(check_records()) == []


def test_no_second_grade_is_taken_in_of_whoever_audited_of_what_was_not_drawn_or_twice(
    programme: Any, version: SetVersion, teams: Any, auditor: Any
) -> None:
    both = somebody(programme, "both", ("auditor", "programme", ""), ("moderator", "programme", ""))
    other = somebody(programme, "again", ("moderator", "programme", ""))
    papers = [paper(version, teams["north"], both, answers={"grade": "inadequate"})]
    papers += [paper(version, teams["north"], both, f"C-{n}") for n in range(9)]
    worst, *rest = take_in(programme, *papers)
    undrawn = next(audit for audit in rest if not Moderation.objects.filter(audit=audit).exists())
    for second, refusal in (
        ([graded(worst, both, "good")], auditing.NotIndependent),
        ([graded(undrawn, other, "good")], moderating.NotDrawn),
        ([graded(worst, other, "good")] * 2, moderating.GradedAlready),
        ([graded(worst, other, "splendid")], moderating.NoGrade),
    ):
        with pytest.raises(refusal):
            taking_in.take_in_second_grades(by=SYSTEM, at=at(), programme=programme, graded=second)
    assert not Grading.objects.filter(part="moderator").exists()


def test_an_audit_of_a_drawn_case_is_the_samples_and_no_other_is_taken_for_it(
    programme: Any, version: SetVersion, teams: Any, auditor: Any
) -> None:
    drawn_from = release(programme, {"I60-3": [(f"CH{number:04}", True, "North team") for number in range(9)]})
    assert drawn_from.number == 1
    facts = {"version": version, "chosen": "random", "purpose": "Closures of May", "asked": FrameAsked("I60-3")}
    sample = sampling.draw_sample(by=SYSTEM, at=at(), programme=programme, n=3, **facts)
    first, second, third = SampledCase.objects.select_related("sample", "team").order_by("place")
    sampling.leave_out(by=SYSTEM, at=at(), case=third, reason="The file is sealed.")
    third.refresh_from_db()
    risky = replace(paper(version, teams["north"], auditor, sampled=second), chosen="risk")
    for unfit in (paper(version, teams["north"], auditor, sampled=third), risky):
        with pytest.raises(taking_in.NotOfTheSample):
            take_in(programme, unfit)
    [audit] = take_in(programme, paper(version, teams["north"], auditor, "C-1", sampled=first))
    assert (audit.case_ref, sample.cases.get(audit=audit)) == (first.case_ref, first)
    with pytest.raises(taking_in.NotOfTheSample):
        take_in(programme, paper(version, teams["north"], auditor, sampled=first))
    assert [problem for problem in check_records() if "Release" not in problem] == []  # these tests make it themselves
