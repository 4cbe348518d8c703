"""What each home says, from facts set out by hand: its sentence, its five things, and whom to ask."""

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from holdfast.notice.models import Requirement
from holdfast.notice.positioning import POSITIONS
from holdfast.performance.selectors.on_record import OverdueCounts, Told
from holdfast.performance.selectors.worklists import ClockCounts
from holdfast.web.home import leading, looking_on, measuring, practising, taking_part
from holdfast.web.home.answer import Thing, brief, five, sentences
from holdfast.web.home.things import by_luck, late_things, owner_of, worse

TODAY = date(2014, 2, 10)
AS_AT = date(2014, 1, 31)


def thing(what):
    return Thing(what, "/", "1 of 2")


def post(title="Head of practice", holder=None):
    return SimpleNamespace(title=title, holder=holder, holder_id=1 if holder else None)


def dated(ref="M1", due_on=date(2014, 1, 31), title="Head of practice", **facts):
    usual = {"title": "Reach nine in ten", "owner": post(title), "recovery": "", "counting_evidence": lambda on: []}
    return SimpleNamespace(ref=ref, due_on=due_on, **{**usual, **facts})


def measure(claim, title="Referrals", indicator="I03", kind="flow"):
    definition = SimpleNamespace(
        id=indicator,
        title=title,
        unit="count",
        polarity="higher",
        kind=kind,
        is_of_children=indicator != "I109",
        is_of_audits=False,
    )
    period = SimpleNamespace(words="January 2014", ends_on=date(2014, 1, 31))
    month = SimpleNamespace(period=period, n_in_words="678", words=lambda unit: "678")
    return SimpleNamespace(
        open_words="",
        open_briefly="",
        definition=definition,
        latest_month=month,
        latest_year=None,
        assessment=SimpleNamespace(claim=claim, chance=0.0001),
    )


def line(position, ref="R01", judgement=None, acceptance=None, due_on=None, answers=()):
    requirement = Requirement(ref=ref, name="Good assessments")
    return SimpleNamespace(
        requirement=requirement, position=position, colour="red", due=SimpleNamespace(on=due_on), answers=answers,
        judgement=judgement, acceptance=acceptance,
    )  # fmt: skip


def asked(**facts):
    usual = {
        "code": "westmere-2031", "user": SimpleNamespace(pk=7), "today": TODAY, "positions": [], "standing": {},
        "scorecard": [], "actions": [], "milestones": [], "late": [], "coming": [], "has_plan": True, "clocks": [],
        "team_clocks": [], "unexplained": [], "answered": frozenset(),
        "release": SimpleNamespace(number=2, as_at=AS_AT, compared_with_id=1, moves_summary={}), "agencies": [],
        "waiting_for_acceptance": [], "to_answer": [], "unanswered": [], "chair_months": [], "is_director": False,
        "challenges": [], "risks_over": [], "awaited": [], "next_meeting": None,
        "pack_lacks": [], "audits_to_do": [], "audits_to_grade": [], "criticals": [],
        "returns_to_give": [], "to_declare": [], "late_to_ask_again": [],
        "recommended": [], "undiscussed": None,
        "may": lambda permission: True,
        "url": lambda name, *args, query="": f"/{name}/{'/'.join(map(str, args))}",
    }  # fmt: skip
    found = SimpleNamespace(**{**usual, **facts})
    found.said = lambda claims: [each for each in found.scorecard if each.assessment.claim in claims]
    found.is_mine = lambda each: each.owner.holder_id == found.user.pk
    return found


def test_the_worst_of_each_kind_comes_before_the_second_of_any():
    a, b, c = ([thing(f"{kind}{n}") for n in range(3)] for kind in "abc")
    assert [found.what for found in five(a, b, c)] == ["a0", "a1", "b0", "b1", "c0"]
    assert [found.what for found in five(a, [], [])] == ["a0", "a1", "a2"]
    assert five([], []) == []


def test_parts_become_sentences_and_empty_ones_are_left_out():
    assert sentences("one thing", "", "two.") == "One thing. Two."


