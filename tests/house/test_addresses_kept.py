"""No address is lost unnoticed: people keep links, and papers print them."""

from pathlib import Path

from house.ground import addresses

LIST = Path(__file__).with_name("urls.txt")


def test_every_address_that_was_ever_given_still_answers():
    """Promise: an address, once given, stays. To add one, add its line to urls.txt; to take one away, redirect it."""
    listed = {line for line in LIST.read_text().splitlines() if line}
    there = {one.line for one in addresses()}
    assert not listed - there, f"these addresses are gone: {sorted(listed - there)}"
    assert not there - listed, "add these lines to tests/house/urls.txt:\n" + "\n".join(sorted(there - listed))


def test_every_address_has_a_name_of_its_own():
    """Promise: a link is made from a name, so a name means one address."""
    names = [one.name for one in addresses()]
    assert "" not in names
    assert len(names) == len(set(names)), sorted({name for name in names if names.count(name) > 1})


def test_one_name_from_end_to_end():
    """Promise: the name of an address is the name of the view function (sign-in pages keep allauth's names)."""
    differ = [
        f"{one.name} is {one.view.__name__}"
        for one in addresses()
        if one.view.__module__.startswith("holdfast.") and one.view.__name__ != one.name
    ]
    assert not differ, differ
