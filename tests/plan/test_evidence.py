"""From done to complete: evidence that somebody else accepts, a review of what changed, and nothing closed before."""

from datetime import UTC, date, datetime, timedelta

import pytest

from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.access.writes import Forbidden
from holdfast.jobs import kept
from holdfast.notice.models import SHELF
from holdfast.notice.selectors.requirements import verify_evidence
from holdfast.notice.services.taking import NotEvidence
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Post
from holdfast.organisation.services import changing
from holdfast.plan import selectors
from holdfast.plan.models import Action, Closure, EvidenceAnswer
from holdfast.plan.selectors import impact
from holdfast.plan.services import completing, progress

from .conftest import AT, TODAY
from .pages import ALICE, BOB, errors, page, said, words

CODE, LATER = "westmere-2031", datetime(2031, 7, 20, 12, tzinfo=UTC)
ADDRESS = "https://intranet.example/report"


@pytest.fixture
def owned(small_plan, people):
    """The done action, owned by the director's post and answered for by the practice manager's."""
    post, agency = Post.objects.get(code="head"), small_plan.done.agency
    changing.appoint(by=SYSTEM, at=AT, post=post, holder=people["director"])
    facts = {"programme": small_plan.objective.programme, "code": "lead", "title": "Practice lead", "agency": agency}
    lead = organisation.add_post(by=SYSTEM, at=AT, holder=people["practice-manager"], **facts)
    Action.objects.filter(ref="A-done").update(accountable=lead)
    return Action.objects.get(ref="A-done")


def offer(action, by, at=AT, **given):
    return completing.offer_evidence(by=by, at=at, action=action, title="The report", **(given or {"address": ADDRESS}))


def answer(item, by, is_accepted=True, reason="", at=AT):
    return completing.answer_evidence(by=by, at=at, item=item, is_accepted=is_accepted, reason=reason)


def review(action, by, says="early", at=AT):
    return completing.review_impact(by=by, at=at, action=action, says=says, reason="The figures end before it.")


def close(action, by=SYSTEM, at=AT):
    return completing.close_action(by=by, at=at, action=action, note="Everybody is trained.")


def fresh(ref="A-done"):
    return selectors.one_action(SYSTEM, CODE, ref)


@pytest.fixture
def closed(owned, people):
    answer(offer(owned, people["director"]), people["board-chair"])
    review(owned, people["board-chair"])
    close(owned)
    return fresh()


def test_from_done_to_complete_by_more_than_one_person(owned, people) -> None:
    assert (owned.state_words(TODAY), owned.impact_words(TODAY)) == ("Done, not yet evidenced", "Not reviewed")
    item = offer(owned, people["director"])
    assert item.state_words(TODAY) == "Waits for an answer"
    answer(item, people["board-chair"])
    assert fresh().state_words(TODAY) == "Done and evidenced"
    review(owned, people["board-chair"])
    assert (fresh().state_words(TODAY), fresh().impact_words(TODAY)) == ("Done and evidenced", "Too early to say")
    close(owned, people["programme-office"])
    assert fresh().state_words(TODAY) == "Complete"
    actions = ["evidence offered", "evidence accepted", "impact reviewed", "action closed"]
    assert list(TrailRow.objects.order_by("number").values_list("action", flat=True))[-4:] == actions


@pytest.mark.parametrize("who", ["director", "practice-manager"])
def test_nobody_in_the_owners_line_accepts_or_reviews_and_the_trail_says_who_tried(owned, people, who: str) -> None:
    item = offer(owned, people["programme-office"])
    for attempt in (lambda: answer(item, people[who]), lambda: review(owned, people[who])):
        with pytest.raises(completing.TooNear, match="owner’s line"):
            attempt()
        row = TrailRow.objects.order_by("number").last()
        assert (row.action, row.by) == ("refused by a rule", who)
    assert not EvidenceAnswer.objects.exists()


def test_whoever_offered_does_not_accept_and_an_owner_never_their_own(owned, people) -> None:
    Action.objects.filter(ref="A-done").update(accountable=None)
    post = Post.objects.get(code="head")
    changing.appoint(by=SYSTEM, at=AT, post=post, holder=people["board-chair"])
    item = offer(fresh(), people["board-chair"])
    changing.appoint(by=SYSTEM, at=AT, post=post, holder=people["director"])
    with pytest.raises(completing.TooNear, match="You offered"):
        answer(item, people["board-chair"])


def test_evidence_is_returned_with_a_reason_and_offered_anew(owned, people) -> None:
    item = offer(owned, people["director"])
    with pytest.raises(progress.NothingSaid):
        answer(item, people["board-chair"], is_accepted=False, reason=" ")
    answer(item, people["board-chair"], is_accepted=False, reason="It is the wrong month.")
    assert fresh().evidence.get().state_words(TODAY) == "Returned"
    with pytest.raises(completing.AnsweredAlready):
        answer(item, people["board-chair"])
    answer(offer(owned, people["director"]), people["board-chair"])
    assert fresh().is_evidenced(TODAY)