def test_what_somebody_else_wrote_is_cut_at_a_word_within_two_lines():
    assert brief("Late. And more.") == "Late."
    assert brief("") == ""
    assert brief("Why so late?") == "Why so late?"
    assert brief("In time: 51%. Open and already over: 19%. More.") == "In time: 51%. Open and already over: 19%."
    whole = (
        "In time, part-year, 1 May 2013 to 31 January 2014: 51.8% (2 of 4). Open and already over: 26.1% (c of 1,194)."
    )
    assert brief(whole).endswith("time, May 2013 to January 2014: 51.8% (2 of 4). Open and already over: c of 1,194.")
    assert brief("Seen, 1 May 2013 to 30 January 2014: 2 of 4.") == "Seen, 1 May 2013 to 30 January 2014: 2 of 4."
    same_day = whole.replace("1,194).", "1,194) at 31 January 2014.")
    assert brief(same_day).endswith("Open and already over then: c of 1,194.")
    assert brief(same_day.replace("at 31", "at 30")).endswith("Open and already over: c of 1,194 at 30 January 2014.")
    long = brief("word " * 60)
    assert long.endswith("word …")
    assert len(long) <= 152


def test_a_post_is_named_in_the_middle_of_a_sentence():
    assert owner_of(dated(title="Head of practice")) == "head of practice"
    assert owner_of(dated(title="LADO")) == "LADO"


def test_what_is_late_says_for_how_long_and_whom_to_ask():
    (found,) = late_things(asked(), [dated()])
    assert found.figure == "due 31 January 2014, 10 days ago"
    assert found.ask == "Ask the head of practice why, and what will recover it."


def test_a_measure_without_an_action_comes_first_and_says_so():
    answered = SimpleNamespace(
        is_open=True, indicator="I20", ref="A2", due_on=date(2014, 3, 1), owner=post("Head of practice")
    )
    found = worse(asked(scorecard=[measure("worsening", "In time", "I20"), measure("worsening")], actions=[answered]))
    assert [each.what for each in found] == ["Referrals", "In time"]
    assert found[0].ask == "No open action names it. Ask the director which will."
    assert found[1].ask == "A2 answers it, due 1 March 2014. Ask the head of practice whether it works."
    assert found[0].figure == "678 in January 2014"


def test_what_is_counted_on_one_day_is_said_of_that_day():
    found = worse(asked(scorecard=[measure("worsening", kind="stock")]))
    assert [each.figure for each in found] == ["678 at 31 January 2014"]


def test_the_director_is_not_told_to_ask_the_director():
    found = worse(asked(scorecard=[measure("worsening")], is_director=True))
    assert found[0].ask == "No open action names it: say which will."


def test_the_chair_is_told_what_is_worse_late_and_waiting():
    judgement = SimpleNamespace(
        judged_by_id=3, judged_by=SimpleNamespace(display_name="Ada"), says="met", judged_on=date(2014, 2, 3)
    )
    home = leading.chair(
        asked(
            scorecard=[measure("worsening"), measure("improving", indicator="I04")],
            late=[dated()],
            waiting_for_acceptance=[line("on track", "R12", judgement)],
        )
    )
    assert home.sentence == (
        "1 of 2 measures is getting worse, with no open action; figures are to 31 January 2014. "
        "1 milestone that we promised is late today."
    )
    assert home.more == ["1 judgement waits for you."]
    assert [each.status for each in home.things] == ["Worse", "Late", "Waits for you"]
    assert home.things[1].ask == "Ask the head of practice why, and what will recover it."
    own = leading.chair(asked(late=[dated(owner=SimpleNamespace(title="Chair", holder_id=7))])).things[0]
    assert own.ask == "It is yours: say why, and what will recover it."
    assert home.things[2].figure == "judged met by Ada on 3 February 2014"
    assert home.note.startswith("Of the 2 indicators judged, 2 can be called better or worse, and luck")


def test_a_measure_that_luck_could_explain_among_so_many_is_left_out_and_said_to_be():
    doubtful = measure("worsening", "Referrals", "I03")
    doubtful.assessment.chance = 0.04
    sure = measure("worsening", "In time", "I20")
    seen = asked(scorecard=[doubtful, sure, *(measure("no clear change", "Plans", f"I4{n}") for n in range(8))])
    assert [each.what for each in worse(seen)] == ["In time"]
    assert by_luck(seen).endswith("luck could explain 1 of them (I03), which are left out here.")


def test_a_judgement_of_ones_own_does_not_wait_for_oneself():
    judgement = SimpleNamespace(judged_by_id=7, judged_by=None, says="met", judged_on=TODAY)
    assert leading.chair(asked(waiting_for_acceptance=[line("on track", "R12", judgement)])).things == []


