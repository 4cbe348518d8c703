"""Every write of the performance room, and the slow work that ends in one.

Here by noun: returns, releases, what was decided. `submit_return`, `ingest_now` and `calculate_release` read or
calculate first, outside any transaction, then call the one service that writes what happened (docs/decisions on jobs).
"""

from holdfast.performance.services.calculation import NothingToCalculate, answer_earlier_releases, calculate_release
from holdfast.performance.services.deciding import NotSet, adopt_definition, rebase_chart, set_target
from holdfast.performance.services.extracting import extract_now
from holdfast.performance.services.intake import Ingested, WorkStopped, ingest_now, submit_return
from holdfast.performance.services.publishing import NotPublishedFigures, receive_published, submit_published
from holdfast.performance.services.releases import CannotPublish, add_release, publish_release, request_release
from holdfast.performance.services.returns import (
    NothingToAccept,
    NothingToConfirm,
    accept_loss,
    confirm_authority,
    receive_return,
    record_reading,
    refuse_return,
)

__all__ = [
    "CannotPublish",
    "Ingested",
    "NotPublishedFigures",
    "NotSet",
    "NothingToAccept",
    "NothingToCalculate",
    "NothingToConfirm",
    "WorkStopped",
    "accept_loss",
    "add_release",
    "adopt_definition",
    "answer_earlier_releases",
    "calculate_release",
    "confirm_authority",
    "extract_now",
    "ingest_now",
    "publish_release",
    "rebase_chart",
    "receive_published",
    "receive_return",
    "record_reading",
    "refuse_return",
    "request_release",
    "set_target",
    "submit_published",
    "submit_return",
]
