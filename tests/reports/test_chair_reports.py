"""The chair's reports: the chair's alone to write, read and send; kept as sent; a correction is a new one."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.kept_for_good import OnlyEverAdded
from holdfast.access.models import TrailRow
from holdfast.jobs import kept
from holdfast.notice.answers import Asking
from holdfast.notice.selectors.notices import notice_of
from holdfast.organisation.models import Programme
from holdfast.reports import keeping, selectors, services
from holdfast.reports.checks import ministers_reports
from holdfast.reports.models import CHAIR_SHELF, ChairDraft, ChairReport, Edition
from reports import invented
from reports.test_sayable import DOCUMENT

DECEMBER, MARCH = date(2013, 12, 31), date(2014, 3, 31)
PAGES = "/westmere-2031/reports/chair/"
WORDS = "Re-referrals have improved.\n\nThe Board met four times."


@pytest.fixture
def told(people: Any, programme: Programme) -> Programme:
    """The standing programme with the notice that ships: it says in which months the chair reports."""
    invented.load_notice_and_plan(programme, "devon-2013.yaml")
    return programme


@pytest.fixture
def edition(told: Programme) -> Edition:
    """An edition made by hand: as much of one as stands beside the chair's words."""
    facts = {"address": "", "invented": "", "notice": None, "release": None}
    facts["programme"] = {"code": told.code, "name": told.name, "council": told.council.name}
    content = keeping.canonical({**DOCUMENT, **facts})
    sha256 = kept.digest(content)
    return Edition.objects.create(
        programme=told,
        kind="ministers",
        on=DECEMBER,
        number=1,
        inputs_sha256=sha256,
        sha256=sha256,
        files=keeping.keep(sha256, {keeping.DOCUMENT: content}),
        frozen_at=clock.now(),
    )


@pytest.fixture
def begin(told: Programme, edition: Edition, people: Any) -> Callable[..., ChairDraft]:
    """Begin a report as the chair, beside that edition."""

    def run(by: str = "board-chair", due_on: date = DECEMBER, **more: Any) -> ChairDraft:
        who = SYSTEM if by == "system" else people[by]
        return services.begin_chair_report(by=who, at=clock.now(), programme=told, due_on=due_on, **more)

    return run


@pytest.fixture
def write(people: Any) -> Callable[..., ChairDraft]:
    def run(draft: ChairDraft, words: str = WORDS, section: str = "overall", by: str = "board-chair") -> ChairDraft:
        return services.write_section(by=people[by], at=clock.now(), draft=draft, section=section, words=words)

    return run


@pytest.fixture
def send(begin: Any, write: Any, people: Any) -> Callable[..., ChairReport]:
    def run(due_on: date = DECEMBER, words: str = WORDS, **more: Any) -> ChairReport:
        draft = write(begin(due_on=due_on, **more), words)
        return services.send_chair_report(by=people["board-chair"], at=clock.now(), draft=draft)

    return run


def test_what_the_chair_sends_is_kept_as_it_was_with_the_figures_beside_it(send: Any, told: Programme) -> None:
    report = send()
    content = selectors.render_chair_report(SYSTEM, report, "json").decode()
    assert "Re-referrals have improved." in content
    assert "edition 1" in report.edition.in_words.lower()
    assert kept.digest(content.encode()) == report.sha256
    pdf = PdfReader(BytesIO(selectors.render_chair_report(SYSTEM, report, "pdf")))
    words = " ".join(page.extract_text() for page in pdf.pages)
    assert "The Board met four times." in words
    assert "May be said" not in words, "the chair left the section on indicators out"
    assert b"The Board met four times." in selectors.render_chair_report(SYSTEM, report, "html")
    assert [found["sentence"] for found in report.pointed_out] == ["Re-referrals have improved."]
    assert not ChairDraft.objects.exists()
    assert TrailRow.objects.order_by("-number").first().action == "chair's report sent"


def test_no_word_of_the_chairs_is_in_the_trail(send: Any) -> None:
    send()
    assert not [row for row in TrailRow.objects.all() if "improved" in f"{row.subject} {row.detail}"]


@pytest.mark.parametrize("who", ["programme-office", "director", "performance-analyst", "dfe-observer", "elsewhere"])
def test_nobody_but_the_chair_begins_writes_shares_or_sends(begin: Any, write: Any, people: Any, who: str) -> None:
    draft = begin()
    by = {"by": people[who], "at": clock.now()}
    with pytest.raises(Refused):
        begin(who, MARCH)
    with pytest.raises(Refused):
        write(draft, by=who)
    with pytest.raises(Refused):
        services.share_draft(**by, draft=draft, is_shared=True)
    with pytest.raises(Refused):
        services.take_newer_figures(**by, draft=draft)
    with pytest.raises(Refused):
        services.send_chair_report(**by, draft=draft)


def test_no_machine_writes_for_the_chair(begin: Any) -> None:
    with pytest.raises(services.NeedsAPerson):
        begin("system")


def test_what_was_sent_cannot_be_changed_or_sent_again(send: Any, begin: Any, people: Any) -> None:
    report = send()
    for change in (report.save, report.delete):
        with pytest.raises(OnlyEverAdded):
            change()
    with pytest.raises(services.SentForGood, match="Write a correction"):
        begin()
    assert TrailRow.objects.order_by("-number").first().action == "refused by a rule"


def test_a_correction_is_a_new_report_that_names_the_first(send: Any) -> None:
    first = send()
    second = send(corrects=first, words="Re-referrals show no clear change.")
    assert (second.number, second.corrects, second.days_late) == (2, first, 0)
    assert "Chair’s report 1" in selectors.render_chair_report(SYSTEM, second, "json").decode()
    assert "improved" in selectors.render_chair_report(SYSTEM, first, "json").decode()
    assert second.pointed_out == []


