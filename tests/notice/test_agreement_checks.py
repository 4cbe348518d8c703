"""What agreements show of a requirement: worked around the days on which the last party answered, and on past days."""

from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Any

import pytest

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.agreements import contents, services
from holdfast.notice import agreement_checks as checks
from holdfast.notice.answers import Asking
from holdfast.organisation import services as organisation

ON, ISSUED = date(2014, 2, 10), date(2013, 9, 12)
BOARD, DSCB, POLICE, HEALTH = ("body", "board"), ("body", "dscb"), ("agency", "police"), ("agency", "health")
PLAN = SimpleNamespace(when={"kind": "within", "months": 1, "if_weekend": "keep"}, triggered_on=None)


def at(day: date) -> datetime:
    return datetime.combine(day, time(12), clock.LONDON)


@pytest.fixture(autouse=True)
def parties(programme: Any, settings: Any) -> None:
    settings.HOLDFAST_TODAY = ON
    who = {"by": SYSTEM, "at": at(ON), "programme": programme}
    board = organisation.add_body(**who, code="board", name="Improvement Board")
    organisation.add_alias(by=SYSTEM, at=at(ON), body=board, name="SIB")
    organisation.add_body(**who, code="dscb", name="Safeguarding Board")
    for code in ("police", "health"):
        organisation.add_agency(**who, code=code, name=code.capitalize(), kind=code)


def subject(programme, kind="thresholds", code="", title="Thresholds"):
    facts = {"code": code or kind, "kind": kind, "title": title}
    return services.add_subject(by=SYSTEM, at=at(ISSUED), programme=programme, **facts)


def version(of, on, *parties, words="Any child.", **more):
    return services.propose_version(by=SYSTEM, at=at(on), subject=of, words=words, parties=list(parties), **more)


def said(one, named, on, answer="agreed", words=""):
    party = one.parties.get(kind=named[0], key=named[1])
    facts = {"answer": answer, "words": words, "minute": "M", "said_on": on}
    return services.say(by=SYSTEM, at=at(on), version=one, party=party, **facts)


def in_force(programme, on=ON, user=SYSTEM, **params):
    asking = Asking(user, programme, on, SimpleNamespace(issued_on=ISSUED))
    return checks.agreement_in_force(asking, None, **{"kind": "thresholds", **params})


def agreed(programme, on=ON):
    asking = Asking(SYSTEM, programme, on, SimpleNamespace(issued_on=ISSUED))
    return checks.plan_agreed(asking, PLAN, bodies=["Improvement Board"], partners=["police", "health"])


def test_with_nothing_put_forward_there_is_no_evidence(programme) -> None:
    assert in_force(programme, bodies=["SIB"]).state == "no evidence"
    subject(programme)
    assert in_force(programme, bodies=["SIB"]).sentence == "No version of thresholds has been put forward."


def test_met_needs_everybody_whom_the_notice_names_by_any_of_their_names(programme) -> None:
    one = version(subject(programme), date(2013, 12, 1), BOARD, POLICE, HEALTH)
    said(one, BOARD, date(2013, 12, 5))
    said(one, POLICE, date(2013, 12, 6), "commented", "Soon.")
    waiting = in_force(programme, bodies=["SIB"], partners=["police", "health"])
    assert (waiting.state, "it has waited 71 days for Health" in waiting.sentence) == ("at risk", True)
    said(one, HEALTH, date(2013, 12, 9))
    found = in_force(programme, bodies=["SIB"], partners=["police", "health"])
    assert found.state == "met"
    assert "Improvement Board on 5 December 2013, Police on 6 December 2013 and Health on 9 December" in found.sentence
    assert in_force(programme, date(2013, 12, 8), bodies=["SIB"]).state == "at risk"
    assert in_force(programme, date(2013, 12, 9), bodies=["SIB"]).state == "met"


def test_who_agreed_first_and_since_when_it_is_in_force_are_both_said(programme) -> None:
    """The Board agreed on the 5th and police on the 9th: asked of the Board alone, it still began on the 9th."""
    one = version(subject(programme), date(2013, 12, 1), BOARD, POLICE)
    said(one, BOARD, date(2013, 12, 5))
    said(one, POLICE, date(2013, 12, 9))
    words = in_force(programme, bodies=["SIB"]).sentence
    assert words.endswith("is in force since 9 December 2013, agreed by Improvement Board on 5 December 2013.")


def test_the_agreements_that_a_requirement_asks_for_have_the_day_on_which_the_last_party_agreed(programme) -> None:
    given = [
        {"name": "plan_agreed", "params": {"bodies": ["SIB"], "partners": ["police"]}},
        {"name": "agreement_in_force", "params": {"kind": "thresholds", "bodies": ["SIB"]}},
        {"name": "board_is_set_up"},
    ]
    one = version(subject(programme, "plan", title="The plan"), date(2013, 12, 1), BOARD, POLICE)
    said(one, BOARD, date(2013, 12, 5))
    said(one, POLICE, date(2013, 12, 9))

    def of(on):
        asking = Asking(SYSTEM, programme, on, SimpleNamespace(issued_on=ISSUED))
        return [(each.title, each.complete_on) for each in checks.agreements_of(asking, SimpleNamespace(checks=given))]

    assert of(date(2013, 12, 8)) == [("The plan", None), ("Thresholds for assessment", None)]
    assert of(date(2013, 12, 9))[0] == ("The plan", date(2013, 12, 9))


