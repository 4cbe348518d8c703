"""What somebody who takes part as an observer may not do: own something. (Deciding is refused by services.deciding.)

Rule: the Department takes part as an observer: it speaks and sees papers, and it never decides, votes or owns.
"""

from datetime import date

from holdfast.access.writes import Forbidden
from holdfast.governance.models import Membership


class ObserverDoesNotOwn(Forbidden):
    """Something was to be owned by somebody who takes part without owning."""

    def __init__(self, seat: Membership) -> None:
        super().__init__(
            f"{seat.seat} takes part as an observer, so it owns no action, risk or decision. Choose another owner.",
            programme=seat.body.programme.code,
            field="owner",
        )


def refuse_observer_as_owner(programme_code: str, post_id: int, on: date) -> None:
    """Raises ObserverDoesNotOwn for a post that sits as an observer on a body of the programme that day."""
    held = Membership.objects.filter(body__programme__code=programme_code, post_id=post_id)
    for seat in held.filter(capacity=Membership.Capacity.OBSERVER).select_related("agency", "body__programme", "post"):
        if seat.stood_on(on):
            raise ObserverDoesNotOwn(seat)
