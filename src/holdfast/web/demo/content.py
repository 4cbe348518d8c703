"""What the demonstration puts into a programme, through the same services that the pages use.

Accounts are named after their roles: nobody in the demonstration is a person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account
from holdfast.access.roles import ROLES
from holdfast.access.visits import note_visit
from holdfast.notice import summarising
from holdfast.notice.models import Notice, Requirement
from holdfast.notice.services import judging, loading
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Agency, Post, Programme, Team
from holdfast.organisation.services import changing
from holdfast.performance.invented import write_invented_returns
from holdfast.performance.selectors.releases import release_to_publish
from holdfast.performance.services import intake, publishing, releases
from holdfast.plan.services.loading import load_plan
from holdfast.reports import services as reports


@dataclass(frozen=True)
class Days:
    """A stretch of days: after one (None: from the first), up to and with another. A fact's day is in one alone."""

    until: date
    after: date | None = None

    def __contains__(self, day: object) -> bool:
        on = date.fromisoformat(str(day))
        return (self.after is None or on > self.after) and on <= self.until


def _write() -> dict[str, Any]:
    return {"by": SYSTEM, "at": clock.now()}


def add_programme(facts: dict[str, Any]) -> Programme:
    council = organisation.create_council(**_write(), **facts["council"])
    programme = organisation.create_programme(
        **_write(),
        code=facts["code"],
        name=facts["name"],
        council=council,
        starts_on=date.fromisoformat(facts["starts_on"]),
    )
    for code, name, kind in facts["agencies"]:
        organisation.add_agency(**_write(), programme=programme, code=code, name=name, kind=kind)
    for code, name in facts["teams"]:
        organisation.add_team(**_write(), programme=programme, code=code, name=name)
    speaks = facts.get("speaks_for", {})
    for code, name, aliases in facts["bodies"]:
        named = {"code": code, "name": name, "spoken_for_by": speaks.get(code, "")}
        body = organisation.add_body(**_write(), programme=programme, **named)
        for alias in aliases:
            organisation.add_alias(**_write(), body=body, name=alias)
    return programme


def add_accounts(programme: Programme, facts: dict[str, Any], password: str) -> None:
    """One account per role in this programme alone, or over the agency the facts name; and those added besides.

    `own` says how the accounts of a second programme are told apart, and which roles one account holds in both.
    """
    over_agency = facts.get("over_agency", {})
    own = facts.get("own", {"prefix": "", "name": "", "shared": []})
    for role in ROLES.values():
        over_all = "installation" in role.scopes
        is_own = not over_all and role.code not in own["shared"]
        username, name = (own["prefix"] + role.code, role.name + own["name"]) if is_own else (role.code, role.name)
        account, is_new = _account(username, name, password)
        if is_new or not over_all:
            _grant(account, role.code, None if over_all else programme, over_agency.get(role.code, ""))
    for more in facts.get("also", []):
        account, _ = _account(more["username"], more["name"], password)
        _grant(account, more["role"], programme, more.get("agency", ""), more.get("team", ""))
    for username, role in facts.get("besides", []):
        _grant(Account.objects.get(username=username), role, programme, "")
    for username, day in facts.get("were_here_before", {}).items():
        note_visit(Account.objects.get(username=username), _noon(day))


def _account(username: str, name: str, password: str) -> tuple[Account, bool]:
    """The account of that user name, and whether it was only just made."""
    account = Account.objects.filter(username=username).first()
    if account is not None:
        return account, False
    return organisation.create_account(**_write(), username=username, first_name=name, password=password), True


def _grant(account: Account, role: str, programme: Programme | None, agency: str, team: str = "") -> None:
    over = {"kind": "agency", "key": agency} if agency else {"kind": "team", "key": team} if team else {}
    first = programme.starts_on if programme else None
    organisation.grant_role(**_write(), account=account, role=role, programme=programme, from_on=first, **over)


def _noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(12), clock.LONDON)


def fill_posts(programme: Programme, facts: dict[str, Any]) -> None:
    """Put in each post of the plan the account that the facts name: whoever signs in owns what the post owns."""
    posts = {post.code: post for post in Post.objects.filter(programme=programme)}
    agencies = {agency.code: agency for agency in Agency.objects.filter(programme=programme)}
    for code, title, agency in facts.get("own_posts", []):
        given = {"code": code, "title": title, "agency": agencies[agency]}
        posts[code] = organisation.add_post(**_write(), programme=programme, **given)
    for code, username in facts.get("posts", {}).items():
        holder = Account.objects.get(username=username)
        changing.appoint(**_write(), post=posts[code], holder=holder, from_on=programme.starts_on)


