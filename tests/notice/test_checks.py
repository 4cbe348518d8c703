"""What each check answers, on figures made by hand: at the standard and one short of it, and when nothing is known."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.access.permissions import Permission
from holdfast.analytics.claims import TO_PROTECT
from holdfast.notice import checks
from holdfast.notice.answers import Asking
from holdfast.notice.figures import HIDDEN, words_of_the_indicators
from holdfast.organisation import services as organisation
from holdfast.organisation.services import changing
from holdfast.performance.selectors import indicators

ON = date(2014, 2, 10)


@pytest.fixture(autouse=True)
def today(settings):
    settings.HOLDFAST_TODAY = ON


@dataclass(frozen=True)
class Figure:
    """A protected figure, as much of it as a check looks at."""

    n_in: int | None
    denominator: int | None
    n_unknown: int | None = 0
    period_words: str = "year to 31 March 2014"

    @property
    def period(self) -> SimpleNamespace:
        return SimpleNamespace(words=self.period_words, kind="year")

    n_in_words = property(lambda self: "c" if self.n_in is None else str(self.n_in))
    denominator_words = property(lambda self: "c" if self.denominator is None else str(self.denominator))
    share_words = property(lambda self: "some share")
    suppressed = property(lambda self: self.n_in is None)
    unknown_words = property(lambda self: str(self.n_unknown))
    is_much_unknown = property(lambda self: bool(self.n_unknown) and 20 * self.n_unknown >= self.denominator)

    def words(self, unit: str) -> str:
        of_how_many = f"some share ({self.n_in_words} of {self.denominator_words})"
        return self.n_in_words if unit == "count" else of_how_many


def line(
    code: str,
    figure: Figure | None,
    claim: str = "no clear change",
    unit: str = "per cent",
    before: Figure | None = None,
    near: str = "",
) -> SimpleNamespace:
    """`near`: how the latest month stands to a target of at most 20.0%; "" without one."""
    aim = SimpleNamespace(words=lambda unit: "at most 20.0%", target=SimpleNamespace(decision="IB-3"))
    return SimpleNamespace(
        open_words="",
        aim=aim if near else None,
        latest_month=Figure(1, 2, period_words="January 2014"),
        near_words=near,
        is_off_target=" above it" in near,
        definition=SimpleNamespace(id=code, title=f"Title {code}", unit=unit, kind="flow"),
        so_far=figure,
        before_notice=before,
        assessment=SimpleNamespace(claim=claim, headline=f"{claim} of {code}.", sentence=f"Sentence of {code}."),
    )


@pytest.fixture
def released(monkeypatch):
    """Make the scorecard say these lines: to everybody, or to the reader something else."""

    def publish(*lines, as_seen=None):
        def scorecard(user, code, until=None):
            return list(lines if user is SYSTEM or as_seen is None else as_seen)

        monkeypatch.setattr(indicators, "scorecard", scorecard)

    return publish


@pytest.fixture
def asking(programme) -> Asking:
    return Asking(SYSTEM, programme, ON, SimpleNamespace(issued_on=date(2013, 9, 12)))


def standard(asking, *codes, at_least=1):
    return checks.indicators_at_standard(asking, None, indicators=codes, at_least=at_least, standard="all of them")


@pytest.mark.parametrize(
    ("figure", "claim", "state"),
    [
        (Figure(100, 100), "no clear change", "met"),
        (Figure(99, 100), "no clear change", "not met"),
        (Figure(99, 100), "improving", "at risk"),
        (Figure(99, 100), "worsening", "not met"),
        (Figure(99, 99, 1), "no clear change", "at risk"),
        (Figure(98, 99, 1), "no clear change", "not met"),
        (Figure(0, 0), "no clear change", "no evidence"),
        (Figure(None, None, None), "no clear change", "no evidence"),
    ],
    ids=[
        "every one",
        "one short",
        "short but improving",
        "short and worsening",
        "every one known, one unknown",
        "one short and one unknown",
        "nobody counted",
        "hidden",
    ],
)
def test_a_standard_of_all_is_met_by_all_and_missed_by_one(released, asking, figure, claim, state) -> None:
    released(line("I20", figure, claim))
    assert standard(asking, "I20").state == state


@pytest.mark.parametrize(("n_in", "state"), [(90, "met"), (89, "not met")])
def test_another_standard_has_its_own_boundary(released, asking, n_in: int, state: str) -> None:
    released(line("I20", Figure(n_in, 100)))
    assert standard(asking, "I20", at_least=0.9).state == state


def test_the_worst_of_several_answers_for_all_and_links_to_each(released, asking) -> None:
    released(line("I20", Figure(10, 10)), line("I42", Figure(9, 10)))
    found = standard(asking, "I20", "I42")
    assert found.state == "not met"
    assert [words for words, _ in found.links] == ["I20 Title I20", "I42 Title I42"]
    assert found.links[0][1] == "/westmere-2031/indicators/I20/"
    assert [words[:9] for words in found.each] == ["Title I20", "Title I42"]
    assert found.sentence == f"{found.each[0]} {found.each[1]} {found.lead}"
    assert "some share (9 of 10)" in found.sentence
    assert "The standard is all of them." in found.sentence


def test_an_indicator_that_the_release_lacks_leaves_no_evidence(released, asking) -> None:
    released(line("I20", Figure(10, 10)))
    assert standard(asking, "I20", "I42").state == "no evidence"


def test_a_figure_of_nobody_says_so_and_not_none_of_none(released, asking) -> None:
    released(line("I60-12", Figure(0, 0)))
    assert "year to 31 March 2014: some share (0 of 0)." in standard(asking, "I60-12").sentence


def test_with_nothing_published_every_figure_check_has_no_evidence(asking) -> None:
    for answer in (
        standard(asking, "I20"),
        checks.indicator_improves(asking, None, indicator="I04"),
        checks.outcomes_improve(asking, None, indicators=["I04"]),
        checks.indicators_as_context(asking, None, indicators=["I03"]),
    ):
        assert (answer.state, answer.sentence) == ("no evidence", "No published release holds this yet.")


@pytest.mark.parametrize(
    ("claim", "state"),
    [
        ("improving", "met"),
        ("improved and steady since", "met"),
        ("worsening", "not met"),
        ("worsened and steady since", "not met"),
        ("no clear change", "at risk"),
        ("signs point both ways", "at risk"),
        ("do not claim", "no evidence"),
        ("too early to say", "no evidence"),
        ("changing, which is neither good nor bad", "no evidence"),
    ],
)
def test_only_the_statistics_word_makes_an_improvement(released, asking, claim: str, state: str) -> None:
    released(line("I04", Figure(10, 100), claim))
    found = checks.indicator_improves(asking, None, indicator="I04")
    assert (found.state, found.sentence) == (state, "Title I04: Sentence of I04.")


@pytest.mark.parametrize(
    ("claim", "near", "state"),
    [
        ("do not claim", "3.3 points below it", "no evidence"),
        ("do not claim", "the same as it", "no evidence"),
        ("do not claim", "3.3 points above it", "at risk"),
        ("too early to say", "0.1 points above it", "at risk"),
    ],
)
def test_where_no_change_may_be_claimed_a_target_is_what_evidence_there_is(
    released, asking, claim: str, near: str, state: str
) -> None:
    released(line("I04", Figure(10, 100), claim, near=near))
    found = checks.indicator_improves(asking, None, indicator="I04")
    level = f"January 2014 beside its target, at most 20.0% (decision IB-3): {near}."
    assert found.state == state
    assert found.sentence.endswith(f"{level} That is a level, and no change may be claimed from it.")


@pytest.mark.parametrize(("claim", "state"), [("improving", "met"), ("worsening", "not met")])
def test_where_a_change_may_be_claimed_the_level_decides_nothing(released, asking, claim: str, state: str) -> None:
    released(line("I04", Figure(10, 100), claim, near="3.3 points above it"))
    found = checks.indicator_improves(asking, None, indicator="I04")
    assert (found.state, "beside its target" in found.sentence) == (state, False)


@pytest.mark.parametrize(
    ("claim", "state"), [("improving", "no evidence"), ("no clear change", "no evidence"), ("worsening", "at risk")]
)
def test_a_figure_that_cannot_show_safety_is_never_met_by_improving(released, asking, claim: str, state: str) -> None:
    released(line("I60-6", Figure(10, 100), claim))
    found = checks.indicator_improves(
        asking, None, indicator="I60-6", at_best="no evidence", at_worst="at risk", caution="A figure cannot show it."
    )
    assert found.state == state
    assert found.sentence.endswith("A figure cannot show it.")


@pytest.mark.parametrize(
    ("claims", "state"),
    [
        (["improving", "improving", "no clear change"], "met"),
        (["improving", "no clear change"], "at risk"),
        (["improving", "worsening"], "at risk"),
        (["worsening", "no clear change"], "not met"),
        (["no clear change", "too early to say"], "at risk"),
        (["too early to say"], "no evidence"),
    ],
)
def test_outcomes_are_weighed_together(released, asking, claims, state: str) -> None:
    released(*(line(f"I{n}", Figure(1, 2), claim) for n, claim in enumerate(claims, start=10)))
    found = checks.outcomes_improve(asking, None, indicators=[f"I{n}" for n in range(10, 10 + len(claims))])
    assert found.state == state
    assert found.sentence.startswith(f"Of {len(claims)} outcome measures: ")
    for n, claim in enumerate(claims, start=10):
        assert f"1 of 2). {claim} of I{n}." in found.sentence


def test_an_indicator_that_the_release_does_not_count_is_named_and_never_met(released, asking) -> None:
    released(*(line(code, Figure(100, 100), "improving") for code in ("I10", "I11")))
    three = ["I10", "I11", "I12"]
    for answer, state in (
        (checks.outcomes_improve(asking, None, indicators=three), "at risk"),
        (standard(asking, *three), "no evidence"),
        (checks.indicators_as_context(asking, None, indicators=three), "no evidence"),
    ):
        assert answer.state == state
        assert "Not counted by this release: I12." in answer.sentence
    assert checks.outcomes_improve(asking, None, indicators=three).sentence.startswith("Of 3 outcome measures: 2 imp")


def test_a_do_not_claim_is_said_wherever_its_figure_is(released, asking) -> None:
    """Each check that prints a figure prints the word beside it, so that no figure is read as a gain by itself."""
    released(line("I04", Figure(10, 100), "do not claim"))
    for answer in (
        standard(asking, "I04"),
        checks.outcomes_improve(asking, None, indicators=["I04"]),
        checks.indicators_as_context(asking, None, indicators=["I04"]),
    ):
        assert "some share (10 of 100). do not claim of I04." in answer.sentence
    assert checks.outcomes_improve(asking, None, indicators=["I04"]).sentence.startswith(
        "Of 1 outcome measures: 1 do not claim. "
    )


def test_context_is_never_evidence_either_way(released, asking) -> None:
    released(line("I03", Figure(7, None), unit="count"))
    found = checks.indicators_as_context(asking, None, indicators=["I03"])
    assert found.state == "no evidence"
    assert "Title I03, year to 31 March 2014: 7." in found.sentence
    assert "a person must judge" in found.sentence


def test_the_state_comes_from_the_whole_figure_and_the_words_from_what_the_reader_may_see(
    released, programme, people
) -> None:
    released(line("I20", Figure(98, 100)), as_seen=[line("I20", Figure(None, None, None))])
    whole = Asking(SYSTEM, programme, ON)
    reader = Asking(people["elected-member"], programme, ON)
    assert standard(whole, "I20").state == standard(reader, "I20").state == "not met"
    assert "98" in standard(whole, "I20").sentence
    assert "98" not in standard(reader, "I20").sentence


def test_a_reader_who_may_not_see_figures_is_told_so_and_nothing_else(released, programme, monkeypatch) -> None:
    def scorecard(user, code, until=None):
        if user is not SYSTEM:
            raise Refused(Permission.SEE_INDICATORS, code)
        return [line("I20", Figure(98, 100))]

    monkeypatch.setattr(indicators, "scorecard", scorecard)
    found = standard(Asking(object(), programme, ON), "I20")
    assert found.state == "not met"
    assert "you do not have permission" in found.sentence
    assert "98" not in found.sentence


# The organisation's records and the notice itself


def test_a_body_is_known_by_any_of_its_names(asking, programme) -> None:
    at = clock.now()
    assert checks.body_recorded(asking, None, body="The Board").state == "no evidence"
    body = organisation.add_body(by=SYSTEM, at=at, programme=programme, code="board", name="Improvement Board")
    organisation.add_alias(by=SYSTEM, at=at, body=body, name="The Board")
    again = Asking(SYSTEM, programme, ON)
    for name in ("the board", "Improvement Board", "board"):
        assert checks.body_recorded(again, None, body=name).state == "met"
    changing.change_body(by=SYSTEM, at=clock.now(), body=body, spoken_for_by="", to_on=date(2014, 2, 9))
    past = checks.body_recorded(Asking(SYSTEM, programme, date(2014, 2, 9)), None, body="board")
    assert past.state == "met"
    assert past.sentence.endswith("is on record as a body on 9 February 2014.")
    assert checks.body_recorded(Asking(SYSTEM, programme, ON), None, body="board").state == "no evidence"


def test_a_role_is_held_or_not(programme, people) -> None:
    asking = Asking(SYSTEM, programme, ON)
    assert checks.role_held(asking, None, role="dfe-observer").state == "met"


def test_a_role_nobody_holds_is_no_evidence(asking) -> None:
    assert checks.role_held(asking, None, role="dfe-observer").state == "no evidence"
    found = checks.role_is_independent(asking, None, role="board-chair")
    assert found.state == "no evidence"


def test_a_chair_who_is_also_the_councils_director_is_not_independent(programme, people) -> None:
    def independent():
        asking = Asking(SYSTEM, programme, ON)
        return checks.role_is_independent(asking, None, role="board-chair")

    assert independent().state == "met"
    organisation.grant_role(
        by=SYSTEM,
        at=clock.now(),
        account=people["board-chair"],
        role="director",
        programme=programme,
        from_on=date(2014, 1, 1),
    )
    found = independent()
    assert found.state == "not met"
    assert "Director of children's services" in found.sentence


def test_posts_need_somebody_in_them(programme, people) -> None:
    at = clock.now()
    agency = organisation.add_agency(
        by=SYSTEM, at=at, programme=programme, code="council", name="Council", kind="council"
    )
    post = organisation.add_post(by=SYSTEM, at=at, programme=programme, code="head", title="Head", agency=agency)

    def filled(**more):
        return checks.posts_filled(Asking(SYSTEM, programme, ON), None, posts=["head"], **more)

    assert filled().state == "no evidence"
    changing.appoint(by=SYSTEM, at=at, post=post, holder=people["director"])
    assert filled().state == "met"
    assert filled(at_best="no evidence", caution="Not mentoring.").state == "no evidence"
    past = checks.posts_filled(Asking(SYSTEM, programme, date(2014, 2, 9)), None, posts=["head"])
    assert past.state == "no evidence"
    assert past.sentence == "1 of 1 posts are on record, 0 with somebody in it on 9 February 2014."


def test_a_role_that_was_ended_since_was_held_on_the_day(programme, people) -> None:
    holding = people["board-chair"].role_holdings.get()
    organisation.end_role(by=SYSTEM, at=clock.now(), holding=holding)

    def held(on: date):
        return checks.role_held(Asking(SYSTEM, programme, on), None, role="board-chair")

    assert held(ON).state == "no evidence"
    assert held(date(2014, 2, 9)).state == "met"
    assert held(date(2014, 2, 9)).sentence.endswith("on 9 February 2014.")
    assert held(date(2013, 9, 11)).state == "no evidence"


def test_a_role_that_somebody_holds_while_its_post_is_vacant_is_no_evidence(programme, people) -> None:
    at = clock.now()
    agency = organisation.add_agency(by=SYSTEM, at=at, programme=programme, code="i", name="Independent", kind="other")
    post = organisation.add_post(by=SYSTEM, at=at, programme=programme, code="chair", title="Chair", agency=agency)

    def independent():
        asking = Asking(SYSTEM, programme, ON)
        return checks.role_is_independent(asking, None, role="board-chair", post="chair")

    found = independent()
    assert (found.state, "the post Chair is vacant on record" in found.sentence) == ("no evidence", True)
    changing.appoint(by=SYSTEM, at=at, post=post, holder=people["board-chair"])
    assert independent().state == "met"


def test_partners_take_part_when_each_kind_of_agency_has_a_member(programme, people) -> None:
    at = clock.now()
    for code in ("police", "health"):
        organisation.add_agency(by=SYSTEM, at=at, programme=programme, code=code, name=code.title(), kind=code)

    def taking_part(*kinds):
        asking = Asking(SYSTEM, programme, ON)
        return checks.partners_take_part(asking, None, role="partner-member", kinds=list(kinds))

    assert taking_part("police").state == "no evidence"
    organisation.grant_role(
        by=SYSTEM,
        at=at,
        account=people["nobody"],
        role="partner-member",
        programme=programme,
        kind="agency",
        key="police",
        from_on=date(2014, 1, 1),
    )
    assert taking_part("police").state == "met"
    found = taking_part("police", "health")
    assert (found.state, "health" in found.sentence) == ("at risk", True)


def test_the_notices_own_text_is_attached_or_not(westmere, programme) -> None:
    from holdfast.notice.services import loading
    from holdfast.notice.summarising import summary

    from .conftest import WESTMERE_TEXT

    asking = Asking(SYSTEM, programme, ON, westmere)
    assert checks.has_attached_text(asking, None).state == "no evidence"
    given = {"by": SYSTEM, "at": clock.now(), "programme": programme}
    summed = summary(westmere.title, westmere.sections, westmere.requirements.all())
    loading.attach_text(**given, name="summary.txt", content=summed.encode())
    answer = checks.has_attached_text(asking, None)
    assert (answer.state, "a summary in our own words stands in" in answer.sentence) == ("no evidence", True)
    assert TrailRow.objects.latest("number").action == "summary of the notice attached"
    loading.attach_text(**given, name="westmere.txt", content=WESTMERE_TEXT.encode())
    assert checks.has_attached_text(asking, None).state == "met"


def test_a_year_before_the_notice_is_said_as_that_and_decides_nothing(asking, released):
    released(
        line("I20", None, before=Figure(100, 100, period_words="year to 31 March 2013")), line("I42", Figure(4, 4))
    )
    answer = standard(asking, "I20", "I42")
    assert answer.state == "no evidence"
    assert answer.sentence.startswith(
        "Title I20: no figure since the notice yet; before the notice, year to 31 March 2013: some share (100 of 100). "
    )
    assert "Title I42, year to 31 March 2014: some share (4 of 4)." in answer.sentence


def test_a_figure_of_small_numbers_is_not_said(released, programme, people):
    seen = line("I20", Figure(None, None, None))
    seen.latest_month = Figure(None, None, None, period_words="January 2014")
    released(line("I20", Figure(3, 4)), as_seen=[seen])
    answer = standard(Asking(people["elected-member"], programme, ON), "I20")
    assert answer.state == "not met"
    assert "Title I20, year to 31 March 2014: not shown, to protect small numbers here or beside it." in answer.sentence


def test_where_the_year_so_far_is_hidden_a_month_that_may_be_shown_is_said_beside_it(released, programme, people):
    """“Not met” with no number at all is a verdict that nobody can weigh."""
    released(line("I20", Figure(3, 4)), as_seen=[line("I20", Figure(None, None, None))])
    answer = standard(Asking(people["elected-member"], programme, ON), "I20")
    assert "to protect small numbers here or beside it; January 2014: some share (1 of 2)." in answer.sentence


def test_what_was_agreed_of_the_indicators_keeps_its_order_of_lines(programme) -> None:
    """By the letters of the code, as bodies have agreed it; a new order would read as if every line had changed."""
    codes = [line.split()[0].partition("-")[0] for line in words_of_the_indicators(SYSTEM, programme.code).split("\n")]
    assert codes == sorted(codes)
    assert codes.index("I100") < codes.index("I20")


def test_one_sentence_says_that_a_number_is_hidden_and_not_which_is_small() -> None:
    """A number hidden for another's sake need not be small; to say that it is not would say which one is."""
    assert f"not shown, {TO_PROTECT}" == HIDDEN
    source = Path(analytics.__file__).parents[1]
    for file in (*source.rglob("*.py"), *source.rglob("*.html"), *source.rglob("*.typ")):
        assert "because the numbers are small" not in file.read_text(encoding="utf-8"), file.name
