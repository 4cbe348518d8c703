"""Invents children looked after among an invented authority's children, and writes their SSDA903 set as at a day.

Here is what is true of them (periods of care, placements, legal statuses, reviews, times missing) and how a set of CSV
files shows it. The shares are invented and stand for no council. With mess: one file with a byte-order mark, one with
ISO days, one with its columns turned round, codes that no list has, a day that there is not, LA and YEAR columns.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from holdfast.analytics.synthetic.authority import Authority
from holdfast.analytics.synthetic.events import Child
from holdfast.analytics.tables.codes_looked_after import WORKER_CHANGE

SHARE: Final = 0.06
PLACES: Final = (("U6", "PR1"), ("U4", "PR1"), ("U3", "PR1"), ("K2", "PR4"), ("P1", "PR0"), ("H5", "PR4"))
ENDS: Final = ("E4A", "E4B", "E45", "E5", "E8")
CHANGES: Final = ("CARPL", "CHILD", "CREQB", "LAREQ", "OTHER")
FILES: Final[Mapping[str, str]] = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
    "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
    "social_worker": "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON",
    "oc2": "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT",
}


@dataclass(frozen=True)
class Stay:
    """Something that lasts from a day to another, the last not included; `ended` 0 while it goes on."""

    what: str
    began: int
    ended: int
    provider: str = ""
    urn: str = ""
    why: str = ""


@dataclass
class Care:
    """One child's period of care. Days are ordinals."""

    child: Child
    began: int
    ended: int
    reason: str
    placements: list[Stay] = field(default_factory=list)
    statuses: list[Stay] = field(default_factory=list)
    reviews: list[int] = field(default_factory=list)
    missing: list[Stay] = field(default_factory=list)
    workers: list[Stay] = field(default_factory=list)


def looked_after(authority: Authority) -> Iterator[Care]:
    """The periods of care, a few of the children with an episode of need; the same authority gives the same."""
    for child in authority.children:
        rng = Random(f"{authority.seed} care {child.number}")  # noqa: S311 (repeatable, not secret)
        lasting = [episode for episode in child.episodes if not episode.nfa]
        if lasting and rng.random() < SHARE:
            episode = lasting[0]
            began = max(episode.referral + rng.randint(5, 90), child.born + 1)
            length = rng.choice((20, 90, 200, 400, 800, 1500))
            is_over = rng.random() < 0.6
            ended = began + length + rng.randint(0, 60) if is_over else 0
            yield _lived(Care(child, began, ended, rng.choice(ENDS)), rng)


def _lived(care: Care, rng: Random) -> Care:
    last = care.ended or care.began + 2500
    care.placements = list(_stays(care, last, [place for place, _ in PLACES], rng))
    care.statuses = list(_legal(care, last, rng))
    day = care.began + rng.randint(15, 27)
    while day < last:
        care.reviews.append(day)
        day += rng.randint(80, 92) if len(care.reviews) == 1 else rng.randint(160, 190)
    for n in range(rng.choice((0, 0, 0, 1, 3))):
        start = care.began + 10 + 40 * n
        if start + 3 < last:
            care.missing.append(Stay("M" if rng.random() < 0.8 else "A", start, start + rng.randint(1, 3)))
    change = care.began + 200
    worker = f"SW{rng.randint(100, 199)}"
    if change < last:
        care.workers = [Stay(worker, care.began, change, why="LEFTRL"), Stay(f"{worker}B", change, care.ended)]
    else:
        care.workers = [Stay(worker, care.began, care.ended)]
    return care


def _stays(care: Care, last: int, kinds: list[str], rng: Random) -> Iterator[Stay]:
    day, before = care.began, ""
    while day < last:
        kind = rng.choice([one for one in kinds if one != before])
        until = day + rng.choice((25, 60, 180, 700)) + rng.randint(0, 20)
        is_last = until >= last
        provider = dict(PLACES)[kind]
        why = "" if is_last else rng.choice(CHANGES)
        yield Stay(kind, day, (care.ended if is_last else until), provider, f"SC{rng.randint(100000, 999999)}", why)
        day, before = until, kind


def _legal(care: Care, last: int, rng: Random) -> Iterator[Stay]:
    day = care.began
    for status in ("V2", "C1", "C2"):
        until = day + rng.randint(30, 250)
        is_last = until >= last or status == "C2"
        yield Stay(status, day, care.ended if is_last else until)
        if is_last:
            return
        day = until


