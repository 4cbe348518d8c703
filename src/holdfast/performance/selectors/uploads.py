"""What was sent by a browser and waits for a yes, for the one who sent it."""

from dataclasses import dataclass

from holdfast.access.doors import Actor, account_of, check
from holdfast.access.permissions import Permission
from holdfast.performance.models import Return
from holdfast.performance.uploads import Submission, Upload, held


@dataclass(frozen=True)
class WaitingSubmission:
    """One submission that waits, its place among them, and the return that its bytes were sent as before, if any."""

    number: int
    submission: Submission
    sent_before: Return | None

    @property
    def asks_for_day(self) -> bool:
        """Whether somebody must say which day it describes: it does not say, and nobody has said before."""
        known = self.submission.as_at or (self.sent_before and self.sent_before.as_at)
        return self.submission.may_be_submitted and not known


def upload(user: Actor, code: str, token: str) -> Upload:
    """What waits under this token. Raises Refused, and NoSuchUpload for what is gone or somebody else's."""
    check(user, Permission.SUBMIT_RETURN, code)
    return held(code, getattr(account_of(user), "pk", None), token)


def waiting(user: Actor, waits: Upload) -> list[WaitingSubmission]:
    """Each submission of an upload, in its order. Raises Refused."""
    check(user, Permission.SUBMIT_RETURN, waits.programme)
    hashes = [submission.sha256 for submission in waits.submissions]
    before = Return.objects.filter(programme__code=waits.programme, sha256__in=hashes)
    sent = {returned.sha256: returned for returned in before}
    return [
        WaitingSubmission(number, submission, sent.get(submission.sha256))
        for number, submission in enumerate(waits.submissions)
    ]
