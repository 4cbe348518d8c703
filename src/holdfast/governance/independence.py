"""That the chair of an improvement board is independent of the council, when posts change hands.

Not here: who may be given a seat (services/bodies.py).
"""

from datetime import date

from django.db.models import Q

from holdfast.access.models import Account
from holdfast.access.roles import STAFF
from holdfast.access.writes import Forbidden
from holdfast.governance.models import Constitution, Membership
from holdfast.organisation.models import COUNCIL, Body, Post, Programme
from holdfast.organisation.selectors import held_on


class ChairIsAnEmployee(Forbidden):
    """Somebody whom the council employs was to chair a board that must have an independent chair, or the other way."""

    def __init__(self, body: Body, field: str = "post") -> None:
        super().__init__(
            f"The chair of the {body} must be independent of the council, so nobody whom the council employs chairs it",
            programme=body.programme.code,
            field=field,
        )


def is_employed(person: Account, programme: Programme, on: date) -> bool:
    """Whether the council employs somebody: they hold a post of it, or on the day a role that only its staff hold."""
    roles = held_on(on).filter(Q(programme=programme) | Q(programme__isnull=True), account=person, role__in=STAFF)
    return roles.exists() or Post.objects.filter(programme=programme, agency__kind=COUNCIL, holder=person).exists()


def refuse_employing_the_chair(post: Post, holder: Account, on: date) -> None:
    """That a sitting chair of an improvement board takes a post of the council, or somebody of the council the chair's.

    Raises ChairIsAnEmployee. Registered with the organisation room, where posts change hands.
    """
    sitting = Membership.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), capacity=Membership.Capacity.CHAIR)
    boards = sitting.filter(
        body__programme=post.programme, body__constitution__kind=Constitution.Kind.BOARD
    ).select_related("body__programme")
    if post.agency.kind == COUNCIL:
        theirs = boards.filter(Q(account=holder) | Q(account__isnull=True, post__holder=holder)).first()
    else:
        theirs = boards.filter(post=post).first() if is_employed(holder, post.programme, on) else None
    if theirs is not None:
        raise ChairIsAnEmployee(theirs.body, field="holder")
