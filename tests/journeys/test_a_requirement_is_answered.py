"""Journey two: checks from live records, a person's judgement and somebody else's acceptance answer a requirement."""

from collections.abc import Callable

import pytest

from holdfast.access import clock
from holdfast.access.models import Account, TrailRow
from holdfast.agreements import services as agreements
from holdfast.governance.services import bodies
from holdfast.notice.selectors import positions
from holdfast.notice.services import judging
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Programme


def position_of(user: Account, programme: Programme, ref: str) -> str:
    return next(one["position"] for one in positions.positions(user, programme.code) if one["ref"] == ref)


def checks_of(user: Account, programme: Programme, ref: str) -> list[str]:
    line = next(one for one in positions.positions(user, programme.code) if one["ref"] == ref)
    return [check["state"] for check in line["checks"]]


def test_a_requirement_is_answered(ground: Programme, somebody: Callable[[str], Account]) -> None:
    office, director, observer = somebody("programme-office"), somebody("director"), somebody("dfe-observer")
    assert len(positions.positions(observer, ground.code)) == 71

    # There is no Board yet: the records say so, and the requirement to have one is not met.
    before = position_of(observer, ground, "R53")
    assert before in ("not met", "no evidence")

    # The programme office sets the Board up, and its terms are agreed: the checks answer from live records.
    write = {"by": office, "at": clock.now()}
    body = organisation.add_body(**write, programme=ground, code="board", name="Improvement Board")
    bodies.constitute(
        **write, body=body, kind="board", short="IB", quorum=3, cycle_days=28, terms="terms", from_on=ground.starts_on
    )
    assert checks_of(observer, ground, "R53") == ["at risk", "no evidence"], "nobody has agreed its terms"
    subject = agreements.add_subject(
        **write, programme=ground, code="terms", kind="terms-of-reference", title="Terms of reference of the Board"
    )
    version = agreements.propose_version(
        **write, subject=subject, words="It meets every four weeks.", parties=[("body", "board")]
    )
    (party,) = version.parties.all()
    agreements.say(**write, version=version, party=party, answer="agreed", minute="IB 1, item 2")
    answered = next(one for one in positions.positions(observer, ground.code) if one["ref"] == "R53")
    assert "met" in [check["state"] for check in answered["checks"]]
    assert answered["position"] != "met", "a check alone never makes a requirement met"

    # Somebody judges it with a reason, and evidence; they may not accept their own judgement; somebody else does.
    requirement = ground.notice.requirements.get(ref="R53")
    terms = judging.link_evidence(
        by=office, at=clock.now(), requirement=requirement, title="Terms of reference", file=("terms.txt", b"The Board")
    )
    judged = judging.judge(
        by=director,
        at=clock.now(),
        requirement=requirement,
        says="met",
        reason="The Board met in October.",
        evidence=[terms],
    )
    assert position_of(observer, ground, "R53") == answered["position"], "nobody has accepted it, so it moves nothing"
    with pytest.raises(Exception, match="somebody else must"):
        judging.accept(by=director, at=clock.now(), judgement=judged, is_accepted=True)
    chair = somebody("board-chair")
    with pytest.raises(Exception, match="You have not opened yet: Terms of reference"):
        judging.accept(by=chair, at=clock.now(), judgement=judged, is_accepted=True)
    judging.open_evidence(by=chair, at=clock.now(), evidence=terms)
    judging.accept(by=chair, at=clock.now(), judgement=judged, is_accepted=True)
    assert position_of(observer, ground, "R53") == "met"

    # Who did what is in the trail, in order.
    actions = [row.by for row in TrailRow.objects.filter(programme=ground.code, by__startswith="the-")]
    assert actions == [
        *["the-programme-office"] * 6,
        "the-director",
        "the-board-chair",
        "the-board-chair",
    ]
