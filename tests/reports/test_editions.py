"""Freezing: once, again, after a change; by whom; what it never shows; and what is found when a file is changed."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.access.writes import record, service
from holdfast.jobs import kept
from holdfast.organisation.models import Post, Programme
from holdfast.performance.selectors.beside import Beside, BesideYear, Value
from holdfast.plan.selectors import actions
from holdfast.plan.services import adding, progress
from holdfast.plan.services.progress import mark_done
from holdfast.reports import keeping, rendering, selectors, services
from holdfast.reports.document import Replaced, edition_facts
from holdfast.reports.models import Edition, EditionIsFrozen
from holdfast.reports.rendering.tables import tables
from holdfast.reports.services import NoSuchReport, ReportOfTheFuture
from holdfast.web.verify import problems
from reports import invented

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "formats" / "report.schema.json"
Freeze = Callable[..., Edition]


def late_action(programme: Programme) -> Any:
    """An action of the plan that was due before the end of 2013 and is still not done."""
    return actions(SYSTEM, programme.code).filter(done_on=None, due_on__lt=date(2013, 12, 31)).first()


def said(edition: Edition) -> dict[str, Any]:
    return selectors.document(SYSTEM, edition)


def test_a_report_is_frozen_with_its_release_its_hashes_and_one_trail_row(released: Any, freeze: Freeze) -> None:
    before = TrailRow.objects.count()
    edition = freeze()
    assert edition.in_words == "Edition 1 of the report to Ministers for 31 December 2013"
    assert (edition.release, edition.calculation_id) == (released, released.calculation_id)
    assert edition.files.keys() == {"document.json", "report.html", "report.pdf"}
    assert edition.files["document.json"] == edition.sha256
    assert TrailRow.objects.count() == before + 1
    assert TrailRow.objects.last().action == "report frozen"


def test_a_report_made_again_from_unchanged_records_is_the_same_edition(released: Any, freeze: Freeze) -> None:
    first = freeze()
    assert freeze().pk == first.pk
    assert Edition.objects.count() == 1
    assert TrailRow.objects.last().action == "report asked for again"


def test_who_makes_it_changes_nothing_in_it(released: Any, freeze: Freeze, people: dict[str, Any]) -> None:
    first = freeze()
    for role in ("performance-analyst", "board-chair", "programme-office"):
        assert freeze(by=people[role]).pk == first.pk


def test_changed_records_make_the_next_edition_and_keep_the_first(
    released: Any, freeze: Freeze, told: Programme
) -> None:
    first = freeze()
    pdf = selectors.render(SYSTEM, first, "pdf")
    mark_done(by=SYSTEM, at=clock.now(), action=late_action(told), on=date(2013, 12, 30), note="Done at last.")
    second = freeze()
    assert (first.number, second.number) == (1, 2)
    assert selectors.render(SYSTEM, first, "pdf") == pdf
    assert selectors.latest_edition(SYSTEM, told.code, "ministers", date(2013, 12, 31)) == second


def test_what_was_done_after_the_date_was_not_done_on_it(released: Any, freeze: Freeze, told: Programme) -> None:
    action = late_action(told)
    mark_done(by=SYSTEM, at=clock.now(), action=action, on=date(2014, 2, 1), note="Done in February.")
    after = next(each for each in said(freeze())["plan"]["actions"] if each["ref"] == action.ref)
    assert after["state"] == "Late"


def test_a_new_release_makes_a_new_edition(released: Any, freeze: Freeze, told: Programme) -> None:
    first = freeze()
    invented.publish(told, calculation_id="c" * 64, number=2)
    second = freeze()
    assert second.number == 2
    assert said(second)["release"]["reference"] == "release 2 (cccccccc)"
    assert said(first)["release"]["reference"] == "release 1 (aaaaaaaa)"


def test_an_edition_cannot_be_changed_or_removed(figures_alone: Any, freeze: Freeze) -> None:
    edition = freeze()
    edition.number = 9
    for attempt in (
        edition.save,
        edition.delete,
        Edition.objects.all().delete,
        lambda: Edition.objects.update(number=9),
    ):
        with pytest.raises(EditionIsFrozen):
            attempt()
    edition.refresh_from_db()
    assert edition.number == 1


def test_a_date_that_has_not_come_is_refused(figures_alone: Any, freeze: Freeze) -> None:
    with pytest.raises(ReportOfTheFuture, match="11 February 2014 has not come yet"):
        freeze(on=date(2014, 2, 11))
    assert freeze(on=date(2014, 2, 10)).number == 1


def test_a_report_that_does_not_exist_is_refused(figures_alone: Any, freeze: Freeze) -> None:
    with pytest.raises(NoSuchReport, match="There is: ministers"):
        freeze(kind="members")


@pytest.mark.parametrize("role", ["director", "dfe-observer", "elected-member", "auditor", "nobody", "elsewhere"])
def test_nobody_else_may_make_a_report(figures_alone: Any, freeze: Freeze, people: dict[str, Any], role: str) -> None:
    with pytest.raises(Refused):
        freeze(by=people[role])
    assert not Edition.objects.exists()


def test_only_the_chair_writes_the_covering_words(figures_alone: Any, freeze: Freeze, people: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        freeze(by=people["programme-office"], covering="All is well.")
    edition = freeze(by=people["board-chair"], covering="  Two things worry me.\n")
    assert said(edition)["covering"] == {
        "words": "Two things worry me.",
        "by": "Board chair Invented",
        "as": "Independent chair of the Board",
    }


def test_the_chairs_words_stay_until_the_chair_takes_them_out(
    figures_alone: Any, freeze: Freeze, people: dict[str, Any]
) -> None:
    first = freeze(by=people["board-chair"], covering="Two things worry me.")
    assert freeze(by=people["performance-analyst"]).pk == first.pk
    assert said(freeze(by=people["board-chair"], covering=""))["covering"] is None


def test_the_document_is_as_documented(released: Any, freeze: Freeze) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(said(freeze()))] == []


def test_small_counts_are_hidden_whoever_makes_it(figures_alone: Any, freeze: Freeze, people: dict[str, Any]) -> None:
    document = said(freeze(by=people["performance-analyst"]))
    for each in document["indicators"]:
        figures = [each["latest_month"], *each["years"]]
        assert all(figure["n_in"] is None or figure["n_in"] == 0 or figure["n_in"] > 5 for figure in figures)
        if each["unit"] == "per cent":
            hidden = [row for row in each["chart"]["rows"] if row[0] == "August 2013"]
            assert hidden[0][1] == "c"
            assert not [row for row in each["chart"]["rows"] if row[1] in ("1", "2", "3", "4", "5")]


def test_nothing_that_ends_after_the_date_is_shown(figures_alone: Any, freeze: Freeze) -> None:
    document = said(freeze())
    for each in document["indicators"]:
        assert each["latest_month"]["period"] == "2013-12"
        assert each["latest_year"]["period"] == "FY2013"
        assert each["chart"]["rows"][-1][0] == "December 2013"
    assert "January 2014." not in json.dumps([each["sentence"] for each in document["indicators"]])


def test_every_figure_carries_release_indicator_and_version_and_the_way_to_its_page(
    released: Any, freeze: Freeze, told: Programme
) -> None:
    for each in said(freeze())["indicators"]:
        assert each["reference"] == f"release 1 (aaaaaaaa), {each['id']} version {each['version']}"
        assert each["path"] == f"/{told.code}/indicators/{each['id']}/?release=1"


def test_every_requirement_is_in_it_and_every_exception_says_why(released: Any, freeze: Freeze) -> None:
    document = said(freeze())
    assert document["standing"]["total"] == len(document["standing"]["requirements"]) == 71
    assert sum(each["n"] for each in document["standing"]["counts"]) == 71
    assert sum(each["total"] for each in document["standing"]["by_modality"]) == 71
    assert document["not_achieved"]
    assert all(each["why"] for each in document["not_achieved"])
    silent = [each["ref"] for each in document["standing"]["requirements"] if each["position"] == "no evidence"]
    assert silent
    assert [each["ref"] for each in document["no_evidence"]] == silent
    assert all(each["why"] and each["would_be"] for each in document["no_evidence"])
    assert "programme office" in document["who_links"]
    n_not_held = sum(each["none_words"] == "Not held" for each in document["indicators"])
    [counts] = [words for words in document["summary"] if words.startswith(f"Of {len(document['indicators'])} ")]
    assert (f"{n_not_held} not held" in counts) == bool(n_not_held)
    late = [each for each in document["plan"]["actions"] if each["state"] == "Late"]
    assert all(each["cause"] and each["recovery"] and each["days_late"] > 0 for each in late)


def test_a_report_says_when_its_data_is_later_than_its_date(figures_alone: Any, freeze: Freeze) -> None:
    later, same = said(freeze()), said(freeze(on=date(2014, 1, 31)))
    assert "so it holds what was recorded late" in json.dumps(later["method"])
    assert "so it holds what was recorded late" not in json.dumps(same["method"])


def test_a_programme_with_nothing_yet_can_still_report_so(programme: Programme, freeze: Freeze) -> None:
    edition = freeze()
    assert said(edition)["summary"] == [
        "No notice has been loaded, so there are no requirements to report on.",
        "No release of figures has been published, so there are no indicators to report on.",
        "No plan is recorded: there are no actions or milestones.",
    ]
    assert edition.release is None
    assert selectors.render(SYSTEM, edition, "pdf").startswith(b"%PDF-")


def test_a_day_before_the_notice_was_issued_is_refused(told: Programme, freeze: Freeze) -> None:
    with pytest.raises(services.ReportBeforeNotice, match="before the notice was issued, on 12 September 2013"):
        freeze(on=date(2013, 9, 11))
    assert freeze(on=date(2013, 9, 12)).number == 1


@service
def find_a_child(*, by: Any, at: Any, programme: Programme) -> None:
    """Leaves what the trail holds where an audit found a child who may not be safe."""
    record("child may not be safe", programme=programme.code, subject="audit 1")


def test_a_second_edition_of_a_past_date_leaves_out_what_came_later_and_says_what_differs(
    told: Programme, freeze: Freeze, people: dict[str, Any]
) -> None:
    first = freeze()
    owner = Post.objects.filter(programme=told).first()
    objective = told.objectives.first()
    for ref in ("A98", "A99"):
        adding.add_action(
            by=SYSTEM, at=clock.now(), objective=objective, ref=ref, title="Later", owner=owner, due_on=date(2014, 5, 1)
        )
    assert freeze().pk == first.pk, "what was added in February was not in the plan in December"
    action = told.actions.get(ref="A12")
    progress.take_back(by=SYSTEM, at=clock.now(), thing=action, reason="It was another action.")
    find_a_child(by=SYSTEM, at=clock.now(), programme=told)
    second = said(freeze())["edition"]
    assert second["number"] == 2
    replaces = second["replaces"]
    assert replaces["stands"].startswith("This is edition 2 for this date, and the one that stands. Edition 1")
    assert any("A12 (done" in sentence and "now late" in sentence for sentence in replaces["differs"])
    assert "action added (2), mark of done taken back (1)" in replaces["because"]
    assert "safe" not in replaces["because"], "an edition goes to everybody, and one child is a small count"
    assert said(first)["edition"]["replaces"] is None
    assert "What differs" in selectors.render(SYSTEM, selectors.editions(SYSTEM, told.code)[0], "html").decode()


def test_sentences_of_one_paper_are_asked_of_one_day(told: Programme, freeze: Freeze) -> None:
    """Worked by hand: on 31 December 2013 the plan's late actions are those that its own requirements speak of."""
    document = said(freeze())
    late = [each for each in document["plan"]["actions"] if each["state"] == "Late"]
    stands = {each["ref"]: each["position"] for each in document["standing"]["requirements"]}
    assert f"{len(late)} actions and" in document["summary"][-1] or f"{len(late)} action and" in document["summary"][-1]
    unexplained = [each for each in late if each["cause"] == "Nobody has recorded why."]
    assert (stands["R64"] == "not met") == bool(unexplained)
    why = " ".join(sentence for each in document["not_achieved"] for sentence in each["why"])
    assert "today" not in why
    assert "on 31 December 2013" in why


