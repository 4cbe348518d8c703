"""What the questions room calls when an answer of an audit says that a child may not be safe (registered in apps)."""

from collections.abc import Sequence
from datetime import datetime

from holdfast.access.doors import Actor
from holdfast.audits.models import Audit
from holdfast.audits.services.critical import raise_critical
from holdfast.questions.models import Sheet
from holdfast.questions.wording import Question


def raise_critical_of(by: Actor, at: datetime, sheet: Sheet, questions: Sequence[Question]) -> None:
    """What the questions room calls, in the transaction that saves the answer. Sheets of other rooms are not ours."""
    audit = Audit.objects.filter(sheet=sheet).select_related("programme").first()
    for question in questions if audit is not None else ():
        raise_critical(by=by, at=at, audit=audit, question=question)
