"""What the demonstration puts into a programme, through the same services that the pages use.

Accounts are named after their roles: nobody in the demonstration is a person.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account
from holdfast.access.roles import ROLES
from holdfast.notice import services as notice
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Programme
from holdfast.performance import selectors as released
from holdfast.performance import services as performance
from holdfast.performance.invented import write_invented_returns
from holdfast.plan import services as plan
from holdfast.reports import services as reports


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
    for code, name, aliases in facts["bodies"]:
        body = organisation.add_body(**_write(), programme=programme, code=code, name=name)
        for alias in aliases:
            organisation.add_alias(**_write(), body=body, name=alias)
    return programme


def add_accounts(programme: Programme, facts: dict[str, Any], password: str) -> None:
    """One account per role, each holding it over every programme of the demonstration."""
    for role in ROLES.values():
        account = Account.objects.filter(username=role.code).first()
        is_new = account is None
        if account is None:
            account = organisation.create_account(
                **_write(), username=role.code, first_name=role.name, password=password
            )
        over_all = "installation" in role.scopes
        if is_new or not over_all:
            organisation.grant_role(
                **_write(),
                account=account,
                role=role.code,
                programme=None if over_all else programme,
                from_on=None if over_all else programme.starts_on,
            )


def add_notice_and_plan(programme: Programme, facts: dict[str, Any]) -> None:
    notice.load_notice(**_write(), programme=programme, file=Path(facts["notice"]))
    if facts["plan"]:
        plan.load_plan(**_write(), programme=programme, file=Path(facts["plan"]))


def add_returns(programme: Programme, folder: Path, settings: dict[str, Any]) -> Iterator[str]:
    """Write the invented returns, submit all but the last, publish; then the last, and publish what moved."""
    until = date.fromisoformat(settings["data_until"])
    files = write_invented_returns(
        folder,
        seed=settings["seed"],
        until=until,
        authority=programme.council.code,
        children_scale=settings.get("children_scale", 1.0),
    )
    for batch in (files[:-1], files[-1:]):
        for result in performance.ingest_now(
            **_write(), programme=programme, files=[path for path, _ in batch], as_at=None, confirm_authority=False
        ):
            yield result.in_words()
        draft = released.release_to_publish(SYSTEM, programme.code, None)
        yield f"Published {performance.publish_release(**_write(), release=draft).in_words}."


def freeze_report(programme: Programme, on: date) -> str:
    edition = reports.freeze_edition(**_write(), programme=programme, kind="ministers", on=on)
    return f"{edition.in_words} frozen."
