"""Many indicators at once: how many luck would call better or worse, and which still stand when that is allowed for.

Pure functions over words and how likely each is by chance; not here: one indicator's word (verdict). Rule: the list
that leads a paper is the shorter one, and it says how long the longer one was.
"""

from collections.abc import Mapping
from math import ceil, erfc, floor, log10, sqrt
from typing import Final, Protocol

from holdfast.analytics.claims.verdict import BETTER, TOO_EARLY, WORSE, Verdict

BY_LUCK_A_YEAR: Final = 0.05
"""The part of unchanged series called better or worse at some month of a year. Measured in the middle of claims.md's
worlds: 1 to 3 per cent where months vary by chance or by family, up to 9 where noise lasts."""
FAMILY_LEVEL: Final = 0.05
SMALLEST: Final = 1e-300
"""Anything less is as good as nought; and near the least number there is, no figure of it can be rounded."""

NONE_JUDGED: Final = "No indicator can be judged against the months before the notice yet."


class Worded(Protocol):
    """A word, and how likely so large a difference is if nothing changed (None: no comparison was made)."""

    @property
    def claim(self) -> str: ...
    @property
    def chance(self) -> float | None: ...


def chance(verdict: Verdict) -> float | None:
    """How likely so large a difference is if nothing changed: one figure, rounded up. None: nothing is compared."""
    if verdict.now is None or verdict.word == TOO_EARLY:
        return None
    likely = erfc(abs(verdict.now.z) / sqrt(2))
    if likely < SMALLEST:
        return 0.0
    place = -floor(log10(likely))
    return float(round(ceil(round(likely * 10**place, 6)) / 10**place, place))


def by_luck_words(n_judged: int) -> str:
    """What luck alone would do to so many indicators judged, in a sentence; that none can be where none is."""
    if not n_judged:
        return NONE_JUDGED
    expected = n_judged * BY_LUCK_A_YEAR
    of = f"Of the {n_judged} indicators judged" if n_judged > 1 else "Of the one indicator judged"
    if expected < 0.75:
        years = round(1 / expected)
        when = f"in about {years} years" if years > 1 else "in about a year"
        return f"{of}, luck alone would make one look changed {when}."
    return f"{of}, luck alone would make about {round(expected)} look changed in a year."


def headline_list(found: Mapping[str, Worded]) -> tuple[str, ...]:
    """The indicators whose better or worse still stands among so many: Holm's step-down at 5 per cent over all judged.

    In the order given. Source: Holm (1979).
    """
    n_judged = sum(each.chance is not None for each in found.values())
    said = ((each.chance, name) for name, each in found.items() if each.claim in BETTER | WORSE)
    kept: set[str] = set()
    for place, (likely, name) in enumerate(sorted((likely, name) for likely, name in said if likely is not None)):
        if likely > FAMILY_LEVEL / (n_judged - place):
            break
        kept.add(name)
    return tuple(name for name in found if name in kept)


def headline_words(found: Mapping[str, Worded]) -> str:
    """What a short list must say of the long one: how many were judged, said to have changed, and still stand."""
    n_judged = sum(each.chance is not None for each in found.values())
    said = [name for name, each in found.items() if each.claim in BETTER | WORSE and each.chance is not None]
    if not n_judged:
        return NONE_JUDGED
    judged = f"Of the {n_judged} indicators judged" if n_judged > 1 else "Of the one indicator judged"
    if not said:
        return f"{judged}, none can be called better or worse."
    left_out = [name for name in said if name not in headline_list(found)]
    claims = {found[name].claim for name in said}
    sides = [word for word, its in (("better", BETTER), ("worse", WORSE)) if claims & its]
    opening = f"{judged}, {len(said)} can be called {' or '.join(sides)}"
    if not left_out:
        return f"{opening}, and luck among so many does not explain {'it' if len(said) == 1 else 'any of them'}."
    which = ", ".join(left_out)
    return f"{opening}; among so many, luck could explain {len(left_out)} of them ({which}), which are left out here."