def test_a_demonstration_says_so_at_the_head_on_every_page_and_in_the_data(
    figures_alone: Any, freeze: Freeze, settings: Any
) -> None:
    settings.MODE = "demo"
    edition = freeze()
    words = "every figure, plan and judgement here is invented, and says nothing of any real council"
    assert words in said(edition)["invented"]
    assert words in selectors.render(SYSTEM, edition, "html").decode()
    pages = PdfReader(BytesIO(selectors.render(SYSTEM, edition, "pdf"))).pages
    assert all(words in " ".join(page.extract_text().split()) for page in pages)


def test_what_is_not_a_demonstration_does_not_say_so(figures_alone: Any, freeze: Freeze) -> None:
    assert said(freeze())["invented"] == ""


def test_a_form_that_does_not_exist_is_refused(figures_alone: Any, freeze: Freeze) -> None:
    with pytest.raises(selectors.NoSuchForm, match="not as docx"):
        selectors.render(SYSTEM, freeze(), "docx")


def test_those_who_may_not_see_reports_get_no_file(figures_alone: Any, freeze: Freeze, people: dict[str, Any]) -> None:
    edition = freeze()
    for role in ("nobody", "elsewhere", "administrator"):
        with pytest.raises(Refused):
            selectors.render(people[role], edition, "pdf")


