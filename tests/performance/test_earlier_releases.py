"""A link from a frozen report names its release: the page shows that release, and no more of it than is safe."""

from collections.abc import Callable
from typing import Any

import pytest

from holdfast.performance.models import Release

ALICE, BOB = "performance-analyst", "elected-member"
INDICATOR = "/westmere-2031/indicators/I04/"
ClientFor = Callable[[str], Any]


def add_second(first: Release, state: str) -> Release:
    """A second release with the figures of the first: what it holds makes no difference here."""
    kept = {field.attname: getattr(first, field.attname) for field in Release._meta.concrete_fields}
    return Release.objects.create(**kept | {"id": None, "number": 2, "state": state})


@pytest.fixture
def later(published: Release) -> Release:
    """A second release, published, so that the first is no longer the last."""
    return add_second(published, Release.State.PUBLISHED)


def shown(client: Any, path: str) -> str:
    return str(client.get(path).content.decode())


@pytest.mark.parametrize("path", [INDICATOR, "/westmere-2031/indicators/"])
def test_a_page_shows_the_release_that_its_address_names(later: Release, client_for: ClientFor, path: str) -> None:
    for person in (ALICE, BOB):
        assert "release 1 (" in shown(client_for(person), f"{path}?release=1").partition("<main")[2]
        assert "release 2 (" in shown(client_for(person), path).partition("<main")[2]


def test_the_csv_and_the_records_of_an_earlier_release_are_its_own(later: Release, client_for: ClientFor) -> None:
    alice = client_for(ALICE)
    assert f"{INDICATOR}figures.csv?release=1" in shown(alice, f"{INDICATOR}?release=1")
    assert "-release-1.csv" in alice.get(f"{INDICATOR}figures.csv?release=1")["Content-Disposition"]
    assert "release 1 (" in shown(alice, f"{INDICATOR}cases/?release=1").partition("<main")[2]


def test_an_earlier_release_is_not_broken_down_where_small_counts_are_hidden(
    later: Release, client_for: ClientFor
) -> None:
    bob = client_for(BOB)
    assert "could give small counts away" in shown(bob, f"{INDICATOR}?release=1&by=sex")
    assert bob.get(f"{INDICATOR}figures.csv?release=1&by=sex").status_code == 404
    assert bob.get(f"{INDICATOR}figures.csv?release=2&by=sex").status_code == 200
    assert client_for(ALICE).get(f"{INDICATOR}figures.csv?release=1&by=sex").status_code == 200


def test_a_draft_and_a_release_that_is_not_there_show_nothing(published: Release, client_for: ClientFor) -> None:
    add_second(published, Release.State.DRAFT)
    assert client_for(BOB).get(f"{INDICATOR}?release=2").status_code == 403
    assert client_for(BOB).get(f"{INDICATOR}figures.csv?release=2").status_code == 403
    assert "no release 9" in shown(client_for(BOB), f"{INDICATOR}?release=9")
    assert client_for(BOB).get(f"{INDICATOR}?release=x").status_code == 200
