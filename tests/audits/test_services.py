"""An audit's life through its services, and everything that is refused and recorded."""

from datetime import date
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.kept_for_good import OnlyEverAdded
from holdfast.access.models import Account, TrailRow
from holdfast.audits.grading import drawn_for_moderation, standing_grade
from holdfast.audits.models import Audit, Conflict, Critical, Grading, Moderation
from holdfast.audits.selectors import audits as selectors
from holdfast.audits.selectors import criticals
from holdfast.audits.services import auditing, critical, moderating, remedies
from holdfast.organisation import services as organisation
from holdfast.questions import selectors as questions
from holdfast.questions import services as asking

from .conftest import TODAY, add, allocated, answer, at, fresh, handed_in, somebody, to_moderate

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiet(monkeypatch: Any) -> None:
    """Nothing is drawn for moderation by chance."""
    monkeypatch.setattr(auditing, "MODERATED_PERCENT", 0)


@pytest.fixture
def every_one(monkeypatch: Any) -> None:
    """Every audit is drawn for moderation."""
    monkeypatch.setattr(auditing, "MODERATED_PERCENT", 100)


def test_an_audit_goes_to_whoever_is_independent_and_has_the_fewest(audit: Audit, people: Any, programme: Any) -> None:
    given = auditing.allocate_audit(by=people["practice-manager"], at=at(), audit=audit)
    assert given.auditor == people["auditor"]
    second = somebody(programme, "second", ("auditor", "programme", ""))
    again = auditing.allocate_audit(by=SYSTEM, at=at(), audit=add(audit.version, audit.team, "C-1002"))
    assert again.auditor == second


def test_nobody_is_given_their_own_case_and_the_try_is_recorded(audit: Audit, people: Any, teams: Any) -> None:
    own = add(audit.version, teams["north"], "C-1002", worker=people["auditor"])
    with pytest.raises(auditing.NotIndependent, match="own case"):
        auditing.allocate_audit(by=people["practice-manager"], at=at(), audit=own, auditor=people["auditor"].pk)
    row = TrailRow.objects.last()
    assert (row.action, row.detail["rule"]) == ("refused by a rule", "NotIndependent")


def test_a_conflict_declared_after_allocation_stops_the_auditor(audit: Audit, people: Any, programme: Any) -> None:
    given = allocated(audit, people["auditor"])
    auditing.declare_conflict(by=people["auditor"], at=at(), programme=programme, case_ref="c-1001")
    assert Conflict.objects.get().case_ref == "C-1001"
    assert "C-1001" not in str(TrailRow.objects.last().subject)
    assert TrailRow.objects.last().detail == {"audits to give to others": 1}
    assert fresh(given).auditor is None
    with pytest.raises(auditing.NotIndependent, match="omebody else audits this case"):
        auditing.begin_audit(by=people["auditor"], at=at(), audit=given)
    with pytest.raises(auditing.NotIndependent, match="declared a conflict"):
        allocated(audit, people["auditor"])


def test_a_case_that_became_the_auditors_own_is_said_on_the_page_and_is_no_fault_of_ours(
    audit: Audit, people: Any, client_for: Any
) -> None:
    given = allocated(audit, people["auditor"])
    Audit.objects.filter(pk=given.pk).update(worker=people["auditor"])  # the case became theirs after it was allocated
    said = client_for("auditor").post(f"/westmere-2031/audits/{given.number}/answer/")
    assert said.status_code == 403
    assert "own case. Choose somebody else." in said.content.decode()
    assert TrailRow.objects.last().detail["rule"] == "NotIndependent"


def test_a_moderator_who_declares_a_conflict_is_taken_off_what_they_have_not_graded(
    every_one: Any, audit: Audit, people: Any, programme: Any, teams: Any
) -> None:
    done = to_moderate(handed_in(audit, people["auditor"]), people["moderator"])
    auditing.declare_conflict(by=people["moderator"], at=at(), programme=programme, team=teams["north"])
    assert fresh(done).moderation.moderator is None
    assert fresh(done).auditor == people["auditor"], "what was handed in stays"


def test_who_reads_every_audit_grades_none_blind(every_one: Any, audit: Audit, people: Any, programme: Any) -> None:
    both = somebody(programme, "both", ("practice-manager", "programme", ""), ("moderator", "programme", ""))
    with pytest.raises(auditing.NotIndependent, match="reads every audit, and so the grade that it has"):
        to_moderate(handed_in(audit, people["auditor"]), both)