def test_the_director_is_told_who_waits_and_what_we_miss():
    home = leading.director(
        asked(
            clocks=[clock("assessments")],
            standing={"not met": 6, "at risk": 5, "no evidence": 60},
            positions=[line("not met", due_on=date(2013, 12, 31))],
        )
    )
    assert home.sentence == (
        "312 of 1,194 open assessments were past the limit on 31 January 2014. "
        "Of 71 requirements, 6 are not met and 5 at risk."
    )
    assert home.things[0].ask == "Ask whether each child has been seen."
    some = leading.director(asked(clocks=[clock("conferences", unknown=9)]))  # out of those of whom it is known
    assert some.things[0].figure.startswith("312 of 1,185 past the limit (not known for 9 more) on 31 January 2014")


def clock(code, **counts):
    usual = {"": 1194, "late": 312, "since": 106, "day": 44, "week": 116, "unknown": 0}
    found = SimpleNamespace(code=code, title="Assessments still open", indicator="I24")
    return ClockCounts(found, SimpleNamespace(as_at=AS_AT), {**usual, **counts}, 128)


def test_the_office_is_told_how_long_there_is_and_who_owes_what(monkeypatch):
    monkeypatch.setattr(leading, "_next_report", lambda asked: "The next report is due by 31 March 2014, in 49 days")
    late = [dated("M1", date(2013, 12, 31)), dated("M2"), dated("M3", title="Nurse")]
    home = leading.programme_office(asked(late=late, positions=[line("no evidence", "R40")]))
    assert home.sentence == (
        "The next report is due by 31 March 2014, in 49 days. "
        "2 posts owe something late, and 1 requirement has neither evidence nor action."
    )
    assert home.more == ["No late actions have no reason."]
    assert home.things[0].figure == "owes M1, M2, the oldest due 31 December 2013"
    assert home.things[0].ask == "The post is vacant: ask for somebody to hold it."
    assert home.things[-1].ask == "Link its evidence, or add an action for it."


def test_the_office_is_led_first_to_what_the_next_pack_lacks(monkeypatch):
    monkeypatch.setattr(leading, "_next_report", lambda asked: "The next report is due by 31 March 2014")
    meeting = SimpleNamespace(
        held_on=date(2014, 2, 27), number=6,
        body=SimpleNamespace(code="board", programme=SimpleNamespace(code="westmere-2031")),
        packs=SimpleNamespace(exists=lambda: False),
    )  # fmt: skip
    lacks = ["Item 5 is for discussion and has no paper.", "Nothing is minuted of meeting 5."]
    for due, figure, status in (
        (date(2014, 2, 20), "lacks 2 things; papers go out by 20 February 2014, in 10 days", "To make"),
        (date(2014, 2, 10), "lacks 2 things; papers go out by 10 February 2014, today", "To make"),
        (date(2014, 2, 9), "lacks 2 things; papers go out by 9 February 2014, 1 day ago", "Late"),
    ):
        monkeypatch.setattr(leading, "papers_due", lambda meeting, due=due: due)
        home = leading.programme_office(asked(next_meeting=meeting, pack_lacks=lacks, late=[dated("M1")]))
        goes = "was to go out" if status == "Late" else "goes out"
        when = figure.rpartition(", ")[2]
        assert home.sentence.startswith(
            f"The next paper is the Board’s pack: it {goes} {when}, by {due.day} February 2014"
        )
        assert home.more[0] == "The next report is due by 31 March 2014."
        first = home.things[0]
        assert (first.what, first.url) == ("The pack of 27 February 2014", "/pack/board/6")
        assert (first.figure, first.ask, first.status) == (figure, lacks[0], status)


def test_the_team_manager_sees_whose_clock_runs_out_before_what_is_late():
    home = practising.team_manager(asked(clocks=[clock("assessments")]))
    assert home.sentence == (
        "116 assessments fall due in the next five working days, 44 of them by tomorrow; "
        "312 were late already on 31 January 2014, when the data ends."
    )
    assert [each.status for each in home.things] == ["Due", "Late", "Late"]
    assert home.things[0].figure == "116 due within five working days of 10 February 2014, 44 of them by tomorrow"


