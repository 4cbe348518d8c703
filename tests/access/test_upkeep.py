"""Backups and verifications are noted in the trail, by the machine alone, and read by administrators."""

from datetime import UTC, date, datetime

import pytest

from holdfast.access.checking import check_records
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.upkeep import Upkeep, note_backup, note_verified, upkeep

pytestmark = pytest.mark.django_db

SUNDAY, MONDAY = (datetime(2031, 6, day, 2, tzinfo=UTC) for day in (8, 9))
CODE = "westmere-2031"


def test_what_was_never_done_is_never_said_to_be_well(programme, people) -> None:
    assert upkeep(people["administrator"], CODE) == Upkeep(None, None, "")


def test_the_last_of_each_counts_with_what_it_found(programme, people) -> None:
    note_backup(by=SYSTEM, at=SUNDAY, n_files=12, sha256="a" * 64)
    note_verified(by=SYSTEM, at=SUNDAY, n_problems=1)
    sunday = date(2031, 6, 8)
    assert upkeep(people["administrator"], CODE) == Upkeep(sunday, sunday, "1 problem")
    note_verified(by=SYSTEM, at=MONDAY, n_problems=0)
    assert upkeep(people["administrator"], CODE) == Upkeep(sunday, date(2031, 6, 9), "")


def test_nobody_but_the_machine_notes_it_and_nobody_but_an_administrator_reads_it(programme, people) -> None:
    with pytest.raises(Refused):
        note_backup(by=people["administrator"], at=SUNDAY, n_files=1, sha256="a" * 64)
    with pytest.raises(Refused):
        note_verified(by=people["administrator"], at=SUNDAY, n_problems=0)
    with pytest.raises(Refused):
        upkeep(people["elected-member"], CODE)


def test_an_installation_that_holds_nothing_yet_is_sound_however_often_it_is_verified() -> None:
    note_verified(by=SYSTEM, at=SUNDAY, n_problems=0)
    assert list(check_records()) == []
