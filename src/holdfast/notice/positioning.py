"""The position of a requirement: one pure function over the checks, a judgement, its acceptance and the date.

Not here: where the answers come from (answers.py) or the date's arithmetic (due.py). Rule: bad news needs nobody's
agreement; good news needs somebody else's; "met" needs everybody's, the records' too.
"""

from collections.abc import Sequence
from typing import Final

from holdfast.notice.answers import CheckAnswer

MET: Final = "met"
JUDGED_MET: Final = "judged met, records do not show it"
"""People agree that it is met and the records do not say so. Never shortened: the first two words alone would mislead.
"""
ON_TRACK: Final = "on track"
AT_RISK: Final = "at risk"
NOT_MET: Final = "not met"
NO_EVIDENCE: Final = "no evidence"
NOT_DUE: Final = "not due"
POSITIONS: Final = (NOT_MET, AT_RISK, JUDGED_MET, NO_EVIDENCE, ON_TRACK, MET, NOT_DUE)
"""In the order in which somebody should read them."""

NOT_YET: Final = "not yet"
OPEN: Final = "open"
PASSED: Final = "passed"
DUE_STATES: Final = (NOT_YET, OPEN, PASSED)
"""Before the first date (or the trigger); running, with no one last day; after the last date."""


def position(
    checks: Sequence[CheckAnswer], judgement: str | None, acceptance: bool | None, due: str, *, names_evidence: bool
) -> str:
    """One of POSITIONS. The first line of this table that applies is the answer.

    | what is known                                                                    | position                |
    |----------------------------------------------------------------------------------|-------------------------|
    | a person judged it not met                                                       | not met                 |
    | a check says not met, and the date has come (open or passed)                     | not met                 |
    | a check says not met, and the date has not come                                  | at risk                 |
    | a check says at risk, or a person judged it at risk                              | at risk                 |
    | judged on track, accepted, and the last date has passed                          | at risk                 |
    | a check could not be run (it failed)                                             | no evidence             |
    | judged met naming evidence, accepted, and there are checks and each says met     | met                     |
    | judged met and accepted, and any of that is wanting                              | judged met, records ... |
    | judged on track and accepted                                                     | on track                |
    | there are checks, and each says met                                              | on track                |
    | any of that is wanting, and the date has not come                                | not due                 |
    | otherwise                                                                        | no evidence             |

    A judgement of met or on track moves nothing until somebody else has accepted it; one of at risk or not met counts
    at once, whatever anybody says of it. A check with no evidence is no approval: with one, or with no check at all,
    the answer is JUDGED_MET, never MET; and records say on track only where every check can say so (decision 152).
    `acceptance` is None until somebody has decided. `names_evidence`: what the judgement names still counts. `due` is
    one of DUE_STATES.
    """
    states = {check.state for check in checks}
    if judgement == NOT_MET:
        return NOT_MET
    if NOT_MET in states:
        return AT_RISK if due == NOT_YET else NOT_MET
    accepted = judgement if acceptance else None
    if AT_RISK in states or judgement == AT_RISK or (accepted == ON_TRACK and due == PASSED):
        return AT_RISK
    if any(check.has_failed for check in checks):
        return NO_EVIDENCE
    if accepted == MET:
        return MET if names_evidence and states == {MET} else JUDGED_MET
    if accepted == ON_TRACK or states == {MET}:
        return ON_TRACK
    return NOT_DUE if due == NOT_YET else NO_EVIDENCE
