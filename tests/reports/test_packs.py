"""A meeting's pack: frozen once, its pages named for good, reserved items apart, late papers in supplements."""

import hashlib
import io
import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest

from governance.conftest import AT, agencies, board, cycle, seats, who  # noqa: F401
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.governance.models import Decision, Effect, Pack
from holdfast.governance.selectors import agendas as governed
from holdfast.governance.selectors import packs as selectors
from holdfast.governance.services import agendas, attending, meetings, minuting, packing
from holdfast.jobs import queue
from holdfast.notice.selectors import positions
from holdfast.notice.services.loading import load_notice
from holdfast.pages.words import date_words
from holdfast.plan.services import adding
from holdfast.reports import keeping, lacking, pack_jobs, packs, rendering, services
from holdfast.reports.rendering.tables import _of_indicators

pytestmark = pytest.mark.django_db
ADDRESS = "/westmere-2031/meetings/board/7/pack/"


@pytest.fixture(autouse=True)
def _today(settings: Any) -> None:
    settings.HOLDFAST_TODAY = date(2031, 6, 1)


@pytest.fixture
def meeting(cycle, seats):  # noqa: F811
    """The seventh meeting: an open item with a paper of words, and a reserved one with a paper of its own."""
    item = agendas.add_item(**who(), meeting=cycle[-1], title="Workload", purpose="decide", detail="Read it before.")
    agendas.add_paper(**who(), item=item, title="Caseloads by team", words="East 22, north 17.")
    reserved = agendas.add_item(**who(), meeting=cycle[-1], title="A member of staff", purpose="discuss")
    agendas.add_paper(**who(), item=reserved, title="The letter", words="It says why.")
    agendas.reserve_item(**who(), item=reserved, reason="It concerns one person's employment.")
    return cycle[-1]


def pages(content):
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def test_a_pack_names_every_page_and_prints_reserved_items_only_where_it_is_restricted(meeting, people):
    open_pack, restricted = packs.make_pack(**who(people["programme-office"]), meeting=meeting)
    assert TrailRow.objects.last().action == "pack frozen"

    printed = pages(packs.read_pack(people["partner-member"], open_pack))
    assert [f"Page {n} of pack 7" in page for n, page in enumerate(printed, start=1)] == [True] * len(printed)
    whole = " ".join(printed)
    for words in ("Outside lead", "Independent chair", "A quorum is 3", "East 22, north 17.", "Reserved item"):
        assert words in whole
    for words in ("A member of staff", "The letter", "It says why"):
        assert words not in whole
    apart = " ".join(pages(packs.read_pack(people["board-chair"], restricted)))
    for words in ("A member of staff", "It says why.", "of pack 7, restricted"):
        assert words in apart
    with pytest.raises(Refused):
        packs.read_pack(people["partner-member"], restricted)


def test_a_pack_is_frozen_once_and_a_late_paper_is_a_supplement(meeting):
    first = packs.make_pack(**who(), meeting=meeting)
    before = packs.read_pack(SYSTEM, first[0])
    assert packs.make_pack(**who(), meeting=meeting) == first, "nothing is new, so nothing is made"
    item = meeting.items.get(order=1)
    agendas.edit_item(**who(), item=item, version=item.version, title="Workload now", purpose="decide")
    agendas.add_paper(**who(), item=item, title="Late figures", words="East 21.")

    supplement = packs.make_pack(**who(), meeting=meeting)

    assert [pack.name for pack in supplement] == ["Supplement 1 to pack 7"], "nothing new is reserved"
    late = " ".join(pages(packs.read_pack(SYSTEM, supplement[0])))
    assert "Late figures" in late
    assert "of supplement 1 to pack 7" in late
    assert "Caseloads by team" not in late
    assert "eserved" not in late
    assert packs.read_pack(SYSTEM, first[0]) == before
    assert {paper.title: paper.supplement for paper in item.papers.all()} == {"Caseloads by team": 0, "Late figures": 1}


