"""What was sent by a browser and waits for a yes, for its sender: what is asked of it, and what it would move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from holdfast import analytics
from holdfast.access.doors import Actor, account_of, check
from holdfast.access.permissions import Permission
from holdfast.organisation.models import Programme
from holdfast.performance.keeping import store
from holdfast.performance.models import Release, Return
from holdfast.performance.uploads import Submission, Upload, held


@dataclass(frozen=True)
class WaitingSubmission:
    """One submission that waits, its place among them, and the return that its bytes were sent as before, if any.

    `council` is the code of the programme's. `effect` is what it would answer for, None where that is not known yet.
    """

    number: int
    submission: Submission
    sent_before: Return | None
    council: str
    effect: "analytics.Effect | None" = None

    @property
    def is_return(self) -> bool:
        return self.submission.may_be_submitted and not self.submission.is_published

    @property
    def as_at(self) -> date | None:
        """The day it describes: its own, or what somebody said of it now or before."""
        before = self.sent_before.as_at if self.sent_before else None
        return self.submission.as_at or self.submission.said_as_at or before

    @property
    def asks_for_day(self) -> bool:
        """Whether somebody must say which day it describes: it does not say, and nobody has said before."""
        return self.is_return and self.as_at is None

    @property
    def asks_for_authority(self) -> bool:
        """Whether somebody must confirm whose it is: it does not say, or says another, and nobody has confirmed it."""
        is_read = self.sent_before is not None and self.sent_before.state == Return.State.READ
        return self.is_return and self.submission.authority != self.council and not is_read

    @property
    def asks_to_leave_out(self) -> bool:
        return self.is_return and bool(self.submission.left_out)


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
    council = Programme.objects.select_related("council").get(code=waits.programme).council.code
    loads = _loads(waits.programme)
    return [
        WaitingSubmission(number, submission, sent.get(submission.sha256), council, _effect(submission, loads))
        for number, submission in enumerate(waits.submissions)
    ]


def _loads(code: str) -> list[str]:
    read = Return.objects.filter(programme__code=code, state=Return.State.READ).order_by("number")
    return list(read.values_list("load_id", flat=True))


def _effect(submission: Submission, loads: list[str]) -> "analytics.Effect | None":
    as_at = submission.as_at or submission.said_as_at
    if as_at is None or submission.gives is None or not submission.may_be_submitted:
        return None
    gives = analytics.Gives.from_facts(submission.gives)
    return analytics.effect_of_new(store(), loads, submission.kind, as_at, gives) if gives.columns else None


def effect_of_return(user: Actor, returned: Return) -> "analytics.Effect | None":
    """What a return answers for among all that were read; None before it is read. Raises Refused."""
    check(user, Permission.SEE_RETURNS, returned.programme.code)
    if returned.state != Return.State.READ:
        return None
    return analytics.effect_of(store(), _loads(returned.programme.code), returned.load_id)


def effects_in_draft(user: Actor, release: Release) -> "Sequence[tuple[Return, analytics.Effect]]":
    """What each return that is new in a draft answers for among all of the draft's, in the order they were sent.

    New is what the release that it is compared with was not made from. () once it is published. Raises Refused.
    """
    check(user, Permission.SEE_RETURNS, release.programme.code)
    if release.is_published:
        return ()
    returns = list(release.returns.order_by("number"))
    before = set(release.compared_with.returns.values_list("pk", flat=True)) if release.compared_with else set[int]()
    loads = [returned.load_id for returned in returns]
    return [(new, analytics.effect_of(store(), loads, new.load_id)) for new in returns if new.pk not in before]


def titles_of(effect: "analytics.Effect") -> Mapping[str, str]:
    """What each indicator that an effect names is called."""
    return {name: analytics.INDICATORS[name].title for name in (*effect.can_move, *effect.cannot_move)}