def test_the_team_manager_sees_whose_supervision_is_overdue_where_an_extract_says_so():
    within = {"protection": 31, "need": 91}
    told = {"protection": Told(600, 75, 11), "need": Told(9, 9, 0)}
    clocks = [clock(code) for code in ("assessments", "conferences")]
    home = practising.team_manager(asked(clocks=clocks, undiscussed=(OverdueCounts(AS_AT, told), within)))
    assert [each.status for each in home.things] == ["Due", "Due", "Late", "Late", "Late"]
    assert home.things[-1].figure == (
        "75 of 589 on a child protection plan were not discussed in the 31 days to 31 January 2014"
    )
    told["protection"] = Told(600, 0, 11)
    home = practising.team_manager(asked(clocks=clocks, undiscussed=(OverdueCounts(AS_AT, told), within)))
    assert home.things[-1].figure.startswith("9 of 9 without a protection plan were not discussed in the 91 days")
    told["need"] = Told(9, 0, 0)
    home = practising.team_manager(asked(clocks=clocks, undiscussed=(OverdueCounts(AS_AT, told), within)))
    assert "Supervision overdue" not in [each.what for each in home.things]


def test_a_role_over_one_team_is_told_why_it_has_no_list():
    home = practising.team_manager(asked(clocks=[clock("assessments")], may=lambda permission: False))
    assert home.sentence.startswith("The last release does not say which team a child is with")


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_team_manager_is_told_what_is_not_held_and_sees_the_clocks_that_are(is_whole):
    def home(*codes, **facts):
        held = [clock(code, week=0, day=0) for code in codes]
        own = {"clocks" if is_whole else "team_clocks": held, "may": lambda permission: is_whole, **facts}
        return practising.team_manager(asked(**own))

    found = home("conferences")
    team = "" if is_whole else "of your team "
    assert found.sentence == f"The last release does not say which assessments {team}are open."
    assert found.nothing == "No other clock runs out in the next five working days."
    assert [each.status for each in found.things] == ["Late", "Late"]
    assert home().sentence.startswith("The last release does not say which ")
    assert home(release=None).sentence.startswith("No release says yet which children wait on a clock.")


def test_a_role_over_one_team_sees_the_clocks_of_its_own_team():
    mine = asked(clocks=[], team_clocks=[clock("assessments")], may=lambda permission: False)
    home = practising.team_manager(mine)
    assert home.sentence.startswith("Of your team: ")
    assert home.things


def test_an_auditor_with_nothing_to_do_is_told_so_of_audits_and_of_the_plan():
    home = practising.auditor(asked(coming=[dated("A7", date(2014, 2, 14))]))
    assert home.sentence == "No audit is yours to do on 10 February 2014. Nothing in the plan is yours."


def test_a_partner_sees_their_own_agency_before_everybody(monkeypatch):
    monkeypatch.setattr(
        taking_part.organisation, "agencies", lambda user, code: [SimpleNamespace(code="police", name="Police")]
    )
    ours = dated("A3", agency=SimpleNamespace(code="police"), is_late=lambda on: True)
    theirs = dated("A1", date(2013, 12, 1), agency=SimpleNamespace(code="council"), is_late=lambda on: True)
    shared = dated("A2", date(2014, 1, 1), agency=SimpleNamespace(code="health"), is_late=lambda on: True)
    for action, helping in ((ours, []), (theirs, []), (shared, [SimpleNamespace(code="police")])):
        action.contributing = SimpleNamespace(all=lambda helping=helping: helping)
    every = [theirs, shared, ours]
    home = taking_part.partner_member(asked(actions=every, late=every, agencies=["police"]))
    assert home.sentence == ("Police: 1 action in the plan, 1 late on 10 February 2014. It helps with 1 other, 1 late.")
    assert [each.what[:2] for each in home.things] == ["A3", "A2"]  # A1 is neither theirs nor helped by them
    assert home.more == ["Of everybody's 3 actions, 3 late."]


def test_the_elected_member_is_answered_in_those_words():
    lines = [measure("improving", "A"), measure("worsening", "B"), measure("no clear change", "C")]
    lines += [measure("worsening", "Actions done on time", "I109")]
    for each in lines:
        each.latest_month = None
    home = looking_on.elected_member(asked(scorecard=lines))
    assert (
        home.sentence == "Yes for 1 of 3 measures, no for 1, and for 1 we cannot tell: figures up to 31 January 2014."
    )
    assert [(each.word, list(each.titles)) for each in home.verdicts] == [
        ("Yes", ["A"]), ("No", ["B"]), ("Cannot tell", ["C"])
    ]  # fmt: skip
    assert home.note == "Members’ scrutiny has recommended nothing yet."
    assert (home.more_title, home.more[0][:13]) == ("How we know", "Every measure")


