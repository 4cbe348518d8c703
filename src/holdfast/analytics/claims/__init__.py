"""The engine of claims: which word a series of figures allows, decided whole and told to one reader.

baseline: what the months are judged by; measure: the comparison; verdict: the word; judging: with its chart; years,
words, seen: what is said of it and to whom; luck and late: many indicators, and late records. docs/claims.md has what
each word means and how often it is right.
"""

from holdfast.analytics.claims.assessment import Assessment, assess
from holdfast.analytics.claims.baseline import Judging, Rebase, Target
from holdfast.analytics.claims.judging import Judged, is_mostly_unknown
from holdfast.analytics.claims.late import usual_revision
from holdfast.analytics.claims.luck import by_luck_words, headline_list, headline_words
from holdfast.analytics.claims.targets import distance_words
from holdfast.analytics.claims.verdict import (
    BETTER,
    BOTH_WAYS,
    CLAIMS,
    DO_NOT_CLAIM,
    IMPROVED,
    IMPROVING,
    NEITHER,
    NO_CLEAR_CHANGE,
    TOO_EARLY,
    TOO_LITTLE,
    UNUSUAL,
    WORSE,
    WORSENED,
    WORSENING,
)
from holdfast.analytics.claims.words import TO_PROTECT, n_of_n_words, value_words
from holdfast.analytics.claims.years import YearComparison

__all__ = [
    "BETTER",
    "BOTH_WAYS",
    "CLAIMS",
    "DO_NOT_CLAIM",
    "IMPROVED",
    "IMPROVING",
    "NEITHER",
    "NO_CLEAR_CHANGE",
    "TOO_EARLY",
    "TOO_LITTLE",
    "TO_PROTECT",
    "UNUSUAL",
    "WORSE",
    "WORSENED",
    "WORSENING",
    "Assessment",
    "Judged",
    "Judging",
    "Rebase",
    "Target",
    "YearComparison",
    "assess",
    "by_luck_words",
    "distance_words",
    "headline_list",
    "headline_words",
    "is_mostly_unknown",
    "n_of_n_words",
    "usual_revision",
    "value_words",
]