def test_a_supplement_has_a_restricted_copy_where_it_brings_what_is_reserved(meeting):
    packs.make_pack(**who(), meeting=meeting)
    for item in meeting.items.all():
        agendas.add_paper(**who(), item=item, title=f"Late for {item.order}", words="It came late.")
    made = packs.make_pack(**who(), meeting=meeting)
    assert [pack.name for pack in made] == ["Supplement 1 to pack 7", "Supplement 1 to pack 7, restricted"]
    shown, apart = (pages(packs.read_pack(SYSTEM, pack)) for pack in made)
    assert len(shown) == len(apart)
    assert "Reserved items are printed in the restricted copy alone" in shown[0]
    assert "Restricted: it holds reserved items" in apart[0]
    assert "Late for 2" not in " ".join(shown)
    assert "Late for 2" in " ".join(apart)


def test_twice_drawn_a_pack_is_the_same_bytes(meeting):
    (pack, _) = packs.make_pack(**who(), meeting=meeting)
    content = keeping.read("", pack.sha256, keeping.DOCUMENT, pack.files[keeping.DOCUMENT])
    assert rendering.pack_as_pdf(json.loads(content), pack.sha256) == packs.read_pack(SYSTEM, pack)


def test_a_pack_whose_file_was_changed_is_not_given_and_is_named(meeting, client_for):
    (pack, _) = packs.make_pack(**who(), meeting=meeting)
    assert packs.verify_packs() == []
    (keeping.folder_of(pack.sha256) / packs.PDF).write_bytes(b"other")
    assert packs.verify_packs() == [
        "Pack 7 of the Improvement Board (westmere-2031): the file pack.pdf has been changed since it was frozen."
    ]
    response = client_for("partner-member").get(f"{ADDRESS}0.pdf")
    assert response.status_code == 500
    assert "has been changed since it was frozen" in response.content.decode()


def test_two_who_make_it_at_once_make_one(meeting):
    packs.make_pack(**who(), meeting=meeting)
    with pytest.raises(packing.NoPack, match="Somebody else made it meanwhile"):
        packing.freeze_pack(**who(), meeting=meeting, supplement=0, documents=[], papers=[])
    assert selectors.next_supplement(meeting) == 1


def test_a_meeting_without_an_agenda_has_no_pack(cycle, seats):  # noqa: F811
    with pytest.raises(packing.NoPack, match="Make the agenda first"):
        packs.make_pack(**who(), meeting=cycle[-1])


def test_the_office_freezes_it_on_the_page_and_others_read_what_is_theirs(meeting, client_for):
    office, partner, chair = client_for("programme-office"), client_for("partner-member"), client_for("board-chair")
    assert partner.post(f"{ADDRESS}make/").status_code == 403
    waits = office.post(f"{ADDRESS}make/", follow=True).content.decode()
    assert "It waits: no worker is running." in waits
    assert "Freeze the pack" not in waits
    assert "It waits" not in partner.get(ADDRESS).content.decode()
    office.post(f"{ADDRESS}make/")
    job = queue.run_next_job()
    assert job.outcome == "Pack 7 and Pack 7, restricted are frozen."
    assert pack_jobs.freeze_queued_pack(job, queue.Progress()) == job.outcome, "run twice it makes nothing more"
    assert queue.run_next_job() is None, "asked for twice it is made once"
    shown = office.get(ADDRESS).content.decode()
    assert "Pack 7, restricted" in shown
    for pack in Pack.objects.all():
        assert hashlib.sha256(packs.read_pack(SYSTEM, pack)).hexdigest() in shown
    assert Pack.objects.count() == 2
    listed = partner.get(ADDRESS).content.decode()
    assert "Pack 7" in listed
    assert "restricted" not in listed
    assert partner.get(f"{ADDRESS}0.pdf")["Content-Disposition"] == 'attachment; filename="board-pack-7.pdf"'
    assert partner.get(f"{ADDRESS}0-restricted.pdf").status_code == 403
    assert chair.get(f"{ADDRESS}0-restricted.pdf").status_code == 200
    assert partner.get(f"{ADDRESS}3.pdf").status_code == 404


