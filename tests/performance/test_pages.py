"""Each page for three people: Alice may, Bob may read but not do, Charlie may not. And what each page says."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.access.models import TrailRow
from holdfast.jobs import queue
from holdfast.jobs.models import Job, Worker
from holdfast.organisation.models import Programme
from holdfast.pages.words import date_words
from holdfast.performance.models import Release, Return
from holdfast.performance.selectors import indicators
from holdfast.performance.services import intake
from holdfast.performance.views.figure_rows import NOT_HELD, SAYS_NO_CHANGE, definition_facts
from performance import census

ALICE, BOB, CHARLIE = "performance-analyst", "elected-member", "nobody"
HOME = "/westmere-2031"
ClientFor = Callable[[str], Any]

FIGURE_PAGES = [
    "/indicators/",
    "/indicators/definitions/",
    "/indicators/I04/",
    "/indicators/I04/?by=sex&periods=year",
    "/indicators/I03/?by=sex&group=M",
    "/indicators/I04/figures.csv",
    "/releases/1/",
    "/releases/compare/",
]
RETURN_PAGES = [
    "/returns/",
    "/returns/1/",
    "/returns/1/faults/",
    "/releases/",
]
DOING_PAGES = [
    "/returns/submit/",
    "/returns/1/confirm-authority/",
    "/releases/calculate/",
    "/releases/1/publish/",
    "/indicators/I04/cases/",
]


@pytest.mark.parametrize("path", FIGURE_PAGES)
def test_figures_are_for_those_who_may_see_indicators(published: Release, client_for: ClientFor, path: str) -> None:
    assert client_for(ALICE).get(HOME + path).status_code == 200
    assert client_for(BOB).get(HOME + path).status_code == 200
    assert client_for(CHARLIE).get(HOME + path).status_code == 403
    assert client_for("").get(HOME + path).status_code == 302


@pytest.mark.parametrize("path", RETURN_PAGES)
def test_returns_and_releases_are_for_those_inside(published: Release, client_for: ClientFor, path: str) -> None:
    assert client_for(ALICE).get(HOME + path).status_code == 200
    assert client_for("director").get(HOME + path).status_code == 200
    assert client_for(BOB).get(HOME + path).status_code == 403
    assert client_for(CHARLIE).get(HOME + path).status_code == 403


@pytest.mark.parametrize("path", DOING_PAGES)
def test_doing_pages_and_records_are_for_those_permitted(published: Release, client_for: ClientFor, path: str) -> None:
    assert client_for(ALICE).get(HOME + path).status_code == 200
    assert client_for("director").get(HOME + path).status_code == 403
    assert client_for(BOB).get(HOME + path).status_code == 403
    assert client_for(CHARLIE).get(HOME + path).status_code == 403
    assert TrailRow.objects.filter(action="refused", by=CHARLIE).exists()


@pytest.mark.parametrize("path", ["/returns/9/", "/returns/9/faults/", "/releases/9/", "/indicators/I999/"])
def test_what_does_not_exist_is_a_page_not_found(published: Release, client_for: ClientFor, path: str) -> None:
    assert client_for(ALICE).get(HOME + path).status_code == 404


@pytest.mark.parametrize("path", ["/indicators/", "/indicators/I04/", "/indicators/I04/cases/"])
def test_before_the_first_release_a_page_says_what_will_appear(
    council: Programme, client_for: ClientFor, path: str
) -> None:
    assert b"No release has been published yet" in client_for(ALICE).get(HOME + path).content


def test_empty_lists_say_what_will_appear(council: Programme, client_for: ClientFor) -> None:
    assert b"No returns yet" in client_for(ALICE).get(f"{HOME}/returns/").content
    assert b"No releases yet" in client_for(ALICE).get(f"{HOME}/releases/").content


def upload(client: Any, content: bytes | str, **more: Any) -> Any:
    """Choose a file, look at what it is, and submit it. `more` is what is typed on that page."""
    raw = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("census.xml", raw, content_type="text/xml")
    page = client.post(f"{HOME}/returns/submit/", {"files": file}, follow=True)
    if not page.redirect_chain:
        return page
    return client.post(page.redirect_chain[-1][0], more, follow=True)


def test_a_file_submitted_on_the_page_waits_and_is_then_read(council: Programme, client_for: ClientFor) -> None:
    alice = client_for(ALICE)
    page = upload(alice, census.census())
    assert b"Return 1 is kept and waiting to be read" in page.content
    queue.work(until_empty=True)
    text = alice.get(f"{HOME}/returns/1/").content.decode()
    assert "Rows read, by table" in text
    assert "31 January 2014" in text
    assert Return.objects.get().submitted_by.username == ALICE  # type: ignore[union-attr]


def test_a_return_says_how_far_its_reading_is(council: Programme, client_for: ClientFor) -> None:
    alice = client_for(ALICE)
    upload(alice, census.census())
    page = f"{HOME}/returns/1/"
    assert b"It waits, and no worker is running" in alice.get(page).content
    Worker.objects.create(name="elsewhere|1", seen=clock.elapsed_seconds())
    assert b"Waiting to be read." in alice.get(page).content
    assert b"See how far it is now" in alice.get(page).content
    job = queue.claim()
    assert job is not None
    assert b"Being read." in alice.get(page).content
    queue.renew(job, queue.Said("52 of 220 MB, 5,012 children read so far", 52, 220))
    shown = alice.get(page).content.decode()
    assert "Being read: 52 of 220 MB, 5,012 children read so far." in shown
    assert '<progress class="hf-progress" max="220" value="52"' in shown
    assert "52 of 220 MB" in alice.get(f"{HOME}/returns/").content.decode()
    Job.objects.update(lease_until=0)
    assert b"It stopped before its end, and starts again from the beginning." in alice.get(page).content
    queue.claim()
    assert b"It is being read again from the beginning, because it stopped before (time 2)." in alice.get(page).content
    Job.objects.update(state="queued", claimed_by="", lease_until=None, problem="The work stopped with a fault.")
    assert b"It will be tried again." in alice.get(page).content
    queue.work(until_empty=True)
    assert b"See how far it is now" not in alice.get(page).content


def test_a_file_sent_twice_on_the_page_says_so(council: Programme, client_for: ClientFor) -> None:
    alice = client_for(ALICE)
    upload(alice, census.census())
    queue.work(until_empty=True)
    page = upload(alice, census.census())
    assert b"This file was sent before, as return 1. Nothing was added." in page.content
    assert Return.objects.count() == 1


def test_the_page_of_a_file_for_another_authority_that_came_in_without_a_page_asks_before_it_is_taken(
    council: Programme, client_for: ClientFor, tmp_path: Path
) -> None:
    other_authority = census.write(tmp_path, census.census(authority="123"))
    alice = client_for(ALICE)
    intake.submit_return(by=SYSTEM, at=clock.now(), programme=council, file=other_authority, name="c.xml")
    queue.work(until_empty=True)
    assert b"The file says it is for authority 123" in alice.get(f"{HOME}/returns/1/").content
    assert b"Submit it anyway" in alice.get(f"{HOME}/returns/1/confirm-authority/").content
    page = alice.post(f"{HOME}/returns/1/confirm-authority/", follow=True)
    assert b"waiting to be read" in page.content
    queue.work(until_empty=True)
    assert Return.objects.get().state == "read"
    again = alice.post(f"{HOME}/returns/1/confirm-authority/", follow=True)
    assert b"not waiting for anybody to confirm" in again.content


@pytest.mark.parametrize("name", [name for name in census.UNREADABLE if name != "empty"])
def test_a_bad_file_gets_a_plain_message_before_or_after_it_is_kept(
    council: Programme, client_for: ClientFor, name: str
) -> None:
    alice = client_for(ALICE)
    page = upload(alice, census.UNREADABLE[name])
    queue.work(until_empty=True)
    if name == "truncated":  # it begins as a census, so only reading it tells
        page = alice.get(f"{HOME}/returns/1/")
    assert page.status_code == 200
    assert b"This file cannot be read" in page.content
    assert Return.objects.count() == (name == "truncated")
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    ("content", "more", "says"),
    [
        (b"", {}, b"census.xml is empty"),
        (
            census.census(as_at=None),
            {"as_at_0-day": "32", "as_at_0-month": "1", "as_at_0-year": "2014"},
            b"he date census.xml describes",
        ),
        (census.census(as_at=None), {}, b"he date census.xml describes"),
    ],
)
def test_what_is_typed_wrong_is_answered_in_words(
    council: Programme, client_for: ClientFor, content: Any, more: dict[str, str], says: bytes
) -> None:
    page = upload(client_for(ALICE), content, **more)
    assert b"There is a problem" in page.content
    assert says in page.content
    assert not Return.objects.exists()


def test_no_file_is_answered_in_words(council: Programme, client_for: ClientFor) -> None:
    assert b"Choose the file you want to submit" in client_for(ALICE).post(f"{HOME}/returns/submit/", {}).content


def test_a_date_typed_on_the_page_is_the_date_described(council: Programme, client_for: ClientFor) -> None:
    typed = {"as_at_0-day": "31", "as_at_0-month": "1", "as_at_0-year": "2014"}
    alice = client_for(ALICE)
    asked = upload(alice, census.census(as_at=None), **typed)
    assert b"31 January 2014, as was said: the file itself does not say" in asked.content
    assert not Return.objects.exists()  # what it would move stands there first
    alice.post(asked.redirect_chain[-1][0])
    queue.work(until_empty=True)
    assert Return.objects.get().as_at == census.AS_AT


def test_faults_list_their_rows_and_only_alice_sees_whose(published: Release, client_for: ClientFor) -> None:
    returned = published.returns.get()
    rule = max(returned.n_faults, key=lambda one: returned.n_faults[one])
    path = f"{HOME}/returns/1/faults/?rule={rule}&page=1"
    assert b"CHILD-" in client_for(ALICE).get(path).content
    office = client_for("programme-office").get(path)
    assert office.status_code == 200
    assert b"CHILD-" not in office.content


def test_alice_publishes_on_a_page_of_its_own(council: Programme, client_for: ClientFor) -> None:
    alice = client_for(ALICE)
    upload(alice, census.census())
    queue.work(until_empty=True)
    assert b"never changes" in alice.get(f"{HOME}/releases/1/publish/").content
    assert not Release.objects.get().is_published
    page = alice.post(f"{HOME}/releases/1/publish/", follow=True)
    assert b"Published release 1" in page.content
    assert Release.objects.get().is_published
    assert b"is a draft" not in alice.get(f"{HOME}/releases/").content, "what came of asking stays true"
    assert b"is published already" in alice.post(f"{HOME}/releases/1/publish/", follow=True).content


def test_bob_cannot_publish_by_posting(published: Release, client_for: ClientFor) -> None:
    assert client_for("director").post(f"{HOME}/releases/1/publish/").status_code == 403


def test_asking_for_a_release_queues_it(published: Release, client_for: ClientFor) -> None:
    page = client_for(ALICE).post(f"{HOME}/releases/calculate/", follow=True)
    assert b"will be calculated" in page.content
    assert Job.objects.get().state == "queued"
    assert b"Work that is not finished" in client_for(ALICE).get(f"{HOME}/returns/").content


def test_a_release_page_says_what_moved(published: Release, client_for: ClientFor, send: Any) -> None:
    from datetime import date

    send(census.census(as_at=date(2014, 3, 31), n_children=48))
    queue.work(until_empty=True)
    text = client_for(ALICE).get(f"{HOME}/releases/2/").content.decode()
    assert "since release 1" in text
    assert "Figures of I03 that moved" in text
    assert "Publish this release" in text


def test_bob_sees_c_where_alice_sees_a_number_and_a_link(published: Release, client_for: ClientFor) -> None:
    path = f"{HOME}/indicators/I03/"
    alice, bob = client_for(ALICE).get(path).content.decode(), client_for(BOB).get(path).content.decode()
    assert "/cases/?" in alice
    assert "/cases/?" not in bob
    assert "hidden to protect people" in bob
    assert "hidden to protect people" not in alice


def test_an_indicator_page_has_its_chart_sentence_table_definition_and_release(
    published: Release, client_for: ClientFor
) -> None:
    text = client_for(ALICE).get(f"{HOME}/indicators/I04/").content.decode()
    assert "<svg" in text
    assert published.reference in text
    assert "How it is counted" in text
    assert indicators.series(SYSTEM, published.programme.code, "I04").definition.numerator[:20] in text
    assert "95% interval" in text


def test_an_indicator_page_leads_with_its_verdict_and_folds_the_rest(published: Release, client_for: ClientFor) -> None:
    page = lxml.html.fromstring(client_for(ALICE).get(f"{HOME}/indicators/I04/").content)
    said = indicators.series(SYSTEM, published.programme.code, "I04").assessment
    assert said is not None
    assert page.get_element_by_id("may-be-said").text_content() == said.headline
    assert page.xpath("//main//p[@id='may-be-said']/following-sibling::p[1]/text()") == [said.rest[0]]
    assert page.xpath("//main//details[contains(., 'All that may be said')]//li/text()") == said.rest[1:]
    assert not page.xpath("//*[contains(@class, 'hf-chart__sentence')]")
    assert sorted(" ".join([said.headline, *said.rest]).split()) == sorted(said.sentence.split())


def test_a_figure_leads_to_its_release_and_that_to_the_files_it_was_made_from(
    published: Release, client_for: ClientFor
) -> None:
    alice, release = client_for(ALICE), f'href="{HOME}/releases/1/">{published.reference}</a>'
    for path in ("indicators/", "indicators/I04/", "indicators/I04/cases/"):
        assert release in alice.get(f"{HOME}/{path}").content.decode(), path
    assert release in client_for(BOB).get(f"{HOME}/indicators/I04/").content.decode()
    page = alice.get(f"{HOME}/releases/1/").content.decode()
    for returned in published.returns.all():
        assert f'href="{HOME}/returns/{returned.number}/"' in page
        assert returned.sha256 in page


def test_the_scorecard_folds_by_verdict_and_closes_only_what_says_no_change(
    published: Release, client_for: ClientFor
) -> None:
    page = lxml.html.fromstring(client_for(BOB).get(f"{HOME}/indicators/").content)
    parts = page.find_class("hf-fold")
    titles = [part.find_class("govuk-details__summary-text")[0].text_content() for part in parts]
    closed = {title for title, part in zip(titles, parts, strict=True) if part.get("open") is None}
    assert titles[-1] == "Not held"
    assert closed == {"No clear change", "Too early to say", "Too little to tell", "Not held"} & set(titles)
    assert {word.lower() for word in titles} <= {*analytics.CLAIMS, NOT_HELD}
    assert {*SAYS_NO_CHANGE} <= {*analytics.CLAIMS}
    for title, part in zip(titles, parts, strict=True):
        tags = {tag.text_content() for tag in part.find_class("govuk-tag")}
        assert tags == {title}, "a verdict stands in its own part"
        assert part.find_class("hf-fold__note")[0].text_content().startswith(str(len(part.findall(".//tbody/tr"))))


def test_an_indicator_that_was_never_held_has_no_verdict_on_its_page_and_in_data(
    published: Release, client_for: ClientFor
) -> None:
    line = next(line for line in indicators.scorecard(SYSTEM, published.programme.code) if not line.is_held)
    page = client_for(BOB).get(f"{HOME}/indicators/{line.definition.id}/").content.decode()
    assert f"<strong>Not held.</strong> {indicators.NEVER_HELD}" in page
    assert "There are no figures yet" not in page
    seen = indicators.series(SYSTEM, published.programme.code, line.definition.id)
    assert (seen.as_data()["claim"], seen.as_data()["sentence"]) == (None, indicators.NEVER_HELD)
    assert seen.in_words().endswith(indicators.NEVER_HELD)


@pytest.mark.parametrize(("days", "words"), [(0, ""), (1, ", which has passed")])
def test_a_definition_past_its_review_date_says_so_wherever_its_card_is(
    monkeypatch: pytest.MonkeyPatch, days: int, words: str
) -> None:
    card = indicators.definition_card("I04")
    monkeypatch.setattr(clock, "today", lambda: card.review_by + timedelta(days))
    said = definition_facts(card)[-1]["value"]
    assert said.endswith(f"to be reviewed by {date_words(card.review_by)}{words}")


def test_a_breakdown_that_is_not_held_is_refused_in_words_on_the_page(
    published: Release, client_for: ClientFor
) -> None:
    page = client_for(BOB).get(f"{HOME}/indicators/I04/?by=team")
    assert page.status_code == 200
    assert b"cannot give I04 by team" in page.content
    missing = client_for(BOB).get(f"{HOME}/indicators/I04/figures.csv?by=team")
    assert (missing.status_code, missing["Content-Type"]) == (404, "text/plain; charset=utf-8")


def test_the_csv_is_a_file_named_after_what_it_holds(published: Release, client_for: ClientFor) -> None:
    answer = client_for(BOB).get(f"{HOME}/indicators/I04/figures.csv?by=sex")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="westmere-2031-I04-sex-release-1.csv"' in answer["Content-Disposition"]
    assert answer.content.startswith(b"release,calculation,as_at,indicator")


def test_records_are_listed_with_their_outcome_and_each_look_is_trailed(
    published: Release, client_for: ClientFor
) -> None:
    alice = client_for(ALICE)
    before = TrailRow.objects.count()
    text = alice.get(f"{HOME}/indicators/I03/cases/?period=FY2014").content.decode()
    assert "CHILD-000001" in text
    assert "1 to 47 of 47" in text
    assert TrailRow.objects.count() == before + 1
    assert alice.get(f"{HOME}/indicators/I03/cases/?period=FY2014&outcome=maybe").status_code == 404
    assert alice.get(f"{HOME}/indicators/I03/cases/?period=never").status_code == 404
    assert alice.get(f"{HOME}/indicators/I03/cases/?period=FY2014&page=99").status_code == 200
    assert alice.get(f"{HOME}/indicators/I03/cases/?period=FY2014&page=-4").status_code == 200


@pytest.mark.parametrize("path", ["/indicators/", "/indicators/I04/", "/indicators/I04/?by=sex"])
def test_a_page_asks_the_database_as_often_however_much_there_is(
    published: Release, client_for: ClientFor, send: Any, path: str, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    alice = client_for(ALICE)
    with CaptureQueriesContext(
        connection,
    ) as few:
        alice.get(HOME + path)
    Release.objects.bulk_create(
        [
            Release(
                programme=published.programme,
                number=number,
                calculation_id=published.calculation_id,
                answers_id=published.answers_id,
                snapshot_id=published.snapshot_id,
                engine="duckdb",
                as_at=published.as_at,
                n_figures=9,
                can_break_down=published.can_break_down,
                state="published",
                published_at=published.published_at,
                calculated_at=published.calculated_at,
            )
            for number in range(2, 40)
        ]
    )
    alice = client_for(ALICE)
    with django_assert_num_queries(len(few)):
        alice.get(HOME + path)


def test_the_returns_page_asks_the_database_as_often_however_many_there_are(
    published: Release, client_for: ClientFor, tmp_path: Path, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    alice = client_for(ALICE)  # signing in asks its own, once
    with CaptureQueriesContext(connection) as few:
        alice.get(f"{HOME}/returns/")
    first = published.returns.get()
    for number in range(2, 30):
        Return.objects.create(
            programme=first.programme,
            number=number,
            name=f"{number}.xml",
            sha256=f"{number:064d}",
            n_bytes=1,
            submitted_at=first.submitted_at,
            submitted_by=first.submitted_by,
        )
    with django_assert_num_queries(len(few)):
        alice.get(f"{HOME}/returns/")


def test_whoever_sees_a_figure_sees_its_release_and_neither_a_draft_nor_a_return(
    published: Release, client_for: ClientFor
) -> None:
    bob = client_for(BOB)
    text = bob.get(f"{HOME}/releases/1/").content.decode()
    assert "Return 1" in text
    assert f'href="{HOME}/returns/1/"' not in text
    Release.objects.create(
        programme=published.programme, number=2, calculation_id=published.calculation_id, snapshot_id="s", engine="e",
        as_at=published.as_at, n_figures=0, calculated_at=published.calculated_at,
    )  # fmt: skip
    assert bob.get(f"{HOME}/releases/2/").status_code == 403
    assert client_for("director").get(f"{HOME}/releases/2/").status_code == 200
