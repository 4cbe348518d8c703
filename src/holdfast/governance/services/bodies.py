"""Setting out how a body meets, and who sits on it for which agency.

Rule: the chair of an improvement board is independent: nobody whom the council employs chairs it, and whoever does
says so in a declaration. The Department sits as an observer.
"""

from datetime import date, datetime

from django.db.models import Q

from holdfast.access import clock
from holdfast.access.doors import Actor, check
from holdfast.access.models import Account
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.governance.independence import ChairIsAnEmployee, is_employed
from holdfast.governance.models import Constitution, Membership
from holdfast.governance.models.bodies import sat
from holdfast.organisation.models import COUNCIL, Agency, Body, Post
from holdfast.pages.words import date_words

Capacity = Membership.Capacity
DEPARTMENT = "government"
"""The kind of agency that a department of government is."""


class DepartmentObserves(Forbidden):
    """An official of the Department was to sit as somebody who decides."""

    def __init__(self, body: Body) -> None:
        super().__init__(
            f"The Department takes part in the {body} as an observer: it speaks and sees papers, and does not decide",
            programme=body.programme.code,
            field="capacity",
        )


class NotSetOut(NotDone):
    """Nobody has said how the body meets."""

    def __init__(self, body: Body) -> None:
        super().__init__(f"Set out first how the {body} meets: its kind, quorum and cycle.")


class CannotSit(NotDone):
    """A seat that cannot be filled so."""


@service
def constitute(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    kind: str,
    short: str,
    quorum: int,
    cycle_days: int | None,
    from_on: date,
    papers_days: int = 7,
    parent: Body | None = None,
    terms: str = "",
) -> Constitution:
    """Say what a body is and by which rules it meets; said again, the new rules take the place of the old.

    Raises Refused, ChairIsAnEmployee for an improvement board whose sitting chair the council employs, or CannotSit for
    a sub-group of itself or a short name that another body of the programme has.
    """
    check(by, Permission.MANAGE_MEETINGS, body.programme.code)
    others = Constitution.objects.filter(body__programme=body.programme).exclude(body=body)
    if others.filter(short__iexact=short).exists():
        raise CannotSit(f"Another body here is called {short} for short.", field="short")
    if parent is not None and parent.pk == body.pk:
        raise CannotSit("A body is not a sub-group of itself.", field="parent")
    chairs = Membership.objects.filter(sat(clock.day_of(at)), body=body, capacity=Capacity.CHAIR)
    if kind == Constitution.Kind.BOARD and any(_is_the_councils(seat) for seat in chairs):
        raise ChairIsAnEmployee(body, field="kind")
    made = Constitution.objects.filter(body=body).first() or Constitution(body=body)
    made.kind, made.short, made.quorum = Constitution.Kind(kind), short, quorum
    made.cycle_days, made.papers_days = cycle_days, papers_days
    made.from_on, made.parent, made.terms = from_on, parent, terms
    made.save()
    detail = {"kind": kind, "quorum": quorum, "cycle_days": cycle_days}
    record("body constituted", programme=body.programme.code, subject=str(body), detail=detail)
    return made


@service
def fill_seat(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    agency: Agency,
    capacity: str,
    from_on: date,
    post: Post | None = None,
    account: Account | None = None,
    to_on: date | None = None,
    stands_in_for: Membership | None = None,
    declaration: str = "",
) -> Membership:
    """Put a post, or a person where there is no post, on a body for an agency.

    A deputy names the seat it stands in for; a chair declares in their own words that they are independent. Raises
    Refused, NotSetOut, ChairIsAnEmployee, DepartmentObserves or CannotSit.
    """
    check(by, Permission.MANAGE_MEETINGS, body.programme.code)
    seat = Membership(body=body, agency=agency, capacity=Capacity(capacity), post=post, account=account)
    seat.from_on, seat.to_on, seat.stands_in_for = from_on, to_on, stands_in_for
    _refuse_odd_seat(seat)
    if seat.capacity == Capacity.CHAIR:
        _refuse_dependent_chair(seat, declaration)
        seat.declaration, seat.declared_on = declaration.strip(), from_on
    if agency.kind == DEPARTMENT and seat.capacity not in (Capacity.OBSERVER, Capacity.SECRETARY):
        raise DepartmentObserves(body)
    seat.save()
    detail = {"body": body.code, "capacity": capacity, "agency": agency.code, "from_on": from_on}
    record("seat filled", programme=body.programme.code, subject=f"{seat} ({body})", detail=detail)
    return seat


