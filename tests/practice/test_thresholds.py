"""Who was told of what is agreed: recorded agency by agency with its day, withdrawn in the open, counted by a check."""

from datetime import date, timedelta
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.access.writes import NotDone
from holdfast.agreements import services as agreements
from holdfast.agreements.models import Version
from holdfast.notice.answers import Asking, answer
from holdfast.practice.models import Briefing, Exercise
from holdfast.practice.selectors import thresholds
from holdfast.practice.services import thresholds as services

from .conftest import CODE, MEANT, TODAY, agree, at, close, command, decide
from .test_exercises import words

pytestmark = pytest.mark.django_db
PAGE = f"/{CODE}/practice/thresholds/"
MADE = {"how": "training", "whom": "Response officers", "n_people": 12}


def tell(version: Version, agency: Any, on: date = TODAY, **more: Any) -> Briefing:
    facts = {**MADE, "told_on": on, **more}
    programme = version.subject.programme
    return services.record_briefing(by=SYSTEM, at=at(), programme=programme, version=version, agency=agency, **facts)


def ask(programme: Any, name: str, on: date = TODAY, **params: Any) -> Any:
    return answer(Asking(SYSTEM, programme, on), None, name, params)


def test_who_was_told_is_counted_by_agency_from_the_day_they_were_told(version: Version, agencies: Any) -> None:
    tell(version, agencies["police"])
    tell(version, agencies["police"], TODAY - timedelta(days=7), n_people=3)
    assert [
        (one.agency.code, one.n_people, one.last_on) for one in thresholds.told_of(SYSTEM, CODE, version, TODAY)
    ] == [
        ("council", 0, None),
        ("health", 0, None),
        ("police", 15, TODAY),
    ]
    earlier = thresholds.told_of(SYSTEM, CODE, version, TODAY - timedelta(days=1))
    assert [one.n_people for one in earlier] == [0, 0, 3]


def test_a_record_made_by_mistake_is_withdrawn_and_counts_no_more_from_that_day(
    version: Version, agencies: Any
) -> None:
    briefing = tell(version, agencies["police"], TODAY - timedelta(days=7))
    services.withdraw_briefing(by=SYSTEM, at=at(), briefing=briefing, reason="Another training.")
    assert [one.n_people for one in thresholds.told_of(SYSTEM, CODE, version, TODAY)] == [0, 0, 0]
    assert [one.n_people for one in thresholds.told_of(SYSTEM, CODE, version, TODAY - timedelta(days=1))] == [0, 0, 12]
    with pytest.raises(NotDone, match="already"):
        services.withdraw_briefing(by=SYSTEM, at=at(), briefing=briefing, reason="Again.")


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"told_on": TODAY + timedelta(days=1)}, "a day that has come"),
        ({"told_on": date(2031, 4, 30)}, "1 May 2031 or a later day"),
        ({"n_people": 0}, "1 or more"),
    ],
)
def test_what_cannot_have_been_is_refused(version: Version, agencies: Any, more: Any, problem: str) -> None:
    with pytest.raises(NotDone, match=problem):
        tell(version, agencies["police"], **more)


def test_a_partner_is_shown_its_own_agency_alone(
    version: Version, agencies: Any, somebody_of: Any, client_for: Any, people: Any
) -> None:
    tell(version, agencies["police"])
    tell(version, agencies["health"], whom="Health visitors")
    people["ann"] = somebody_of("police", "ann")
    page = words(client_for("ann").get(PAGE))
    assert "Response officers" in page
    assert "Health visitors" not in page
    assert "Health visitors" in words(client_for("dfe-observer").get(PAGE))
    assert client_for("nobody").get(PAGE).status_code == 403
    with pytest.raises(Refused):
        services.record_briefing(
            by=people["ann"],
            at=at(),
            programme=version.subject.programme,
            version=version,
            agency=agencies["police"],
            told_on=TODAY,
            **MADE,
        )


def test_who_was_told_is_recorded_and_withdrawn_on_its_pages(version: Version, agencies: Any, client_for: Any) -> None:
    leads = client_for("practice-manager")
    sent = {**MADE, "version": version.pk, "agency": agencies["police"].pk}
    sent |= {"told_on-day": "1", "told_on-month": "6", "told_on-year": "2031"}
    named = {**sent, "whom": "Jamie Oldcastle, officer"}
    assert "looks like a name" in words(leads.post(f"{PAGE}told/", named))
    assert not Briefing.objects.exists()
    leads.post(f"{PAGE}told/", {**named, "sure": "yes"})
    row = TrailRow.objects.get(action="who was told recorded")
    assert (row.detail["looks like"], "Oldcastle" in f"{row.subject} {row.detail}") == ("a name", False)
    assert "It is recorded" in words(leads.post(f"{PAGE}told/", sent, follow=True))
    key = Briefing.objects.latest("pk").pk
    gone = leads.post(f"{PAGE}told/{key}/withdraw/", {"reason": "Twice."}, follow=True)
    assert "counts no more" in words(gone)
    assert "2 June 2031: Twice." in words(gone)
    assert leads.get(f"{PAGE}told/99/withdraw/").status_code == 404
    assert client_for("programme-office").get(f"{PAGE}told/").status_code == 403


def test_everybody_told_is_met_once_people_of_every_agency_were(
    version: Version, agencies: Any, programme: Any
) -> None:
    asked = {"kind": "thresholds"}
    for code in ("council", "police"):
        tell(version, agencies[code])
    found = ask(programme, "everybody_told", **asked)
    assert (found.state, "nobody of Health" in found.sentence) == ("not met", True)
    tell(version, agencies["health"])
    assert ask(programme, "everybody_told", **asked).state == "met"
    assert ask(programme, "everybody_told", TODAY - timedelta(days=1), **asked).state == "not met"


