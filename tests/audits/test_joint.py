"""Audits of one child by several agencies: own returns until the panel, one judgement, lessons into the one list."""

from datetime import date, timedelta
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.kept_for_good import OnlyEverAdded
from holdfast.access.models import TrailRow
from holdfast.access.selectors import sentence
from holdfast.audits import practice_checks
from holdfast.audits.models import Audit, Critical, JointAudit, JointReturn
from holdfast.audits.selectors import audits
from holdfast.audits.selectors import joint as selectors
from holdfast.audits.services import auditing
from holdfast.audits.services import joint as services
from holdfast.audits.services.critical import take_step
from holdfast.notice.answers import Asking
from holdfast.organisation import services as organisation
from holdfast.plan.services.adding import add_objective
from holdfast.questions import services as asking

from .conftest import TODAY, at, somebody

pytestmark = pytest.mark.django_db
CODE, PAGES = "westmere-2031", "/westmere-2031/audits/agencies/"
AGENCIES = ("police", "health")
FACTS: dict[str, Any] = {"title": "A child known to two", "case_ref": "C-7001", "due_on": date(2031, 6, 20)}


@pytest.fixture
def answerers(programme: Any, people: Any) -> dict[str, Any]:
    made = {name: somebody(programme, f"{name}-reader", ("auditor", "programme", "")) for name in AGENCIES}
    people.update({account.username: account for account in made.values()})
    return made


@pytest.fixture
def joint(programme: Any, version: Any, teams: Any, people: Any, answerers: Any) -> JointAudit:
    facts = {**FACTS, "programme": programme, "version": version, "team": teams["north"]}
    made = services.add_joint_audit(by=people["dscb-member"], at=at(), **facts)
    for name, answerer in answerers.items():
        agency = organisation.add_agency(by=SYSTEM, at=at(), programme=programme, code=name, name=name.capitalize())
        services.ask_agency(by=people["dscb-member"], at=at(), joint=made, agency=agency, answerer=answerer)
    return made


def own(joint: JointAudit, agency: str) -> JointReturn:
    return selectors.one_return(SYSTEM, CODE, joint.number, agency)


def answered(joint: JointAudit, agency: str, grade: str = "good", safe: str = "safe") -> JointReturn:
    found = own(joint, agency)
    found = services.begin_return(by=found.answerer, at=at(), found=found)
    for section, given in (("seen", {"child-seen": "no"}), ("judgement", {"safe": safe, "grade": grade})):
        values = {code: {"value": value} for code, value in given.items()}
        asking.save_answers(by=found.answerer, at=at(), sheet=found.sheet, section=section, answers=values, revision=0)
    return found


def handed_in(joint: JointAudit, agency: str, grade: str = "good") -> JointReturn:
    found = answered(joint, agency, grade)
    return services.hand_in_return(by=found.answerer, at=at(), found=found)


@pytest.fixture
def opened(joint: JointAudit, people: Any) -> JointAudit:
    for name, grade in zip(AGENCIES, ("good", "inadequate"), strict=True):
        handed_in(joint, name, grade)
    return services.open_panel(by=people["dscb-member"], at=at(), joint=joint)


def test_an_agency_reading_anothers_return_before_the_panel_is_refused_and_recorded(
    joint: JointAudit, client_for: Any, answerers: Any
) -> None:
    handed_in(joint, "police")
    page = client_for(answerers["health"].username).get(PAGES + "1/returns/police/")
    assert page.status_code == 403
    [row] = TrailRow.objects.filter(action="refused", by=answerers["health"].username)
    said = f"Health was refused {PAGES}1/returns/police/, and told: “An agency reads its own return alone"
    assert sentence(row, "Health").startswith(said)


@pytest.mark.parametrize("who", ["dscb-member", "practice-manager", "director", "programme-office"])
def test_before_the_panel_nobody_else_reads_a_return_whatever_their_role(
    joint: JointAudit, people: Any, who: str
) -> None:
    handed_in(joint, "police")
    with pytest.raises(Refused):
        selectors.one_return(people[who], CODE, 1, "police")


def test_an_agency_reads_its_own_return_and_its_page_says_no_others_grade(
    joint: JointAudit, client_for: Any, answerers: Any
) -> None:
    handed_in(joint, "police", "inadequate")
    police = client_for(answerers["police"].username)
    assert police.get(PAGES + "1/returns/police/").status_code == 200
    assert "Inadequate" not in client_for(answerers["health"].username).get(PAGES + "1/").content.decode()


