"""Who holds which role, over what, from when to when; and that nothing else grants anything."""

import pytest

from holdfast.access.doors import may, permissions
from holdfast.access.permissions import Permission
from holdfast.access.roles import ROLES


@pytest.mark.parametrize("role", ROLES)
def test_a_role_grants_its_permissions_in_its_programme_and_none_in_another(role, people, second_programme):
    account = people[role]

    assert permissions(account, "westmere-2031") == ROLES[role].permissions
    if ROLES[role].scopes[0] != "installation":
        assert permissions(account, second_programme.code) == frozenset()


def test_an_account_with_no_role_may_do_nothing(people):
    assert permissions(people["nobody"], "westmere-2031") == frozenset()


def test_every_role_in_another_programme_is_none_in_this_one(people):
    assert permissions(people["elsewhere"], "westmere-2031") == frozenset()
    assert may(people["elsewhere"], Permission.SEE_CHILD_RECORDS, "eastholt-2031")
