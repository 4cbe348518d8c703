"""What is kept between pages: made anew when something changed, never another reader’s, never what failed."""

from datetime import date
from typing import Any

import pytest

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, lent
from holdfast.access.permissions import Permission
from holdfast.access.trail import record_read
from holdfast.organisation import services as organisation
from holdfast.pages import kept
from holdfast.pages.kept import keep


class Counted:
    """Something to make, that counts how often it was made."""

    n = 0

    def __call__(self) -> int:
        self.n += 1
        return self.n


def test_it_is_made_anew_only_when_something_was_written(pages_are_kept: None, people: Any, programme: Any) -> None:
    make, chair = Counted(), people["board-chair"]
    assert [keep("a page", chair, programme.code, make) for _ in range(2)] == [1, 1]
    record_read(chair, what="saw a worklist", programme=programme.code, subject="It changes nothing")
    assert keep("a page", chair, programme.code, make) == 1
    organisation.add_team(by=SYSTEM, at=clock.now(), programme=programme, code="north", name="North")
    assert keep("a page", chair, programme.code, make) == 2


def test_each_name_day_programme_and_question_has_its_own(pages_are_kept: None, people: Any, settings: Any) -> None:
    make, chair = Counted(), people["board-chair"]
    settings.HOLDFAST_TODAY = date(2031, 6, 1)
    asked = [("a page", "westmere-2031", None), ("another", "westmere-2031", None), ("a page", "eastholt-2031", None)]
    made = [keep(what, chair, code, make, also=also) for what, code, also in [*asked, ("a page", "westmere-2031", 7)]]
    settings.HOLDFAST_TODAY = date(2031, 6, 2)
    assert [*made, keep("a page", chair, "westmere-2031", make)] == [1, 2, 3, 4, 5]


def test_what_one_reader_may_see_is_never_given_to_who_may_see_less(pages_are_kept: None, people: Any) -> None:
    roles = ("board-chair", "elected-member", "performance-analyst", "nobody")
    for _ in range(2):
        seen = [keep("a page", people[role], "westmere-2031", lambda role=role: role) for role in roles]
        assert seen == list(roles)
    member = people["elected-member"]
    with lent(member, Permission.SEE_SMALL_COUNTS, "westmere-2031"):
        assert keep("a page", member, "westmere-2031", lambda: "lent") == "lent"
    assert keep("a page", member, "westmere-2031", lambda: "own") == "elected-member"


def test_what_cannot_be_made_is_asked_for_again(pages_are_kept: None, people: Any) -> None:
    with pytest.raises(ZeroDivisionError):
        keep("a page", people["director"], "westmere-2031", lambda: 1 // 0)
    assert keep("a page", people["director"], "westmere-2031", lambda: 1) == 1


def test_the_oldest_goes_when_there_is_no_more_room(
    pages_are_kept: None, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 2)
    make = Counted()
    for what in ("one", "two", "three", "two", "one"):
        keep(what, people["director"], "westmere-2031", make)
    assert make.n == 4