def test_the_teams_own_manager_reads_and_answers_what_was_found_in_its_case(
    unsafe: Critical, people: Any, programme: Any, teams: Any
) -> None:
    own = somebody(programme, "own", ("team-manager", "team", "north"))
    other = somebody(programme, "other", ("team-manager", "team", "south"))
    for name in ("manager-told", "head-told", "director-told"):
        step(unsafe, people["auditor"], name)
    step(unsafe, own, "acknowledged")
    assert criticals.one_critical(own, "westmere-2031", unsafe.pk) == unsafe
    with pytest.raises(Refused):
        criticals.one_critical(other, "westmere-2031", unsafe.pk)
    with pytest.raises(Refused):
        step(unsafe, other, "safe")


def test_only_whoever_leads_on_practice_adds_and_a_name_is_no_reference(audit: Audit, people: Any, teams: Any) -> None:
    facts = {"version": audit.version, "team": teams["north"], "chosen": "random"}
    with pytest.raises(Refused):
        auditing.add_audit(by=people["auditor"], at=at(), programme=audit.programme, case_ref="C-9", **facts)
    with pytest.raises(auditing.NoReference):
        auditing.add_audit(by=SYSTEM, at=at(), programme=audit.programme, case_ref="Anna Smith", **facts)


def test_the_grade_is_the_auditors_until_it_is_moderated(quiet: Any, audit: Audit, people: Any) -> None:
    done = handed_in(audit, people["auditor"])
    graded = standing_grade(done)
    assert (graded.label, graded.whose) == ("Good", "Auditor’s grade, not moderated")
    assert not Moderation.objects.exists()
    with pytest.raises(OnlyEverAdded):
        Grading.objects.get().save()


@pytest.mark.parametrize(("grade", "why"), [("inadequate", "lowest"), ("outstanding", "highest")])
def test_every_lowest_and_highest_grade_is_graded_again(
    quiet: Any, audit: Audit, people: Any, grade: str, why: str
) -> None:
    assert handed_in(audit, people["auditor"], grade).moderation.why == why


def test_the_seed_alone_draws_the_rest(audit: Audit) -> None:
    scale = questions.wording(audit.version).questions[-1].scale
    assert scale is not None
    drawn = [bool(drawn_for_moderation("good", scale, 20, "seed/1", number)) for number in range(2000)]
    assert drawn == [bool(drawn_for_moderation("good", scale, 20, "seed/1", number)) for number in range(2000)]
    assert 340 < sum(drawn) < 460
    assert drawn != [bool(drawn_for_moderation("good", scale, 20, "seed/2", number)) for number in range(2000)]
    assert not drawn_for_moderation("good", scale, 0, "seed/1", 1)
    assert drawn_for_moderation("good", scale, 100, "seed/1", 1) == "share"


def test_a_moderator_who_asks_for_the_first_grade_is_refused_until_theirs_is_given(
    every_one: Any, audit: Audit, people: Any
) -> None:
    moderator = people["moderator"]
    done = to_moderate(handed_in(audit, people["auditor"]), moderator)
    with pytest.raises(selectors.Blind):
        selectors.one_audit(moderator, done.programme.code, done.number)
    moderating.give_second_grade(by=moderator, at=at(), audit=done, grades={"grade": "inadequate"}, why="Left at risk")
    assert selectors.one_audit(moderator, done.programme.code, done.number).number == done.number


def test_the_trail_tells_no_grade_to_who_reads_it_and_no_audits(
    every_one: Any, audit: Audit, people: Any, client_for: Any
) -> None:
    """A case that was drawn because its grade is the lowest has that grade, and the trail says of which team it is."""
    done = to_moderate(handed_in(audit, people["auditor"], "inadequate"), people["moderator"])
    moderating.give_second_grade(by=people["moderator"], at=at(), audit=done, grades={"grade": "good"}, why="Seen")
    page = client_for("dfe-observer").get(f"/{done.programme.code}/trail/").content.decode()
    assert "graded again: yes" in page
    assert not [word for word in ("lowest", "highest", "inadequate", "the same", "why drawn") if word in page]


