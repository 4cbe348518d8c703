"""Writes the oversight extract of an invented authority: nine months of supervision and decisions, as two CSVs.

What a case was given follows from its own seed alone, so that an extract as at a later day says the same and more. One
team supervises less often than the others. Rule: no child has a name, and no manager is anybody.
"""

import csv
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Final

from holdfast.analytics.calendar import add_months
from holdfast.analytics.figure import date_words
from holdfast.analytics.synthetic.annex_a import WORKERS
from holdfast.analytics.synthetic.authority import Authority
from holdfast.analytics.synthetic.events import Child, Episode
from holdfast.analytics.synthetic.workdays import WorkingDays, working_days

SUPERVISION_HEADS: Final = (
    *("Child reference", "Referral date", "Supervision date", "Kind of supervision", "Supervised by"),
    "Next supervision due",
)
DECISION_HEADS: Final = (
    *("Child reference", "Referral date", "Decision date", "Decision about", "Reasons recorded", "Decided by"),
)
SLOW_TEAM: Final = 1
MONTHS_HELD: Final = 8
Row = tuple[str, ...]


def write_oversight(authority: Authority, folder: Path, *, as_at: date, n_teams: int) -> dict[str, int]:
    """Write both lists; gives how many rows each has. The same arguments give the same bytes."""
    since = add_months(as_at, -MONTHS_HELD).replace(day=1).toordinal()
    lists: dict[str, list[tuple[int, Row]]] = {"supervision": [], "decisions": []}
    days = working_days(1990, as_at.year + 2)
    for child in authority.children:
        for episode in child.episodes:
            if episode.recorded > as_at.toordinal() or 0 < episode.closed < since:
                continue
            own = OfEpisode(authority.seed, days, child, episode, as_at.toordinal(), n_teams)
            lists["supervision"] += (row for row in own.supervision() if since <= row[0] <= own.last)
            lists["decisions"] += (row for row in own.decisions() if since <= row[0] <= own.last)
    folder.mkdir(parents=True, exist_ok=True)
    for (name, rows), heads in zip(lists.items(), (SUPERVISION_HEADS, DECISION_HEADS), strict=True):
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow([f"Oversight extract, {name}, as at {date_words(as_at)}"])
            writer.writerow(heads)
            writer.writerows(row for _, row in sorted(rows))
    return {name: len(rows) for name, rows in lists.items()}


@lru_cache(maxsize=10_000)
def _said(day: int) -> str:
    return date.fromordinal(day).isoformat()


class OfEpisode:
    """What managers did on one case. `last`: the day that the extract is as at."""

    def __init__(self, seed: int, days: WorkingDays, child: Child, episode: Episode, last: int, n_teams: int) -> None:
        self.days, self.child, self.episode, self.last = days, child, episode, last
        place, _ = divmod(child.family, WORKERS)
        self.team = place % max(1, n_teams)
        self.rng = Random(f"{seed} oversight {child.number} {episode.referral}")  # noqa: S311
        self.is_named = self.rng.random() < 0.9

    def decisions(self) -> Iterator[tuple[int, Row]]:
        """Each decision's day and row."""
        episode, rng = self.episode, self.rng
        late = rng.choices((0, 1, 2, 4), (55, 33, 8, 4))[0]
        yield from self._decided(0.94, episode.referral, late, "Accept referral")
        if not episode.nfa:
            yield from self._decided(0.92, episode.referral, late + rng.randint(0, 2), "Allocate")
        for enquiry in episode.enquiries:
            yield from self._decided(0.95, enquiry.start, 0, "Strategy discussion")
        for assessment in episode.assessments:
            if assessment.authorised:
                yield from self._decided(0.9, assessment.authorised, 0, "Assessment sign-off")
        for plan in episode.plans:
            if plan.end:
                yield from self._decided(0.9, plan.end, 0, "Step down")
        if episode.closed and not episode.nfa:
            yield from self._decided(0.88, episode.closed, -rng.randint(0, 4), "Close case")

    def _decided(self, chance: float, on: int, later: int, about: str) -> Iterator[tuple[int, Row]]:
        rng = self.rng
        is_there, reasons, who = rng.random() < chance, rng.random(), rng.random()
        if not is_there:
            return
        day = self.days.add(self.days.on_or_after(on), later)
        day = max(day, self.episode.referral) if later < 0 else day
        said = "Yes" if reasons < 0.84 else "No" if reasons < 0.96 else ""
        role = "Team manager" if who < 0.8 else "Assistant team manager" if who < 0.95 else "Service manager"
        yield day, (self.child.reference, self._referred(), _said(day), about, said, role)

    def _referred(self) -> str:
        return _said(self.episode.referral) if self.is_named else ""

    def supervision(self) -> Iterator[tuple[int, Row]]:
        """Each supervision's day and row: about monthly under a protection plan, every two months or so without."""
        rng, episode = self.rng, self.episode
        if episode.nfa:
            return
        spans = [(plan.start, plan.end or self.last) for plan in episode.plans]
        is_slow, day = self.team == SLOW_TEAM, episode.referral + rng.randint(5, 20)
        until = min(episode.closed or self.last, self.last)
        while day <= until:
            is_planned = any(first <= day <= last for first, last in spans)
            gap = rng.randint(18, 31) if is_planned else rng.randint(40, 88)
            missed = rng.random() < (0.3 if is_slow else 0.08)
            kind, told = rng.random(), rng.random()
            on = self.days.on_or_after(day)
            due = _said(on + (31 if is_planned else 91)) if told < 0.8 else ""
            words = "Reflective" if kind < 0.3 else "Individual case discussion"
            yield on, (self.child.reference, self._referred(), _said(on), words, f"M{self.team + 1}", due)
            day = on + gap * (2 if missed else 1)
