"""Agendas: made from what stands, is planned and is open; changed by two at once; reserved; with papers."""

from datetime import date
from functools import partial

import pytest

from governance.conftest import AT, TODAY, who
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.governance.selectors import agendas as selectors
from holdfast.governance.selectors.agendas import SHELF, verify_papers
from holdfast.governance.services import agendas, minuting, packing
from holdfast.jobs import kept
from holdfast.organisation import services as organisation
from holdfast.plan.services import adding

pytestmark = pytest.mark.django_db


def texts(item, **changed):
    return {"title": item.title, "purpose": item.purpose, "detail": item.detail} | changed


@pytest.fixture
def objective(programme):
    return adding.add_objective(by=SYSTEM, at=AT, programme=programme, ref="O1", title="See every child in time")


@pytest.fixture
def over_police(people, programme):
    """The partner's account holds its role over the police alone."""
    account = organisation.create_account(**who(), username="police-partner", first_name="Police partner")
    organisation.grant_role(
        **who(), account=account, role="partner-member", programme=programme, kind="agency", key="police",
        from_on=date(2031, 1, 1),
    )  # fmt: skip
    return account


def test_an_agenda_takes_standing_items_the_forward_plan_and_what_is_open(cycle, board, seats, agencies, objective):
    first, second = cycle[0], cycle[1]
    agendas.make_agenda(**who(), meeting=first)
    minuting.add_action_entry(
        **who(), item=first.items.get(order=5), text="Fill the vacant posts", objective=objective, ref="A9",
        owner=agencies.posts.council, due_on=date(2031, 3, 4),
    )  # fmt: skip
    agendas.plan_item(**who(), body=board, due_on=date(2031, 3, 1), title="Neglect, in depth", purpose="discuss")
    agendas.plan_item(**who(), body=board, due_on=date(2031, 3, 7), title="Too late for it", purpose="discuss")

    items = agendas.make_agenda(**who(), meeting=second)

    titles = [item.title for item in items]
    assert titles[0] == "Welcome, apologies and interests"
    assert "Neglect, in depth" in titles
    assert "Too late for it" not in titles
    arising = next(item for item in items if item.source == "arising")
    assert (
        arising.detail
        == "A9 Fill the vacant posts (Council lead), due 4 March 2031, 2 days before the meeting; from meeting 1."
    )
    assert [item.order for item in items] == list(range(1, len(items) + 1))
    with pytest.raises(agendas.NoAgenda, match="has its agenda already"):
        agendas.make_agenda(**who(), meeting=second)


def test_of_two_who_edit_one_item_at_once_the_second_is_told_and_nothing_is_lost(cycle, people):
    item = agendas.add_item(**who(), meeting=cycle[-1], title="Workload", purpose="discuss")
    read_by_both = item.version
    first = agendas.edit_item(**who(), item=item, version=read_by_both, **texts(item, detail="The first text."))

    with pytest.raises(agendas.ChangedMeanwhile, match="Both texts are below") as told:
        agendas.edit_item(
            **who(people["programme-office"]), item=item, version=read_by_both, **texts(item, detail="The second text.")
        )

    assert told.value.item.detail == "The first text."
    row = TrailRow.objects.last()
    assert (row.action, row.by, row.detail["rule"]) == ("refused by a rule", "programme-office", "ChangedMeanwhile")
    item.refresh_from_db()
    assert (item.detail, item.version) == ("The first text.", first.version)
    after = agendas.edit_item(**who(), item=item, version=first.version, **texts(item, detail="Both texts."))
    assert after.detail == "Both texts."


def test_the_page_shows_the_second_writer_both_texts_and_saves_them_brought_together(client_for, cycle):
    item = agendas.add_item(**who(), meeting=cycle[-1], title="Workload", purpose="discuss")
    address = "/westmere-2031/meetings/board/7/items/1/change/"
    office = client_for("programme-office")
    sent = {"title": "Workload", "purpose": "discuss", "version": item.version}
    agendas.edit_item(**who(), item=item, version=1, **texts(item, detail="The first text."))

    response = office.post(address, sent | {"detail": "The second text."})

    shown = response.content.decode()
    assert "The first text." in shown
    assert "The second text." in shown
    assert "was not saved" in shown
    assert 'value="2"' in shown, "saving again is against the version that is shown"
    office.post(address, sent | {"detail": "Both.", "version": 2})
    item.refresh_from_db()
    assert item.detail == "Both."