def episodes_of(care: Care) -> Iterator[tuple[int, int, str, Stay, Stay]]:
    """Each episode: its first day, the day it ceased (0: goes on), RNE, its placement and its status."""
    starts = sorted({stay.began for stay in (*care.placements, *care.statuses)})
    for n, start in enumerate(starts):
        ended = starts[n + 1] if n + 1 < len(starts) else care.ended
        placement = _at(care.placements, start)
        status = _at(care.statuses, start)
        moved, changed = placement.began == start, status.began == start
        reason = "S" if n == 0 else "B" if moved and changed else "P" if moved else "L"
        yield start, ended, reason, placement, status


def _at(stays: list[Stay], day: int) -> Stay:
    return next(stay for stay in reversed(stays) if stay.began <= day)


def write_ssda903(authority: Authority, folder: Path, *, as_at: date, year_start: date, with_mess: bool = False) -> int:
    """Write the set of the year from `year_start` as it was on `as_at`; how many children it has."""
    folder.mkdir(parents=True, exist_ok=True)
    first, today = year_start.toordinal(), as_at.toordinal()
    shown = [
        care for care in looked_after(authority) if care.began <= today and (not care.ended or care.ended >= first)
    ]
    writer = SetWriter(folder, first, today, with_mess=with_mess)
    for care in shown:
        writer.care(care)
    writer.write(authority.code, as_at.year)
    return len(shown)


class SetWriter:
    """The rows of a set, gathered and then written."""

    def __init__(self, folder: Path, first: int, today: int, *, with_mess: bool) -> None:
        self.folder, self.first, self.today, self.with_mess = folder, first, today, with_mess
        self.rows: dict[str, list[list[str]]] = {name: [] for name in FILES}

    def day(self, day: int) -> str:
        """A day as the return has it; "" for one that has not come, or that there is not."""
        return date.fromordinal(day).strftime("%d/%m/%Y") if 0 < day <= self.today else ""

    def care(self, care: Care) -> None:
        child, n = care.child, len(self.rows["header"])
        sex = {"1": "1", "2": "2"}.get(child.sex, "1")
        born = self.day(child.born)
        self.rows["header"].append([child.reference, sex, born, child.ethnicity, "", "0", ""])
        for start, ended, reason, placement, status in episodes_of(care):
            if start <= self.today and (not ended or ended >= self.first):
                self.rows["episodes"].append(self._episode(care, start, ended, reason, placement, status))
        for day in care.reviews:
            if self.first <= day <= self.today:
                self.rows["reviews"].append([child.reference, born, self.day(day), f"PN{1 + day % 7}"])
        for stay in care.missing:
            if self.first <= stay.began <= self.today:
                days = self.day(stay.began), self.day(stay.ended)
                self.rows["missing"].append([child.reference, born, stay.what, *days])
        for stay in care.workers:
            if stay.began <= self.today and (not stay.ended or stay.ended >= self.first):
                why = stay.why if 0 < stay.ended <= self.today and stay.why in WORKER_CHANGE else ""
                days = self.day(stay.began), self.day(stay.ended)
                self.rows["social_worker"].append([child.reference, born, stay.what, *days, why])
        score = str(n % 41) if n % 4 else ""
        checks = ["0", "1", "1", "1" if n % 3 else "0", "1"]
        self.rows["oc2"].append([child.reference, born, score, "" if score else "SDQ2", *checks])

    def _episode(self, care: Care, start: int, ended: int, reason: str, placement: Stay, status: Stay) -> list[str]:
        is_over = 0 < ended <= self.today
        ceased = (care.reason if ended == care.ended else "X1") if is_over else ""
        moved = placement.why if is_over and ended == placement.ended else ""
        place = (placement.what, placement.provider)
        ends = (self.day(ended), ceased, moved)
        return [care.child.reference, self.day(start), reason, status.what, "N1", *place, *ends, "", "", placement.urn]

    def write(self, code: str, year: int) -> None:
        if self.with_mess:
            self._spoil()
        for name, head in FILES.items():
            heads, rows = head.split(","), self.rows[name]
            encoding = "utf-8"
            if self.with_mess:
                heads, rows = [*heads, "LA", "YEAR"], [[*row, code, str(year)] for row in rows]
                encoding = "utf-8-sig" if name == "reviews" else "utf-8"
                if name == "missing":
                    heads, rows = heads[::-1], [row[::-1] for row in rows]
            with (self.folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
                written = csv.writer(file, lineterminator="\n")
                written.writerow(heads)
                written.writerows(rows)

    def _spoil(self) -> None:
        """A code that no list has, a day that there is not, ISO days in one file."""
        for n, row in enumerate(self.rows["episodes"]):
            if n % 29 == 7:
                row[5] = "Q9"
            if n % 31 == 11:
                row[1] = "31/02/2013"
        for row in self.rows["reviews"]:
            day, month, year = row[2].split("/")
            row[2] = f"{year}-{month}-{day}"
