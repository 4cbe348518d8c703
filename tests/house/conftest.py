"""A small programme with something in every room, so that a walk through the pages finds pages worth looking at."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from house.ground import SOURCE


@pytest.fixture
def furnished(programme: Any, people: Any, tmp_path: Path, settings: Any) -> Any:
    """The standing programme with bodies, posts, agreements, a notice, a plan, a published release and an edition."""
    settings.HOLDFAST_DATA = tmp_path / "data"
    settings.HOLDFAST_DATA.mkdir()
    for furnish in (_people, _agreements, _notice, _plan, _audits, _practice, _returns, _report):
        furnish(programme, people, tmp_path)
    return programme


def _now() -> dict[str, Any]:
    return {"by": SYSTEM, "at": clock.now()}


def _people(programme: Any, people: Any, folder: Path) -> None:
    from holdfast.organisation import services

    council = services.add_agency(**_now(), programme=programme, code="council", name="The council", kind="council")
    board = services.add_body(**_now(), programme=programme, code="board", name="Improvement Board")
    services.add_alias(**_now(), body=board, name="Safeguarding Improvement Board")
    services.add_team(**_now(), programme=programme, code="north", name="North team")
    services.add_post(
        **_now(), programme=programme, code="dcs", title="Director", agency=council, holder=people["director"]
    )


def _agreements(programme: Any, people: Any, folder: Path) -> None:
    from holdfast.agreements import services

    facts = {"code": "thresholds", "kind": "thresholds", "title": "Thresholds for assessment"}
    subject = services.add_subject(**_now(), programme=programme, **facts)
    for words, also in (("Any child.", []), ("Any child in need.", [("agency", "council")])):
        asked = {"parties": [("body", "board")], "also": also}
        version = services.propose_version(**_now(), subject=subject, words=words, **asked)
        for party in version.parties.filter(kind="body"):
            services.say(**_now(), version=version, party=party, answer="agreed", minute="Board, item 6")
    services.record_review(**_now(), subject=subject, reviewed_on=clock.today(), words="It stands.")
    facts = {"code": "terms", "kind": "terms-of-reference", "title": "Terms of reference"}
    subject = services.add_subject(**_now(), programme=programme, **facts)
    document = ("terms.pdf", b"%PDF-1.4 invented")
    services.withdraw_version(
        **_now(),
        version=services.propose_version(**_now(), subject=subject, file=document, parties=[("body", "board")]),
        reason="Put forward by mistake.",
    )


def _notice(programme: Any, people: Any, folder: Path) -> None:
    from holdfast.notice.services import loading

    file = SOURCE / "notice" / "library" / "devon-2013.yaml"
    loading.load_notice(**_now(), programme=programme, file=file)


def _plan(programme: Any, people: Any, folder: Path) -> None:
    from holdfast.organisation.models import Post
    from holdfast.plan.services import adding

    owner, due_on = Post.objects.get(programme=programme, code="dcs"), clock.today() + timedelta(days=30)
    objective = adding.add_objective(**_now(), programme=programme, ref="O1", title="See every child in time")
    facts = {"owner": owner, "due_on": due_on, "requirements": ["R01"], "indicator": "I03"}
    adding.add_action(**_now(), objective=objective, ref="P1", title="Fill the vacant posts", **facts)
    adding.add_milestone(**_now(), programme=programme, ref="M1", title="Every post filled", **facts)


def _audits(programme: Any, people: Any, folder: Path) -> None:
    """A programme of audits, an audit that found a child who may not be safe, and one graded again by somebody else."""
    from holdfast.audits.models import Audit, Critical
    from holdfast.audits.services import auditing, critical, moderating, remedies, writing
    from holdfast.organisation.models import Post, Team
    from holdfast.questions import reading
    from holdfast.questions import services as questions

    content = reading.from_file(reading.LIBRARY / "oversight-dip-sample.yaml")
    content["sections"][0]["questions"] = [one for one in content["sections"][0]["questions"] if one["code"] != "note"][
        :1
    ]
    content["sections"][0]["questions"] += [
        {"code": "safe-today", "ask": "Is the child safe today?", "scale": "safe-today", "stops_on": ["at-risk"]},
        {"code": "grade", "ask": "How do you grade it?", "scale": "four-grades", "judges": "whole"},
    ]
    content = reading.from_text(reading.as_text({key: content[key] for key in ("set", "principles", "sections")}))
    version = questions.write_version(**_now(), programme=programme, content=content)
    lines = [writing.Line("dip-sample", "Dip sample", "month", 2, "All open cases")]
    facts = {"lines": lines, "moderated_percent": 20, "oversight": "By the chair.", "from_on": clock.today()}
    writing.write_audit_plan(**_now(), programme=programme, **facts)
    critical.keep_out_of_hours(**_now(), programme=programme, words="Emergency duty team, 0345 000 0000")
    auditor = {"by": people["auditor"], "at": clock.now()}
    team = Team.objects.get(code="north")
    auditing.declare_conflict(**auditor, programme=programme, case_ref="C-9")
    for ref, safe, grade in (("C-1", "at-risk", "inadequate"), ("C-2", "safe", "outstanding"), ("C-3", "", "")):
        facts = {"case_ref": ref, "team": team, "chosen": "random", "version": version}
        audit = auditing.add_audit(**_now(), programme=programme, **facts)
        audit = auditing.allocate_audit(**_now(), audit=audit, auditor=people["auditor"].pk)
        audit = auditing.begin_audit(**auditor, audit=audit)
        given = {"decision-there": "yes", "safe-today": safe, "grade": grade}
        answers = {code: {"value": value} for code, value in given.items()}
        sending = {"section": "oversight", "answers": answers, "revision": 0}
        questions.save_answers(**auditor, sheet=audit.sheet, **sending)
        for found in Critical.objects.filter(audit=audit):
            said = {"step": "manager-told", "words": "Rang the manager"}
            critical.take_step(by=people["auditor"], at=clock.now(), critical=found, **said)
        if grade:
            auditing.hand_in_audit(by=people["auditor"], at=clock.now(), audit=audit)
    audit = Audit.objects.get(number=2)
    moderating.allocate_moderation(**_now(), audit=audit, moderator=people["moderator"].pk)
    moderator = {"by": people["moderator"], "at": clock.now()}
    moderating.give_second_grade(**moderator, audit=audit, grades={"grade": "good"}, why="Good, and no more")
    moderating.allocate_moderation(**_now(), audit=Audit.objects.get(number=1), moderator=people["moderator"].pk)
    asks = {"level": "child", "words": "See the child", "owner": Post.objects.get(code="dcs"), "due_on": clock.today()}
    remedies.say_done(**_now(), remedy=remedies.ask_for(**auditor, audit=audit, **asks), words="Seen")


def _practice(programme: Any, people: Any, folder: Path) -> None:
    """Who was told of the thresholds, an exercise that is open, and one that three of the council decided."""
    from holdfast.agreements.models import Version
    from holdfast.organisation.models import Agency
    from holdfast.practice.services import thresholds
    from holdfast.questions import reading
    from holdfast.questions import services as questions

    told = {"agency": Agency.objects.get(code="council"), "told_on": clock.today(), "n_people": 4}
    told |= {"version": Version.objects.get(subject__code="thresholds", number=2), "whom": "Social workers"}
    thresholds.record_briefing(**_now(), programme=programme, how="meeting", **told)
    content = reading.from_file(reading.LIBRARY / "threshold-panel.yaml")
    version = questions.write_version(**_now(), programme=programme, content=content)
    for title in ("Closed", "Open"):
        facts = {"title": title, "version": version, "due_on": clock.today()}
        exercise = thresholds.set_exercise(**_now(), programme=programme, **facts)
        case = {"case": "An invented family.", "meant": "early-help", "why": "Two needs."}
        vignette = thresholds.add_vignette(**_now(), exercise=exercise, **case)
        if title == "Closed":
            thresholds.decide_vignette(by=people["director"], at=clock.now(), vignette=vignette, level="early-help")
            thresholds.close_exercise(**_now(), exercise=exercise)


def _returns(programme: Any, people: Any, folder: Path) -> None:
    from holdfast.performance.selectors.releases import release_to_publish
    from holdfast.performance.services import intake, releases
    from performance import census

    programme.council.code = census.AUTHORITY
    programme.council.save()
    file = census.write(folder / "sent", census.census(), "census.xml")
    intake.submit_return(**_now(), programme=programme, file=file, name="census.xml")
    from holdfast.jobs import queue

    queue.work(until_empty=True)
    release = release_to_publish(SYSTEM, programme.code)
    releases.publish_release(**_now(), release=release)


def _report(programme: Any, people: Any, folder: Path) -> None:
    from holdfast.reports import services

    services.freeze_edition(**_now(), programme=programme, kind="ministers", on=date(2014, 1, 31))
    chair = {"by": people["board-chair"], "at": clock.now()}
    for due_on in (date(2013, 12, 31), date(2014, 3, 31)):
        draft = services.begin_chair_report(**chair, programme=programme, due_on=due_on)
        draft = services.write_section(**chair, draft=draft, section="plan", words="Every action is completed.")
        if due_on == date(2013, 12, 31):
            services.send_chair_report(**chair, draft=draft)
