"""Roles as code: what each may do, and who may hold it. Granting a role is data (organisation); what it means is here.

The administrator manages accounts and sees no children. The DfE observer can change nothing; an elected member can
challenge, and change nothing else. A role that is not in ROLES grants nothing.
"""

from dataclasses import dataclass

from holdfast.access.permissions import READ_BY_ALL
from holdfast.access.permissions import Permission as P  # noqa: N817  (the table below is read by eye)

_READ = READ_BY_ALL
_INSIDE = _READ | {P.SEE_SMALL_COUNTS, P.SEE_RETURNS}


@dataclass(frozen=True)
class Role:
    """One role. `scopes` names the kinds of thing it may be held over: programme, agency, team or installation.

    `is_staff`: only somebody whom the council employs holds it.
    """

    code: str
    name: str
    held_by: str
    permissions: frozenset[P]
    scopes: tuple[str, ...] = ("programme",)
    home_question: str = "Where do we stand?"
    is_staff: bool = False


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role(
            "programme-office",
            "Programme office",
            "the council's improvement programme team",
            _INSIDE
            | {P.ATTACH_NOTICE, P.JUDGE_REQUIREMENT, P.MANAGE_PLAN, P.MAKE_REPORT, P.SEE_TRAIL, P.MANAGE_ORGANISATION}
            | {P.MANAGE_AGREEMENTS, P.MANAGE_MEETINGS, P.SEE_RESERVED}
            | {P.RECORD_DECISION, P.MANAGE_RISKS, P.OFFER_EVIDENCE, P.SEE_AUDIT_REPORTS},
            home_question="What is missing before the next paper?",
            is_staff=True,
        ),
        Role(
            "director",
            "Director of children's services",
            "the statutory director",
            _INSIDE
            | {P.JUDGE_REQUIREMENT, P.ACCEPT_JUDGEMENT, P.SEE_TRAIL, P.AGREE, P.SEE_RESERVED, P.RAISE_CHALLENGE}
            | {P.OFFER_EVIDENCE, P.ACCEPT_EVIDENCE, P.SEE_AUDITS, P.SEE_EVERY_AUDIT, P.ANSWER_CRITICAL}
            | {P.SEE_AUDIT_REPORTS, P.ANSWER_FOR_AGENCY},
            home_question="Where will we miss, and who waits past a limit?",
            is_staff=True,
        ),
        Role(
            "practice-manager",
            "Practice and audit manager",
            "the council's lead for practice and quality assurance",
            _INSIDE
            | {P.SEE_CHILD_RECORDS, P.WORK_ON_FAULTS, P.JUDGE_REQUIREMENT, P.OFFER_EVIDENCE, P.ACCEPT_EVIDENCE}
            | {P.MANAGE_QUESTIONS, P.SEE_AUDITS, P.SEE_EVERY_AUDIT, P.MANAGE_AUDITS, P.ANSWER_CRITICAL}
            | {P.SEE_AUDIT_REPORTS, P.MAKE_AUDIT_REPORT, P.MANAGE_PRACTICE},
            home_question="Are audits done as agreed, and do we grade too kindly?",
            is_staff=True,
        ),
        Role(
            "team-manager",
            "Team manager",
            "a manager of a social work team",
            _INSIDE
            | {P.SEE_CHILD_RECORDS, P.WORK_ON_FAULTS, P.OFFER_EVIDENCE}
            | {P.SEE_AUDITS, P.AUDIT_CASES, P.ANSWER_CRITICAL, P.ANSWER_FOR_AGENCY},
            scopes=("programme", "team"),
            home_question="Whose clock runs out this week?",
            is_staff=True,
        ),
        Role(
            "auditor",
            "Auditor",
            "a trained case-file auditor",
            _READ | {P.SEE_AUDITS, P.AUDIT_CASES},
            home_question="What is mine, due when?",
        ),
        Role(
            "moderator",
            "Moderator",
            "an auditor outside the line",
            _READ | {P.SEE_AUDITS, P.MODERATE_AUDITS, P.ANSWER_CRITICAL},
            home_question="What is mine, due when?",
        ),
        Role(
            "performance-analyst",
            "Performance analyst",
            "the council's analyst for children's services",
            _INSIDE
            | {P.SEE_CHILD_RECORDS, P.SUBMIT_RETURN, P.WORK_ON_FAULTS, P.PUBLISH_RELEASE}
            | {P.MAKE_REPORT, P.OFFER_EVIDENCE},
            home_question="Why did this move, and is it right?",
            is_staff=True,
        ),
        Role(
            "board-chair",
            "Independent chair of the Board",
            "the chair, independent of the council",
            _READ
            | {P.SEE_SMALL_COUNTS, P.ACCEPT_JUDGEMENT, P.MAKE_REPORT, P.SEE_TRAIL}
            | {P.AGREE, P.APPROVE_MINUTES, P.SEE_RESERVED, P.RECORD_DECISION, P.RAISE_CHALLENGE}
            | {P.OFFER_EVIDENCE, P.ACCEPT_EVIDENCE, P.WRITE_CHAIR_REPORT, P.SEE_AUDIT_REPORTS},
            home_question="What should I ask about, and what did we promise?",
        ),
        Role(
            "partner-member",
            "Partner member of the Board",
            "a partner agency's member of the Board",
            _READ | {P.AGREE, P.RAISE_CHALLENGE, P.OFFER_EVIDENCE, P.SEE_AUDIT_REPORTS, P.ANSWER_FOR_AGENCY},
            scopes=("programme", "agency"),
            home_question="What is ours, and what is late?",
        ),
        Role(
            "dfe-observer",
            "DfE observer",
            "an official of the Department, as participant observer",
            _READ | {P.SEE_TRAIL},
            home_question="Against each line of the notice, what is the evidence?",
        ),
        Role(
            "dscb-member",
            "Safeguarding board member",
            "a member or the manager of the safeguarding board",
            _READ
            | {P.AGREE, P.RAISE_CHALLENGE, P.ASSURE_DUTIES, P.OFFER_EVIDENCE, P.SEE_AUDIT_REPORTS}
            | {P.RUN_JOINT_AUDITS},
            home_question="What should we challenge?",
        ),
        Role(
            "elected-member",
            "Elected member",
            "a councillor",
            _READ | {P.RAISE_CHALLENGE},
            home_question="Are children safer, and how do you know?",
        ),
        Role(
            "administrator",
            "Administrator",
            "the person who manages accounts",
            frozenset({P.MANAGE_ACCOUNTS, P.SET_UP_PROGRAMMES}),
            scopes=("installation", "programme"),
            home_question="Is the service well?",
            is_staff=True,
        ),
    )
}
STAFF: frozenset[str] = frozenset(code for code, role in ROLES.items() if role.is_staff)
"""The roles that only somebody whom the council employs holds."""