@service
def end_seat(*, by: Actor, at: datetime, seat: Membership, to_on: date, reason: str) -> Membership:
    """End a seat after its last day, with why. It stays to be read. Raises Refused or CannotSit."""
    check(by, Permission.MANAGE_MEETINGS, seat.body.programme.code)
    kept: Membership = Membership.objects.select_for_update().get(pk=seat.pk)
    if kept.ended_because:
        raise CannotSit(f"This seat ended already, on {date_words(kept.to_on or to_on)}.")
    if to_on < kept.from_on:
        raise CannotSit(f"Enter a day on or after {date_words(kept.from_on)}, when it began.", field="to_on")
    if not reason.strip():
        raise CannotSit("Say why the seat ends.", field="reason")
    kept.to_on, kept.ended_because = to_on, reason.strip()
    kept.save(update_fields=["to_on", "ended_because"])
    detail = {"to_on": to_on, "reason": kept.ended_because}
    record("seat ended", programme=kept.body.programme.code, subject=f"{kept} ({kept.body})", detail=detail)
    return kept


def _refuse_odd_seat(seat: Membership) -> None:
    body = seat.body
    if not Constitution.objects.filter(body=body).exists():
        raise NotSetOut(body)
    if seat.post is None and seat.account is None:
        raise CannotSit("Choose a post, or a person where there is no post.", field="post")
    if body.programme_id != seat.agency.programme_id or (seat.post and seat.post.agency_id != seat.agency_id):
        raise CannotSit("Choose an agency of this programme, and a post of that agency.", field="agency")
    if (seat.capacity == Capacity.DEPUTY) != (seat.stands_in_for is not None):
        raise CannotSit("A deputy stands in for a seat, and only a deputy does.", field="stands_in_for")
    if seat.stands_in_for is not None and (
        seat.stands_in_for.body_id != body.pk or seat.stands_in_for.agency_id != seat.agency_id
    ):
        raise CannotSit("A deputy stands in for a seat of the same agency.", field="stands_in_for")
    held = Membership.objects.filter(sat(seat.from_on), body=body)
    same = Q(post=seat.post) if seat.post else Q(account=seat.account, post__isnull=True)
    if held.filter(same).exists():
        raise CannotSit(f"{seat.seat} has a seat on the {body} already.", field="post")
    if seat.capacity == Capacity.CHAIR and held.filter(capacity=Capacity.CHAIR).exists():
        raise CannotSit(f"The {body} has a chair. End that seat first.", field="capacity")


def _is_the_councils(seat: Membership) -> bool:
    """Whether the council employs whoever fills a seat."""
    person = seat.account or (seat.post.holder if seat.post else None)
    if seat.agency.kind == COUNCIL:
        return True
    return person is not None and is_employed(person, seat.body.programme, max(seat.from_on, clock.today()))


def _refuse_dependent_chair(seat: Membership, declaration: str) -> None:
    """Of an improvement board: the chair's agency is not the council, nor does the person hold a post of it."""
    if Constitution.objects.get(body=seat.body).kind == Constitution.Kind.BOARD and _is_the_councils(seat):
        raise ChairIsAnEmployee(seat.body)
    if not declaration.strip():
        raise CannotSit("Enter the declaration that the chair is independent of the council", field="declaration")