def test_what_a_pack_lacks_is_shown_before_it_is_frozen_and_asked(meeting, seats, people, client_for, settings):  # noqa: F811
    """By hand: an item without a paper, one about what no release has, no such release, and five days to go."""
    bare = agendas.add_item(**who(), meeting=meeting, title="The front door", purpose="decide", indicators=["I04"])
    agendas.add_paper(**who(), item=bare, title="The figures", record_named="release/9")
    agendas.add_item(**who(), meeting=meeting, title="Neglect", purpose="discuss")
    agendas.add_item(**who(), meeting=meeting, title="For information", purpose="note")
    settings.HOLDFAST_TODAY = meeting.held_on - timedelta(days=5)
    missing = lacking.lacks(people["programme-office"], "westmere-2031", meeting, settings.HOLDFAST_TODAY)
    assert missing == [
        "It is late: papers go out 7 days before a meeting, and this one is in 5 days.",
        "Item 4, “Neglect”, is to discuss and has no paper.",
        "Item 3, “The front door”, has the paper “The figures”, made of release 9, which is not published.",
        "Item 3, “The front door”, is about I04, which no release has.",
    ]
    with pytest.raises(Refused):
        lacking.lacks(people["partner-member"], "westmere-2031", meeting, settings.HOLDFAST_TODAY)
    office = client_for("programme-office")
    page = office.get(ADDRESS).content.decode()
    assert "Papers go out by" in page
    assert "“Neglect”, is to discuss and has no paper." in page
    assert "What it lacks" not in client_for("partner-member").get(ADDRESS).content.decode()
    assert "It lacks 4 things" in office.get(f"{ADDRESS}make/").content.decode()
    asked = office.post(f"{ADDRESS}make/").content.decode()
    assert "This is what the pack lacks" in asked
    assert "“Neglect”, is to discuss and has no paper." in asked
    assert not Pack.objects.exists()


def test_a_pack_that_lacks_something_is_frozen_after_a_yes_and_says_so(meeting, seats, client_for):  # noqa: F811
    agendas.add_item(**who(), meeting=meeting, title="Neglect", purpose="discuss")
    attending.record_attendance(**who(), meeting=meeting, seat=seats.police, came="apologies")
    client_for("programme-office").post(f"{ADDRESS}make/", {"sure": "yes"})
    queue.run_next_job()
    printed = " ".join(pages(packs.read_pack(SYSTEM, Pack.objects.first())))
    assert "Police lead sends apologies." in printed
    assert printed.count("No paper came for this item before the pack was frozen.") == 1


def test_on_the_last_day_for_papers_a_whole_pack_lacks_nothing(meeting):
    day = meeting.held_on - timedelta(days=7)
    assert lacking.lacks(SYSTEM, "westmere-2031", meeting, day) == []
    late = lacking.lacks(SYSTEM, "westmere-2031", meeting, day + timedelta(days=1))
    assert late == ["It is late: papers go out 7 days before a meeting, and this one is in 6 days."]
    over = lacking.lacks(SYSTEM, "westmere-2031", meeting, meeting.held_on + timedelta(days=1))
    assert over[0].startswith("It is late: the meeting was on ")


def test_of_a_reserved_item_what_it_lacks_is_said_by_its_number_alone(meeting):
    item = agendas.add_item(**who(), meeting=meeting, title="Another member of staff", purpose="decide")
    agendas.reserve_item(**who(), item=item, reason="It concerns one person.")
    missing = lacking.lacks(SYSTEM, "westmere-2031", meeting, meeting.held_on - timedelta(days=7))
    assert missing == ["Item 3 is to decide and has no paper."]


def test_a_pack_prints_what_was_taken_off_its_agenda_and_why(meeting):
    gone = agendas.add_item(**who(), meeting=meeting, title="Neglect", purpose="discuss")
    agendas.withdraw_item(**who(), item=gone, reason="The police are not ready.")
    secret = meeting.items.get(title="A member of staff")
    agendas.withdraw_item(**who(), item=secret, reason="It was settled.")
    (pack,) = packs.make_pack(**who(), meeting=meeting)
    whole = " ".join(pages(packs.read_pack(SYSTEM, pack)))
    assert "Taken off this agenda" in whole
    assert "Neglect: The police are not ready." in whole
    assert "It was settled" not in whole


