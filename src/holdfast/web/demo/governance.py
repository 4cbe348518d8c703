"""The demonstration's bodies, seats, meetings and minutes: invented, through the same services that the pages use.

Who sat and what was said is data in library/governance.json. Rule: each thing is written as on its own day.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account
from holdfast.governance.models import AgendaItem, Meeting, Membership
from holdfast.governance.services import agendas, attending, bodies, meetings, minuting
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Agency, Body, Post, Programme
from holdfast.plan.models import Objective
from holdfast.plan.services import describing, progress
from holdfast.reports import packs
from holdfast.reports.audit_reports import audit_report_records
from holdfast.web.demo import agreements, decisions

RECORDS = (
    ("scorecard", "The scorecard", "release"),
    ("requirements", "Where every requirement stands", "positions"),
    ("plan-changes", "The plan: what is late, and every milestone", "plan"),
)
"""Papers made from records: the standing item, what each is called, and the record."""
FILE = Path(__file__).parents[1] / "library" / "governance.json"
AGENDA_DAYS, PAPERS_DAYS = 10, 7
"""How many days before a meeting its agenda is made, and its pack frozen."""


def add_governance(programme: Programme) -> Iterator[str]:
    """Set out the programme's bodies, plan their meetings, and minute those that were held. Says what it did."""
    facts = json.loads(FILE.read_text(encoding="utf-8")).get(programme.code)
    if facts is None:
        return
    seats = _add_bodies(programme, facts)
    yield f"{len(facts['bodies'])} bodies set out, {len(seats)} seats filled"
    for given in facts["cycles"]:
        days = {name: date.fromisoformat(given[name]) for name in ("first_on", "until_on", "added_on")}
        body = Body.objects.get(programme=programme, code=given["body"])
        hours = {name: time.fromisoformat(given[name]) for name in ("starts_at", "ends_at")}
        meetings.make_cycle(**_at(days["added_on"]), body=body, place=given["place"], **days, **hours)
    for given in facts["forward_plan"]:
        body = Body.objects.get(programme=programme, code=given["body"])
        more = {"title": given["title"], "purpose": given["purpose"], "indicators": given.get("indicators", [])}
        agendas.plan_item(**_at(programme.starts_on), body=body, due_on=date.fromisoformat(given["due_on"]), **more)
    for given in facts["meetings"]:
        agreements.add(programme, before=meeting_of(programme, given).held_on)
        yield _one_meeting(programme, given, seats)
        decisions.add_decisions_of(meeting_of(programme, given))
    yield from decisions.add_logs(programme)
    _approve(programme, facts["meetings"])


def make_packs(programme: Programme) -> Iterator[str]:
    """Freeze the pack of each meeting with an agenda whose papers were due, as on that day.

    The pack of a meeting to come waits for its day, for whoever looks to make it.
    """
    for meeting in Meeting.objects.filter(body__programme=programme, items__isnull=False).distinct():
        if papers_day(meeting) <= clock.today():
            yield make_pack(meeting)


def papers_day(meeting: Meeting) -> date:
    """The day on which a meeting's papers are due, and its pack is frozen."""
    return meeting.held_on - timedelta(days=PAPERS_DAYS)


def make_pack(meeting: Meeting) -> str:
    """Freeze the pack of a meeting; one to come has the papers that are made from records."""
    if meeting.state == Meeting.State.PLANNED:
        reports = audit_report_records(SYSTEM, meeting.body.programme.code)
        for ref, title, record in (*RECORDS, *(("audits", words, record) for record, words in reports[:1])):
            if _standing(meeting, ref):
                given = {"item": _item(meeting, ref), "title": title, "record_named": record}
                agendas.add_paper(by=SYSTEM, at=clock.now(), **given)
    made = packs.make_pack(**_at(papers_day(meeting)), meeting=meeting)
    return f"{made[0]} frozen"


