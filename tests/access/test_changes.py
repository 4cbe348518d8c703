"""What was last changed, table by table: a stamp that holds until a service has written to one of its tables."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from holdfast.access import actions, changes, clock, trail
from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Agency, Programme, Team

AT = datetime(2031, 4, 5, 9, 30, tzinfo=UTC)
TEAMS, AGENCIES, ALL = ("organisation.team",), ("organisation.agency",), (changes.ANY,)


def stamp(tables: Any, programme: str = "westmere-2031") -> changes.Stamp:
    return changes.followed().stamp(programme, tables)


def append(action: str, programme: str) -> None:
    with transaction.atomic():
        trail.append(by=None, at=AT, action=action, programme=programme, subject="x", detail={})


def add_team(programme: Any, code: str = "north") -> Any:
    return organisation.add_team(by=SYSTEM, at=clock.now(), programme=programme, code=code, name=code)


@pytest.mark.django_db
def test_any_change_passes_over_sign_ins_looks_and_other_programmes() -> None:
    actions.register_actions({"saw a thing": "{who} saw a thing."})
    before = stamp(ALL, "p")
    for action, programme in (("signed in", ""), ("saw a thing", "p"), ("refused", "p"), ("action done", "q")):
        append(action, programme)
    assert stamp(ALL, "p") == before
    seen = [before]
    for action, programme in (("action done", "p"), ("account closed", "")):
        append(action, programme)
        seen.append(stamp(ALL, "p"))
    assert len(set(seen)) == 3


def test_a_table_has_changed_when_a_service_wrote_to_it_and_no_other_has(programme: Any) -> None:
    before = [stamp(tables) for tables in (TEAMS, AGENCIES, ALL)]
    add_team(programme)
    after = [stamp(tables) for tables in (TEAMS, AGENCIES, ALL)]
    assert [now == then for now, then in zip(after, before, strict=True)] == [False, True, False]
    assert stamp([*AGENCIES, *TEAMS]) == stamp(TEAMS)


def test_what_was_undone_and_written_otherwise_is_another_change(programme: Any) -> None:
    stamp(TEAMS)
    with transaction.atomic():
        add_team(programme)
        undone = stamp(TEAMS)
        transaction.set_rollback(True)
    before = stamp(TEAMS)
    add_team(programme, "south")
    assert len({undone, before, stamp(TEAMS)}) == 3


def test_within_one_request_the_trail_is_followed_once_and_again_after_a_write(
    programme: Any, django_assert_num_queries: Any
) -> None:
    with changes.one_reading():
        before = stamp(TEAMS)
        with django_assert_num_queries(0):
            assert stamp(TEAMS) == before
        add_team(programme)
        assert stamp(TEAMS) != before
    with django_assert_num_queries(1):
        stamp(ALL)


def test_what_is_made_names_the_tables_that_it_read_and_what_their_rows_lead_to(programme: Any) -> None:
    with changes.noting() as outer:
        with changes.noting() as inner:
            list(Team.objects.filter(programme__council__name="nowhere"))
        list(Agency.objects.all())
    assert {"organisation.team", "organisation.programme", "organisation.council"} <= inner
    assert "organisation.agency" not in inner
    assert inner | {"organisation.agency"} <= outer
    with changes.noting() as unread:
        pass
    assert unread == set()


def test_what_cannot_be_told_apart_by_table_follows_from_every_change(programme: Any) -> None:
    for read in (lambda: list(Session.objects.all()), lambda: connection.cursor().execute("SELECT 1")):
        with changes.noting() as tables:
            read()
        assert changes.ANY in tables
    with changes.noting() as tables:
        stamp(ALL)
        Programme.objects.exists()
        Account.objects.exists()
    assert changes.ANY not in tables
