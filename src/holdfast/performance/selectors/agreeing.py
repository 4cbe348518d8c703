"""How far two gradings of the same cases agree, in words, for the room that audits.

Rule: each coefficient with its base and interval; kappa never without AC2 beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from holdfast import analytics
from holdfast.performance.selectors.shares import Share, share_of

NONE = "Too few to say"


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
    found = analytics.grading_agreement(pairs, n_points)
    return AgreementWords(
        n=found.n,
        matrix=found.matrix,
        same=share_of(found.n_exact, found.n),
        near=share_of(found.n_adjacent, found.n),
        kinder=share_of(found.n_kinder, found.n),
        harsher=share_of(found.n_harsher, found.n),
        kappa=_words(found.kappa),
        ac2=_words(found.ac2),
        shift=_words(found.shift),
    )


def _words(estimate: analytics.Estimate | None) -> str:
    if estimate is None:
        return NONE
    low, high = estimate.interval
    return f"{estimate.value:.2f} (95% interval {low:.2f} to {high:.2f})"
