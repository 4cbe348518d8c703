"""The word that a series allows, decided on whole figures. Numbers in, one of CLAIMS out, with what it rests on.

Not here: sentences (words), what may be shown (seen). The claim is one comparison, months since the notice against the
same months of the baseline, past LIMIT at two months running. Then it must hold: without its strongest month, against
the last baseline year alone, with the not-known and the usual late recording against it, and in the number itself when
more was counted. Rules: what does not hold is not said; a turn inside the period is never called by the old word.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from holdfast.analytics.claims.baseline import Baseline, Judging, baselines
from holdfast.analytics.claims.doubts import doubt
from holdfast.analytics.claims.measure import Compared
from holdfast.analytics.claims.since import (
    HOLD,
    LEAST_EARLIER,
    LEAST_EXPECTED,
    LIMIT,
    SAME_WAY,
    STEADY_AFTER,
    TURNS,
    WINDOW,
    Kind,
    Month,
    Since,
    base_ratio,
    holds_without_strongest,
    without_strongest,
)

IMPROVING: Final = "improving"
IMPROVED: Final = "improved and steady since"
WORSENING: Final = "worsening"
WORSENED: Final = "worsened and steady since"
BOTH_WAYS: Final = "signs point both ways"
NO_CLEAR_CHANGE: Final = "no clear change"
UNUSUAL: Final = "an unusual month, check it"
TOO_EARLY: Final = "too early to say"
TOO_LITTLE: Final = "too little to tell"
DO_NOT_CLAIM: Final = "do not claim"
NEITHER: Final = "changing, which is neither good nor bad"
CLAIMS: Final = (
    IMPROVING,
    IMPROVED,
    WORSENING,
    WORSENED,
    BOTH_WAYS,
    NO_CLEAR_CHANGE,
    UNUSUAL,
    TOO_EARLY,
    TOO_LITTLE,
    DO_NOT_CLAIM,
    NEITHER,
)
BETTER: Final = frozenset({IMPROVING, IMPROVED})
WORSE: Final = frozenset({WORSENING, WORSENED})
CHANGED: Final = BETTER | WORSE | {BOTH_WAYS, NEITHER}
"""The words of a process that is not, or not only, as it was before the notice."""
HARDLY_SEEN: Final = (0.2, 0.5)
"""Where the smallest change that could be seen is more than so much of a share, or than so large a part of a count,
too little is counted to tell. Our own lines."""


@dataclass(frozen=True)
class Verdict:
    """A word, its reason by name, and what it rests on. Month numbers count months; shares are 0 to 1 (or counts).

    now: the months that carry the word against the baseline. before: those before a turn. base_ratio: how many times
    as many were counted as in the baseline's months. smallest: the least change that could be seen by the notice's end.
    """

    word: str
    reason: str
    direction: int = 0
    now: Compared | None = None
    first: int | None = None
    last: int | None = None
    since: int | None = None
    before: Compared | None = None
    base_ratio: float | None = None
    smallest: float | None = None
    spread: float = 1.0
    baseline: Baseline | None = None
    n_since: int = 0


def decide(months: Sequence[Month], kind: Kind, judging: Judging, points_needed: int, last_beyond: int = 0) -> Verdict:
    """The word for a series of months in order. `last_beyond`: which way its last month is outside the chart's limits.

    The months are whole figures, hidden from nobody: a word is the same for every reader.
    """
    if not months:
        return Verdict(TOO_EARLY, "no months")
    usable = {month.at for month in months if month.is_usable}
    held = baselines({month.at for month in months}, usable, judging, points_needed)
    if not held:
        return Verdict(TOO_EARLY, "no notice" if judging.notice_on is None else "short baseline")
    since = Since(months, held[-1], kind)
    n_since = len(since.months)
    if not n_since:
        return Verdict(TOO_EARLY, "no months since", baseline=held[-1])
    window = since.window()
    now = since.compare(window)
    base = Verdict(
        TOO_EARLY,
        "small numbers",
        now=now,
        first=window[0].at,
        last=window[-1].at,
        base_ratio=base_ratio(since, window),
        spread=since.measure.spread,
        baseline=held[-1],
        n_since=n_since,
    )
    if now is None or not _is_enough(now, kind):
        return base
    base = replace(base, smallest=_smallest(since))
    found = _turn(since, base) or _claim(since, base, judging, last_beyond)
    return found if found is not None else _unclaimed(since, base, last_beyond)


def _is_enough(now: Compared, kind: Kind) -> bool:
    """Whether enough are expected in (and out) for the comparison to be fair: by the share of both together."""
    share = (now.n_in + now.n_in_before) / (now.n + now.n_before)
    if kind.is_count:
        return share * now.n >= LEAST_EXPECTED
    if share in (0.0, 1.0):
        return True
    return min(share, 1 - share) * now.n >= LEAST_EXPECTED


def _smallest(since: Since) -> float:
    """The least change that twelve months would show in four cases of five."""
    base = since.base
    n = sum(since.cell(month).n for month in base)
    twelve = n * WINDOW / len(base)
    if since.kind.is_stock:
        n, twelve = n / len(base), twelve / WINDOW
    return (LIMIT + 0.84) * since.measure.error_of(twelve, n, WINDOW)


def _turn(since: Since, base: Verdict) -> Verdict | None:
    """A change that the earlier months carried and the latest undo, however many. None when there is no such turn."""
    for moved, recent, earlier in _splits(since):
        was = since.passes(earlier, LIMIT)
        if was * moved >= 0 or not holds_without_strongest(since, earlier, was):
            continue
        beyond = since.passes(recent, LIMIT)
        if beyond == -was and holds_without_strongest(since, recent, beyond):
            past = replace(base, now=since.compare(recent), first=recent[0].at, last=recent[-1].at, direction=beyond)
            word = _word(since.kind, beyond, is_steady=False)
            return replace(past, word=word, reason="turned past", since=recent[0].at)
        return _both_ways(since, replace(base, direction=was), recent, earlier)
    return None


def _splits(since: Since) -> list[tuple[float, list[Month], list[Month]]]:
    """Where the last months leave those before them by as much as TURNS asks: how far, and both; the furthest first.

    One month is never enough: without the one that says it loudest they must still lean that way.
    """
    found = []
    for n_recent, limit in TURNS.items():
        recent, earlier = since.months[-n_recent:], since.months[:-n_recent][-WINDOW:]
        if len(earlier) < LEAST_EARLIER:
            continue
        moved = since.turned(recent, earlier)
        if abs(moved) < limit:
            continue
        way = 1 if moved > 0 else -1
        if way * since.turned(without_strongest(since, recent, way), earlier) >= SAME_WAY:
            found.append((moved, recent, earlier))
    return sorted(found, key=lambda split: -abs(split[0]))


def _claim(since: Since, base: Verdict, judging: Judging, last_beyond: int) -> Verdict | None:
    """What the comparison says and everything that could undo it does not. None when the comparison says nothing."""
    direction = _said(since)
    if not direction:
        return None
    found = replace(base, direction=direction, reason="compared")
    if not holds_without_strongest(since, since.window(), direction):
        return replace(found, word=UNUSUAL, reason="one month carries it")
    if last_beyond == -direction:
        return replace(found, word=BOTH_WAYS, reason="last month beyond")
    reason = doubt(since, direction, base.base_ratio, judging)
    if reason:
        return replace(found, word=DO_NOT_CLAIM, reason=reason)
    return _worded(since, found)


def _said(since: Since) -> int:
    """Which way the comparison stands: past LIMIT at two months running, now or earlier and held at HOLD ever since."""
    direction = since.passes(since.window(), HOLD)
    for n_left_out in range(len(since.months)):
        if not direction or since.passes(since.window(n_left_out), HOLD) != direction:
            return 0
        if all(since.passes(since.window(n_left_out + more), LIMIT) == direction for more in (0, 1)):
            return direction
    return 0


def _worded(since: Since, found: Verdict) -> Verdict:
    """The word for a change that stands: going on, a new level that has been steady since a month, or turning back.

    It is a new level when it is old enough and its later half is no further on than its earlier one.
    """
    tail = _tail(since, found.direction)
    moved = 0.0
    if len(tail) >= STEADY_AFTER:
        half = min(WINDOW, len(tail) // 2)
        recent, earlier = tail[-half:], tail[-2 * half : -half]
        moved = found.direction * since.turned(recent, earlier)
        if moved <= -TURNS[half]:
            return _both_ways(since, found, recent, earlier)
    is_steady = len(tail) >= STEADY_AFTER and moved < HOLD and not (moved >= SAME_WAY and _still_going(since, found))
    return replace(found, word=_word(since.kind, found.direction, is_steady=is_steady), since=tail[0].at)


def _still_going(since: Since, found: Verdict) -> bool:
    """Whether the later half of all the judged months is further on than the earlier half."""
    half = min(WINDOW, len(since.months) // 2)
    recent, earlier = since.months[-half:], since.months[-2 * half : -half]
    return found.direction * since.turned(recent, earlier) >= HOLD


def _both_ways(since: Since, found: Verdict, recent: Sequence[Month], earlier: Sequence[Month]) -> Verdict:
    return replace(
        found,
        word=BOTH_WAYS,
        reason="turn",
        now=since.compare(recent),
        first=recent[0].at,
        last=recent[-1].at,
        before=since.compare(earlier),
        since=recent[0].at,
    )


def _word(kind: Kind, direction: int, *, is_steady: bool) -> str:
    if kind.polarity == "neither":
        return NEITHER
    if kind.is_better(direction):
        return IMPROVED if is_steady else IMPROVING
    return WORSENED if is_steady else WORSENING


def _tail(since: Since, way: int) -> list[Month]:
    """The months from the one from which they differ most from the baseline, taken together."""
    best, start = 0.0, len(since.months) - 1
    total, weight = 0.0, 0.0
    for place in range(len(since.months) - 1, -1, -1):
        cell = since.cell(since.months[place])
        same = since.measure.by_place[cell.place]
        n_before = sum(before.n for before in same)
        usual = sum(before.n_in for before in same) / n_before if n_before else since.measure.share
        total, weight = total + way * (cell.n_in - cell.n * usual), weight + cell.n
        if weight and total / weight**0.5 > best:
            best, start = total / weight**0.5, place
    return since.months[start:]


def _unclaimed(since: Since, base: Verdict, last_beyond: int) -> Verdict:
    """No claim: an unusual last month that is worth a look, too few months, too few counted, or no clear change."""
    last = since.months[-1]
    few = last.n_in if since.kind.is_count else min(last.n_in, last.n_not)
    if last_beyond and few > LEAST_EXPECTED:
        return replace(base, word=UNUSUAL, reason="beyond limits", direction=last_beyond, first=last.at)
    if len(since.months) < 2:
        return replace(base, word=TOO_EARLY, reason="one month since")
    if _is_hardly_seen(since, base.smallest or 0.0):
        return replace(base, word=TOO_LITTLE, reason="hardly seen")
    return replace(base, word=NO_CLEAR_CHANGE, reason="no clear change")


def _is_hardly_seen(since: Since, smallest: float) -> bool:
    """Whether only so large a change could be seen that "no clear change" would say nothing."""
    of_share, of_count = HARDLY_SEEN
    return smallest > (of_count * since.measure.share if since.kind.is_count else of_share)