def test_a_plain_chart_has_its_months_in_few_words_newest_first():
    head = ["Month", "Number", "Out of, known", "Per cent", "Not known", "Signal"]
    rows = [
        ["May", "0", "0", "", "0", "none"],
        ["June", "3", "4", "75.0%", "c", "none"],
        ["July", "2", "4", "50.0%", "0", ""],
    ]
    assert looking_on._months(SimpleNamespace(title="In time", table_head=head, table_rows=rows)).rows == [
        ["July", {"text": "50.0%", "hint": "2 of 4"}],
        ["June", {"text": "75.0%", "hint": "3 of 4, c not known"}],
    ]
    counts = SimpleNamespace(title="Referrals", table_head=["Month", "Number", "Signal"], table_rows=[["May", "7", ""]])
    assert looking_on._months(counts).rows == [["May", "7"]]


@pytest.mark.parametrize("release", [None, SimpleNamespace(number=2, as_at=AS_AT)])
def test_the_elected_member_is_told_what_was_asked_before_and_what_came_of_it(release):
    def recommended(number, *answers, state):
        asked_for = {"number": number, "text": "Look at closures. All of them.", "made_on": date(2014, 1, 20)}
        return SimpleNamespace(
            recommendation=SimpleNamespace(**asked_for, asked_of=post()),
            responses=[SimpleNamespace(words=words) for words in answers],
            state=state,
        )

    lines = [recommended(2, state="Not answered"), recommended(1, "No.", "Yes. From May.", state="Accepted")]
    home = looking_on.elected_member(asked(recommended=lines, release=release))
    assert [(each.what, each.ask, each.status) for each in home.things] == [
        ("Recommendation 2", "Ask the Head of practice.", "Not answered"),
        ("Recommendation 1", "Yes.", "Accepted"),
    ]
    assert home.things[0].figure == "Look at closures (20 January 2014)"
    assert "recommended nothing" not in home.note


def test_the_observer_is_told_what_moved_since_they_were_here_and_what_moved_it(monkeypatch):
    monkeypatch.setattr(looking_on, "visited_before", lambda user: datetime(2014, 1, 6, 12, tzinfo=UTC))
    monkeypatch.setattr(looking_on.positions, "position_lines", lambda user, code, day: [line("no evidence", "R12")])
    monkeypatch.setattr(looking_on.reports, "editions", lambda user, code: [])
    judgement = SimpleNamespace(
        judged_on=date(2014, 2, 3), judged_by=SimpleNamespace(display_name="Ada"), says="at risk"
    )
    n = dict.fromkeys(POSITIONS, 0)
    home = looking_on.dfe_observer(asked(positions=[line("at risk", "R12", judgement)], standing=n))
    assert "Since your visit on 6 January 2014, 1 position changed and no papers came." in home.sentence
    assert home.things[0].figure == "no evidence on 6 January 2014, at risk now"
    assert home.things[0].ask == "Judged at risk by Ada on 3 February 2014."
    assert len(home.things) == 1, "what changed is not said again as what is at risk"


def test_the_observer_is_told_of_all_that_changed_before_what_stood_so_already(monkeypatch):
    """Seven changed: five lines, and the two that are left a click away. R20 stood so before."""
    changed = [f"R1{n}" for n in range(7)]
    then = [line("on track", ref) for ref in changed] + [line("not met", "R20")]
    monkeypatch.setattr(looking_on, "visited_before", lambda user: datetime(2014, 1, 6, 12, tzinfo=UTC))
    monkeypatch.setattr(looking_on.positions, "position_lines", lambda user, code, day: then)
    monkeypatch.setattr(looking_on.reports, "editions", lambda user, code: [])
    now = [line("not met", ref) for ref in (*changed, "R20")]
    home = looking_on.dfe_observer(asked(positions=now, standing=dict.fromkeys(POSITIONS, 0)))
    assert [each.what[:3] for each in home.things] == changed[:5]
    assert home.more[1] == "R16 Good assessments: on track on 6 January 2014, not met now."
    assert home.more_title.startswith("What else changed")


