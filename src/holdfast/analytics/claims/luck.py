"""Many indicators at once: how many luck would call better or worse, and which still stand when that is allowed for.

Pure functions over assessments; not here: one indicator's word (verdict). Rule: the list that leads a paper is the
shorter one.
"""

from collections.abc import Mapping
from math import erfc, sqrt
from typing import Final

from holdfast.analytics.claims.assessment import Assessment
from holdfast.analytics.claims.verdict import BETTER, TOO_EARLY, WORSE

BY_LUCK_A_YEAR: Final = 0.05
"""The part of unchanged series called better or worse at some month of a year. Measured in the middle of claims.md's
worlds: 1 to 3 per cent where months vary by chance or by family, up to 9 where noise lasts."""
FAMILY_LEVEL: Final = 0.05


def by_luck_words(n_indicators: int) -> str:
    """What luck alone would do to so many indicators, in a sentence."""
    expected = n_indicators * BY_LUCK_A_YEAR
    if expected < 0.75:
        years = round(1 / expected)
        return f"Of {n_indicators} indicators, luck alone would make one look changed in about {years} years."
    n = round(expected)
    return f"Of {n_indicators} indicators, luck alone would make about {n} look changed in a year."


def headline_list(assessments: Mapping[str, Assessment]) -> tuple[str, ...]:
    """The indicators whose better or worse still stands among so many: Holm's step-down at 5 per cent over all judged.

    In the order given. Source: Holm (1979).
    """
    judged = {name: each for name, each in assessments.items() if each.claim != TOO_EARLY and each.verdict.now}
    said = [name for name, each in judged.items() if each.claim in BETTER | WORSE]
    chances = sorted((_chance(each), name) for name, each in judged.items() if name in said)
    kept: set[str] = set()
    for place, (chance, name) in enumerate(chances):
        if chance > FAMILY_LEVEL / (len(judged) - place):
            break
        kept.add(name)
    return tuple(name for name in assessments if name in kept)


def _chance(assessment: Assessment) -> float:
    """How likely so large a difference is if nothing changed, either way."""
    now = assessment.verdict.now
    return erfc(abs(now.z) / sqrt(2)) if now is not None else 1.0
