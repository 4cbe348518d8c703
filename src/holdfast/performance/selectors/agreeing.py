"""How far two gradings of the same cases agree, in words, for the room that audits.

Rule: each coefficient with its base and interval; kappa never without AC2 beside it; of too few cases none is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from holdfast import analytics
from holdfast.performance.selectors.shares import Share, share_of

TOO_FEW: Final = "Too few to say"
WHY_TOO_FEW: Final = "Of fewer cases than are needed, chance alone moves a coefficient too far to be read."
FEWEST_FOR_A_SHIFT: Final = 5
"""Of fewer cases one alone moves the mean by more than a fifth of a grade."""


def fewest_for_a_coefficient(n_points: int) -> int:
    """Twice the square of the scale's points: below it the interval of a weighted kappa is narrower than the luck.

    Source: the rule of Cicchetti (1981) on minimal sample sizes of weighted kappa, quoted from memory: unverified.
    """
    return 2 * n_points**2


@dataclass(frozen=True)
class AgreementWords:
    """Two gradings of n cases: the same grade, at most one apart, the first kinder; coefficients and shift in words."""

    n: int
    matrix: Sequence[Sequence[int]]
    same: Share
    near: Share
    kinder: Share
    harsher: Share
    kappa: str
    ac2: str
    shift: str


def agreement_words(pairs: Sequence[tuple[int, int]], n_points: int) -> AgreementWords:
    """The agreement of pairs of positions (0 the best) on a scale of n_points. Raises ValueError off the scale."""
    found, fewest = analytics.grading_agreement(pairs, n_points), fewest_for_a_coefficient(n_points)
    return AgreementWords(
        n=found.n,
        matrix=found.matrix,
        same=share_of(found.n_exact, found.n),
        near=share_of(found.n_adjacent, found.n),
        kinder=share_of(found.n_kinder, found.n),
        harsher=share_of(found.n_harsher, found.n),
        kappa=_words(found.kappa, found.n, fewest),
        ac2=_words(found.ac2, found.n, fewest),
        shift=_words(found.shift, found.n, FEWEST_FOR_A_SHIFT),
    )


def _words(estimate: analytics.Estimate | None, n: int, fewest: int) -> str:
    if n < fewest:
        return f"{TOO_FEW}: {fewest} needed"
    if estimate is None:
        return "Not defined: every case has one and the same grade"
    if not estimate.error:  # as every case moved alike: how far another would is not told by these
        return f"{estimate.value:.2f} in each of {n:,} cases, which gives no interval"
    low, high = (f"{end:.2f}" for end in estimate.interval)
    return f"{estimate.value:.2f} (95% interval {analytics.from_to(low, high)})"
