"""A share of a small sample, with its interval, in words, for the rooms above that count what people answered.

Not here: figures of children, which come from a release (figures.py). Rule: never a share without its base and its
interval, and none of an empty base.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from holdfast import analytics

NEARLY_NOTHING: Final = 1e-9
"""What an interval of none may be off from nought by the arithmetic alone."""


def whole_percent(share: float) -> str:
    """A share in whole percent; what is not none never reads as 0%, nor what is not all as 100%."""
    if NEARLY_NOTHING < share < 0.005:
        return "under 1%"
    return "over 99%" if 0.995 <= share < 1 - NEARLY_NOTHING else f"{analytics.per_cent(share, 0)}%"


@dataclass(frozen=True)
class Share:
    """n_in of n, as shares from 0 to 1 with the 95 per cent Wilson interval; all None where n is 0."""

    n_in: int
    n: int
    share: float | None
    low: float | None
    high: float | None

    @property
    def of(self) -> str:
        """ "14 of 22"."""
        return f"{self.n_in:,} of {self.n:,}"

    @property
    def interval(self) -> str:
        """ "43% to 80%"; "under 1%" where both ends print the same; "" of nothing."""
        if self.low is None or self.high is None:
            return ""
        return analytics.from_to(whole_percent(self.low), whole_percent(self.high))

    @property
    def words(self) -> str:
        """ "14 of 22, 64% (95% interval 43% to 80%)"; "8 of 6,636, under 1%" where the whole interval prints so."""
        if self.share is None:
            return "none counted"
        share = whole_percent(self.share)
        return f"{self.of}, {share}" if self.interval == share else f"{self.of}, {share} (95% interval {self.interval})"

    @property
    def most_percent(self) -> int:
        """The upper end of the interval in whole percent, rounded up: what a sample that found none leaves room for."""
        return ceil(round(100 * (self.high or 0), 6))

    def of_sample(self, what: str) -> str:
        """The share of a sample in words; none found is never left to read as none: "... up to 25% of them"."""
        if self.share is None or self.n_in:
            return f"{what}: {self.words}."
        most = f"up to {self.most_percent}% of all of them may be so (95% interval)"
        return f"{what}: none found in {self.n:,}. That is not none: {most}."

    @property
    def is_small(self) -> bool:
        """Whether it, or what is left of n, is a count that only those permitted to see small counts may see."""
        return any(count in analytics.SMALL for count in (self.n_in, self.n - self.n_in, self.n))

    @property
    def safe_words(self) -> str:
        """The words for readers who may see no small count: of "c" nothing else is said that gives it away."""
        return analytics.HIDDEN if self.is_small else self.words


def is_hidden(words: str) -> bool:
    """Whether safe words tell nothing."""
    return words == analytics.HIDDEN


def safe_together(shares: Sequence[Share], n: int) -> list[str]:
    """The words of several shares of the same n for readers who may see no small count, in their order.

    A base that is short of n, or of another base that is told, by a small count would give that count away, as where a
    question is asked of those alone who answered another so: such a share is hidden whole.
    """
    told = {n}
    for base in sorted({share.n for share in shares}, reverse=True):
        if not any(abs(base - other) in analytics.SMALL for other in told):
            told.add(base)
    return [share.safe_words if share.n in told else analytics.HIDDEN for share in shares]


MOST_POINTS_APART: Final = 50
"""An interval of a change that is wider than this leaves nearly anything open."""


def change_words(before: Share, after: Share) -> str:
    """What may be said of a fault's share now and before: less or more often, no clear change, too little to tell.

    With both shares, the change in points and its 95 per cent interval; "" where either is of nothing.
    """
    interval = analytics.newcombe(before.n_in, before.n, after.n_in, after.n)
    if interval is None or before.share is None or after.share is None:
        return ""
    low, high, change = (f"{100 * value:+.0f}".replace("-", "−") for value in (*interval, after.share - before.share))
    said = f"{before.of} before, {after.of} now: {change} points (95% interval {analytics.from_to(low, high)})"
    if interval[1] < 0 or interval[0] > 0:
        return f"Found {'less' if interval[1] < 0 else 'more'} often. {said}"
    is_wide = 100 * (interval[1] - interval[0]) > MOST_POINTS_APART
    return f"{'Too little to tell' if is_wide else 'No clear change'}. {said}"


def is_better(before: Share, after: Share, n_asked: int) -> bool | None:
    """Whether a fault is found less often than before: True, False for more often, None where it cannot be told.

    `n_asked`: how many such shares are looked at together. Each has its part of the 5 per cent that luck is left.
    """
    interval = analytics.newcombe(before.n_in, before.n, after.n_in, after.n, 1 - 0.05 / max(n_asked, 1))
    if interval is None or interval[0] <= 0 <= interval[1]:
        return None
    return interval[1] < 0


def share_of(n_in: int, n: int) -> Share:
    """Raises ValueError unless n_in lies between 0 and n."""
    interval = analytics.wilson(n_in, n)
    if interval is None:
        return Share(n_in, n, None, None, None)
    return Share(n_in, n, analytics.shares(n_in, n, 0).known, *interval)