def _at(day: date, by: Any = SYSTEM) -> dict[str, Any]:
    """As on noon of a day, and never later than now."""
    return {"by": by, "at": min(datetime.combine(day, time(12), clock.LONDON), clock.now())}


def _add_bodies(programme: Programme, facts: dict[str, Any]) -> dict[tuple[str, str], Membership]:
    """The seats by body and by post or account."""
    for code, name, kind in facts.get("agencies", []):
        organisation.add_agency(**_at(programme.starts_on), programme=programme, code=code, name=name, kind=kind)
    agencies = {agency.code: agency for agency in Agency.objects.filter(programme=programme)}
    for code, title, agency in facts["posts"]:
        given = {"programme": programme, "code": code, "title": title, "agency": agencies[agency]}
        organisation.add_post(**_at(programme.starts_on), **given)
    for given in facts["bodies"]:
        body = Body.objects.get(programme=programme, code=given["body"])
        first = date.fromisoformat(given["from_on"])
        bodies.constitute(**_at(first), **(given | {"body": body, "from_on": first}))
    seats: dict[tuple[str, str], Membership] = {}
    for given in facts["seats"]:
        name = given.get("post") or given["account"]
        seats[given["body"], name] = _fill(programme, given, agencies, seats)
    return seats


def seats_of(programme: Programme) -> dict[tuple[str, str], Membership]:
    """The seats there are by body and by post, or by account where there is no post."""
    there = Membership.objects.filter(body__programme=programme).select_related("body__programme", "post", "account")
    return {(seat.body.code, seat.post.code if seat.post else seat.account.username): seat for seat in there}


def _fill(
    programme: Programme, given: dict[str, Any], agencies: dict[str, Agency], seats: dict[tuple[str, str], Membership]
) -> Membership:
    post = Post.objects.get(programme=programme, code=given["post"]) if "post" in given else None
    stands_in_for = seats[given["body"], given["stands_in_for"]] if "stands_in_for" in given else None
    return bodies.fill_seat(
        **_at(date.fromisoformat(given["from_on"])),
        body=Body.objects.get(programme=programme, code=given["body"]),
        agency=post.agency if post else agencies[given["agency"]],
        post=post,
        account=Account.objects.get(username=given["account"]) if "account" in given else None,
        capacity=given["capacity"],
        from_on=date.fromisoformat(given["from_on"]),
        stands_in_for=stands_in_for,
        declaration=given.get("declaration", ""),
    )


def _one_meeting(programme: Programme, given: dict[str, Any], seats: dict[tuple[str, str], Membership]) -> str:
    meeting = meeting_of(programme, given)
    prepare(meeting, given)
    if given.get("is_to_come"):
        _say_who_came(meeting, given, seats)
        return f"{meeting}: its agenda"
    return hold(programme, meeting, given, seats)


def meeting_of(programme: Programme, given: dict[str, Any]) -> Meeting:
    """The meeting that some facts are about, as the cycle made it."""
    found: Meeting = Meeting.objects.get(body__programme=programme, body__code=given["body"], number=given["number"])
    return found


def prepare(meeting: Meeting, given: dict[str, Any]) -> None:
    """Make the agenda of a meeting, with its items as they were changed, and the papers that were written."""
    before = _at(meeting.held_on - timedelta(days=AGENDA_DAYS))
    agendas.make_agenda(**before, meeting=meeting)
    for ref, more in given["items"].items():
        item = _item(meeting, ref)
        kept = {"title": item.title, "purpose": item.purpose, "detail": item.detail, "minutes": item.minutes}
        agendas.edit_item(**before, item=item, version=item.version, **(kept | more))
    for title, purpose, reason, _agencies in given.get("reserved", []):
        item = agendas.add_item(**before, meeting=meeting, title=title, purpose=purpose)
        agendas.reserve_item(**before, item=item, reason=reason)
    for ref, title, words in given.get("papers", []):
        agendas.add_paper(**before, item=_item(meeting, ref), title=title, words=words)


