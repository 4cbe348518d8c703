"""The position of a requirement: one pure function over the checks, a judgement, its acceptance and the date.

Not here: where the answers come from (answering.py) or the date's arithmetic (due.py). Rule: bad news needs nobody's
agreement; "met" needs everybody's.
"""

from collections.abc import Sequence
from typing import Final

from holdfast.notice.answers import CheckAnswer

MET: Final = "met"
ON_TRACK: Final = "on track"
AT_RISK: Final = "at risk"
NOT_MET: Final = "not met"
NO_EVIDENCE: Final = "no evidence"
NOT_DUE: Final = "not due"
POSITIONS: Final = (NOT_MET, AT_RISK, NO_EVIDENCE, ON_TRACK, MET, NOT_DUE)
"""In the order in which somebody should read them."""

NOT_YET: Final = "not yet"
OPEN: Final = "open"
PASSED: Final = "passed"
DUE_STATES: Final = (NOT_YET, OPEN, PASSED)
"""Before the first date (or the trigger); running, with no one last day; after the last date."""


def position(checks: Sequence[CheckAnswer], judgement: str | None, acceptance: bool | None, due: str) -> str:
    """One of POSITIONS. The first line of this table that applies is the answer.

    | what is known                                                              | position    |
    |----------------------------------------------------------------------------|-------------|
    | a person judged it not met                                                 | not met     |
    | a check says not met, and the date has come (open or passed)               | not met     |
    | a check says not met, and the date has not come                            | at risk     |
    | a check says at risk, or a person judged it at risk                        | at risk     |
    | judged on track (not declined), and the last date has passed               | at risk     |
    | a check could not be run (it failed)                                       | no evidence |
    | judged met, and somebody else accepted that                                | met         |
    | judged met, and nobody has accepted or declined it yet                     | on track    |
    | judged on track (not declined)                                             | on track    |
    | no judgement that stands, and at least one check says met                  | on track    |
    | no judgement that stands, no check says met, and the date has not come     | not due     |
    | otherwise                                                                  | no evidence |

    A judgement of met or on track that somebody declined does not stand; one of at risk or not met always does. A
    check with no evidence does not stop an accepted judgement, since people may hold what the records do not; one
    that failed does. `acceptance` is None until somebody has decided. `due` is one of DUE_STATES.
    """
    states = {check.state for check in checks}
    if judgement == NOT_MET:
        return NOT_MET
    if NOT_MET in states:
        return AT_RISK if due == NOT_YET else NOT_MET
    standing = None if acceptance is False else judgement
    if AT_RISK in states or judgement == AT_RISK or (standing == ON_TRACK and due == PASSED):
        return AT_RISK
    if any(check.has_failed for check in checks):
        return NO_EVIDENCE
    if standing == MET and acceptance:
        return MET
    if standing in (MET, ON_TRACK) or MET in states:
        return ON_TRACK
    return NOT_DUE if due == NOT_YET else NO_EVIDENCE
