"""Addresses are looked up once; who may open one is asked every time."""

import pytest
from django.urls import NoReverseMatch

from holdfast.access.doors import Grant
from holdfast.pages.addresses import address, open_address


class Reader:
    """Somebody who holds one role over one programme."""

    is_authenticated = True

    def __init__(self, role: str, programme: str) -> None:
        self._holdfast_grants = (Grant(role, programme),)


def test_an_address_says_where_a_page_is() -> None:
    assert address("requirement", "westmere-2031", "R12") == "/westmere-2031/notice/requirements/R12/"
    assert address("requirement", "eastmere-2031", "R12") == "/eastmere-2031/notice/requirements/R12/"


def test_a_page_that_nobody_has_is_raised_every_time() -> None:
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            address("no_such_page")


def test_one_readers_open_door_opens_for_no_other() -> None:
    analyst, member = Reader("performance-analyst", "westmere-2031"), Reader("elected-member", "westmere-2031")
    for _ in range(2):
        assert open_address(analyst, "westmere-2031", "releases") == "/westmere-2031/releases/"
        assert open_address(member, "westmere-2031", "releases") == ""
        assert open_address(analyst, "eastmere-2031", "releases") == ""
