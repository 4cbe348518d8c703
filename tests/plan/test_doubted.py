"""A milestone that says met before the agreement it serves was complete is doubted, wherever people read it."""

from datetime import UTC, date, datetime

import pytest

from holdfast.access.doors import SYSTEM
from holdfast.agreements import services as agreements
from holdfast.notice.answers import Asking
from holdfast.notice.selectors.notices import notice_of
from holdfast.organisation import services as organisation
from holdfast.plan import checks
from holdfast.plan.models import Milestone
from holdfast.plan.selectors.doubted import doubt_of_met, doubts_of_met
from holdfast.reports.document import planning

from .conftest import AT, TODAY
from .pages import ALICE, BOB, DONE_ON, page, words

CODE = "westmere-2031"
BOARD, HEALTH = ("body", "the-board"), ("agency", "nurses")


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.fixture
def milestone(small_plan, westmere, programme):
    """M2 serves a requirement that the Board and health agree the thresholds. Health has not."""
    organisation.add_body(by=SYSTEM, at=AT, programme=programme, code="the-board", name="The Board")
    organisation.add_agency(by=SYSTEM, at=AT, programme=programme, code="nurses", name="Nurses", kind="health")
    asked = {"kind": "thresholds", "bodies": ["The Board"], "partners": ["health"]}
    westmere.requirements.filter(ref="A1").update(checks=[{"name": "agreement_in_force", "params": asked}])
    small_plan.milestones[1].requirements.set(westmere.requirements.filter(ref="A1"))
    return Milestone.objects.select_related("programme").get(ref="M2")


@pytest.fixture
def thresholds(milestone, programme):
    facts = {"code": "thresholds", "kind": "thresholds", "title": "Thresholds"}
    subject = agreements.add_subject(by=SYSTEM, at=at(date(2031, 5, 1)), programme=programme, **facts)
    version = agreements.propose_version(
        by=SYSTEM, at=at(date(2031, 5, 1)), subject=subject, words="Any child.", parties=[BOARD, HEALTH]
    )
    agreed(version, BOARD, date(2031, 5, 10))
    return version


def agreed(version, named, on):
    party = version.parties.get(kind=named[0], key=named[1])
    given = {"answer": "agreed", "words": "", "minute": "M", "said_on": on}
    agreements.say(by=SYSTEM, at=at(on), version=version, party=party, **given)


def test_met_before_the_last_party_agreed_is_doubted_and_on_that_day_is_not(milestone, thresholds) -> None:
    agreed(thresholds, HEALTH, date(2031, 5, 17))
    before = doubt_of_met(milestone, date(2031, 5, 16), TODAY)
    assert before.startswith(
        "M2 says met on 16 May 2031, and the agreement that A1 asks for (thresholds) was complete only on 17 May 2031."
    )
    assert doubt_of_met(milestone, date(2031, 5, 17), TODAY) == ""


def test_met_while_a_party_is_missing_is_doubted_though_nothing_was_put_forward(milestone) -> None:
    assert "is not complete" in doubt_of_met(milestone, date(2031, 5, 20), TODAY)


def test_a_milestone_that_serves_no_agreement_is_never_doubted(small_plan, milestone) -> None:
    other = small_plan.milestones[0]
    assert doubt_of_met(other, date(2031, 5, 20), TODAY) == ""
    assert doubts_of_met(CODE, [other, milestone], TODAY) == {}


def test_the_doubt_is_asked_before_it_is_kept_and_stands_on_its_page_in_the_check_and_in_the_report(
    milestone, thresholds, programme, client_for
) -> None:
    asked = client_for(ALICE).post(page("plan/milestones/M2/met/"), {**DONE_ON, "note": "Minuted."})
    assert "is not complete. Keep it only if this milestone does not wait" in words(asked)
    assert Milestone.objects.get(ref="M2").met_on is None
    Milestone.objects.filter(ref="M2").update(met_on=date(2031, 5, 16))
    doubt = "M2 says met on 16 May 2031, and the agreement that A1 asks for (thresholds) is not complete"
    assert doubt in words(client_for(BOB).get(page("plan/milestones/M2/")))
    found = checks.milestones_forecast(Asking(SYSTEM, programme, TODAY, notice_of(SYSTEM, CODE)), None)
    assert (found.state, doubt in found.sentence) == ("at risk", True)
    told = {each["ref"]: each["doubt"] for each in planning.chapter(SYSTEM, CODE, TODAY)["milestones"]}
    assert told == {"M1": "", "M2": doubt}
