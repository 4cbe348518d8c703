"""A meeting from its pack to its approved minutes: what it decided shows its number wherever it changed something."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account, TrailRow
from holdfast.agreements import services as agreements
from holdfast.agreements.models import Party
from holdfast.governance.models import Decision, Pack
from holdfast.governance.services import bodies, meetings
from holdfast.jobs import queue
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Programme
from holdfast.performance.services import calculation, releases
from holdfast.plan.services import adding, progress
from page_client import PageClient

FIRST = date(2013, 10, 10)
HELD = date(2014, 2, 27)


def _write() -> dict[str, Any]:
    return {"by": SYSTEM, "at": clock.now()}


@pytest.fixture
def board(ground: Programme, somebody: Callable[[str], Account]) -> SimpleNamespace:
    """A Board with a chair, a member of the council, the police and the Department's observer, and six meetings."""
    body = organisation.add_body(**_write(), programme=ground, code="board", name="Improvement Board")
    bodies.constitute(**_write(), body=body, kind="board", short="IB", quorum=3, cycle_days=28, from_on=FIRST)
    kinds = {"council": "council", "police": "police", "dfe": "government", "outside": "other"}
    agencies, posts = {}, {}
    for code, kind in kinds.items():
        given = {"programme": ground, "code": code, "name": code.capitalize(), "kind": kind}
        agencies[code] = organisation.add_agency(**_write(), **given)
        lead = {"code": f"{code}-lead", "title": f"{code.capitalize()} lead", "agency": agencies[code]}
        posts[code] = organisation.add_post(**_write(), programme=ground, **lead)
    capacities = {"outside": "chair", "council": "member", "police": "member", "dfe": "observer"}
    seats = {
        code: bodies.fill_seat(
            **_write(), body=body, agency=agencies[code], post=posts[code], capacity=capacity, from_on=FIRST,
            declaration="I am independent of the council." if capacity == "chair" else "",
        )
        for code, capacity in capacities.items()
    }  # fmt: skip
    cycle = meetings.make_cycle(**_write(), body=body, first_on=FIRST, until_on=date(2014, 3, 31))
    assert cycle[5].held_on == HELD
    return SimpleNamespace(body=body, seats=seats, posts=posts)


def _planned(ground: Programme, post: Any) -> None:
    """Two milestones that will not be met in time, and an action done, so that there is a figure to aim at."""
    objective = adding.add_objective(**_write(), programme=ground, ref="O1", title="In time")
    for ref in ("M1", "M2"):
        adding.add_milestone(
            **_write(), programme=ground, ref=ref, title=f"Milestone {ref}", owner=post, due_on=date(2014, 3, 14)
        )
    given = {"ref": "A1", "title": "See to it", "owner": post, "due_on": date(2013, 12, 20)}
    action = adding.add_action(**_write(), objective=objective, **given)
    progress.mark_done(**_write(), action=action, on=date(2013, 12, 20), note="It was done.")
    draft = calculation.calculate_release(**_write(), programme=ground)
    releases.publish_release(**_write(), release=draft)


