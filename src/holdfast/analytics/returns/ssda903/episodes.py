"""Reads a child's episodes, in order of their days, and works out the placements and legal statuses they are made of.

An episode begins whenever the placement or the legal status changes, so each lasts over the episodes that leave it as
it is. The reading taken, since the return does not number them: a placement goes on where the next episode begins on
the day this one ceased or the day after, and says a change of legal status alone, or no change of placement and the
same place, provider and URN. A period of care begins with the reason S; where the return does not hold that episode,
its beginning is not known.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from holdfast.analytics.returns.cells import Days, RowReader
from holdfast.analytics.returns.values import iso_day
from holdfast.analytics.returns.writing import Gathered

EPISODE_FIELDS: Final = {
    "clae_cla_episode_start_date": "decom",
    "clae_cla_episode_start_reason": "rne",
    "clae_cla_primary_need_code": "cin",
    "clae_cla_episode_ceased_date": "dec",
    "clae_cla_episode_ceased_reason": "rec",
}
PLACEMENT_FIELDS: Final = {
    "clap_cla_placement_start_date": "decom",
    "clap_cla_placement_type": "place",
    "clap_cla_placement_urn": "urn",
    "clap_cla_placement_provider": "place_provider",
    "clap_cla_placement_end_date": "dec",
    "clap_cla_placement_change_reason": "reason_place_change",
}
STATUS_FIELDS: Final = {
    "lega_legal_status": "ls",
    "lega_legal_status_start_date": "decom",
    "lega_legal_status_end_date": "dec",
}
PLACE = ("place", "place_provider", "urn")
SAID = ("decom", "dec")  # what is wrong with these is said of the episode
ENDS = ("dec", "rec", "reason_place_change")
FILLED: Final[Mapping[str, tuple[str, ...]]] = {
    "cla_episodes": (
        *("clae_cla_episode_id", "clae_person_id", *EPISODE_FIELDS, "clae_cla_id", "clae_cla_placement_id"),
        "clae_entered_care_date",
    ),
    "cla_placement": ("clap_cla_placement_id", "clap_person_id", *PLACEMENT_FIELDS, "clap_cla_id"),
    "legal_status": ("lega_legal_status_id", "lega_person_id", *STATUS_FIELDS),
}
Cells = dict[str, Any]


class Episodes:
    """Reads the Episodes file into three tables, child by child."""

    def __init__(self, gathered: Gathered) -> None:
        self.episodes = RowReader(gathered, "cla_episodes", EPISODE_FIELDS, usual=SAID)
        self.placements = RowReader(gathered, "cla_placement", PLACEMENT_FIELDS, SAID)
        self.statuses = RowReader(gathered, "legal_status", STATUS_FIELDS, SAID)
        self.days = Days()

    def _day(self, text: str | None) -> int | None:
        try:
            day: int | None = self.days[text]
            return day
        except KeyError:
            return None

    def read(self, child: str, rows: Iterable[Cells]) -> None:
        """Every episode of one child. An episode whose first day is not known comes last, and stands alone."""
        dated = [(self._day(cells.get("decom")), cells) for cells in rows]
        dated.sort(key=lambda each: (each[0] is None, each[0] or 0, each[1]["line"]))
        runs = Runs(child)
        before: tuple[int | None, Cells] | None = None
        for start, cells in dated:
            follows = before is not None and self._follows(before[1], start)
            runs.take(start, cells, before[1] if before and follows else None)
            self._episode(child, start, cells, runs)
            before = (start, cells)
        for kind, reader in (("PL", self.placements), ("LS", self.statuses)):
            for run in runs.ended[kind]:
                self._run(kind, reader, child, run)

    def _follows(self, before: Cells, start: int | None) -> bool:
        """Whether an episode begins on the day the one before it ceased, or the day after."""
        ceased = self._day(before.get("dec"))
        return ceased is not None and start is not None and 0 <= start - ceased <= 1

    def _episode(self, child: str, start: int | None, cells: Cells, runs: "Runs") -> None:
        reader = self.episodes
        row = reader.read(cells, child, cells["line"])
        row[reader.place["clae_cla_episode_id"]] = runs.id("E", start)
        row[reader.place["clae_person_id"]] = child
        row[reader.place["clae_cla_placement_id"]] = runs.current["PL"]["id"]
        if runs.period is not None:
            row[reader.place["clae_cla_id"]] = f"{child}|K|{iso_day(runs.period)}"
            row[reader.place["clae_entered_care_date"]] = runs.period
        reader.rows.add(row)

    def _run(self, kind: str, reader: RowReader, child: str, run: Cells) -> None:
        row = reader.read(run["cells"], child, run["cells"]["line"])
        key, owner = reader.rows.filled[:2]
        row[reader.place[key]], row[reader.place[owner]] = run["id"], child
        if kind == "PL" and run["period"] is not None:
            row[reader.place["clap_cla_id"]] = f"{child}|K|{iso_day(run['period'])}"
        reader.rows.add(row)


class Runs:
    """One child's placements and legal statuses while their episodes are read. `ended` holds every one, in order."""

    def __init__(self, child: str) -> None:
        self.child = child
        self.period: int | None = None
        self.counted: Counter[str] = Counter()
        self.current: dict[str, Cells] = {}
        self.ended: dict[str, list[Cells]] = {"PL": [], "LS": []}

    def id(self, kind: str, start: int | None) -> str:
        stem = f"{self.child}|{kind}|{'' if start is None else iso_day(start)}|"
        self.counted[stem] += 1
        return f"{stem}{self.counted[stem]}"

    def take(self, start: int | None, cells: Cells, before: Cells | None) -> None:
        """One episode: what goes on, and what begins. `before`: the episode that it follows without a day between."""
        reason = (cells.get("rne") or "").strip().upper()[:1]
        if reason == "S":
            self.period = start
        elif before is None:
            self.period = None
        same_place = before is not None and (
            reason == "L" or all(before.get(name) == cells.get(name) for name in PLACE)
        )
        same_status = before is not None and before.get("ls") == cells.get("ls")
        for kind, goes_on in (("PL", same_place and reason not in ("S", "P", "T", "B", "U")), ("LS", same_status)):
            if goes_on:
                self.current[kind]["cells"].update({name: cells.get(name) for name in ENDS})
            else:
                run = {"id": self.id(kind, start), "cells": dict(cells), "period": self.period}
                self.current[kind] = run
                self.ended[kind].append(run)