def hold(
    programme: Programme, meeting: Meeting, given: dict[str, Any], seats: dict[tuple[str, str], Membership]
) -> str:
    """Hold a prepared meeting: who came, what was said, and the actions it gave."""
    _say_who_came(meeting, given, seats)
    _minute(programme, meeting, given)
    return f"{meeting}: held and minuted"


def _item(meeting: Meeting, ref: str) -> AgendaItem:
    """A standing item of a meeting; "forward" is the first that the forward plan gave."""
    by_ref = meeting.items.filter(source_ref=ref) if ref != "forward" else meeting.items.filter(source="forward")
    found: AgendaItem | None = by_ref.select_related("meeting__body__programme").first()
    assert found is not None, f"{meeting} has no item {ref}"
    return found


def _say_who_came(meeting: Meeting, given: dict[str, Any], seats: dict[tuple[str, str], Membership]) -> None:
    came = given["came"]
    day = _at(meeting.held_on)
    for (body, name), seat in seats.items():
        is_silent = name in came.get("silent", []) or seat.capacity == Membership.Capacity.DEPUTY
        if body != given["body"] or is_silent:
            continue
        deputy = came.get("deputy", {}).get(name)
        if name in came.get("apologies", []):
            attending.record_attendance(**day, meeting=meeting, seat=seat, came="apologies")
        elif deputy:
            stands_in = seats[body, deputy]
            attending.record_attendance(**day, meeting=meeting, seat=seat, came="deputy", deputy=stands_in)
        elif not given.get("is_to_come"):
            attending.record_attendance(**day, meeting=meeting, seat=seat, came="attended")


def _minute(programme: Programme, meeting: Meeting, given: dict[str, Any]) -> None:
    day = _at(meeting.held_on)
    for ref, kind, text in given["minuted"]:
        minuting.add_entry(**day, item=_item(meeting, ref), kind=kind, text=text)
    if _standing(meeting, "scorecard"):
        text = "The figures of each indicator on the agenda were read, with what may be said of each."
        minuting.add_entry(**day, item=_item(meeting, "scorecard"), kind="information", text=text)
    for item_ref, ref, title, owner, due_on, objective, indicator, done_on in given["actions"]:
        minuting.add_action_entry(
            **day,
            item=_item(meeting, item_ref),
            text=title,
            ref=ref,
            owner=Post.objects.get(programme=programme, code=owner),
            due_on=date.fromisoformat(due_on),
            objective=Objective.objects.get(programme=programme, ref=objective),
            indicator=indicator,
            is_invented=True,
        )
        if ref in given.get("impacts", {}):
            action = programme.actions.get(ref=ref)
            describing.change_planned(**day, thing=action, parts={"intended_impact": given["impacts"][ref]})
        if done_on:
            on = date.fromisoformat(done_on)
            action = programme.actions.get(ref=ref)
            progress.mark_done(**_at(on), action=action, on=on, note="Brought to the Board's next meeting.")
    meetings.hold_meeting(**day, meeting=meeting, summary=given["summary"])


def _standing(meeting: Meeting, ref: str) -> bool:
    return meeting.items.filter(source_ref=ref).exists()


def _approve(programme: Programme, given: list[dict[str, Any]]) -> None:
    """Each meeting's minutes were approved at the next, by its chair."""
    for facts in given:
        if "resolution" in facts:
            approve(meeting_of(programme, facts), facts)


def approve(meeting: Meeting, facts: dict[str, Any]) -> None:
    """The meeting after one approves its minutes, as they are or with an amendment."""
    approving = Meeting.objects.get(body=meeting.body, number=meeting.number + 1)
    amendments = []
    if "amendment" in facts:
        ref, words = facts["amendment"]
        amendments = [(_item(meeting, ref).entries.select_related("item__meeting").get(), words)]
    minuting.approve_minutes(
        **_at(approving.held_on, Account.objects.get(username="board-chair")),
        meeting=meeting,
        approving=approving,
        resolution=facts["resolution"],
        amendments=amendments,
    )
