"""The performance room's pages: returns, releases, indicators and the records behind them."""

from holdfast.performance.views.indicators import cases, definitions, indicator, indicator_csv, scorecard
from holdfast.performance.views.releases import calculate_release, publish_release, release_page, releases
from holdfast.performance.views.returns import (
    accept_loss,
    confirm_authority,
    faults,
    return_page,
    returns,
    submit_return,
)

__all__ = [
    "accept_loss",
    "calculate_release",
    "cases",
    "confirm_authority",
    "definitions",
    "faults",
    "indicator",
    "indicator_csv",
    "publish_release",
    "release_page",
    "releases",
    "return_page",
    "returns",
    "scorecard",
    "submit_return",
]
