"""Who works for the council and who for a partner: by a post, a role, or the returns that an agency was asked for.

An auditor's role is over the whole programme, whoever employs its holder, so it does not tell. Rule: whoever holds a
post of the council or a role that only its staff hold, or answered for it, is the council's. Fails closed: of whom
nothing is on record may be anybody's, where the programme has partners; where it has none, nobody can be a partner's.
"""

from collections.abc import Iterable

from holdfast.access.doors import SYSTEM
from holdfast.access.roles import STAFF
from holdfast.audits.independence import NOT_ON_RECORD
from holdfast.audits.models import JointReturn
from holdfast.organisation import selectors as organisation
from holdfast.organisation.models import COUNCIL, Post, RoleHolding


def works_for(code: str, holdings: Iterable[RoleHolding]) -> dict[int, str]:
    """Account to the partner that it works for, or NOT_ON_RECORD; "" for the council's own.

    `holdings`: the roles held in the programme, by every account that is asked about.
    """
    agencies = {one.code: (one.kind, one.name) for one in organisation.agencies(SYSTEM, code)}
    has_partners = any(kind != COUNCIL for kind, _ in agencies.values())
    of, own, everybody = ("agency__kind", "agency__name"), set(), set()
    found = [*Post.objects.filter(programme__code=code, holder__isnull=False).values_list("holder_id", *of)]
    found += JointReturn.objects.filter(joint__programme__code=code).values_list("answerer_id", *of).distinct()
    for held in holdings:
        everybody.add(held.account_id)
        if held.kind == "agency" and held.key in agencies:
            found.append((held.account_id, *agencies[held.key]))
        if held.role in STAFF:
            own.add(held.account_id)
    own |= {account for account, kind, _ in found if kind == COUNCIL}
    named = {account: name for account, _, name in found}
    nothing = NOT_ON_RECORD if has_partners else ""
    return {account: "" if account in own else named.get(account, nothing) for account in everybody}
