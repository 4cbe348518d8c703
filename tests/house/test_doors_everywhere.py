"""Every address has a door, and nobody comes through one that is not for them."""

import pytest
from django.http import HttpResponse

from holdfast.access import doors
from holdfast.access.models import TrailRow
from holdfast.access.permissions import Permission
from holdfast.access.roles import ROLES
from house.ground import Address, addresses

OUTSIDERS = ("nobody", "elsewhere")


def test_every_address_says_who_it_is_for():
    """Promise: no page without a check: `@requires(permission)`, `@signed_in("why")` or `@public("why")`."""
    without = []
    for one in addresses():
        door = getattr(one.view, "door", None)
        if not isinstance(door, Permission) and len(str(door or "").partition(": ")[2]) < 10:
            without.append(one.line)
    assert not without, "these addresses have no door, or one that does not say why: " + ", ".join(without)


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in(client_for):
    """Promise: without signing in, only the pages that say why they are public answer."""
    stranger, let_in = client_for(""), []
    for one in addresses():
        if str(getattr(one.view, "door", "public")).startswith("public"):
            continue
        for ask in (stranger.get, stranger.post):
            response = ask(one.example)
            if response.status_code == 405:
                continue
            if response.status_code != 302 or not response["Location"].startswith("/account/sign-in"):
                let_in.append(f"{one.line}: {response.status_code}")
    assert not let_in, "a stranger got somewhere other than sign-in: " + ", ".join(let_in)


def roles_to_try(one: Address, tried: set[tuple[Permission, bool, str]]) -> list[str]:
    """Whoever must be refused at an address: everywhere those without any role in its programme; and each role without
    its permission at the first address with that door, because a door asks for its permission and the programme alone.
    """
    is_of_a_programme = "<slug:programme>" in one.pattern or "<str:programme>" in one.pattern
    lacking = [role for role, held in ROLES.items() if one.view.door not in held.permissions]
    at_this_door = {(one.view.door, one.view.or_team, role) for role in lacking if is_of_a_programme}
    new = at_this_door - tried
    tried |= new
    return [*OUTSIDERS, *(role for _, _, role in sorted(new, key=str))]


@pytest.mark.django_db
def test_whoever_lacks_the_permission_is_refused_and_the_refusal_is_trailed(client_for, monkeypatch):
    """Promise: no role, a role in another programme, or a role without the permission: 403 at every such address,
    never a page and never a "not found" that came before the check; and the refusal is in the trail."""
    monkeypatch.setattr(doors, "render", lambda *page, status: HttpResponse(status=status))  # looked at elsewhere
    clients = {role: client_for(role) for role in (*OUTSIDERS, *ROLES)}
    wrong, tried = [], set()
    for one in addresses():
        if not isinstance(one.view.door, Permission):
            continue
        for role in roles_to_try(one, tried):
            asks = [clients[role].get] + ([clients[role].post] if role in OUTSIDERS else [])
            answers = []
            for ask in asks:
                before = TrailRow.objects.last().number
                response = ask(one.example)
                answers.append(response.status_code)
                row = TrailRow.objects.last()
                refused = row.number == before + 1 and (row.action, row.by, row.subject) == (
                    "refused",
                    role,
                    one.example.partition("?")[0],
                )
                if response.status_code == 403 and not refused:
                    wrong.append(f"{one.line} as {role}: the refusal is not in the trail")
            if not set(answers) <= {403, 405} or 403 not in answers:
                wrong.append(f"{one.line} as {role}: {answers}")
    assert not wrong, "not refused: " + "; ".join(wrong)
    assert {role for _, _, role in tried} == set(ROLES)


@pytest.mark.django_db
def test_a_page_for_anybody_signed_in_breaks_for_nobody(client_for):
    """Promise: a page that needs only a sign-in answers somebody with no role at all, without an error."""
    client, wrong = client_for("nobody"), []
    for one in addresses():
        if str(one.view.door).startswith("signed in") and client.get(one.example).status_code not in (200, 302, 404):
            wrong.append(one.line)
    assert not wrong, wrong
