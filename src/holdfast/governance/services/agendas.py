"""Making a meeting's agenda, changing its items, reserving one, attaching papers, and the forward plan.

Rule: an item is changed against the version that its writer read. Of two who change it at once the second is told and
shown both texts; nothing is lost.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Max

from holdfast.access.doors import SYSTEM, Actor, check
from holdfast.access.due import refuse_far
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.governance import stopping
from holdfast.governance.locking import refuse_locked
from holdfast.governance.models import AgendaItem, Constitution, ForwardItem, Meeting, Paper
from holdfast.governance.selectors.agendas import SHELF
from holdfast.governance.selectors.arising import arising_words
from holdfast.governance.standing_agendas import StandingItem, standing_agendas
from holdfast.jobs import attachments, kept
from holdfast.organisation.days import refuse_before
from holdfast.organisation.models import Agency, Body, Post

BETWEEN, WITHDRAWN_FROM = 500, 1000
"""Above every number of an agenda: where items stand while others move, and where withdrawn ones stay."""
KINDS_OF_FILE = (".pdf", ".docx", ".xlsx", ".csv", ".txt", ".png", ".jpg", ".jpeg")


class NoAgenda(NotDone):
    """The agenda cannot be made, or an item of it be changed so."""


class ChangedMeanwhile(Forbidden):
    """Somebody changed the item after this writer read it. `item` is as it stands now; nothing was written over."""

    def __init__(self, item: AgendaItem) -> None:
        super().__init__(
            "Somebody else changed this item after you opened it, so yours was not saved. Both texts are below: "
            "bring yours up to date, then save again.",
            programme=item.meeting.body.programme.code,
            trailed=f"Somebody else had changed {_named(item)} meanwhile, so nothing was written over",
        )
        self.item = item


class UnusablePaper(NotDone):
    """A paper that cannot be kept."""

    def __init__(self, words: str) -> None:
        super().__init__(words, field="file")


@service
def make_agenda(*, by: Actor, at: datetime, meeting: Meeting) -> list[AgendaItem]:
    """The agenda from the standing items, the forward plan up to the meeting's day, and what is still open.

    Raises Refused, MinutesLocked, or NoAgenda where there is one already or the meeting was called off.
    """
    check(by, Permission.MANAGE_MEETINGS, meeting.body.programme.code)
    refuse_locked(meeting)
    if words := stopping.making_agenda(meeting):
        raise NoAgenda(words)
    made: list[AgendaItem] = []
    for standing in standing_agendas()[Constitution.objects.get(body=meeting.body).kind]:
        if standing.ref == "forward":
            made += _place_forward(meeting, len(made))
        else:
            made.append(_standing(meeting, standing, len(made) + 1))
    code = meeting.body.programme.code
    record("agenda made", programme=code, subject=str(meeting), detail={"items": len(made)})
    return made


@service
def add_item(
    *,
    by: Actor,
    at: datetime,
    meeting: Meeting,
    title: str,
    purpose: str,
    detail: str = "",
    presenter: Post | None = None,
    minutes: int | None = None,
    indicators: Sequence[str] = (),
) -> AgendaItem:
    """One item more, at the end. Raises Refused, MinutesLocked or NoAgenda."""
    check(by, Permission.MANAGE_MEETINGS, meeting.body.programme.code)
    refuse_locked(meeting)
    if meeting.is_cancelled or not title.strip():
        raise NoAgenda("Enter what the item is, of a meeting that was not called off.", field="title")
    last = meeting.items.filter(withdrawn_because="").aggregate(Max("order"))["order__max"] or 0
    item = AgendaItem(meeting=meeting, order=last + 1, title=title.strip(), purpose=AgendaItem.Purpose(purpose))
    item.detail, item.presenter, item.minutes, item.indicators = detail, presenter, minutes, list(indicators)
    item.save()
    record("item added", programme=meeting.body.programme.code, subject=_named(item))
    return item


@service
def edit_item(
    *,
    by: Actor,
    at: datetime,
    item: AgendaItem,
    version: int,
    title: str,
    purpose: str,
    detail: str = "",
    presenter: Post | None = None,
    minutes: int | None = None,
    indicators: Sequence[str] = (),
) -> AgendaItem:
    """Change an item that its writer read at `version`.

    Raises Refused, MinutesLocked, NoAgenda, or ChangedMeanwhile when somebody else changed it first.
    """
    code = item.meeting.body.programme.code
    check(by, Permission.MANAGE_MEETINGS, code)
    refuse_locked(item.meeting)
    changed: AgendaItem = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if changed.version != version:
        raise ChangedMeanwhile(changed)
    if not title.strip():
        raise NoAgenda("Enter what the item is.", field="title")
    changed.title, changed.purpose = title.strip(), AgendaItem.Purpose(purpose)
    changed.detail, changed.presenter, changed.minutes = detail, presenter, minutes
    changed.indicators, changed.version = list(indicators), changed.version + 1
    changed.save()
    record("item changed", programme=code, subject=_named(changed), detail={"version": changed.version})
    return changed


@service
def move_item(*, by: Actor, at: datetime, item: AgendaItem, place: int) -> AgendaItem:
    """Give an item another number, while no papers are out; those between move by one.

    Raises Refused, MinutesLocked or NoAgenda.
    """
    items = _before_papers(by, item)
    if not 1 <= place <= len(items):
        raise NoAgenda(f"Enter a number from 1 to {len(items)}.", field="place")
    items.insert(place - 1, items.pop([other.pk for other in items].index(item.pk)))
    _number(items)
    detail = {"from": item.order, "to": place}
    record("item moved", programme=item.meeting.body.programme.code, subject=_named(item), detail=detail)
    item.refresh_from_db(fields=["order", "version"])
    return item


@service
def withdraw_item(*, by: Actor, at: datetime, item: AgendaItem, reason: str) -> AgendaItem:
    """Take an item off an agenda, while no papers are out, with why; what was planned goes back to the forward plan.

    Raises Refused, MinutesLocked or NoAgenda.
    """
    items = _before_papers(by, item)
    if not reason.strip():
        raise NoAgenda("Say why the item is withdrawn.", field="reason")
    if words := stopping.withdrawing(item):
        raise NoAgenda(words)
    gone = items.pop([other.pk for other in items].index(item.pk))
    last = item.meeting.items.aggregate(Max("order"))["order__max"]
    gone.withdrawn_because, gone.order, gone.version = reason.strip(), max(WITHDRAWN_FROM, last) + 1, gone.version + 1
    gone.save()
    planned = ForwardItem.objects.filter(placed=gone).first()
    if planned is not None:
        planned.placed = None
        planned.save(update_fields=["placed"])
    _number(items)
    record("item withdrawn", programme=item.meeting.body.programme.code, subject=_named(item))
    return gone


def _before_papers(by: Actor, item: AgendaItem) -> list[AgendaItem]:
    """The items of an agenda whose papers are not out, in order. Raises Refused, MinutesLocked or NoAgenda."""
    check(by, Permission.MANAGE_MEETINGS, item.meeting.body.programme.code)
    refuse_locked(item.meeting)
    if words := stopping.ordering(item.meeting):
        raise NoAgenda(words)
    found = AgendaItem.objects.select_for_update().filter(meeting=item.meeting, withdrawn_because="")
    items = list(found.order_by("order"))
    if item.pk not in [other.pk for other in items]:
        raise NoAgenda("The item was withdrawn.")
    return items


def _number(items: Sequence[AgendaItem]) -> None:
    """Number items from 1, by way of numbers that none has: no two may have one at any moment."""
    moved = [(item, order) for order, item in enumerate(items, start=1) if item.order != order]
    for beyond in (BETWEEN, 0):
        for item, order in moved:
            item.order = beyond + order
            item.save(update_fields=["order"])


@service
def reserve_item(
    *, by: Actor, at: datetime, item: AgendaItem, reason: str, agencies: Sequence[Agency] = ()
) -> AgendaItem:
    """Keep an item to those who may see reserved items, and to the agencies named; with why.

    Raises Refused, MinutesLocked or NoAgenda.
    """
    code = item.meeting.body.programme.code
    check(by, Permission.MANAGE_MEETINGS, code)
    refuse_locked(item.meeting)
    if not reason.strip():
        raise NoAgenda("Say why the item is reserved.", field="reason")
    kept_item: AgendaItem = AgendaItem.objects.select_for_update().get(pk=item.pk)
    kept_item.is_reserved, kept_item.reserved_because = True, reason.strip()
    kept_item.reserved_for = sorted(agency.code for agency in agencies)
    kept_item.version += 1
    kept_item.save()
    subject = f"item {kept_item.order} of {kept_item.meeting}"  # never its title: the trail has other readers
    record("item reserved", programme=code, subject=subject, detail={"for": kept_item.reserved_for})
    return kept_item


@service
def add_paper(
    *,
    by: Actor,
    at: datetime,
    item: AgendaItem,
    title: str,
    file: tuple[str, bytes] | None = None,
    record_named: str = "",
    words: str = "",
) -> Paper:
    """Attach a paper: a file (its name and bytes), a record named like release/2, or words written here; one of them.

    Raises Refused, MinutesLocked, or UnusablePaper for a file that is empty, too large or of no kind kept here.
    """
    code = item.meeting.body.programme.code
    check(by, Permission.MANAGE_MEETINGS, code)
    refuse_locked(item.meeting)
    if sum(bool(given) for given in (file, record_named, words.strip())) != 1:
        raise UnusablePaper("Choose a file, or a record here, or write the paper's words: one of them.")
    last = item.papers.aggregate(Max("order"))["order__max"] or 0
    paper = Paper(item=item, order=last + 1, title=title.strip(), added_at=at, record=record_named, words=words.strip())
    paper.added_by = None if by is SYSTEM else by
    if file is not None:
        _keep_file(paper, *file)
    paper.save()
    subject = f"item {item.order} of {item.meeting}"
    record("paper attached", programme=code, subject=subject, detail={"sha256": paper.sha256, "record": record_named})
    return paper


@service
def plan_item(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    due_on: date,
    title: str,
    purpose: str,
    indicators: Sequence[str] = (),
) -> ForwardItem:
    """Put something in the forward plan: the first agenda on or after its day takes it. Raises Refused or NoAgenda."""
    check(by, Permission.MANAGE_MEETINGS, body.programme.code)
    if not title.strip():
        raise NoAgenda("Enter what is planned.", field="title")
    refuse_before(body.programme, due_on, "due_on")
    refuse_far(at, due_on)
    planned = ForwardItem(body=body, due_on=due_on, title=title.strip(), purpose=AgendaItem.Purpose(purpose))
    planned.indicators = list(indicators)
    planned.save()
    subject = f"{planned} ({body})"
    record("forward plan added to", programme=body.programme.code, subject=subject, detail={"due_on": due_on})
    return planned


def _standing(meeting: Meeting, standing: StandingItem, order: int) -> AgendaItem:
    is_arising = standing.ref == "arising"
    item = AgendaItem(meeting=meeting, order=order, title=standing.title, purpose=standing.purpose)
    item.minutes, item.source_ref = standing.minutes, standing.ref
    item.source = AgendaItem.Source.ARISING if is_arising else AgendaItem.Source.STANDING
    item.detail = arising_words(meeting) if is_arising else ""
    item.save()
    return item


def _place_forward(meeting: Meeting, n_before: int) -> list[AgendaItem]:
    planned = ForwardItem.objects.filter(body=meeting.body, due_on__lte=meeting.held_on, placed__isnull=True)
    made = []
    for order, forward in enumerate(planned.filter(withdrawn_because=""), start=n_before + 1):
        item = AgendaItem(meeting=meeting, order=order, title=forward.title, purpose=forward.purpose)
        item.source, item.source_ref, item.indicators = AgendaItem.Source.FORWARD, str(forward.pk), forward.indicators
        item.save()
        forward.placed = item
        forward.save(update_fields=["placed"])
        made.append(item)
    return made


def _keep_file(paper: Paper, name: str, content: bytes) -> None:
    plain = kept.plain_name(name)
    if not content:
        raise UnusablePaper("The file is empty. Choose the one that holds the paper.")
    if len(content) > attachments.LARGEST_BYTES:
        raise UnusablePaper("The file is larger than 10 MB. Choose a smaller one.")
    if not plain.lower().endswith(KINDS_OF_FILE):
        raise UnusablePaper(f"Choose a file of one of these kinds: {', '.join(KINDS_OF_FILE)}.")
    paper.name, paper.n_bytes, paper.content_type = plain, len(content), attachments.content_type(plain)
    paper.sha256 = attachments.keep(SHELF, content)


def _named(item: AgendaItem) -> str:
    """The item for the trail: of a reserved one only its number."""
    return f"item {item.order} of {item.meeting}" if item.is_reserved else f"{item.title} ({item.meeting})"