def test_a_version_in_force_that_one_party_was_never_asked_about_is_not_met(programme) -> None:
    said(version(subject(programme), date(2013, 12, 1), BOARD), BOARD, date(2013, 12, 5))
    found = in_force(programme, bodies=["SIB", "Safeguarding Board"])
    assert (found.state, "the agreement of Safeguarding Board as well" in found.sentence) == ("not met", True)
    assert "a body called Harbour board" in in_force(programme, bodies=["Harbour board"]).sentence
    assert "an agency of the kind “police”" not in in_force(programme, partners=["police"]).sentence
    assert "an agency of the kind “probation”" in in_force(programme, partners=["probation"]).sentence


def test_late_and_declined_are_not_met(programme) -> None:
    of = subject(programme)
    one = version(of, date(2013, 12, 1), BOARD, agree_by=date(2014, 2, 9))
    found = in_force(programme, bodies=["SIB"])
    assert (found.state, "1 day past its day" in found.sentence) == ("not met", True)
    assert in_force(programme, date(2014, 2, 9), bodies=["SIB"]).state == "at risk"
    said(one, BOARD, date(2014, 2, 10), "declined", "Too wide.")
    assert "was declined by Improvement Board" in in_force(programme, bodies=["SIB"]).sentence


def test_what_waits_for_its_effective_day_is_at_risk_until_then(programme) -> None:
    one = version(subject(programme), date(2013, 12, 1), BOARD, effective_on=date(2014, 2, 10))
    said(one, BOARD, date(2013, 12, 5))
    assert in_force(programme, date(2014, 2, 9), bodies=["SIB"]).state == "at risk"
    assert in_force(programme, bodies=["SIB"]).state == "met"


def test_the_best_of_several_answers(programme) -> None:
    subject(programme, "terms-of-reference", "a")
    said(version(subject(programme, "terms-of-reference", "b"), date(2013, 12, 1), BOARD), BOARD, date(2013, 12, 5))
    assert in_force(programme, kind="terms-of-reference", bodies=["SIB"]).state == "met"


def test_the_chair_of_the_day_must_have_agreed(programme, people) -> None:
    one = version(subject(programme, "chair-support"), date(2013, 9, 20), ("person", "board-chair"))
    said(one, ("person", "board-chair"), date(2013, 9, 24))
    assert in_force(programme, kind="chair-support", roles=["board-chair"]).state == "met"
    assert in_force(programme, kind="chair-support", roles=["dscb-member"]).state == "not met"


def test_a_set_that_changed_since_it_was_agreed_is_at_risk_today(programme, monkeypatch) -> None:
    monkeypatch.setitem(contents._contents, "indicators", lambda user, code: "I04 version 2\nI20")
    one = version(subject(programme, "indicators"), date(2013, 12, 1), BOARD, words="I04 version 1\nI20")
    said(one, BOARD, date(2013, 12, 5))
    found = in_force(programme, kind="indicators", bodies=["SIB"])
    assert (found.state, "In 1 line what is in use today differs from it" in found.sentence) == ("at risk", True)
    assert in_force(programme, date(2014, 2, 9), kind="indicators", bodies=["SIB"]).state == "met"


def test_a_plan_that_everybody_agreed_on_the_saturday_is_in_time_and_on_monday_is_late(programme) -> None:
    one = version(subject(programme, "plan", title="The plan"), date(2013, 10, 1), BOARD, POLICE, HEALTH)
    said(one, BOARD, date(2013, 10, 11))
    said(one, POLICE, date(2013, 10, 12))
    missing = agreed(programme, date(2013, 10, 13))
    assert (missing.state, "agreement of Health is not on record" in missing.sentence) == ("not met", True)
    assert agreed(programme, date(2013, 10, 12)).state == "no evidence"
    said(one, HEALTH, date(2013, 10, 14))
    found = agreed(programme)
    assert (found.state, "on 14 October 2013, 2 days late" in found.sentence) == ("not met", True)
    assert "Within 1 month of the issue date: by Saturday 12 October 2013." in found.sentence


def test_a_plan_agreed_in_time_stays_so_when_a_new_one_waits(programme) -> None:
    of = subject(programme, "plan", title="The plan")
    one = version(of, date(2013, 10, 1), BOARD, POLICE, HEALTH)
    for named in (BOARD, POLICE, HEALTH):
        said(one, named, date(2013, 10, 12))
    version(of, date(2014, 2, 1), BOARD, words="A new plan.")
    assert agreed(programme).state == "met"
    assert agreed(programme, date(2013, 10, 11)).state == "no evidence"


def test_a_plan_never_put_forward_is_no_evidence_and_says_until_when(programme) -> None:
    found = agreed(programme)
    assert (found.state, "by Saturday 12 October 2013" in found.sentence) == ("no evidence", True)


def test_a_review_is_due_on_its_day_and_late_the_day_after(programme) -> None:
    def reviewed(on):
        asking = Asking(SYSTEM, programme, on, SimpleNamespace(issued_on=ISSUED))
        return checks.agreement_reviewed(asking, None, kind="thresholds")

    assert reviewed(ON).state == "no evidence"
    of = subject(programme)
    one = version(of, date(2013, 10, 1), BOARD, review_by=date(2014, 1, 31))
    assert reviewed(ON).sentence == "No version of thresholds is in force to review."
    said(one, BOARD, date(2013, 10, 2))
    assert reviewed(date(2014, 1, 31)).state == "no evidence"
    assert "due by 31 January 2014, 1 day ago" in reviewed(date(2014, 2, 1)).sentence
    facts = {"reviewed_on": date(2014, 2, 5), "words": "It stands.", "next_on": date(2014, 8, 1)}
    services.record_review(by=SYSTEM, at=at(ON), subject=of, **facts)
    assert [reviewed(day).state for day in (date(2014, 2, 4), date(2014, 2, 5))] == ["not met", "met"]
    services.record_review(by=SYSTEM, at=at(ON), subject=of, reviewed_on=ON, words="It stands.")
    assert reviewed(ON).state == "at risk"
