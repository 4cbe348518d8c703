"""Every permission there is, as an enum. A role (roles.py) is a set of these; a door (doors.py) asks for one.

Seeing aggregated figures, seeing small counts unsuppressed, and seeing a child's record are three permissions, never
one implied by another.
"""

import enum


class Permission(enum.StrEnum):
    SEE_PROGRAMME = "see the programme: home, the notice, positions and the plan"
    SEE_INDICATORS = "see indicator figures, with small counts suppressed, and the release they come from"
    SEE_SMALL_COUNTS = "see small counts without suppression"
    SEE_CHILD_RECORDS = "see the records behind a figure, a child reference at a time"
    SEE_RETURNS = "see returns, their faults and draft releases"
    SUBMIT_RETURN = "submit a return"
    WORK_ON_FAULTS = "assign and explain the faults of a return, and mark them as fixed"
    PUBLISH_RELEASE = "calculate and publish a release"
    ATTACH_NOTICE = "attach the notice's own text"
    JUDGE_REQUIREMENT = "record a judgement on a requirement, and link evidence to it"
    ACCEPT_JUDGEMENT = "accept or decline somebody else's judgement"
    MANAGE_PLAN = "add and change objectives, actions and milestones"
    OFFER_EVIDENCE = "say how one's own actions are going, and offer evidence of them"
    ACCEPT_EVIDENCE = "accept or return evidence that somebody else offered, and review what an action changed"
    APPLY_DECISION = "move a date, or change a target, a baseline or a definition: only a decision on record does"
    SEE_REPORTS = "see frozen editions of reports"
    SEE_AUDIT_REPORTS = "see reports of audits as both boards have them, with small counts and auditors' names"
    MAKE_AUDIT_REPORT = "freeze the report of a cycle of audits, and record to which board it went"
    MAKE_REPORT = "freeze an edition of a report"
    AGREE = "say whether a body, an agency or oneself agrees to a version of something"
    MANAGE_AGREEMENTS = "put versions forward for agreement, and record what minutes say of them"
    MANAGE_MEETINGS = "plan meetings, write agendas and minutes, and say who sits on a body"
    RECORD_DECISION = "record what a body decided, and so carry it out"
    RAISE_CHALLENGE = "challenge somebody, and close one's own body's challenges"
    MANAGE_RISKS = "write the risk register and the logs of support"
    ASSURE_DUTIES = "say how the safeguarding board stands with its duties"
    APPROVE_MINUTES = "approve the minutes of an earlier meeting"
    SEE_RESERVED = "see the reserved items of an agenda"
    WRITE_CHAIR_REPORT = "write and send the chair's reports to Ministers"
    MANAGE_QUESTIONS = "write new versions of question sets"
    SEE_AUDITS = "see audits that are one's own, a case reference at a time"
    SEE_EVERY_AUDIT = "see every audit, its grades and what was found"
    MANAGE_AUDITS = "write the programme of audits, draw samples and allocate audits"
    AUDIT_CASES = "audit a case that is allocated to one"
    MODERATE_AUDITS = "grade an audited case again without seeing the first grade"
    RUN_JOINT_AUDITS = "ask agencies for their returns on one child, open the panel and record its judgement"
    ANSWER_CRITICAL = "answer when an audit finds a child who may not be safe"
    MANAGE_PRACTICE = "record who was told of thresholds, set exercises of invented cases, and write standards"
    ANSWER_FOR_AGENCY = "decide invented cases, and report early help, for one's own agency"
    SEE_TRAIL = "see the trail of who did what"
    MANAGE_ORGANISATION = "add agencies, teams, bodies, their other names, and posts"
    MANAGE_ACCOUNTS = "add accounts and grant or end roles"
    SET_UP_PROGRAMMES = "add councils and programmes"


READ_BY_ALL = frozenset({Permission.SEE_PROGRAMME, Permission.SEE_INDICATORS, Permission.SEE_REPORTS})
"""What everybody with a part in a programme may read, so that a role held over one team or agency of it gives only
this over the rest. Anything more (small counts, records, returns, changes) needs the role over the whole programme."""
