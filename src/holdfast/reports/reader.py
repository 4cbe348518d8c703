"""The reader a report is written for: somebody who may read the programme, with small counts hidden.

Everything in an edition is asked for as this reader, so what it shows does not depend on who made it. Rule: the reader
holds the role that sees the least of those who may read at all; add no permission here.
"""

from holdfast.access.doors import Grant

ROLE = "elected-member"


class PublicReader:
    """An actor, not an account: it cannot sign in, and writes nothing."""

    is_authenticated = True
    username = "reader of a published report"
    pk = None

    def __init__(self, programme: str) -> None:
        # The grants that doors.grants() would otherwise ask the organisation room for.
        self._holdfast_grants = (Grant(ROLE, programme),)
