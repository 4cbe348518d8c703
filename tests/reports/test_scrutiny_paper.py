"""The scrutiny paper: the same for every reader, nothing hidden from members in it, and never a reserved item."""

import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pypdf
import pytest

from governance.conftest import AT, FROM, agencies, who  # noqa: F401
from holdfast.access.doors import SYSTEM
from holdfast.governance.models import Decision, Meeting
from holdfast.governance.selectors import agendas as governed
from holdfast.governance.selectors.scrutiny import PublicLine
from holdfast.governance.services import agendas, bodies
from holdfast.organisation import services as organisation
from holdfast.performance.selectors.indicators import scorecard
from holdfast.plan.services import adding
from holdfast.reports import keeping, packs, scrutiny
from holdfast.reports.scrutiny import scrutiny_paper, since_of
from reports import invented

pytestmark = pytest.mark.django_db
CODE = "westmere-2031"
ADDRESS = f"/{CODE}/scrutiny/paper/"
SMALL_MONTH = date(2013, 8, 31)
"""The end of the month in which the invented release has a small count."""


@pytest.fixture
def committee(programme: Any, agencies: Any) -> Any:  # noqa: F811
    """A scrutiny committee that met on 1 May 2031 and meets again on 3 June."""
    body = organisation.add_body(**who(), programme=programme, code="members", name="Scrutiny committee")
    bodies.constitute(**who(), body=body, kind="scrutiny", short="SC", quorum=1, cycle_days=90, from_on=FROM)
    for number, day, state in ((1, date(2031, 5, 1), "held"), (2, date(2031, 6, 3), "planned")):
        Meeting.objects.create(body=body, number=number, planned_on=day, held_on=day, state=state, added_on=FROM)
    return body


@pytest.fixture
def decided(committee: Any) -> Any:
    """Three decisions: one before the last meeting, one after it, and one after it under a reserved item."""
    meeting = committee.meetings.get(number=1)
    apart = agendas.add_item(**who(), meeting=meeting, title="A member of staff", purpose="discuss")
    agendas.reserve_item(**who(), item=apart, reason="It concerns one person's employment.")
    made = (
        (1, date(2031, 4, 2), "That the rota stays.", None),
        (2, date(2031, 5, 20), "That closures are read.", None),
        (3, date(2031, 5, 20), "That the letter is sent.", apart),
    )
    for running, day, text, item in made:
        Decision.objects.create(
            programme=committee.programme, body=committee, running=running, number=f"SC-{running}", meeting=meeting,
            item=item, text=text, reason=f"Because of {running}.", made_on=day, recorded_at=AT,
        )  # fmt: skip
    return meeting


def at_2031(settings: Any) -> date:
    """The day on which governance's own fixtures write, after the last meeting."""
    settings.HOLDFAST_TODAY = date(2031, 6, 1)
    return settings.HOLDFAST_TODAY


def everything(paper: dict[str, Any]) -> str:
    return json.dumps(paper, ensure_ascii=False)


def test_it_holds_the_decisions_since_the_last_meeting_and_counts_a_reserved_one(decided: Any, settings: Any) -> None:
    today = at_2031(settings)
    since = since_of(CODE, today)
    assert since == date(2031, 5, 1)
    said = everything(scrutiny_paper(CODE, today, since, ""))
    assert "That closures are read." in said
    assert "That the rota stays." not in said
    assert "2 decisions were made since the last meeting, on 1 May 2031; 1 of them under a reserved item" in said


def test_it_cannot_hold_a_reserved_item(decided: Any, settings: Any) -> None:
    today = at_2031(settings)
    (held_back,) = Decision.objects.filter(item__is_reserved=True)
    said = everything(scrutiny_paper(CODE, today, None, ""))
    for words in (held_back.text, held_back.reason, held_back.number, held_back.item.title):
        assert words not in said
    assert "That the rota stays." in said, "what is open is told"