def test_a_meeting_decides_and_what_it_decided_shows_its_number(
    ground: Programme, somebody: Callable[[str], Account], board: SimpleNamespace, settings: Any
) -> None:
    names = ("programme-office", "board-chair", "dfe-observer", "elected-member")
    accounts = {name: somebody(name) for name in names}
    police = organisation.create_account(**_write(), username="the-police", first_name="Police")
    organisation.grant_role(
        **_write(), account=police, role="partner-member", programme=ground, kind="agency", key="police",
        from_on=FIRST,
    )  # fmt: skip
    _planned(ground, board.posts["council"])
    base = f"/{ground.code}"
    meeting = f"{base}/meetings/board/6/"

    def signed_in(account: Account) -> PageClient:
        client = PageClient()
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    # The secretary builds the pack of 27 February 2014.
    office = signed_in(accounts["programme-office"])
    office.post(f"{meeting}agenda/make/")
    changes = next(item for item in board.body.meetings.get(number=6).items.all() if item.source_ref == "plan-changes")
    paper = {"title": "Two milestones", "words": "Both need six weeks more.", "record_named": ""}
    office.post(f"{meeting}items/{changes.order}/papers/add/", paper)
    lacking = office.post(f"{meeting}pack/make/").content.decode()
    assert "This is what the pack lacks" in lacking
    assert not Pack.objects.exists()
    office.post(f"{meeting}pack/make/", {"sure": "yes"})
    queue.run_next_job()
    assert Pack.objects.get().name == "Pack 6"
    assert office.get(f"{meeting}pack/0.pdf").content.startswith(b"%PDF")

    # A partner signs for its own agency.
    terms = agreements.add_subject(
        **_write(), programme=ground, code="terms", kind="terms-of-reference", title="Terms of reference"
    )
    version = agreements.propose_version(
        **_write(), subject=terms, parties=[("agency", "police")], words="The Board meets every 28 days."
    )
    party = Party.objects.get(version=version)
    signed_in(police).post(f"{base}/agreements/terms/1/parties/{party.pk}/answer/", {"answer": "agreed", "words": ""})
    assert Party.objects.get(pk=party.pk).answer.says == "agreed"

    # The meeting is minuted: who came, what was said.
    settings.HOLDFAST_TODAY = HELD
    office = signed_in(accounts["programme-office"])
    for seat in board.seats.values():
        office.post(f"{meeting}attendance/{seat.pk}/", {"came": "attended", "deputy": "", "interest": ""})
    said = {"kind": "information", "text": "The east team is short of two workers."}
    office.post(f"{meeting}items/{changes.order}/say/", said)

    # The observer is refused a vote, and the trail keeps it.
    deciding = f"{base}/decisions/record/board/6/?effect=due-date&effect=due-date&effect=target"
    decided = {
        "item": str(changes.pk),
        "text": "Both milestones move to 30 April, and actions are to be done on time.",
        "options": "",
        "reason": "Two workers left, and nobody had been told.",
        "requirements": ["R55"],
        "effect_1_subject": "M1", "effect_1_due_on": "2014-04-30", "effect_1_reason": "",
        "effect_2_subject": "M2", "effect_2_due_on": "2014-04-30", "effect_2_reason": "",
        "effect_3_subject": "I109", "effect_3_direction": "at least", "effect_3_from_on": "2013-12-01",
        "effect_3_value": "90", "effect_3_trajectory": "", "effect_3_standard_words": "The Board's own",
    }  # fmt: skip
    voters = [str(board.seats[code].pk) for code in ("outside", "council", "police")]
    refused = office.post(deciding, decided | {"agreed_by": [*voters, str(board.seats["dfe"].pk)]})
    assert "does not decide or vote" in refused.content.decode()
    row = TrailRow.objects.last()
    assert (row.action, row.detail["rule"]) == ("refused by a rule", "ObserverDoesNotDecide")
    assert not Decision.objects.exists()
    assert signed_in(accounts["dfe-observer"]).post(deciding, decided).status_code == 403

    # The Board decides.
    asked = office.post(deciding, decided | {"agreed_by": voters}).content.decode()
    assert "The target of I109 would judge December 2013 to January 2014 again" in asked
    assert not Decision.objects.exists()
    made = office.post(deciding, decided | {"agreed_by": voters, "sure": "yes"}, follow=True)
    assert "IB-1 is recorded and carried out" in made.content.decode()
    office.post(f"{meeting}held/", {"summary": "Every child in the east team keeps a worker."})

    # The next meeting approves the minutes, and then they are locked.
    settings.HOLDFAST_TODAY = date(2014, 3, 27)
    chair, approving = signed_in(accounts["board-chair"]), board.body.meetings.get(number=7)
    shown = chair.post(
        f"{meeting}minutes/approve/",
        {"approving": approving.pk, "resolution": "Agreed as a true record."},
        follow=True,
    ).content.decode()
    assert "Approved and locked" in shown
    assert "IB-1" in shown
    late = signed_in(accounts["programme-office"]).post(f"{meeting}items/{changes.order}/say/", said)
    assert "are locked" in late.content.decode()

    # Wherever it changed something, everybody sees the decision's number.
    member = signed_in(accounts["elected-member"])
    for page in ("plan/milestones/M1/", "plan/milestones/M2/", "indicators/", "notice/requirements/R55/"):
        assert "IB-1" in member.get(f"{base}/{page}").content.decode(), page
    assert "30 April 2014" in member.get(f"{base}/plan/").content.decode()
