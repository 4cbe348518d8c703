"""The shapes of a question. A definition names the record, the days and what puts it in; the shape gives its rows.

    happened      what happened in the period                               (flow)
    cohort        what began in the period, once the time after it is over  (cohort)
    clock         what fell due in the period: kept, late, or not known     (clock)
    open_at_end   what was open at the end of the period                    (stock)

A record (records.py) brings its own unit_id, child and what breakdowns need. A column is given by its name, an answer
by its name or as a function of the record. Rules: `unsure` makes an answer not known, whatever else is so; what is not
known says why (unknowns.REASONS): the first of `unsure`, then of `why`, then the shape's own reason, else "not sent".
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators import blocks
from holdfast.analytics.indicators.definition import Law
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import CONFLICT, NOT_SENT, NOT_UNDERSTOOD, OPEN

Answer = str | Callable[[Any], Any]
Reasons = Mapping[str, Answer]
"""By reason, whether it is so of a record."""
NO_REASONS: Final[Reasons] = MappingProxyType({})


def happened(
    held: Held,
    record: Any,
    *,
    on: str,
    is_in: Answer,
    unsure: Answer | Reasons | None = None,
    why: Reasons = NO_REASONS,
    **columns: Answer,
) -> Any:
    """One row per record and period in which its day `on` falls. `columns`: elapsed, due_on, where it has them.

    `unsure` given alone is what was sent and not understood. `why`: reasons for what `is_in` leaves not known.
    """
    return _rows(blocks.in_period(held, record, on), on, is_in, _forced(unsure), why, columns)


def cohort(
    held: Held,
    record: Any,
    *,
    on: str,
    until: str,
    followed_in: str,
    is_in: Answer,
    unsure: Answer | Reasons | None = None,
    why: Reasons = NO_REASONS,
    **columns: Answer,
) -> Any:
    """As `happened`, but not known until the whole time from `on` to the day before `until` is over.

    Not even where it is already sure to be in: otherwise only the quick ones would count. Nor where `until` is NULL.
    `followed_in`: the table that says what followed.
    """
    is_over = (record[until] <= held.day_after_known(followed_in, record[on])).coalesce(False)
    record = record.mutate(is_over=is_over, known=ibis.cases((is_over, _of(record, is_in)), else_=ibis.null("boolean")))
    why = {OPEN: lambda r: ~r.is_over, **why} if OPEN not in why else why
    return happened(held, record, on=on, is_in="known", unsure=unsure, why=why, **columns, due_on=until)


def clock(
    held: Held,
    record: Any,
    *,
    start: str,
    due: str,
    stop: str,
    given_up: str,
    law: Law | None = None,
    unsure: Answer | Reasons | None = None,
) -> Any:
    """One row per record and period in which its limit falls, judged on that day: so each counts once, and for good.

    In: stopped on or before the day it was due (the limit day is in time). Not in: stopped later, or still waiting at
    the end of that day. Not known: stopped before it started; `given_up` by that day with no stop; or last reported on
    (as_at) before that day. elapsed: working days from start to stop. Left out: started before `law` was in force.
    """
    if law is not None:
        record = record.filter(record[start] >= ibis.literal(law.in_force_from))
    timed = blocks.in_period(held, blocks.working_days(held, record, start, stop), due)
    kept = blocks.kept_by(timed[start], timed[due], timed[stop], timed[given_up], timed.as_at)
    why: Reasons = {CONFLICT: lambda t: t[stop] < t[start], NOT_SENT: lambda t: t[given_up].notnull(), OPEN: _always}
    return _rows(timed, due, lambda _: kept, _forced(unsure), why, {"elapsed": "elapsed", "due_on": due})


def open_at_end(
    held: Held,
    record: Any,
    *,
    start: str,
    end: str,
    is_in: Answer,
    unsure: Answer | Reasons | None = None,
    **columns: Answer,
) -> Any:
    """One row per record and period at whose end it was open; not known where it was last reported on before that."""
    return answered_at_end(
        blocks.at_period_ends(held, record, start, end), end=end, is_in=is_in, unsure=unsure, **columns
    )


def answered_at_end(
    waiting: Any, *, end: str, is_in: Answer, unsure: Answer | Reasons | None = None, **columns: Answer
) -> Any:
    """The second half of open_at_end, for a record already at the ends of its periods (blocks.at_period_ends)."""
    is_open = blocks.still_open(waiting, end)
    known = ibis.cases((is_open, _of(waiting, is_in)), else_=ibis.null("boolean"))
    return _rows(waiting, "ends_on", lambda _: known, _forced(unsure), {OPEN: lambda _: is_open.isnull()}, columns)


def _always(_: Any) -> Any:
    return ibis.literal(True)


def _forced(unsure: Answer | Reasons | None) -> Reasons:
    if unsure is None:
        return NO_REASONS
    return unsure if isinstance(unsure, Mapping) else {NOT_UNDERSTOOD: unsure}


def _rows(
    record: Any, event_on: str, is_in: Answer, unsure: Reasons, why: Reasons, columns: Mapping[str, Answer]
) -> Any:
    unknown = [(_of(record, answer), ibis.literal(reason)) for reason, answer in unsure.items()]
    answer = _of(record, is_in)
    if unknown:
        answer = ibis.cases((ibis.or_(*(is_so for is_so, _ in unknown)), ibis.null("boolean")), else_=answer)
    because = [*unknown, *((_of(record, is_so), ibis.literal(reason)) for reason, is_so in why.items())]
    because = ibis.cases((answer.notnull(), ibis.null("string")), *because, else_=ibis.literal(NOT_SENT))
    given = {name: _of(record, column) for name, column in columns.items()}
    given = {"elapsed": ibis.null("int32"), "due_on": ibis.null("date"), **given}
    return blocks.rows(record, event_on=record[event_on], in_numerator=answer, unknown_because=because, **given)


def _of(record: Any, answer: Answer) -> Any:
    return record[answer] if isinstance(answer, str) else answer(record)
