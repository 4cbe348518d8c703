"""What the blocks of one home page share, asked once: positions, the latest release, the scorecard."""

from functools import cached_property

from holdfast.access import clock
from holdfast.access.doors import Actor, may
from holdfast.access.permissions import Permission
from holdfast.notice import selectors as notice
from holdfast.performance import selectors as performance
from holdfast.performance.models import Release
from holdfast.plan import selectors as plan
from holdfast.plan.models import Action, Milestone


class Asked:
    """One account's home page of one programme. None stands for what is not there, or not for this account."""

    def __init__(self, user: Actor, code: str) -> None:
        self.user = user
        self.code = code

    def may(self, permission: Permission) -> bool:
        return may(self.user, permission, self.code)

    @cached_property
    def positions(self) -> list[notice.PositionLine] | None:
        """Every requirement's position; None when no notice is loaded."""
        try:
            return notice.position_lines(self.user, self.code)
        except notice.NoNotice:
            return None

    @cached_property
    def release(self) -> Release | None:
        """The latest published release; None when there is none, or the account may not see figures."""
        if not self.may(Permission.SEE_INDICATORS):
            return None
        return performance.latest_release(self.user, self.code)

    @cached_property
    def has_plan(self) -> bool:
        return plan.objectives(self.user, self.code).exists()

    @cached_property
    def late(self) -> list[Action | Milestone]:
        """Everything in the plan whose date has passed undone, the longest late first."""
        milestones = [one for one in plan.milestones(self.user, self.code) if one.is_late(clock.today())]
        found: list[Action | Milestone] = [*plan.late_actions(self.user, self.code), *milestones]
        return sorted(found, key=lambda one: (one.due_on, one.ref))

    @cached_property
    def worsening(self) -> list[performance.ScorecardLine] | None:
        """The indicators that the statistics say are worsening; None when there is no release to see."""
        if self.scorecard is None:
            return None
        return [one for one in self.scorecard if one.assessment.claim.startswith("worsen")]

    @cached_property
    def scorecard(self) -> list[performance.ScorecardLine] | None:
        """Every indicator as this account may see it; None when there is no release to see."""
        return performance.scorecard(self.user, self.code) if self.release else None
