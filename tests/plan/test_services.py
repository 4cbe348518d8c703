"""Adding to the plan and saying how far it has come: first dates kept for good, and moved by nobody here."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.jobs.library_files import UnreadableLibraryFile
from holdfast.notice.selectors.notices import NoNotice
from holdfast.notice.services.loading import load_notice
from holdfast.organisation.models import Post
from holdfast.plan.models import Action, Milestone, Objective, OnlyTheBoardMovesDates
from holdfast.plan.services import adding, describing, loading, progress

from .conftest import AT, TODAY

DEVON_PLAN = Path("devon-2013-plan.yaml")
FEBRUARY = datetime(2014, 2, 10, 12, tzinfo=UTC)


def test_an_action_keeps_its_first_date_its_owner_and_what_raised_it(westmere, objective, post) -> None:
    found = adding.add_action(
        by=SYSTEM,
        at=AT,
        objective=objective,
        ref="A1",
        title="Train",
        owner=post,
        due_on=date(2031, 9, 1),
        requirements=["A1", "B1"],
        raised_from=("audit finding", "F12", "Voice absent in 14 of 22 files"),
    )
    found = Action.objects.get(pk=found.pk)
    assert (found.due_on, found.original_due_on, found.days_slipped(TODAY)) == (date(2031, 9, 1), date(2031, 9, 1), 0)
    assert found.agency == post.agency
    assert found.raised_from == ("audit finding", "F12", "Voice absent in 14 of 22 files")
    assert TrailRow.objects.last().action == "action added"


@pytest.mark.parametrize("field", ["due_on", "original_due_on"])
def test_saving_a_moved_date_is_refused_and_nothing_moves(small_plan, field: str) -> None:
    for one in (small_plan.late, small_plan.milestones[0]):
        kept = type(one).objects.get(pk=one.pk)
        setattr(kept, field, date(2032, 1, 1))
        with pytest.raises(OnlyTheBoardMovesDates, match="only a decision of the Board"):
            kept.save()
        again = type(one).objects.get(pk=one.pk)
        assert (again.due_on, again.original_due_on) == (one.due_on, one.due_on)


def test_a_moved_date_is_refused_on_an_action_just_added(small_plan) -> None:
    small_plan.late.due_on = date(2032, 1, 1)
    with pytest.raises(OnlyTheBoardMovesDates):
        small_plan.late.save(update_fields=["due_on"])


@pytest.mark.parametrize("field", ["due_on", "original_due_on"])
def test_dates_are_not_moved_in_bulk_either(small_plan, field: str) -> None:
    with pytest.raises(OnlyTheBoardMovesDates):
        Action.objects.filter(ref="A-late").update(**{field: TODAY})
    with pytest.raises(OnlyTheBoardMovesDates):
        Milestone.objects.bulk_update([small_plan.milestones[0]], [field])
    Action.objects.filter(ref="A-late").update(title="Another title")
    assert Action.objects.get(ref="A-late").title == "Another title"


def test_an_action_read_without_its_dates_may_still_be_saved(small_plan) -> None:
    found = Action.objects.only("title").get(ref="A-late")
    found.title = "Another"
    found.save(update_fields=["title"])
    assert Action.objects.get(ref="A-late").due_on == date(2031, 5, 31)
    assert (found.due_on, found.save()) == (date(2031, 5, 31), None)


def test_a_date_set_on_an_action_read_without_it_is_refused_too(small_plan) -> None:
    found = Action.objects.only("title").get(ref="A-late")
    found.due_on = date(2032, 1, 1)
    with pytest.raises(OnlyTheBoardMovesDates):
        found.save()


def test_reading_part_of_an_action_again_does_not_let_a_date_through(small_plan) -> None:
    found = Action.objects.get(ref="A-late")
    found.due_on = date(2032, 1, 1)
    found.refresh_from_db(fields=["title"])
    with pytest.raises(OnlyTheBoardMovesDates):
        found.save()
    found.refresh_from_db()
    found.save()


def test_a_reference_is_used_once(small_plan, post) -> None:
    with pytest.raises(adding.RefTaken, match="a-LATE"):
        adding.add_action(
            by=SYSTEM, at=AT, objective=small_plan.objective, ref="a-LATE", title="x", owner=post, due_on=TODAY
        )
    with pytest.raises(adding.RefTaken):
        adding.add_objective(by=SYSTEM, at=AT, programme=small_plan.objective.programme, ref="o1", title="x")
    with pytest.raises(adding.RefTaken):
        adding.add_milestone(
            by=SYSTEM, at=AT, programme=small_plan.objective.programme, ref="m1", title="x", owner=post, due_on=TODAY
        )


def test_a_requirement_that_the_notice_lacks_is_refused(westmere, objective, post) -> None:
    with pytest.raises(describing.UnknownRefs, match="Z9"):
        adding.add_action(
            by=SYSTEM,
            at=AT,
            objective=objective,
            ref="A1",
            title="x",
            owner=post,
            due_on=TODAY,
            requirements=["A1", "Z9"],
        )
    assert not Action.objects.exists()


def test_without_a_notice_every_requirement_is_unknown(objective, post) -> None:
    with pytest.raises(describing.UnknownRefs):
        adding.add_milestone(
            by=SYSTEM,
            at=AT,
            programme=objective.programme,
            ref="M1",
            title="x",
            owner=post,
            due_on=TODAY,
            requirements=["A1"],
        )


def test_done_is_said_once_with_a_note_and_not_ahead_of_time(small_plan) -> None:
    def done(action, on=TODAY, note="Done."):
        return progress.mark_done(by=SYSTEM, at=AT, action=action, on=on, note=note)

    with pytest.raises(progress.NothingSaid, match="what was done"):
        done(small_plan.late, note=" ")
    with pytest.raises(progress.TooEarly):
        done(small_plan.late, on=date(2031, 6, 2))
    assert done(small_plan.late).done_on == TODAY
    with pytest.raises(progress.DoneAlready, match="1 June 2031"):
        done(small_plan.late)


def test_a_milestone_is_met_once(small_plan) -> None:
    point = small_plan.milestones[0]
    found = progress.mark_met(by=SYSTEM, at=AT, milestone=point, on=TODAY, note="Minute 4.")
    assert found.state_words(TODAY) == "Met"
    with pytest.raises(progress.DoneAlready):
        progress.mark_met(by=SYSTEM, at=AT, milestone=point, on=TODAY, note="Minute 4.")


def test_an_update_off_track_has_its_cause_and_what_will_recover_it(small_plan) -> None:
    def update(action, cause="capacity", words="No worker.", recovery="A worker comes in July.", **more):
        said = {"is_on_track": False, "cause": cause, "words": words, "recovery": recovery, **more}
        return progress.update_progress(by=SYSTEM, at=AT, action=action, **said)

    with pytest.raises(progress.DoneAlready):
        update(small_plan.done)
    for lacks in ({"cause": ""}, {"words": " "}, {"recovery": ""}):
        with pytest.raises(progress.NothingSaid):
            update(small_plan.late, **lacks)
    with pytest.raises(ValueError, match="weather"):
        update(small_plan.late, cause="weather")
    with pytest.raises(progress.ItsOwnRecovery):
        update(small_plan.late, recovered_by=small_plan.late)
    said = update(small_plan.late, recovery="", recovered_by=small_plan.later, forecast_on=date(2031, 7, 1))
    kept = Action.objects.get(ref="A-late")
    assert (kept.explanation(TODAY), kept.due_on) == (said, date(2031, 5, 31))


def test_a_late_action_is_not_said_to_be_on_track_and_another_needs_no_cause(small_plan) -> None:
    with pytest.raises(progress.OffTrack):
        progress.update_progress(by=SYSTEM, at=AT, action=small_plan.late, is_on_track=True, words="All is well.")
    said = progress.update_progress(by=SYSTEM, at=AT, action=small_plan.now, is_on_track=True, words="Going well.")
    assert (said.cause, small_plan.now.explanation(TODAY), small_plan.now.update_by(TODAY)) == ("", None, said)


@pytest.mark.parametrize("role", ["director", "dfe-observer", "partner-member", "nobody", "elsewhere"])
def test_only_those_permitted_change_the_plan(small_plan, people, post, role: str) -> None:
    by = {"by": people[role], "at": AT}
    programme = small_plan.objective.programme
    for change in (
        lambda: adding.add_objective(**by, programme=programme, ref="O9", title="x"),
        lambda: adding.add_action(**by, objective=small_plan.objective, ref="A9", title="x", owner=post, due_on=TODAY),
        lambda: adding.add_milestone(**by, programme=programme, ref="M9", title="x", owner=post, due_on=TODAY),
        lambda: progress.mark_done(**by, action=small_plan.late, on=TODAY, note="x"),
        lambda: progress.mark_met(**by, milestone=small_plan.milestones[0], on=TODAY, note="x"),
        lambda: progress.update_progress(**by, action=small_plan.late, is_on_track=True, words="x"),
        lambda: loading.load_plan(**by, programme=programme, file=DEVON_PLAN),
    ):
        with pytest.raises(Refused):
            change()


# Loading a plan


@pytest.fixture
def devon(second_programme):
    return load_notice(by=SYSTEM, at=FEBRUARY, programme=second_programme, file=Path("devon-2013.yaml"))


def test_the_shipped_plan_loads_with_its_posts_and_recommendations_all_marked_invented(devon) -> None:
    loaded = loading.load_plan(by=SYSTEM, at=FEBRUARY, programme=devon.programme, file=DEVON_PLAN)
    assert (loaded.n_actions, loaded.n_milestones, loaded.n_new) == (17, 10, 27)
    assert devon.recommendations.count() == 7
    for kind in (Objective, Action, Milestone):
        assert set(kind.objects.values_list("is_invented", flat=True)) == {True}
    assert set(devon.recommendations.values_list("is_invented", flat=True)) == {True}
    dates = list(Action.objects.values_list("due_on", flat=True)) + list(
        Milestone.objects.values_list("due_on", flat=True)
    )
    assert min(dates) >= date(2013, 10, 1)
    assert max(dates) <= date(2014, 9, 30)


def test_loading_a_plan_again_adds_nothing_and_overwrites_nothing(devon) -> None:
    loading.load_plan(by=SYSTEM, at=FEBRUARY, programme=devon.programme, file=DEVON_PLAN)
    Action.objects.filter(ref="A01").update(title="Ours now")
    loaded = loading.load_plan(by=SYSTEM, at=FEBRUARY, programme=devon.programme, file=DEVON_PLAN)
    assert (loaded.n_new, Post.objects.count()) == (0, 13)
    assert Action.objects.get(ref="A01").title == "Ours now"


def test_what_the_file_says_happened_after_today_has_not_happened_yet(devon) -> None:
    october = datetime(2013, 10, 11, 12, tzinfo=UTC)
    loading.load_plan(by=SYSTEM, at=october, programme=devon.programme, file=DEVON_PLAN)
    assert list(Action.objects.filter(done_on__isnull=False).values_list("ref", flat=True)) == ["A12"]
    assert not Action.objects.filter(updates__isnull=False).exists()


def test_a_plan_needs_its_notice(programme) -> None:
    with pytest.raises(NoNotice):
        loading.load_plan(by=SYSTEM, at=AT, programme=programme, file=DEVON_PLAN)


SMALL = """
plan: {title: Small}
agencies: [{code: council, name: Council, kind: council}]
posts: [{code: head, title: Head, agency: council}]
objectives:
  - ref: O1
    title: One
    actions:
      - {ref: A1, title: Do it, owner: head, due_on: 2031-09-01, requirements: [A1]}