def test_drawn_again_from_its_document_it_is_the_same_bytes(released: Any, freeze: Freeze) -> None:
    edition = freeze()
    assert rendering.as_pdf(said(edition), edition.sha256) == selectors.render(SYSTEM, edition, "pdf")
    assert rendering.as_html(said(edition), edition.sha256) == selectors.render(SYSTEM, edition, "html")
    assert keeping.canonical(said(edition)) == selectors.render(SYSTEM, edition, "json")


@pytest.mark.parametrize("name", ["document.json", "report.html", "report.pdf"])
def test_one_changed_byte_is_found_and_the_file_is_not_shown(figures_alone: Any, freeze: Freeze, name: str) -> None:
    edition = freeze()
    path = keeping.folder_of(edition.sha256) / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert selectors.verify_editions() == [
        f"{edition.in_words} (westmere-2031): the file {name} has been changed since it was frozen."
    ]
    form = next(form for form, file in selectors.FILES.items() if file == name)
    with pytest.raises(kept.NotAsKept, match="has been changed since it was frozen"):
        selectors.render(SYSTEM, edition, form)


def test_a_missing_file_and_a_changed_row_are_found(figures_alone: Any, freeze: Freeze) -> None:
    edition = freeze()
    assert selectors.verify_editions() == []
    (keeping.folder_of(edition.sha256) / "report.pdf").unlink()
    assert "the file report.pdf is missing" in selectors.verify_editions()[0]
    with pytest.raises(kept.NotAsKept, match="is missing"):
        selectors.render(SYSTEM, edition, "pdf")
    other = {**edition.files, "document.json": "0" * 64}
    behind = super(type(Edition.objects.all()), Edition.objects.all())
    behind.update(files=other)
    assert any("does not name its own document" in each for each in selectors.verify_editions())
    behind.update(sha256="no digest")
    assert any("is kept under what is no SHA-256" in each for each in selectors.verify_editions())
    behind.update(files=[])
    found = list(problems())
    assert any(each.startswith("Edition 1 has been changed since trail row ") for each in found)
    assert found[-1].startswith("Not all editions could be looked at (AttributeError at "), "and it hides nothing else"


