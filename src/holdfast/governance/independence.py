"""That the chair of an improvement board is independent of the council, when posts change hands.

Not here: who may be given a seat (services/bodies.py).
"""

from datetime import date

from django.db.models import Q

from holdfast.access.models import Account
from holdfast.access.writes import Forbidden
from holdfast.governance.models import Constitution, Membership
from holdfast.organisation.models import Body, Post

COUNCIL = "council"
"""The kind of agency that the council itself is."""


class ChairIsAnEmployee(Forbidden):
    """Somebody whom the council employs was to chair a board that must have an independent chair, or the other way."""

    def __init__(self, body: Body, field: str = "post") -> None:
        super().__init__(
            f"The chair of the {body} must be independent of the council, so nobody whom the council employs chairs it",
            programme=body.programme.code,
            field=field,
        )


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
        employed = Post.objects.filter(programme=post.programme, agency__kind=COUNCIL, holder=holder).exists()
        theirs = boards.filter(post=post).first() if employed else None
    if theirs is not None:
        raise ChairIsAnEmployee(theirs.body, field="holder")