def test_the_panel_does_not_open_before_every_return_is_in(joint: JointAudit, people: Any) -> None:
    handed_in(joint, "police")
    with pytest.raises(services.PanelNotReady, match="Not handed in yet: Health"):
        services.open_panel(by=people["dscb-member"], at=at(), joint=joint)


def test_one_agency_alone_is_no_panel(programme: Any, version: Any, teams: Any, people: Any) -> None:
    facts = {**FACTS, "programme": programme, "version": version, "team": teams["north"]}
    made = services.add_joint_audit(by=SYSTEM, at=at(), **facts)
    with pytest.raises(services.PanelNotReady, match="at least two"):
        services.open_panel(by=people["dscb-member"], at=at(), joint=made)


def test_once_the_panel_is_open_each_agency_reads_the_others(
    opened: JointAudit, answerers: Any, client_for: Any
) -> None:
    health = client_for(answerers["health"].username)
    assert health.get(PAGES + "1/returns/police/").status_code == 200
    assert "Inadequate" in client_for(answerers["police"].username).get(PAGES + "1/").content.decode()


def test_whoever_has_no_part_reads_no_return_after_the_panel_either(opened: JointAudit, people: Any) -> None:
    with pytest.raises(selectors.NoSuchJointAudit):
        selectors.one_return(people["elected-member"], CODE, 1, "police")


def test_nobody_is_asked_and_nothing_handed_in_once_the_panel_is_open(opened: JointAudit, programme: Any) -> None:
    found = own(opened, "police")
    with pytest.raises(services.PanelIsOpen):
        services.hand_in_return(by=found.answerer, at=at(), found=found)


def test_nobody_answers_for_two_agencies_or_of_a_case_that_is_not_theirs_to_audit(
    joint: JointAudit, programme: Any, people: Any, answerers: Any
) -> None:
    school = organisation.add_agency(by=SYSTEM, at=at(), programme=programme, code="schools", name="Schools")
    ask = {"by": people["dscb-member"], "at": at(), "joint": joint, "agency": school}
    with pytest.raises(services.NotDone, match="answers for another agency"):
        services.ask_agency(**ask, answerer=answerers["police"])
    manager = somebody(programme, "north-manager", ("team-manager", "team", "north"), ("auditor", "programme", ""))
    with pytest.raises(auditing.NotIndependent):
        services.ask_agency(**ask, answerer=manager)
    court = somebody(programme, "court-reader", ("auditor", "programme", ""), ("partner-member", "agency", "health"))
    with pytest.raises(auditing.NotIndependent, match="works for Health, and the record is that of Schools"):
        services.ask_agency(**ask, answerer=court)


def test_the_panels_judgement_keeps_reasons_and_dissent_and_stays(opened: JointAudit, people: Any) -> None:
    given = {"whole": "requires-improvement", "reasons": "Each knew a part.", "dissent": "Health: it was good."}
    kept = services.judge(by=people["dscb-member"], at=at(), joint=opened, **given)
    assert (kept.whole, kept.dissent) == ("requires-improvement", "Health: it was good.")
    with pytest.raises(services.NotDone):
        services.judge(by=people["dscb-member"], at=at(), joint=opened, **given)
    with pytest.raises(OnlyEverAdded):
        kept.save()


def test_a_judgement_before_the_panel_opens_is_refused(joint: JointAudit, people: Any) -> None:
    with pytest.raises(services.PanelNotReady):
        services.judge(by=people["dscb-member"], at=at(), joint=joint, whole="good", reasons="Early.")