def test_what_a_pack_prints_and_was_moved_since_is_said_on_its_page(meeting, programme, agencies, client_for):  # noqa: F811
    """Its day, its items, and a date by a decision; what it does not name is not said."""
    objective = adding.add_objective(**who(), programme=programme, ref="O1", title="In time")
    for ref in ("A9", "A99"):
        adding.add_action(
            **who(), objective=objective, ref=ref, title=f"See to {ref}", owner=agencies.posts.council,
            due_on=date(2031, 5, 1), added_on=date(2031, 1, 1),
        )  # fmt: skip
    item = meeting.items.get(order=1)
    agendas.add_paper(**who(), item=item, title="What is late", words="A9 is late.")
    packs.make_pack(**who(), meeting=meeting)
    assert lacking.moved_since(SYSTEM, programme.code, meeting) == []
    held = meeting.held_on
    meetings.move_meeting(**who(), meeting=meeting, held_on=held + timedelta(days=1), reason="The chair is away.")
    agendas.edit_item(**who(), item=item, version=item.version, title="Workload now", purpose="decide")
    made = Decision.objects.create(
        programme=programme, body=meeting.body, running=1, number="IB-1", without_meeting="Urgent.", text="To move.",
        reason="Late.", made_on=date(2031, 6, 1), recorded_at=AT + timedelta(hours=1),
    )  # fmt: skip
    for order, ref in enumerate(("A9", "A99"), start=1):
        effect = {"kind": "due-date", "subject": ref, "title": f"{ref} See to {ref}"}
        Effect.objects.create(decision=made, order=order, **effect, before="Due 1 May 2031", after="Due 1 July 2031")
    meeting.refresh_from_db()
    since = lacking.moved_since(SYSTEM, programme.code, meeting)
    assert since[0].startswith(f"The meeting was moved from {date_words(held)} to ")
    assert since[1:] == ["Item 1 is now “Workload now”.", "A9 See to A9: Due 1 May 2031; Due 1 July 2031 (IB-1)"]
    page = client_for("partner-member").get(ADDRESS).content.decode()
    assert "Since this pack was frozen" in page
    assert "A9 See to A9: Due 1 May 2031" in page


@pytest.mark.parametrize(("figure", "is_explained"), [("c", True), ("c of 587", True), ("12 of 587", False)])
def test_a_hidden_figure_in_a_pack_has_its_meaning_beside_it(figure, is_explained):
    printed = {"note": "As on 1 June 2031.", "words": "", "tables": [{"rows": [["I04", {"text": figure}]]}]}
    assert ("hidden to protect" in packs._explained(printed)) is is_explained
    said_already = printed | {"words": "A “c” is small."}
    assert packs._explained(said_already) == "As on 1 June 2031."


@pytest.mark.parametrize("source", ["release", "edition"])
def test_a_paper_of_figures_prints_every_table_that_the_report_parts_its_indicators_into(source):
    kept = {"id": "I1", "title": "Counted", "path": "/i/", "question": "How many?", "unit": "per cent", "clock": ""}
    kept |= {"latest_month": None, "so_far": None, "latest_year": None, "years": [], "chart": None, "unverified": []}
    kept |= {"claim": "too early to say", "numerator": "Some.", "denominator": "All.", "polarity_words": "More"}
    hidden = {"words": "c", "period": "a", "period_words": "May 2031", "suppressed": True}
    young, none = kept | {"none_words": "None yet"}, kept | {"none_words": "Not held"}
    parted = _of_indicators([young, none, young | {"latest_month": hidden}], "")
    assert {name for name, table in parted.items() if "caption" in table and table["rows"]} <= set(packs.TABLES[source])
    assert {"young", "hidden", "not_held"} <= set(parted)


