"""Over the whole plan: the crosswalk both ways, the timeline, what was agreed, and whether gains are kept."""

import re
from datetime import date
from itertools import pairwise, product
from types import SimpleNamespace

import pytest
from lxml import etree

from holdfast.access.days import last_of_month
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.agreements import services as agreements
from holdfast.agreements.contents import content_today
from holdfast.notice.models import Requirement
from holdfast.notice.selectors.coverage import coverage
from holdfast.organisation import services as organisation
from holdfast.plan import agreeing, selectors
from holdfast.plan.models import Action
from holdfast.plan.selectors import sustaining
from holdfast.plan.selectors.crossing import crossed
from holdfast.plan.selectors.sustaining import NOT_KNOWN, NOT_SUSTAINED, SUSTAINED, Goal, stays_at
from holdfast.plan.services import adding, describing, progress, revising
from holdfast.plan.services.sustaining import AnotherProgramme, hand_over
from holdfast.plan.timeline import ROOM_FOR_A_MONTH, WIDTH, Timed, draw, timed

from .conftest import AT, TODAY
from .pages import ALICE, BOB, page, said, words

CODE = "westmere-2031"


def move(item, due_on=date(2031, 7, 10)):
    facts = {"item": item, "due_on": due_on, "reason": "Not ready.", "decision": "IB-7", "decided_on": TODAY}
    return revising.revise_due_date(by=SYSTEM, at=AT, **facts)


# Sustained: six in a row


def test_six_months_in_a_row_hold_no_gap() -> None:
    def figure(month: int) -> SimpleNamespace:
        period = SimpleNamespace(starts_on=date(2031, month, 1), ends_on=last_of_month(date(2031, month, 1)))
        return SimpleNamespace(period=period)

    def months(*numbers: int) -> list[int]:
        return [one.period.starts_on.month for one in sustaining.unbroken([figure(number) for number in numbers])]

    assert months(1, 2, 3, 4, 5, 6) == [1, 2, 3, 4, 5, 6]
    assert months(1, 2, 4, 5, 6) == [4, 5, 6]
    assert months(1) == [1]
    assert months() == []


def month(low, high=None):
    return SimpleNamespace(n_in=None, lowest_share=low, highest_share=low if high is None else high)


AT_LEAST_90 = Goal(0.9, True, "at least 90%")
GOOD, BAD, HIDDEN, UNCLEAR = month(0.9), month(0.89), month(None), month(0.89, 0.91)


@pytest.mark.parametrize(
    ("months", "claim", "state"),
    [
        ([GOOD] * 6, "no clear change", SUSTAINED),
        ([BAD] + [GOOD] * 6, "improved and steady since", SUSTAINED),
        ([GOOD] * 5, "no clear change", NOT_KNOWN),
        ([BAD] + [GOOD] * 5, "no clear change", NOT_SUSTAINED),
        ([GOOD] * 5 + [BAD], "no clear change", NOT_SUSTAINED),
        ([GOOD] * 5 + [HIDDEN], "no clear change", NOT_KNOWN),
        ([UNCLEAR] + [GOOD] * 5, "no clear change", NOT_KNOWN),
        ([GOOD] * 6, "worsening", NOT_SUSTAINED),
        ([], "", NOT_KNOWN),
    ],
)
def test_sustained_is_six_months_in_a_row_at_the_target_and_nothing_for_the_worse(months, claim, state) -> None:
    assert stays_at(months, AT_LEAST_90, claim)[0] == state


def test_why_reads_as_a_sentence() -> None:
    assert stays_at([GOOD] * 6, AT_LEAST_90, "no clear change")[1] == "6 of 6 months in a row at least 90%"


def test_at_most_and_counts_are_judged_the_right_way_round() -> None:
    at_most = Goal(0.2, False, "at most 20%")
    assert [at_most.is_met(month(share)) for share in (0.2, 0.21)] == [True, False]
    assert at_most.is_met(month(0.19, 0.21)) is None
    count = Goal(40, False, "at most 40", is_count=True)
    assert [count.is_met(SimpleNamespace(n_in=n, lowest_share=None, highest_share=None)) for n in (40, 41, None)] == [
        True,
        False,
        None,
    ]


def test_an_unknown_month_never_makes_anything_sustained() -> None:
    for last in product((GOOD, BAD, HIDDEN, UNCLEAR), repeat=6):
        state, _ = stays_at([BAD, *last], AT_LEAST_90, "no clear change")
        assert (state == SUSTAINED) == all(each is GOOD for each in last)
        assert (state == NOT_SUSTAINED) == any(each is BAD for each in last)


# Who takes over