milestones:
  - {ref: M1, title: There, owner: head, objective: O1, due_on: 2031-09-01, met_on: 2031-05-01, met_note: Seen}
"""


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        ("owner: head, due_on", "owner: nobody, due_on", "no post “nobody”"),
        ("agency: council}", "agency: elsewhere}", "no “elsewhere”"),
        ("objective: O1", "objective: O9", "no “O9”"),
        ("requirements: [A1]", "requirements: [Z9]", "Z9"),
        ("title: Do it", "titel: Do it", "Unknown key “titel”"),
        ("2031-09-01, requirements", "2031-02-30, requirements", "due_on"),
        ("met_on: 2031-05-01, met_note: Seen", "met_on: 2031-05-01", "met_note"),
    ],
)
def test_a_wrong_plan_is_refused_whole(westmere, programme, tmp_path: Path, was: str, now: str, words: str) -> None:
    assert was in SMALL
    (tmp_path / "plan.yaml").write_text(SMALL.replace(was, now), encoding="utf-8")
    with pytest.raises((UnreadableLibraryFile, describing.UnknownRefs), match=words):
        loading.load_plan(by=SYSTEM, at=AT, programme=programme, file=tmp_path / "plan.yaml")
    assert not Objective.objects.exists()
    assert not Post.objects.exists()


def test_a_milestone_that_the_file_says_is_met_later_is_not_met_yet(westmere, programme, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(SMALL.replace("met_on: 2031-05-01", "met_on: 2031-06-02"), encoding="utf-8")
    loading.load_plan(by=SYSTEM, at=AT, programme=programme, file=tmp_path / "plan.yaml")
    assert Milestone.objects.get().met_on is None


def test_a_right_plan_is_taken(westmere, programme, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(SMALL, encoding="utf-8")
    loaded = loading.load_plan(by=SYSTEM, at=AT, programme=programme, file=tmp_path / "plan.yaml")
    assert loaded.in_words() == "Small: 1 actions and 1 milestones, 2 of them new."
    assert Milestone.objects.get().met_on == date(2031, 5, 1)
