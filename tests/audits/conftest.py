"""What the audits room's tests share: two teams, a small question set, an audit, and what is done with one."""

from datetime import date, datetime, time
from typing import Any

import pytest

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.audits.models import Audit
from holdfast.audits.selectors import audits as selectors
from holdfast.audits.services import auditing, moderating
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Team
from holdfast.questions import services as questions
from holdfast.questions.models import SetVersion
from questions.conftest import small

TODAY = date(2031, 6, 2)
WHOLE = {"safe": "safe", "grade": "good"}


def at(day: date = TODAY, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), clock.LONDON)


@pytest.fixture(autouse=True)
def today(settings: Any, tmp_path: Any) -> None:
    settings.HOLDFAST_TODAY = TODAY
    settings.HOLDFAST_DATA = tmp_path


@pytest.fixture
def teams(programme: Any, people: Any) -> dict[str, Team]:
    made = {}
    for code in ("north", "south"):
        words = f"{code.capitalize()} team"
        made[code] = organisation.add_team(by=SYSTEM, at=at(), programme=programme, code=code, name=words)
    return made


@pytest.fixture
def version(programme: Any, teams: Any) -> SetVersion:
    return questions.write_version(by=SYSTEM, at=at(), programme=programme, content=small())


def somebody(programme: Any, name: str, *roles: tuple[str, str, str]) -> Any:
    """An account with roles, each (role, kind, key)."""
    account = organisation.create_account(by=SYSTEM, at=at(), username=name, first_name=name.capitalize())
    for role, kind, key in roles:
        held = {"role": role, "programme": programme, "kind": kind, "key": key, "from_on": date(2013, 9, 12)}
        organisation.grant_role(by=SYSTEM, at=at(), account=account, **held)
    return account


def add(version: SetVersion, team: Team, ref: str = "C-1001", **more: Any) -> Audit:
    programme = version.question_set.programme
    facts = {"version": version, "case_ref": ref, "team": team, "chosen": "random", **more}
    return auditing.add_audit(by=SYSTEM, at=at(), programme=programme, **facts)


def fresh(audit: Audit) -> Audit:
    return selectors.every_audit(SYSTEM, audit.programme.code).get(pk=audit.pk)


def allocated(audit: Audit, auditor: Any) -> Audit:
    return auditing.allocate_audit(by=SYSTEM, at=at(), audit=audit, auditor=auditor.pk)


def answer(audit: Audit, auditor: Any, **answers: str) -> Audit:
    """The audit begun and answered whole: the child was not seen, and the judgement as given."""
    begun = auditing.begin_audit(by=auditor, at=at(), audit=audit)
    for section, given in (("seen", {"child-seen": "no"}), ("judgement", {**WHOLE, **answers})):
        values = {code: {"value": value} for code, value in given.items()}
        sending = {"section": section, "answers": values, "revision": 0}
        questions.save_answers(by=auditor, at=at(), sheet=begun.sheet, **sending)
    return begun


def handed_in(audit: Audit, auditor: Any, grade: str = "good") -> Audit:
    auditing.hand_in_audit(by=auditor, at=at(), audit=answer(allocated(audit, auditor), auditor, grade=grade))
    return fresh(audit)


def to_moderate(audit: Audit, moderator: Any) -> Audit:
    moderating.allocate_moderation(by=SYSTEM, at=at(), audit=audit, moderator=moderator.pk)
    return fresh(audit)


@pytest.fixture
def audit(version: SetVersion, teams: Any) -> Audit:
    return add(version, teams["north"])