def test_a_count_hidden_from_members_is_not_in_it_whoever_asks(people: Any, programme: Any) -> None:
    """The small month is seen whole by the product itself; the paper has a "c" in its place."""
    with invented.invented_figures():
        invented.publish(programme, published_at=datetime(2013, 8, 30, tzinfo=UTC))
        (whole,) = [
            line.latest_month.words(line.definition.unit)
            for line in scorecard(SYSTEM, CODE, until=SMALL_MONTH)
            if line.definition.id == "I04" and line.latest_month
        ]
        paper = scrutiny_paper(CODE, SMALL_MONTH, None, "")
    assert "(3 of " in whole
    (figure,) = [row[1] for row in paper["tables"][0]["rows"] if "/I04/" in row[0]["url"]]
    assert figure.startswith("August 2013: c")
    assert whole not in everything(paper)


def test_members_and_the_office_read_the_same_and_every_link_of_it_opens_for_a_member(
    figures_alone: Any, decided: Any, client_for: Any, settings: Any
) -> None:
    today = at_2031(settings)
    member, office = client_for("elected-member"), client_for("programme-office")
    paper = scrutiny_paper(CODE, today, since_of(CODE, today), "")
    links = {
        cell.get("url") for table in paper["tables"] for row in table["rows"] for cell in row if isinstance(cell, dict)
    } - {None}
    assert len(links) >= 4
    assert {url: member.get(url).status_code for url in links} == dict.fromkeys(links, 200)
    shown, shown_to_office = (client.get(ADDRESS).content.decode() for client in (member, office))
    assert client_for("nobody").get(ADDRESS).status_code == 403
    for table in paper["tables"]:
        assert table["caption"] in shown
        assert table["caption"] in shown_to_office
    assert "attach it to an item" in shown_to_office
    assert "attach it to an item" not in shown


def test_it_names_what_is_done_about_what_got_worse_or_that_nothing_is(
    committee: Any,
    programme: Any,
    agencies: Any,  # noqa: F811
    settings: Any,
    monkeypatch: Any,
) -> None:
    today = at_2031(settings)
    lines = [
        PublicLine(code, f"Measure {code}", f"/{code}/", "61.0%", "It is so.", claim)
        for code, claim in (("I04", "worsening"), ("I20", "worsened and steady since"), ("I21", "no clear change"))
    ]
    monkeypatch.setattr(scrutiny, "public_figures", lambda *asked: lines)
    objective = adding.add_objective(**who(), programme=programme, ref="O1", title="In time")
    adding.add_action(
        **who(), objective=objective, ref="A9", title="Fill the vacant posts", owner=agencies.posts.council,
        due_on=date(2031, 7, 1), added_on=date(2031, 1, 1), indicator="I04",
    )  # fmt: skip

    paper = scrutiny_paper(CODE, today, None, "")

    (found,) = [table for table in paper["tables"] if table["caption"].startswith("Measures that got worse")]
    assert [(row[0]["text"], row[1]) for row in found["rows"]] == [
        ("Measure I04", "A9 Fill the vacant posts (Council lead, due 1 July 2031)."),
        ("Measure I20", "No open action names it."),
    ]
    assert "Of 3 measures, 2 can be said to have got worse." in paper["words"]


def test_it_goes_into_the_committees_pack_as_it_stood_when_that_was_frozen(decided: Any, settings: Any) -> None:
    at_2031(settings)
    meeting = decided.body.meetings.get(number=2)
    item = agendas.add_item(**who(), meeting=meeting, title="Where things stand", purpose="note")
    (record,) = [name for name, _ in governed.record_choices(SYSTEM, CODE) if name == "scrutiny"]
    agendas.add_paper(**who(), item=item, title="For members", record_named=record)
    (pack,) = packs.make_pack(**who(), meeting=meeting)
    document = json.loads(keeping.read("", pack.sha256, keeping.DOCUMENT, pack.files[keeping.DOCUMENT]))
    (paper,) = document["items"][0]["papers"]
    assert "on 1 May 2031" in paper["words"]
    pages = pypdf.PdfReader(io.BytesIO(packs.read_pack(SYSTEM, pack))).pages
    printed = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert "That closures are read." in printed
    assert "the letter is sent" not in printed
