"""What the parts of one home share, each asked once and only if wanted: positions, plan, release, scorecard, clocks."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property, partial

from holdfast.access import clock
from holdfast.access.days import quarter_to
from holdfast.access.doors import SYSTEM, Actor, Refused, grants, may, opens, teams_over
from holdfast.access.permissions import Permission
from holdfast.agreements import selectors as agreements
from holdfast.audits.models import Audit, AuditPlan, Critical, JointReturn, PanelMember, Remedy
from holdfast.audits.selectors import audits, criticals, done, findings, grading_together, joint, learning, remedies
from holdfast.audits.selectors.learning import Loop
from holdfast.governance.models import AgendaItem, Meeting
from holdfast.governance.selectors import assurance, bodies, challenges, decisions, meetings, risks
from holdfast.governance.selectors.assurance import RecommendationLine
from holdfast.governance.selectors.challenges import ChallengeLine
from holdfast.governance.selectors.risks import RiskLine
from holdfast.notice.figures import BETTER, WORSE
from holdfast.notice.selectors.notices import NoNotice
from holdfast.notice.selectors.positions import PositionLine, counts, position_lines
from holdfast.organisation import selectors as organisation
from holdfast.pages.addresses import open_address
from holdfast.pages.kept import keep
from holdfast.performance.models import Release
from holdfast.performance.selectors import indicators, releases
from holdfast.performance.selectors.agreeing import AgreementWords
from holdfast.performance.selectors.indicators import ScorecardLine
from holdfast.performance.selectors.on_record import OverdueCounts
from holdfast.performance.selectors.unanswerable import HistoryNotKept, NoAnswersYet
from holdfast.performance.selectors.worklists import ClockCounts, clock_counts
from holdfast.plan import selectors as plan
from holdfast.plan.models import Action, Milestone
from holdfast.practice.selectors.waiting import supervision_counts
from holdfast.reports import lacking
from holdfast.reports import selectors as reports

Dated = Action | Milestone
IMPROVING, WORSENING = BETTER, WORSE
"""Claims of which `said` gives the lines."""


class Asked:
    """One account's home of one programme. None stands for what is not there, or not for this account."""

    def __init__(self, user: Actor, code: str) -> None:
        self.user = user
        self.code = code
        self.today: date = clock.today()

    def may(self, permission: Permission) -> bool:
        return may(self.user, permission, self.code)

    def url(self, name: str, *args: object, query: str = "") -> str:
        """The address of a page of the programme; "" where the account may not open it."""
        address = open_address(self.user, self.code, name, *args)
        return f"{address}?{query}" if address and query else address

    @cached_property
    def positions(self) -> list[PositionLine] | None:
        """Every requirement's position; None when no notice is loaded."""
        try:
            return position_lines(self.user, self.code)
        except NoNotice:
            return None

    @cached_property
    def standing(self) -> dict[str, int]:
        """How many requirements stand at each position; {} when no notice is loaded."""
        return dict(counts(self.positions)) if self.positions is not None else {}

    @cached_property
    def waiting_for_acceptance(self) -> list[PositionLine]:
        """Requirements with a judgement that nobody has accepted or declined, the oldest first."""
        lines = [line for line in self.positions or () if line.judgement is not None and line.acceptance is None]
        return sorted(lines, key=lambda line: line.judgement.judged_at)  # type: ignore[union-attr]

    @cached_property
    def recommended(self) -> list[RecommendationLine]:
        """What members' scrutiny recommended, the latest first."""
        return assurance.recommendations(self.user, self.code, self.today)

    @cached_property
    def release(self) -> Release | None:
        """The latest published release; None when there is none, or the account may not see figures."""
        if not self.may(Permission.SEE_INDICATORS):
            return None
        return releases.latest_release(self.user, self.code)

    @cached_property
    def scorecard(self) -> list[ScorecardLine]:
        """Every indicator as this account may see it; [] when there is no release to see."""
        try:
            return indicators.scorecard(self.user, self.code) if self.release else []
        except NoAnswersYet:
            return []

    def said(self, claims: frozenset[str]) -> list[ScorecardLine]:
        return [line for line in self.scorecard if line.assessment.claim in claims]

    @cached_property
    def clocks(self) -> list[ClockCounts]:
        """How many wait on each clock; [] without a release, or for those who may not see small counts."""
        if self.release is None or not self.may(Permission.SEE_SMALL_COUNTS):
            return []
        return clock_counts(self.user, self.code)

    @cached_property
    def team_clocks(self) -> list[ClockCounts]:
        """How many of their own team wait on each clock, for a role over a team; [] where the release names no team."""
        if self.release is None or not teams_over(self.user, Permission.SEE_SMALL_COUNTS, self.code):
            return []
        return clock_counts(self.user, self.code)

    @cached_property
    def undiscussed(self) -> tuple[OverdueCounts, Mapping[str, int]] | None:
        """Of how many open cases supervision is overdue, and in how many days each kind is to be discussed.

        None without an extract that says so, or for those who may not see its list or small counts.
        """
        if self.release is None or not self.url("supervision_overdue"):
            return None
        with suppress(HistoryNotKept, Refused):
            return supervision_counts(self.user, self.code, self.release)
        return None

    @cached_property
    def actions(self) -> list[Action]:
        return plan.whole_actions(self.user, self.code)

    @cached_property
    def milestones(self) -> list[Milestone]:
        every = plan.milestones(self.user, self.code).select_related("owner__holder")
        return keep("milestones and whose they are", SYSTEM, self.code, lambda: list(every), also=self.today)

    @cached_property
    def has_plan(self) -> bool:
        return plan.objectives(self.user, self.code).exists()

    @cached_property
    def late(self) -> list[Dated]:
        """Everything in the plan whose date has passed undone, the longest late first."""
        return keep("what is late in the plan", SYSTEM, self.code, self._late, also=self.today)

    def _late(self) -> list[Dated]:
        late = [dated for dated in (*self.actions, *self.milestones) if dated.is_late(self.today)]
        return sorted(late, key=lambda dated: (dated.due_on, dated.ref))

    @cached_property
    def unexplained(self) -> list[Action]:
        """The late actions of which nobody has said why, the longest late first."""
        late = (dated for dated in self.late if isinstance(dated, Action))
        make = partial(list, (action for action in late if action.explanation(self.today) is None))
        return keep("late without a reason", SYSTEM, self.code, make, also=self.today)

    @cached_property
    def answered(self) -> frozenset[str]:
        """The requirements that some action answers today."""
        found = plan.covering(self.user, self.code, self.today)
        return frozenset(ref for action in found for ref in action.requirements)

    @cached_property
    def coming(self) -> list[Dated]:
        """Everything in the plan that is still to do and not late, the soonest first."""
        undone: list[Dated] = [action for action in self.actions if action.is_open]
        undone += [milestone for milestone in self.milestones if milestone.met_on is None]
        return sorted((dated for dated in undone if dated.due_on >= self.today), key=lambda one: (one.due_on, one.ref))

    @cached_property
    def to_answer(self) -> list[agreements.Outstanding]:
        """What waits for an agreement that this account may give, the longest overdue first."""
        return agreements.waiting_for(self.user, self.code, self.today)

    @cached_property
    def unanswered(self) -> list[agreements.Outstanding]:
        """Every agreement that is waited for, the longest overdue first."""
        return agreements.outstanding(self.user, self.code, self.today)

    @cached_property
    def chair_months(self) -> list[reports.ChairMonth]:
        """Every month in which the chair reports to Ministers, with what was sent and the draft that is this one's."""
        return reports.chair_months(self.user, organisation.programme(self.user, self.code))

    @cached_property
    def challenges(self) -> list[ChallengeLine]:
        """Challenges that are still open, the oldest first."""
        return [line for line in challenges.challenges(self.user, self.code, self.today) if line.closing is None]

    @cached_property
    def risks_over(self) -> list[RiskLine]:
        """Risks above what they were agreed to come down to, the largest first."""
        return [line for line in risks.risks(self.user, self.code, self.today) if line.is_over]

    @cached_property
    def awaited(self) -> list[AgendaItem]:
        """What is to be decided at meetings to come, the soonest first."""
        return decisions.awaited(self.user, self.code, self.today)

    @cached_property
    def next_meeting(self) -> Meeting | None:
        """The next meeting of the improvement board, today included. None where none is planned."""
        board = bodies.board(self.user, self.code)
        return meetings.next_meeting(self.user, self.code, board.body, self.today) if board is not None else None

    @cached_property
    def pack_lacks(self) -> list[str]:
        """What the next meeting's pack lacks while it is not out, for its makers; [] for others. Kept between pages."""
        meeting = self.next_meeting
        if meeting is None or not self.may(Permission.MANAGE_MEETINGS) or meeting.packs.exists():
            return []
        lacks = partial(lacking.lacks, self.user, self.code, meeting, self.today)
        return keep("what a pack lacks", self.user, self.code, lacks, also=meeting.pk)

    @cached_property
    def audits_to_do(self) -> list[Audit]:
        """What this account is to audit and has not handed in, due first first."""
        return audits.to_do(self.user, self.code) if self.may(Permission.SEE_AUDITS) else []

    @cached_property
    def audits_to_grade(self) -> list[Audit]:
        """What this account is to grade again and has not."""
        return audits.to_grade(self.user, self.code) if self.may(Permission.SEE_AUDITS) else []

    @cached_property
    def criticals(self) -> list[Critical]:
        """Children who may not be safe of whom this account may know, not closed, the newest first."""
        knows = opens(self.user, Permission.SEE_AUDITS, self.code, or_team=True)
        found = criticals.criticals(self.user, self.code) if knows else ()
        return [critical for critical in found if criticals.is_open(critical)]

    @cached_property
    def returns_to_give(self) -> list[JointReturn]:
        """The returns of its agency, in audits by several, that this account has not handed in."""
        return joint.returns_to_give(self.user, self.code)

    @cached_property
    def to_declare(self) -> list[PanelMember]:
        """The panels on which this account has still to say whether it has a conflict."""
        return grading_together.to_declare(self.user, self.code)

    @cached_property
    def late_to_ask_again(self) -> list[Loop]:
        """What audits found that should have been asked again by today; [] for those who do not see every audit."""
        if not self.may(Permission.SEE_EVERY_AUDIT):
            return []
        return learning.late_to_ask_again(self.user, self.code, self.today, self.actions)

    @cached_property
    def audits_planned(self) -> tuple[AuditPlan | None, list[done.PeriodDone]]:
        """The programme of audits in force today with its ended periods; (None, []) when none is."""
        return done.planned_and_done(self.user, self.code, self.today)

    @cached_property
    def ungraded_again(self) -> list[Audit]:
        """What was drawn to be graded again and nobody has; [] for those who do not see every audit."""
        return audits.ungraded_again(self.user, self.code) if self.may(Permission.SEE_EVERY_AUDIT) else []

    @cached_property
    def graded_twice(self) -> tuple[str, AgreementWords] | None:
        """How auditors and moderators agreed in the last quarter; None of none, or for those who see no grades."""
        if not self.may(Permission.SEE_EVERY_AUDIT):
            return None
        return findings.graded_twice(self.user, self.code, quarter_to(self.today), self.today)

    @cached_property
    def unplanned_remedies(self) -> list[Remedy]:
        """What audits ask of many that no action holds; [] for those who do not see every audit."""
        return remedies.unplanned(self.user, self.code) if self.may(Permission.SEE_EVERY_AUDIT) else []

    @property
    def agencies(self) -> list[str]:
        """The codes of the agencies that the account's roles here are held over."""
        held = grants(self.user)
        return [grant.key for grant in held if grant.programme == self.code and grant.kind == "agency"]

    @property
    def is_director(self) -> bool:
        """Whether it is the account that a question to the director would go to."""
        return any(grant.role == "director" for grant in grants(self.user) if grant.programme == self.code)

    def is_mine(self, dated: Dated) -> bool:
        """Whether the account holds the post that owns it."""
        return dated.owner.holder_id is not None and dated.owner.holder_id == getattr(self.user, "pk", None)
