"""Who works for a partner agency: by a post, by a role over an agency, or by the returns that it was asked for.

An auditor's role is over the whole programme, whoever employs its holder, so it does not tell. Rule: whoever holds a
post of the council or a role that only its staff hold, or answered for it, is the council's; of whom nothing is on
record, nothing is said.
"""

from collections.abc import Iterable

from holdfast.access.doors import SYSTEM
from holdfast.access.roles import STAFF
from holdfast.audits.models import JointReturn
from holdfast.organisation import selectors as organisation
from holdfast.organisation.models import COUNCIL, Post, RoleHolding


def partners(code: str, holdings: Iterable[RoleHolding]) -> dict[int, str]:
    """Account to the name of the partner agency that it works for. `holdings`: the roles held in the programme."""
    agencies = {one.code: (one.kind, one.name) for one in organisation.agencies(SYSTEM, code)}
    of, own = ("agency__kind", "agency__name"), set()
    found = [*Post.objects.filter(programme__code=code, holder__isnull=False).values_list("holder_id", *of)]
    found += JointReturn.objects.filter(joint__programme__code=code).values_list("answerer_id", *of).distinct()
    for held in holdings:
        if held.kind == "agency" and held.key in agencies:
            found.append((held.account_id, *agencies[held.key]))
        if held.role in STAFF:
            own.add(held.account_id)
    own |= {account for account, kind, _ in found if kind == COUNCIL}
    return {account: name for account, _, name in found if account is not None and account not in own}