def test_a_lesson_becomes_an_action_by_a_post_of_its_own_agency(
    opened: JointAudit, people: Any, programme: Any, client_for: Any
) -> None:
    police, health = (own(opened, name).agency for name in AGENCIES)
    lesson = services.add_lesson(by=people["dscb-member"], at=at(), joint=opened, agency=police, words="Ring first.")
    posts = [
        organisation.add_post(by=SYSTEM, at=at(), programme=programme, code=each.code, title=each.name, agency=each)
        for each in (police, health)
    ]
    objective = add_objective(by=SYSTEM, at=at(), programme=programme, ref="O1", title="Together")
    facts = {"objective": objective, "ref": "A90", "title": "Ring first", "due_on": date(2031, 9, 1)}
    with pytest.raises(services.NotDone, match="of the agency"):
        services.act_on_lesson(by=people["programme-office"], at=at(), lesson=lesson, owner=posts[1], **facts)
    kept = services.act_on_lesson(by=people["programme-office"], at=at(), lesson=lesson, owner=posts[0], **facts)
    assert kept.plan_ref == "A90"
    again = services.add_lesson(by=people["dscb-member"], at=at(), joint=opened, agency=police, words="Ring twice.")
    sent = {"objective": objective.pk, "ref": "A91", "title": "Ring twice", "owner": posts[0].pk}
    sent |= {"due_on-day": "1", "due_on-month": "9", "due_on-year": "2031"}
    page = client_for("programme-office").post(f"{PAGES}lessons/{again.pk}/act/", sent, follow=True)
    assert page.redirect_chain[0][0].endswith("/plan/actions/A91/")
    assert '/plan/actions/A90/"' in client_for("dscb-member").get(f"{PAGES}1/").content.decode()
    with pytest.raises(services.NotDone, match="already"):
        services.act_on_lesson(by=people["programme-office"], at=at(), lesson=lesson, owner=posts[0], **facts)


def test_a_return_that_says_a_child_may_not_be_safe_is_told_like_any_other_audit(
    joint: JointAudit, client_for: Any, answerers: Any
) -> None:
    answered(joint, "police", safe="at-risk")
    [critical] = Critical.objects.all()
    assert critical.audit.case_ref == "C-7001"
    page = client_for(answerers["police"].username).get(PAGES + "1/answer/stopped/")
    assert page["Location"].endswith(f"/audits/safety/{critical.pk}/")
    police = client_for(answerers["police"].username)
    kept = police.post(PAGES + "1/answer/").content.decode()
    assert "nobody is recorded as told. Tell them now, and record it first." in kept
    assert "Whom to tell, and how to record it" in kept
    step = {"critical": critical, "step": "manager-told", "words": "Rang the manager"}
    take_step(by=answerers["police"], at=at(), **step)
    assert police.post(PAGES + "1/answer/").status_code == 302
    assert own(joint, "police").handed_in_on == TODAY
    health = client_for(answerers["health"].username).get("/westmere-2031/").content.decode()
    assert "Answer for Health in multi-agency audit 1" in health


def test_words_that_seem_to_name_somebody_are_warned_of_and_only_their_kind_is_recorded(
    opened: JointAudit, client_for: Any, people: Any
) -> None:
    board = client_for("dscb-member")
    typed = {"whole": "good", "reasons": "We read that Jamie Oldcastle was born on 3/4/2020.", "dissent": ""}
    asked = board.post(PAGES + "1/judge/", typed)
    assert "looks like a date of birth or a name" in asked.content.decode()
    assert not hasattr(selectors.one_joint(SYSTEM, CODE, 1), "judgement")
    assert board.post(PAGES + "1/judge/", {**typed, "sure": "yes"}).status_code == 302
    row = TrailRow.objects.get(action="panel of agencies judged")
    assert row.detail["looks like"] == "a date of birth, a name"
    assert "Oldcastle" not in str(row.detail)


def test_a_case_reference_that_is_a_name_is_refused(programme: Any, version: Any, teams: Any, people: Any) -> None:
    facts = {**FACTS, "case_ref": "Jamie", "programme": programme, "version": version, "team": teams["north"]}
    with pytest.raises(auditing.NoReference):
        services.add_joint_audit(by=people["dscb-member"], at=at(), **facts)


def test_an_agency_answers_and_the_board_opens_judges_and_records_lessons_on_the_pages(
    joint: JointAudit, client_for: Any, answerers: Any
) -> None:
    handed_in(joint, "health")
    police, board = client_for(answerers["police"].username), client_for("dscb-member")
    assert "Begin the return" in police.get(PAGES + "1/answer/").content.decode()
    assert own(joint, "police").sheet is None, "looking begins nothing"
    assert police.post(PAGES + "1/answer/")["Location"] == PAGES + "1/answer/"
    assert own(joint, "police").sheet is not None
    answered(joint, "police")
    assert "Hand it in" in police.get(PAGES + "1/answer/").content.decode()
    assert police.post(PAGES + "1/answer/").status_code == 302
    assert board.post(PAGES + "1/open/").status_code == 302
    assert board.post(PAGES + "1/judge/", {"whole": "good", "reasons": "All saw it."}).status_code == 302
    agency = own(joint, "police").agency
    assert board.post(PAGES + "1/lessons/add/", {"agency": agency.pk, "words": "Ring first."}).status_code == 302
    page = client_for("practice-manager").get(PAGES + "1/").content.decode()
    assert "Ring first." in page
    assert "All saw it." in page


