"""Add what a programme is made of: agencies, teams, bodies and their aliases, posts and who holds them.

Rule: across a programme no two bodies share a name, a code or an alias, so that a name in a paper means one body.
"""

from datetime import datetime
from typing import Any

from holdfast.access.doors import Actor, check
from holdfast.access.models import Account
from holdfast.access.permissions import Permission
from holdfast.access.writes import record, service
from holdfast.organisation.codes import checked_code
from holdfast.organisation.models import Agency, Body, BodyAlias, Post, Programme, Team
from holdfast.organisation.selectors import NoSuchBody, body_named


class NameTaken(Exception):
    """Something of the same kind in the programme already has the name or the code."""


class NotOurs(Exception):
    """Two things that should belong to one programme belong to different ones."""


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _refuse_taken(kind: Any, word: str, programme: Programme, **facts: str) -> None:
    for field, value in facts.items():
        if kind.objects.filter(programme=programme, **{f"{field}__iexact": value}).exists():
            raise NameTaken(f"There is already {word} with the {field} “{value}” in this programme. Choose another.")


def _refuse_named_body(by: Actor, programme: Programme, *names: str) -> None:
    """Raises NameTaken when a body already goes by one of the names. The programme's row is locked meanwhile."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    for name in names:
        try:
            taken = body_named(by, programme.code, name)
        except NoSuchBody:
            continue
        raise NameTaken(f"“{name}” already means {taken.name} in this programme. Choose another name.")


@service
def add_agency(*, by: Actor, at: datetime, programme: Programme, code: str, name: str, kind: str = "other") -> Agency:
    check(by, Permission.MANAGE_ORGANISATION, programme.code)
    name = _tidy(name)
    _refuse_taken(Agency, "an agency", programme, code=checked_code(code), name=name)
    if kind not in dict(Agency.KINDS):
        raise ValueError(f"“{kind}” is not a kind of agency. The kinds are: {', '.join(dict(Agency.KINDS))}.")
    agency = Agency.objects.create(programme=programme, code=code, name=name, kind=kind)
    record("agency added", programme=programme.code, subject=name, detail={"code": code, "kind": kind})
    return agency


@service
def add_team(*, by: Actor, at: datetime, programme: Programme, code: str, name: str) -> Team:
    check(by, Permission.MANAGE_ORGANISATION, programme.code)
    name = _tidy(name)
    _refuse_taken(Team, "a team", programme, code=checked_code(code), name=name)
    team = Team.objects.create(programme=programme, code=code, name=name)
    record("team added", programme=programme.code, subject=name, detail={"code": code})
    return team


@service
def add_body(*, by: Actor, at: datetime, programme: Programme, code: str, name: str) -> Body:
    check(by, Permission.MANAGE_ORGANISATION, programme.code)
    name = _tidy(name)
    _refuse_named_body(by, programme, name, checked_code(code))
    body = Body.objects.create(programme=programme, code=code, name=name)
    record("body added", programme=programme.code, subject=name, detail={"code": code})
    return body


@service
def add_alias(*, by: Actor, at: datetime, body: Body, name: str) -> BodyAlias:
    """Give a body another name. Raises NameTaken when the name already means a body of the programme."""
    check(by, Permission.MANAGE_ORGANISATION, body.programme.code)
    name = _tidy(name)
    _refuse_named_body(by, body.programme, name)
    alias = BodyAlias.objects.create(body=body, name=name)
    record("alias added", programme=body.programme.code, subject=body.name, detail={"alias": name})
    return alias


@service
def add_post(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    code: str,
    title: str,
    agency: Agency,
    holder: Account | None = None,
) -> Post:
    """Add a post of an agency, held by somebody or vacant. Raises NotOurs when the agency is another programme's."""
    check(by, Permission.MANAGE_ORGANISATION, programme.code)
    if agency.programme_id != programme.pk:
        raise NotOurs(f"{agency.name} is an agency of another programme. Add it to this one first.")
    _refuse_taken(Post, "a post", programme, code=checked_code(code))
    post = Post.objects.create(programme=programme, code=code, title=_tidy(title), agency=agency, holder=holder)
    facts = {"code": code, "agency": agency.code, "holder": holder.username if holder else ""}
    record("post added", programme=programme.code, subject=post.title, detail=facts)
    return post


@service
def appoint(*, by: Actor, at: datetime, post: Post, holder: Account | None) -> Post:
    """Put somebody in a post, or leave it vacant (None). What the post owns stays with the post."""
    check(by, Permission.MANAGE_ORGANISATION, post.programme.code)
    before = post.holder.username if post.holder else ""
    post.holder = holder
    post.save(update_fields=["holder"])
    facts = {"before": before, "holder": holder.username if holder else ""}
    record("post holder changed", programme=post.programme.code, subject=post.title, detail=facts)
    return post
