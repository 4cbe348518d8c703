"""Findings that are counted and not typed, what is done about them, asking again, and what may be said of it."""

from datetime import date, timedelta
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.audits import themes
from holdfast.audits.models import Audit, Finding
from holdfast.audits.selectors import learning as selectors
from holdfast.audits.services import auditing, sampling
from holdfast.audits.services import learning as services
from holdfast.organisation import services as organisation
from holdfast.performance.selectors.frames import FrameAsked
from holdfast.performance.selectors.shares import change_words, share_of
from holdfast.plan.models import Action
from holdfast.plan.services import adding, completing, progress
from holdfast.questions import services as questions
from people import made_once

from .conftest import TODAY, WHOLE, add, allocated, at, fresh
from .releases import release
from .test_pages import HOME, words

pytestmark = pytest.mark.django_db
CODE, LATER = "westmere-2031", TODAY + timedelta(days=30)


def done(audit: Audit, auditor: Any, seen: str, day: date = TODAY) -> Audit:
    """The audit handed in on a day, with whether the child was seen."""
    begun = auditing.begin_audit(by=auditor, at=at(day), audit=audit)
    given = {"seen": {"child-seen": seen, "alone": "yes"} if seen == "yes" else {"child-seen": seen}}
    for section, answers in {**given, "judgement": WHOLE}.items():
        values = {code: {"value": value} for code, value in answers.items()}
        sending = {"section": section, "answers": values, "revision": 0}
        questions.save_answers(by=auditor, at=at(day), sheet=begun.sheet, **sending)
    auditing.hand_in_audit(by=auditor, at=at(day), audit=begun)
    return fresh(audit)


@pytest.fixture
def eight(version: Any, teams: Any, people: Any) -> list[Audit]:
    """Eight audits at random, in six of which the child was not seen; and one of a risk, in which it was."""
    made_once("eight audits and one", lambda: _eight(version, teams, people["auditor"]))
    return list(Audit.objects.filter(chosen="random").order_by("number"))


def _eight(version: Any, teams: Any, auditor: Any) -> None:
    made = [add(version, teams["north"], f"C-{number}000") for number in range(8)]
    for one in made:
        done(allocated(one, auditor), auditor, "no" if one.number < 7 else "yes")
    risky = add(version, teams["north"], "C-9000", chosen="risk")
    done(allocated(risky, auditor), auditor, "yes")


@pytest.fixture
def finding(eight: Any, version: Any, people: Any) -> Finding:
    return record(version, people["practice-manager"])


def record(version: Any, by: Any, **more: Any) -> Finding:
    asked = {"question_set": version.question_set, "chosen": "random", "since": date(2031, 6, 1), "until": TODAY}
    facts = {
        "programme": version.question_set.programme,
        **asked,
        "question": "child-seen",
        "words": "Not seen",
        **more,
    }
    return services.record_finding(by=by, at=at(), **facts)


def test_the_trail_says_that_a_finding_was_recorded_and_no_count_of_it(finding: Finding) -> None:
    assert TrailRow.objects.get(action="finding recorded").detail == {"question": "child-seen", "chosen": "random"}


@pytest.fixture
def action(finding: Finding, people: Any) -> Action:
    """An action that answers the finding, by the plan's own service."""
    programme = finding.programme
    council = organisation.add_agency(by=SYSTEM, at=at(), programme=programme, code="council", name="C", kind="council")
    post = organisation.add_post(by=SYSTEM, at=at(), programme=programme, code="qa", title="QA", agency=council)
    objective = adding.add_objective(by=SYSTEM, at=at(), programme=programme, ref="O1", title="Better practice")
    facts = {"objective": objective, "ref": "A40", "title": "See every child", "owner": post, "due_on": LATER}
    services.act_on_finding(by=people["programme-office"], at=at(), finding=finding, **facts)
    return Action.objects.get()


def verify(action: Action, people: Any) -> None:
    """Done, evidence offered by one and accepted by another."""
    progress.mark_done(by=SYSTEM, at=at(LATER), action=action, on=LATER, note="All were told.")
    facts = {"title": "The minutes", "address": "https://intranet.example/minutes"}
    item = completing.offer_evidence(by=people["programme-office"], at=at(LATER), action=action, **facts)
    completing.answer_evidence(by=people["board-chair"], at=at(LATER), item=item, is_accepted=True)


def loop(on: date = TODAY) -> selectors.Loop:
    return selectors.loops(SYSTEM, CODE, on)[0]


# What may be said of a change.