def test_a_name_that_is_not_a_hash_leads_nowhere() -> None:
    with pytest.raises(kept.NotAsKept, match="no SHA-256"):
        keeping.folder_of("../../secret")


def test_a_half_written_edition_is_never_left(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    def broken(*_: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("holdfast.jobs.kept.os.replace", broken)
    with pytest.raises(OSError, match="full"):
        keeping.keep("e" * 64, {"document.json": b"{}"})
    assert list((data / "editions").iterdir()) == []


def test_an_edition_kept_already_is_left_as_it_is(data: Path) -> None:
    first = keeping.keep("e" * 64, {"document.json": b"{}"})
    assert keeping.keep("e" * 64, {"document.json": b"{}"}) == first
    assert [each.name for each in (data / "editions").iterdir()] == ["e" * 64]


def test_what_others_published_is_in_every_form_of_it_with_its_source(
    figures_alone: Any, freeze: Freeze, monkeypatch: pytest.MonkeyPatch
) -> None:
    def known(reader: Any, series: Any) -> Beside:
        figures = [each for each in series.figures if each.period.kind == "year"]
        year = BesideYear(
            year=2013,
            ours=figures[-1],
            ours_words="23.0% (1,301 of 5,648)",
            when="year to 31 March 2013",
            published=None,
            region=Value("24.8", Decimal("24.8")),
            england=Value("u", None),
            neighbours=Value("4.85", Decimal("4.85")),
            n_neighbours=8,
            model="2021",
        )
        return Beside([year], "Ours, then England.", "Westmere", "The West", "Nothing differs.", ["A table."])

    monkeypatch.setattr("holdfast.reports.document.indicators.beside", known)
    edition = freeze()
    document = said(edition)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(document)] == []
    year = document["indicators"][0]["beside"]["years"][0]
    assert (year["region"], year["england"], year["england_words"], year["published"]) == (24.8, None, "u", None)
    html = selectors.render(SYSTEM, edition, "html").decode()
    for words in ("Ours, then England.", "4.85 (8 of 10, 2021 model)", "The West", "Nothing differs.", "A table."):
        assert words in html
    pdf = PdfReader(BytesIO(selectors.render(SYSTEM, edition, "pdf")))
    printed = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))
    first = document["indicators"][0]["id"]
    others, listed = printed.index(f"{first}: beside others"), printed.index("Where the published figures are from")
    assert others < printed.index("4.85 (8 of 10, 2021 model)") < printed.index("Nothing differs.") < listed
    assert "Published figures: source 1, listed after the indicators." in printed[others:listed]
    assert printed.count("A table.") == 1, "one source that serves many is listed once"
    assert f"1 {', '.join(each['id'] for each in document['indicators'])} A table." in printed[listed:]


