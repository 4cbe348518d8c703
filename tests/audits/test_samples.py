"""Samples: what a size can show, drawn by a seed that nobody chose, drawn again by anybody, replaced in order."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from typer.testing import CliRunner

from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.analytics.breakdowns import OF_ANY_RECORD
from holdfast.audits import sampling
from holdfast.audits.models import Audit, Sample
from holdfast.audits.selectors import samples as selectors
from holdfast.audits.services import sampling as services
from holdfast.performance.selectors import frames
from holdfast.performance.selectors.frames import FrameAsked, NoFrame
from holdfast.performance.services import naming
from holdfast.web.commands.audits import sample_app

from .conftest import TODAY, at
from .releases import release
from .test_pages import HOME, words

pytestmark = pytest.mark.django_db
CODE = "westmere-2031"
CLOSED = FrameAsked("I60-3")
"""Thirty closures of May: twenty of the north team, nine of the south, one of a team that is not set up here."""


def refs(first: int, n: int, team: str) -> list[tuple[str, bool | None, str | None]]:
    return [(f"CH{number:04}", number % 3 == 0, team) for number in range(first, first + n)]


@pytest.fixture
def closures(programme: Any, people: Any) -> Any:
    rows = {
        "I60-3": [*refs(1, 20, "North team"), *refs(21, 9, "south"), *refs(30, 1, "East team")],
        "I20": refs(1, 6, "North team"),
    }
    return release(programme, rows)


def draw(version: Any, n: int = 6, asked: FrameAsked = CLOSED, **more: Any) -> Sample:
    facts = {"chosen": "random", "purpose": "Closures of May", "by": SYSTEM, **more}
    return services.draw_sample(
        at=at(), programme=version.question_set.programme, version=version, asked=asked, n=n, **facts
    )


def drawn(sample: Sample) -> list[str]:
    return [case.case_ref for case in selectors.cases_of(sample)]


def verified(sample: Sample, **more: Any) -> sampling.Verified:
    found = selectors.one_sample(SYSTEM, CODE, sample.number)
    return sampling.verify(SYSTEM, found, selectors.cases_of(found), **more)


# What a size can show, before anything is drawn.


def test_what_twenty_two_of_a_large_frame_can_show_is_said_before_the_draw() -> None:
    lines = frames.can_show(22, 400).lines
    assert lines[0] == "If 11 of 22 meet what is looked for, the 95% interval is 31% to 69%."
    assert lines[2] == "If none of 22 shows a fault, up to 15% of the 400 may still have it."
    assert lines[3] == "A later sample of as many shows a change from 50% only if it is 39 points."
    assert lines[4] == "To see 45% become 65%, read 96 now and as many again."


def test_none_found_in_twelve_is_not_none() -> None:
    assert "up to 25% of the 300 may still have it" in " ".join(frames.can_show(12, 300).lines)


def test_reading_every_case_needs_no_interval_and_none_at_all_is_refused() -> None:
    assert frames.can_show(30, 30).lines == ["Every one of the 30 cases is read: what is found is so, of these cases."]
    with pytest.raises(ValueError, match="at least one"):
        frames.can_show(0, 30)


# Drawing.


def test_each_group_gives_its_share_and_the_same_is_drawn_again_by_anybody(closures: Any, version: Any) -> None:
    sample = draw(version, 6, replace(CLOSED, strata="case_team"))
    assert sample.wanted == {"East team": 0, "North team": 4, "south": 2}
    assert (sample.n_frame, len(drawn(sample)), sample.draw) == (30, 6, 1)
    again = verified(sample)
    assert again.is_same
    assert sorted(drawn(sample)) == list(again.drawn)
    assert again.as_data()["frame_hash_now"] == sample.frame_hash


def test_nobody_chooses_the_seed_and_it_says_from_what_it_was_drawn(closures: Any, version: Any) -> None:
    assert draw(version).seed == "westmere-2031/small/I60-3/2031-05/1"


def test_a_changed_frame_is_noticed(closures: Any, version: Any, programme: Any) -> None:
    sample = draw(version)
    release(programme, {"I60-3": refs(1, 31, "North team")}, number=2)
    again = verified(sample, release=2)
    assert not again.is_same
    assert again.problems[0].startswith("The frame has changed: 30 cases when it was drawn, 31 in release 2")
    assert verified(sample).is_same


def test_drawing_from_the_same_figure_again_needs_a_reason_and_is_shown_for_ever(closures: Any, version: Any) -> None:
    first = draw(version)
    for other in (CLOSED, replace(CLOSED, strata="case_team")):
        with pytest.raises(services.DrawnAlready, match="Sample 1 was drawn from this already"):
            draw(version, 7, other)
    assert TrailRow.objects.filter(action="refused by a rule", detail__rule="DrawnAlready").count() == 2
    second = draw(version, again_why="The first was of the wrong month’s audits.")
    assert (second.draw, second.seed) == (2, "westmere-2031/small/I60-3/2031-05/2")
    assert [sample.number for sample in selectors.samples(SYSTEM, CODE)] == [2, 1], "of one day the newest is first"
    assert drawn(first) != drawn(second)
    detail = TrailRow.objects.filter(action="sample drawn").order_by("-number")[0].detail
    assert detail["why again"] == "The first was of the wrong month’s audits."
    assert verified(second).is_same


def test_a_sample_that_was_drawn_with_another_seed_is_caught(closures: Any, version: Any) -> None:
    sample = draw(version)
    Sample.objects.filter(pk=sample.pk).update(seed="westmere-2031/small/I60-3/2031-05/9")
    assert verified(sample).problems == ["The recorded seed is not the one that this draw has."]
    case = selectors.cases_of(sample)[0]
    case.case_ref = "CH9999"
    case.save()
    assert "1 of the 6 cases are not those that the seed draws." in verified(sample).problems


def test_a_frame_narrowed_by_what_became_of_its_cases_is_never_called_random(closures: Any, version: Any) -> None:
    for asked in (replace(CLOSED, outcome="in"), replace(CLOSED, and_indicator="I20")):
        with pytest.raises(services.NotRandom):
            draw(version, 2, asked)
    assert TrailRow.objects.filter(action="refused by a rule", detail__rule="NotRandom").count() == 2
    both = draw(version, 2, FrameAsked("I60-3", outcome="not", and_indicator="I20", and_outcome="not"), chosen="theme")
    assert both.n_frame == 4  # of CH0001 to CH0006 those that are not counted in: 1, 2, 4, 5


def test_in_time_but_not_seen_is_of_one_assessment_and_its_words_hash_and_command_say_so(
    programme: Any, people: Any, version: Any
) -> None:
    """The child B was seen in the assessment that was in time, and not in the one that was late."""
    in_time = {"A": True, "B/1": True, "B/2": False, "C": False, "D": True, "E": True}
    seen = {"A": False, "B/1": True, "B/2": False, "C": False, "D": None, "F": False}
    release(
        programme,
        {
            "I21": [(ref, own, None) for ref, own in in_time.items()],
            "I27": [(ref, own, None) for ref, own in seen.items()],
        },
    )
    asked = FrameAsked("I21", outcome="in", and_indicator="I27", and_outcome="not")
    with pytest.raises(services.NotRandom):
        draw(version, 1, asked)
    sample = draw(version, 1, asked, chosen="risk")
    assert (sample.n_frame, drawn(sample)) == (1, ["A"])
    assert sample.seed == "westmere-2031/small/I21:in:I27:not/2031-05/1"
    said = sampling.frame_of(SYSTEM, sample).words
    assert (
        "I21 Assessments within 45 working days of starting (DfE statistic): in time; of these, I27 Child seen in "
        "the assessment: not seen; May 2031" in said
    )
    assert "The same frame, the same seed, the same cases." in command("verify", "1")
    late = FrameAsked("I27", outcome="not", and_indicator="I21", and_outcome="not")
    assert draw(version, 1, late, chosen="risk").n_frame == 2  # B/2 and C


def test_what_cannot_be_drawn_from_is_said(closures: Any, version: Any) -> None:
    asked = (
        (FrameAsked("I04"), "before I04 was counted"),
        (FrameAsked("I110"), "no children’s"),
        (FrameAsked("I92"), "cases that audits have drawn already"),
        (replace(CLOSED, and_indicator="I61"), "cases that audits have drawn already"),
        (replace(CLOSED, period="2031-04"), "2031-05"),
        (replace(CLOSED, strata="sex"), "cannot be broken down by sex"),
        (replace(CLOSED, outcome="unknown"), "No child is behind that figure"),
    )
    for frame, said in asked:
        with pytest.raises(NoFrame, match=said):
            frames.frame(SYSTEM, CODE, frame)
    with pytest.raises(Refused):
        frames.frame(None, CODE, CLOSED)  # type: ignore[arg-type]


def test_the_command_takes_a_breakdown_by_its_name_or_in_the_words_that_it_offers(closures: Any, version: Any) -> None:
    words = ["draw", "I60-3", "--n=6", f"--questions={version.question_set.code}", "--for=Closures", "--show"]
    command = partial(CliRunner().invoke, sample_app)
    refused = command([*words, f"--programme={CODE}", "--strata=sex"])
    offered = str(refused.exception).split("It can give: ")[1].rstrip(".").split(", ")
    assert "team that holds the case" in offered
    for strata in ("case_team", *offered):
        assert "30 cases" in command([*words, f"--programme={CODE}", "--strata", strata]).output
    helped = " ".join(command(["draw", "--help"]).output.split())
    assert all(name in helped for name in OF_ANY_RECORD)


# After the draw.


def test_a_case_left_out_stays_with_why_and_the_next_of_the_order_stands_for_it(closures: Any, version: Any) -> None:
    sample = draw(version, 6, replace(CLOSED, strata="case_team"))
    case = next(case for case in selectors.cases_of(sample) if case.stratum == "south")
    with pytest.raises(services.NotDone, match="Say why"):
        services.leave_out(by=SYSTEM, at=at(), case=case, reason=" ")
    other = services.leave_out(by=SYSTEM, at=at(), case=case, reason="The file is sealed by a court.")
    assert other is not None
    assert (other.stratum, other.place, other.replaces) == ("south", 3, case)
    assert len(drawn(sample)) == 7
    assert verified(sample).is_same
    with pytest.raises(services.CaseIsAudited):
        services.leave_out(by=SYSTEM, at=at(), case=case, reason="Again.")


def test_the_last_case_of_a_group_has_nobody_to_stand_for_it(closures: Any, version: Any) -> None:
    sample = draw(version, 30)
    assert services.leave_out(by=SYSTEM, at=at(), case=selectors.cases_of(sample)[0], reason="Sealed.") is None
    assert verified(sample).is_same


def test_nothing_is_drawn_in_place_of_a_case_once_the_frame_has_changed(
    closures: Any, version: Any, monkeypatch: Any
) -> None:
    sample = draw(version)
    changed = frames.frame(SYSTEM, CODE, CLOSED)
    monkeypatch.setattr(frames, "frame", lambda *asked, **more: replace(changed, cases={"CH0001": ""}))
    with pytest.raises(services.FrameChanged):
        services.leave_out(by=SYSTEM, at=at(), case=selectors.cases_of(sample)[0], reason="Sealed.")


def test_audits_are_made_of_the_drawn_cases_and_given_to_who_is_independent(closures: Any, version: Any) -> None:
    sample = draw(version, 30)
    made = services.make_audits(by=SYSTEM, at=at(), sample=sample)
    assert len(made) == 29  # the case of a team that is not set up here waits
    assert {audit.chosen for audit in made} == {"random"}
    assert {audit.due_on for audit in made} == {sample.due_on}
    waiting = next(case for case in selectors.cases_of(sample) if case.audit is None)
    assert (waiting.case_ref, waiting.team_words, waiting.team) == ("CH0030", "East team", None)
    with pytest.raises(services.NotDone, match="Say first which team"):
        services.make_audits(by=SYSTEM, at=at(), sample=sample)
    services.say_team(by=SYSTEM, at=at(), case=waiting, team=made[0].team)
    assert [audit.case_ref for audit in services.make_audits(by=SYSTEM, at=at(), sample=sample)] == ["CH0030"]
    assert Audit.objects.filter(auditor__isnull=True).count() == 0


def test_a_drawn_case_is_of_the_team_that_somebody_said_its_name_means(closures: Any, version: Any) -> None:
    programme = version.question_set.programme
    naming.name_teams(by=SYSTEM, at=at(), programme=programme, teams={"East team": "north", "south": ""})
    teams = {case.team_words: case.team and case.team.code for case in selectors.cases_of(draw(version, 30))}
    assert teams == {"North team": "north", "East team": "north", "south": None}


# Pages.


def asked_for(version: Any, **more: Any) -> dict[str, Any]:
    return {"version": version.pk, "indicator": "I60-3", "n": 6, "chosen": "random", "purpose": "May", **more}


def test_the_page_shows_what_a_size_can_show_and_draws_only_when_told(
    closures: Any, version: Any, client_for: Any
) -> None:
    page, client = f"{HOME}samples/draw/", client_for("practice-manager")
    assert "Before you draw" not in words(client.get(page))
    said = words(client.get(page, asked_for(version)))
    assert "Programme of audits" in said, "the menu is there"
    assert "If 3 of 6 meet what is looked for, the 95% interval is 19% to 81%." in said
    assert "CH00" not in said
    assert "looks like a name" in words(client.get(page, asked_for(version, purpose="Why was Jamie Oldcastle closed?")))
    assert not Sample.objects.exists()
    shown = client.post(page, asked_for(version), follow=True)
    assert "Sample 1 is drawn" in words(shown)
    assert "holdfast audits sample verify 1 --programme westmere-2031" in words(shown)
    assert "sample 1 on 2 June 2031" in words(client.get(page, asked_for(version)))
    refused = words(client.post(page, asked_for(version)))
    assert "Sample 1 was drawn from this already" in refused
    assert "narrowed by what became" in words(client.post(page, asked_for(version, outcome="in")))


def test_who_may_not_draw_may_not_and_who_sees_every_audit_reads(closures: Any, version: Any, client_for: Any) -> None:
    draw(version)
    for who in ("auditor", "team-manager", "moderator", "performance-analyst"):
        assert client_for(who).get(f"{HOME}samples/").status_code == 403
        assert client_for(who).get(f"{HOME}samples/draw/").status_code == 403
    reader = client_for("director")
    assert "Sample 1" in words(reader.get(f"{HOME}samples/"))
    assert "Draw a sample" not in words(reader.get(f"{HOME}samples/"))
    assert reader.get(f"{HOME}samples/draw/").status_code == 403
    assert reader.get(f"{HOME}samples/2/").status_code == 404


def test_a_case_is_left_out_given_a_team_and_audited_from_its_page(
    closures: Any, version: Any, client_for: Any
) -> None:
    sample, client = draw(version, 30), client_for("practice-manager")
    cases = {case.case_ref: case for case in selectors.cases_of(sample)}
    one = f"{HOME}samples/1/"
    client.post(f"{one}cases/{cases['CH0030'].pk}/team/", {"team": version.question_set.programme.teams.first().pk})
    client.post(f"{one}cases/{cases['CH0001'].pk}/leave-out/", {"reason": "The file is sealed."})
    assert "29 audits are made" in words(client.post(f"{one}audits/", {}, follow=True))
    said = words(client.get(one))
    assert "The file is sealed. No other was left." in said
    assert TODAY.year == 2031


def test_the_command_line_draws_the_same_sample_again(closures: Any, version: Any, monkeypatch: Any) -> None:
    drawing = ["draw", "I60-3", "--n", "6", "--questions", "small", "--for", "Closures of May"]
    shown = command(*drawing, "--show")
    assert "30 cases, hash" in shown
    assert "If 3 of 6 meet" in shown
    assert not Sample.objects.exists()
    assert "Sample 1: 6 cases drawn with the seed westmere-2031/small/I60-3/2031-05/1" in command(*drawing)
    again = command("verify", "1")
    assert "The same frame, the same seed, the same cases." in again
    assert all(ref in again for ref in drawn(Sample.objects.get()))
    Sample.objects.update(frame_hash="0" * 64)
    assert '"same": false' in command("verify", "1", "--json", status=1)


def command(*arguments: str, status: int = 0) -> str:
    from typer.testing import CliRunner

    from holdfast.web.cli import app

    done = CliRunner().invoke(app, ["audits", "sample", *arguments, "--programme", CODE])
    assert done.exit_code == status, done.output
    return done.output
