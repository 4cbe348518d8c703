"""Who decides in a body: its chair, its members, and the deputies of members. An observer and a secretary do not.

Pure reading of seats; the refusals are raised by services of this room, and the trail keeps them. Rule: the Department
takes part as an observer: it speaks and sees papers, and it never decides, votes or owns.
"""

from collections.abc import Iterable
from datetime import date

from holdfast.access.writes import Forbidden, NotDone
from holdfast.governance.models import Membership
from holdfast.pages.words import date_words, lower_first


class ObserverDoesNotDecide(Forbidden):
    """A decision or a vote was to be in the name of somebody who takes part without deciding."""

    def __init__(self, seat: Membership) -> None:
        super().__init__(
            f"The {lower_first(seat.get_capacity_display())} from the {seat.agency} speaks and sees the papers, but "
            "does not decide or vote. Leave them out of who agreed.",
            programme=seat.body.programme.code,
            field="agreed_by",
        )


class ObserverDoesNotOwn(Forbidden):
    """Something was to be owned by somebody who takes part without owning."""

    def __init__(self, seat: Membership) -> None:
        super().__init__(
            f"{seat.seat} takes part as an observer, so it owns no action, risk or decision. Choose another owner.",
            programme=seat.body.programme.code,
            field="owner",
        )


class DoesNotSit(NotDone):
    """Somebody was named who had no seat on the body that day."""

    def __init__(self, seat: Membership, on: date) -> None:
        super().__init__(f"{seat} had no seat on the {seat.body} on {date_words(on)}.", field="agreed_by")


def refuse_non_voters(seats: Iterable[Membership], on: date) -> None:
    """Raises ObserverDoesNotDecide for a seat that does not vote, or DoesNotSit for one that did not stand that day."""
    for seat in seats:
        if not seat.votes:
            raise ObserverDoesNotDecide(seat)
        if not seat.stood_on(on):
            raise DoesNotSit(seat, on)


def refuse_observer_as_owner(programme_code: str, post_id: int, on: date) -> None:
    """Raises ObserverDoesNotOwn for a post that sits as an observer on a body of the programme that day."""
    held = Membership.objects.filter(body__programme__code=programme_code, post_id=post_id)
    for seat in held.filter(capacity=Membership.Capacity.OBSERVER).select_related("agency", "body__programme", "post"):
        if seat.stood_on(on):
            raise ObserverDoesNotOwn(seat)