def test_a_requirement_is_handed_over_to_a_post_with_its_control_and_a_newer_one_counts(small_plan, post) -> None:
    requirement = Requirement.objects.get(ref="A1")
    for control in ("A report each quarter.", "A report each month."):
        hand_over(by=SYSTEM, at=AT, requirement=requirement, post=post, control=control, from_on=date(2031, 9, 12))
    lines = {line.requirement.ref: line.handover for line in sustaining.handovers(SYSTEM, CODE)}
    assert (lines["A1"].control, lines["A2"]) == ("A report each month.", None)
    before = {line.requirement.ref: line.handover for line in sustaining.handovers(SYSTEM, CODE, date(2031, 5, 31))}
    assert before["A1"] is None
    assert TrailRow.objects.order_by("number").last().action == "requirement handed over"


def test_handing_over_needs_a_control_a_post_of_the_programme_and_permission(
    small_plan, post, people, second_programme
) -> None:
    facts = {"requirement": Requirement.objects.get(ref="A1"), "from_on": TODAY}
    with pytest.raises(progress.NothingSaid):
        hand_over(by=SYSTEM, at=AT, post=post, control=" ", **facts)
    with pytest.raises(Refused):
        hand_over(by=people["director"], at=AT, post=post, control="x", **facts)
    who = {"by": SYSTEM, "at": AT, "programme": second_programme}
    agency = organisation.add_agency(**who, code="c", name="C", kind="council")
    other = organisation.add_post(**who, code="x", title="X", agency=agency)
    with pytest.raises(AnotherProgramme):
        hand_over(by=SYSTEM, at=AT, post=other, control="x", **facts)


def test_the_page_names_who_takes_over_and_the_form_asks(small_plan, post, client_for) -> None:
    alice = client_for(ALICE)
    assert "Name who takes it over" in words(alice.get(page("plan/after/")))
    typed = {"post": post.pk, "control": "A report.", "from_on-day": "12", "from_on-month": "9", "from_on-year": "2031"}
    answer = alice.post(page("plan/after/A1/"), typed)
    assert said(alice, answer) == "A1 goes to Head of plans on 12 September 2031."
    shown = words(client_for(BOB).get(page("plan/after/")))
    assert "Head of plans" in shown
    assert "Nobody named" in shown


# The crosswalk


def test_the_crosswalk_goes_both_ways_and_lists_the_gaps(small_plan, client_for) -> None:
    found = crossed(SYSTEM, CODE)
    assert [one.requirements for one in found.objectives] == [["A1", "A2", "A3"]]
    late = next(one for one in found.actions if one.words.startswith("A-late"))
    assert (late.requirements, late.recommendations, late.indicators, late.gaps) == (["A1"], ["F1"], ["I20"], [])
    assert "These actions answer nothing: A-done Action A-done." in found.gaps
    assert any(gap.startswith("No action answers these requirements:") for gap in found.gaps)
    assert "These actions answer nothing" in words(client_for(BOB).get(page("plan/crosswalk/")))


def test_what_a_meeting_raised_is_no_gap_though_it_answers_no_requirement(small_plan, post) -> None:
    facts = {"objective": small_plan.objective, "ref": "B1", "title": "B", "owner": post, "due_on": date(2031, 7, 1)}
    adding.add_action(by=SYSTEM, at=AT, raised_from=("meeting", "board/3", "Meeting 3"), **facts)
    assert not [gap for gap in crossed(SYSTEM, CODE).gaps if "B1 B" in gap]
    assert [action.ref for action in coverage(SYSTEM, CODE).adrift] == ["A-done"]


def test_an_objective_and_a_recommendation_that_nothing_measures_are_gaps(small_plan) -> None:
    for action in Action.objects.all():
        describing.change_planned(by=SYSTEM, at=AT, thing=action, parts={"indicator": ""})
    found = crossed(SYSTEM, CODE)
    assert [one.gaps for one in found.objectives] == [["No indicator measures its effect"]]
    assert "Nothing measures what was done about these recommendations: F1." in found.gaps


def test_with_nothing_missing_no_gap_is_listed(small_plan, client_for) -> None:
    progress.withdraw(by=SYSTEM, at=AT, thing=Action.objects.get(ref="A-done"), reason="A mistake.")
    every = [one.ref for one in Requirement.objects.all()]
    for ref in ("A-late", "A-now", "A-later"):
        parts = {"requirements": every, "indicator": "I20"}
        describing.change_planned(by=SYSTEM, at=AT, thing=Action.objects.get(ref=ref), parts=parts)
    assert crossed(SYSTEM, CODE).gaps == []
    assert "There is no gap" in words(client_for(BOB).get(page("plan/crosswalk/")))