def test_the_auditor_never_moderates(every_one: Any, audit: Audit, people: Any, programme: Any) -> None:
    both = somebody(programme, "both", ("auditor", "programme", ""), ("moderator", "programme", ""))
    done = handed_in(audit, both)
    with pytest.raises(auditing.NotIndependent, match="audited it"):
        moderating.allocate_moderation(by=SYSTEM, at=at(), audit=done, moderator=both.pk)
    assert TrailRow.objects.last().detail["rule"] == "NotIndependent"


def test_who_is_not_listed_is_refused_and_recorded_when_a_page_is_sent_them_all_the_same(
    every_one: Any, audit: Audit, people: Any, teams: Any, client_for: Any
) -> None:
    own = add(audit.version, teams["north"], "C-1002", worker=people["auditor"])
    done, client = handed_in(audit, people["auditor"]), client_for("practice-manager")
    for page, words in (
        (f"{own.number}/allocate/", "’s own case"),
        (f"{done.number}/moderator/", "audited it"),
    ):
        said = client.post(f"/westmere-2031/audits/{page}", {"account": people["auditor"].pk}).content.decode()
        assert f"{people['auditor'].display_name}{' ' * (words[0] != '’')}{words}. Choose somebody else" in said
        assert "from the list" not in said
        assert TrailRow.objects.last().detail["rule"] == "NotIndependent"
    assert not Audit.objects.get(pk=own.pk).auditor


def test_three_grades_are_kept_apart_and_whoever_gave_one_does_not_decide(
    every_one: Any, audit: Audit, people: Any
) -> None:
    done = to_moderate(handed_in(audit, people["auditor"]), people["moderator"])
    grades, why = {"grade": "requires-improvement"}, "Thinner than it looked"
    moderating.give_second_grade(by=people["moderator"], at=at(), audit=done, grades=grades, why=why)
    assert standing_grade(fresh(done)).whose == "Two grades differ, the final one to come"
    decide = {"audit": done, "grades": grades, "why": "The panel read it again"}
    with pytest.raises(Refused):
        moderating.decide_final_grade(by=people["moderator"], at=at(), **decide)
    moderating.decide_final_grade(by=people["practice-manager"], at=at(), **decide)
    given = {each.part: each.whole for each in Grading.objects.all()}
    assert given == {"auditor": "good", "moderator": "requires-improvement", "final": "requires-improvement"}
    assert standing_grade(fresh(done)).is_moderated


def test_a_manager_of_audits_who_gave_a_grade_does_not_decide(
    every_one: Any, audit: Audit, people: Any, programme: Any
) -> None:
    two = somebody(programme, "two", ("moderator", "programme", ""))
    done = to_moderate(handed_in(audit, people["auditor"]), two)
    moderating.give_second_grade(by=two, at=at(), audit=done, grades={"grade": "inadequate"}, why="x")
    held = {"role": "practice-manager", "programme": programme, "kind": "programme", "key": "", "from_on": TODAY}
    organisation.grant_role(by=SYSTEM, at=at(), account=two, **held)  # and reads every audit from now on
    with pytest.raises(moderating.GaveOne):
        moderating.decide_final_grade(by=two, at=at(), audit=done, grades={"grade": "good"}, why="x")


def test_the_same_grade_twice_is_final_by_itself(every_one: Any, audit: Audit, people: Any) -> None:
    done = to_moderate(handed_in(audit, people["auditor"]), people["moderator"])
    moderating.give_second_grade(by=people["moderator"], at=at(), audit=done, grades={"grade": "good"}, why="Alike")
    assert standing_grade(fresh(done)).whose == "Final grade, moderated"


def test_a_grade_off_its_scale_is_refused(every_one: Any, audit: Audit, people: Any) -> None:
    done = to_moderate(handed_in(audit, people["auditor"]), people["moderator"])
    with pytest.raises(moderating.NoGrade):
        moderating.give_second_grade(by=people["moderator"], at=at(), audit=done, grades={"grade": "fine"}, why="x")


@pytest.fixture
def unsafe(audit: Audit, people: Any) -> Critical:
    answer(allocated(audit, people["auditor"]), people["auditor"], safe="at-risk")
    return Critical.objects.get()


def step(found: Critical, by: Any, name: str, hour: int = 13) -> None:
    critical.take_step(by=by, at=at(hour=hour), critical=found, step=name, words="Said so")