def test_a_change_is_said_only_where_its_interval_leaves_no_doubt() -> None:
    def said(*counts: int) -> str:
        return change_words(share_of(*counts[:2]), share_of(*counts[2:]))

    assert said(14, 22, 4, 22) == "Found less often. 14 of 22 before, 4 of 22 now: −45 points (95% interval −65 to −16)"
    assert said(14, 22, 12, 22).startswith("Too little to tell. 14 of 22 before, 12 of 22 now: −9 points")
    assert said(60, 100, 55, 100).startswith("No clear change. 60 of 100 before, 55 of 100 now: −5 points")
    assert said(4, 22, 14, 22).startswith("Found more often.")
    assert said(0, 0, 4, 22) == ""


def test_a_question_belongs_to_the_theme_of_its_first_topic(version: Any) -> None:
    from holdfast.questions import selectors as asked

    one = asked.wording(version).questions[0]
    assert themes.theme_of(one) == "other"
    topics = [topic for theme in themes.THEMES.values() for topic in theme.topics]
    assert len(topics) == len(set(topics))


# Findings.


def test_a_finding_is_counted_of_audits_chosen_in_one_way(finding: Finding) -> None:
    assert (finding.number, finding.n_short, finding.n, finding.asked) == (1, 6, 8, "Was the child seen?")
    assert selectors.share_found(finding).words == "6 of 8, 75% (95% interval 41% to 93%)"


def test_what_nobody_answered_or_nobody_said_is_no_finding(eight: Any, version: Any, people: Any) -> None:
    manager = people["practice-manager"]
    for odd, error in (
        ({"question": "safe"}, services.NothingFound),
        ({"chosen": "theme"}, services.NothingFound),
        ({"words": " "}, services.NoWords),
    ):
        with pytest.raises(error):
            record(version, manager, **odd)
    with pytest.raises(Refused):
        record(version, people["director"])


def test_a_finding_may_be_said_otherwise_until_something_reports_it(finding: Finding, people: Any) -> None:
    manager = people["practice-manager"]
    services.change_finding(by=manager, at=at(), finding=finding, words="Jamie Oldcastle was not seen")
    services.change_finding(by=manager, at=at(), finding=finding, words="Children were not seen")
    assert "Oldcastle" not in str(list(TrailRow.objects.values_list("detail", "subject")))
    facts = {"title": "Seeing children", "words": "See them.", "findings": [1]}
    made = services.make_briefing(by=manager, at=at(), programme=finding.programme, **facts)
    assert made.content["findings"][0]["words"] == "Children were not seen"
    with pytest.raises(services.Reported, match="reported in lessons briefing 1"):
        services.change_finding(by=manager, at=at(), finding=finding, words="Most children were seen")
    assert TrailRow.objects.filter(action="refused by a rule", detail__rule="Reported").exists()
    assert Finding.objects.get().words == "Children were not seen"


def test_a_reported_finding_is_corrected_by_another_and_both_stay(finding: Finding, people: Any) -> None:
    manager = people["practice-manager"]
    again = {"by": manager, "at": at(), "finding": finding, "words": "Seen, but not recorded"}
    with pytest.raises(services.NotReplaceable, match="change it instead"):
        services.replace_finding(**again, reason="Misread")
    facts = {"title": "Seeing children", "words": "See them.", "findings": [1]}
    services.make_briefing(by=manager, at=at(), programme=finding.programme, **facts)
    other = services.replace_finding(**again, reason="The records had been filed elsewhere.")
    assert (other.number, other.replaces, other.n_short, other.reported_on) == (2, finding, 6, None)
    assert [one.finding.number for one in selectors.loops(SYSTEM, CODE, TODAY)] == [2]
    with pytest.raises(services.NotReplaceable, match="Another"):
        services.replace_finding(**again, reason="Once more")


# From finding to change.


def test_a_finding_without_an_action_is_listed_and_its_action_is_in_the_one_plan(finding: Finding, people: Any) -> None:
    assert loop().actions == []
    with pytest.raises(services.NotDone, match="no such action"):
        services.link_action(by=people["practice-manager"], at=at(), finding=finding, plan_ref="A99")


def test_the_same_question_is_asked_again_a_quarter_after_somebody_else_verified(action: Action, people: Any) -> None:
    assert (action.raised_kind, action.raised_ref) == ("audit finding", "finding/1")
    assert loop().again_on is None
    verify(action, people)
    found = loop(LATER)
    assert (found.actions[0].verified_on, found.again_on) == (LATER, LATER + timedelta(days=91))
    assert loop(LATER - timedelta(days=1)).again_on is None  # on a day before, it was not verified
    assert not found.is_late(LATER + timedelta(days=91))
    assert found.is_late(LATER + timedelta(days=92))


