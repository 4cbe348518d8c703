"""Every read of the performance room. The first argument is the account (or SYSTEM); no permission, no answer.

By noun: returns and their faults, releases, indicators, the cases behind a figure, and whether the store is sound.
"""

from holdfast.performance.selectors.cases import Asked, CasesSeen, cases, cases_asked, cases_data
from holdfast.performance.selectors.cover import days_held, is_held
from holdfast.performance.selectors.indicators import (
    ScorecardLine,
    Series,
    definition_card,
    definition_cards,
    scorecard,
    series,
    series_data,
)
from holdfast.performance.selectors.releases import (
    chosen_release,
    latest_release,
    moves,
    release_to_publish,
    releases,
)
from holdfast.performance.selectors.returns import (
    FaultRule,
    FaultsSeen,
    faults,
    last_calculation,
    one_return,
    open_jobs,
    returns,
)
from holdfast.performance.selectors.sources import sources
from holdfast.performance.selectors.unanswerable import (
    BreakdownNotHeld,
    NoAnswersYet,
    NoRelease,
    NoSuchIndicator,
    NoSuchOutcome,
    NoSuchPeriod,
    NoSuchReturn,
    NotCounted,
    NothingToPublish,
    Unanswerable,
)
from holdfast.performance.selectors.verification import verify_store
from holdfast.performance.selectors.written import interval_words, when_words

__all__ = [
    "Asked",
    "BreakdownNotHeld",
    "CasesSeen",
    "FaultRule",
    "FaultsSeen",
    "NoAnswersYet",
    "NoRelease",
    "NoSuchIndicator",
    "NoSuchOutcome",
    "NoSuchPeriod",
    "NoSuchReturn",
    "NotCounted",
    "NothingToPublish",
    "ScorecardLine",
    "Series",
    "Unanswerable",
    "cases",
    "cases_asked",
    "cases_data",
    "chosen_release",
    "days_held",
    "definition_card",
    "definition_cards",
    "faults",
    "interval_words",
    "is_held",
    "last_calculation",
    "latest_release",
    "moves",
    "one_return",
    "open_jobs",
    "release_to_publish",
    "releases",
    "returns",
    "scorecard",
    "series",
    "series_data",
    "sources",
    "verify_store",
    "when_words",
]