def test_a_paper_made_from_the_plan_prints_what_is_late(meeting, programme, agencies):  # noqa: F811
    objective = adding.add_objective(**who(), programme=programme, ref="O1", title="In time")
    adding.add_action(
        **who(), objective=objective, ref="A9", title="Fill the vacant posts", owner=agencies.posts.council,
        due_on=date(2031, 5, 1), added_on=date(2031, 1, 1),
    )  # fmt: skip
    agendas.add_paper(**who(), item=meeting.items.get(order=1), title="The plan", record_named="plan")
    (pack, _) = packs.make_pack(**who(), meeting=meeting)
    whole = " ".join(pages(packs.read_pack(SYSTEM, pack)))
    assert "Fill the vacant posts" in whole
    assert "As on 1 June 2031." in whole


def test_a_pack_says_of_each_requirement_what_its_page_says_on_the_same_day(meeting, programme):
    """Frozen on a day, it prints the position and the reason that a check gives when it is asked about that day."""
    load_notice(**who(), programme=programme, file=Path("devon-2013.yaml"))
    agendas.add_paper(**who(), item=meeting.items.get(order=1), title="Where we stand", record_named="positions")
    (pack, _) = packs.make_pack(**who(), meeting=meeting)
    document = json.loads(keeping.read(str(pack), pack.sha256, keeping.DOCUMENT, pack.files[keeping.DOCUMENT]))
    counts, not_achieved = document["items"][0]["papers"][-1]["tables"]
    lines = positions.position_lines(SYSTEM, programme.code, date(2031, 6, 1))
    counted = {each.lower(): int(n) for (each, n) in ((row[0]["text"], row[1]) for row in counts["rows"])}
    assert counted == {**dict.fromkeys(counted, 0), **Counter(line.position for line in lines)}
    found = {line.requirement.ref: line for line in lines}
    assert "R68 The chair reports to Ministers" in [row[0]["text"] for row in not_achieved["rows"]]
    for name, position, why in not_achieved["rows"]:
        line = found[name["text"].split()[0]]
        assert position["text"].lower() == line.position
        assert all(said.sentence in why for _, said in line.answers if said.state in ("not met", "at risk"))


def test_the_restricted_pack_has_every_open_item_on_the_same_page(meeting):
    """A reserved letter of three pages and one file: what follows begins on the same page of both, and ends so."""
    reserved = meeting.items.get(order=2)
    agendas.add_paper(**who(), item=reserved, title="The whole letter", words="\n".join(["A line of it."] * 90))
    agendas.add_paper(**who(), item=reserved, title="The proof", file=("proof.txt", b"It was seen."))
    after = agendas.add_item(**who(), meeting=meeting, title="Next steps", purpose="note")
    agendas.add_paper(**who(), item=after, title="The forward plan", file=("forward.pdf", b"%PDF-1.7"))

    open_pack, restricted = packs.make_pack(**who(), meeting=meeting)

    shown, apart = (pages(packs.read_pack(SYSTEM, pack)) for pack in (open_pack, restricted))
    assert len(shown) == len(apart)
    (place,) = [n for n, page in enumerate(shown) if "3. Next steps" in page and n]
    assert "3. Next steps" in apart[place]
    assert "Reserved items are printed in the restricted copy alone" in shown[0]
    assert "Restricted: it holds reserved items" in apart[0]
    assert sum("This page is kept empty" in page for page in shown) >= 2
    assert not any("This page is kept empty" in page for page in apart)
    whole, whole_apart = " ".join(shown), " ".join(apart)
    assert "Annex 1 2 Reserved item" in whole
    assert "proof" not in whole
    assert "Annex 1, sent as a file: proof.txt" in whole_apart
    assert "Annex 2, sent as a file: forward.pdf" in whole
    assert "Annex 2, sent as a file: forward.pdf" in whole_apart