def test_a_reserved_item_says_why_and_others_see_only_its_number(cycle, people, programme, agencies, over_police):
    item = agendas.add_item(**who(), meeting=cycle[-1], title="A member of staff", purpose="discuss")
    with pytest.raises(agendas.NoAgenda, match="Say why"):
        agendas.reserve_item(**who(), item=item, reason=" ")
    agendas.reserve_item(**who(), item=item, reason="It concerns one person's employment.", agencies=[agencies.police])

    for name in ("board-chair", "director", "programme-office"):
        (line,) = selectors.agenda(people[name], programme.code, cycle[-1])
        assert line.title == "A member of staff"
    for name in ("elected-member", "partner-member", "dscb-member", "dfe-observer"):
        (line,) = selectors.agenda(people[name], programme.code, cycle[-1])
        assert (line.title, line.item) == ("Reserved item", None)
        with pytest.raises(Refused):
            selectors.one_item(people[name], programme.code, "board", 7, 1)
    assert selectors.one_item(over_police, programme.code, "board", 7, 1).title == "A member of staff"
    assert "A member of staff" not in TrailRow.objects.last().subject


def test_a_member_who_opens_a_reserved_item_is_refused_without_its_title_and_the_trail_has_it(client_for, cycle):
    item = agendas.add_item(**who(), meeting=cycle[-1], title="A member of staff", purpose="discuss")
    agendas.add_paper(**who(), item=item, title="The letter", file=("letter.txt", b"Words."))
    agendas.reserve_item(**who(), item=item, reason="It concerns one person.")
    member = client_for("elected-member")

    for path in ("items/1/", "items/1/papers/1/"):
        response = member.get(f"/westmere-2031/meetings/board/7/{path}")
        assert response.status_code == 403
        assert "A member of staff" not in response.content.decode()
        row = TrailRow.objects.last()
        assert (row.action, row.by, row.detail["permission"]) == ("refused", "elected-member", "SEE_RESERVED")
    for path in ("", "minutes/"):
        shown = member.get(f"/westmere-2031/meetings/board/7/{path}").content.decode()
        assert "Reserved item" in shown
        assert "A member of staff" not in shown
        assert "The letter" not in shown


def test_a_paper_is_kept_as_it_was_given_and_of_a_kind_that_nothing_runs(client_for, cycle, people):
    item = agendas.add_item(**who(), meeting=cycle[-1], title="Workload", purpose="discuss")
    with pytest.raises(agendas.UnusablePaper, match="one of these kinds"):
        agendas.add_paper(**who(), item=item, title="A page", file=("page.html", b"<script>"))
    with pytest.raises(agendas.UnusablePaper, match="empty"):
        agendas.add_paper(**who(), item=item, title="Nothing", file=("nothing.pdf", b""))
    with pytest.raises(agendas.UnusablePaper, match="one of them"):
        agendas.add_paper(**who(), item=item, title="Two", file=("a.txt", b"a"), words="b")

    agendas.add_paper(**who(people["programme-office"]), item=item, title="Workload", file=("..\\load.txt", b"Words."))

    response = client_for("partner-member").get("/westmere-2031/meetings/board/7/items/1/papers/1/")
    assert response.content == b"Words."
    assert response["Content-Disposition"] == 'attachment; filename="load.txt"'
    assert verify_papers() == []
    kept.path_of(SHELF, item.papers.get().sha256).unlink()
    (said,) = verify_papers()
    assert said.startswith("Paper 1 of item 1, ")
    assert said.endswith(" (westmere-2031): the file is missing.")


