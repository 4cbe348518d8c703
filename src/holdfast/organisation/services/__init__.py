"""Every write of the organisation room: councils and programmes; what they are made of; accounts and roles.

Each checks the permission, refuses in plain words, and writes its one trail row. Rule: codes are for addresses and
never change; names may.
"""

from holdfast.organisation.codes import BadCode
from holdfast.organisation.services.parts import (
    NameTaken,
    NotOurs,
    add_agency,
    add_alias,
    add_body,
    add_post,
    add_team,
    appoint,
)
from holdfast.organisation.services.programmes import create_council, create_programme
from holdfast.organisation.services.roles import (
    CannotGrant,
    create_account,
    deactivate_account,
    end_role,
    give_password,
    grant_role,
    reactivate_account,
    remove_second_step,
)

__all__ = [
    "BadCode",
    "CannotGrant",
    "NameTaken",
    "NotOurs",
    "add_agency",
    "add_alias",
    "add_body",
    "add_post",
    "add_team",
    "appoint",
    "create_account",
    "create_council",
    "create_programme",
    "deactivate_account",
    "end_role",
    "give_password",
    "grant_role",
    "reactivate_account",
    "remove_second_step",
]