# The timeline


def test_the_picture_the_table_and_the_sentence_are_of_the_same_rows(small_plan, client_for) -> None:
    move(small_plan.late)
    things = [selectors.one_action(SYSTEM, CODE, ref) for ref in ("A-late", "A-done")]
    drawn = draw("Plans <on> time", [timed(thing, TODAY) for thing in things], TODAY)
    svg = etree.fromstring(drawn.svg)
    shapes = {name: len(svg.findall(f".//{{*}}{name}")) for name in ("circle", "rect")}
    assert shapes == {"circle": 2, "rect": 1 + 1}
    assert drawn.svg.count("l9 9l-9 9") == 1
    assert drawn.table_rows[0][2:4] == ["31 May 2031", "10 July 2031"]
    said = "Of 2 actions and milestones, on 1 June 2031 1 was done, none late, and 1 moved by decision."
    assert drawn.sentence == said
    assert not re.search(r"style=|class=", drawn.svg)
    assert drawn == draw("Plans <on> time", [timed(thing, TODAY) for thing in things], TODAY)
    assert "1 moved by decision" in words(client_for(BOB).get(page("plan/timeline/")))


@pytest.mark.parametrize("n_months", range(1, 40))
def test_the_names_of_months_never_run_into_each_other_or_out_of_the_picture(n_months) -> None:
    last = date(2030 + (8 + n_months) // 12, (8 + n_months) % 12 + 1, 1)
    row = Timed("A1", "A1 Plans", date(2030, 9, 1), last, None, None, "To do", is_late=False)
    texts = etree.fromstring(draw("Plans", [row], date(2030, 9, 2)).svg).findall(".//{*}text")
    places = [float(text.get("x")) for text in texts if text.get("y") == "20"]
    assert places
    assert all(after - before >= ROOM_FOR_A_MONTH for before, after in pairwise(places))
    assert places[-1] <= WIDTH - ROOM_FOR_A_MONTH


# What was agreed


def test_the_words_of_the_plan_change_with_a_promise_and_not_with_progress(small_plan) -> None:
    before = content_today(SYSTEM, CODE, "plan")
    assert before == agreeing.words_of_the_plan(SYSTEM, CODE)
    assert "A-late Action A-late. Owner: Head of plans. Lead: Council. Due 31 May 2031. Answers A1, F1." in before
    progress.mark_done(by=SYSTEM, at=AT, action=small_plan.now, on=TODAY, note="Done.")
    assert agreeing.words_of_the_plan(SYSTEM, CODE) == before
    move(small_plan.late)
    after = agreeing.words_of_the_plan(SYSTEM, CODE)
    assert "Due 10 July 2031 (first 31 May 2031, moved by IB-7)" in after
    assert len(set(before.splitlines()) ^ set(after.splitlines())) == 2


def test_the_page_says_what_has_changed_since_the_version_in_force(small_plan, client_for) -> None:
    assert "No version of the plan is in force" in words(client_for(BOB).get(page("plan/agreed/")))
    programme = small_plan.objective.programme
    organisation.add_body(by=SYSTEM, at=AT, programme=programme, code="board", name="The Board")
    subject = agreements.add_subject(by=SYSTEM, at=AT, programme=programme, code="plan", kind="plan", title="The plan")
    text = agreeing.words_of_the_plan(SYSTEM, CODE)
    version = agreements.propose_version(by=SYSTEM, at=AT, subject=subject, words=text, parties=[("body", "board")])
    agreements.say(by=SYSTEM, at=AT, version=version, party=version.parties.get(), answer="agreed", minute="Item 4")
    assert "The plan is as it was agreed" in words(client_for(BOB).get(page("plan/agreed/")))
    parts = {"title": "Another title"}
    describing.change_planned(by=SYSTEM, at=AT, thing=Action.objects.get(ref="A-late"), parts=parts)
    shown = words(client_for(BOB).get(page("plan/agreed/")))
    assert "[added: Another" in shown
    assert "agreed by nobody until a new version is put forward" in shown


def test_an_action_that_nothing_measures_says_in_the_crosswalk_what_it_is_meant_to_change(
    small_plan, client_for
) -> None:
    changed = "Whoever refers a child knows what came of it"
    describing.change_planned(
        by=SYSTEM, at=AT, thing=small_plan.later, parts={"indicator": "", "intended_impact": changed}
    )
    shown = words(client_for(BOB).get(page("plan/crosswalk/")))
    assert "No indicator measures its effect. Meant: whoever refers a child knows what came of it" in shown
    assert "Nothing measures the effect of these actions" in shown
