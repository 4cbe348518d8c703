"""A child is a reference, in the store's files and nowhere else: not the database, a log, a message, or the trail."""

import logging
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from holdfast.jobs import queue

MARK = "CHILD-0000"
"""Every child of tests/performance/census.py is CHILD- and six figures."""


@pytest.mark.django_db
def test_reading_a_return_leaves_no_child_in_the_database_or_the_log(
    furnished: Any, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Promise: child references live only in Parquet in the store, and in the originals beside it."""
    rows = [
        f"{model.__name__}: {row}"
        for model in apps.get_models(include_auto_created=True)
        for row in model._base_manager.values_list()
        if MARK in str(row)
    ]
    assert not rows, rows
    said = caplog.text + "".join(capfd.readouterr())
    assert MARK not in said


@pytest.mark.django_db
@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("<LAchildID>CHILD-000003", "<LAchildID>CHILD-000003<wrong>", 1),
        lambda text: text.replace("2005-05-01", "CHILD-000007", 3),
        lambda text: text.replace("<ReferralSource>1A", "<ReferralSource>CHILD-000004", 1),
    ],
    ids=["cut short", "malformed", "a child where a date should be", "a child where a code should be"],
)
def test_a_damaged_return_says_what_is_wrong_without_saying_about_whom(
    programme: Any, tmp_path: Path, settings: Any, caplog: pytest.LogCaptureFixture, damage: Any
) -> None:
    """Promise: never a child's data in a message, a fault's words, a log or the trail."""
    from holdfast.access import clock
    from holdfast.access.doors import SYSTEM
    from holdfast.performance.selectors import returns
    from holdfast.performance.services import intake
    from performance import census

    settings.HOLDFAST_DATA = tmp_path / "data"
    settings.HOLDFAST_DATA.mkdir()
    programme.council.code = census.AUTHORITY
    programme.council.save()
    caplog.set_level(logging.DEBUG)
    file = census.write(tmp_path / "sent", damage(census.census(n_children=8)), "census.xml")
    returned = intake.submit_return(by=SYSTEM, at=clock.now(), programme=programme, file=file, name="census.xml")

    queue.work(until_empty=True)

    returned.refresh_from_db()
    assert returned.state in (returned.State.READ, returned.State.REFUSED)
    assert MARK not in returned.reason
    assert MARK not in caplog.text
    for model in apps.get_models(include_auto_created=True):
        assert MARK not in str(list(model._base_manager.values_list())), model.__name__
    if returned.state == returned.State.READ:
        rules = returns.faults(SYSTEM, programme.code, returned.number).rules
        assert MARK not in str([rule.words for rule in rules])