def test_the_page_of_a_finding_leads_to_its_action_and_says_when_it_is_asked_again(
    action: Action, people: Any, client_for: Any
) -> None:
    verify(action, people)
    shown = client_for("practice-manager").get(f"{HOME}findings/1/")
    assert "/plan/actions/A40/" in shown.content.decode()
    assert "None is verified yet" in words(shown)  # today is before the day on which it was
    assert "A40; 0 of 1 verified" in words(client_for("practice-manager").get(f"{HOME}learning/"))


def test_only_a_sample_chosen_in_the_same_way_asks_again_and_the_change_is_said(
    action: Action, finding: Finding, version: Any, people: Any, monkeypatch: Any
) -> None:
    release(finding.programme, {"I60-3": [(f"CH{number:04}", True, "north") for number in range(9)]})
    facts = {"by": SYSTEM, "programme": finding.programme, "version": version, "purpose": "Seen now?", "n": 9}
    facts |= {"asked": FrameAsked("I60-3"), "finding": finding, "at": at(LATER)}
    with pytest.raises(sampling.OtherKind):
        sampling.draw_sample(**facts, chosen="risk")
    sample = sampling.draw_sample(**facts, chosen="random")
    assert loop(LATER).again[0].words == "No audit of it is handed in yet"
    monkeypatch.setattr(auditing, "MODERATED_PERCENT", 0)
    for audit in sampling.make_audits(by=SYSTEM, at=at(LATER), sample=sample):
        done(audit, audit.auditor, "yes", LATER)
    assert loop(LATER).again[0].words.startswith("Found less often. 6 of 8 before, 0 of 9 now: −75 points")


# Pages.


def test_the_pages_lead_from_what_was_found_to_a_finding_and_to_what_came_of_it(
    eight: Any, version: Any, client_for: Any
) -> None:
    manager = client_for("practice-manager")
    assert "Short of what is looked for" in words(manager.get(f"{HOME}findings/"))
    asked = {"of": "small", "chosen": "random", "since": "2031-06-01", "until": "2031-06-02", "question": "child-seen"}
    page = f"{HOME}findings/record/"
    assert "6 of 8, 75% (95% interval 41% to 93%)" in words(manager.get(page, asked))
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    named = {"words": "Jamie Oldcastle was not seen"}
    assert "looks like a name" in words(manager.post(f"{page}?{query}", named))
    assert not Finding.objects.exists()
    said = words(manager.post(f"{page}?{query}", {"words": "Children were not seen"}, follow=True))
    assert "Finding 1 is recorded" in said
    assert "Drawn at random, so it speaks for the cases they were drawn from." in said
    assert "No action" in words(manager.get(f"{HOME}learning/"))
    office = client_for("programme-office")
    assert "Finding 1" in words(office.get(f"{HOME}findings/1/"))
    for page in ("findings/1/", "findings/1/act/"):
        assert f'href="{HOME}"' not in office.get(f"{HOME}{page}").content.decode(), (
            "who keeps the plan opens no audits"
        )
    for who in ("auditor", "dfe-observer", "team-manager", "elected-member"):
        assert client_for(who).get(f"{HOME}learning/").status_code == 403
        assert client_for(who).get(f"{HOME}findings/1/").status_code == 403
    chair = client_for("board-chair")
    assert "Children were not seen" not in words(chair.get(f"{HOME}learning/"))
    assert chair.get(f"{HOME}findings/1/").status_code == 404
    facts = {"title": "Seeing children", "words": "See every child.", "findings": ["1"]}
    manager.post(f"{HOME}briefings/make/", facts)
    for who in (chair, client_for("dscb-member")):  # the counts of audits whole, by decision 174
        assert "Children were not seen" in words(who.get(f"{HOME}learning/"))
        assert "6 of 8, 75%" in words(who.get(f"{HOME}findings/1/"))
    assert chair.get(f"{HOME}findings/1/").status_code == 200
    assert manager.get(f"{HOME}findings/7/").status_code == 404
    assert manager.get(f"{HOME}samples/draw/", {"finding": "x"}).status_code == 404


def test_a_briefing_is_read_by_everybody_and_names_no_case(finding: Finding, client_for: Any) -> None:
    facts = {"title": "Seeing children", "words": "See every child.", "findings": ["1"]}
    said = words(client_for("practice-manager").post(f"{HOME}briefings/make/", facts, follow=True))
    assert "It is made" in said
    read = words(client_for("elected-member").get(f"{HOME}briefings/1/"))
    assert "Not seen" in read
    assert "6 of 8, 75%" in read
    assert "C-" not in read
    assert "Seeing children" in words(client_for("elected-member").get(f"{HOME}briefings/"))
    assert client_for("director").get(f"{HOME}briefings/make/").status_code == 403