def add_notice_and_plan(programme: Programme, facts: dict[str, Any]) -> None:
    loading.load_notice(**_write(), programme=programme, file=Path(facts["notice"]))
    if facts["plan"]:
        load_plan(**_write(), programme=programme, file=Path(facts["plan"]))


def attach_text(programme: Programme, file: Path) -> str:
    """The notice's own words, from a file. The same file again changes nothing."""
    return loading.attach_text(**_write(), programme=programme, name=file.name, content=file.read_bytes()).in_words()


def attach_summary(programme: Programme) -> str:
    """What its notice requires in our own words, which says that it is not the notice, in place of a text not ours."""
    notice = Notice.objects.get(programme=programme)
    words = summarising.summary(notice.title, notice.sections, notice.requirements.all()).encode()
    return loading.attach_text(**_write(), programme=programme, name=summarising.NAME, content=words).in_words()


def say_what_is_known(programme: Programme, facts: dict[str, Any], days: Days) -> None:
    """Evidence linked to requirements on some days, and what was judged of them; who accepts opens it first."""
    known = {requirement.ref: requirement for requirement in Requirement.objects.filter(notice__programme=programme)}
    people = {account.username: account for account in Account.objects.all()}
    for ref, title, chosen, day in facts.get("evidence", []):
        if day not in days:
            continue
        who = {"by": people["programme-office"], "at": _noon(day)}
        judging.link_evidence(**who, requirement=known[ref], title=title, chosen=chosen)
    for ref, says, reason, judge, judged, acceptor, accepted in facts.get("judgements", []):
        if judged not in days:
            continue
        links = [link for link in known[ref].evidence.all() if link.counts(date.fromisoformat(judged))]
        who = {"by": people[judge], "at": _noon(judged)}
        judgement = judging.judge(**who, requirement=known[ref], says=says, reason=reason, evidence=links)
        if acceptor:
            who = {"by": people[acceptor], "at": _noon(accepted)}
            for link in links:
                judging.open_evidence(**who, evidence=link)
            judging.accept(**who, judgement=judgement, is_accepted=True)


def add_returns(programme: Programme, files: list[tuple[Path, date]]) -> Iterator[str]:
    """Submit all the returns but those as at the last day, publish; then those, and publish what moved."""
    last = max(as_at for _, as_at in files)
    yield from _count(programme, {path: as_at for path, as_at in files if as_at != last})
    yield from _count(programme, {path: as_at for path, as_at in files if as_at == last})


def add_return(
    programme: Programme, folder: Path, settings: dict[str, Any], as_at: date, besides: Sequence[str] = ()
) -> Iterator[str]:
    """One more invented census, with what is sent `besides`, and the release that they make, published."""
    written = write_invented_returns(
        folder,
        seed=settings["seed"],
        until=as_at,
        authority=programme.council.code,
        children_scale=settings.get("children_scale", 1.0),
        only_that_day=True,
        besides={"teams": _team_names(programme), **{kind: [as_at] for kind in besides}},
    )
    yield from _count(programme, dict(written))


def _team_names(programme: Programme) -> list[str]:
    return list(Team.objects.filter(programme=programme).order_by("id").values_list("name", flat=True))


def _count(programme: Programme, files: dict[Path, date]) -> Iterator[str]:
    # Lists of Annex A and an SSDA903 set name no authority: whoever sends them says that they are the council's own.
    given: dict[str, Any] = {"files": list(files), "days": files, "confirm_authority": True}
    for result in intake.ingest_now(**_write(), programme=programme, **given):
        yield result.in_words()
    draft = release_to_publish(SYSTEM, programme.code, None)
    yield f"Published {releases.publish_release(**_write(), release=draft).in_words}."


def add_published(programme: Programme, file: Path) -> str:
    """Figures that the Department published, to set beside the invented ones."""
    return str(publishing.submit_published(**_write(), programme=programme, file=file, name=file.name))


def freeze_report(programme: Programme, on: date) -> str:
    edition = reports.freeze_edition(**_write(), programme=programme, kind="ministers", on=on)
    return f"{edition.in_words} frozen."
