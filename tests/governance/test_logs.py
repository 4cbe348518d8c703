"""Challenges, risks, support, duties and scrutiny: what each keeps, and who may not write what."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import Refused
from holdfast.access.kept_for_good import OnlyEverAdded
from holdfast.access.models import Account, TrailRow
from holdfast.access.writes import NotDone
from holdfast.governance.duties import duties
from holdfast.governance.effect_kinds import Change
from holdfast.governance.models import Challenge, Risk, SupportSession
from holdfast.governance.selectors import assurance, challenges, risks
from holdfast.governance.selectors.scrutiny import PublicLine, _figure, measures_words
from holdfast.governance.services import agendas, assuring, bodies, challenging, meetings, registering
from holdfast.governance.views.assurance import _figure_parts
from holdfast.organisation.days import BeforeTheProgramme
from holdfast.organisation.models import Agency, Body, Post, Programme
from holdfast.organisation.services.changing import appoint

from .deciding import board, decide, post, write


@pytest.fixture
def body(people: dict[str, Account], programme: Programme) -> Body:
    return board(programme)


@pytest.fixture
def head(body: Body, people: dict[str, Account]) -> Post:
    """The post that is challenged, held by the director."""
    challenged = post(body.programme, "head", "Head of practice")
    appoint(**write(), post=challenged, holder=people["director"])
    challenged.refresh_from_db()
    return challenged


def challenge(whose: Body, head: Post, by: Any, **more: Any) -> Challenge:
    asked: dict[str, Any] = {
        "programme": whose.programme,
        "body": whose,
        "challenged": head,
        "about": "Re-referrals have not come down.",
        "evidence": "Indicator I04, release 2.",
    }
    return challenging.raise_challenge(**{**write(), "by": by}, **(asked | more))


# Challenges


def test_a_challenge_is_answered_by_the_challenged_and_closed_by_somebody_else(
    body: Body, head: Post, people: dict[str, Account]
) -> None:
    raised = challenge(body, head, people["dscb-member"])
    challenging.answer_challenge(**{**write(), "by": people["director"]}, challenge=raised, words="We audit closures.")
    with pytest.raises(challenging.ClosedByTheChallenged):
        challenging.close_challenge(**{**write(), "by": people["director"]}, challenge=raised, outcome="All is well.")
    assert TrailRow.objects.latest("pk").action == "refused by a rule"
    challenging.close_challenge(
        **{**write(), "by": people["dscb-member"]}, challenge=raised, outcome="Fewer come back."
    )
    line = challenges.one_challenge(people["dfe-observer"], body.programme.code, raised.number)
    assert (line.state, line.closing.outcome) == ("Closed", "Fewer come back.")


def test_a_challenge_is_closed_by_nobody_of_another_body_and_the_attempt_is_trailed(
    body: Body, head: Post, people: dict[str, Account], client_for: Any
) -> None:
    """Whoever raised it may, and so may a member of the body that did, from the day that they sit there."""
    raised = challenge(body, head, people["dscb-member"])
    challenging.answer_challenge(**{**write(), "by": people["director"]}, challenge=raised, words="We audit closures.")
    member = {**write(), "by": people["partner-member"]}
    page = f"/{body.programme.code}/challenges/{raised.number}/"
    assert f"{page}close/" not in client_for("partner-member").get(page).content.decode()
    with pytest.raises(challenging.ClosedFromOutside, match="closed by whoever raised it, or by a member or the chair"):
        challenging.close_challenge(**member, challenge=raised, outcome="All is well.")
    row = TrailRow.objects.latest("pk")
    assert (row.by, row.detail["rule"]) == ("partner-member", "ClosedFromOutside")
    agency = Agency.objects.filter(programme=body.programme).exclude(kind__in=("council", "department")).first()
    yesterday = clock.today() - timedelta(days=1)
    seat = {"body": body, "agency": agency, "account": people["partner-member"]}
    listening = bodies.fill_seat(**write(), **seat, capacity="secretary", from_on=yesterday)
    with pytest.raises(challenging.ClosedFromOutside):
        challenging.close_challenge(**member, challenge=raised, outcome="All is well.")
    bodies.end_seat(**write(), seat=listening, to_on=yesterday, reason="A member now.")
    bodies.fill_seat(**write(), **seat, capacity="member", from_on=clock.today())
    assert f"{page}close/" in client_for("partner-member").get(page).content.decode()
    assert challenging.close_challenge(**member, challenge=raised, outcome="Fewer come back.").closed_on


def test_a_challenge_is_not_closed_before_it_is_answered(body: Body, head: Post, people: dict[str, Account]) -> None:
    raised = challenge(body, head, people["board-chair"])
    with pytest.raises(challenging.NotAChallenge, match="Nobody has answered"):
        challenging.close_challenge(**{**write(), "by": people["board-chair"]}, challenge=raised, outcome="Done.")


@pytest.mark.parametrize("role", ["performance-analyst", "dfe-observer", "programme-office"])
def test_who_may_not_challenge_is_refused(body: Body, head: Post, people: dict[str, Account], role: str) -> None:
    with pytest.raises(Refused):
        challenge(body, head, people[role])


def test_somebody_who_is_not_challenged_does_not_answer(body: Body, head: Post, people: dict[str, Account]) -> None:
    raised = challenge(body, head, people["dscb-member"])
    with pytest.raises(Refused):
        challenging.answer_challenge(**{**write(), "by": people["partner-member"]}, challenge=raised, words="Yes.")


@pytest.mark.parametrize(
    ("more", "field"),
    [({"about": ""}, "about"), ({"evidence": " "}, "evidence"), ({"body": None}, "body")],
)
def test_a_challenge_says_who_about_what_and_on_what_it_rests(
    body: Body, head: Post, people: dict[str, Account], more: dict[str, Any], field: str
) -> None:
    with pytest.raises(challenging.NotAChallenge) as refusal:
        challenge(body, head, people["board-chair"], **more)
    assert refusal.value.field == field


def test_the_log_of_a_past_day_is_as_it_stood(body: Body, head: Post, people: dict[str, Account]) -> None:
    challenge(body, head, people["board-chair"], raised_on=date(2013, 11, 14))
    code = body.programme.code
    assert challenges.challenges(people["board-chair"], code, date(2013, 11, 13)) == []
    (line,) = challenges.challenges(people["board-chair"], code, date(2013, 11, 24))
    assert (line.state, line.age) == ("Not answered", "10 days")


# Risks


@pytest.fixture
def risk(body: Body) -> Risk:
    owner = Post.objects.get(code="post-police", programme=body.programme)
    said = {"cause": "Posts are empty.", "event": "Children wait.", "effect": "Harm is missed."}
    return registering.raise_risk(**write(), programme=body.programme, title="Vacancies", owner=owner, **said)


def score(risk: Risk, likelihood: int = 4, impact: int = 5, **more: Any) -> Any:
    asked: dict[str, Any] = {"inherent_likelihood": 5, "inherent_impact": 5, "target": 10, "reason": "A first look."}
    return registering.score_risk(**write(), risk=risk, likelihood=likelihood, impact=impact, **(asked | more))


def test_a_review_is_not_a_new_score_and_both_days_are_shown(risk: Risk, people: dict[str, Account]) -> None:
    score(risk, scored_on=date(2013, 10, 17))
    registering.review_risk(**write(), risk=risk, words="As it was.", reviewed_on=date(2014, 1, 9))
    line = risks.one_risk(people["dfe-observer"], risk.programme.code, risk.number)
    assert line.looked_at == "Reviewed 9 January 2014; scored 17 October 2013"
    assert (line.score_words, line.inherent_words, line.is_over) == ("20 (4 by 5)", "25 (5 by 5)", True)


def test_a_risk_that_nobody_has_scored_is_never_taken_for_the_least(risk: Risk, people: dict[str, Account]) -> None:
    said = {"owner": risk.owner, "cause": "a", "event": "b", "effect": "c"}
    for title, likelihood in (("Small", 1), ("Large", 5)):
        made = registering.raise_risk(**write(), programme=risk.programme, title=title, **said)
        score(made, likelihood=likelihood)
    found = risks.risks(people["dfe-observer"], risk.programme.code)
    assert [line.risk.title for line in found] == ["Vacancies", "Large", "Small"]


def test_every_score_stays(risk: Risk) -> None:
    first = score(risk)
    score(risk, likelihood=2, reason="Twelve were appointed.")
    assert [each.residual for each in risk.scores.all()] == [20, 10]
    first.likelihood = 1
    with pytest.raises(OnlyEverAdded):
        first.save()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"likelihood": 6}, "from 1 to 5"),
        ({"inherent_impact": 1}, "no larger than without"),
        ({"target": None}, "say why it is accepted"),
        ({"reason": ""}, "Say why it has this score"),
    ],
)
def test_a_score_that_cannot_be_is_refused(risk: Risk, more: dict[str, Any], words: str) -> None:
    with pytest.raises(registering.NotOnTheRegister, match=words):
        score(risk, **more)


def test_a_risk_that_no_lower_is_possible_for_is_accepted_with_a_reason(risk: Risk) -> None:
    kept = score(risk, target=None, accepted_because="A child’s death cannot be reduced to nil.")
    assert not kept.is_over


def test_only_a_decision_lifts_a_risk(body: Body, risk: Risk, people: dict[str, Account]) -> None:
    with pytest.raises(Refused):
        registering.lift_risk(
            **{**write(), "by": people["programme-office"]},
            risk=risk,
            reason="Gone.",
            decision="IB-1",
            decided_on=date(2013, 10, 17),
        )
    decide(body, by=people["board-chair"], effects=[Change("lift-risk", str(risk.number))])
    line = risks.one_risk(people["dfe-observer"], body.programme.code, risk.number)
    assert line.lifting.decision == "IB-1"
    with pytest.raises(registering.NotOnTheRegister, match="was lifted by IB-1"):
        score(risk)


def test_a_decision_puts_a_risk_on_the_register(body: Body, people: dict[str, Account]) -> None:
    owner = Post.objects.get(code="post-police", programme=body.programme)
    given = {"title": "Data", "cause": "Two systems.", "event": "They differ.", "effect": "We miss.", "owner": owner}
    made = decide(body, by=people["board-chair"], effects=[Change("impose-risk", "", given)])
    assert Risk.objects.get().decision == made.number
    assert made.effects.get().subject == "1"


# Support, duties, scrutiny


def test_nothing_that_was_said_in_support_can_be_kept(body: Body, head: Post) -> None:
    fields = {field.name for field in SupportSession._meta.get_fields()}
    assert fields == {"id", "programme", "kind", "post", "given_by", "on", "quarter_hours"}
    kept = {"programme": body.programme, "kind": "mentoring", "post": head, "given_by": "A director elsewhere"}
    session = assuring.log_support(**write(), **kept, on=date(2013, 11, 1), hours=Decimal("1.5"))
    assert session.hours == "1.5"
    with pytest.raises(assuring.NotAssured, match="in quarters"):
        assuring.log_support(**write(), **kept, on=date(2013, 11, 1), hours=Decimal("1.3"))


def test_a_duty_is_assured_by_the_safeguarding_whosewith_what_shows_it(body: Body, people: dict[str, Account]) -> None:
    said = {"programme": body.programme, "line": "D01", "state": "met", "on": date(2013, 12, 1)}
    with pytest.raises(Refused):
        assuring.assure_duty(**{**write(), "by": people["programme-office"]}, **said, evidence="The procedures.")
    by = {**write(), "by": people["dscb-member"]}
    with pytest.raises(assuring.NotAssured, match="what shows it"):
        assuring.assure_duty(**by, **said, evidence="")
    assuring.assure_duty(**by, **said, evidence="The procedures, section 2.")
    before, after = (
        assurance.duty_lines(people["dfe-observer"], body.programme.code, day)[0].state
        for day in (date(2013, 11, 30), date(2013, 12, 1))
    )
    assert (before, after) == ("Nobody has said", "Met")


def test_a_duty_whose_source_nobody_checked_says_so() -> None:
    assert len({duty.ref for duty in duties()}) == len(duties()) >= 15
    assert all("not yet checked" in duty.source_words for duty in duties() if not duty.is_verified)


def test_members_read_a_sample_with_its_interval_and_first_how_much_is_not_known() -> None:
    def said(n_in: int, n: int, n_unknown: int, *, is_of_audits: bool, kind: str = "flow") -> str:
        figure = analytics.Protected(analytics.period("2014-01"), "", n_in, n, n_unknown)
        definition = SimpleNamespace(unit="per cent", kind=kind, is_of_audits=is_of_audits)
        return _figure(SimpleNamespace(latest_month=figure, definition=definition, open_words=""))

    shown = "January 2014: 50.0% (6 of 12), 95% interval 25.4% to 74.6%"
    assert said(6, 12, 0, is_of_audits=True) == shown
    assert said(6, 12, 3, is_of_audits=False) == "January 2014: not known for 3; of the rest 50.0% (6 of 12)"
    assert said(6, 12, 0, is_of_audits=False, kind="stock") == "At 31 January 2014: 50.0% (6 of 12)"


def test_members_read_what_got_worse_before_what_cannot_be_said() -> None:
    claims = ["too early to say", "", "improving", "worsening", "too early to say"]
    lines = [PublicLine(f"I{n}", f"Measure {n}", "/", "1 of 2", "", claim) for n, claim in enumerate(claims)]
    parts = _figure_parts(lines)
    assert [(part["title"], part["note"], part["is_open"]) for part in parts] == [
        ("Worsening", "1 measure", True),
        ("Improving", "1 measure", True),
        ("Too early to say", "2 measures", False),
        ("Not held", "1 measure", False),
    ]
    assert measures_words(lines) == "Of 5 measures, 1 can be said to have got worse."


def test_scrutiny_recommends_nothing_before_its_condition_is_on_record(
    body: Body, head: Post, people: dict[str, Account]
) -> None:
    with pytest.raises(assuring.NotAssured, match="Scrutiny begins when its condition is on record"):
        assuring.recommend(
            **{**write(), "by": people["elected-member"]},
            programme=body.programme,
            body=body,
            text="Look at closures.",
            asked_of=head,
        )


# The pages


PAGES = ("challenges", "risks", "support", "duties", "scrutiny", "intervention")


@pytest.mark.parametrize("page", PAGES)
def test_everybody_in_the_programme_reads_the_logs_and_nobody_else(
    body: Body, risk: Risk, client_for: Any, page: str
) -> None:
    assert client_for("dfe-observer").get(f"/westmere-2031/{page}/").status_code == 200
    assert client_for("nobody").get(f"/westmere-2031/{page}/").status_code == 403


def test_a_challenge_is_raised_answered_and_closed_on_pages(body: Body, head: Post, client_for: Any) -> None:
    chair = client_for("board-chair")
    typed = {"body": str(body.pk), "challenged": str(head.pk), "about": "Too slow.", "evidence": "I20."}
    assert chair.post("/westmere-2031/challenges/raise/", typed)["Location"] == "/westmere-2031/challenges/1/"
    refused = chair.post("/westmere-2031/challenges/1/close/", {"outcome": "Done."})
    assert "Nobody has answered it yet" in refused.content.decode()
    client_for("director").post("/westmere-2031/challenges/1/answer/", {"words": "We act."})
    assert chair.post("/westmere-2031/challenges/1/close/", {"outcome": "Quicker."}).status_code == 302
    assert "Quicker." in chair.get("/westmere-2031/challenges/1/").content.decode()


def test_a_risk_is_raised_scored_and_reviewed_on_pages(body: Body, client_for: Any) -> None:
    office = client_for("programme-office")
    owner = Post.objects.get(code="post-police", programme=body.programme)
    typed = {"title": "Vacancies", "cause": "A.", "event": "B.", "effect": "C.", "owner": str(owner.pk)}
    assert office.post("/westmere-2031/risks/raise/", typed)["Location"] == "/westmere-2031/risks/1/"
    fives = {"inherent_likelihood": "5", "inherent_impact": "5", "likelihood": "4", "impact": "4"}
    sent = office.post("/westmere-2031/risks/1/score/", {**fives, "target": "9", "reason": "As we see it."})
    assert sent.status_code == 302
    assert "16 (4 by 4)" in office.get("/westmere-2031/risks/1/").content.decode()
    assert client_for("dfe-observer").get("/westmere-2031/risks/1/score/").status_code == 403


def test_more_rows_take_no_more_queries(body: Body, head: Post, risk: Risk, client_for: Any, people: Any) -> None:
    client = client_for("dfe-observer")

    def n_queries(page: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/westmere-2031/{page}/").status_code == 200
        return len(seen)

    challenge(body, head, people["board-chair"])
    few = {page: [n_queries(page), n_queries(page)][1] for page in ("challenges", "risks")}
    for _ in range(4):
        challenge(body, head, people["board-chair"])
        said = {"cause": "a", "event": "b", "effect": "c"}
        more = registering.raise_risk(**write(), programme=body.programme, title="Another", owner=risk.owner, **said)
        score(more)
    assert {page: n_queries(page) for page in few} == few


def test_nothing_is_said_to_have_happened_before_the_programme_began_but_the_notice_itself(body: Body) -> None:
    programme, words = body.programme, {"words": "They came.", "source": "Their letter"}
    before, first = programme.starts_on - timedelta(days=1), programme.starts_on
    said = "Enter a day on or after 12 September 2013, when the programme began"
    with pytest.raises(BeforeTheProgramme, match=said):
        assuring.record_step(**write(), programme=programme, kind="reviewed", on=before, **words)
    assert assuring.record_step(**write(), programme=programme, kind="reviewed", on=first, **words).on == first
    assert assuring.record_step(**write(), programme=programme, kind="issued", on=before, **words).on == before
    with pytest.raises(BeforeTheProgramme, match=said):
        agendas.plan_item(**write(), body=body, due_on=before, title="Neglect", purpose="discuss")
    with pytest.raises(NotDone, match="Enter a day within the next two years"):
        agendas.plan_item(**write(), body=body, due_on=date(9999, 12, 31), title="Neglect", purpose="discuss")
    with pytest.raises(BeforeTheProgramme, match=said):
        meetings.plan_meeting(**write(), body=body, on=before)
    with pytest.raises(BeforeTheProgramme, match=said):
        decide(body, meeting=None, without_meeting="By letter", made_on=before)