def test_a_critical_answer_is_raised_with_its_time_and_the_audit_waits_until_somebody_is_told(
    unsafe: Critical, people: Any
) -> None:
    assert (unsafe.raised_at, unsafe.raised_by) == (at(), people["auditor"])
    with pytest.raises(auditing.NotTold):
        auditing.hand_in_audit(by=people["auditor"], at=at(hour=13), audit=fresh(unsafe.audit))
    step(unsafe, people["auditor"], "manager-told")
    auditing.hand_in_audit(by=people["auditor"], at=at(hour=14), audit=fresh(unsafe.audit))
    assert fresh(unsafe.audit).handed_in_on == at().date()


def test_it_stays_raised_when_the_answer_is_changed(unsafe: Critical, people: Any) -> None:
    sheet = fresh(unsafe.audit).sheet
    values = {"safe": {"value": "safe"}}
    asking.save_answers(by=people["auditor"], at=at(), sheet=sheet, section="judgement", answers=values, revision=1)
    assert criticals.is_open(criticals.one_critical(SYSTEM, "westmere-2031", unsafe.pk))


def test_the_team_that_answers_for_the_case_neither_confirms_nor_closes(
    unsafe: Critical, people: Any, programme: Any
) -> None:
    theirs = somebody(programme, "theirs", ("team-manager", "team", "north"), ("director", "programme", ""))
    for name in ("manager-told", "head-told", "director-told"):
        step(unsafe, people["auditor"], name)
    step(unsafe, theirs, "acknowledged")
    step(unsafe, theirs, "safe")
    with pytest.raises(critical.TheirOwn):
        step(unsafe, theirs, "confirmed")
    step(unsafe, people["moderator"], "confirmed")
    with pytest.raises(critical.TheirOwn):
        step(unsafe, theirs, "closed")
    assert TrailRow.objects.last().detail["rule"] == "TheirOwn"
    step(unsafe, people["director"], "closed")
    assert not criticals.is_open(criticals.one_critical(SYSTEM, "westmere-2031", unsafe.pk))


def told(unsafe: Critical, people: Any) -> None:
    for name in ("manager-told", "head-told", "director-told"):
        step(unsafe, people["auditor"], name)


def test_a_team_manager_of_the_whole_programme_neither_confirms_nor_closes(unsafe: Critical, people: Any) -> None:
    told(unsafe, people)
    manager, lead = people["team-manager"], people["practice-manager"]
    step(unsafe, lead, "acknowledged")
    step(unsafe, people["director"], "safe")
    with pytest.raises(critical.TheirOwn, match="team manager of the whole programme, North team among it"):
        step(unsafe, manager, "confirmed")
    step(unsafe, people["moderator"], "confirmed")
    with pytest.raises(critical.TheirOwn, match="team manager of the whole programme"):
        step(unsafe, manager, "closed")
    assert TrailRow.objects.last().detail["rule"] == "TheirOwn"
    step(unsafe, people["moderator"], "closed")


def test_who_answered_for_the_team_or_said_that_the_child_is_safe_does_not_close(unsafe: Critical, people: Any) -> None:
    told(unsafe, people)
    step(unsafe, people["practice-manager"], "acknowledged")
    step(unsafe, people["director"], "safe")
    with pytest.raises(critical.TheirOwn, match="You answered for the team"):
        step(unsafe, people["practice-manager"], "confirmed")
    step(unsafe, people["moderator"], "confirmed")
    with pytest.raises(critical.TheirOwn, match="You answered for the team"):
        step(unsafe, people["practice-manager"], "closed")
    with pytest.raises(critical.SamePerson, match="You said that the child is safe"):
        step(unsafe, people["director"], "closed")
    assert TrailRow.objects.last().detail["rule"] == "SamePerson"
    assert criticals.is_open(criticals.one_critical(SYSTEM, "westmere-2031", unsafe.pk))


def test_a_second_reader_confirms_and_each_step_waits_for_the_one_before(unsafe: Critical, people: Any) -> None:
    director = people["director"]
    with pytest.raises(critical.NotYet, match="waits"):
        step(unsafe, director, "acknowledged")
    step(unsafe, director, "manager-told")
    with pytest.raises(critical.NotYet, match="already"):
        step(unsafe, director, "manager-told")
    step(unsafe, director, "safe")
    with pytest.raises(critical.SamePerson):
        step(unsafe, director, "confirmed")
    with pytest.raises(critical.NotYet):
        step(unsafe, people["moderator"], "closed")
    with pytest.raises(Refused):
        step(unsafe, people["auditor"], "confirmed")