@pytest.mark.parametrize(
    "given",
    [{"address": "javascript:alert(1)"}, {"chosen": "record:action/Z9"}, {"file": ("a.txt", b"")}, {"address": ""}],
)
def test_what_nobody_can_open_is_not_evidence(owned, people, given) -> None:
    with pytest.raises(NotEvidence):
        offer(owned, people["director"], **given)


def test_a_file_and_a_record_are_evidence_and_the_file_comes_back(
    owned, people, client_for, settings, tmp_path
) -> None:
    settings.HOLDFAST_DATA = tmp_path
    item = offer(owned, people["director"], file=("minutes.txt", b"All trained."))
    offer(owned, people["director"], chosen="record:action/A-late")
    sent = client_for(BOB).get(page(f"plan/actions/A-done/evidence/{item.pk}/"))
    assert (sent.content, sent["Content-Disposition"]) == (
        b"All trained.",
        'attachment; filename="minutes.txt"',
    )
    assert verify_evidence(SYSTEM) == []
    kept.path_of(SHELF, item.sha256).write_bytes(b"None trained.")
    said = f"Evidence {item.pk} of A-done (westmere-2031): the file has been changed since it was kept."
    assert verify_evidence(SYSTEM) == [said]


@pytest.mark.parametrize("who", ["dfe-observer", "elected-member", "nobody", "elsewhere", "board-chair"])
def test_only_owners_partners_and_the_office_offer(owned, people, who: str) -> None:
    with pytest.raises(Refused):
        offer(owned, people[who])


@pytest.mark.parametrize("who", ["programme-office", "dfe-observer", "dscb-member", "nobody"])
def test_only_those_permitted_accept(owned, people, who: str) -> None:
    item = offer(owned, people["director"])
    with pytest.raises(Refused):
        answer(item, people[who])


def test_a_partner_offers_for_what_their_agency_contributes_to_and_for_nothing_else(owned, people, programme) -> None:
    facts = {"by": SYSTEM, "at": AT, "programme": programme}
    police = organisation.add_agency(**facts, code="police", name="Police", kind="police")
    organisation.grant_role(**facts, account=people["nobody"], role="partner-member", kind="agency", key="police")
    partner = type(people["nobody"]).objects.get(pk=people["nobody"].pk)
    with pytest.raises(Refused):
        offer(owned, partner)
    owned.contributing.add(police)
    assert offer(owned, partner).offered_by == partner


def test_what_stands_between_an_action_and_its_closing_is_said_in_words_and_closing_refused(owned, people) -> None:
    changing.appoint(by=SYSTEM, at=AT, post=Post.objects.get(code="head"), holder=None)
    with pytest.raises(Forbidden) as refusal:
        close(fresh())
    assert refusal.value.blocks == [
        "It has no accepted evidence: none has been accepted.",
        "Nobody has reviewed what it changed.",
        "It has no live owner: nobody who can sign in holds the post of Head of plans.",
    ]
    assert TrailRow.objects.order_by("number").last().action == "refused by a rule"
    assert not Closure.objects.exists()


def test_an_action_is_not_closed_without_a_review_nor_before_it_is_done(owned, people, small_plan) -> None:
    answer(offer(owned, people["director"]), people["board-chair"])
    with pytest.raises(completing.NotComplete, match="reviewed what it changed"):
        close(owned)
    with pytest.raises(completing.NotDoneYet):
        review(small_plan.late, people["board-chair"])
    with pytest.raises(completing.NotComplete, match="not marked as done"):
        close(fresh("A-late"))


def test_a_closed_action_takes_nothing_more_until_it_is_reopened_with_a_reason(closed, people) -> None:
    with pytest.raises(progress.ClosedAlready):
        close(closed)
    with pytest.raises(progress.ClosedAlready):
        offer(closed, people["director"])
    with pytest.raises(progress.ClosedAlready):
        progress.take_back(by=SYSTEM, at=AT, thing=closed, reason="A mistake.")
    with pytest.raises(progress.NothingSaid):
        completing.reopen_action(by=SYSTEM, at=AT, action=closed, reason=" ")
    completing.reopen_action(by=SYSTEM, at=AT, action=closed, reason="It came back.")
    with pytest.raises(completing.NotClosed):
        completing.reopen_action(by=SYSTEM, at=AT, action=fresh(), reason="Again.")


