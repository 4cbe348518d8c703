"""A meeting's agenda as one reader may see it, one item, its papers, and the forward plan.

Rule: of a reserved item whoever may not read it gets its number and the word reserved, never its title, papers or
minutes; asking for it is refused, and the door trails that.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from holdfast.access.doors import SYSTEM, Actor, Missing, Refused, check, grants, may
from holdfast.access.permissions import Permission
from holdfast.governance.models import AgendaItem, ForwardItem, Meeting, MinuteEntry, Paper
from holdfast.jobs import attachments
from holdfast.organisation.models import Body
from holdfast.performance.selectors.releases import releases

RESERVED = "Reserved item"
SHELF = "papers"
"""Where the files of papers are kept."""


class NoSuchItem(Missing):
    """The agenda has no such item, or the item no such paper."""

    def __init__(self) -> None:
        super().__init__("There is no such item on this agenda.")


@dataclass(frozen=True)
class AgendaLine:
    """One item as a reader may see it. `item` is None for one that is reserved from them: there is only a number."""

    order: int
    title: str
    item: AgendaItem | None


def may_read(user: Actor, code: str, item: AgendaItem) -> bool:
    """Whether an account may read an item: a reserved one only by permission, or for an agency that it names."""
    if not item.is_reserved or may(user, Permission.SEE_RESERVED, code):
        return True
    own = {grant.key for grant in grants(user) if grant.programme == code and grant.kind == "agency"}
    return bool(own & set(item.reserved_for))


def agenda(user: Actor, code: str, meeting: Meeting) -> list[AgendaLine]:
    """Every item of a meeting in order, with its papers, entries and decisions; of a reserved one only its number."""
    check(user, Permission.SEE_PROGRAMME, code)
    entries = MinuteEntry.objects.filter(withdrawn_because="")
    found = AgendaItem.objects.filter(meeting=meeting, withdrawn_because="").select_related("presenter")
    items = found.prefetch_related(
        "papers", "decisions", Prefetch("entries", queryset=entries, to_attr="standing_entries")
    )
    return [_line(user, code, item) for item in items]


def _line(user: Actor, code: str, item: AgendaItem) -> AgendaLine:
    is_open = may_read(user, code, item)
    return AgendaLine(item.order, item.title if is_open else RESERVED, item if is_open else None)


def one_item(user: Actor, code: str, body: str, number: int, order: int) -> AgendaItem:
    """One item. Raises Refused for a reserved one that the account may not read, or NoSuchItem."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = AgendaItem.objects.filter(
        meeting__body__programme__code=code, meeting__body__code=body, meeting__number=number, order=order
    )
    found = found.filter(withdrawn_because="")
    item = found.select_related("meeting__body__programme", "presenter").first()
    if item is None:
        raise NoSuchItem
    if not may_read(user, code, item):
        raise Refused(Permission.SEE_RESERVED, code)
    return item


def withdrawn_items(user: Actor, code: str, meeting: Meeting) -> list[AgendaItem]:
    """What was taken off an agenda before its papers were out, with why; of reserved ones only what may be read."""
    check(user, Permission.SEE_PROGRAMME, code)
    gone = AgendaItem.objects.filter(meeting=meeting).exclude(withdrawn_because="")
    return [item for item in gone if may_read(user, code, item)]


def papers(user: Actor, code: str, item: AgendaItem) -> QuerySet[Paper]:
    """The papers of an item, in order. Raises Refused for a reserved item that the account may not read."""
    check(user, Permission.SEE_PROGRAMME, code)
    if not may_read(user, code, item):
        raise Refused(Permission.SEE_RESERVED, code)
    return item.papers.all()


def paper_file(user: Actor, code: str, item: AgendaItem, order: int) -> tuple[Paper, bytes]:
    """A paper's file as it was given. Raises Refused, NoSuchItem, or kept.NotAsKept when it is not the same."""
    found = papers(user, code, item).filter(order=order).exclude(sha256="").first()
    if found is None:
        raise NoSuchItem
    return found, attachments.read(SHELF, found.name, found.sha256)


def verify_papers(user: Actor = SYSTEM) -> list[str]:
    """A sentence naming each paper's file that is missing or changed, by its meeting and place. [] when sound."""
    check(user, Permission.SEE_RESERVED)
    given = Paper.objects.exclude(sha256="").select_related("item__meeting__body__programme").order_by("pk")
    return [
        f"Paper {paper.order} of item {paper.item.order}, {paper.item.meeting} "
        f"({paper.item.meeting.body.programme.code}): the file {problem}."
        for paper in given
        if (problem := attachments.problem_with(SHELF, paper.sha256))
    ]


def forward_plan(user: Actor, code: str, body: Body) -> QuerySet[ForwardItem]:
    """What a body plans to take and no agenda holds yet, the earliest first."""
    check(user, Permission.SEE_PROGRAMME, code)
    return ForwardItem.objects.filter(body=body, placed__isnull=True, withdrawn_because="")


def entries(user: Actor, code: str, item: AgendaItem) -> QuerySet[MinuteEntry]:
    """What was minuted under an item, in order."""
    check(user, Permission.SEE_PROGRAMME, code)
    return MinuteEntry.objects.filter(item=item, withdrawn_because="")


Records = Callable[[Actor, str], list[tuple[str, str]]]
_more_records: list[Records] = []


def register_records(records: Records) -> None:
    """Called once by a room above whose records papers may be made from: a name and words for each of a programme."""
    _more_records.append(records)


def record_choices(user: Actor, code: str) -> list[tuple[str, str]]:
    """The records that a paper may be made from: published releases, the plan, the positions, what rooms above give."""
    check(user, Permission.SEE_PROGRAMME, code)
    published = releases(user, code) if may(user, Permission.SEE_INDICATORS, code) else ()
    named = [(f"release/{each.number}", f"The scorecard of {each.in_words}") for each in published if each.published_at]
    more = [choice for records in _more_records for choice in records(user, code)]
    return [*named, ("plan", "The plan's exceptions"), ("positions", "Where every requirement stands"), *more]