def test_a_file_that_was_changed_is_not_shown_and_is_named(send: Any) -> None:
    report = send()
    assert selectors.verify_chair_reports() == []
    (kept.path_of(CHAIR_SHELF, report.sha256) / "report.pdf").write_bytes(b"other")
    with pytest.raises(kept.NotAsKept):
        selectors.render_chair_report(SYSTEM, report, "pdf")
    assert "report.pdf has been changed since it was sent" in selectors.verify_chair_reports()[0]


def test_what_cannot_be_begun_or_sent_is_refused_in_words(begin: Any, people: Any, told: Programme) -> None:
    with pytest.raises(services.NotOfThatMonth, match="asks for no report in the month to 31 January 2014"):
        begin(due_on=date(2014, 1, 31))
    draft = begin()
    with pytest.raises(services.NotOfThatMonth, match="begun it already"):
        begin()
    with pytest.raises(services.NothingWritten):
        services.send_chair_report(by=people["board-chair"], at=clock.now(), draft=draft)


def test_without_an_edition_there_is_nothing_to_stand_beside(told: Programme, people: Any) -> None:
    with pytest.raises(services.NothingToStandBeside):
        services.begin_chair_report(by=people["board-chair"], at=clock.now(), programme=told, due_on=DECEMBER)


def test_the_check_asks_when_it_was_sent_and_late_is_not_met(send: Any, told: Programme, settings: Any) -> None:
    def answer(day: date) -> Any:
        asking = Asking(SYSTEM, told, day, notice_of(SYSTEM, told.code))
        return ministers_reports(asking, told.notice.requirements.get(ref="R68"))

    assert answer(DECEMBER).state == "no evidence"
    assert "sent no report for December 2013" in answer(date(2014, 1, 1)).sentence
    send()
    assert answer(date(2014, 2, 9)).state == "not met"
    found = answer(date(2014, 2, 10))
    assert (found.state, "was sent 41 days late" in found.sentence) == ("not met", True)


def test_the_check_is_met_by_a_report_on_the_last_day_of_its_month(send: Any, told: Programme, settings: Any) -> None:
    settings.HOLDFAST_TODAY = DECEMBER
    send()
    settings.HOLDFAST_TODAY = date(2014, 2, 10)
    asking = Asking(SYSTEM, told, date(2014, 2, 10), notice_of(SYSTEM, told.code))
    found = ministers_reports(asking, told.notice.requirements.get(ref="R68"))
    assert (found.state, len(found.links)) == ("met", 1)


def test_it_stands_beside_a_report_that_was_frozen(
    programme: Programme, figures_alone: Any, freeze: Any, people: Any, write: Any
) -> None:
    invented.load_notice_and_plan(programme, "devon-2013.yaml")
    freeze()
    by = {"by": people["board-chair"], "at": clock.now()}
    draft = services.begin_chair_report(**by, programme=programme, due_on=DECEMBER)
    report = services.send_chair_report(**by, draft=write(draft, "I20 improved to 99.9%.", "indicators"))
    assert len(report.pointed_out) >= 1
    words = PdfReader(BytesIO(selectors.render_chair_report(SYSTEM, report, "pdf"))).pages[0].extract_text()
    assert "What the records say" in words
    assert "May be said" in words


# The pages


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_the_chair_writes_reads_what_is_not_allowed_and_sends(begin: Any, client_for: Any) -> None:
    begin()
    chair, page = client_for("board-chair"), f"{PAGES}2013-12-31/"
    assert chair.post(f"{page}write/overall/", {"words": WORDS})["Location"] == page
    assert "What the figures do not allow" in text(chair.get(page))
    assert "“Re-referrals have improved.”" in text(chair.get(page))
    assert chair.get(f"{page}write/none/").status_code == 404
    assert "May be said" in text(chair.get(f"{page}write/indicators/"))
    unread = chair.post(f"{page}send/", {})
    assert "Read what the figures do not allow, then say that you have" in text(unread)
    sent = chair.post(f"{page}send/", {"has_read": "on"})
    assert sent["Location"] == f"{PAGES}1/"
    assert "Write a correction" in text(chair.get(f"{PAGES}1/"))
    assert "41 days late" in text(chair.get(PAGES))


def test_a_draft_is_read_by_nobody_else_until_it_is_shared_and_changed_by_nobody_ever(
    begin: Any, write: Any, client_for: Any
) -> None:
    write(begin())
    page = f"{PAGES}2013-12-31/"
    office, observer = client_for("programme-office"), client_for("dfe-observer")
    assert office.get(page).status_code == 404
    assert observer.get(page).status_code == 403
    assert "Go on with the draft" not in text(office.get(PAGES))
    client_for("board-chair").post(f"{page}share/", {"is_shared": "yes"})
    assert "Re-referrals have improved." in text(office.get(page))
    for place in ("write/overall/", "share/", "send/", "figures/", "begin/"):
        assert office.get(page + place).status_code == 403
    assert observer.get(page).status_code == 403
    client_for("board-chair").post(f"{page}share/", {"is_shared": "no"})
    assert office.get(page).status_code == 404


def test_what_was_sent_is_read_by_all_who_see_reports(send: Any, client_for: Any) -> None:
    send()
    reader = client_for("elected-member")
    assert "The Board met four times." in text(reader.get(f"{PAGES}1/"))
    for form, kind in (("pdf", "application/pdf"), ("json", "application/json")):
        response = reader.get(f"{PAGES}1/report.{form}")
        assert (response.status_code, response["Content-Type"]) == (200, kind)
        assert response["Content-Disposition"].startswith("attachment")
    assert reader.get(f"{PAGES}9/").status_code == 404
    assert client_for("nobody").get(f"{PAGES}1/").status_code == 403
