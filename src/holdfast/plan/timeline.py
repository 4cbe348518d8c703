"""The plan over time, drawn: an SVG, its table and its sentence, all three from the same rows.

Rules: every date has a shape of its own as well as words, so that nothing hangs on colour and it prints; only
presentation attributes, since the pages allow no inline style; the same rows give the same bytes.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape
from typing import Final

from holdfast.access.days import months_on
from holdfast.pages.tables import Table
from holdfast.pages.words import MONTHS, counted, date_words, day_or
from holdfast.plan.models import Action, Milestone

WIDTH, LEFT, RIGHT, TOP, ROW, BOTTOM = 640, 78, 18, 34, 30, 12
ROOM_FOR_A_MONTH = 80
FONT: Final = 'font-family="Arial, Helvetica, sans-serif" font-size="16"'
INK, QUIET = "#0b0c0c", "#505a5f"
KEY: Final = (
    "Circle: the date first promised. Diamond: the date to which decisions moved it. Square: the day it was done. "
    "Line: from its start to its date; dashed where a decision added it. Upright line: today."
)
HEAD: Final = ["What", "Starts", "First due", "Moved to", "Done", "How it stands"]


@dataclass(frozen=True)
class Timed:
    """One row: its reference and words, and its days. `moved_to` and `done_on` are null where there is none."""

    ref: str
    words: str
    starts_on: date | None
    first_due_on: date
    moved_to: date | None
    done_on: date | None
    state: str
    is_late: bool


@dataclass(frozen=True)
class Timeline:
    """What components/chart.html draws: the picture, and everything that must stand beside it."""

    svg: str
    title: str
    caption: str
    sentence: str
    table_head: Sequence[str]
    table_rows: Sequence[Sequence[str]]
    numeric_columns: tuple[int, ...] = ()

    @cached_property
    def table(self) -> Table:
        """The same as a table, whose rows are written once for every page that shows it."""
        return Table(self.title, self.table_head, self.table_rows, self.numeric_columns)


def timed(thing: Action | Milestone, on: date) -> Timed:
    """A row of an action or milestone, as it stood on a day."""
    moved = thing.due_at(on) if thing.revisions_by(on) else None
    starts_on = thing.starts_on if isinstance(thing, Action) else None
    finished, state = thing.finished_on(on), thing.state_words(on)
    facts = (starts_on, thing.original_due_on, moved, finished, state, thing.is_late(on))
    return Timed(thing.ref, str(thing), *facts)


def draw(title: str, rows: Sequence[Timed], today: date) -> Timeline:
    """The timeline of some rows. Without any, a sentence says so and there is no picture."""
    return Timeline(
        svg=_svg(title, rows, today) if rows else "",
        title=title,
        caption=KEY,
        sentence=_sentence(rows, today),
        table_head=HEAD,
        table_rows=[_cells(row) for row in rows],
    )


def _sentence(rows: Sequence[Timed], today: date) -> str:
    late, moved = sum(row.is_late for row in rows), sum(row.moved_to is not None for row in rows)
    done = sum(row.done_on is not None for row in rows)
    things = counted(len(rows), "action and milestone", "actions and milestones")
    was = "was" if done == 1 else "were"
    said = f"{done or 'none'} {was} done, {late or 'none'} late, and {moved or 'none'} moved by decision"
    return f"Of {things}, on {date_words(today)} {said}."


def _cells(row: Timed) -> list[str]:
    return [
        row.words,
        day_or(row.starts_on, "Not said"),
        date_words(row.first_due_on),
        day_or(row.moved_to, "Not moved"),
        day_or(row.done_on, "Not yet"),
        row.state,
    ]


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date) -> str:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return f"{LEFT + (WIDTH - LEFT - RIGHT) * share:.1f}"


def _svg(title: str, rows: Sequence[Timed], today: date) -> str:
    days = [day for row in rows for day in (row.starts_on, row.first_due_on, row.moved_to, row.done_on) if day] + [
        today
    ]
    scale = _Scale(min(days).replace(day=1), months_on(max(days).replace(day=1), 1))
    height = TOP + ROW * len(rows) + BOTTOM
    body = [*_months(scale, height), *_now(scale, today, height)]
    for place, row in enumerate(rows):
        body += _row(row, scale, TOP + ROW * place + ROW // 2)
    described = f"{KEY} {_sentence(rows, today)}"
    key = hashlib.sha256("".join([title, described, *body]).encode()).hexdigest()[:8]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="t{key} d{key}" {FONT} fill="{INK}">'
        f'<title id="t{key}">{escape(title)}</title><desc id="d{key}">{escape(described)}</desc>'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>{"".join(body)}</svg>'
    )


def _months(scale: _Scale, height: int) -> Iterator[str]:
    """An upright line at the beginning of months, as many as there is room to name."""
    firsts, day = [], scale.first
    while day <= scale.last:
        firsts.append(day)
        day = months_on(day, 1)
    every = max(1, -(-len(firsts) // 6))
    for first in firsts[::every]:
        x = scale.x(first)
        yield f'<path d="M{x} {TOP - 6}V{height - BOTTOM}" stroke="#e3e6e8" fill="none"/>'
        if float(x) <= WIDTH - ROOM_FOR_A_MONTH:
            yield f'<text x="{x}" y="20">{MONTHS[first.month - 1][:3]} {first.year}</text>'


def _now(scale: _Scale, today: date, height: int) -> Iterator[str]:
    x = scale.x(today)
    dotted = f'stroke="{INK}" stroke-width="2" stroke-dasharray="2 3" fill="none"'
    yield f'<path d="M{x} {TOP - 6}V{height - BOTTOM}" {dotted}/>'


def _row(row: Timed, scale: _Scale, y: int) -> Iterator[str]:
    first = scale.x(row.first_due_on)
    yield f'<text x="{LEFT - 10}" y="{y + 5}" text-anchor="end">{escape(row.ref)}</text>'
    if row.starts_on is not None:
        yield f'<path d="M{scale.x(row.starts_on)} {y}H{first}" stroke="{QUIET}" stroke-width="3" fill="none"/>'
    if row.moved_to is not None:
        moved = float(scale.x(row.moved_to))
        dashed = f'stroke="{QUIET}" stroke-width="3" stroke-dasharray="5 4" fill="none"'
        yield f'<path d="M{first} {y}H{moved:.1f}" {dashed}/>'
        yield f'<path d="M{moved:.1f} {y - 9}l9 9l-9 9l-9 -9z" fill="{INK}"/>'
    yield f'<circle cx="{first}" cy="{y}" r="7" fill="#ffffff" stroke="{INK}" stroke-width="2"/>'
    if row.done_on is not None:
        done = float(scale.x(row.done_on))
        yield f'<rect x="{done - 5:.1f}" y="{y - 5}" width="10" height="10" fill="#005a30"/>'