@pytest.mark.parametrize(("day", "end"), [(10, "since."), (11, "since: the day moved on.")])
def test_the_day_is_said_to_have_moved_on_only_where_it_has(day: int, end: str) -> None:
    """An edition frozen on 10 February, and the next, worded otherwise, on the same day and on the day after."""
    same = {"release": None, "standing": None, "plan": {"actions": [], "milestones": []}, "covering": None}
    before = {**same, "edition": {"frozen_on_words": "10 February 2014"}}
    at = datetime(2014, 2, day, 12, tzinfo=UTC)
    facts = edition_facts(2, at, "the system", "a" * 64, same, Replaced(1, before, []))
    assert facts["replaces"]["because"] == f"The trail records no change to the records {end}"


def test_what_falls_due_next_is_listed_as_it_was_due_on_the_papers_day(released: Any, freeze: Freeze) -> None:
    """A05 was due on 24 January 2014 then, and has since been moved: it stands by the date that the reader sees."""
    document = said(freeze())
    plan = document["plan"]
    backwards = document | {"plan": plan | {"actions": plan["actions"][::-1]}}
    due = {each["due_words"]: each["due"] for each in plan["actions"]}
    listed = [
        due[row[2]["text"] if isinstance(row[2], dict) else row[2]] for row in tables(backwards, "")["coming"]["rows"]
    ]
    assert len(listed) > 1
    assert listed == sorted(listed)


def test_both_sides_of_a_position_are_told_once_where_it_says_why_and_not_again_in_the_list_of_all(
    released: Any, freeze: Freeze
) -> None:
    """A paragraph in the last and narrowest column filled a page of its own."""
    document = said(freeze())
    both = "People say met. The records say no evidence."
    rows = [each | {"both_sides": both} for each in document["standing"]["requirements"]]
    drawn = tables(document | {"standing": document["standing"] | {"requirements": rows}}, "")
    assert len(drawn["requirements"]["rows"]) == 71
    assert both not in json.dumps(drawn["requirements"])


def test_in_short_gives_every_statutory_clock_with_what_is_open_and_over(figures_alone: Any, freeze: Freeze) -> None:
    lines = [words for words in said(freeze())["summary"] if words.startswith("I20 Assessments within 45 working days")]
    assert len(lines) == 1
    assert " in December 2013. Open and already over: not held. " in lines[0]


def test_a_hidden_number_stays_a_small_c_in_the_report(figures_alone: Any, freeze: Freeze) -> None:
    """August 2013 is small and takes its year with it; "c" is a mark, and not the beginning of a sentence."""
    so_far = [each["so_far"] for each in said(freeze())["indicators"]]
    hidden = [figure["words"] for figure in so_far if figure["suppressed"]]
    assert hidden
    assert all(words.startswith("c") for words in hidden)


def test_the_schema_of_a_report_knows_every_word() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    claim = re.search(r'"claim": \{"enum": (\[.*?\])\}', json.dumps(schema))
    assert claim is not None
    assert json.loads(claim.group(1)) == list(analytics.CLAIMS)
