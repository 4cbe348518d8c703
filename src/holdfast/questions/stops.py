"""What is done when an answer stops the form: each room that asks such questions registers it here (apps.ready).

Rule: it is done in the transaction that saves the answer, so that neither is ever there without the other.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from holdfast.access.doors import Actor
from holdfast.questions.models import Sheet
from holdfast.questions.wording import Question

Stop = Callable[[Actor, datetime, Sheet, Sequence[Question]], None]
_stops: list[Stop] = []


def register_stop(stop: Stop) -> None:
    """Say what is done when a saved answer stops the form. Called for every sheet, whoever's it is."""
    if stop not in _stops:
        _stops.append(stop)


def stop(by: Actor, at: datetime, sheet: Sheet, questions: Sequence[Question]) -> None:
    for each in _stops:
        each(by, at, sheet, questions)