def test_only_whoever_runs_meetings_changes_an_agenda(cycle, people):
    for name in ("board-chair", "director", "dfe-observer", "partner-member", "elected-member"):
        with pytest.raises(Refused):
            agendas.add_item(**who(people[name]), meeting=cycle[-1], title="Workload", purpose="discuss")
    assert TODAY


@pytest.fixture
def three(cycle, seats):
    """An agenda of three items, of which no paper is out."""
    return [agendas.add_item(**who(), meeting=cycle[0], title=title, purpose="note") for title in ("A", "B", "C")]


def _order(meeting):
    return [(line.order, line.title) for line in selectors.agenda(SYSTEM, meeting.body.programme.code, meeting)]


@pytest.mark.parametrize(("item", "place", "order"), [(0, 3, "BCA"), (2, 1, "CAB"), (1, 2, "ABC")])
def test_an_item_moves_and_those_between_move_by_one(three, item, place, order):
    agendas.move_item(**who(), item=three[item], place=place)
    assert _order(three[0].meeting) == list(enumerate(order, start=1))
    assert TrailRow.objects.last().action == "item moved"


def test_a_withdrawn_item_leaves_no_gap_and_its_reason_stays_to_be_read(three, people, programme):
    with pytest.raises(agendas.NoAgenda, match="Say why"):
        agendas.withdraw_item(**who(), item=three[0], reason=" ")
    agendas.withdraw_item(**who(), item=three[0], reason="The report is not ready.")
    meeting = three[0].meeting
    assert _order(meeting) == [(1, "B"), (2, "C")]
    (gone,) = selectors.withdrawn_items(people["partner-member"], programme.code, meeting)
    assert (gone.title, gone.withdrawn_because) == ("A", "The report is not ready.")
    assert agendas.add_item(**who(), meeting=meeting, title="D", purpose="note").order == 3
    with pytest.raises(agendas.NoAgenda, match="was withdrawn"):
        agendas.move_item(**who(), item=three[0], place=1)


def test_what_the_forward_plan_gave_goes_back_to_it_when_withdrawn(cycle, board, seats):
    agendas.plan_item(**who(), body=board, due_on=date(2031, 1, 2), title="Neglect, in depth", purpose="discuss")
    items = agendas.make_agenda(**who(), meeting=cycle[-1])
    (planned,) = [item for item in items if item.title == "Neglect, in depth"]
    assert list(selectors.forward_plan(SYSTEM, board.programme.code, board)) == []
    agendas.withdraw_item(**who(), item=planned, reason="The nurse cannot come.")
    assert [str(item) for item in selectors.forward_plan(SYSTEM, board.programme.code, board)] == ["Neglect, in depth"]


def test_once_papers_are_out_or_something_is_minuted_the_agenda_stays(three):
    minuting.add_entry(**who(), item=three[0], kind="information", text="It was read.")
    with pytest.raises(agendas.NoAgenda, match="minuted under this item"):
        agendas.withdraw_item(**who(), item=three[0], reason="After all.")
    packing.freeze_pack(
        **who(), meeting=three[0].meeting, supplement=0, documents=[packing.Frozen(False, "0" * 64, {})], papers=[]
    )
    for change in (partial(agendas.move_item, place=1), partial(agendas.withdraw_item, reason="Late.")):
        with pytest.raises(agendas.NoAgenda, match="The papers are out"):
            change(**who(), item=three[2])


def test_the_office_moves_and_withdraws_on_a_page_and_a_partner_may_not(three, client_for):
    meeting = three[0].meeting
    page = f"/westmere-2031/meetings/board/{meeting.number}/items"
    assert client_for("partner-member").post(f"{page}/1/move/", {"place": "2"}).status_code == 403
    office = client_for("programme-office")
    assert "Enter a number from 1 to 3" in office.post(f"{page}/1/move/", {"place": "9"}).content.decode()
    assert "is item 2 now" in office.post(f"{page}/1/move/", {"place": "2"}, follow=True).content.decode()
    shown = office.post(f"{page}/3/withdraw/", {"reason": "Not ready."}, follow=True).content.decode()
    assert "Withdrawn before the papers were out: C. Not ready." in shown
    assert office.get(f"{page}/3/").status_code == 404