def test_who_read_an_answer_for_the_childs_safety_does_not_grade_the_case_blind(
    every_one: Any, unsafe: Critical, people: Any, programme: Any
) -> None:
    second = somebody(programme, "second", ("moderator", "programme", ""))
    for by, name in (("auditor", "manager-told"), ("auditor", "head-told"), ("auditor", "director-told")):
        step(unsafe, people[by], name)
    step(unsafe, people["team-manager"], "acknowledged")
    step(unsafe, people["director"], "safe")
    step(unsafe, people["moderator"], "confirmed")
    auditing.hand_in_audit(by=people["auditor"], at=at(hour=14), audit=fresh(unsafe.audit))
    done = fresh(unsafe.audit)
    with pytest.raises(auditing.NotIndependent, match="read an answer of it, for the child’s safety"):
        moderating.allocate_moderation(by=SYSTEM, at=at(), audit=done, moderator=people["moderator"].pk)
    given = moderating.allocate_moderation(by=SYSTEM, at=at(), audit=done)
    assert given.moderator == second
    with pytest.raises(Refused):  # what the page says of the child is half of the grade
        criticals.one_critical(second, "westmere-2031", unsafe.pk)
    moderating.give_second_grade(by=second, at=at(), audit=fresh(done), grades={"grade": "good"}, why="Read whole")
    assert criticals.one_critical(second, "westmere-2031", unsafe.pk) == unsafe


def test_a_step_is_not_dated_before_the_finding_or_in_the_future(unsafe: Critical, people: Any) -> None:
    for hour in (11, 15):
        with pytest.raises(critical.OddTime):
            critical.take_step(
                by=people["director"],
                at=at(hour=14),
                critical=unsafe,
                step="manager-told",
                words="x",
                happened_at=at(hour=hour),
            )


@pytest.fixture
def asked_for(audit: Audit, people: Any, programme: Any) -> Any:
    council = organisation.add_agency(by=SYSTEM, at=at(), programme=programme, code="council", name="C", kind="council")
    post = organisation.add_post(by=SYSTEM, at=at(), programme=programme, code="qa", title="QA", agency=council)
    given = allocated(audit, people["auditor"])
    facts = {"level": "team", "words": "Train the team", "owner": post, "due_on": date(2031, 7, 1)}
    return remedies.ask_for(by=people["auditor"], at=at(), audit=given, **facts)


def test_what_is_asked_for_is_verified_by_somebody_else(asked_for: Any, people: Any) -> None:
    manager = people["practice-manager"]
    with pytest.raises(remedies.NotNow):
        remedies.verify(by=manager, at=at(), remedy=asked_for)
    remedies.say_done(by=manager, at=at(), remedy=asked_for, words="All were trained")
    with pytest.raises(remedies.OwnWork):
        remedies.verify(by=manager, at=at(), remedy=asked_for)
    assert remedies.verify(by=people["director"], at=at(), remedy=asked_for).verified_by == people["director"]


def test_what_is_asked_of_a_team_becomes_an_action_of_the_one_plan(asked_for: Any, people: Any, programme: Any) -> None:
    from holdfast.plan.models import Action
    from holdfast.plan.services import adding

    office = people["programme-office"]
    objective = adding.add_objective(by=SYSTEM, at=at(), programme=programme, ref="O1", title="Better practice")
    facts = {"objective": objective, "ref": "A40", "title": "Train every team in direct work"}
    kept = remedies.put_in_plan(by=office, at=at(), remedy=asked_for, **facts)
    action = Action.objects.get()
    assert (kept.plan_ref, action.raised_kind, action.raised_ref) == ("A40", "audit finding", "audit/1")
    with pytest.raises(remedies.NotNow):
        remedies.put_in_plan(by=office, at=at(), remedy=asked_for, **{**facts, "ref": "A41"})


def test_the_home_of_who_must_act_begins_with_a_child_who_may_not_be_safe(
    unsafe: Critical, people: Any, programme: Any, client_for: Any
) -> None:
    somebody(programme, "own", ("team-manager", "team", "north"))
    somebody(programme, "other", ("team-manager", "team", "south"))
    people.update({name: Account.objects.get(username=name) for name in ("own", "other")})
    said = "Audit 1: a child who may not be safe"
    for name in ("director", "practice-manager", "team-manager", "own", "auditor"):
        assert said in client_for(name).get("/westmere-2031/").content.decode(), name
    assert said not in client_for("other").get("/westmere-2031/").content.decode()