def test_what_both_copies_say_alike_follows_on(meeting):
    """Six short papers and one reserved item: three pages apart for what is reserved, and one for all the rest."""
    for n in range(5):
        item = agendas.add_item(**who(), meeting=meeting, title=f"Short item {n}", purpose="note")
        agendas.add_paper(**who(), item=item, title="A line", words="It goes on.")
    shown, apart = (pages(packs.read_pack(SYSTEM, pack)) for pack in packs.make_pack(**who(), meeting=meeting))
    assert len(shown) == len(apart) == 4
    assert all(f"Short item {n}" in shown[3] and f"Short item {n}" in apart[3] for n in range(5))


def test_annexes_keep_their_numbers_when_a_supplement_brings_one_of_an_earlier_item(meeting):
    first, last = meeting.items.get(order=1), agendas.add_item(**who(), meeting=meeting, title="Any", purpose="note")
    sent = agendas.add_paper(**who(), item=last, title="Sent", file=("sent.pdf", b"%PDF-1.7"))
    packs.make_pack(**who(), meeting=meeting)
    late = agendas.add_paper(**who(), item=first, title="Late", file=("late.pdf", b"%PDF-1.7 late"))
    assert selectors.annex_numbers(meeting) == {sent.pk: 1, late.pk: 2}


def test_a_paper_may_be_an_edition_as_it_was_frozen(meeting, programme, people):
    frozen = services.freeze_edition(**who(), programme=programme, kind="ministers", on=date(2031, 5, 31))
    (choice,) = [
        words for words in governed.record_choices(people["programme-office"], programme.code) if "ed" in words[0][:2]
    ]
    assert choice == ("edition/ministers/2031-05-31/1", frozen.in_words)
    agendas.add_paper(**who(), item=meeting.items.get(order=1), title="To Ministers", record_named=choice[0])
    (pack, _) = packs.make_pack(**who(), meeting=meeting)
    whole = " ".join(pages(packs.read_pack(SYSTEM, pack)))
    assert "Edition 1 of the report to Ministers for 31 May 2031, frozen on 1 June 2031, in short." in whole
    assert frozen.sha256[:20] in whole.replace(" ", "").replace("\u200b", "")  # where a long word may be broken


def test_a_paper_of_a_release_prints_the_one_that_it_names(meeting, monkeypatch):
    asked = []

    def chosen(user, code, number):
        asked.append(number)

    monkeypatch.setattr(packs, "chosen_release", chosen)
    agendas.add_paper(**who(), item=meeting.items.get(order=1), title="Figures", record_named="release/2")
    packs.make_pack(**who(), meeting=meeting)
    assert set(asked) == {2}


def test_minutes_come_as_a_pdf_of_their_own_for_each_reader(cycle, seats, people, client_for):  # noqa: F811
    held = cycle[0]
    Decision.objects.create(
        programme=held.body.programme, body=held.body, running=1, number="IB-1", meeting=held,
        text="That the rota stays.", reason="It works.",
        made_on=held.held_on, recorded_at=AT,
    )  # fmt: skip
    item = agendas.add_item(**who(), meeting=held, title="Workload", purpose="discuss")
    minuting.add_entry(**who(), item=item, kind="challenge", text="Why does the east team wait?")
    apart = agendas.add_item(**who(), meeting=held, title="A member of staff", purpose="discuss")
    agendas.reserve_item(**who(), item=apart, reason="It concerns one person's employment.")
    minuting.add_entry(**who(), item=apart, kind="information", text="It was settled.")
    address = f"/westmere-2031/meetings/board/{held.number}/minutes.pdf"

    response = client_for("partner-member").get(address)

    assert response["Content-Disposition"] == f'attachment; filename="minutes-board-{held.number}.pdf"'
    shown = " ".join(pages(response.content))
    for words in (
        "Draft. Nothing here is agreed",
        "Challenge: Why does the east team wait?",
        "2. Reserved item",
        "Page 1 of",
    ):
        assert words in shown
    assert "Decided • Decision IB-1: That the rota stays." in shown
    assert "settled" not in shown
    assert "It was settled." in " ".join(pages(client_for("board-chair").get(address).content))
    assert client_for("partner-member").get(address).content == response.content
    assert (
        "minutes.pdf" in client_for("partner-member").get(address.replace("minutes.pdf", "minutes/")).content.decode()
    )