def test_reopened_it_is_done_evidenced_and_reviewed_again_and_past_days_keep_what_they_were(closed) -> None:
    completing.reopen_action(by=SYSTEM, at=LATER, action=closed, reason="It came back.")
    again, before, after = fresh(), LATER.date() - timedelta(days=1), LATER.date()
    assert (again.state_words(before), again.state_words(after)) == ("Complete", "Late")
    assert (again.finished_on(before), again.finished_on(after)) == (date(2031, 5, 2), None)
    assert (again.impact_words(before), again.impact_words(after)) == ("Too early to say", "Not reviewed")
    assert again.original_due_on == date(2031, 5, 1)
    progress.mark_done(by=SYSTEM, at=LATER, action=again, on=after, note="Done again.")
    assert fresh().state_words(after) == "Done, not yet evidenced"


@pytest.mark.parametrize(("claim", "as_at", "is_proposed"), [
    ("worsening", date(2031, 7, 1), True),
    ("worsening", TODAY, False),
    ("no clear change", date(2031, 7, 1), False),
])  # fmt: skip
def test_reopening_is_proposed_when_the_indicator_worsens_after_closing_and_not_done_by_itself(
    closed, monkeypatch, claim: str, as_at: date, is_proposed: bool
) -> None:
    Action.objects.filter(ref="A-done").update(indicator="I20")
    said_of = impact.ClaimOn("I20", "Assessments in time", claim, 3, as_at)
    monkeypatch.setattr(impact, "claims_on", lambda code, on: {"I20": said_of})
    proposed = impact.to_reopen(SYSTEM, CODE, [fresh()], LATER.date())
    assert [each.action.ref for each in proposed] == (["A-done"] if is_proposed else [])
    assert fresh().closure_by(LATER.date()) is not None


@pytest.mark.parametrize(("says", "claim", "told"), [
    ("shown", "improving", "Impact shown"),
    ("shown", "no clear change", "Judged to have worked, not shown by figures"),
    ("none", "improving", "No effect"),
])  # fmt: skip
def test_what_a_person_says_and_what_the_figures_say_are_two_things(
    owned, people, monkeypatch, says: str, claim: str, told: str
) -> None:
    said_of = impact.ClaimOn("I20", "Assessments in time", claim, 3, TODAY)
    monkeypatch.setattr(completing, "claim_on", lambda code, indicator, on: said_of)
    made = review(owned, people["board-chair"], says=says)
    assert (made.claim, made.release, fresh().impact_words(TODAY)) == (claim, 3, told)


def test_the_page_shows_each_person_only_what_they_may_do(owned, people, client_for) -> None:
    item = offer(owned, people["programme-office"])
    path = page("plan/actions/A-done/")
    chair, director, observer = (words(client_for(who).get(path)) for who in ("board-chair", "director", BOB))
    assert "Accept or return" in chair
    assert "Accept or return" not in director + observer
    assert "Offer evidence" in director
    assert "What you can do" not in observer
    assert "Nobody has reviewed what it changed." in observer
    client = client_for("board-chair")
    refused = client.post(page(f"plan/actions/A-done/evidence/{item.pk}/answer/"), {"is_accepted": "no"})
    assert errors(refused) == [("Enter the reason why you return it", "#id_reason")]
    taken = client.post(page(f"plan/actions/A-done/evidence/{item.pk}/answer/"), {"is_accepted": "yes"})
    assert said(client, taken) == "“The report” is accepted as evidence of A-done."


def test_the_forms_offer_review_close_and_reopen(owned, people, client_for) -> None:
    office, chair = client_for(ALICE), client_for("board-chair")
    typed = {"title": "The report", "address": ADDRESS}
    assert said(office, office.post(page("plan/actions/A-done/evidence/offer/"), typed)).startswith("The evidence is")
    item = owned.evidence.get()
    chair.post(page(f"plan/actions/A-done/evidence/{item.pk}/answer/"), {"is_accepted": "yes"})
    assert chair.get(page("plan/actions/A-done/impact/")).status_code == 200
    chair.post(page("plan/actions/A-done/impact/"), {"says": "early", "reason": "Too soon."})
    answered = office.post(page("plan/actions/A-done/close/"), {"note": "All trained."})
    assert said(office, answered).startswith("A-done is complete.")
    answered = office.post(page("plan/actions/A-done/reopen/"), {"reason": "It came back."})
    assert said(office, answered).startswith("A-done is open again")


def test_a_home_says_what_waits_for_whom_and_what_came_back(owned, people, client_for) -> None:
    item = offer(owned, people["director"])
    assert "“The report” was offered on 1 June 2031" in words(client_for("board-chair").get(page("")))
    assert "was offered on" not in words(client_for("director").get(page("")))
    answer(item, people["board-chair"], is_accepted=False, reason="It is the wrong month.")
    assert "It is the wrong month. Offer it again." in words(client_for("director").get(page("")))
