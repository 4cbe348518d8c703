"""The check at every door: no grant, an unknown role, the wrong programme or too narrow a scope all mean no."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from holdfast.access import doors
from holdfast.access.doors import SYSTEM, Grant, Refused, check, lent, may, permissions, public, requires, signed_in
from holdfast.access.models import Account, TrailRow
from holdfast.access.permissions import READ_BY_ALL, Permission
from holdfast.access.roles import ROLES


def somebody():
    return Account(username="somebody")


@pytest.fixture
def held(monkeypatch):
    def hold(*grants):
        monkeypatch.setattr(doors, "_source", lambda user: grants)
        monkeypatch.setattr(doors, "_has_programme", lambda code: True)
        return somebody()

    return hold


def test_with_no_source_of_grants_nobody_may_do_anything(monkeypatch):
    monkeypatch.setattr(doors, "_source", None)
    assert permissions(somebody(), "p") == frozenset()


def test_a_stranger_and_nobody_at_all_hold_nothing(held):
    held(Grant("director", "p"))
    assert permissions(AnonymousUser(), "p") == permissions(None, "p") == frozenset()


def test_system_may_do_everything():
    assert permissions(SYSTEM, "anything") == frozenset(Permission)


@pytest.mark.parametrize(
    "grant",
    [
        Grant("king", "p"),
        Grant("director", "another"),
        Grant("director", "", "installation"),
        Grant("director", "p", "team", "north"),
        Grant("administrator", "p", "installation"),
        Grant("administrator", "", "programme"),
        Grant("director", "p", ""),
    ],
)
def test_an_unsound_grant_gives_nothing(held, grant):
    assert permissions(held(grant), "p") == frozenset()


def test_a_role_over_one_team_gives_over_the_programme_only_what_everybody_reads(held):
    manager = held(Grant("team-manager", "p", "team", "north"))

    assert permissions(manager, "p") == READ_BY_ALL
    assert not may(manager, Permission.SEE_CHILD_RECORDS, "p")
    assert may(manager, Permission.SEE_CHILD_RECORDS, "p", ("team", "north"))
    assert not may(manager, Permission.SEE_CHILD_RECORDS, "p", ("team", "south"))
    assert not may(manager, Permission.SEE_CHILD_RECORDS, "another", ("team", "north"))


def test_a_role_over_the_programme_counts_in_every_team(held):
    manager = held(Grant("team-manager", "p", "programme", "p"))
    assert may(manager, Permission.SEE_CHILD_RECORDS, "p", ("team", "south"))


def test_the_administrator_sees_no_child_no_figure_and_no_report():
    assert ROLES["administrator"].permissions == {Permission.MANAGE_ACCOUNTS, Permission.SET_UP_PROGRAMMES}


@pytest.mark.parametrize("code", ["dfe-observer", "elected-member", "partner-member", "dscb-member"])
def test_those_who_only_watch_can_change_nothing_and_see_no_child(code):
    """But for what they say themselves: that they agree, challenge, did what is theirs, and what their board does."""
    said = {
        Permission.AGREE,
        Permission.RAISE_CHALLENGE,
        Permission.ASSURE_DUTIES,
        Permission.OFFER_EVIDENCE,
        Permission.ANSWER_FOR_AGENCY,
    }
    if code == "dscb-member":
        said.add(Permission.RUN_JOINT_AUDITS)  # the safeguarding board's own
    changing = {one for one in Permission if not one.name.startswith("SEE_")} - said
    assert not ROLES[code].permissions & (changing | {Permission.SEE_CHILD_RECORDS, Permission.SEE_SMALL_COUNTS})


def test_the_observer_says_nothing_that_is_kept():
    assert all(permission.name.startswith("SEE_") for permission in ROLES["dfe-observer"].permissions)


def test_the_one_who_judges_and_the_one_who_accepts_can_be_two_roles():
    assert Permission.ACCEPT_JUDGEMENT not in ROLES["programme-office"].permissions
    assert Permission.JUDGE_REQUIREMENT not in ROLES["board-chair"].permissions


def test_a_refusal_says_what_was_lacking_and_never_what_was_asked_for(held):
    with pytest.raises(Refused, match="You do not have permission to see the records"):
        check(held(), Permission.SEE_CHILD_RECORDS, "p")


@requires(Permission.SEE_TRAIL)
def guarded(request, programme):
    return HttpResponse("inside")


@pytest.mark.django_db
def test_a_refused_page_is_403_and_trailed_and_one_that_is_allowed_is_neither(held):
    request = RequestFactory().get("/p/trail/")
    request.user = held()
    assert guarded(request, programme="p").status_code == 403
    row = TrailRow.objects.get()
    assert (row.by, row.action, row.programme, row.subject) == ("somebody", "refused", "p", "/p/trail/")
    assert row.detail == {"permission": "SEE_TRAIL"}

    request.user = held(Grant("director", "p", "programme", "p"))
    assert guarded(request, programme="p").content == b"inside"
    assert TrailRow.objects.count() == 1


@pytest.mark.django_db
def test_a_refusal_inside_a_view_that_only_needs_a_sign_in_is_403_and_trailed(held):
    @signed_in("for the test")
    def view(request):
        raise Refused(Permission.SEE_RETURNS, "p")

    request = RequestFactory().get("/")
    request.user = held()
    assert view(request).status_code == 403
    assert TrailRow.objects.get().detail == {"permission": "SEE_RETURNS"}


def test_a_stranger_is_sent_to_sign_in_and_brought_back():
    request = RequestFactory().get("/p/trail/?page=2")
    request.user = AnonymousUser()
    for view in (guarded, signed_in("for the test")(lambda request: HttpResponse())):
        answer = view(request, **({"programme": "p"} if view is guarded else {}))
        assert answer.status_code == 302
        assert answer["Location"] == "/account/sign-in?next=/p/trail/%3Fpage%3D2"


def test_each_kind_of_door_says_what_it_is():
    assert guarded.door is Permission.SEE_TRAIL
    assert signed_in("one's own")(lambda request: None).door == "signed in: one's own"
    assert public("for a load balancer")(lambda request: None).door == "public: for a load balancer"


class NoSuchThing(doors.Missing):
    """There is no such thing."""


@pytest.mark.parametrize("door", [requires(Permission.SEE_PROGRAMME), signed_in("for a test of missing things")])
def test_what_is_missing_is_a_page_that_is_not_there_and_says_what_is(held, door):
    @door
    def view(request, programme):
        raise NoSuchThing("The plan has no action “Z9”.")

    request = RequestFactory().get("/p/plan/actions/Z9/")
    request.user = held(Grant("director", "p"))
    with pytest.raises(Http404, match="The plan has no action “Z9”"):
        view(request, programme="p")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("has_programme", "outcome"), [(lambda code: False, 404), (lambda code: True, 403), (None, 403)]
)
def test_an_address_that_nobody_has_is_not_there_and_not_trailed(held, monkeypatch, has_programme, outcome):
    """With nobody to say which programmes there are, every refusal is one, and is trailed."""
    user = held(Grant("director", "p"))
    monkeypatch.setattr(doors, "_has_programme", has_programme)

    @requires(Permission.SEE_PROGRAMME)
    def view(request, programme):
        raise AssertionError("the door was open")

    request = RequestFactory().get("/nowhere/")
    request.user, before = user, TrailRow.objects.count()
    try:
        status = view(request, programme="nowhere").status_code
    except Http404:
        status = 404
    assert (status, TrailRow.objects.count() - before) == (outcome, int(outcome == 403))


def test_a_permission_is_lent_to_one_person_over_one_programme_and_given_back(held):
    recorder, other = held(Grant("programme-office", "p")), held(Grant("programme-office", "p"))
    with lent(recorder, Permission.APPLY_DECISION, "p"):
        assert may(recorder, Permission.APPLY_DECISION, "p")
        assert not may(recorder, Permission.APPLY_DECISION, "another")
        assert not may(other, Permission.APPLY_DECISION, "p")
    assert not may(recorder, Permission.APPLY_DECISION, "p")