def test_the_check_asks_for_a_judgement_and_an_action_for_each_lesson(opened: JointAudit, people: Any) -> None:
    def said(on: date = TODAY) -> tuple[str, str]:
        answer = practice_checks.joint_audits_learnt_from(
            Asking(SYSTEM, opened.programme, on), None, caution="Minutes say more."
        )
        return answer.state, answer.sentence

    assert said()[0] == "no evidence"
    given = {"whole": "good", "reasons": "All saw it."}
    services.judge(by=people["dscb-member"], at=at(), joint=opened, **given)
    police = own(opened, "police").agency
    services.add_lesson(by=people["dscb-member"], at=at(), joint=opened, agency=police, words="Ring first.")
    words = "1 multi-agency audit was judged by a panel in the year to 2 June 2031: 0 of 1 lesson have an action."
    assert said() == ("at risk", f"{words} Minutes say more.")
    assert said(TODAY + timedelta(days=29))[0] == "not met"


def test_the_checks_of_what_was_asked_for_read_it_once(
    opened: JointAudit, people: Any, django_assert_num_queries: Any
) -> None:
    services.judge(by=people["dscb-member"], at=at(), joint=opened, whole="good", reasons="All saw it.")
    asked = Asking(SYSTEM, opened.programme, TODAY)
    with django_assert_num_queries(1):
        assert practice_checks.findings_have_actions(asked, None).state == "no evidence"
        said = practice_checks.joint_audits_learnt_from(asked, None, caution="Minutes say more.")
    assert "no lesson was recorded." in said.sentence


def test_a_case_file_of_the_council_goes_to_no_partners_reader(
    joint: JointAudit, audit: Audit, programme: Any, people: Any
) -> None:
    health = organisation.add_agency(by=SYSTEM, at=at(), programme=programme, code="nhs", name="NHS", kind="health")
    council = organisation.add_agency(
        by=SYSTEM, at=at(), programme=programme, code="own", name="Council", kind="council"
    )
    nurse = somebody(programme, "nurse", ("auditor", "programme", ""))
    somebody(programme, "member", ("auditor", "programme", ""), ("partner-member", "agency", "nhs"))
    assert {one.name for one in audits.may_audit(audit)} == {people["team-manager"].display_name}
    with pytest.raises(auditing.NotIndependent, match="othing on record says that Nurse works for the council"):
        auditing.allocate_audit(by=SYSTEM, at=at(), audit=audit, auditor=nurse.pk)
    for agency, holder in ((health, nurse), (council, people["auditor"])):
        post = {"programme": programme, "code": f"{agency.code}-reader", "title": "Reader", "agency": agency}
        organisation.add_post(by=SYSTEM, at=at(), holder=holder, **post)
    partners = {"Nurse", "Member", "Police-reader", "Health-reader"}
    assert not partners & {one.name for one in (*audits.may_audit(audit), *audits.may_sit(audit))}
    assert people["auditor"].pk in [one.account for one in audits.may_audit(audit)]
    with pytest.raises(auditing.NotIndependent, match="Nurse works for NHS, and the case file is the council’s"):
        auditing.allocate_audit(by=SYSTEM, at=at(), audit=audit, auditor=nurse.pk)
    services.ask_agency(by=people["dscb-member"], at=at(), joint=joint, agency=health, answerer=nurse)


def test_who_is_of_the_councils_staff_stays_an_auditor_whatever_agency_they_answered_for(
    joint: JointAudit, audit: Audit, programme: Any, people: Any
) -> None:
    court = organisation.add_agency(by=SYSTEM, at=at(), programme=programme, code="court", name="Court", kind="court")
    manager = people["team-manager"]
    with pytest.raises(auditing.NotIndependent, match="works for the council, and the record is that of Court"):
        services.ask_agency(by=people["dscb-member"], at=at(), joint=joint, agency=court, answerer=manager)
    JointReturn.objects.create(joint=joint, agency=court, answerer=manager, asked_on=TODAY)  # from before that rule
    assert manager.pk in [one.account for one in audits.may_audit(audit)]