def test_the_analyst_is_told_of_the_faults_that_the_newest_return_of_each_kind_has(monkeypatch):
    def returned(number, kind, **n_faults):
        return SimpleNamespace(
            number=number, kind=kind, n_faults=n_faults, n_faults_in_all=sum(n_faults.values()), n_rows_in_all=1000,
            as_at=AS_AT, state="read",
        )  # fmt: skip

    newest_first = [
        returned(4, "oversight"), returned(3, "cin", missing=150, odd=10), returned(2, "annex", odd=7),
        returned(1, "cin", missing=900),
    ]  # fmt: skip
    monkeypatch.setattr(measuring, "returns", lambda user, code: Returns(newest_first))
    monkeypatch.setattr(measuring, "_moved", lambda asked: [])
    monkeypatch.setattr(measuring, "_draft", lambda asked: [])
    monkeypatch.setattr(measuring.indicators, "definition_cards", list)
    home = measuring.performance_analyst(asked(today=AS_AT))
    assert home.sentence.endswith("167 faults in the newest returns are behind its figures; no draft waits.")
    assert [each.what for each in home.things] == ["Faults in return 3", "Faults in return 2"]


def test_the_analyst_is_told_of_every_return_refused_since_the_last_that_was_read(monkeypatch):
    def returned(number, state):
        said = {"submitted_at": AS_AT, "submitter": "Ana", "get_refusal_display": lambda: "It could not be read"}
        return SimpleNamespace(number=number, state=state, **said)

    states = enumerate(["queued", "refused", "refused", "read", "refused"])
    monkeypatch.setattr(measuring, "returns", lambda user, code: [returned(9 - n, state) for n, state in states])
    assert [each.what for each in measuring._refused(asked())] == ["Return 8 was not read", "Return 7 was not read"]


class Returns(list):
    def filter(self, state):
        return self

    def first(self):
        return self[0]


def test_the_observer_is_told_where_every_requirement_stands_and_the_numbers_add_up_to_all_of_them(monkeypatch):
    """Seven positions, one more at each: 1 to 7 of them, 28 in all."""
    monkeypatch.setattr(looking_on, "visited_before", lambda user: None)
    for n in (dict(zip(POSITIONS, range(1, 8), strict=True)), dict.fromkeys(POSITIONS, 0) | {"met": 1, "not due": 3}):
        sentence = looking_on.dfe_observer(asked(standing=n)).sentence.partition(".")[0]
        total, *each = (int(number) for number in re.findall(r"\d+", sentence))
        assert (total, sum(each)) == (sum(n.values()), sum(n.values()))


def test_a_first_visit_is_said(monkeypatch):
    monkeypatch.setattr(looking_on, "visited_before", lambda user: None)
    n = dict.fromkeys(POSITIONS, 0)
    assert "This is your first visit" in looking_on.dfe_observer(asked(standing=n)).sentence


@pytest.mark.parametrize(
    ("as_at", "end"),
    [
        (date(2014, 1, 31), date(2014, 2, 28)),
        (date(2013, 12, 31), date(2014, 1, 31)),
        (date(2016, 1, 15), date(2016, 2, 29)),
    ],
)
def test_a_return_falls_due_when_the_month_after_the_data_is_over(as_at, end):
    assert measuring._next_month_end(as_at) == end


def test_the_safeguarding_board_is_told_which_challenges_are_open_and_for_how_long():
    challenge = SimpleNamespace(
        number=3, about="Schools have not said who leads.", challenger="DSCB", challenged="Lead"
    )
    line = SimpleNamespace(challenge=challenge, answers=(), age="32 days", state="Not answered")
    home = taking_part.dscb_member(asked(challenges=[line]))
    assert "1 challenge is open." in home.more
    assert home.things[0].what == "Challenge 3: Schools have not said who leads"
    assert "open for 32 days" in home.things[0].figure


def test_the_chair_is_told_what_is_to_be_decided_and_which_risks_are_over():
    body = SimpleNamespace(code="board")
    meeting = SimpleNamespace(body=body, number=6, held_on=date(2014, 2, 27))
    item = SimpleNamespace(title="New dates for two milestones", meeting=meeting, order=11)
    risk = SimpleNamespace(number=1, title="Caseloads", owner="Head of practice")
    over = SimpleNamespace(risk=risk, score_words="12 (3 by 4)", target_words="8", looked_at="Scored today")
    home = leading.chair(asked(awaited=[item], risks_over=[over]))
    assert "1 decision waits and 1 risk is over its target." in home.more
    assert [each.what for each in home.things][:2] == ["New dates for two milestones", "Risk 1: Caseloads"]