def test_everybody_told_has_no_evidence_before_anything_is_in_force_and_begins_again_with_a_version(
    version: Version, agencies: Any, programme: Any
) -> None:
    asked = {"kind": "thresholds"}
    assert ask(programme, "everybody_told", date(2031, 4, 1), **asked).state == "no evidence"
    assert ask(programme, "everybody_told", kind="early-help").state == "no evidence"
    for code in ("council", "police", "health"):
        tell(version, agencies[code])
    agree(programme, on=TODAY, words="Any child in need.")
    assert ask(programme, "everybody_told", **asked).state == "not met"


def test_agreement_on_invented_cases_is_met_only_when_its_whole_interval_is(
    exercise: Exercise, somebody_of: Any, programme: Any
) -> None:
    asked = {"standard": "our own reading"}
    assert ask(programme, "invented_cases_agreed", at_least=0.5, **asked).state == "no evidence"
    for agency in ("police", "health", "council"):
        for place in range(3):
            decide(exercise, somebody_of(agency, f"{agency}-{place}"), *MEANT)
    close(exercise)  # 18 of 18: from 82% (Wilson)
    assert ask(programme, "invented_cases_agreed", at_least=0.8, **asked).state == "met"
    found = ask(programme, "invented_cases_agreed", at_least=0.9, **asked)
    assert (found.state, "18 of 18, 100% (95% interval 82% to 100%)" in found.sentence) == ("at risk", True)
    assert ask(programme, "invented_cases_agreed", date(2031, 6, 1), at_least=0.5, **asked).state == "no evidence"
    assert ask(programme, "invented_cases_agreed", date(2032, 6, 2), at_least=0.5, **asked).state == "no evidence"


def test_agreement_is_not_met_below_the_standard_and_at_risk_without_every_agency(
    exercise: Exercise, somebody_of: Any, programme: Any
) -> None:
    for place in range(3):
        decide(exercise, somebody_of("police", f"police-{place}"), *MEANT)
    close(exercise)
    found = ask(programme, "invented_cases_agreed", at_least=0.5, standard="ours")
    assert (found.state, "Council and Health took no part" in found.sentence) == ("at risk", True)
    assert ask(programme, "invented_cases_agreed", at_least=1.01, standard="ours").state == "not met"


def test_the_route_below_the_line_is_lines_of_what_is_agreed_and_what_none_says_is_said(
    programme: Any, agencies: Any, client_for: Any, people: Any
) -> None:
    lines = ["Early help is offered within ten days.", "The referrer is told within one working day.", "Any child."]
    version = agree(programme, words="\n".join(lines))
    page = words(client_for("dfe-observer").get(PAGE))
    assert page.count("Not said") == 2
    address = f"{PAGE}{version.pk}/route/"
    manager = client_for("practice-manager")
    assert "It is marked" in words(manager.post(address, {"line": lines[0], "part": "done"}, follow=True))
    manager.post(address, {"line": lines[1], "part": "told"})
    (route,) = thresholds.routes(SYSTEM, CODE, TODAY)
    assert (route.done, route.told, route.missing) == ([lines[0]], [lines[1]], [])
    assert "Not said" not in words(client_for("dfe-observer").get(PAGE))
    assert f"What is done: {lines[0]}\nWho is told: {lines[1]}\n" in command("thresholds", "--as", "dfe-observer")
    manager.post(address, {"line": lines[1], "part": "neither"})
    assert thresholds.routes(SYSTEM, CODE, TODAY)[0].missing == ["who is told"]
    assert thresholds.routes(SYSTEM, CODE, TODAY - timedelta(days=1))[0].done == []
    assert "Choose a line from the list" in words(manager.post(address, {"line": "Something else.", "part": "done"}))
    with pytest.raises(NotDone, match="a line of what is agreed"):
        services.mark_route(by=SYSTEM, at=at(), version=version, line="Something else.", part="done")
    assert client_for("dfe-observer").get(address).status_code == 403
    assert manager.get(f"{PAGE}999999/route/").status_code == 404


def test_a_new_version_has_no_route_until_its_own_lines_are_marked(programme: Any, agencies: Any) -> None:
    first = agree(programme, words="Help is offered.")
    services.mark_route(by=SYSTEM, at=at(), version=first, line="Help is offered.", part="done")
    agree(programme, on=TODAY, words="Help is offered.\nAt once.")
    (route,) = thresholds.routes(SYSTEM, CODE, TODAY)
    assert (route.version.number, route.done) == (2, [])


def test_the_route_of_a_version_that_waits_is_shown_as_not_in_force(
    programme: Any, agencies: Any, client_for: Any
) -> None:
    facts = {"code": "thresholds", "kind": "thresholds", "title": "Thresholds"}
    subject = agreements.add_subject(by=SYSTEM, at=at(), programme=programme, **facts)
    given = {"subject": subject, "parties": [("agency", "police")], "words": "Help is offered."}
    version = agreements.propose_version(by=SYSTEM, at=at(), **given)
    services.mark_route(by=SYSTEM, at=at(), version=version, line="Help is offered.", part="done")
    (route,) = thresholds.routes(SYSTEM, CODE, TODAY)
    assert (route.done, route.is_in_force) == (["Help is offered."], False)
    assert "Thresholds, version 1 waits to be agreed by all" in words(client_for("dfe-observer").get(PAGE))
